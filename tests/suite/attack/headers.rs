//! What a browser and a cache are told, by every kind of answer.

use crate::harness::world::{DRAFT, LIVE};
use crate::harness::{ACT, Answer, Engine, PAS_DE_CALAIS, SITTING, Server, Wire};

fn ask(server: &Server, method: &str, target: &str, token: Option<&str>, accept: Option<&str>) -> Answer {
    let mut headers = Vec::new();
    headers.extend(token.map(|token| ("Authorization", format!("Bearer {token}"))));
    headers.extend(accept.map(|accept| ("Accept", accept.to_owned())));
    Wire { method, target, headers: &headers, body: b"" }.send(server)
}

/// What is wrong with the headers of an answer.
fn faults(answer: &Answer) -> Vec<String> {
    let header = |name: &str| answer.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
    let mut faults = Vec::new();
    if header("x-content-type-options") != "nosniff" {
        faults.push("its type may be guessed".to_owned());
    }
    let policy = header("content-security-policy");
    for part in ["default-src 'none'", "frame-ancestors 'none'"] {
        if !policy.contains(part) {
            faults.push(format!("no {part}: {policy}"));
        }
    }
    for loose in ["unsafe", "*", "http:", "https:", "blob:"] {
        if policy.contains(loose) {
            faults.push(format!("{loose} in {policy}"));
        }
    }
    if policy.split(';').any(|part| part.trim().starts_with("script-src") && part.trim() != "script-src 'self'") {
        faults.push(format!("scripts from elsewhere: {policy}"));
    }
    let media = header("content-type");
    if media != "application/json" && header("referrer-policy").is_empty() {
        faults.push("no word on referrers".to_owned());
    }
    let cache = header("cache-control");
    if cache.is_empty() {
        faults.push("a cache is told nothing".to_owned());
    }
    if answer.status >= 400 && cache != "no-store" {
        faults.push(format!("an error is kept: {cache}"));
    }
    if !cache.starts_with("public") && header("cross-origin-resource-policy").is_empty() && cache != "no-cache" {
        faults.push("others' pages may load it".to_owned());
    }
    for told in ["server", "x-powered-by", "set-cookie"] {
        if answer.headers.contains_key(told) {
            faults.push(format!("{told} is told"));
        }
    }
    if media.starts_with("text/html") {
        faults.extend(inline(&answer.text));
    }
    faults
}

/// Scripts and handlers within a page.
fn inline(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for script in page.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap();
        if !tag.contains(" src=\"") && !tag.contains("type=\"application/ld+json\"") {
            found.push(format!("a script in the page: <script{tag}>"));
        }
        if tag.contains(" src=\"") && (tag.contains("src=\"http") || tag.contains("src=\"//")) {
            found.push(format!("a script from elsewhere: <script{tag}>"));
        }
    }
    for tag in page.split('<').skip(1).filter_map(|tag| tag.split('>').next()) {
        let handler = tag.split_whitespace().skip(1).find(|attribute| attribute.starts_with("on") && attribute.contains("=\""));
        found.extend(handler.map(|handler| format!("a handler: {handler}")));
        if tag.contains("=\"javascript:") || tag.contains(" style=\"") {
            found.push(format!("in a tag: <{tag}>"));
        }
    }
    found
}

