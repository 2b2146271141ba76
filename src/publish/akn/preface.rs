//! The head of an act: authority, body, sitting, chair, attendance, title, number.

use super::attendance;
use super::element::Element;
use super::references::References;
use crate::publish::french::{capital, day};
use crate::publish::{ActReading, Extract};
use crate::record::{ActNumber, NumberKind, Origin, SittingRecord};

pub fn preface(reading: &ActReading, extract: &Extract, references: &mut References) -> Element {
    let record = &reading.record;
    let mut head = Element::new("preface").child(authority(record.headings.authority.as_deref(), &reading.cast.authority.name));
    head = match &record.headings.body {
        Some(body) => head.child(wrapped("docType", body)),
        None => {
            let kind = record.kind_text.clone().unwrap_or_else(|| record.kind.label().fr.to_owned());
            head.child(wrapped("docType", &capital(&kind))).child(body(&reading.cast.body.name))
        }
    };
    head = head.child(sitting(record.headings.sitting.as_deref(), &reading.sitting)).children(status(reading));
    head = head.children(extract.chairs.iter().filter_map(|chair| attendance::chair(chair, references)));
    head = head.children(extract.secretaries.iter().filter_map(|secretary| attendance::secretary(secretary, references)));
    head = head.children(extract.convening.as_ref().and_then(|convening| convening.text.as_deref()).map(Element::p));
    let mut present = Element::new("container").with("eId", "attendance").with("name", "attendance");
    present = present.children(attendance::lists(&extract.attendance, references));
    present = present.children(attendance::proxies(extract.proxies.as_deref(), references));
    present = present.children(extract.quorum.as_ref().and_then(|quorum| quorum.text.as_deref()).map(Element::p));
    head = head.children((!present.is_empty()).then_some(present));
    head.child(wrapped("docTitle", &record.title)).children(number(reading).map(|number| wrapped("docNumber", &number)))
}

pub fn authority(printed: Option<&str>, name: &str) -> Element {
    Element::line("p").child(Element::line("docAuthority").with("refersTo", "#authority").text(printed.unwrap_or(name)))
}

pub fn body(name: &str) -> Element {
    Element::line("p").child(Element::line("organization").with("refersTo", "#body").text(name))
}

/// "REUNION DU 7 JUILLET 2025"
pub fn sitting(printed: Option<&str>, sitting: &SittingRecord) -> Element {
    let heading = printed.or(sitting.heading.as_deref());
    let heading = heading.map_or_else(|| format!("Séance du {}", day(sitting.date)), str::to_owned);
    Element::line("p").child(Element::line("docDate").with("date", sitting.date.to_string()).text(&heading))
}

/// What is written in the register before it is sealed is no act yet; what was read on paper is one.
fn status(reading: &ActReading) -> Option<Element> {
    let unfinished = reading.seal.is_none() && reading.record.origin == Origin::Recorded;
    unfinished.then(|| wrapped("docStatus", &capital(reading.workflow.label().fr)))
}

/// As printed: "(N°2025-302)".
fn number(reading: &ActReading) -> Option<String> {
    let printed = |number: &&ActNumber| number.kind == NumberKind::Act;
    let printed = reading.record.numbers.iter().find(printed).and_then(|number| number.text.clone());
    printed.or_else(|| reading.number.as_ref().map(|number| format!("N° {number}")))
}

pub fn wrapped(element: &'static str, text: &str) -> Element {
    Element::line("p").child(Element::line(element).text(text))
}
