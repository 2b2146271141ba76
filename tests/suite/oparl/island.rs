//! An invented authority in another time zone, with something of everything that OParl shows, and something of everything that it does not.

use registre::record::{FileRole, Visibility};
use registre::register::{Entry, FileOf, NewFile, Register};
use serde_json::json;

use crate::harness::world::{self, PDF, actor, id, of, received};
use crate::harness::{Engine, Server};

pub const SIREN: &str = "229900204";
pub const COUNCIL: &str = "01977e55-0001-7000-8000-000000000001";
pub const COMMISSION: &str = "01977e55-0001-7000-8000-000000000002";
pub const HIDDEN_COMMITTEE: &str = "01977e55-0001-7000-8000-000000000003";
pub const GROUP: &str = "01977e55-0002-7000-8000-000000000001";
pub const CHAIR: &str = "01977e55-0003-7000-8000-000000000001";
pub const GUEST: &str = "01977e55-0003-7000-8000-000000000002";
pub const HIDDEN_PERSON: &str = "01977e55-0003-7000-8000-000000000003";
pub const CHAIR_MANDATE: &str = "01977e55-0004-7000-8000-000000000001";
pub const GUEST_MANDATE: &str = "01977e55-0004-7000-8000-000000000002";
/// Public, of a person who is not.
pub const ODD_MANDATE: &str = "01977e55-0004-7000-8000-000000000003";
pub const HIDDEN_MANDATE: &str = "01977e55-0004-7000-8000-000000000004";
pub const SITTING: &str = "01977e55-0005-7000-8000-000000000001";
pub const HIDDEN_SITTING: &str = "01977e55-0005-7000-8000-000000000002";
pub const ITEM: &str = "01977e55-0006-7000-8000-000000000001";
pub const OTHER_ITEM: &str = "01977e55-0006-7000-8000-000000000002";
pub const HIDDEN_ITEM: &str = "01977e55-0006-7000-8000-000000000003";
pub const ACT: &str = "01977e55-0009-7000-8000-000000000001";
/// Internal, from the other item of the public sitting.
pub const HIDDEN_ACT: &str = "01977e55-0009-7000-8000-000000000002";
/// Public, from a sitting that is internal.
pub const ACT_APART: &str = "01977e55-0009-7000-8000-000000000003";
/// The document of the act as published.
pub const FILE: &str = "01977e55-000b-7000-8000-000000000001";
pub const ANNEX: &str = "01977e55-000b-7000-8000-000000000002";
/// Published with the sitting.
pub const MINUTES: &str = "01977e55-000b-7000-8000-000000000003";

/// Words that stand only in what is not shown.
pub const SECRETS: [&str; 3] = ["CACHÉE", "Comité caché", "Affaire cachée"];

pub fn server(engine: Engine) -> Server {
    Server::start(engine, load)
}

/// The sitting, as it is recorded.
pub fn sitting() -> serde_json::Value {
    let present = |people: &[&str]| people.iter().map(|person| json!({"person": person})).collect::<Vec<_>>();
    json!({
        "body": COMMISSION, "origin": "transcribed", "date": "2026-03-02", "heading": "SÉANCE DU 2 MARS 2026",
        "starts": {"text": "dix heures", "at": "2026-03-02T06:00:00Z"},
        "ends": {"text": "midi", "at": "2026-03-02T08:00:00Z"},
        "place": "Salle des délibérations", "convening": {"public": true},
        "attendance": [
            {"status": "present", "voting_right": "voting", "entries": present(&[CHAIR, HIDDEN_PERSON])},
            {"status": "excused", "voting_right": "without_vote", "entries": present(&[GUEST])},
        ],
        "agenda": [
            {"id": OTHER_ITEM, "label": "B", "title": "Second point", "taken_position": 2, "status": "withdrawn"},
            {"id": ITEM, "label": "A", "title": "Premier point", "taken_position": 1, "status": "taken"},
        ],
        "timeline": [{"id": "01977e55-000a-7000-8000-000000000001", "kind": "item_opened", "moment": {"item": ITEM, "at": "2026-03-02T06:05:00Z"}}],
    })
}

/// The act, as it is recorded.
pub fn act() -> serde_json::Value {
    json!({
        "sitting": SITTING, "origin": "transcribed", "agenda_items": [ITEM], "title": "Refaire la digue",
        "numbers": [{"kind": "act", "value": "2026-7"}], "outcome": "adopted", "formulas": {"decision": "DECIDE :"},
        "articles": [{"label": "Article 1 :", "text": "De refaire la digue."}],
        "matter_codes": [{"code": "8.3", "label": "Voirie"}],
        "report": {"opinions": [{"body": COUNCIL, "text": "Le conseil a émis un avis favorable."}, {"body": HIDDEN_COMMITTEE, "opinion": "reserved"}]},
    })
}

