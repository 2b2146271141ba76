//! A vote en bloc: an item that a member asked to have voted on apart is not part of it (CE, 28 May 1997, n° 157063; CE, 5 July 2021,
//! n° 433537), and is then voted on apart or taken off the agenda.

use super::ballot::Case;
use super::made::words;
use super::profile::RuleId;
use crate::record::{Ballot, Computed, Finding, FindingCode, Id, ItemStatus, SittingRecord, TargetKind};

/// Items pulled out of the ballot that it covers all the same.
pub fn still_covered(ballot: &Ballot) -> impl Iterator<Item = (usize, Id)> + '_ {
    ballot.pulled_out.iter().copied().enumerate().filter(|(_, item)| ballot.covers.contains(item))
}

pub fn pulled_out(case: &Case) -> Vec<Finding> {
    let covered: Vec<Id> = still_covered(case.ballot).map(|(_, item)| item).collect();
    let left = |item: &Id| !covered.contains(item) && !voted_apart(case, *item) && !off_the_agenda(case.sitting, *item);
    let left: Vec<Id> = case.ballot.pulled_out.iter().copied().filter(left).collect();
    let mut findings = Vec::new();
    if !covered.is_empty() {
        let names = names(case.sitting, &covered);
        let label = words(
            format!("Vote séparé demandé, et pourtant compris dans le vote en bloc : {names}"),
            format!("A separate vote was asked for, and yet the vote en bloc covers it: {names}"),
        );
        let finding = case.finding(RuleId::BallotEnBloc, FindingCode::BallotEnBloc, Computed::PulledOut { pulled_out: covered }, label);
        findings.push(Finding { severity: case.basis(RuleId::BallotEnBloc).severity(true), ..finding });
    }
    if !left.is_empty() {
        let names = names(case.sitting, &left);
        let label = words(
            format!("Sorti du vote en bloc, et ni voté à part, ni retiré, ni ajourné : {names}"),
            format!("Pulled out of the vote en bloc, and neither voted on apart, nor withdrawn, nor postponed: {names}"),
        );
        findings.push(case.finding(RuleId::BallotEnBloc, FindingCode::BallotEnBloc, Computed::PulledOut { pulled_out: left }, label));
    }
    findings
}

/// Another ballot decides on it; a vote on an amendment does not.
fn voted_apart(case: &Case, item: Id) -> bool {
    let decides = |other: &&Ballot| other.target.kind != TargetKind::Amendment && other.covers.contains(&item) && !other.pulled_out.contains(&item);
    case.sitting.ballots.iter().filter(|other| other.id != case.ballot.id).any(|other| decides(&other))
}

fn off_the_agenda(sitting: &SittingRecord, item: Id) -> bool {
    sitting.agenda.iter().any(|i| i.id == item && matches!(i.status, ItemStatus::Withdrawn | ItemStatus::Postponed))
}

/// Items as the agenda calls them.
pub fn names(sitting: &SittingRecord, items: &[Id]) -> String {
    let name = |item: &Id| {
        let found = sitting.agenda.iter().find(|i| i.id == *item);
        found.and_then(|i| i.label.clone().or_else(|| i.title.clone())).unwrap_or_else(|| item.to_string())
    };
    items.iter().map(name).collect::<Vec<_>>().join(", ")
}
