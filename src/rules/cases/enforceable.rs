//! From when an act is enforceable. Each row names its source in the page on the law; `unverified` where it states none.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde_json::{Value, json};

use super::{COMMISSION, changed, text_id};
use crate::record::{BodyKind, Certainty, Fact, Stamp};
use crate::rules::RuleId;
use crate::rules::enforceable::*;

/// An act of the sitting of 7 July 2025, looked at on 1 December; the changes say what else.
pub struct Told {
    facts: Vec<Fact>,
    stamps: Vec<Stamp>,
    said: Value,
}

impl Told {
    /// Facts as `[kind, day]` or `[kind, day, { more }]`; the first has identifier 1, and so on.
    pub fn of(facts: Value, said: Value) -> Self {
        let fact = |(n, row): (usize, &Value)| {
            let fact = json!({ "id": text_id(u32::try_from(n).unwrap() + 1), "kind": row[0], "on": row[1] });
            serde_json::from_value(changed(fact, row.get(2).cloned().unwrap_or(json!({})))).unwrap()
        };
        let facts = facts.as_array().unwrap().iter().enumerate().map(fact).collect();
        let said = changed(
            json!({ "effect": "regulatory", "transmissible": "yes", "body": "departmental_permanent_commission", "sitting": "2025-07-07",
                    "zone": "Europe/Paris", "today": "2025-12-01", "stamps": [] }),
            said,
        );
        Self { facts, stamps: serde_json::from_value(said["stamps"].clone()).unwrap(), said }
    }

    pub fn life(&self) -> ActLife<'_> {
        let text = |name: &str| self.said[name].as_str().unwrap();
        ActLife {
            effect: text("effect").parse().unwrap(),
            transmissible: text("transmissible").parse().unwrap(),
            facts: &self.facts,
            stamps: &self.stamps,
            body: text("body").parse().unwrap(),
            sitting: text("sitting").parse().unwrap(),
            zone: text("zone").parse::<Tz>().unwrap(),
            today: text("today").parse().unwrap(),
        }
    }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn reason_codes(reasons: &[Reason]) -> Vec<&'static str> {
    reasons.iter().map(|reason| reason.code.wire()).collect()
}

/// Name, source, facts, what else is said; state, first and last day, codes of the reasons.
type Row<'a> = (&'a str, &'a str, Value, Value, &'a str, Option<&'a str>, Option<&'a str>, Vec<&'a str>);

fn check(rows: Vec<Row>) {
    for (name, source, facts, said, state, on, until, codes) in rows {
        assert!(!source.is_empty());
        let told = Told::of(facts, said);
        let found = enforceability(&told.life());
        assert_eq!((found.state.wire(), found.on, found.until), (state, on.map(day), until.map(day)), "{name}: {:?}", reason_codes(&found.reasons));
        assert_eq!(reason_codes(&found.reasons), codes, "{name}");
        assert_eq!(not_enforceable_why(&told.life()).is_empty(), state == "enforceable", "{name}");
    }
}

