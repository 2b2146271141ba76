//! How far groups vote alike, over HTTP.

use rstest::rstest;
use serde_json::{Value, json};

use super::{Department, SIREN, uuid};
use crate::harness::world::BODY;
use crate::harness::{Engine, Server};

/// Members 1 to 3 of a public group, 4 and 5 of one that is internal; of member 3 the mandate is internal.
struct Assembly<'a> {
    department: Department<'a>,
    people: Vec<String>,
    group: String,
}

impl<'a> Assembly<'a> {
    fn new(server: &'a Server) -> Self {
        let department = Department::new(server);
        let group = department.add("groups", &json!({"name": "Groupe des Sources", "visibility": "public"}));
        let hidden = department.add("groups", &json!({"name": "Groupe des Rives"}));
        let mut people = Vec::new();
        for n in 1..=5 {
            let person = department.add("persons", &json!({"family_name": format!("MEMBRE-{n}"), "visibility": "public"}));
            let of = if n <= 3 { &group } else { &hidden };
            let visibility = if n == 3 { "internal" } else { "public" };
            let mandate = json!({"person": person, "body": department.body, "affiliation": "group", "group": of, "visibility": visibility});
            department.add("mandates", &mandate);
            people.push(person);
        }
        let assembly = Self { department, people, group };
        assembly.fill();
        assembly
    }

    fn called(&self, options: &[&str]) -> Value {
        let line =
            |(n, option): (usize, &&str)| json!({"person": {"printed": format!("MEMBRE-{}", n + 1), "person": self.people[n]}, "option": option});
        let lines: Vec<Value> = options.iter().enumerate().map(line).collect();
        let count = |option: &str| json!({"option": option, "count": options.iter().filter(|o| **o == option).count()});
        json!({"mode": "public_roll_call", "roll_call": lines, "options": [count("for"), count("against"), count("abstention")]})
    }

    fn fill(&self) {
        let items: Vec<String> = (0..5).map(|_| uuid()).collect();
        let ballot = |item: usize, changes: Value| {
            let mut ballot = json!({"id": uuid(), "covers": [items[item]], "outcome": "adopted"});
            ballot.as_object_mut().unwrap().extend(changes.as_object().cloned().unwrap());
            ballot
        };
        let entries: Vec<Value> =
            self.people.iter().enumerate().map(|(n, id)| json!({"printed": format!("MEMBRE-{}", n + 1), "person": id})).collect();
        let sitting = json!({
            "agenda": items.iter().map(|id| json!({"id": id})).collect::<Vec<_>>(),
            "attendance": [{"status": "present", "voting_right": "voting", "entries": entries}],
            "ballots": [
                ballot(0, self.called(&["for", "for", "against", "for", "for"])),
                ballot(1, self.called(&["for", "against", "against", "for", "for"])),
                // More votes than voters: it cannot be.
                ballot(2, json!({"mode": "show_of_hands", "options": [{"option": "for", "count": 9, "entries": [{"kind": "group", "group": self.group, "count": 9}]}]})),
                ballot(3, json!({"mode": "secret", "options": [{"option": "for", "count": 5}]})),
                ballot(4, json!({"mode": "show_of_hands", "options": [{"option": "for", "count": 5}]})),
            ],
        });
        self.department.sitting(&self.department.body, "2025-03-03", &sitting);
        // Internal: for the authority alone.
        let more = json!({"body": self.department.body, "origin": "transcribed", "date": "2025-04-07", "agenda": [{"id": items[0]}],
            "attendance": sitting["attendance"], "ballots": [ballot(0, self.called(&["for", "for", "for", "against", "for"]))]});
        self.department.add("sittings", &more);
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn how_far_groups_vote_alike(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let assembly = Assembly::new(&server);
    let path = format!("cohesion?body={}", assembly.department.body);
    let own = server.token(SIREN, "records:read");
    let told = |answer: &Value| -> Vec<String> {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let names = ["name", "ballots", "agreement", "rice_ballots", "rice"];
        answer["data"].as_array().unwrap().iter().map(|line| names.map(|name| text(&line[name])).join(" ")).collect()
    };
    // The authority, over March and April. Sources: 2 to 1 is (6 − 3) / 6 = 0.5 and 1/3; again; all three in April: 1. (0.5 + 0.5 + 1) / 3, (1/3 + 1/3 + 1) / 3.
    // Rives: both for is 1, again; one to one in April: (3 − 2) / 4 = 0.25 and 0. (1 + 1 + 0.25) / 3, 2 / 3.
    let all = assembly.department.read(Some(&own), &path);
    assert_eq!(told(&all), ["Groupe des Rives 3 0.7500 3 0.6667", "Groupe des Sources 3 0.6667 3 0.5556"]);
    assert_eq!((&all["ballots"], &all["left_out"]), (&json!(3), &json!({"secret": 1, "unreconciled": 1, "untold": 1})));
    assert_eq!(all["sittings"], json!({"held": 2, "not_held": 0}));
    // The public, over March, without the mandate of member 3. Sources: both for is 1; one to one is 0.25 and 0. The internal group is not told of.
    let public = assembly.department.read(None, &path);
    assert_eq!(public["sittings"], json!({"held": 1, "not_held": 0}));
    assert_eq!(told(&public), ["Groupe des Sources 2 0.6250 2 0.5000"]);
    assert!(!public.to_string().contains("Rives"), "{public}");
    // Of a day.
    assert_eq!(told(&assembly.department.read(Some(&own), &format!("{path}&date_from=2025-04-01&year=2025"))).len(), 2);
    assert_eq!(assembly.department.read(Some(&own), &format!("{path}&year=2024"))["data"], json!([]));
    let table = assembly.department.csv(Some(&own), &path);
    assert_eq!(table[0], "group,name,ballots,agreement,rice_ballots,rice");
    assert_eq!(table[2], format!("{},Groupe des Sources,3,0.6667,3,0.5556", assembly.group));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn of_a_body_that_is_not_public_nothing_is_told(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let assembly = Assembly::new(&server);
    let hidden = assembly.department.add("bodies", &json!({"name": "Bureau", "kind": "committee"}));
    let path = format!("/v1/statistics/cohesion?authority={SIREN}&body={hidden}");
    server.get(&path, None).problem(404, "not-found");
    assert_eq!(server.get(&path, Some(&assembly.department.token)).expect(200).json()["data"], json!([]));
    server.get(&format!("/v1/statistics/cohesion?authority={SIREN}"), None).problem(400, "invalid-parameter");
}

/// The groups of the real act are named without numbers, and its tally cannot be: nothing is told of them.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_real_act_tells_nothing(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let told = server.get(&format!("/v1/statistics/cohesion?body={BODY}"), None).expect(200).json();
    assert_eq!((&told["data"], &told["left_out"]), (&json!([]), &json!({"secret": 0, "unreconciled": 1, "untold": 0})));
}
