//! Rows in which cells are empty, or go over several lines: what stands under which heading is told by where it stands on the line.

use crate::intake::passage::Passage;
use crate::intake::sink::Sink;

/// The columns that a cell stands on, from and to; null where tabs divide the line, which tell no place.
fn place(cell: &Passage, sink: &Sink<'_>) -> Option<(usize, usize)> {
    if cell.is_empty() { None } else { sink.columns(cell.whole()) }
}

/// Whether two stretches of a line have a place in common.
fn overlap(a: (usize, usize), b: (usize, usize)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

/// The rows with their cells under their headings. What cannot be told stays as it was.
pub fn rows(rows: &[Vec<Passage>], sink: &Sink<'_>) -> Vec<Vec<Passage>> {
    let Some((header, lines)) = rows.split_first() else { return Vec::new() };
    let places: Option<Vec<_>> = header.iter().map(|cell| place(cell, sink)).collect();
    let Some(mut places) = places.filter(|places| places.len() >= 2) else { return rows.to_vec() };
    // Figures may stand beside their heading: the rows that are whole tell how far a column goes.
    for row in lines.iter().filter(|row| row.len() == header.len()) {
        for (known, here) in places.iter_mut().zip(row.iter().map(|cell| place(cell, sink))) {
            if let Some(here) = here {
                *known = (known.0.min(here.0), known.1.max(here.1));
            }
        }
    }
    let mut told: Vec<Vec<Passage>> = vec![header.clone()];
    for row in lines {
        let missing = row.len() < header.len();
        match under(row, &places, sink).filter(|_| missing) {
            // The line of one cell, not under the first heading, goes on with that cell of the row above it.
            Some(under) if row.len() == 1 && under.first() != Some(&0) && told.len() > 1 => {
                let above = under.first().and_then(|column| told.last_mut()?.get_mut(*column)).filter(|above| !above.is_empty());
                match (above, row.first()) {
                    (Some(above), Some(more)) => above.join(more),
                    _ => told.push(row.clone()),
                }
            }
            Some(under) if row.len() > 1 => {
                let mut whole = vec![Passage::default(); header.len()];
                for (cell, column) in row.iter().zip(under) {
                    if let Some(empty) = whole.get_mut(column) {
                        *empty = cell.clone();
                    }
                }
                told.push(whole);
            }
            _ => told.push(row.clone()),
        }
    }
    told
}

/// The column that each cell stands in; null where one stands in none or in several, or two in one.
fn under(row: &[Passage], headings: &[(usize, usize)], sink: &Sink<'_>) -> Option<Vec<usize>> {
    let mut found: Vec<usize> = Vec::new();
    for cell in row {
        let here = place(cell, sink)?;
        let mut near = headings.iter().enumerate().filter(|(_, heading)| overlap(here, **heading)).map(|(at, _)| at);
        let column = near.next()?;
        if near.next().is_some() || found.last().is_some_and(|last| *last >= column) {
            return None;
        }
        found.push(column);
    }
    Some(found)
}
