//! Statistics: figures worked out by hand.

use serde_json::{Value, json};

use super::*;
use crate::record::{Affiliation, BallotOption, RecusalKind};
use crate::rules::Membership;
use crate::rules::statistics::{GroupOption, MemberParticipation, Participation, RecusalCount, VoteCount, VoteCounts, took_place};

fn known(n: u32) -> Value {
    json!({ "printed": format!("M. Membre {n}"), "person": text_id(100 + n) })
}

fn list(status: &str, members: &[u32]) -> Value {
    json!({ "status": status, "voting_right": "voting", "entries": members.iter().map(|n| known(*n)).collect::<Vec<_>>() })
}

fn line(n: u32, option: &str) -> Value {
    json!({ "person": known(n), "option": option })
}

fn of_group(n: u32, option: &str) -> Value {
    changed(line(n, option), json!({ "basis": "group" }))
}

/// A ballot on an item, numbered so that each sitting may have several.
fn on(number: u32, item: u32, changes: Value) -> Value {
    changed(ballot(json!([]), json!({ "id": text_id(BALLOT + number), "covers": [text_id(item)] })), changes)
}

/// Members 1 to 5, of whom 4 and 5 are away.
fn room(changes: Value) -> SittingRecord {
    sitting(changed(json!({ "attendance": [list("present", &[1, 2, 3]), list("excused", &[4, 5])], "proxies": [] }), changes))
}

fn counted(sittings: &[SittingRecord], in_office: &[u32]) -> Participation {
    let members: Vec<Id> = in_office.iter().map(|n| id(100 + n)).collect();
    let mut count = Participation::default();
    sittings.iter().for_each(|sitting| count.add(sitting, &members));
    count
}

fn of(count: &Participation, n: u32) -> MemberParticipation {
    count.members.get(&id(100 + n)).copied().unwrap_or_default()
}

/// held, present, remote, excused, represented, absent, unsettled.
fn sittings_of(count: &Participation, n: u32) -> [u32; 7] {
    let s = of(count, n).sittings;
    [s.held, s.present, s.remote, s.excused, s.represented, s.absent, s.unsettled]
}

/// could vote, present, represented, recused, absent, excused, not entitled, unsettled.
fn ballots_of(count: &Participation, n: u32) -> [u32; 8] {
    let b = of(count, n).ballots;
    [b.could_vote, b.present, b.represented, b.recused, b.absent, b.excused, b.not_entitled, b.unsettled]
}

fn votes_of(count: &Participation, n: u32) -> [u32; 5] {
    figures_of(of(count, n).votes)
}

fn figures_of(v: VoteCounts) -> [u32; 5] {
    [v.in_favour, v.against, v.abstention, v.not_voting, v.by_proxy]
}

