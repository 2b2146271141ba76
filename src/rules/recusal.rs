//! Members who stood aside: counted all the same, for certain or possibly.

use super::ballot::Case;
use super::electorate::counted as votes_counted;
use super::made::{many, number, words};
use super::presence::{Attendee, PresenceState, interested};
use super::profile::RuleId;
use crate::record::names::fold;
use crate::record::{BallotOption, Computed, Finding, FindingCode, PersonRef, RecusalKind, Tally, VoterKind};

/// A recused member is named as having voted. Named as taking no part is what should be.
pub fn counted(case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (option, people) in named_voting(case) {
        let refusal_only = people.iter().all(|attendee| only_refuses(case, attendee));
        // A plain refusal to take part is no interest: no text forbids the vote, but the record contradicts itself.
        let rule = if refusal_only { RuleId::RecusalRefusal } else { RuleId::RecusalCounted };
        let names = people.iter().filter_map(|attendee| attendee.printed.clone()).collect::<Vec<_>>().join(", ");
        let computed = Computed::Recusal {
            recused: many(people.len()),
            counted: votes_counted(case.ballot),
            at_most: case.presence.electorate.listed.then_some(case.presence.electorate.at_most),
            option: Some(option),
        };
        let label = words(
            format!("{names} : n'a pas pris part, et figure pourtant parmi les votes « {} »", option.label().fr),
            format!("{names}: took no part, and is yet named among the votes \"{}\"", option.label().en),
        );
        let finding = case.finding(rule, FindingCode::RecusalCounted, computed, label);
        findings.push(Finding { severity: case.basis(rule).severity(true), ..finding });
    }
    findings
}

/// More votes than the known voters without the recused: theirs may be among them. Possible, no more.
pub fn may_be_counted(case: &Case) -> Vec<Finding> {
    let electorate = case.presence.electorate;
    let recused: Vec<&Attendee> = recused(case).collect();
    let number_recused = case.presence.counts.recused;
    let unexplained = votes_counted(case.ballot).filter(|counted| electorate.listed && number_recused > 0 && *counted > electorate.with_proxies);
    let Some(counted) = unexplained.filter(|counted| named_voting(case).is_empty() && !all_named(case, *counted)) else { return Vec::new() };
    let possible: Vec<&Tally> = case.ballot.options.iter().filter(|tally| may_hold(case, tally, &recused)).collect();
    if possible.is_empty() && !case.ballot.options.is_empty() {
        return Vec::new();
    }
    // Where they are booked by mistake it is as abstaining: that many abstentions, or fewer, point there. Else only a single option does.
    let abstaining = possible.iter().find(|t| t.option == BallotOption::Abstention && number(t.count).is_some_and(|count| count <= number_recused));
    let single = match possible.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    let option = abstaining.or(single).map(|tally| tally.option);
    let computed = Computed::Recusal { recused: number_recused, counted: Some(counted), at_most: Some(electorate.at_most), option };
    let (under_fr, under_en) = option.map(|o| (format!(" sous « {} »", o.label().fr), format!(" under \"{}\"", o.label().en))).unwrap_or_default();
    let label = words(
        format!(
            "{counted} voix décomptées alors que {number_recused} membre(s) n'ont pas pris part au vote : il est possible qu'ils soient comptés{under_fr}"
        ),
        format!("{counted} votes counted while {number_recused} member(s) took no part in the vote: they may have been counted{under_en}"),
    );
    vec![case.finding(RuleId::RecusalPossible, FindingCode::RecusalMayBeCounted, computed, label)]
}

fn recused<'a>(case: &'a Case) -> impl Iterator<Item = &'a Attendee> {
    case.presence.people.iter().filter(|attendee| attendee.state == PresenceState::Recused)
}

/// The recused who are named as voting, under each option.
fn named_voting<'a>(case: &'a Case) -> Vec<(BallotOption, Vec<&'a Attendee>)> {
    let names = case.names;
    let mut named: Vec<(BallotOption, String)> = Vec::new();
    for line in case.ballot.roll_call.iter().flatten() {
        named.extend(names.key(&line.person).map(|key| (line.option, key)));
    }
    for tally in &case.ballot.options {
        for entry in tally.entries.iter().filter(|entry| entry.kind == VoterKind::Person) {
            let person = PersonRef { printed: entry.printed.clone(), person: entry.person, ..PersonRef::default() };
            named.extend(names.key(&person).map(|key| (tally.option, key)));
        }
    }
    let mut by_option: Vec<(BallotOption, Vec<&Attendee>)> = Vec::new();
    for attendee in recused(case) {
        for (option, _) in named.iter().filter(|(option, key)| *option != BallotOption::NotVoting && *key == attendee.key) {
            match by_option.iter_mut().find(|(known, _)| known == option) {
                Some((_, people)) if people.iter().any(|known| known.key == attendee.key) => {}
                Some((_, people)) => people.push(attendee),
                None => by_option.push((*option, vec![attendee])),
            }
        }
    }
    by_option
}

/// Every vote counted has a name: nobody else can be hidden in it.
fn all_named(case: &Case, counted: u32) -> bool {
    let lines = case.ballot.roll_call.iter().flatten().filter(|line| line.option != BallotOption::NotVoting);
    many(lines.count()) >= counted
}

/// Whether one of the recused may be under that option: it has votes, and names either no group or one of theirs, where theirs is known.
fn may_hold(case: &Case, tally: &Tally, recused: &[&Attendee]) -> bool {
    if tally.option == BallotOption::NotVoting || number(tally.count) == Some(0) {
        return false;
    }
    let groups: Vec<String> = tally.entries.iter().filter_map(|entry| entry.printed.as_deref()).map(fold).collect();
    let fits = |attendee: &&Attendee| group_of(case, attendee).is_none_or(|group| groups.is_empty() || groups.contains(&group));
    recused.is_empty() || recused.iter().any(fits)
}

/// The group printed for a recused member, beside the name or with the recusal.
fn group_of(case: &Case, attendee: &Attendee) -> Option<String> {
    let (names, sitting) = (case.names, case.sitting);
    let own = |person: &PersonRef| names.key(person).as_deref() == Some(&attendee.key);
    let with_recusal = sitting.recusals.iter().flatten().find(|r| r.person.as_ref().is_some_and(own)).and_then(|r| r.group.as_deref());
    attendee.group.as_deref().or(with_recusal).map(fold)
}

fn only_refuses(case: &Case, attendee: &Attendee) -> bool {
    let (names, sitting) = (case.names, case.sitting);
    let kinds: Vec<RecusalKind> = sitting
        .recusals
        .iter()
        .flatten()
        .filter(|r| r.person.as_ref().and_then(|p| names.key(p)).as_deref() == Some(&attendee.key))
        .map(|r| r.kind)
        .collect();
    !kinds.is_empty() && !kinds.into_iter().any(interested)
}
