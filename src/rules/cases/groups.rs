//! Votes by group: declared beside derived, and the vote of a group expanded to its members.

use serde_json::{Value, json};

use super::*;
use crate::record::{Affiliation, BallotOption, Dissenter, GroupVote, PersonRef, VoteBasis};
use crate::rules::{ExpansionRefusal, Membership, expand_group_vote, group_tally};

const A: u32 = 301;
const B: u32 = 302;

/// Members 1 to 3 are of group A, 4 and 5 of group B, 6 is of none, 7 is unknown.
fn membership(person: Id) -> Membership {
    let member = (1..=9).find(|n| id(100 + n) == person).unwrap();
    let group = |number, name: &str| Membership { affiliation: Affiliation::Group, group: Some(id(number)), name: Some(name.to_owned()) };
    match member {
        1..=3 => group(A, "Groupe A"),
        4..=5 => group(B, "Groupe B"),
        6 => Membership { affiliation: Affiliation::NonAffiliated, group: None, name: None },
        _ => Membership::UNSTATED,
    }
}

fn known(member: u32) -> Value {
    json!({ "printed": format!("M. Membre {member}"), "person": text_id(100 + member) })
}

fn line(member: u32, option: &str) -> Value {
    json!({ "person": known(member), "option": option })
}

fn declared(option: &str, entries: Value) -> Value {
    json!({ "option": option, "count": null, "entries": entries })
}

fn by_name(name: &str, count: u32) -> Value {
    json!({ "kind": "group", "printed": name, "count": count })
}

#[test]
fn declared_beside_derived() {
    let none = json!({ "kind": "non_affiliated", "printed": "Non-inscrits", "count": 1 });
    let all_for = json!([line(1, "for"), line(2, "for"), line(3, "for"), line(4, "against"), line(5, "against"), line(6, "for")]);
    type Gap = (Option<String>, BallotOption, u32, u32);
    let gap = |name: &str, option, declared, derived| -> Gap { (Some(name.to_owned()), option, declared, derived) };
    let rows: Vec<(&str, Value, Vec<Gap>)> = vec![
        (
            "as declared",
            json!({ "options": [declared("for", json!([by_name("Groupe A", 3), none])), declared("against", json!([by_name("groupe B", 2)]))], "roll_call": all_for }),
            vec![],
        ),
        (
            "by identifier, another name",
            json!({ "options": [declared("for", json!([{ "kind": "group", "group": text_id(A), "printed": "Les A", "count": 3 }]))], "roll_call": all_for }),
            vec![],
        ),
        (
            "one more declared than named",
            json!({ "options": [declared("for", json!([by_name("Groupe A", 4)]))], "roll_call": all_for }),
            vec![gap("Groupe A", BallotOption::For, 4, 3)],
        ),
        (
            "declared under an option that nobody of it is named under",
            json!({ "options": [declared("for", json!([by_name("Groupe A", 3), by_name("Groupe B", 2)]))], "roll_call": all_for }),
            vec![gap("Groupe B", BallotOption::For, 2, 0)],
        ),
        (
            "no number declared",
            json!({ "options": [declared("for", json!([{ "kind": "group", "printed": "Groupe A" }]))], "roll_call": all_for }),
            vec![],
        ),
        ("nobody named", json!({ "options": [declared("for", json!([by_name("Groupe A", 3)]))] }), vec![]),
        (
            "only those against are named",
            json!({ "options": [declared("for", json!([by_name("Groupe A", 3)])), declared("against", json!([by_name("Groupe B", 2)]))], "roll_call": [line(4, "against"), line(5, "against")] }),
            vec![],
        ),
        (
            "a secret ballot names nobody",
            json!({ "mode": "secret", "options": [declared("for", json!([by_name("Groupe A", 1)]))], "roll_call": all_for }),
            vec![],
        ),
    ];
    for (name, changes, expected) in rows {
        let ballot: crate::record::Ballot = serde_json::from_value(ballot(changes["options"].clone(), changes)).unwrap();
        let tally = group_tally(&ballot, membership);
        let gaps: Vec<Gap> = tally.gaps.iter().map(|g| (g.of.name.clone(), g.option, g.declared, g.derived)).collect();
        assert_eq!(gaps, expected, "{name}");
        assert!(tally.gaps.iter().all(|g| g.code == FindingCode::BallotGroupSum), "{name}");
    }
}

#[test]
fn derived_from_the_group_of_each() {
    let roll_call = json!([line(1, "for"), line(2, "abstention"), line(3, "not_voting"), line(4, "against"), line(6, "for"), line(7, "for"), { "person": who(8), "option": "for" }]);
    let ballot: crate::record::Ballot = serde_json::from_value(ballot(json!([]), json!({ "roll_call": roll_call }))).unwrap();
    let tally = group_tally(&ballot, membership);
    type Derived = (Affiliation, Option<Id>, Vec<(BallotOption, Option<u32>)>, bool);
    let found: Vec<Derived> =
        tally.groups.iter().map(|g| (g.of.affiliation, g.of.group, g.options.iter().map(|o| (o.option, o.derived)).collect(), g.split)).collect();
    use BallotOption::{Abstention, Against, For, NotVoting};
    let expected = vec![
        (Affiliation::Group, Some(id(A)), vec![(For, Some(1)), (Abstention, Some(1)), (NotVoting, Some(1))], true),
        (Affiliation::Group, Some(id(B)), vec![(Against, Some(1))], false),
        (Affiliation::NonAffiliated, None, vec![(For, Some(1))], false),
        // Member 7, in no group that is known, and member 8, who is in no directory.
        (Affiliation::Unstated, None, vec![(For, Some(2))], false),
    ];
    assert_eq!(found, expected);
}

