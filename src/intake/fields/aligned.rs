//! Rows in which cells are empty, or go over several lines: what stands under which heading is told by where it stands on the line.

use crate::intake::passage::Passage;
use crate::intake::sink::Sink;

/// The columns that a cell stands on, from and to; null where tabs divide the line, which tell no place.
fn place(cell: &Passage, sink: &Sink<'_>) -> Option<(usize, usize)> {
    if cell.is_empty() { None } else { sink.columns(cell.whole()) }
}

/// How far two stretches of a line are from each other.
fn apart(a: (usize, usize), b: (usize, usize)) -> usize {
    b.0.saturating_sub(a.1).max(a.0.saturating_sub(b.1))
}

/// The rows with their cells under their headings. What cannot be told stays as it was.
pub fn rows(rows: &[Vec<Passage>], sink: &Sink<'_>) -> Vec<Vec<Passage>> {
    let Some((header, lines)) = rows.split_first() else { return Vec::new() };
    let places: Option<Vec<_>> = header.iter().map(|cell| place(cell, sink)).collect();
    let Some(places) = places.filter(|places| places.len() >= 2) else { return rows.to_vec() };
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

/// The heading nearest to each cell; null where two stand under one, or one is as near to two.
fn under(row: &[Passage], headings: &[(usize, usize)], sink: &Sink<'_>) -> Option<Vec<usize>> {
    let mut found: Vec<usize> = Vec::new();
    for cell in row {
        let here = place(cell, sink)?;
        let nearest = headings.iter().map(|heading| apart(here, *heading)).min()?;
        let mut near = headings.iter().enumerate().filter(|(_, heading)| apart(here, **heading) == nearest).map(|(at, _)| at);
        let column = near.next()?;
        if near.next().is_some() || found.last().is_some_and(|last| *last >= column) {
            return None;
        }
        found.push(column);
    }
    Some(found)
}
