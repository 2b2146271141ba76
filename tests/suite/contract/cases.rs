//! Each kind of break is found, and what is no break passes. Every case is one change to one small document.

use rstest::rstest;
use serde_json::{Value, json};

use super::compare::breaks;

/// A document with something of each kind. A thing is sent as `Thing` and answered as `ThingAnswer`.
fn before() -> Value {
    json!({
        "paths": {"/things/{id}": {"put": {
            "operationId": "replaceThing",
            "security": [{}, {"token": ["things:write"]}],
            "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": {"$ref": "#/components/schemas/Id"}},
                {"name": "limit", "in": "query", "required": false, "schema": {"type": "integer", "minimum": 1, "maximum": 200}},
            ],
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
            "responses": {
                "200": {
                    "headers": {"ETag": {}},
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ThingAnswer"}}},
                },
                "404": {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}},
            },
        }}},
        "components": {"schemas": {
            "Id": {"type": "string", "format": "uuid"},
            "Problem": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}},
            "Kind": {"type": "string", "enum": ["a", "b"]},
            "Thing": {
                "type": "object",
                "required": ["title"],
                "properties": {
                    "title": {"type": "string", "minLength": 1},
                    "note": {"type": ["string", "null"]},
                    "kind": {"$ref": "#/components/schemas/Kind"},
                    "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}},
                },
                "additionalProperties": false,
            },
            "Part": {"type": "object", "properties": {"name": {"type": "string"}}, "additionalProperties": false},
            "ThingAnswer": {
                "type": "object",
                "required": ["title", "note", "state", "count", "about"],
                "properties": {
                    "title": {"type": "string"},
                    "note": {"type": ["string", "null"]},
                    "state": {"type": "string", "enum": ["on", "off"]},
                    "count": {"oneOf": [{"$ref": "#/components/schemas/Count"}, {"type": "null"}]},
                    "about": {"$ref": "#/components/schemas/About"},
                },
            },
            "Count": {"type": "integer"},
            "About": {
                "oneOf": [{"$ref": "#/components/schemas/AboutX"}, {"$ref": "#/components/schemas/AboutY"}],
                "discriminator": {
                    "propertyName": "kind",
                    "mapping": {"x": "#/components/schemas/AboutX", "y": "#/components/schemas/AboutY"},
                },
            },
            "AboutX": {"type": "object", "required": ["kind", "x"], "properties": {"kind": {"type": "string", "enum": ["x"]}, "x": {"type": "integer"}}},
            "AboutY": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string", "enum": ["y"]}}},
        }},
    })
}

const OPERATION: &str = "/paths/~1things~1{id}/put";
const SCHEMAS: &str = "/components/schemas";

/// Applies JSON patches whose paths begin with `O` (the operation) or `S` (the schemas).
fn changed(patch: Value) -> Value {
    let text = patch.to_string().replace("\"O/", &format!("\"{OPERATION}/")).replace("\"S/", &format!("\"{SCHEMAS}/"));
    let mut document = before();
    json_patch::patch(&mut document, &serde_json::from_str::<json_patch::Patch>(&text).unwrap()).unwrap();
    document
}

#[rstest]
#[case::the_operation(json!([{"op": "remove", "path": "/paths/~1things~1{id}/put"}]), "PUT /things/{id}: the operation is gone")]
#[case::the_address(json!([{"op": "move", "from": "/paths/~1things~1{id}", "path": "/paths/~1objects~1{id}"}]), "the operation is gone")]
#[case::the_operation_id(json!([{"op": "replace", "path": "O/operationId", "value": "putThing"}]), "another operationId")]
#[case::a_parameter(json!([{"op": "remove", "path": "O/parameters/1"}]), "parameter limit: is gone")]
#[case::a_parameter_that_is_needed_now(json!([{"op": "replace", "path": "O/parameters/1/required", "value": true}]), "limit: is needed now")]
#[case::a_new_parameter_that_is_needed(
    json!([{"op": "add", "path": "O/parameters/-", "value": {"name": "why", "in": "query", "required": true, "schema": {"type": "string"}}}]),
    "why: is new and needed"
)]
#[case::a_parameter_with_a_lower_maximum(json!([{"op": "replace", "path": "O/parameters/1/schema/maximum", "value": 100}]), "maximum is narrower: 100")]
#[case::a_parameter_with_a_higher_minimum(json!([{"op": "replace", "path": "O/parameters/1/schema/minimum", "value": 2}]), "minimum is narrower: 2")]
#[case::a_parameter_of_another_type(json!([{"op": "replace", "path": "O/parameters/1/schema/type", "value": "string"}]), "the type was {\"integer\"}")]
#[case::no_way_without_a_token(json!([{"op": "remove", "path": "O/security/0"}]), "{} is not enough any more")]
#[case::another_scope(json!([{"op": "replace", "path": "O/security", "value": [{}, {"token": ["admin"]}]}, {"op": "remove", "path": "O/security/0"}]),
    "{\"things:write\", \"token\"} is not enough any more")]
