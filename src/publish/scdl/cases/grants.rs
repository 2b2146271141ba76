use serde_json::{Value, json};

use super::{act, authority, left_out, over};
use crate::publish::public_act::PublicAct;
use crate::publish::scdl::WithheldReason::{self, *};
use crate::publish::scdl::{GRANTS, grants};

/// A SIRET that checks.
const SIRET: &str = "90000001200014";

fn euros(amount: &str) -> Value {
    json!({ "text": amount, "amount": amount, "currency": "EUR" })
}

/// All that a row wants.
fn beneficiary(other: Value) -> Value {
    let mut whole = json!({
        "name": "Club nautique des Eaux Vives", "kind": "legal_person", "siret": { "digits": SIRET }, "object": "Achat de canoës",
        "amount": euros("4480.50"),
        "grant": { "nature": "in_cash", "paid": { "from": "2025-09-01", "to": "2025-12-31" }, "notified_to_eu": "no" },
    });
    over(&mut whole, &other);
    whole
}

fn agreement(other: Value) -> Value {
    let mut whole = json!({
        "object": "Canoës", "parties": [{ "name": "Département" }, { "name": "Le club", "siret": { "text": "900 000 012 00014" } }],
        "amount": euros("4480.50"), "payment": "en une fois", "signed": { "text": "le 1er août 2025", "date": "2025-08-01" },
    });
    over(&mut whole, &other);
    whole
}

fn granting(beneficiaries: Value, agreements: Value) -> PublicAct {
    act(json!({ "beneficiaries": beneficiaries, "agreements": agreements }), json!([]))
}

fn one(beneficiary_says: Value, agreement_says: Value) -> PublicAct {
    granting(json!([beneficiary(beneficiary_says)]), json!([agreement(agreement_says)]))
}

fn cell(act: &PublicAct, column: &str) -> Option<String> {
    let row = grants(&authority(), act).rows.into_iter().next()?;
    assert_eq!(row.len(), GRANTS.len());
    row.get(GRANTS.iter().position(|name| *name == column).unwrap()).cloned()
}

#[test]
fn a_whole_row() {
    let given = grants(&authority(), &one(json!({}), json!({})));
    assert_eq!(given.withheld, []);
    let expected = [
        "Département de la Vallée-Claire",
        "22990001400015",
        "2025-08-01",
        "2025-7",
        "Club nautique des Eaux Vives",
        SIRET,
        "",
        "Achat de canoës",
        "4480.50",
        "aide en numéraire",
        "en une fois",
        "2025-09-01/2025-12-31",
        "",
        "non",
        "1.00",
        "",
    ];
    assert_eq!(given.rows, [expected.map(str::to_owned)]);
}

#[test]
fn what_nobody_stated_is_not_made_up() {
    type Case = (&'static str, Value, Value, Vec<(&'static str, WithheldReason)>);
    let cases: Vec<Case> = vec![
        (
            "a natural person, of whom no more is told",
            json!({ "kind": "natural_person", "amount": null, "grant": null }),
            json!({}),
            vec![("nomBeneficiaire", NaturalPerson)],
        ),
        ("perhaps a natural person", json!({ "kind": "unstated", "grant": null }), json!({}), vec![("nomBeneficiaire", BeneficiaryKindUnstated)]),
        ("an agreement that is not signed", json!({}), json!({ "signed": null }), vec![("dateConvention", AgreementUnsigned)]),
        (
            "a day of signature that cannot be read",
            json!({}),
            json!({ "signed": { "text": "le ... août 2025", "date": null } }),
            vec![("dateConvention", AgreementUnsigned)],
        ),
        ("no name", json!({ "name": null }), json!({}), vec![("nomBeneficiaire", BeneficiaryName)]),
        (
            "a SIRET that does not check",
            json!({ "siret": { "digits": "90000001200015" } }),
            json!({ "parties": [{ "name": "CLUB NAUTIQUE des eaux vives" }] }),
            vec![("idBeneficiaire", BeneficiaryNumber)],
        ),
        ("no amount", json!({ "amount": null }), json!({}), vec![("montant", AmountUnstated), ("pourcentageSubvention", ShareUnstated)]),
        ("an amount in another currency", json!({ "amount": { "currency": "CHF" } }), json!({}), vec![("montant", AmountNotInEuros)]),
        (
            "no terms",
            json!({ "grant": null }),
            json!({}),
            vec![("nature", NatureUnstated), ("datesPeriodeVersement", PaymentDatesUnstated), ("notificationUE", EuNoticeUnstated)],
        ),
        (
            "no answer on the notification",
            json!({ "grant": { "notified_to_eu": "unstated" } }),
            json!({}),
            vec![("notificationUE", EuNoticeUnstated)],
        ),
        ("a period without an end", json!({ "grant": { "paid": { "to": null } } }), json!({}), vec![("datesPeriodeVersement", PaymentDatesUnstated)]),
        (
            "a period that ends before it begins",
            json!({ "grant": { "paid": { "to": "2025-08-31" } } }),
            json!({}),
            vec![("datesPeriodeVersement", PaymentDatesUnstated)],
        ),
        ("nothing on payment", json!({}), json!({ "payment": null }), vec![("conditionsVersement", PaymentUnstated)]),
        ("an agreement for another amount", json!({}), json!({ "amount": euros("9000.00") }), vec![("pourcentageSubvention", ShareUnstated)]),
        ("a share beyond all of it", json!({ "grant": { "share": "1.01" } }), json!({}), vec![("pourcentageSubvention", ShareUnstated)]),
        ("no share at all", json!({ "grant": { "share": "0.00" } }), json!({}), vec![("pourcentageSubvention", ShareUnstated)]),
        (
            "an agreement with somebody else",
            json!({}),
            json!({ "parties": [{ "name": "Autre club" }] }),
            vec![("dateConvention", AgreementMissing), ("conditionsVersement", PaymentUnstated), ("pourcentageSubvention", ShareUnstated)],
        ),
    ];
    for (name, beneficiary, agreement, expected) in cases {
        let given = grants(&authority(), &one(beneficiary, agreement));
        assert_eq!(given.rows.len(), 0, "{name}");
        let expected: Vec<_> = expected.into_iter().map(|(column, why)| (column, why, true)).collect();
        assert_eq!(left_out(&given), expected, "{name}");
        assert!(given.withheld.iter().all(|withheld| withheld.beneficiary == Some(1)), "{name}");
    }
}

