//! The contract: what is committed is what the binary prints, and what is served is in it.

use std::process::Command;

#[test]
fn the_committed_documents_are_those_that_the_binary_prints() {
    for (command, file) in [("openapi", "openapi/openapi.json"), ("problems", "docs/problems.md")] {
        let printed = Command::new(env!("CARGO_BIN_EXE_registre")).arg(command).output().unwrap();
        assert!(printed.status.success());
        let printed = String::from_utf8(printed.stdout).unwrap();
        let committed = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        assert!(printed == committed, "{file} has changed: run `cargo run -- {command} > {file}`, and read the difference");
    }
}
