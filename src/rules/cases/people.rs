//! Presence, proxies and quorum.

use serde_json::{Value, json};

use super::*;
use crate::record::{Certainty, Severity};
use crate::rules::presence::{self, PresenceState, ProxyFault, When};

fn state(sitting: &SittingRecord, when: When, member: u32) -> PresenceState {
    let presence = presence::at(sitting, when);
    presence.people.iter().find(|a| a.key == format!("membre {member}")).unwrap().state
}

/// Members 1 to 5 present, 6 and 7 excused.
fn room(changes: Value) -> SittingRecord {
    sitting(changed(json!({ "attendance": [members("present", 1..=5), members("excused", 6..=7)], "proxies": [] }), changes))
}

fn bounded(giver: u32, holder: u32, bounds: Value) -> Value {
    changed(proxy(giver, holder), bounds)
}

#[test]
fn a_member_at_each_item() {
    use PresenceState::{Absent, Excused, NotEntitled, Present, Recused, Represented, Unsettled};
    let moment = |item: u32, anchor: &str| json!({ "item": text_id(item), "anchor": anchor });
    let hours = |bounds: Value| {
        let mut list = members("present", 1..=5);
        list["entries"][0] = changed(list["entries"][0].clone(), bounds);
        json!({ "attendance": [list, members("excused", 6..=7)] })
    };
    let cases: Vec<(&str, Value, u32, [PresenceState; 3])> = vec![
        ("present throughout", json!({}), 1, [Present, Present, Present]),
        ("leaves before item 2", json!({ "timeline": [event("departure", 1, 2, "before")] }), 1, [Present, Absent, Absent]),
        (
            "leaves during item 2: counted for it, gone from the next",
            json!({ "timeline": [event("departure", 1, 2, "during")] }),
            1,
            [Present, Present, Absent],
        ),
        ("leaves after item 1", json!({ "timeline": [event("departure", 1, 1, "after")] }), 1, [Present, Absent, Absent]),
        ("excused, arrives before item 2", json!({ "timeline": [event("arrival", 6, 2, "before")] }), 6, [Excused, Present, Present]),
        ("arrives during item 2: votes on it", json!({ "timeline": [event("arrival", 6, 2, "during")] }), 6, [Excused, Present, Present]),
        ("arrives after item 2", json!({ "timeline": [event("arrival", 6, 2, "after")] }), 6, [Excused, Excused, Present]),
        ("printed as present, and arrives before item 2", json!({ "timeline": [event("arrival", 1, 2, "before")] }), 1, [Absent, Present, Present]),
        (
            "leaves and comes back",
            json!({ "timeline": [event("departure", 1, 2, "before"), event("arrival", 1, 3, "before")] }),
            1,
            [Present, Absent, Present],
        ),
        (
            "leaves, nobody knows when",
            json!({ "timeline": [{ "id": text_id(501), "kind": "departure", "person": who(1) }] }),
            1,
            [Unsettled, Unsettled, Unsettled],
        ),
        ("in the list until item 2", hours(json!({ "until": moment(2, "during") })), 1, [Present, Present, Absent]),
        ("in the list from item 2", hours(json!({ "from": moment(2, "before") })), 1, [Absent, Present, Present]),
        ("stands aside on items 1 and 3", json!({ "recusals": [recusal(2, &[1, 3])] }), 2, [Recused, Present, Recused]),
        ("gives a proxy for the sitting", json!({ "proxies": [proxy(6, 1)] }), 6, [Represented, Represented, Represented]),
        ("proxy to nobody known", json!({ "proxies": [{ "giver": who(6) }] }), 6, [Represented, Represented, Represented]),
        (
            "proxy until item 2, included",
            json!({ "proxies": [bounded(6, 1, json!({ "until": moment(2, "unstated") }))] }),
            6,
            [Represented, Represented, Excused],
        ),
        (
            "proxy from item 2",
            json!({ "proxies": [bounded(6, 1, json!({ "from": moment(2, "unstated") }))] }),
            6,
            [Excused, Represented, Represented],
        ),
        (
            "the proxy lapses when its giver arrives",
            json!({ "proxies": [proxy(6, 1)], "timeline": [event("arrival", 6, 2, "before"), event("departure", 6, 2, "after")] }),
            6,
            [Represented, Present, Excused],
        ),
        (
            "leaves at item 2 and gives a proxy then",
            json!({ "proxies": [bounded(2, 1, json!({ "from": moment(2, "after") }))], "timeline": [event("departure", 2, 2, "after")] }),
            2,
            [Present, Present, Represented],
        ),
        (
            "comes in, gives a proxy and leaves, all before item 2",
            json!({ "timeline": [
                event("arrival", 6, 2, "before"), changed(event("proxy_given", 6, 2, "before"), json!({ "other": who(1) })), event("departure", 6, 2, "before")] }),
            6,
            [Excused, Represented, Represented],
        ),
        (
            "gives a proxy, then comes in and leaves again before item 2: it has lapsed",
            json!({ "timeline": [
                changed(event("proxy_given", 6, 2, "before"), json!({ "other": who(1) })), event("arrival", 6, 2, "before"), event("departure", 6, 2, "before")] }),
            6,
            [Excused, Excused, Excused],
        ),
        (
            "proxy to a member who leaves",
            json!({ "proxies": [proxy(6, 1)], "timeline": [event("departure", 1, 2, "before")] }),
            6,
            [Represented, Excused, Excused],
        ),
        (
            "proxy to a recused member is inert for that item",
            json!({ "proxies": [proxy(6, 2)], "recusals": [recusal(2, &[2])] }),
            6,
            [Represented, Excused, Represented],
        ),
        ("the second proxy of one holder", json!({ "proxies": [proxy(6, 1), proxy(7, 1)] }), 7, [Excused, Excused, Excused]),
        (
            "gives a proxy in the course of the sitting, then ends it",
            json!({ "proxies": null, "timeline": [
                changed(event("proxy_given", 6, 2, "before"), json!({ "other": who(1) })), event("proxy_ended", 6, 3, "before")] }),
            6,
            [Excused, Represented, Excused],
        ),
        (
            "leaves the room for a recusal that is recorded nowhere else, and comes back",
            json!({ "timeline": [event("left_for_recusal", 2, 2, "during"), event("back_after_recusal", 2, 2, "after")] }),
            2,
            [Present, Recused, Present],
        ),
        ("resigns after item 1", json!({ "timeline": [event("resignation", 2, 1, "after")] }), 2, [Present, NotEntitled, NotEntitled]),
        (
            "replaced by a substitute from item 2: the substitute",
            json!({ "timeline": [changed(event("substitution", 2, 2, "before"), json!({ "other": who(9) }))] }),
            9,
            [Absent, Present, Present],
        ),
        (
            "represented, says the list, and nobody knows by whom",
            json!({ "attendance": [members("present", 1..=5), members("excused_represented", 6..=7)], "proxies": null }),
            6,
            [Represented, Represented, Represented],
        ),
        (
            "present, and excused from item 2 on",
            json!({ "attendance": [members("present", 1..=5), changed(members("excused", 5..=5), json!({ "entries": [
                { "printed": "M. Membre 5", "from": moment(2, "before") }] }))] }),
            5,
            [Present, Excused, Excused],
        ),
        (
            "the order taken is not that of the list",
            json!({
                "agenda": [changed(item(1), json!({ "taken_position": 3 })), changed(item(2), json!({ "taken_position": 1 })), changed(item(3), json!({ "taken_position": 2 }))],
                "timeline": [event("departure", 1, 2, "after")],
            }),
            1,
            [Absent, Present, Absent],
        ),
        (
            "one list says present, an equal one excused",
            json!({ "attendance": [members("present", 1..=5), members("excused", 5..=7)] }),
            5,
            [Unsettled, Unsettled, Unsettled],
        ),
        (
            "the list of one item says otherwise for that item",
            json!({ "attendance": [members("present", 1..=5), changed(members("excused", 5..=5), json!({ "covers": [text_id(2)] }))] }),
            5,
            [Present, Excused, Present],
        ),
    ];
    for (name, changes, member, expected) in cases {
        let sitting = room(changes);
        let found = [1, 2, 3].map(|n| state(&sitting, When::Item(id(n)), member));
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn over_the_whole_sitting_present_is_who_was_there_at_some_time() {
    let sitting = room(json!({ "timeline": [event("departure", 1, 1, "after"), event("arrival", 6, 3, "before")], "recusals": [recusal(2, &[1])] }));
    let counts = presence::at(&sitting, When::Whole).counts;
    assert_eq!((counts.present, counts.recused, counts.excused), (6, 0, 1));
}

#[test]
fn an_hour_outranks_the_order_of_items() {
    let leaves = json!({ "id": text_id(501), "kind": "departure", "person": who(1), "moment": { "at": "2025-07-07T08:30:00Z" } });
    let sitting = room(json!({ "timeline": [leaves] }));
    let at = |hour: &str| state(&sitting, When::At(hour.parse().unwrap()), 1);
    assert_eq!((at("2025-07-07T08:29:00Z"), at("2025-07-07T08:31:00Z")), (PresenceState::Present, PresenceState::Absent));
    // Nothing ties item 1 to an hour.
    assert_eq!(state(&sitting, When::Item(id(1)), 1), PresenceState::Unsettled);
}

#[test]
fn live_events_without_a_moment_follow_the_item_opened_before_them() {
    let opened = |n: u32| json!({ "id": text_id(400 + n), "kind": "item_opened", "moment": { "item": text_id(n) } });
    let leaves = json!({ "id": text_id(501), "kind": "departure", "person": who(1) });
    let sitting = room(json!({ "timeline": [opened(1), leaves, opened(2)] }));
    let found = [1, 2].map(|n| state(&sitting, When::Item(id(n)), 1));
    assert_eq!(found, [PresenceState::Present, PresenceState::Absent]);
}

#[test]
fn a_name_and_the_person_it_resolves_to_are_one() {
    let mut list = members("present", 1..=5);
    list["entries"][0] = json!({ "printed": "M. Jean DUPOND-ÉVRARD", "given_name": "Jean", "family_name": "DUPOND-ÉVRARD", "person": text_id(42) });
    let stands_aside = json!({ "id": text_id(600), "person": { "printed": "Monsieur Jean Dupond Evrard" }, "covers": [text_id(1)] });
    let by_family_name = json!({ "id": text_id(600), "person": { "printed": "M. Dupond-Evrard" }, "covers": [text_id(1)] });
    for recusal in [stands_aside, by_family_name] {
        let presence = presence::at(&room(json!({ "attendance": [list], "recusals": [recusal] })), When::Item(id(1)));
        let person = &presence.people[0];
        assert_eq!((person.key.clone(), person.state), (text_id(42), PresenceState::Recused));
    }
}

#[test]
fn faults_of_a_proxy() {
    let cases: Vec<(&str, Value, Vec<Option<ProxyFault>>)> = vec![
        ("one each", json!({ "proxies": [proxy(6, 1), proxy(7, 2)] }), vec![None, None]),
        ("two for one holder", json!({ "proxies": [proxy(6, 1), proxy(7, 1)] }), vec![None, Some(ProxyFault::SecondForHolder)]),
        ("two of one giver", json!({ "proxies": [proxy(6, 1), proxy(6, 2)] }), vec![None, Some(ProxyFault::SecondOfGiver)]),
        ("two of one giver, the first to someone away", json!({ "proxies": [proxy(6, 7), proxy(6, 2)] }), vec![Some(ProxyFault::HolderAbsent), None]),
        ("giver present", json!({ "proxies": [proxy(2, 1)] }), vec![Some(ProxyFault::GiverPresent)]),
        ("holder excused", json!({ "proxies": [proxy(6, 7)] }), vec![Some(ProxyFault::HolderAbsent)]),
        ("holder stands aside", json!({ "proxies": [proxy(6, 2)], "recusals": [recusal(2, &[1])] }), vec![Some(ProxyFault::HolderRecused)]),
        (
            "holder refuses to take part",
            json!({ "proxies": [proxy(6, 2)], "recusals": [changed(recusal(2, &[1]), json!({ "kind": "refusal" }))] }),
            vec![None],
        ),
        ("giver stands aside", json!({ "proxies": [proxy(6, 2)], "recusals": [recusal(6, &[1])] }), vec![None]),
    ];
    for (name, changes, expected) in cases {
        let sitting = room(changed(changes, json!({ "ballots": [ballot(json!([tally("for", 4), tally("against", 0)]), json!({}))] })));
        let faults: Vec<_> = presence::at(&sitting, When::Item(id(1))).proxies.iter().map(|p| p.fault).collect();
        assert_eq!(faults, expected, "{name}");
        let found = codes(&on_sitting(&sitting, COUNCIL)).contains(&"proxy.invalid");
        assert_eq!(found, expected.iter().any(Option::is_some), "{name}");
    }
}

#[test]
fn a_second_proxy_blocks_where_the_law_says_so_and_alerts_where_the_internal_rules_do() {
    let sitting =
        room(json!({ "proxies": [proxy(6, 1), proxy(7, 1)], "ballots": [ballot(json!([tally("for", 4), tally("against", 3)]), json!({}))] }));
    let expected = [(COUNCIL, Severity::Blocking, Certainty::Verified2015), (COMMISSION, Severity::Alert, Certainty::InternalRules)];
    for (body, severity, certainty) in expected {
        let finding = one(&on_sitting(&sitting, body), FindingCode::ProxyInvalid);
        // 4 - 1 is no more than 3: it could have changed the result.
        assert_eq!((finding.severity, finding.certainty, finding.decisive), (severity, certainty, Some(true)), "{body:?}");
    }
}

#[test]
fn of_two_proxies_given_to_one_holder_at_one_moment_the_order_of_writing_decides_nothing() {
    let give = |member: u32| changed(event("proxy_given", member, 2, "before"), json!({ "other": who(1) }));
    for timeline in [[give(6), give(7)], [give(7), give(6)]] {
        let sitting = room(json!({ "timeline": timeline }));
        let found = [6, 7].map(|member| state(&sitting, When::Item(id(2)), member));
        assert_eq!(found, [PresenceState::Represented, PresenceState::Excused]);
    }
    // Given at two moments, the earlier counts.
    let earlier = changed(event("proxy_given", 7, 1, "before"), json!({ "other": who(1) }));
    let sitting = room(json!({ "timeline": [give(6), earlier] }));
    assert_eq!([6, 7].map(|member| state(&sitting, When::Item(id(2)), member)), [PresenceState::Excused, PresenceState::Represented]);
}

#[test]
fn quorum() {
    let present = |n: u32| members("present", 1..=n);
    let absent = |from: u32, to: u32| members("absent", from..=to);
    let represented = json!([proxy(23, 1)]);
    let commission = |met: &str| if met == "met" { None } else { Some(format!("quorum.{met}")) };
    let by_law = changed(recusal(1, &[1]), json!({ "legal_representative": "yes" }));
    type Case<'a> = (&'a str, Value, crate::record::BodyKind, &'a str, Severity);
    let (none, blocking, alert, information) = (Severity::Information, Severity::Blocking, Severity::Alert, Severity::Information);
    let cases: Vec<Case> = vec![
        (
            "22 of 44: half is not more than half",
            json!({ "attendance": [present(22), absent(23, 44)], "members_in_office": 44 }),
            COUNCIL,
            "not_met",
            blocking,
        ),
        ("23 of 44", json!({ "attendance": [present(23), absent(24, 44)], "members_in_office": 44 }), COUNCIL, "met", none),
        (
            "22 and a proxy of 44, commission",
            json!({ "attendance": [present(22), absent(23, 44)], "members_in_office": 44, "proxies": represented }),
            COMMISSION,
            "met",
            none,
        ),
        (
            "22 and a proxy of 44, council",
            json!({ "attendance": [present(22), absent(23, 44)], "members_in_office": 44, "proxies": represented }),
            COUNCIL,
            "not_met",
            blocking,
        ),
        (
            "23 of 44, one stands aside",
            json!({ "attendance": [present(23), absent(24, 44)], "members_in_office": 44, "recusals": [recusal(1, &[1])] }),
            COUNCIL,
            "not_met",
            blocking,
        ),
        (
            "23 of 44, one refuses to take part and stays in the room",
            json!({ "attendance": [present(23), absent(24, 44)], "members_in_office": 44, "recusals": [changed(recusal(1, &[1]), json!({ "kind": "refusal" }))] }),
            COUNCIL,
            "met",
            none,
        ),
        (
            "23 of 44, one leaves before the item",
            json!({ "attendance": [present(23), absent(24, 44)], "members_in_office": 44, "timeline": [event("departure", 1, 1, "before")] }),
            COUNCIL,
            "not_met",
            blocking,
        ),
        (
            "22 of 44 in a commission silent on proxies",
            json!({ "attendance": [present(22), absent(23, 44)], "members_in_office": 44, "proxies": null }),
            COMMISSION,
            "unsettled",
            alert,
        ),
        ("nobody says how many are in office", json!({ "attendance": [present(23), absent(24, 30)] }), COUNCIL, "unsettled", information),
        ("nor are half of those listed there", json!({ "attendance": [present(5), absent(6, 30)] }), COUNCIL, "not_met", alert),
        ("the number needed is stated", json!({ "attendance": [present(23), absent(24, 44)], "quorum": { "number": 23 } }), COUNCIL, "met", none),
        (
            "the number needed is stated and missed",
            json!({ "attendance": [present(22), absent(23, 44)], "quorum": { "number": 23 } }),
            COUNCIL,
            "not_met",
            alert,
        ),
        (
            "second meeting: the register alerts and does not block",
            json!({ "attendance": [present(3), absent(4, 44)], "members_in_office": 44, "convening": { "text": "Seconde réunion, le quorum n'ayant pas été atteint" } }),
            COUNCIL,
            "not_met",
            alert,
        ),
        // 22 of 43 once the representative has left the members in office, which the text of December 2025 provides for the council.
        (
            "a representative by law leaves the members in office since 2025",
            json!({ "attendance": [present(23), absent(24, 44)], "members_in_office": 44, "recusals": [by_law], "date": "2026-01-15" }),
            COUNCIL,
            "met",
            none,
        ),
        (
            "and did not before",
            json!({ "attendance": [present(23), absent(24, 44)], "members_in_office": 44, "recusals": [by_law] }),
            COUNCIL,
            "not_met",
            blocking,
        ),
        (
            "a committee has no quorum in law",
            json!({ "attendance": [present(3), absent(4, 44)], "members_in_office": 44 }),
            crate::record::BodyKind::Committee,
            "met",
            none,
        ),
        ("no list, no finding", json!({ "attendance": [], "members_in_office": 44 }), COUNCIL, "met", none),
    ];
    for (name, changes, body, expected, severity) in cases {
        let base = json!({ "proxies": [], "ballots": [ballot(json!([tally("for", null_count())]), json!({}))] });
        let findings = on_sitting(&sitting(changed(base, changes)), body);
        let found = findings.iter().find(|f| f.code.wire().starts_with("quorum."));
        assert_eq!(found.map(|f| f.code.wire().to_owned()), commission(expected), "{name}");
        if let Some(finding) = found {
            assert_eq!(finding.severity, severity, "{name}");
        }
    }
}

fn null_count() -> Option<u32> {
    None
}

#[test]
fn lists_that_do_not_reconcile() {
    let counted = |count: u32| changed(members("present", 1..=5), json!({ "stated_count": count }));
    let other_act = changed(members("excused", 5..=7), json!({ "covers": [text_id(2)] }));
    let mut without_vote = members("excused", 5..=5);
    without_vote["voting_right"] = json!("without_vote");
    let cases: Vec<(&str, Value, Option<Value>)> = vec![
        ("five stated, five named", json!({ "attendance": [counted(5)] }), None),
        ("six stated, five named", json!({ "attendance": [counted(6)] }), Some(json!({ "stated": 6, "listed": 5, "twice": [] }))),
        (
            "present and excused",
            json!({ "attendance": [members("present", 1..=5), members("excused", 5..=7)] }),
            Some(json!({ "stated": null, "listed": 8, "twice": ["M. Membre 5"] })),
        ),
        ("two acts print different lists", json!({ "attendance": [members("present", 1..=5), other_act] }), None),
        (
            "excused, then arrives",
            json!({ "attendance": [members("present", 1..=5), members("excused", 5..=7)], "timeline": [event("arrival", 5, 2, "before")] }),
            None,
        ),
        ("again among those without a vote", json!({ "attendance": [members("present", 1..=5), without_vote] }), None),
    ];
    for (name, changes, expected) in cases {
        let findings = on_sitting(&sitting(changes), COMMISSION);
        let found = findings.iter().find(|f| f.code == FindingCode::AttendanceUnreconciled).map(|f| figures(&f.computed));
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn who_is_connected_is_present_at_a_distance() {
    let sitting = room(json!({ "timeline": [event("remote_connection", 6, 2, "before"), event("remote_disconnection", 6, 3, "before")] }));
    let remote = [1, 2, 3].map(|n| presence::at(&sitting, When::Item(id(n))).people.iter().filter(|a| a.remote).count());
    assert_eq!(remote, [0, 1, 0]);
}

#[test]
fn a_substitute_votes_once_and_leaves_no_proxy_to_give() {
    let mut present = members("present", 1..=5);
    present["entries"][4] = json!({ "printed": "M. Membre 5", "substitute_for": who(6) });
    let sitting = room(json!({ "attendance": [present, members("excused", 6..=7)], "proxies": null }));
    let electorate = presence::at(&sitting, When::Item(id(1))).electorate;
    assert_eq!((electorate.without_proxies, electorate.possible_givers, electorate.at_most), (5, 1, 6));
}

#[test]
fn a_roll_call_shows_proxies_that_nothing_else_mentions() {
    let line = |member: u32, by_proxy: Value| json!({ "person": who(member), "option": "for", "by_proxy": by_proxy });
    let roll_call =
        json!([line(1, Value::Null), line(2, Value::Null), line(3, Value::Null), line(4, Value::Null), line(5, Value::Null), line(6, who(1))]);
    let vote = ballot(json!([tally("for", 6), tally("against", 0)]), json!({ "roll_call": roll_call }));
    let sitting = room(json!({ "proxies": null, "members_in_office": 7, "ballots": [vote] }));
    assert_eq!(codes(&on_sitting(&sitting, COUNCIL)), Vec::<&str>::new());
    assert_eq!(presence::at(&sitting, When::Ballot(&sitting.ballots[0])).counts.represented, 1);
    assert_eq!(presence::at(&sitting, When::Item(id(1))).counts.represented, 0);
}

#[test]
fn parts_of_a_sitting_have_their_own_lists_and_members_in_office() {
    let of_part = |mut list: Value, part: u32| {
        list["part"] = json!(part);
        list
    };
    let sitting = sitting(json!({
        "agenda": [changed(item(1), json!({ "part": 1 })), changed(item(2), json!({ "part": 2 })), item(3)],
        "parts": [{ "position": 1, "members_in_office": 5 }, { "position": 2, "members_in_office": 4 }],
        "attendance": [of_part(members("present", 1..=3), 1), of_part(members("present", 1..=2), 2), of_part(members("absent", 3..=3), 2)],
        "proxies": [],
        "ballots": [
            ballot(json!([tally("for", 3), tally("against", 0)]), json!({})),
            ballot(json!([tally("for", 2), tally("against", 0)]), json!({ "id": text_id(701), "covers": [text_id(2)] })),
        ],
    }));
    // 3 of 5 is more than half, 2 of 4 is not.
    let findings = on_sitting(&sitting, COUNCIL);
    assert_eq!(codes(&findings), ["quorum.not_met"]);
    assert_eq!(findings[0].subject.id, id(2));
}
