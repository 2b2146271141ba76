//! A whole sitting played over HTTP, followed from outside through two broken connections. `PLAY_ITEMS=120 PLAY_MEMBERS=60` plays the large one
//! whose figures are in docs/figures.md.

use std::io::{BufRead, BufReader};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rstest::rstest;
use serde_json::json;

use super::Live;
use crate::harness::{Engine, Server};

fn size(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().map_or(otherwise, |text| text.parse().unwrap())
}

/// Reads a stream from the step after `last`, until so many steps were read; the steps by number and kind.
fn follow(live: &Live<'_>, last: i64, steps: usize) -> Vec<(i64, String)> {
    let request = live.server.request(reqwest::Method::GET, &live.path("state/stream")).bearer_auth(&live.token);
    let response = request.header("Last-Event-ID", last.to_string()).timeout(Duration::from_secs(300)).send().unwrap();
    assert_eq!((response.status().as_u16(), response.headers()["content-type"].to_str().unwrap()), (200, "text/event-stream"));
    let (mut seen, mut id) = (Vec::new(), 0);
    for line in BufReader::new(response).lines() {
        let line = line.unwrap();
        if let Some(number) = line.strip_prefix("id: ") {
            id = number.parse().unwrap();
        } else if let Some(kind) = line.strip_prefix("event: ") {
            seen.push((id, kind.to_owned()));
        } else if let Some(data) = line.strip_prefix("data: ") {
            let data: serde_json::Value = serde_json::from_str(data).unwrap();
            assert_eq!((data["version"].as_i64(), data["kind"].as_str()), seen.last().map(|(n, k)| (Some(*n), Some(k.as_str()))).unwrap());
            if seen.len() == steps {
                // The connection is dropped here, whatever comes.
                return seen;
            }
        }
    }
    panic!("the stream ended after {} steps of {steps}", seen.len());
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_sitting_is_played_and_followed(#[case] engine: Engine) {
    let (members, items) = (size("PLAY_MEMBERS", 15), size("PLAY_ITEMS", 9));
    let server = Server::empty(engine);
    let live = Live::open(&server, members, items, &json!({}));
    // The document, and for each item its opening, its ballot and its closing; one departure.
    let all = 1 + 3 * items + 1;
    let (tell, told) = mpsc::channel();
    let started = Instant::now();
    std::thread::scope(|scope| {
        let live = &live;
        scope.spawn(move || {
            let mut seen = follow(live, 0, all / 3);
            for part in [all / 3, all - 2 * (all / 3)] {
                let more = follow(live, seen.last().unwrap().0, part);
                seen.extend(more);
            }
            tell.send(seen).unwrap();
        });
        let step = |event: serde_json::Value| live.server.post(&live.path("timeline"), &live.token, &event).expect(201);
        for item in 1..=items {
            let at = |anchor: &str| json!({"item": live.items[item - 1], "anchor": anchor});
            if item == items / 2 + 1 {
                step(json!({"id": super::uuid(), "kind": "departure", "moment": at("before"), "person": {"person": live.people[members - 1]}}));
            }
            step(json!({"id": super::uuid(), "kind": "item_opened", "moment": at("during")}));
            let voters = if item > items / 2 { members - 1 } else { members };
            let ballot = live.roll_call(item, 1..=voters, &[1 + item % 5], &[7]);
            let taken = live.server.post(&live.path("ballots"), &live.token, &ballot).expect(201).json();
            assert_eq!(taken["findings"], json!([]));
            step(json!({"id": super::uuid(), "kind": "item_closed", "moment": at("during")}));
        }
        let played = started.elapsed();
        let seen = told.recv_timeout(Duration::from_secs(60)).unwrap();
        println!(
            "{engine:?}: {members} members, {items} items played in {:.1} s, followed in {:.1} s",
            played.as_secs_f64(),
            started.elapsed().as_secs_f64()
        );
        let numbers: Vec<i64> = seen.iter().map(|(n, _)| *n).collect();
        assert_eq!(numbers, (1..=i64::try_from(all).unwrap()).collect::<Vec<_>>(), "each step once, in order");
        let kinds = |kind: &str| seen.iter().filter(|(_, k)| k == kind).count();
        assert_eq!((kinds("document"), kinds("ballot"), kinds("event")), (1, items, 2 * items + 1));
    });
    let sitting = server.get(&live.path("record"), Some(&live.token)).expect(200);
    println!("{engine:?}: {} bytes of record", sitting.text.len());
    assert_eq!(sitting.json()["ballots"].as_array().unwrap().len(), items);
}
