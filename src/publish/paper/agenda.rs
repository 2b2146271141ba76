//! The agenda (ordre du jour) as it is sent and put up: items in their planned order.

use super::minutes::item_title;
use super::words::{body_words, capitals, name, of_the};
use super::{Block, Content, Item, Paper, Role, head};
use crate::publish::french::{day, hour};
use crate::publish::{Cast, SittingReading};
use crate::record::{AgendaItem, Id, ItemStatus, SittingRecord};

/// The agenda.
pub fn agenda(reading: &SittingReading) -> Paper {
    let (sitting, cast) = (&reading.record, &reading.cast);
    let head = vec![capitals(&cast.authority.name), capitals(&format!("ordre du jour {}", of_the(&body_words(cast)))), head::sitting_line(sitting)];
    let mut blocks = vec![Block { role: Role::Head, content: Content::Lines(head) }];
    blocks.extend(place_and_hour(sitting, cast).map(|text| Block { role: Role::Body, content: Content::Text(text) }));
    blocks.push(items(sitting, cast));
    Paper {
        title: format!("Ordre du jour – réunion du {}", day(sitting.date)),
        author: cast.authority.name.clone(),
        date: sitting.date,
        marks: Vec::new(),
        blocks,
        footer: Vec::new(),
    }
}

/// "À 10 h 00, hôtel du Département."
pub(super) fn place_and_hour(sitting: &SittingRecord, cast: &Cast) -> Option<String> {
    let hour = sitting.starts.as_ref().and_then(|starts| hour(starts, &cast.authority)).map(|at| format!("À {at}"));
    let all: Vec<String> = [hour, sitting.place.clone()].into_iter().flatten().collect();
    if all.is_empty() { None } else { Some(format!("{}.", all.join(", "))) }
}

/// The items that were planned, those under another one nested in it.
pub(super) fn items(sitting: &SittingRecord, cast: &Cast) -> Block {
    let mut planned: Vec<(usize, &AgendaItem)> = sitting.agenda.iter().filter(|item| item.status != ItemStatus::Added).enumerate().collect();
    planned.sort_by_key(|(place, item)| (item.planned_position.map_or(place + 1, |p| usize::try_from(p.get()).unwrap_or(usize::MAX)), *place));
    let planned: Vec<&AgendaItem> = planned.into_iter().map(|(_, item)| item).collect();
    if planned.is_empty() {
        return Block { role: Role::Body, content: Content::Text("Aucun point n'est inscrit.".to_owned()) };
    }
    let known = |id: Id| planned.iter().any(|item| item.id == id);
    // An item under one that is not there, or under itself, stands at the top.
    let top = planned.iter().filter(|item| item.parent.is_none_or(|parent| parent == item.id || !known(parent)));
    Block { role: Role::Body, content: Content::Items(top.map(|item| item_of(item, &planned, cast, 0)).collect()) }
}

fn item_of(item: &AgendaItem, planned: &[&AgendaItem], cast: &Cast, depth: u8) -> Item {
    let report = item.report_number.as_ref().map(|number| format!("rapport n° {number}"));
    let rapporteurs: Vec<String> = item.rapporteurs.iter().map(|person| name(person, cast)).collect();
    let rapporteurs = if rapporteurs.is_empty() { None } else { Some(format!("rapporteur : {}", rapporteurs.join(", "))) };
    let details: Vec<String> = [report, rapporteurs].into_iter().flatten().collect();
    let details = if details.is_empty() { String::new() } else { format!(" ({})", details.join(" ; ")) };
    // Items nested in a circle are printed once, as deep as agendas go.
    let under = planned.iter().filter(|other| depth < 4 && other.parent == Some(item.id) && other.id != item.id);
    Item {
        label: item.label.clone(),
        text: format!("{}{details}", item_title(item)),
        children: under.map(|i| item_of(i, planned, cast, depth + 1)).collect(),
    }
}
