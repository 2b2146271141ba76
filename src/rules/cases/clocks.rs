//! The report clock: days counted by hand on a calendar. The sitting is on 20 June 2025, a Friday.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::*;
use crate::rules::report_clock;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn sent(on: &str) -> Value {
    json!({ "reports_sent": { "date": on } })
}

#[test]
fn days_before_the_sitting() {
    use BodyKind::{Committee, MunicipalCouncil};
    type Row = (&'static str, BodyKind, Value, Option<i64>, Option<&'static str>, Option<bool>);
    let urgent = changed(sent("2025-06-13"), json!({ "urgent": true }));
    let rows: Vec<Row> = vec![
        ("a commission, on the eighth day", COMMISSION, sent("2025-06-12"), Some(8), Some("2025-06-12"), Some(false)),
        ("a commission, earlier", COMMISSION, sent("2025-06-01"), Some(19), Some("2025-06-12"), Some(false)),
        ("a commission, on the seventh day", COMMISSION, sent("2025-06-13"), Some(7), Some("2025-06-12"), Some(true)),
        ("a council, on the twelfth day", COUNCIL, sent("2025-06-08"), Some(12), Some("2025-06-08"), Some(false)),
        ("a council, on the eleventh day", COUNCIL, sent("2025-06-09"), Some(11), Some("2025-06-08"), Some(true)),
        ("five clear days: the 15th to the 19th", MunicipalCouncil, sent("2025-06-14"), Some(5), Some("2025-06-14"), Some(false)),
        ("four clear days", MunicipalCouncil, sent("2025-06-15"), Some(4), Some("2025-06-14"), Some(true)),
        ("sent the day before: no clear day", MunicipalCouncil, sent("2025-06-19"), Some(0), Some("2025-06-14"), Some(true)),
        ("sent the same day", COMMISSION, sent("2025-06-20"), Some(0), Some("2025-06-12"), Some(true)),
        ("sent afterwards", MunicipalCouncil, sent("2025-06-21"), Some(-1), Some("2025-06-14"), Some(true)),
        ("no day stated", COMMISSION, json!({ "reports_sent": { "text": "en temps utile" } }), None, Some("2025-06-12"), None),
        ("no convening", COMMISSION, Value::Null, None, Some("2025-06-12"), None),
        (
            "the day of the convening is not that of the reports",
            COMMISSION,
            json!({ "convened_on": { "date": "2025-06-02" } }),
            None,
            Some("2025-06-12"),
            None,
        ),
        (
            "where the law times the convening, its day is taken",
            MunicipalCouncil,
            json!({ "convened_on": { "date": "2025-06-14" } }),
            Some(5),
            Some("2025-06-14"),
            Some(false),
        ),
        ("urgent: shorter, by how much is not known", COMMISSION, urgent, Some(7), Some("2025-06-12"), None),
        (
            "urgent, and in time all the same",
            COMMISSION,
            changed(sent("2025-06-12"), json!({ "urgent": true })),
            Some(8),
            Some("2025-06-12"),
            Some(false),
        ),
        ("a body without a text", Committee, sent("2025-06-19"), Some(1), None, None),
    ];
    for (name, body, convening, before, latest, late) in rows {
        let clocks = report_clock(&sitting(json!({ "date": "2025-06-20", "convening": convening })), body);
        assert_eq!(clocks.len(), 3, "{name}");
        for clock in clocks {
            assert_eq!((clock.days_before, clock.latest_day, clock.late), (before, latest.map(day), late), "{name}");
            assert_eq!(clock.certainty.is_some(), latest.is_some(), "{name}");
            assert_eq!(clock.clear_days, body == MunicipalCouncil, "{name}");
        }
    }
    let council = report_clock(&sitting(json!({})), COUNCIL);
    assert_eq!(
        (council[0].days_needed, council[0].legal_basis.as_slice(), council[0].rule.wire()),
        (Some(12), &["CGCT L3121-19"][..], "act.dates.report")
    );
}

/// Item 1 went out with the others, item 2 apart, item 3 was added in the room.
#[test]
fn each_item_has_its_own_clock() {
    let apart = changed(item(2), json!({ "report_sent": { "date": "2025-06-16" } }));
    let added = changed(item(3), json!({ "status": "added" }));
    let room = sitting(json!({ "date": "2025-06-20", "convening": sent("2025-06-10"), "agenda": [item(1), apart, added] }));
    let seen: Vec<_> = report_clock(&room, COMMISSION).into_iter().map(|c| (c.item, c.sent_on, c.late)).collect();
    let expected = [(id(1), Some(day("2025-06-10")), Some(false)), (id(2), Some(day("2025-06-16")), Some(true)), (id(3), None, None)];
    assert_eq!(seen, expected);
}

/// Members 1 to 3 sit; 4 no longer does.
#[test]
fn who_was_sent_the_convening() {
    let known = |n: u32| json!({ "printed": format!("M. Membre {n}"), "person": text_id(100 + n) });
    let roster = json!([{ "status": "unstated", "voting_right": "voting", "entries": [known(1), known(2), known(3)] }]);
    let roster: Vec<crate::record::AttendanceList> = serde_json::from_value(roster).unwrap();
    let dispatches = json!([
        { "person": known(1), "sent": { "date": "2025-06-10" }, "means": "electronic", "proof": "AR-1" },
        { "person": { "printed": "Mme Membre 2" }, "sent": { "date": "2025-06-10" }, "proof": " " },
        { "person": known(1), "means": "post" },
        { "person": known(4), "proof": "AR-4" },
    ]);
    let room = sitting(json!({ "convening": { "dispatches": dispatches } }));
    let seen = crate::rules::dispatches(&room, &roster);
    let members: Vec<_> = seen.members.iter().map(|m| (m.person.person.unwrap(), m.dispatches.len(), m.proven)).collect();
    assert_eq!(members, [(id(101), 2, true), (id(102), 1, false), (id(103), 0, false)]);
    assert_eq!(seen.not_sent.iter().map(|p| p.person.unwrap()).collect::<Vec<_>>(), [id(103)]);
    assert_eq!(seen.others.iter().map(|d| d.proof.clone().unwrap()).collect::<Vec<_>>(), ["AR-4"]);
}