/// Members 1 to 6 in the room by their persons; 8 and 9 away.
fn room(changes: Value) -> SittingRecord {
    let entries = |numbers: std::ops::RangeInclusive<u32>| -> Vec<Value> { numbers.map(known).collect() };
    let list = |status: &str, numbers| json!({ "status": status, "voting_right": "voting", "entries": entries(numbers) });
    sitting(changed(json!({ "attendance": [list("present", 1..=2), list("absent", 3..=3), list("present", 4..=6)], "proxies": [] }), changes))
}

fn person(member: u32) -> PersonRef {
    serde_json::from_value(known(member)).unwrap()
}

#[test]
fn the_vote_of_a_group_is_that_of_its_voters() {
    use ExpansionRefusal as Refusal;
    type Positions = Vec<(u32, BallotOption, Option<u32>, VoteBasis)>;
    type Row<'a> = (&'a str, Value, Vec<(PersonRef, BallotOption)>, bool, &'a str, Result<Positions, Refusal>);
    let (yes, no) = (BallotOption::For, BallotOption::Against);
    let by_group = |member: u32| (member, yes, None, VoteBasis::Group);
    let with_proxy = |holder: u32| json!({ "proxies": [{ "giver": known(3), "holder": known(holder) }] });
    let aside = |member: u32| json!([{ "id": text_id(600), "person": known(member), "covers": [text_id(1)], "kind": "interest" }]);
    let leaves = |kind: &str, member: u32| json!({ "timeline": [changed(event(kind, member, 1, "before"), json!({ "person": known(member) }))] });
    let rows: Vec<Row> = vec![
        ("an absent member has no vote", json!({}), vec![], true, "show_of_hands", Ok(vec![by_group(1), by_group(2)])),
        (
            "a represented one has, through the holder, of whatever group",
            with_proxy(4),
            vec![],
            true,
            "show_of_hands",
            Ok(vec![by_group(1), by_group(2), (3, yes, Some(4), VoteBasis::Group)]),
        ),
        ("one stands aside", json!({ "recusals": aside(2) }), vec![], true, "show_of_hands", Ok(vec![by_group(1)])),
        (
            "the represented stands aside",
            changed(with_proxy(4), json!({ "recusals": aside(3) })),
            vec![],
            true,
            "show_of_hands",
            Ok(vec![by_group(1), by_group(2)]),
        ),
        (
            "the holder stands aside: the giver is not validly represented",
            changed(with_proxy(4), json!({ "recusals": aside(4) })),
            vec![],
            true,
            "show_of_hands",
            Ok(vec![by_group(1), by_group(2)]),
        ),
        (
            "a dissenter votes in his own name",
            json!({}),
            vec![(person(2), no)],
            true,
            "show_of_hands",
            Ok(vec![by_group(1), (2, no, None, VoteBasis::Person)]),
        ),
        (
            "a dissenter who is represented",
            with_proxy(4),
            vec![(person(3), BallotOption::Abstention)],
            true,
            "show_of_hands",
            Ok(vec![by_group(1), by_group(2), (3, BallotOption::Abstention, Some(4), VoteBasis::Person)]),
        ),
        ("one has left", leaves("departure", 1), vec![], true, "show_of_hands", Ok(vec![by_group(2)])),
        ("nobody asked who votes otherwise", json!({}), vec![], false, "show_of_hands", Err(Refusal::DissentersNotAsked)),
        ("a dissenter of another group", json!({}), vec![(person(4), no)], true, "show_of_hands", Err(Refusal::DissenterNotVoter)),
        ("a dissenter who is absent", json!({}), vec![(person(3), no)], true, "show_of_hands", Err(Refusal::DissenterNotVoter)),
        (
            "a dissenter who stands aside",
            json!({ "recusals": aside(2) }),
            vec![(person(2), no)],
            true,
            "show_of_hands",
            Err(Refusal::DissenterNotVoter),
        ),
        (
            "a dissenter named twice",
            json!({}),
            vec![(person(2), no), (person(2), BallotOption::Abstention)],
            true,
            "show_of_hands",
            Err(Refusal::DissenterTwice),
        ),
        ("somebody of another group attends remotely", leaves("remote_connection", 9), vec![], true, "show_of_hands", Err(Refusal::RemoteAttendance)),
        ("the ballot is secret", json!({}), vec![], true, "secret", Err(Refusal::SecretBallot)),
        (
            "a member left, nobody knows when",
            json!({ "timeline": [{ "id": text_id(501), "kind": "departure", "person": known(1) }] }),
            vec![],
            true,
            "show_of_hands",
            Err(Refusal::PresenceUnsettled),
        ),
    ];
    let number = |person: &PersonRef| (1..=9).find(|n| person.person == Some(id(100 + n))).unwrap();
    for (name, changes, dissenters, dissenters_asked, mode, expected) in rows {
        let group = membership(id(101));
        let dissenters = dissenters.into_iter().map(|(person, option)| Dissenter { person, option }).collect();
        let vote = GroupVote { group: id(A), option: yes, dissenters, dissenters_asked };
        let ballot = serde_json::from_value(ballot(json!([]), json!({ "mode": mode }))).unwrap();
        let found = expand_group_vote(&room(changes), COMMISSION, &ballot, &group, &vote, membership);
        let found =
            found.map(|votes| votes.iter().map(|v| (number(&v.person), v.option, v.by_proxy.as_ref().map(number), v.basis)).collect::<Positions>());
        assert_eq!(found, expected, "{name}");
    }
}
