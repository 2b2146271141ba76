//! How many members could take part in a ballot, had all of them come; and which findings cast doubt on its figures.

use std::collections::BTreeMap;

use super::presence::{Course, When, interested};
use super::profile::Governed;
use super::quorum;
use crate::record::{FindingCode, Id, SittingRecord};

/// For each ballot: the members in office with a vote, as stated, else as the lists name them, without those who stood aside. Who only refused to take
/// part could have. A ballot of which the record does not tell is not in it.
pub fn could_vote<'b>(sitting: &SittingRecord, body: impl Into<Governed<'b>>) -> BTreeMap<Id, u32> {
    let mut of_interest = sitting.clone();
    of_interest.recusals.iter_mut().for_each(|recusals| recusals.retain(|recusal| interested(recusal.kind)));
    let course = Course::under(&of_interest, body.into());
    let known = sitting.ballots.iter().filter_map(|ballot| {
        let presence = course.at(When::Ballot(ballot));
        let listed = presence.counts.listed_members();
        let in_office = match quorum::members_in_office(sitting, ballot.covers.first().copied()) {
            // Lists that name more members than there are settle nothing.
            Some(stated) => (stated >= listed).then_some(stated)?,
            None => presence.electorate.listed.then_some(listed)?,
        };
        Some((ballot.id, in_office.saturating_sub(presence.counts.recused)))
    });
    known.collect()
}

/// Whether a finding on a ballot says that its figures cannot be right as they stand, whichever of them is wrong.
pub const fn doubts_a_tally(code: FindingCode) -> bool {
    matches!(
        code,
        FindingCode::BallotExceedsElectorate
            | FindingCode::BallotGroupSum
            | FindingCode::BallotRollCallDiffers
            | FindingCode::RecusalCounted
            | FindingCode::OutcomeContradictsTally
    )
}
