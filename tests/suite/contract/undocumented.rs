//! What a document does not explain.

use std::collections::BTreeSet;

use serde_json::Value;

/// Everything that goes without words, each with its place.
pub fn undocumented(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut ids = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let place = format!("{} {path}", method.to_uppercase());
            let mut miss = |what: &str| found.push(format!("{place}: {what}"));
            for field in ["operationId", "summary", "description"] {
                if !said(&operation[field]) {
                    miss(&format!("no {field}"));
                }
            }
            if !ids.insert(operation["operationId"].to_string()) {
                miss("an operationId that another has");
            }
            let tags = document["tags"].as_array().into_iter().flatten();
            let known: Vec<&Value> = tags.filter(|tag| said(&tag["description"])).map(|tag| &tag["name"]).collect();
            if !operation["tags"].as_array().is_some_and(|tags| tags.len() == 1 && tags.iter().all(|tag| known.contains(&tag))) {
                miss("no tag that is described");
            }
            if operation.get("security").is_none() {
                miss("nothing on tokens");
            }
            for parameter in operation["parameters"].as_array().into_iter().flatten().filter(|parameter| !said(&parameter["description"])) {
                miss(&format!("parameter {} is not described", parameter["name"]));
            }
            examples("body", &operation["requestBody"]["content"], &mut miss);
            answers(document, operation, &mut miss);
        }
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        if !said(&schema["description"]) {
            found.push(format!("{name}: is not described"));
        }
        properties(document, name, schema, &mut found);
    }
    dangling(document, document, &mut found);
    found
}

fn said(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

fn examples(what: &str, content: &Value, miss: &mut impl FnMut(&str)) {
    for (media, body) in
        content.as_object().into_iter().flatten().filter(|(media, _)| media.as_str() == "application/json" || media.ends_with("+json"))
    {
        if body.get("example").is_none() {
            miss(&format!("{what}: no example of {media}"));
        }
    }
}

fn answers(document: &Value, operation: &Value, miss: &mut impl FnMut(&str)) {
    for (status, response) in operation["responses"].as_object().unwrap() {
        if !said(&response["description"]) {
            miss(&format!("{status} is not described"));
        }
        for (name, header) in response["headers"].as_object().into_iter().flatten() {
            let header = header["$ref"].as_str().and_then(|at| document.pointer(at.trim_start_matches('#'))).unwrap_or(header);
            if !said(&header["description"]) {
                miss(&format!("{status}: the header {name} is not described"));
            }
        }
        let types: Vec<&String> = response["content"].as_object().into_iter().flat_map(|content| content.keys()).collect();
        if status.starts_with(['4', '5']) && types != ["application/problem+json"] {
            miss(&format!("{status} is no problem"));
        }
        let page = response["content"]["application/json"]["schema"]["$ref"].as_str().is_some_and(|at| at.contains("/List_"));
        if page && response["headers"].get("Link").is_none() {
            miss(&format!("{status}: a list without Link"));
        }
        examples(status, &response["content"], miss);
    }
}

fn properties(document: &Value, place: &str, schema: &Value, found: &mut Vec<String>) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let place = format!("{place}.{name}");
        let referred = property["$ref"].as_str().and_then(|at| document.pointer(at.trim_start_matches('#')));
        let words = property["description"].as_str().or_else(|| referred?["description"].as_str()).unwrap_or_default();
        let null = property["type"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "null"))
            || property["oneOf"].as_array().is_some_and(|all| all.iter().any(|branch| branch["type"] == "null"));
        if words.trim().is_empty() {
            found.push(format!("{place}: is not described"));
        } else if null && !words.to_lowercase().contains("null") {
            found.push(format!("{place}: what null means is not said"));
        }
        properties(document, &place, property, found);
    }
    for (branch, number) in schema["oneOf"].as_array().into_iter().flatten().zip(1..) {
        properties(document, &format!("{place}|{number}"), branch, found);
    }
    if schema.get("items").is_some() {
        properties(document, &format!("{place}[]"), &schema["items"], found);
    }
}

/// References to what is not there.
fn dangling(document: &Value, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(at) = fields.get("$ref").and_then(Value::as_str)
                && document.pointer(at.trim_start_matches('#')).is_none()
            {
                found.push(format!("{at}: is referred to and not there"));
            }
            fields.values().for_each(|inner| dangling(document, inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| dangling(document, inner, found)),
        _ => {}
    }
}