#[test]
fn the_two_conditions() {
    let sent_and_published = |sent: &str, published: &str| json!([["transmitted", sent], ["published", published]]);
    let both = vec!["transmitted", "published"];
    check(vec![
        (
            "published after transmission",
            "L3131-1 I",
            sent_and_published("2025-07-09", "2025-07-10"),
            json!({}),
            "enforceable",
            Some("2025-07-10"),
            None,
            both.clone(),
        ),
        (
            "published before transmission",
            "L3131-1 I",
            sent_and_published("2025-07-15", "2025-07-10"),
            json!({}),
            "enforceable",
            Some("2025-07-15"),
            None,
            both.clone(),
        ),
        (
            "both on one day",
            "L3131-1 I",
            sent_and_published("2025-07-09", "2025-07-09"),
            json!({}),
            "enforceable",
            Some("2025-07-09"),
            None,
            both.clone(),
        ),
        (
            "on the day of the sitting",
            "L3131-1 I",
            sent_and_published("2025-07-07", "2025-07-07"),
            json!({}),
            "enforceable",
            Some("2025-07-07"),
            None,
            both.clone(),
        ),
        (
            "over the end of the year",
            "L3131-1 I",
            sent_and_published("2025-12-31", "2026-01-02"),
            json!({ "sitting": "2025-12-15", "today": "2026-01-02" }),
            "enforceable",
            Some("2026-01-02"),
            None,
            both.clone(),
        ),
        (
            "on a leap day",
            "L3131-1 I",
            sent_and_published("2024-02-29", "2024-02-28"),
            json!({ "sitting": "2024-02-26" }),
            "enforceable",
            Some("2024-02-29"),
            None,
            both.clone(),
        ),
        (
            "neither regulatory nor individual: published",
            "L3131-1 III",
            sent_and_published("2025-07-09", "2025-07-10"),
            json!({ "effect": "neither" }),
            "enforceable",
            Some("2025-07-10"),
            None,
            both.clone(),
        ),
        (
            "not published",
            "L3131-1 III",
            json!([["transmitted", "2025-07-09"]]),
            json!({}),
            "not_yet",
            None,
            None,
            vec!["not_published", "transmitted"],
        ),
        (
            "not transmitted",
            "L3131-1 I",
            json!([["published", "2025-07-10"]]),
            json!({}),
            "not_yet",
            None,
            None,
            vec!["not_transmitted", "published"],
        ),
        ("nothing yet", "L3131-1 I", json!([]), json!({}), "not_yet", None, None, vec!["not_transmitted", "not_published"]),
        (
            "a signature is no condition",
            "L3131-1 I",
            json!([["signed", "2025-07-07"]]),
            json!({}),
            "not_yet",
            None,
            None,
            vec!["not_transmitted", "not_published"],
        ),
        (
            "need not be transmitted",
            "L3131-1 I, L3131-2",
            json!([["published", "2025-07-10"]]),
            json!({ "transmissible": "no" }),
            "enforceable",
            Some("2025-07-10"),
            None,
            vec!["not_transmissible", "published"],
        ),
        (
            "need not be transmitted, and is, later",
            "L3131-1 I, L3131-2",
            sent_and_published("2025-07-20", "2025-07-10"),
            json!({ "transmissible": "no" }),
            "enforceable",
            Some("2025-07-10"),
            None,
            vec!["not_transmissible", "published"],
        ),
        (
            "a regulatory act notified is not published",
            "L3131-1 III",
            json!([["transmitted", "2025-07-09"], ["notified", "2025-07-10"]]),
            json!({}),
            "not_yet",
            None,
            None,
            vec!["not_published", "transmitted"],
        ),
        (
            "published twice: the first counts",
            "L3131-1 III",
            json!([["transmitted", "2025-07-08"], ["published", "2025-07-10"], ["published", "2025-09-10"]]),
            json!({}),
            "enforceable",
            Some("2025-07-10"),
            None,
            both.clone(),
        ),
        (
            "published for tomorrow",
            "L3131-1 I",
            sent_and_published("2025-11-20", "2025-12-02"),
            json!({}),
            "not_yet",
            Some("2025-12-02"),
            None,
            vec!["not_yet", "transmitted", "published"],
        ),
        (
            "published today",
            "L3131-1 I",
            sent_and_published("2025-11-20", "2025-12-01"),
            json!({}),
            "enforceable",
            Some("2025-12-01"),
            None,
            both.clone(),
        ),
        (
            "taken off the site later: it was published",
            "L3131-1 I",
            json!([["transmitted", "2025-07-09"], ["published", "2025-07-10"], ["unpublished", "2025-10-01"]]),
            json!({}),
            "enforceable",
            Some("2025-07-10"),
            None,
            both.clone(),
        ),
        (
            "facts in any order",
            "RECORD",
            json!([["published", "2025-07-10"], ["received", "2025-07-09"], ["transmitted", "2025-07-08"]]),
            json!({}),
            "enforceable",
            Some("2025-07-10"),
            None,
            both,
        ),
    ]);
}

