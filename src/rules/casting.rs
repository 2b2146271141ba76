//! A tie: whether the president's vote breaks it. It does only if he cast one, for or against, in an open ballot, and does not stand aside.

use super::ballot::Case;
use super::presence::{InChair, PresenceState};
use super::profile::{self, RuleId};
use super::verdict::OutcomeReason;
use crate::record::{Ballot, BallotMode, BallotOption, ChairCapacity, PersonRef, VoterKind};

/// What becomes of a tie.
pub struct Casting {
    pub reason: OutcomeReason,
    /// For or against, where the vote in the chair settles it.
    pub side: Option<BallotOption>,
    /// The text speaks of the president: who else is in the chair may not have that vote.
    pub by_president: bool,
}

/// `tallied`: the ballot whose counts and names are read, itself or the one that it repeats.
pub fn on_tie(case: &Case, tallied: &Ballot) -> Casting {
    let settled = |reason| Casting { reason, side: None, by_president: true };
    if profile::allows(RuleId::OutcomeCastingVote, case.body, case.sitting.date) == Some(false) {
        return settled(OutcomeReason::TieNoCastingVote);
    }
    if case.ballot.mode == BallotMode::Secret {
        return settled(OutcomeReason::TieSecret);
    }
    let Some(chair) = case.chair.as_ref().filter(|chair| in_the_room(case, chair)) else {
        return settled(stated(case.ballot));
    };
    let by_president = chair.capacity == ChairCapacity::President;
    let recused = case.presence.people.iter().any(|p| p.key == chair.key && p.state == PresenceState::Recused);
    let (reason, side) = match position(case, tallied, chair) {
        _ if recused => (OutcomeReason::TieChairRecused, None),
        Some(option @ (BallotOption::For | BallotOption::Against)) => (OutcomeReason::CastingVote, Some(option)),
        Some(_) => (OutcomeReason::TieChairDidNotVote, None),
        // Every vote has a name, and none is his.
        None if all_named(tallied) => (OutcomeReason::TieChairDidNotVote, None),
        None => (stated(case.ballot), None),
    };
    Casting { reason, side, by_president }
}

/// Where the vote of the chair is not known, what the paper says of the casting vote; it does not say which way it went.
fn stated(ballot: &Ballot) -> OutcomeReason {
    match ballot.casting_vote {
        Some(true) => OutcomeReason::TieCastingVoteStated,
        Some(false) => OutcomeReason::TieCastingVoteUnused,
        None => OutcomeReason::TieCastingVoteUnknown,
    }
}

/// Someone away is not in the chair, whatever the record says: who was, it does not tell. A recused president is in his chair until another
/// takes it; one in no list is taken at the record's word.
fn in_the_room(case: &Case, chair: &InChair) -> bool {
    case.presence.people.iter().find(|p| p.key == chair.key).is_none_or(|p| p.state == PresenceState::Recused || p.attending == Some(true))
}

fn position(case: &Case, tallied: &Ballot, chair: &InChair) -> Option<BallotOption> {
    let own = |person: &PersonRef| case.names.key(person).as_ref() == Some(&chair.key);
    let lines = tallied.roll_call.iter().flatten();
    let in_roll_call = lines.filter(|line| line.by_proxy.is_none()).find(|line| own(&line.person)).map(|line| line.option);
    in_roll_call.or_else(|| {
        let names_him = |entry: &crate::record::TallyEntry| {
            let person = PersonRef { printed: entry.printed.clone(), person: entry.person, ..PersonRef::default() };
            entry.kind == VoterKind::Person && own(&person)
        };
        tallied.options.iter().find(|tally| tally.entries.iter().any(names_him)).map(|tally| tally.option)
    })
}

/// Whether the roll call names at least as many votes for and against as were counted.
fn all_named(ballot: &Ballot) -> bool {
    let lines = ballot.roll_call.as_deref().unwrap_or_default();
    let named = |option| super::made::many(lines.iter().filter(|line| line.option == option).count());
    !lines.is_empty()
        && [BallotOption::For, BallotOption::Against]
            .into_iter()
            .all(|option| super::electorate::stated(ballot, option).is_none_or(|count| named(option) >= count))
}
