//! The configuration: the file, and the address of a place for files.
#![no_main]

use libfuzzer_sys::fuzz_target;
use registre::config::Config;
use registre::store::Blobs;

thread_local! {
    static FOLDER: tempfile::TempDir = tempfile::tempdir().expect("a folder");
}

fuzz_target!(
    init: drop(rustls::crypto::ring::default_provider().install_default()),
    |bytes: &[u8]| {
        FOLDER.with(|folder| {
            let file = folder.path().join("registre.toml");
            std::fs::write(&file, bytes).expect("the file is written");
            let _ = Config::load(Some(&file));
        });
        if let Ok(text) = std::str::from_utf8(bytes) {
            // An address of the store alone: a folder would be made.
            let _ = Blobs::open(&format!("s3://{text}"), 1 << 20);
        }
    }
);
