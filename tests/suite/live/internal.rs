//! The internal rules of a body, laid over the law: what is read follows as soon as they are filed.

use rstest::rstest;
use serde_json::{Value, json};

use super::Live;
use crate::harness::{Engine, Server};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_is_read_follows_the_internal_rules(#[case] engine: Engine) {
    let server = Server::empty(engine);
    // Reports eight days before: the law's limit, and no more than that.
    let live = Live::open(&server, 3, 1, &json!({"convening": {"reports_sent": {"date": "2025-09-07"}}}));
    let findings = || -> Vec<Value> {
        let read = server.get(&format!("/v1/sittings/{}", live.id), Some(&live.token)).expect(200).json();
        read["findings"].as_array().unwrap().clone()
    };
    assert_eq!(findings(), Vec::<Value>::new());
    let rules = json!([
        {"rule": "act.dates.report", "article": "article 7", "text": "Dix jours au moins", "value": "10 days", "valid_from": "2025-01-01"},
        {"rule": "proxy.valid", "article": "article 9", "value": "2", "valid_to": "2025-09-14"},
    ]);
    live.governed_by("departmental_permanent_commission", &rules);
    let found = findings();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (&found[0]["code"], &found[0]["severity"], &found[0]["certainty"], &found[0]["legal_basis"]),
        (&json!("act.dates"), &json!("blocking"), &json!("internal_rules"), &json!(["article 7", "CGCT L3121-19-1"]))
    );

    let body = server.get(&format!("/v1/sittings/{}", live.id), Some(&live.token)).expect(200).json()["body"]["id"].clone();
    let path = format!("/v1/bodies/{}/legal-profile", body.as_str().unwrap());
    let profile = |on: &str| server.get(&format!("{path}?on={on}"), Some(&live.token)).expect(200).json();
    let rule = |on: &str, id: &str| profile(on)["rules"].as_array().unwrap().iter().find(|r| r["id"] == id).unwrap().clone();
    let seen = |rule: Value| (rule["configured"].clone(), rule["value"].clone(), rule["articles"][0].clone());
    assert_eq!(seen(rule("2025-09-15", "act.dates.report")), (json!(true), json!("10 days"), json!("article 7")));
    assert_eq!(seen(rule("2024-12-31", "act.dates.report")), (json!(false), json!("8 days"), json!("CGCT L3121-19-1")));
    assert_eq!(seen(rule("2025-09-14", "proxy.valid")), (json!(true), json!("2"), json!("article 9")));
    assert_eq!(seen(rule("2025-09-15", "proxy.valid")), (json!(false), json!("1"), json!("règlement intérieur")));
    assert_eq!(rule("2025-09-15", "act.dates.report")["text"]["fr"], "Dix jours au moins");
    assert_eq!(
        (profile("2025-09-15")["on"].as_str(), profile("2025-09-15")["body"].as_str()),
        (Some("2025-09-15"), Some("departmental_permanent_commission"))
    );
    // The general profile says what holds for every such body.
    let general = server.get("/v1/legal-profiles", None).expect(200).json();
    assert!(!general.to_string().contains("article 7"));
    // The body is internal: so is its profile.
    server.get(&path, None).problem(404, "not-found");
    server.get(&format!("{path}?on=hier"), Some(&live.token)).problem(400, "invalid-parameter");
}

/// What the internal rules allow is no irregularity; what they exclude holds a ballot.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_live_ballot_follows_the_internal_rules(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let list = |status: &str, numbers: &[usize]| {
        let entries: Vec<Value> = numbers.iter().map(|n| json!({"person": format!("@person{n}@")})).collect();
        json!({"status": status, "voting_right": "voting", "entries": entries})
    };
    let proxy = |giver: usize| json!({"giver": {"person": format!("@person{giver}@")}, "holder": {"person": "@person1@"}});
    let room = json!({"attendance": [list("present", &[1, 2, 3]), list("excused", &[4, 5])], "proxies": [proxy(4), proxy(5)]});
    let live = Live::open(&server, 5, 2, &room);
    let ballot = |item: usize, voters: &[usize]| {
        let mut ballot = live.roll_call(item, voters.iter().copied(), &[], &[]);
        for line in ballot["roll_call"].as_array_mut().unwrap().iter_mut().skip(3) {
            line["by_proxy"] = json!({"person": live.people[0]});
        }
        ballot
    };
    // One proxy to a holder, says the default, which only alerts: the second represents nobody.
    server.post(&live.path("ballots"), &live.token, &ballot(1, &[1, 2, 3, 4, 5])).problem(422, "contradiction");
    live.governed_by("departmental_permanent_commission", &json!([{"rule": "proxy.valid", "article": "article 9", "value": "1"}]));
    server.post(&live.path("ballots"), &live.token, &ballot(1, &[1, 2, 3, 4])).problem(409, "acknowledgement-needed");
    live.governed_by("departmental_permanent_commission", &json!([{"rule": "proxy.valid", "article": "article 9", "value": "2"}]));
    let taken = server.post(&live.path("ballots"), &live.token, &ballot(1, &[1, 2, 3, 4, 5])).expect(201).json();
    assert_eq!(taken["findings"], json!([]));
    let attendance = server.get(&format!("{}?item={}", live.path("attendance"), live.items[0]), Some(&live.token)).expect(200).json();
    assert_eq!(attendance["presence"]["counts"]["represented"], 2);
}