#[test]
fn proof_of_transmission() {
    check(vec![
        (
            "received after publication: the sending counts",
            "proof, pre-2022 L3131-1",
            json!([["transmitted", "2025-07-08"], ["published", "2025-07-09"], ["received", "2025-07-11"]]),
            json!({}),
            "enforceable",
            Some("2025-07-09"),
            None,
            vec!["transmitted", "published"],
        ),
        (
            "received, sending unknown",
            "proof, pre-2022 L3131-1",
            json!([["received", "2025-07-11"], ["published", "2025-07-09"]]),
            json!({}),
            "enforceable",
            Some("2025-07-11"),
            None,
            vec!["transmission_proved", "published"],
        ),
        (
            "received before it was sent, it is said",
            "proof, pre-2022 L3131-1",
            json!([["transmitted", "2025-07-12"], ["published", "2025-07-08"], ["received", "2025-07-10"]]),
            json!({}),
            "enforceable",
            Some("2025-07-10"),
            None,
            vec!["transmission_proved", "published"],
        ),
        (
            "never received",
            "proof, pre-2022 L3131-1",
            json!([["transmitted", "2025-07-08"], ["published", "2025-07-09"]]),
            json!({}),
            "enforceable",
            Some("2025-07-09"),
            None,
            vec!["transmitted", "published"],
        ),
        (
            "sent twice: the first counts",
            "L3131-1 I",
            json!([["transmitted", "2025-07-08"], ["transmitted", "2025-07-18"], ["published", "2025-07-08"], ["received", "2025-07-19"]]),
            json!({}),
            "enforceable",
            Some("2025-07-08"),
            None,
            vec!["transmitted", "published"],
        ),
        (
            "refused",
            "unverified",
            json!([["transmitted", "2025-07-08"], ["transmission_refused", "2025-07-09"], ["published", "2025-07-08"]]),
            json!({}),
            "not_yet",
            None,
            None,
            vec!["not_transmitted", "transmission_refused", "published"],
        ),
        (
            "refused, sent again",
            "unverified",
            json!([
                ["transmitted", "2025-07-08"],
                ["transmission_refused", "2025-07-09"],
                ["transmitted", "2025-07-10"],
                ["received", "2025-07-10"],
                ["published", "2025-07-08"]
            ]),
            json!({}),
            "enforceable",
            Some("2025-07-10"),
            None,
            vec!["transmission_refused", "transmitted", "published"],
        ),
        (
            "refused and sent again on one day",
            "unverified",
            json!([
                ["transmitted", "2025-07-08"],
                ["transmission_refused", "2025-07-08"],
                ["transmitted", "2025-07-08"],
                ["published", "2025-07-08"]
            ]),
            json!({}),
            "enforceable",
            Some("2025-07-08"),
            None,
            vec!["transmission_refused", "transmitted", "published"],
        ),
    ]);
}

#[test]
fn individual_acts() {
    let to = |name: &str| json!({ "addressee": name });
    let individual = |more: Value| changed(json!({ "effect": "individual" }), more);
    check(vec![
        (
            "notified",
            "L3131-1 II",
            json!([["transmitted", "2025-07-09"], ["notified", "2025-07-12"]]),
            individual(json!({})),
            "enforceable",
            Some("2025-07-12"),
            None,
            vec!["transmitted", "notified"],
        ),
        (
            "notified before transmission",
            "L3131-1 I, II",
            json!([["transmitted", "2025-07-19"], ["notified", "2025-07-12"]]),
            individual(json!({})),
            "enforceable",
            Some("2025-07-19"),
            None,
            vec!["transmitted", "notified"],
        ),
        (
            "published is not notified",
            "L3131-1 II",
            json!([["transmitted", "2025-07-09"], ["published", "2025-07-12"]]),
            individual(json!({})),
            "not_yet",
            None,
            None,
            vec!["not_notified", "transmitted"],
        ),
        (
            "notified, need not be transmitted",
            "L3131-1 II",
            json!([["notified", "2025-07-12"]]),
            individual(json!({ "transmissible": "no" })),
            "enforceable",
            Some("2025-07-12"),
            None,
            vec!["not_transmissible", "notified"],
        ),
        (
            "two addressees",
            "L3131-1 II",
            json!([["transmitted", "2025-07-09"], ["notified", "2025-07-12", to("A")], ["notified", "2025-07-20", to("B")]]),
            individual(json!({})),
            "enforceable",
            Some("2025-07-12"),
            None,
            vec!["transmitted", "notified", "several_addressees"],
        ),
        (
            "two addressees before transmission: one date",
            "L3131-1 II",
            json!([["transmitted", "2025-07-30"], ["notified", "2025-07-12", to("A")], ["notified", "2025-07-20", to("B")]]),
            individual(json!({})),
            "enforceable",
            Some("2025-07-30"),
            None,
            vec!["transmitted", "notified"],
        ),
    ]);
    let told = Told::of(
        json!([
            ["transmitted", "2025-07-15"],
            ["notified", "2025-07-20", to("B")],
            ["notified", "2025-07-12", to("A")],
            ["notified", "2025-08-01", to(" A ")],
            ["notified", "2025-08-02"],
            ["notified", "2025-08-03"]
        ]),
        individual(json!({})),
    );
    let each: Vec<(Option<String>, NaiveDate, Option<NaiveDate>)> =
        enforceability(&told.life()).per_addressee.into_iter().map(|a| (a.addressee, a.notified_on, a.enforceable_on)).collect();
    let row = |to: Option<&str>, notified: &str, on: &str| (to.map(str::to_owned), day(notified), Some(day(on)));
    // The same name is notified once; nobody knows whether two without a name are one.
    let expected = vec![
        row(Some("A"), "2025-07-12", "2025-07-15"),
        row(Some("B"), "2025-07-20", "2025-07-20"),
        row(None, "2025-08-02", "2025-08-02"),
        row(None, "2025-08-03", "2025-08-03"),
    ];
    assert_eq!(each, expected);
    assert_eq!(enforceability(&Told::of(json!([["published", "2025-07-12"]]), json!({ "transmissible": "no" })).life()).per_addressee, vec![]);
}

