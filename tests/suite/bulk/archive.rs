//! An archive is the register: restored, it is the same to the bit, on whichever engine.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use registre::bulk::archive::{ArchiveError, archive, check, restore};
use registre::record::{Id, Siren};
use registre::register::{Reader, Register};
use registre::store::{ARCHIVED, ARCHIVED_COLUMNS, Blobs, NOT_ARCHIVED, Store};
use rstest::rstest;
use serde_json::{Value, json};

use super::{dump, import, many, ndjson, worker};
use crate::harness::world::LIVE;
use crate::harness::{ACT, Database, Engine, PAS_DE_CALAIS, Server, log_signer};
use crate::sealed_log;

/// A register with something of everything: two authorities, live and transcribed sittings, a file, sealed acts with their log, keys of an import,
/// a token taken back, a restricted read.
fn full(engine: Engine) -> Server {
    let server = Server::world(engine);
    sealed_log::seal(&server, 3);
    let token = server.token(many::SIREN, "all");
    let worker = worker(&server);
    assert_eq!(import(&server, &token, "", ndjson(many::lines(4)))["state"], "done");
    drop(worker);
    server.get(&format!("/v1/deliberations/{ACT}/record"), Some(&server.token(PAS_DE_CALAIS, "all"))).expect(200);
    server.post("/v1/revocations", &token, &json!({"claim": "sub", "value": "gone"}));
    let event = json!({"id": "01977e53-000a-7000-8000-000000000077", "kind": "suspension"});
    server.post(&format!("/v1/sittings/{LIVE}/timeline"), &server.token(PAS_DE_CALAIS, "all"), &event).expect(201);
    let sealed = server.get("/v1/deliberations?status=sealed", Some(&token)).expect(200).json();
    let sealed = sealed["data"][0]["href"].as_str().unwrap().to_owned();
    let fact = json!({"id": "01977e53-000b-7000-8000-000000000009", "kind": "signed", "on": "2025-09-16"});
    server.post(&format!("{sealed}/facts"), &token, &fact).expect(201);
    let error = json!({"id": "01977e53-000b-7000-8000-000000000008", "kind": "material_error", "on": "2025-09-17", "ground": "Une lettre"});
    server.post(&format!("{sealed}/rectifications"), &token, &error).expect(201);
    server
}

/// A register that a test restores into.
struct Restored {
    store: Store,
    blobs: Blobs,
    database: Database,
    folder: tempfile::TempDir,
}

impl Restored {
    fn empty(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(engine, folder.path());
        let store = Store::open(&database.url, 2).unwrap();
        store.migrate().unwrap();
        let blobs = Blobs::open(&format!("file:{}", folder.path().join("files").display()), 1).unwrap();
        Self { store, blobs, database, folder }
    }

    fn archived(&self) -> Vec<u8> {
        written(&self.store, &self.blobs, None)
    }

    fn unused(&self) -> bool {
        self.store.read(|session| session.first_in_use()).unwrap().is_none()
    }
}

fn written(store: &Store, blobs: &Blobs, authority: Option<&Siren>) -> Vec<u8> {
    let mut bytes = Vec::new();
    archive(store, blobs, authority, &mut bytes).unwrap();
    bytes
}

fn kept(folder: &Path, bytes: &[u8]) -> PathBuf {
    let file = folder.join("archive.tar.gz");
    std::fs::write(&file, bytes).unwrap();
    file
}

