//! Competence and signature by the registers. The seed's sitting: permanent commission 1000, 7 July 2025.

use serde_json::{Value, json};

use super::*;
use crate::record::{PowersDelegation, Severity, SignatureDelegation};
use crate::rules::Registers;

/// Deliberation 2021-257, of the commission, since 1 July 2021.
fn powers(changes: Value) -> Value {
    changed(json!({ "body": text_id(1000), "deliberation_number": "2021-257", "deliberation_date": "2021-07-01" }), changes)
}

/// Order 2021-45 for the director general, published and transmitted.
fn order(changes: Value) -> Value {
    let order = json!({
        "delegate": { "given_name": "Maryline", "family_name": "VINCLAIRE" }, "title": "Directrice générale des services",
        "order_number": "2021-45", "order_date": "2021-07-02", "published_on": "2021-07-05", "transmitted_on": "2021-07-05",
    });
    changed(order, changes)
}

fn findings(act: Value, powers: Value, signatures: Value) -> Vec<Finding> {
    let powers: Vec<PowersDelegation> = serde_json::from_value(powers).unwrap();
    let signatures: Vec<SignatureDelegation> = serde_json::from_value(signatures).unwrap();
    let sitting = sitting(json!({ "attendance": [members("present", 1..=5)], "members_in_office": 5, "proxies": [] }));
    let body = Governed { registers: Registers { powers: &powers, signatures: &signatures }, ..COMMISSION.into() };
    let mut findings = on_act(&super::act(act), &sitting, body);
    findings.retain(|found| matches!(found.code, FindingCode::ActCompetenceUnverified | FindingCode::ActSignatureDelegation));
    findings
}

/// What the only finding gives as its texts; null: there is none.
fn texts(findings: &[Finding]) -> Value {
    assert!(findings.len() < 2 && findings.iter().all(|found| found.severity == Severity::Alert));
    findings.first().map_or(Value::Null, |found| figures(&found.computed))
}

fn cites(references: &[(&str, Option<&str>)]) -> Value {
    references
        .iter()
        .map(|(number, date)| json!({ "text": "Vu la délibération ;", "reference": { "kind": "deliberation", "number": number, "date": date } }))
        .collect()
}

