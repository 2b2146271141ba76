//! One ballot, and all that follows from it: who could vote, the quorum of each item, what it comes to, how the groups voted.

use serde::Serialize;
use utoipa::ToSchema;

use super::membership::Memberships;
use super::read::shown_sitting;
use super::sitting::governed;
use super::{Reader, Refusal, Register};
use crate::publish::{View, of_sitting};
use crate::record::{Ballot, Id};
use crate::rules::presence::{self, Presence, When};
use crate::rules::{self, GroupTally, OutcomeReading, QuorumReading, RequestReading};

/// A ballot as recorded, beside what the register works out from it.
#[derive(Debug, Serialize, ToSchema)]
pub struct BallotReading {
    pub ballot: Ballot,
    /// As it was taken.
    pub presence: Presence,
    /// Of each item that it covers and whose quorum a text known to the register sets.
    pub quorum: Vec<ItemQuorum>,
    pub outcome: OutcomeReading,
    /// As declared, beside what the named votes give by each member's group on the date of the sitting.
    pub groups: GroupTally,
    /// Whether enough members asked for its mode; null: nobody is named who asked, or no share of them may.
    pub request: Option<RequestReading>,
}

/// The quorum of an item as the ballot was taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemQuorum {
    pub item: Id,
    pub reading: QuorumReading,
}

impl Register {
    /// A ballot of a sitting, with what follows from it; and whether anyone may read it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn ballot(&self, sitting: Id, ballot: Id, reader: &Reader) -> Result<(BallotReading, bool), Refusal> {
        self.read(&reader.lately(), |session| {
            let (standing, view) = shown_sitting(session, sitting, reader)?;
            let authority = standing.row.authority.clone();
            let body = governed(&standing.body);
            let record = of_sitting(standing.record, view);
            let found = record.ballots.iter().find(|b| b.id == ballot).ok_or(Refusal::NotFound)?;
            let memberships = Memberships::load(session, &authority, &record.body.to_string(), record.date)?;
            let quorum = |item: &Id| Some(ItemQuorum { item: *item, reading: rules::quorum_at(&record, body, *item)? });
            let reading = BallotReading {
                presence: presence::under(&record, body, When::Ballot(found)),
                quorum: found.covers.iter().filter_map(quorum).collect(),
                outcome: rules::outcome_of(&record, body, found),
                groups: rules::group_tally(found, |person| memberships.of(person)),
                request: rules::mode_request(&record, found, body),
                ballot: found.clone(),
            };
            Ok((reading, view == View::Public))
        })
    }
}
