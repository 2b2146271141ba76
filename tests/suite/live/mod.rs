//! A sitting recorded live: what it refuses, what it keeps, and what is seen of it from outside.

mod corrected;
mod events;
mod groups;
mod internal;
mod play;
mod refused;
mod room;
mod second_meeting;

use serde_json::{Value, json};

use crate::harness::Server;

/// An invented authority.
const SIREN: &str = "229900014";

/// A live sitting: its people and its agenda.
struct Live<'a> {
    server: &'a Server,
    token: String,
    id: String,
    people: Vec<String>,
    items: Vec<String>,
}

fn uuid() -> String {
    uuid::Uuid::now_v7().to_string()
}

impl<'a> Live<'a> {
    /// A permanent commission of so many members, all present, with so many items; `more` adds to the record or replaces in it.
    fn open(server: &'a Server, members: usize, items: usize, more: &Value) -> Self {
        let token = server.token(SIREN, "all");
        let add = |path: &str, body: Value| server.post(path, &token, &body).expect(201).json()["id"].as_str().map(str::to_owned);
        let authority = json!({"siren": SIREN, "name": "Département de la Vallée-Claire", "kind": "department"});
        server.post("/v1/authorities", &token, &authority).expect(201);
        let body = add("/v1/bodies", json!({"name": "Commission permanente", "kind": "departmental_permanent_commission"})).unwrap();
        let person = |n: usize| add("/v1/persons", json!({"given_name": "Claude", "family_name": format!("MEMBRE-{n}")})).unwrap();
        let people: Vec<String> = (1..=members).map(person).collect();
        let items: Vec<String> = (0..items).map(|_| uuid()).collect();
        let mut record = json!({
            "body": body, "origin": "recorded", "date": "2025-09-15", "members_in_office": members, "proxies": [],
            "attendance": [{"status": "present", "voting_right": "voting", "source": "roll_call",
                "entries": people.iter().map(|p| json!({"person": p})).collect::<Vec<_>>()}],
            "agenda": items.iter().map(|id| json!({"id": id})).collect::<Vec<_>>(),
        });
        record.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
        let replace = record.to_string();
        let record: Value =
            serde_json::from_str(&people.iter().enumerate().fold(replace, |t, (i, p)| t.replace(&format!("@person{}@", i + 1), p))).unwrap();
        let text = items.iter().enumerate().fold(record.to_string(), |t, (i, id)| t.replace(&format!("@item{}@", i + 1), id));
        let id = add("/v1/sittings", serde_json::from_str(&text).unwrap()).unwrap();
        Self { server, token, id, people, items }
    }

    /// Replaces the body of the sitting: its kind and its internal rules.
    fn governed_by(&self, kind: &str, internal_rules: &Value) {
        let id = self.server.get(&format!("/v1/sittings/{}", self.id), Some(&self.token)).expect(200).json()["body"]["id"].clone();
        let path = format!("/v1/bodies/{}", id.as_str().unwrap());
        let etag = self.server.get(&path, Some(&self.token)).expect(200);
        let body = json!({"name": "Assemblée", "kind": kind, "internal_rules": internal_rules});
        self.server.put(&path, &self.token, etag.header("etag"), &body).expect(200);
    }

    fn path(&self, part: &str) -> String {
        format!("/v1/sittings/{}/{part}", self.id)
    }

    /// A public roll call on an item: `against` and `abstaining` by number of the member, the others of `voters` for.
    fn roll_call(&self, item: usize, voters: impl Iterator<Item = usize>, against: &[usize], abstaining: &[usize]) -> Value {
        let option = |n: usize| {
            if against.contains(&n) {
                "against"
            } else if abstaining.contains(&n) {
                "abstention"
            } else {
                "for"
            }
        };
        let lines: Vec<Value> = voters.map(|n| json!({"person": {"person": self.people[n - 1]}, "option": option(n)})).collect();
        let count = |name: &str| lines.iter().filter(|l| l["option"] == name).count();
        let options: Vec<Value> = ["for", "against", "abstention"].iter().map(|o| json!({"option": o, "count": count(o)})).collect();
        json!({"id": uuid(), "covers": [self.items[item - 1]], "mode": "public_roll_call", "options": options, "roll_call": lines, "outcome": "adopted"})
    }
}
