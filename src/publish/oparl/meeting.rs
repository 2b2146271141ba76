//! Sittings, the items of their agenda, and where they are held.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::{ActShown, Address, File, FileShown, Head, Site, Stamp, file};
use crate::record::{self, Article, AttendanceStatus, DeliberationRecord, EventKind, Id, ItemStatus, Origin, Outcome, SittingRecord, TargetKind};

/// A sitting as the public sees it, with its acts that are shown.
#[derive(Clone, Debug)]
pub struct SittingShown {
    pub id: Id,
    pub record: SittingRecord,
    pub body_name: String,
    pub stamp: Stamp,
    pub acts: Vec<ActShown>,
    pub files: Vec<FileShown>,
    pub items: BTreeMap<Id, Stamp>,
    pub location: Option<Stamp>,
}

impl SittingShown {
    fn acts_of(&self, item: Id) -> Vec<&ActShown> {
        self.acts.iter().filter(|act| act.record.agenda_items.contains(&item)).collect()
    }
}

/// A sitting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Meeting {
    #[serde(flatten)]
    head: Head,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    meeting_state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    /// OParl has no day without an hour, and papers often print no hour: a field of our own, as it allows.
    #[serde(rename = "registre:date")]
    date: NaiveDate,
    #[serde(rename = "registre:endDate", skip_serializing_if = "Option::is_none")]
    end_date: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    organization: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    participant: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    auxiliary_file: Vec<File>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    agenda_item: Vec<AgendaItem>,
}

/// A sitting; `whole`: with the lists that have an address of their own as well.
pub fn meeting(site: &Site, sitting: &SittingShown, whole: bool) -> Meeting {
    let record = &sitting.record;
    let at = |time: &Option<record::PrintedTime>| time.as_ref().and_then(|time| time.at).map(|at| site.time(at));
    let name = record.heading.clone();
    Meeting {
        head: site.head("Meeting", &Address::Meeting(sitting.id), sitting.stamp),
        name: name.unwrap_or_else(|| format!("{}, séance du {}", sitting.body_name, record.date.format("%d/%m/%Y"))),
        meeting_state: state(record),
        start: at(&record.starts),
        end: at(&record.ends),
        date: record.date,
        end_date: record.end_date,
        location: location(site, sitting),
        organization: site.shown(record.body, Address::Organization).into_iter().collect(),
        participant: participants(record).into_iter().filter_map(|person| site.shown(person, Address::Person)).collect(),
        auxiliary_file: sitting.files.iter().filter(|_| whole).map(|one| file(site, one)).collect(),
        agenda_item: record.items_taken().into_iter().filter_map(|item| agenda_item(site, sitting, item.id)).collect(),
    }
}

/// One of the words that OParl proposes. None: the record does not tell whether the sitting was held.
fn state(record: &SittingRecord) -> Option<&'static str> {
    if record.origin == Origin::Transcribed || record.ends.is_some() {
        Some("durchgeführt")
    } else {
        record.convening.as_ref().and_then(|convening| convening.convened_on.as_ref()).map(|_| "eingeladen")
    }
}

/// Who is listed as present, in printed order.
pub fn participants(record: &SittingRecord) -> Vec<Id> {
    let there = record.attendance.iter().filter(|list| {
        // Of a list of exceptions, those who are named are the others.
        !list.by_exception && matches!(list.status, AttendanceStatus::Present | AttendanceStatus::PresentRemotely)
    });
    let mut found = Vec::new();
    for person in there.flat_map(|list| &list.entries).filter_map(|entry| entry.person) {
        if !found.contains(&person) {
            found.push(person);
        }
    }
    found
}

/// Where a sitting is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Location {
    #[serde(flatten)]
    head: Head,
    description: String,
    meetings: Vec<String>,
}

/// Where a sitting is held, if its record says.
pub fn location(site: &Site, sitting: &SittingShown) -> Option<Location> {
    let description = sitting.record.place.clone()?;
    let head = site.head("Location", &Address::Location(sitting.id), sitting.location.unwrap_or(sitting.stamp));
    Some(Location { head, description, meetings: vec![site.url(&Address::Meeting(sitting.id))] })
}

/// An item of an agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AgendaItem {
    #[serde(flatten)]
    head: Head,
    meeting: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    /// Place in the order in which items were taken, from 1.
    order: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    public: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consultation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolution_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolution_file: Option<File>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
}

/// An item of a sitting's agenda, if it is on it. OParl gives an item one consultation: of several acts, the first.
pub fn agenda_item(site: &Site, sitting: &SittingShown, id: Id) -> Option<AgendaItem> {
    let record = &sitting.record;
    let (place, item) = record.items_taken().into_iter().enumerate().find(|(_, item)| item.id == id)?;
    let acts = sitting.acts_of(id);
    let texts: Vec<String> = acts.iter().filter_map(|act| resolution(&act.record)).collect();
    let only = if let [only] = acts.as_slice() { only.main_file() } else { None };
    Some(AgendaItem {
        head: site.head("AgendaItem", &Address::AgendaItem(sitting.id, id), sitting.items.get(&id).copied().unwrap_or(sitting.stamp)),
        meeting: site.url(&Address::Meeting(sitting.id)),
        number: item.label.clone(),
        order: place + 1,
        name: item.title.clone(),
        public: record.convening.as_ref().and_then(|convening| convening.public),
        consultation: acts.first().map(|act| site.url(&Address::Consultation(act.id, id))),
        result: result(record, item, &acts),
        resolution_text: (!texts.is_empty()).then(|| texts.join("\n\n")),
        resolution_file: only.map(|one| file(site, one)),
        start: moment(record, id, EventKind::ItemOpened).map(|at| site.time(at)),
        end: moment(record, id, EventKind::ItemClosed).map(|at| site.time(at)),
    })
}

