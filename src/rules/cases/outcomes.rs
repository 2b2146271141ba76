//! What a tally comes to: "majorité des suffrages exprimés" (L3121-14), "en cas de partage, la voix du président est prépondérante"
//! (L3121-15).

use serde_json::{Value, json};

use super::*;
use crate::record::{Certainty, Severity};
use crate::rules::{OutcomeReading, OutcomeReason as Why, RuleId, Verdict, outcome_of};

/// Members 1 to 9 present, 9 in office; member 1 presides.
fn room(ballot_changes: Value, changes: Value) -> SittingRecord {
    let options = ballot_changes["options"].clone();
    let base = json!({
        "attendance": [members("present", 1..=9), members("excused", 10..=11)], "members_in_office": 11, "proxies": [],
        "chairs": [{ "person": who(1), "capacity": "president" }], "ballots": [ballot(options, ballot_changes)],
    });
    sitting(changed(base, changes))
}

fn read(sitting: &SittingRecord, body: BodyKind) -> OutcomeReading {
    outcome_of(sitting, body, sitting.ballots.first().unwrap())
}

fn counts(for_votes: u32, against: u32, abstention: u32) -> Value {
    json!([tally("for", for_votes), tally("against", against), tally("abstention", abstention)])
}

/// `calls("for", 1..=4)` are the votes of members 1 to 4.
fn calls(option: &str, numbers: std::ops::RangeInclusive<u32>) -> Vec<Value> {
    numbers.map(|n| json!({ "person": who(n), "option": option })).collect()
}

fn tie(lines: Vec<Vec<Value>>) -> Value {
    json!({ "options": counts(4, 4, 0), "mode": "public_roll_call", "roll_call": lines.concat() })
}

