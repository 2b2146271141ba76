//! What is done to the schemas, on small ones.
#![allow(clippy::indexing_slicing, clippy::unwrap_used)] // JSON

use std::collections::BTreeSet;

use rstest::rstest;
use serde_json::{Map, Value, json};

use super::examples::Examples;
use super::{answers, unions, words};

fn map(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// `Thing` is sent and answered, `Kind` as well, `Receipt` is answered only.
fn schemas() -> Map<String, Value> {
    map(json!({
        "Thing": {"type": "object", "required": ["title"], "properties": {
            "title": {"type": "string"}, "kind": reference("Kind"), "parts": {"type": "array", "items": reference("Thing")}}},
        "Kind": {"type": "string", "enum": ["a"]},
        "Receipt": {"type": "object", "properties": {"thing": reference("Thing"), "kind": reference("Kind")}},
    }))
}

fn paths() -> Map<String, Value> {
    let body = |name: &str| json!({"content": {"application/json": {"schema": reference(name)}}});
    map(json!({"/things": {
        "get": {"responses": {"200": body("Thing")}},
        "post": {"requestBody": body("Thing"), "responses": {"201": body("Receipt")}},
    }}))
}

#[test]
fn what_is_sent_and_what_is_answered_are_two_schemas() {
    let (mut schemas, mut paths) = (schemas(), paths());
    answers::part(&mut schemas, &mut paths);
    let names: BTreeSet<&str> = schemas.keys().map(String::as_str).collect();
    assert_eq!(names, BTreeSet::from(["Kind", "Receipt", "Thing", "ThingAnswer"]));
    assert_eq!((&schemas["Thing"]["required"], &schemas["Thing"]["additionalProperties"]), (&json!(["title"]), &json!(false)));
    assert_eq!(schemas["Thing"]["properties"]["parts"]["items"], reference("Thing"));
    assert_eq!((&schemas["ThingAnswer"]["required"], schemas["ThingAnswer"].get("additionalProperties")), (&json!(["kind", "parts", "title"]), None));
    assert_eq!(schemas["ThingAnswer"]["properties"]["parts"]["items"], reference("ThingAnswer"));
    assert_eq!(schemas["ThingAnswer"]["properties"]["kind"], reference("Kind"));
    assert_eq!((&schemas["Receipt"]["required"], &schemas["Receipt"]["properties"]["thing"]), (&json!(["kind", "thing"]), &reference("ThingAnswer")));
    assert_eq!(paths["/things"]["get"]["responses"]["200"]["content"]["application/json"]["schema"], reference("ThingAnswer"));
    assert_eq!(paths["/things"]["post"]["requestBody"]["content"]["application/json"]["schema"], reference("Thing"));
}

#[test]
fn a_union_that_is_told_apart_by_one_value_has_named_branches() {
    let tagged = |value: &str| json!({"type": "object", "required": ["op"], "properties": {"op": {"type": "string", "enum": [value]}}});
    let mut schemas = map(json!({"Step": {"oneOf": [tagged("add"), tagged("take_away")]}, "Other": {"oneOf": [tagged("add"), {"type": "string"}]}}));
    let other = schemas["Other"].clone();
    unions::name_branches(&mut schemas);
    assert_eq!(schemas["Step"]["oneOf"], json!([reference("StepAdd"), reference("StepTakeAway")]));
    let mapping = json!({"add": "#/components/schemas/StepAdd", "take_away": "#/components/schemas/StepTakeAway"});
    assert_eq!(schemas["Step"]["discriminator"], json!({"propertyName": "op", "mapping": mapping}));
    assert_eq!(schemas["StepTakeAway"]["properties"]["op"]["enum"], json!(["take_away"]));
    assert_eq!(schemas["Other"], other);
}

#[test]
fn a_sum_is_written_out() {
    let added = json!({"type": "object", "required": ["at"], "properties": {"at": {"type": "string"}}});
    let mut schemas = schemas();
    schemas.insert("Recorded".to_owned(), json!({"description": "A thing, recorded.", "allOf": [reference("Thing"), added]}));
    unions::add_up(&mut schemas);
    let keys: Vec<&String> = schemas["Recorded"]["properties"].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["at", "kind", "parts", "title"]);
    assert_eq!((&schemas["Recorded"]["required"], &schemas["Recorded"]["description"]), (&json!(["title", "at"]), &json!("A thing, recorded.")));
}