#[test]
fn every_kind_of_answer_says_what_a_browser_may_do_with_it() {
    let server = Server::world(Engine::Sqlite);
    let (act, sitting) = (format!("/v1/deliberations/{ACT}"), format!("/v1/sittings/{SITTING}"));
    let all = server.token(PAS_DE_CALAIS, "all");
    let reader = server.token(PAS_DE_CALAIS, "records:read");
    let (all, reader) = (all.as_str(), reader.as_str());
    let list = format!("/v1/deliberations?authority={PAS_DE_CALAIS}");
    let of: &[(&str, &str, u16)] = &[
        // Read, and answered from memory.
        ("GET", act.as_str(), 200),
        ("GET", act.as_str(), 200),
        ("HEAD", act.as_str(), 200),
        ("GET", list.as_str(), 200),
        ("GET", list.as_str(), 200),
        ("GET", "/v1/enums", 200),
        ("GET", "/v1/search?q=scic&authority=226200012", 200),
        ("GET", sitting.as_str(), 200),
        ("GET", "/problems/not-found", 200),
        ("GET", "/openapi.json", 200),
        ("GET", "/health", 200),
        ("GET", "/ready", 200),
        ("GET", "/metrics", 404),
        ("GET", "/docs", 301),
        ("GET", "/docs/", 200),
        ("GET", "/docs/swagger-ui.css", 200),
        ("GET", "/docs/swagger-initializer.js", 200),
        ("GET", "/docs/nothing", 404),
        // Pages, and what goes with them.
        ("GET", "/", 200),
        ("GET", "/seances", 200),
        ("GET", "/recherche?q=scic", 200),
        ("GET", "/verifier", 200),
        ("GET", "/reprise", 200),
        ("GET", "/assets/reprise/main.js", 200),
        ("GET", "/assets/registre.css", 200),
        ("GET", "/robots.txt", 200),
        ("GET", "/nowhere", 404),
        ("GET", "/deliberations/nothing", 404),
        ("POST", "/seances", 405),
        // Refused.
        ("GET", "/v1/me", 401),
        ("GET", "/v1/nowhere", 404),
        ("PATCH", act.as_str(), 405),
        ("POST", "/v1/groups", 401),
        ("GET", "/v1/deliberations?limit=0", 400),
    ];
    let mut asked: Vec<(String, Answer)> = of
        .iter()
        .map(|(method, target, status)| {
            let answer = ask(&server, method, target, None, None);
            assert_eq!(answer.status, *status, "{method} {target}: {}", answer.text);
            (format!("{method} {target}"), answer)
        })
        .collect();
    for media in ["text/html", "text/plain", "application/pdf", "application/akn+xml"] {
        asked.push((format!("the act as {media}"), ask(&server, "GET", &act, None, Some(media)).expect(200)));
    }
    let page = format!("/deliberations/{ACT}");
    asked.push((page.clone(), ask(&server, "GET", &page, None, Some("text/html")).expect(200)));
    let tag = asked[0].1.header("etag").to_owned();
    let again = Wire { method: "GET", target: &act, headers: &[("If-None-Match", tag)], body: b"" }.send(&server);
    assert_eq!(again.status, 304);
    asked.push(("what the reader has".to_owned(), again));

    // To bearers: what is not public is kept by nobody else.
    let (draft, live) = (format!("/v1/deliberations/{DRAFT}"), format!("/v1/sittings/{LIVE}"));
    let bearers: Vec<(&str, String, u16)> = vec![
        (reader, draft.clone(), 200),
        (reader, draft.clone(), 200),
        (reader, list.clone(), 200),
        (reader, list.clone(), 200),
        (reader, live.clone(), 200),
        (reader, format!("{live}/timeline"), 200),
        (all, format!("{draft}/record"), 200),
        (all, format!("{act}/versions"), 200),
        (all, "/v1/me".to_owned(), 200),
        (all, "/v1/audit/writes".to_owned(), 200),
        (all, "/v1/webhooks".to_owned(), 200),
        (all, "/v1/imports".to_owned(), 200),
        (all, "/v1/changes".to_owned(), 200),
        (reader, format!("{act}/record"), 403),
    ];
    let mut wrong = Vec::new();
    for (token, target, status) in &bearers {
        let answer = ask(&server, "GET", target, Some(token), None);
        assert_eq!(answer.status, *status, "{target}: {}", answer.text);
        let cache = answer.header("cache-control");
        if !cache.starts_with("private") && cache != "no-store" {
            wrong.push(format!("{target} to a bearer: {cache}"));
        }
        asked.push((format!("{target} to a bearer"), answer));
    }
    wrong.extend(asked.iter().flat_map(|(what, answer)| faults(answer).into_iter().map(move |fault| format!("{what}: {fault}"))));
    println!("{} kinds of answers: {} faults", asked.len(), wrong.len());
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_inline_is_found() {
    for (page, expected) in [
        ("<p>on=\"x\"</p><script src=\"/a.js\"></script><script type=\"application/ld+json\">{}</script>", 0),
        ("<script>alert(1)</script>", 1),
        ("<script src=\"https://elsewhere.example/a.js\"></script>", 1),
        ("<a onclick=\"x()\">", 1),
        ("<a href=\"javascript:x()\">", 1),
        ("<p style=\"color:red\">", 1),
    ] {
        assert_eq!(inline(page).len(), expected, "{page}");
    }
}