#[case::the_body(json!([{"op": "remove", "path": "O/requestBody"}]), "takes no body any more")]
#[case::a_media_type_sent(
    json!([{"op": "move", "from": "O/requestBody/content/application~1json", "path": "O/requestBody/content/text~1csv"}]),
    "application/json is gone"
)]
#[case::a_field_sent(json!([{"op": "remove", "path": "S/Thing/properties/note"}]), "Thing (sent).note: is gone")]
#[case::a_field_sent_deep_inside(json!([{"op": "remove", "path": "S/Part/properties/name"}]), "Part (sent).name: is gone")]
#[case::a_field_sent_is_needed_now(json!([{"op": "add", "path": "S/Thing/required/-", "value": "note"}]), "Thing (sent).note: is needed now")]
#[case::a_new_field_that_is_needed(
    json!([{"op": "add", "path": "S/Thing/properties/why", "value": {"type": "string"}}, {"op": "add", "path": "S/Thing/required/-", "value": "why"}]),
    "Thing (sent).why: is new and needed"
)]
#[case::a_field_sent_may_not_be_null(json!([{"op": "replace", "path": "S/Thing/properties/note/type", "value": "string"}]), "Thing (sent).note: the type was")]
#[case::a_field_sent_with_a_greater_least_length(
    json!([{"op": "replace", "path": "S/Thing/properties/title/minLength", "value": 3}]),
    "minLength is narrower: 3"
)]
#[case::a_field_sent_with_a_greatest_length(json!([{"op": "add", "path": "S/Thing/properties/title/maxLength", "value": 80}]), "maxLength is narrower: 80")]
#[case::a_field_sent_with_a_pattern(json!([{"op": "add", "path": "S/Thing/properties/title/pattern", "value": "^A"}]), "another pattern")]
#[case::a_list_sent_that_may_not_be_empty(json!([{"op": "add", "path": "S/Thing/properties/parts/minItems", "value": 1}]), "minItems is narrower: 1")]
#[case::a_member_of_a_list_sent(json!([{"op": "remove", "path": "S/Kind/enum/1"}]), "Kind (sent): the member b is gone")]
#[case::a_closed_list_where_all_was_taken(
    json!([{"op": "add", "path": "S/Thing/properties/title/enum", "value": ["A"]}]),
    "Thing (sent).title: is a closed list now"
)]
#[case::a_status(json!([{"op": "move", "from": "O/responses/200", "path": "O/responses/202"}]), "200: is not answered any more")]
#[case::a_media_type_answered(
    json!([{"op": "move", "from": "O/responses/200/content/application~1json", "path": "O/responses/200/content/text~1csv"}]),
    "application/json is gone"
)]
#[case::a_header_answered(json!([{"op": "remove", "path": "O/responses/200/headers/ETag"}]), "the header ETag is gone")]
#[case::a_field_answered(json!([{"op": "remove", "path": "S/ThingAnswer/properties/note"}]), "ThingAnswer.note: is gone")]
#[case::a_field_answered_may_be_missing(json!([{"op": "remove", "path": "S/ThingAnswer/required/0"}]), "ThingAnswer.title: may be missing now")]
#[case::a_field_answered_may_be_null(
    json!([{"op": "replace", "path": "S/ThingAnswer/properties/title/type", "value": ["string", "null"]}]),
    "ThingAnswer.title: the type was"
)]
#[case::a_field_answered_of_another_type(json!([{"op": "replace", "path": "S/Count/type", "value": "number"}]), "Count: the type was {\"integer\"}")]
#[case::a_field_answered_of_another_format(json!([{"op": "add", "path": "S/ThingAnswer/properties/title/format", "value": "uri"}]), "another format")]
#[case::a_closed_list_answered_that_is_open(json!([{"op": "remove", "path": "S/ThingAnswer/properties/state/enum"}]), "state: is no closed list any more")]
#[case::a_branch_answered(json!([{"op": "remove", "path": "S/About/oneOf/1"}, {"op": "remove", "path": "S/About/discriminator/mapping/y"}]), "About: y is gone")]
#[case::another_discriminator(json!([{"op": "replace", "path": "S/About/discriminator/propertyName", "value": "type"}]), "told apart by another property")]
#[case::a_field_inside_a_branch(json!([{"op": "remove", "path": "S/AboutX/properties/x"}]), "AboutX.x: is gone")]
fn a_break_is_found(#[case] patch: Value, #[case] expected: &str) {
    let found = breaks(&before(), &changed(patch));
    assert!(found.iter().any(|line| line.contains(expected)), "{found:#?}");
}

