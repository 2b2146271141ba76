//! The index follows the record: in the transaction that writes it, and when it is made anew.

use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::corpus::{self, SIREN, act_id};
use super::{asked, found, numbers, server};
use crate::harness::{Answer, Engine, Server};

fn replace(server: &Server, token: &str, path: &str, change: impl FnOnce(&mut Value)) -> Answer {
    let read = server.get(&format!("{path}/record"), Some(token)).expect(200);
    let mut record = read.json();
    change(&mut record);
    server.put(&format!("{path}/record?reason=test"), token, read.header("etag"), &record)
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_new_version_is_found_and_the_old_one_is_not(#[case] engine: Engine) {
    let server = server(engine);
    let token = server.token(SIREN, "all");
    let path = format!("/v1/deliberations/{}", act_id(12));
    replace(&server, &token, &path, |act| act["title"] = json!("Subventions aux cercles de pétanque")).expect(200);
    assert_eq!((found(&server, None, &[("q", "pétanque")]), found(&server, None, &[("q", "sportives")])), ("2024-1".to_owned(), "2025-2".to_owned()));
    // A refused change leaves everything as it was.
    replace(&server, &token, &path, |act| act["title"] = json!("")).problem(422, "invalid-field");
    assert_eq!(found(&server, None, &[("q", "pétanque")]), "2024-1");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_an_act_has_from_its_sitting_follows_it(#[case] engine: Engine) {
    let server = server(engine);
    let token = server.token(SIREN, "all");
    let act = server.get(&format!("/v1/deliberations/{}", act_id(12)), None).expect(200).json();
    let path = act["sitting"]["href"].as_str().unwrap().to_owned();
    replace(&server, &token, &path, |sitting| {
        sitting["date"] = json!("2024-03-01");
        sitting["recusals"][0]["person"]["printed"] = json!("Mme Prudence RÉSERVÉE");
    })
    .expect(200);
    assert_eq!(found(&server, None, &[("q", "réservée")]), "2024-1");
    assert_eq!(found(&server, None, &[("q", "écarté"), ("year", "2024")]), "2024-7");
    assert_eq!(found(&server, None, &[("date_from", "2024-02-12"), ("date_to", "2024-02-12")]), "");
    let moved = [("date_from", "2024-03-01"), ("date_to", "2024-03-01"), ("sort", "oldest")];
    assert_eq!(found(&server, None, &moved), "2024-1 2024-2 2024-3 2024-4 2024-5 2024-6");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_draft_that_is_deleted_is_not_found(#[case] engine: Engine) {
    let server = server(engine);
    let token = server.token(SIREN, "all");
    let sitting = json!({"body": corpus::BODY, "origin": "recorded", "date": "2026-01-12", "agenda": [{"id": uuid::Uuid::now_v7().to_string()}]});
    let sitting = server.post("/v1/sittings", &token, &sitting).expect(201).json()["id"].clone();
    let draft = json!({"sitting": sitting, "origin": "recorded", "title": "Projet éphémère"});
    let draft = server.post("/v1/deliberations", &token, &draft).expect(201);
    let titles = |token: Option<&str>| asked(&server, token, &[("q", "éphémère")])["data"].as_array().unwrap().len();
    assert_eq!((titles(None), titles(Some(&token))), (0, 1));
    let delete = server.request(Method::DELETE, draft.header("location")).bearer_auth(&token).header("If-Match", "*");
    assert_eq!(delete.send().unwrap().status(), 204);
    assert_eq!(titles(Some(&token)), 0);
    assert_eq!(server.database.number("SELECT count(*) AS number FROM act_search WHERE date = '2026-01-12'"), 0);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn made_anew_it_is_the_same(#[case] engine: Engine) {
    use registre::record::Siren;
    let told = std::sync::Mutex::new(Vec::new());
    let server = Server::start(engine, |register| {
        corpus::load(register);
        let before = search(register);
        // As after a migration: nothing is indexed.
        register.store().write(|session| (0..36).try_for_each(|place| session.clear_search(SIREN, &act_id(place)))).unwrap();
        assert_eq!(search(register), Vec::<String>::new());
        let done = register.reindex(None, |authority, done| told.lock().unwrap().push((authority.to_owned(), done))).unwrap();
        assert_eq!((done, search(register)), (36, before));
        let nobody: Siren = "226200012".parse().unwrap();
        assert_eq!(register.reindex(Some(&nobody), |_, _| ()).unwrap(), 0);
    });
    assert_eq!(*told.lock().unwrap(), [(SIREN.to_owned(), 36)]);
    // One row for each text, and no words without a row.
    let number = |sql: &str| server.database.number(sql);
    assert_eq!(number("SELECT count(*) AS number FROM act_search"), 37);
    assert_eq!(number("SELECT count(*) AS number FROM act_search WHERE public_text"), 1);
    if engine == Engine::Sqlite {
        assert_eq!(number("SELECT count(*) AS number FROM act_words"), 37);
    }
    assert_eq!(numbers(&asked(&server, None, &[("q", "budget")])).len(), 6);
}

/// The numbers of all acts, as the public finds them.
fn search(register: &registre::register::Register) -> Vec<String> {
    use registre::register::{Page, Reader, Sought};
    use registre::search::{Query, SearchOrder};
    let sought = Sought {
        query: Query::read("-zzz"),
        body: None,
        date_from: None,
        date_to: None,
        group: None,
        outcome: None,
        kind: None,
        matter_code: None,
        member: None,
        order: SearchOrder::Newest,
    };
    let page = Page { authority: Some(SIREN.parse().unwrap()), limit: 100 };
    let found = register.search(&Reader::default(), &page, &sought, None, false).unwrap();
    found.listed.lines.into_iter().filter_map(|hit| hit.act.number).collect()
}

/// The command, over a register that was filled before.
#[test]
fn the_command_tells_how_many() {
    use std::process::Command;
    let server = Server::demo(Engine::Sqlite);
    let run = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_registre"));
        command.env("REGISTRE_DATABASE_URL", &server.database.url).env("REGISTRE_DATA_DIR", server.folder.path()).current_dir(server.folder.path());
        let output = command.arg("reindex").args(more).output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(run(&[]), (true, "indexed 1 acts\n".to_owned()));
    assert_eq!(run(&["--authority", SIREN]), (true, "indexed 0 acts\n".to_owned()));
    assert_eq!(server.get("/v1/search?q=cliss", None).expect(200).json()["data"].as_array().unwrap().len(), 1);
}
