//! Every act of the corpus, printed again from what was read, beside its text.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use registre::intake::{self, Draft};
use registre::publish::compare::{Comparison, compare};
use registre::publish::{ActReading, Cast, paper};
use serde_json::json;

/// A directory that knows nothing: what is printed is the record's own.
fn cast() -> Cast {
    Cast {
        authority: serde_json::from_value(json!({"siren": "226200012", "name": "COLLECTIVITÉ", "kind": "department", "department_code": "62"}))
            .unwrap(),
        body: serde_json::from_value(json!({"name": "Instance", "kind": "other"})).unwrap(),
        persons: BTreeMap::new(),
        groups: BTreeMap::new(),
        memberships: BTreeMap::new(),
    }
}

fn compared(text: &str, draft: Draft) -> Comparison {
    let paper = paper::act(&ActReading::unfiled(draft.act, draft.sitting, cast()), "");
    compare(text, draft.span, &paper, Some(Instant::now() + Duration::from_secs(60)))
}

/// The real act: every word of it is in the record, and in its place.
#[test]
fn the_real_act_printed_again() {
    let text = include_str!("seed.txt");
    let draft = intake::read(text).drafts.remove(0);
    let compared = compared(text, draft);
    assert!(compared.complete);
    assert_eq!(compared.differences, []);
}

/// A slip of the reader shows: the same act, one figure and one name of its record changed.
#[test]
fn what_was_read_wrong_shows() {
    let text = include_str!("seed.txt");
    let mut draft = intake::read(text).drafts.remove(0);
    draft.sitting.ballots[0].text = draft.sitting.ballots[0].text.take().map(|line| line.replace("43 voix", "34 voix"));
    draft.act.articles.remove(1);
    let compared = compared(text, draft);
    let told: Vec<_> = compared.differences.iter().map(|d| (d.kind.wire(), d.class.wire(), d.printed.as_str(), d.rendered.as_str())).collect();
    let article = text.get(text.find("Article 2 :").unwrap()..text.find("Article 3 :").unwrap()).unwrap().trim_end();
    assert_eq!(told, [("missing", "text", article, ""), ("changed", "text", "43", "34")]);
}

/// The corpus and the hold-out: every difference has its place. Most are words that say what the record types ("Objet :", "(pouvoir à …)"), and the
/// register's own for them; how many there are may fall, and not rise.
#[test]
fn the_corpus_printed_again() {
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut acts, mut without) = (0, 0);
    for folder in ["corpus", "holdout"] {
        let mut files: Vec<_> =
            std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/intake").join(folder)).unwrap().map(|f| f.unwrap().path()).collect();
        files.sort();
        for file in files {
            let raw = std::fs::read_to_string(&file).unwrap();
            let (source, _) = crate::score::parts(&raw);
            let page = file.to_string_lossy().contains(".html.").then(|| intake::html::text(source));
            let source = page.as_deref().unwrap_or(source);
            for draft in intake::read(source).drafts {
                acts += 1;
                let compared = compared(source, draft);
                assert!(compared.complete, "{}", file.display());
                for difference in &compared.differences {
                    assert_eq!(source.get(difference.span.start..difference.span.end), Some(difference.printed.as_str()), "{}", file.display());
                    *totals.entry(difference.class.wire()).or_default() += 1;
                }
                without += usize::from(compared.differences.is_empty());
            }
        }
    }
    assert_eq!((acts, without), (56, 2), "{totals:?}");
    assert!(totals["text"] <= 227 && totals["order"] <= 14 && totals["form"] <= 42, "{totals:?}");
}
