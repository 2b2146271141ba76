//! The papers of a sitting, with what is to be printed of them written by hand: four members, one of whom comes late and one of whom stands aside.

use registre::publish::paper::{self, SittingPaper};
use registre::record::Visibility;
use registre::register::{Entry, Reader, Register};
use rstest::rstest;
use serde_json::{Value, json};

use super::register_of;
use crate::harness::world::{actor, id, of};
use crate::harness::{Engine, Server};

const SIREN: &str = "222900003";
const SITTING: &str = "01977e65-0005-7000-8000-000000000001";

fn uuid(kind: u32, number: u32) -> String {
    format!("01977e65-{kind:04}-7000-8000-{number:012}")
}

fn member(number: u32) -> Value {
    let (civility, given, family) =
        [("Mme", "Anne", "ALBA"), ("M.", "Bruno", "BEC"), ("Mme", "Chloé", "CAHN"), ("M.", "Denis", "DU BOIS")][usize::try_from(number).unwrap() - 1];
    json!({ "civility": civility, "given_name": given, "family_name": family, "person": uuid(3, number) })
}

fn load(register: &Register) {
    let by = actor(SIREN);
    register.add_authority(&by, None, &of(json!({ "siren": SIREN, "name": "Département du Haut-Val", "kind": "department" }))).unwrap();
    let body = json!({ "name": "Commission permanente du Haut-Val", "kind": "departmental_permanent_commission", "visibility": "public" });
    register.add_entry(&by, None, id(&uuid(1, 1)), &Entry::Body(of(body))).unwrap();
    register.add_entry(&by, None, id(&uuid(2, 1)), &Entry::Group(of(json!({ "name": "Groupe Crêtes" })))).unwrap();
    for number in 1..=4 {
        let mut person = member(number);
        person.as_object_mut().unwrap().remove("person");
        register.add_entry(&by, None, id(&uuid(3, number)), &Entry::Person(of(person))).unwrap();
        let group = json!({ "person": uuid(3, number), "body": uuid(1, 1), "affiliation": "group", "group": uuid(2, 1) });
        let alone = json!({ "person": uuid(3, number), "body": uuid(1, 1), "affiliation": "non_affiliated" });
        let mandate = if number == 4 { alone } else { group };
        register.add_entry(&by, None, id(&uuid(4, number)), &Entry::Mandate(of(mandate))).unwrap();
    }
    let line = |number: u32, option: &str| json!({ "person": member(number), "option": option });
    let sitting = json!({
        "body": uuid(1, 1), "origin": "transcribed", "date": "2025-10-06", "place": "Hôtel du Département",
        "starts": { "at": "2025-10-06T08:00:00Z" }, "ends": { "text": "dix heures vingt" }, "members_in_office": 4,
        "convening": { "convened_on": { "date": "2025-09-24" }, "public": false, "remote": true },
        "chairs": [{ "person": member(1), "capacity": "president" }], "secretaries": [{ "person": member(2) }],
        "attendance": [{ "status": "present", "voting_right": "voting", "entries": [member(1), member(2), member(3)] },
            { "status": "excused", "voting_right": "voting", "entries": [member(4)] }],
        "timeline": [{ "id": uuid(10, 1), "kind": "arrival", "person": member(4), "moment": { "item": uuid(6, 2), "anchor": "before" } }],
        "proxies": [],
        "recusals": [{ "id": uuid(7, 1), "person": member(3), "covers": [uuid(6, 2)], "kind": "interest", "took_part_in_debate": false, "took_part_in_vote": false }],
        "agenda": [
            { "id": uuid(6, 1), "label": "1", "title": "Budget participatif", "status": "taken", "rapporteurs": [member(2)], "text": "Le rapporteur présente les lauréats." },
            { "id": uuid(6, 2), "label": "2", "title": "Subvention à un club", "status": "taken", "report_number": "12" },
            { "id": uuid(6, 3), "label": "2 bis", "title": "Avenant", "parent": uuid(6, 2), "status": "postponed" },
            { "id": uuid(6, 4), "label": "3", "title": "Question orale", "status": "added" }],
        "ballots": [
            { "id": uuid(8, 1), "covers": [uuid(6, 1)], "mode": "show_of_hands", "options": [{ "option": "for", "count": 3 }, { "option": "against", "count": 0 }], "outcome": "adopted" },
            { "id": uuid(8, 2), "covers": [uuid(6, 2)], "mode": "public_roll_call", "requested_by": [member(4)],
                "options": [{ "option": "for", "count": 2 }, { "option": "abstention", "count": 1 }],
                "roll_call": [line(1, "for"), line(2, "for"), line(4, "abstention")], "outcome": "adopted" }],
    });
    register.add_sitting(&by, None, id(SITTING), of(sitting)).unwrap();
    let act = json!({ "sitting": SITTING, "origin": "transcribed", "agenda_items": [uuid(6, 2)], "title": "Subvention à un club", "outcome": "adopted",
        "numbers": [{ "kind": "act", "value": "2025-41" }], "formulas": { "decision": "DÉCIDE :" },
        "articles": [{ "position": 1, "label": "Article unique :", "text": "D'accorder 500 € au club." }] });
    register.add_deliberation(&by, None, id(&uuid(9, 1)), of(act)).unwrap();
    register.show_sitting(&by, id(SITTING), Visibility::Public).unwrap();
}

