//! The cohesion of groups: indices worked out by hand.

use serde_json::{Value, json};

use super::*;
use crate::record::Affiliation;
use crate::rules::Membership;
use crate::rules::statistics::{BallotsLeftOut, Cohesion, Mean};

/// Members 1 to 5 are of group A, 6 to 9 of group B, 10 is non-affiliated; of nobody else anything is known.
fn membership(person: Id) -> Membership {
    let of = |group: u32, name: &str| Membership { affiliation: Affiliation::Group, group: Some(id(group)), name: Some(name.to_owned()) };
    match (1..=20).find(|n| id(100 + n) == person) {
        Some(1..=5) => of(201, "Groupe A"),
        Some(6..=9) => of(202, "Groupe B"),
        Some(10) => Membership { affiliation: Affiliation::NonAffiliated, group: None, name: None },
        _ => Membership::UNSTATED,
    }
}

fn line(n: u32, option: &str) -> Value {
    json!({ "person": { "printed": format!("M. Membre {n}"), "person": text_id(100 + n) }, "option": option })
}

/// A roll call: who is for, against, abstaining.
fn called(by_option: [&[u32]; 3]) -> Value {
    let lines = ["for", "against", "abstention"].into_iter().zip(by_option).flat_map(|(option, people)| people.iter().map(move |n| line(*n, option)));
    json!({ "roll_call": lines.collect::<Vec<_>>() })
}

fn entry(group: &str, count: impl Into<Option<u32>>) -> Value {
    json!({ "kind": "group", "printed": group, "count": count.into() })
}

fn option(name: &str, count: impl Into<Option<u32>>, entries: Value) -> Value {
    json!({ "option": name, "count": count.into(), "entries": entries })
}

fn declared(options: Value) -> Value {
    json!({ "options": options })
}

fn counted(ballots: &[Value], unreconciled: &[u32]) -> Cohesion {
    let on =
        |(n, changes): (u32, &Value)| ballot(json!([]), changed(json!({ "id": text_id(BALLOT + n), "mode": "public_roll_call" }), changes.clone()));
    let ballots: Vec<Value> = (1..).zip(ballots).map(on).collect();
    let doubted: Vec<Id> = unreconciled.iter().map(|n| id(BALLOT + n)).collect();
    let mut cohesion = Cohesion::default();
    cohesion.add(&sitting(json!({ "ballots": ballots })), &doubted, membership);
    cohesion
}

/// Name, ballots, agreement, ballots for or against, Rice.
fn told(cohesion: &Cohesion) -> Vec<String> {
    let text = |mean: Mean| mean.text().unwrap_or_else(|| "-".to_owned());
    let mut lines: Vec<String> = cohesion
        .groups
        .iter()
        .map(|g| {
            let name = g.of.name.clone().unwrap_or_default();
            format!("{name}: {} {} {} {}", g.agreement.ballots, text(g.agreement), g.rice.ballots, text(g.rice))
        })
        .collect();
    lines.sort();
    lines
}

