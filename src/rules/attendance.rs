//! The lists agree with themselves, and the members in office are stated.

use std::collections::BTreeMap;

use super::finding::Rule;
use super::presence::Key;
use crate::record::{
    AttendanceList, Certainty, Computed, Count, Finding, FindingCode, Id, PersonRef, Severity, SittingRecord, Subject, SubjectKind, VotingRight,
};

/// Checks the lists of a sitting, or those that are about some of its items.
pub(super) fn check(sitting: &SittingRecord, id: Id, items: Option<&[Id]>) -> Vec<Finding> {
    let subject = Subject { kind: SubjectKind::Sitting, id };
    let concerns = |l: &&AttendanceList| items.is_none_or(|items| l.covers.is_empty() || l.covers.iter().any(|i| items.contains(i)));
    let lists: Vec<&AttendanceList> = sitting.attendance.iter().filter(concerns).collect();
    let mut findings: Vec<Finding> = lists.iter().filter_map(|list| miscounted(sitting, subject, list)).collect();
    findings.extend(twice(sitting, subject, &lists));
    findings.extend(office_unstated(sitting, subject));
    findings
}

fn rule(code: FindingCode, name: &'static str) -> Rule {
    Rule { code, name, severity: Severity::Alert, certainty: Certainty::Verified, legal_basis: vec!["CGCT L3121-13"] }
}

fn miscounted(sitting: &SittingRecord, subject: Subject, list: &AttendanceList) -> Option<Finding> {
    let (stated, listed) = (list.stated_count?.get(), u32::try_from(list.entries.len()).ok()?);
    if list.by_exception || stated == listed {
        return None;
    }
    let heading = list.heading.clone().unwrap_or_default();
    Some(rule(FindingCode::AttendanceUnreconciled, "attendance.stated_count").finding(
        subject,
        sitting.date,
        Computed::Attendance { stated: Some(stated), listed, twice: Vec::new() },
        format!("« {heading} » annonce {stated} noms, la liste en porte {listed}."),
        format!("“{heading}” announces {stated} names, the list has {listed}."),
    ))
}

/// A part of the sitting, the items of a list, and who is named in it.
type Place = (Option<Count>, Vec<Id>, Key);

/// A voting member in two lists of the same part, with nothing that tells when each holds.
fn twice(sitting: &SittingRecord, subject: Subject, lists: &[&AttendanceList]) -> Option<Finding> {
    let moves = |key: &Key| {
        let is = |p: &Option<PersonRef>| p.as_ref().and_then(Key::of).as_ref() == Some(key);
        sitting.timeline.iter().flatten().any(|e| is(&e.person) || is(&e.other))
    };
    let mut seen: BTreeMap<Place, (u32, String)> = BTreeMap::new();
    for list in lists.iter().filter(|l| l.voting_right != VotingRight::WithoutVote && !l.by_exception) {
        for entry in list.entries.iter().filter(|e| e.from.is_none() && e.until.is_none()) {
            let person = PersonRef {
                printed: entry.printed.clone(),
                given_name: entry.given_name.clone(),
                family_name: entry.family_name.clone(),
                person: entry.person,
                ..PersonRef::default()
            };
            let Some(key) = Key::of(&person).filter(|key| !moves(key)) else { continue };
            let (times, _) = seen.entry((list.part, list.covers.clone(), key)).or_insert_with(|| (0, entry.printed.clone().unwrap_or_default()));
            *times += 1;
        }
    }
    let twice: Vec<String> = seen.into_values().filter(|(times, _)| *times > 1).map(|(_, name)| name).collect();
    if twice.is_empty() {
        return None;
    }
    let number = twice.len();
    let listed = u32::try_from(number).ok()?;
    Some(rule(FindingCode::AttendanceUnreconciled, "attendance.once").finding(
        subject,
        sitting.date,
        Computed::Attendance { stated: None, listed, twice },
        format!("{number} membre(s) figure(nt) deux fois dans les listes de présence."),
        format!("{number} member(s) stand(s) twice in the attendance lists."),
    ))
}

fn office_unstated(sitting: &SittingRecord, subject: Subject) -> Option<Finding> {
    let stated = sitting.members_in_office.is_some() || sitting.parts.iter().any(|p| p.members_in_office.is_some());
    if stated {
        return None;
    }
    Some(rule(FindingCode::AttendanceOfficeUnstated, "attendance.office").finding(
        subject,
        sitting.date,
        Computed::Missing { missing: vec!["members_in_office"] },
        "Le nombre de membres en exercice n'est pas précisé.".to_owned(),
        "The number of members in office is not stated.".to_owned(),
    ))
}
