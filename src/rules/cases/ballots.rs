//! Ballots: ceiling, recusals, groups, roll call, outcome.

use serde_json::{Value, json};

use super::*;
use crate::record::{Certainty, Severity};

/// Five present, two excused, no proxies, five in office stated: nothing to find but what the ballot does.
fn of(ballot_changes: Value, changes: Value) -> Vec<Finding> {
    let options = ballot_changes["options"].clone();
    let base = json!({
        "attendance": [members("present", 1..=5), members("excused", 6..=7)], "members_in_office": 7, "proxies": [],
        "ballots": [ballot(options, ballot_changes)],
    });
    on_sitting(&sitting(changed(base, changes)), COUNCIL)
}

fn counts(for_votes: u32, against: u32, abstention: u32) -> Value {
    json!([tally("for", for_votes), tally("against", against), tally("abstention", abstention)])
}

fn line(member: u32, option: &str) -> Value {
    json!({ "person": who(member), "option": option })
}

#[test]
fn a_ballot_and_its_findings() {
    let group = |name: &str, extra: Value| changed(json!({ "kind": "group", "printed": name }), extra);
    let entries = |option: &str, count: u32, entries: Value| json!({ "option": option, "count": count, "entries": entries });
    let aside = json!({ "recusals": [recusal(2, &[1])] });
    let cases: Vec<(&str, Value, Value, Vec<&str>)> = vec![
        ("regular", json!({ "options": counts(4, 1, 0) }), json!({}), vec![]),
        ("counts unknown", json!({ "options": [], "unanimity": { "text": "à l'unanimité" } }), json!({}), vec![]),
        ("six votes of five", json!({ "options": counts(5, 1, 0) }), json!({}), vec!["ballot.exceeds_electorate"]),
        ("six votes of five and a proxy", json!({ "options": counts(5, 1, 0) }), json!({ "proxies": [proxy(6, 1)] }), vec![]),
        (
            "six votes of five, silent on proxies",
            json!({ "options": counts(5, 1, 0) }),
            json!({ "proxies": null }),
            vec!["proxy.needed_but_unstated"],
        ),
        ("taking no part is not counted", json!({ "options": [tally("for", 5), tally("against", 0), tally("not_voting", 2)] }), json!({}), vec![]),
        (
            "blank and void papers are",
            json!({ "options": [tally("for", 5), tally("against", 0), tally("blank", 1)] }),
            json!({}),
            vec!["ballot.exceeds_electorate"],
        ),
        (
            "an exceptions list names no roster",
            json!({ "options": counts(6, 0, 0) }),
            json!({ "attendance": [changed(members("excused", 1..=2), json!({ "by_exception": true }))] }),
            vec![],
        ),
        (
            "more votes than members in office needs no list",
            json!({ "options": counts(8, 0, 0) }),
            json!({ "attendance": [] }),
            vec!["ballot.exceeds_electorate"],
        ),
        ("one stands aside, four vote", json!({ "options": counts(4, 0, 0) }), aside.clone(), vec![]),
        (
            "one stands aside, five votes",
            json!({ "options": counts(4, 0, 1) }),
            aside.clone(),
            vec!["ballot.exceeds_electorate", "recusal.may_be_counted"],
        ),
        (
            "one stands aside and is named in the roll call",
            json!({ "options": counts(4, 0, 1), "roll_call": [line(1, "for"), line(3, "for"), line(4, "for"), line(5, "for"), line(2, "abstention")] }),
            aside.clone(),
            vec!["ballot.exceeds_electorate", "recusal.counted"],
        ),
        (
            "one stands aside, and every vote has the name of another",
            json!({ "options": counts(5, 0, 0), "roll_call": [line(1, "for"), line(3, "for"), line(4, "for"), line(5, "for"), line(8, "for")] }),
            aside.clone(),
            vec!["ballot.exceeds_electorate"],
        ),
        (
            "one stands aside and is named so in the roll call",
            json!({ "options": counts(4, 0, 0), "roll_call": [line(1, "for"), line(3, "for"), line(4, "for"), line(5, "for"), line(2, "not_voting")] }),
            aside.clone(),
            vec![],
        ),
        (
            "one stands aside and is named under an option",
            json!({ "options": [entries("for", 4, json!([])), entries("against", 0, json!([])), entries("abstention", 1, json!([{ "kind": "person", "printed": "M. Membre 2" }]))] }),
            aside.clone(),
            vec!["ballot.exceeds_electorate", "recusal.counted"],
        ),
        (
            "one stands aside whose group is none of those that vote",
            json!({ "options": [entries("for", 5, json!([group("Groupe A", json!({}))])), entries("against", 0, json!([]))] }),
            json!({ "recusals": [changed(recusal(2, &[1]), json!({ "group": "Groupe B" }))] }),
            vec!["ballot.exceeds_electorate"],
        ),
        ("stands aside on another item", json!({ "options": counts(5, 0, 0) }), json!({ "recusals": [recusal(2, &[2])] }), vec![]),
        (
            "two stand aside, nobody named",
            json!({ "options": counts(3, 0, 0) }),
            json!({ "recusals": [{ "id": text_id(600), "count": 2, "covers": [text_id(1)] }] }),
            vec![],
        ),
        (
            "two stand aside, nobody named, four vote",
            json!({ "options": counts(4, 0, 0) }),
            json!({ "recusals": [{ "id": text_id(600), "count": 2, "covers": [text_id(1)] }] }),
            vec!["ballot.exceeds_electorate", "recusal.may_be_counted"],
        ),
        (
            "a group under two options",
            json!({ "options": [entries("for", 3, json!([group("Groupe A", json!({}))])), entries("against", 1, json!([group("groupe A", json!({}))]))] }),
            json!({}),
            vec!["ballot.group_split_unnamed"],
        ),
        (
            "a group under two options, the exceptions named",
            json!({ "options": [entries("for", 3, json!([group("Groupe A", json!({ "exceptions": [who(3)] }))])), entries("against", 1, json!([group("Groupe A", json!({}))]))] }),
            json!({}),
            vec![],
        ),
        (
            "the non-affiliated are no group",
            json!({ "options": [entries("for", 3, json!([{ "kind": "non_affiliated", "printed": "Non-inscrits" }])), entries("against", 1, json!([{ "kind": "non_affiliated", "printed": "Non-inscrits" }]))] }),
            json!({}),
            vec![],
        ),
        (
            "groups sum to the count",
            json!({ "options": [entries("for", 5, json!([group("A", json!({ "count": 3 })), group("B", json!({ "count": 2 }))])), tally("against", 0)] }),
            json!({}),
            vec![],
        ),
        (
            "groups do not sum to the count",
            json!({ "options": [entries("for", 5, json!([group("A", json!({ "count": 3 })), group("B", json!({ "count": 1 }))])), tally("against", 0)] }),
            json!({}),
            vec!["ballot.group_sum"],
        ),
        (
            "a group without a number leaves the sum open",
            json!({ "options": [entries("for", 5, json!([group("A", json!({ "count": 3 })), group("B", json!({}))])), tally("against", 0)] }),
            json!({}),
            vec![],
        ),
        (
            "and may then only be too high",
            json!({ "options": [entries("for", 5, json!([group("A", json!({ "count": 6 })), group("B", json!({}))])), tally("against", 0)] }),
            json!({}),
            vec!["ballot.group_sum"],
        ),
        (
            "the roll call has one vote fewer",
            json!({ "options": counts(3, 1, 0), "roll_call": [line(1, "for"), line(3, "for"), line(4, "against")] }),
            json!({}),
            vec!["ballot.roll_call_differs"],
        ),
        ("only those against are named", json!({ "options": counts(4, 1, 0), "roll_call": [line(4, "against")] }), json!({}), vec![]),
        ("adopted by fewer", json!({ "options": counts(2, 3, 0) }), json!({}), vec!["outcome.contradicts_tally"]),
        ("rejected by fewer", json!({ "options": counts(3, 2, 0), "outcome": "rejected" }), json!({}), vec!["outcome.contradicts_tally"]),
        ("abstentions are no votes cast", json!({ "options": counts(2, 1, 2) }), json!({}), vec![]),
        ("tie, adopted, casting vote used", json!({ "options": counts(2, 2, 0), "casting_vote": true }), json!({}), vec![]),
        ("tie, adopted, not a word on the casting vote", json!({ "options": counts(2, 2, 0) }), json!({}), vec!["outcome.contradicts_tally"]),
        ("tie, rejected", json!({ "options": counts(2, 2, 0), "outcome": "rejected" }), json!({}), vec![]),
        ("outcome unstated", json!({ "options": counts(2, 3, 0), "outcome": "unstated" }), json!({}), vec![]),
        (
            "secret election in rounds",
            json!({ "options": counts(1, 3, 0), "kind": "election", "mode": "secret", "outcome": "adopted", "election": { "rounds": [{ "voters": 5 }, { "voters": 4 }] } }),
            json!({}),
            vec![],
        ),
        (
            "an election with more voters than members present",
            json!({ "options": [], "kind": "election", "mode": "secret", "outcome": "elected", "election": { "rounds": [{ "voters": 5 }, { "voters": 6 }] } }),
            json!({}),
            vec!["ballot.exceeds_electorate"],
        ),
        ("mode unstated", json!({ "options": counts(4, 1, 0), "mode": "unstated" }), json!({}), vec!["ballot.mode_unstated"]),
    ];
    for (name, ballot_changes, changes, expected) in cases {
        let findings: Vec<Finding> = of(ballot_changes, changes).into_iter().filter(|f| f.subject.id == id(BALLOT)).collect();
        assert_eq!(codes(&findings), expected, "{name}");
    }
}

