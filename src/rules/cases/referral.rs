//! Until when an act may be referred to the court. Sources: CGCT L3132-1 and the answer of the ministry (AN QE 64791) on how to count it; what
//! rests on neither is marked unverified.

use serde_json::{Value, json};

use super::enforceable::{Told, day, reason_codes};
use crate::record::Certainty;
use crate::rules::enforceable::*;

fn limit(facts: Value, said: Value) -> ReferralLimit {
    referral_limit(&Told::of(facts, said).life(), ReferralOptions::default())
}

#[test]
fn the_limit_and_what_moves_it() {
    // Name, source, facts after a receipt on 9 July 2025, state on 1 December, last day, steps.
    type Row<'a> = (&'a str, &'a str, Value, &'a str, Option<&'a str>, Vec<&'a str>);
    let start = "limit_from_receipt";
    let rows: Vec<Row> = vec![
        ("two months, first and last day not counted", "L3132-1; AN QE 64791", json!([]), "over", Some("2025-09-10"), vec![start]),
        (
            "documents requested on the last day",
            "L3132-1",
            json!([["pieces_requested", "2025-09-10"]]),
            "waiting",
            None,
            vec![start, "pieces_requested"],
        ),
        (
            "documents requested a day too late",
            "L3132-1",
            json!([["pieces_requested", "2025-09-11"]]),
            "over",
            Some("2025-09-10"),
            vec![start, "too_late"],
        ),
        (
            "documents received",
            "L3132-1",
            json!([["pieces_requested", "2025-08-01"], ["pieces_sent", "2025-10-02"]]),
            "running",
            Some("2025-12-03"),
            vec![start, "pieces_requested", "pieces_received"],
        ),
        (
            "documents refused",
            "L3132-1",
            json!([["pieces_requested", "2025-08-01"], ["pieces_refused", "2025-08-20"]]),
            "over",
            Some("2025-10-21"),
            vec![start, "pieces_requested", "pieces_refused"],
        ),
        ("documents sent that nobody asked for", "L3132-1", json!([["pieces_sent", "2025-08-20"]]), "over", Some("2025-09-10"), vec![start]),
        (
            "letter of observations, no answer",
            "CE, 4 novembre 1996, Dordogne",
            json!([["observations", "2025-09-01"]]),
            "waiting",
            None,
            vec![start, "observations"],
        ),
        (
            "letter of observations answered",
            "unverified: from when it runs anew",
            json!([["observations", "2025-09-01"], ["observations_answered", "2025-10-15"]]),
            "running",
            Some("2025-12-16"),
            vec![start, "observations", "observations_answered"],
        ),
        (
            "letter of observations too late",
            "CE, 4 novembre 1996, Dordogne",
            json!([["observations", "2025-09-11"]]),
            "over",
            Some("2025-09-10"),
            vec![start, "too_late"],
        ),
        (
            "documents, then a letter within the new limit",
            "CE, 4 novembre 1996, Dordogne",
            json!([["pieces_requested", "2025-08-01"], ["pieces_sent", "2025-08-20"], ["observations", "2025-10-21"]]),
            "waiting",
            None,
            vec![start, "pieces_requested", "pieces_received", "observations"],
        ),
        (
            "documents and a letter: the later answer counts",
            "unverified",
            json!([
                ["pieces_requested", "2025-08-01"],
                ["observations", "2025-08-05"],
                ["pieces_sent", "2025-08-20"],
                ["observations_answered", "2025-09-30"]
            ]),
            "over",
            Some("2025-12-01"),
            vec![start, "pieces_requested", "observations", "pieces_received", "observations_answered"],
        ),
        ("referred", "L3132-1", json!([["referred", "2025-09-10"]]), "referred", Some("2025-09-10"), vec![start, "referred"]),
        ("referred too late", "L3132-1", json!([["referred", "2025-09-11"]]), "referred", Some("2025-09-10"), vec![start, "referred", "too_late"]),
    ];
    for (name, source, more, state, last, steps) in rows {
        assert!(!source.is_empty());
        let mut facts = vec![json!(["transmitted", "2025-07-08"]), json!(["received", "2025-07-09"])];
        facts.extend(more.as_array().unwrap().iter().cloned());
        // Received on 30 September, it would end on 1 December: over only the day after.
        let today = if name.contains("later answer") { "2025-12-02" } else { "2025-12-01" };
        let found = limit(Value::from(facts), json!({ "today": today }));
        assert_eq!((found.state.wire(), found.last_day, reason_codes(&found.steps)), (state, last.map(day), steps), "{name}");
    }
}