fn moment(record: &SittingRecord, item: Id, kind: EventKind) -> Option<DateTime<Utc>> {
    let mut told = record.timeline.iter().flatten().filter(|event| event.kind == kind && event.moment.item == Some(item));
    // It may have been closed, and opened again.
    match kind {
        EventKind::ItemClosed => told.next_back(),
        _ => told.next(),
    }?
    .moment
    .at
}

/// What came out, as printed, or in the words of the vocabulary.
fn words(text: Option<&String>, outcome: Outcome) -> Option<String> {
    text.cloned().or_else(|| (outcome != Outcome::Unstated).then(|| outcome.label().fr.to_owned()))
}

/// What became of an item: what its acts say, else its last vote on the whole, else what the agenda says.
fn result(record: &SittingRecord, item: &record::AgendaItem, acts: &[&ActShown]) -> Option<String> {
    let mut said: Vec<String> = acts.iter().filter_map(|act| words(act.record.outcome_text.as_ref(), act.record.outcome)).collect();
    said.dedup();
    if !said.is_empty() {
        return Some(said.join(" ; "));
    }
    let whole = record.ballots.iter().filter(|b| b.target.kind == TargetKind::Whole && b.covers.contains(&item.id));
    let voted = whole.filter(|b| !b.pulled_out.contains(&item.id)).filter_map(|b| words(b.outcome_text.as_ref(), b.outcome)).next_back();
    let taken_off = matches!(item.status, ItemStatus::Withdrawn | ItemStatus::Postponed);
    voted.or_else(|| taken_off.then(|| item.status.label().fr.to_owned()))
}

/// What is decided: the articles, under the formula that introduces them.
fn resolution(act: &DeliberationRecord) -> Option<String> {
    let mut lines = Vec::new();
    act.articles.iter().for_each(|article| article_lines(article, &mut lines));
    if lines.is_empty() {
        return None;
    }
    lines.splice(0..0, act.formulas.decision.clone());
    Some(lines.join("\n"))
}

