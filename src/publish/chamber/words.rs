//! A ballot in words: the table that says what the picture shows, and the description that goes with it.

use super::super::french::capital;
use super::super::paper::{Column, Row, Table};
use super::{Behind, Bench, Figure, Of, Picture, Position, Seat, Slice};

/// What stands where a number is not known.
pub const UNKNOWN: &str = "nombre inconnu";
/// What stands where a group is not known.
pub const NO_GROUP: &str = "Groupe non indiqué";

pub fn table(picture: &Picture) -> Table {
    let (columns, mut rows) = match &picture.figure {
        Figure::Hemicycle(benches) => seats(benches),
        Figure::Bars(slices) => bars(slices),
    };
    rows.extend(picture.notes.iter().cloned().map(Row::Across));
    Table { caption: heading(picture), caption_shown: true, columns, rows }
}

/// What was voted on, and what became of it.
pub fn heading(picture: &Picture) -> String {
    let outcome = picture.outcome.as_ref().map(|outcome| format!(" – {outcome}")).unwrap_or_default();
    format!("{}{outcome}", picture.title)
}

/// The whole picture as sentences.
pub fn description(picture: &Picture) -> String {
    let shown = match &picture.figure {
        Figure::Hemicycle(benches) => {
            let all: Vec<&Seat> = benches.iter().flat_map(|bench| &bench.seats).collect();
            let groups = benches.iter().map(|bench| {
                let seats: Vec<&Seat> = bench.seats.iter().collect();
                format!("{} : {}", bench.group.as_deref().unwrap_or(NO_GROUP), listed(&seats))
            });
            vec![
                format!("{} sièges. {}.", all.len(), capital(&listed(&all))),
                format!("De gauche à droite : {}.", groups.collect::<Vec<_>>().join(" ; ")),
            ]
        }
        Figure::Bars(slices) => slices.iter().map(|slice| format!("{} : {}{}.", slice.label, said(slice), named(slice))).collect(),
    };
    shown.into_iter().chain(picture.notes.iter().cloned()).collect::<Vec<_>>().join(" ")
}

/// How many seats of each position, in words: "pour : 12, contre : 3".
fn listed(seats: &[&Seat]) -> String {
    counts(seats).into_iter().map(|(position, number)| format!("{} : {number}", position.label())).collect::<Vec<_>>().join(", ")
}

/// The positions that are taken, and by how many.
pub fn counts(seats: &[&Seat]) -> Vec<(Position, usize)> {
    let number = |position| seats.iter().filter(|seat| seat.position == position).count();
    Position::ALL.into_iter().map(|position| (position, number(position))).filter(|(_, number)| *number > 0).collect()
}

/// A member in words, with who cast the vote.
pub fn member(seat: &Seat) -> Option<String> {
    let person = seat.person.as_ref()?;
    let holder = seat.by_proxy.as_ref().map(|holder| format!(" (pouvoir porté par {holder})")).unwrap_or_default();
    Some(format!("{person}{holder}"))
}

fn seats(benches: &[Bench]) -> (Vec<Column>, Vec<Row>) {
    let names = benches.iter().flat_map(|bench| &bench.seats).any(|seat| seat.person.is_some());
    let mut columns = vec![column("Groupe", false), column("Vote", false), column("Sièges", true)];
    if names {
        columns.push(column("Noms", false));
    }
    let cells = |group: &str, position: Position, number: usize, named: Option<String>| {
        let mut cells = vec![group.to_owned(), position.label().to_owned(), number.to_string()];
        cells.extend(named.filter(|_| names));
        cells
    };
    let mut rows = Vec::new();
    for bench in benches {
        let all: Vec<&Seat> = bench.seats.iter().collect();
        for (position, number) in counts(&all) {
            let here = || all.iter().filter(|seat| seat.position == position);
            let mut said: Vec<String> = here().filter_map(|seat| member(seat)).collect();
            let unnamed = number - said.len();
            if unnamed > 0 {
                said.push(format!("sans nom : {unnamed}"));
            }
            rows.push(Row::Cells(cells(bench.group.as_deref().unwrap_or(NO_GROUP), position, number, Some(said.join(", ")))));
        }
    }
    let all: Vec<&Seat> = benches.iter().flat_map(|bench| &bench.seats).collect();
    rows.extend(counts(&all).into_iter().map(|(position, number)| Row::Total(cells("Ensemble", position, number, Some(String::new())))));
    (columns, rows)
}

fn bars(slices: &[Slice]) -> (Vec<Column>, Vec<Row>) {
    let election = slices.iter().any(|slice| matches!(slice.of, Of::Candidate { .. }));
    let names = slices.iter().any(|slice| !slice.behind.is_empty());
    let mut columns = vec![column(if election { "Candidat" } else { "Vote" }, false), column("Voix", true)];
    if names {
        columns.push(column(if election { "Liste" } else { "Groupes et personnes nommés" }, false));
    }
    if election {
        columns.push(column("Résultat", false));
    }
    let row = |slice: &Slice| {
        let mut cells = vec![slice.label.clone(), slice.votes.map_or_else(|| unknown(slice), |votes| votes.to_string())];
        if names {
            cells.push(slice.behind.iter().map(voter).collect::<Vec<_>>().join(" ; "));
        }
        if election {
            cells.push(result(slice));
        }
        Row::Cells(cells)
    };
    (columns, slices.iter().map(row).collect())
}

fn unknown(slice: &Slice) -> String {
    slice.text.as_ref().map_or_else(|| UNKNOWN.to_owned(), |text| format!("{} ({UNKNOWN})", text.trim()))
}

/// A count in words: "43 voix", "1 abstention", "nombre inconnu".
pub fn said(slice: &Slice) -> String {
    let Some(votes) = slice.votes else { return unknown(slice) };
    let many = if votes > 1 { "s" } else { "" };
    let counted = match slice.of {
        Of::Position(Position::Blank | Position::Void) => format!("{votes} bulletin{many}"),
        Of::Position(Position::Abstention) => format!("{votes} abstention{many}"),
        Of::Position(Position::NotVoting | Position::Recused | Position::Absent | Position::Unstated) => format!("{votes} membre{many}"),
        _ => format!("{votes} voix"),
    };
    let result = result(slice);
    if result.is_empty() { counted } else { format!("{counted}, {result}") }
}

/// Whether a candidate won, and how many seats a list has.
fn result(slice: &Slice) -> String {
    let Of::Candidate { elected, seats } = slice.of else { return String::new() };
    let seats = seats.map(|seats| format!("{seats} siège{}", if seats > 1 { "s" } else { "" }));
    elected.then(|| "élu".to_owned()).into_iter().chain(seats).collect::<Vec<_>>().join(", ")
}

/// Those behind a count, in words.
pub fn voter(behind: &Behind) -> String {
    let votes = behind.votes.map(|votes| format!(" : {votes}")).unwrap_or_default();
    let except = if behind.except.is_empty() { String::new() } else { format!(", sauf {}", behind.except.join(", ")) };
    format!("{}{except}{votes}", behind.name)
}

fn named(slice: &Slice) -> String {
    if slice.behind.is_empty() {
        return String::new();
    }
    format!(" ({})", slice.behind.iter().map(voter).collect::<Vec<_>>().join(" ; "))
}

fn column(heading: &str, numeric: bool) -> Column {
    Column { heading: heading.to_owned(), numeric }
}
