//! Deliveries: whatever a receiver does, every event arrives in the end, in the order of its record, and nobody else waits for it.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use registre::deliver::{self, Deliver, Settings};
use registre::store::Store;
use rstest::rstest;
use serde_json::{Value, json};

use super::receiver::{Does, Receiver};
use super::{retitle, show};
use crate::harness::{Database, Engine, PAS_DE_CALAIS, Server, secrets, world};

/// Time passes fast, and this machine may be sent to.
pub fn hasty() -> Settings {
    Settings {
        webhooks: true,
        allow_http: true,
        allow_networks: vec!["127.0.0.0/8".parse().unwrap()],
        connect_timeout: Duration::from_millis(500),
        total_timeout: Duration::from_millis(500),
        attempts: 50,
        retry_first: Duration::from_millis(20),
        retry_most: Duration::from_millis(200),
        ..Settings::default()
    }
}

pub fn hook(server: &Server, token: &str, url: &str, more: &Value) -> Value {
    let mut body = json!({"url": url, "visibility": "internal"});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    server.post("/v1/webhooks", token, &body).expect(201).json()
}

/// Waits until it is so: for a minute at most, for a machine may be busy.
#[track_caller]
pub fn until(what: &str, so: impl Fn() -> bool) {
    let began = Instant::now();
    while !so() {
        assert!(began.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

pub fn states(server: &Server, token: &str, hook: &Value) -> Vec<(String, String)> {
    let path = format!("{}/deliveries?limit=200", hook["href"].as_str().unwrap());
    let page = server.get(&path, Some(token)).expect(200).json();
    let of = |d: &Value| (d["event"].as_str().unwrap().to_owned(), d["state"].as_str().unwrap().to_owned());
    page["data"].as_array().unwrap().iter().map(of).collect()
}

/// Another instance on the same database, until it is dropped.
pub struct Instance(Option<std::thread::JoinHandle<()>>, Option<tokio::sync::oneshot::Sender<()>>);

impl Instance {
    pub fn beside(database: &Database, settings: Settings) -> Self {
        let deliver = Deliver::new(Store::open(&database.url, 2).unwrap().into(), settings, secrets()).unwrap();
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                tokio::spawn(deliver::run(deliver.into()));
                let _ = stopped.await;
            });
        });
        Self(Some(thread), Some(stop))
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        drop(self.1.take());
        if let Some(thread) = self.0.take() {
            let _ = thread.join();
        }
    }
}