#[test]
fn what_the_clerk_has_not_said() {
    let done = json!([["transmitted", "2025-07-09"], ["published", "2025-07-10"]]);
    check(vec![
        (
            "effect unstated",
            "RECORD",
            done.clone(),
            json!({ "effect": "unstated" }),
            "not_computed",
            None,
            None,
            vec!["effect_unstated", "transmitted"],
        ),
        (
            "transmissible unstated",
            "RECORD",
            done.clone(),
            json!({ "transmissible": "unstated" }),
            "not_computed",
            None,
            None,
            vec!["transmissible_unstated", "transmitted", "published"],
        ),
        (
            "both unstated",
            "RECORD",
            json!([]),
            json!({ "effect": "unstated", "transmissible": "unstated" }),
            "not_computed",
            None,
            None,
            vec!["effect_unstated", "transmissible_unstated"],
        ),
        (
            "unstated, and annulled",
            "unverified",
            json!([["annulled", "2025-10-01"]]),
            json!({ "effect": "unstated" }),
            "ended",
            None,
            None,
            vec!["effect_unstated", "not_transmitted", "annulled"],
        ),
    ]);
}

#[test]
fn suspended_and_ended() {
    let then = |more: Value| {
        let mut facts = vec![json!(["transmitted", "2025-07-09"]), json!(["published", "2025-07-10"])];
        facts.extend(more.as_array().unwrap().iter().cloned());
        Value::from(facts)
    };
    let on = Some("2025-07-10");
    check(vec![
        (
            "suspended",
            "unverified",
            then(json!([["suspended", "2025-09-01"]])),
            json!({}),
            "suspended",
            on,
            Some("2025-08-31"),
            vec!["suspended", "transmitted", "published"],
        ),
        (
            "suspended, then lifted",
            "unverified",
            then(json!([["suspended", "2025-09-01"], ["suspension_ended", "2025-10-15"]])),
            json!({}),
            "enforceable",
            on,
            None,
            vec!["transmitted", "published", "suspended"],
        ),
        (
            "suspended, to be lifted tomorrow",
            "unverified",
            then(json!([["suspended", "2025-09-01"], ["suspension_ended", "2025-12-02"]])),
            json!({}),
            "suspended",
            on,
            None,
            vec!["suspended", "transmitted", "published"],
        ),
        (
            "suspended until today",
            "unverified",
            then(json!([["suspended", "2025-09-01", { "until": "2025-12-01" }]])),
            json!({}),
            "suspended",
            on,
            None,
            vec!["suspended", "transmitted", "published"],
        ),
        (
            "suspended until yesterday",
            "unverified",
            then(json!([["suspended", "2025-09-01", { "until": "2025-11-30" }]])),
            json!({}),
            "enforceable",
            on,
            None,
            vec!["transmitted", "published", "suspended"],
        ),
        (
            "suspended before it was enforceable, then lifted",
            "unverified",
            json!([["transmitted", "2025-07-09"], ["suspended", "2025-07-10"], ["published", "2025-07-20"], ["suspension_ended", "2025-08-01"]]),
            json!({}),
            "enforceable",
            Some("2025-08-01"),
            None,
            vec!["transmitted", "published", "suspended"],
        ),
        (
            "suspended before it was enforceable",
            "unverified",
            json!([["transmitted", "2025-07-09"], ["suspended", "2025-07-10"], ["published", "2025-07-20"]]),
            json!({}),
            "suspended",
            None,
            None,
            vec!["suspended", "transmitted", "published"],
        ),
        (
            "one suspension after another",
            "unverified",
            json!([["transmitted", "2025-07-09"], ["suspended", "2025-07-10", { "until": "2025-07-31" }], ["suspended", "2025-07-20", { "until": "2025-08-31" }], ["published", "2025-07-15"]]),
            json!({}),
            "enforceable",
            Some("2025-09-01"),
            None,
            vec!["transmitted", "published", "suspended", "suspended"],
        ),
        (
            "annulled",
            "unverified",
            then(json!([["annulled", "2025-11-03"]])),
            json!({}),
            "ended",
            on,
            Some("2025-11-02"),
            vec!["annulled", "transmitted", "published"],
        ),
        (
            "repealed",
            "unverified",
            then(json!([["repealed", "2025-11-03"]])),
            json!({}),
            "ended",
            on,
            Some("2025-11-02"),
            vec!["repealed", "transmitted", "published"],
        ),
        (
            "rescinded",
            "unverified",
            then(json!([["rescinded", "2025-08-01"]])),
            json!({}),
            "ended",
            on,
            Some("2025-07-31"),
            vec!["rescinded", "transmitted", "published"],
        ),
        (
            "rescinded before it was published",
            "unverified",
            json!([["transmitted", "2025-07-09"], ["rescinded", "2025-07-10"], ["published", "2025-07-20"]]),
            json!({}),
            "ended",
            None,
            None,
            vec!["rescinded", "transmitted", "published"],
        ),
        (
            "repealed from the new year",
            "unverified",
            then(json!([["repealed", "2026-01-01"]])),
            json!({}),
            "enforceable",
            on,
            Some("2025-12-31"),
            vec!["transmitted", "published", "repealed"],
        ),
        (
            "suspended, then annulled",
            "unverified",
            then(json!([["suspended", "2025-09-01"], ["annulled", "2025-11-03"]])),
            json!({}),
            "ended",
            on,
            Some("2025-08-31"),
            vec!["suspended", "annulled", "transmitted", "published"],
        ),
        (
            "suspended and not published",
            "unverified",
            json!([["transmitted", "2025-07-09"], ["suspended", "2025-07-20"]]),
            json!({}),
            "not_yet",
            None,
            None,
            vec!["not_published", "suspended", "transmitted"],
        ),
        (
            "to be rescinded before it is published",
            "unverified",
            json!([["transmitted", "2025-11-09"], ["rescinded", "2025-12-05"], ["published", "2025-12-10"]]),
            json!({}),
            "not_yet",
            None,
            None,
            vec!["not_yet", "transmitted", "published", "rescinded"],
        ),
    ]);
}

