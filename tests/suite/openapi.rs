//! The contract: what is committed is what the binary prints, and what is served is in it.

use std::process::Command;

#[test]
fn the_committed_document_is_the_one_that_the_binary_prints() {
    let printed = Command::new(env!("CARGO_BIN_EXE_registre")).arg("openapi").output().unwrap();
    assert!(printed.status.success());
    let printed = String::from_utf8(printed.stdout).unwrap();
    let committed = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/openapi.json")).unwrap();
    assert!(printed == committed, "the contract has changed: run `cargo run -- openapi > openapi/openapi.json`, and read the difference");
}
