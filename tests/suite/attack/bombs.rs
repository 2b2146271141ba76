//! Bodies, addresses and headers that ask for much more than they are. Each is answered as documented, soon and shortly, and nothing is written.

use std::time::{Duration, Instant};

use registre::api::tokens::Scopes;
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::world::DRAFT;
use crate::harness::{ACT, Engine, PAS_DE_CALAIS, SITTING, Server, Wire};

const MIB: usize = 1024 * 1024;
/// Without optimisation, on a machine that does other things: 2 s when built for use.
const SOON: Duration = Duration::from_secs(20);
/// The longest answer: a page of an act is shorter.
const SHORT: usize = 256 * 1024;

/// Its name, method, target, headers and body; the status and the type of problem.
struct Case {
    name: String,
    method: &'static str,
    target: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    expected: (u16, &'static str),
}

fn case(name: impl Into<String>, method: &'static str, target: impl Into<String>, expected: (u16, &'static str)) -> Case {
    Case { name: name.into(), method, target: target.into(), headers: Vec::new(), body: Vec::new(), expected }
}

impl Case {
    fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn body(mut self, media: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header("Content-Type", media)
    }

    fn run(&self, server: &Server, token: &str) -> Result<(), String> {
        let mut headers = self.headers.clone();
        headers.push(("Authorization", format!("Bearer {token}")));
        let asked = Instant::now();
        let answer = Wire { method: self.method, target: &self.target, headers: &headers, body: &self.body }.send(server);
        let (took, length) = (asked.elapsed(), answer.text.len());
        let problem = serde_json::from_str::<Value>(&answer.text).unwrap_or_default();
        let slug = problem["type"].as_str().and_then(|kind| kind.strip_prefix("/problems/")).unwrap_or_default();
        let named = problem["errors"].as_array().map_or(0, Vec::len);
        let right = (answer.status, if answer.status < 400 { "" } else { slug }) == self.expected;
        if right && took < SOON && length < SHORT && named <= 100 {
            return Ok(());
        }
        let head: String = answer.text.chars().take(300).collect();
        Err(format!("{}: expected {:?}, got {} {slug} in {took:?}, {length} bytes: {head}", self.name, self.expected, answer.status))
    }
}