#[test]
fn a_sum_with_a_union_is_a_union_of_sums() {
    let branch = |value: &str, field: &str| {
        let content = json!({"type": "object", "required": [field], "properties": {field: {"type": "integer"}}});
        json!({"type": "object", "required": ["of", "content"], "properties": {"of": {"type": "string", "enum": [value]}, "content": content}})
    };
    let base = json!({"type": "object", "required": ["code"], "properties": {"code": {"type": "string"}}});
    let either = json!({"oneOf": [branch("sum", "total"), branch("list", "count")]});
    let told = json!({"description": "What is told.", "allOf": [reference("Either"), base]});
    let mut schemas = map(json!({"Either": either, "Told": told}));
    unions::add_up(&mut schemas);
    unions::name_branches(&mut schemas);
    assert_eq!(schemas["Told"]["discriminator"]["propertyName"], "of");
    assert_eq!(schemas["Told"]["oneOf"][1], reference("ToldList"));
    assert_eq!(schemas["ToldList"]["required"], json!(["code", "of", "content"]));
    assert_eq!(schemas["ToldList"]["properties"]["content"], reference("ContentList"));
    assert_eq!(schemas["ContentList"]["properties"], json!({"count": {"type": "integer"}}));
}

#[rstest]
#[case::its_own_words(json!({"type": "string", "description": "Mine."}), json!("Mine."))]
#[case::its_own_words_and_null(json!({"type": ["string", "null"], "description": "Mine"}), json!("Mine. Null: not stated, or there is none."))]
#[case::null_that_is_explained(json!({"type": ["string", "null"], "description": "Mine; null: nobody's."}), json!("Mine; null: nobody's."))]
#[case::those_of_its_name(json!({"type": "string"}), json!("The title, to the letter."))]
#[case::those_at_the_reference(
    json!({"oneOf": [{"$ref": "#/components/schemas/Kind", "description": "Which one."}, {"type": "null"}]}),
    json!("Which one. Null: not stated, or there is none.")
)]
#[case::those_of_the_schema(json!({"oneOf": [reference("Kind"), {"type": "null"}]}), json!("What kind it is. Null: not stated, or there is none."))]
#[case::a_reference_is_described_there(reference("Kind"), Value::Null)]
fn a_field_is_described(#[case] property: Value, #[case] expected: Value) {
    let kind = json!({"type": "string", "description": "What kind it is.\n\n- `a`: one of them"});
    let mut schemas = map(json!({"Kind": kind, "Thing": {"type": "object", "properties": {"title": property}}}));
    words::describe(&mut schemas);
    let described = &schemas["Thing"]["properties"]["title"];
    assert_eq!(described["description"], expected);
    assert_eq!(described["oneOf"][0]["description"], Value::Null, "once is enough");
}

#[test]
fn an_example_has_every_field_of_an_answer_and_says_what_the_act_says() {
    let record = json!({"type": "object", "required": ["title", "on", "lines"], "properties": {
        "title": {"type": "string"}, "on": {"type": "string", "format": "date"}, "note": {"type": ["string", "null"]},
        "lines": {"type": "array", "items": reference("Line")}}});
    let line = json!({"type": "object", "required": ["amount", "of"], "properties": {
        "amount": {"type": "string", "example": "1.00"}, "of": {"oneOf": [reference("Line"), {"type": "null"}]}}});
    let schemas = map(json!({"SittingRecord": record, "Line": line}));
    let real = json!({"title": "A", "on": "2025-07-08", "lines": [{"amount": "2.00"}, {"amount": "3.00"}]});
    let mut paths = map(json!({"/sittings": {"get": {"responses": {"200": {"content": {
        "application/json": {"schema": reference("SittingRecord")}, "text/plain": {"schema": {"type": "string"}}}}}}}}));
    Examples::new(&schemas, &real, &json!({})).add(&mut paths);
    let content = &paths["/sittings"]["get"]["responses"]["200"]["content"];
    assert_eq!(content["application/json"]["example"], json!({"title": "A", "on": "2025-07-08", "lines": [{"amount": "2.00", "of": null}]}));
    assert_eq!(content["text/plain"]["example"], Value::Null);
}

#[test]
fn json_stands_first_among_the_types_of_a_body() {
    let document = json!({"content": {"application/akn+xml": {}, "application/json": {"b": [1], "a": null}, "text/html": {}}});
    let written = serde_json::to_string(&super::Ordered(&document)).unwrap();
    assert_eq!(written, r#"{"content":{"application/json":{"a":null,"b":[1]},"application/akn+xml":{},"text/html":{}}}"#);
}

/// A word that nothing uses any more would mislead.
#[test]
fn the_table_of_words_is_in_order_and_says_something() {
    let lines: Vec<(&str, &str)> = include_str!("words.tsv").lines().map(|line| line.split_once('\t').unwrap()).collect();
    assert!(lines.is_sorted_by(|one, other| one.0 < other.0), "in order, each once");
    assert!(lines.iter().all(|(_, meaning)| meaning.ends_with('.')));
}
