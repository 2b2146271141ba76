//! Votes that groups cast by one voice: whether the internal rules provide for them (QE 06349).

use super::ballot::Case;
use super::made::words;
use super::profile::{self, RuleId};
use crate::record::{Computed, Finding, FindingCode, VoteBasis};

/// Where nobody has entered what the internal rules say, the vote stands and the register says that they should provide for it. Where they
/// exclude it, it is irregular.
pub fn not_provided(case: &Case) -> Vec<Finding> {
    let expanded = case.ballot.roll_call.iter().flatten().any(|line| line.basis == VoteBasis::Group);
    if case.ballot.group_votes.is_empty() && !expanded {
        return Vec::new();
    }
    let (excluded, label) = match profile::allows(RuleId::BallotGroupExpansion, case.body, case.sitting.date) {
        Some(true) => return Vec::new(),
        Some(false) => (
            true,
            words(
                "Vote par groupe, que le règlement intérieur de l'instance n'admet pas",
                "Vote by group, which the internal rules of the body exclude",
            ),
        ),
        None => (
            false,
            words(
                "Vote par groupe : le règlement intérieur doit le prévoir, et rien n'en est configuré pour cette instance",
                "Vote by group: the internal rules must provide for it, and nothing of them is configured for this body",
            ),
        ),
    };
    let texts = vec![RuleId::BallotGroupExpansion.wire().to_owned()];
    let finding = case.finding(RuleId::BallotGroupExpansion, FindingCode::BallotGroupVote, Computed::Texts { texts }, label);
    vec![Finding { severity: case.basis(RuleId::BallotGroupExpansion).severity(excluded), ..finding }]
}