#[test]
fn from_when_it_runs() {
    let found = limit(json!([["received", "2025-01-09"]]), json!({ "sitting": "2025-01-06", "today": "2025-03-10" }));
    assert_eq!((found.from, found.first_day, found.last_day), (Some(day("2025-01-09")), Some(day("2025-01-10")), Some(day("2025-03-10"))));
    assert_eq!(found.state, ReferralState::Running);
    let found = limit(json!([["received", "2025-01-09"]]), json!({ "sitting": "2025-01-06", "today": "2025-03-11" }));
    assert_eq!(found.state, ReferralState::Over);

    let found = limit(json!([["transmitted", "2025-07-08"]]), json!({}));
    assert_eq!((found.last_day, reason_codes(&found.steps)), (Some(day("2025-09-09")), vec!["limit_from_transmission"]));
    let found = limit(json!([]), json!({}));
    assert_eq!((found.state, found.last_day, reason_codes(&found.steps)), (ReferralState::NotStarted, None, vec!["not_transmitted"]));
    let found = limit(json!([["transmitted", "2025-07-08"], ["transmission_refused", "2025-07-08"]]), json!({}));
    assert_eq!(reason_codes(&found.steps), ["transmission_refused", "not_transmitted"]);
    let found = limit(json!([["transmitted", "2025-07-08"]]), json!({ "transmissible": "no" }));
    assert_eq!((found.state, found.last_day), (ReferralState::NotApplicable, None));
    // A struck-out receipt does not set it off.
    let found = limit(json!([["received", "2025-07-09"], ["received", "2025-07-10", { "corrects": super::text_id(1) }]]), json!({}));
    assert_eq!(found.last_day, Some(day("2025-09-11")));
}

#[test]
fn the_end_of_a_month_has_two_readings() {
    let received = |on: &str, today: &str| limit(json!([["received", on]]), json!({ "today": today }));
    let found = received("2025-12-29", "2026-03-01");
    assert_eq!((found.last_day, found.other_reading), (Some(day("2026-03-01")), Some(day("2026-02-28"))));
    let month_end = found.steps.iter().find(|step| step.code == ReasonCode::MonthEnd).unwrap();
    assert_eq!(month_end.certainty, Certainty::Unverified);
    // 31 December: both readings give 1 March.
    let found = received("2025-12-31", "2026-03-01");
    assert_eq!((found.last_day, found.other_reading, found.state), (Some(day("2026-03-01")), None, ReferralState::Running));
    // It is called over by neither reading alone.
    let found = limit(json!([["received", "2025-06-30"]]), json!({ "sitting": "2025-06-30", "today": "2025-09-01" }));
    assert_eq!((found.last_day, found.other_reading, found.state), (Some(day("2025-08-31")), Some(day("2025-09-01")), ReferralState::Running));
}

#[test]
fn the_next_working_day_only_where_it_is_configured() {
    // Received on 12 July 2025, two months: Saturday 13 September.
    let told = Told::of(json!([["received", "2025-07-12"]]), json!({}));
    let strict = referral_limit(&told.life(), ReferralOptions::default());
    assert_eq!((strict.last_day, reason_codes(&strict.steps)), (Some(day("2025-09-13")), vec!["limit_from_receipt"]));
    let extended = referral_limit(&told.life(), ReferralOptions { to_working_day: true });
    assert_eq!((extended.last_day, reason_codes(&extended.steps)), (Some(day("2025-09-15")), vec!["limit_from_receipt", "next_working_day"]));
    assert_eq!(extended.steps[1].certainty, Certainty::Unverified);
    assert_eq!((extended.steps[0].certainty, extended.steps[0].legal_basis[0]), (Certainty::Verified2015, "CGCT L3132-1"));
}

#[test]
fn a_second_request_is_not_read_in_any_text() {
    let facts =
        json!([["received", "2025-07-09"], ["pieces_requested", "2025-07-20"], ["pieces_sent", "2025-08-01"], ["pieces_requested", "2025-09-01"]]);
    let found = limit(facts, json!({}));
    let certainties: Vec<Certainty> = found.steps.iter().map(|step| step.certainty).collect();
    assert_eq!(certainties, [Certainty::Verified2015, Certainty::Verified2015, Certainty::Verified2015, Certainty::Unverified]);
    assert_eq!((found.state, found.last_day), (ReferralState::Waiting, None));
}
