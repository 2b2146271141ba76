//! How the votes were given is stated.

use super::finding::Rule;
use super::{Vote, profile};
use crate::record::{BallotMode, Computed, Finding, FindingCode, Severity};

pub(super) fn check(vote: &Vote<'_>) -> Vec<Finding> {
    if vote.ballot.mode != BallotMode::Unstated {
        return Vec::new();
    }
    let (legal_basis, certainty) = profile::mode(vote.body);
    let rule = Rule { code: FindingCode::BallotModeUnstated, name: "ballot.mode", severity: Severity::Information, certainty, legal_basis };
    vec![rule.finding(
        vote.subject(),
        vote.sitting.date,
        Computed::Missing { missing: vec!["mode"] },
        "Le mode de scrutin n'est pas précisé.".to_owned(),
        "The mode of the ballot is not stated.".to_owned(),
    )]
}