#[test]
fn one_ballot() {
    type Row = (&'static str, Value, &'static [&'static str]);
    let rows: Vec<Row> = vec![
        // Agreement (3 × 5 − 5) / 10 = 1; Rice 5 / 5.
        ("all for", called([&[1, 2, 3, 4, 5], &[], &[]]), &["Groupe A: 1 1.0000 1 1.0000"]),
        // (3 × 3 − 5) / 10 = 0.4; |3 − 2| / 5 = 0.2.
        ("three against two", called([&[1, 2, 3], &[4, 5], &[]]), &["Groupe A: 1 0.4000 1 0.2000"]),
        // (3 × 3 − 5) / 10 = 0.4; |3 − 1| / 4 = 0.5: Rice does not see who abstains.
        ("three, one, one abstaining", called([&[1, 2, 3], &[4], &[5]]), &["Groupe A: 1 0.4000 1 0.5000"]),
        // (3 × 4 − 4) / 8 = 1; nobody for or against.
        ("all of B abstain", called([&[1], &[], &[6, 7, 8, 9]]), &["Groupe B: 1 1.0000 0 -"]),
        // A: (3 × 1 − 3) / 6 = 0; |1 − 1| / 2 = 0.
        ("one each", called([&[1], &[2], &[3]]), &["Groupe A: 1 0.0000 1 0.0000"]),
        // (3 × 2 − 3) / 6 = 0.5; |2 − 1| / 3 = 0.3333…
        ("two to one", called([&[1, 2], &[3], &[]]), &["Groupe A: 1 0.5000 1 0.3333"]),
        // One vote agrees with itself, and shows nothing; nor do those of no group.
        ("one member of a group, one of none, one unknown", called([&[1, 10, 15], &[], &[]]), &[]),
        // One for, one abstaining: (3 × 1 − 2) / 4 = 0.25; Rice would be of a single vote.
        ("one for, one abstaining", called([&[1], &[], &[2]]), &["Groupe A: 1 0.2500 0 -"]),
        (
            "the vote of the group expanded: nobody's vote, and the dissenter is not the group",
            json!({ "roll_call": [changed(line(1, "for"), json!({ "basis": "group" })), changed(line(2, "for"), json!({ "basis": "group" })),
                line(3, "against"), line(4, "against"), line(6, "for"), line(7, "for")] }),
            &["Groupe B: 1 1.0000 1 1.0000"],
        ),
        // A: 4 for, 1 against: (12 − 5) / 10 = 0.7, 3 / 5. B: 3 against.
        (
            "by group, every vote accounted for",
            declared(json!([
                option("for", 4, json!([entry("Groupe A", 4)])),
                option("against", 4, json!([entry("Groupe A", 1), entry("Groupe B", 3)])),
                option("abstention", 0, json!([]))
            ])),
            &["Groupe A: 1 0.7000 1 0.6000", "Groupe B: 1 1.0000 1 1.0000"],
        ),
        // The member of A who abstains is of A: 4 for, 1 abstaining: (12 − 5) / 10; |4 − 0| / 4.
        (
            "by group, one member named apart",
            declared(json!([
                option("for", 4, json!([entry("Groupe A", 4)])),
                option("abstention", 1, json!([{ "kind": "person", "person": text_id(101), "printed": "M. Membre 1" }]))
            ])),
            &["Groupe A: 1 0.7000 1 1.0000"],
        ),
        (
            "by group, votes against that are nobody's",
            declared(json!([option("for", 4, json!([entry("Groupe A", 4)])), option("against", 2, json!([]))])),
            &[],
        ),
        ("by group, without numbers", declared(json!([option("for", 4, json!([entry("Groupe A", None)]))])), &[]),
        ("a count that nobody stated", declared(json!([option("for", None, json!([entry("Groupe A", 4)]))])), &[]),
        // Names were called, and only those who did not vote for are in the list: the tally tells instead.
        (
            "only abstentions are named, the tally by group",
            changed(declared(json!([option("for", 4, json!([entry("Groupe A", 4)]))])), json!({ "roll_call": [line(6, "not_voting")] })),
            &["Groupe A: 1 1.0000 1 1.0000"],
        ),
        ("counts alone", declared(json!([option("for", 9, json!([])), option("against", 0, json!([]))])), &[]),
        ("nothing", json!({}), &[]),
    ];
    for (situation, ballot, expected) in rows {
        let cohesion = counted(std::slice::from_ref(&ballot), &[]);
        assert_eq!(told(&cohesion), expected, "{situation}");
        let untold = u32::from(expected.is_empty());
        assert_eq!((cohesion.ballots, cohesion.left_out), (1 - untold, BallotsLeftOut { untold, ..BallotsLeftOut::default() }), "{situation}");
    }
}

#[test]
fn several_ballots() {
    let all = called([&[1, 2, 3, 4, 5], &[], &[]]);
    let split = called([&[1, 2, 3], &[4, 5], &[]]);
    let secret = changed(all.clone(), json!({ "mode": "secret", "roll_call": null }));
    let election = json!({ "kind": "election", "mode": "secret", "election": {} });
    let cohesion = counted(&[all.clone(), split, all, secret, election, json!({})], &[3]);
    // (1 + 0.4) / 2 and (1 + 0.2) / 2; the third is doubted, the election is no question.
    assert_eq!(told(&cohesion), ["Groupe A: 2 0.7000 2 0.6000"]);
    assert_eq!((cohesion.ballots, cohesion.left_out), (2, BallotsLeftOut { secret: 1, unreconciled: 1, untold: 1 }));
}

#[test]
fn thirds_are_rounded_once() {
    // Three ballots of 0.3333…: the mean is 0.3333, not 0.3332.
    let third = called([&[1, 2], &[3], &[]]);
    assert_eq!(told(&counted(&[third.clone(), third.clone(), third], &[])), ["Groupe A: 3 0.5000 3 0.3333"]);
    assert_eq!(Mean::default().text(), None);
}
