//! What is no act any more: texts of the corpus cut, doubled, shuffled, with bytes that are not theirs. The reader never fails, its spans are in the
//! text, and it takes no longer than the text is long.

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;
use registre::intake;

use crate::score;

fn texts() -> Vec<String> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/intake/corpus");
    let mut files: Vec<_> = std::fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| score::parts(&std::fs::read_to_string(file).unwrap()).0.to_owned()).collect()
}

/// One change of a text.
#[derive(Clone, Debug)]
enum Change {
    Cut(f64, f64),
    Double(f64),
    Swap(f64, f64),
    Bytes(f64, Vec<u8>),
    Words(f64, &'static str),
}

fn change() -> impl Strategy<Value = Change> {
    let words = [
        "Vu ",
        "Article ",
        "(",
        ")",
        "« ",
        "Pour : ",
        "M. ",
        "\t",
        "\n\n",
        "Étaient présents :",
        "à l'unanimité",
        "99999999999999999999",
        "DECIDE :",
        "Procès-verbal",
    ];
    prop_oneof![
        (0.0..1.0, 0.0..1.0).prop_map(|(a, b)| Change::Cut(a, b)),
        (0.0..1.0).prop_map(Change::Double),
        (0.0..1.0, 0.0..1.0).prop_map(|(a, b)| Change::Swap(a, b)),
        (0.0..1.0, proptest::collection::vec(any::<u8>(), 1..20)).prop_map(|(at, bytes)| Change::Bytes(at, bytes)),
        (0.0..1.0, proptest::sample::select(words.to_vec())).prop_map(|(at, words)| Change::Words(at, words)),
    ]
}

fn changed(text: &str, changes: &[Change]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for change in changes {
        let count = lines.len().max(1);
        let place = |share: f64| ((share * count as f64) as usize).min(count - 1);
        if lines.is_empty() {
            break;
        }
        match change {
            Change::Cut(a, b) => {
                let (a, b) = (place(*a).min(place(*b)), place(*a).max(place(*b)));
                lines.drain(a..b.min(a + 5));
            }
            Change::Double(at) => {
                let line = lines[place(*at)].clone();
                lines.insert(place(*at), line);
            }
            Change::Swap(a, b) => lines.swap(place(*a), place(*b)),
            Change::Bytes(at, bytes) => lines[place(*at)].push_str(&String::from_utf8_lossy(bytes)),
            Change::Words(at, words) => {
                let line = &mut lines[place(*at)];
                let middle = (0..=line.len() / 2).rev().find(|i| line.is_char_boundary(*i)).unwrap_or(0);
                line.insert_str(middle, words);
            }
        }
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mutated_text_is_read_without_failing(which in 0usize..45, changes in proptest::collection::vec(change(), 1..12)) {
        let texts = texts();
        let text = changed(&texts[which % texts.len()], &changes);
        let reading = intake::read(&text);
        prop_assert_eq!(reading.drafts.is_empty(), reading.none.is_some());
        for draft in &reading.drafts {
            for value in &draft.values {
                prop_assert_eq!(text.get(value.span.start..value.span.end), Some(value.printed.as_str()), "{}", &value.pointer);
            }
        }
        // The same text, the same drafts.
        let again = serde_json::to_string(&intake::read(&text)).unwrap();
        prop_assert_eq!(serde_json::to_string(&reading).unwrap(), again);
    }

    #[test]
    fn any_bytes_are_read_without_failing(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let text = String::from_utf8_lossy(&bytes);
        intake::read(&text);
        intake::html::text(&text);
        prop_assert!(intake::pdf::text(&bytes).is_err());
    }
}

/// Every value of the records of the corpus is where a pointer says, every pointer is in the records, and once.
#[test]
fn pointers_lead_to_values() {
    let again = "COMMUNE DE X\nDÉLIBÉRATION N° 2025-1\nSÉANCE DU 7 JUILLET 2025\nPrésents : 7\nPrésents : 8\nPrésents : M. Jean DUPONT\nOBJET : ESSAI\nDÉCIDE\n";
    for text in texts().into_iter().chain([again.to_owned()]) {
        for draft in intake::read(&text).drafts {
            let records = serde_json::json!({"authority": draft.authority, "sitting": draft.sitting, "act": draft.act});
            let mut told = BTreeSet::new();
            for value in &draft.values {
                assert!(told.insert(&value.pointer), "{} is told twice in\n{text}", value.pointer);
                assert!(records.pointer(&value.pointer).is_some_and(|found| !found.is_null()), "{} leads nowhere in\n{text}", value.pointer);
            }
        }
    }
}

/// Long texts of one kind: each must be read in time that grows with its length. A quadratic reader would take minutes here.
#[test]
fn long_texts_are_read() {
    let kinds = [
        "M. Jean DUPONT (pouvoir à M. Luc MARTIN), ",
        "Étaient présents : M. A B\n",
        "Présents : 7\n",
        "Vu le code, notamment ses articles L.1, L.2 ;\n",
        "Pour : 12 Contre : 3 ",
        "((((((",
        "« « « ",
        "A\tB\tC\n",
        "Article 1 : De\n",
        "12 ",
        "et de la ",
        "DELIBERATION N° 1\nDECIDE\nArticle 1 : X\n",
        "a",
        "\n",
        "Pour : ",
        "Pour : M. Jean DUPONT ",
        "Article 1 : en annexe 1\n",
        "Amendement n° 1 adopté\n",
        "Séance du 1er mai 2024\n",
        "<td><p>",
    ];
    for kind in kinds {
        let text = format!("COMMUNE DE X\nÉtaient présents : {}", kind.repeat(40_000 / kind.len()));
        let reading = intake::read(&text);
        assert!(reading.drafts.len() <= 300);
    }
}

/// What is beyond the bounds of an act is asked for, once, and not dropped in silence.
#[test]
fn what_is_too_much_for_one_act_is_asked_for() {
    let head = "COMMUNE DE X\nDÉLIBÉRATION N° 2025-1\nRÉUNION DU 7 JUILLET 2025\nOBJET : ESSAI\n\n";
    let visas: String = (1..=2100).map(|n| format!("Vu le code numéro {n} ;\n")).collect();
    let articles: String = (1..=2100).map(|n| format!("Article {n} : D'approuver le point {n}.\n")).collect();
    for (body, pointer, read) in [
        (format!("{visas}DÉCIDE :\nArticle 1 : D'approuver.\n"), "/act/recitals", (2000, 1)),
        (format!("Vu le code ;\nDÉCIDE :\n{articles}"), "/act/articles", (1, 2000)),
    ] {
        let text = format!("{head}{body}");
        let reading = intake::read(&text);
        let draft = &reading.drafts[0];
        let asked: Vec<_> = draft.questions.iter().filter(|asked| asked.code == intake::QuestionCode::TextUnread).collect();
        assert_eq!((draft.act.recitals.len(), draft.act.articles.len()), read, "{pointer}");
        assert_eq!(asked.iter().map(|asked| asked.pointer.as_str()).collect::<Vec<_>>(), [pointer]);
        let span = asked[0].span.unwrap();
        assert!(
            text[span.start..].starts_with(if pointer.ends_with("recitals") { "Vu le code numéro 2001 ;" } else { "Article 2001 :" }),
            "{pointer}"
        );
    }
}

/// Each act tells its whole sitting: a hundred kB of names and three hundred items would be gigabytes.
#[test]
fn the_acts_of_a_sitting_repeat_no_more_of_it_than_there_is_room_for() {
    let names: Vec<String> =
        (0..4500).map(|n| format!("M. Jean DUPONT{}", ["A", "B", "C", "D", "E"].map(|l| l.repeat(n % 7 + 1)).concat())).collect();
    let headings = ["Présents", "Absents", "Excusés", "Absents excusés", "Présents à distance", "Absents non excusés"];
    let lists: String =
        names.chunks(450).zip(headings.iter().cycle()).map(|(names, heading)| format!("{heading} : {}\n", names.join(", "))).collect();
    let items: String = (0..290)
        .map(|n| format!("\n{}. Essai de titre\nLe conseil municipal, à l'unanimité, DÉCIDE :\nArticle 1 : D'approuver.\n", n % 99 + 1))
        .collect();
    let text = format!("COMMUNE DE X\nPROCÈS-VERBAL DE LA SÉANCE DU CONSEIL MUNICIPAL DU 7 JUILLET 2025\n{lists}{items}");
    let reading = intake::read(&text);
    let values: usize = reading.drafts.iter().map(|draft| draft.values.len()).sum();
    assert!(reading.drafts.len() > 5 && values < 500_000, "{} drafts, {values} values", reading.drafts.len());
    let asked: Vec<_> =
        reading.drafts.iter().map(|draft| draft.questions.iter().filter(|asked| asked.code == intake::QuestionCode::TextUnread).count()).collect();
    assert_eq!((asked.iter().sum::<usize>(), asked.last()), (1, Some(&1)));
    // What other sittings repeat is not less for it.
    let usual =
        format!("COMMUNE DE X\nPROCÈS-VERBAL DE LA SÉANCE DU CONSEIL MUNICIPAL DU 7 JUILLET 2025\nPrésents : {}\n{items}", names[..85].join(", "));
    let reading = intake::read(&usual);
    assert_eq!(reading.drafts.len(), 290);
    assert!(reading.drafts.iter().flat_map(|draft| &draft.questions).all(|asked| asked.code != intake::QuestionCode::TextUnread));
}
