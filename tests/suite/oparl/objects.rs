//! What the objects say.

use rstest::rstest;
use serde_json::{Value, json};

use super::island::{self, *};
use super::{ask, gather, list};
use crate::harness::{self, Engine, Server};

/// An object without its stamps, its addresses as paths.
fn object(server: &Server, path: &str) -> Value {
    fn bare(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.remove("created");
                fields.remove("modified");
                fields.values_mut().for_each(bare);
            }
            Value::Array(items) => items.iter_mut().for_each(bare),
            _ => {}
        }
    }
    let text = ask(server, path).expect(200).text.replace(&server.url, "");
    let mut object: Value = serde_json::from_str(&text).unwrap();
    bare(&mut object);
    object
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn each_object_says_what_its_record_says(#[case] engine: Engine) {
    let server = island::server(engine);
    let kind = |name: &str| format!("https://schema.oparl.org/1.1/{name}");
    let at = |rest: &str| format!("/oparl/v1/{rest}");
    let body = at(&format!("body/{SIREN}"));
    let (meeting, paper) = (at(&format!("meeting/{SITTING}")), at(&format!("paper/{ACT}")));
    let file = |id: &str, name: &str, of: &str, url: &str| {
        let file = at(&format!("file/{id}"));
        json!({"id": file, "type": kind("File"), "name": name, "fileName": format!("{name}.pdf"), "mimeType": "application/pdf", "size": 15,
            "accessUrl": format!("{file}/access"), "downloadUrl": format!("{file}/download"), of: [url]})
    };
    let main = file(FILE, "digue", "paper", &paper);
    let location =
        json!({"id": format!("{meeting}/location"), "type": kind("Location"), "description": "Salle des délibérations", "meetings": [meeting]});
    let chair = json!({"id": at(&format!("membership/{CHAIR_MANDATE}")), "type": kind("Membership"), "person": at(&format!("person/{CHAIR}")),
        "organization": at(&format!("organization/{COMMISSION}")), "role": "président", "votingRight": true, "startDate": "2021-07-01",
        "endDate": "2028-03-31", "onBehalfOf": at(&format!("organization/{GROUP}"))});
    let first = json!({"id": format!("{meeting}/agendaItem/{ITEM}"), "type": kind("AgendaItem"), "meeting": meeting, "number": "A", "order": 1,
        "name": "Premier point", "public": true, "consultation": format!("{paper}/consultation/{ITEM}"), "result": "adopté",
        "resolutionText": "DECIDE :\nArticle 1 : De refaire la digue.", "resolutionFile": main, "start": "2026-03-02T10:05:00+04:00"});
    // The act of the second item is internal: neither it nor what it says is there.
    let second = json!({"id": format!("{meeting}/agendaItem/{OTHER_ITEM}"), "type": kind("AgendaItem"), "meeting": meeting, "number": "B", "order": 2,
        "name": "Second point", "public": true, "result": "retiré"});
    let opinion = |place: u32, more: Value| {
        let mut opinion = json!({"id": format!("{paper}/opinion/{place}"), "type": kind("Consultation"), "paper": paper, "authoritative": false});
        opinion.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        opinion
    };
    let consultation = json!({"id": format!("{paper}/consultation/{ITEM}"), "type": kind("Consultation"), "paper": paper,
        "agendaItem": format!("{meeting}/agendaItem/{ITEM}"), "meeting": meeting, "organization": [at(&format!("organization/{COMMISSION}"))],
        "authoritative": true, "role": "délibération"});
    let known = opinion(1, json!({"organization": [at(&format!("organization/{COUNCIL}"))], "role": "Le conseil a émis un avis favorable."}));
    let hidden = opinion(2, json!({"role": "avis réservé"}));
    let apart = at(&format!("paper/{ACT_APART}"));
    let mandates = [CHAIR_MANDATE, GUEST_MANDATE, ODD_MANDATE].map(|mandate| at(&format!("membership/{mandate}")));
    for (path, expected) in [
        (
            at("system"),
            json!({"id": at("system"), "type": kind("System"), "oparlVersion": "https://schema.oparl.org/1.1/", "name": "registre", "body": at("body")}),
        ),
        (
            body.clone(),
            json!({"id": body, "type": kind("Body"), "system": at("system"), "name": "Département de l'Île-Haute", "classification": "département",
                "organization": format!("{body}/organization"), "person": format!("{body}/person"), "meeting": format!("{body}/meeting"),
                "paper": format!("{body}/paper"), "legislativeTerm": [], "agendaItem": format!("{body}/agendaItem"),
                "consultation": format!("{body}/consultation"), "file": format!("{body}/file"), "locationList": format!("{body}/location"),
                "membership": format!("{body}/membership")}),
        ),
        (
            at(&format!("organization/{COMMISSION}")),
            json!({"id": at(&format!("organization/{COMMISSION}")), "type": kind("Organization"), "body": body, "name": "Commission de l'Île-Haute",
                "membership": mandates, "meeting": at(&format!("organization/{COMMISSION}/meeting")),
                "subOrganizationOf": at(&format!("organization/{COUNCIL}")), "organizationType": "Gremium",
                "classification": "commission permanente du conseil départemental", "startDate": "2021-07-01"}),
        ),
        (
            at(&format!("organization/{GROUP}")),
            json!({"id": at(&format!("organization/{GROUP}")), "type": kind("Organization"), "body": body, "name": "Groupe de l'Île, du Cap et du Phare",
                "shortName": "ICP", "organizationType": "Fraktion", "classification": "groupe d'élus"}),
        ),
        (
            at(&format!("person/{CHAIR}")),
            json!({"id": at(&format!("person/{CHAIR}")), "type": kind("Person"), "body": body, "name": "Aude DUCAP", "familyName": "DUCAP",
                "givenName": "Aude", "formOfAddress": "Mme", "membership": [chair]}),
        ),
        (at(&format!("membership/{CHAIR_MANDATE}")), chair),
        (
            at(&format!("membership/{GUEST_MANDATE}")),
            json!({"id": at(&format!("membership/{GUEST_MANDATE}")), "type": kind("Membership"), "person": at(&format!("person/{GUEST}")),
                "organization": at(&format!("organization/{COMMISSION}")), "votingRight": false}),
        ),
        // Who it is of is not shown.
        (
            at(&format!("membership/{ODD_MANDATE}")),
            json!({"id": at(&format!("membership/{ODD_MANDATE}")), "type": kind("Membership"), "organization": at(&format!("organization/{COMMISSION}"))}),
        ),
        (
            meeting.clone(),
            json!({"id": meeting, "type": kind("Meeting"), "name": "SÉANCE DU 2 MARS 2026", "meetingState": "durchgeführt",
                "start": "2026-03-02T10:00:00+04:00", "end": "2026-03-02T12:00:00+04:00", "registre:date": "2026-03-02", "location": location,
                "organization": [at(&format!("organization/{COMMISSION}"))], "participant": [at(&format!("person/{CHAIR}"))],
                "auxiliaryFile": [file(MINUTES, "procès-verbal", "meeting", &meeting)], "agendaItem": [first, second]}),
        ),
        (format!("{meeting}/agendaItem/{ITEM}"), first),
        (format!("{meeting}/agendaItem/{OTHER_ITEM}"), second),
        (format!("{meeting}/location"), location),
        (
            paper.clone(),
            json!({"id": paper, "type": kind("Paper"), "body": body, "name": "Refaire la digue", "reference": "2026-7", "date": "2026-03-02",
                "paperType": "délibération", "mainFile": main, "consultation": [known, hidden, consultation], "keyword": ["8.3 Voirie"]}),
        ),
        (format!("{paper}/consultation/{ITEM}"), consultation),
        (format!("{paper}/opinion/1"), known),
        (format!("{paper}/opinion/2"), hidden),
        (at(&format!("file/{FILE}")), main),
        // Its sitting is internal: nothing points there.
        (
            apart.clone(),
            json!({"id": apart, "type": kind("Paper"), "body": body, "name": "Éclairer le port", "date": "2026-04-13", "paperType": "délibération",
                "consultation": [{"id": format!("{apart}/consultation/{HIDDEN_ITEM}"), "type": kind("Consultation"), "paper": apart,
                    "organization": [at(&format!("organization/{COMMISSION}"))], "authoritative": true, "role": "délibération"}]}),
        ),
    ] {
        assert_eq!(object(&server, &path), expected, "{path}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_list_has_what_is_shown_and_nothing_else(#[case] engine: Engine) {
    let server = island::server(engine);
    for (name, expected) in [
        ("organization", vec![format!("organization/{COUNCIL}"), format!("organization/{COMMISSION}"), format!("organization/{GROUP}")]),
        ("person", vec![format!("person/{CHAIR}"), format!("person/{GUEST}")]),
        ("membership", [CHAIR_MANDATE, GUEST_MANDATE, ODD_MANDATE].map(|mandate| format!("membership/{mandate}")).to_vec()),
        ("meeting", vec![format!("meeting/{SITTING}")]),
        ("agendaItem", [ITEM, OTHER_ITEM].map(|item| format!("meeting/{SITTING}/agendaItem/{item}")).to_vec()),
        ("location", vec![format!("meeting/{SITTING}/location")]),
        ("paper", vec![format!("paper/{ACT}"), format!("paper/{ACT_APART}")]),
        (
            "consultation",
            vec![
                format!("paper/{ACT}/consultation/{ITEM}"),
                format!("paper/{ACT}/opinion/1"),
                format!("paper/{ACT}/opinion/2"),
                format!("paper/{ACT_APART}/consultation/{HIDDEN_ITEM}"),
            ],
        ),
        ("file", vec![format!("file/{FILE}"), format!("file/{MINUTES}")]),
    ] {
        let found: Vec<String> = gather(&server, &list(name)).iter().map(|object| object["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(found, expected.iter().map(|path| format!("{}/oparl/v1/{path}", server.url)).collect::<Vec<_>>(), "{name}");
    }
    let of_body = |body: &str| gather(&server, &format!("/oparl/v1/organization/{body}/meeting")).len();
    assert_eq!((of_body(COMMISSION), of_body(COUNCIL)), (1, 0));
    // A group does not sit.
    ask(&server, &format!("/oparl/v1/organization/{GROUP}/meeting")).expect(404);
    let bodies: Vec<String> = gather(&server, "/oparl/v1/body").iter().map(|body| body["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(bodies, ["Département du Pas-de-Calais", "Département de l'Île-Haute"]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_act_of_the_demonstration_is_there(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let paper = object(&server, &format!("/oparl/v1/paper/{}", harness::ACT));
    assert_eq!((paper["reference"].as_str(), paper["date"].as_str()), (Some("2025-302"), Some("2025-07-07")));
    let meeting = object(&server, &format!("/oparl/v1/meeting/{}", harness::SITTING));
    assert_eq!(meeting["participant"].as_array().unwrap().len(), 38 + 2, "38 with a vote, 2 of the 4 without");
    assert_eq!((meeting["agendaItem"][0]["result"].as_str(), meeting.get("start")), (Some("(Adopté)"), None));
    // OParl has no tally, and who voted what is not told in another way.
    assert!(!meeting.to_string().contains("43"));
}
