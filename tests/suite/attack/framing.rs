//! Requests whose end two readers may see in two places, by raw sockets. What is smuggled in would file a group: it never does.

use std::time::{Duration, Instant};

use super::wire::say;
use crate::harness::world::BODY;
use crate::harness::{ACT, Engine, PAS_DE_CALAIS, Server};

/// Its name, the bytes, and the answers that may be given.
type Case = (&'static str, Vec<u8>, &'static [u16]);

const REFUSED: &[u16] = &[400];
/// Refused whatever its body: nobody may file a group without a token.
const NOBODY: &[u16] = &[400, 401];
const LARGE: &[u16] = &[400, 413, 431];
const READ: &[u16] = &[200];
const NOT_THERE: &[u16] = &[404];
const NOT_ALLOWED: &[u16] = &[405];
const UNKNOWN: &[u16] = &[401];
const NO_SUCH_THING: &[u16] = &[400, 404, 405];
const UNMET: &[u16] = &[401, 417];

/// A request that does something, with a token that may.
fn canary(token: &str) -> String {
    let body = r#"{"name":"Passager clandestin"}"#;
    let length = body.len();
    format!(
        "POST /v1/groups HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

/// A request for a group, by nobody, whose end is in doubt: these headers, then this.
fn post(headers: &str, rest: &str) -> Vec<u8> {
    format!("POST /v1/groups HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n{rest}").into_bytes()
}

/// The same by who may.
fn own(token: &str, headers: &str, rest: &str) -> Vec<u8> {
    post(&format!("Authorization: Bearer {token}\r\nContent-Type: application/json\r\n{headers}"), rest)
}

fn get(headers: &str, rest: &str) -> Vec<u8> {
    format!("GET /v1/enums HTTP/1.1\r\n{headers}\r\n\r\n{rest}").into_bytes()
}

fn lengths(canary: &str) -> Vec<Case> {
    let length = canary.len();
    let ended = format!("0\r\n\r\n{canary}");
    let both = ended.len();
    let chunked = |name: &'static str, headers: &str| (name, post(headers, &ended), REFUSED);
    vec![
        ("a length and pieces", post(&format!("Content-Length: {both}\r\nTransfer-Encoding: chunked"), &ended), REFUSED),
        ("pieces and a length", post("Transfer-Encoding: chunked\r\nContent-Length: 5", &ended), REFUSED),
        ("two lengths", post(&format!("Content-Length: 0\r\nContent-Length: {length}"), canary), REFUSED),
        ("two lengths, the other way", post(&format!("Content-Length: {length}\r\nContent-Length: 0"), canary), REFUSED),
        ("a length twice", post("Content-Length: 0\r\nContent-Length: 0", canary), REFUSED),
        ("a list of lengths", post(&format!("Content-Length: 0, {length}"), canary), REFUSED),
        ("a length with a plus", post(&format!("Content-Length: +{length}"), canary), REFUSED),
        ("a length below nothing", post("Content-Length: -1", canary), REFUSED),
        ("a length in hexadecimal", post("Content-Length: 0x0", canary), REFUSED),
        ("a length in another script", post("Content-Length: \u{661}", canary), REFUSED),
        ("a length with a fraction", post("Content-Length: 0.0", canary), REFUSED),
        ("no length in the header of it", post("Content-Length: ", canary), REFUSED),
        ("a length beyond 64 bits", post("Content-Length: 18446744073709551616", canary), REFUSED),
        ("a length of 20 nines", post("Content-Length: 99999999999999999999", canary), REFUSED),
        ("a length of 2^63", post("Content-Length: 9223372036854775808", canary), NOBODY),
        ("a length of 2^64-1", post("Content-Length: 18446744073709551615", canary), NOBODY),
        ("a space before the colon", post(&format!("Content-Length : {length}"), canary), REFUSED),
        chunked("an unknown coding", "Transfer-Encoding: xchunked"),
        chunked("pieces, then identity", "Transfer-Encoding: chunked, identity"),
        chunked("identity, then pieces", "Transfer-Encoding: identity, chunked"),
        chunked("gzip, then pieces", "Transfer-Encoding: gzip, chunked"),
        chunked("pieces twice", "Transfer-Encoding: chunked, chunked"),
        chunked("two headers of coding", "Transfer-Encoding: chunked\r\nTransfer-Encoding: x"),
        chunked("two headers of coding, the other way", "Transfer-Encoding: x\r\nTransfer-Encoding: chunked"),
        chunked("a coding in quotes", "Transfer-Encoding: \"chunked\""),
        chunked("a coding behind a vertical tab", "Transfer-Encoding: \u{b}chunked"),
        chunked("a coding before a control character", "Transfer-Encoding: chunked\u{1}"),
        chunked("a coding with a parameter", "Transfer-Encoding: chunked;q=1"),
        chunked("a folded coding", "Transfer-Encoding:\r\n chunked"),
        ("a coding behind a tab, and a length", post(&format!("Transfer-Encoding:\tchunked\r\nContent-Length: {both}"), &ended), REFUSED),
        ("a coding in capitals, and a length", post(&format!("Transfer-Encoding: CHUNKED\r\nContent-Length: {both}"), &ended), REFUSED),
        ("an empty coding, and a length", post(&format!("Transfer-Encoding: \r\nContent-Length: {length}"), canary), REFUSED),
        ("identity, and a length", post(&format!("Transfer-Encoding: identity\r\nContent-Length: {length}"), canary), REFUSED),
        ("a coding with a space before the colon", post(&format!("Transfer-Encoding : chunked\r\nContent-Length: {both}"), &ended), REFUSED),
        ("pieces in HTTP/1.0", format!("POST /v1/groups HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{ended}").into_bytes(), REFUSED),
    ]
}

fn pieces(token: &str, canary: &str) -> Vec<Case> {
    let piece = |name: &'static str, rest: &str| (name, own(token, "Transfer-Encoding: chunked", &format!("{rest}{canary}")), REFUSED);
    vec![
        piece("a piece of 2^64 and one", "10000000000000001\r\n"),
        piece("a piece of 17 digits", "ffffffffffffffff1\r\n"),
        piece("a piece below nothing", "-1\r\n"),
        piece("a piece with a plus", "+0\r\n\r\n"),
        piece("a piece with 0x", "0x0\r\n\r\n"),
        piece("a piece without a length", "\r\n\r\n"),
        piece("a piece ended by a bare line feed", "0\n\n"),
        piece("a piece ended by a bare carriage return", "0\r\r"),
        piece("a line feed in what is said of a piece", "0;a\nb\r\n\r\n"),
        piece("a piece that is longer than it says", "1\r\nXX0\r\n\r\n"),
        piece("a space before a length", " 0\r\n\r\n"),
    ]
}

fn lines(canary: &str) -> Vec<Case> {
    let header = |name: &'static str, header: &str| (name, get(&format!("Host: x\r\n{header}"), canary), REFUSED);
    let line = |name: &'static str, line: &str| (name, format!("{line}\r\nHost: x\r\n\r\n{canary}").into_bytes(), REFUSED);
    vec![
        header("NUL in a value", "X: a\0b"),
        header("NUL in a name", "X\0: b"),
        header("a control character in a value", "X: \u{1}"),
        header("a bare carriage return", "X: a\rY: b"),
        header("a folded line", "X: a\r\n b"),
        header("a line that begins with a space", " X: a"),
        header("a name with a space", "X Y: a"),
        header("a line without a colon", "X"),
        header("a line without a name", ": a"),
        header("a name beyond ASCII", "X\u{e9}: a"),
        ("no host", get("X: a", canary), REFUSED),
        ("two hosts", get("Host: a\r\nHost: b", canary), REFUSED),
        line("HTTP/0.9", "GET /v1/enums"),
        line("HTTP/2 by its first words", "PRI * HTTP/2.0"),
        line("HTTP/3.7", "GET /v1/enums HTTP/3.7"),
        line("a version in small letters", "GET /v1/enums http/1.1"),
        line("a space in the address", "GET /v1/enums x HTTP/1.1"),
        line("a tab for a space", "GET\t/v1/enums\tHTTP/1.1"),
        line("NUL in the address", "GET /v1/enums\0 HTTP/1.1"),
        line("no address", "GET  HTTP/1.1"),
        line("a method in brackets", "(GET) /v1/enums HTTP/1.1"),
        (
            "a greeting of TLS",
            [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".as_slice(), &[0; 64], b"\r\n\r\n", canary.as_bytes()].concat(),
            REFUSED,
        ),
        ("an address of 200 kB", format!("GET /v1/{} HTTP/1.1\r\nHost: x\r\n\r\n{canary}", "a".repeat(200_000)).into_bytes(), LARGE),
        ("a header of 200 kB", get(&format!("Host: x\r\nX: {}", "a".repeat(200_000)), canary), LARGE),
        ("1000 headers", get(&format!("Host: x\r\n{}X: y", "X: y\r\n".repeat(1000)), canary), LARGE),
        ("a header without an end", [b"GET /v1/enums HTTP/1.1\r\nX: ".as_slice(), &[b'a'; 1_000_000]].concat(), LARGE),
    ]
}

/// One request each, sound, with a second one where only a confused reader would look for it: within its body.
fn within(canary: &str) -> Vec<Case> {
    let length = canary.len();
    let body = |first: &str| format!("{first} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{canary}").into_bytes();
    vec![
        ("in the body of a GET", body("GET /v1/enums"), READ),
        ("in the body of a GET that is answered from memory", body(&format!("GET /v1/deliberations/{ACT}")), READ),
        ("in the body of a HEAD", body("HEAD /v1/enums"), READ),
        ("in the body of a page", body("GET /"), READ),
        ("in the body to an address that is not there", body("POST /v1/nowhere"), NOT_THERE),
        ("in the body of a method that is not allowed", body("PUT /v1/enums"), NOT_ALLOWED),
        ("in the body of who may not", body("POST /v1/groups"), UNKNOWN),
        ("in the body of a deletion by nobody", body(&format!("DELETE /v1/deliberations/{ACT}")), UNKNOWN),
        ("in a body that is announced", post(&format!("Expect: 100-continue\r\nContent-Length: {length}"), canary), UNMET),
        ("in a body of an unknown expectation", post(&format!("Expect: 200-ok\r\nContent-Length: {length}"), canary), UNMET),
        ("behind a tunnel that is asked for", format!("CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n{canary}").into_bytes(), NO_SUCH_THING),
        (
            "behind a change of protocol",
            get(
                "Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                canary,
            ),
            READ,
        ),
    ]
}

/// What is said of another place, and changes nothing here.
fn elsewhere(token: &str) -> Vec<Case> {
    let with = |name: &'static str, line: &str, headers: &str, expected: &'static [u16]| {
        (name, format!("{line}\r\n{headers}\r\n\r\n").into_bytes(), expected)
    };
    let authorization = format!("Authorization: Bearer {token}");
    vec![
        with("an address with another host", "GET http://elsewhere.example/v1/enums HTTP/1.1", "Host: x", READ),
        with("a write to another host by nobody", "POST http://elsewhere.example/v1/groups HTTP/1.1", "Host: x\r\nContent-Length: 0", UNKNOWN),
        with("everything", "OPTIONS * HTTP/1.1", "Host: x", NO_SUCH_THING),
        with(
            "another method in a header",
            &format!("GET /v1/bodies/{BODY} HTTP/1.1"),
            &format!("Host: x\r\n{authorization}\r\nX-HTTP-Method-Override: DELETE"),
            READ,
        ),
        with("another address in a header", "GET /v1/me HTTP/1.1", "Host: x\r\nX-Original-URL: /v1/enums\r\nX-Rewrite-URL: /v1/enums", UNKNOWN),
        with("an inner address in a header", "GET /v1/me HTTP/1.1", "Host: x\r\nX-Forwarded-For: 127.0.0.1\r\nX-Real-IP: 127.0.0.1", UNKNOWN),
        with(
            "a length in what follows the pieces",
            "POST /v1/groups HTTP/1.1",
            "Host: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 10",
            UNKNOWN,
        ),
        ("a body that is shorter than it says", own(token, "Content-Length: 1000", r#"{"name":"Passager clandestin"}"#), REFUSED),
        ("pieces that never end", own(token, "Transfer-Encoding: chunked", "1e\r\n{\"name\":\"Passager clandestin\"}\r\n"), REFUSED),
    ]
}

#[test]
fn no_request_is_smuggled_in() {
    let server = Server::world(Engine::Sqlite);
    let token = server.token(PAS_DE_CALAIS, "all");
    let canary = canary(&token);
    let cases = [lengths(&canary), pieces(&token, &canary), lines(&canary), within(&canary), elsewhere(&token)].concat();
    let mut watch = server.database.watch();
    let mut wrong = Vec::new();
    for (name, bytes, expected) in &cases {
        let heard = say(&server, bytes);
        let answered = heard.statuses.len() <= 1 && heard.statuses.iter().all(|status| expected.contains(status));
        // A body that breaks off need not be answered.
        if !answered || (heard.statuses.is_empty() && !expected.contains(&400)) {
            wrong.push(format!("{name}: expected one of {expected:?}, heard {:?}", heard.statuses));
        }
        if !watch.unchanged() {
            wrong.push(format!("{name}: what was smuggled in was done"));
            watch = server.database.watch();
        }
        let asked = Instant::now();
        server.get("/v1/enums", None).expect(200);
        if asked.elapsed() > Duration::from_secs(1) {
            wrong.push(format!("{name}: the next client waited {:?}", asked.elapsed()));
        }
    }
    println!("{} requests in doubt: {} let in", cases.len(), wrong.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(cases.len() >= 90, "only {} are left", cases.len());
    // The canary sings, where it is a request of its own.
    assert_eq!(say(&server, canary.as_bytes()).statuses, [201]);
    assert!(!watch.unchanged());
}

/// Each of several requests on one connection is answered by itself, in their order; what follows a bad one is not looked at.
#[test]
fn requests_on_one_connection_are_answered_in_their_order() {
    let server = Server::world(Engine::Sqlite);
    let canary = canary(&server.token(PAS_DE_CALAIS, "all"));
    let act = format!("GET /v1/deliberations/{ACT} HTTP/1.1\r\nHost: x\r\n");
    let mut watch = server.database.watch();
    for (name, bytes, expected) in [
        (
            "three sound ones",
            format!("{act}\r\nGET /v1/me HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/nowhere HTTP/1.1\r\nHost: x\r\n\r\n"),
            vec![200, 401, 404],
        ),
        (
            "a body, read or not, is passed over",
            format!("{act}Content-Length: 7\r\n\r\nGET / XGET /v1/nowhere HTTP/1.1\r\nHost: x\r\n\r\n"),
            vec![200, 404],
        ),
        ("a bad one behind a sound one", format!("{act}\r\nGET /v1/me HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n{canary}"), vec![200, 400]),
        ("a bad line behind a sound one", format!("{act}\r\nGET /v1/me HTTP/9\r\nHost: x\r\n\r\n{canary}"), vec![200, 400]),
    ] {
        let heard = say(&server, bytes.as_bytes());
        assert_eq!(heard.statuses, expected, "{name}: {}", heard.text);
        assert!(watch.unchanged(), "{name}");
    }
}