/// Verifies as the documentation says, with nothing of the register's.
fn verifies(secret: &str, came: &super::receiver::Came) -> bool {
    use hmac::Mac;
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(&key).unwrap();
    mac.update(format!("{}.{}.{}", came.id, came.timestamp, came.body).as_bytes());
    came.signatures.contains(&format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_event_arrives_signed_by_the_secret_and_by_the_one_before(#[case] engine: Engine) {
    let server = Server::delivering(engine, hasty(), world::load);
    let token = server.token(PAS_DE_CALAIS, "all");
    let receiver = Receiver::new(|_, _| Does::Take);
    let hook = hook(&server, &token, &receiver.url(), &json!({}));
    retitle(&server, &token, "Un");
    until("the first arrives", || receiver.taken().len() == 1);
    let old = hook["secret"].as_str().unwrap();
    let rotated = server.post(&format!("{}/secret", hook["href"].as_str().unwrap()), &token, &json!(null)).expect(200).json();
    let new = rotated["secret"].as_str().unwrap();
    assert_ne!(old, new);
    assert!(rotated["previous_secret_until"].is_string());
    retitle(&server, &token, "Deux");
    until("the second arrives", || receiver.taken().len() == 2);
    let came = receiver.came();
    assert_eq!((verifies(old, &came[0]), verifies(new, &came[0]), came[0].signatures.len()), (true, false, 1));
    assert_eq!((verifies(old, &came[1]), verifies(new, &came[1]), came[1].signatures.len()), (true, true, 2));
    assert_eq!(came[0].content_type, "application/cloudevents+json; charset=utf-8");
    // The body is the event of the feed, to the byte of its members.
    let feed = server.get("/v1/changes?limit=200", Some(&token)).expect(200).json();
    let last = feed["data"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((came[1].event(), came[1].id.as_str()), (last.clone(), last["id"].as_str().unwrap()));
    // Once more: the first secret signs no longer.
    server.post(&format!("{}/secret", hook["href"].as_str().unwrap()), &token, &json!(null)).expect(200);
    retitle(&server, &token, "Trois");
    until("the third arrives", || receiver.taken().len() == 3);
    let third = receiver.came().remove(2);
    assert_eq!((verifies(old, &third), verifies(new, &third), third.signatures.len()), (false, true, 2));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn every_event_arrives_in_the_order_of_its_record_whatever_the_receiver_does(#[case] engine: Engine) {
    let server = Server::delivering(engine, hasty(), world::load);
    let token = server.token(PAS_DE_CALAIS, "all");
    // Two out of three fail, each in its way.
    let bad = Receiver::new(|n, _| match n % 9 {
        0 => Does::Fail,
        1 => Does::Redirect,
        3 => Does::Disappear,
        4 => Does::Hang,
        6 => Does::Fail,
        7 => Does::Flood,
        _ => Does::Take,
    });
    // It never answers: it must not slow the others, nor any writer.
    let dead = Receiver::new(|_, _| Does::Hang);
    let good = Receiver::new(|_, _| Does::Take);
    let hooks: Vec<Value> = [&bad, &dead, &good].iter().map(|receiver| hook(&server, &token, &receiver.url(), &json!({}))).collect();
    let _other = Instance::beside(&server.database, hasty());
    let people: Vec<String> = (0..4)
        .map(|n| {
            let person = json!({"family_name": format!("PERSONNE-{n}")});
            server.post("/v1/persons", &token, &person).expect(201).json()["id"].as_str().unwrap().to_owned()
        })
        .collect();
    for round in 0..4 {
        for (n, person) in people.iter().enumerate() {
            let path = format!("/v1/persons/{person}");
            let etag = server.get(&path, Some(&token)).expect(200).header("etag").to_owned();
            server.put(&path, &token, &etag, &json!({"family_name": format!("PERSONNE-{n}-{round}")})).expect(200);
        }
    }
    until("the good one has everything", || good.taken().len() == 20);
    until("the bad one has everything in the end", || states(&server, &token, &hooks[0]).iter().filter(|(_, s)| s == "delivered").count() == 20);
    for receiver in [&good, &bad] {
        // At least once: what came again after it was taken is the same event under the same identifier.
        let mut versions: HashMap<String, Vec<i64>> = HashMap::new();
        for came in receiver.came().into_iter().filter(|came| came.taken) {
            let event = came.event();
            let of = versions.entry(event["subject"].as_str().unwrap().to_owned()).or_default();
            let version = event["data"]["version"].as_i64().unwrap();
            if of.last() != Some(&version) {
                of.push(version);
            }
        }
        assert_eq!(versions.len(), 4);
        assert!(versions.values().all(|of| *of == [1, 2, 3, 4, 5]), "{versions:?}");
    }
    // Two instances deliver no attempt twice.
    let taken = good.taken();
    assert_eq!(taken.iter().collect::<std::collections::BTreeSet<_>>().len(), taken.len(), "each once where nothing failed");
    // Of a record whose first event waits, the later ones wait as well: only first ones were tried.
    assert!(!dead.came().is_empty());
    assert!(dead.came().iter().all(|came| came.event()["data"]["version"] == 1));
    let waits: Vec<String> = states(&server, &token, &hooks[1]).into_iter().map(|(_, state)| state).collect();
    assert_eq!((waits.iter().filter(|s| *s == "waiting").count(), waits.iter().filter(|s| *s == "held").count()), (4, 16), "one of each record");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_webhook_is_told_what_it_asked_for_and_may_see(#[case] engine: Engine) {
    let server = Server::delivering(engine, hasty(), world::load);
    let token = server.token(PAS_DE_CALAIS, "all");
    let (everyone, groups) = (Receiver::new(|_, _| Does::Take), Receiver::new(|_, _| Does::Take));
    hook(&server, &token, &everyone.url(), &json!({"visibility": "public"}));
    hook(&server, &token, &groups.url(), &json!({"types": ["registre.group", "registre.deliberation.updated"]}));
    retitle(&server, &token, "Rien ne s'en voit");
    show(&server, &token, "public");
    show(&server, &token, "internal");
    server.post("/v1/groups", &token, &json!({"name": "Groupe"})).expect(201);
    server.post("/v1/interest-declarations", &token, &json!({"person": world::PERSON, "kind": "other"})).expect(201);
    server.post("/v1/groups", &token, &json!({"name": "Autre", "visibility": "public"})).expect(201);
    let types = |receiver: &Receiver| -> Vec<String> {
        let mut came = receiver.came();
        // Of several records the order is free.
        came.sort_by_key(|came| came.id.rsplit_once('-').unwrap().1.parse::<i64>().unwrap());
        came.iter().map(|came| came.event()["type"].as_str().unwrap().trim_start_matches("registre.").to_owned()).collect()
    };
    until("both are told", || everyone.taken().len() == 3 && groups.taken().len() == 5);
    assert_eq!(types(&everyone), ["deliberation.created", "deliberation.deleted", "group.created"]);
    let updated = "deliberation.updated";
    assert_eq!(types(&groups), [updated, updated, updated, "group.created", "group.created"]);
}
