//! What is sent and what is answered, apart: a request may leave fields out and may have no others, an answer has every field and may have more in a later
//! version. Both come from one type.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::schemas::{Schemas, objects, reached, references, rename};
use super::shared::{operations, operations_mut};

/// Gives objects that are both sent and answered a schema of their own for answers, `…Answer`.
pub fn part(schemas: &mut Schemas, paths: &mut Map<String, Value>) {
    let (mut asked, mut answered) = (BTreeSet::new(), BTreeSet::new());
    for operation in operations(paths) {
        operation.get("requestBody").into_iter().for_each(|body| references(body, &mut asked));
        operation.get("responses").into_iter().for_each(|responses| references(responses, &mut answered));
    }
    let (asked, answered) = (reached(schemas, asked), reached(schemas, answered));
    let holds_objects = |name: &String| {
        reached(schemas, BTreeSet::from([name.clone()]))
            .iter()
            .filter_map(|inner| schemas.get(inner))
            .any(|schema| schema.get("properties").is_some())
    };
    let both: BTreeSet<String> = asked.intersection(&answered).filter(|name| holds_objects(name)).cloned().collect();
    let other = |name: &str| both.contains(name).then(|| answer_name(name));
    // What a field that is left out stands for is said once for all: it is unknown. Some generators take a field with a default for one that is always sent.
    schemas.values_mut().for_each(|schema| objects(schema, &mut without_defaults));
    for name in &answered {
        let Some(mut schema) = schemas.get(name).cloned() else { continue };
        rename(&mut schema, &other);
        objects(&mut schema, &mut complete);
        schemas.insert(other(name).unwrap_or_else(|| name.clone()), schema);
    }
    for (_, schema) in schemas.iter_mut().filter(|(name, _)| asked.contains(*name)) {
        objects(schema, &mut |object| {
            object.insert("additionalProperties".to_owned(), json!(false));
        });
    }
    for operation in operations_mut(paths) {
        operation.get_mut("responses").into_iter().for_each(|responses| rename(responses, &other));
    }
}

pub fn answer_name(name: &str) -> String {
    format!("{name}Answer")
}

/// Every field is always present in an answer.
fn complete(object: &mut Map<String, Value>) {
    let all: Vec<&String> = object.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys).collect();
    let all = json!(all);
    object.insert("required".to_owned(), all);
}

fn without_defaults(object: &mut Map<String, Value>) {
    for property in object.get_mut("properties").and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut) {
        property.as_object_mut().map(|property| property.remove("default"));
    }
}
