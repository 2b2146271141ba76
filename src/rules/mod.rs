//! What must hold: pure functions from a record to findings. A rule is a file; its cases are a table in `cases/`.
//!
//! A finding never changes the record. Where the record is silent a rule gives bounds and says what they assume; it never guesses.

mod act;
mod attendance;
mod ballot;
mod ceiling;
mod electorate;
mod finding;
mod groups;
mod money;
mod outcome;
pub mod presence;
mod profile;
mod proxies;
mod public;
mod quorum;
mod recusal;

pub use public::public_view;

use crate::record::{Ballot, BodyKind, DeliberationRecord, Finding, Id, SittingRecord, Subject, SubjectKind, Waiver};
use electorate::Electorate;

/// Version of the rules: findings made by other ones may differ.
pub const VERSION: &str = "2026-11";

/// A ballot with what its rules need.
struct Vote<'a> {
    sitting: &'a SittingRecord,
    ballot: &'a Ballot,
    body: BodyKind,
    electorate: Electorate,
}

impl Vote<'_> {
    const fn subject(&self) -> Subject {
        Subject { kind: SubjectKind::Ballot, id: self.ballot.id }
    }
}

/// Findings on a sitting and on each of its ballots.
pub fn on_sitting(sitting: &SittingRecord, id: Id, body: BodyKind) -> Vec<Finding> {
    let mut findings = attendance::check(sitting, id, None);
    for ballot in &sitting.ballots {
        findings.extend(on_ballot(sitting, ballot, body));
    }
    waived(findings, &[&sitting.waivers])
}

/// Findings on an act: those on the attendance that it prints, on every ballot that covers one of its items, and its own.
pub fn on_act(act: &DeliberationRecord, id: Id, sitting: &SittingRecord, sitting_id: Id, body: BodyKind) -> Vec<Finding> {
    let mut findings = attendance::check(sitting, sitting_id, Some(&act.agenda_items));
    for ballot in sitting.ballots.iter().filter(|b| b.covers.iter().any(|item| act.agenda_items.contains(item))) {
        findings.extend(on_ballot(sitting, ballot, body));
    }
    let subject = Subject { kind: SubjectKind::Deliberation, id };
    findings.extend(act::check(act, subject, sitting, body));
    findings.extend(money::check(act, subject, sitting.date));
    waived(findings, &[&sitting.waivers, &act.waivers])
}

fn on_ballot(sitting: &SittingRecord, ballot: &Ballot, body: BodyKind) -> Vec<Finding> {
    let vote = Vote { sitting, ballot, body, electorate: Electorate::of(sitting, ballot, body) };
    [quorum::check, ceiling::check, proxies::check, recusal::check, groups::check, ballot::check, outcome::check]
        .into_iter()
        .flat_map(|rule: fn(&Vote<'_>) -> Vec<Finding>| rule(&vote))
        .collect()
}

/// Attaches the waivers of the records to the findings that they set aside.
fn waived(mut findings: Vec<Finding>, waivers: &[&Vec<Waiver>]) -> Vec<Finding> {
    for finding in &mut findings {
        let waives = |w: &&Waiver| w.code == finding.code && w.subject == finding.subject;
        finding.waiver = waivers.iter().flat_map(|w| w.iter()).find(waives).cloned();
    }
    findings
}
