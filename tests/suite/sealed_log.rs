//! A log as it is stored, and someone with the database in hand: whatever is changed in it is found. The short form is 60 acts and 200 changes on each
//! engine; `scripts/prove-stored-log` does the long one, and says how many changes it made.

mod rows;
mod tamper;

use std::process::Command;

use registre::proof::{Checkpoint, StoredCheck, Trust, VerifierKey};
use registre::record::Siren;
use registre::store::{Store, StoreError};
use rstest::rstest;
use serde_json::{Value, json};

use self::rows::Rows;
use self::tamper::{Dice, PARTS};
use crate::harness::{Engine, Server};

/// An invented authority.
pub const SIREN: &str = "229900014";

/// Clean cuts: each is checked from the first entry on.
const CUTS: usize = 4;

/// Acts that one sitting deliberates on.
const PER_SITTING: usize = 50;

/// Small, so that a change is looked for from near where it was made.
const PAGE: u16 = 4;

fn size(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().map_or(otherwise, |text| text.parse().unwrap())
}

fn uuid() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// Seals so many acts, recorded by one and sealed by another.
pub fn seal(server: &Server, acts: usize) {
    let (recorder, sealer) = (server.token_of("recorder", SIREN, "all"), server.token_of("sealer", SIREN, "all"));
    let add = |path: &str, body: &Value| server.post(path, &recorder, body).expect(201).json()["id"].clone();
    server.post("/v1/authorities", &recorder, &json!({"siren": SIREN, "name": "Département de la Vallée-Claire", "kind": "department"})).expect(201);
    let body = add("/v1/bodies", &json!({"name": "Commission permanente", "kind": "departmental_permanent_commission"}));
    let person = add("/v1/persons", &json!({"given_name": "Claude", "family_name": "MEMBRE"}));
    for first in (0..acts).step_by(PER_SITTING) {
        let items: Vec<String> = (first..acts.min(first + PER_SITTING)).map(|_| uuid()).collect();
        let ballot = |item: &String| {
            json!({"id": uuid(), "covers": [item], "mode": "public_roll_call", "outcome": "adopted",
                "options": [{"option": "for", "count": 1}], "roll_call": [{"person": {"person": person}, "option": "for"}]})
        };
        let sitting = add(
            "/v1/sittings",
            &json!({"body": body, "origin": "recorded", "date": "2025-09-15", "members_in_office": 1, "proxies": [],
                "attendance": [{"status": "present", "voting_right": "voting", "source": "roll_call", "entries": [{"person": person}]}],
                "agenda": items.iter().map(|id| json!({"id": id})).collect::<Vec<_>>(), "ballots": items.iter().map(ballot).collect::<Vec<_>>()}),
        );
        for item in items {
            let record = json!({"sitting": sitting, "origin": "recorded", "agenda_items": [item], "title": "Subvention", "outcome": "adopted"});
            let act = add("/v1/deliberations", &record).as_str().unwrap().to_owned();
            for to in ["on_agenda", "deliberated"] {
                server.post(&format!("/v1/deliberations/{act}/workflow"), &recorder, &json!({"to": to})).expect(200);
            }
            server.post(&format!("/v1/deliberations/{act}/seal"), &sealer, &Value::Null).expect(201);
        }
    }
}

/// The key of the log, as its export names it.
pub fn key(server: &Server) -> VerifierKey {
    let export = server.get("/v1/log/entries", Some(&server.token(SIREN, "audit:read"))).expect(200).text;
    let header: Value = serde_json::from_str(export.lines().next().unwrap()).unwrap();
    header["verifier_key"].as_str().unwrap().parse().unwrap()
}

fn run(arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_registre")).arg("verify").args(arguments).output().unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap())
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn whatever_is_changed_is_found(#[case] engine: Engine) {
    let (acts, changes) = (size("STORED_ACTS", 60), size("STORED_CHANGES", 200));
    let server = Server::empty(engine);
    seal(&server, acts);
    let key = key(&server);
    let url = server.database.url.as_str();
    let (passed, said) = run(&[url, "--authority", SIREN, "--key", &key.to_string()]);
    assert!(passed && said.contains(&format!("all {acts} entries are there")) && said.contains("every checkpoint is signed"), "{said}");
    let (passed, said) = run(&[url, "--key", &key.to_string()]);
    assert!(!passed && said.contains("--authority SIREN"), "{said}");
    let (passed, said) = run(&[url, "--authority", SIREN]);
    assert!(!passed && said.contains("--key"), "{said}");

    let store = Store::open(url, 1).unwrap();
    let rows: Rows = store.read(|session| Rows::read(session, SIREN)).map_err(|e: StoreError| e.to_string()).unwrap();
    let authority: Siren = SIREN.parse().unwrap();
    // What is before a change is as it was: the check goes on from there.
    let mut before = vec![StoredCheck::begin(authority.clone(), key.clone(), None, PAGE)];
    while let mut next = before.last().unwrap().clone()
        && next.step(&mut &rows).unwrap()
    {
        before.push(next);
    }
    let mut dice = Dice(20_261_124);
    let mut counts = [0; PARTS.len()];
    for change in 0..changes {
        let kind = dice.below(PARTS.len());
        let mut changed = rows.clone();
        let (what, leaf) = changed.tamper(kind, &mut dice);
        counts[kind] += 1;
        let mut check = before[(leaf / usize::from(PAGE)).min(before.len() - 1)].clone();
        // What is found once is found: the rest can only add to it.
        while !check.failing() && check.step(&mut &changed).unwrap() {}
        let found = check.failing() || !check.end(&mut &changed).unwrap().passed();
        assert!(found, "change {change}: {what}");
    }
    println!("{} {engine:?}: {changes} changes in a stored log of {acts} acts, all found", chrono::Utc::now().date_naive());
    PARTS.iter().zip(counts).for_each(|(part, count)| println!("  {count:>5} {part}"));
    cut(&rows, &authority, &key, &mut dice);
}

/// A log that is cut clean, with all that belongs to what is cut, stands in itself: an older checkpoint tells.
fn cut(rows: &Rows, authority: &Siren, key: &VerifierKey, dice: &mut Dice) {
    let acts = rows.entries.len();
    let whole = |rows: &Rows, older: Option<&String>| {
        let trust = Trust { key: Some(key.clone()), older: older.cloned() };
        StoredCheck::whole(authority.clone(), key.clone(), &trust, PAGE, &mut &*rows).unwrap()
    };
    let (_, last) = rows.checkpoints.last().unwrap();
    assert_eq!(Checkpoint::read(last).unwrap().head.size, u64::try_from(acts).unwrap());
    assert!(whole(rows, Some(last)).passed());
    for _ in 0..CUTS {
        let left = dice.below(acts);
        let short = rows.first(left);
        let report = whole(&short, None);
        assert!(report.passed(), "{left} left: {:?}", report.faults);
        let report = whole(&short, Some(last));
        assert!(report.faults.iter().any(|fault| fault.to_string().starts_with("the log was cut")), "{left} left: {:?}", report.faults);
    }
    println!("  {CUTS} clean cuts: each found with an older checkpoint, none without");
}
