//! The minutes of a sitting as a `debate`.

use super::element::Element;
use super::identification::Identity;
use super::iri::Work;
use super::item::{event, events_of, item, resolutions};
use super::preamble::recused;
use super::preface::{authority, body, sitting, wrapped};
use super::references::References;
use super::{attendance, lifecycle, voting};
use crate::publish::french::{day, hour};
use crate::publish::{ActOfSitting, SittingReading};
use crate::record::{Ballot, Id, Part, PrintedTime};

/// The minutes in Akoma Ntoso: who was there, and item by item what happened, how it was voted on and what was decided.
///
/// # Errors
/// Those of the writer, which writes to memory.
pub fn minutes(reading: &SittingReading) -> std::io::Result<Vec<u8>> {
    let record = &reading.record;
    let work = Work::new("debate/procesVerbal", &reading.cast.authority, record.date, &reading.id.to_string());
    let mut references = References::new(&reading.cast, record.body, reading.view, &work.iri);
    let preface = Element::new("preface")
        .child(authority(None, &reading.cast.authority.name))
        .child(body(&reading.cast.body.name))
        .child(wrapped("docType", "Procès-verbal"))
        .child(sitting(None, record));
    let body = debate_body(reading, &mut references);
    let title = record.heading.clone().unwrap_or_else(|| format!("Séance du {}", day(record.date)));
    let identity = Identity {
        work: &work,
        id: reading.id,
        subtype: "procesVerbal",
        number: None,
        title: &format!("Procès-verbal – {title}"),
        version: reading.version,
        modified_at: reading.modified_at,
    };
    let ballots: Vec<(usize, &Ballot)> = numbered(&record.ballots);
    let analysis = voting::analysis(record.quorum.as_ref(), &ballots, &mut references);
    let meta = Element::new("meta").child(identity.element()).child(lifecycle::generation(record.date)).children(analysis).child(references.listed());
    let meta = meta.children(lifecycle::notes(&[], &super::act::doubted(&ballots, &reading.unreconciled)));
    super::file(Element::new("debate").with("name", "procesVerbal").child(meta).child(preface).child(body))
}

/// Ballots under their place in the record.
fn numbered(ballots: &[Ballot]) -> Vec<(usize, &Ballot)> {
    ballots.iter().enumerate().map(|(place, ballot)| (place + 1, ballot)).collect()
}

fn debate_body(reading: &SittingReading, references: &mut References) -> Element {
    let record = &reading.record;
    let mut body = Element::new("debateBody").child(opening(reading, references));
    let mut present = Element::new("rollCall").with("eId", "rollCall_1").children(attendance::lists(&record.attendance, references));
    present = present.children(attendance::proxies(record.proxies.as_deref(), references));
    present = present.children(record.quorum.as_ref().and_then(|quorum| quorum.text.as_deref()).map(Element::p));
    body = body.child(present).children(at_large(reading, references));

    let (mut ballots, mut acts) = (numbered(&record.ballots), reading.acts.iter().collect::<Vec<_>>());
    let mut told: Vec<(usize, &Ballot)> = Vec::new();
    for (place, one) in record.items_taken().into_iter().enumerate() {
        let covers = |ballot: &Ballot| ballot.covers.contains(&one.id);
        let elsewhere: Vec<usize> = told.iter().filter(|(_, ballot)| covers(ballot)).map(|(number, _)| *number).collect();
        let here = taken(&mut ballots, |(_, ballot)| covers(ballot));
        let its_acts = taken(&mut acts, |act| act.record.agenda_items.contains(&one.id));
        body = body.child(item(place + 1, one, reading, (&here, &elsewhere), &its_acts, references));
        told.extend(here);
    }
    body = body.children(others(&ballots, &acts, reading, references));
    let closed = record.ends.as_ref().and_then(|time| closing(time, reading));
    body.children(closed.map(|line| Element::new("adjournment").with("eId", "adjournment_1").child(line)))
}

