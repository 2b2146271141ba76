//! What every answer has: a request id, and, for a page of a list, the link to the next.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::schemas::referred;

/// Every operation of the document.
pub fn operations(paths: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    paths.values().filter_map(Value::as_object).flat_map(Map::values)
}

/// The same, to be changed.
pub fn operations_mut(paths: &mut Map<String, Value>) -> impl Iterator<Item = &mut Value> {
    paths.values_mut().filter_map(Value::as_object_mut).flat_map(Map::values_mut)
}

/// The same with their paths and methods.
fn each_mut(paths: &mut Map<String, Value>) -> impl Iterator<Item = (&str, &str, &mut Value)> {
    paths.iter_mut().flat_map(|(path, item)| {
        item.as_object_mut().into_iter().flatten().map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
    })
}

/// The answers of an operation, to be changed.
pub fn responses_mut(operation: &mut Value) -> impl Iterator<Item = &mut Value> {
    operation.get_mut("responses").and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut)
}

/// The headers that answers refer to.
pub fn components(paths: &Map<String, Value>) -> Value {
    let mut all = json!({
        "RequestId": {"description": "Identifies the request in the log; a problem repeats it.", "schema": {"type": "string"}},
        "Deprecation": {"description": "Since when this is deprecated: `@` and seconds since 1970 (RFC 9745).", "schema": {"type": "string"}},
        "Sunset": {"description": "From when it may be gone (RFC 8594).", "schema": {"type": "string"}},
        "Sequence": {
            "description": "How far the change log of the authority is with this write: send it back in `Registre-Sequence` to read no earlier.",
            "schema": {"type": "string", "pattern": "^[0-9]{9}:[0-9]{1,18}$"},
        },
        "Link": {"description": "`rel=\"next\"`: where the next page is (RFC 8288). Not there on the last.", "schema": {"type": "string"}},
    });
    if let Some(all) = all.as_object_mut() {
        let used: BTreeSet<String> = operations(paths)
            .filter_map(|operation| operation.get("responses")?.as_object())
            .flat_map(Map::values)
            .filter_map(|response| response.get("headers")?.as_object())
            .flat_map(Map::values)
            .filter_map(|header| header.get("$ref")?.as_str()?.rsplit('/').next())
            .map(str::to_owned)
            .collect();
        all.retain(|name, _| used.contains(name));
    }
    all
}

/// Adds them to every answer.
pub fn headers(paths: &mut Map<String, Value>) {
    for (path, method, operation) in each_mut(paths) {
        // What is in the change log; who may be told of it, and who no longer, is not.
        let elsewhere = ["/v1/webhooks", "/v1/revocations", "/v1/imports"].iter().any(|place| path.starts_with(place)) || path == "/v1/intake";
        let logged = method != "get" && !elsewhere;
        let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
        for (status, response) in responses.into_iter().flatten() {
            let page = response.pointer("/content/application~1json/schema").and_then(referred).is_some_and(|name| name.starts_with("List_"));
            let Some(response) = response.as_object_mut() else { continue };
            if let Some(headers) = response.entry("headers").or_insert_with(|| json!({})).as_object_mut() {
                headers.insert("X-Request-Id".to_owned(), json!({"$ref": "#/components/headers/RequestId"}));
                if logged && status.starts_with('2') {
                    headers.insert("Registre-Sequence".to_owned(), json!({"$ref": "#/components/headers/Sequence"}));
                }
                if page {
                    headers.insert("Link".to_owned(), json!({"$ref": "#/components/headers/Link"}));
                }
            }
        }
    }
}
