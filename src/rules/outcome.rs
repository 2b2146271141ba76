//! The outcome follows from the tally: adopted if, and only if, there are more votes for than against. Never for an election.

use super::ballot::Case;
use super::electorate::stated;
use super::made::words;
use super::profile;
use crate::record::{
    Ballot, BallotKind, BallotOption, BodyKind, Computed, DeliberationRecord, Finding, FindingCode, FindingLabel, Id, Outcome, SittingRecord,
    Subject, SubjectKind, TargetKind,
};

/// How an outcome stands against the tally.
struct Contradiction {
    for_votes: u32,
    against_votes: u32,
    /// A tie is only a contradiction if the president's casting vote is not the reason, and a silent record does not say so for certain.
    certain: bool,
}

fn contradiction(ballot: &Ballot, outcome: Outcome) -> Option<Contradiction> {
    if ballot.kind == BallotKind::Election {
        return None;
    }
    let (for_votes, against_votes) = (stated(ballot, BallotOption::For)?, stated(ballot, BallotOption::Against)?);
    let adopted = match outcome {
        Outcome::Adopted | Outcome::AdoptedAsAmended => true,
        Outcome::Rejected => false,
        _ => return None,
    };
    let tie = for_votes == against_votes;
    let contradicts = match (adopted, tie) {
        (true, true) => ballot.casting_vote != Some(true),
        (false, true) => false,
        (adopted, false) => adopted != (for_votes > against_votes),
    };
    contradicts.then_some(Contradiction { for_votes, against_votes, certain: !tie || ballot.casting_vote == Some(false) })
}

fn label(outcome: Outcome, found: &Contradiction) -> FindingLabel {
    words(
        format!("Sort annoncé : {} ; décompte : {} pour, {} contre", outcome.label().fr, found.for_votes, found.against_votes),
        format!("Outcome stated: {}; tally: {} for, {} against", outcome.label().en, found.for_votes, found.against_votes),
    )
}

fn computed(stated: Outcome, found: &Contradiction) -> Computed {
    Computed::Outcome { stated, for_votes: found.for_votes, against_votes: found.against_votes }
}

pub fn on_ballot(case: &Case) -> Vec<Finding> {
    let outcome = case.ballot.outcome;
    let Some(found) = contradiction(case.ballot, outcome) else { return Vec::new() };
    let basis = profile::majority(case.body);
    let finding = case.finding(basis, FindingCode::OutcomeContradictsTally, "outcome.tally", computed(outcome, &found), label(outcome, &found));
    vec![Finding { severity: basis.severity(found.certain), decisive: Some(true), ..finding }]
}

/// The same for the outcome that the act prints, where a single ballot decided on the whole of it.
pub fn on_act(act: &DeliberationRecord, id: Id, sitting: &SittingRecord, body: BodyKind) -> Vec<Finding> {
    let on_the_whole = |ballot: &&Ballot| ballot.target.kind == TargetKind::Whole && ballot.covers.iter().any(|item| act.agenda_items.contains(item));
    let ballots: Vec<&Ballot> = sitting.ballots.iter().filter(on_the_whole).collect();
    let [ballot] = ballots.as_slice() else { return Vec::new() };
    let Some(found) = contradiction(ballot, act.outcome) else { return Vec::new() };
    let basis = profile::majority(body);
    let subject = Subject { kind: SubjectKind::Deliberation, id };
    let (computed, label) = (computed(act.outcome, &found), label(act.outcome, &found));
    let finding = basis.finding(FindingCode::OutcomeContradictsTally, "outcome.tally", subject, sitting.date, computed, label);
    vec![Finding { severity: basis.severity(found.certain), decisive: Some(true), ..finding }]
}