#[test]
fn which_facts_count() {
    let corrects = |n: u32| json!({ "corrects": text_id(n) });
    check(vec![
        (
            "struck out and replaced",
            "RECORD",
            json!([["transmitted", "2025-07-09"], ["published", "2025-07-10"], ["published", "2025-07-16", corrects(2)]]),
            json!({}),
            "enforceable",
            Some("2025-07-16"),
            None,
            vec!["transmitted", "published"],
        ),
        (
            "the correction struck out in its turn",
            "RECORD",
            json!([
                ["transmitted", "2025-07-09"],
                ["published", "2025-07-10"],
                ["published", "2025-07-16", corrects(2)],
                ["published", "2025-07-12", corrects(3)]
            ]),
            json!({}),
            "enforceable",
            Some("2025-07-12"),
            None,
            vec!["transmitted", "published"],
        ),
        (
            "an annulment struck out by the repeal that it was",
            "RECORD",
            json!([["transmitted", "2025-07-09"], ["published", "2025-07-10"], ["annulled", "2025-08-01"], ["repealed", "2026-01-01", corrects(3)]]),
            json!({}),
            "enforceable",
            Some("2025-07-10"),
            Some("2025-12-31"),
            vec!["transmitted", "published", "repealed"],
        ),
        (
            "before the sitting",
            "unverified",
            json!([["transmitted", "2025-07-01"], ["published", "2025-07-10"]]),
            json!({}),
            "not_yet",
            None,
            None,
            vec!["not_transmitted", "before_sitting", "published"],
        ),
        (
            "before the sitting, and again after",
            "unverified",
            json!([["transmitted", "2025-07-01"], ["published", "2025-07-10"], ["transmitted", "2025-07-11"]]),
            json!({}),
            "enforceable",
            Some("2025-07-11"),
            None,
            vec!["before_sitting", "transmitted", "published"],
        ),
        (
            "printed",
            "RECORD",
            json!([]),
            json!({ "stamps": [{ "sent": { "date": "2025-07-09" }, "received": { "date": "2025-07-09" }, "posted": { "date": "2025-07-10" } }] }),
            "enforceable",
            Some("2025-07-10"),
            None,
            vec!["transmitted", "published"],
        ),
        (
            "printed on two stamps",
            "RECORD",
            json!([]),
            json!({ "stamps": [{ "received": { "date": "2025-07-09" } }, { "posted": { "date": "2025-07-10" } }] }),
            "enforceable",
            Some("2025-07-10"),
            None,
            vec!["transmission_proved", "published"],
        ),
        (
            "printed without a date that could be read",
            "RECORD",
            json!([]),
            json!({ "stamps": [{ "sent": { "text": "le 9" }, "posted": { "date": "2025-07-10" } }] }),
            "not_yet",
            None,
            None,
            vec!["not_transmitted", "published"],
        ),
        (
            "printed and recorded: what is recorded counts",
            "RECORD",
            json!([["published", "2025-07-12"]]),
            json!({ "stamps": [{ "sent": { "date": "2025-07-09" }, "posted": { "date": "2025-07-10" } }] }),
            "enforceable",
            Some("2025-07-12"),
            None,
            vec!["printed_set_aside", "transmitted", "published"],
        ),
        (
            "printed and recorded alike",
            "RECORD",
            json!([["published", "2025-07-10"]]),
            json!({ "stamps": [{ "sent": { "date": "2025-07-09" }, "posted": { "date": "2025-07-10" } }] }),
            "enforceable",
            Some("2025-07-10"),
            None,
            vec!["transmitted", "published"],
        ),
        (
            "recorded before the sitting: what is printed counts",
            "unverified",
            json!([["published", "2025-07-01"]]),
            json!({ "stamps": [{ "sent": { "date": "2025-07-09" }, "posted": { "date": "2025-07-10" } }] }),
            "enforceable",
            Some("2025-07-10"),
            None,
            vec!["before_sitting", "transmitted", "published"],
        ),
        (
            "enforceable, says the paper, on another day",
            "RECORD",
            json!([]),
            json!({ "stamps": [{ "sent": { "date": "2025-07-09" }, "posted": { "date": "2025-07-10" }, "enforceable": { "date": "2025-07-09" } }] }),
            "enforceable",
            Some("2025-07-10"),
            None,
            vec!["transmitted", "published", "printed_date_differs"],
        ),
        (
            "enforceable, as the paper says",
            "RECORD",
            json!([]),
            json!({ "stamps": [{ "sent": { "date": "2025-07-09" }, "posted": { "date": "2025-07-10" }, "enforceable": { "date": "2025-07-10" } }] }),
            "enforceable",
            Some("2025-07-10"),
            None,
            vec!["transmitted", "published"],
        ),
    ]);
}