#[test]
fn a_tally_and_what_it_comes_to() {
    let with_abstention = |president: Value| {
        let lines = [vec![president], calls("for", 2..=5), calls("against", 6..=9)].concat();
        json!({ "options": counts(4, 4, 1), "mode": "public_roll_call", "roll_call": lines })
    };
    let president_for = || tie(vec![calls("for", 1..=4), calls("against", 5..=8)]);
    let president_against = || tie(vec![calls("against", 1..=4), calls("for", 5..=8)]);
    let others = || tie(vec![calls("for", 2..=5), calls("against", 6..=9)]);
    let aside = json!({ "recusals": [recusal(1, &[1])] });
    let deputy = json!({ "chairs": [{ "person": who(2), "capacity": "deputy" }] });
    let counted = |mode: &str, extra: Value| changed(json!({ "options": counts(4, 4, 0), "mode": mode }), extra);
    let named = |option: &str, count: u32, president: bool| {
        let entries = if president { json!([{ "kind": "person", "printed": "M. Membre 1" }]) } else { json!([]) };
        json!({ "option": option, "count": count, "entries": entries })
    };
    let chair_taken = |member: u32, item: u32| event("chair_taken", member, item, "before");
    type Row<'a> = (&'a str, Value, Value, Verdict, Why);
    let rows: Vec<Row> = vec![
        ("more for than against", json!({ "options": counts(5, 4, 0) }), json!({}), Verdict::Adopted, Why::MajorityFor),
        ("more against than for", json!({ "options": counts(4, 5, 0) }), json!({}), Verdict::Rejected, Why::MajorityAgainst),
        // 2 of 3 votes cast, though 6 of 9 abstained.
        ("abstentions are no votes cast", json!({ "options": counts(2, 1, 6) }), json!({}), Verdict::Adopted, Why::MajorityFor),
        (
            "nor are blank and void papers",
            json!({ "options": [tally("for", 2), tally("against", 1), tally("blank", 3), tally("void", 3)], "mode": "secret" }),
            json!({}),
            Verdict::Adopted,
            Why::MajorityFor,
        ),
        (
            "nor is who takes no part",
            json!({ "options": [tally("for", 1), tally("against", 0), tally("not_voting", 8)] }),
            json!({}),
            Verdict::Adopted,
            Why::MajorityFor,
        ),
        ("nine abstentions, no vote cast", json!({ "options": counts(0, 0, 9) }), json!({}), Verdict::NotAdopted, Why::NoVoteCast),
        ("no vote cast, as stated", json!({ "options": [], "votes_cast": 0 }), json!({}), Verdict::NotAdopted, Why::NoVoteCast),
        ("votes against not printed", json!({ "options": [tally("for", 9)] }), json!({}), Verdict::Unsettled, Why::TallyUnstated),
        (
            "unanimity implies no count",
            json!({ "options": [], "unanimity": { "text": "à l'unanimité" } }),
            json!({}),
            Verdict::Unsettled,
            Why::TallyUnstated,
        ),
        (
            "names without counts",
            json!({ "options": [], "roll_call": ([calls("for", 1..=5), calls("against", 6..=9)].concat()) }),
            json!({}),
            Verdict::Adopted,
            Why::MajorityFor,
        ),
        ("tie, the president votes for", president_for(), json!({}), Verdict::Adopted, Why::CastingVote),
        ("tie, the president votes against", president_against(), json!({}), Verdict::Rejected, Why::CastingVote),
        (
            "tie, the president abstains",
            with_abstention(json!({ "person": who(1), "option": "abstention" })),
            json!({}),
            Verdict::Rejected,
            Why::TieChairDidNotVote,
        ),
        (
            "tie, the president takes no part",
            with_abstention(json!({ "person": who(1), "option": "not_voting", "reason": "declined" })),
            json!({}),
            Verdict::Rejected,
            Why::TieChairDidNotVote,
        ),
        ("tie, every vote has a name and none is the president's", others(), json!({}), Verdict::Rejected, Why::TieChairDidNotVote),
        ("tie, the president stands aside", others(), aside.clone(), Verdict::Rejected, Why::TieChairRecused),
        ("tie, the president stands aside and is named all the same", president_for(), aside.clone(), Verdict::Rejected, Why::TieChairRecused),
        ("tie in a secret ballot", counted("secret", json!({})), json!({}), Verdict::Rejected, Why::TieSecret),
        (
            "tie in a secret ballot, a casting vote stated",
            counted("secret", json!({ "casting_vote": true })),
            json!({}),
            Verdict::Rejected,
            Why::TieSecret,
        ),
        ("tie by show of hands, nobody named", counted("show_of_hands", json!({})), json!({}), Verdict::Unsettled, Why::TieCastingVoteUnknown),
        (
            "tie, the paper says no casting vote",
            counted("show_of_hands", json!({ "casting_vote": false })),
            json!({}),
            Verdict::Rejected,
            Why::TieCastingVoteUnused,
        ),
        (
            "tie, the paper says a casting vote",
            counted("show_of_hands", json!({ "casting_vote": true })),
            json!({}),
            Verdict::Unsettled,
            Why::TieCastingVoteStated,
        ),
        (
            "tie by show of hands, the president named under For",
            json!({ "options": [named("for", 4, true), named("against", 4, false)] }),
            json!({}),
            Verdict::Adopted,
            Why::CastingVote,
        ),
        (
            "tie by show of hands, the president named under Against",
            json!({ "options": [named("for", 4, false), named("against", 4, true)] }),
            json!({}),
            Verdict::Rejected,
            Why::CastingVote,
        ),
        ("tie, the record names no chair", president_for(), json!({ "chairs": [] }), Verdict::Unsettled, Why::TieCastingVoteUnknown),
        (
            "tie, the record names two chairs",
            president_for(),
            json!({ "chairs": [{ "person": who(1), "capacity": "president" }, { "person": who(2), "capacity": "deputy" }] }),
            Verdict::Unsettled,
            Why::TieCastingVoteUnknown,
        ),
        (
            "tie, the president is excused and nobody else is named",
            others(),
            json!({ "chairs": [{ "person": who(10), "capacity": "president" }] }),
            Verdict::Unsettled,
            Why::TieCastingVoteUnknown,
        ),
        // Member 2 votes for; he is in the chair, and no president.
        ("tie, a deputy in the chair", president_against(), deputy.clone(), Verdict::Rejected, Why::CastingVote),
        (
            "tie, the oldest member takes the chair before the item",
            president_for(),
            json!({ "timeline": [chair_taken(5, 1)] }),
            Verdict::Rejected,
            Why::CastingVote,
        ),
        (
            "tie, another takes the chair only at item 2",
            president_for(),
            json!({ "timeline": [chair_taken(5, 2)] }),
            Verdict::Adopted,
            Why::CastingVote,
        ),
        (
            "tie, the president gave the chair up for the item",
            president_for(),
            json!({ "chairs": [{ "person": who(1), "capacity": "president" },
                               { "person": who(5), "capacity": "deputy", "from": { "item": text_id(1), "anchor": "before" }, "until": { "item": text_id(1), "anchor": "after" } }] }),
            Verdict::Rejected,
            Why::CastingVote,
        ),
        (
            // Member 10 voted through member 1: the casting vote is that of member 1 himself.
            "tie, the president also casts a proxy the other way",
            json!({ "options": counts(4, 4, 0), "mode": "public_roll_call", "roll_call": ([
                calls("for", 1..=4), calls("against", 5..=7), vec![json!({ "person": who(10), "option": "against", "by_proxy": who(1) })]].concat()) }),
            json!({ "proxies": [proxy(10, 1)] }),
            Verdict::Adopted,
            Why::CastingVote,
        ),
    ];
    for (name, ballot_changes, changes, verdict, reason) in rows {
        let reading = read(&room(ballot_changes, changes), COUNCIL);
        assert_eq!((reading.verdict, reason), (verdict, reading.reason), "{name}");
    }
}

