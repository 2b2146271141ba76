//! A register with the demonstration, a live sitting and a draft of the same authority, and a neighbour whose records are all internal.

use std::convert::Infallible;

use registre::record::{FileRole, Id};
use registre::register::{Actor, Entry, FileOf, ImportAsked, ImportMode, NewFile, Received, Register, Sent};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::PAS_DE_CALAIS;

/// Entries of the demonstration.
pub const BODY: &str = "01977e51-0001-7000-8000-000000000001";
pub const GROUP: &str = "01977e51-0002-7000-8000-000000000001";
pub const PERSON: &str = "01977e51-0003-7000-8000-000000000001";
pub const ITEM: &str = "01977e51-0006-7000-8000-000000000048";
/// A recorded sitting of the same authority: two items, one ballot, one event.
pub const LIVE: &str = "01977e53-0005-7000-8000-000000000001";
pub const LIVE_ITEM: &str = "01977e53-0006-7000-8000-000000000001";
pub const LIVE_OTHER_ITEM: &str = "01977e53-0006-7000-8000-000000000002";
pub const LIVE_EVENT: &str = "01977e53-000a-7000-8000-000000000001";
/// A draft from the first item.
pub const DRAFT: &str = "01977e53-0009-7000-8000-000000000001";

/// An invented authority that shows nothing to anyone.
pub mod neighbour {
    pub const SIREN: &str = "229900105";
    pub const NAME: &str = "Département d'Ombreval";
    pub const BODY: &str = "01977e54-0001-7000-8000-000000000001";
    pub const GROUP: &str = "01977e54-0002-7000-8000-000000000001";
    pub const PERSON: &str = "01977e54-0003-7000-8000-000000000001";
    pub const MANDATE: &str = "01977e54-0004-7000-8000-000000000001";
    pub const SITTING: &str = "01977e54-0005-7000-8000-000000000001";
    pub const ITEM: &str = "01977e54-0006-7000-8000-000000000001";
    pub const BALLOT: &str = "01977e54-0008-7000-8000-000000000001";
    pub const DECLARATION: &str = "01977e54-000e-7000-8000-000000000001";
    pub const SIGNATURE: &str = "01977e54-000c-7000-8000-000000000001";
    pub const POWERS: &str = "01977e54-000d-7000-8000-000000000001";
    pub const ACT: &str = "01977e54-0009-7000-8000-000000000001";
    pub const WEBHOOK: &str = "01977e54-000f-7000-8000-000000000001";
    pub const FILE: &str = "01977e54-000b-7000-8000-000000000001";
    pub const IMPORT: &str = "01977e54-0010-7000-8000-000000000001";
    /// What the one file of the neighbour is called.
    pub const FILE_NAME: &str = "ombreval.pdf";
    /// What every identifier of the neighbour begins with.
    pub const IDS: &str = "01977e54-";
}

pub fn id(text: &str) -> Id {
    text.parse().unwrap()
}

pub fn of<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

/// The least that passes for a PDF.
pub const PDF: &[u8] = b"%PDF-1.7\n%%EOF\n";

/// Bytes that a register has taken in.
pub fn received(register: &Register, actor: &Actor, bytes: &'static [u8]) -> Received {
    let body = futures_util::stream::iter([Ok::<_, Infallible>(bytes::Bytes::from_static(bytes))]);
    let sent = Sent { content_type: "application/pdf", ..Sent::default() };
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(register.receive(actor, sent, body)).unwrap()
}

pub fn actor(authority: &str) -> Actor {
    Actor { sub: "world".to_owned(), authority: authority.parse().unwrap(), may_waive: false }
}

pub fn load(register: &Register) {
    registre::demo::load(register).unwrap();
    work_in_hand(register);
    next_door(register);
}

