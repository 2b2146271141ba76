//! Thirty-six acts of one invented department, whose texts are in `fixtures/search/acts.txt`; the persons are invented.

use registre::record::{Body, Group, Mandate, Person, Visibility};
use registre::register::{Entry, Register};
use serde_json::{Value, json};

use crate::harness::world::{actor, id, of};

pub const SIREN: &str = "229900014";
pub const BODY: &str = "01977e60-0001-7000-8000-000000000001";
pub const OTHER_BODY: &str = "01977e60-0001-7000-8000-000000000002";
/// Named in the ballots on acts of odd numbers; one that nobody but the authority reads of.
pub const GROUP: &str = "01977e60-0002-7000-8000-000000000001";
pub const HIDDEN_GROUP: &str = "01977e60-0002-7000-8000-000000000002";
/// Always there; there in 2025 only, and voting by name on 2025-2; rapporteur of 2024-7, of whom only the authority reads.
pub const ALWAYS: &str = "01977e60-0003-7000-8000-000000000001";
pub const LATE: &str = "01977e60-0003-7000-8000-000000000002";
pub const RAPPORTEUR: &str = "01977e60-0003-7000-8000-000000000003";

/// A natural person who is granted something, by 2023-10.
pub const GRANTED: &str = "Camille DÉROBÉE";

pub struct Line {
    pub number: &'static str,
    pub date: &'static str,
    pub act: Value,
}

fn uuid(kind: usize, number: usize) -> String {
    format!("01977e60-{kind:04}-7000-8000-{number:012}")
}

/// The identifier of an act, by its place in the file.
pub fn act_id(place: usize) -> String {
    uuid(9, place + 1)
}

/// The acts of the file, in its order, six to a sitting.
pub fn lines() -> Vec<Line> {
    let text: &'static str = include_str!("../fixtures/search/acts.txt");
    text.lines().enumerate().map(|(place, line)| read(place, line)).collect()
}

fn read(place: usize, line: &'static str) -> Line {
    let fields: Vec<&'static str> = line.split('|').collect();
    let [number, date, kind, outcome, matter, title, article, recital, beneficiary, siret] = fields[..] else { panic!("{line}") };
    let mut act = json!({
        "sitting": uuid(5, place / 6 + 1), "origin": "transcribed", "agenda_items": [uuid(6, place + 1)], "kind": kind, "title": title,
        "outcome": outcome, "numbers": [{"kind": "act", "value": number, "text": format!("(N°{number})")}, {"kind": "report", "value": "R-9"}],
        "articles": [{"label": "Article 1er :", "text": article}], "recitals": [{"text": recital}], "matter_codes": [{"code": matter}],
    });
    if !beneficiary.is_empty() {
        act["beneficiaries"] =
            json!([{"name": beneficiary, "kind": "legal_person", "siret": {"digits": siret}, "amount": {"amount": "100.00", "currency": "EUR"}}]);
    }
    match number {
        "2023-10" => {
            let person = json!({"name": GRANTED, "kind": "natural_person", "amount": {"amount": "50.00", "currency": "EUR"}});
            act["beneficiaries"].as_array_mut().unwrap().push(person);
        }
        "2024-7" => act["report"] = json!({"rapporteurs": [{"printed": "Mme Odile RAPPORTAIRE", "person": RAPPORTEUR}]}),
        "2025-11" | "2025-12" => act["signatures"] = json!([{"signatory": {"printed": "Yvain LAMBERTIN"}, "mark": "Signé"}]),
        _ => {}
    }
    Line { number, date, act }
}

