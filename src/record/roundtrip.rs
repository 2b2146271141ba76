//! The seed and the second shape go into the types and come out again with nothing lost and nothing ignored.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::{Authority, Body, DeliberationRecord, Group, Id, Mandate, Person, SittingRecord};

/// `value` through `T` and back. Panics at a field that `T` does not have.
fn through<T: DeserializeOwned + Serialize>(name: &str, value: &Value) -> Value {
    let mut unknown = Vec::new();
    let typed: T = serde_ignored::deserialize(value, |path| unknown.push(path.to_string())).unwrap_or_else(|e| panic!("{name}: {e}"));
    assert!(unknown.is_empty(), "{name}: fields without a home: {unknown:?}");
    serde_json::to_value(typed).unwrap()
}

/// Every value of `file` stands at the same pointer in `answer`; `answer` may have more fields, but no more entries in a list.
fn assert_kept(pointer: &str, file: &Value, answer: &Value) {
    match (file, answer) {
        (Value::Object(file), Value::Object(answer)) => {
            for (name, value) in file {
                let pointer = format!("{pointer}/{name}");
                assert_kept(&pointer, value, answer.get(name).unwrap_or_else(|| panic!("{pointer}: lost")));
            }
        }
        (Value::Array(file), Value::Array(answer)) => {
            assert_eq!(file.len(), answer.len(), "{pointer}: entries");
            for (i, (one, other)) in file.iter().zip(answer).enumerate() {
                assert_kept(&format!("{pointer}/{i}"), one, other);
            }
        }
        _ => assert_eq!(file, answer, "{pointer}"),
    }
}

/// A directory row: the identifier beside the fields of `T`.
fn row<T: DeserializeOwned + Serialize>(name: &str, row: &Value) -> Value {
    let mut fields: Map<String, Value> = row.as_object().unwrap().clone();
    let id: Id = serde_json::from_value(fields.remove("id").unwrap()).unwrap();
    let mut out = json!({ "id": id });
    let Value::Object(kept) = through::<T>(name, &Value::Object(fields)) else { panic!("{name}: not an object") };
    out.as_object_mut().unwrap().extend(kept);
    out
}

fn rows<T: DeserializeOwned + Serialize>(directory: &Value, name: &str) -> Value {
    directory[name].as_array().unwrap().iter().enumerate().map(|(i, one)| row::<T>(&format!("{name}/{i}"), one)).collect()
}

fn directory(file: &Value) -> Value {
    let known = ["authority", "bodies", "groups", "persons", "mandates"];
    assert!(file.as_object().unwrap().keys().all(|k| known.contains(&k.as_str())), "a directory holds {known:?}");
    json!({
        "authority": through::<Authority>("authority", &file["authority"]),
        "bodies": rows::<Body>(file, "bodies"),
        "groups": rows::<Group>(file, "groups"),
        "persons": rows::<Person>(file, "persons"),
        "mandates": rows::<Mandate>(file, "mandates"),
    })
}

/// A file and its way through the types.
struct Shape {
    name: &'static str,
    file: Value,
    answer: Value,
}

fn shape(name: &'static str, text: &str, through: fn(&Value) -> Value) -> Shape {
    let file: Value = serde_json::from_str(text).unwrap_or_else(|e| panic!("{name}: {e}"));
    let answer = through(&file);
    Shape { name, file, answer }
}

macro_rules! shapes {
    ($($path:literal => $through:expr),+ $(,)?) => { vec![$(shape($path, include_str!(concat!("../../", $path)), $through)),+] };
}

fn seed() -> Vec<Shape> {
    shapes! {
        "src/demo/directory.json" => directory,
        "src/demo/sitting.json" => |v| through::<SittingRecord>("sitting", v),
        "src/demo/deliberation.json" => |v| through::<DeliberationRecord>("deliberation", v),
    }
}

fn second_shape() -> Vec<Shape> {
    shapes! {
        "tests/suite/fixtures/second_shape/directory.json" => directory,
        "tests/suite/fixtures/second_shape/sitting.json" => |v| through::<SittingRecord>("sitting", v),
        "tests/suite/fixtures/second_shape/act_1.json" => |v| through::<DeliberationRecord>("act_1", v),
        "tests/suite/fixtures/second_shape/act_2.json" => |v| through::<DeliberationRecord>("act_2", v),
        "tests/suite/fixtures/second_shape/act_3.json" => |v| through::<DeliberationRecord>("act_3", v),
    }
}

#[test]
fn nothing_is_lost_and_every_field_has_a_home() {
    for Shape { name, file, answer } in seed().iter().chain(&second_shape()) {
        assert_kept(name, file, answer);
    }
}

#[test]
fn what_comes_out_goes_in_again_unchanged() {
    for Shape { name, answer, .. } in seed().iter().chain(&second_shape()) {
        let again = match *name {
            n if n.ends_with("directory.json") => directory(answer),
            n if n.ends_with("sitting.json") => through::<SittingRecord>(n, answer),
            n => through::<DeliberationRecord>(n, answer),
        };
        assert_eq!(*answer, again, "{name}");
    }
}

/// Every identifier that a file uses is one that its directory or its sitting gives.
fn assert_references_resolve(shapes: &[Shape]) {
    fn texts<'v>(value: &'v Value, key: &str, found: &mut Vec<(String, &'v str)>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(k, v)| texts(v, k, found)),
            Value::Array(entries) => entries.iter().for_each(|v| texts(v, key, found)),
            Value::String(text) if text.parse::<Id>().is_ok() => found.push((key.to_owned(), text)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    shapes.iter().for_each(|s| texts(&s.answer, "", &mut found));
    let mut given: Vec<&str> = found.iter().filter(|(key, _)| key == "id").map(|(_, id)| *id).collect();
    for (key, id) in &found {
        // The identifier of the sitting is the register's: its record does not hold it.
        assert!(key == "sitting" || given.contains(id), "{key}: {id} is given nowhere");
    }
    given.sort_unstable();
    let all = given.len();
    given.dedup();
    assert_eq!(all, given.len(), "an identifier is given twice");
}

#[test]
fn references_resolve() {
    assert_references_resolve(&seed());
    assert_references_resolve(&second_shape());
}
