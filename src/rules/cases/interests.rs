//! Recusals to think of: declarations beside the agenda.

use serde_json::{Value, json};

use super::*;
use crate::record::InterestDeclaration;
use crate::rules::{Declared, InterestGround, InterestPlace, ProposedRecusal, is_listed, proposed_recusals};

/// Members are 101 to 109, in the lists as Membre 1 to 9.
fn member(n: u32) -> Value {
    json!({ "printed": format!("M. Membre {n}"), "person": text_id(100 + n) })
}

fn declaration(changes: Value) -> InterestDeclaration {
    serde_json::from_value(changed(json!({ "person": text_id(101), "kind": "outside_seat" }), changes)).unwrap()
}

/// An act on item 1, a grant to a cooperative with a convention; its report has another title.
fn grant() -> DeliberationRecord {
    act(json!({
        "title": "Animer le réseau des coopératives",
        "report": { "title": "Économie sociale et solidaire : l'animation" },
        "beneficiaries": [{ "name": "SCIC « L'Étincelle »", "siret": { "text": "732 829 320 00074" } }],
        "agreements": [{ "parties": [{ "name": "Département" }, { "name": "Les Amis du Lac", "siret": { "digits": "50000000100017" } }] }],
    }))
}

fn proposals(sitting: &SittingRecord, acts: &[(Id, DeliberationRecord)], declaration: &InterestDeclaration) -> Vec<ProposedRecusal> {
    proposed_recusals(sitting, acts, &[Declared { id: id(300), name: None, declaration }])
}

