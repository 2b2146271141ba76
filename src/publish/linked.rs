//! An act for machines that read pages: JSON-LD of schema.org's `Legislation`, with the terms of the European Legislation Identifier (ELI).

use serde_json::{Map, Value, json};

use super::french;
use super::reading::ActReading;

/// Where an act is, in its forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Its page.
    pub page: String,
    /// Its ELI address, where exactly one act has it.
    pub eli: Option<String>,
    /// The page of its sitting.
    pub sitting: Option<String>,
    /// The same act in other formats.
    pub encodings: Vec<Encoding>,
}

/// The act in one format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoding {
    pub url: String,
    /// "application/pdf"
    pub media_type: String,
}

/// JSON-LD for `<script type="application/ld+json">`. `in_force`: whether the act has legal force today; unknown is not said.
pub fn legislation(act: &ActReading, links: &Links, in_force: Option<bool>) -> String {
    let record = &act.record;
    let date = act.sitting.date.to_string();
    let number = act.number.as_deref().or(record.number());
    let kind = record.kind_text.clone().unwrap_or_else(|| record.kind.label().fr.to_owned());
    let authority = json!({ "@type": "GovernmentOrganization", "name": act.cast.authority.name, "identifier": act.cast.authority.siren });
    let body = json!({ "@type": "GovernmentOrganization", "name": act.cast.body.name, "parentOrganization": authority });
    let sitting = json!({
        "@type": "CreativeWork",
        "@id": links.sitting,
        "name": act.sitting.heading.clone().unwrap_or_else(|| format!("Séance du {}", french::day(act.sitting.date))),
    });
    let encodings =
        links.encodings.iter().map(|form| json!({ "@type": "LegislationObject", "contentUrl": form.url, "encodingFormat": form.media_type }));
    let force = in_force.map(|force| if force { "https://schema.org/InForce" } else { "https://schema.org/NotInForce" });
    let linked = json!({
        "@context": ["https://schema.org", { "eli": "http://data.europa.eu/eli/ontology#", "xsd": "http://www.w3.org/2001/XMLSchema#" }],
        "@type": ["Legislation", "eli:LegalResource"],
        "@id": links.eli.as_ref().unwrap_or(&links.page),
        "url": links.page,
        "name": record.title,
        "legislationIdentifier": number,
        "legislationType": kind,
        "legislationDate": date,
        "legislationPassedBy": body,
        "legislationLegalForce": force,
        "inLanguage": "fr",
        "isPartOf": sitting,
        "dateModified": act.modified_at.date_naive().to_string(),
        "encoding": encodings.collect::<Vec<_>>(),
        "eli:id_local": number,
        "eli:date_document": { "@type": "xsd:date", "@value": date },
    });
    safe(&without_unknown(linked).to_string())
}

/// What is not known is left out: JSON-LD takes null for a value that was removed.
fn without_unknown(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let known = fields.into_iter().map(|(name, field)| (name, without_unknown(field)));
            let empty = |field: &Value| field.is_null() || field.as_array().is_some_and(Vec::is_empty);
            Value::Object(known.filter(|(_, field)| !empty(field)).collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_unknown).collect()),
        other => other,
    }
}

