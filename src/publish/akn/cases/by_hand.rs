//! A municipal council of few words, written by hand: what is not printed is composed, what is not known is not said.

use super::*;
use crate::record::{Fact, FactKind, RecordedFact};

const UNNUMBERED: usize = 0;
const BY_GROUP: usize = 1;
const PROPOSED: usize = 2;

pub(super) fn given() -> Given {
    let (body, item, other, third) = (id(1, 1), id(6, 1), id(6, 2), id(6, 3));
    let persons = json!([
        { "id": id(3, 1), "given_name": "Alix", "family_name": "MORVENT", "visibility": "public" },
        { "id": id(3, 2), "given_name": "Basile", "family_name": "TERNOY", "visibility": "public" },
        { "id": id(3, 3), "given_name": "Cyriaque", "family_name": "OUDRELLE", "visibility": "internal" },
    ]);
    let groups = json!([{ "id": id(2, 1), "name": "Sainte-Ombre ensemble", "visibility": "public" }]);
    let person = |number: u32| json!({ "person": id(3, number) });
    let sitting = json!({
        "body": body, "origin": "recorded", "date": "2026-03-01",
        "starts": { "at": "2026-03-01T18:05:00Z" }, "ends": { "at": "2026-03-01T19:30:00Z" },
        "chairs": [{ "person": person(1), "capacity": "unstated" }],
        "attendance": [{ "status": "present", "voting_right": "voting", "stated_count": 2, "entries": [{ "person": id(3, 1) }, { "person": id(3, 2) }] }],
        "quorum": { "number": 3, "met": false },
        "proxies": [{ "giver": { "printed": "M. OUDRELLE", "person": id(3, 3) }, "holder": person(1) }],
        "recusals": [
            { "id": id(7, 1), "covers": [item], "count": 2, "took_part_in_debate": false, "took_part_in_vote": false },
            { "id": id(7, 2), "covers": [item], "person": person(2), "took_part_in_vote": false },
        ],
        "timeline": [{ "id": id(10, 1), "kind": "departure", "person": person(2), "moment": { "at": "2026-03-01T18:40:00Z", "item": other, "anchor": "after" } }],
        "agenda": [
            { "id": item, "title": "Tarifs de la halle", "status": "taken" },
            { "id": other, "title": "Budget", "status": "postponed" },
            { "id": third, "title": "Vœu" },
        ],
        "ballots": [
            {
                "id": id(8, 1), "covers": [item], "mode": "public_roll_call", "outcome": "adopted",
                "options": [
                    { "option": "for", "count": 3, "entries": [{ "kind": "group", "group": id(2, 1), "exceptions": [person(2)] }, { "kind": "person", "person": id(3, 1) }] },
                    { "option": "against", "count": 0 },
                    { "option": "abstention", "count": null },
                    { "option": "not_voting", "entries": [{ "kind": "person", "printed": "Mme INCONNUE" }] },
                ],
                "roll_call": [
                    { "person": person(1), "option": "for", "basis": "group" },
                    { "person": person(2), "option": "against", "basis": "person" },
                ],
            },
            { "id": id(8, 2), "covers": [third], "mode": "secret", "options": [{ "option": "for", "count": 2, "entries": [{ "kind": "person", "person": id(3, 1), "count": 1 }] }, { "option": "blank", "count": 0 }], "outcome": "rejected" },
        ],
    });
    let act = json!({ "sitting": id(5, 1), "origin": "recorded", "title": "Tarifs", "outcome": "adopted" });
    let acts = vec![
        with(act.clone(), json!({ "agenda_items": [], "articles": [] })),
        with(act.clone(), json!({ "agenda_items": [item], "articles": [{ "text": "D'adopter les tarifs." }] })),
        with(
            act,
            json!({ "agenda_items": [third], "outcome": "rejected", "report": { "proposals": [{ "text": "d'émettre un vœu ;" }, { "text": "de l'adresser au préfet." }] } }),
        ),
    ];
    Given { directory: directory(body, persons, groups), sitting, acts }
}

#[test]
fn without_a_number_the_identifier_names_the_act() {
    let written = written(act(&given().act(UNNUMBERED, View::Internal)));
    let document = tree(&written);
    let work = format!("/akn/fr/statement/deliberation/ville-de-sainte-ombre/2026-03-01/{}", id(9, 1));
    assert_eq!(said(&document, "FRBRuri", "value")[0], work);
    let none: [&str; 0] = [];
    assert_eq!(said(&document, "FRBRnumber", "value"), none);
    assert_eq!(texts(&document, "docType"), ["Délibération"]);
    assert_eq!(texts(&document, "docDate"), ["Séance du 1er mars 2026"]);
    // It is not sealed: no act yet.
    assert_eq!(texts(&document, "docStatus"), ["Délibéré"]);
    assert_eq!(texts(&document, "outcome"), ["(adopté)"]);
}

