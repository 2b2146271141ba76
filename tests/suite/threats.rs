//! The threat model (docs/security.md): each threat names what shows that it is met, and that is there. And what fuzzing is made of.

use std::collections::BTreeSet;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> Option<String> {
    std::fs::read_to_string(root().join(path)).ok()
}

/// The rows of the tables of a section: their cells, without the head.
fn rows<'a>(text: &'a str, section: &str) -> Vec<Vec<&'a str>> {
    let (_, after) = text.split_once(&format!("\n## {section}\n")).unwrap_or_else(|| panic!("no section {section}"));
    let section = after.split_once("\n## ").map_or(after, |(section, _)| section);
    let cells = |line: &'a str| line.trim_matches('|').split(" | ").map(str::trim).collect::<Vec<_>>();
    let rows = section.lines().filter(|line| line.starts_with('|')).map(cells);
    rows.filter(|cells| cells.first() != Some(&"threat") && !cells.iter().all(|cell| cell.starts_with("---"))).collect()
}

/// What stands between backquotes.
fn named(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// Why what a row names does not show anything; none: it is there.
fn missing(name: &str) -> Option<String> {
    let (path, function) = name.split_once("::").map_or((name, None), |(path, function)| (path, Some(function)));
    let Some(text) = read(path) else { return Some(format!("{path} is not there")) };
    let function = function?;
    let found = text.split(&format!("fn {function}(")).count() == 2 && text.contains("#[");
    (!found).then(|| format!("{path} has no test {function}"))
}

#[test]
fn every_threat_is_tied_to_what_is_there() {
    let text = read("docs/security.md").expect("docs/security.md");
    let threats = rows(&text, "Threats");
    assert!(threats.len() > 40, "{} threats", threats.len());
    let mut wrong = Vec::new();
    for cells in threats {
        let [threat, done, shown] = cells.as_slice() else {
            wrong.push(format!("not three cells: {cells:?}"));
            continue;
        };
        let shown = named(shown);
        if shown.is_empty() || done.is_empty() {
            wrong.push(format!("nothing shows: {threat}"));
        }
        wrong.extend(shown.into_iter().filter_map(missing).map(|why| format!("{threat}: {why}")));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn what_is_not_there_is_found() {
    for (name, expected) in [
        ("tests/suite/threats.rs::what_is_not_there_is_found", true),
        ("tests/suite/threats.rs::what_was_never_written", false),
        ("tests/suite/no_such_file.rs", false),
        ("scripts/test", true),
    ] {
        assert_eq!(missing(name).is_none(), expected, "{name}");
    }
    let table = "\n## T\n\n| threat | done | shown |\n|---|---|---|\n| a `b` | c | `d`, `e::f` |\n\n## U\n| g | h | i |\n";
    assert_eq!(rows(table, "T"), vec![vec!["a `b`", "c", "`d`, `e::f`"]]);
    assert_eq!(named("`d`, `e::f`"), ["d", "e::f"]);
}

/// A target that is built and never run, or named and not there, would show nothing.
#[test]
fn every_fuzzing_target_is_run_and_tied_to_a_threat() {
    let files: BTreeSet<String> = std::fs::read_dir(root().join("fuzz/fuzz_targets"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let manifest = read("fuzz/Cargo.toml").unwrap();
    let built: BTreeSet<String> =
        manifest.lines().filter_map(|line| line.strip_prefix("path = \"fuzz_targets/")?.strip_suffix(".rs\"")).map(str::to_owned).collect();
    let script = read("scripts/fuzz").unwrap();
    let run = script.lines().find_map(|line| line.strip_prefix("all=(")?.strip_suffix(')')).expect("the list of targets");
    let run: BTreeSet<String> = run.split(' ').map(str::to_owned).collect();
    assert_eq!((&built, &run), (&files, &files));
    let model = read("docs/security.md").unwrap();
    let untied: Vec<&String> = files.iter().filter(|name| !model.contains(&format!("`fuzz/fuzz_targets/{name}.rs`"))).collect();
    assert_eq!(untied, Vec::<&String>::new());
}
