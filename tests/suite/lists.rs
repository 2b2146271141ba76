//! Lists: pages that lose nothing and repeat nothing, filters that find what they must and nothing else, and who sees what.

use std::collections::BTreeMap;

use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::world::{BODY, DRAFT, LIVE, neighbour};
use crate::harness::{ACT, Engine, PAS_DE_CALAIS, SITTING, Server};

const GROUP: &str = "01977e51-0002-7000-8000-000000000002";
/// An item that two sittings number alike.
const SHARED_ITEM: &str = "01977e53-0006-7000-8000-0000000000c1";
const BALLOT: &str = "01977e53-0008-7000-8000-0000000000c1";

/// The world, with three more sittings, four more acts, and one that was deleted.
struct Archive {
    server: Server,
    token: String,
    committee: String,
    member: String,
    /// Short names of the records, by identifier.
    names: BTreeMap<String, &'static str>,
}

impl Archive {
    fn new(engine: Engine) -> Self {
        let server = Server::world(engine);
        let token = server.token(PAS_DE_CALAIS, "all");
        let names = [(ACT, "302"), (DRAFT, "draft"), (SITTING, "july"), (LIVE, "live")].map(|(id, name)| (id.to_owned(), name)).into();
        let mut archive = Self { server, token, committee: String::new(), member: String::new(), names };
        archive.committee = archive.add("/v1/bodies", &json!({"name": "Commission", "kind": "committee"}), "committee");
        archive.member = archive.add("/v1/persons", &json!({"family_name": "NOUVEAU"}), "member");
        archive.fill();
        archive
    }

    fn add(&mut self, path: &str, body: &Value, name: &'static str) -> String {
        let id = self.server.post(path, &self.token, body).expect(201).json()["id"].as_str().unwrap().to_owned();
        self.names.insert(id.clone(), name);
        id
    }

    fn fill(&mut self) {
        let present = json!([{"status": "present", "voting_right": "voting", "entries": [{"person": self.member}]}]);
        let named = json!([{"option": "for", "count": 9, "entries": [{"kind": "group", "group": GROUP}]}]);
        let ballot = json!([{"id": BALLOT, "covers": [SHARED_ITEM], "options": named, "outcome": "rejected"}]);
        let item = json!([{"id": SHARED_ITEM}]);
        let external = |value: &str| json!([{"scheme": "grants", "value": value}]);
        let one = json!({"body": BODY, "origin": "recorded", "date": "2025-01-10", "attendance": present, "external_ids": external("S1")});
        let two = json!({"body": BODY, "origin": "recorded", "date": "2025-01-10", "agenda": item, "ballots": ballot});
        let three = json!({"body": self.committee, "origin": "recorded", "date": "2025-03-01", "agenda": item});
        let (one, two, three) = (self.add("/v1/sittings", &one, "S1"), self.add("/v1/sittings", &two, "S2"), self.add("/v1/sittings", &three, "S3"));
        let act = |sitting: &str, number: &str, matter: &str, title: &str, outcome: &str| {
            json!({
                "sitting": sitting, "origin": "recorded", "title": title, "outcome": outcome,
                "numbers": [{"kind": "act", "value": number}, {"kind": "report", "value": "R-9"}], "matter_codes": [{"code": matter}],
            })
        };
        let mut a = act(&one, "2025-1", "7.1", "Éclairage de l'école de Liévin", "adopted");
        a["external_ids"] = external("42");
        let mut b = act(&one, "2025-1", "7.10", "Aide aux clubs", "rejected");
        b["external_ids"] = external("420");
        let mut c = act(&two, "2025-2", "7.1.3", "Route : 50 % d'aide", "adopted");
        c["agenda_items"] = json!([SHARED_ITEM]);
        let mut d = act(&three, "25-302", "8", "Vœu pour les œuvres d’art", "unstated");
        d["agenda_items"] = json!([SHARED_ITEM]);
        for (name, act) in [("A", a), ("B", b), ("C", c), ("D", d)] {
            self.add("/v1/deliberations", &act, name);
        }
        let gone = self.server.post("/v1/deliberations", &self.token, &act(&one, "2025-1", "7.1", "Clubs à effacer", "adopted")).expect(201);
        let delete = self.server.request(reqwest::Method::DELETE, gone.header("location")).bearer_auth(&self.token).header("If-Match", "*");
        assert_eq!(delete.send().unwrap().status(), 204);
    }

