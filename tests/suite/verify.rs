//! `registre verify`, as it is run: files and addresses, exit codes, what it says.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ed25519_dalek::SigningKey;
use registre::proof::*;
use registre::record::Siren;
use serde_json::json;
use sha2::{Digest, Sha256};

const ANNEX: &[u8] = b"the bytes of an annex";

struct Files {
    folder: tempfile::TempDir,
    key: String,
}

impl Files {
    /// A log of `size` acts, a proof of the second, and a checkpoint at two entries, as files.
    fn of(size: u64) -> Self {
        let authority: Siren = "226200012".parse().unwrap();
        let origin = Origin::of("registre.example", &authority).unwrap();
        let secret = SigningKey::from_bytes(&[9; 32]);
        let key = VerifierKey::of(origin.as_str(), &secret).unwrap().to_string();
        let entries: Vec<Vec<u8>> = (0..size).map(|n| act(n, &authority).canonical_bytes().unwrap()).collect();
        let mut edge = Edge::default();
        let mut nodes = std::collections::BTreeMap::new();
        let mut older = String::new();
        for entry in &entries {
            nodes.extend(edge.push(Hash::of_leaf(entry)));
            if edge.size() == 2 {
                older = Checkpoint::new(origin.clone(), edge.head()).sign(&secret).unwrap();
            }
        }
        let checkpoint = Checkpoint::new(origin.clone(), edge.head()).sign(&secret).unwrap();
        let header = LogHeader {
            format: LOG_FORMAT.to_owned(),
            authority,
            origin: origin.to_string(),
            verifier_key: key.clone(),
            checkpoint: checkpoint.clone(),
        };
        let mut log = header.line().unwrap();
        log.extend(entries.iter().zip(0..).flat_map(|(entry, index)| entry_line(index, entry)));
        let path = inclusion(size, 1, one_by_one(|level, index| nodes.get(&Node { level, index }).copied().ok_or("missing"))).unwrap();
        let bundle = ProofBundle::new(&entries[1], 1, path, None, checkpoint, key.clone()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let files = Self { folder, key };
        files.write("log", &log);
        files.write("proof", &serde_json::to_vec_pretty(&bundle).unwrap());
        files.write("older", older.as_bytes());
        files.write("annex", ANNEX);
        files.write("foreign", b"of no act");
        files
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).unwrap();
    }
}

fn act(n: u64, authority: &Siren) -> SealedAct {
    let id = format!("0197e3a8-7c00-7000-8000-{n:012}");
    let file = SealedFile {
        id: id.parse().unwrap(),
        name: "annexe.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        size: u64::try_from(ANNEX.len()).unwrap(),
        sha256: hex::encode(Sha256::digest(ANNEX)),
        role: "annex".to_owned(),
    };
    SealedAct {
        format: SEAL_FORMAT.to_owned(),
        authority: authority.clone(),
        deliberation: id.parse().unwrap(),
        number: format!("2026-{n}"),
        version: 1,
        sealed_at: "2026-07-07T10:00:00Z".parse().unwrap(),

        record: json!({ "title": "Subvention" }),
        extract: json!({}),
        findings: json!([]),
        rules_version: "1".to_owned(),
        files: vec![file],
        whole_sha256: "0".repeat(64),
    }
}

fn verify(source: impl AsRef<std::ffi::OsStr>, more: &[&str]) -> (bool, String) {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_registre")).arg("verify").arg(source).args(more).output().unwrap();
    (status.success(), String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn what_stands_stands() {
    let files = Files::of(5);
    let (older, annex) = (files.path("older"), files.path("annex"));
    let (passed, said) = verify(files.path("log"), &["--key", &files.key, "--checkpoint", text(&older), "--annex", text(&annex)]);
    assert!(passed, "{said}");
    for line in ["all 5 entries are there", "signed by the key that you trust", "begins with what it held", "\"annexe.pdf\" (annex) of act n° 2026-0"]
    {
        assert!(said.contains(line), "{line}: {said}");
    }
    let (passed, said) = verify(files.path("proof"), &["--annex", text(&annex)]);
    assert!(passed && said.contains("entry 1 is in the log") && said.contains("only self-asserted"), "{said}");
}

#[test]
fn what_does_not_is_told() {
    let files = Files::of(5);
    let log = std::fs::read_to_string(files.path("log")).unwrap();
    files.write("altered", log.replace("2026-3", "2026-8").as_bytes());
    let (passed, said) = verify(files.path("altered"), &[]);
    assert!(!passed && said.contains("WRONG       entry 3 is altered"), "{said}");
    let (passed, said) = verify(files.path("log"), &["--annex", text(&files.path("foreign"))]);
    assert!(!passed && said.contains("belongs to no act here"), "{said}");
    let (passed, said) = verify(files.path("annex"), &[]);
    assert!(!passed && said.contains("neither the proof of an act nor the export of a log"), "{said}");
    let (passed, said) = verify(files.path("nothing"), &[]);
    assert!(!passed && said.contains("cannot be read"), "{said}");
    let (passed, said) = verify(files.path("proof"), &["--checkpoint", text(&files.path("older"))]);
    assert!(!passed && said.contains("ask for it with that size"), "{said}");
}

#[test]
fn an_address_is_fetched() {
    let files = Files::of(3);
    let log = std::fs::read(files.path("log")).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/log", listener.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]).unwrap();
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", log.len());
        stream.write_all(head.as_bytes()).unwrap();
        for piece in log.chunks(100) {
            stream.write_all(piece).unwrap();
        }
    });
    let (passed, said) = verify(&url, &["--key", &files.key]);
    served.join().unwrap();
    assert!(passed && said.contains("all 3 entries"), "{said}");
    let (passed, said) = verify(&url, &[]);
    assert!(!passed && said.contains("cannot be fetched"), "{said}");
}