/// An act with one more field, as a text.
fn act(field: &str, content: &str) -> String {
    format!(r#"{{"sitting":"{SITTING}","origin":"transcribed","title":"X","{field}":{content}}}"#)
}

fn many(one: &str, length: usize) -> String {
    let mut text = String::with_capacity(length + one.len());
    while text.len() < length {
        text.push_str(one);
        text.push(',');
    }
    text.pop();
    text
}

fn json_bodies() -> Vec<Case> {
    let post = |name: &str, body: String, expected| case(name, "POST", "/v1/deliberations", expected).body("application/json", body);
    let full = 4 * MIB - 300;
    let numbered: Vec<String> = (0..300_000).map(|i| format!("\"k{i}\":1")).collect();
    let one = act("x", "1");
    vec![
        post("4 MiB of lists that open", "[".repeat(full), (413, "body-too-large")),
        post("4 MiB of objects that open", "{\"a\":".repeat(full / 5), (413, "body-too-large")),
        post("100,000 lists in one another", act("articles", &"[".repeat(100_000)), (422, "invalid-field")),
        post("a million objects without a field", act("articles", &format!("[{}]", many("{}", full))), (413, "body-too-large")),
        post("a million lists for objects", act("articles", &format!("[{}]", many("[]", full))), (413, "body-too-large")),
        post("30,000 lists for objects", act("articles", &format!("[{}]", many("[]", 30_000 * 3))), (422, "invalid-field")),
        post("30,000 unknown fields in objects", act("articles", &format!("[{}]", many("{\"c\":1}", 30_000 * 8))), (422, "unknown-field")),
        post("300,000 unknown fields", format!("{},{}}}", one.trim_end_matches('}'), numbered.join(",")), (422, "unknown-field")),
        post("a number of 4 million digits", format!("{{\"title\":{}}}", "9".repeat(full)), (400, "malformed-json")),
        post("a number beyond all numbers", "{\"title\":1e999999999}".to_owned(), (400, "malformed-json")),
        post("a text of 4 MiB without an end", format!("\"{}", "x".repeat(full)), (400, "malformed-json")),
        post("the same field 300,000 times", format!("{{{}}}", many("\"title\":\"x\"", full)), (422, "invalid-field")),
        post("4 MiB of escapes", act("title", &format!("\"{}\"", "\\u0000".repeat(full / 6))), (422, "invalid-field")),
        case("a million events without a field", "PUT", format!("/v1/sittings/{SITTING}/record"), (413, "body-too-large"))
            .header("If-Match", "*")
            .body("application/json", format!("{{\"timeline\":[{}]}}", many("{}", full))),
    ]
}

fn compressed() -> Vec<Case> {
    use std::io::Write;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&vec![b' '; 4 * MIB]).unwrap();
    let gzip = gzip.finish().unwrap();
    let expected = (415, "unsupported-media-type");
    let mut cases = Vec::new();
    for coding in ["gzip", "x-gzip", "deflate", "br", "zstd", "compress", "gzip, gzip", "identity, br", "GZIP", "aes128gcm"] {
        for (target, media) in [
            ("/v1/deliberations", "application/json"),
            ("/v1/transmissions/messages", "application/xml"),
            ("/v1/intake", "text/plain"),
            ("/v1/intake", "application/pdf"),
            ("/v1/intake/acts", "multipart/form-data; boundary=e"),
            ("/v1/imports", "application/x-ndjson"),
        ] {
            cases.push(case(format!("{coding} to {target}"), "POST", target, expected).header("Content-Encoding", coding).body(media, gzip.clone()));
        }
        let file = format!("/v1/deliberations/{DRAFT}/files?role=annex&name=x.pdf");
        cases.push(
            case(format!("{coding} as a file"), "POST", file, expected).header("Content-Encoding", coding).body("application/pdf", gzip.clone()),
        );
    }
    cases
}