#[rstest]
#[case::from_sqlite_to_postgresql_and_back(Engine::Sqlite, Engine::Postgresql)]
#[case::from_postgresql_to_sqlite_and_back(Engine::Postgresql, Engine::Sqlite)]
fn a_register_is_restored_to_the_bit(#[case] from: Engine, #[case] to: Engine) {
    let server = full(from);
    let bytes = written(server.register.store(), server.register.blobs(), None);
    let rows = dump::rows(server.register.store());
    // Nothing of it is empty, or its restoring would prove nothing.
    let unseen: Vec<&str> = rows.iter().filter(|(_, rows)| rows.is_empty()).map(|(table, _)| *table).collect();
    assert_eq!(unseen, Vec::<&str>::new());

    let mut last = bytes.clone();
    for engine in [to, from] {
        let there = Restored::empty(engine);
        let file = kept(there.folder.path(), &last);
        let manifest = check(&file).unwrap();
        assert_eq!((manifest.rows(), manifest.files.count), (u64::try_from(rows.values().map(Vec::len).sum::<usize>()).unwrap(), 1));
        assert_eq!(restore(&file, &there.store, &there.blobs).unwrap(), manifest);
        for (table, lines) in dump::rows(&there.store) {
            assert_eq!(lines, rows[table], "{table}");
        }
        last = there.archived();
        assert!(last == bytes, "the archive of what was restored is another one");
        // The proofs hold, and what is read has the tags that it had.
        let key = sealed_log::key(&server).to_string();
        let verify = ["verify", &there.database.url, "--authority", sealed_log::SIREN, "--key", &key];
        let said = Command::new(env!("CARGO_BIN_EXE_registre")).args(verify).output().unwrap();
        assert!(said.status.success(), "{said:?}");
        let register = Register::new(there.store, there.blobs, log_signer(there.folder.path()), 1024);
        let act: Id = ACT.parse().unwrap();
        let (restored, original) =
            (register.deliberation(act, &Reader::default()).unwrap(), server.register.deliberation(act, &Reader::default()).unwrap());
        assert_eq!((&restored.etag, restored.body.plain()), (&original.etag, original.body.plain()));
    }
}

#[test]
fn the_archive_of_one_authority_is_of_it_alone() {
    let server = full(Engine::Sqlite);
    let siren: Siren = many::SIREN.parse().unwrap();
    let there = Restored::empty(Engine::Postgresql);
    let file = kept(there.folder.path(), &written(server.register.store(), server.register.blobs(), Some(&siren)));
    restore(&file, &there.store, &there.blobs).unwrap();
    let (all, one) = (dump::rows(server.register.store()), dump::rows(&there.store));
    for (table, lines) in one {
        let theirs: Vec<&String> =
            all[table].iter().filter(|line| serde_json::from_str::<Value>(line).unwrap()["authority"] == many::SIREN).collect();
        assert_eq!(lines.iter().collect::<Vec<_>>(), theirs, "{table}");
    }
}

#[test]
fn a_register_that_holds_something_is_not_restored_into() {
    let server = full(Engine::Sqlite);
    let bytes = written(server.register.store(), server.register.blobs(), None);
    let before = dump::rows(server.register.store());
    let file = kept(server.folder.path(), &bytes);
    let refused = restore(&file, server.register.store(), server.register.blobs());
    assert!(matches!(refused, Err(ArchiveError::NotEmpty("authorities"))), "{refused:?}");
    assert_eq!(dump::rows(server.register.store()), before);
}

/// The entries of an archive: name, bytes.
fn entries(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = tar::Archive::new(GzDecoder::new(bytes));
    let entries = archive.entries().unwrap();
    let read = entries.map(|entry| {
        let mut entry = entry.unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (entry.path().unwrap().to_str().unwrap().to_owned(), bytes)
    });
    read.collect()
}

fn packed(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut tar = tar::Builder::new(GzEncoder::new(Vec::new(), flate2::Compression::fast()));
    for (name, bytes) in entries {
        let mut header = tar::Header::new_ustar();
        header.set_size(u64::try_from(bytes.len()).unwrap());
        header.set_mode(0o644);
        tar.append_data(&mut header, name, bytes.as_slice()).unwrap();
    }
    tar.into_inner().unwrap().finish().unwrap()
}

type Spoil = fn(&mut Vec<(String, Vec<u8>)>);

fn entry_of<'a>(entries: &'a mut [(String, Vec<u8>)], part: &str) -> &'a mut Vec<u8> {
    &mut entries.iter_mut().find(|(name, _)| name.contains(part)).unwrap().1
}

fn replaced(bytes: &mut Vec<u8>, from: &str, to: &str) {
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains(from), "{from} in {text}");
    *bytes = text.replacen(from, to, 1).into_bytes();
}