#[test]
fn whether_it_could_have_changed_the_result() {
    // One vote too many in each: six counted, five voters.
    let cases = [
        ("adopted by two: one less still adopts", json!({ "options": counts(4, 2, 0) }), Some(false)),
        ("adopted by one: one less is a tie", json!({ "options": counts(3, 2, 1) }), Some(true)),
        ("rejected by two", json!({ "options": counts(2, 4, 0), "outcome": "rejected" }), Some(false)),
        ("rejected on a tie: one less adopts", json!({ "options": counts(3, 3, 0), "outcome": "rejected" }), Some(true)),
        ("outcome unstated, the tally tells", json!({ "options": counts(4, 2, 0), "outcome": "unstated" }), Some(false)),
        ("against not printed", json!({ "options": [tally("for", 6)] }), None),
    ];
    for (name, ballot_changes, expected) in cases {
        assert_eq!(one(&of(ballot_changes, json!({})), FindingCode::BallotExceedsElectorate).decisive, expected, "{name}");
    }
}

#[test]
fn the_ceiling_blocks_only_where_it_is_certain() {
    let cases = [
        ("the printed lists may be incomplete", json!({ "options": counts(6, 0, 0) }), json!({}), Severity::Alert, vec!["lists_complete"]),
        ("more votes than members in office", json!({ "options": counts(8, 0, 0) }), json!({}), Severity::Blocking, vec![]),
        ("recorded live", json!({ "options": counts(6, 0, 0) }), json!({ "origin": "recorded" }), Severity::Blocking, vec!["lists_complete"]),
    ];
    for (name, ballot_changes, changes, severity, assumes) in cases {
        let finding = one(&of(ballot_changes, changes), FindingCode::BallotExceedsElectorate);
        assert_eq!(finding.severity, severity, "{name}");
        assert_eq!(figures(&finding.computed)["assumes"], json!(assumes), "{name}");
    }
}

