//! Reads from a standby: never older than what the reader has seen, never kept, and from the primary where the standby is behind or away. A second
//! database that stands still is the standby here; what it holds is marked. scripts/prove-failover has a real one.

use std::time::{Duration, Instant};

use registre::register::Register;
use registre::store::{Blobs, Store, StoreError};
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::world::{self, DRAFT};
use crate::harness::{ACT, Answer, Database, Engine, PAS_DE_CALAIS, Server, log_signer};

/// A service, and the database that it takes for its standby.
struct Pair {
    server: Server,
    standby: Server,
    token: String,
}

impl Pair {
    /// Both hold the same. On the standby the draft has a number of its own, and the act is shown to nobody.
    fn new() -> Self {
        let standby = Server::world(Engine::Postgresql);
        standby.database.number(&format!("UPDATE deliberations SET number = 'standby' WHERE id = '{DRAFT}' RETURNING 1::bigint AS number"));
        standby.database.number(&format!("UPDATE deliberations SET visibility = 'internal' WHERE id = '{ACT}' RETURNING 1::bigint AS number"));
        let server = Server::beside(&standby.database.url);
        let token = server.token(PAS_DE_CALAIS, "all");
        assert_eq!(head(&server.database), head(&standby.database));
        Self { server, standby, token }
    }

    fn get(&self, path: &str, token: Option<&str>, seen: Option<i64>) -> Answer {
        let mut request = self.server.request(Method::GET, path);
        request = token.into_iter().fold(request, |r, token| r.bearer_auth(token));
        request = seen.into_iter().fold(request, |r, seen| r.header("Registre-Sequence", format!("{PAS_DE_CALAIS}:{seen}")));
        Answer::of(request.send().unwrap())
    }

    /// Whether the standby answered: by an act, and by a list that it is on.
    fn is_answered_by_the_standby(&self, seen: Option<i64>) -> bool {
        let marked = |number: &Value| number == "standby";
        let act = self.get(&format!("/v1/deliberations/{DRAFT}"), Some(&self.token), seen).expect(200).json();
        let list = self.get("/v1/deliberations", Some(&self.token), seen).expect(200).json();
        let line = list["data"].as_array().unwrap().iter().find(|line| line["id"] == DRAFT).unwrap().clone();
        assert_eq!(marked(&act["number"]), marked(&line["number"]));
        marked(&act["number"])
    }
}

fn head(database: &Database) -> i64 {
    database.number(&format!("SELECT sequence AS number FROM change_heads WHERE authority = '{PAS_DE_CALAIS}'"))
}

fn sequence(answer: &Answer) -> i64 {
    let (authority, sequence) = answer.header("registre-sequence").split_once(':').unwrap();
    assert_eq!(authority, PAS_DE_CALAIS);
    sequence.parse().unwrap()
}

fn add_sitting(server: &Server, token: &str) -> Answer {
    server.post("/v1/sittings", token, &json!({"body": world::BODY, "origin": "transcribed", "date": "2024-02-05"})).expect(201)
}

#[test]
fn a_standby_answers_who_says_what_they_have_seen() {
    let pair = Pair::new();
    let head = head(&pair.server.database);
    for round in 0..2 {
        assert!(pair.is_answered_by_the_standby(Some(head)), "it has what was seen ({round})");
        assert!(pair.is_answered_by_the_standby(Some(1)), "it has more than was seen ({round})");
        // What the standby gave was not kept, and what was kept is not given to who asks for more.
        assert!(!pair.is_answered_by_the_standby(None), "nothing said: as it stands ({round})");
    }
    // To the public the standby is one only if it can show how far it is: a database that replays nothing cannot.
    let findings = format!("/v1/deliberations/{ACT}/findings");
    pair.get(&findings, None, None).expect(200);
    pair.get(&findings, None, Some(head)).expect(404);
    // It is the log of the authority that is named that has to be there.
    let elsewhere = pair.server.request(Method::GET, &findings).header("Registre-Sequence", format!("{}:999999", world::neighbour::SIREN));
    Answer::of(elsewhere.send().unwrap()).expect(200);
}

#[test]
fn who_has_written_reads_it() {
    let pair = Pair::new();
    let seen = sequence(&add_sitting(&pair.server, &pair.token));
    assert_eq!((seen, seen), (head(&pair.server.database), head(&pair.standby.database) + 1));
    let since = Instant::now();
    assert!(!pair.is_answered_by_the_standby(Some(seen)), "the standby is behind");
    // Two reads, each of which gave it 200 ms.
    let waited = since.elapsed();
    assert!((Duration::from_millis(300)..Duration::from_secs(3)).contains(&waited), "{waited:?}");
    assert!(pair.is_answered_by_the_standby(Some(seen - 1)), "what came before it has");
    // It catches up while the reader waits.
    std::thread::scope(|scope| {
        let behind = scope.spawn(|| pair.is_answered_by_the_standby(Some(seen)));
        std::thread::sleep(Duration::from_millis(60));
        let catch_up = format!("UPDATE change_heads SET sequence = {seen} WHERE authority = '{PAS_DE_CALAIS}' RETURNING sequence AS number");
        assert_eq!(pair.standby.database.number(&catch_up), seen);
        assert!(behind.join().unwrap(), "the standby has caught up");
    });
}

