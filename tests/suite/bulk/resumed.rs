//! An import that is killed goes on behind the last lines that are there: none is lost, none is filed twice.

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use registre::bulk::carry_out_imports;
use registre::register::Register;
use registre::store::{Blobs, Store};
use rstest::rstest;

use super::{counts, dump, found, many, ndjson, worker};
use crate::harness::{Engine, Server, log_signer};

/// Lines of four batches.
const ACTS: usize = 600;
const LINES: i64 = 89 + 20 + 600;

/// A process of its own that imports into the database of a server.
fn child(server: &Server, file: &std::path::Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_registre"))
        .args(["import", file.to_str().unwrap(), "--per-line", "--database", &server.database.url, "--authority", many::SIREN, "--sub", "test"])
        .env("REGISTRE_DATA_DIR", server.folder.path())
        .current_dir(server.folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[rstest]
#[case::sqlite(Engine::Sqlite, "created_at")]
// It was killed while its clock ran ahead.
#[case::postgresql(Engine::Postgresql, "'2999-01-01 00:00:00'")]
fn a_killed_import_goes_on_by_itself(#[case] engine: Engine, #[case] leased_until: &str) {
    let server = Server::empty(engine);
    found(&server);
    let file = server.folder.path().join("acts.ndjson");
    std::fs::write(&file, ndjson(many::lines(ACTS))).unwrap();
    let mut importing = child(&server, &file);
    let until = Instant::now() + Duration::from_secs(300);
    while server.database.number("SELECT CAST(coalesce(sum(lines), 0) AS BIGINT) AS number FROM imports") == 0 {
        assert!(Instant::now() < until && importing.try_wait().unwrap().is_none(), "it filed nothing");
        std::thread::sleep(Duration::from_millis(5));
    }
    // SIGKILL.
    importing.kill().unwrap();
    importing.wait().unwrap();
    let done = server.database.number("SELECT lines AS number FROM imports");
    assert!((1..LINES).contains(&done), "{done} lines were done when it was killed");
    let filed = server.database.number("SELECT count(*) AS number FROM import_keys");
    assert_eq!(filed, done, "what is done is what is filed");

    // Nobody works on it until its lease is over: here it is taken away.
    server.database.number(&format!("UPDATE imports SET leased_until = {leased_until} RETURNING CAST(1 AS BIGINT) AS number"));
    // Two instances see it at the same time.
    let blobs = Blobs::open(&format!("file:{}", server.folder.path().join("files").display()), 1024).unwrap();
    let other = Register::new(Store::open(&server.database.url, 2).unwrap(), blobs, log_signer(server.folder.path()), 1024);
    let (_one, _two) = (worker(&server), carry_out_imports(Arc::new(other)).unwrap());
    let token = server.token(many::SIREN, "all");
    let import = loop {
        let import = server.get("/v1/imports", Some(&token)).expect(200).json()["data"][0].clone();
        if import["state"] != "running" {
            break import;
        }
        assert!(Instant::now() < until, "still not over: {import}");
        std::thread::sleep(Duration::from_millis(50));
    };
    assert_eq!(counts(&import), ("done", [LINES, LINES, 0, 0]), "{import}");

    // The same as without a kill.
    let undisturbed = Server::empty(engine);
    found(&undisturbed);
    assert!(child(&undisturbed, &file).wait().unwrap().success());
    let (left, right) = (dump::comparable(server.register.store()), dump::comparable(undisturbed.register.store()));
    for (table, rows) in left {
        assert_eq!(rows, right[table], "{table}");
    }
}
