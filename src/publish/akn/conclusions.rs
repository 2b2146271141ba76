//! The end of an act: closing words, signatures, stamps, how it may be contested; and the papers attached to it.

use super::element::Element;
use super::iri::Work;
use super::preamble::formula;
use super::references::{Class, References};
use crate::publish::french::day;
use crate::record::{Annex, DeliberationRecord, Signature, Stamp};

/// Null: nothing is printed there.
pub fn conclusions(record: &DeliberationRecord, references: &mut References) -> Option<Element> {
    let mut end = Element::new("conclusions").children(record.formulas.closing.as_deref().map(|text| formula("closing", text)));
    for (place, signature) in record.signatures.iter().enumerate() {
        end = end.children(block(format!("signature_{}", place + 1), "signature", signed(signature, references)));
    }
    for (place, stamp) in record.stamps.iter().enumerate() {
        end = end.children(block(format!("stamp_{}", place + 1), "stamp", stamped(stamp)));
    }
    let appeal = record.appeal_notice.as_deref().map(Element::p).into_iter().collect();
    end = end.children(block("appealNotice_1".to_owned(), "appealNotice", appeal));
    (!end.is_empty()).then_some(end)
}

fn block(eid: String, name: &str, lines: Vec<Element>) -> Option<Element> {
    (!lines.is_empty()).then(|| Element::new("container").with("eId", eid).with("name", name).children(lines))
}

/// In printed order: in whose name, where and when, who signs for whom, whose hand.
fn signed(signature: &Signature, references: &mut References) -> Vec<Element> {
    let p = |text: &Option<String>| text.as_deref().map(Element::p);
    let mut lines: Vec<Element> = [p(&signature.separator), p(&signature.authority_title)].into_iter().flatten().collect();
    if let Some(inline) = signature.authority.as_ref().and_then(|authority| references.person_inline(authority, None)) {
        lines.push(Element::line("p").child(inline));
    }
    lines.extend(p(&signature.place_date_text.clone().or_else(|| place_and_day(signature))));
    lines.extend([p(&signature.formula), p(&signature.title), p(&signature.mark)].into_iter().flatten());
    if let Some(hand) = signature.signatory.as_ref().and_then(|signatory| references.person_inline(signatory, None)) {
        let role = references.term(Class::Role, "signatory", "signataire");
        let hand = hand.with("as", role);
        lines.push(Element::line("p").child(Element::line("signature").child(hand)));
    }
    lines
}

fn place_and_day(signature: &Signature) -> Option<String> {
    let date = signature.date.map(|date| format!("le {}", day(date)));
    let known: Vec<String> = [signature.place.clone(), date].into_iter().flatten().collect();
    (!known.is_empty()).then(|| known.join(", "))
}

/// As printed, or else line by line.
fn stamped(stamp: &Stamp) -> Vec<Element> {
    if let Some(text) = &stamp.text {
        return vec![Element::p(text)];
    }
    let dates = [
        ("Télétransmis le", &stamp.sent),
        ("Reçu le", &stamp.received),
        ("Affiché le", &stamp.posted),
        ("Notifié le", &stamp.notified),
        ("Exécutoire le", &stamp.enforceable),
    ];
    let dated = dates.into_iter().filter_map(|(what, date)| {
        let date = date.as_ref()?;
        Some(Element::p(&format!("{what} {}", date.text.clone().or_else(|| date.date.map(day))?)))
    });
    stamp.identifier.as_deref().map(Element::p).into_iter().chain(dated).collect()
}

/// The annexes in the order of the file; each is a component of the act, whose text is not here.
pub fn attachments(annexes: &[Annex], work: &Work) -> Option<Element> {
    let attached = annexes.iter().enumerate().map(|(place, annex)| {
        let number = place + 1;
        let shown = annex.title.clone().or_else(|| annex.label.clone()).unwrap_or_else(|| format!("Annexe {number}"));
        let dossier = annex.dossier_number.as_ref().map(|dossier| format!("Dossier n° {dossier}"));
        let beside = annex.object.clone().into_iter().chain(dossier).chain(annex.own_annexes.iter().cloned());
        let component = Element::new("documentRef").with("href", format!("{}/!annex_{number}", work.expression())).with("showAs", &shown);
        Element::new("attachment")
            .with("eId", format!("att_{number}"))
            .children(annex.label.as_deref().map(|label| Element::line("num").text(label)))
            .child(Element::line("heading").text(&shown))
            .children(beside.map(|text| Element::line("subheading").text(&text)))
            .child(component)
    });
    (!annexes.is_empty()).then(|| Element::new("attachments").children(attached))
}