#[rstest]
#[case::nothing(json!([]))]
#[case::an_operation(json!([{"op": "add", "path": "/paths/~1others", "value": {"get": {"operationId": "listOthers", "responses": {"200": {}}}}}]))]
#[case::a_parameter(json!([{"op": "add", "path": "O/parameters/-", "value": {"name": "q", "in": "query", "schema": {"type": "string"}}}]))]
#[case::a_parameter_with_wider_bounds(
    json!([{"op": "replace", "path": "O/parameters/1/schema/maximum", "value": 500}, {"op": "remove", "path": "O/parameters/1/schema/minimum"}])
)]
#[case::a_scope_less(json!([{"op": "replace", "path": "O/security/1/token", "value": []}]))]
#[case::another_way_in(json!([{"op": "add", "path": "O/security/-", "value": {"token": ["admin"]}}]))]
#[case::a_field_that_may_be_sent(json!([{"op": "add", "path": "S/Thing/properties/more", "value": {"type": "string"}}]))]
#[case::a_field_sent_is_not_needed_any_more(json!([{"op": "remove", "path": "S/Thing/required/0"}]))]
#[case::a_field_sent_may_be_null(json!([{"op": "replace", "path": "S/Thing/properties/title/type", "value": ["string", "null"]}]))]
#[case::a_shorter_text_is_taken(json!([{"op": "replace", "path": "S/Thing/properties/title/minLength", "value": 0}]))]
#[case::a_member_sent(json!([{"op": "add", "path": "S/Kind/enum/-", "value": "c"}]))]
#[case::a_member_answered(json!([{"op": "add", "path": "S/ThingAnswer/properties/state/enum/-", "value": "idle"}]))]
#[case::a_field_answered(
    json!([{"op": "add", "path": "S/ThingAnswer/properties/more", "value": {"type": "string"}}, {"op": "add", "path": "S/ThingAnswer/required/-", "value": "more"}])
)]
#[case::a_field_answered_that_is_never_null(json!([{"op": "replace", "path": "S/ThingAnswer/properties/note/type", "value": "string"}]))]
#[case::a_count_that_is_never_null(json!([{"op": "replace", "path": "S/ThingAnswer/properties/count", "value": {"$ref": "#/components/schemas/Count"}}]))]
#[case::a_branch_answered(json!([
    {"op": "add", "path": "S/AboutZ", "value": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string", "enum": ["z"]}}}},
    {"op": "add", "path": "S/About/oneOf/0", "value": {"$ref": "#/components/schemas/AboutZ"}},
    {"op": "add", "path": "S/About/discriminator/mapping/z", "value": "#/components/schemas/AboutZ"},
]))]
#[case::a_status(json!([{"op": "add", "path": "O/responses/409", "value": {"description": "It contradicts"}}]))]
#[case::a_header(json!([{"op": "add", "path": "O/responses/200/headers/Link", "value": {}}]))]
#[case::another_name_for_a_schema(json!([
    {"op": "move", "from": "S/Kind", "path": "S/Sort"},
    {"op": "replace", "path": "S/Thing/properties/kind/$ref", "value": "#/components/schemas/Sort"},
]))]
#[case::words(json!([{"op": "add", "path": "O/summary", "value": "Replace a thing"}]))]
fn what_is_no_break_passes(#[case] patch: Value) {
    assert_eq!(breaks(&before(), &changed(patch)), Vec::<String>::new());
}
