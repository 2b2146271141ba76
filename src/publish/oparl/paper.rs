//! Acts as papers, and what they were put before.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Address, File, FileShown, Head, Site, Stamp, file};
use crate::record::{self, ActKind, DeliberationRecord, Id, OpinionSense, Outcome};

/// An act as the public sees it.
#[derive(Clone, Debug)]
pub struct ActShown {
    pub id: Id,
    /// The body of its sitting.
    pub body: Id,
    /// The day of its sitting.
    pub date: NaiveDate,
    pub record: DeliberationRecord,
    pub stamp: Stamp,
    pub files: Vec<FileShown>,
    /// The items that it comes from.
    pub items: BTreeMap<Id, Stamp>,
    /// The opinions of its report, by their place.
    pub opinions: BTreeMap<u32, Stamp>,
}

impl ActShown {
    /// The document as published: the one that came last.
    pub fn main_file(&self) -> Option<&FileShown> {
        self.files.last()
    }
}

/// An act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Paper {
    #[serde(flatten)]
    head: Head,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    date: NaiveDate,
    paper_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    main_file: Option<File>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    auxiliary_file: Vec<File>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    consultation: Vec<Consultation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keyword: Vec<String>,
}

/// An act; `whole`: with the lists that have an address of their own as well.
pub fn paper(site: &Site, act: &ActShown, whole: bool) -> Paper {
    let record = &act.record;
    let opinions = (1..).zip(record.report.iter().flat_map(|report| &report.opinions)).map(|(place, _)| place);
    let consultations = opinions.filter_map(|place| opinion(site, act, place));
    let others = act.files.split_last().map(|(_, others)| others).unwrap_or_default();
    Paper {
        head: site.head("Paper", &Address::Paper(act.id), act.stamp),
        body: site.body(),
        name: record.title.clone(),
        reference: record.number().map(str::to_owned),
        date: act.date,
        paper_type: kind(record),
        main_file: act.main_file().map(|main| file(site, main)),
        auxiliary_file: others.iter().filter(|_| whole).map(|other| file(site, other)).collect(),
        consultation: consultations.chain(record.agenda_items.iter().filter_map(|item| consultation(site, act, *item))).collect(),
        keyword: record.matter_codes.iter().map(matter).collect(),
    }
}

fn kind(record: &DeliberationRecord) -> String {
    record.kind_text.clone().unwrap_or_else(|| record.kind.label().fr.to_owned())
}

fn matter(code: &record::MatterCode) -> String {
    [Some(&code.code), code.label.as_ref()].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// An act on an agenda, or before a committee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Consultation {
    #[serde(flatten)]
    head: Head,
    paper: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    agenda_item: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meeting: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    organization: Vec<String>,
    /// Whether it is decided here.
    #[serde(skip_serializing_if = "Option::is_none")]
    authoritative: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
}

/// An act on an item of its sitting, if it comes from it.
pub fn consultation(site: &Site, act: &ActShown, item: Id) -> Option<Consultation> {
    let record = &act.record;
    if !record.agenda_items.contains(&item) {
        return None;
    }
    Some(Consultation {
        head: site.head("Consultation", &Address::Consultation(act.id, item), act.items.get(&item).copied().unwrap_or(act.stamp)),
        paper: site.url(&Address::Paper(act.id)),
        agenda_item: site.shown(record.sitting, |sitting| Address::AgendaItem(sitting, item)),
        meeting: site.shown(record.sitting, Address::Meeting),
        organization: site.shown(act.body, Address::Organization).into_iter().collect(),
        authoritative: decides(record),
        role: Some(kind(record)),
    })
}

/// Whether an act decides. None: an opinion, a wish or a motion is voted without deciding anything, or it is not known what the act is.
const fn decides(record: &DeliberationRecord) -> Option<bool> {
    match (record.kind, record.outcome) {
        (ActKind::Information, _) | (_, Outcome::Withdrawn | Outcome::Postponed | Outcome::Noted | Outcome::NoVote) => Some(false),
        (ActKind::Deliberation | ActKind::Election, _) => Some(true),
        (ActKind::Opinion | ActKind::Wish | ActKind::Motion | ActKind::Other, _) => None,
    }
}

/// An act before a committee: the opinion at that place of its report, from 1.
pub fn opinion(site: &Site, act: &ActShown, place: u32) -> Option<Consultation> {
    let index = usize::try_from(place).ok()?.checked_sub(1)?;
    let given = act.record.report.as_ref()?.opinions.get(index)?;
    Some(Consultation {
        head: site.head("Consultation", &Address::Opinion(act.id, place), act.opinions.get(&place).copied().unwrap_or(act.stamp)),
        paper: site.url(&Address::Paper(act.id)),
        agenda_item: None,
        meeting: None,
        organization: given.body.and_then(|body| site.shown(body, Address::Organization)).into_iter().collect(),
        authoritative: Some(false),
        role: said(given),
    })
}

/// The opinion as printed, or who gave which and when.
fn said(given: &record::Opinion) -> Option<String> {
    let sense =
        given.opinion_text.clone().or_else(|| (given.opinion != OpinionSense::Unstated).then(|| format!("avis {}", given.opinion.label().fr)));
    let day = given.meeting_date.map(|day| day.format("%d/%m/%Y").to_string());
    let parts: Vec<String> = [given.commission.clone(), sense, day].into_iter().flatten().collect();
    given.text.clone().or_else(|| (!parts.is_empty()).then(|| parts.join(", ")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_opinion_is_told_as_printed_or_put_together() {
        for (case, given, expected) in [
            (
                "printed",
                json!({"text": "la 1ère commission a émis un avis favorable", "opinion": "favorable"}),
                Some("la 1ère commission a émis un avis favorable"),
            ),
            (
                "put together",
                json!({"commission": "1re commission", "opinion": "reserved", "meeting_date": "2026-02-24"}),
                Some("1re commission, avis réservé, 24/02/2026"),
            ),
            (
                "its sense as printed",
                json!({"commission": "1re commission", "opinion": "favorable", "opinion_text": "avis très favorable"}),
                Some("1re commission, avis très favorable"),
            ),
            ("nothing", json!({}), None),
        ] {
            assert_eq!(said(&serde_json::from_value(given).unwrap()).as_deref(), expected, "{case}");
        }
    }

    #[test]
    fn whether_an_act_decides_depends_on_what_it_is_and_what_came_out() {
        for (case, kind, outcome, expected) in [
            ("a deliberation", "deliberation", "adopted", Some(true)),
            ("one that was rejected", "deliberation", "rejected", Some(true)),
            ("one that was withdrawn", "deliberation", "withdrawn", Some(false)),
            ("an election", "election", "elected", Some(true)),
            ("information", "information", "unstated", Some(false)),
            ("noted", "deliberation", "noted", Some(false)),
            ("an opinion", "opinion", "opinion_given", None),
            ("a wish", "wish", "adopted", None),
            ("something else", "other", "unstated", None),
        ] {
            let sitting = "01977e51-0005-7000-8000-000000000001";
            let act = json!({"sitting": sitting, "origin": "recorded", "title": "Titre", "kind": kind, "outcome": outcome});
            assert_eq!(decides(&serde_json::from_value(act).unwrap()), expected, "{case}");
        }
    }
}