#[test]
fn the_text_on_interest_is_that_of_the_day() {
    let roll_call = json!([line(1, "for"), line(2, "for")]);
    let aside = |date: &str| json!({ "recusals": [recusal(2, &[1])], "date": date });
    let cases = [
        ("2025-07-07", "CE, 6 juin 1997, SERTIM", Certainty::Verified, Severity::Blocking),
        ("2025-12-23", "CE, 6 juin 1997, SERTIM", Certainty::Verified, Severity::Blocking),
        ("2025-12-24", "CGCT L3132-5", Certainty::Partial, Severity::Alert),
    ];
    for (date, article, certainty, severity) in cases {
        let finding = one(&of(json!({ "options": counts(2, 0, 0), "roll_call": roll_call }), aside(date)), FindingCode::RecusalCounted);
        assert_eq!(
            (finding.legal_basis, finding.certainty, finding.severity, finding.decisive),
            (vec![article.into()], certainty, severity, None),
            "{date}"
        );
        assert_eq!(finding.valid_at.to_string(), date);
    }
}

#[test]
fn a_tie_is_certain_only_when_the_casting_vote_is_denied() {
    for (casting_vote, severity) in [(json!(null), Severity::Alert), (json!(false), Severity::Blocking)] {
        let findings = of(json!({ "options": counts(2, 2, 0), "casting_vote": casting_vote }), json!({}));
        let finding = one(&findings, FindingCode::OutcomeContradictsTally);
        assert_eq!((finding.severity, finding.decisive), (severity, Some(true)));
    }
}

#[test]
fn a_vote_en_bloc_excludes_who_stands_aside_on_any_of_its_items() {
    let bloc = json!({ "options": counts(5, 0, 0), "covers": [text_id(1), text_id(2)] });
    let findings = of(bloc, json!({ "recusals": [recusal(2, &[2])] }));
    assert_eq!(figures(&one(&findings, FindingCode::BallotExceedsElectorate).computed)["at_most"], json!(4));
}

#[test]
fn an_act_has_the_findings_of_its_own_ballots_only() {
    let other = ballot(counts(6, 0, 0), json!({ "id": text_id(701), "covers": [text_id(2)] }));
    let sitting = sitting(json!({
        "attendance": [members("present", 1..=5), members("excused", 6..=7)], "members_in_office": 7, "proxies": [],
        "ballots": [ballot(counts(5, 0, 0), json!({ "mode": "unstated" })), other],
    }));
    assert_eq!(codes(&on_act(&act(json!({})), &sitting, COUNCIL)), ["ballot.mode_unstated"]);
    assert_eq!(codes(&on_sitting(&sitting, COUNCIL)), ["ballot.mode_unstated", "ballot.exceeds_electorate"]);
}
