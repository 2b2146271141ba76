//! What `registre verify` is given: the proof of an act, the export of a log, a checkpoint, a key. No made-up file passes.
#![no_main]

use std::sync::LazyLock;

use registre::proof::{Checkpoint, LogCheck, LogHeader, LogLine, ProofBundle, SealedAct, Trust, VerifierKey};

/// A key under which the target has nothing that is signed.
const NOBODYS: &str = include_str!("../seeds/nobodys-key.txt");
/// The key of the seeds, and the one act that is proved under it.
const KNOWN: &str = include_str!("../seeds/proof/key");
static PROVED: LazyLock<SealedAct> = LazyLock::new(|| {
    let bundle: ProofBundle = serde_json::from_str(include_str!("../seeds/proof/proof.json")).expect("a proof");
    assert!(bundle.verify(&trust(KNOWN)).passed(), "the seed is no proof");
    bundle.act().expect("an act")
});

fn trust(key: &str) -> Trust {
    Trust { key: Some(key.trim().parse().expect("a key")), older: None }
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = std::str::from_utf8(bytes).ok();
    if let Some(text) = text {
        let _ = Checkpoint::read(text);
        let _ = text.trim().parse::<VerifierKey>();
    }
    let older = Trust { key: None, older: text.map(str::to_owned) };
    if LogHeader::begins(bytes.split(|byte| *byte == b'\n').next().unwrap_or_default()) {
        assert!(!log(bytes, &trust(NOBODYS)), "a log that nobody signed passed");
        // The seed is a log that is cut: to pass, the rest would have to be made.
        assert!(!log(bytes, &trust(KNOWN)), "a log that is not whole passed");
        log(bytes, &older);
    } else if let Ok(bundle) = serde_json::from_slice::<ProofBundle>(bytes) {
        assert!(!bundle.verify(&trust(NOBODYS)).passed(), "a proof that nobody signed passed");
        if bundle.verify(&trust(KNOWN)).passed() {
            assert_eq!(bundle.act().ok().as_ref(), Some(&*PROVED), "another act passed");
        }
        bundle.verify(&older);
    }
});

/// Whether a log stands.
fn log(bytes: &[u8], trust: &Trust) -> bool {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let Ok(mut check) = LogCheck::begin(lines.next().unwrap_or_default(), trust) else { return false };
    for line in lines {
        match LogLine::read(line) {
            Ok(line) => check.take(Ok(&line)),
            Err(fault) => check.take(Err(fault)),
        }
    }
    check.end().passed()
}