#[test]
fn the_day_of_an_instant_is_that_of_the_authority() {
    let rows = [
        ("late in the evening of 7 July in London", "Europe/Paris", "2025-07-08", "2025-07-07T23:30:00Z", "2025-07-08"),
        ("22:00 UTC in summer is midnight", "Europe/Paris", "2025-07-09", "2025-07-08T22:00:00Z", "2025-07-09"),
        ("22:59 UTC in winter is still the day", "Europe/Paris", "2025-12-10", "2025-12-10T22:59:59Z", "2025-12-10"),
        ("23:00 UTC in winter is the next", "Europe/Paris", "2025-12-11", "2025-12-10T23:00:00Z", "2025-12-11"),
        ("the night the clock goes forward, before", "Europe/Paris", "2026-03-29", "2026-03-28T23:30:00Z", "2026-03-29"),
        ("the night after the clock went forward", "Europe/Paris", "2026-03-30", "2026-03-29T22:30:00Z", "2026-03-30"),
        ("25 October, still summer time", "Europe/Paris", "2025-10-26", "2025-10-25T22:30:00Z", "2025-10-26"),
        ("26 October, winter time by then", "Europe/Paris", "2025-10-26", "2025-10-26T22:30:00Z", "2025-10-26"),
        ("New Year's Eve", "Europe/Paris", "2026-01-01", "2025-12-31T23:15:00Z", "2026-01-01"),
        ("Réunion is ahead", "Indian/Reunion", "2025-07-09", "2025-07-08T20:30:00Z", "2025-07-09"),
        ("Guadeloupe is behind", "America/Guadeloupe", "2025-07-08", "2025-07-09T03:30:00Z", "2025-07-08"),
    ];
    for (name, zone, on, at, expected) in rows {
        let told = Told::of(json!([["published", on, { "at": at }]]), json!({ "transmissible": "no", "zone": zone, "today": "2026-06-01" }));
        let found = enforceability(&told.life());
        assert_eq!((found.on, reason_codes(&found.reasons)), (Some(day(expected)), vec!["not_transmissible", "published"]), "{name}");
    }
    // 30 March 2025 in Paris: summer time from 01:00 UTC.
    for (at, expected) in [
        ("2025-03-29T22:59:59Z", "2025-03-29"),
        ("2025-03-29T23:00:00Z", "2025-03-30"),
        ("2025-03-30T21:59:59Z", "2025-03-30"),
        ("2025-03-30T22:00:00Z", "2025-03-31"),
    ] {
        let told = Told::of(json!([["published", expected, { "at": at }]]), json!({ "transmissible": "no", "sitting": "2025-03-03" }));
        assert_eq!(enforceability(&told.life()).on, Some(day(expected)), "{at}");
    }
    let told = Told::of(json!([["published", "2025-07-08", { "at": "2025-07-08T23:30:00Z" }]]), json!({ "transmissible": "no" }));
    let found = enforceability(&told.life());
    assert_eq!((found.on, reason_codes(&found.reasons)), (Some(day("2025-07-09")), vec!["instant_differs", "not_transmissible", "published"]));
}

