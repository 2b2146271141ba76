//! Statistics over HTTP: figures worked out by hand, and what never shows in them.

use rstest::rstest;
use serde_json::{Value, json};

use super::{SIREN, Town, uuid};
use crate::harness::world::BODY;
use crate::harness::{Answer, Engine, PAS_DE_CALAIS, Server};

/// Three sittings. In spring member 5 still sits and votes. In September: a public roll call by name with one vote by proxy, a vote expanded from
/// the group with a dissenter, a secret ballot; member 4 stands aside on the second item. In October: convened, no more.
struct Year<'a> {
    town: Town<'a>,
    item: String,
}

impl<'a> Year<'a> {
    fn new(server: &'a Server) -> Self {
        let town = Town::new(server);
        let (spring, one, two) = (uuid(), uuid(), uuid());
        let line = |n: usize, option: &str| json!({"person": town.person(n), "option": option});
        let of_group = |n: usize, option: &str| json!({"person": town.person(n), "option": option, "basis": "group"});
        let ballot = |item: &str, mode: &str, lines: Value| json!({"id": uuid(), "covers": [item], "mode": mode, "roll_call": lines});
        town.sitting(
            "2025-04-14",
            &json!({
                "agenda": [{"id": spring}], "attendance": [town.list("present", &[1, 2, 5]), town.list("absent", &[3, 4])], "proxies": [],
                "ballots": [ballot(&spring, "public_roll_call", json!([line(1, "for"), line(2, "against"), line(5, "for")]))],
            }),
        );
        let by_proxy = json!({"person": town.person(3), "option": "abstention", "by_proxy": town.person(1)});
        let declared =
            json!([{"option": "for", "count": 1, "entries": [{"kind": "group", "group": town.group, "printed": "Gr. des Sources", "count": 1}]}]);
        let mut first = ballot(&one, "public_roll_call", json!([line(1, "for"), line(2, "against"), by_proxy, line(4, "for")]));
        first["options"] = declared;
        town.sitting(
            "2025-09-15",
            &json!({
                "agenda": [{"id": one, "label": "1"}, {"id": two, "label": "2", "title": "Eau potable"}],
                "attendance": [town.list("present", &[1, 2]), town.list("present_remotely", &[4]), town.list("excused", &[3])],
                "proxies": [{"giver": town.person(3), "holder": town.person(1)}],
                "recusals": [{"id": uuid(), "person": town.person(4), "covers": [two], "kind": "interest", "ground": "trésorier des Amis du Lac",
                    "interest_nature": "trésorier", "took_part_in_debate": true, "took_part_in_vote": false, "left_the_room": false}],
                "ballots": [
                    first,
                    ballot(&two, "show_of_hands", json!([of_group(1, "for"), of_group(3, "for"), line(2, "against")])),
                    ballot(&one, "secret", Value::Null),
                ],
            }),
        );
        town.sitting("2025-10-13", &json!({"origin": "recorded", "attendance": [town.list("unstated", &[1, 2, 3, 4])]}));
        Self { town, item: two }
    }

    fn path(&self, what: &str, query: &str) -> String {
        format!("/v1/statistics/{what}?body={}{query}", self.town.body)
    }

    fn csv(&self, path: &str) -> Vec<Vec<String>> {
        let request = self.town.server.request(reqwest::Method::GET, path).bearer_auth(&self.town.token).header("Accept", "text/csv");
        let answer = Answer::of(request.send().unwrap()).expect(200);
        assert_eq!((answer.header("content-type"), answer.header("vary")), ("text/csv; charset=utf-8; header=present", "Authorization, Accept"));
        answer.text.split_terminator("\r\n").map(|row| row.split(',').map(str::to_owned).collect()).collect()
    }
}

/// The figures of an object, in their order on the wire.
fn figures(counts: &Value, names: &[&str]) -> Vec<u64> {
    names.iter().map(|name| counts[*name].as_u64().unwrap_or_else(|| panic!("{name} in {counts}"))).collect()
}

