//! Any number of acts of one invented department as lines to import: its directory, then sittings of thirty acts, each with its ballots by group. One
//! record at a time is in memory, and everything follows from its number: the same each time.

use serde_json::{Value, json};

pub const SIREN: &str = "229900014";
pub const BY_SITTING: usize = 30;
const MEMBERS: usize = 42;
const GROUPS: usize = 4;

const WORDS: [&str; 12] = [
    "soutien aux associations",
    "aménagement des routes départementales",
    "rénovation des collèges",
    "aide à la lecture publique",
    "protection de l'enfance",
    "insertion par l'emploi",
    "plan vélo",
    "sites naturels sensibles",
    "habitat et logement",
    "accueil des personnes âgées",
    "très haut débit",
    "musées et archives",
];

/// An identifier that a record gives to a part of its own.
fn part(kind: usize, number: usize) -> String {
    format!("01977e90-{kind:04x}-7000-8000-{number:012x}")
}

fn line(kind: &str, key: &str, record: Value) -> Value {
    json!({ "kind": kind, "key": key, "record": record })
}

fn member(place: usize) -> Value {
    json!({ "civility": if place.is_multiple_of(2) { "Mme" } else { "M." }, "given_name": "Claude", "family_name": format!("MEMBRE-{place:02}"), "person": format!("@person-{place}") })
}

fn group_of(place: usize) -> Option<usize> {
    // The last two are in no group.
    (place < MEMBERS - 2).then_some(place % GROUPS)
}

/// The directory: a body, its groups, its members.
pub fn directory() -> Vec<Value> {
    let mut lines =
        vec![line("body", "cp", json!({ "name": "Commission permanente", "kind": "departmental_permanent_commission", "visibility": "public" }))];
    for group in 0..GROUPS {
        lines.push(line(
            "group",
            &format!("group-{group}"),
            json!({ "name": format!("Groupe {}", ["du Fleuve", "des Crêtes", "de la Plaine", "du Bocage"][group]) }),
        ));
    }
    for place in 0..MEMBERS {
        let civility = if place.is_multiple_of(2) { "Mme" } else { "M." };
        lines.push(line(
            "person",
            &format!("person-{place}"),
            json!({ "civility": civility, "given_name": "Claude", "family_name": format!("MEMBRE-{place:02}") }),
        ));
        let group = group_of(place);
        let mandate = json!({ "person": format!("@person-{place}"), "body": "@cp", "voting_right": "voting", "role": if place == 0 { "president" } else { "member" },
            "affiliation": if group.is_some() { "group" } else { "non_affiliated" }, "group": group.map(|group| format!("@group-{group}")) });
        lines.push(line("mandate", &format!("mandate-{place}"), mandate));
    }
    lines
}

/// The day of a sitting: two a month, from 1990 on and round again.
fn day(sitting: usize) -> String {
    let (year, month) = (1990 + sitting / 24 % 35, sitting / 2 % 12 + 1);
    format!("{year}-{month:02}-{:02}", if sitting.is_multiple_of(2) { 6 } else { 20 })
}

/// A sitting with so many acts.
pub fn sitting(number: usize, acts: usize) -> Value {
    let first = number * BY_SITTING;
    let absent = |place: usize| place % 13 == number % 13 && place > 0;
    let list = |present: bool| (0..MEMBERS).filter(|place| absent(*place) != present).map(member).collect::<Vec<_>>();
    let away: Vec<usize> = (0..MEMBERS).filter(|place| absent(*place)).collect();
    let proxies: Vec<Value> = away.iter().map(|place| json!({ "giver": member(*place), "holder": member((place + 1) % MEMBERS) })).collect();
    let item = |act: usize| json!({ "id": part(6, act), "label": (act - first + 1).to_string(), "title": title(act), "status": "taken", "report_number": format!("R{act}") });
    let recusal = |act: usize| json!({ "id": part(7, act), "person": member(act % MEMBERS), "covers": [part(6, act)], "kind": "interest", "took_part_in_vote": false });
    let all: Vec<usize> = (first..first + acts).collect();
    json!({ "kind": "sitting", "key": format!("sitting-{number}"), "record": {
        "body": "@cp", "origin": "transcribed", "date": day(number), "place": "Hôtel du Département", "heading": format!("RÉUNION N° {number}"),
        "members_in_office": MEMBERS, "chairs": [{ "person": member(0), "capacity": "president" }], "secretaries": [{ "person": member(1) }],
        "attendance": [
            { "heading": "Présents", "status": "present", "voting_right": "voting", "entries": list(true) },
            { "heading": "Excusés", "status": "excused_represented", "voting_right": "voting", "entries": list(false) }],
        "proxies": proxies, "recusals": all.iter().filter(|act| *act % 11 == 5).map(|act| recusal(*act)).collect::<Vec<_>>(),
        "agenda": all.iter().map(|act| item(*act)).collect::<Vec<_>>(), "ballots": all.iter().map(|act| ballot(*act)).collect::<Vec<_>>() } })
}