#[test]
fn a_reason_claims_no_more_than_its_text_bears() {
    use Certainty::{Unverified, Verified, Verified2015};
    let facts = json!([["received", "2025-07-09"], ["published", "2025-07-10"], ["suspended", "2025-09-01"]]);
    let certainty = |said: Value, rule: RuleId| {
        let found = enforceability(&Told::of(facts.clone(), said).life());
        let of_rule = found.reasons.into_iter().find(|reason| reason.rule == rule).unwrap();
        (of_rule.certainty, of_rule.legal_basis)
    };
    let body = |kind: BodyKind| json!({ "body": kind.wire() });
    let old = changed(body(COMMISSION), json!({ "sitting": "2022-06-30" }));
    let rows: Vec<(&str, Value, RuleId, Certainty, Vec<&str>)> = vec![
        ("commission since 1 July 2022", body(COMMISSION), RuleId::EnforceableDate, Verified, vec!["CGCT L3131-1", "CGCT R3131-2"]),
        ("commission before", old, RuleId::EnforceableDate, Unverified, vec!["CGCT L3131-1"]),
        ("commune", body(BodyKind::MunicipalCouncil), RuleId::EnforceableDate, Unverified, vec!["CGCT L2131-1"]),
        ("proof, department", body(COMMISSION), RuleId::EnforceableProof, Verified2015, vec!["CGCT L3131-1"]),
        ("proof, region", body(BodyKind::RegionalCouncil), RuleId::EnforceableProof, Unverified, vec![]),
        ("suspension", body(COMMISSION), RuleId::EnforceableEnd, Unverified, vec![]),
    ];
    for (name, said, rule, expected, basis) in rows {
        assert_eq!(certainty(said, rule), (expected, basis), "{name}");
    }
}

