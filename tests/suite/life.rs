//! The whole life of two acts: the real one, from its transcription to a correction of its vote; an individual one, notified to two addressees.

use registre::proof::{ProofBundle, Trust};
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::{ACT, Answer, Engine, PAS_DE_CALAIS, SITTING, Server};

const BALLOT: &str = "01977e51-0008-7000-8000-000000000001";
const IDENTIFIER: &str = "062-226200012-20250707-2025_302-DE";

fn uuid() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// Those who work on an act, each with the rights of the office.
struct Office<'a> {
    server: &'a Server,
    clerk: String,
    lawyer: String,
    director: String,
    webmaster: String,
}

impl<'a> Office<'a> {
    fn of(server: &'a Server) -> Self {
        let token = |sub: &str, scopes: &str| server.token_of(sub, PAS_DE_CALAIS, scopes);
        Self {
            server,
            clerk: token("clerk", "deliberations:write sittings:write records:read restricted:read"),
            lawyer: token("lawyer", "findings:waive records:read acts:rectify"),
            director: token("director", "acts:seal acts:transmit acts:publish records:read audit:read"),
            webmaster: token("webmaster", "acts:publish records:read"),
        }
    }

    fn act(&self, part: &str) -> String {
        format!("/v1/deliberations/{ACT}{part}")
    }

    fn read(&self) -> Value {
        self.server.get(&self.act(""), Some(&self.clerk)).expect(200).json()
    }

    /// The clerk says of an act what only a clerk can say.
    fn says(&self, id: &str, changes: &Value) -> Answer {
        let path = format!("/v1/deliberations/{id}/record");
        let record = self.server.get(&path, Some(&self.clerk)).expect(200);
        let mut changed = record.json();
        changed.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        self.server.put(&path, &self.clerk, record.header("etag"), &changed)
    }
}