#[test]
fn competence_rests_on_the_register() {
    let none = || json!([]);
    let looked_at = |numbers: &[&str]| json!({ "texts": numbers });
    let amiss = |number: &str, why: &str| json!({ "texts": [number, why] });
    let of = |code: &str| json!([{ "code": code }]);
    let (grants, other_body) = (json!(["7.5"]), text_id(1001));
    // What the act has, what the register holds, what is found.
    let cases: Vec<(&str, Value, Value, Value)> = vec![
        ("nothing in the register, cited", json!({}), none(), Value::Null),
        ("nothing in the register, not cited", json!({ "recitals": [] }), none(), json!({ "missing": ["delegation_of_powers"] })),
        (
            "another body's only: nothing for this one",
            json!({ "recitals": [] }),
            json!([powers(json!({ "body": other_body }))]),
            json!({ "missing": ["delegation_of_powers"] }),
        ),
        ("for any matter, cited", json!({}), json!([powers(json!({}))]), Value::Null),
        ("for any matter, not cited", json!({ "recitals": [] }), json!([powers(json!({}))]), Value::Null),
        ("for this matter", json!({ "matter_codes": of("7.5") }), json!([powers(json!({ "matter_codes": grants }))]), Value::Null),
        (
            "for one of its matters",
            json!({ "matter_codes": [{ "code": "8.4" }, { "code": "7.5" }] }),
            json!([powers(json!({ "matter_codes": grants }))]),
            Value::Null,
        ),
        ("for all of finance", json!({ "matter_codes": of("7.5") }), json!([powers(json!({ "matter_codes": ["7"] }))]), Value::Null),
        ("for another matter", json!({ "matter_codes": of("8.4") }), json!([powers(json!({ "matter_codes": grants }))]), looked_at(&["2021-257"])),
        ("7.1 is not 7.10", json!({ "matter_codes": of("7.10") }), json!([powers(json!({ "matter_codes": ["7.1"] }))]), looked_at(&["2021-257"])),
        ("of an act without a matter", json!({}), json!([powers(json!({ "matter_codes": grants }))]), looked_at(&["2021-257"])),
        (
            "over since the day before",
            json!({ "recitals": [] }),
            json!([powers(json!({ "valid_to": "2025-07-06" })), powers(json!({ "deliberation_number": "2017-1", "matter_codes": grants }))]),
            looked_at(&["2021-257", "2017-1"]),
        ),
        ("its last day", json!({ "recitals": [] }), json!([powers(json!({ "valid_to": "2025-07-07" }))]), Value::Null),
        (
            "deliberated after the sitting",
            json!({ "recitals": [] }),
            json!([powers(json!({ "deliberation_date": "2025-07-08" }))]),
            looked_at(&["2021-257"]),
        ),
        ("cited, and over", json!({}), json!([powers(json!({ "valid_to": "2025-07-06" }))]), amiss("2021-257", "not_in_force")),
        (
            "cited and over, though another covers",
            json!({}),
            json!([powers(json!({ "valid_to": "2025-07-06" })), powers(json!({ "deliberation_number": "2025-1" }))]),
            amiss("2021-257", "not_in_force"),
        ),
        ("cited, and another body's", json!({}), json!([powers(json!({ "body": other_body }))]), amiss("2021-257", "other_body")),
        ("cited, of this body as well as of another", json!({}), json!([powers(json!({ "body": other_body })), powers(json!({}))]), Value::Null),
        (
            "cited beside the one that replaced it",
            json!({ "recitals": cites(&[("2017-1", None), ("2021/257", None)]) }),
            json!([powers(json!({ "deliberation_number": "2017-1", "valid_to": "2021-06-30" })), powers(json!({}))]),
            Value::Null,
        ),
        (
            "the same number of another day is another deliberation",
            json!({ "recitals": cites(&[("2021-257", Some("2021-07-02"))]) }),
            json!([powers(json!({ "valid_to": "2021-07-01" })), powers(json!({ "deliberation_number": "2025-1" }))]),
            Value::Null,
        ),
    ];
    for (name, act, powers, expected) in cases {
        assert_eq!(texts(&findings(act, powers, none())), expected, "{name}");
    }
    // A council has its powers from the law.
    let (powers, act): (Vec<PowersDelegation>, _) =
        (serde_json::from_value(json!([powers(json!({ "valid_to": "2025-07-06" }))])).unwrap(), super::act(json!({})));
    let council = Governed { registers: Registers { powers: &powers, signatures: &[] }, ..COUNCIL.into() };
    assert!(!codes(&on_act(&act, &sitting(json!({})), council)).contains(&"act.competence_unverified"));
}

