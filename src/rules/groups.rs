//! Groups behind the counts: a group under two options names its dissenters; the numbers by group add up; named votes agree with the counts.

use std::collections::BTreeMap;

use super::Vote;
use super::finding::{Rule, count, decisive};
use crate::record::{BallotOption, Certainty, Computed, Count, Finding, FindingCode, Severity, TallyEntry, VoterKind, fold};

pub(super) fn check(vote: &Vote<'_>) -> Vec<Finding> {
    split(vote).into_iter().chain(sums(vote)).chain(named(vote)).collect()
}

fn group_key(entry: &TallyEntry) -> Option<String> {
    entry.group.map(|g| g.to_string()).or_else(|| entry.printed.as_deref().map(fold))
}

/// A group that stands under several options, and nobody is named.
fn split(vote: &Vote<'_>) -> Vec<Finding> {
    if vote.ballot.roll_call.is_some() {
        return Vec::new();
    }
    let mut groups: BTreeMap<String, (String, Vec<BallotOption>, bool)> = BTreeMap::new();
    for tally in &vote.ballot.options {
        for entry in tally.entries.iter().filter(|e| e.kind == VoterKind::Group) {
            let Some(key) = group_key(entry) else { continue };
            let printed = entry.printed.clone().unwrap_or_else(|| key.clone());
            let (_, options, names) = groups.entry(key).or_insert_with(|| (printed, Vec::new(), false));
            options.push(tally.option);
            *names |= !entry.exceptions.is_empty();
        }
    }
    groups
        .into_values()
        .filter(|(_, options, named)| options.len() > 1 && !named)
        .map(|(group, options, _)| {
            let rule = Rule {
                code: FindingCode::BallotGroupSplitUnnamed,
                name: "ballot.group_split",
                severity: Severity::Alert,
                certainty: Certainty::InternalRules,
                legal_basis: vec!["Rép. min. QE 06349, JO Sénat 22/06/2023"],
            };
            let (fr, en) = (
                format!("« {group} » figure sous plusieurs options, sans que les membres qui se séparent du groupe soient nommés."),
                format!("“{group}” stands under several options, and the members who part from the group are not named."),
            );
            rule.finding(vote.subject(), vote.sitting.date, Computed::GroupSplit { group, options }, fr, en)
        })
        .collect()
}

/// The numbers by group add up to the count of the option, where all of them are stated.
fn sums(vote: &Vote<'_>) -> Vec<Finding> {
    let stated = vote.ballot.options.iter().filter_map(|tally| {
        let numbers: Option<Vec<u32>> = tally.entries.iter().map(|e| e.count.map(Count::get)).collect();
        let sum: u32 = numbers.filter(|n| !n.is_empty())?.iter().sum();
        Some((tally.option, tally.count?.get(), sum)).filter(|(_, stated, sum)| stated != sum)
    });
    stated.map(|(option, stated, derived)| differs(vote, FindingCode::BallotGroupSum, "ballot.group_sum", option, stated, derived)).collect()
}

/// The named votes of an option are as many as its count.
fn named(vote: &Vote<'_>) -> Vec<Finding> {
    let Some(lines) = &vote.ballot.roll_call else { return Vec::new() };
    let options = vote.ballot.options.iter().map(|t| t.option);
    options
        .filter_map(|option| {
            let derived = u32::try_from(lines.iter().filter(|l| l.option == option).count()).ok()?;
            Some((option, count(vote.ballot, option)?, derived)).filter(|(_, stated, derived)| stated != derived)
        })
        .map(|(option, stated, derived)| differs(vote, FindingCode::BallotRollCallDiffers, "ballot.roll_call", option, stated, derived))
        .collect()
}

fn differs(vote: &Vote<'_>, code: FindingCode, name: &'static str, option: BallotOption, stated: u32, derived: u32) -> Finding {
    let rule = Rule { code, name, severity: Severity::Alert, certainty: Certainty::Verified, legal_basis: vec!["sincérité du scrutin"] };
    let label = option.label();
    let mut finding = rule.finding(
        vote.subject(),
        vote.sitting.date,
        Computed::Tally { option, stated, derived },
        format!("{} : {stated} proclamés, {derived} d'après le détail.", label.fr),
        format!("{}: {stated} proclaimed, {derived} from the detail.", label.en),
    );
    finding.decisive = decisive(vote.ballot, stated.abs_diff(derived));
    finding
}
