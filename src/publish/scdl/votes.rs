//! The five columns of the vote: all of them, or none.

use super::WithheldReason;
use crate::publish::public_act::PublicAct;
use crate::record::{Ballot, BallotKind, BallotMode, BallotOption, Origin, VoteBasis};

/// The vote on an act as the schema counts it. The sum of the three is those who took part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Votes {
    /// Members who could have taken part: those in office and entitled to vote, without those who stood aside.
    pub could_vote: u32,
    pub in_favour: u32,
    pub against: u32,
    pub abstention: u32,
}

impl Votes {
    pub const fn took_part(&self) -> u32 {
        self.in_favour + self.against + self.abstention
    }
}

/// Why there are none, with the figures where there are too many votes: counted, possible.
pub type NoVotes = (WithheldReason, Option<(u32, u32)>);

/// The vote on an act, if its figures are all known and can hold.
pub fn votes(act: &PublicAct) -> Result<Votes, NoVotes> {
    use WithheldReason::{BallotMissing, BallotsSeveral, CountsUnstated, Election, ElectorateUnstated, VotesExceedElectorate, VotesUnreconciled};
    let only = |reason| (reason, None);
    let mut on_the_whole = act.on_the_whole();
    let ballot = on_the_whole.next().ok_or_else(|| only(if act.ballots().any(is_election) { Election } else { BallotMissing }))?;
    if on_the_whole.next().is_some() {
        return Err(only(BallotsSeveral));
    }
    if is_election(ballot) {
        return Err(only(Election));
    }
    let counted = act.counted_in(ballot);
    let count = |option| count(act, counted, option);
    if [BallotOption::Blank, BallotOption::Void].into_iter().any(|option| count(option).is_some_and(|n| n > 0)) {
        return Err(only(WithheldReason::BlankOrVoid));
    }
    // A line without a number is not a zero.
    let unread = counted.options.iter().any(|t| matches!(t.option, BallotOption::Blank | BallotOption::Void) && t.count.is_none());
    let (Some(in_favour), Some(against), Some(abstention), false) =
        (count(BallotOption::For), count(BallotOption::Against), count(BallotOption::Abstention), unread)
    else {
        return Err(only(CountsUnstated));
    };
    let could_vote = act.sitting.could_vote.get(&ballot.id).copied().ok_or_else(|| only(ElectorateUnstated))?;
    let votes = Votes { could_vote, in_favour, against, abstention };
    if votes.took_part() > could_vote {
        return Err((VotesExceedElectorate, Some((votes.took_part(), could_vote))));
    }
    let differs = |stated: Option<crate::record::Count>, sum: u32| stated.is_some_and(|stated| stated.get() != sum);
    let misstated = differs(counted.voters, votes.took_part()) || differs(counted.votes_cast, in_favour + against);
    if misstated || act.unreconciled.contains(&ballot.id) || act.unreconciled.contains(&counted.id) {
        return Err(only(VotesUnreconciled));
    }
    Ok(votes)
}

fn is_election(ballot: &Ballot) -> bool {
    ballot.kind == BallotKind::Election
}

/// The votes for an option: as stated, summed where a paper prints it in several lines; where nothing is stated, those of a roll call that was
/// taken live, which has every voter. None: not known.
fn count(act: &PublicAct, ballot: &Ballot, option: BallotOption) -> Option<u32> {
    let lines: Vec<_> = ballot.options.iter().filter(|tally| tally.option == option).collect();
    if !lines.is_empty() {
        return lines.iter().map(|tally| tally.count.map(crate::record::Count::get)).sum();
    }
    let called = matches!(ballot.mode, BallotMode::PublicRollCall | BallotMode::Electronic);
    let live = act.sitting.record.origin == Origin::Recorded && called && ballot.options.is_empty();
    let roll = ballot.roll_call.as_ref().filter(|roll| live && roll.iter().all(|line| line.basis == VoteBasis::Person))?;
    u32::try_from(roll.iter().filter(|line| line.option == option).count()).ok()
}