#[test]
fn a_casting_vote_rests_on_its_own_text() {
    let president = json!({});
    let deputy = json!({ "chairs": [{ "person": who(1), "capacity": "deputy" }] });
    let unstated = json!({ "chairs": [{ "person": who(1) }] });
    let rows = [
        ("the president of a council", president.clone(), COUNCIL, Certainty::Verified2015, "CGCT L3121-15"),
        ("of a commission: its internal rules", president, COMMISSION, Certainty::InternalRules, "règlement intérieur"),
        ("a deputy", deputy, COUNCIL, Certainty::Unverified, "CGCT L3121-15"),
        ("in no stated capacity", unstated, COUNCIL, Certainty::Unverified, "CGCT L3121-15"),
    ];
    for (name, changes, body, certainty, article) in rows {
        let reading = read(&room(tie(vec![calls("for", 1..=4), calls("against", 5..=8)]), changes), body);
        assert_eq!((reading.rule, reading.certainty, reading.legal_basis[0].as_ref()), (RuleId::OutcomeCastingVote, certainty, article), "{name}");
        assert_eq!(reading.chair.as_deref(), Some("Monsieur Membre 1"), "{name}");
    }
}

#[test]
fn the_outcome_stated_is_held_against_the_reading() {
    let president_for = || tie(vec![calls("for", 1..=4), calls("against", 5..=8)]);
    let others = || tie(vec![calls("for", 2..=5), calls("against", 6..=9)]);
    let aside = || json!({ "recusals": [recusal(1, &[1])] });
    let stated = |ballot: Value, outcome: &str| changed(ballot, json!({ "outcome": outcome }));
    type Row<'a> = (&'a str, Value, Value, BodyKind, Option<Severity>);
    let rows: Vec<Row> = vec![
        ("casting vote for, adopted", stated(president_for(), "adopted"), json!({}), COUNCIL, None),
        ("casting vote for, rejected", stated(president_for(), "rejected"), json!({}), COUNCIL, Some(Severity::Blocking)),
        ("the same where only the internal rules say so", stated(president_for(), "rejected"), json!({}), COMMISSION, Some(Severity::Alert)),
        ("president aside, adopted", stated(others(), "adopted"), aside(), COUNCIL, Some(Severity::Blocking)),
        ("president aside, rejected", stated(others(), "rejected"), aside(), COUNCIL, None),
        (
            "a deputy's vote for, rejected",
            stated(president_for(), "rejected"),
            json!({ "chairs": [{ "person": who(1), "capacity": "deputy" }] }),
            COUNCIL,
            Some(Severity::Alert),
        ),
        ("secret tie, adopted", json!({ "options": counts(4, 4, 0), "mode": "secret" }), json!({}), COUNCIL, Some(Severity::Alert)),
        ("no vote cast, adopted", json!({ "options": counts(0, 0, 9) }), json!({}), COUNCIL, Some(Severity::Blocking)),
        ("no vote cast, rejected", json!({ "options": counts(0, 0, 9), "outcome": "rejected" }), json!({}), COUNCIL, None),
        ("noted without a count", json!({ "options": counts(0, 0, 0), "outcome": "noted" }), json!({}), COUNCIL, None),
    ];
    for (name, ballot_changes, changes, body, severity) in rows {
        let findings = on_sitting(&room(ballot_changes, changes), body);
        let found = findings.iter().find(|f| f.code == FindingCode::OutcomeContradictsTally).map(|f| f.severity);
        assert_eq!(found, severity, "{name}");
    }
}

