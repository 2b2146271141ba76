//! Every statement that is sent while each operation is asked, by an authority of its own and by the public of another's, with each filter: it looks into
//! a big table within one authority, and by an index. So that the data can be partitioned by authority, and a table can grow.

use std::collections::BTreeSet;

use rstest::rstest;

use crate::harness::world::{self, neighbour};
use crate::harness::{ACT, Engine, PAS_DE_CALAIS, SITTING, Server, statements};
use crate::walk::operations;

/// What is not big: a row or a few for each authority; and the one look-up from an identifier to its authority.
const SMALL: [&str; 8] =
    ["identifiers", "authorities", "change_heads", "answer_generations", "webhooks", "revocations", "imports", "__diesel_schema_migrations"];

/// Statements that look across authorities, or not by an index: on which engine, what tells them, and why.
const EXCEPTIONS: [(Engine, &str, &str); 1] = [(
    Engine::Sqlite,
    "max(place)",
    "a place is a row of the engine's own full-text index, which is one for all: the next of a day is looked for by it",
)];

/// A value for a parameter of a query.
fn value(name: &str) -> Option<&'static str> {
    Some(match name {
        "body" => world::BODY,
        "sitting" => SITTING,
        "person" | "member" => world::PERSON,
        "group" => world::GROUP,
        "number" => "2025-302",
        "q" => "soutien",
        "date_from" | "on" => "2025-07-01",
        "date_to" => "2026-07-01",
        "modified_since" => "2025-01-01T00:00:00Z",
        "status" => "deliberated",
        "outcome" => "adopted",
        "origin" => "transcribed",
        "kind" => "deliberation",
        "matter_code" => "7.5",
        "external_id" => "a:b",
        "year" => "2025",
        "member_as" => "voted",
        "sort" => "latest",
        "facets" => "true",
        "limit" => "1",
        _ => return None,
    })
}

/// The addresses to ask: as the walk has it, and with each parameter of the query by itself.
fn targets(target: &str, parameters: &[String]) -> Vec<String> {
    let joint = if target.contains('?') { '&' } else { '?' };
    let with = |name: &String| {
        let also = if name == "member_as" { format!("&member={}", world::PERSON) } else { String::new() };
        Some(format!("{target}{joint}{name}={}{also}", value(name)?))
    };
    std::iter::once(target.to_owned()).chain(parameters.iter().filter_map(with)).collect()
}

/// Asks everything; how often the answer was a success.
fn ask_everything(server: &Server) -> usize {
    let document = registre::api::document();
    let own = server.token(neighbour::SIREN, "all");
    let mut succeeded = 0;
    for operation in operations() {
        let parameters = document["paths"][&operation.path][operation.method.to_lowercase()]["parameters"].as_array().cloned().unwrap_or_default();
        let named = |p: &serde_json::Value| p["name"].as_str().filter(|_| p["in"] == "query").map(str::to_owned);
        let parameters: Vec<String> = parameters.iter().filter_map(named).collect();
        let target = operation.target();
        let parameters = if operation.method == "GET" { parameters } else { Vec::new() };
        // The public reads the demonstration.
        let demonstration = [
            (neighbour::SIREN, PAS_DE_CALAIS),
            (neighbour::BODY, world::BODY),
            (neighbour::GROUP, world::GROUP),
            (neighbour::PERSON, world::PERSON),
            (neighbour::SITTING, SITTING),
            (neighbour::ACT, ACT),
        ];
        let elsewhere = demonstration.iter().fold(target.clone(), |target, (from, to)| target.replace(from, to));
        for (target, token) in [(&target, Some(&own)), (&elsewhere, None)] {
            for target in targets(target, &parameters) {
                let answer = operation.send(server, token.map(String::as_str), &target);
                assert!(answer.status < 500 || answer.status == 503, "{} {target}: {}", operation.method, answer.text);
                succeeded += usize::from(answer.status < 300);
                let next = answer.headers.get("link").and_then(|link| link.to_str().ok()?.strip_prefix('<')?.split('>').next().map(str::to_owned));
                if let Some(next) = next.filter(|_| operation.method == "GET") {
                    operation.send(server, token.map(String::as_str), &next);
                }
            }
        }
    }
    let of = format!("authority={PAS_DE_CALAIS}");
    for page in [
        "/".to_owned(),
        format!("/deliberations/{ACT}"),
        format!("/seances/{SITTING}"),
        format!("/seances?{of}"),
        format!("/elus/{}", world::PERSON),
        format!("/elus?{of}"),
        format!("/groupes/{}", world::GROUP),
        format!("/recherche?q=soutien&{of}"),
        format!("/flux/deliberations.atom?{of}"),
        format!("/flux/seances.ics?{of}"),
        "/sitemap.xml".to_owned(),
    ] {
        let answer = server.get(&page, None);
        assert!(answer.status < 500, "{page}: {}", answer.text);
        succeeded += usize::from(answer.status < 300);
    }
    succeeded
}