#[test]
fn length_of_the_publication() {
    // Name, facts, today, last day required, last day to stay, short.
    type Length<'a> = (&'a str, Value, Option<(&'a str, Option<&'a str>, bool)>);
    let rows: Vec<Length> = vec![
        ("never published", json!([["transmitted", "2025-07-10"]]), None),
        ("two months, date to date", json!([["published", "2025-07-10"]]), Some(("2025-09-10", Some("2025-09-10"), false))),
        ("31 December ends with February", json!([["published", "2025-12-31"]]), Some(("2026-02-28", Some("2026-02-28"), false))),
        ("31 December before a leap day", json!([["published", "2027-12-31"]]), Some(("2028-02-29", Some("2028-02-29"), false))),
        ("longer, as stated", json!([["published", "2025-07-10", { "until": "2026-07-10" }]]), Some(("2025-09-10", Some("2026-07-10"), false))),
        ("shorter, as stated", json!([["published", "2025-07-10", { "until": "2025-08-10" }]]), Some(("2025-09-10", Some("2025-09-10"), true))),
        ("taken off too early", json!([["published", "2025-07-10"], ["unpublished", "2025-09-09"]]), Some(("2025-09-10", None, true))),
        ("taken off in time", json!([["published", "2025-07-10"], ["unpublished", "2025-09-10"]]), Some(("2025-09-10", None, false))),
        (
            "taken off, posted again",
            json!([["published", "2025-07-10"], ["unpublished", "2025-07-20"], ["published", "2025-08-01"]]),
            Some(("2025-10-01", Some("2025-10-01"), false)),
        ),
        (
            "posted again while it stands",
            json!([["published", "2025-07-10"], ["published", "2025-08-01"]]),
            Some(("2025-09-10", Some("2025-09-10"), false)),
        ),
    ];
    for (name, facts, expected) in rows {
        let found = publication(&Told::of(facts, json!({})).life());
        let found = found.map(|p| (p.required_until, p.ends, p.reasons[0].code == ReasonCode::PublicationShort));
        assert_eq!(found, expected.map(|(required, ends, short)| (day(required), ends.map(day), short)), "{name}");
    }
}

/// Only a text that was verified refuses (law-and-standards.md §1.3: R3131-2, for departments since 1 July 2022).
#[test]
fn for_whom_two_months_are_a_condition() {
    let until =
        |body: &str, sitting: &str| must_stay_until(&Told::of(json!([]), json!({ "body": body, "sitting": sitting })).life(), day("2025-12-31"));
    assert_eq!(until("departmental_permanent_commission", "2025-07-07"), Some(day("2026-02-28")));
    assert_eq!(until("departmental_council", "2022-07-01"), Some(day("2026-02-28")));
    assert_eq!(until("departmental_council", "2022-06-30"), None, "the text then was not verified");
    assert_eq!(until("municipal_council", "2025-07-07"), None, "no text was read for municipalities");
    assert_eq!(until("regional_council", "2025-07-07"), None);
}

#[test]
fn what_is_listed() {
    // Published on 1 October: until 1 December.
    let ends = |today: &str, days| publication_ends_within(&Told::of(json!([["published", "2025-10-01"]]), json!({ "today": today })).life(), days);
    assert_eq!([ends("2025-11-23", 7), ends("2025-11-24", 7), ends("2025-12-01", 0), ends("2025-12-02", 7)], [false, true, true, false]);
    let late = |facts: Value, said: Value| not_transmitted_after(&Told::of(facts, said).life(), 15);
    let rows = [
        ("on the fifteenth day", json!([]), json!({ "today": "2025-07-22" }), false),
        ("on the sixteenth", json!([]), json!({ "today": "2025-07-23" }), true),
        ("sent", json!([["transmitted", "2025-07-20"]]), json!({}), false),
        ("received", json!([["received", "2025-07-20"]]), json!({}), false),
        ("refused", json!([["transmitted", "2025-07-20"], ["transmission_refused", "2025-07-21"]]), json!({}), true),
        ("to be sent tomorrow", json!([["transmitted", "2025-12-02"]]), json!({}), true),
        ("need not be", json!([]), json!({ "transmissible": "no" }), false),
        ("nobody said that it must be", json!([]), json!({ "transmissible": "unstated" }), false),
    ];
    for (name, facts, said, expected) in rows {
        assert_eq!(late(facts, said), expected, "{name}");
    }
}
