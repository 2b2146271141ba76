//! Tables of cases, named after the situation; expected values are worked out by hand from the law.
//!
//! Over 500 named rows: acts 35, ballots 47, elections 34, enforceable and referral 118, en bloc 19, events 65, groups 24, interests 22, internal 34,
//! live 37, outcomes 50, people 61, quorums 42, reports 14, statistics 34, and the seed in `seed` and `outcomes`. What holds for every sitting is in
//! `properties`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod acts;
mod ballots;
mod cohesion;
mod could_vote;
mod delegations;
mod elections;
mod en_bloc;
mod enforceable;
mod events;
mod groups;
mod interests;
mod internal;
mod live;
mod outcomes;
mod people;
mod profiles;
mod properties;
mod quorums;
mod referral;
mod reports;
mod seed;
mod statistics;

use serde_json::{Value, json};

use super::Governed;
use crate::record::{BodyKind, Computed, DeliberationRecord, Finding, FindingCode, Id, SittingRecord};

pub const COMMISSION: BodyKind = BodyKind::DepartmentalPermanentCommission;
pub const COUNCIL: BodyKind = BodyKind::DepartmentalCouncil;

/// Identifiers that read in a failure: `id(7)` is `...-000000000007`.
pub fn id(number: u32) -> Id {
    text_id(number).parse().unwrap()
}

pub fn text_id(number: u32) -> String {
    format!("0197e3a8-7c00-7000-8000-{number:012}")
}

pub const SITTING: u32 = 900;
pub const ACT: u32 = 800;
pub const BALLOT: u32 = 700;

/// The items of the agenda are 1, 2 and 3.
pub fn item(number: u32) -> Value {
    json!({ "id": text_id(number), "label": number.to_string() })
}

/// A list of invented members: `members("present", 1..=3)` are Membre 1, 2 and 3.
pub fn members(status: &str, numbers: std::ops::RangeInclusive<u32>) -> Value {
    let entries: Vec<Value> = numbers.map(|n| json!({ "printed": format!("M. Membre {n}") })).collect();
    json!({ "status": status, "voting_right": "voting", "source": "printed_act", "entries": entries })
}

pub fn who(number: u32) -> Value {
    json!({ "printed": format!("Monsieur Membre {number}") })
}

pub fn proxy(giver: u32, holder: u32) -> Value {
    json!({ "giver": who(giver), "holder": who(holder) })
}

pub fn recusal(member: u32, items: &[u32]) -> Value {
    let covers: Vec<String> = items.iter().map(|n| text_id(*n)).collect();
    json!({ "id": text_id(600), "person": who(member), "covers": covers, "kind": "interest" })
}

pub fn event(kind: &str, member: u32, item: u32, anchor: &str) -> Value {
    json!({ "id": text_id(500 + member), "kind": kind, "person": who(member), "moment": { "item": text_id(item), "anchor": anchor } })
}

pub fn tally(option: &str, count: impl Into<Option<u32>>) -> Value {
    json!({ "option": option, "count": count.into() })
}

/// A ballot on item 1, by show of hands, adopted unless the changes say otherwise.
pub fn ballot(options: Value, changes: Value) -> Value {
    let ballot = json!({ "id": text_id(BALLOT), "covers": [text_id(1)], "mode": "show_of_hands", "options": options, "outcome": "adopted" });
    changed(ballot, changes)
}

/// A sitting of 7 July 2025 with three items; everything else as the changes say.
pub fn sitting(changes: Value) -> SittingRecord {
    let sitting = json!({ "body": text_id(1000), "origin": "transcribed", "date": "2025-07-07", "agenda": [item(1), item(2), item(3)], "timeline": [], "recusals": [] });
    serde_json::from_value(changed(sitting, changes)).unwrap()
}

/// An act on item 1 that breaks no rule; everything else as the changes say.
pub fn act(changes: Value) -> DeliberationRecord {
    let act = json!({
        "sitting": text_id(SITTING), "origin": "transcribed", "agenda_items": [text_id(1)], "title": "Subvention",
        "numbers": [{ "kind": "act", "value": "2025_302" }],
        "recitals": [{ "text": "Vu la délibération n°2021-257 du Conseil départemental « Délégation d'attributions à la Commission Permanente » ;",
                       "reference": { "kind": "deliberation", "number": "2021-257" } }],
        "stamps": [{ "sent": { "date": "2025-07-09" }, "posted": { "date": "2025-07-10" } }],
    });
    serde_json::from_value(changed(act, changes)).unwrap()
}

pub fn changed(mut base: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        base[name] = value.clone();
    }
    base
}

pub fn on_sitting<'b>(sitting: &SittingRecord, body: impl Into<Governed<'b>>) -> Vec<Finding> {
    super::on_sitting(sitting, id(SITTING), body)
}

pub fn on_act<'b>(act: &DeliberationRecord, sitting: &SittingRecord, body: impl Into<Governed<'b>>) -> Vec<Finding> {
    super::on_act(act, id(ACT), sitting, id(SITTING), body)
}

pub fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.code.wire()).collect()
}

pub fn one(findings: &[Finding], code: FindingCode) -> Finding {
    let found: Vec<&Finding> = findings.iter().filter(|finding| finding.code == code).collect();
    assert_eq!(found.len(), 1, "{code:?} among {:?}", codes(findings));
    found[0].clone()
}

/// The figures as they go on the wire.
pub fn figures(computed: &Computed) -> Value {
    serde_json::to_value(computed).unwrap()["computed"].take()
}
