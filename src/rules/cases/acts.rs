//! Acts: dates, signature, number, competence, outcome, money.

use serde_json::{Value, json};

use super::*;
use crate::record::Severity;

fn of(changes: Value) -> Vec<Finding> {
    let sitting = sitting(json!({
        "attendance": [members("present", 1..=5)], "members_in_office": 5, "proxies": [],
        "ballots": [ballot(json!([tally("for", 1), tally("against", 4)]), json!({ "outcome": "rejected" }))],
    }));
    on_act(&act(changes), &sitting, COMMISSION)
}

fn euros(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "EUR" })
}

#[test]
fn an_act_and_its_findings() {
    let signed = |formula: &str, hand: &str| json!([{ "authority": { "family_name": "LEROY" }, "formula": formula, "signatory": { "family_name": hand }, "date": "2025-07-07" }]);
    let visas = |texts: &[&str]| -> Value {
        let delegation = "Vu la délibération portant délégation de pouvoirs à la commission permanente ;";
        texts.iter().chain(&[delegation]).map(|text| json!({ "text": text })).collect()
    };
    let lines = |lines: Value| json!([{ "lines": lines }]);
    let siret = |text: &str| json!([{ "siret": { "text": text } }]);
    let cases: Vec<(&str, Value, Vec<&str>)> = vec![
        ("regular", json!({}), vec![]),
        ("no stamp", json!({ "stamps": [] }), vec!["act.dates"]),
        ("need not be transmitted, and notified", json!({ "transmissible": "no", "stamps": [{ "notified": { "date": "2025-07-10" } }] }), vec![]),
        ("signed before the sitting", json!({ "signatures": [{ "date": "2025-07-06" }] }), vec!["act.dates"]),
        ("opinion after the sitting", json!({ "report": { "opinions": [{ "meeting_date": "2025-07-08" }] } }), vec!["act.dates"]),
        ("opinion on the day", json!({ "report": { "opinions": [{ "meeting_date": "2025-07-07" }] } }), vec![]),
        (
            "transmitted before the sitting",
            json!({ "stamps": [{ "sent": { "date": "2025-07-01" }, "posted": { "date": "2025-07-10" } }] }),
            vec!["act.dates"],
        ),
        ("signed by the president", json!({ "signatures": signed("Le Président", "LEROY") }), vec![]),
        ("signed for the president", json!({ "signatures": signed("Pour le Président,", "VINCLAIRE") }), vec!["act.signature_delegation"]),
        (
            "signed for the president, the order cited",
            json!({ "signatures": signed("Pour le Président,", "VINCLAIRE"), "recitals": visas(&["Vu l'arrêté du 2 juillet 2021 portant délégation de signature ;"]) }),
            vec![],
        ),
        ("number with a hyphen", json!({ "numbers": [{ "kind": "act", "value": "2025-302" }] }), vec!["act.identifier"]),
        ("number for @CTES apart", json!({ "numbers": [{ "kind": "act", "value": "2025-302" }, { "kind": "actes", "value": "2025302" }] }), vec![]),
        ("number too long", json!({ "numbers": [{ "kind": "act", "value": "CP20250707DELIB302" }] }), vec!["act.identifier"]),
        ("no number yet", json!({ "numbers": [] }), vec![]),
        (
            "no delegation of powers cited",
            json!({ "recitals": [{ "text": "Vu la délibération n°2017-619 « Budget citoyen » ;" }] }),
            vec!["act.competence_unverified"],
        ),
        ("adopted, says the act of a rejected ballot", json!({ "outcome": "adopted" }), vec!["outcome.contradicts_tally"]),
        (
            "balance right",
            json!({ "budget_tables": lines(json!([{ "available": euros("10.00"), "proposal": euros("4.50"), "balance": euros("5.50") }])) }),
            vec![],
        ),
        (
            "balance wrong",
            json!({ "budget_tables": lines(json!([{ "available": euros("10.00"), "proposal": euros("4.50"), "balance": euros("6.50") }])) }),
            vec!["money.balance"],
        ),
        (
            "balance wrong in the report",
            json!({ "report": { "budget_tables": lines(json!([{ "available": euros("10.00"), "proposal": euros("4.50"), "balance": euros("6.50") }])) } }),
            vec!["money.balance"],
        ),
        ("balance of unknown amounts", json!({ "budget_tables": lines(json!([{ "available": euros("10.00"), "balance": euros("6.50") }])) }), vec![]),
        (
            "total right",
            json!({ "budget_tables": [{ "lines": [{ "expense": euros("1.00") }, { "expense": euros("2.00") }], "total": euros("3.00") }] }),
            vec![],
        ),
        (
            "total wrong",
            json!({ "budget_tables": [{ "lines": [{ "expense": euros("1.00") }, { "expense": euros("2.00") }], "total": euros("4.00") }] }),
            vec!["money.total"],
        ),
        ("total of an unknown line", json!({ "budget_tables": [{ "lines": [{ "expense": euros("1.00") }, {}], "total": euros("4.00") }] }), vec![]),
        (
            "granted as spent",
            json!({ "budget_tables": lines(json!([{ "expense": euros("3.00") }])), "beneficiaries": [{ "amount": euros("1.00") }, { "amount": euros("2.00") }] }),
            vec![],
        ),
        (
            "granted more than spent",
            json!({ "budget_tables": lines(json!([{ "expense": euros("3.00") }])), "beneficiaries": [{ "amount": euros("2.00") }, { "amount": euros("2.00") }] }),
            vec!["money.total"],
        ),
        (
            "a grant unknown",
            json!({ "budget_tables": lines(json!([{ "expense": euros("3.00") }])), "beneficiaries": [{ "amount": euros("2.00") }, {}] }),
            vec![],
        ),
        ("SIRET right", json!({ "beneficiaries": siret("453 837 957 00043") }), vec![]),
        ("SIRET with a wrong check digit", json!({ "beneficiaries": siret("453 837 957 00044") }), vec!["money.identifier"]),
        ("SIRET that lost a digit", json!({ "beneficiaries": siret("4538379570004") }), vec!["money.identifier"]),
        ("SIRET of La Poste", json!({ "beneficiaries": siret("356 000 000 49837") }), vec![]),
        ("SIRET not printed", json!({ "beneficiaries": siret("") }), vec![]),
        ("SIREN wrong", json!({ "beneficiaries": [{ "siren": { "digits": "453837958" } }] }), vec!["money.identifier"]),
    ];
    for (name, changes, expected) in cases {
        assert_eq!(codes(&of(changes)), expected, "{name}");
    }
}

#[test]
fn another_account_is_an_alert_another_writing_a_remark() {
    let cases = [("6568/9365", None), ("6568//9365", Some(Severity::Information)), ("6574/9365", Some(Severity::Alert))];
    for (entry, expected) in cases {
        let line = |entry: &str| json!([{ "lines": [{ "operation_code": "C01", "budget_entry": entry }] }]);
        let findings = of(json!({ "budget_tables": line(entry), "report": { "budget_tables": line("6568/9365") } }));
        assert_eq!(findings.iter().find(|f| f.code == FindingCode::MoneyImputation).map(|f| f.severity), expected, "{entry}");
    }
}

#[test]
fn amounts_are_given_to_the_cent() {
    let findings = of(
        json!({ "budget_tables": [{ "lines": [{ "available": euros("60100.00"), "proposal": euros("11780.10"), "balance": euros("48320.00") }] }] }),
    );
    assert_eq!(figures(&one(&findings, FindingCode::MoneyBalance).computed), json!({ "stated": "48320.00", "derived": "48319.90" }));
}
