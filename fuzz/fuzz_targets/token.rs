//! Bearer tokens, and the key sets that verify them. Nobody is let in.
#![no_main]

use std::cell::OnceCell;
use std::path::PathBuf;

use actix_web::rt::{System, SystemRunner};
use libfuzzer_sys::fuzz_target;
use registre::api::tokens::{KeySet, KeysConfig, LocalKey, Trusted, Verifier, VerifierConfig, bearer};

struct Kept {
    runtime: SystemRunner,
    verifier: Verifier,
    folder: tempfile::TempDir,
}

thread_local! {
    static KEPT: OnceCell<Kept> = const { OnceCell::new() };
}

fn open() -> Kept {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = System::new();
    let local = LocalKey::open(folder.path()).expect("a key");
    let keys = runtime.block_on(KeySet::open(KeysConfig::default(), Some(&local))).expect("a set of one key");
    let trusted = vec![Trusted::own("registre".to_owned(), "registre".to_owned(), keys)];
    Kept { verifier: Verifier::new(VerifierConfig::default(), trusted), runtime, folder }
}

fuzz_target!(|bytes: &[u8]| {
    KEPT.with(|kept| {
        let Kept { runtime, verifier, folder } = kept.get_or_init(open);
        if let Ok(text) = std::str::from_utf8(bytes) {
            let token = bearer(Some(text)).unwrap_or(text);
            assert!(verifier.cached(token).is_none() && runtime.block_on(verifier.verify(token)).is_err(), "a token that nobody signed is taken");
        }
        let file: PathBuf = folder.path().join("keys.json");
        std::fs::write(&file, bytes).expect("the key set is written");
        let _ = runtime.block_on(KeySet::open(KeysConfig { jwks_file: Some(file), ..KeysConfig::default() }, None));
    });
});
