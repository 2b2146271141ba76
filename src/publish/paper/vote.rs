//! How the room voted, as an act prints it: an option a line, with whom it names; then what it came to.

use super::words::{and, count, name, person_name};
use super::{Block, Column, Content, Role, Row, Table};
use crate::publish::Cast;
use crate::publish::french::capital;
use crate::record::{
    Ballot, BallotKind, BallotMode, BallotOption, Candidate, Count, Election, NotVotingReason, Outcome, RollCallLine, Round, SittingRecord, Tally,
    TallyEntry, TargetKind, VoteBasis, VoterKind,
};

/// One ballot: what introduces it, its lines; the tables of an election.
pub(super) fn blocks(ballot: &Ballot, sitting: &SittingRecord, cast: &Cast) -> Vec<Block> {
    let mut blocks = vec![vote(Content::Text(heading(ballot)))];
    let lines = lines(ballot, sitting, cast);
    if !lines.is_empty() {
        blocks.push(vote(Content::Lines(lines)));
    }
    if let Some(election) = &ballot.election {
        blocks.extend(election.rounds.iter().zip(1u32..).map(|(round, number)| vote(Content::Table(round_table(round, number, election, cast)))));
        blocks.extend(elected(election, cast).map(|line| vote(Content::Text(line))));
    }
    if ballot.target.kind != TargetKind::Whole {
        blocks
            .extend(outcome(ballot.outcome_text.as_deref(), ballot.outcome).map(|text| Block { role: Role::Outcome, content: Content::Text(text) }));
    }
    blocks
}

fn vote(content: Content) -> Block {
    Block { role: Role::Vote, content }
}

/// "Dans les conditions de vote ci-dessous :", "Vote sur l'amendement n° 3, présenté par le groupe A :".
fn heading(ballot: &Ballot) -> String {
    if let Some(heading) = &ballot.heading {
        return heading.clone();
    }
    let target = &ballot.target;
    let on = match target.kind {
        TargetKind::Whole if ballot.kind == BallotKind::Election => "Élection :".to_owned(),
        TargetKind::Whole => "Dans les conditions de vote ci-dessous :".to_owned(),
        kind => {
            let label = target.label.clone().unwrap_or_else(|| kind.label().fr.to_owned());
            let author = target.author.as_ref().map(|author| format!(", présenté par {author}")).unwrap_or_default();
            format!("Vote sur : {label}{author}")
        }
    };
    match ballot.mode {
        BallotMode::Unstated => on,
        mode => format!("{} ({}) :", on.trim_end_matches(" :"), mode.label().fr),
    }
}

/// The vote line as printed, else one line for each option.
fn lines(ballot: &Ballot, sitting: &SittingRecord, cast: &Cast) -> Vec<String> {
    if let Some(text) = &ballot.text {
        return text.lines().map(str::to_owned).collect();
    }
    let mut lines: Vec<String> = Vec::new();
    if let Some(who) = ballot.requested_by.as_deref().filter(|who| !who.is_empty()) {
        let who: Vec<String> = who.iter().map(|person| name(person, cast)).collect();
        lines.push(format!("Mode de scrutin demandé par : {}", and(&who)));
    }
    lines.extend(ballot.unanimity.iter().map(|unanimity| {
        let composed = || format!("À l'unanimité {}", unanimity.basis.as_deref().unwrap_or_default()).trim_end().to_owned();
        unanimity.text.clone().unwrap_or_else(composed)
    }));
    lines.extend(ballot.options.iter().map(|tally| tally_line(tally, ballot, cast)));
    let roll_call = ballot.roll_call.as_deref().unwrap_or_default();
    let untold = |option: &BallotOption| !ballot.options.iter().any(|tally| tally.option == *option);
    lines.extend(OPTIONS.iter().filter(|option| untold(option)).filter_map(|option| named_line(*option, roll_call, cast)));
    if let Some(other) = ballot.same_vote_as.filter(|_| ballot.options.is_empty()).and_then(|id| sitting.ballots.iter().find(|b| b.id == id)) {
        lines.push("Même vote que le scrutin précédent :".to_owned());
        // One step only: a chain of repeats is told by its own acts.
        lines.extend(other.options.iter().map(|tally| tally_line(tally, other, cast)));
    }
    lines.extend(ballot.voters.map(|voters| format!("Nombre de votants : {}", voters.get())));
    lines.extend(ballot.votes_cast.map(|cast| format!("Suffrages exprimés : {}", cast.get())));
    if ballot.casting_vote == Some(true) {
        lines.push("La voix du président est prépondérante.".to_owned());
    }
    lines
}

const OPTIONS: [BallotOption; 6] =
    [BallotOption::For, BallotOption::Against, BallotOption::Abstention, BallotOption::Blank, BallotOption::Void, BallotOption::NotVoting];

/// "Pour : 43 voix (Groupe A ; Groupe B)". An unknown count is left out: it is not 0.
fn tally_line(tally: &Tally, ballot: &Ballot, cast: &Cast) -> String {
    let label = tally.label.clone().unwrap_or_else(|| capital(tally.option.label().fr));
    let number = tally.count_text.clone().or_else(|| tally.count.map(|count| votes(tally.option, count)));
    let mut who: Vec<String> = tally.entries.iter().map(|entry| entry_words(entry, cast)).collect();
    if !tally.entries.iter().any(|entry| entry.kind == VoterKind::Person) {
        who.extend(named(tally.option, ballot.roll_call.as_deref().unwrap_or_default(), cast));
    }
    let who = if who.is_empty() { String::new() } else { format!(" ({})", who.join(" ; ")) };
    match number {
        Some(number) => format!("{label} : {number}{who}"),
        None if who.is_empty() => format!("{label} : nombre non précisé"),
        None => format!("{label} :{who}"),
    }
}

