//! Feeds and calendars; `scripts/conformance-feeds` has them read by other people's code as well.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use roxmltree::{Document, Node};
use serde_json::json;

use super::{Address, CalendarEntry, Feed, FeedEntry, When, atom, ics, rss, sitemap, sitemap_index};
use crate::record::{Id, SittingRecord};

const HOSTILE: &str = "</title><script>&\"' ]]>\u{1}\r\nBEGIN:VEVENT";

fn id(number: u32) -> Id {
    format!("0197e3a8-7c00-7000-8000-{number:012}").parse().unwrap()
}

fn feed(entries: Vec<FeedEntry>) -> Feed {
    let [title, description, author] = ["Délibérations", "Les actes", "Département"].map(str::to_owned);
    Feed { title, description, author, url: "https://r.example/".to_owned(), feed_url: "https://r.example/flux?a=1&b=2".to_owned(), entries }
}

fn entry(number: u32, title: &str, summary: Option<&str>, updated: &str) -> FeedEntry {
    FeedEntry {
        id: id(number),
        url: format!("https://r.example/{number}?a=1&b=2"),
        title: title.to_owned(),
        summary: summary.map(str::to_owned),
        published: "2025-07-07T12:00:00Z".parse().unwrap(),
        updated: updated.parse().unwrap(),
    }
}

fn entries() -> Vec<FeedEntry> {
    vec![entry(1, "Réseau", Some("Adoptée"), "2025-07-09T08:30:00Z"), entry(2, HOSTILE, Some(HOSTILE), "2025-07-08T08:30:00Z")]
}

fn texts(parent: Node<'_, '_>, name: &str) -> Vec<String> {
    parent.children().filter(|node| node.tag_name().name() == name).map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

fn named<'a>(document: &'a Document<'_>, name: &str) -> Vec<Node<'a, 'a>> {
    document.descendants().filter(|node| node.tag_name().name() == name).collect()
}

#[test]
fn what_is_new_in_rss() {
    let written = rss(&feed(entries()));
    assert_eq!(written, rss(&feed(entries())));
    let document = Document::parse(&written).unwrap();
    let channel = named(&document, "channel")[0];
    assert_eq!(texts(channel, "lastBuildDate"), ["Wed, 9 Jul 2025 08:30:00 +0000"]);
    let items = named(&document, "item");
    assert_eq!(items.len(), 2);
    assert_eq!(texts(items[0], "guid"), ["urn:uuid:0197e3a8-7c00-7000-8000-000000000001"]);
    assert_eq!(named(&document, "guid")[0].attribute("isPermaLink"), Some("false"));
    assert_eq!(texts(items[0], "pubDate"), ["Mon, 7 Jul 2025 12:00:00 +0000"]);
    assert_eq!(texts(items[0], "link"), ["https://r.example/1?a=1&b=2"]);
    assert_eq!(texts(items[1], "title"), ["</title><script>&\"' ]]> BEGIN:VEVENT"]);
    // Readers take a description for HTML: in it, the text is escaped once more.
    assert!(texts(items[1], "description")[0].starts_with("&lt;/title&gt;&lt;script&gt;&amp;"));
    let itself = document.descendants().find(|node| node.tag_name().namespace() == Some("http://www.w3.org/2005/Atom")).unwrap();
    assert_eq!((itself.attribute("rel"), itself.attribute("href")), (Some("self"), Some("https://r.example/flux?a=1&b=2")));
}

#[test]
fn what_is_new_in_atom() {
    let written = atom(&feed(entries()));
    assert_eq!(written, atom(&feed(entries())));
    let document = Document::parse(&written).unwrap();
    let root = document.root_element();
    assert_eq!(
        (texts(root, "id"), texts(root, "updated")),
        (vec!["https://r.example/flux?a=1&b=2".to_owned()], vec!["2025-07-09T08:30:00+00:00".to_owned()])
    );
    let items = named(&document, "entry");
    assert_eq!(texts(items[0], "id"), ["urn:uuid:0197e3a8-7c00-7000-8000-000000000001"]);
    assert_eq!(texts(items[1], "title"), ["</title><script>&\"' ]]> BEGIN:VEVENT"]);
    assert!(texts(items[1], "summary")[0].starts_with("</title><script>&\"' ]]>"));
    // Never said to be markup.
    let kinds: Vec<_> =
        document.descendants().filter(|node| ["title", "summary"].contains(&node.tag_name().name())).map(|node| node.attribute("type")).collect();
    assert!(kinds.iter().all(|kind| kind.is_none_or(|kind| kind == "text")));
    let links: Vec<_> = items[0].children().filter(|node| node.tag_name().name() == "link").map(|node| node.attribute("href")).collect();
    assert_eq!(links, [Some("https://r.example/1?a=1&b=2")]);
}

#[test]
fn a_feed_of_nothing_is_a_feed() {
    for written in [rss(&feed(Vec::new())), atom(&feed(Vec::new()))] {
        assert!(Document::parse(&written).is_ok() && written.contains("1970"));
    }
}

fn sitting(title: &str, when: When, place: Option<&str>) -> CalendarEntry {
    let (url, modified_at) = ("https://r.example/seances/1".to_owned(), "2025-07-09T08:30:00Z".parse().unwrap());
    CalendarEntry { id: id(1), url, title: title.to_owned(), when, place: place.map(str::to_owned), modified_at }
}

