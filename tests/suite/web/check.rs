//! The check of a proof on a page, and the page of a sealed act.

use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::{Clerk, SIREN, page, uuid};
use crate::harness::{Answer, Engine, Server};

/// Sends a file as a browser sends a form.
fn send(server: &Server, bytes: &[u8]) -> Answer {
    let edge = "----------------------------edge";
    let head =
        format!("--{edge}\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"preuve.json\"\r\nContent-Type: application/json\r\n\r\n");
    let body = [head.as_bytes(), bytes, format!("\r\n--{edge}--\r\n").as_bytes()].concat();
    let request = server.request(Method::POST, "/verifier").header("Content-Type", format!("multipart/form-data; boundary={edge}"));
    Answer::of(request.body(body).send().unwrap())
}

/// An act that was sealed and is public.
fn sealed(server: &Server) -> String {
    let clerk = Clerk::of(server, "Département de la Vallée-Claire");
    let body = clerk.add("bodies", &json!({"name": "Commission permanente", "kind": "departmental_permanent_commission", "visibility": "public"}));
    let person = clerk.add("persons", &json!({"given_name": "Claude", "family_name": "MEMBRE"}));
    let item = uuid();
    let ballot = json!({"id": uuid(), "covers": [item], "mode": "public_roll_call", "outcome": "adopted",
        "options": [{"option": "for", "count": 1}], "roll_call": [{"person": {"person": person}, "option": "for"}]});
    let sitting = clerk.sitting(&json!({"body": body, "origin": "recorded", "date": "2025-09-15", "members_in_office": 1, "proxies": [],
        "attendance": [{"status": "present", "voting_right": "voting", "source": "roll_call", "entries": [{"person": person}]}],
        "agenda": [{"id": item}], "ballots": [ballot]}));
    let act = clerk.act(&json!({"sitting": sitting, "origin": "recorded", "agenda_items": [item], "title": "Subvention", "outcome": "adopted",
        "effect": "neither", "transmissible": "no"}));
    let token = server.token_of("clerk", SIREN, "all");
    for to in ["on_agenda", "deliberated"] {
        server.post(&format!("/v1/deliberations/{act}/workflow"), &token, &json!({"to": to})).expect(200);
    }
    server.post(&format!("/v1/deliberations/{act}/seal"), &server.token_of("sealer", SIREN, "all"), &Value::Null).expect(201);
    act
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_sealed_act_tells_its_proof_and_its_proof_is_checked(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let act = sealed(&server);
    let path = format!("/deliberations/{act}");
    let proof = server.get(&format!("/v1{path}/proof"), None).expect(200).text;
    let answer = server.get(&format!("/v1{path}"), None).expect(200).json();
    let text = page(&server, &path).expect(200).text;
    for said in [
        answer["seal"]["digest"].as_str().unwrap(),
        &format!("href=\"/v1{path}/proof\""),
        "à la place 1 du journal",
        "n° 2025-1",
        "Pas encore exécutoire",
        "Non publié",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }

    // The member is not public: neither linked, nor named by the directory where the record prints no name.
    assert!(!text.contains("MEMBRE"));

    // Published, it applies.
    let publication = json!({"on": "2025-09-16", "place": "https://acts.example/1", "author": {"printed": "Ana ÉCRIT", "office": "directrice"},
        "digest": "0".repeat(64)});
    server.post(&format!("/v1{path}/publication"), &server.token_of("webmaster", SIREN, "all"), &publication).expect(201);
    let text = page(&server, &path).expect(200).text;
    for said in ["Exécutoire depuis le 16 septembre 2025", "href=\"https://acts.example/1\"", "Par Ana ÉCRIT, directrice"] {
        assert!(text.contains(said), "{said}: {text}");
    }

    let mut watch = server.database.watch();
    let verdict = |bytes: &[u8]| send(&server, bytes).expect(200).text;
    let good = verdict(proof.as_bytes());
    for said in [
        "Tout concorde",
        "La signature est celle de ce registre.",
        "exactement celui de ce fichier",
        &format!("href=\"{path}\""),
        "«&nbsp;Subvention&nbsp;»",
    ] {
        assert!(good.contains(said), "{said}: {good}");
    }
    // Each thing that can be changed in the file.
    for (case, changed) in [
        ("the title", proof.replace("Subvention", "Subvensión")),
        ("the number", proof.replace("\"2025-1\"", "\"2025-2\"")),
        ("the place", proof.replace("\"leaf_index\":0", "\"leaf_index\":1")),
        ("the signature", proof.replace("\\n\\n— registre.example", "\\n\\n— registre.invalid")),
    ] {
        assert_ne!(changed, proof, "{case}");
        let text = verdict(changed.as_bytes());
        assert!(text.contains("Ce fichier ne concorde pas") && !text.contains("Tout concorde"), "{case}: {text}");
    }
    // The export of the log, for those who have it.
    let log = server.get("/v1/log/entries", Some(&server.token(SIREN, "audit:read"))).expect(200).text;
    assert!(verdict(log.as_bytes()).contains("Les 1 inscriptions du journal sont là"));
    assert!(verdict(log.replace("Subvention", "Subvension").as_bytes()).contains("Ce fichier ne concorde pas"));
    for (case, bytes) in [("nothing", b"".as_slice()), ("no proof", b"{}"), ("no text", b"\xff\xfe\x00"), ("a PDF", b"%PDF-1.7\n%%EOF\n")] {
        let text = verdict(bytes);
        assert!(text.contains("Ce fichier ne peut pas être vérifié ici") && text.contains(&registre::register::digest(bytes)), "{case}: {text}");
    }
    assert!(watch.unchanged(), "something was written");
    assert!(server.get("/verifier", None).expect(200).text.contains("registre.example/229900014+"));
}

#[test]
fn a_proof_of_another_register_stands_by_itself_only() {
    let (server, other) = (Server::demo(Engine::Sqlite), Server::empty(Engine::Sqlite));
    let act = sealed(&other);
    let proof = other.get(&format!("/v1/deliberations/{act}/proof"), None).expect(200).text;
    let text = send(&server, proof.as_bytes()).expect(200).text;
    assert!(text.contains("son signataire n’est pas connu ici") && !text.contains("Tout concorde"), "{text}");
    assert!(!text.contains("Voir l’acte dans ce registre"), "{text}");
}

#[test]
fn a_file_that_is_too_large_is_refused_on_a_page() {
    let server = Server::demo(Engine::Sqlite);
    let answer = send(&server, &vec![b' '; (8 << 20) + 1]);
    assert_eq!((answer.status, answer.header("content-type")), (413, "text/html; charset=utf-8"));
    assert!(answer.text.contains("Fichier trop volumineux"));
    assert_eq!(send(&server, &vec![b' '; 8 << 20]).status, 200);
}