/// Only what counts in the result is a "voix": "43 voix" for, "1" abstaining.
fn votes(option: BallotOption, count: Count) -> String {
    match option {
        BallotOption::For | BallotOption::Against => format!("{} voix", count.get()),
        _ => count.get().to_string(),
    }
}

fn entry_words(entry: &TallyEntry, cast: &Cast) -> String {
    let who = entry.printed.clone().or_else(|| match entry.kind {
        VoterKind::Group => Some(cast.groups.get(&entry.group?)?.name.clone()),
        VoterKind::Person => person_name(entry.person?, cast),
        VoterKind::NonAffiliated => Some("Non-inscrit".to_owned()),
    });
    let who = who.unwrap_or_else(|| entry.kind.label().fr.to_owned());
    let number = entry.count.map(|count| format!(" : {}", count.get())).unwrap_or_default();
    let except = and(&entry.exceptions.iter().map(|person| name(person, cast)).collect::<Vec<_>>());
    if except.is_empty() { format!("{who}{number}") } else { format!("{who}{number}, sauf {except}") }
}

/// Who is named for an option by a personal vote.
fn named(option: BallotOption, roll_call: &[RollCallLine], cast: &Cast) -> Vec<String> {
    let lines = roll_call.iter().filter(|line| line.option == option && line.basis == VoteBasis::Person);
    lines
        .map(|line| {
            let who = name(&line.person, cast);
            let by = line.by_proxy.as_ref().map(|holder| format!("par {}", name(holder, cast)));
            let why = line.reason.filter(|reason| *reason != NotVotingReason::Unstated).map(|reason| reason.label().fr.to_owned());
            let details: Vec<String> = [by, why].into_iter().flatten().collect();
            if details.is_empty() { who } else { format!("{who}, {}", details.join(", ")) }
        })
        .collect()
}

fn named_line(option: BallotOption, roll_call: &[RollCallLine], cast: &Cast) -> Option<String> {
    let who = named(option, roll_call, cast);
    if who.is_empty() { None } else { Some(format!("{} : {}", capital(option.label().fr), who.join(" ; "))) }
}

/// "(Adopté)"; none where nothing is said of it.
pub(super) fn outcome(text: Option<&str>, outcome: Outcome) -> Option<String> {
    match (text, outcome) {
        (Some(text), _) => Some(text.to_owned()),
        (None, Outcome::Unstated) => None,
        (None, known) => Some(format!("({})", capital(known.label().fr))),
    }
}

fn round_table(round: &Round, number: u32, election: &Election, cast: &Cast) -> Table {
    let office = election.office.as_deref().map(|office| format!(" – {office}")).unwrap_or_default();
    let title = round.text.clone().unwrap_or_else(|| format!("{number}{} tour{office}", if number == 1 { "er" } else { "e" }));
    let seats = round.candidates.iter().any(|candidate| candidate.seats.is_some());
    let figure = |value: Option<Count>| value.map(|value| value.get().to_string()).unwrap_or_else(|| "non précisé".to_owned());
    let width = if seats { 3 } else { 2 };
    let row = |what: &str, value: Option<Count>| {
        value.map(|value| Row::Cells([what.to_owned(), value.get().to_string(), String::new()].into_iter().take(width).collect()))
    };
    let mut rows: Vec<Row> = round
        .candidates
        .iter()
        .map(|candidate| {
            Row::Cells(
                [candidate_words(candidate, cast), figure(candidate.votes), candidate.seats.map(|s| s.get().to_string()).unwrap_or_default()]
                    .into_iter()
                    .take(width)
                    .collect(),
            )
        })
        .collect();
    let figures = [
        ("Votants", round.voters),
        ("Blancs", round.blank),
        ("Nuls", round.void),
        ("Suffrages exprimés", round.votes_cast),
        ("Majorité requise", round.majority_needed),
    ];
    rows.extend(figures.into_iter().filter_map(|(what, value)| row(what, value)));
    let headings = [("Candidat ou liste", false), ("Voix", true), ("Sièges", true)];
    let columns = headings.into_iter().take(width).map(|(heading, numeric)| Column { heading: heading.to_owned(), numeric }).collect();
    Table { caption: title, caption_shown: true, columns, rows }
}

fn candidate_words(candidate: &Candidate, cast: &Cast) -> String {
    let people: Vec<String> = candidate.people.iter().map(|person| name(person, cast)).collect();
    match (&candidate.list, people.is_empty()) {
        (Some(list), true) => list.clone(),
        (Some(list), false) => format!("{list} ({})", people.join(", ")),
        (None, true) => "candidat non précisé".to_owned(),
        (None, false) => people.join(", "),
    }
}

fn elected(election: &Election, cast: &Cast) -> Option<String> {
    let who: Vec<String> = election
        .elected
        .iter()
        .map(|elected| {
            let office = elected.office.as_ref().map(|office| format!(" ({office})")).unwrap_or_default();
            let substitute = elected.substitute.as_ref().map(|person| format!(", suppléant : {}", name(person, cast))).unwrap_or_default();
            format!("{}{office}{substitute}", name(&elected.person, cast))
        })
        .collect();
    if who.is_empty() {
        None
    } else {
        Some(format!("{} : {}.", count(u32::try_from(who.len()).unwrap_or(u32::MAX), "élu", "élus"), who.join(" ; ")))
    }
}
