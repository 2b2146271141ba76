//! The outcome stated follows from what the tally comes to ([`super::verdict`]). Never for an election.

use super::ballot::Case;
use super::made::words;
use super::presence::Course;
use super::profile::{Governed, RuleId};
use super::verdict::{self, OutcomeReading, OutcomeReason, Verdict};
use crate::record::{
    Ballot, BallotKind, Computed, DeliberationRecord, Finding, FindingCode, FindingLabel, Id, ItemStatus, Outcome, SittingRecord, Subject,
    SubjectKind, TargetKind,
};

/// How an outcome stands against the tally.
struct Contradiction {
    reading: OutcomeReading,
    /// An unsettled tie is only a contradiction if the president's casting vote is not the reason, and a silent record does not say so.
    certain: bool,
}

fn contradiction(case: &Case, outcome: Outcome) -> Option<Contradiction> {
    if case.ballot.kind == BallotKind::Election {
        return None;
    }
    let adopted = match outcome {
        Outcome::Adopted | Outcome::AdoptedAsAmended => true,
        Outcome::Rejected => false,
        _ => return None,
    };
    let reading = verdict::read(case);
    let contradicts = match reading.verdict {
        Verdict::Adopted => !adopted,
        Verdict::Rejected | Verdict::NotAdopted => adopted,
        _ => adopted && reading.reason == OutcomeReason::TieCastingVoteUnknown,
    };
    // That a secret ballot leaves no casting vote is written for municipal councils only.
    let certain = !matches!(reading.reason, OutcomeReason::TieCastingVoteUnknown | OutcomeReason::TieSecret);
    contradicts.then_some(Contradiction { reading, certain })
}

fn finding_of(found: &Contradiction, outcome: Outcome, body: Governed<'_>, subject: Subject, sitting: &SittingRecord) -> Finding {
    let reading = &found.reading;
    let (for_votes, against_votes) = (reading.for_votes.unwrap_or_default(), reading.against_votes.unwrap_or_default());
    let label = words(
        format!("Sort annoncé : {} ; d'après le décompte, {}", outcome.label().fr, reading.label.fr),
        format!("Outcome stated: {}; by the tally, {}", outcome.label().en, reading.label.en),
    );
    let computed = Computed::Outcome { stated: outcome, for_votes, against_votes };
    let basis = reading.basis(body, sitting.date);
    let finding = basis.finding(FindingCode::OutcomeContradictsTally, subject, sitting.date, computed, label);
    Finding { severity: basis.severity(found.certain), decisive: Some(true), ..finding }
}

pub fn on_ballot(case: &Case) -> Vec<Finding> {
    let outcome = case.ballot.outcome;
    let subject = Subject { kind: SubjectKind::Ballot, id: case.ballot.id };
    contradiction(case, outcome).map(|found| finding_of(&found, outcome, case.body, subject, case.sitting)).into_iter().collect()
}

/// The same for the outcome that the act prints, where a single ballot decided on the whole of it.
pub fn on_act(act: &DeliberationRecord, id: Id, sitting: &SittingRecord, body: Governed<'_>) -> Vec<Finding> {
    let on_the_whole = |ballot: &&Ballot| ballot.target.kind == TargetKind::Whole && ballot.covers.iter().any(|item| act.agenda_items.contains(item));
    let ballots: Vec<&Ballot> = sitting.ballots.iter().filter(on_the_whole).collect();
    let [ballot] = ballots.as_slice() else { return Vec::new() };
    let course = Course::under(sitting, body);
    let subject = Subject { kind: SubjectKind::Deliberation, id };
    let found = contradiction(&Case::new(sitting, &course, body, ballot), act.outcome);
    found.map(|found| finding_of(&found, act.outcome, body, subject, sitting)).into_iter().collect()
}

/// What was withdrawn or put off was not voted on, unless the vote was on that.
pub fn item_not_taken(case: &Case) -> Vec<Finding> {
    let on_that = matches!(case.ballot.outcome, Outcome::Withdrawn | Outcome::Postponed);
    let off = |status| matches!(status, ItemStatus::Withdrawn | ItemStatus::Postponed);
    let items = case.sitting.agenda.iter().filter(|item| case.ballot.covers.contains(&item.id) && off(item.status) && !on_that);
    let made = |item: &crate::record::AgendaItem| {
        let name = item.label.clone().or_else(|| item.title.clone()).unwrap_or_default();
        let FindingLabel { fr, en } = words(item.status.label().fr, item.status.label().en);
        let label = words(format!("Point {name} : {fr}, et pourtant mis aux voix"), format!("Item {name}: {en}, and yet put to the vote"));
        let computed = Computed::Texts { texts: vec![item.status.wire().to_owned()] };
        case.finding(RuleId::BallotItemNotTaken, FindingCode::BallotItemNotTaken, computed, label)
    };
    items.map(made).collect()
}
