//! Every operation of the document, asked by those who may not: nobody, and bearers of tokens that lack the scope or are another
//! authority's. A new operation fails here until it is told what to send to it.

use std::collections::BTreeSet;

use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::world::{self, neighbour};
use crate::harness::{Answer, Engine, PAS_DE_CALAIS, Server, Watch, Wire};

/// An operation of the document.
pub struct Operation {
    pub method: String,
    pub path: String,
    pub id: String,
    /// Whether it may be asked without a token.
    pub open: bool,
    /// The scopes that it needs.
    scopes: Vec<String>,
    documented: BTreeSet<u16>,
    has_body: bool,
    takes_a_file: bool,
}

pub fn operations() -> Vec<Operation> {
    let document = registre::api::document();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap().iter().filter(|(_, o)| o.get("operationId").is_some()) {
            let ways = operation["security"].as_array().unwrap_or_else(|| panic!("{method} {path} says nothing about tokens"));
            all.push(Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                id: operation["operationId"].as_str().unwrap().to_owned(),
                open: ways.iter().any(|way| way == &json!({})),
                scopes: ways.iter().filter_map(|way| way["token"].as_array()).flatten().map(|s| s.as_str().unwrap().to_owned()).collect(),
                documented: operation["responses"].as_object().unwrap().keys().map(|status| status.parse().unwrap()).collect(),
                takes_a_file: operation["requestBody"]["content"].get("application/pdf").is_some(),
                has_body: operation.get("requestBody").is_some(),
            });
        }
    }
    all
}

impl Operation {
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

    fn kind(&self) -> Kind {
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
    fn body(&self) -> Value {
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

    /// Asks at an address.
    pub fn send(&self, server: &Server, target: &str, token: Option<&str>) -> Answer {
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
        Wire { method, target, headers: &headers, body: body.as_bytes() }.send(server)
    }

    /// Asks; whatever the answer, it is documented, is no secret, and nothing was written.
    fn ask(&self, server: &Server, watch: &mut Watch, token: Option<&str>) -> u16 {
        let target = self.target();
        let answer = self.send(server, &target, token);
        assert!(watch.unchanged(), "{}: something was written", self.id);
        assert!(self.documented.contains(&answer.status), "{}: {} is not documented: {}", self.id, answer.status, answer.text);
        // A problem repeats the path that was asked for.
        let told = answer.text.replace(target.split('?').next().unwrap(), "");
        for secret in [neighbour::IDS, neighbour::SIREN, neighbour::NAME, "Ombreval", "OMBREVAL"] {
            assert!(!told.contains(secret), "{}: {}", self.id, answer.text);
        }
        if self.kind() == Kind::List && answer.status == 200 && self.path != "/v1/authorities" {
            assert_eq!(answer.json()["data"], json!([]), "{}", self.id);
        }
        answer.status
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
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

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn every_operation_refuses_those_who_may_not(#[case] engine: Engine) {
    let server = Server::world(engine);
    let bare = server.token(PAS_DE_CALAIS, "");
    let theirs_but_bare = server.token(neighbour::SIREN, "");
    let all = server.token(PAS_DE_CALAIS, "all");
    let operations = operations();
    let mut watch = server.database.watch();
    assert!(operations.len() >= 45, "only {} operations are left", operations.len());
    for operation in &operations {
        let name = &operation.id;
        let nobody = operation.ask(&server, &mut watch, None);
        let expected = match (operation.kind(), operation.open) {
            (Kind::Vocabulary | Kind::List | Kind::Export | Kind::Stream, true) => 200,
            (Kind::Of, true) => 404,
            (_, true) => panic!("{name} is open to everyone: why?"),
            (_, false) => 401,
        };
        assert_eq!(nobody, expected, "{name} without a token");

        let without_scope = match (operation.kind(), operation.open, operation.scopes.is_empty()) {
            (_, true, _) => expected,
            (Kind::Me, false, true) => 200,
            (_, false, true) => panic!("{name} needs a token and no scope: why?"),
            (_, false, false) => 403,
        };
        assert_eq!(operation.ask(&server, &mut watch, Some(&bare)), without_scope, "{name} with a token that has no scope");
        if operation.kind() != Kind::Me {
            // Of the neighbour itself: without records:read it reads what the public reads.
            assert_eq!(
                operation.ask(&server, &mut watch, Some(&theirs_but_bare)),
                without_scope,
                "{name} with the neighbour's token that has no scope"
            );
        }
        if operation.kind() == Kind::Of || operation.open {
            assert_eq!(
                operation.ask(&server, &mut watch, Some(&all)),
                if expected == 200 { 200 } else { 404 },
                "{name} with every scope of another authority"
            );
        }
        // Each scope by itself is not enough but for its own operations.
        for scope in registre::api::tokens::Scopes::all().iter().map(|s| s.wire()).filter(|s| !operation.scopes.iter().any(|needed| needed == s)) {
            if !operation.scopes.is_empty() {
                let token = server.token(PAS_DE_CALAIS, scope);
                assert_eq!(operation.ask(&server, &mut watch, Some(&token)), 403, "{name} with {scope} only");
            }
        }
    }
}
