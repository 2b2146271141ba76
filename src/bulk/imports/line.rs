//! A line: from its text to a record that may be filed, or to the problem that stands against it.

use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::api::{Problem, ProblemKind, strict};
use crate::record::{Body, DeliberationRecord, Group, Id, Mandate, Person, SittingRecord};
use crate::register::{Entry, NewRecord};

/// The longest key, in bytes.
const LONGEST_KEY: usize = 255;

/// What stands around a record.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Envelope<'a> {
    pub(super) kind: String,
    pub(super) key: String,
    #[serde(borrow)]
    record: &'a RawValue,
}

/// A line that was read.
pub(super) struct Line {
    /// From 1.
    pub(super) number: i64,
    pub(super) key: Option<String>,
    pub(super) read: Result<Ready, Problem>,
}

/// A record that may be filed.
pub(super) struct Ready {
    pub(super) id: Id,
    /// SHA-256 of the record as it was sent, in canonical JSON (RFC 8785).
    pub(super) digest: String,
    pub(super) record: NewRecord,
}

/// The parts of a line.
pub(super) fn envelope(text: &[u8]) -> Result<Envelope<'_>, Problem> {
    // A list would be taken for the fields in their order.
    if text.trim_ascii_start().starts_with(b"[") {
        return Err(Problem::new(ProblemKind::InvalidField).at("", "line", "une ligne est un objet", "a line is an object"));
    }
    let envelope: Envelope<'_> = serde_json::from_slice(text).map_err(|e| {
        let what = e.to_string();
        if e.is_data() {
            let what = what.split(" at line ").next().unwrap_or_default().to_owned();
            Problem::new(ProblemKind::InvalidField).at(
                "",
                "line",
                format!("une ligne est {{\"kind\", \"key\", \"record\"}} : {what}"),
                format!("a line is {{\"kind\", \"key\", \"record\"}}: {what}"),
            )
        } else {
            let column = e.column();
            Problem::new(ProblemKind::MalformedJson)
                .saying(format!("JSON illisible (colonne {column})."), format!("Unreadable JSON (column {column})."))
        }
    })?;
    if !(1..=LONGEST_KEY).contains(&envelope.key.len()) || envelope.key.contains(char::is_control) {
        let (fr, en) = ("une clé a 1 à 255 octets, sans caractère de contrôle", "a key has 1 to 255 bytes, and no control character");
        return Err(Problem::new(ProblemKind::InvalidField).at("/key", "length", fr, en));
    }
    Ok(envelope)
}

impl Envelope<'_> {
    /// Reads the record strictly, if the scopes let its kind be written.
    pub(super) fn record(&self, scopes: &str) -> Result<(NewRecord, String), Problem> {
        let scope = match self.kind.as_str() {
            "body" | "group" | "person" | "mandate" => "directory:write",
            "sitting" => "sittings:write",
            "deliberation" => "deliberations:write",
            _ => {
                let kinds = "body, group, person, mandate, sitting, deliberation";
                let (fr, en) = (format!("genres connus : {kinds}"), format!("known kinds: {kinds}"));
                return Err(Problem::new(ProblemKind::InvalidField).at("/kind", "unknown_kind", fr, en));
            }
        };
        if !scopes.split(' ').any(|held| held == scope) {
            return Err(Problem::scope(scope));
        }
        let text = self.record.get().as_bytes();
        let read = match self.kind.as_str() {
            "body" => strict::<Body>(text).map(|(body, sent)| (NewRecord::Entry(Entry::Body(body)), sent)),
            "group" => strict::<Group>(text).map(|(group, sent)| (NewRecord::Entry(Entry::Group(group)), sent)),
            "person" => strict::<Person>(text).map(|(person, sent)| (NewRecord::Entry(Entry::Person(person)), sent)),
            "mandate" => strict::<Mandate>(text).map(|(mandate, sent)| (NewRecord::Entry(Entry::Mandate(mandate)), sent)),
            "sitting" => strict::<SittingRecord>(text).map(|(sitting, sent)| (NewRecord::Sitting(sitting), sent)),
            _ => strict::<DeliberationRecord>(text).map(|(act, sent)| (NewRecord::Deliberation(act), sent)),
        };
        let (record, sent) = read.map_err(|problem| problem.under("/record"))?;
        let canonical = serde_json_canonicalizer::to_vec(&sent).map_err(|_| Problem::new(ProblemKind::MalformedJson))?;
        Ok((record, hex::encode(Sha256::digest(canonical))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(text: &str) -> Result<(), String> {
        let all = "directory:write sittings:write deliberations:write";
        let read = envelope(text.as_bytes()).and_then(|envelope| envelope.record(all).map(drop));
        read.map_err(|problem| problem.to_string())
    }

    #[test]
    fn a_line_is_judged_as_a_request_is() {
        for (name, line, expected) in [
            ("a person", r#"{"kind": "person", "key": "p", "record": {"family_name": "MARTIN"}}"#, Ok(())),
            ("no JSON", r#"{"kind": "person""#, Err("malformed-json")),
            ("a list", r#"["person", "p", {"family_name": "MARTIN"}]"#, Err("invalid-field")),
            ("no key", r#"{"kind": "person", "record": {"family_name": "MARTIN"}}"#, Err("invalid-field")),
            ("an empty key", r#"{"kind": "person", "key": "", "record": {"family_name": "MARTIN"}}"#, Err("invalid-field")),
            ("one field too many", r#"{"kind": "person", "key": "p", "id": 1, "record": {"family_name": "MARTIN"}}"#, Err("invalid-field")),
            ("an unknown kind", r#"{"kind": "persons", "key": "p", "record": {"family_name": "MARTIN"}}"#, Err("invalid-field")),
            (
                "a field that does not exist",
                r#"{"kind": "person", "key": "p", "record": {"family_name": "MARTIN", "nom": "M"}}"#,
                Err("unknown-field"),
            ),
            ("a field of the wrong type", r#"{"kind": "person", "key": "p", "record": {"family_name": 1}}"#, Err("invalid-field")),
            ("a key where none is known", r#"{"kind": "mandate", "key": "m", "record": {"person": "@p", "body": "@b"}}"#, Err("invalid-field")),
        ] {
            assert_eq!(judged(line), expected.map_err(str::to_owned), "{name}");
        }
    }

    #[test]
    fn a_line_needs_the_scope_of_its_kind() {
        let line = br#"{"kind": "person", "key": "p", "record": {"family_name": "MARTIN"}}"#;
        let read = envelope(line).expect("a line").record("sittings:write deliberations:write");
        assert_eq!(read.map(drop).map_err(|problem| problem.to_string()), Err("scope-missing".to_owned()));
    }
}
