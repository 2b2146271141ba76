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
