//! An item of the agenda in the minutes: what was put, what happened, who stood aside, the ballots, what was decided.

use super::act::named;
use super::articles::{as_list, outcome_text};
use super::attendance;
use super::ballot::{ballot, result_line};
use super::element::Element;
use super::preamble::recused;
use super::references::References;
use super::voting::outcome;
use crate::publish::french::{capital, clock};
use crate::publish::{ActOfSitting, SittingReading};
use crate::record::{AgendaItem, Anchor, Ballot, Event, EventKind, Id, ItemStatus, Origin, Workflow};

/// An item under its place in the order in which items were taken.
///
/// `here`: the ballots that are told here, under their numbers; `elsewhere`: those told under an earlier item.
pub fn item(
    number: usize,
    item: &AgendaItem,
    reading: &SittingReading,
    (here, elsewhere): (&[(usize, &Ballot)], &[usize]),
    acts: &[&ActOfSitting],
    references: &mut References,
) -> Element {
    let sitting = &reading.record;
    let eid = format!("item_{number}");
    let mut section = Element::new("debateSection").with("eId", &eid).with("name", "item");
    section = section.children(item.label.as_deref().map(|label| Element::line("num").text(label)));
    section = section.children(item.title.as_deref().map(|title| Element::line("heading").text(title)));
    let parent = item.parent.and_then(|parent| sitting.agenda.iter().find(|other| other.id == parent));
    section = section.children(parent.and_then(name_of).map(|name| Element::line("subheading").text(&name)));
    section = section.children(report(item)).children(status(item));
    section = section.children(item.rapporteurs.iter().filter_map(|person| attendance::rapporteur(person, references)));
    section = section.children(item.text.as_deref().map(Element::p));
    let recusals = sitting.recusals.iter().flatten().filter(|recusal| recusal.covers.contains(&item.id));
    section = section.children(recusals.filter_map(|recusal| recused(recusal, references)));
    let (after, before): (Vec<&Event>, Vec<&Event>) = events_of(reading, Some(item.id)).partition(|event| event.moment.anchor == Anchor::After);
    section = section.children(before.into_iter().filter_map(|one| event(one, reading, references)));
    section = section.children(here.iter().map(|(number, one)| ballot(*number, one, references)));
    section = section.children(elsewhere.iter().map(|number| same_ballot(*number)));
    section = section.children(after.into_iter().filter_map(|one| event(one, reading, references)));
    let told: Vec<&Ballot> = here.iter().map(|(_, ballot)| *ballot).collect();
    section.children(resolutions(&format!("{eid}__resolutions_1"), acts, &told, reading, references))
}

fn name_of(item: &AgendaItem) -> Option<String> {
    let known: Vec<&str> = [item.label.as_deref(), item.title.as_deref()].into_iter().flatten().collect();
    (!known.is_empty()).then(|| known.join(" – "))
}

fn report(item: &AgendaItem) -> Option<Element> {
    item.report_number.as_ref().map(|number| Element::p(&format!("Rapport n° {number}")))
}

/// Said where it is not simply taken, and no text of its own says it.
fn status(item: &AgendaItem) -> Option<Element> {
    match item.status {
        _ if item.text.is_some() => None,
        ItemStatus::Added | ItemStatus::Withdrawn | ItemStatus::Postponed => Some(Element::p(&capital(item.status.label().fr))),
        ItemStatus::Planned | ItemStatus::Taken | ItemStatus::Unstated => None,
    }
}

fn same_ballot(number: usize) -> Element {
    let there = Element::line("ref").with("href", format!("#ballot_{number}")).text("vote groupé");
    Element::line("p").text("Voir le ").child(there)
}

/// What happened on an item; with none, what happened on no item of the agenda.
pub fn events_of(reading: &SittingReading, item: Option<Id>) -> impl Iterator<Item = &Event> {
    let known = |item: &Id| reading.record.agenda.iter().any(|other| other.id == *item);
    reading.record.timeline.iter().flatten().filter(move |event| event.moment.item.filter(known) == item)
}

/// What happened, as printed, or else who did what and when. That an item is opened or closed, its section shows.
pub fn event(event: &Event, reading: &SittingReading, references: &mut References) -> Option<Element> {
    let mut line = Element::line("scene").with("class", event.kind.wire());
    if let Some(text) = &event.text {
        let named = event.person.as_ref().and_then(|person| references.person(person));
        return Some(line.with_some("refersTo", named.map(|person| person.at)).text(text));
    }
    if matches!(event.kind, EventKind::ItemOpened | EventKind::ItemClosed) {
        return None;
    }
    if let Some(person) = event.person.as_ref().and_then(|person| references.person_inline(person, None)) {
        line = line.child(person).text(" : ");
    }
    line = line.text(event.kind.label().fr);
    if let Some(other) = event.other.as_ref().and_then(|other| references.person_inline(other, None)) {
        line = line.text(", ").child(other);
    }
    let when = event.moment.text.clone().or_else(|| Some(clock(event.moment.at?, &reading.cast.authority)));
    Some(match when {
        Some(when) => line.text(&format!(" ({when})")),
        None => line,
    })
}

/// The acts that came of it. Of one that is not yet decided, its name and title alone.
pub fn resolutions(eid: &str, acts: &[&ActOfSitting], told: &[&Ballot], reading: &SittingReading, references: &mut References) -> Option<Element> {
    if acts.is_empty() {
        return None;
    }
    let mut resolutions = Element::new("resolutions").with("eId", eid);
    for (place, act) in acts.iter().enumerate() {
        let record = &act.record;
        let work = named(act.number.as_deref(), act.id, &reading.cast, &reading.record);
        let shown = act.number.as_ref().map_or_else(|| capital(record.kind.label().fr), |number| format!("N° {number}"));
        let link = Element::line("ref").with("href", work.iri).text(&shown);
        resolutions = resolutions.child(Element::line("p").child(link).text(" : ").child(Element::line("docTitle").text(&record.title)));
        let decided = matches!(act.workflow, Workflow::Deliberated | Workflow::Sealed) || record.origin == Origin::Transcribed;
        if !decided {
            continue;
        }
        resolutions = resolutions.children(record.formulas.decision.as_deref().map(Element::p));
        resolutions = resolutions.children(as_list(&format!("{eid}__act_{}", place + 1), record));
        let text = outcome_text(record, told.iter().copied());
        resolutions = resolutions.children(text.map(|text| result_line(&text, outcome(record.outcome, references))));
    }
    Some(resolutions)
}
