//! Charts in words and in numbers, worked out by hand.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use roxmltree::Document;
use serde_json::{Value, json};

use super::super::drawing::Setting;
use super::super::paper::{Row, Table};
use super::super::{View, of_deliberation};
use super::{Attended, Member, Presence, attendance, budgets};
use crate::record::{DeliberationRecord, Id, SittingRecord};

fn id() -> Id {
    "0197e3a8-7c00-7000-8000-000000000001".parse().unwrap()
}

fn said(table: &Table) -> Vec<String> {
    let heading = table.columns.iter().map(|column| column.heading.as_str()).collect::<Vec<_>>().join("|");
    let rows = table.rows.iter().map(|row| match row {
        Row::Cells(cells) => cells.join("|"),
        Row::Total(cells) => format!("= {}", cells.join("|")),
        Row::Across(text) => format!("! {text}"),
    });
    [table.caption.clone(), heading].into_iter().chain(rows).collect()
}

/// The widths of the areas of a bar; legend keys are 14 wide, the rules of notes 2.
fn areas(svg: &str) -> Vec<f64> {
    let document = Document::parse(svg).unwrap();
    let widths = document.descendants().filter(|node| node.tag_name().name() == "rect").filter_map(|node| node.attribute("width"));
    widths.filter(|width| !["14", "2"].contains(width)).map(|width| width.parse().unwrap()).collect()
}

fn sitting(parts: Value) -> SittingRecord {
    let mut sitting = json!({ "body": id(), "origin": "transcribed", "date": "2026-03-09" });
    for (name, value) in parts.as_object().unwrap() {
        sitting[name] = value.clone();
    }
    serde_json::from_value(sitting).unwrap()
}

fn list(status: &str, names: &[&str]) -> Value {
    let entries: Vec<Value> = names.iter().map(|name| json!({ "printed": name })).collect();
    json!({ "status": status, "voting_right": "voting", "entries": entries })
}

#[test]
fn the_seed_has_38_present_and_6_excused() {
    let sitting: SittingRecord = serde_json::from_str(include_str!("../../demo/sitting.json")).unwrap();
    let chart = attendance(&sitting, id()).unwrap();
    let expected = ["Présence à la séance", "|Présents|Excusés|Ensemble", "Séance|38|6|44", "! Sans voix délibérative, non comptés : 4."];
    assert_eq!(said(&chart.table()), expected);
    // 302 units for 44 members.
    assert_eq!(areas(&chart.svg(Setting::Page)), [260.82, 41.18]);
}

#[test]
fn attendance_is_counted_once_for_each_member() {
    let with = |mut list: Value, name: &str, value: Value| {
        list[name] = value;
        list
    };
    let cases: Vec<(&str, Value, Option<Vec<&str>>)> = vec![
        ("no list", json!({}), None),
        (
            "a late arrival is on two lists",
            json!({ "attendance": [list("present", &["Mme A", "M. B"]), list("excused", &["Madame A", "M. C"])] }),
            Some(vec!["|Présents|Excusés|Ensemble", "Séance|2|1|3", "! Séance : sur plusieurs listes, comptés une fois : 1."]),
        ),
        (
            "who gave a proxy is represented, who came all the same is present",
            json!({ "attendance": [list("present", &["Mme A"]), list("excused", &["M. B", "M. C"]), list("present_remotely", &["Mme D"])],
                    "proxies": [{ "giver": { "printed": "M. B" } }, { "giver": { "printed": "Mme A" } }] }),
            Some(vec!["|Présents|Présents à distance|Représentés|Excusés|Ensemble", "Séance|1|1|1|1|4"]),
        ),
        (
            "an empty list says none; a number without names is a number",
            json!({ "attendance": [with(list("present", &[]), "stated_count", json!(12)), list("absent", &[])] }),
            Some(vec!["|Présents|Absents|Ensemble", "Séance|12|0|12"]),
        ),
        (
            "parts have rows of their own",
            json!({ "attendance": [with(list("present", &["Mme A"]), "part", json!(1)), with(list("present", &["Mme A", "M. B"]), "part", json!(2)), with(list("absent", &["M. B"]), "part", json!(1))],
                    "parts": [{ "position": 1, "label": "Matin" }, { "position": 2 }] }),
            Some(vec!["|Présents|Absents|Ensemble", "Matin|1|1|2", "Partie 2|2|–|2"]),
        ),
        (
            "exceptions to a roster that is not printed are no attendance",
            json!({ "attendance": [with(with(list("present", &["Mme A"]), "by_exception", json!(true)), "heading", json!("Tous, sauf :"))] }),
            None,
        ),
        (
            "the lists of single items, where there are no others",
            json!({ "attendance": [with(list("present", &["Mme A"]), "covers", json!([id()]))] }),
            Some(vec!["|Présents|Ensemble", "Séance|1|1"]),
        ),
        (
            "the lists of single items, beside those of the sitting",
            json!({ "attendance": [list("present", &["Mme A"]), with(list("absent", &["Mme A"]), "covers", json!([id()]))] }),
            Some(vec!["|Présents|Ensemble", "Séance|1|1", "! Les listes propres à certains points de l'ordre du jour ne sont pas comptées."]),
        ),
    ];
    for (case, parts, expected) in cases {
        let chart = attendance(&sitting(parts), id());
        let words = chart.map(|chart| said(&chart.table()).split_off(1));
        assert_eq!(words, expected.map(|lines| lines.into_iter().map(str::to_owned).collect()), "{case}");
    }
}

