//! Members who attend remotely: the vote is by public ballot only (L3121-9-1, since 1 August 2022; read in part).

use super::ballot::Case;
use super::made::{many, words};
use super::profile::{self, RuleId};
use crate::record::{BallotMode, Computed, Finding, FindingCode, VotingRight};

/// A voting member attends remotely, and the ballot is secret or by show of hands. Of a mode that is not stated nothing is said here; an
/// electronic vote may well be a public one.
pub fn without_public_ballot(case: &Case) -> Vec<Finding> {
    let Some(basis) = profile::applicable(RuleId::BallotRemote, case.body, case.sitting.date) else { return Vec::new() };
    let mode = case.ballot.mode;
    let connected = case.presence.people.iter().filter(|p| p.remote && p.attending == Some(true) && p.voting_right != VotingRight::WithoutVote);
    let remote = many(connected.count());
    if remote == 0 || !matches!(mode, BallotMode::Secret | BallotMode::ShowOfHands) {
        return Vec::new();
    }
    let label = words(
        format!("{remote} membre(s) à distance, et un vote qui n'est pas au scrutin public : {}", mode.label().fr),
        format!("{remote} member(s) attend remotely, and the vote is not by public ballot: {}", mode.label().en),
    );
    let finding = case.finding(RuleId::BallotRemote, FindingCode::BallotRemote, Computed::Remote { remote, mode }, label);
    vec![Finding { severity: basis.severity(true), ..finding }]
}