fn article_lines(article: &Article, lines: &mut Vec<String>) {
    lines.push(article.label.iter().chain([&article.text]).map(String::as_str).collect::<Vec<_>>().join(" "));
    article.children.iter().for_each(|child| article_lines(child, lines));
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)] // JSON
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const ITEM: &str = "01977e51-0006-7000-8000-000000000001";
    const OTHER: &str = "01977e51-0006-7000-8000-000000000002";
    const BODY: &str = "01977e51-0001-7000-8000-000000000001";
    const BALLOT: &str = "01977e51-0008-7000-8000-000000000001";

    fn sitting(mut value: Value) -> SittingRecord {
        let base = json!({"body": BODY, "origin": "recorded", "date": "2026-03-02", "agenda": [{"id": ITEM}]});
        for (key, field) in base.as_object().unwrap() {
            value.as_object_mut().unwrap().entry(key).or_insert(field.clone());
        }
        serde_json::from_value(value).unwrap()
    }

    fn act(mut value: Value) -> ActShown {
        value["sitting"] = json!(BODY);
        value["origin"] = json!("recorded");
        value["title"] = json!("Titre");
        let at = "2026-03-03T10:00:00Z".parse().unwrap();
        let stamp = Stamp { created: at, modified: at };
        let record = serde_json::from_value(value).unwrap();
        let id: Id = BODY.parse().unwrap();
        ActShown { id, body: id, date: "2026-03-02".parse().unwrap(), record, stamp, files: Vec::new(), items: [].into(), opinions: [].into() }
    }

    #[test]
    fn the_result_of_an_item_is_told_in_words() {
        let ballot = |outcome: &str, more: Value| {
            let mut ballot = json!({"id": BALLOT, "covers": [ITEM], "outcome": outcome});
            ballot.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            ballot
        };
        let voted = |ballots: Vec<Value>| sitting(json!({"ballots": ballots}));
        let status = |status: &str| sitting(json!({"agenda": [{"id": ITEM, "status": status}]}));
        for (case, record, acts, expected) in [
            ("nothing is known", voted(vec![]), vec![], None),
            ("what the act prints", voted(vec![]), vec![act(json!({"outcome": "adopted", "outcome_text": "(Adopté)"}))], Some("(Adopté)")),
            ("what the act says", voted(vec![ballot("rejected", json!({}))]), vec![act(json!({"outcome": "adopted"}))], Some("adopté")),
            ("two acts", voted(vec![]), vec![act(json!({"outcome": "adopted"})), act(json!({"outcome": "rejected"}))], Some("adopté ; rejeté")),
            ("two acts alike", voted(vec![]), vec![act(json!({"outcome": "adopted"})), act(json!({"outcome": "adopted"}))], Some("adopté")),
            ("the vote, no act", voted(vec![ballot("rejected", json!({}))]), vec![], Some("rejeté")),
            ("the vote, an act that is silent", voted(vec![ballot("rejected", json!({}))]), vec![act(json!({}))], Some("rejeté")),
            ("the last vote", voted(vec![ballot("rejected", json!({})), ballot("adopted", json!({}))]), vec![], Some("adopté")),
            ("a vote on an amendment", voted(vec![ballot("rejected", json!({"target": {"kind": "amendment"}}))]), vec![], None),
            ("a vote en bloc without it", voted(vec![ballot("adopted", json!({"pulled_out": [ITEM]}))]), vec![], None),
            ("a vote on another item", voted(vec![ballot("adopted", json!({"covers": [OTHER]}))]), vec![], None),
            ("taken off the agenda", status("withdrawn"), vec![], Some("retiré")),
            ("taken, no more is known", status("taken"), vec![], None),
        ] {
            let item = record.agenda.first().unwrap().clone();
            let found = result(&record, &item, &acts.iter().collect::<Vec<_>>());
            assert_eq!(found.as_deref(), expected, "{case}");
        }
    }

    #[test]
    fn what_is_decided_is_the_articles() {
        for (case, given, expected) in [
            ("none", json!({}), None),
            ("a formula alone", json!({"formulas": {"decision": "DECIDE :"}}), None),
            ("one without a label", json!({"articles": [{"text": "D'approuver."}]}), Some("D'approuver.")),
            (
                "a formula, a label, points under it",
                json!({"formulas": {"decision": "DECIDE :"}, "articles": [
                    {"label": "Article 1 :", "text": "D'attribuer :", "children": [{"label": "–", "text": "une salle ;"}]},
                    {"label": "Article 2 :", "text": "De signer."}]}),
                Some("DECIDE :\nArticle 1 : D'attribuer :\n– une salle ;\nArticle 2 : De signer."),
            ),
        ] {
            assert_eq!(resolution(&act(given).record).as_deref(), expected, "{case}");
        }
    }

    #[test]
    fn whether_a_sitting_was_held_is_said_where_the_record_tells() {
        for (case, given, expected) in [
            ("transcribed", json!({"origin": "transcribed"}), Some("durchgeführt")),
            ("it has an end", json!({"ends": {"text": "midi"}}), Some("durchgeführt")),
            ("convened", json!({"convening": {"convened_on": {"date": "2026-02-18"}}}), Some("eingeladen")),
            ("a convening without a day", json!({"convening": {"public": true}}), None),
            ("nothing", json!({}), None),
        ] {
            assert_eq!(state(&sitting(given)), expected, "{case}");
        }
    }

    #[test]
    fn who_took_part_is_who_is_listed_as_present() {
        let person = |n: u32| format!("01977e51-0003-7000-8000-{n:012}");
        let list = |status: &str, people: &[u32], exception: bool| {
            let entries: Vec<Value> = people.iter().map(|n| json!({"person": person(*n)})).collect();
            json!({"status": status, "voting_right": "voting", "by_exception": exception, "entries": entries})
        };
        for (case, lists, expected) in [
            ("present", vec![list("present", &[2, 1], false)], vec![2, 1]),
            ("at a distance as well", vec![list("present", &[1], false), list("present_remotely", &[2], false)], vec![1, 2]),
            ("named twice", vec![list("present", &[1], false), list("present", &[1, 2], false)], vec![1, 2]),
            ("excused", vec![list("excused", &[1], false)], vec![]),
            ("all but", vec![list("present", &[1], true)], vec![]),
        ] {
            let expected: Vec<Id> = expected.into_iter().map(|n| person(n).parse().unwrap()).collect();
            assert_eq!(participants(&sitting(json!({"attendance": lists}))), expected, "{case}");
        }
    }

    #[test]
    fn an_item_that_was_opened_twice_begins_with_the_first_and_ends_with_the_last() {
        let event = |kind: &str, at: &str| json!({"id": BALLOT, "kind": kind, "moment": {"item": ITEM, "at": at}});
        let record = sitting(json!({"timeline": [
            event("item_opened", "2026-03-02T09:00:00Z"), event("item_closed", "2026-03-02T09:10:00Z"),
            event("item_opened", "2026-03-02T11:00:00Z"), event("item_closed", "2026-03-02T11:30:00Z")]}));
        let item = ITEM.parse().unwrap();
        assert_eq!(moment(&record, item, EventKind::ItemOpened), Some("2026-03-02T09:00:00Z".parse().unwrap()));
        assert_eq!(moment(&record, item, EventKind::ItemClosed), Some("2026-03-02T11:30:00Z".parse().unwrap()));
        assert_eq!(moment(&record, OTHER.parse().unwrap(), EventKind::ItemOpened), None);
    }
}
