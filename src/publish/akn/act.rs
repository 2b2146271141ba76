//! A deliberation as a `statement`.

use super::ballot::{ballot, result_line};
use super::conclusions::{attachments, conclusions};
use super::element::Element;
use super::identification::Identity;
use super::iri::Work;
use super::preamble::preamble;
use super::preface::preface;
use super::references::{Class, References, SOURCE};
use super::{articles, lifecycle, voting};
use crate::publish::{ActReading, Concerned};
use crate::record::{Ballot, MatterCode, PersonRef, SittingRecord};

/// The act in Akoma Ntoso: its text, and in its metadata its identity, its life, its ballots and whom it names.
///
/// # Errors
/// Those of the writer, which writes to memory.
pub fn act(reading: &ActReading) -> std::io::Result<Vec<u8>> {
    let record = &reading.record;
    let work = work(reading);
    let concerned = Concerned::of(&reading.sitting, &record.agenda_items);
    let ballots: Vec<(usize, &Ballot)> = concerned.ballots.iter().enumerate().map(|(place, ballot)| (place + 1, ballot)).collect();
    let mut references = References::new(&reading.cast, reading.sitting.body, reading.view, &work.iri);

    let preface = preface(reading, &concerned.extract, &mut references);
    let rapporteurs = rapporteurs(reading, &concerned.extract.agenda);
    let recusals = concerned.recusals.as_deref().unwrap_or_default();
    let preamble = preamble(&record.formulas, &rapporteurs, &record.recitals, recusals, &mut references);
    let body = main_body(reading, &ballots, &mut references);
    let conclusions = conclusions(record, &mut references);

    let identity = Identity {
        work: &work,
        id: reading.id,
        subtype: "deliberation",
        number: reading.number.as_deref(),
        title: &record.title,
        version: reading.version,
        modified_at: reading.modified_at,
    };
    let classification = classification(&record.matter_codes, &mut references);
    let lifecycle = lifecycle::of_act(reading, &mut references);
    let analysis = voting::analysis(concerned.extract.quorum.as_ref(), &ballots, &mut references);
    let meta = Element::new("meta")
        .child(identity.element())
        .children(classification)
        .child(lifecycle)
        .children(analysis)
        .child(references.listed())
        .children(lifecycle::notes(&reading.rectifications, &doubted(&ballots, &reading.unreconciled)));
    let statement = Element::new("statement").with("name", "deliberation").child(meta).child(preface).children(preamble).child(body);
    super::file(statement.children(conclusions).children(attachments(&record.annexes, &work)))
}

/// The numbers of the ballots whose figures cannot be right.
pub fn doubted(ballots: &[(usize, &Ballot)], unreconciled: &[crate::record::Id]) -> Vec<usize> {
    ballots.iter().filter(|(_, ballot)| unreconciled.contains(&ballot.id)).map(|(number, _)| *number).collect()
}

fn work(reading: &ActReading) -> Work {
    named(reading.number.as_deref(), reading.id, &reading.cast, &reading.sitting)
}

/// The name of an act: by its number, or by its identifier where it has none.
pub fn named(number: Option<&str>, id: crate::record::Id, cast: &crate::publish::Cast, sitting: &SittingRecord) -> Work {
    let number = number.map_or_else(|| id.to_string(), str::to_owned);
    Work::new("statement/deliberation", &cast.authority, sitting.date, &number)
}

/// Those of the report, then those of the items, each once.
fn rapporteurs<'a>(reading: &'a ActReading, agenda: &'a [crate::record::AgendaItem]) -> Vec<&'a PersonRef> {
    let report = reading.record.report.iter().flat_map(|report| &report.rapporteurs);
    let mut found: Vec<&PersonRef> = Vec::new();
    for person in report.chain(agenda.iter().flat_map(|item| &item.rapporteurs)) {
        let same = |other: &&PersonRef| **other == *person || (person.person.is_some() && other.person == person.person);
        if !found.iter().any(same) {
            found.push(person);
        }
    }
    found
}

fn main_body(reading: &ActReading, ballots: &[(usize, &Ballot)], references: &mut References) -> Element {
    let record = &reading.record;
    let body = Element::new("mainBody").children(articles::articles(record)).children(articles::other_tables(record));
    let body = body.children(ballots.iter().map(|(number, one)| ballot(*number, one, references)));
    let text = articles::outcome_text(record, ballots.iter().map(|(_, ballot)| *ballot));
    let body = body.children(text.map(|text| result_line(&text, voting::outcome(record.outcome, references))));
    // The schema wants something in it.
    if body.is_empty() { body.child(Element::new("p")) } else { body }
}

/// Matter codes of the ACTES nomenclature.
fn classification(codes: &[MatterCode], references: &mut References) -> Option<Element> {
    if codes.is_empty() {
        return None;
    }
    let dictionary = references.term(Class::Nomenclature, "actes", "nomenclature ACTES");
    let keywords = codes.iter().map(|code| {
        let keyword = Element::new("keyword").with("value", &code.code).with("showAs", code.label.as_ref().unwrap_or(&code.code));
        keyword.with("dictionary", &dictionary)
    });
    Some(Element::new("classification").with("source", SOURCE).children(keywords))
}
