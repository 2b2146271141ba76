//! Names of works (FRBR) in the form of the Akoma Ntoso Naming Convention.

use std::fmt::Write;

use chrono::NaiveDate;

use crate::record::{Authority, fold};

/// A work of an authority: what its expression, its files and its components are named after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// `/akn/fr/statement/deliberation/departement-du-pas-de-calais/2025-07-07/2025-302`
    pub iri: String,
    pub date: NaiveDate,
}

impl Work {
    /// `kind`: document type and name, such as `statement/deliberation`. `number`: as printed; where there is none, an identifier.
    pub fn new(kind: &str, authority: &Authority, date: NaiveDate, number: &str) -> Self {
        Self { iri: format!("/akn/fr/{kind}/{}/{date}/{}", slug(authority), encoded(number)), date }
    }

    /// Its French expression on its day.
    pub fn expression(&self) -> String {
        format!("{}/fra@{}", self.iri, self.date)
    }
}

/// The authority in an address: `departement-du-pas-de-calais`; where its name has no Latin letter, its SIREN.
fn slug(authority: &Authority) -> String {
    let folded = fold(&authority.name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { authority.siren.to_string() } else { words.join("-") }
}

/// Printed numbers hold spaces, commas, slashes: what RFC 3986 §2.3 does not leave as it is, is percent-encoded, so that two numbers stay two.
fn encoded(number: &str) -> String {
    let mut out = String::with_capacity(number.len());
    for byte in number.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn authority(name: &str) -> Authority {
        serde_json::from_value(serde_json::json!({ "siren": "229900014", "name": name, "kind": "department" })).unwrap()
    }

    #[test]
    fn works() {
        let date = NaiveDate::from_ymd_opt(2024, 11, 18).unwrap();
        let rows = [
            ("Département de la Vallée-Claire", "CD-2024-118", "departement-de-la-vallee-claire/2024-11-18/CD-2024-118"),
            ("Ville de L’Œuvre", "2024, D. 119", "ville-de-l-oeuvre/2024-11-18/2024%2C%20D.%20119"),
            ("名", "2014 / 183", "229900014/2024-11-18/2014%20%2F%20183"),
            ("a", "n° <\u{1}>", "a/2024-11-18/n%C2%B0%20%3C%01%3E"),
        ];
        for (name, number, expected) in rows {
            let work = Work::new("statement/deliberation", &authority(name), date, number);
            assert_eq!(work.iri, format!("/akn/fr/statement/deliberation/{expected}"));
            assert_eq!(work.expression(), format!("/akn/fr/statement/deliberation/{expected}/fra@2024-11-18"));
        }
    }
}