#[test]
fn sittings_in_a_calendar() {
    let day = |text: &str| text.parse().unwrap();
    let hour = |text: &str| text.parse().unwrap();
    let (from, to) = ("2025-07-07T08:00:00Z", "2025-07-07T10:30:00Z");
    let cases = [
        ("a day", When::Days(day("2025-07-07"), day("2025-07-07")), "DTSTART;VALUE=DATE:20250707", Some("DTEND;VALUE=DATE:20250708")),
        ("two days", When::Days(day("2025-12-31"), day("2026-01-01")), "DTSTART;VALUE=DATE:20251231", Some("DTEND;VALUE=DATE:20260102")),
        ("hours", When::Hours(hour(from), Some(hour(to))), "DTSTART:20250707T080000Z", Some("DTEND:20250707T103000Z")),
        ("a start", When::Hours(hour(from), None), "DTSTART:20250707T080000Z", None),
    ];
    for (case, when, start, end) in cases {
        let written = ics("Séances", &[sitting("Commission", when, Some("Arras"))]);
        assert_eq!(written, ics("Séances", &[sitting("Commission", when, Some("Arras"))]), "{case}");
        let lines: Vec<&str> = written.split("\r\n").collect();
        let has = |line: &str| lines.contains(&line);
        assert!(has(start) && has("UID:urn:uuid:0197e3a8-7c00-7000-8000-000000000001") && has("DTSTAMP:20250709T083000Z"), "{case}: {written}");
        assert!(has("LOCATION:Arras") && has("URL:https://r.example/seances/1") && has("SUMMARY:Commission"), "{case}: {written}");
        assert_eq!(lines.iter().find(|line| line.starts_with("DTEND")).copied(), end, "{case}");
    }
}

#[test]
fn a_text_adds_nothing_to_a_calendar() {
    let when = When::Days("2025-07-07".parse().unwrap(), "2025-07-07".parse().unwrap());
    let written = ics(HOSTILE, &[sitting(HOSTILE, when, Some(HOSTILE)), sitting("a\rBEGIN:VEVENT", when, Some("\n"))]);
    let begun = written.split("\r\n").filter(|line| *line == "BEGIN:VEVENT").count();
    assert_eq!(begun, 2);
    assert!(!written.replace("\r\n", "").contains(['\r', '\n', '\u{1}']));
    assert_eq!(written.matches("LOCATION").count(), 1);
}

#[test]
fn when_a_sitting_is() {
    let of = |parts: serde_json::Value| {
        let mut sitting = json!({ "body": id(9), "origin": "recorded", "date": "2025-07-07" });
        for (name, value) in parts.as_object().unwrap() {
            sitting[name] = value.clone();
        }
        When::of(&serde_json::from_value::<SittingRecord>(sitting).unwrap())
    };
    let (day, next) = ("2025-07-07".parse().unwrap(), "2025-07-08".parse().unwrap());
    let (from, to) = ("2025-07-07T08:00:00Z".parse().unwrap(), "2025-07-08T10:30:00Z".parse().unwrap());
    let cases = [
        ("a day", json!({}), When::Days(day, day)),
        ("two days", json!({ "end_date": "2025-07-08" }), When::Days(day, next)),
        ("an hour in words only", json!({ "starts": { "text": "dix heures" } }), When::Days(day, day)),
        ("an end before its day", json!({ "end_date": "2025-07-01" }), When::Days(day, day)),
        ("from and to", json!({ "starts": { "at": from }, "ends": { "at": to } }), When::Hours(from, Some(to))),
        ("an end before the start", json!({ "starts": { "at": to }, "ends": { "at": from } }), When::Hours(to, None)),
        ("an end alone", json!({ "ends": { "at": to } }), When::Days(day, day)),
    ];
    for (case, parts, expected) in cases {
        assert_eq!(of(parts), expected, "{case}");
    }
}

#[test]
fn addresses_for_search_engines() {
    let page =
        |number: usize| Address { url: format!("https://r.example/{number}?a=1&b=2"), modified: Some("2025-07-09T08:30:00Z".parse().unwrap()) };
    let small = sitemap(&[page(1), Address { url: "https://r.example/".to_owned(), modified: None }]);
    let document = Document::parse(&small).unwrap();
    let urls = named(&document, "url");
    assert_eq!(
        (texts(urls[0], "loc"), texts(urls[0], "lastmod")),
        (vec!["https://r.example/1?a=1&b=2".to_owned()], vec!["2025-07-09T08:30:00Z".to_owned()])
    );
    assert_eq!(texts(urls[1], "lastmod"), Vec::<String>::new());
    let index = sitemap_index(&["https://r.example/1.xml".to_owned(), "https://r.example/2.xml?a=1&b=2".to_owned()]);
    let index = Document::parse(&index).unwrap();
    let listed: Vec<Vec<String>> = named(&index, "sitemap").into_iter().map(|node| texts(node, "loc")).collect();
    assert_eq!(listed, [["https://r.example/1.xml"], ["https://r.example/2.xml?a=1&b=2"]]);
    assert!(sitemap(&[]).contains("urlset"));
}
