//! Votes by group, in a table: a column for each option, a line for each group, the totals in the last.

use crate::intake::draft::{Confidence, QuestionCode};
use crate::intake::grammar::number::count;
use crate::intake::grammar::wording::{begins, starts};
use crate::intake::passage::Passage;
use crate::intake::sink::Sink;
use crate::intake::words::votes::{OPTIONS, VOTERS};
use crate::record::{BallotOption, Count, Tally};

use super::tables::is_total_word;
use super::tallies::{self, Told};

/// The options over the columns, from the first of them on; empty where the row is no header of votes.
fn options(header: &[Passage]) -> Vec<(usize, BallotOption)> {
    let option = |cell: &Passage| begins(OPTIONS, cell.text()).filter(|(len, _)| *len == cell.len()).map(|(_, option)| option);
    let found: Vec<_> = header.iter().enumerate().filter_map(|(at, cell)| option(cell).map(|option| (at, option))).collect();
    let together = found.iter().zip(found.iter().skip(1)).all(|((a, _), (b, _))| a + 1 == *b);
    let last = found.last().is_some_and(|(at, _)| at + 1 == header.len());
    if found.len() >= 2 && found.len() + 1 >= header.len() && together && last { found } else { Vec::new() }
}

/// Whether the rows of a table are those of a vote.
pub fn is_vote(rows: &[Vec<Passage>]) -> bool {
    rows.len() >= 2 && rows.first().is_some_and(|header| !options(header).is_empty())
}

fn whole_count(cell: &Passage) -> Option<Count> {
    let mut rest = cell.text();
    count(&mut rest).ok().filter(|_| rest.trim().is_empty())
}

/// Reads the table into a vote of which nothing was counted yet. A line that has another number of cells is asked for, and no more.
pub fn read(rows: &[Vec<Passage>], pointer: &str, told: &mut Told, sink: &mut Sink<'_>) {
    let Some((header, lines)) = rows.split_first().filter(|_| told.options.is_empty()) else { return };
    let columns = options(header);
    for (index, (at, option)) in columns.iter().enumerate() {
        let here = format!("{pointer}/options/{index}");
        let Some(cell) = header.get(*at) else { continue };
        sink.note(format!("{here}/option"), cell, cell.text(), Confidence::Certain);
        let label = sink.text(format!("{here}/label"), cell, cell.text(), Confidence::Certain);
        told.options.push(Tally { option: *option, label, count: None, count_text: None, entries: Vec::new() });
    }
    for line in lines {
        let Some((name, cells)) = line.split_first().filter(|(_, cells)| cells.len() == columns.len()) else {
            sink.ask(format!("{pointer}/options"), line.first().map(Passage::whole), QuestionCode::TableUnread, Vec::new());
            continue;
        };
        // "15 | 12 | 2 | 1" under "Votants": the counts of the ballot.
        let counted = whole_count(name).is_some() || starts(&["nombre de", "voix", "suffrage~", "resultat~"], name.text());
        let total = is_total_word(name.text()) || counted && lines.len() == 1;
        if counted && !total {
            sink.ask(format!("{pointer}/options"), Some(name.whole()), QuestionCode::TableUnread, Vec::new());
            continue;
        }
        if let Some(voters) = whole_count(name).filter(|_| header.first().is_some_and(|first| starts(VOTERS, first.text()))) {
            sink.note(format!("{pointer}/voters"), name, name.text(), Confidence::Certain);
            told.voters = Some(voters);
        }
        for (index, (cell, tally)) in cells.iter().zip(&mut told.options).enumerate() {
            let here = format!("{pointer}/options/{index}");
            let Some(votes) = whole_count(cell) else { continue };
            if total {
                sink.note(format!("{here}/count"), cell, cell.text(), Confidence::Certain);
                tally.count = Some(votes);
                tally.count_text = sink.text(format!("{here}/count_text"), cell, cell.text(), Confidence::Certain);
            } else if votes != Count::default() {
                let place = format!("{here}/entries/{}", tally.entries.len());
                let mut entry = tallies::entry(name, name.text(), false, &place, sink);
                sink.forget(&format!("{place}/count"));
                sink.note(format!("{place}/count"), cell, cell.text(), Confidence::Certain);
                entry.count = Some(votes);
                tally.entries.push(entry);
            }
        }
    }
}