    fn page(&self, path: &str) -> Value {
        self.server.get(path, Some(&self.token)).expect(200).json()
    }

    /// The short names of what a list finds, sorted.
    fn found(&self, path: &str) -> String {
        let page = self.page(path);
        let mut names: Vec<&str> = keys(&page).iter().map(|id| *self.names.get(id).unwrap_or_else(|| panic!("{path} finds {id}"))).collect();
        names.sort_unstable();
        names.join(" ")
    }
}

/// What identifies the lines of a page.
fn keys(page: &Value) -> Vec<String> {
    let key = |line: &Value| ["id", "siren", "version"].iter().map(|name| &line[name]).find(|v| !v.is_null()).unwrap().to_string();
    page["data"].as_array().unwrap().iter().map(|line| key(line).trim_matches('"').to_owned()).collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn pages_lose_nothing_and_repeat_nothing(#[case] engine: Engine) {
    let archive = Archive::new(engine);
    let record = format!("/v1/deliberations/{ACT}/record");
    for title in ["Un", "Deux", "Trois"] {
        let read = archive.server.get(&record, Some(&archive.token)).expect(200);
        let mut changed = read.json();
        changed["title"] = title.into();
        archive.server.put(&record, &archive.token, read.header("etag"), &changed).expect(200);
    }
    for (path, lines) in [
        ("/v1/deliberations?", 6),
        ("/v1/deliberations?outcome=adopted&", 3),
        ("/v1/sittings?", 5),
        ("/v1/sittings?origin=recorded&", 4),
        ("/v1/groups?", 4),
        ("/v1/bodies?", 2),
        ("/v1/persons?q=an&", 0),
        ("/v1/authorities?", 1),
        (&format!("/v1/deliberations/{ACT}/versions?"), 4),
    ] {
        let whole = keys(&archive.page(&format!("{path}limit=200")));
        assert!(if lines == 0 { whole.len() > 3 } else { whole.len() == lines }, "{path} has {} lines", whole.len());
        for limit in 1..=3 {
            let mut walked = Vec::new();
            let mut next = format!("{path}limit={limit}");
            loop {
                let page = archive.page(&next);
                let keys = keys(&page);
                assert!(keys.len() == limit || page["links"]["next"].is_null(), "{next} is a short page in the middle");
                assert!(!keys.is_empty(), "{next} is an empty page");
                walked.extend(keys);
                match page["links"]["next"].as_str() {
                    Some(link) => next = link.to_owned(),
                    None => break,
                }
            }
            assert_eq!(walked, whole, "{path} by {limit}");
        }
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_walk_is_not_disturbed_by_what_comes_meanwhile(#[case] engine: Engine) {
    let archive = Archive::new(engine);
    let whole = keys(&archive.page("/v1/deliberations"));
    let first = archive.page("/v1/deliberations?limit=2");
    // Later than every other, and within what the first page showed.
    let act = json!({"sitting": LIVE, "origin": "recorded", "title": "Venu entre-temps"});
    archive.server.post("/v1/deliberations", &archive.token, &act).expect(201);
    let mut walked = keys(&first);
    let mut next = first["links"]["next"].as_str().map(str::to_owned);
    while let Some(link) = next {
        let page = archive.page(&link);
        walked.extend(keys(&page));
        next = page["links"]["next"].as_str().map(str::to_owned);
    }
    assert_eq!(walked, whole);
    let dates = |path: &str, at: &str| -> Vec<String> {
        archive.page(path)["data"].as_array().unwrap().iter().map(|line| line.pointer(at).unwrap().as_str().unwrap().to_owned()).collect()
    };
    for dates in [dates("/v1/deliberations", "/sitting/date"), dates("/v1/sittings", "/date")] {
        assert!(dates.is_sorted_by(|a, b| a >= b), "from the latest to the earliest: {dates:?}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn each_filter_of_deliberations_finds_its_own(#[case] engine: Engine) {
    let archive = Archive::new(engine);
    let member = &archive.member;
    let id = |name: &str| archive.names.iter().find(|(_, n)| **n == name).unwrap().0.clone();
    for (query, expected) in [
        (String::new(), "302 A B C D draft"),
        ("number=2025-1".to_owned(), "A B"),
        ("number=2025-302".to_owned(), "302"),
        ("number=2025".to_owned(), ""),
        ("number=2025-1%25".to_owned(), ""),
        ("number=R-9".to_owned(), ""),
        ("matter_code=7.1".to_owned(), "A C"),
        ("matter_code=7.10".to_owned(), "B"),
        ("matter_code=7.1.3".to_owned(), "C"),
        ("matter_code=7".to_owned(), "A B C"),
        ("matter_code=8".to_owned(), "D"),
        ("matter_code=88".to_owned(), ""),
        ("matter_code=1".to_owned(), ""),
        ("q=ECLAIRAGE".to_owned(), "A"),
        ("q=%C3%A9cole+lievin".to_owned(), "A"),
        ("q=e%CC%81cole".to_owned(), "A"),
        ("q=lievin+clubs".to_owned(), ""),
        ("q=clubs".to_owned(), "B"),
        ("q=%25".to_owned(), "C"),
        ("q=_".to_owned(), ""),
        ("q=%5C".to_owned(), ""),
        ("q=d'art".to_owned(), "D"),
        ("q=d%E2%80%99art".to_owned(), "D"),
        ("q=%C5%93uvres".to_owned(), "D"),
        ("q=oeuvres".to_owned(), "D"),
        ("q=VOEU".to_owned(), "D"),
        ("q=25-302".to_owned(), "302 D"),
        ("date_from=2025-03-01".to_owned(), "302 D draft"),
        ("date_to=2025-03-01".to_owned(), "A B C D"),
        ("date_from=2025-01-11&date_to=2025-02-28".to_owned(), ""),
        ("date_from=2025-01-10&date_to=2025-01-10".to_owned(), "A B C"),
        ("status=draft".to_owned(), "A B C D draft"),
        ("status=deliberated".to_owned(), "302"),
        ("status=sealed".to_owned(), ""),
        ("outcome=adopted".to_owned(), "302 A C"),
        ("outcome=rejected".to_owned(), "B"),
        ("outcome=withdrawn".to_owned(), ""),
        (format!("sitting={}", id("S1")), "A B"),
        (format!("sitting={}", neighbour::SITTING), ""),
        (format!("body={}", archive.committee), "D"),
        (format!("body={BODY}"), "302 A B C draft"),
        (format!("member={member}"), "A B"),
        (format!("member={}", neighbour::PERSON), ""),
        // D comes from an item that has C's identifier, in a sitting without a ballot.
        (format!("group={GROUP}"), "302 C"),
        (format!("group={}", neighbour::GROUP), ""),
        ("external_id=grants:42".to_owned(), "A"),
        ("external_id=grants:4".to_owned(), ""),
        ("external_id=webdelib:42".to_owned(), ""),
        ("external_id=grants:S1".to_owned(), ""),
        ("modified_since=2999-01-01T00:00:00Z".to_owned(), ""),
        (format!("outcome=adopted&matter_code=7&member={member}"), "A"),
        (format!("authority={PAS_DE_CALAIS}&q=clubs"), "B"),
        (format!("authority={}", neighbour::SIREN), ""),
    ] {
        assert_eq!(archive.found(&format!("/v1/deliberations?{query}")), expected, "{query}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn each_filter_of_sittings_finds_its_own(#[case] engine: Engine) {
    let archive = Archive::new(engine);
    for (query, expected) in [
        (String::new(), "S1 S2 S3 july live"),
        ("origin=transcribed".to_owned(), "july"),
        ("origin=recorded".to_owned(), "S1 S2 S3 live"),
        (format!("body={}", archive.committee), "S3"),
        (format!("body={}", neighbour::BODY), ""),
        ("date_from=2025-07-07".to_owned(), "july live"),
        ("date_to=2025-01-10".to_owned(), "S1 S2"),
        ("date_from=2025-01-11&date_to=2025-07-06".to_owned(), "S3"),
        (format!("member={}", archive.member), "S1"),
        ("outcome=rejected".to_owned(), "S2"),
        ("outcome=adopted".to_owned(), "july"),
        ("outcome=withdrawn".to_owned(), ""),
        ("external_id=grants:S1".to_owned(), "S1"),
        ("external_id=grants:42".to_owned(), ""),
        ("modified_since=2999-01-01T00:00:00Z".to_owned(), ""),
        (format!("authority={}", neighbour::SIREN), ""),
    ] {
        assert_eq!(archive.found(&format!("/v1/sittings?{query}")), expected, "{query}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_changed_since_is_found(#[case] engine: Engine) {
    let archive = Archive::new(engine);
    let modified = |name: &str| {
        let page = archive.page("/v1/deliberations");
        let line = page["data"].as_array().unwrap().iter().find(|line| archive.names[line["id"].as_str().unwrap()] == name).unwrap().clone();
        line["modified_at"].as_str().unwrap().to_owned()
    };
    let since = modified("D");
    assert_eq!(archive.found(&format!("/v1/deliberations?modified_since={since}")), "D", "at that instant or after it");
    let a = format!("/v1/deliberations/{}/record", archive.names.iter().find(|(_, n)| **n == "A").unwrap().0);
    let read = archive.server.get(&a, Some(&archive.token)).expect(200);
    let mut changed = read.json();
    changed["outcome_text"] = "Adopté".into();
    archive.server.put(&a, &archive.token, read.header("etag"), &changed).expect(200);
    archive.server.put(&format!("/v1/deliberations/{DRAFT}/visibility"), &archive.token, "*", &json!({"visibility": "public"})).expect(200);
    assert_eq!(archive.found(&format!("/v1/deliberations?modified_since={since}")), "A D draft");
    assert!(modified("A") > since);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn nobody_is_shown_what_is_internal(#[case] engine: Engine) {
    let archive = Archive::new(engine);
    let server = &archive.server;
    let lines = |path: &str, token: Option<&str>| keys(&server.get(path, token).expect(200).json());
    let own = format!("authority={PAS_DE_CALAIS}");
    let theirs = format!("authority={}", neighbour::SIREN);
    let reader = server.token(neighbour::SIREN, "records:read");
    let writer = server.token(PAS_DE_CALAIS, "deliberations:write");
    for list in ["deliberations", "sittings", "bodies", "groups", "persons", "mandates"] {
        let path = format!("/v1/{list}");
        server.get(&path, None).problem(400, "authority-needed");
        server.get(&path, Some(&writer)).problem(400, "authority-needed");
        // The neighbour's own reader sees what is the neighbour's, by default too; nobody else does.
        assert_eq!(lines(&path, Some(&reader)).len(), 1, "{list}");
        assert_eq!(lines(&format!("{path}?{theirs}"), Some(&reader)).len(), 1, "{list}");
        for stranger in [None, Some(archive.token.as_str()), Some(writer.as_str())] {
            assert_eq!(lines(&format!("{path}?{theirs}"), stranger), [""; 0], "{list}");
        }
        // What the neighbour sees of the other authority is what everyone sees.
        let public = lines(&format!("{path}?{own}&limit=200"), None);
        assert_eq!(lines(&format!("{path}?{own}&limit=200"), Some(&reader)), public, "{list}");
        let all = lines(&format!("{path}?limit=200"), Some(&archive.token));
        assert!(all.len() > public.len() || list == "groups" || list == "mandates", "{list}");
    }
    assert_eq!(lines(&format!("/v1/deliberations?{own}"), None), [ACT]);
    assert_eq!(lines(&format!("/v1/sittings?{own}"), None), [SITTING]);
    assert_eq!(lines("/v1/authorities", None), [PAS_DE_CALAIS]);
    assert_eq!(lines("/v1/authorities", Some(&reader)), [PAS_DE_CALAIS, neighbour::SIREN]);
    let page = server.get(&format!("/v1/deliberations?{own}"), None);
    assert_eq!(page.header("cache-control"), "public, no-cache");
    assert_eq!(server.get("/v1/deliberations", Some(&archive.token)).header("cache-control"), "private, no-cache");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_register_of_one_authority_or_of_none_needs_no_name(#[case] engine: Engine) {
    let one = Server::demo(engine);
    let page = one.get("/v1/deliberations?number=2025-302", None).expect(200).json();
    assert_eq!((keys(&page), page["data"][0]["outcome"].as_str()), (vec![ACT.to_owned()], Some("adopted")));
    assert_eq!(Server::empty(engine).get("/v1/deliberations", None).expect(200).json(), json!({"data": [], "links": {"next": null}}));
}
