//! Walking about in the schemas of the document.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// The schemas of the document by name.
pub type Schemas = Map<String, Value>;

const AT: &str = "#/components/schemas/";

/// The reference to a schema.
pub fn reference(name: &str) -> String {
    format!("{AT}{name}")
}

/// The name of the schema that a value refers to.
pub fn referred(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()?.strip_prefix(AT)
}

/// The names of all schemas that a value refers to. Examples refer to nothing.
pub fn references(value: &Value, names: &mut BTreeSet<String>) {
    names.extend(referred(value).map(str::to_owned));
    match value {
        Value::Object(fields) => fields.iter().filter(|(key, _)| *key != "example").for_each(|(_, inner)| references(inner, names)),
        Value::Array(items) => items.iter().for_each(|inner| references(inner, names)),
        _ => {}
    }
}

/// What is reached from some schemas, themselves included.
pub fn reached(schemas: &Schemas, from: BTreeSet<String>) -> BTreeSet<String> {
    let mut left: Vec<String> = from.into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some(name) = left.pop() {
        let mut next = BTreeSet::new();
        schemas.get(&name).into_iter().for_each(|schema| references(schema, &mut next));
        if seen.insert(name) {
            left.extend(next);
        }
    }
    seen
}

/// Other names for the schemas that a value refers to, where there are any.
pub fn rename(value: &mut Value, other: &impl Fn(&str) -> Option<String>) {
    if let (Some(name), Some(fields)) = (referred(value).and_then(other), value.as_object_mut()) {
        fields.insert("$ref".to_owned(), Value::String(reference(&name)));
    }
    match value {
        Value::Object(fields) => fields.iter_mut().filter(|(key, _)| *key != "example").for_each(|(_, inner)| rename(inner, other)),
        Value::Array(items) => items.iter_mut().for_each(|inner| rename(inner, other)),
        _ => {}
    }
}

/// Every object with properties that is written out in a schema, itself included.
pub fn objects(schema: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>)) {
    match schema {
        Value::Object(fields) => {
            if fields.get("properties").is_some_and(Value::is_object) {
                visit(fields);
            }
            fields.iter_mut().filter(|(key, _)| *key != "example").for_each(|(_, inner)| objects(inner, visit));
        }
        Value::Array(items) => items.iter_mut().for_each(|inner| objects(inner, visit)),
        _ => {}
    }
}

/// Whether a value may be null.
pub fn nullable(schema: &Value) -> bool {
    let told = |kind: &Value| kind == "null" || kind.as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "null"));
    schema.get("type").is_some_and(told) || branches(schema).iter().any(nullable)
}

/// The branches of a union; none where it is none.
pub fn branches(schema: &Value) -> &[Value] {
    schema.get("oneOf").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
