//! The counts of a ballot as stated, one for each option.

use super::Position;
use crate::record::{Ballot, Count, TallyEntry};

/// The count of an option, with those behind it.
#[derive(Clone, Debug)]
pub struct Stated<'a> {
    pub position: Position,
    pub label: Option<&'a str>,
    pub count: Option<u32>,
    pub text: Option<&'a str>,
    pub entries: Vec<&'a TallyEntry>,
}

/// A count as a number.
pub fn number(count: Option<Count>) -> Option<u32> {
    count.map(Count::get)
}

/// In printed order. An option printed in several lines is one; its count is unknown where that of a line is.
pub fn stated(ballot: &Ballot) -> Vec<Stated<'_>> {
    let mut all: Vec<Stated<'_>> = Vec::new();
    for tally in &ballot.options {
        let position = Position::of(tally.option);
        let count = number(tally.count);
        match all.iter_mut().find(|known| known.position == position) {
            Some(known) => {
                known.count = known.count.zip(count).map(|(one, other)| one.saturating_add(other));
                known.entries.extend(&tally.entries);
            }
            None => all.push(Stated {
                position,
                label: tally.label.as_deref().filter(|label| !label.trim().is_empty()),
                count,
                text: tally.count_text.as_deref().filter(|text| !text.trim().is_empty()),
                entries: tally.entries.iter().collect(),
            }),
        }
    }
    all
}