#[test]
fn cells_of_the_terms() {
    for (name, beneficiary, agreement, column, expected) in [
        ("in kind", json!({ "grant": { "nature": "in_kind" } }), json!({}), "nature", "aide en nature"),
        ("both", json!({ "grant": { "nature": "both" } }), json!({}), "nature", "aide en numéraire;aide en nature"),
        ("notified", json!({ "grant": { "notified_to_eu": "yes" } }), json!({}), "notificationUE", "oui"),
        ("at once", json!({ "grant": { "paid": { "to": "2025-09-01" } } }), json!({}), "datesPeriodeVersement", "2025-09-01"),
        ("a stated share", json!({ "grant": { "share": "0.45" } }), json!({ "amount": null }), "pourcentageSubvention", "0.45"),
        ("as the act calls it", json!({ "name": null, "designation": "LE CLUB" }), json!({}), "nomBeneficiaire", "LE CLUB"),
        ("the object of the agreement", json!({ "object": null }), json!({}), "objet", "Canoës"),
        ("the title of the act", json!({ "object": null }), json!({ "object": null }), "objet", "Aide aux haies"),
        ("how it is paid, as stated", json!({ "grant": { "payment": "unique" } }), json!({}), "conditionsVersement", "unique"),
        ("no formula", json!({ "name": "=1+1" }), json!({}), "nomBeneficiaire", "'=1+1"),
        ("the only agreement, whose parties are not named", json!({}), json!({ "parties": [] }), "dateConvention", "2025-08-01"),
    ] {
        assert_eq!(cell(&one(beneficiary, agreement), column).as_deref(), Some(expected), "{name}");
    }
}

#[test]
fn several_beneficiaries() {
    let other = json!({ "name": "Club de voile", "siret": { "digits": "90000001200006" }, "amount": euros("100.00") });
    let theirs = json!({ "parties": [{ "siret": { "digits": "90000001200006" } }], "amount": euros("100.00"), "signed": { "date": "2025-08-02" } });
    let apart = granting(json!([beneficiary(json!({})), beneficiary(other.clone())]), json!([agreement(json!({})), agreement(theirs)]));
    let rows = grants(&authority(), &apart).rows;
    let read = |row: &Vec<String>| [2, 4, 8, 14].map(|place| row.get(place).cloned().unwrap_or_default());
    let expected = [["2025-08-01", "Club nautique des Eaux Vives", "4480.50", "1.00"], ["2025-08-02", "Club de voile", "100.00", "1.00"]];
    assert_eq!(rows.iter().map(read).collect::<Vec<_>>(), expected.map(|row| row.map(str::to_owned)));

    // One agreement with both, for the amount of the first: the share of either is for the clerk to say.
    let both = json!({ "parties": [{ "siret": { "digits": "90000001200006" } }, { "siret": { "digits": SIRET } }] });
    let together = granting(json!([beneficiary(json!({})), beneficiary(other)]), json!([agreement(both)]));
    let given = grants(&authority(), &together);
    assert_eq!(given.rows.len(), 0);
    assert_eq!(left_out(&given), [("pourcentageSubvention", ShareUnstated, true), ("pourcentageSubvention", ShareUnstated, true)]);
    assert_eq!(given.withheld.iter().map(|w| w.beneficiary).collect::<Vec<_>>(), [Some(1), Some(2)]);

    let twice = granting(json!([beneficiary(json!({}))]), json!([agreement(json!({})), agreement(json!({}))]));
    assert!(left_out(&grants(&authority(), &twice)).contains(&("dateConvention", AgreementMissing, true)), "which of the two?");
}

#[test]
fn a_long_text_is_cut_and_it_is_said() {
    for (length, expected, cut) in [(256, 256, false), (257, 256, true), (1000, 256, true)] {
        let given = grants(&authority(), &one(json!({ "object": "é".repeat(length) }), json!({})));
        let object = given.rows.first().and_then(|row| row.get(7)).unwrap();
        assert_eq!(object.chars().count(), expected, "{length}");
        assert_eq!(object.ends_with('…'), cut, "{length}");
        assert_eq!(left_out(&given), if cut { vec![("objet", TextCut, false)] } else { vec![] }, "{length}");
    }
    // The quote before a formula counts.
    let given = grants(&authority(), &one(json!({ "object": format!("={}", "a".repeat(255)) }), json!({})));
    let object = given.rows.first().and_then(|row| row.get(7)).unwrap();
    assert!(object.starts_with("'=a") && object.ends_with("a…") && object.chars().count() == 256);
}

#[test]
fn an_act_that_is_not_adopted_grants_nothing() {
    for outcome in ["rejected", "unstated", "withdrawn"] {
        let mut act = one(json!({}), json!({}));
        act.record.outcome = super::of(json!(outcome));
        assert_eq!(grants(&authority(), &act), Default::default(), "{outcome}");
    }
}
