use super::seed::seed_sitting;
use super::*;
use crate::rules::could_vote;

#[test]
fn who_could_have_taken_part() {
    let voted = |changes: Value| changed(json!({ "ballots": [ballot(json!([tally("for", 3)]), json!({}))] }), changes);
    let lists = || json!([members("present", 1..=5), members("excused", 6..=7)]);
    let mut without_vote = members("present", 8..=9);
    without_vote["voting_right"] = json!("without_vote");
    let mut but_these = members("present", 6..=7);
    but_these["by_exception"] = json!(true);
    let refusal = changed(recusal(1, &[1]), json!({ "kind": "refusal" }));
    let part = json!({ "parts": [{ "position": 1, "members_in_office": 9 }, { "position": 2, "members_in_office": 8 }], "members_in_office": 10,
        "agenda": [changed(item(1), json!({ "part": 2 })), item(2), item(3)] });
    for (name, changes, expected) in [
        ("everyone whom the lists name, there or not", json!({ "attendance": lists() }), Some(7)),
        ("without those who have no vote", json!({ "attendance": [members("present", 1..=5), without_vote] }), Some(5)),
        ("a member who is interested could not", json!({ "attendance": lists(), "recusals": [recusal(1, &[1])] }), Some(6)),
        ("who stands aside on another item could", json!({ "attendance": lists(), "recusals": [recusal(1, &[2])] }), Some(7)),
        ("who refuses to take part could have", json!({ "attendance": lists(), "recusals": [refusal] }), Some(7)),
        ("a member away who stands aside could not have come for it", json!({ "attendance": lists(), "recusals": [recusal(6, &[1])] }), Some(6)),
        ("proxies change nothing", json!({ "attendance": lists(), "proxies": [proxy(6, 1)] }), Some(7)),
        ("members in office as stated: two are in no list", json!({ "attendance": lists(), "members_in_office": 9 }), Some(9)),
        ("stated, and one stands aside", json!({ "attendance": lists(), "members_in_office": 9, "recusals": [recusal(1, &[1])] }), Some(8)),
        ("as stated for the part of the item", changed(part, json!({ "attendance": lists() })), Some(8)),
        ("stated, without any list", json!({ "members_in_office": 9 }), Some(9)),
        ("fewer are stated than the lists name", json!({ "attendance": lists(), "members_in_office": 6 }), None),
        ("all but these", json!({ "attendance": [but_these.clone()] }), None),
        ("all but these, of so many", json!({ "attendance": [but_these], "members_in_office": 9 }), Some(9)),
        ("no list", json!({}), None),
    ] {
        let found = could_vote(&sitting(voted(changes)), COUNCIL);
        assert_eq!(found.get(&id(BALLOT)).copied(), expected, "{name}");
    }
    // 38 present and 6 excused, of whom one stands aside.
    assert_eq!(could_vote(&seed_sitting(json!({})), COMMISSION).get(&id(BALLOT)), Some(&43));
}
