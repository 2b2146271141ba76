//! Keys fetched from an identity provider.

use std::io::{Read, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

/// An identity provider on this machine that answers with what it is given: a status line and a body.
struct Provider {
    url: String,
    answer: Arc<Mutex<(&'static str, String)>>,
    asked: Arc<AtomicUsize>,
}

impl Provider {
    fn new(status: &'static str, body: String) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/jwks", listener.local_addr().expect("an address"));
        let (answer, asked) = (Arc::new(Mutex::new((status, body))), Arc::new(AtomicUsize::new(0)));
        let (its_answer, its_asked) = (Arc::clone(&answer), Arc::clone(&asked));
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let _ = stream.read(&mut [0; 2048]);
                its_asked.fetch_add(1, Ordering::SeqCst);
                let (status, body) = its_answer.lock().expect("an answer").clone();
                let _ = write!(stream, "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
            }
        });
        Self { url, answer, asked }
    }

    fn answers(&self, status: &'static str, body: String) {
        *self.answer.lock().expect("an answer") = (status, body);
    }

    fn config(&self) -> KeysConfig {
        KeysConfig { jwks_url: Some(self.url.clone()), refetch_at_most: Duration::ZERO, timeout: Duration::from_secs(2), ..KeysConfig::default() }
    }
}

#[actix_web::test]
async fn keys_come_from_an_address() {
    let provider = Provider::new("503 Service Unavailable", String::new());
    let config = KeysConfig { refetch_at_most: Duration::from_millis(300), ..provider.config() };
    let verifier = verifier(KeySet::open(config, None).await.expect("it starts all the same"));
    let (old, new) = (p256().sign(&claims()), ed25519().sign(&claims()));
    assert_eq!(verifier.verify(&old).await.err(), Some(TokenError::KeysUnavailable));

    provider.answers("200 OK", set(&[&p256()]).to_string());
    actix_web::rt::time::sleep(Duration::from_millis(700)).await;
    assert!(verifier.verify(&old).await.is_ok(), "tried again by itself");

    let asked = provider.asked.load(Ordering::SeqCst);
    provider.answers("200 OK", set(&[&p256(), &ed25519()]).to_string());
    actix_web::rt::time::sleep(Duration::from_millis(350)).await;
    let both = futures_util::future::join(verifier.verify(&new), verifier.verify(&new)).await;
    assert!(both.0.is_ok() && both.1.is_ok(), "an unknown kid has the keys fetched again: {both:?}");
    for kid in 0..20 {
        let unknown = ed25519().sign_under(json!({ "alg": "EdDSA", "kid": kid.to_string() }), &claims());
        assert_eq!(verifier.verify(&unknown).await.err(), Some(TokenError::UnknownKey));
    }
    assert!(provider.asked.load(Ordering::SeqCst) <= asked + 3, "but not for every token");
}

#[actix_web::test]
async fn keys_refreshed_in_time_take_away_those_that_are_gone() {
    let provider = Provider::new("200 OK", set(&[&p256()]).to_string());
    let config = KeysConfig { refresh_every: Duration::from_millis(100), ..provider.config() };
    let verifier = verifier(KeySet::open(config, None).await.expect("keys"));
    let token = p256().sign(&claims());
    assert!(verifier.verify(&token).await.is_ok());
    provider.answers("200 OK", set(&[&ed25519()]).to_string());
    actix_web::rt::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(verifier.cached(&token), None);
    assert_eq!(verifier.verify(&token).await.err(), Some(TokenError::UnknownKey));
}

#[actix_web::test]
async fn the_last_keys_are_kept_when_the_address_answers_badly() {
    let provider = Provider::new("200 OK", set(&[&p256()]).to_string());
    let keys = KeySet::open(KeysConfig { max_bytes: 4096, ..provider.config() }, None).await.expect("keys");
    let verifier = verifier(Arc::clone(&keys));
    for (status, body) in [
        ("500 Internal Server Error", set(&[&ed25519()]).to_string()),
        ("200 OK", "<html>".to_owned()),
        ("200 OK", format!("{}{}", " ".repeat(5000), set(&[&ed25519()]))),
        ("302 Found\r\nlocation: http://127.0.0.1:1/", String::new()),
    ] {
        let name = format!("{status} {}", body.len());
        provider.answers(status, body);
        keys.look_again().await;
        assert!(verifier.verify(&p256().sign(&claims())).await.is_ok(), "{name}");
        assert_eq!(verifier.verify(&ed25519().sign(&claims())).await.err(), Some(TokenError::UnknownKey), "{name}");
    }
}

#[actix_web::test]
async fn an_issuer_says_where_its_keys_are() {
    let keys = Provider::new("200 OK", set(&[&p256()]).to_string());
    let issuer = Provider::new("200 OK", String::new());
    let base = issuer.url.trim_end_matches("/jwks").to_owned();
    let config =
        || KeysConfig { issuer: Some(base.clone()), refetch_at_most: Duration::ZERO, timeout: Duration::from_secs(2), ..KeysConfig::default() };
    let told = |of: &str, jwks: &str| json!({ "issuer": of, "jwks_uri": jwks, "authorization_endpoint": "https://id.example.fr/auth" }).to_string();
    issuer.answers("200 OK", told(&base, &keys.url));
    let found = verifier(KeySet::open(config(), None).await.expect("keys"));
    assert!(found.verify(&p256().sign(&claims())).await.is_ok());
    for (name, answer) in [
        ("of another issuer", told("https://id.example.fr", &keys.url)),
        ("with a slash more", told(&format!("{base}/"), &keys.url)),
        ("keys over plain HTTP", told(&base, "http://keys.example.fr/jwks")),
        ("no keys", json!({ "issuer": base }).to_string()),
        ("not JSON", "<html>".to_owned()),
    ] {
        issuer.answers("200 OK", answer);
        let verifier = verifier(KeySet::open(config(), None).await.expect("it starts all the same"));
        assert_eq!(verifier.verify(&p256().sign(&claims())).await.err(), Some(TokenError::KeysUnavailable), "{name}");
    }
}
