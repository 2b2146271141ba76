//! Feeds, the calendar, the map of the site, and what robots are told.

use rstest::rstest;

use crate::harness::world::neighbour;
use crate::harness::{ACT, Engine, SITTING, Server};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn feeds_and_the_map_hold_what_is_public(#[case] engine: Engine) {
    let server = Server::world(engine);
    let read = |path: &str, media: &str| {
        let answer = server.get(path, None).expect(200);
        assert_eq!(answer.header("content-type"), media, "{path}");
        for hidden in [neighbour::IDS, "01977e53-", "Ombreval"] {
            assert!(!answer.text.contains(hidden), "{path}: {}", answer.text);
        }
        let again = server.request(reqwest::Method::GET, path).header("If-None-Match", answer.header("etag")).send().unwrap();
        assert_eq!(again.status(), 304, "{path}");
        answer.text
    };
    let act = format!("{}/deliberations/{ACT}", server.url);
    let sitting = format!("{}/seances/{SITTING}", server.url);

    let atom = read("/flux/deliberations.atom", "application/atom+xml; charset=utf-8");
    let atom = roxmltree::Document::parse(&atom).unwrap();
    let entries: Vec<_> = atom.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2005/Atom", "entry"))).collect();
    let child = |name: &str| entries[0].children().find(|node| node.tag_name().name() == name).unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(child("id").text(), Some(format!("urn:uuid:{ACT}").as_str()));
    assert_eq!(child("link").attribute("href"), Some(act.as_str()));
    let title = "2025-302 – ANIMER LE RÉSEAU DES SOCIÉTÉS COOPÉRATIVES D'INTÉRÊT COLLECTIF (SCIC) DU PAS-DE-CALAIS";
    assert_eq!(child("title").text(), Some(title));
    assert_eq!(child("summary").text(), Some("Commission Permanente du Conseil départemental du Pas-de-Calais, séance du 7 juillet 2025 : adopté"));

    let rss = read("/flux/deliberations.rss", "application/rss+xml; charset=utf-8");
    let rss = roxmltree::Document::parse(&rss).unwrap();
    let links: Vec<_> = rss.descendants().filter(|node| node.has_tag_name("item")).flat_map(|item| item.children()).collect();
    let of = |name: &str| links.iter().find(|node| node.has_tag_name(name)).and_then(|node| node.text());
    assert_eq!((of("link"), of("guid"), of("title")), (Some(act.as_str()), Some(format!("urn:uuid:{ACT}").as_str()), Some(title)));

    let calendar = read("/flux/seances.ics", "text/calendar; charset=utf-8").replace("\r\n ", "");
    for line in [format!("URL:{sitting}"), "DTSTART;VALUE=DATE:20250707".to_owned(), format!("UID:urn:uuid:{SITTING}")] {
        assert!(calendar.lines().any(|l| l.starts_with(&line)), "{line} in {calendar}");
    }
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1);

    let map = read("/sitemap.xml", "application/xml; charset=utf-8");
    let map = roxmltree::Document::parse(&map).unwrap();
    let places: Vec<&str> =
        map.descendants().filter(|n| n.has_tag_name(("http://www.sitemaps.org/schemas/sitemap/0.9", "loc"))).filter_map(|n| n.text()).collect();
    let expected: Vec<String> = ["/", "/seances", "/elus"].iter().map(|path| format!("{}{path}", server.url)).collect();
    let rest = ["/verifier", "/donnees"].map(|path| format!("{}{path}", server.url));
    assert_eq!(places, expected.iter().chain([&sitting, &act]).chain(&rest).map(String::as_str).collect::<Vec<_>>());
    for (query, count) in [("annee=2025", 2), ("annee=2024", 0)] {
        let year = read(&format!("/sitemap.xml?{query}"), "application/xml; charset=utf-8");
        assert_eq!(year.matches("<loc>").count(), count, "{year}");
    }
    let robots = read("/robots.txt", "text/plain; charset=utf-8");
    assert!(robots.contains(&format!("Sitemap: {}/sitemap.xml\n", server.url)) && robots.contains("Disallow: /recherche\n"), "{robots}");
}
