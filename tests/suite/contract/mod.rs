//! The contract: nothing that was released is broken, and nothing in it goes without words.

mod cases;
mod compare;
mod documented;
mod undocumented;

use serde_json::Value;

/// The schemas that were released, the last one last.
fn released() -> Vec<(String, Value)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/released");
    let mut all: Vec<(Vec<u32>, String, Value)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let version = name.split('.').map(|part| part.parse().expect("a file is named by its version: 1.0.0.json")).collect();
            (version, name, serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap())
        })
        .collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all.into_iter().map(|(_, name, document)| (name, document)).collect()
}

#[test]
fn nothing_that_was_released_is_broken() {
    let (name, last) = released().pop().expect("a released schema");
    assert_eq!(last["info"]["version"], name, "the file is named by the version that it says");
    let breaks = compare::breaks(&last, &registre::api::document());
    assert!(breaks.is_empty(), "these break clients of {name}:\n{}", breaks.join("\n"));
}