fn load(register: &Register) {
    world::load(register);
    let they = actor(SIREN);
    let authority =
        json!({"siren": SIREN, "name": "Département de l'Île-Haute", "kind": "department", "time_zone": "Indian/Reunion", "visibility": "public"});
    register.add_authority(&they, None, &of(authority)).unwrap();
    let (commission, public) = (json!("departmental_permanent_commission"), json!("public"));
    for (id_text, entry) in [
        (COUNCIL, Entry::Body(of(json!({"name": "Conseil de l'Île-Haute", "kind": "departmental_council", "visibility": public})))),
        (
            COMMISSION,
            Entry::Body(of(
                json!({"name": "Commission de l'Île-Haute", "kind": commission, "parent": COUNCIL, "valid_from": "2021-07-01", "visibility": public}),
            )),
        ),
        (HIDDEN_COMMITTEE, Entry::Body(of(json!({"name": "Comité caché", "kind": "committee"})))),
        (GROUP, Entry::Group(of(json!({"name": "Groupe de l'Île, du Cap et du Phare", "short_name": "ICP", "visibility": public})))),
        (CHAIR, Entry::Person(of(json!({"civility": "Mme", "given_name": "Aude", "family_name": "DUCAP", "visibility": public})))),
        (GUEST, Entry::Person(of(json!({"family_name": "DUPHARE", "visibility": public})))),
        (HIDDEN_PERSON, Entry::Person(of(json!({"family_name": "CACHÉE"})))),
        (
            CHAIR_MANDATE,
            Entry::Mandate(of(json!({"person": CHAIR, "body": COMMISSION, "role": "president", "voting_right": "voting", "affiliation": "group",
                "group": GROUP, "valid_from": "2021-07-01", "valid_to": "2028-03-31", "visibility": public}))),
        ),
        (GUEST_MANDATE, Entry::Mandate(of(json!({"person": GUEST, "body": COMMISSION, "voting_right": "without_vote", "visibility": public})))),
        (ODD_MANDATE, Entry::Mandate(of(json!({"person": HIDDEN_PERSON, "body": COMMISSION, "visibility": public})))),
        (HIDDEN_MANDATE, Entry::Mandate(of(json!({"person": CHAIR, "body": HIDDEN_COMMITTEE})))),
    ] {
        register.add_entry(&they, None, id(id_text), &entry).unwrap();
    }
    register.add_sitting(&they, None, id(SITTING), of(sitting())).unwrap();
    let apart = json!({"body": COMMISSION, "origin": "transcribed", "date": "2026-04-13", "agenda": [{"id": HIDDEN_ITEM, "title": "Point caché"}]});
    register.add_sitting(&they, None, id(HIDDEN_SITTING), of(apart)).unwrap();
    register.add_deliberation(&they, None, id(ACT), of(act())).unwrap();
    let hidden = json!({"sitting": SITTING, "origin": "transcribed", "agenda_items": [OTHER_ITEM], "title": "Affaire cachée", "outcome": "rejected"});
    register.add_deliberation(&they, None, id(HIDDEN_ACT), of(hidden)).unwrap();
    let apart = json!({"sitting": HIDDEN_SITTING, "origin": "transcribed", "agenda_items": [HIDDEN_ITEM], "title": "Éclairer le port"});
    register.add_deliberation(&they, None, id(ACT_APART), of(apart)).unwrap();
    for (file, of, role, name) in [
        (FILE, FileOf::Deliberation(id(ACT)), FileRole::Published, "digue.pdf"),
        (ANNEX, FileOf::Deliberation(id(ACT)), FileRole::Annex, "annexe.pdf"),
        (MINUTES, FileOf::Sitting(id(SITTING)), FileRole::Published, "procès-verbal.pdf"),
    ] {
        let new = NewFile { of, role, name: name.to_owned() };
        register.add_file(&they, None, id(file), new, received(register, &they, PDF)).unwrap();
    }
    register.show_sitting(&they, id(SITTING), Visibility::Public).unwrap();
    register.show_deliberation(&they, id(ACT), Visibility::Public).unwrap();
    register.show_deliberation(&they, id(ACT_APART), Visibility::Public).unwrap();
}
