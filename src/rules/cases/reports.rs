//! Time limits of reports: L3121-19 (twelve days, one clear day in urgency), L3121-19-1 (eight), L2121-12 (five clear days). Days are counted by
//! hand on the calendar.

use serde_json::{Value, json};

use super::*;
use crate::record::Severity;
use crate::rules::report_clock;

/// A sitting on the 20th, its reports sent on a day.
fn sent(on: &str, more: Value) -> SittingRecord {
    let convening = changed(json!({ "reports_sent": { "date": on } }), more);
    sitting(json!({ "date": "2025-10-20", "members_in_office": 5, "convening": convening }))
}

#[test]
fn the_last_day_to_send_a_report() {
    use BodyKind::{
        Committee, DepartmentalCouncil as Council, DepartmentalPermanentCommission as Commission, LyonMetropolisCouncil as Lyon,
        MunicipalCouncil as Town,
    };
    let urgent = || json!({ "urgent": true });
    type Row<'a> = (&'a str, SittingRecord, BodyKind, Option<&'a str>, Option<i64>, Option<bool>);
    let rows: Vec<Row> = vec![
        // Eight days at least before the 20th: the 12th.
        ("commission, on the 12th", sent("2025-10-12", json!({})), Commission, Some("2025-10-12"), Some(8), Some(false)),
        ("commission, on the 13th", sent("2025-10-13", json!({})), Commission, Some("2025-10-12"), Some(7), Some(true)),
        // Twelve: the 8th.
        ("council, on the 8th", sent("2025-10-08", json!({})), Council, Some("2025-10-08"), Some(12), Some(false)),
        ("council, on the 9th", sent("2025-10-09", json!({})), Council, Some("2025-10-08"), Some(11), Some(true)),
        // Five clear days: 15, 16, 17, 18 and 19 lie between the 14th and the 20th.
        ("town, on the 14th", sent("2025-10-14", json!({})), Town, Some("2025-10-14"), Some(5), Some(false)),
        ("town, on the 15th", sent("2025-10-15", json!({})), Town, Some("2025-10-14"), Some(4), Some(true)),
        // In urgency the council has one clear day: the 19th lies between the 18th and the 20th.
        ("council in urgency, on the 18th", sent("2025-10-18", urgent()), Council, Some("2025-10-18"), Some(1), Some(false)),
        ("council in urgency, on the 19th", sent("2025-10-19", urgent()), Council, Some("2025-10-18"), Some(0), Some(true)),
        ("commission in urgency: not read", sent("2025-10-19", urgent()), Commission, None, Some(1), None),
        ("after the sitting", sent("2025-10-21", json!({})), Council, Some("2025-10-08"), Some(-1), Some(true)),
        ("across a month", sitting(json!({ "date": "2025-03-05" })), Council, Some("2025-02-21"), None, None),
        ("nothing is said", sitting(json!({ "date": "2025-10-20" })), Commission, Some("2025-10-12"), None, None),
        ("no limit is known", sent("2025-10-19", json!({})), Lyon, None, Some(1), None),
        ("nor for a committee", sent("2025-10-19", json!({})), Committee, None, Some(1), None),
    ];
    for (name, sitting, body, latest, days, late) in rows {
        let clocks = report_clock(&sitting, body);
        assert_eq!(clocks.iter().map(|clock| clock.item).collect::<Vec<_>>(), [id(1), id(2), id(3)], "{name}");
        let clock = &clocks[1];
        let found = (clock.latest_day.map(|day| day.to_string()), clock.days_before, clock.late);
        assert_eq!(found, (latest.map(str::to_owned), days, late), "{name}");
    }
}

#[test]
fn a_report_sent_late_is_told_of_its_item() {
    // All went out on the 8th but that of item 2, sent on the 10th; item 3, on the 11th, was withdrawn.
    let items = json!([
        item(1),
        changed(item(2), json!({ "report_sent": { "date": "2025-10-10" } })),
        changed(item(3), json!({ "report_sent": { "date": "2025-10-11" }, "status": "withdrawn" })),
    ]);
    let record = |date: &str| {
        let convening = json!({ "reports_sent": { "date": "2025-10-08" } });
        sitting(json!({ "date": date, "members_in_office": 5, "agenda": items, "convening": convening }))
    };
    let findings = on_sitting(&record("2025-10-20"), COUNCIL);
    let finding = one(&findings, FindingCode::ActDates);
    assert_eq!((finding.rule, finding.subject.id, finding.severity), ("act.dates.report", id(2), Severity::Blocking));
    assert_eq!(finding.legal_basis, ["CGCT L3121-19"]);
    let expected = json!({ "sent_on": "2025-10-10", "days_before": 10, "days_needed": 12, "clear_days": false, "latest_day": "2025-10-08" });
    assert_eq!(figures(&finding.computed), expected);
    // The article on the commission was read in part: it alerts. There ten days are enough on the 20th, not on the 17th.
    assert!(on_sitting(&record("2025-10-20"), COMMISSION).is_empty());
    assert_eq!(one(&on_sitting(&record("2025-10-17"), COMMISSION), FindingCode::ActDates).severity, Severity::Alert);
    // An act is told of its own items.
    let of = |n: u32| {
        codes(&on_act(
            &act(json!({ "agenda_items": [text_id(n)], "stamps": [{ "sent": { "date": "2025-10-21" }, "posted": { "date": "2025-10-21" } }] })),
            &record("2025-10-20"),
            COUNCIL,
        ))
        .contains(&"act.dates")
    };
    assert_eq!([of(1), of(2)], [false, true]);
}
