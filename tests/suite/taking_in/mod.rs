//! Printed acts on their way in: read, matched to what the register knows, confirmed, refused. Every person here is invented, but for those of the
//! seed.

mod command;
mod joined;
mod matched;
mod refused;
mod seed;

use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::harness::{Answer, Server};

/// An invented authority.
const SIREN: &str = "229900014";

const EDGE: &str = "a-line-that-no-document-holds";

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Sends a document to be read.
fn send(server: &Server, token: &str, media: &str, bytes: impl Into<Vec<u8>>) -> Answer {
    let request = server.request(Method::POST, "/v1/intake").bearer_auth(token).header("Content-Type", media);
    Answer::of(request.body(bytes.into()).send().unwrap())
}

/// Reads a text.
#[track_caller]
fn read(server: &Server, token: &str, text: &str) -> Value {
    send(server, token, "text/plain; charset=utf-8", text).expect(200).json()
}

/// The parts of a form: name, type of content, bytes.
type Part<'a> = (&'a str, &'a str, &'a [u8]);

/// Sends a form.
fn form(server: &Server, token: &str, key: Option<&str>, parts: &[Part<'_>]) -> Answer {
    let mut body = Vec::new();
    for (name, media, bytes) in parts {
        let head = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\nContent-Type: {media}\r\n\r\n");
        body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
    }
    body.extend(format!("--{EDGE}--\r\n").into_bytes());
    let media = format!("multipart/form-data; boundary={EDGE}");
    let request = server.request(Method::POST, "/v1/intake/acts").bearer_auth(token).header("Content-Type", media);
    Answer::of(key.into_iter().fold(request, |request, key| request.header("Idempotency-Key", key)).body(body).send().unwrap())
}

/// Confirms what was read in a text.
fn confirm(server: &Server, token: &str, confirmation: &Value, text: &str) -> Answer {
    let sent = confirmation.to_string();
    form(server, token, None, &[("confirmation", "application/json", sent.as_bytes()), ("source", "text/plain; charset=utf-8", text.as_bytes())])
}

/// A draft as it stands, its people who are not matched made with it.
fn as_read(read: &Value, draft: usize) -> Value {
    let draft = &read["drafts"][draft];
    let mut records = json!({"sitting": draft["sitting"], "act": draft["act"]});
    let mut new_people = Vec::new();
    for person in draft["matches"]["people"].as_array().unwrap() {
        if person["member"] == true && person["chosen"].is_null() {
            new_people.push(person["proposed"].clone());
            for pointer in person["pointers"].as_array().unwrap() {
                records.pointer_mut(&format!("{}/person", pointer.as_str().unwrap())).unwrap().clone_from(&person["proposed"]["id"]);
            }
        }
    }
    json!({
        "sitting": {"id": draft["matches"]["sitting"]["chosen"], "record": records["sitting"]},
        "act": records["act"],
        "new_people": new_people,
        "source": {"sha256": read["sha256"], "name": "acte.txt"},
    })
}

/// A permanent commission: its members have mandates from and to a day.
struct House<'a> {
    server: &'a Server,
    token: String,
    body: String,
    people: Vec<String>,
}

impl<'a> House<'a> {
    fn new(server: &'a Server, members: &[(&str, &str, Option<&str>)]) -> Self {
        let token = server.token(SIREN, "all");
        let authority = json!({"siren": SIREN, "name": "Département de la Vallée-Claire", "kind": "department"});
        server.post("/v1/authorities", &token, &authority).expect(201);
        let mut house = Self { server, token, body: String::new(), people: Vec::new() };
        house.body = house.add("bodies", &json!({"name": "Commission permanente", "kind": "departmental_permanent_commission"}));
        for (given, family, until) in members {
            let person = house.add("persons", &json!({"given_name": given, "family_name": family}));
            house.add(
                "mandates",
                &json!({"person": person, "body": house.body, "voting_right": "voting", "valid_from": "2021-07-01", "valid_to": until}),
            );
            house.people.push(person);
        }
        house
    }

    fn add(&self, list: &str, body: &Value) -> String {
        self.server.post(&format!("/v1/{list}"), &self.token, body).expect(201).json()["id"].as_str().unwrap().to_owned()
    }

    fn read(&self, text: &str) -> Value {
        read(self.server, &self.token, text)
    }

    fn get(&self, path: &str) -> Value {
        self.server.get(path, Some(&self.token)).expect(200).json()
    }

    fn count(&self, table: &str) -> i64 {
        self.server.database.number(&format!("SELECT count(*) AS number FROM {table}"))
    }
}

/// An act of the commission.
fn act(number: &str, title: &str, present: &str) -> String {
    format!(
        "DEPARTEMENT DE LA VALLEE-CLAIRE\n\nDELIBERATION DE LA COMMISSION PERMANENTE DU CONSEIL DEPARTEMENTAL\n\nREUNION DU 12 MARS 2024\n\n\
         PRESIDENCE DE MONSIEUR PAUL GARANCE\n\nÉtaient présents : {present}.\n\nExcusé(s) : M. Luc BARDOT.\n\n{title}\n\n(N°{number})\n\n\
         La Commission Permanente du Conseil départemental de la Vallée-Claire,\n\n\
         Vu le Code général des collectivités territoriales et, notamment, son article L.3211-1 ;\n\nAprès en avoir délibéré,\n\nDECIDE :\n\n\
         Article 1 :\n\nD'attribuer à l'association « Avenir de Montbrel » une subvention de 3 500 € au titre de la saison 2024.\n\n\
         Dans les conditions de vote ci-dessous :\n\nPour : 2 voix Contre : 0 voix Abstention : 1\n\n(Adopté)\n"
    )
}

/// Those who are present in most of the acts here.
const PRESENT: &str = "M. Paul GARANCE, Mme Lise ORMEAU, M. Yann TREMBLEY";

fn texts(values: &Value, field: &str) -> Vec<String> {
    values.as_array().unwrap().iter().map(|value| value[field].as_str().unwrap_or("-").to_owned()).collect()
}