const HEAD: &str = "DEPARTEMENT DU HAUT-VAL";

#[rstest]
#[case::minutes(SittingPaper::Minutes, include_str!("sitting/minutes.txt"))]
#[case::list(
    SittingPaper::List,
    "DEPARTEMENT DU HAUT-VAL\nLISTE DES DELIBERATIONS DE LA COMMISSION PERMANENTE DU CONSEIL DEPARTEMENTAL\n\
    REUNION DU 6 OCTOBRE 2025\n\nNuméro\tObjet\tSort\n2025-41\tSubvention à un club\tAdopté\n"
)]
#[case::agenda(
    SittingPaper::Agenda,
    "DEPARTEMENT DU HAUT-VAL\nORDRE DU JOUR DE LA COMMISSION PERMANENTE DU CONSEIL DEPARTEMENTAL\n\
    REUNION DU 6 OCTOBRE 2025\n\nÀ 10 h 00, Hôtel du Département.\n\n1 Budget participatif (rapporteur : M. Bruno BEC)\n\
    2 Subvention à un club (rapport n° 12)\n  2 bis Avenant\n"
)]
#[case::convocation(SittingPaper::Convocation, include_str!("sitting/convocation.txt"))]
#[case::attendance_sheet(
    SittingPaper::AttendanceSheet,
    "*** DOCUMENT INTERNE ***\n\nDEPARTEMENT DU HAUT-VAL\n\
    FEUILLE DE PRESENCE DE LA COMMISSION PERMANENTE DU CONSEIL DEPARTEMENTAL\nREUNION DU 6 OCTOBRE 2025\n\nMembres à voix délibérative\n\
    Nom\tGroupe\tPouvoir donné à\tSignature\nMme Anne ALBA\tGroupe Crêtes\t\t\nM. Bruno BEC\tGroupe Crêtes\t\t\nMme Chloé CAHN\tGroupe Crêtes\t\t\n\
    M. Denis DU BOIS\tNon-inscrit\t\t\n\nCertifié par le secrétaire de séance,\nM. Bruno BEC\n"
)]
fn a_paper_of_a_sitting(#[case] which: SittingPaper, #[case] expected: &str) {
    let server = Server::start(Engine::Sqlite, load);
    let own = Reader { authority: Some(SIREN.parse().unwrap()), restricted: false, seen: None };
    let reading = register_of(&server).sitting_paper(id(SITTING), which, &own).unwrap();
    let printed = paper::text(&which.of(&reading));
    assert!(printed.contains(HEAD));
    assert_eq!(printed, expected, "printed:\n{printed}");
}