#[test]
fn the_same_vote_as_another_has_its_tally() {
    let first = ballot(counts(2, 5, 0), json!({ "outcome": "rejected" }));
    let same = |outcome: &str| json!({ "id": text_id(701), "covers": [text_id(2)], "mode": "show_of_hands", "same_vote_as": text_id(BALLOT), "outcome": outcome });
    let sitting = room(json!({ "options": counts(1, 0, 0) }), json!({ "ballots": [first, same("adopted")] }));
    let reading = outcome_of(&sitting, COUNCIL, &sitting.ballots[1]);
    assert_eq!((reading.verdict, reading.for_votes, reading.against_votes), (Verdict::Rejected, Some(2), Some(5)));
    let finding = one(&on_sitting(&sitting, COUNCIL), FindingCode::OutcomeContradictsTally);
    assert_eq!(finding.subject.id, id(701));
    // Two that name each other have none.
    let circle = |own: u32, other: u32| json!({ "id": text_id(own), "covers": [text_id(1)], "same_vote_as": text_id(other) });
    let sitting = room(json!({ "options": [] }), json!({ "ballots": [circle(701, 702), circle(702, 701)] }));
    assert_eq!(outcome_of(&sitting, COUNCIL, &sitting.ballots[0]).reason, Why::TallyUnstated);
}

#[test]
fn what_is_withdrawn_or_put_off_has_no_ballot() {
    let agenda = |status: &str| json!({ "agenda": [changed(item(1), json!({ "status": status })), item(2)] });
    let rows = [
        ("withdrawn, and voted on", "withdrawn", "adopted", true),
        ("put off, and voted on", "postponed", "adopted", true),
        ("put off by a vote", "postponed", "postponed", false),
        ("taken", "taken", "adopted", false),
        ("not stated", "unstated", "adopted", false),
    ];
    for (name, status, outcome, expected) in rows {
        let findings = on_sitting(&room(json!({ "options": counts(5, 4, 0), "outcome": outcome }), agenda(status)), COUNCIL);
        assert_eq!(codes(&findings).contains(&"ballot.item_not_taken"), expected, "{name}");
    }
}

#[test]
fn the_seed_is_adopted_by_its_own_figures() {
    let seed = super::seed::seed_sitting(json!({}));
    let reading = read(&seed, COMMISSION);
    assert_eq!((reading.verdict, reading.reason, reading.votes_cast), (Verdict::Adopted, Why::MajorityFor, Some(43)));
    assert_eq!(reading.legal_basis, ["CGCT L3121-14-1", "CGCT L3121-14"]);
}