#[test]
fn what_meets_an_item() {
    use InterestGround::{Matter, Organisation, Siret};
    use InterestPlace::{ActTitle, Beneficiary, ItemTitle, Party, ReportTitle};
    let titled = |n: u32, title: &str| changed(item(n), json!({ "title": title }));
    let room = sitting(json!({ "agenda": [titled(1, "Réseau des coopératives"), titled(2, "Ensemble scolaire de l'Île-Rousse"), item(3)] }));
    type Place = (u32, InterestGround, InterestPlace, &'static str);
    let rows: Vec<(&str, Value, Vec<Place>)> = vec![
        ("nothing declared to look for", json!({}), vec![]),
        ("the SIRET of a beneficiary, printed with spaces", json!({ "siret": "73282932000074" }), vec![(1, Siret, Beneficiary, "73282932000074")]),
        ("the SIREN of a beneficiary's SIRET", json!({ "siret": "732829320" }), vec![(1, Siret, Beneficiary, "73282932000074")]),
        ("another establishment of the same SIREN", json!({ "siret": "73282932000082" }), vec![]),
        ("a SIREN in the middle of a SIRET", json!({ "siret": "829320000" }), vec![]),
        ("the SIREN of a party to a convention", json!({ "siret": "500000001" }), vec![(1, Siret, Party, "50000000100017")]),
        (
            "the name of a beneficiary, whatever case, accents and quotes",
            json!({ "organisation": "scic l’etincelle" }),
            vec![(1, Organisation, Beneficiary, "SCIC « L'Étincelle »")],
        ),
        ("the name of a party", json!({ "organisation": "Amis du Lac" }), vec![(1, Organisation, Party, "Les Amis du Lac")]),
        ("a name that is part of a word", json!({ "organisation": "SEM" }), vec![]),
        ("a name of which one word is missing", json!({ "organisation": "Les Vrais Amis du Lac" }), vec![]),
        (
            "a name in the title of an item",
            json!({ "organisation": "ensemble scolaire" }),
            vec![(2, Organisation, ItemTitle, "Ensemble scolaire de l'Île-Rousse")],
        ),
        (
            "words of a matter in the titles of item and act",
            json!({ "matters": ["RÉSEAU DES COOPÉRATIVES"] }),
            vec![(1, Matter, ItemTitle, "RÉSEAU DES COOPÉRATIVES"), (1, Matter, ActTitle, "RÉSEAU DES COOPÉRATIVES")],
        ),
        (
            "words of a matter in the title of the report",
            json!({ "matters": ["economie sociale et solidaire"] }),
            vec![(1, Matter, ReportTitle, "economie sociale et solidaire")],
        ),
        ("words of a matter are not looked for among beneficiaries", json!({ "matters": ["étincelle"] }), vec![]),
        (
            "two grounds on one item are one proposal",
            json!({ "siret": "732829320", "matters": ["coopératives"] }),
            vec![(1, Siret, Beneficiary, "73282932000074"), (1, Matter, ItemTitle, "coopératives"), (1, Matter, ActTitle, "coopératives")],
        ),
        (
            "two items are two proposals",
            json!({ "matters": ["coopératives", "scolaire"] }),
            vec![(1, Matter, ItemTitle, "coopératives"), (1, Matter, ActTitle, "coopératives"), (2, Matter, ItemTitle, "scolaire")],
        ),
    ];
    let acts = [(id(ACT), grant())];
    for (name, changes, expected) in rows {
        let found = proposals(&room, &acts, &declaration(changes));
        let mut items: Vec<u32> = expected.iter().map(|(item, ..)| *item).collect();
        items.dedup();
        assert_eq!(found.iter().map(|p| p.item).collect::<Vec<_>>(), items.iter().map(|n| id(*n)).collect::<Vec<_>>(), "{name}");
        let because: Vec<_> = found.iter().flat_map(|p| p.because.iter().map(|m| (p.item, m.by, m.place, m.matched.as_str()))).collect();
        let expected: Vec<_> = expected.into_iter().map(|(item, by, place, text)| (id(item), by, place, text)).collect();
        assert_eq!(because, expected, "{name}");
        let of_act = |place| !matches!(place, ItemTitle);
        assert!(found.iter().flat_map(|p| &p.because).all(|m| m.act.is_some() == of_act(m.place)), "{name}");
        assert!(found.iter().all(|p| !p.already_recorded), "{name}");
    }
}

#[test]
fn an_act_of_another_item_is_another_matter() {
    let room = sitting(json!({}));
    let other = act(json!({ "agenda_items": [text_id(2), text_id(3)], "title": "Coopératives" }));
    let found = proposals(&room, &[(id(ACT), other)], &declaration(json!({ "matters": ["coopératives"] })));
    assert_eq!(found.iter().map(|p| p.item).collect::<Vec<_>>(), [id(2), id(3)]);
}

#[test]
fn what_is_recorded_already() {
    let part = changed(item(3), json!({ "title": "Coopératives, suite", "parent": text_id(1) }));
    let agenda = json!([changed(item(1), json!({ "title": "Coopératives" })), item(2), part]);
    let stands_aside = |person: Value, items: &[u32]| json!([changed(recusal(1, items), json!({ "person": person }))]);
    let rows = [
        ("nobody", json!([]), [false, false]),
        ("the person, on the item and on what is part of it", stands_aside(member(1), &[1]), [true, true]),
        ("on the part alone", stands_aside(member(1), &[3]), [false, true]),
        ("by the name that the list prints", stands_aside(who(1), &[1]), [true, true]),
        ("on another item", stands_aside(member(1), &[2]), [false, false]),
        ("another person", stands_aside(member(2), &[1]), [false, false]),
    ];
    for (name, recusals, expected) in rows {
        let lists = json!([{ "status": "present", "voting_right": "voting", "entries": [member(1), member(2)] }]);
        let room = sitting(json!({ "agenda": agenda, "attendance": lists, "recusals": recusals }));
        let found = proposals(&room, &[], &declaration(json!({ "matters": ["coopératives"] })));
        assert_eq!(found.iter().map(|p| p.already_recorded).collect::<Vec<_>>(), expected, "{name}");
        assert!(is_listed(&room, id(101)) && !is_listed(&room, id(109)), "{name}");
    }
}