#[test]
fn a_member_has_a_mark_for_each_sitting() {
    let at = |on: &str, presence| Attended { on: on.parse().unwrap(), body: None, presence };
    let sittings = vec![at("2025-12-01", Presence::Present), at("2026-01-12", Presence::Represented), at("2026-02-02", Presence::Present)];
    let member = Member { person: id(), name: "Mme <A>".to_owned(), sittings };
    let expected = [
        "Présence de Mme <A> aux séances",
        "Séance|Présence",
        "1er décembre 2025|présent",
        "12 janvier 2026|représenté",
        "2 février 2026|présent",
        "! 3 séances (présent : 2, représenté : 1).",
    ];
    assert_eq!(said(&member.table()), expected);
    let svg = member.svg(Setting::File);
    assert_eq!(areas(&svg), [15.0; 3]);
    let document = Document::parse(&svg).unwrap();
    let hints: Vec<&str> = document.descendants().filter(|node| node.tag_name().name() == "title").filter_map(|node| node.text()).collect();
    assert_eq!(hints, ["Présence de Mme <A> aux séances", "1er décembre 2025 : présent", "12 janvier 2026 : représenté", "2 février 2026 : présent"]);
    let empty = Member { sittings: Vec::new(), ..member };
    assert_eq!(said(&empty.table())[2], "! 0 séance.");
    assert!(Document::parse(&empty.svg(Setting::Page)).is_ok());
}

fn euros(amount: &str) -> Value {
    json!({ "text": amount, "amount": amount, "currency": "EUR" })
}

fn act(parts: Value) -> DeliberationRecord {
    let mut act = json!({ "sitting": id(), "origin": "transcribed", "title": "Voirie" });
    for (name, value) in parts.as_object().unwrap() {
        act[name] = value.clone();
    }
    serde_json::from_value(act).unwrap()
}

/// Digits are grouped by a narrow space that does not break, the currency kept with them.
fn typed(text: &str) -> String {
    text.replace('\u{202f}', "_").replace('\u{a0}', "~")
}