/// Takes out what is told under an item: ballots and acts of several items stand under the first.
fn taken<T: Copy>(all: &mut Vec<T>, of: impl Fn(&T) -> bool) -> Vec<T> {
    all.extract_if(.., |one| of(one)).collect()
}

/// How the sitting was called and opened, by whom it was chaired.
fn opening(reading: &SittingReading, references: &mut References) -> Element {
    let record = &reading.record;
    let mut opening = Element::new("debateSection").with("eId", "opening_1").with("name", "opening");
    let convened = record.convening.as_ref();
    let convened_on = convened.and_then(|convening| convening.convened_on.as_ref());
    let on = convened_on.and_then(|date| date.text.clone().or_else(|| date.date.map(day)));
    let printed = convened.and_then(|convening| convening.text.clone()).or_else(|| on.map(|on| format!("Convocation : {on}")));
    opening = opening.children(printed.as_deref().map(Element::p));
    opening = opening.children(record.place.as_ref().map(|place| Element::p(&format!("Lieu : {place}"))));
    let starts = record.starts.as_ref().and_then(|time| at(time, reading));
    opening = opening.children(starts.map(|starts| Element::p(&format!("Ouverture de la séance : {starts}"))));
    opening = opening.children(record.parts.iter().enumerate().map(|(place, one)| part(place + 1, one, reading)));
    opening = opening.children(record.chairs.iter().filter_map(|chair| attendance::chair(chair, references)));
    opening.children(record.secretaries.iter().filter_map(|secretary| attendance::secretary(secretary, references)))
}

fn part(number: usize, part: &Part, reading: &SittingReading) -> Element {
    let label = part.label.clone().unwrap_or_else(|| format!("Partie {number}"));
    let time = |word: &str, time: &Option<PrintedTime>| Some(format!("{word} : {}", at(time.as_ref()?, reading)?));
    let office = part.members_in_office.map(|members| format!("membres en exercice : {}", members.get()));
    let said = [part.date.map(day), time("ouverture", &part.starts), time("clôture", &part.ends), office];
    let said = std::iter::once(label).chain(said.into_iter().flatten()).collect::<Vec<_>>();
    Element::p(&said.join(", "))
}

fn at(time: &PrintedTime, reading: &SittingReading) -> Option<String> {
    hour(time, &reading.cast.authority)
}

/// "La séance est levée à…" may be printed whole, or as an hour.
fn closing(time: &PrintedTime, reading: &SittingReading) -> Option<Element> {
    let said = at(time, reading)?;
    let sentence = said.to_lowercase().contains("séance");
    Some(if sentence { Element::p(&said) } else { Element::p(&format!("Clôture de la séance : {said}")) })
}

/// What happened on no item that is named, and who stood aside for the whole sitting.
fn at_large(reading: &SittingReading, references: &mut References) -> Option<Element> {
    let record = &reading.record;
    let known = |item: Id| record.agenda.iter().any(|other| other.id == item);
    let recusals = record.recusals.iter().flatten().filter(|recusal| !recusal.covers.iter().any(|item| known(*item)));
    let mut lines: Vec<Element> = recusals.filter_map(|recusal| recused(recusal, references)).collect();
    lines.extend(events_of(reading, None).filter_map(|one| event(one, reading, references)));
    let section = Element::new("debateSection").with("eId", "events_1").with("name", "events");
    (!lines.is_empty()).then(|| section.children(lines))
}

/// Ballots and acts of no item that is known.
fn others(ballots: &[(usize, &Ballot)], acts: &[&ActOfSitting], reading: &SittingReading, references: &mut References) -> Vec<Element> {
    let told: Vec<&Ballot> = ballots.iter().map(|(_, ballot)| *ballot).collect();
    let voted: Vec<Element> = ballots.iter().map(|(number, one)| super::ballot::ballot(*number, one, references)).collect();
    let section = Element::new("debateSection").with("eId", "ballots_1").with("name", "ballots");
    let voted = (!voted.is_empty()).then(|| section.children(voted));
    voted.into_iter().chain(resolutions("resolutions_1", acts, &told, reading, references)).collect()
}
