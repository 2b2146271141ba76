//! Rate limits: for each token, or for each address.

use registre::api::{Allowed, Bounds, ProxyHeader, RateBounds};
use reqwest::Method;

use crate::harness::{ACT, Answer, Engine, PAS_DE_CALAIS, Server, Setup};

fn server(per_address: Option<u32>, per_token: Option<u32>, proxies: &[&str]) -> Server {
    let allowed = |burst: u32| Allowed { per_second: 1.try_into().unwrap(), burst: burst.try_into().unwrap() };
    let rates = RateBounds {
        per_address: per_address.map(allowed),
        per_token: per_token.map(allowed),
        trusted_proxies: proxies.iter().map(|net| net.parse().unwrap()).collect(),
        proxy_header: ProxyHeader::XForwardedFor,
        most: 1000,
    };
    let setup = Setup { bounds: Bounds { rates: Some(rates), ..Bounds::default() }, ..Setup::default() };
    Server::set_up(Engine::Sqlite, setup, |register| registre::demo::load(register).unwrap())
}

fn act() -> String {
    format!("/v1/deliberations/{ACT}")
}

fn asked_for(server: &Server, client: &str) -> Answer {
    Answer::of(server.request(Method::GET, &act()).header("X-Forwarded-For", client).send().unwrap())
}

/// How many of a row of requests are answered before one is refused.
fn until_refused(ask: impl Fn() -> Answer) -> usize {
    (0..200).find(|_| ask().status == 429).expect("one is refused")
}

/// The refusal that comes at once, or nearly: a second later one more is let through.
#[track_caller]
fn refused(ask: impl Fn() -> Answer) -> Answer {
    (0..4).map(|_| ask()).find(|answer| answer.status == 429).expect("one of four is refused")
}

#[test]
fn who_asks_too_much_is_told_how_long_to_wait() {
    let server = server(Some(5), None, &[]);
    let first = server.get(&act(), None).expect(200);
    assert_eq!((first.header("ratelimit-policy"), first.header("ratelimit")), ("\"address\";q=5;w=5", "\"address\";r=4;t=1"));
    // Answers out of memory count as well.
    let more = until_refused(|| server.get(&act(), None));
    assert!((4..20).contains(&more), "{more}");
    let told = refused(|| server.get(&act(), None));
    told.problem(429, "too-many-requests");
    assert!((1..=5).contains(&told.header("retry-after").parse::<u64>().unwrap()));
    assert!(told.header("ratelimit").starts_with("\"address\";r=0;t="), "{}", told.header("ratelimit"));
    // So are addresses that are none, and a token that is not known; who looks whether the service is well is let through.
    refused(|| server.get("/v1/nowhere", None)).problem(429, "too-many-requests");
    refused(|| server.get("/v1/me", Some("a.b.c"))).problem(429, "too-many-requests");
    server.get("/health", None).expect(200);
    server.get("/ready", None).expect(200);
    // It is refused in the reader's language, like anything.
    let english = refused(|| Answer::of(server.request(Method::GET, &act()).header("Accept-Language", "en").send().unwrap()));
    assert_eq!(english.json()["title"], "Too many requests");
}

#[test]
fn each_token_has_its_own_measure() {
    let server = server(Some(2), Some(10), &[]);
    let (one, other) = (server.token_of("one", PAS_DE_CALAIS, "records:read"), server.token_of("other", PAS_DE_CALAIS, "records:read"));
    // Until it is verified a token is not known: what it asks first counts for its address.
    server.get("/v1/me", Some(&one)).expect(200);
    server.get("/v1/me", Some(&other)).expect(200);
    let more = until_refused(|| server.get("/v1/me", Some(&one)));
    assert!((10..40).contains(&more), "{more}");
    let answer = server.get("/v1/me", Some(&other)).expect(200);
    assert_eq!(answer.header("ratelimit-policy"), "\"token\";q=10;w=10");
}

#[test]
fn what_is_dear_weighs_more() {
    let server = server(Some(30), None, &[]);
    // A search counts as five where memory does not answer it: each is another one.
    let n = std::cell::Cell::new(0);
    let searches = until_refused(|| {
        n.set(n.get() + 1);
        server.get(&format!("/v1/search?q=stade{}", n.get()), None)
    });
    assert!((6..15).contains(&searches), "{searches}");
}

#[test]
fn only_a_trusted_proxy_says_for_whom_it_asks() {
    let believing = server(Some(20), None, &["127.0.0.0/8"]);
    until_refused(|| asked_for(&believing, "198.51.100.1"));
    assert_eq!(asked_for(&believing, "198.51.100.2").expect(200).header("ratelimit"), "\"address\";r=19;t=1");
    // What its client had put there before is not believed.
    refused(|| asked_for(&believing, "203.0.113.9, 198.51.100.1"));
    let doubting = server(Some(20), None, &[]);
    until_refused(|| asked_for(&doubting, "198.51.100.1"));
    refused(|| asked_for(&doubting, "198.51.100.2"));
}

#[test]
fn nothing_is_limited_unless_it_is_said() {
    let server = Server::demo(Engine::Sqlite);
    for _ in 0..300 {
        let answer = server.get(&act(), None).expect(200);
        assert!(answer.headers.get("ratelimit").is_none());
    }
}
