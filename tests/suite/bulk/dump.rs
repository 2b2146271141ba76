//! Every row of a register as text, with what differs from one run to the next taken out: identifiers stand as their place in the order in which they
//! were taken, instants and digests as words.

use std::collections::{BTreeMap, HashMap};

use registre::store::{ARCHIVED, Store, StoreError};
use serde_json::Value;

type Rows = BTreeMap<&'static str, Vec<String>>;

/// The rows of each table, as they are archived.
pub fn rows(store: &Store) -> Rows {
    let all = store.read(|session| {
        let mut all = Rows::new();
        for table in ARCHIVED {
            let mut lines = Vec::new();
            session.archive(table, None, &mut |line| {
                lines.push(String::from_utf8(line.to_vec()).unwrap());
                Ok::<_, StoreError>(())
            })?;
            all.insert(table, lines);
        }
        Ok::<_, StoreError>(all)
    });
    all.unwrap()
}

/// The same, comparable with another register.
pub fn comparable(store: &Store) -> Rows {
    let mut all = rows(store);
    let name = |line: &String| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
    let places: HashMap<String, usize> = all["identifiers"].iter().enumerate().map(|(place, line)| (name(line), place)).collect();
    for line in all.values_mut().flatten() {
        let mut value: Value = serde_json::from_str(line).unwrap();
        level("", &mut value, &places);
        *line = value.to_string();
    }
    all
}

fn level(name: &str, value: &mut Value, places: &HashMap<String, usize>) {
    match value {
        Value::String(text) if name.ends_with("_at") => *text = "an instant".to_owned(),
        Value::String(text) if name == "digest" => *text = "a digest".to_owned(),
        Value::String(text) => {
            if let Some(place) = places.get(text) {
                *text = format!("#{place}");
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| level("", item, places)),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, field)| level(name, field, places)),
        _ => {}
    }
}