fn title(act: usize) -> String {
    format!("Délibération n° {act} : {} ({})", WORDS[act % WORDS.len()], WORDS[act / WORDS.len() % WORDS.len()])
}

fn ballot(act: usize) -> Value {
    let entry = |group: usize| json!({ "kind": "group", "group": format!("@group-{group}"), "printed": format!("Groupe {group}"), "count": 10 });
    let tally = |option: &str, count: Value, entries: Vec<Value>| json!({ "option": option, "count": count, "entries": entries });
    let (options, unanimity) = match act % 5 {
        0 => (
            vec![tally("for", json!(MEMBERS), vec![]), tally("against", json!(0), vec![]), tally("abstention", json!(0), vec![])],
            Some("À l'unanimité"),
        ),
        1 => (
            vec![
                tally("for", json!(30), (0..3).map(entry).collect()),
                tally("against", json!(10), vec![entry(3)]),
                tally("abstention", json!(2), vec![]),
            ],
            None,
        ),
        // More than there are.
        2 => (vec![tally("for", json!(MEMBERS + 3), vec![]), tally("against", json!(0), vec![])], None),
        3 => (vec![tally("for", Value::Null, (0..2).map(entry).collect()), tally("abstention", Value::Null, (2..4).map(entry).collect())], None),
        _ => (vec![tally("for", json!(22), vec![]), tally("against", json!(12), vec![]), tally("abstention", json!(6), vec![])], None),
    };
    json!({ "id": part(8, act), "covers": [part(6, act)], "mode": "show_of_hands", "outcome": "adopted", "options": options,
        "unanimity": unanimity.map(|text| json!({ "text": text })) })
}

fn money(cents: usize) -> Value {
    json!({ "amount": format!("{}.{:02}", cents / 100, cents % 100), "currency": "EUR" })
}

/// An act.
pub fn act(number: usize) -> Value {
    let sitting = number / BY_SITTING;
    let beneficiary = |n: usize| {
        json!({ "name": format!("Association {} n° {}", WORDS[(number + n) % WORDS.len()], (number * 7 + n) % 50_000), "object": "Fonctionnement", "article": 1,
            "amount": money(50_000 + number % 977 * 100 + n) })
    };
    let budget = |n: usize| json!({ "operation_code": format!("C{n:02}"), "budget_entry": "6574//93", "nature": "6574", "function": "93", "expense": money(1_000_000 + number % 971) });
    json!({ "kind": "deliberation", "key": format!("act-{number}"), "record": {
        "sitting": format!("@sitting-{sitting}"), "origin": "transcribed", "agenda_items": [part(6, number)], "title": title(number), "outcome": "adopted",
        "numbers": [{ "kind": "act", "value": format!("{}-{number}", &day(sitting)[..4]) }, { "kind": "report", "value": format!("R{number}") }],
        "formulas": { "body": "La Commission permanente", "deliberation": "Après en avoir délibéré,", "decision": "DÉCIDE :" },
        "recitals": [{ "text": "Vu le code général des collectivités territoriales ;" }, { "text": "Vu le règlement budgétaire et financier du Département ;" },
            { "text": format!("Vu le rapport n° R{number} du Président ;") }, { "form": "considering", "text": format!("Considérant l'intérêt départemental du {} ;", WORDS[number % WORDS.len()]) }],
        "articles": [{ "label": "Article 1er :", "text": format!("D'approuver les opérations au titre du {}, telles qu'elles figurent au tableau ci-après.", WORDS[number % WORDS.len()]) },
            { "label": "Article 2 :", "text": "D'autoriser le Président à signer les conventions correspondantes." }, { "label": "Article 3 :", "text": "D'imputer les dépenses sur les crédits ouverts au budget." }],
        "beneficiaries": (0..[0, 3, 0, 8, 1, 0, 20][number % 7]).map(beneficiary).collect::<Vec<_>>(),
        "budget_tables": if number.is_multiple_of(3) { json!([{ "introduced_by_article": 3, "lines": (0..number % 4 + 1).map(budget).collect::<Vec<_>>() }]) } else { json!([]) },
        "signatures": [{ "authority_title": "LE PRÉSIDENT,", "mark": "Signé" }],
        "matter_codes": [{ "code": (["7.5", "7.10", "8.2", "9.1"][number % 4]) }], "effect": "neither", "transmissible": "yes",
        "external_ids": [{ "scheme": "ancien-registre", "value": number.to_string() }] } })
}

/// Every line of so many acts.
pub fn lines(acts: usize) -> impl Iterator<Item = Value> {
    let sittings = (0..acts.div_ceil(BY_SITTING)).flat_map(move |number| {
        let (first, held) = (number * BY_SITTING, BY_SITTING.min(acts - number * BY_SITTING));
        std::iter::once(sitting(number, held)).chain((first..first + held).map(act))
    });
    directory().into_iter().chain(sittings)
}