#[test]
fn a_member_of_one_sitting() {
    let two = || json!([on(1, 1, json!({})), on(2, 2, json!({}))]);
    let with = |changes: Value| changed(json!({ "ballots": two() }), changes);
    type Row = (&'static str, Value, u32, [u32; 7], [u32; 8]);
    let rows: Vec<Row> = vec![
        ("present throughout", with(json!({})), 1, [1, 1, 0, 0, 0, 0, 0], [2, 2, 0, 0, 0, 0, 0, 0]),
        ("excused", with(json!({})), 4, [1, 0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 0, 2, 0, 0]),
        (
            "excused, with a proxy",
            with(json!({ "proxies": [{ "giver": known(4), "holder": known(1) }] })),
            4,
            [1, 0, 0, 0, 1, 0, 0],
            [2, 0, 2, 0, 0, 0, 0, 0],
        ),
        (
            "leaves before the second item: there by sitting, and for one ballot of two",
            with(json!({ "timeline": [changed(event("departure", 1, 2, "before"), json!({ "person": known(1) }))] })),
            1,
            [1, 1, 0, 0, 0, 0, 0],
            [1, 1, 0, 0, 1, 0, 0, 0],
        ),
        (
            "excused, and comes for the second item",
            with(json!({ "timeline": [changed(event("arrival", 4, 2, "before"), json!({ "person": known(4) }))] })),
            4,
            [1, 1, 0, 0, 0, 0, 0],
            [1, 1, 0, 0, 0, 1, 0, 0],
        ),
        (
            "stands aside on the second item",
            with(json!({ "recusals": [changed(recusal(1, &[2]), json!({ "person": known(1) }))] })),
            1,
            [1, 1, 0, 0, 0, 0, 0],
            [1, 1, 0, 1, 0, 0, 0, 0],
        ),
        (
            "connected from elsewhere",
            with(json!({ "attendance": [list("present", &[1, 2]), list("present_remotely", &[3])] })),
            3,
            [1, 0, 1, 0, 0, 0, 0],
            [2, 2, 0, 0, 0, 0, 0, 0],
        ),
        ("absent", with(json!({ "attendance": [list("present", &[1]), list("absent", &[5])] })), 5, [1, 0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 2, 0, 0, 0]),
        ("in office, and in no list", with(json!({ "attendance": [list("present", &[1])] })), 5, [1, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0, 2]),
        (
            "in the room without a vote",
            with(json!({ "attendance": [list("present", &[1]), changed(list("present", &[2]), json!({ "voting_right": "without_vote" }))] })),
            2,
            [1, 1, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0, 2, 0],
        ),
        (
            "excused without a vote",
            with(json!({ "attendance": [list("present", &[1]), changed(list("excused", &[2]), json!({ "voting_right": "without_vote" }))] })),
            2,
            [1, 0, 0, 1, 0, 0, 0],
            [0, 0, 0, 0, 0, 0, 2, 0],
        ),
        (
            "a secret ballot: who could vote is no secret",
            json!({ "ballots": [on(1, 1, json!({ "mode": "secret" }))] }),
            1,
            [1, 1, 0, 0, 0, 0, 0],
            [1, 1, 0, 0, 0, 0, 0, 0],
        ),
    ];
    for (name, changes, member, sittings, ballots) in rows {
        let count = counted(&[room(changes)], &[1, 2, 3, 4, 5]);
        assert_eq!(sittings_of(&count, member), sittings, "{name}");
        assert_eq!(ballots_of(&count, member), ballots, "{name}");
    }
}

#[test]
fn who_is_counted() {
    let empty = sitting(json!({ "attendance": [list("present", &[1])] }));
    let count = counted(std::slice::from_ref(&empty), &[2]);
    assert_eq!(count.members.keys().copied().collect::<Vec<_>>(), [id(101), id(102)], "whom a list names, and who is in office");
    // Member 3's mandate had ended, and no list names them: a named vote makes nobody a member.
    let voted =
        room(json!({ "attendance": [list("present", &[1])], "ballots": [on(1, 1, json!({ "roll_call": [line(1, "for"), line(3, "for")] }))] }));
    let count = counted(&[voted], &[1]);
    assert_eq!((votes_of(&count, 1), count.members.contains_key(&id(103))), ([1, 0, 0, 0, 0], false));
    // A name that is nobody of the directory is told, and is in no line.
    let stranger = room(json!({ "attendance": [list("present", &[1]), members("present", 8..=9)] }));
    let count = counted(&[stranger], &[1]);
    assert_eq!((count.unidentified, count.members.len()), (2, 1));
    // Convened and no more: nothing is held against anyone.
    let roster = list("unstated", &[1, 2]);
    let convened = sitting(json!({ "origin": "recorded", "attendance": [roster] }));
    let count = counted(&[convened, empty], &[1]);
    assert_eq!((count.held, count.not_held, sittings_of(&count, 1)), (1, 1, [1, 1, 0, 0, 0, 0, 0]));
}

#[test]
fn what_took_place() {
    let recorded = |changes: Value| sitting(changed(json!({ "origin": "recorded" }), changes));
    let rows = [
        ("convened", recorded(json!({})), false),
        ("a roster", recorded(json!({ "attendance": [list("unstated", &[1])] })), false),
        ("excuses that came in before", recorded(json!({ "attendance": [list("unstated", &[1]), list("excused", &[2])] })), false),
        ("proxies that came in before", recorded(json!({ "timeline": [event("proxy_given", 2, 1, "before")] })), false),
        ("someone there", recorded(json!({ "attendance": [list("present", &[1])] })), true),
        ("someone comes", recorded(json!({ "timeline": [event("arrival", 1, 1, "before")] })), true),
        ("a vote", recorded(json!({ "ballots": [on(1, 1, json!({}))] })), true),
        ("read on paper", sitting(json!({})), true),
    ];
    for (name, sitting, expected) in rows {
        assert_eq!(took_place(&sitting), expected, "{name}");
    }
}

#[test]
fn whose_vote_it_is() {
    let entry = json!({ "kind": "person", "person": text_id(102), "printed": "M. Membre 2" });
    let tally = json!([{ "option": "for", "count": 2 }, { "option": "abstention", "count": 1, "entries": [entry] }]);
    let by_proxy = changed(line(4, "for"), json!({ "by_proxy": known(1) }));
    let rows: Vec<(&str, Value, u32, [u32; 5])> = vec![
        ("for", json!({ "roll_call": [line(1, "for")] }), 1, [1, 0, 0, 0, 0]),
        ("against", json!({ "roll_call": [line(1, "against")] }), 1, [0, 1, 0, 0, 0]),
        ("taking no part is no abstention", json!({ "roll_call": [line(1, "not_voting"), line(2, "abstention")] }), 1, [0, 0, 0, 1, 0]),
        ("by proxy, it is the giver's", json!({ "roll_call": [line(1, "against"), by_proxy.clone()] }), 4, [1, 0, 0, 0, 1]),
        ("by proxy, it is not the holder's", json!({ "roll_call": [line(1, "against"), by_proxy] }), 1, [0, 1, 0, 0, 0]),
        ("named behind a count", json!({ "options": tally }), 2, [0, 0, 1, 0, 0]),
        ("named behind a count and called: once, as called", json!({ "options": tally, "roll_call": [line(2, "against")] }), 2, [0, 1, 0, 0, 0]),
        ("expanded from the group", json!({ "roll_call": [of_group(1, "for")] }), 1, [0, 0, 0, 0, 0]),
        ("dissents from the group", json!({ "roll_call": [of_group(1, "for"), line(2, "against")] }), 2, [0, 1, 0, 0, 0]),
        ("expanded, and named behind the count", json!({ "options": tally, "roll_call": [of_group(2, "abstention")] }), 2, [0, 0, 0, 0, 0]),
        ("a secret ballot, whatever it holds", json!({ "mode": "secret", "options": tally, "roll_call": [line(2, "for")] }), 2, [0, 0, 0, 0, 0]),
        ("an election", json!({ "kind": "election", "roll_call": [line(1, "for")] }), 1, [0, 0, 0, 0, 0]),
        ("nobody named", json!({ "options": [{ "option": "for", "count": 3 }] }), 1, [0, 0, 0, 0, 0]),
        ("by the name that the list resolves", json!({ "roll_call": [{ "person": who(1), "option": "for" }] }), 1, [1, 0, 0, 0, 0]),
    ];
    for (name, changes, member, expected) in rows {
        let count = counted(&[room(json!({ "ballots": [on(1, 1, changes)] }))], &[]);
        assert_eq!(votes_of(&count, member), expected, "{name}");
    }
}

const A: u32 = 301;

/// Members 1 to 3 are of group A; 4 is of none; of 5 nothing is known.
fn membership(person: Id) -> Membership {
    match (1..=5).find(|n| id(100 + n) == person).unwrap() {
        1..=3 => Membership { affiliation: Affiliation::Group, group: Some(id(A)), name: Some("Groupe A".to_owned()) },
        4 => Membership { affiliation: Affiliation::NonAffiliated, group: None, name: None },
        _ => Membership::UNSTATED,
    }
}

#[test]
fn declared_derived_and_expanded_are_told_apart() {
    let group = |count: Option<u32>| json!({ "kind": "group", "printed": "groupe A", "count": count });
    let ballots = json!([
        // Declared with a number, and named: the same votes, told twice.
        on(
            1,
            1,
            json!({ "options": [{ "option": "for", "entries": [group(Some(2))] }], "roll_call": [line(1, "for"), line(2, "for"), line(4, "against")] })
        ),
        // Declared without a number.
        on(2, 1, json!({ "options": [{ "option": "for", "entries": [group(None)] }, { "option": "abstention", "entries": [group(Some(1))] }] })),
        // The vote of the group, and a dissenter.
        on(3, 2, json!({ "roll_call": [of_group(1, "for"), of_group(2, "for"), line(3, "against"), line(5, "for")] })),
        on(4, 2, json!({ "mode": "secret" })),
        on(5, 2, json!({ "kind": "election" })),
    ]);
    let mut count = VoteCount::default();
    count.add(&room(json!({ "ballots": ballots })), membership);
    assert_eq!((count.sittings, count.ballots, count.secret, count.groups.len()), (1, 3, 1, 3));
    let a = count.groups.iter().find(|totals| totals.of.group == Some(id(A))).unwrap();
    let option = |option: BallotOption| a.options.get(&option).copied();
    assert_eq!(option(BallotOption::For), Some(GroupOption { named_in: 2, declared: Some(2), derived: 2, expanded: 2 }));
    assert_eq!(option(BallotOption::Abstention), Some(GroupOption { named_in: 1, declared: Some(1), derived: 0, expanded: 0 }));
    assert_eq!(option(BallotOption::Against), Some(GroupOption { named_in: 0, declared: None, derived: 1, expanded: 0 }));
    let members: Vec<(Id, [u32; 5])> = a.members.iter().map(|(person, votes)| (*person, figures_of(*votes))).collect();
    assert_eq!(members, [(id(101), [1, 0, 0, 0, 0]), (id(102), [1, 0, 0, 0, 0]), (id(103), [0, 1, 0, 0, 0])]);
    let rest: Vec<(Affiliation, Vec<Id>)> =
        count.groups.iter().filter(|g| g.of.group.is_none()).map(|g| (g.of.affiliation, g.members.keys().copied().collect())).collect();
    assert_eq!(rest, [(Affiliation::NonAffiliated, vec![id(104)]), (Affiliation::Unstated, vec![id(105)])]);
}

#[test]
fn who_stood_aside_and_how() {
    let aside = |number: u32, changes: Value| changed(json!({ "id": text_id(600 + number) }), changes);
    let left = changed(event("left_for_recusal", 2, 2, "during"), json!({ "person": known(2) }));
    let recusals = json!([
        aside(
            1,
            json!({ "person": known(1), "covers": [text_id(1), text_id(2)], "kind": "interest", "ground": "préside l'association",
            "interest_nature": "présidence", "took_part_in_debate": false, "took_part_in_vote": true, "left_the_room": false })
        ),
        // Printed again by the act of item 1.
        aside(2, json!({ "person": who(1), "covers": [text_id(1)] })),
        aside(3, json!({ "person": known(2), "covers": [text_id(2)], "kind": "refusal" })),
        aside(4, json!({ "group": "Groupe B", "count": 4, "covers": [text_id(2)] })),
        aside(5, json!({ "person": known(3), "kind": "chair_of_item" })),
    ]);
    let room = room(json!({ "recusals": recusals, "timeline": [left] }));
    let mut count = RecusalCount::default();
    count.add(id(SITTING), &room, None);
    let items: Vec<(Option<Id>, u32)> = count.items.iter().map(|item| (item.item, item.recusals)).collect();
    assert_eq!(items, [(Some(id(1)), 1), (Some(id(2)), 3), (None, 1)]);
    let kinds: Vec<(RecusalKind, Option<bool>)> = count.items[1].of.iter().map(|line| (line.kind, line.left_the_room)).collect();
    assert_eq!(kinds, [(RecusalKind::Interest, Some(false)), (RecusalKind::Refusal, Some(true)), (RecusalKind::Unstated, None)]);
    let one = count.members.get(&id(101)).unwrap();
    assert_eq!((one.recusals, one.interest, one.took_part_in_debate, one.took_part_in_vote, one.left_the_room), (2, 2, 0, 2, 0));
    let two = count.members.get(&id(102)).unwrap();
    assert_eq!((two.recusals, two.refusal, two.left_the_room), (1, 1, 1));
    assert_eq!(count.members.get(&id(103)).unwrap().chair_of_item, 1);
    // The ground is nowhere in what goes out.
    let out = serde_json::to_string(&count.items).unwrap();
    assert!(!out.contains("préside") && !out.contains("présidence"), "{out}");

    let mut only = RecusalCount::default();
    only.add(id(SITTING), &room, Some(id(102)));
    assert_eq!((only.items.len(), only.members.keys().copied().collect::<Vec<_>>()), (1, vec![id(102)]));
    // By sitting as well, each item once.
    assert_eq!(of(&counted(&[room], &[]), 1).recusals, 2);
}
