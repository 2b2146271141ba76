//! A ballot on a page: its picture, the table that says the same, and what neither shows.

use minijinja::Value;
use serde::Serialize;

use super::respond::Failure;
use super::templates::{render, safe};
use super::words::{self, Badge};
use crate::publish::drawing::Setting;
use crate::publish::paper::{self, Block, Content, Role, Table};
use crate::publish::{Cast, chamber};
use crate::record::{Ballot, BallotMode, Count, Finding, Id, SittingRecord, TargetKind};
use crate::rules::doubts_a_tally;

#[derive(Serialize)]
struct Model {
    anchor: String,
    title: String,
    /// Of the other acts that it decides on; 0: it decides on one.
    others: usize,
    mode: Option<String>,
    /// The vote line to the letter.
    text: Option<String>,
    secret: bool,
    picture: Value,
    table: Value,
    voters: Option<u32>,
    votes_cast: Option<u32>,
    unanimity: Option<String>,
    elected: Vec<String>,
    outcome: Option<Badge>,
    outcome_text: Option<String>,
}

/// A ballot. `items` are those of the page: on the others it is said that it decides too. What doubts its figures stands under its picture.
///
/// # Errors
/// When a template is broken.
pub fn html(ballot: &Ballot, cast: &Cast, sitting: &SittingRecord, items: &[Id], doubts: &Doubts<'_>) -> Result<Value, Failure> {
    let notes = doubts.on(ballot.id);
    let picture = chamber::picture(ballot, cast, sitting).noting(&notes);
    let number = |count: Option<Count>| count.map(Count::get);
    let model = Model {
        anchor: format!("scrutin-{}", ballot.id),
        title: title(ballot, sitting),
        others: ballot.covers.iter().filter(|item| !items.contains(item)).count(),
        mode: (ballot.mode != BallotMode::Unstated).then(|| words::label(ballot.mode.label())),
        text: ballot.text.clone(),
        secret: ballot.mode == BallotMode::Secret,
        picture: safe(chamber::svg(&picture, Setting::Page)),
        table: table(chamber::table(&picture))?,
        voters: number(ballot.voters),
        votes_cast: number(ballot.votes_cast),
        unanimity: ballot.unanimity.as_ref().map(|u| u.text.clone().unwrap_or_else(|| "à l’unanimité".to_owned())),
        elected: ballot.election.iter().flat_map(|e| &e.elected).map(|elected| super::names::of_ref(cast, &elected.person).text).collect(),
        outcome: Badge::of_outcome(ballot.outcome),
        outcome_text: ballot.outcome_text.clone(),
    };
    Ok(safe(render("ballot.html", model)?))
}

/// What of a page's ballots is not to be taken as it is drawn.
pub struct Doubts<'a> {
    pub findings: &'a [Finding],
    /// Whose figures cannot be right, whatever findings are shown.
    pub unreconciled: &'a [Id],
}

impl Doubts<'_> {
    /// In the words of the findings, where the authority shows them.
    fn on(&self, ballot: Id) -> Vec<String> {
        let about = self.findings.iter().filter(|finding| finding.subject.id == ballot && doubts_a_tally(finding.code));
        let mut said: Vec<String> = about.map(|finding| words::capital(&finding.label.fr)).collect();
        if said.is_empty() && self.unreconciled.contains(&ballot) {
            said.push("Les chiffres imprimés de ce scrutin ne concordent pas.".to_owned());
        }
        said
    }
}

/// A table that says what a picture shows.
///
/// # Errors
/// When a template is broken.
pub fn table(table: Table) -> Result<Value, Failure> {
    Ok(safe(paper::blocks(&[Block { role: Role::Vote, content: Content::Table(table) }], 0)?))
}

fn title(ballot: &Ballot, sitting: &SittingRecord) -> String {
    let item = ballot.covers.iter().find_map(|id| sitting.agenda.iter().find(|item| item.id == *id));
    let place = item.and_then(|item| item.label.clone().or_else(|| item.title.clone()));
    let what = match (ballot.target.kind, &ballot.target.label) {
        (_, Some(label)) => words::capital(label),
        (TargetKind::Whole, None) => {
            ballot.election.as_ref().and_then(|e| e.office.clone()).map_or_else(|| "Ensemble".to_owned(), |o| words::capital(&o))
        }
        (kind, None) => words::label(kind.label()),
    };
    match place {
        Some(place) => format!("{what} – {place}"),
        None => what,
    }
}
