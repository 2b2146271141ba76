//! Parameters: what holds for them wherever they stand, and examples that the demonstration knows.

use serde_json::{Map, Value, json};

use crate::demo;

/// A parameter that may be left out cannot be sent as null; one that is needed has an example, so that an operation can be tried out as it stands.
pub fn complete(paths: &mut Map<String, Value>) {
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let (directory, sitting) = (read(include_str!("../../demo/directory.json")), read(include_str!("../../demo/sitting.json")));
    for (path, item) in paths {
        let kind = path.split('/').nth(2).unwrap_or_default().to_owned();
        let first = |of: &Value, list: &str| of.pointer(&format!("/{list}/0/id")).cloned();
        let known = |name: &str| match name {
            "id" if kind == "sittings" => Some(json!(demo::SITTING)),
            "id" if kind == "deliberations" => Some(json!(demo::ACT)),
            "id" => first(&directory, &kind),
            "body" => first(&directory, "bodies"),
            "ballot" => first(&sitting, "ballots"),
            "version" | "ordinal" => Some(json!(1)),
            "year" => Some(json!(2025)),
            "name" if kind.is_empty() || path.starts_with("/problems/") => Some(json!("not-found")),
            _ => None,
        };
        let Some(item) = item.as_object_mut() else { continue };
        for parameter in item.values_mut().filter_map(|operation| operation.get_mut("parameters")?.as_array_mut()).flatten() {
            let name = parameter.get("name").and_then(Value::as_str).map(str::to_owned);
            let example = name.as_deref().and_then(known);
            let needed = parameter.get("required") == Some(&json!(true));
            if let (true, Some(example), Some(parameter)) = (needed, example, parameter.as_object_mut()) {
                parameter.entry("example").or_insert(example);
            }
            if let Some(schema) = parameter.pointer_mut("/schema").and_then(Value::as_object_mut)
                && let Some(pattern) = name.as_deref().and_then(pattern)
            {
                schema.entry("pattern").or_insert_with(|| json!(pattern));
            }
            let Some(kind) = parameter.pointer_mut("/schema/type") else { continue };
            if let Some(only) = kind.as_array().and_then(|kinds| kinds.iter().find(|kind| *kind != "null")).cloned() {
                *kind = only;
            }
        }
    }
}

/// What the values of a parameter look like that means the same everywhere.
fn pattern(name: &str) -> Option<&'static str> {
    Some(match name {
        "cursor" => "^[A-Za-z0-9_-]+$",
        "Idempotency-Key" => "^[ -~]{1,255}$",
        // RFC 9110 §13.1.1 and §8.8.3; a weak tag matches nothing.
        "If-Match" => r#"^(\*|(W/)?"[!#-~]*"( *, *(W/)?"[!#-~]*")*)$"#,
        "Registre-Sequence" => "^[0-9]{9}:[0-9]{1,18}$",
        // RFC 9530.
        "Content-Digest" => "^sha-256=:[A-Za-z0-9+/]{43}=:$",
        _ => return None,
    })
}