#[test]
fn what_is_composed_says_no_more_than_is_known() {
    let written = written(act(&given().act(BY_GROUP, View::Public)));
    let document = tree(&written);
    assert_eq!(counts(under(&document, "voting_1")), [("#for", "3"), ("#against", "0")]);
    let lines: Vec<String> = under(&document, "ballot_1").children().filter(|node| node.is_element()).map(text).collect();
    let expected = [
        "Pour : 3 (Sainte-Ombre ensemble, sauf Basile TERNOY) - Contre : 0 - Ne prend pas part au vote : (Mme INCONNUE)",
        "Basile TERNOY : contre",
        "Mme INCONNUE : ne prend pas part au vote",
        "(adopté)",
    ];
    assert_eq!(lines, expected);
    assert_eq!(under(&document, "quorumVerification_1").attribute("outcome"), Some("#quorum_not_met"));
    assert_eq!(
        text(under(&document, "recusals")),
        "Nombre d'élus : 2 : ne prend part ni au débat, ni au vote.Basile TERNOY : ne prend pas part au vote."
    );
    assert_eq!(text(under(&document, "attendance")), "Présent (2) :Alix MORVENTBasile TERNOYPouvoirs :M. OUDRELLE a donné pouvoir à Alix MORVENT");
    // The public sees of this one what is printed, not what the directory holds.
    assert!(!written.contains("Cyriaque"));
}

#[test]
fn a_vote_that_a_group_cast_is_of_nobody_in_person() {
    for view in View::ALL {
        let documents = [written(act(&given().act(BY_GROUP, view))), written(minutes(&given().minutes(view)))];
        for written in &documents {
            let document = tree(written);
            let who: Vec<String> = votes(document.root_element()).into_iter().map(|(who, _, _)| who).collect();
            assert_eq!(who, ["Basile TERNOY", "Mme INCONNUE"], "{view:?}");
            // Nor does the composed line say it.
            assert!(!text(under(&document, "ballot_1")).contains("MORVENT"), "{view:?}");
        }
    }
}

#[test]
fn proposals_stand_where_there_are_no_articles() {
    let written = written(act(&given().act(PROPOSED, View::Public)));
    let document = tree(&written);
    assert_eq!(texts(&document, "paragraph"), ["d'émettre un vœu ;", "de l'adresser au préfet."]);
    assert_eq!(counts(under(&document, "voting_1")), [("#for", "2"), ("#blank", "0")]);
    assert_eq!(texts(&document, "outcome"), ["(rejeté)"]);
    // Whatever a record holds behind a secret ballot, nobody is told.
    let lines: Vec<String> = under(&document, "ballot_1").children().filter(|node| node.is_element()).map(text).collect();
    assert_eq!(lines, ["Pour : 2 - Blanc : 0", "(rejeté)"]);
}

#[test]
fn minutes_by_the_clock_of_the_authority() {
    let written = written(minutes(&given().minutes(View::Internal)));
    let document = tree(&written);
    assert_eq!(text(under(&document, "opening_1")), "Ouverture de la séance : 19 h 05Présidence : Alix MORVENT");
    assert_eq!(text(under(&document, "item_2")), "BudgetAjournéBasile TERNOY : départ (19 h 40)");
    assert_eq!(texts(&document, "adjournment"), ["Clôture de la séance : 20 h 30"]);
    // Of no item: at the end.
    assert_eq!(under(&document, "resolutions_1").parent().unwrap().tag_name().name(), "debateBody");
}

#[test]
fn a_life_of_facts_and_of_what_was_put_right() {
    let mut reading = given().act(BY_GROUP, View::Public);
    let fact = |number: u32, kind: FactKind, on: &str, corrects: Option<Id>| RecordedFact {
        fact: Fact { corrects, ..Fact::new(id(11, number), kind, on.parse().unwrap()) },
        recorded_by: None,
        recorded_at: "2026-04-01T00:00:00Z".parse().unwrap(),
    };
    reading.facts = vec![
        fact(1, FactKind::Repealed, "2026-09-01", None),
        fact(2, FactKind::Transmitted, "2026-03-03", None),
        fact(3, FactKind::Published, "2026-03-05", None),
        fact(4, FactKind::Published, "2026-03-04", Some(id(11, 3))),
        fact(5, FactKind::AgreementPaid, "2026-03-06", None),
    ];
    let rectification = |number: u32, kind: &str| {
        serde_json::from_value(json!({
            "id": id(12, number), "kind": kind, "on": "2026-05-01", "ground": "chiffre inversé", "by_act": id(9, 3),
            "corrections": [{ "what": "Contre", "printed": "0", "corrected": "1" }],
        }))
        .unwrap()
    };
    reading.rectifications = vec![rectification(1, "vote_correction"), rectification(2, "repeal")];
    let written = written(act(&reading));
    let document = tree(&written);
    let events: Vec<_> = all(&document, "eventRef")
        .into_iter()
        .map(|event| (event.attribute("date").unwrap(), event.attribute("type"), event.attribute("refersTo")))
        .collect();
    let expected = [
        ("2026-03-01", Some("generation"), None),
        ("2026-03-03", None, Some("#transmitted")),
        ("2026-03-04", None, Some("#published")),
        ("2026-05-01", Some("amendment"), Some("#vote_correction")),
        ("2026-09-01", Some("repeal"), Some("#repealed")),
    ];
    assert_eq!(events, expected);
    assert_eq!(said(&document, "passiveRef", "href"), [format!("/v1/deliberations/{}", id(9, 3))]);
    assert_eq!(text(under(&document, "note_1")), "Mise au point d'un vote du 1er mai 2026 : chiffre inverséContre : 1 ; imprimé : 0");
    // The figures of the act stay as they were proclaimed.
    assert_eq!(counts(under(&document, "voting_1")), [("#for", "3"), ("#against", "0")]);
}
