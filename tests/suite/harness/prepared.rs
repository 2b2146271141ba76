//! Every test is one of prepared answers too: before each request that writes they are made, and at its end what is left of them must be what the public
//! would be answered without them.

use std::collections::BTreeMap;

use registre::record::Id;
use registre::register::{Reader, Register};
use registre::store::Blobs;
use reqwest::Method;
use serde_json::Value;

use super::{Server, log_signer};

/// A test of many acts is not about each of them.
const MOST: usize = 50;

pub fn prepare(register: &Register) {
    // A test may have closed the database, or filled the disk.
    for authority in register.every_authority().unwrap_or_default() {
        if let Ok(acts) = register.unprepared(&authority, None, i64::try_from(MOST).unwrap()) {
            let _ = register.prepare(&authority, &acts);
        }
    }
}

pub fn check(server: &Server) {
    let blobs = Blobs::open(&format!("file:{}", server.folder.path().join("files").display()), 1024).unwrap();
    // With nothing in memory.
    let fresh = Register::new(server.register.shared_store(), blobs, log_signer(server.folder.path()), 0);
    for authority in server.register.every_authority().unwrap_or_default() {
        // A test may have stopped it, or broken what it reads.
        let path = format!("/v1/open-data/deliberations.ndjson?authority={authority}");
        let answer = server.request(Method::GET, &path).send().and_then(reqwest::blocking::Response::error_for_status);
        let Ok(text) = answer.and_then(reqwest::blocking::Response::text) else { continue };
        let lines = text.lines().take(MOST).map(|line| {
            let act: Value = serde_json::from_str(line).unwrap();
            (act["id"].as_str().unwrap().parse::<Id>().unwrap(), line)
        });
        for (id, line) in lines.collect::<BTreeMap<_, _>>() {
            let answered = fresh.deliberation(id, &Reader::default()).unwrap();
            assert_eq!(String::from_utf8_lossy(answered.body.plain()), line, "what was prepared of {id} does not hold any more");
        }
    }
}