#[test]
fn a_spoilt_archive_is_refused_with_what_is_wrong() {
    let server = full(Engine::Sqlite);
    let bytes = written(server.register.store(), server.register.blobs(), None);
    let there = Restored::empty(Engine::Sqlite);
    let cases: [(&str, Spoil, &str); 12] = [
        ("a title is another", |all| replaced(entry_of(all, "-versions"), "Subvention", "Suspension"), "versions do not have their digest"),
        (
            "a row is missing",
            |all| {
                let rows = entry_of(all, "-changes");
                let end = rows.iter().position(|byte| *byte == b'\n').unwrap();
                rows.drain(..=end);
            },
            "the table changes has",
        ),
        ("a row is no row", |all| replaced(entry_of(all, "-changes"), "\"sequence\"", "\"sequenza\""), "a row of changes"),
        ("a byte of a file is another", |all| entry_of(all, "files/2")[0] ^= 1, "does not have its digest"),
        ("a file is missing", |all| all.retain(|(name, _)| !name.starts_with("files/")), "there are 0 files, and there should be 1"),
        ("a table is missing", |all| all.retain(|(name, _)| !name.contains("-log_nodes")), "the table log_nodes has 0 rows"),
        (
            "tables change places",
            |all| {
                let (left, right) = (
                    all.iter().position(|(name, _)| name.contains("-sittings")).unwrap(),
                    all.iter().position(|(name, _)| name.contains("-versions")).unwrap(),
                );
                all.swap(left, right);
            },
            "is not in its place",
        ),
        ("the manifest is missing", |all| drop(all.pop()), "it ends before its manifest"),
        ("something stands behind the manifest", |all| all.push(("tables/99-x/1.ndjson".to_owned(), Vec::new())), "stands behind the manifest"),
        ("something else is in it", |all| all.insert(1, ("README".to_owned(), Vec::new())), "README belongs to no archive"),
        ("another format", |all| replaced(entry_of(all, "registre-archive.json"), "archive/1", "archive/9"), "its format is"),
        (
            "other tables",
            |all| replaced(entry_of(all, "registre-archive.json"), "000003_imports", "000009_future"),
            "restore it with the program that made it",
        ),
    ];
    for (name, spoil, expected) in cases {
        let mut all = entries(&bytes);
        spoil(&mut all);
        let file = kept(there.folder.path(), &packed(&all));
        for refused in [check(&file), restore(&file, &there.store, &there.blobs)] {
            let said = refused.expect_err(name).to_string();
            assert!(said.contains(expected), "{name}: {said}");
        }
        assert!(there.unused(), "{name}: something was written");
    }
    // What is left of it is as good as it was.
    assert_eq!(entries(&packed(&entries(&bytes))), entries(&bytes));
    restore(&kept(there.folder.path(), &bytes), &there.store, &there.blobs).unwrap();
}

#[test]
fn a_file_that_is_cut_or_damaged_is_refused() {
    let server = full(Engine::Sqlite);
    let bytes = written(server.register.store(), server.register.blobs(), None);
    let folder = tempfile::tempdir().unwrap();
    for at in [1, 20, bytes.len() / 3, bytes.len() / 2, bytes.len() - 12] {
        let said = check(&kept(folder.path(), &bytes[..at]));
        assert!(said.is_err(), "cut at {at}");
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        // A byte of the head of the gzip may say nothing.
        if at > 10 {
            assert!(check(&kept(folder.path(), &damaged)).is_err(), "damaged at {at}");
        }
    }
    let mut out = std::fs::File::create(folder.path().join("text")).unwrap();
    out.write_all(b"no archive").unwrap();
    assert!(matches!(check(&folder.path().join("text")), Err(ArchiveError::NotAnArchive(_))));
}

#[test]
fn every_column_of_every_table_is_archived_or_left_out_on_purpose() {
    let there = Restored::empty(Engine::Sqlite);
    let catalogue = there.store.read(|session| session.catalogue()).unwrap();
    let columns: BTreeSet<&str> = catalogue.iter().map(|line| line.split(' ').next().unwrap()).collect();
    let left_out = |column: &&&str| NOT_ARCHIVED.contains(&column.split('.').next().unwrap());
    let expected: BTreeSet<&str> = columns.iter().filter(|column| !left_out(column)).copied().collect();
    assert_eq!(ARCHIVED_COLUMNS.iter().copied().collect::<BTreeSet<_>>(), expected);
    assert_eq!(ARCHIVED.len(), ARCHIVED.iter().collect::<BTreeSet<_>>().len());
}
