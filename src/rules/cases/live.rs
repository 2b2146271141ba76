//! What the live register refuses, and what it keeps only with an acknowledgement.

use serde_json::{Value, json};

use super::*;
use crate::record::Ballot;
use crate::rules::{contradictions, irregularities, mode_request};

/// Members 1 to 3 present, 4 and 5 excused, 9 without a vote.
fn room(changes: Value) -> SittingRecord {
    let mut without_vote = members("present", 9..=9);
    without_vote["voting_right"] = json!("without_vote");
    let base = json!({
        "origin": "recorded", "attendance": [members("present", 1..=3), members("excused", 4..=5), without_vote], "members_in_office": 5, "proxies": [],
    });
    sitting(changed(base, changes))
}

fn vote(options: Value, changes: Value) -> Ballot {
    serde_json::from_value(ballot(options, changes)).unwrap()
}

fn line(member: u32, option: &str) -> Value {
    json!({ "person": who(member), "option": option })
}

fn through(member: u32, option: &str, holder: u32) -> Value {
    changed(line(member, option), json!({ "by_proxy": who(holder) }))
}

fn called(lines: Value) -> Value {
    json!({ "mode": "public_roll_call", "roll_call": lines })
}

#[test]
fn a_ballot_and_what_it_contradicts() {
    let three = || vec![line(1, "for"), line(2, "for"), line(3, "against")];
    let and = |more: Value| called([three(), vec![more]].concat().into());
    let aside = json!({ "recusals": [recusal(3, &[1])] });
    let proxied = json!({ "proxies": [proxy(4, 2)] });
    let named = |option: &str, member: u32| json!({ "option": option, "count": null, "entries": [{ "kind": "person", "printed": format!("M. Membre {member}") }] });
    type Row<'a> = (&'a str, Value, Value, Value, Vec<(&'a str, &'a str)>);
    let rows: Vec<Row> = vec![
        ("nothing", json!({}), json!([tally("for", 2), tally("against", 1)]), called(three().into()), vec![]),
        ("a proxy in force", proxied.clone(), json!([]), and(through(4, "for", 2)), vec![]),
        ("a proxy in force, the holder left to the record", proxied.clone(), json!([]), and(line(4, "for")), vec![]),
        ("two positions for one voter", json!({}), json!([]), and(line(3, "for")), vec![("two_positions", "/roll_call/3")]),
        ("the same position twice", json!({}), json!([]), and(line(3, "against")), vec![("two_positions", "/roll_call/3")]),
        (
            "one position in the roll call and another behind the count",
            json!({}),
            json!([named("for", 3)]),
            called(three().into()),
            vec![("two_positions", "/options/0/entries/0")],
        ),
        ("the same in both", json!({}), json!([named("against", 3)]), called(three().into()), vec![]),
        ("behind two counts", json!({}), json!([named("for", 3), named("against", 3)]), json!({}), vec![("two_positions", "/options/1/entries/0")]),
        ("a recused member votes", aside.clone(), json!([]), called(three().into()), vec![("voter_recused", "/roll_call/2")]),
        (
            "a recused member is down as taking no part",
            aside.clone(),
            json!([]),
            called(json!([line(1, "for"), line(2, "for"), line(3, "not_voting")])),
            vec![],
        ),
        (
            "through a recused holder",
            changed(json!({ "recusals": [recusal(2, &[1])] }), proxied.clone()),
            json!([]),
            called(json!([line(1, "for"), line(3, "for"), through(4, "for", 2)])),
            vec![("holder_recused", "/roll_call/2")],
        ),
        (
            "the vote of a recused giver",
            changed(json!({ "recusals": [recusal(4, &[1])] }), proxied.clone()),
            json!([]),
            and(through(4, "for", 2)),
            vec![("voter_recused", "/roll_call/3")],
        ),
        ("an absent member votes", json!({}), json!([]), and(line(4, "for")), vec![("voter_absent", "/roll_call/3")]),
        ("the roll call does not vouch for a proxy", json!({}), json!([]), and(through(4, "for", 2)), vec![("voter_absent", "/roll_call/3")]),
        (
            "through an absent holder",
            json!({ "proxies": [proxy(4, 5)] }),
            json!([]),
            and(through(4, "for", 5)),
            vec![("holder_absent", "/roll_call/3")],
        ),
        ("through another than the holder", proxied.clone(), json!([]), and(through(4, "for", 1)), vec![("other_holder", "/roll_call/3")]),
        (
            "the second proxy of one holder",
            json!({ "proxies": [proxy(4, 2), proxy(5, 2)] }),
            json!([]),
            called([three(), vec![through(4, "for", 2), through(5, "for", 2)]].concat().into()),
            vec![("voter_absent", "/roll_call/4")],
        ),
        (
            "the giver has arrived: the proxy has lapsed",
            changed(proxied.clone(), json!({ "timeline": [event("arrival", 4, 1, "before")] })),
            json!([]),
            and(through(4, "for", 2)),
            vec![("giver_present", "/roll_call/3")],
        ),
        ("somebody without a vote", json!({}), json!([]), and(line(9, "for")), vec![("not_entitled", "/roll_call/3")]),
        ("somebody who is nowhere", json!({}), json!([]), and(line(8, "for")), vec![("voter_absent", "/roll_call/3")]),
        ("four votes of three", json!({}), json!([tally("for", 3), tally("abstention", 1)]), json!({}), vec![("above_electorate", "/options")]),
        (
            "blank papers count",
            json!({}),
            json!([tally("for", 3), tally("blank", 1)]),
            json!({ "mode": "secret" }),
            vec![("above_electorate", "/options")],
        ),
        ("four votes of three and a proxy", proxied.clone(), json!([tally("for", 3), tally("abstention", 1)]), json!({}), vec![]),
        ("four voters stated", json!({}), json!([]), json!({ "voters": 4 }), vec![("above_electorate", "/voters")]),
        (
            "four voters in the second round",
            json!({}),
            json!([]),
            json!({ "kind": "election", "mode": "secret", "election": { "rounds": [{ "voters": 3 }, { "voters": 4 }] } }),
            vec![("above_electorate", "/election/rounds/1/voters")],
        ),
        (
            "a roll call that omits a voter",
            json!({}),
            json!([]),
            called(json!([line(1, "for"), line(2, "for")])),
            vec![("voter_omitted", "/roll_call")],
        ),
        ("that omits the represented", proxied.clone(), json!([]), called(three().into()), vec![("voter_omitted", "/roll_call")]),
        ("no answer is an entry", json!({}), json!([]), called(json!([line(1, "for"), line(2, "for"), line(3, "not_voting")])), vec![]),
        ("by show of hands only those against are named", json!({}), json!([]), json!({ "roll_call": [line(3, "against")] }), vec![]),
        (
            "a secret ballot with a name",
            json!({}),
            json!([]),
            json!({ "mode": "secret", "roll_call": [line(1, "for")] }),
            vec![("secret_named", "/roll_call/0")],
        ),
    ];
    for (name, changes, options, ballot_changes, expected) in rows {
        let found = contradictions(&room(changes), &vote(options, ballot_changes), COUNCIL);
        let found: Vec<(&str, &str)> = found.iter().map(|c| (c.code.wire(), c.pointer.as_str())).collect();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn a_refusal_gives_its_rule_and_its_words() {
    let found = contradictions(&room(json!({ "recusals": [recusal(3, &[1])] })), &vote(json!([]), json!({ "roll_call": [line(3, "for")] })), COUNCIL);
    let first = &found[0];
    assert_eq!(first.rule.wire(), "recusal.counted");
    assert_eq!(first.legal_basis, ["CE, 6 juin 1997, SERTIM"]);
    assert_eq!(first.label.fr, "vote d'un membre déporté : Monsieur Membre 3");
    // In a secret ballot the refusal names nobody.
    let secret = contradictions(&room(json!({})), &vote(json!([]), json!({ "mode": "secret", "roll_call": [line(3, "for")] })), COUNCIL);
    assert!(!serde_json::to_string(&secret).unwrap().contains("Membre"));
}

#[test]
fn what_really_happened_is_kept_with_an_acknowledgement() {
    let few = json!({ "attendance": [members("present", 1..=2), members("excused", 3..=5)] });
    let rows: Vec<(&str, Value, Vec<&str>)> = vec![
        ("nothing", json!({}), vec![]),
        ("no quorum", few, vec!["quorum.not_met"]),
        ("a second proxy for one holder", json!({ "proxies": [proxy(4, 2), proxy(5, 2)] }), vec!["proxy.invalid"]),
        ("a proxy to someone absent", json!({ "proxies": [proxy(4, 5)] }), vec!["proxy.invalid"]),
        ("a proxy of someone present", json!({ "proxies": [proxy(3, 2)] }), vec!["proxy.invalid"]),
        ("what is only unsettled is none", json!({ "members_in_office": null }), vec![]),
        ("nor is what the ballot contradicts", json!({ "recusals": [recusal(3, &[1])], "members_in_office": 3 }), vec![]),
    ];
    for (name, changes, expected) in rows {
        let sitting = room(changes);
        let found = irregularities(&sitting, &vote(json!([tally("for", 9), tally("against", 0)]), json!({})), COUNCIL);
        assert_eq!(codes(&found), expected, "{name}");
    }
}

#[test]
fn a_mode_is_asked_for_by_a_share_of_those_present() {
    let asked = |mode: &str, by: &[u32]| json!({ "mode": mode, "requested_by": by.iter().map(|n| who(*n)).collect::<Vec<_>>() });
    let of = |present: u32| json!({ "attendance": [members("present", 1..=present), members("excused", 40..=44)] });
    let (council, town, lyon) = (COUNCIL, BodyKind::MunicipalCouncil, BodyKind::LyonMetropolisCouncil);
    type Row<'a> = (&'a str, Value, Value, BodyKind, Option<(u32, u32, Option<bool>)>);
    let rows: Vec<Row> = vec![
        // A sixth of 12 is 2; of 13, 2.17, so 3.
        ("two of twelve, a sixth", of(12), asked("public_roll_call", &[1, 2]), council, Some((2, 2, Some(true)))),
        ("two of thirteen", of(13), asked("public_roll_call", &[1, 2]), council, Some((2, 3, Some(false)))),
        ("two of twelve where it takes a quarter", of(12), asked("public_roll_call", &[1, 2]), town, Some((2, 3, Some(false)))),
        ("one member twice is one", of(12), asked("public_roll_call", &[1, 1]), council, Some((1, 2, Some(false)))),
        ("somebody excused asks for nothing", of(12), asked("public_roll_call", &[1, 40]), council, Some((1, 2, Some(false)))),
        ("a third for a secret ballot in a town", of(12), asked("secret", &[1, 2, 3, 4]), town, Some((4, 4, Some(true)))),
        ("three of twelve is no third", of(12), asked("secret", &[1, 2, 3]), lyon, Some((3, 4, Some(false)))),
        ("no share may ask for one in a departmental council", of(12), asked("secret", &[1, 2, 3, 4]), council, None),
        ("nobody is said to have asked", of(12), json!({ "mode": "public_roll_call" }), council, None),
        (
            "two of twelve or thirteen: it turns on who was there",
            changed(of(13), json!({ "timeline": [{ "id": text_id(501), "kind": "departure", "person": who(13) }] })),
            asked("public_roll_call", &[1, 2]),
            council,
            Some((2, 2, None)),
        ),
    ];
    for (name, changes, ballot_changes, body, expected) in rows {
        let found = mode_request(&room(changes), &vote(json!([]), ballot_changes), body);
        assert_eq!(found.map(|r| (r.asked, r.needed, r.enough)), expected, "{name}");
    }
}
