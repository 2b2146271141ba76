//! Papers: what the secretariat prints.

mod acts;
mod seed;
mod served;
mod sitting;
mod varied;

use registre::publish::ActReading;
use registre::register::{Reader, Register};

use crate::harness::Server;

/// The register behind a server.
pub fn register_of(server: &Server) -> Register {
    let store = registre::store::Store::open(&server.database.url, 1).unwrap();
    let blobs = registre::store::Blobs::open(&format!("file:{}", server.folder.path().join("files").display()), 1024).unwrap();
    Register::new(store, blobs, crate::harness::log_signer(server.folder.path()), 1024)
}

pub fn reading_of(server: &Server, act: &str, reader: &Reader) -> ActReading {
    register_of(server).act_reading(act.parse().unwrap(), reader).unwrap()
}

/// With every run of white space as one space.
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
