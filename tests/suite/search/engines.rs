//! Two hundred questions: both engines answer alike, and as was worked out by hand.

use serde_json::Value;

use super::{asked, numbers, server};
use crate::harness::Engine;

/// A question, and the numbers of the first acts that it finds, where they were worked out.
fn questions() -> Vec<(&'static str, Option<Vec<&'static str>>)> {
    let text: &'static str = include_str!("../fixtures/search/queries.txt");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let expected = |numbers: &'static str| numbers.split_whitespace().filter(|number| *number != "-").collect();
    lines.map(|line| line.split_once(" | ").map_or((line, None), |(question, numbers)| (question.trim(), Some(expected(numbers))))).collect()
}

#[test]
fn both_engines_find_the_same_in_the_same_order() {
    let (sqlite, postgresql) = (server(Engine::Sqlite), server(Engine::Postgresql));
    let questions = questions();
    assert!(questions.len() >= 200 && questions.iter().filter(|(_, expected)| expected.is_some()).count() >= 30);
    let (mut wrong, mut empty) = (Vec::new(), 0);
    for (question, expected) in &questions {
        let parameters = [("q", *question), ("limit", "10"), ("facets", "true")];
        let (one, other) = (asked(&sqlite, None, &parameters), asked(&postgresql, None, &parameters));
        let plain = |mut answer: Value| {
            // When each register was filled.
            answer["data"].as_array_mut().unwrap().iter_mut().for_each(|hit| drop(hit.as_object_mut().unwrap().remove("modified_at")));
            answer
        };
        let first = numbers(&one);
        if plain(one) != plain(other.clone()) {
            wrong.push(format!("{question}: SQLite finds {first:?}, PostgreSQL {:?}", numbers(&other)));
        }
        if let Some(expected) = expected
            && (!first.iter().zip(expected).all(|(found, expected)| found == expected)
                || first.len() < expected.len()
                || (expected.is_empty() && !first.is_empty()))
        {
            wrong.push(format!("{question}: {first:?}, not {expected:?}"));
        }
        empty += usize::from(first.is_empty());
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(empty < questions.len() / 5, "{empty} questions find nothing: they compare nothing");
}

#[test]
fn pages_lose_nothing_whatever_the_order() {
    for engine in [Engine::Sqlite, Engine::Postgresql] {
        let server = server(engine);
        for parameters in ["q=budget", "q=", "q=d%27approuver", "sort=oldest", "q=le+plan&sort=newest", "q=2024-6", "q=office&sort=oldest"] {
            let path = format!("/v1/search?authority={}&{parameters}", super::corpus::SIREN);
            let whole = numbers(&server.get(&path, None).expect(200).json());
            let mut paged = Vec::new();
            let mut next = Some(format!("{path}&limit=2"));
            while let Some(path) = next {
                let page = server.get(&path, None).expect(200).json();
                paged.extend(numbers(&page));
                next = page["links"]["next"].as_str().map(str::to_owned);
                assert!(paged.len() <= 40, "{parameters}: no end");
            }
            assert_eq!(paged, whole, "{parameters}");
            assert!(whole.len() > 1, "{parameters}");
        }
        let old = |sort: &str| numbers(&server.get(&format!("/v1/search?authority={}&sort={sort}", super::corpus::SIREN), None).json());
        let mut newest = old("newest");
        newest.reverse();
        assert_eq!(old("oldest"), newest);
        server.get(&format!("/v1/search?authority={}&cursor=AAAA", super::corpus::SIREN), None).problem(400, "invalid-cursor");
    }
}
