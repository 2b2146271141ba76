//! Messages of @CTES: what comes back from the prefecture, and an act as it was sent.
#![no_main]

use registre::publish::actes::{read_act, read_incoming};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(incoming) = read_incoming(bytes) {
        assert_eq!(incoming.digest.len(), 64);
    }
    let _ = read_act(bytes);
});