/// Inside a script element nothing may look like its end; every JSON reader takes these escapes for the characters themselves.
fn safe(json: &str) -> String {
    let mut written = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => written.push_str("\\u003c"),
            '>' => written.push_str("\\u003e"),
            '&' => written.push_str("\\u0026"),
            '\u{2028}' => written.push_str("\\u2028"),
            '\u{2029}' => written.push_str("\\u2029"),
            other => written.push(other),
        }
    }
    written
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::super::View;
    use super::super::reading::{ActReading, Cast};
    use super::{Encoding, Links, legislation};
    use crate::record::Visibility;

    /// The seed's act, as a reading.
    fn seed(title: Option<&str>) -> ActReading {
        let mut record: Value = serde_json::from_str(include_str!("../demo/deliberation.json")).unwrap();
        if let Some(title) = title {
            record["title"] = title.into();
        }
        let directory: Value = serde_json::from_str(include_str!("../demo/directory.json")).unwrap();
        let cast = Cast {
            authority: serde_json::from_value(directory["authority"].clone()).unwrap(),
            body: serde_json::from_value(json!({ "name": directory["bodies"][0]["name"], "kind": "departmental_permanent_commission" })).unwrap(),
            persons: BTreeMap::new(),
            groups: BTreeMap::new(),
            memberships: BTreeMap::new(),
        };
        ActReading {
            id: "01977e51-0009-7000-8000-000000000302".parse().unwrap(),
            number: None,
            visibility: Visibility::Public,
            modified_at: "2025-07-09T08:30:00Z".parse().unwrap(),
            view: View::Public,
            ..ActReading::unfiled(serde_json::from_value(record).unwrap(), serde_json::from_str(include_str!("../demo/sitting.json")).unwrap(), cast)
        }
    }

    fn links() -> Links {
        let form = |name: &str, media_type: &str| Encoding { url: format!("https://r.example/a.{name}"), media_type: media_type.to_owned() };
        Links {
            page: "https://r.example/a".to_owned(),
            eli: None,
            sitting: Some("https://r.example/s".to_owned()),
            encodings: vec![form("pdf", "application/pdf"), form("html", "text/html")],
        }
    }

    #[test]
    fn the_seed_as_legislation() {
        let read: Value = serde_json::from_str(&legislation(&seed(None), &links(), Some(true))).unwrap();
        let cases = [
            ("/@type/0", json!("Legislation")),
            ("/@id", json!("https://r.example/a")),
            ("/legislationIdentifier", json!("2025-302")),
            ("/legislationDate", json!("2025-07-07")),
            ("/legislationType", json!("délibération")),
            ("/legislationPassedBy/name", json!("Commission Permanente du Conseil départemental du Pas-de-Calais")),
            ("/legislationPassedBy/parentOrganization/identifier", json!("226200012")),
            ("/legislationLegalForce", json!("https://schema.org/InForce")),
            ("/inLanguage", json!("fr")),
            ("/isPartOf/@id", json!("https://r.example/s")),
            ("/isPartOf/name", json!("REUNION DU 7 JUILLET 2025")),
            ("/encoding/0/encodingFormat", json!("application/pdf")),
            ("/encoding/1/contentUrl", json!("https://r.example/a.html")),
            ("/eli:id_local", json!("2025-302")),
            ("/eli:date_document/@value", json!("2025-07-07")),
        ];
        for (pointer, expected) in cases {
            assert_eq!(read.pointer(pointer).filter(|value| **value == expected), Some(&expected), "{pointer}: {read}");
        }
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        let mut act = seed(None);
        act.record.numbers.clear();
        let links = Links { encodings: Vec::new(), sitting: None, eli: Some("https://r.example/eli/1".to_owned()), ..links() };
        let read: Value = serde_json::from_str(&legislation(&act, &links, None)).unwrap();
        for absent in ["legislationLegalForce", "legislationIdentifier", "eli:id_local", "encoding"] {
            assert!(read.get(absent).is_none(), "{absent}");
        }
        assert!(read["isPartOf"].get("@id").is_none());
        assert_eq!(read["@id"], "https://r.example/eli/1");
        let repealed: Value = serde_json::from_str(&legislation(&act, &links, Some(false))).unwrap();
        assert_eq!(repealed["legislationLegalForce"], "https://schema.org/NotInForce");
    }

    #[test]
    fn a_script_element_is_not_ended() {
        let hostile = "</script><!--\u{2028}&\"";
        let written = legislation(&seed(Some(hostile)), &links(), None);
        assert!(!written.contains(['<', '>', '&', '\u{2028}']));
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap()["name"], hostile);
    }
}
