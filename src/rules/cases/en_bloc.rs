//! Votes en bloc, and ballots with members who attend remotely.

use serde_json::{Value, json};

use super::*;
use crate::record::{Ballot, Severity};
use crate::rules::contradictions;

fn findings(changes: Value, body: BodyKind) -> Vec<Finding> {
    let room = json!({ "attendance": [members("present", 1..=5)], "members_in_office": 5, "proxies": [] });
    on_sitting(&sitting(changed(room, changes)), body)
}

fn of_code(findings: &[Finding], code: FindingCode) -> Vec<Severity> {
    findings.iter().filter(|finding| finding.code == code).map(|finding| finding.severity).collect()
}

fn en_bloc(covers: &[u32], pulled_out: &[u32]) -> Value {
    let ids = |numbers: &[u32]| numbers.iter().map(|n| text_id(*n)).collect::<Vec<_>>();
    ballot(json!([tally("for", 5), tally("against", 0)]), json!({ "covers": ids(covers), "pulled_out": ids(pulled_out) }))
}

fn apart(changes: Value) -> Value {
    let other = json!({ "id": text_id(BALLOT + 1), "covers": [text_id(3)] });
    changed(ballot(json!([tally("for", 5), tally("against", 0)]), other), changes)
}

#[test]
fn what_is_pulled_out_is_voted_on_apart() {
    let off = |status: &str| json!([item(1), item(2), changed(item(3), json!({ "status": status }))]);
    let rows: Vec<(&str, Value, Vec<Severity>)> = vec![
        ("nothing pulled out", json!({ "ballots": [en_bloc(&[1, 2, 3], &[])] }), vec![]),
        ("pulled out and voted on apart", json!({ "ballots": [en_bloc(&[1, 2], &[3]), apart(json!({}))] }), vec![]),
        ("pulled out and not voted on", json!({ "ballots": [en_bloc(&[1, 2], &[3])] }), vec![Severity::Alert]),
        ("pulled out and withdrawn", json!({ "ballots": [en_bloc(&[1, 2], &[3])], "agenda": off("withdrawn") }), vec![]),
        ("pulled out and postponed", json!({ "ballots": [en_bloc(&[1, 2], &[3])], "agenda": off("postponed") }), vec![]),
        (
            "only an amendment was voted on",
            json!({ "ballots": [en_bloc(&[1, 2], &[3]), apart(json!({ "target": { "kind": "amendment" } }))] }),
            vec![Severity::Alert],
        ),
        ("pulled out and covered all the same", json!({ "ballots": [en_bloc(&[1, 2, 3], &[3])] }), vec![Severity::Blocking]),
    ];
    for (name, changes, expected) in rows {
        assert_eq!(of_code(&findings(changes, COMMISSION), FindingCode::BallotEnBloc), expected, "{name}");
    }
    // For a region the decisions of the Conseil d'État were not read as such.
    let covered = json!({ "ballots": [en_bloc(&[1, 2, 3], &[3])] });
    assert_eq!(of_code(&findings(covered, BodyKind::RegionalCouncil), FindingCode::BallotEnBloc), [Severity::Alert]);
}

#[test]
fn live_it_cannot_be_covered() {
    let room = sitting(json!({ "origin": "recorded", "attendance": [members("present", 1..=5)], "members_in_office": 5, "proxies": [] }));
    let found = |covers: &[u32], pulled_out: &[u32], mode: &str| -> Vec<(&str, String)> {
        let vote: Ballot = serde_json::from_value(changed(en_bloc(covers, pulled_out), json!({ "mode": mode }))).unwrap();
        contradictions(&room, &vote, COMMISSION).into_iter().map(|c| (c.code.wire(), c.pointer)).collect()
    };
    assert_eq!(found(&[1, 2], &[3], "show_of_hands"), []);
    for mode in ["show_of_hands", "secret"] {
        assert_eq!(
            found(&[1, 2, 3], &[2, 3], mode),
            [("pulled_out_covered", "/pulled_out/0".to_owned()), ("pulled_out_covered", "/pulled_out/1".to_owned())]
        );
    }
}

#[test]
fn with_members_attending_remotely_the_vote_is_public() {
    use BodyKind::{DepartmentalCouncil as Council, DepartmentalPermanentCommission as Commission, MunicipalCouncil as Town};
    let connected = || json!([members("present", 1..=4), members("present_remotely", 5..=5)]);
    let mode = |mode: &str| json!([ballot(json!([tally("for", 5), tally("against", 0)]), json!({ "mode": mode }))]);
    let with = |how: &str, more: Value| changed(json!({ "attendance": connected(), "ballots": mode(how) }), more);
    let mut silent = members("present_remotely", 9..=9);
    silent["voting_right"] = json!("without_vote");
    let rows: Vec<(&str, Value, BodyKind, bool)> = vec![
        ("by show of hands", with("show_of_hands", json!({})), Commission, true),
        ("secret", with("secret", json!({})), Commission, true),
        ("by public ballot", with("public_roll_call", json!({})), Commission, false),
        ("electronic: it may be public", with("electronic", json!({})), Commission, false),
        ("not stated", with("unstated", json!({})), Commission, false),
        ("in the council", with("show_of_hands", json!({})), Council, true),
        ("on the first day of the law", with("show_of_hands", json!({ "date": "2022-08-01" })), Commission, true),
        ("on the day before", with("show_of_hands", json!({ "date": "2022-07-31" })), Commission, false),
        ("the text is not on towns", with("show_of_hands", json!({})), Town, false),
        ("everyone is in the room", with("show_of_hands", json!({ "attendance": [members("present", 1..=5)] })), Commission, false),
        ("who is connected has no vote", with("show_of_hands", json!({ "attendance": [members("present", 1..=5), silent] })), Commission, false),
        (
            "disconnected before the vote",
            with("show_of_hands", json!({ "timeline": [event("remote_disconnection", 5, 1, "before")] })),
            Commission,
            false,
        ),
    ];
    for (name, changes, body, expected) in rows {
        let found = of_code(&findings(changes, body), FindingCode::BallotRemote);
        // The article was read in part only.
        assert_eq!(found, if expected { vec![Severity::Alert] } else { vec![] }, "{name}");
    }
    let finding = one(&findings(with("secret", json!({})), Commission), FindingCode::BallotRemote);
    assert_eq!(figures(&finding.computed), json!({ "remote": 1, "mode": "secret" }));
}