#[test]
fn signature_rests_on_the_register() {
    let (formula, hand) = ("Pour le Président,", json!({ "given_name": "Maryline", "family_name": "VINCLAIRE" }));
    let signed = |changes: Value| {
        let signature = json!({
            "authority": { "given_name": "Jean-Claude", "family_name": "LEROY" }, "formula": formula, "title": "La Directrice générale des services,",
            "signatory": hand, "date": "2025-07-07",
        });
        json!({ "signatures": [changed(signature, changes)] })
    };
    let uncited = json!({ "texts": [formula, "La Directrice générale des services,"] });
    let lacks = |facts: &[&str]| {
        let texts = [&["2021-45"], facts].concat();
        json!({ "texts": texts })
    };
    let by_id = |n: u32| json!({ "printed": "Mme VINCLAIRE", "person": text_id(n) });
    let another = json!({ "given_name": "Dominique", "family_name": "SUCCESSEUR" });
    let cases: Vec<(&str, Value, Vec<Value>, Value)> = vec![
        ("nothing in the register", signed(json!({})), vec![], uncited.clone()),
        ("by name", signed(json!({})), vec![order(json!({ "title": null }))], Value::Null),
        (
            "by the printed name, with its civility",
            signed(json!({ "signatory": { "printed": "Mme Maryline Vinclaire" } })),
            vec![order(json!({}))],
            Value::Null,
        ),
        ("by identifier", signed(json!({ "signatory": by_id(1) })), vec![order(json!({ "delegate": by_id(1), "title": null }))], Value::Null),
        (
            "two people of one name and one title",
            signed(json!({ "signatory": by_id(1) })),
            vec![order(json!({ "delegate": by_id(2) }))],
            uncited.clone(),
        ),
        ("by title, nobody named", signed(json!({ "signatory": null })), vec![order(json!({}))], Value::Null),
        ("by family name and title", signed(json!({ "signatory": { "family_name": "Vinclaire" } })), vec![order(json!({}))], Value::Null),
        (
            "by family name alone",
            signed(json!({ "signatory": { "family_name": "Vinclaire" } })),
            vec![order(json!({ "title": null }))],
            uncited.clone(),
        ),
        ("the successor under the same title", signed(json!({ "signatory": another })), vec![order(json!({}))], uncited.clone()),
        ("of this body", signed(json!({})), vec![order(json!({ "body": text_id(1000) }))], Value::Null),
        ("of another body", signed(json!({})), vec![order(json!({ "body": text_id(1001) }))], uncited.clone()),
        ("for other matters", signed(json!({})), vec![order(json!({ "matter_codes": ["7.5"] }))], uncited.clone()),
        ("over", signed(json!({})), vec![order(json!({ "valid_to": "2025-07-06" }))], uncited.clone()),
        ("signed on the last day", signed(json!({})), vec![order(json!({ "valid_to": "2025-07-07" }))], Value::Null),
        ("undated: the day of the sitting", signed(json!({ "date": null })), vec![order(json!({ "valid_to": "2025-07-06" }))], uncited.clone()),
        (
            "published and transmitted that day",
            signed(json!({})),
            vec![order(json!({ "published_on": "2025-07-07", "transmitted_on": "2025-07-07" }))],
            Value::Null,
        ),
        ("never published", signed(json!({})), vec![order(json!({ "published_on": null }))], lacks(&["published_on"])),
        ("transmitted the day after", signed(json!({})), vec![order(json!({ "transmitted_on": "2025-07-08" }))], lacks(&["transmitted_on"])),
        (
            "neither",
            signed(json!({})),
            vec![order(json!({ "published_on": null, "transmitted_on": null }))],
            lacks(&["published_on", "transmitted_on"]),
        ),
        (
            "one that is not published beside one that is",
            signed(json!({})),
            vec![order(json!({ "published_on": null })), order(json!({}))],
            Value::Null,
        ),
        (
            "by the president",
            signed(json!({ "formula": "Le Président", "signatory": { "family_name": "LEROY" } })),
            vec![order(json!({ "published_on": null }))],
            Value::Null,
        ),
    ];
    for (name, act, orders, expected) in cases {
        assert_eq!(texts(&findings(act, json!([]), json!(orders))), expected, "{name}");
    }
    // Cited is not published: the register knows better than the recital.
    let visa = json!([{ "text": "Vu l'arrêté 2021-45 portant délégation de signature ;" }, { "text": "Vu la délibération portant délégation de pouvoirs ;" }]);
    let act = changed(signed(json!({})), json!({ "recitals": visa }));
    assert_eq!(texts(&findings(act.clone(), json!([]), json!([]))), Value::Null);
    let found = findings(act, json!([]), json!([order(json!({ "published_on": null }))]));
    assert_eq!(found[0].label.fr, "Délégation de signature : au 2025-07-07, l'arrêté 2021-45 n'est pas publié d'après le registre");
    assert_eq!(found[0].legal_basis, ["CGCT L3221-3", "CE, 8 novembre 2017, n° 406876"]);
}
