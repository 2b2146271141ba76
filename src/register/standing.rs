//! What the facts on an act come to: from when it is enforceable, or why not. Worked out when asked; kept as an index row for the lists of acts
//! that want something.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::deliberation::Act;
use super::{Refusal, Want, clock, facts};
use crate::publish::View;
use crate::record::{Authority, Body, Fact, RecordedFact};
use crate::rules::enforceable::{self, ActLife, Enforceability, EnforceabilityState, ReferralLimit, ReferralOptions};
use crate::store::{ActStandingRow, Session};

/// All that the clock looks at, read from the store.
pub(super) struct Life<'a> {
    act: &'a Act,
    authority: Authority,
    body: Body,
    facts: Vec<Fact>,
}

impl<'a> Life<'a> {
    pub(super) fn of(session: &mut Session<'_>, act: &'a Act) -> Result<Self, Refusal> {
        let known = facts::facts_of(session, &act.row.authority, &act.row.id)?;
        Self::with(session, act, &known)
    }

    /// The same where the facts have been read already.
    pub(super) fn with(session: &mut Session<'_>, act: &'a Act, known: &[RecordedFact]) -> Result<Self, Refusal> {
        let body = super::sitting::body_of(session, &act.row.authority, &act.row.body)?;
        let facts = known.iter().map(|recorded| recorded.fact.clone()).collect();
        Ok(Self { authority: facts::authority_of(session, &act.row.authority)?, act, body, facts })
    }

    fn clock(&self) -> ActLife<'_> {
        ActLife {
            effect: self.act.record.effect,
            transmissible: self.act.record.transmissible,
            facts: &self.facts,
            stamps: &self.act.record.stamps,
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

    /// Until when an act posted on a day has to stay posted, where a verified text says so of its body.
    pub(super) fn posted_until(&self, day: NaiveDate) -> Option<NaiveDate> {
        enforceable::must_stay_until(&self.clock(), day)
    }

    /// The day of the publication that stands.
    pub(super) fn posted_on(&self) -> Option<NaiveDate> {
        enforceable::publication(&self.clock()).filter(|p| p.taken_off.is_none()).map(|p| p.on)
    }

    /// Whether the act wants that today.
    pub(super) fn wants(&self, want: Want, days: u32) -> bool {
        let clock = self.clock();
        match want {
            Want::NotEnforceable => !enforceable::not_enforceable_why(&clock).is_empty(),
            Want::PublicationEnds => enforceable::publication_ends_within(&clock, days),
            Want::NotTransmitted => enforceable::not_transmitted_after(&clock, days),
        }
    }

    /// How long the representative of the State can refer the act to the court.
    pub(super) fn referral(&self) -> ReferralLimit {
        enforceable::referral_limit(&self.clock(), ReferralOptions::default())
    }
}

/// Says what the facts on an act now come to.
pub(super) fn index(session: &mut Session<'_>, act: &Act) -> Result<(), Refusal> {
    let known = facts::facts_of(session, &act.row.authority, &act.row.id)?;
    index_with(session, act, &known)
}

/// The same where the facts are known.
pub(super) fn index_with(session: &mut Session<'_>, act: &Act, known: &[RecordedFact]) -> Result<(), Refusal> {
    let life = Life::with(session, act, known)?;
    let clock = life.clock();
    session.index_standing(&ActStandingRow {
        authority: act.row.authority.clone(),
        deliberation: act.row.id.clone(),
        date: act.row.date,
        transmissible: act.record.transmissible.wire().to_owned(),
        // Suspended or ended, it is looked at again whenever the list is asked for.
        enforceable_on: Some(enforceable::enforceability(&clock)).filter(in_force).and_then(|found| found.on),
        transmitted_on: enforceable::transmitted_on(&clock),
        publication_ends: enforceable::publication(&clock).and_then(|publication| publication.ends),
    })?;
    Ok(())
}

fn in_force(found: &Enforceability) -> bool {
    matches!(found.state, EnforceabilityState::Enforceable | EnforceabilityState::NotYet)
}
