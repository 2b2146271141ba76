//! Every operation of the document, and what is sent to try it on what the neighbour keeps to itself. A new operation fails until it is told what that is.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::harness::world::{self, neighbour};
use crate::harness::{Answer, Server, Wire};

/// An operation of the document.
pub struct Operation {
    pub method: String,
    pub path: String,
    pub id: String,
    /// Whether it may be asked without a token.
    pub open: bool,
    /// The scopes that it needs: all of one of these.
    pub ways: Vec<BTreeSet<String>>,
    pub documented: BTreeSet<u16>,
    has_body: bool,
    takes_a_file: bool,
}

/// Every operation of the document.
pub fn operations() -> Vec<Operation> {
    let document = registre::api::document();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap().iter().filter(|(_, o)| o.get("operationId").is_some()) {
            let scopes = |way: &Value| way["token"].as_array().map(|all| all.iter().map(|scope| scope.as_str().unwrap().to_owned()).collect());
            let ways = operation["security"].as_array().unwrap_or_else(|| panic!("{method} {path} says nothing about tokens"));
            all.push(Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                id: operation["operationId"].as_str().unwrap().to_owned(),
                open: ways.iter().any(|way| way == &json!({})),
                ways: ways.iter().filter_map(scopes).collect(),
                documented: operation["responses"].as_object().unwrap().keys().map(|status| status.parse().unwrap()).collect(),
                takes_a_file: operation["requestBody"]["content"].get("application/pdf").is_some(),
                has_body: operation.get("requestBody").is_some(),
            });
        }
    }
    all
}

impl Operation {
    /// Whether a token with these scopes may do it.
    pub fn is_granted(&self, scopes: &BTreeSet<&str>) -> bool {
        self.open || self.ways.iter().any(|way| way.iter().all(|needed| scopes.contains(needed.as_str())))
    }

    /// The address of what the neighbour keeps to itself.
    pub fn target(&self) -> String {
        let theirs = match self.path.split('/').nth(2).unwrap_or_default() {
            "bodies" => neighbour::BODY,
            "groups" => neighbour::GROUP,
            "persons" => neighbour::PERSON,
            "mandates" => neighbour::MANDATE,
            "interest-declarations" => neighbour::DECLARATION,
            "signature-delegations" => neighbour::SIGNATURE,
            "powers-delegations" => neighbour::POWERS,
            "sittings" => neighbour::SITTING,
            "deliberations" => neighbour::ACT,
            "files" => neighbour::FILE,
            "webhooks" => neighbour::WEBHOOK,
            "imports" => neighbour::IMPORT,
            _ => "",
        };
        let path = self
            .path
            .replace("{id}", theirs)
            .replace("{siren}", neighbour::SIREN)
            .replace("{version}", "1")
            .replace("{body}", neighbour::BODY)
            .replace("{year}", "2025")
            .replace("{ordinal}", "1")
            .replace("{ballot}", neighbour::BALLOT)
            .replace("{format}", "txt")
            .replace("{paper}", "list")
            .replace("{event}", "229900105-1")
            .replace("{name}", "not-found");
        assert!(!path.contains('{') && !path.contains("//"), "what is to stand in {}?", self.path);
        match self.kind() {
            _ if self.id == "readDocument" => path,
            _ if self.takes_a_file => format!("{path}?role=annex&name=x.pdf"),
            _ if self.id == "getCheckpoint" => format!("{path}?authority={}", neighbour::SIREN),
            _ if self.id == "getConsistency" => format!("{path}?authority={}&from=0", neighbour::SIREN),
            _ if self.id == "listPending" => format!("{path}?want=not_enforceable"),
            _ if self.id == "getTransmissionArchive" => format!("{path}?operator=ABC&classification=2024-01-01&number=1&on=2025-07-08"),
            _ if self.id == "getActMessage" => format!("{path}?classification=2024-01-01"),
            // Open to everyone, of the authority that the query names.
            _ if self.id == "getAmounts" => format!("{path}?by=year&authority={}", neighbour::SIREN),
            _ if self.id == "getCohesion" => format!("{path}?authority={}&body={}", neighbour::SIREN, neighbour::BODY),
            _ if self.path.starts_with("/v1/statistics/") && !self.open => format!("{path}?body={}", neighbour::BODY),
            _ if self.path.starts_with("/v1/open-data/") => format!("{path}?authority={}", neighbour::SIREN),
            Kind::Stream => format!("{path}?authority={}", neighbour::SIREN),
            Kind::List if self.path != "/v1/authorities" => format!("{path}?authority={}", neighbour::SIREN),
            _ => path,
        }
    }

    pub fn kind(&self) -> Kind {
        match self.id.as_str() {
            "listEnums" | "listLegalProfiles" | "listProblems" | "getProblem" => Kind::Vocabulary,
            // About the log of the authority that the query names.
            "getCheckpoint" | "getConsistency" | "getOpenDataCatalogue" => Kind::Of,
            // About the body that it names.
            "getCohesion" => Kind::Of,
            // This build has none of it.
            "exportDeliberationColumns" if cfg!(not(feature = "parquet")) => Kind::Of,
            _ if self.path.starts_with("/v1/open-data/") => Kind::Export,
            "streamChanges" => Kind::Stream,
            _ if self.open && self.method == "GET" && !self.path.contains('{') => Kind::List,
            _ if self.path.contains('{') => Kind::Of,
            "getMe" => Kind::Me,
            _ => Kind::New,
        }
    }