#[test]
fn amounts_of_an_act() {
    let beneficiary = |name: &str, amount: Value| json!({ "name": name, "amount": amount });
    let cases: Vec<(&str, Value, Vec<&str>)> = vec![
        ("no amount", json!({}), vec![]),
        (
            "an exact sum, cents included",
            json!({ "beneficiaries": [beneficiary("Amis du livre", euros("0.10")), beneficiary("Club nautique", euros("1234567.20"))] }),
            vec!["Montants attribués", "|Montant", "Amis du livre|0,10~€", "Club nautique|1_234_567,20~€", "= Total|1_234_567,30~€"],
        ),
        (
            "named twice, for two objects",
            json!({ "beneficiaries": [
                { "name": "Club nautique", "object": "Voiles", "amount": euros("1.00") }, { "name": "Club nautique", "object": "Ponton", "amount": euros("2.00") }] }),
            vec!["Montants attribués", "|Montant", "Club nautique – Voiles|1,00~€", "Club nautique – Ponton|2,00~€", "= Total|3,00~€"],
        ),
        (
            "an amount that was not read, and another currency: no sum",
            json!({ "beneficiaries": [
                beneficiary("A", euros("5.00")), beneficiary("B", euros("5.00")),
                beneficiary("C", json!({ "text": "à déterminer" })), beneficiary("D", json!({ "amount": "7.00", "currency": "CHF" }))] }),
            vec!["Montants attribués", "|Montant", "A|5,00~€", "B|5,00~€", "! Ni dessinés ni additionnés : C : à déterminer ; D : 7,00~CHF."],
        ),
        (
            "expenses and revenue are two sums",
            json!({ "budget_tables": [{ "budget_name": "Budget principal", "exercise_year": "2026", "lines": [
                { "operation_code": "C01", "operation_label": "Mission", "expense": euros("5.00"), "payment_credits": euros("100.00") },
                { "budget_entry": "6568//9365", "expense": euros("-2.00") },
                { "cells": ["74", "Dotations"], "revenue": euros("9.00") }] }] }),
            vec![
                "Dépenses – Budget principal – 2026",
                "|Montant",
                "C01 Mission|5,00~€",
                "6568//9365|−2,00~€",
                "= Total|3,00~€",
                "Recettes – Budget principal – 2026",
                "|Montant",
                "74 Dotations|9,00~€",
            ],
        ),
        (
            "nothing decided is typed: what is proposed",
            json!({ "budget_tables": [{ "lines": [{ "cells": [""], "proposal": { "amount": "5.00" } }] }] }),
            vec!["Montants proposés", "|Montant", "Ligne sans libellé|5,00"],
        ),
    ];
    for (case, parts, expected) in cases {
        let words: Vec<String> = budgets(&act(parts), id()).iter().flat_map(|budget| said(&budget.table())).map(|line| typed(&line)).collect();
        assert_eq!(words, expected, "{case}");
    }
}

#[test]
fn bars_of_amounts_share_one_scale() {
    let lines = [("10.00", 302.0), ("5.00", 151.0), ("0.01", 2.0)].map(|(amount, _)| json!({ "cells": ["x"], "expense": euros(amount) }));
    let chart = &budgets(&act(json!({ "budget_tables": [{ "lines": lines }] })), id())[0];
    // A cent is seen beside ten euros.
    assert_eq!(areas(&chart.svg(Setting::Page).replace("width=\"2\" height=\"18\"", "width=\"2.0\"")), [302.0, 151.0, 2.0]);
    // Less and more: zero stands between them.
    let lines = ["7480.50", "-7480.50"].map(|amount| json!({ "cells": ["x"], "expense": euros(amount) }));
    let svg = budgets(&act(json!({ "budget_tables": [{ "lines": lines }] })), id())[0].svg(Setting::Page);
    assert_eq!(areas(&svg), [151.0, 151.0]);
    let document = Document::parse(&svg).unwrap();
    let left: Vec<&str> = document.descendants().filter(|node| node.tag_name().name() == "rect").filter_map(|node| node.attribute("x")).collect();
    assert_eq!(left, ["160", "7"]);
}

/// What the public view takes away does not come back in a chart.
#[test]
fn the_public_is_not_told_who_a_natural_person_is() {
    let shown =
        of_deliberation(act(json!({ "beneficiaries": [{ "name": "M. X", "kind": "natural_person", "amount": euros("5.00") }] })), View::Public);
    let chart = &budgets(&shown, id())[0];
    assert_eq!(chart.lines[0].label, "Personne physique");
    assert!(!chart.svg(Setting::Page).contains("M. X"));
}

/// The largest amounts that the record can hold.
#[test]
fn a_sum_that_no_number_holds_is_not_told() {
    let lines = vec![json!({ "cells": ["x"], "expense": euros("9999999999999.99") }); 10_000];
    let chart = &budgets(&act(json!({ "budget_tables": [{ "lines": lines }] })), id())[0];
    assert_eq!(chart.sum, None);
    let few = vec![json!({ "cells": ["x"], "expense": euros("9999999999999.99") }); 2];
    assert_eq!(
        budgets(&act(json!({ "budget_tables": [{ "lines": few }] })), id())[0].sum.map(|sum| sum.to_string()).as_deref(),
        Some("19999999999999.98")
    );
}
