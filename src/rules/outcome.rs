//! The outcome follows from the votes cast. An election has rules of its own and is not judged here.

use super::finding::{Rule, count};
use super::{Vote, profile};
use crate::record::{BallotKind, BallotOption, Computed, Finding, FindingCode, Outcome, Severity};

pub(super) fn check(vote: &Vote<'_>) -> Vec<Finding> {
    let ballot = vote.ballot;
    if ballot.kind == BallotKind::Election {
        return Vec::new();
    }
    let (Some(for_votes), Some(against_votes)) = (count(ballot, BallotOption::For), count(ballot, BallotOption::Against)) else { return Vec::new() };
    // At a tie the chair's vote may have decided, unless nobody cast a vote or the record says that it did not.
    let tie_adopts = for_votes > 0 && ballot.casting_vote != Some(false);
    let contradicts = match ballot.outcome {
        Outcome::Adopted | Outcome::AdoptedAsAmended => for_votes < against_votes || (for_votes == against_votes && !tie_adopts),
        Outcome::Rejected => for_votes > against_votes,
        _ => false,
    };
    if !contradicts {
        return Vec::new();
    }
    let (legal_basis, certainty) = profile::majority(vote.body);
    let rule = Rule { code: FindingCode::OutcomeContradictsTally, name: "outcome.majority", severity: Severity::Blocking, certainty, legal_basis };
    let stated = ballot.outcome.label();
    let mut finding = rule.finding(
        vote.subject(),
        vote.sitting.date,
        Computed::Outcome { stated: ballot.outcome, for_votes, against_votes },
        format!("Proclamé « {} » avec {for_votes} pour et {against_votes} contre.", stated.fr),
        format!("Proclaimed “{}” with {for_votes} for and {against_votes} against.", stated.en),
    );
    finding.decisive = Some(true);
    vec![finding]
}
