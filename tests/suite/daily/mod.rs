//! What a secretariat does every day: the registers kept beside the directory, what is prepared before a sitting, and what the sittings of a body
//! come to. Every person here is invented.

mod convening;
mod copy;
mod delegated;
mod proposals;
mod registers;
mod statistics;

use serde_json::{Value, json};

use crate::harness::Server;

/// An invented authority.
const SIREN: &str = "229900014";

/// Its permanent commission: members 1 to 3 of group A, 4 of no group, all since 2021; the mandate of 5, of group A, ended on 30 June 2025.
struct Town<'a> {
    server: &'a Server,
    token: String,
    body: String,
    group: String,
    people: Vec<String>,
}

fn uuid() -> String {
    uuid::Uuid::now_v7().to_string()
}

impl<'a> Town<'a> {
    fn new(server: &'a Server) -> Self {
        let token = server.token(SIREN, "all");
        let authority = json!({"siren": SIREN, "name": "Département de la Vallée-Claire", "kind": "department"});
        server.post("/v1/authorities", &token, &authority).expect(201);
        let mut town = Self { server, token, body: String::new(), group: String::new(), people: Vec::new() };
        town.body = town.add("bodies", &json!({"name": "Commission permanente", "kind": "departmental_permanent_commission"}));
        town.group = town.add("groups", &json!({"name": "Groupe des Sources, des Rives et du Lac"}));
        for n in 1..=5 {
            // A name that a spreadsheet would take for a formula, were it not escaped.
            let civility = if n == 3 { "=M." } else { "M." };
            let person = town.add("persons", &json!({"civility": civility, "given_name": "Claude", "family_name": format!("MEMBRE-{n}")}));
            let mut mandate = json!({"person": person, "body": town.body, "voting_right": "voting", "valid_from": "2021-07-01"});
            if n == 4 {
                mandate["affiliation"] = "non_affiliated".into();
            } else {
                mandate["affiliation"] = "group".into();
                mandate["group"] = town.group.clone().into();
            }
            if n == 5 {
                mandate["valid_to"] = "2025-06-30".into();
            }
            town.add("mandates", &mandate);
            town.people.push(person);
        }
        town
    }

    /// Files, and gives the identifier.
    fn add(&self, list: &str, body: &Value) -> String {
        self.server.post(&format!("/v1/{list}"), &self.token, body).expect(201).json()["id"].as_str().unwrap().to_owned()
    }

    fn read(&self, path: &str) -> Value {
        self.server.get(path, Some(&self.token)).expect(200).json()
    }

    /// A member, by number from 1.
    fn person(&self, n: usize) -> Value {
        json!({"printed": format!("M. Claude MEMBRE-{n}"), "person": self.people[n - 1]})
    }

    fn list(&self, status: &str, members: &[usize]) -> Value {
        json!({"status": status, "voting_right": "voting", "source": "roll_call", "entries": members.iter().map(|n| self.person(*n)).collect::<Vec<_>>()})
    }

    /// A sitting of the commission; `more` adds to it or replaces in it.
    fn sitting(&self, date: &str, more: &Value) -> String {
        let mut record = json!({"body": self.body, "origin": "transcribed", "date": date});
        record.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
        self.add("sittings", &record)
    }
}
