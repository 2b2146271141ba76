//! The duties of a server, one by one.

use chrono::{DateTime, FixedOffset, NaiveDate};
use rstest::rstest;
use serde_json::Value;

use super::island::{self, *};
use super::{LISTS, ask, everything, gather, id_of, list, path};
use crate::harness::{Engine, Server};

/// Every value in an object, with the name under which it stands.
fn values<'a>(name: &'a str, value: &'a Value, see: &mut impl FnMut(&'a str, &'a Value)) {
    see(name, value);
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| values(name, value, see)),
        Value::Array(items) => items.iter().for_each(|item| values(name, item, see)),
        _ => {}
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_request_needs_no_more_than_its_address(#[case] engine: Engine) {
    let server = island::server(engine);
    let token = server.token(SIREN, "all");
    for path in ["/oparl/v1/system".to_owned(), list("paper"), format!("/oparl/v1/paper/{ACT}")] {
        let first = ask(&server, &path).expect(200);
        assert!(!first.headers.contains_key("set-cookie"), "{path}");
        assert_eq!(ask(&server, &path).text, first.text, "{path}");
        // Whoever asks sees what everyone sees, with a token that is good or not.
        for token in [token.as_str(), "no token at all"] {
            assert_eq!(server.get(&path, Some(token)).expect(200).text, first.text, "{path}");
        }
    }
    server.get(&format!("/oparl/v1/paper/{HIDDEN_ACT}"), Some(&token)).expect(404);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_object_has_one_address_which_is_its_identifier(#[case] engine: Engine) {
    let server = island::server(engine);
    let all = everything(&server);
    let mut ids: Vec<String> = all.iter().map(id_of).collect();
    for object in &all {
        let alone = ask(&server, path(&server, object["id"].as_str().unwrap())).expect(200).json();
        assert_eq!(&alone, object, "the same in a list and alone");
    }
    ids.sort();
    let several = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), several);
    assert!(several > 100, "{several} objects");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn another_way_of_writing_an_address_is_redirected(#[case] engine: Engine) {
    let server = island::server(engine);
    let paper = format!("/oparl/v1/paper/{ACT}");
    for (case, written, right) in [
        ("the root", "/oparl".to_owned(), "/oparl/v1/system".to_owned()),
        ("the version", "/oparl/v1/".to_owned(), "/oparl/v1/system".to_owned()),
        ("a slash at the end", format!("{paper}/"), paper.clone()),
        ("two slashes", format!("/oparl/v1//paper/{ACT}"), paper.clone()),
        ("capitals", format!("/oparl/v1/paper/{}", ACT.to_uppercase()), paper.clone()),
        ("no hyphens", format!("/oparl/v1/paper/{}", ACT.replace('-', "")), paper.clone()),
        ("letters that are encoded", format!("/oparl/v1/%70aper/{ACT}"), paper.clone()),
        ("parameters of an object", format!("{paper}?omit_internal=true"), paper.clone()),
        ("a list, whose parameters stay", format!("{}/?limit=2&page=2", list("Paper")), format!("{}?limit=2&page=2", list("paper"))),
        ("a file", format!("/oparl/v1/file/{FILE}/Access?x"), format!("/oparl/v1/file/{FILE}/access")),
    ] {
        let answer = ask(&server, &written);
        assert_eq!((answer.status, answer.header("location")), (301, format!("{}{right}", server.url).as_str()), "{case}");
        ask(&server, &right).expect(200);
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn answers_are_json_in_utf_8_without_a_mark(#[case] engine: Engine) {
    let server = island::server(engine);
    for path in ["/oparl/v1/system".to_owned(), "/oparl/v1/body".to_owned(), format!("/oparl/v1/organization/{GROUP}"), "/oparl/v1/none".to_owned()] {
        let response = server.request(reqwest::Method::GET, &path).send().unwrap();
        assert_eq!(response.headers()["content-type"], "application/json", "{path}");
        let bytes = response.bytes().unwrap();
        assert_eq!(bytes.first(), Some(&b'{'), "{path}");
        assert!(serde_json::from_str::<Value>(std::str::from_utf8(&bytes).unwrap()).unwrap().is_object(), "{path}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_day_has_no_hour_and_a_moment_has_the_offset_of_its_place(#[case] engine: Engine) {
    let server = island::server(engine);
    let (mut days, mut moments) = (0, 0);
    for object in everything(&server) {
        let of_island = object.to_string().contains("01977e55-") || object.to_string().contains(SIREN);
        values("", &object, &mut |name, value| match name {
            "startDate" | "endDate" | "date" | "registre:date" => {
                days += 1;
                let text = value.as_str().unwrap();
                assert_eq!(text.parse::<NaiveDate>().unwrap().to_string(), text);
            }
            "created" | "modified" | "start" | "end" => {
                moments += 1;
                let at: DateTime<FixedOffset> = value.as_str().unwrap().parse().unwrap();
                if of_island {
                    assert_eq!(at.offset().local_minus_utc(), 4 * 3600, "{value} in {object}");
                }
            }
            _ => {}
        });
    }
    assert!(days > 5 && moments > 200, "{days} days, {moments} moments");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_is_not_known_is_not_there(#[case] engine: Engine) {
    let server = island::server(engine);
    for object in everything(&server) {
        values("", &object, &mut |name, value| {
            let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty) || value.as_str() == Some("");
            // OParl wants this list to be there, if empty.
            assert!(!empty || name == "legislativeTerm", "{name} in {object}");
        });
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_list_is_walked_by_next_and_keeps_its_order(#[case] engine: Engine) {
    let server = island::server(engine);
    for name in LISTS {
        let whole: Vec<String> = gather(&server, &list(name)).iter().map(id_of).collect();
        for limit in [1, 2] {
            let pages: Vec<String> = gather(&server, &format!("{}?limit={limit}", list(name))).iter().map(id_of).collect();
            assert_eq!(pages, whole, "{name} by {limit}");
        }
        let total = whole.len();
        let first = ask(&server, &format!("{}?limit=1", list(name))).expect(200).json();
        let link = |query: &str| format!("{}{}{query}", server.url, list(name));
        assert_eq!(first["data"].as_array().unwrap().len(), 1);
        assert_eq!(first["pagination"], serde_json::json!({"totalElements": total, "elementsPerPage": 1, "currentPage": 1, "totalPages": total}));
        assert_eq!((&first["links"]["first"], &first["links"]["self"]), (&Value::from(link("?limit=1")), &Value::from(link("?limit=1"))));
        let last = if total == 1 { "?limit=1".to_owned() } else { format!("?limit=1&page={total}") };
        assert_eq!(first["links"]["last"], link(&last), "{name}");
        assert!(first["links"].get("prev").is_none() && first["links"].get("next").is_some() == (total > 1), "{name}");
        let end = ask(&server, &format!("{}{last}", list(name))).expect(200).json();
        assert_eq!(id_of(&end["data"][0]), whole[total - 1], "{name}");
        assert!(end["links"].get("next").is_none() && end["links"].get("prev").is_some() == (total > 1), "{name}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_walk_misses_nothing_when_something_goes_meanwhile(#[case] engine: Engine) {
    let server = island::server(engine);
    let whole: Vec<String> = gather(&server, &list("paper")).iter().map(id_of).collect();
    let first = ask(&server, &format!("{}?limit=1", list("paper"))).expect(200).json();
    assert_eq!(id_of(&first["data"][0]), whole[0]);
    super::deleted::show(&server, &format!("deliberations/{ACT}"), "internal");
    let next = ask(&server, path(&server, first["links"]["next"].as_str().unwrap())).expect(200).json();
    assert_eq!(id_of(&next["data"][0]), whole[1]);
    assert_eq!(next["links"]["self"], first["links"]["next"]);
    assert!(next["links"].get("next").is_none());
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_limit_is_a_wish(#[case] engine: Engine) {
    let server = island::server(engine);
    for (name, wish, given) in [
        ("person", "1", 1),
        ("person", "100", 100),
        ("person", "5000", 100),
        ("person", "0", 1),
        ("person", "many", 100),
        ("person", "-1", 100),
        ("meeting", "5000", 20),
    ] {
        let page = ask(&server, &format!("{}?limit={wish}", list(name))).expect(200).json();
        assert_eq!(page["pagination"]["elementsPerPage"], given, "{name}, {wish}");
    }
}

/// How many objects a list has with a filter.
fn count(server: &Server, list: &str, filters: &[(&str, &str)]) -> usize {
    let query = serde_urlencoded(filters);
    let page = ask(server, &format!("{list}?{query}")).expect(200).json();
    let found = page["data"].as_array().unwrap().len();
    assert_eq!(page["pagination"]["totalElements"], found, "{list} {query}");
    for link in ["first", "self", "last"] {
        let link = page["links"][link].as_str().unwrap();
        assert!(filters.iter().all(|filter| link.contains(&serde_urlencoded(&[*filter]))), "{link} without {query}");
    }
    found
}

fn serde_urlencoded(pairs: &[(&str, &str)]) -> String {
    let mut url = reqwest::Url::parse("http://a").unwrap();
    url.query_pairs_mut().extend_pairs(pairs);
    url.query().unwrap().to_owned()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn every_list_is_filtered_by_when_things_came_and_changed(#[case] engine: Engine) {
    let server = island::server(engine);
    let (before, after) = ("2020-01-01T00:00:00+04:00", "2120-01-01T00:00:00+04:00");
    let lists = LISTS.into_iter().map(list).chain(["/oparl/v1/body".to_owned(), format!("/oparl/v1/organization/{COMMISSION}/meeting")]);
    for list in lists {
        let all = gather(&server, &list);
        for field in ["created", "modified"] {
            let (since, until) = (format!("{field}_since"), format!("{field}_until"));
            assert_eq!(count(&server, &list, &[(&since, before)]), all.len(), "{list} {since}");
            assert_eq!(count(&server, &list, &[(&since, after)]), 0, "{list} {since}");
            assert_eq!(count(&server, &list, &[(&until, before)]), 0, "{list} {until}");
            assert_eq!(count(&server, &list, &[(&until, after)]), all.len(), "{list} {until}");
            // The bounds count, as they are told; and each on its own.
            let at = |object: &Value| object[field].as_str().unwrap().parse::<DateTime<FixedOffset>>().unwrap();
            for object in &all {
                let told = object[field].as_str().unwrap();
                let later = all.iter().filter(|other| at(other) >= at(object)).count();
                let earlier = all.iter().filter(|other| at(other) <= at(object)).count();
                assert_eq!(count(&server, &list, &[(&since, told)]), later, "{list} {since} {told}");
                assert_eq!(count(&server, &list, &[(&until, told)]), earlier, "{list} {until} {told}");
                assert_eq!(count(&server, &list, &[(&since, told), (&until, told)]), later + earlier - all.len(), "{list} {told}");
            }
        }
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn filters_stay_in_the_links_of_a_page(#[case] engine: Engine) {
    let server = island::server(engine);
    let filters = "created_since=2020-01-01T00%3A00%3A00%2B04%3A00&limit=1&modified_until=2120-01-01T00%3A00%3A00%2B04%3A00&omit_internal=true";
    let page = ask(&server, &format!("{}?page=2&{filters}", list("membership"))).expect(200).json();
    let base = format!("{}{}?", server.url, list("membership"));
    for (link, expected) in [
        ("first", format!("{base}{filters}")),
        ("prev", format!("{base}{filters}")),
        ("self", format!("{base}{filters}&page=2")),
        ("next", format!("{base}after={GUEST_MANDATE}&{filters}&page=3")),
        ("last", format!("{base}{filters}&page=3")),
    ] {
        assert_eq!(page["links"][link], expected, "{link}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn lists_that_have_an_address_of_their_own_are_left_out_on_demand(#[case] engine: Engine) {
    let server = island::server(engine);
    // What stays is there for its order, or has no list of its own (OParl 1.1, filters).
    for (name, left_out, stays) in [
        ("person", vec!["membership"], vec!["name"]),
        ("meeting", vec!["auxiliaryFile"], vec!["agendaItem", "location"]),
        ("paper", vec!["auxiliaryFile"], vec!["mainFile", "consultation"]),
    ] {
        let whole = gather(&server, &list(name)).remove(0);
        let short = gather(&server, &format!("{}?omit_internal=true", list(name))).remove(0);
        let told = gather(&server, &format!("{}?omit_internal=false", list(name))).remove(0);
        assert_eq!(told, whole);
        let mut expected = whole.clone();
        for key in &left_out {
            expected.as_object_mut().unwrap().remove(*key);
            // The paper has one file only, which is its main one.
            assert!(whole.get(*key).is_some() || name == "paper", "{name} {key}");
        }
        assert_eq!(short, expected, "{name}");
        assert!(stays.iter().all(|key| short.get(*key).is_some()), "{name}");
    }
    let body = gather(&server, "/oparl/v1/body?omit_internal=true").remove(0);
    assert!(body.get("legislativeTerm").is_some());
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn scripts_of_any_page_may_read_every_answer(#[case] engine: Engine) {
    let server = island::server(engine);
    for (path, status) in [
        ("/oparl/v1/system".to_owned(), 200),
        (list("paper"), 200),
        (format!("/oparl/v1/paper/{ACT}"), 200),
        (format!("/oparl/v1/file/{FILE}/access"), 200),
        ("/oparl".to_owned(), 301),
        (format!("/oparl/v1/paper/{HIDDEN_ACT}"), 404),
        (format!("{}?page=0", list("paper")), 400),
    ] {
        let answer = ask(&server, &path).expect(status);
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert!(!answer.headers.contains_key("access-control-allow-methods"), "{path}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_error_is_an_object_with_words_for_people(#[case] engine: Engine) {
    let server = island::server(engine);
    for (case, path, status, message, debug) in [
        ("no such address", "/oparl/v1/nothing".to_owned(), 404, "Introuvable", "not-found"),
        ("no such version", "/oparl/v2/system".to_owned(), 404, "Introuvable", "not-found"),
        ("an identifier that is none", "/oparl/v1/paper/12".to_owned(), 404, "Introuvable", "not-found"),
        ("no such object", "/oparl/v1/paper/01977e55-0009-7000-8000-00000000ffff".to_owned(), 404, "Introuvable", "not-found"),
        ("an object of another kind", format!("/oparl/v1/paper/{SITTING}"), 404, "Introuvable", "not-found"),
        ("an authority that is not there", "/oparl/v1/body/229900212/paper".to_owned(), 404, "Introuvable", "not-found"),
        ("a day without an hour", format!("{}?modified_since=2026-01-01", list("paper")), 400, "modified_since", "invalid-parameter"),
        ("no such page", format!("{}?page=first", list("paper")), 400, "page", "invalid-parameter"),
    ] {
        let answer = ask(&server, &path).expect(status);
        let error = answer.json();
        assert_eq!(answer.header("content-type"), "application/json", "{case}");
        assert_eq!(error["type"], "https://schema.oparl.org/1.1/Error", "{case}");
        assert_eq!(error.as_object().unwrap().len(), 3, "{case}");
        assert!(error["message"].as_str().unwrap().contains(message), "{case}: {error}");
        assert!(error["debug"].as_str().unwrap().starts_with(debug), "{case}: {error}");
    }
    let posted = server.request(reqwest::Method::POST, "/oparl/v1/system").send().unwrap();
    assert_eq!((posted.status().as_u16(), posted.headers()["allow"].to_str().unwrap()), (405, "GET, HEAD"));
    assert_eq!(posted.json::<Value>().unwrap()["type"], "https://schema.oparl.org/1.1/Error");
    // Elsewhere errors are problems, as ever.
    server.get("/v1/nothing", None).problem(404, "not-found");
}
