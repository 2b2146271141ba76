//! A ballot on a page.

use minijinja::Value;
use serde::Serialize;

use super::respond::Failure;
use super::templates::{render, safe};
use super::words::{self, Badge};
use crate::publish::Cast;
use crate::record::{Ballot, BallotMode, BallotOption, Count, Id, SittingRecord, TallyEntry, TargetKind, Visibility, VoteBasis};

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
    /// Whether anyone stands behind a count.
    names: bool,
    options: Vec<OptionLine>,
    voters: Option<u32>,
    votes_cast: Option<u32>,
    unanimity: Option<String>,
    rounds: Vec<RoundModel>,
    elected: Vec<String>,
    outcome: Option<Badge>,
    outcome_text: Option<String>,
}

#[derive(Serialize)]
struct OptionLine {
    label: String,
    count: Option<u32>,
    named: Vec<String>,
}

#[derive(Serialize)]
struct RoundModel {
    caption: String,
    candidates: Vec<CandidateLine>,
}

#[derive(Serialize)]
struct CandidateLine {
    name: String,
    votes: Option<u32>,
    seats: Option<u32>,
}

fn number(count: Option<Count>) -> Option<u32> {
    count.map(Count::get)
}

/// The picture of a ballot and the table that says the same. Call site: where there is a picture of the chamber, it goes here, with its table in the
/// place of this one.
pub fn picture(ballot: &Ballot, cast: &Cast, sitting: &SittingRecord, items: &[Id]) -> Result<Value, Failure> {
    Ok(safe(render("ballot.html", model(ballot, cast, sitting, items))?))
}

fn model(ballot: &Ballot, cast: &Cast, sitting: &SittingRecord, items: &[Id]) -> Model {
    let secret = ballot.mode == BallotMode::Secret;
    let options = ballot.options.iter().map(|tally| OptionLine {
        label: tally.label.clone().filter(|l| !l.trim().is_empty()).unwrap_or_else(|| words::label(tally.option.label())),
        count: number(tally.count),
        // Of a secret ballot nobody's vote is told, whatever the record came with.
        named: if secret {
            Vec::new()
        } else {
            tally.entries.iter().map(|entry| named(entry, cast)).chain(called(ballot, tally.option, cast)).collect()
        },
    });
    let options: Vec<OptionLine> = options.collect();
    let election = ballot.election.as_ref();
    Model {
        names: options.iter().any(|option| !option.named.is_empty()),
        anchor: format!("scrutin-{}", ballot.id),
        title: title(ballot, sitting),
        others: ballot.covers.iter().filter(|item| !items.contains(item)).count(),
        mode: (ballot.mode != BallotMode::Unstated).then(|| words::label(ballot.mode.label())),
        text: ballot.text.clone(),
        secret,
        options,
        voters: number(ballot.voters),
        votes_cast: number(ballot.votes_cast),
        unanimity: ballot.unanimity.as_ref().map(|u| u.text.clone().unwrap_or_else(|| "à l’unanimité".to_owned())),
        rounds: election.map(|e| e.rounds.iter().zip(1..).map(|(round, place)| of_round(round, place, cast)).collect()).unwrap_or_default(),
        elected: election.map(|e| e.elected.iter().map(|elected| super::names::of_ref(cast, &elected.person).text).collect()).unwrap_or_default(),
        outcome: Badge::of_outcome(ballot.outcome),
        outcome_text: ballot.outcome_text.clone(),
    }
}

fn title(ballot: &Ballot, sitting: &SittingRecord) -> String {
    let item = ballot.covers.iter().find_map(|id| sitting.agenda.iter().find(|item| item.id == *id));
    let place = item.and_then(|item| item.label.clone().or_else(|| item.title.clone()));
    let what = match (ballot.target.kind, &ballot.target.label) {
        (_, Some(label)) => label.clone(),
        (TargetKind::Whole, None) => ballot.election.as_ref().and_then(|e| e.office.clone()).unwrap_or_else(|| "Ensemble".to_owned()),
        (kind, None) => words::label(kind.label()),
    };
    match place {
        Some(place) => format!("{what} – {place}"),
        None => what,
    }
}

/// Who gave that answer by name. What the vote of a group gave its members is not theirs.
fn called(ballot: &Ballot, option: BallotOption, cast: &Cast) -> impl Iterator<Item = String> {
    let lines = ballot.roll_call.iter().flatten().filter(move |line| line.option == option && line.basis == VoteBasis::Person);
    lines.map(|line| {
        let by_proxy = if line.by_proxy.is_some() { " (par pouvoir)" } else { "" };
        format!("{}{by_proxy}", super::names::of_ref(cast, &line.person).text)
    })
}

fn named(entry: &TallyEntry, cast: &Cast) -> String {
    let shown = |visibility: Visibility| visibility == Visibility::Public;
    let group = || entry.group.and_then(|id| cast.groups.get(&id)).filter(|group| shown(group.visibility)).map(|group| group.name.clone());
    let person = || entry.person.and_then(|id| cast.persons.get(&id)).filter(|person| shown(person.visibility)).map(super::names::of_person);
    let name = entry.printed.clone().or_else(group).or_else(person).unwrap_or_else(|| words::label(entry.kind.label()));
    let count = entry.count.map(|count| format!(" ({})", count.get())).unwrap_or_default();
    let except: Vec<String> = entry.exceptions.iter().map(|person| super::names::of_ref(cast, person).text).collect();
    let except = if except.is_empty() { String::new() } else { format!(", sauf {}", except.join(", ")) };
    format!("{name}{count}{except}")
}

fn of_round(round: &crate::record::Round, place: usize, cast: &Cast) -> RoundModel {
    let candidates = round.candidates.iter().map(|candidate| {
        let people: Vec<String> = candidate.people.iter().map(|person| super::names::of_ref(cast, person).text).collect();
        let name = candidate.list.clone().unwrap_or_else(|| people.join(", "));
        CandidateLine { name, votes: number(candidate.votes), seats: number(candidate.seats) }
    });
    RoundModel { caption: round.text.clone().unwrap_or_else(|| format!("Tour {place}")), candidates: candidates.collect() }
}
