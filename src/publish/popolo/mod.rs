//! People, bodies and votes in the words of Popolo (popoloproject.com): only what is public, only what is known.
//!
//! A date without an hour stands where Popolo takes one: in the event of the sitting. `date` and `start_date` of a motion and of a vote want an hour.

mod directory;
mod motions;
mod votes;

pub use directory::{authority, body, group, membership, person};
pub use motions::motion;
pub use votes::vote_events;

use serde_json::{Map, Value, json};

use super::public_act::PublicAct;

/// An object without the members of which nothing is known: Popolo's schemas take null for some only.
fn known(object: Value) -> Value {
    match object {
        Value::Object(fields) => {
            let said = |value: &Value| !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty());
            Value::Object(fields.into_iter().filter(|(_, value)| said(value)).collect::<Map<_, _>>())
        }
        other => other,
    }
}

/// The sitting of an act, as the event in which it was decided.
fn event(act: &PublicAct) -> Value {
    let sitting = &act.sitting.record;
    known(json!({
        "id": act.sitting.id,
        "name": sitting.heading,
        "classification": "sitting",
        "organization_id": sitting.body,
        "start_date": sitting.date,
        "end_date": sitting.end_date,
    }))
}
