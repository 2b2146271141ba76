//! Every operation, parameter, field and header goes with words; and the check sees it when one does not.

use rstest::rstest;
use serde_json::Value;

use super::undocumented::undocumented;

#[test]
fn nothing_goes_without_words() {
    let found = undocumented(&registre::api::document());
    assert!(found.is_empty(), "{} things are not documented:\n{}", found.len(), found.join("\n"));
}

#[rstest]
#[case::an_operation_id("/paths/~1v1~1bodies/get/operationId", "GET /v1/bodies: no operationId")]
#[case::a_summary("/paths/~1v1~1bodies/get/summary", "GET /v1/bodies: no summary")]
#[case::a_description("/paths/~1v1~1bodies/get/description", "GET /v1/bodies: no description")]
#[case::its_tag("/paths/~1v1~1bodies/get/tags", "GET /v1/bodies: no tag")]
#[case::the_tags("/tags", "GET /v1/bodies: no tag")]
#[case::tokens("/paths/~1v1~1bodies/get/security", "GET /v1/bodies: nothing on tokens")]
#[case::a_parameter("/paths/~1v1~1bodies/get/parameters/0/description", "GET /v1/bodies: parameter")]
#[case::an_example_of_a_body("/paths/~1v1~1bodies/post/requestBody/content/application~1json/example", "POST /v1/bodies: body: no example")]
#[case::an_example_of_an_answer("/paths/~1v1~1bodies/get/responses/200/content/application~1json/example", "GET /v1/bodies: 200: no example")]
#[case::an_answer("/paths/~1v1~1bodies/get/responses/200/description", "GET /v1/bodies: 200 is not described")]
#[case::the_link_of_a_list("/paths/~1v1~1bodies/get/responses/200/headers/Link", "GET /v1/bodies: 200: a list without Link")]
#[case::a_header("/components/headers/Link/description", "GET /v1/bodies: 200: the header Link is not described")]
#[case::the_type_of_a_problem("/paths/~1v1~1bodies/get/responses/400/content/application~1problem+json", "GET /v1/bodies: 400 is no problem")]
#[case::a_schema("/components/schemas/Ballot/description", "Ballot: is not described")]
#[case::a_field("/components/schemas/BallotAnswer/properties/heading/description", "BallotAnswer.heading: is not described")]
#[case::a_schema_that_is_referred_to("/components/schemas/Id", "#/components/schemas/Id: is referred to and not there")]
fn what_loses_its_words_is_found(#[case] pointer: &str, #[case] expected: &str) {
    let mut document = registre::api::document();
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    let last = last.replace("~1", "/");
    let removed = match document.pointer_mut(parent).expect("it is there") {
        Value::Object(fields) => fields.remove(&last),
        other => panic!("{other} is no object"),
    };
    assert!(removed.is_some(), "{pointer} is not there");
    let found = undocumented(&document);
    assert!(found.iter().any(|line| line.starts_with(expected)), "{found:#?}");
}

#[test]
fn a_null_without_a_meaning_is_found() {
    let mut document = registre::api::document();
    document["components"]["schemas"]["BallotAnswer"]["properties"]["heading"]["description"] = "What introduces the vote.".into();
    assert_eq!(undocumented(&document), ["BallotAnswer.heading: what null means is not said"]);
}

/// Found by schemathesis: a key that was used for something else is refused by operations without a body as well.
#[test]
fn what_an_idempotency_key_meets_is_documented_wherever_one_is_taken() {
    let document = registre::api::document();
    let mut taken = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if !operation["parameters"].as_array().is_some_and(|all| all.iter().any(|parameter| parameter["name"] == "Idempotency-Key")) {
                continue;
            }
            taken += 1;
            for (status, slug) in [("400", "invalid-parameter"), ("409", "idempotency-key-in-use"), ("422", "idempotency-key-reused")] {
                let told = operation["responses"][status]["description"].as_str().unwrap_or_default();
                assert!(told.contains(&format!("`{slug}`")), "{method} {path}: {slug}");
            }
        }
    }
    assert!(taken > 20, "only {taken} operations take a key");
}
