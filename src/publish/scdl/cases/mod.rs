//! Who is given a row, and who is held back for what: worked out by hand.
#![allow(clippy::unwrap_used)]

mod deliberations;
mod grants;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{Given, WithheldReason};
use crate::publish::public_act::{PublicAct, PublicSitting};
use crate::record::{Authority, Fact, Id, Workflow};

pub const BALLOT: u32 = 30;
const ITEM: u32 = 10;

pub fn id(n: u32) -> Id {
    format!("01977e51-0000-7000-8000-{n:012}").parse().unwrap()
}

/// An invented authority whose SIRET checks.
pub fn authority() -> Authority {
    of(json!({ "siren": "229900014", "name": "Département de la Vallée-Claire", "kind": "department", "siret": "229 900 014 00015",
        "department_code": "099", "visibility": "public" }))
}

pub fn of<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

/// What a case says otherwise is laid over these.
pub fn over(base: &mut Value, other: &Value) {
    match (base, other) {
        (Value::Object(base), Value::Object(other)) => other.iter().for_each(|(name, value)| over(base.entry(name).or_insert(Value::Null), value)),
        (base, other) => *base = other.clone(),
    }
}

/// A ballot by show of hands: 25 for, 10 against, 5 abstentions.
pub fn ballot(other: Value) -> Value {
    let mut ballot = json!({ "id": id(BALLOT), "covers": [id(ITEM)], "mode": "show_of_hands", "outcome": "adopted", "options": counts(25, 10, 5) });
    over(&mut ballot, &other);
    ballot
}

pub fn counts(in_favour: u32, against: u32, abstention: u32) -> Value {
    json!([{ "option": "for", "count": in_favour }, { "option": "against", "count": against }, { "option": "abstention", "count": abstention }])
}

/// An adopted act with a number and a matter, in a sitting with these ballots; 43 could vote in each.
pub fn act(record: Value, ballots: Value) -> PublicAct {
    act_of(record, json!({ "ballots": ballots }))
}

pub fn act_of(record: Value, sitting: Value) -> PublicAct {
    let mut own = json!({ "sitting": id(1), "origin": "transcribed", "agenda_items": [id(ITEM)], "title": "Aide aux haies", "outcome": "adopted",
        "numbers": [{ "kind": "act", "value": "2025-7" }], "matter_codes": [{ "code": "7.5" }] });
    over(&mut own, &record);
    let mut its = json!({ "body": id(2), "origin": "transcribed", "date": "2025-07-07", "agenda": [{ "id": id(ITEM) }] });
    over(&mut its, &sitting);
    let record: crate::record::DeliberationRecord = of(own);
    let sitting: crate::record::SittingRecord = of(its);
    let could_vote: BTreeMap<Id, u32> = sitting.ballots.iter().map(|ballot| (ballot.id, 43)).collect();
    let body = of(json!({ "name": "Conseil départemental", "kind": "departmental_council" }));
    PublicAct {
        id: id(3),
        number: record.number().map(str::to_owned),
        date: sitting.date,
        workflow: Workflow::Deliberated,
        version: 1,
        record,
        sitting: Arc::new(PublicSitting { id: id(1), record: sitting, body, could_vote }),
        unreconciled: Vec::new(),
        facts: Vec::new(),
    }
}

pub fn fact(kind: &str, on: &str, place: Option<&str>) -> Fact {
    of(json!({ "id": id(50), "kind": kind, "on": on, "place": place }))
}

/// Column and reason of what is left out; whether a whole row is.
pub fn left_out(given: &Given) -> Vec<(&'static str, WithheldReason, bool)> {
    given.withheld.iter().map(|withheld| (withheld.column, withheld.reason, withheld.whole_row)).collect()
}
