//! Acts that want something: not enforceable yet and why, whose publication ends soon, not transmitted.

use chrono::{Days, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::canonical::word;
use super::{Refusal, Register, clock, facts, standing};
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
    /// today; acts of a sitting so many days ago or more that are not transmitted.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn pending(
        &self,
        authority: &Siren,
        want: Want,
        days: u16,
        after: Option<&(NaiveDate, String)>,
        limit: i64,
    ) -> Result<Vec<PendingAct>, Refusal> {
        self.store.read(|session| {
            let authority = authority.as_str();
            let today = clock::today(&facts::authority_of(session, authority)?);
            let days = Days::new(u64::from(days));
            let pending = match want {
                Want::NotEnforceable => Pending::NotEnforceable(today),
                Want::PublicationEnds => Pending::PublicationEnds(today, today.checked_add_days(days).unwrap_or(today)),
                Want::NotTransmitted => Pending::NotTransmitted(today.checked_sub_days(days).unwrap_or(today)),
            };
            let mut acts = Vec::new();
            for row in session.pending(authority, pending, after, limit)? {
                let id: Id = word(&row.id)?;
                let act = super::deliberation::load(session, authority, id)?;
                let life = standing::Life::of(session, authority, act)?;
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
            Ok(acts)
        })
    }
}
