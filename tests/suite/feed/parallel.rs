//! Writers at once and readers beside them: each change once, in order, none skipped. The long form is `scripts/prove-feed`.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use rstest::rstest;
use serde_json::{Value, json};

use super::Reader;
use crate::harness::{Engine, PAS_DE_CALAIS, Server};

const WRITERS: usize = 8;
const READERS: usize = 3;
const EACH: usize = 12;

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn each_reader_sees_each_change_once_and_in_order(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let over = AtomicBool::new(false);
    let (written, read): (BTreeSet<String>, Vec<Vec<Value>>) = std::thread::scope(|threads| {
        let readers: Vec<_> = (0..READERS)
            .map(|n| {
                let mut reader = Reader { limit: [3, 20, 200][n], ..Reader::own(&server) };
                let over = &over;
                threads.spawn(move || {
                    let mut seen = Vec::new();
                    loop {
                        let last = over.load(Ordering::Acquire);
                        seen.extend(reader.events());
                        if last {
                            return seen;
                        }
                    }
                })
            })
            .collect();
        let writer = |n: usize| {
            let (server, token) = (&server, &token);
            move || {
                let add = |i: usize| {
                    let person =
                        json!({"family_name": format!("PERSONNE-{n}-{i}"), "visibility": if i.is_multiple_of(2) { "public" } else { "internal" }});
                    server.post("/v1/persons", token, &person).expect(201).json()["id"].as_str().unwrap().to_owned()
                };
                (0..EACH).map(add).collect::<Vec<String>>()
            }
        };
        let writers: Vec<_> = (0..WRITERS).map(|n| threads.spawn(writer(n))).collect();
        let written = writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect();
        over.store(true, Ordering::Release);
        (written, readers.into_iter().map(|reader| reader.join().unwrap()).collect())
    });
    assert_eq!(written.len(), WRITERS * EACH);
    for seen in &read {
        let subjects: Vec<&str> = seen.iter().map(|event| event["subject"].as_str().unwrap()).collect();
        assert_eq!(subjects.len(), written.len(), "each once");
        assert_eq!(subjects.iter().map(|s| (*s).to_owned()).collect::<BTreeSet<_>>(), written, "none skipped");
        assert_eq!(seen, &read[0], "and all in one order");
        let number = |event: &Value| event["id"].as_str().unwrap().rsplit_once('-').unwrap().1.parse::<i64>().unwrap();
        assert!(seen.windows(2).all(|two| number(&two[0]) < number(&two[1])));
    }
}
