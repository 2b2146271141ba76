//! The house: an import runs only downwards (docs/architecture.md).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What each room stands on.
const ROOMS: &[(&str, &[&str])] = &[
    ("record", &[]),
    ("sight", &[]),
    ("search", &["record"]),
    ("rules", &["record"]),
    ("proof", &["record"]),
    ("publish", &["record"]),
    ("intake", &["record"]),
    ("store", &["record", "sight", "search"]),
    ("register", &["record", "sight", "search", "rules", "proof", "publish", "intake", "store"]),
    ("deliver", &["record", "sight", "publish", "store"]),
    ("demo", &["record", "register"]),
    ("keyfile", &["record"]),
    ("api", &["record", "sight", "search", "rules", "proof", "publish", "intake", "store", "register", "deliver", "demo", "keyfile"]),
    ("bulk", &["record", "sight", "store", "register", "api"]),
    ("web", &["record", "sight", "search", "rules", "proof", "publish", "store", "register", "api"]),
    ("config", &["sight", "store", "api"]),
    ("cli", &["record", "sight", "proof", "intake", "store", "register", "deliver", "demo", "config", "keyfile", "api", "bulk", "web"]),
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The rooms that a text names: `crate::room`.
fn named(text: &str) -> BTreeSet<&str> {
    text.split("crate::").skip(1).map(|rest| rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default()).collect()
}

#[test]
fn an_import_runs_only_downwards() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&source, &mut all);
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    for path in all {
        let inside = path.strip_prefix(&source).unwrap();
        let room = inside.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs");
        if matches!(room, "main" | "lib") {
            continue;
        }
        let (_, below) = ROOMS.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("a room without walls: {room}"));
        seen.insert(room.to_owned());
        let text = std::fs::read_to_string(&path).unwrap();
        // The macro of the vocabularies, and what it expands to, stand at the root of the crate.
        for other in named(&text).into_iter().filter(|other| *other != "vocabulary" && *other != room) {
            if !below.contains(&other) {
                wrong.push(format!("{} imports {other}", inside.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(seen.len(), ROOMS.len());
}

#[test]
fn what_is_named_is_found() {
    let text = "use crate::store::Session;\nfn f() -> crate::rules::Finding { $crate::record::x }";
    assert_eq!(named(text), BTreeSet::from(["record", "rules", "store"]));
}