fn work_in_hand(register: &Register) {
    let own = actor(PAS_DE_CALAIS);
    let sitting = json!({
        "body": BODY, "origin": "recorded", "date": "2025-09-15",
        "agenda": [{"id": LIVE_ITEM, "title": "Premier point"}, {"id": LIVE_OTHER_ITEM, "title": "Second point"}],
        "timeline": [{"id": LIVE_EVENT, "kind": "item_opened"}],
    });
    register.add_sitting(&own, None, id(LIVE), of(sitting)).unwrap();
    let draft = json!({"sitting": LIVE, "origin": "recorded", "agenda_items": [LIVE_ITEM], "title": "Un projet"});
    register.add_deliberation(&own, None, id(DRAFT), of(draft)).unwrap();
}

fn next_door(register: &Register) {
    use neighbour::{
        ACT, BODY, DECLARATION, FILE, FILE_NAME, GROUP, IMPORT, ITEM, MANDATE, NAME, PERSON, POWERS, SIGNATURE, SIREN, SITTING, WEBHOOK,
    };
    let them = actor(SIREN);
    register.add_authority(&them, None, &of(json!({"siren": SIREN, "name": NAME, "kind": "department"}))).unwrap();
    let mandate = json!({"person": PERSON, "body": BODY, "affiliation": "group", "group": GROUP});
    for (id_text, entry) in [
        (BODY, Entry::Body(of(json!({"name": "Conseil d'Ombreval", "kind": "departmental_council"})))),
        (GROUP, Entry::Group(of(json!({"name": "Groupe d'Ombreval"})))),
        (PERSON, Entry::Person(of(json!({"family_name": "OMBREVAL"})))),
        (MANDATE, Entry::Mandate(of(mandate))),
        (DECLARATION, Entry::InterestDeclaration(of(json!({"person": PERSON, "kind": "other", "matters": ["affaire"]})))),
        (SIGNATURE, Entry::SignatureDelegation(of(json!({"delegate": {"person": PERSON}, "order_number": "1"})))),
        (POWERS, Entry::PowersDelegation(of(json!({"body": BODY, "deliberation_number": "1"})))),
    ] {
        register.add_entry(&them, None, id(id_text), &entry).unwrap();
    }
    let sitting = json!({"body": BODY, "origin": "recorded", "date": "2025-07-07", "agenda": [{"id": ITEM}]});
    register.add_sitting(&them, None, id(SITTING), of(sitting)).unwrap();
    let numbers = json!([{"kind": "act", "value": "2025-302"}]);
    let act = json!({"sitting": SITTING, "origin": "recorded", "agenda_items": [ITEM], "title": "Affaire d'Ombreval", "numbers": numbers});
    register.add_deliberation(&them, None, id(ACT), of(act)).unwrap();
    let new = NewFile { of: FileOf::Deliberation(id(ACT)), role: FileRole::SignedOriginal, name: FILE_NAME.to_owned() };
    register.add_file(&them, None, id(FILE), new, received(register, &them, PDF)).unwrap();
    let at = registre::store::now();
    let webhook = registre::store::WebhookRow {
        authority: SIREN.to_owned(),
        id: WEBHOOK.to_owned(),
        url: "https://ombreval.example/".to_owned(),
        types: String::new(),
        visibility: "public".to_owned(),
        description: None,
        active: false,
        salt: "salt".to_owned(),
        previous_salt: None,
        previous_until: None,
        reached: 0,
        version: 1,
        created_at: at,
        created_by: "world".to_owned(),
        modified_at: at,
    };
    register.store().write(|session| session.add_webhook(&webhook)).unwrap();
    let lines = futures_util::stream::iter([Ok::<_, Infallible>(bytes::Bytes::from_static(b"{}\n"))]);
    let file = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let file = file.block_on(register.receive_import(&them.authority, id(IMPORT), lines)).unwrap();
    let asked = ImportAsked { mode: ImportMode::PerLine, dry_run: false, scopes: String::new() };
    register.begin_import(&them, None, id(IMPORT), &asked, &file).unwrap();
}
