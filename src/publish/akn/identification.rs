//! What a document is: its work, its expression and its file (FRBR).

use chrono::{DateTime, SecondsFormat, Utc};

use super::element::Element;
use super::iri::Work;
use super::references::SOURCE;
use crate::record::Id;

/// What is said of a work.
pub struct Identity<'a> {
    pub work: &'a Work,
    pub id: Id,
    /// `deliberation`
    pub subtype: &'static str,
    /// As printed.
    pub number: Option<&'a str>,
    pub title: &'a str,
    /// Of the record.
    pub version: i32,
    pub modified_at: DateTime<Utc>,
}

impl Identity<'_> {
    pub fn element(&self) -> Element {
        Element::new("identification").with("source", SOURCE).child(self.work()).child(self.expression()).child(self.manifestation())
    }

    fn work(&self) -> Element {
        let number = self.number.map(|number| value("FRBRnumber", number));
        named(Element::new("FRBRWork"), &format!("{}/!main", self.work.iri), &self.work.iri)
            // Printed numbers are not always unique; this is.
            .child(value("FRBRalias", &format!("urn:uuid:{}", self.id)).with("name", "registre"))
            .children(self.sitting_and_author())
            .child(value("FRBRcountry", "fr"))
            .child(value("FRBRsubtype", self.subtype))
            .children(number)
            .child(value("FRBRname", self.title))
    }

    fn expression(&self) -> Element {
        let iri = self.work.expression();
        named(Element::new("FRBRExpression"), &format!("{iri}/!main"), &iri)
            .children(self.sitting_and_author())
            .child(value("FRBRversionNumber", &self.version.to_string()))
            .child(Element::new("FRBRlanguage").with("language", "fra"))
    }

    fn manifestation(&self) -> Element {
        let iri = self.work.expression();
        named(Element::new("FRBRManifestation"), &format!("{iri}/!main.akn"), &format!("{iri}.akn"))
            .child(date(&self.modified_at.to_rfc3339_opts(SecondsFormat::Secs, true), "modification"))
            .child(author())
            .child(value("FRBRformat", "application/akn+xml"))
    }

    fn sitting_and_author(&self) -> [Element; 2] {
        [date(&self.work.date.to_string(), "sitting"), author()]
    }
}

fn named(element: Element, this: &str, uri: &str) -> Element {
    element.child(value("FRBRthis", this)).child(value("FRBRuri", uri))
}

fn value(element: &'static str, value: &str) -> Element {
    Element::new(element).with("value", value)
}

fn date(date: &str, name: &str) -> Element {
    Element::new("FRBRdate").with("date", date).with("name", name)
}

fn author() -> Element {
    Element::new("FRBRauthor").with("href", SOURCE)
}
