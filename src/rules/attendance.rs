//! The lists of attendance as printed: their counts, names printed twice, and the number of members in office.

use super::made::{many, number, words};
use super::profile::{self, Governed, RuleId};
use super::quorum;
use crate::record::names::{Names, person_of, shown};
use crate::record::{
    AttendanceEntry, AttendanceList, Computed, DeliberationRecord, Event, Finding, FindingCode, Id, SittingRecord, Subject, SubjectKind, VotingRight,
};

pub fn on_sitting(sitting: &SittingRecord, id: Id, body: Governed<'_>) -> Vec<Finding> {
    check(sitting, id, body, |_| true, sitting.agenda.first().map(|item| item.id))
}

/// Only the lists that the act prints.
pub fn on_act(act: &DeliberationRecord, sitting: &SittingRecord, sitting_id: Id, body: Governed<'_>) -> Vec<Finding> {
    let printed = |list: &AttendanceList| list.covers.is_empty() || list.covers.iter().any(|item| act.agenda_items.contains(item));
    check(sitting, sitting_id, body, printed, act.agenda_items.first().copied())
}

fn check(sitting: &SittingRecord, id: Id, body: Governed<'_>, wanted: impl Fn(&AttendanceList) -> bool, item: Option<Id>) -> Vec<Finding> {
    let lists: Vec<&AttendanceList> = sitting.attendance.iter().filter(|list| wanted(list)).collect();
    let subject = Subject { kind: SubjectKind::Sitting, id };
    let made = |code, rule, computed, label| profile::basis(rule, body, sitting.date).finding(code, subject, sitting.date, computed, label);
    let mut findings = Vec::new();
    for list in lists.iter().filter(|list| !list.by_exception) {
        let listed = many(list.entries.len());
        if let Some(stated) = number(list.stated_count).filter(|stated| *stated != listed) {
            let heading = list.heading.as_deref().unwrap_or(list.status.label().fr);
            let label =
                words(format!("« {heading} » : {stated} annoncés, {listed} nommés"), format!("\"{heading}\": {stated} stated, {listed} named"));
            let computed = Computed::Attendance { stated: Some(stated), listed, twice: Vec::new() };
            findings.push(made(FindingCode::AttendanceUnreconciled, RuleId::AttendanceCount, computed, label));
        }
    }
    let twice = named_twice(sitting, &lists);
    if !twice.is_empty() {
        let listed = many(lists.iter().map(|list| list.entries.len()).sum());
        let names = twice.join(", ");
        let label = words(
            format!("Nommé plusieurs fois dans les listes de présence : {names}"),
            format!("Named more than once in the lists of attendance: {names}"),
        );
        let computed = Computed::Attendance { stated: None, listed, twice };
        findings.push(made(FindingCode::AttendanceUnreconciled, RuleId::AttendanceTwice, computed, label));
    }
    if quorum::members_in_office(sitting, item).is_none() {
        let label = words("Le nombre de membres en exercice n'est pas précisé", "The number of members in office is not stated");
        let computed = Computed::Missing { missing: vec!["members_in_office"] };
        findings.push(made(FindingCode::AttendanceOfficeUnstated, RuleId::AttendanceOffice, computed, label));
    }
    findings
}

/// Voting members named twice by one source, part and set of items. Who comes or goes in the course of the sitting may well be; so may
/// whom two acts or two sources name.
fn named_twice(sitting: &SittingRecord, lists: &[&AttendanceList]) -> Vec<String> {
    let names = Names::of(sitting);
    let moves = |key: &String| {
        let own = |event: &Event| [&event.person, &event.other].into_iter().flatten().any(|person| names.key(person).as_ref() == Some(key));
        sitting.timeline.iter().flatten().any(own)
    };
    let all_day = |entry: &&AttendanceEntry| entry.from.is_none() && entry.until.is_none();
    let mut seen: Vec<(&AttendanceList, String)> = Vec::new();
    let mut twice = Vec::new();
    for list in lists.iter().filter(|list| list.voting_right != VotingRight::WithoutVote) {
        for entry in list.entries.iter().filter(all_day) {
            let Some(key) = names.key(&person_of(entry)).filter(|key| !moves(key)) else { continue };
            let same = |other: &AttendanceList| other.source == list.source && other.part == list.part && other.covers == list.covers;
            let name = shown(&person_of(entry));
            if !seen.iter().any(|(other, known)| same(other) && *known == key) {
                seen.push((list, key));
            } else if !twice.contains(&name) {
                twice.push(name);
            }
        }
    }
    twice
}
