//! What is imported is what would have been sent.

use std::collections::HashMap;

use rstest::rstest;
use serde_json::{Value, json};

use super::{counts, dump, found, import, many, ndjson, worker};
use crate::harness::world::{LIVE, LIVE_ITEM};
use crate::harness::{Engine, PAS_DE_CALAIS, Server};

/// Three sittings; lines of two batches.
const ACTS: usize = 70;
const LINES: i64 = 1 + 4 + 42 + 42 + 3 + 70;

/// Puts the identifiers that were answered in the place of keys.
fn resolve(value: &mut Value, ids: &HashMap<String, String>) {
    match value {
        Value::String(text) => {
            if let Some(id) = text.strip_prefix('@').and_then(|key| ids.get(key)) {
                *text = id.clone();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| resolve(item, ids)),
        Value::Object(fields) => fields.values_mut().for_each(|field| resolve(field, ids)),
        _ => {}
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite, "?mode=all_or_nothing")]
#[case::postgresql(Engine::Postgresql, "?mode=per_line")]
fn a_file_makes_what_its_records_sent_alone_make(#[case] engine: Engine, #[case] query: &str) {
    let (imported, sent) = (Server::empty(engine), Server::empty(engine));
    let _worker = worker(&imported);
    for server in [&imported, &sent] {
        found(server);
    }
    let token = imported.token(many::SIREN, "all");
    let done = import(&imported, &token, query, ndjson(many::lines(ACTS)));
    assert_eq!(counts(&done), ("done", [LINES, LINES, 0, 0]), "{done}");
    assert_eq!((&done["percentage"], &done["bytes_read"]), (&json!(100), &done["bytes"]));

    let token_of_sent = sent.token(many::SIREN, "all");
    let mut ids = HashMap::new();
    for mut line in many::lines(ACTS) {
        let path = match line["kind"].as_str().unwrap() {
            "body" => "/v1/bodies",
            "group" => "/v1/groups",
            "person" => "/v1/persons",
            "mandate" => "/v1/mandates",
            "sitting" => "/v1/sittings",
            _ => "/v1/deliberations",
        };
        resolve(&mut line["record"], &ids);
        let answer = sent.post(path, &token_of_sent, &line["record"]).expect(201).json();
        ids.insert(line["key"].as_str().unwrap().to_owned(), answer["id"].as_str().unwrap().to_owned());
    }
    let (mut left, right) = (dump::comparable(imported.register.store()), dump::comparable(sent.register.store()));
    assert_eq!(left.remove("import_keys").unwrap().len(), usize::try_from(LINES).unwrap());
    for (table, rows) in left {
        assert_eq!(rows, right[table], "{table}");
    }

    // Sent again, it changes nothing.
    let before = dump::rows(imported.register.store());
    let again = import(&imported, &token, query, ndjson(many::lines(ACTS)));
    assert_eq!(counts(&again), ("done", [LINES, 0, LINES, 0]), "{again}");
    assert_eq!(dump::rows(imported.register.store()), before);
    // A further file goes on with the keys of the first; spaces and the order of fields make no difference.
    let more = format!(
        "{}\n{{\"record\" : {{\"family_name\":\"MEMBRE-00\", \"given_name\":\"Claude\",\"civility\": \"Mme\"}}, \"key\": \"person-0\", \"kind\": \"person\"}}\n\n",
        many::act(ACTS)
    );
    let more = more.replace("01977e90-0006-7000-8000-000000000046", "01977e90-0006-7000-8000-000000000045");
    let done = import(&imported, &token, query, more);
    assert_eq!(counts(&done), ("done", [3, 1, 1, 0]), "{done}");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_dry_run_tells_what_would_be_and_files_nothing(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let _worker = worker(&server);
    found(&server);
    let token = server.token(many::SIREN, "all");
    let before = dump::rows(server.register.store());
    let mut lines: Vec<Value> = many::lines(3).collect();
    lines.push(json!({"kind": "deliberation", "key": "bad", "record": {"sitting": "@sitting-0", "origin": "recorded", "title": "X"}}));
    let done = import(&server, &token, "?dry_run=true", ndjson(lines));
    assert_eq!(counts(&done), ("done", [94, 93, 0, 1]), "{done}");
    assert_eq!(done["phase"], "checking");
    assert_eq!(dump::rows(server.register.store()), before);
}

/// A line may name a sitting that is there, by its identifier; the check before the filing sees what was recorded live in it.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn lines_may_name_what_is_there(#[case] engine: Engine) {
    let server = Server::world(engine);
    let _worker = worker(&server);
    let token = server.token(PAS_DE_CALAIS, "all");
    let event = json!({"id": "01977e53-000a-7000-8000-000000000077", "kind": "suspension"});
    server.post(&format!("/v1/sittings/{LIVE}/timeline"), &token, &event).expect(201);
    let act = |key: &str, item: &str| json!({"kind": "deliberation", "key": key, "record": {"sitting": LIVE, "origin": "recorded", "agenda_items": [item], "title": "Importée"}});
    let done = import(&server, &token, "", ndjson([act("a", LIVE_ITEM)]));
    assert_eq!(counts(&done), ("done", [1, 1, 0, 0]), "{done}");
    let found = server.get("/v1/deliberations?q=importee", Some(&token)).expect(200).json();
    assert_eq!(found["data"].as_array().unwrap().len(), 1);
    let failed = import(&server, &token, "", ndjson([act("b", "01977e53-0006-7000-8000-000000000099")]));
    assert_eq!((counts(&failed), &failed["reason"]), (("failed", [1, 0, 0, 1]), &json!("lines_refused")));
}
