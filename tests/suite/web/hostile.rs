//! Texts that would be markup, wherever a page prints one.

use rstest::rstest;
use serde_json::{Value, json};

use super::{Clerk, page, uuid};
use crate::harness::{Engine, Server};

/// A text that would break out of text, of an attribute, of a script and of a comment.
fn hostile(place: &str) -> String {
    format!("{place}</script><script>alert('{place}')</script><img src=x onerror=\"alert(1)\">\"'--><!--")
}

/// Every text of a record, with hostile words; what is no free text is left.
fn poisoned(value: &mut Value, place: &str) {
    const CLOSED: [&str; 20] = [
        "kind",
        "mode",
        "option",
        "outcome",
        "status",
        "voting_right",
        "source",
        "form",
        "origin",
        "date",
        "id",
        "person",
        "covers",
        "agenda_items",
        "sitting",
        "body",
        "direction",
        "section",
        "group",
        "capacity",
    ];
    match value {
        Value::String(text) => *text = hostile(place),
        Value::Array(items) => items.iter_mut().for_each(|item| poisoned(item, place)),
        Value::Object(fields) => {
            fields
                .iter_mut()
                .filter(|(name, field)| !(CLOSED.contains(&name.as_str()) && (field.is_string() || field.is_array())))
                .for_each(|(name, field)| poisoned(field, &format!("{place}-{name}")));
        }
        _ => {}
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn no_text_becomes_markup(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let clerk = Clerk::of(&server, &hostile("collectivite"));
    let body = clerk.add("bodies", &json!({"name": hostile("instance"), "kind": "departmental_council", "visibility": "public"}));
    let group = clerk.add("groups", &json!({"name": hostile("groupe"), "short_name": hostile("sigle"), "visibility": "public"}));
    let person = clerk.add(
        "persons",
        &json!({"civility": hostile("civilite"), "given_name": hostile("prenom"), "family_name": hostile("nom"), "visibility": "public"}),
    );
    clerk.add("mandates", &json!({"person": person, "body": body, "role": "member", "affiliation": "group", "group": group, "visibility": "public"}));
    let (item, ballot) = (uuid(), uuid());
    let someone = json!({"printed": "x", "office": "x", "person": person});
    let mut sitting = json!({
        "body": body, "origin": "transcribed", "date": "2025-03-03", "heading": "x", "place": "x", "starts": {"text": "x"}, "ends": {"text": "x"},
        "quorum": {"text": "x"}, "chairs": [{"heading": "x", "person": someone}], "secretaries": [{"heading": "x", "person": someone}],
        "attendance": [{"heading": "x", "status": "present", "voting_right": "voting", "entries": [{"printed": "x", "person": person}]}],
        "proxies": [{"giver": someone, "holder": someone, "text": "x"}],
        "timeline": [{"id": uuid(), "kind": "arrival", "moment": {"text": "x"}, "person": someone, "text": "x"}],
        "recusals": [{"id": uuid(), "person": someone, "text": "x", "covers": [item]}],
        "agenda": [{"id": item, "label": "x", "title": "x"}],
        "ballots": [{
            "id": ballot, "covers": [item], "mode": "public_roll_call", "text": "x", "outcome": "adopted", "outcome_text": "x",
            "target": {"kind": "amendment", "label": "x", "text": "x", "author": "x"}, "unanimity": {"text": "x"},
            "options": [{"option": "for", "label": "x", "count": 1,
                "entries": [{"kind": "person", "printed": "x", "exceptions": [someone]}, {"kind": "group", "group": group, "printed": "x"}]}],
            "roll_call": [{"person": someone, "option": "for"}],
        }],
    });
    poisoned(&mut sitting, "seance");
    let sitting = clerk.sitting(&sitting);
    let mut act = json!({
        "sitting": sitting, "origin": "transcribed", "agenda_items": [item], "title": "x", "outcome": "adopted",
        "headings": {"authority": "x", "body": "x", "sitting": "x"},
        "recitals": [{"form": "visa", "text": "x", "children": [{"form": "heading", "text": "x"}]}],
        "formulas": {"body": "x", "deliberation": "x", "decision": "x", "closing": "x"},
        "articles": [{"label": "x", "text": "x", "children": [{"text": "x"}]}],
        "budget_tables": [{"budget_name": "x", "exercise_year": "x", "columns": ["x"], "lines": [{"cells": ["x"]}]}],
        "annexes": [{"label": "x", "title": "x"}],
        "signatures": [{"formula": "x", "title": "x", "mark": "x", "signatory": someone, "place_date_text": "x"}],
    });
    poisoned(&mut act, "acte");
    act["numbers"] = json!([{"kind": "act", "value": "1/2 \"'<b>&é", "text": hostile("numero")}]);
    let act = clerk.act(&act);
    let office = server.token_of("office", super::SIREN, "all");
    let post = |part: &str, body: &Value| server.post(&format!("/v1/deliberations/{act}/{part}"), &office, body).expect(201);
    for (kind, place) in [("published", "javascript:alert(1)"), ("transmitted", "x\"><script>")] {
        let author = json!({"printed": hostile("auteur"), "office": hostile("qualite")});
        post(
            "facts",
            &json!({"id": uuid(), "kind": kind, "on": "2025-03-04", "place": place, "author": author, "source": hostile("source"),
                "identifier": hostile("identifiant")}),
        );
    }
    let corrections = json!([{"what": hostile("quoi"), "printed": hostile("imprime"), "corrected": hostile("corrige")}]);
    let rectification = json!({"id": uuid(), "kind": "material_error", "on": "2025-03-05", "ground": hostile("motif"), "source": hostile("preuve"),
        "corrections": corrections});
    post("rectifications", &rectification);

    let query = serde_urlencoded::to_string([("q", hostile("q")), ("du", hostile("du"))]).unwrap();
    let pages = [
        ("/", 200),
        ("/seances", 200),
        (&format!("/seances/{sitting}"), 200),
        (&format!("/deliberations/{act}"), 200),
        ("/elus", 200),
        (&format!("/elus/{person}"), 200),
        (&format!("/groupes/{group}"), 200),
        ("/recherche", 200),
        (&format!("/recherche?elu={person}&groupe={group}&q=x"), 200),
        (&format!("/recherche?{query}"), 400),
        ("/elus?le=%3Cscript%3Ealert(1)%3C/script%3E", 200),
        ("/verifier", 200),
        ("/donnees", 200),
        ("/mentions-legales", 200),
        ("/deliberations/%3Cscript%3E", 404),
    ];
    for (path, status) in pages {
        let text = page(&server, path).expect(status).text;
        let scripts = text.matches("<script").count();
        assert_eq!(scripts, text.matches("<script type=\"application/ld+json\">").count(), "{path}");
        assert_eq!((text.matches("</script").count(), text.matches("<img").count()), (scripts, 0), "{path}");
        assert!(!text.contains("onerror=\"") && !text.contains("href=\"javascript:"), "{path}");
        // Nothing that is printed got lost either: the act says each of its hostile texts.
    }
    let text = page(&server, &format!("/deliberations/{act}")).expect(200).text;
    for place in [
        "acte-title",
        "acte-headings-authority",
        "acte-recitals-text",
        "acte-recitals-children-text",
        "acte-formulas-decision",
        "acte-articles-label",
        "acte-articles-children-text",
        "acte-budget_tables-columns",
        "acte-budget_tables-lines-cells",
        "acte-signatures-title",
        "acte-annexes-title",
        "seance-ballots-text",
        "seance-ballots-outcome_text",
        "motif",
        "preuve",
        "quoi",
        "imprime",
        "corrige",
        "auteur",
        "source",
        "identifiant",
        "numero",
    ] {
        assert!(text.contains(&format!("{place}&lt;/script&gt;&lt;script&gt;alert(&#39;{place}&#39;)")), "{place} is not on the page of the act");
    }
    // The data for programs can be read, and says the title to the letter.
    let data = text.split("<script type=\"application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next()).unwrap();
    let data: Value = serde_json::from_str(data).unwrap();
    assert_eq!(
        (&data["@type"][0], &data["name"], &data["legislationDate"]),
        (&json!("Legislation"), &json!(hostile("acte-title")), &json!("2025-03-03"))
    );

    let numbered = format!("/eli/{}/2025-03-03/1/2%20%22%27%3Cb%3E%26%C3%A9", super::SIREN);
    assert!(text.contains(&format!("href=\"{}{numbered}\"", server.url)), "its address by its number: {text}");
}
