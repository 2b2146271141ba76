//! Filters and facets.

use rstest::rstest;
use serde_json::{Value, json};

use super::corpus::{ALWAYS, GROUP, HIDDEN_GROUP, LATE, OTHER_BODY, RAPPORTEUR, SIREN};
use super::{asked, found, server, shown};
use crate::harness::Engine;

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn acts_that_hold_to_every_filter(#[case] engine: Engine) {
    let server = server(engine);
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[("q", "budget"), ("outcome", "rejected")], "2024-11 2023-3"),
        (&[("q", "budget"), ("year", "2024")], "2024-11 2024-1"),
        (&[("q", "budget"), ("year", "2024"), ("date_from", "2024-10-07")], "2024-11"),
        (&[("q", "budget"), ("date_from", "2025-01-01")], "2025-1"),
        (&[("q", "budget"), ("date_to", "2023-03-13")], "2023-3"),
        (&[("q", "budget"), ("year", "2024"), ("date_to", "2023-12-31")], ""),
        (&[("kind", "wish")], "2025-10 2023-6"),
        (&[("kind", "election"), ("q", "office")], "2025-11"),
        (&[("matter_code", "1")], "2024-9 2023-8"),
        (&[("matter_code", "1.4"), ("sort", "oldest")], "2023-8 2024-9"),
        (&[("matter_code", "1.40")], ""),
        (&[("body", OTHER_BODY), ("q", "réseau")], "2024-7"),
        (&[("body", OTHER_BODY), ("sort", "oldest")], "2024-7 2024-8 2024-9 2024-10 2024-11 2024-12"),
        // Acts at even places of the file: odd numbers.
        (&[("group", GROUP), ("year", "2025"), ("q", "tourisme")], "2025-11"),
        (&[("group", HIDDEN_GROUP), ("q", "musée")], "2025-4"),
        (&[("group", GROUP), ("q", "musée")], ""),
        (&[("member", LATE), ("q", "budget")], "2025-1"),
        (&[("member", LATE), ("member_as", "present"), ("q", "école")], "2025-10 2025-7"),
        (&[("member", ALWAYS), ("q", "écoles")], "2025-10 2025-7 2024-10 2023-1"),
        (&[("member", LATE), ("member_as", "voted")], "2025-2"),
        (&[("member", ALWAYS), ("member_as", "voted")], ""),
        (&[("member", RAPPORTEUR), ("member_as", "author")], "2024-7"),
    ];
    for (parameters, expected) in cases {
        assert_eq!(found(&server, None, parameters), *expected, "{parameters:?}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_the_acts_found_share(#[case] engine: Engine) {
    let server = server(engine);
    let of = |facets: &Value, name: &str| -> Vec<(String, u64)> {
        let text = |facet: &Value| facet["label"].as_str().or(facet["value"].as_str()).unwrap().to_owned();
        facets[name].as_array().unwrap().iter().map(|facet| (text(facet), facet["count"].as_u64().unwrap())).collect()
    };
    let told = |lines: &[(&str, u64)]| -> Vec<(String, u64)> { lines.iter().map(|(text, count)| ((*text).to_owned(), *count)).collect() };
    // 2025-1, 2024-11, 2023-10, 2023-3, 2024-1, 2023-7.
    let answer = asked(&server, None, &[("q", "budget"), ("facets", "true")]);
    let facets = &answer["facets"];
    assert_eq!((&facets["counted"], &facets["complete"]), (&json!(6), &json!(true)));
    assert_eq!(of(facets, "years"), told(&[("2025", 1), ("2024", 2), ("2023", 3)]));
    assert_eq!(of(facets, "outcomes"), told(&[("adopted", 4), ("rejected", 2)]));
    assert_eq!(of(facets, "matters"), told(&[("7.1", 3), ("7.5", 3)]));
    assert_eq!(of(facets, "bodies"), told(&[("Commission permanente", 5), ("Conseil départemental", 1)]));
    // The group and the person that are internal are told to nobody else.
    assert_eq!(of(facets, "groups"), told(&[("Groupe des Sources", 5)]));
    assert_eq!(of(facets, "members"), told(&[("TOUJOURS", 6), ("TARDIF", 1)]));
    let token = server.token(SIREN, "records:read");
    let own = asked(&server, Some(&token), &[("q", "budget"), ("facets", "true")]);
    assert_eq!(of(&own["facets"], "groups"), told(&[("Groupe des Sources", 5), ("Groupe des Rives", 1)]));
    assert_eq!(of(&own["facets"], "members"), told(&[("RAPPORTAIRE", 6), ("TOUJOURS", 6), ("TARDIF", 1)]));
    // Only when asked for; of nothing found, none.
    assert_eq!(asked(&server, None, &[("q", "budget")])["facets"], Value::Null);
    let none = asked(&server, None, &[("q", "de la"), ("facets", "true")]);
    assert_eq!((&none["data"], &none["facets"]["counted"]), (&json!([]), &json!(0)));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_was_asked_and_where_it_stands(#[case] engine: Engine) {
    let server = server(engine);
    let answer = asked(&server, None, &[("q", "réseau des SOCIÉTÉS -annexe")]);
    assert_eq!(answer["query"]["all"], json!([{"text": "réseau", "terms": ["reseau"]}, {"text": "SOCIÉTÉS", "terms": ["societ"]}]));
    assert_eq!((&answer["query"]["none"][0]["terms"], &answer["query"]["ignored"]), (&json!(["annex"]), &json!(["des"])));
    let hit = &answer["data"][0];
    let snippets: Vec<(String, String)> =
        hit["snippets"].as_array().unwrap().iter().map(|s| (s["field"].as_str().unwrap().to_owned(), shown(s))).collect();
    let expected = [
        ("title", "[Sociétés] coopératives : animation du [réseau]"),
        ("article", "D'animer le [réseau] des [sociétés] coopératives d'intérêt collectif."),
    ];
    assert_eq!(snippets, expected.map(|(field, text)| (field.to_owned(), text.to_owned())));
    // A number of a beneficiary is marked where it stands.
    let siren = asked(&server, None, &[("q", "812 345 678")]);
    assert_eq!(shown(&siren["data"][0]["snippets"][1]), "Le Fournil – [81234567800019]");
    // Without words, the title alone.
    let all = asked(&server, None, &[("limit", "1")]);
    assert_eq!(all["data"][0]["snippets"].as_array().unwrap().len(), 1);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_cannot_be_asked(#[case] engine: Engine) {
    let server = server(engine);
    for (query, at) in [
        ("year=0", "year"),
        ("year=hier", "year"),
        ("date_from=hier", "date_from"),
        ("outcome=blue", "outcome"),
        ("sort=blue", "sort"),
        ("facets=1", "facets"),
        ("matter_code=a", "matter_code"),
        ("member=x", "member"),
        ("member_as=voted", "member_as"),
        ("limit=201", "limit"),
        ("q=a%00b", "q"),
    ] {
        let answer = server.get(&format!("/v1/search?{query}"), None);
        answer.problem(400, "invalid-parameter");
        assert_eq!(answer.json()["errors"][0]["pointer"], at, "{query}");
    }
    server.get("/v1/search?colour=blue", None).problem(400, "unknown-parameter");
}
