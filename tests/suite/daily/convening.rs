//! The convening: its clock, and to whom it went.

use rstest::rstest;
use serde_json::{Value, json};

use super::{SIREN, Town, uuid};
use crate::harness::{Engine, PAS_DE_CALAIS, Server};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_went_out_when_and_to_whom(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let town = Town::new(&server);
    let (one, two) = (uuid(), uuid());
    let convening = json!({"reports_sent": {"date": "2025-09-05"}, "dispatches": [
        {"person": town.person(1), "sent": {"date": "2025-09-05"}, "means": "electronic", "proof": "AR-1"},
        {"person": {"printed": "M. Claude MEMBRE-2"}, "means": "post"},
        {"person": town.person(5), "proof": "AR-5"},
    ]});
    let agenda = json!([{"id": one}, {"id": two, "report_sent": {"date": "2025-09-08"}}]);
    let sitting = town.sitting("2025-09-15", &json!({"origin": "recorded", "convening": convening, "agenda": agenda}));
    let path = format!("/v1/sittings/{sitting}/convening");
    let seen = town.read(&path);
    let clock = |i: usize| {
        let item = &seen["items"][i];
        [&item["item"], &item["sent_on"], &item["days_before"], &item["days_needed"], &item["latest_day"], &item["late"]].map(Clone::clone)
    };
    assert_eq!(clock(0), [json!(one), json!("2025-09-05"), json!(10), json!(8), json!("2025-09-07"), json!(false)]);
    assert_eq!(clock(1), [json!(two), json!("2025-09-08"), json!(7), json!(8), json!("2025-09-07"), json!(true)]);
    let first = &seen["items"][0];
    assert_eq!(
        (&first["rule"], &first["legal_basis"], &first["certainty"]),
        (&json!("act.dates.report"), &json!(["CGCT L3121-19-1"]), &json!("partial"))
    );
    // Members 1 to 4 sit that day; 5 no longer does.
    let dispatches = &seen["dispatches"];
    let member = |m: &Value| (m["person"]["person"].as_str().unwrap().to_owned(), m["dispatches"].as_array().unwrap().len(), m["proven"] == true);
    let members: Vec<_> = dispatches["members"].as_array().unwrap().iter().map(member).collect();
    let p = |n: usize| town.people[n - 1].clone();
    assert_eq!(members, [(p(1), 1, true), (p(2), 1, false), (p(3), 0, false), (p(4), 0, false)]);
    let not_sent: Vec<&str> = dispatches["not_sent"].as_array().unwrap().iter().map(|m| m["person"].as_str().unwrap()).collect();
    assert_eq!(not_sent, [p(3), p(4)]);
    assert_eq!(dispatches["others"][0]["proof"], "AR-5");

    server.get(&path, None).problem(401, "token-missing");
    server.get(&path, Some(&server.token(SIREN, "sittings:write"))).problem(403, "scope-missing");
    server.get(&path, Some(&server.token(PAS_DE_CALAIS, "all"))).problem(404, "not-found");

    // The real act tells nothing of its convening: 48 members, and nothing sent that the record shows.
    let demo = server.token(PAS_DE_CALAIS, "records:read");
    let seen = server.get(&format!("/v1/sittings/{}/convening", crate::harness::SITTING), Some(&demo)).expect(200).json();
    assert_eq!((seen["items"][0]["late"].clone(), seen["items"][0]["latest_day"].clone()), (Value::Null, json!("2025-06-29")));
    assert_eq!(seen["dispatches"]["not_sent"].as_array().unwrap().len(), 48);
}
