//! The attendance sheet to sign: a line for each member, with room for a signature and a proxy.

use super::words::{body_words, capitals, entry_name, name, of_the, person_name};
use super::{Block, Column, Content, Mark, Paper, Role, Row, Table, head};
use crate::publish::french::day;
use crate::publish::{Cast, SittingReading};
use crate::record::{Affiliation, AttendanceEntry, Id, SittingRecord, VotingRight};

/// The sheet, by the lists of the sitting, else by the mandates of its day.
pub fn sheet(reading: &SittingReading) -> Paper {
    let (sitting, cast) = (&reading.record, &reading.cast);
    let head =
        vec![capitals(&cast.authority.name), capitals(&format!("feuille de présence {}", of_the(&body_words(cast)))), head::sitting_line(sitting)];
    let mut blocks = vec![Block { role: Role::Head, content: Content::Lines(head) }];
    blocks.extend(tables(sitting, cast).into_iter().map(|table| Block { role: Role::Attendance, content: Content::Table(table) }));
    let secretary = sitting.secretaries.first().map(|secretary| name(&secretary.person, cast)).unwrap_or_default();
    blocks.push(Block { role: Role::Signature, content: Content::Lines(vec!["Certifié par le secrétaire de séance,".to_owned(), secretary]) });
    Paper {
        title: format!("Feuille de présence – réunion du {}", day(sitting.date)),
        author: cast.authority.name.clone(),
        date: sitting.date,
        marks: vec![Mark::Internal],
        blocks,
        footer: Vec::new(),
    }
}

/// One table for those who vote, one for those who do not.
fn tables(sitting: &SittingRecord, cast: &Cast) -> Vec<Table> {
    let entries = |without: bool| {
        let lists = sitting.attendance.iter().filter(move |list| (list.voting_right == VotingRight::WithoutVote) == without && !list.by_exception);
        lists.flat_map(|list| &list.entries)
    };
    let mut members: Vec<(String, String, String)> =
        entries(false).map(|entry| (entry_name(entry, cast), group(entry, cast), holder(entry, sitting, cast))).collect();
    if members.is_empty() {
        members = cast.memberships.keys().filter_map(|id| Some((person_name(*id, cast)?, group_of(*id, cast), String::new()))).collect();
    }
    let others: Vec<(String, String, String)> = entries(true).map(|entry| (entry_name(entry, cast), group(entry, cast), String::new())).collect();
    let tables = [("Membres à voix délibérative", members), ("Sans voix délibérative", others)];
    tables.into_iter().filter(|(_, people)| !people.is_empty()).map(|(caption, people)| table(caption, people)).collect()
}

fn table(caption: &str, mut people: Vec<(String, String, String)>) -> Table {
    // Two lists may name one person, who came late: one line to sign.
    let mut seen = std::collections::BTreeSet::new();
    people.retain(|(name, ..)| seen.insert(name.clone()));
    let columns = ["Nom", "Groupe", "Pouvoir donné à", "Signature"];
    Table {
        caption: caption.to_owned(),
        caption_shown: true,
        columns: columns.into_iter().map(|heading| Column { heading: heading.to_owned(), numeric: false }).collect(),
        rows: people.into_iter().map(|(name, group, holder)| Row::Cells(vec![name, group, holder, String::new()])).collect(),
    }
}

fn group(entry: &AttendanceEntry, cast: &Cast) -> String {
    entry.group.clone().or_else(|| Some(group_of(entry.person?, cast))).unwrap_or_default()
}

fn group_of(person: Id, cast: &Cast) -> String {
    let Some(belonging) = cast.memberships.get(&person) else { return String::new() };
    match belonging.affiliation {
        Affiliation::NonAffiliated => "Non-inscrit".to_owned(),
        _ => belonging.group.and_then(|group| cast.groups.get(&group)).map(|group| group.name.clone()).unwrap_or_default(),
    }
}

/// To whom the person gave a proxy for the sitting.
fn holder(entry: &AttendanceEntry, sitting: &SittingRecord, cast: &Cast) -> String {
    let given = sitting.proxies.iter().flatten().find(|proxy| proxy.giver.person.is_some() && proxy.giver.person == entry.person);
    given.and_then(|proxy| proxy.holder.as_ref()).map(|holder| name(holder, cast)).unwrap_or_default()
}
