//! What the record of a deliberation must keep to be stored. None is a rule of law.

use super::check::{Faults, References, number, value_of};
use super::{Refusal, Rule};
use crate::record::{Article, DeliberationRecord, Id, Recital, Report, Siren, SittingRecord};
use crate::store::Session;

/// Fills in the places that the request left out.
pub(super) fn complete(act: &mut DeliberationRecord) {
    number_recitals(&mut act.recitals);
    number_articles(&mut act.articles);
    if let Some(Report { legal_grounds, proposals, body_text, .. }) = &mut act.report {
        for paragraphs in [legal_grounds, proposals, body_text] {
            number(paragraphs, |p| &mut p.position);
        }
    }
}

fn number_recitals(recitals: &mut [Recital]) {
    number(recitals.iter_mut(), |r| &mut r.position);
    for recital in recitals {
        number_recitals(&mut recital.children);
    }
}

fn number_articles(articles: &mut [Article]) {
    number(articles.iter_mut(), |a| &mut a.position);
    for article in articles {
        number_articles(&mut article.children);
    }
}

/// Checks the whole record against its sitting.
pub(super) fn check(session: &mut Session<'_>, authority: &Siren, id: Id, act: &DeliberationRecord, sitting: &SittingRecord) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    let value = value_of(act)?;
    let mut references = References::walk(&value, &mut faults);
    currencies(&value, "", &mut faults);
    faults.unless(!act.title.trim().is_empty(), "/title", Rule::Empty);
    for (i, item) in act.agenda_items.iter().enumerate() {
        let known = sitting.agenda.iter().any(|a| a.id == *item);
        faults.unless(known, format_args!("/agenda_items/{i}"), Rule::UnknownItem);
    }
    faults.once(act.agenda_items.iter().enumerate().map(|(i, item)| (format!("/agenda_items/{i}"), *item)));
    for (i, number) in act.numbers.iter().enumerate() {
        faults.unless(!number.value.trim().is_empty(), format_args!("/numbers/{i}/value"), Rule::Empty);
    }
    for (i, id) in act.external_ids.iter().enumerate() {
        faults.unless(!id.scheme.is_empty(), format_args!("/external_ids/{i}/scheme"), Rule::Empty);
        faults.unless(!id.value.is_empty(), format_args!("/external_ids/{i}/value"), Rule::Empty);
    }
    for (i, matter) in act.matter_codes.iter().enumerate() {
        faults.unless(is_matter_code(&matter.code), format_args!("/matter_codes/{i}/code"), Rule::MatterCode);
    }
    for (i, opinion) in act.report.iter().flat_map(|r| &r.opinions).enumerate() {
        if let Some(body) = opinion.body {
            references.bodies.push((format!("/report/opinions/{i}/body"), body.to_string()));
        }
    }
    references.resolve(session, authority, &mut faults)?;
    files(session, authority, id, act, &mut faults)?;
    faults.settle()
}

/// A file that an annex names is one of this act.
fn files(session: &mut Session<'_>, authority: &Siren, id: Id, act: &DeliberationRecord, faults: &mut Faults) -> Result<(), Refusal> {
    let named: Vec<(usize, Id)> = act.annexes.iter().enumerate().filter_map(|(i, annex)| Some((i, annex.file?))).collect();
    if named.is_empty() {
        return Ok(());
    }
    let there = session.files_of(authority.as_str(), &id.to_string())?;
    for (i, file) in named {
        let known = there.iter().any(|row| row.id == file.to_string());
        faults.unless(known, format_args!("/annexes/{i}/file"), Rule::UnknownFile);
    }
    Ok(())
}

/// One to five numbers of one or two digits, between points.
pub(super) fn is_matter_code(code: &str) -> bool {
    let segments: Vec<&str> = code.split('.').collect();
    (1..=5).contains(&segments.len()) && segments.iter().all(|s| (1..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit()))
}

/// Every `currency`, wherever an amount stands, is three capitals.
fn currencies(value: &serde_json::Value, pointer: &str, faults: &mut Faults) {
    use serde_json::Value;
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| currencies(item, &format!("{pointer}/{i}"), faults)),
        Value::Object(fields) => {
            for (name, field) in fields {
                let at = format!("{pointer}/{name}");
                match field {
                    Value::String(code) if name == "currency" => {
                        faults.unless(code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()), at, Rule::Currency);
                    }
                    other => currencies(other, &at, faults),
                }
            }
        }
        _ => {}
    }
}
