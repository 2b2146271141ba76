//! What the facts on an act come to: from when it is enforceable, or why not. Worked out when asked; kept as an index row for the lists of acts
//! that want something.

use chrono_tz::Tz;

use super::deliberation::{Act, load};
use super::{Refusal, clock, facts};
use crate::publish::View;
use crate::record::{Authority, Body, Fact, Stamp};
use crate::rules::enforceable::{self, ActLife, Enforceability, EnforceabilityState, ReferralLimit, ReferralOptions};
use crate::store::{ActStandingRow, Session};

/// All that the clock looks at, read from the store.
pub(super) struct Life {
    act: Act,
    authority: Authority,
    body: Body,
    facts: Vec<Fact>,
}

impl Life {
    pub(super) fn of(session: &mut Session<'_>, authority: &str, act: Act) -> Result<Self, Refusal> {
        let body = super::sitting::body_of(session, authority, &act.row.body)?;
        let facts = facts::facts_of(session, authority, &act.row.id)?.into_iter().map(|recorded| recorded.fact).collect();
        Ok(Self { authority: facts::authority_of(session, authority)?, act, body, facts })
    }

    fn clock(&self) -> ActLife<'_> {
        let stamps: &[Stamp] = &self.act.record.stamps;
        ActLife {
            effect: self.act.record.effect,
            transmissible: self.act.record.transmissible,
            facts: &self.facts,
            stamps,
            body: self.body.kind,
            sitting: self.act.row.date,
            zone: clock::zone(&self.authority).unwrap_or(Tz::UTC),
            today: clock::today(&self.authority),
        }
    }

    /// As a view shows it: the public is not shown to whom an act was notified.
    pub(super) fn enforceable(&self, view: View) -> Enforceability {
        let mut found = enforceable::enforceability(&self.clock());
        if view == View::Public {
            found.per_addressee.clear();
        }
        found
    }

    /// Until when the publication that stands has to last: two months (CGCT R3131-2).
    pub(super) fn published_until(&self) -> Option<chrono::NaiveDate> {
        enforceable::publication(&self.clock()).filter(|p| p.taken_off.is_none()).map(|p| p.required_until)
    }

    /// How long the representative of the State can refer the act to the court.
    pub(super) fn referral(&self) -> ReferralLimit {
        enforceable::referral_limit(&self.clock(), ReferralOptions::default())
    }
}

/// Says what the facts on an act now come to.
pub(super) fn index(session: &mut Session<'_>, act: &Act) -> Result<(), Refusal> {
    let authority = act.row.authority.clone();
    let again = load(session, &authority, super::canonical::word(&act.row.id)?)?;
    let life = Life::of(session, &authority, again)?;
    let clock = life.clock();
    session.index_standing(&ActStandingRow {
        authority,
        deliberation: act.row.id.clone(),
        date: act.row.date,
        transmissible: act.record.transmissible.wire().to_owned(),
        // Suspended or ended, it is listed as not enforceable until a fact says otherwise.
        enforceable_on: Some(enforceable::enforceability(&clock)).filter(in_force).and_then(|found| found.on),
        transmitted_on: enforceable::transmitted_on(&clock),
        publication_ends: enforceable::publication(&clock).and_then(|publication| publication.ends),
    })?;
    Ok(())
}

fn in_force(found: &Enforceability) -> bool {
    matches!(found.state, EnforceabilityState::Enforceable | EnforceabilityState::NotYet)
}