fn ballot(place: usize, number: &str) -> Value {
    let entries = |group: &str, count: u32| json!([{"kind": "group", "group": group, "printed": "Groupe", "count": count}]);
    let mut ballot = json!({"id": uuid(8, place + 1), "covers": [uuid(6, place + 1)], "mode": "show_of_hands",
        "options": [{"option": "for", "count": 12, "entries": entries(if place.is_multiple_of(2) { GROUP } else { HIDDEN_GROUP }, 12)}]});
    if number == "2025-2" {
        ballot["mode"] = json!("public_roll_call");
        ballot["roll_call"] = json!([{"person": {"printed": "M. Blaise TARDIF", "person": LATE}, "option": "for"}]);
    }
    if number == "2023-11" {
        let elected = json!([{"person": {"printed": "Mme Noémie CHARDONNET"}}]);
        let candidates = json!([{"people": [{"printed": "Mme Noémie CHARDONNET"}, {"printed": "M. Perdu SCRUTIN"}], "votes": 12}]);
        return json!({"id": uuid(8, place + 1), "covers": [uuid(6, place + 1)], "kind": "election", "mode": "secret",
            "election": {"seats": 1, "rounds": [{"voters": 12, "candidates": candidates}], "elected": elected}});
    }
    ballot
}

fn sitting(number: usize, acts: &[(usize, &Line)]) -> Value {
    let date = acts[0].1.date;
    let person = |id: &str, name: &str| json!({"printed": name, "person": id});
    let mut present = vec![person(ALWAYS, "Mme Solène TOUJOURS"), person(RAPPORTEUR, "Mme Odile RAPPORTAIRE")];
    let mut excused = Vec::new();
    if date.starts_with("2025") { &mut present } else { &mut excused }.push(person(LATE, "M. Blaise TARDIF"));
    let body = if number == 4 { OTHER_BODY } else { BODY };
    json!({
        "body": body, "origin": "transcribed", "date": date,
        "agenda": acts.iter().map(|(place, _)| json!({"id": uuid(6, place + 1)})).collect::<Vec<_>>(),
        "attendance": [{"status": "present", "voting_right": "voting", "entries": present}, {"status": "excused", "voting_right": "voting", "entries": excused}],
        "ballots": acts.iter().map(|(place, line)| ballot(*place, line.number)).collect::<Vec<_>>(),
        "recusals": [{"id": uuid(7, number), "person": {"printed": "M. Anselme ÉCARTÉ"}, "covers": [uuid(6, acts[0].0 + 1)],
            "kind": "interest", "ground": "trésorier de la fanfare secrète"}],
    })
}

/// Loads the department and its acts, and shows all of them to the public.
pub fn load(register: &Register) {
    let by = actor(SIREN);
    let authority = json!({"siren": SIREN, "name": "Département de la Vallée-Claire", "kind": "department", "visibility": "public"});
    register.add_authority(&by, None, &of(authority)).unwrap();
    let add = |text: &str, entry: Entry| register.add_entry(&by, None, id(text), &entry).unwrap();
    for (body, name) in [(BODY, "Commission permanente"), (OTHER_BODY, "Conseil départemental")] {
        add(body, Entry::Body(of::<Body>(json!({"name": name, "kind": "departmental_council", "visibility": "public"}))));
    }
    add(GROUP, Entry::Group(of::<Group>(json!({"name": "Groupe des Sources", "visibility": "public"}))));
    add(HIDDEN_GROUP, Entry::Group(of::<Group>(json!({"name": "Groupe des Rives", "visibility": "internal"}))));
    for (person, family, visibility) in [(ALWAYS, "TOUJOURS", "public"), (LATE, "TARDIF", "public"), (RAPPORTEUR, "RAPPORTAIRE", "internal")] {
        add(person, Entry::Person(of::<Person>(json!({"family_name": family, "visibility": visibility}))));
        add(&person.replace("-0003-", "-0004-"), Entry::Mandate(of::<Mandate>(json!({"person": person, "body": BODY, "visibility": visibility}))));
    }
    let lines = lines();
    let placed: Vec<(usize, &Line)> = lines.iter().enumerate().collect();
    for (number, acts) in placed.chunks(6).enumerate() {
        let sitting_id = id(&uuid(5, number + 1));
        register.add_sitting(&by, None, sitting_id, of(sitting(number + 1, acts))).unwrap();
        register.show_sitting(&by, sitting_id, Visibility::Public).unwrap();
    }
    for (place, line) in lines.iter().enumerate() {
        register.add_deliberation(&by, None, id(&act_id(place)), of(line.act.clone())).unwrap();
        register.show_deliberation(&by, id(&act_id(place)), Visibility::Public).unwrap();
    }
}
