//! No more votes are counted than there could be voters.

use super::Vote;
use super::finding::{Rule, counted, decisive};
use super::quorum::in_office;
use crate::record::{Certainty, Computed, Finding, FindingCode, Severity};

pub(super) fn check(vote: &Vote<'_>) -> Vec<Finding> {
    let Some(counted) = counted(vote.ballot).filter(|_| vote.electorate.complete) else { return Vec::new() };
    let (at_most, without_proxies) = (vote.electorate.at_most(), vote.electorate.present);
    if counted <= at_most {
        return Vec::new();
    }
    let rule = Rule {
        code: FindingCode::BallotExceedsElectorate,
        name: "ballot.ceiling",
        severity: Severity::Blocking,
        // Arithmetic: it needs no article.
        certainty: Certainty::Verified,
        legal_basis: vec!["sincérité du scrutin"],
    };
    let computed = Computed::Electorate { counted, at_most, without_proxies, members_in_office: in_office(vote), assumes: vec!["lists_complete"] };
    let mut finding = rule.finding(
        vote.subject(),
        vote.sitting.date,
        computed,
        format!("{counted} voix comptées, mais {at_most} votants possibles au plus d'après les listes de présence ({without_proxies} sans pouvoir)."),
        format!("{counted} votes counted, but at most {at_most} possible voters from the attendance lists ({without_proxies} without proxies)."),
    );
    finding.decisive = decisive(vote.ballot, counted.saturating_sub(vote.electorate.certain()));
    vec![finding]
}
