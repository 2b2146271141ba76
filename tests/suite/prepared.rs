//! Public answers that are prepared: they are what is sent, as long as they hold. That none outlives a change is looked at in every test: see the harness.

use registre::record::{Id, Siren};
use registre::register::{Reader, Register};
use rstest::rstest;
use serde_json::json;

use crate::harness::{ACT, Engine, PAS_DE_CALAIS, Server, log_signer};

const PREPARED: &str = "SELECT count(*) AS number FROM prepared_answers WHERE bytes IS NOT NULL";

fn prepare(server: &Server) -> usize {
    let authority: Siren = PAS_DE_CALAIS.parse().unwrap();
    let acts = server.register.unprepared(&authority, None, 10).unwrap();
    server.register.prepare(&authority, &acts).unwrap()
}

/// As an instance that has nothing in memory answers.
fn afresh(server: &Server, reader: &Reader) -> String {
    let blobs = registre::store::Blobs::open(&format!("file:{}", server.folder.path().join("files").display()), 1024).unwrap();
    let register = Register::new(server.register.shared_store(), blobs, log_signer(server.folder.path()), 0);
    let answer = register.deliberation(ACT.parse::<Id>().unwrap(), reader).unwrap();
    String::from_utf8(answer.body.plain().to_vec()).unwrap()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_is_prepared_is_what_the_public_is_sent(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let (public, own) = (Reader::default(), Reader { authority: Some(PAS_DE_CALAIS.parse().unwrap()), restricted: false, seen: None });
    let (before, before_own) = (afresh(&server, &public), afresh(&server, &own));
    assert_eq!((prepare(&server), prepare(&server)), (1, 0), "made, then there");
    assert_eq!(afresh(&server, &public), before);
    // Another tag than the text's shows where it came from.
    server.database.execute("UPDATE prepared_answers SET etag = 'prepared'");
    let register = &server.register;
    let sent = register.deliberation(ACT.parse().unwrap(), &public).unwrap();
    assert_eq!(sent.etag, "prepared");
    assert_eq!(afresh(&server, &own), before_own, "whoever sees more is answered for himself");
    // What another program made may be worded otherwise.
    server.database.execute("UPDATE prepared_answers SET program = 'another'");
    assert_eq!((prepare(&server), server.database.number(PREPARED)), (1, 1));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_a_change_concerns_is_taken_away(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let at = |path: &str| server.get(path, Some(&token)).expect(200);
    let act = format!("/v1/deliberations/{ACT}");

    // Of one act.
    assert_eq!(prepare(&server), 1);
    let etag = at(&format!("{act}/record")).header("etag").to_owned();
    let hidden = server.register.clone();
    server.put(&format!("{act}/visibility"), &token, &etag, &json!({"visibility": "internal"})).expect(200);
    assert_eq!(server.database.number("SELECT count(*) AS number FROM prepared_answers"), 0);
    assert_eq!(hidden.prepare(&PAS_DE_CALAIS.parse().unwrap(), &[ACT.parse().unwrap()]).unwrap(), 0, "it is not public any more");
    assert_eq!(server.get(&act, None).status, 404);
    server.put(&format!("{act}/visibility"), &token, &etag, &json!({"visibility": "public"})).expect(200);

    // Of every act of the authority: what it shows of findings.
    assert_eq!(prepare(&server), 1);
    let path = format!("/v1/authorities/{PAS_DE_CALAIS}");
    let authority = at(&path);
    let mut without = authority.json();
    for derived in ["href", "version"] {
        without.as_object_mut().unwrap().remove(derived);
    }
    without["public_findings"] = json!(false);
    assert!(!server.get(&act, None).json()["findings"].as_array().unwrap().is_empty());
    server.put(&path, &token, authority.header("etag"), &without).expect(200);
    assert_eq!(server.get(&act, None).json()["findings"], json!([]));
    assert_eq!(prepare(&server), 1, "it is made again");
}
