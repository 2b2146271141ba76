//! Quorum: more than half of the members in office are there, where the law counts them so represented; those who stand aside are not counted.

use super::finding::Rule;
use super::{Vote, profile};
use crate::record::{Computed, Count, Finding, FindingCode, Severity};

pub(super) fn check(vote: &Vote<'_>) -> Vec<Finding> {
    let Some(law) = profile::quorum(vote.body).filter(|_| vote.electorate.complete) else { return Vec::new() };
    let (counted, at_most) = vote.electorate.quorum();
    let met_if_in_office_at_most = (2 * counted).saturating_sub(1);
    let office = in_office(vote);
    let rule =
        |code, severity| Rule { code, name: "quorum.majority_in_office", severity, certainty: law.certainty, legal_basis: vec![law.legal_basis] };
    let computed = |n| Computed::Quorum { counted: n, members_in_office: office, met_if_in_office_at_most, represented_count: law.represented_count };
    let finding = match office {
        None => rule(FindingCode::QuorumUnsettled, Severity::Information).finding(
            vote.subject(),
            vote.sitting.date,
            computed(counted),
            format!("Membres en exercice non précisés : {counted} comptés, quorum atteint si au plus {met_if_in_office_at_most} membres étaient en exercice."),
            format!("Members in office unstated: {counted} counted, quorum met if at most {met_if_in_office_at_most} members were in office."),
        ),
        Some(office) if 2 * counted > office => return Vec::new(),
        Some(office) if 2 * at_most > office => rule(FindingCode::QuorumUnsettled, Severity::Alert).finding(
            vote.subject(),
            vote.sitting.date,
            computed(counted),
            format!("Quorum indéterminé : entre {counted} et {at_most} comptés pour {office} membres en exercice, il en faut {}.", office / 2 + 1),
            format!("Quorum unsettled: between {counted} and {at_most} counted for {office} members in office, {} are needed.", office / 2 + 1),
        ),
        Some(office) => rule(FindingCode::QuorumNotMet, Severity::Blocking).finding(
            vote.subject(),
            vote.sitting.date,
            computed(counted),
            format!("Quorum non atteint : {counted} comptés pour {office} membres en exercice, il en faut {}.", office / 2 + 1),
            format!("Quorum not met: {counted} counted for {office} members in office, {} are needed.", office / 2 + 1),
        ),
    };
    vec![finding]
}

/// Members in office as stated: for the part in which the items were taken, else for the sitting.
pub(super) fn in_office(vote: &Vote<'_>) -> Option<u32> {
    let part = vote.sitting.agenda.iter().filter(|a| vote.ballot.covers.contains(&a.id)).find_map(|a| a.part);
    let of_part = vote.sitting.parts.iter().find(|p| part.is_some() && p.position == part).and_then(|p| p.members_in_office);
    of_part.or(vote.sitting.members_in_office).map(Count::get)
}