fn messages() -> Vec<Case> {
    let refused = (422, "message-refused");
    let post = |name: &str, body: String| case(name, "POST", "/v1/transmissions/messages", refused).body("application/xml", body);
    let laughs: String = (1..10).map(|i| format!("<!ENTITY a{i} \"{}\">", format!("&a{};", i - 1).repeat(10))).collect();
    let attributes = |count: usize| (0..count).map(|i| format!(" a{i}=\"x\"")).collect::<String>();
    let namespaces = |count: usize| (0..count).map(|i| format!(" xmlns:a{i}=\"x{i}\"")).collect::<String>();
    let nested: String = (0..15_000).map(|i| format!("<a xmlns:a{i}=\"x{i}\">")).collect();
    vec![
        post("a billion laughs", format!("<!DOCTYPE a [<!ENTITY a0 \"lol\">{laughs}]><a>&a9;</a>")),
        post("a long entity many times", format!("<!DOCTYPE a [<!ENTITY b \"{}\">]><a>{}</a>", "x".repeat(100_000), "&b;".repeat(100_000))),
        post("a file by an entity", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>".to_owned()),
        post("an address by an entity", "<!DOCTYPE a [<!ENTITY x SYSTEM \"http://127.0.0.1:1/\">]><a>&x;</a>".to_owned()),
        post("an entity of parameters", "<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://127.0.0.1:1/\"> %x;]><a/>".to_owned()),
        post("a document type elsewhere", "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\"><a/>".to_owned()),
        post("an entity that nobody declared", "<a>&x;</a>".to_owned()),
        post(
            "a file by XInclude",
            "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"file:///etc/passwd\" parse=\"text\"/></a>".to_owned(),
        ),
        post("a style sheet", "<?xml-stylesheet href=\"http://127.0.0.1:1/\"?><a/>".to_owned()),
        post("a million bytes of elements that open", "<a>".repeat(340_000)),
        post("9000 elements in one another", format!("{}{}", "<a>".repeat(9000), "</a>".repeat(9000))),
        post("80,000 attributes", format!("<a{}/>", attributes(80_000))),
        post("1500 times 60 attributes", format!("<a>{}</a>", format!("<a{}/>", attributes(60)).repeat(1500))),
        post("40,000 namespaces", format!("<a{}/>", namespaces(40_000))),
        post("15,000 elements in one another, each with a namespace", format!("{nested}{}", "</a>".repeat(15_000))),
        post("19,000 elements below 120 namespaces", {
            let above = (0..15).map(|i| format!("<a{}>", namespaces(8).replace(":a", &format!(":a{i}_")))).collect::<String>();
            format!("{above}{}{}", "<b xmlns:z=\"z\"/>".repeat(19_000), "</a>".repeat(15))
        }),
        post("20,000 elements", format!("<a>{}</a>", "<b/>".repeat(40_000))),
        post("a name of a million bytes", format!("<{}/>", "a".repeat(1_000_000))),
        post("an end of a million bytes", format!("<a></{}>", "b".repeat(1_000_000))),
        post("a comment of a million bytes", format!("<a><!--{}--></a>", "x".repeat(1_000_000))),
        post("a million bytes that never end a comment", format!("<a><!--{}", "<!--".repeat(250_000))),
        post("4 MiB", format!("<a>{}</a>", "x".repeat(4 * MIB - 100))),
    ]
}

fn forms() -> Vec<Case> {
    let broken = (400, "bad-request");
    let part = |i: usize| format!("--e\r\nContent-Disposition: form-data; name=\"p{i}\"\r\n\r\nx\r\n");
    let post = |name: &str, body: String| case(name, "POST", "/v1/intake/acts", broken).body("multipart/form-data; boundary=e", body);
    vec![
        post("10,000 parts", (0..10_000).map(part).collect::<String>() + "--e--\r\n"),
        post(
            "a part with 10,000 headers",
            format!("--e\r\nContent-Disposition: form-data; name=\"confirmation\"\r\n{}\r\nx\r\n--e--\r\n", "X: y\r\n".repeat(10_000)),
        ),
        post("a header that never ends", format!("--e\r\nContent-Disposition: form-data; name=\"{}", "x".repeat(2 * MIB))),
        post("8 MiB before the first part", "x\r\n".repeat(3 * MIB)),
        post("no part", "--e--\r\n".to_owned()),
        case("a boundary of 60,000 characters", "POST", "/v1/intake/acts", broken)
            .body(&format!("multipart/form-data; boundary={}", "e".repeat(60_000)), "x"),
    ]
}

fn questions() -> Vec<Case> {
    let act = format!("/v1/deliberations/{ACT}");
    let (fine, wrong) = ((200, ""), (400, "invalid-parameter"));
    let words: Vec<String> = (0..1500).map(|i| format!("m{i}")).collect();
    let texts = [
        ("10,000 letters", "a".repeat(10_000)),
        ("3000 wildcards", "%25".repeat(3000)),
        ("3000 underscores", "_".repeat(3000)),
        ("3000 quotes", "%22".repeat(3000)),
        ("3000 backslashes", "%5C".repeat(3000)),
        ("a pattern that goes back and forth", format!("{}!", "(a%2B)%2B".repeat(1000))),
        ("letters with 5000 accents", format!("e{}", "%CC%81".repeat(2000))),
    ];
    let of_words =
        [("1500 words", words.join("+")), ("1000 alternatives", vec!["(((((a"; 1000].join("+OR+")), ("3000 beginnings", "a*+".repeat(3000))];
    let mut cases = Vec::new();
    for place in
        ["/v1/search?q=", "/v1/deliberations?q=", "/v1/deliberations?number=", "/v1/deliberations?external_id=x:", "/v1/persons?q=", "/recherche?q="]
    {
        for (name, text) in &texts {
            cases.push(case(format!("{name} to {place}"), "GET", format!("{place}{text}"), fine));
        }
    }
    for (name, text) in &of_words {
        cases.push(case(format!("{name} to the search"), "GET", format!("/v1/search?q={text}"), fine));
        cases.push(case(format!("{name} to the page"), "GET", format!("/recherche?q={text}"), fine));
        cases.push(case(format!("{name} to the list"), "GET", format!("/v1/deliberations?q={text}"), wrong));
    }
    cases.push(case("32 words to the list", "GET", format!("/v1/deliberations?q={}", words[..32].join("+")), fine));
    for limit in ["99999999999999999999", "2147483648", "1e9", "-1", "0x10"] {
        cases.push(case(format!("a limit of {limit}"), "GET", format!("/v1/search?q=a&limit={limit}"), wrong));
    }
    cases.push(case("5000 parameters", "GET", format!("/v1/search?{}", "q=a&".repeat(5000)), (400, "unknown-parameter")));
    cases.push(case("20,000 segments", "GET", format!("/v1{}", "/a".repeat(20_000)), (404, "not-found")));
    let list = |of: fn(usize) -> String, most: usize| (0..most).map(of).collect::<Vec<_>>().join(",");
    for (name, header, value) in [
        ("10,000 types", "Accept", list(|i| format!("a/b{i}"), 10_000)),
        ("100,000 commas", "Accept", ",".repeat(100_000)),
        ("10,000 weights", "Accept", list(|i| format!("a/b;q=0.{i}"), 6000)),
        ("10,000 tags", "If-None-Match", list(|i| format!("\"{i}\""), 10_000)),
        ("100,000 commas", "If-None-Match", ",".repeat(100_000)),
        ("8000 languages", "Accept-Language", list(|i| format!("x{i};q=0.1"), 8000)),
        ("8000 codings", "Accept-Encoding", list(|i| format!("x{i};q=0.1"), 8000)),
        ("20,000 cookies", "Cookie", "a=b; ".repeat(20_000)),
        ("10,000 ranges", "Range", format!("bytes={}", list(|i| format!("{i}-{i}"), 8000))),
        ("10,000 hosts", "Forwarded", list(|i| format!("for=10.0.0.{i}"), 5000)),
    ] {
        cases.push(case(format!("{header}: {name}"), "GET", &act, fine).header(header, value));
    }
    let tags = list(|i| format!("\"{i}\""), 10_000);
    cases.push(case("If-Match: 10,000 tags", "DELETE", format!("/v1/deliberations/{DRAFT}"), (412, "stale-record")).header("If-Match", tags));
    cases
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_asks_for_more_than_it_is_gets_a_short_answer_soon(#[case] engine: Engine) {
    let server = Server::world(engine);
    // Who reads what is restricted is noted.
    let token = server.token(PAS_DE_CALAIS, &Scopes::all().to_string().replace("restricted:read", ""));
    let mut cases = questions();
    if engine == Engine::Sqlite {
        // Refused before any engine is asked.
        cases.extend([json_bodies(), compressed(), messages(), forms()].into_iter().flatten());
    }
    let mut watch = server.database.watch();
    let wrong: Vec<String> = cases.iter().filter_map(|case| case.run(&server, &token).err()).collect();
    println!("{engine:?}: {} bombs: {} did harm", cases.len(), wrong.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(watch.unchanged(), "something was written");
    assert!(cases.len() >= 60, "only {} are left", cases.len());
}

/// What is large and means what it says is taken in.
#[test]
fn a_large_act_is_no_bomb() {
    let server = Server::world(Engine::Sqlite);
    let token = server.token(PAS_DE_CALAIS, "all");
    let articles: Vec<Value> = (0..5000).map(|i| json!({"label": format!("Article {i}"), "text": "[{".repeat(100)})).collect();
    let body = json!({"sitting": SITTING, "origin": "transcribed", "title": "Un grand acte", "articles": articles});
    assert!(body.to_string().len() > MIB);
    server.post("/v1/deliberations", &token, &body).expect(201);
}