fn reasons(act: &Value) -> Vec<String> {
    let held = |reason: &Value| reason["holds"] == true;
    act["enforceable"]["reasons"].as_array().unwrap().iter().filter(|r| held(r)).map(|r| r["code"].as_str().unwrap().to_owned()).collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_real_act_goes_its_whole_way(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let office = Office::of(&server);

    // Transcribed: nothing is worked out of what nobody said.
    let act = office.read();
    assert_eq!((&act["workflow"], &act["seal"], &act["enforceable"]["state"]), (&json!("deliberated"), &Value::Null, &json!("not_computed")));
    assert_eq!(reasons(&act), ["effect_unstated", "transmissible_unstated"]);
    office.says(ACT, &json!({"effect": "neither", "transmissible": "yes", "matter_codes": [{"code": "7.5"}]})).expect(200);
    let act = office.read();
    assert_eq!((&act["version"], &act["enforceable"]["state"]), (&json!(2), &json!("not_yet")));

    // The lawyer waives what is known, with the reason; what is not there cannot be waived.
    let waiver = |code: &str, kind: &str, id: &str| json!({"code": code, "subject": {"kind": kind, "id": id}, "reason": "Vérifié au procès-verbal."});
    let known = waiver("ballot.exceeds_electorate", "ballot", BALLOT);
    server.post(&office.act("/waivers"), &office.clerk, &known).problem(403, "scope-missing");
    server.post(&office.act("/waivers"), &office.lawyer, &waiver("quorum.not_met", "ballot", BALLOT)).problem(422, "invalid-field");
    server.post(&office.act("/waivers"), &office.lawyer, &known).expect(201);
    let act = office.read();
    let waived: Vec<&Value> = act["findings"].as_array().unwrap().iter().filter(|f| !f["waiver"].is_null()).collect();
    assert_eq!(waived.len(), 1);
    assert_eq!((&waived[0]["code"], &waived[0]["waiver"]["by"]), (&json!("ballot.exceeds_electorate"), &json!("lawyer")));

    // Sealed, by none of those who recorded it; the printed number is kept.
    server.get(&office.act("/proof"), None).problem(409, "not-sealed");
    let clerk_who_may_seal = server.token_of("clerk", PAS_DE_CALAIS, "acts:seal");
    server.post(&office.act("/seal"), &clerk_who_may_seal, &json!(null)).problem(403, "separation-of-duties");
    server.post(&office.act("/seal"), &office.director, &json!(null)).expect(201);
    let act = office.read();
    assert_eq!((&act["workflow"], &act["number"], &act["version"]), (&json!("sealed"), &json!("2025-302"), &json!(3)));
    let seal = &act["seal"];
    assert_eq!(
        (&seal["number"], &seal["version"], &seal["leaf"], &seal["sealed_by"]),
        (&json!("2025-302"), &json!(3), &json!(0), &json!("director"))
    );
    server.post(&office.act("/seal"), &office.director, &json!(null)).problem(409, "move-not-allowed");
    office.says(ACT, &json!({"title": "Autre titre"})).problem(409, "sealed");
    office.says(ACT, &json!({})).problem(409, "sealed");

    // Anyone can check it, and the proof holds nothing that the public may not see.
    let proof = server.get(&office.act("/proof"), None).expect(200);
    let bundle: ProofBundle = serde_json::from_str(&proof.text).unwrap();
    let report = bundle.verify(&Trust::default());
    assert!(report.passed(), "{report:?}");
    for hidden in ["Vérifié au procès-verbal", "gérant", "director"] {
        assert!(!proof.text.contains(hidden), "{hidden}");
    }
    let altered: ProofBundle = serde_json::from_str(&proof.text.replace("11 780", "11 790")).unwrap();
    assert!(proof.text.contains("11 780") && !altered.verify(&Trust::default()).passed());
    assert!(server.get("/v1/log/checkpoint", None).expect(200).text.starts_with("registre.example/226200012\n1\n"));

    // What the sitting is corrected to later does not reach the sealed act.
    let before = office.read();
    let path = format!("/v1/sittings/{SITTING}/record");
    let sitting = server.get(&path, Some(&office.clerk)).expect(200);
    let mut corrected = sitting.json();
    corrected["ballots"][0]["options"][0]["count"] = json!(42);
    server.put(&path, &office.clerk, sitting.header("etag"), &corrected).expect(200);
    assert_eq!(office.read()["ballots"], before["ballots"]);

    // Exported; its receipt comes back, twice, and others that are refused.
    let path = office.act("/transmission/message?classification=2024-01-15");
    let response = server.request(reqwest::Method::GET, &path).bearer_auth(&office.director).send().unwrap();
    let (headers, status) = (response.headers().clone(), response.status().as_u16());
    // ISO-8859-1: each byte is a character.
    let text = response.bytes().unwrap().iter().map(|byte| char::from(*byte)).collect();
    let message = Answer { status, headers, text };
    for expected in ["actes:Date=\"2025-07-07\"", "actes:NumeroInterne=\"2025_302\"", "actes:CodeNatureActe=\"1\"", "actes:CodeMatiere=\"5\""] {
        assert!(message.text.contains(expected), "{expected} in {}", message.text);
    }
    assert!(message.header("content-disposition").contains(&format!("{IDENTIFIER}-1-1_0.xml")));
    server.post(&office.act("/facts"), &office.director, &json!({"id": uuid(), "kind": "transmitted", "on": "2025-07-09"})).expect(201);
    let receipt = |identifier: &str, subject: &str| {
        let act = message.text.split_once("?>").unwrap().1.replace("actes:Acte ", "actes:ActeRecu ").replace("/actes:Acte>", "/actes:ActeRecu>");
        let act = act.replacen(" xmlns:actes=\"http://www.interieur.gouv.fr/ACTES#v1.1-20040216\"", "", 1).replace("ANIMER", subject);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><actes:ARActe xmlns:actes=\"http://www.interieur.gouv.fr/ACTES#v1.1-20040216\" \
             actes:IDActe=\"{identifier}\" actes:DateReception=\"2025-07-09\">{act}<actes:ClassificationDateVersionEnCours>2024-01-15\
             </actes:ClassificationDateVersionEnCours></actes:ARActe>"
        )
    };
    let send = |xml: String| {
        let request = server.request(reqwest::Method::POST, "/v1/transmissions/messages").bearer_auth(&office.director);
        Answer::of(request.header("Content-Type", "application/xml").body(xml).send().unwrap())
    };
    let mut watch = server.database.watch();
    send(receipt("062-226200012-20250707-2025_303-DE", "ANIMER")).problem(422, "message-refused");
    send(receipt(IDENTIFIER, "FERMER")).problem(422, "message-refused");
    send("<a/>".to_owned()).problem(422, "message-refused");
    let untyped = server.request(reqwest::Method::POST, "/v1/transmissions/messages").bearer_auth(&office.director);
    Answer::of(untyped.body("<a/>").send().unwrap()).problem(415, "unsupported-media-type");
    assert!(watch.unchanged());
    let first = send(receipt(IDENTIFIER, "ANIMER")).expect(201).json();
    let again = send(receipt(IDENTIFIER, "ANIMER")).expect(200).json();
    assert_eq!((&first["known"], &again["known"], &first["fact"]), (&json!(false), &json!(true), &again["fact"]));
    let act = office.read();
    assert_eq!((&act["enforceable"]["state"], reasons(&act)), (&json!("not_yet"), vec!["not_published".to_owned()]));
    // Received on 9 July: two months from date to date and a clear day (CGCT L3132-1; law-and-standards.md §1.3).
    assert_eq!(act["referral"]["last_day"], "2025-09-10");

    // Published by another hand than the one that sealed, for two months at least: enforceable from the later of the two.
    let publication = |until: &str| {
        json!({"on": "2025-07-11", "until": until, "place": "https://www.example.fr/actes/2025-302",
            "author": {"printed": "Le Président du Conseil départemental"}, "digest": "ab".repeat(32)})
    };
    server.post(&office.act("/publication"), &office.director, &publication("2025-09-30")).problem(403, "separation-of-duties");
    server.post(&office.act("/publication"), &office.webmaster, &publication("2025-09-30")).expect(201);
    let act = office.read();
    assert_eq!((&act["enforceable"]["state"], &act["enforceable"]["on"]), (&json!("enforceable"), &json!("2025-07-11")));
    let kinds: Vec<&Value> = act["facts"].as_array().unwrap().iter().map(|f| &f["kind"]).collect();
    assert_eq!(kinds, ["transmitted", "received", "published"]);
    let early = json!({"id": uuid(), "kind": "unpublished", "on": "2025-08-30"});
    server.post(&office.act("/facts"), &office.webmaster, &early).problem(409, "not-possible");
    server.post(&office.act("/facts"), &office.webmaster, &json!({"id": uuid(), "kind": "unpublished", "on": "2025-10-01"})).expect(201);

    // A correction of the vote, beside the act: the original stays as it is.
    let correction = json!({"id": uuid(), "kind": "vote_correction", "on": "2025-10-06", "changes_result": "no",
        "ground": "Feuille de vote : le membre déporté était compté parmi les abstentions.", "subject": {"kind": "ballot", "id": BALLOT},
        "corrections": [{"what": "Abstention", "printed": "1", "corrected": "0"}, {"what": "Ne prend pas part au vote", "corrected": "1"}]});
    server.post(&office.act("/rectifications"), &office.lawyer, &correction).expect(201);
    let act = office.read();
    assert_eq!(act["ballots"], before["ballots"]);
    assert_eq!((&act["rectifications"][0]["kind"], &act["rectifications"][0]["recorded_by"]), (&json!("vote_correction"), &json!("lawyer")));
    let public = server.get(&office.act(""), None).expect(200).json();
    assert_eq!(
        (&public["rectifications"][0]["corrections"][0]["corrected"], &public["rectifications"][0]["recorded_by"]),
        (&json!("0"), &Value::Null)
    );
    assert_eq!(act["seal"]["digest"], seal["digest"]);
    let proof = server.get(&office.act("/proof"), None).expect(200);
    assert!(serde_json::from_str::<ProofBundle>(&proof.text).unwrap().verify(&Trust::default()).passed());

    // Every write is told, by whom; so is each read of what is restricted.
    let writes = server.get("/v1/audit/writes?limit=200", Some(&office.director)).expect(200).json();
    let by =
        |sub: &str| writes["data"].as_array().unwrap().iter().filter(|w| w["by"] == sub).map(|w| w["action"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(by("director"), ["sealed", "transmitted", "received"]);
    assert_eq!(by("webmaster"), ["published", "unpublished"]);

    // A letter tells no fact; that it came is told once, however often it comes.
    let letter = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a:CourrierSimple xmlns:a=\"http://www.interieur.gouv.fr/ACTES#v1.1-20040216\" \
         a:IDActe=\"{IDENTIFIER}\" a:DateCourrierPref=\"2025-08-01\"><a:Document><a:NomFichier>l.pdf</a:NomFichier></a:Document></a:CourrierSimple>"
    );
    send(letter.clone()).expect(200);
    send(letter).expect(200);
    let told = "SELECT count(*) AS number FROM changes WHERE part = 'messages' AND event = 'deliberation.updated' AND public_event IS NULL";
    assert_eq!(server.database.number(told), 1);
    assert_eq!(by("lawyer"), ["replaced", "rectified: vote_correction"]);
    let reads = server.get("/v1/audit/reads", Some(&office.director)).expect(200).json();
    assert!(reads["data"].as_array().unwrap().iter().all(|r| r["by"] == "clerk"), "{reads}");
    assert!(!reads["data"].as_array().unwrap().is_empty());
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_individual_act_is_notified_to_two_addressees(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let office = Office::of(&server);
    let all = server.token_of("clerk", PAS_DE_CALAIS, "all");
    let body = server.get(&format!("/v1/sittings/{SITTING}"), None).expect(200).json()["body"]["id"].clone();
    let item = uuid();
    let sitting = json!({"body": body, "origin": "recorded", "date": "2025-09-15", "agenda": [{"id": item}]});
    let sitting = server.post("/v1/sittings", &all, &sitting).expect(201).json()["id"].clone();
    let record = json!({"sitting": sitting, "origin": "recorded", "agenda_items": [item], "title": "Attribution d'une aide individuelle",
        "effect": "individual", "transmissible": "yes", "matter_codes": [{"code": "8.2"}]});
    let id = server.post("/v1/deliberations", &all, &record).expect(201).json()["id"].as_str().unwrap().to_owned();
    let path = |part: &str| format!("/v1/deliberations/{id}{part}");

    // From draft to sealed, one step after the other; the number is reserved on the agenda and minted at the seal.
    server.post(&path("/number"), &all, &json!(null)).problem(409, "not-possible");
    server.post(&path("/workflow"), &all, &json!({"to": "deliberated"})).problem(409, "move-not-allowed");
    let keyed = || {
        let request = server.request(reqwest::Method::POST, &path("/workflow")).bearer_auth(&all).header("Idempotency-Key", "move");
        Answer::of(request.json(&json!({"to": "on_agenda"})).send().unwrap())
    };
    assert_eq!(keyed().expect(200).text, keyed().expect(200).text, "carried out once, answered twice");
    server.post(&path("/workflow"), &all, &json!({"to": "on_agenda"})).problem(409, "move-not-allowed");
    let reserved = server.post(&path("/number"), &all, &json!(null)).expect(201).json();
    assert_eq!((&reserved["number"], &reserved["state"]), (&json!("2025-1"), &json!("reserved")));
    server.post(&path("/number"), &all, &json!(null)).expect(200);
    let refused = server.post(&path("/workflow"), &all, &json!({"to": "sealed"}));
    refused.problem(409, "move-not-allowed");
    let named: Vec<&Value> =
        refused.json()["errors"].as_array().unwrap().iter().map(|e| e["code"].clone()).map(|c| &*Box::leak(Box::new(c))).collect();
    assert_eq!(named, ["deliberated", "withdrawn", "postponed"]);
    server.post(&path("/workflow"), &all, &json!({"to": "deliberated"})).expect(200);
    server.post(&path("/notifications"), &office.webmaster, &json!({"on": "2025-09-20", "addressee": "Mme A"})).problem(409, "not-sealed");
    server.post(&path("/seal"), &office.director, &json!(null)).expect(201);
    let continuity = server.get(&format!("/v1/registers/{}/2025/continuity", body.as_str().unwrap()), Some(&all)).expect(200).json();
    assert_eq!((&continuity["minted"], &continuity["reserved"], &continuity["continuous"]), (&json!(1), &json!(0), &json!(true)));

    // Transmitted on the 18th; notified to one on the 17th, to the other on the 22nd: enforceable for each from the later of its two days.
    let fact = |kind: &str, on: &str| json!({"id": uuid(), "kind": kind, "on": on});
    server.post(&path("/facts"), &office.webmaster, &fact("transmitted", "2025-09-18")).problem(403, "scope-missing");
    server.post(&path("/facts"), &office.director, &fact("transmitted", "2999-01-01")).problem(422, "invalid-field");
    server.post(&path("/facts"), &office.director, &fact("transmitted", "2025-09-18")).expect(201);
    server.post(&path("/notifications"), &office.webmaster, &json!({"on": "2025-09-17", "addressee": " "})).problem(422, "invalid-field");
    server.post(&path("/notifications"), &office.webmaster, &json!({"on": "2025-09-17", "addressee": "Mme A"})).expect(201);
    server.post(&path("/notifications"), &office.webmaster, &json!({"on": "2025-09-22", "addressee": "M. B"})).expect(201);
    let act = server.get(&path(""), Some(&all)).expect(200).json();
    let each: Vec<(&Value, &Value)> =
        act["enforceable"]["per_addressee"].as_array().unwrap().iter().map(|a| (&a["addressee"], &a["enforceable_on"])).collect();
    assert_eq!(each, [(&json!("Mme A"), &json!("2025-09-18")), (&json!("M. B"), &json!("2025-09-22"))]);
    assert_eq!((&act["enforceable"]["state"], &act["enforceable"]["on"]), (&json!("enforceable"), &json!("2025-09-18")));

    // The public learns that it was notified, not to whom.
    server.request(reqwest::Method::PUT, &path("/visibility")).bearer_auth(&all).json(&json!({"visibility": "public"})).send().unwrap();
    let public = server.get(&path(""), None).expect(200);
    assert!(!public.text.contains("Mme A") && !public.text.contains("M. B"));
    assert_eq!(public.json()["facts"].as_array().unwrap().len(), 3);

    // A number that was voided is not used again.
    let second = json!({"sitting": sitting, "origin": "recorded", "agenda_items": [item], "title": "Autre aide"});
    let second = server.post("/v1/deliberations", &all, &second).expect(201).json()["id"].as_str().unwrap().to_owned();
    let path = |part: &str| format!("/v1/deliberations/{second}{part}");
    server.post(&path("/workflow"), &all, &json!({"to": "on_agenda"})).expect(200);
    let reserved = server.post(&path("/number"), &all, &json!(null)).expect(201).json();
    assert_eq!(reserved["number"], "2025-2");
    let void = format!("/v1/registers/{}/2025/numbers/2/void", body.as_str().unwrap());
    server.post(&void, &office.director, &json!({"reason": ""})).problem(422, "invalid-field");
    server.post(&void, &office.director, &json!({"reason": "Retiré de l'ordre du jour"})).expect(200);
    server.post(&void, &office.director, &json!({"reason": "Encore"})).problem(409, "not-possible");
    // Nor is one that @CTES would not tell from a number printed on another act of the year: it is voided, and the next is taken.
    let printed = json!({"sitting": SITTING, "origin": "transcribed", "title": "Acte imprimé", "numbers": [{"kind": "act", "value": "2025/3"}]});
    server.post("/v1/deliberations", &all, &printed).expect(201);
    assert_eq!(server.post(&path("/number"), &all, &json!(null)).expect(201).json()["number"], "2025-4");
    let continuity = server.get(&format!("/v1/registers/{}/2025/continuity", body.as_str().unwrap()), Some(&all)).expect(200).json();
    let states: Vec<(&Value, &Value)> = continuity["numbers"].as_array().unwrap().iter().map(|n| (&n["number"], &n["state"])).collect();
    let expected = [("2025-1", "minted"), ("2025-2", "voided"), ("2025-3", "voided"), ("2025-4", "reserved")].map(|(n, s)| (json!(n), json!(s)));
    assert_eq!(states, expected.iter().map(|(n, s)| (n, s)).collect::<Vec<_>>());
    assert_eq!(
        (&continuity["continuous"], &continuity["numbers"][2]["reason"]),
        (&json!(true), &json!("numéro imprimé sur un autre acte de l'année"))
    );
    // Not transmitted, and nobody asked: the lists of what acts want say so of the ones that must be.
    let pending = |want: &str| -> Vec<Value> {
        let lines = server.get(&format!("/v1/pending?want={want}&days=0"), Some(&all)).expect(200).json();
        lines["data"].as_array().unwrap().iter().map(|l| l["id"].clone()).collect()
    };
    assert!(!pending("not_enforceable").contains(&json!(id)));
    // Suspended it is on the list; a suspension that is over by its date leaves it again, without another fact.
    let rectifier = server.token_of("lawyer", PAS_DE_CALAIS, "acts:rectify records:read");
    let suspended = |until: Value| json!({"id": uuid(), "kind": "suspended", "on": "2025-10-01", "until": until, "source": "TA Lille, n° 25"});
    let first = suspended(Value::Null);
    server.post(&format!("/v1/deliberations/{id}/facts"), &rectifier, &first).expect(201);
    assert!(pending("not_enforceable").contains(&json!(id)));
    let mut over = suspended(json!("2025-11-30"));
    over["corrects"] = first["id"].clone();
    server.post(&format!("/v1/deliberations/{id}/facts"), &rectifier, &over).expect(201);
    assert!(!pending("not_enforceable").contains(&json!(id)));
}