#[test]
fn without_its_standby_the_primary_answers() {
    let server = Server::beside("postgres://nobody@127.0.0.1:1/nothing?connect_timeout=2");
    let token = server.token(PAS_DE_CALAIS, "all");
    let seen = add_sitting(&server, &token).header("registre-sequence").to_owned();
    let since = Instant::now();
    for _ in 0..5 {
        for (path, token) in [("/v1/sittings?limit=1", Some(&token)), (&format!("/v1/deliberations/{ACT}/findings"), None)] {
            let request = server.request(Method::GET, path).header("Registre-Sequence", &seen);
            Answer::of(token.into_iter().fold(request, |r, token| r.bearer_auth(token)).send().unwrap()).expect(200);
            server.get(path, token.map(String::as_str)).expect(200);
        }
    }
    assert!(since.elapsed() < Duration::from_secs(3), "{:?}: it is asked once, and left alone", since.elapsed());
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn every_write_says_how_far_the_log_is(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let record = format!("/v1/deliberations/{DRAFT}/record");
    let stands = server.get(&record, Some(&token)).expect(200);
    let (tag, same) = (stands.header("etag").to_owned(), stands.json());
    let before = head(&server.database);
    let unchanged = server.put(&record, &token, &tag, &same).expect(200);
    assert_eq!(sequence(&unchanged), before, "nothing changed: what the log says already");
    let once = |_| {
        let body = json!({"body": world::BODY, "origin": "transcribed", "date": "2024-02-05"});
        let request = server.request(Method::POST, "/v1/sittings").bearer_auth(&token).header("Idempotency-Key", "once").json(&body);
        sequence(&Answer::of(request.send().unwrap()).expect(201))
    };
    assert_eq!([0, 1].map(once), [before + 1, before + 1], "the same answer twice");
    let deleted = server.request(Method::DELETE, &format!("/v1/deliberations/{DRAFT}")).bearer_auth(&token).header("If-Match", &tag);
    assert_eq!(sequence(&Answer::of(deleted.send().unwrap()).expect(204)), before + 2);
    assert_eq!(head(&server.database), before + 2);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_another_instance_wrote_is_read_at_once_by_who_has_seen_it(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let blobs = Blobs::open(&format!("file:{}", server.folder.path().join("files").display()), 1024).unwrap();
    let other = Register::new(Store::open(&server.database.url, 1).unwrap(), blobs, log_signer(server.folder.path()), 1024);
    let count = |seen: Option<&str>| {
        let request = server.request(Method::GET, "/v1/sittings").bearer_auth(&token);
        let request = seen.into_iter().fold(request, |r, seen| r.header("Registre-Sequence", seen));
        Answer::of(request.send().unwrap()).expect(200).json()["data"].as_array().unwrap().len()
    };
    let before = count(None);
    for round in 1..=3 {
        // Kept, and not to be answered with.
        count(None);
        let record = world::of(json!({"body": world::BODY, "origin": "transcribed", "date": "2024-02-05"}));
        let written = other.add_sitting(&world::actor(PAS_DE_CALAIS), None, registre::record::Id::mint(), record).unwrap();
        let seen = written.reached.unwrap().to_string();
        assert_eq!(count(Some(&seen)), before + round);
    }
}

#[rstest]
#[case::no_number(&format!("{PAS_DE_CALAIS}:"))]
#[case::no_authority("17")]
#[case::a_sign(&format!("{PAS_DE_CALAIS}:+17"))]
#[case::below_nothing(&format!("{PAS_DE_CALAIS}:-1"))]
#[case::beyond_all_numbers(&format!("{PAS_DE_CALAIS}:99999999999999999999"))]
#[case::no_siren("123:17")]
fn what_no_write_said_is_refused(#[case] said: &str) {
    let server = Server::demo(Engine::Sqlite);
    for path in [format!("/v1/deliberations/{ACT}"), "/v1/deliberations".to_owned(), "/v1/search?q=scic".to_owned()] {
        for _ in 0..2 {
            let answer = Answer::of(server.request(Method::GET, &path).header("Registre-Sequence", said).send().unwrap());
            answer.problem(400, "invalid-parameter");
            server.get(&path, None).expect(200);
        }
    }
}

#[test]
fn a_standby_is_for_postgresql() {
    let folder = tempfile::tempdir().unwrap();
    let (sqlite, postgresql) = (Database::new(Engine::Sqlite, folder.path()), Database::new(Engine::Postgresql, folder.path()));
    for (primary, standby) in [(&sqlite, &postgresql), (&postgresql, &sqlite), (&sqlite, &sqlite)] {
        let store = Store::open(&primary.url, 1).unwrap();
        assert!(matches!(store.with_standby(&standby.url, 1), Err(StoreError::NoStandby)));
    }
}

/// A primary that was set back takes connections, answers, and refuses every write.
#[test]
fn a_server_that_takes_no_writes_is_no_primary() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::new(Engine::Postgresql, folder.path());
    Store::open(&database.url, 1).unwrap().migrate().unwrap();
    let set_back = Store::open(&format!("{}%20-cdefault_transaction_read_only%3Don", database.url), 1).unwrap();
    let refused = set_back.write(|session| session.revoke(PAS_DE_CALAIS, "sub", "x", "y"));
    assert!(refused.as_ref().is_err_and(StoreError::passes), "{refused:?}");
    assert!(matches!(refused, Err(StoreError::Unreachable(_))), "no such connection is used");
}
