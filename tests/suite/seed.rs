//! The real act: what goes in comes out, fact by fact; loading twice changes nothing.

use rstest::rstest;
use serde_json::Value;

use crate::harness::{ACT, Engine, PAS_DE_CALAIS, SITTING, Server};

/// One line of `seed_map.tsv`.
struct Fact {
    seed: &'static str,
    answer: &'static str,
    pointer: &'static str,
    reading: &'static str,
}

fn facts() -> Vec<Fact> {
    include_str!("seed_map.tsv")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| {
            let mut columns = line.split('\t');
            let mut next = || columns.next().unwrap_or_default();
            Fact { seed: next(), answer: next(), pointer: next(), reading: next() }
        })
        .collect()
}

/// The facts of the transcription, kept beside the map; see `seed_record.json`.
fn seed() -> Value {
    serde_json::from_str(include_str!("seed_record.json")).unwrap()
}

/// Every leaf of a value: texts, numbers, answers, nulls, and lists that are empty.
fn leaves(value: &Value, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(items) if !items.is_empty() => items.iter().enumerate().for_each(|(i, item)| leaves(item, &format!("{pointer}/{i}"), found)),
        Value::Object(fields) => fields.iter().for_each(|(name, field)| leaves(field, &format!("{pointer}/{name}"), found)),
        _ => found.push(pointer.to_owned()),
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn every_fact_of_the_seed_is_answered(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let read = |path: &str| server.get(path, Some(&token)).expect(200).json();
    let authority = read(&format!("/v1/authorities/{PAS_DE_CALAIS}"));
    let act = read(&format!("/v1/deliberations/{ACT}"));
    let sitting = read(&format!("/v1/sittings/{SITTING}"));
    let seed = seed();
    let mut wrong = Vec::new();
    for fact in facts() {
        let answer = match fact.answer {
            "authority" => &authority,
            "deliberation" => &act,
            "sitting" => &sitting,
            other => panic!("no answer is called {other:?}"),
        };
        let expected = seed.pointer(fact.seed).unwrap_or_else(|| panic!("the seed has no {}", fact.seed));
        let got = answer.pointer(fact.pointer);
        let holds = match fact.reading {
            "" => got == Some(expected),
            "length" => got.and_then(Value::as_array).map(Vec::len) == expected.as_u64().map(|n| usize::try_from(n).unwrap()),
            "unstated" => expected.is_null() && got == Some(&Value::from("unstated")),
            "absent" => (expected.is_null() || expected == &serde_json::json!([])) && got.is_none(),
            other => panic!("no reading is called {other:?}"),
        };
        if !holds {
            wrong.push(format!("{}: {expected} is {got:?} at {} {}", fact.seed, fact.answer, fact.pointer));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_map_covers_every_fact_of_the_seed() {
    let seed = seed();
    let mut all = Vec::new();
    for part in ["authority", "sitting", "attendance", "act", "report", "convention", "beneficiary", "attached_documents_in_file_order"] {
        leaves(&seed[part], &format!("/{part}"), &mut all);
    }
    let mapped: Vec<&str> = facts().iter().map(|f| f.seed).collect();
    let missing: Vec<&String> = all.iter().filter(|leaf| !mapped.contains(&leaf.as_str())).collect();
    assert_eq!((all.len(), missing.len()), (795, 0), "not mapped: {missing:?}");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn loading_twice_changes_nothing(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let store = registre::store::Store::open(&server.database.url, 1).unwrap();
    let blobs = registre::store::Blobs::open(&format!("file:{}", server.folder.path().join("files").display()), 1024).unwrap();
    let register = registre::register::Register::new(store, blobs, crate::harness::log_signer(server.folder.path()), 1024);
    let mut watch = server.database.watch();
    registre::demo::load(&register).unwrap();
    assert!(watch.unchanged());
}

/// What the law page and RECORD say of the act, worked out by hand from its printed numbers: 38 present, one of whom stood aside; 6 excused;
/// no proxy printed; 43 + 0 + 1 counted.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_findings_on_the_seed_are_these_and_no_others(#[case] engine: Engine) {
    use serde_json::json;
    let server = Server::demo(engine);
    let token = server.token(PAS_DE_CALAIS, "records:read");
    let act = server.get(&format!("/v1/deliberations/{ACT}"), Some(&token)).expect(200).json();
    let found: Vec<Value> = act["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| json!([f["code"], f["subject"]["kind"], f["severity"], f["decisive"], f["computed"]]))
        .collect();
    let group = "Groupe Socialiste, Républicain et Citoyen";
    let expected = vec![
        json!(["attendance.office_unstated", "sitting", "alert", null, {"missing": ["members_in_office"]}]),
        json!(["quorum.unsettled", "item", "information", null,
            {"counted": 37, "members_in_office": null, "met_if_in_office_at_most": 73, "represented_count": true}]),
        json!(["ballot.exceeds_electorate", "ballot", "alert", false,
            {"counted": 44, "at_most": 43, "without_proxies": 37, "members_in_office": null, "assumes": ["lists_complete"]}]),
        json!(["proxy.needed_but_unstated", "ballot", "alert", false,
            {"counted": 44, "without_proxies": 37, "needed": 7, "possible_givers": 6}]),
        json!(["recusal.may_be_counted", "ballot", "alert", null, {"recused": 1, "counted": 44, "at_most": 43, "option": "abstention"}]),
        json!(["ballot.group_split_unnamed", "ballot", "alert", null, {"group": group, "options": ["for", "abstention"]}]),
        json!(["ballot.mode_unstated", "ballot", "information", null, {"missing": ["mode"]}]),
        json!(["act.dates", "deliberation", "alert", null, {"missing": ["transmitted_on", "published_on"]}]),
        json!(["act.signature_delegation", "deliberation", "alert", null,
            {"texts": ["Pour le Président du Conseil départemental,", "La Directrice générale des services,"]}]),
        json!(["act.identifier", "deliberation", "alert", null, {"texts": ["2025-302", "2025_302"]}]),
        json!(["money.imputation", "deliberation", "information", null, {"texts": ["6568//9365", "6568/9365"]}]),
    ];
    assert_eq!(found, expected);
    assert!(act["findings"].as_array().unwrap().iter().all(|f| f["valid_at"] == "2025-07-07" && f["waiver"].is_null()));

    let public = server.get(&format!("/v1/deliberations/{ACT}/findings"), None).expect(200).json();
    let shown: Vec<&str> = public["data"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert_eq!(shown, ["attendance.office_unstated", "quorum.unsettled", "ballot.exceeds_electorate", "proxy.needed_but_unstated"]);
    assert!(!public.to_string().contains("MESSEANNE"), "nobody is named");
}