const SITTINGS: [&str; 7] = ["held", "present", "remote", "excused", "represented", "absent", "unsettled"];
const BALLOTS: [&str; 8] = ["could_vote", "present", "represented", "recused", "absent", "excused", "not_entitled", "unsettled"];
const VOTES: [&str; 5] = ["for", "against", "abstention", "not_voting", "by_proxy"];

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn who_was_there_and_voted(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let year = Year::new(&server);
    let seen = year.town.read(&year.path("participation", ""));
    assert_eq!((&seen["sittings"], &seen["ballots"], &seen["unidentified"]), (&json!({"held": 2, "not_held": 1}), &json!(4), &json!(0)));
    let member = |seen: &Value, n: usize| {
        let line = seen["members"].as_array().unwrap().iter().find(|line| line["person"] == json!(year.town.people[n - 1])).cloned();
        line.map(|l| (figures(&l["sittings"], &SITTINGS), figures(&l["ballots"], &BALLOTS), figures(&l["votes"], &VOTES), l["recusals"].clone()))
    };
    let expected = [
        // The vote expanded from the group and the secret ballot are nobody's votes.
        (vec![2, 2, 0, 0, 0, 0, 0], vec![4, 4, 0, 0, 0, 0, 0, 0], vec![2, 0, 0, 0, 0], json!(0)),
        (vec![2, 2, 0, 0, 0, 0, 0], vec![4, 4, 0, 0, 0, 0, 0, 0], vec![0, 3, 0, 0, 0], json!(0)),
        (vec![2, 0, 0, 0, 1, 1, 0], vec![3, 0, 3, 0, 1, 0, 0, 0], vec![0, 0, 1, 0, 1], json!(0)),
        (vec![2, 0, 1, 0, 0, 1, 0], vec![2, 2, 0, 1, 1, 0, 0, 0], vec![1, 0, 0, 0, 0], json!(1)),
        // In spring only: the mandate ended before September.
        (vec![1, 1, 0, 0, 0, 0, 0], vec![1, 1, 0, 0, 0, 0, 0, 0], vec![1, 0, 0, 0, 0], json!(0)),
    ];
    for (n, expected) in (1..).zip(expected) {
        assert_eq!(member(&seen, n), Some(expected), "member {n}");
    }
    let autumn = year.town.read(&year.path("participation", "&date_from=2025-07-01"));
    assert_eq!(member(&autumn, 5), None, "a mandate that ended before the sitting does not count");
    assert_eq!(autumn["sittings"], json!({"held": 1, "not_held": 1}));
    let one = year.town.read(&year.path("participation", &format!("&person={}&date_to=2025-06-30", year.town.people[0])));
    assert_eq!((one["members"].as_array().unwrap().len(), one["members"][0]["name"].clone()), (1, json!("M. Claude MEMBRE-1")));

    let table = year.csv(&year.path("participation", ""));
    assert_eq!((table.len(), table[0].len(), &table[0][0], &table[0][2]), (6, 23, &"person".to_owned(), &"sittings_held".to_owned()));
    assert!(table.iter().all(|row| row.len() == 23));
    // Sorted by name; a name that begins like a formula does not begin like one in a cell.
    assert_eq!(table[3][1], "'=M. Claude MEMBRE-3");
    assert_eq!(table[2][17..].join(" "), "0 3 0 0 0 0");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn who_voted_how_by_group(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let year = Year::new(&server);
    let town = &year.town;
    let seen = town.read(&year.path("votes", "&date_from=2025-07-01"));
    assert_eq!((&seen["ballots"], &seen["secret_ballots"]), (&json!(2), &json!(1)));
    let groups = seen["groups"].as_array().unwrap();
    assert_eq!(groups.iter().map(|g| g["affiliation"].as_str().unwrap()).collect::<Vec<_>>(), ["group", "non_affiliated"]);
    let name = "Groupe des Sources, des Rives et du Lac";
    assert_eq!((&groups[0]["group"], &groups[0]["name"]), (&json!(town.group), &json!(name)));
    assert_eq!(
        groups[0]["options"],
        json!([
            {"option": "for", "named_in": 1, "declared": 1, "derived": 1, "expanded": 2},
            {"option": "against", "named_in": 0, "declared": null, "derived": 2, "expanded": 0},
            {"option": "abstention", "named_in": 0, "declared": null, "derived": 1, "expanded": 0},
        ])
    );
    let members = |group: &Value| -> Vec<(Value, Vec<u64>)> {
        group["members"].as_array().unwrap().iter().map(|m| (m["person"].clone(), figures(&m["votes"], &VOTES))).collect()
    };
    let p = |n: usize| json!(town.people[n - 1]);
    assert_eq!(members(&groups[0]), [(p(1), vec![1, 0, 0, 0, 0]), (p(2), vec![0, 2, 0, 0, 0]), (p(3), vec![0, 0, 1, 0, 1])]);
    assert_eq!(members(&groups[1]), [(p(4), vec![1, 0, 0, 0, 0])]);
    // In spring the mandate of member 5 was in force, and its group is that of the vote.
    let spring = town.read(&year.path("votes", "&date_to=2025-06-30"));
    assert!(members(&spring["groups"][0]).contains(&(p(5), vec![1, 0, 0, 0, 0])));
    let only = |query: &str| town.read(&year.path("votes", query))["groups"].as_array().unwrap().clone();
    assert_eq!(only(&format!("&group={}", town.group)).len(), 1);
    let of_four = only(&format!("&person={}", town.people[3]));
    assert_eq!((of_four.len(), members(&of_four[0]).len()), (1, 1));
    assert_eq!(only(&format!("&group={}", uuid())), Vec::<Value>::new());

    let request = server.request(reqwest::Method::GET, &year.path("votes", "&date_from=2025-07-01")).bearer_auth(&town.token);
    let table = Answer::of(request.header("Accept", "text/csv").send().unwrap()).expect(200).text;
    let rows: Vec<&str> = table.split_terminator("\r\n").collect();
    assert_eq!(rows.len(), 1 + 1 + 3 + 1 + 1);
    assert_eq!(rows[1], format!("group,{},\"{name}\",,,1,2,1,0,1,1,,,,2,0,0,0", town.group));
    assert_eq!(rows[2], format!("group,{},\"{name}\",{},M. Claude MEMBRE-1,1,0,0,0,0,,,,,,,,", town.group, town.people[0]));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn who_stood_aside(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let year = Year::new(&server);
    let path = year.path("recusals", "");
    let seen = year.town.read(&path);
    assert_eq!(seen["members"].as_array().unwrap().len(), 1);
    let member = &seen["members"][0];
    assert_eq!((&member["person"], &member["name"]), (&json!(year.town.people[3]), &json!("M. Claude MEMBRE-4")));
    assert_eq!(figures(&member["counts"], &["recusals", "interest", "took_part_in_debate", "took_part_in_vote", "left_the_room"]), [1, 1, 1, 0, 0]);
    let item = &seen["items"][0];
    assert_eq!((&item["item"], &item["label"], &item["recusals"], &item["date"]), (&json!(year.item), &json!("2"), &json!(1), &json!("2025-09-15")));
    // Never the ground, to whoever asks.
    assert!(!seen.to_string().contains("trésorier"), "{seen}");
    let table = year.csv(&path);
    assert_eq!((table.len(), table[1][9..].join(" ")), (2, "interest true false false".to_owned()));
    assert_eq!(year.town.read(&year.path("recusals", &format!("&person={}", year.town.people[0])))["items"], json!([]));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn statistics_are_for_the_authority_alone(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let year = Year::new(&server);
    for what in ["participation", "votes", "recusals"] {
        let path = year.path(what, "");
        server.get(&path, None).problem(401, "token-missing");
        server.get(&path, Some(&server.token(SIREN, "sittings:write"))).problem(403, "scope-missing");
        server.get(&path, Some(&server.token(PAS_DE_CALAIS, "all"))).problem(404, "not-found");
        let answer = server.get(&format!("/v1/statistics/{what}"), Some(&year.town.token));
        answer.problem(400, "invalid-parameter");
        assert_eq!(answer.json()["errors"][0]["pointer"], "body");
        server.get(&format!("{path}&colour=blue"), Some(&year.town.token)).problem(400, "unknown-parameter");
        // An identifier that is not of a body.
        server.get(&format!("/v1/statistics/{what}?body={}", year.town.group), Some(&year.town.token)).problem(404, "not-found");
        let read = server.get(&path, Some(&year.town.token)).expect(200);
        assert_eq!(read.header("cache-control"), "private, no-cache");
        let again = server.request(reqwest::Method::GET, &path).bearer_auth(&year.town.token).header("If-None-Match", read.header("etag"));
        assert_eq!(again.send().unwrap().status(), 304);
    }
}

/// More sittings than are counted in one go, each no more than a row: they are counted before any is read.
#[test]
fn a_period_that_is_too_long() {
    use diesel::connection::{Connection, SimpleConnection};
    let server = Server::empty(Engine::Sqlite);
    let town = Town::new(&server);
    let (body, path) = (&town.body, server.database.url.trim_start_matches("sqlite:").to_owned());
    let numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2001)";
    let date = "date('2000-01-01', '+' || i || ' days')";
    let fill = format!(
        "INSERT INTO identifiers (id, authority, kind) {numbers} SELECT 'made-' || i, '{SIREN}', 'sitting' FROM n;
         INSERT INTO sittings (authority, id, body, date, origin, visibility, version, document_version, digest, modified_at)
         {numbers} SELECT '{SIREN}', 'made-' || i, '{body}', {date}, 'recorded', 'internal', 1, 1, '', '2025-01-01 00:00:00' FROM n;"
    );
    diesel::SqliteConnection::establish(&path).unwrap().batch_execute(&fill).unwrap();
    for what in ["participation", "votes", "recusals"] {
        let answer = server.get(&format!("/v1/statistics/{what}?body={body}"), Some(&town.token));
        answer.problem(422, "period-too-long");
        assert!(answer.json()["detail"].as_str().unwrap().contains("2000"));
        server.get(&format!("/v1/statistics/{what}?body={body}&date_to=1999-12-31"), Some(&town.token)).expect(200);
    }
}

/// The real act: 38 members present and 6 excused, of whom one stood aside on the only ballot; 4 without a vote, 2 of them there.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_real_act_in_figures(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let token = server.token(PAS_DE_CALAIS, "records:read");
    let read = |what: &str| server.get(&format!("/v1/statistics/{what}?body={BODY}"), Some(&token)).expect(200).json();
    let seen = read("participation");
    let lines = seen["members"].as_array().unwrap();
    let sum = |part: &str, name: &str| lines.iter().map(|line| line[part][name].as_u64().unwrap()).sum::<u64>();
    assert_eq!((lines.len(), sum("sittings", "held")), (48, 48));
    assert_eq!(SITTINGS.map(|name| sum("sittings", name)), [48, 40, 0, 8, 0, 0, 0]);
    assert_eq!(BALLOTS.map(|name| sum("ballots", name)), [37, 37, 0, 1, 0, 6, 4, 0]);
    // Nobody is named in its vote.
    assert_eq!(VOTES.map(|name| sum("votes", name)), [0; 5]);
    assert_eq!(lines.iter().map(|line| line["recusals"].as_u64().unwrap()).sum::<u64>(), 1);

    let votes = read("votes");
    let groups = votes["groups"].as_array().unwrap();
    // Four groups and the non-affiliated are named for; one of them again as abstaining. No number stands beside any.
    assert_eq!(groups.len(), 5);
    let options: Vec<&Value> = groups.iter().flat_map(|g| g["options"].as_array().unwrap()).collect();
    let named = |option: &str| options.iter().filter(|o| o["option"] == option && o["named_in"] == 1).count();
    assert_eq!((named("for"), named("abstention"), options.len()), (5, 1, 6));
    assert!(options.iter().all(|o| o["declared"].is_null() && o["derived"] == 0));
    assert!(groups.iter().all(|g| g["members"] == json!([])));

    let recusals = read("recusals");
    assert_eq!(recusals["members"][0]["counts"]["interest"], 1);
    assert_eq!(recusals["items"][0]["of"][0]["took_part_in_vote"], false);
    assert!(!recusals.to_string().contains("intéressée"));
}
