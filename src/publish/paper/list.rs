//! The list of the deliberations of a sitting (CGCT L2121-25 for communes; elsewhere a convenience).

use super::words::{body_words, capitals, of_the};
use super::{Block, Column, Content, Paper, Role, Row, Table, head};
use crate::publish::french::{capital, day};
use crate::publish::{ActOfSitting, SittingReading};
use crate::record::Outcome;

/// Number, object and outcome of each act that was decided on.
pub fn list(reading: &SittingReading) -> Paper {
    let (sitting, cast) = (&reading.record, &reading.cast);
    let head =
        [capitals(&cast.authority.name), capitals(&format!("liste des délibérations {}", of_the(&body_words(cast)))), head::sitting_line(sitting)];
    let columns = [("Numéro", false), ("Objet", false), ("Sort", false)];
    let table = Table {
        caption: "Délibérations examinées".to_owned(),
        caption_shown: false,
        columns: columns.into_iter().map(|(heading, numeric)| Column { heading: heading.to_owned(), numeric }).collect(),
        rows: reading.acts.iter().map(row).collect(),
    };
    let listed = if reading.acts.is_empty() {
        Content::Text("Aucune délibération n'est enregistrée pour cette séance.".to_owned())
    } else {
        Content::Table(table)
    };
    Paper {
        title: format!("Liste des délibérations – réunion du {}", day(sitting.date)),
        author: cast.authority.name.clone(),
        date: sitting.date,
        marks: Vec::new(),
        blocks: vec![Block { role: Role::Head, content: Content::Lines(head.into()) }, Block { role: Role::Body, content: listed }],
        footer: Vec::new(),
    }
}

fn row(act: &ActOfSitting) -> Row {
    let outcome = match act.record.outcome {
        Outcome::Unstated => act.record.outcome_text.clone().unwrap_or_else(|| "non précisé".to_owned()),
        known => known.label().fr.to_owned(),
    };
    Row::Cells(vec![act.number.clone().unwrap_or_else(|| "sans numéro".to_owned()), act.record.title.clone(), capital(&outcome)])
}
