//! Acts that want something: not enforceable yet and why, whose publication ends soon, not transmitted.

use chrono::{Days, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::canonical::word;
use super::{Listed, Refusal, Register, clock, facts, standing};
use crate::publish::View;
use crate::record::{Id, Siren, Workflow};
use crate::rules::enforceable::Enforceability;
use crate::store::Pending;
use crate::vocabulary;

vocabulary! {
    /// What acts want.
    Want {
        NotEnforceable = "not_enforceable", "pas encore exécutoires", "not enforceable yet";
        PublicationEnds = "publication_ends", "dont la publication prend fin", "whose publication ends";
        NotTransmitted = "not_transmitted", "à transmettre et non transmis", "to be transmitted, and not";
    }
}

/// An act that wants something.
#[derive(Debug, Serialize, ToSchema)]
pub struct PendingAct {
    pub id: Id,
    pub href: String,
    pub number: Option<String>,
    pub title: String,
    pub workflow: Workflow,
    /// Of the sitting.
    pub date: NaiveDate,
    /// From when, or why not yet.
    pub enforceable: Enforceability,
}

impl Register {
    /// Acts of an authority that want something, from the earliest sitting to the latest. `days`: publications that end within so many days from
    /// today; acts that are not transmitted more than so many days after their sitting. The index picks whom to look at; each is then judged as it
    /// stands today, for a suspension may have ended since: a page may hold fewer than were asked for.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn pending(
        &self,
        authority: &Siren,
        want: Want,
        days: u16,
        after: Option<&(NaiveDate, String)>,
        limit: usize,
    ) -> Result<Listed<PendingAct, (NaiveDate, Id)>, Refusal> {
        self.store.read(|session| {
            let authority = authority.as_str();
            let today = clock::today(&facts::authority_of(session, authority)?);
            let span = Days::new(u64::from(days));
            let pending = match want {
                Want::NotEnforceable => Pending::NotEnforceable(today),
                Want::PublicationEnds => Pending::PublicationEnds(today, today.checked_add_days(span).unwrap_or(today)),
                Want::NotTransmitted => Pending::NotTransmitted(today.checked_sub_days(span).unwrap_or(today)),
            };
            // One row too many tells whether there are more.
            let mut rows = session.pending(authority, pending, after, i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1))?;
            let more = rows.len() > limit;
            rows.truncate(limit);
            let next = rows.last().filter(|_| more).map(|row| Ok::<_, Refusal>((row.date, word(&row.id)?))).transpose()?;
            let mut acts = Vec::new();
            for row in rows {
                let id: Id = word(&row.id)?;
                let act = super::deliberation::load(session, authority, id)?;
                let life = standing::Life::of(session, &act)?;
                if !life.wants(want, u32::from(days)) {
                    continue;
                }
                acts.push(PendingAct {
                    id,
                    href: format!("/v1/deliberations/{id}"),
                    number: row.number,
                    title: row.title,
                    workflow: word(&row.workflow)?,
                    date: row.date,
                    enforceable: life.enforceable(View::Internal),
                });
            }
            Ok(Listed { lines: acts, next, public: false })
        })
    }
}