    /// The least that the operation takes.
    pub fn body(&self) -> Value {
        let named = json!({"name": "X", "kind": "other"});
        match self.id.as_str() {
            "addAuthority" | "replaceAuthority" => json!({"siren": neighbour::SIREN, "name": "X", "kind": "other"}),
            "addBody" | "replaceBody" => named,
            "addGroup" | "replaceGroup" => json!({"name": "X"}),
            "addPerson" | "replacePerson" => json!({"family_name": "X"}),
            "addMandate" | "replaceMandate" => json!({"person": world::PERSON, "body": world::BODY}),
            "addInterestDeclaration" | "replaceInterestDeclaration" => json!({"person": world::PERSON, "kind": "other"}),
            "addSignatureDelegation" | "replaceSignatureDelegation" => json!({"delegate": {"person": world::PERSON}, "order_number": "1"}),
            "addPowersDelegation" | "replacePowersDelegation" => json!({"body": world::BODY, "deliberation_number": "1"}),
            "copySitting" => json!({"date": "2025-10-01"}),
            "addSitting" | "replaceSittingRecord" => json!({"body": world::BODY, "origin": "recorded", "date": "2025-07-07"}),
            "addDeliberation" | "replaceDeliberationRecord" => json!({"sitting": neighbour::SITTING, "origin": "recorded", "title": "X"}),
            "addEvent" => json!({"id": "01977e53-000a-7000-8000-000000000009", "kind": "arrival"}),
            "addBallot" => json!({"id": "01977e53-0008-7000-8000-000000000009", "covers": [neighbour::ITEM]}),
            "moveDeliberation" => json!({"to": "on_agenda"}),
            "addFact" => json!({"id": "01977e53-000b-7000-8000-000000000009", "kind": "signed", "on": "2025-07-07"}),
            "addPublication" => json!({"on": "2025-07-07", "place": "https://acts.example/1", "author": {"printed": "X"}, "digest": "0".repeat(64)}),
            "addNotification" => json!({"on": "2025-07-07", "addressee": "X"}),
            "addRectification" => json!({"id": "01977e53-000b-7000-8000-000000000008", "kind": "material_error", "on": "2025-07-07", "ground": "X"}),
            "waiveFinding" => json!({"code": "act.dates", "subject": {"kind": "deliberation", "id": neighbour::ACT}, "reason": "X"}),
            "takeMessage" => json!("<a/>"),
            "confirmAct" => json!("--edge--"),
            "addImport" => json!({"kind": "person", "key": "p", "record": {"family_name": "X"}}),
            "voidNumber" => json!({"reason": "X"}),
            "setSittingVisibility" | "setDeliberationVisibility" => json!({"visibility": "public"}),
            "addWebhook" | "replaceWebhook" => json!({"url": "https://192.0.2.1/"}),
            "replayDeliveries" => json!({"dead": true}),
            "revokeTokens" => json!({"claim": "sub", "value": "walker"}),
            other => panic!("what is the body of {other}?"),
        }
    }

    /// Asks for what the neighbour keeps to itself; whatever the answer, it is documented, and no secret.
    pub fn ask(&self, server: &Server, token: Option<&str>) -> Answer {
        let answer = self.send(server, token, &self.target());
        // A problem repeats the path that was asked for.
        let told = answer.text.replace(self.target().split('?').next().unwrap(), "");
        for secret in [neighbour::IDS, neighbour::SIREN, neighbour::NAME, "Ombreval", "OMBREVAL"] {
            assert!(!told.contains(secret), "{}: {}", self.id, answer.text);
        }
        if self.kind() == Kind::List && answer.status == 200 && self.path != "/v1/authorities" {
            assert_eq!(answer.json()["data"], json!([]), "{}", self.id);
        }
        answer
    }

    /// Sends what the operation takes to an address.
    pub fn send(&self, server: &Server, token: Option<&str>, target: &str) -> Answer {
        let mut headers = Vec::new();
        if let Some(token) = token {
            headers.push(("Authorization", format!("Bearer {token}")));
        }
        if matches!(self.method.as_str(), "PUT" | "DELETE") {
            headers.push(("If-Match", "*".to_owned()));
        }
        let mut body = String::new();
        if self.takes_a_file {
            headers.push(("Content-Type", "application/pdf".to_owned()));
            body = String::from_utf8(world::PDF.to_vec()).unwrap();
        } else if self.has_body {
            let media = match self.id.as_str() {
                "takeMessage" => "application/xml",
                "confirmAct" => "multipart/form-data; boundary=edge",
                _ => "application/json",
            };
            headers.push(("Content-Type", media.to_owned()));
            body = self.body().to_string();
        }
        // A stream has no end: its head says what there is to say.
        let method = if self.path.ends_with("/stream") { "HEAD" } else { &self.method };
        let answer = Wire { method, target, headers: &headers, body: body.as_bytes() }.send(server);
        assert!(self.documented.contains(&answer.status), "{}: {} is not documented: {}", self.id, answer.status, answer.text);
        answer
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What is the same for everyone.
    Vocabulary,
    /// A list that the public may ask for.
    List,
    /// A file of all that is public.
    Export,
    /// What is told as it happens.
    Stream,
    /// Something about one record.
    Of,
    /// Something about the token.
    Me,
    /// What makes a record, or takes tokens back.
    New,
}
