//! The life of an act: adopted, then dated facts and what puts it right.

use chrono::NaiveDate;

use super::element::Element;
use super::references::{Class, References, SOURCE};
use crate::publish::ActReading;
use crate::publish::french::{capital, day};
use crate::record::{Fact, FactKind, Rectification, RectificationKind};

/// One event: its day, the type that the standard gives it if it has one, what it is, and by what other act.
struct Lived {
    on: NaiveDate,
    kind: Option<&'static str>,
    what: String,
    by: Option<String>,
}

/// The events of a document of which nothing more is known than that it was made.
pub fn generation(on: NaiveDate) -> Element {
    Element::new("lifecycle").with("source", SOURCE).child(made(on))
}

fn made(on: NaiveDate) -> Element {
    event(1, on).with("type", "generation").with("originatingExpression", "true")
}

fn event(number: usize, on: NaiveDate) -> Element {
    Element::new("eventRef").with("eId", format!("eventRef_{number}")).with("date", on.to_string()).with("source", SOURCE)
}

/// The events of an act, by day.
pub fn of_act(reading: &ActReading, references: &mut References) -> Element {
    let facts = reading.facts.iter().map(|recorded| &recorded.fact);
    let struck_out = |fact: &Fact| reading.facts.iter().any(|other| other.fact.corrects == Some(fact.id));
    let mut events: Vec<Lived> = facts.filter(|fact| !struck_out(fact)).filter_map(|fact| of_fact(fact, references)).collect();
    events.extend(reading.rectifications.iter().filter_map(|rectification| of_rectification(rectification, references)));
    // Stable: on one day, in the order in which they were recorded.
    events.sort_by_key(|event| event.on);
    let made = generation(reading.sitting.date);
    made.children(events.into_iter().enumerate().map(|(place, lived)| {
        let event = event(place + 2, lived.on).with("refersTo", lived.what);
        event.with_some("type", lived.kind).with_some("href", lived.by)
    }))
}

fn of_fact(fact: &Fact, references: &mut References) -> Option<Lived> {
    let kind = match fact.kind {
        // The standard has one word for all that ends a text.
        FactKind::Annulled | FactKind::Repealed | FactKind::Rescinded => Some("repeal"),
        // What becomes of an agreement is not the life of the act that approves it.
        FactKind::AgreementSigned | FactKind::AgreementPaid | FactKind::AgreementEnded => return None,
        _ => None,
    };
    Some(Lived { on: fact.on, kind, what: references.term(Class::Event, fact.kind.wire(), fact.kind.label().fr), by: None })
}

fn of_rectification(rectification: &Rectification, references: &mut References) -> Option<Lived> {
    match rectification.kind {
        RectificationKind::MaterialError | RectificationKind::VoteCorrection => {}
        // Each has its fact.
        RectificationKind::Repeal | RectificationKind::Rescission | RectificationKind::Annulment => return None,
    }
    let label = rectification.kind.label().fr;
    let by = rectification.by_act.map(|act| format!("/v1/deliberations/{act}"));
    if let Some(href) = &by {
        references.changed_by(href, label);
    }
    Some(Lived { on: rectification.on, kind: Some("amendment"), what: references.term(Class::Event, rectification.kind.wire(), label), by })
}

/// What was put right, kept beside the text, which stays as it was; and, by their numbers, the ballots whose figures cannot be right as they stand.
pub fn notes(rectifications: &[Rectification], doubted: &[usize]) -> Option<Element> {
    let note = |(place, rectification): (usize, &Rectification)| {
        let corrections = rectification.corrections.iter().map(|correction| {
            let or_unknown = |text: &Option<String>| text.clone().unwrap_or_else(|| "non précisé".to_owned());
            Element::p(&format!("{} : {} ; imprimé : {}", correction.what, or_unknown(&correction.corrected), or_unknown(&correction.printed)))
        });
        let said = format!("{} du {} : {}", capital(rectification.kind.label().fr), day(rectification.on), rectification.ground);
        Element::new("note")
            .with("eId", format!("note_{}", place + 1))
            .child(Element::p(&said))
            .children(corrections)
            .children(rectification.source.as_deref().map(Element::p))
    };
    let doubt = |number: &usize| {
        let said = "Les chiffres imprimés de ce scrutin ne concordent pas : ils sont donnés tels quels, sans être tenus pour certains.";
        Element::new("note").with("eId", format!("note_ballot_{number}")).child(Element::p(said))
    };
    let doubts = doubted.iter().map(doubt);
    let notes = Element::new("notes").with("source", SOURCE).children(rectifications.iter().enumerate().map(note)).children(doubts);
    (!notes.is_empty()).then_some(notes)
}
