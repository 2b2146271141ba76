//! The real act, read from its 50 kB of text with report and annexes: every fact of `seed_record.json`.

use registre::intake::{self, Draft};
use serde_json::{Value, json};

const TEXT: &str = include_str!("seed.txt");

/// Facts of the papers behind the act that are asked for; those of the act, the sitting and the report are all asked for.
const OF_PAPERS: &[&str] = &[
    "/convention/dossier_number",
    "/convention/parties/0/siret",
    "/convention/parties/1/siret",
    "/convention/amount/text",
    "/convention/amount/amount",
    "/convention/amount/currency",
    "/attached_documents_in_file_order/0/title",
    "/attached_documents_in_file_order/1/title",
    "/attached_documents_in_file_order/2/title",
    "/attached_documents_in_file_order/3/title",
];

fn draft() -> Draft {
    let mut reading = intake::read(TEXT);
    assert_eq!((reading.drafts.len(), reading.none), (1, None));
    reading.drafts.remove(0)
}

/// Where an answer of the register stands in a draft.
fn place(answer: &str, pointer: &str) -> String {
    match answer {
        "authority" if pointer == "/siret" => "/authority/siret/text".to_owned(),
        "authority" => format!("/authority{pointer}"),
        "sitting" => format!("/sitting{pointer}"),
        _ if pointer.starts_with("/recusals") || pointer.starts_with("/ballots") => format!("/sitting{pointer}"),
        _ => pointer.strip_prefix("/extract").map_or_else(|| format!("/act{pointer}"), |of_sitting| format!("/sitting{of_sitting}")),
    }
}

#[test]
fn every_fact_of_the_seed_is_read() {
    let draft = draft();
    let mut read = json!({"authority": draft.authority, "sitting": draft.sitting, "act": draft.act});
    read["authority"]["siret_source"] = draft.authority.siret_source.map(|source| json!(source.label().en)).unwrap_or_default();
    let seed: Value = serde_json::from_str(include_str!("../suite/seed_record.json")).unwrap();
    let (mut seen, mut wrong) = (0, Vec::new());
    for line in include_str!("../suite/seed_map.tsv").lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        let (fact, answer, pointer, reading) = (next(), next(), next(), next());
        let asked = ["/authority", "/sitting", "/attendance", "/act", "/report"].iter().any(|key| fact.starts_with(&format!("{key}/")))
            || OF_PAPERS.contains(&fact);
        if !asked {
            continue;
        }
        seen += 1;
        let expected = seed.pointer(fact).unwrap();
        let got = read.pointer(&place(answer, pointer));
        let holds = match reading {
            "" => got == Some(expected),
            "length" => got.and_then(Value::as_array).map(Vec::len) == expected.as_u64().map(|n| usize::try_from(n).unwrap()),
            "unstated" => expected.is_null() && got == Some(&Value::from("unstated")),
            "absent" => (expected.is_null() || expected == &json!([])) && got.is_none(),
            other => panic!("no reading is called {other:?}"),
        };
        if !holds {
            wrong.push(format!("{fact}: {expected} is {got:?} at {}", place(answer, pointer)));
        }
    }
    assert!(wrong.is_empty(), "{} of {seen}:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(seen, 725);
}

/// What is certain is right: every leaf that carries a value is that of the record, and every value stands where it says.
#[test]
fn every_value_stands_where_it_says() {
    let draft = draft();
    for value in &draft.values {
        assert_eq!(TEXT.get(value.span.start..value.span.end), Some(value.printed.as_str()), "{}", value.pointer);
    }
    let read = json!({"authority": draft.authority, "sitting": draft.sitting, "act": draft.act});
    for value in &draft.values {
        assert!(read.pointer(&value.pointer).is_some_and(|found| !found.is_null()), "{} is null", value.pointer);
    }
    assert_eq!(draft.questions, []);
}
