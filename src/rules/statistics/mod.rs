//! What the records of a body come to over a period: who was there, who voted how by name, who stood aside. Counted from the records alone;
//! each file is one count. What is secret, or said of a group, is nobody's vote.

mod cohesion;
mod participation;
mod recusals;
mod votes;

pub use cohesion::{BallotsLeftOut, Cohesion, GroupCohesion, Mean};
pub use participation::{BallotCounts, MemberParticipation, Participation, SittingCounts, attendance_of};
pub use recusals::{ItemRecusals, MemberRecusals, RecusalCount, RecusalLine};
pub use votes::{GroupOption, GroupTotals, MemberVotes, VoteCount};

use serde::Serialize;
use utoipa::ToSchema;

use crate::record::names::Names;
use crate::record::{
    AttendanceStatus, Ballot, BallotKind, BallotMode, BallotOption, EventKind, Id, Origin, PersonRef, SittingRecord, VoteBasis, VoterKind,
};

/// Votes that a person gave by name in public, by option.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct VoteCounts {
    #[serde(rename = "for")]
    pub in_favour: u32,
    pub against: u32,
    pub abstention: u32,
    pub not_voting: u32,
    /// How many of these were cast by the holder of a proxy.
    pub by_proxy: u32,
}

impl VoteCounts {
    fn add(&mut self, vote: &NamedVote) {
        match vote.option {
            BallotOption::For => self.in_favour += 1,
            BallotOption::Against => self.against += 1,
            BallotOption::Abstention => self.abstention += 1,
            BallotOption::NotVoting => self.not_voting += 1,
            // A blank or a void paper has no name on it.
            BallotOption::Blank | BallotOption::Void => return,
        }
        self.by_proxy += u32::from(vote.by_proxy);
    }
}

/// One position with a name.
struct NamedVote {
    person: Id,
    option: BallotOption,
    by_proxy: bool,
    /// `group`: no vote of the person.
    basis: VoteBasis,
}

/// The person that a sitting means, if the directory knows who that is.
fn known(names: &Names, person: &PersonRef) -> Option<Id> {
    person.person.or_else(|| names.key(person)?.parse().ok())
}

/// Whether a ballot is one that names may be read from: a question, and no secret one, whatever the record holds.
fn is_open(ballot: &Ballot) -> bool {
    ballot.kind == BallotKind::YesNo && ballot.mode != BallotMode::Secret
}

/// The positions with a name in a ballot: its roll call, and whom its tally names beside. Nobody has two.
fn named_votes(ballot: &Ballot, names: &Names) -> Vec<NamedVote> {
    if !is_open(ballot) {
        return Vec::new();
    }
    let mut votes: Vec<NamedVote> = Vec::new();
    for line in ballot.roll_call.iter().flatten() {
        let Some(person) = known(names, &line.person) else { continue };
        votes.push(NamedVote { person, option: line.option, by_proxy: line.by_proxy.is_some(), basis: line.basis });
    }
    let called = votes.len();
    for (tally, entry) in ballot.options.iter().flat_map(|tally| tally.entries.iter().map(move |entry| (tally, entry))) {
        let named = PersonRef { printed: entry.printed.clone(), person: entry.person, ..PersonRef::default() };
        let person = Some(named).filter(|_| entry.kind == VoterKind::Person).and_then(|named| known(names, &named));
        if let Some(person) = person.filter(|person| !votes.iter().take(called).any(|vote| vote.person == *person)) {
            votes.push(NamedVote { person, option: tally.option, by_proxy: false, basis: VoteBasis::Person });
        }
    }
    votes
}

/// Whether the record says that the sitting took place: it was read on paper, someone was there, something happened, a vote was taken. One that is
/// only convened has a roster, excuses and proxies at most.
pub fn took_place(sitting: &SittingRecord) -> bool {
    let there = |status| matches!(status, AttendanceStatus::Present | AttendanceStatus::PresentRemotely);
    let listed = sitting.attendance.iter().any(|list| list.by_exception || (there(list.status) && !list.entries.is_empty()));
    let happened = |kind| !matches!(kind, EventKind::ProxyGiven | EventKind::ProxyEnded);
    let told = sitting.timeline.iter().flatten().any(|event| happened(event.kind));
    sitting.origin == Origin::Transcribed || listed || told || !sitting.ballots.is_empty()
}