/// Where a plan looks into a table: which, and how. What a statement makes for itself is none.
fn looks(server: &Server, engine: Engine, sql: &str) -> Vec<(String, String)> {
    let catalogue = server.register.store().read(|session| session.catalogue()).unwrap();
    let tables: BTreeSet<&str> = catalogue.iter().filter_map(|line| line.split('.').next()).collect();
    let plan = server.database.plan(sql);
    let mut looks: Vec<(String, String)> = Vec::new();
    match engine {
        Engine::Sqlite => {
            for step in plan.iter().filter(|step| step.starts_with("SCAN ") || step.starts_with("SEARCH ")) {
                let name = step.split(' ').nth(1).unwrap_or_default();
                // The plan names a table as the statement does.
                let called = |table: &&&str| sql.contains(&format!("{table} {name} ")) || sql.contains(&format!("`{table}` AS `{name}`"));
                let table = tables.get(name).or_else(|| tables.iter().find(called));
                looks.extend(table.map(|table| ((*table).to_owned(), step.clone())));
            }
        }
        Engine::Postgresql => {
            let mut open = false;
            for line in plan.iter().map(|line| line.trim()) {
                let step = line.strip_prefix("->").unwrap_or(line).trim();
                let condition = ["Index Cond:", "Recheck Cond:", "Filter:"].iter().any(|kind| step.starts_with(kind));
                let scan = ["Seq Scan on ", "Index Scan ", "Index Only Scan ", "Bitmap Heap Scan on "].iter().any(|kind| step.starts_with(kind));
                if scan {
                    let table = step.split(" on ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or_default();
                    looks.push((table.to_owned(), step.to_owned()));
                } else if let (true, true, Some((_, look))) = (condition, open, looks.last_mut()) {
                    look.push_str(&format!(" | {step}"));
                }
                open = scan || (condition && open);
            }
        }
    }
    looks
}

/// Whether a look stays within one authority, and does not go from end to end.
fn bounded(engine: Engine, look: &str) -> bool {
    match engine {
        // An index that is made for the statement is made from end to end.
        Engine::Sqlite => look.starts_with("SEARCH ") && look.contains("(authority=?") && !look.contains("AUTOMATIC"),
        Engine::Postgresql => !look.starts_with("Seq Scan") && look.contains("authority = "),
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_big_table_is_looked_into_within_one_authority_and_by_an_index(#[case] engine: Engine) {
    let server = Server::noted(engine);
    let succeeded = ask_everything(&server);
    let sent = statements::sent(&server.database.url);
    let begins = |sql: &&String| ["SELECT", "UPDATE", "DELETE", "INSERT", "WITH"].iter().any(|word| sql.to_uppercase().starts_with(word));
    let asked: Vec<&String> = sent.iter().filter(begins).collect();
    // As many as there are today, roughly: a test that collects nothing finds nothing.
    assert!(succeeded > 200 && asked.len() > 120, "{succeeded} answers, {} statements", asked.len());
    let exceptions = EXCEPTIONS.iter().filter(|(of, ..)| *of == engine);
    let mut unused: BTreeSet<&str> = exceptions.clone().map(|(_, told, _)| *told).collect();
    let mut found = Vec::new();
    let mut looked = 0;
    for sql in asked {
        for (table, look) in looks(&server, engine, sql) {
            if SMALL.contains(&table.as_str()) {
                continue;
            }
            looked += 1;
            if bounded(engine, &look) {
                continue;
            }
            match exceptions.clone().find(|(_, told, _)| sql.contains(told) || look.contains(told)) {
                Some((_, told, _)) => _ = unused.remove(told),
                None => found.push(format!("{look}\n    {sql}")),
            }
        }
    }
    assert!(found.is_empty(), "{} looks are not bounded:\n{}", found.len(), found.join("\n"));
    assert!(unused.is_empty(), "exceptions that nothing needs: {unused:?}");
    assert!(looked > 120, "only {looked} looks into a big table");
    println!("{engine:?}: {succeeded} answers, {} statements, {looked} looks into big tables", sent.len());
}

/// What is not bounded is found.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_look_that_is_not_bounded_is_found(#[case] engine: Engine) {
    let server = Server::empty(engine);
    for (name, sql, expected) in [
        ("across authorities, by no index", "SELECT title FROM deliberations WHERE title = 'x'", false),
        ("across authorities, by an index", "SELECT count(*) FROM imports WHERE state = 'waiting'", false),
        ("an authority from end to end", "SELECT title FROM deliberations WHERE authority = 'x' AND title = 'y'", true),
        ("one record", "SELECT title FROM deliberations WHERE authority = 'x' AND id = 'y'", true),
        ("a table beside another", "SELECT v.digest FROM deliberations d JOIN versions v ON v.record = d.id WHERE d.authority = 'x'", false),
        (
            "both within one authority",
            "SELECT v.digest FROM deliberations d JOIN versions v ON v.authority = d.authority AND v.record = d.id \
          WHERE d.authority = 'x'",
            true,
        ),
    ] {
        let looks = looks(&server, engine, sql);
        assert!(!looks.is_empty(), "{name}");
        assert_eq!(looks.iter().all(|(_, look)| bounded(engine, look)), expected, "{name}: {looks:?}");
    }
}
