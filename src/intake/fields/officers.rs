//! The chair and the secretary of a sitting.

use crate::intake::blocks::{Block, Cue};
use crate::intake::draft::Confidence;
use crate::intake::grammar::person::{in_capitals, person};
use crate::intake::grammar::wording::{find, matched, starts};
use crate::intake::grammar::{after, before, sentences, word_starts};
use crate::intake::sink::Sink;
use crate::intake::words::attendance::OFFICES;
use crate::intake::words::layout::{IS_SECRETARY, UNDER_THE_CHAIR};
use crate::record::{Chair, ChairCapacity, Secretary};

use super::header::Head;

impl Head {
    pub fn chair(&mut self, block: &Block, sink: &mut Sink<'_>) {
        let text = block.text();
        let Some(wording) = find(UNDER_THE_CHAIR, text) else { return };
        let named = after(text, wording).trim_start_matches([' ', ':', '\u{a0}']);
        let index = self.chairs.len();
        if index > 8 {
            return;
        }
        let pointer = format!("/sitting/chairs/{index}");
        let Some((read, rest)) = person(named) else { return };
        // "Présidence de M. A, puis, pour le vote du compte, de M. B".
        let office_ends = rest.find([';', '.']).and_then(|end| rest.get(..end)).unwrap_or(rest);
        let then = find(&["puis"], office_ends).map(|word| after(rest, word)).filter(|_| index == 0 && block.cue == Cue::Chair);
        let then = then.and_then(|rest| word_starts(rest).find(|start| person(start).is_some_and(|(read, _)| read.civility.is_some())));
        let mut person = sink.person(&format!("{pointer}/person"), &block.passage, &read, None);
        let office = rest
            .strip_prefix(',')
            .map(str::trim_start)
            .and_then(|rest| rest.split([',', '.', ';', '(']).next())
            .map(str::trim)
            .filter(|office| !office.is_empty());
        let office = office.filter(|office| starts(OFFICES, office));
        let capacity = office.map_or(ChairCapacity::Unstated, |office| {
            person.office = sink.text(format!("{pointer}/person/office"), &block.passage, office, Confidence::Likely);
            capacity(office)
        });
        let whole = before(text, wording).trim().is_empty();
        let heading = whole.then(|| sink.text(format!("{pointer}/heading"), &block.passage, text, Confidence::Likely)).flatten();
        self.chairs.push(Chair { heading, person, capacity, from: None, until: None, part: None });
        if let Some(next) = then.and_then(|start| sink.person_in("/sitting/chairs/1/person", &block.passage, start)) {
            self.chairs.push(Chair { heading: None, person: next, capacity: ChairCapacity::Unstated, from: None, until: None, part: None });
        }
    }

    /// "Secrétaire : Mme X"; "M. Y est désigné secrétaire de séance".
    pub fn secretary(&mut self, block: &Block, sink: &mut Sink<'_>) {
        let told = sentences(block.text()).into_iter().find_map(|sentence| Some(sentence).zip(find(IS_SECRETARY, sentence)));
        let Some((text, wording)) = told.filter(|_| self.secretaries.is_empty()) else { return };
        let begins_it = before(text, wording).chars().filter(|c| c.is_alphanumeric()).count() == 0;
        let colon = text.find(':').map(|at| text.get(at + 1..).unwrap_or_default());
        let names = if begins_it { colon.unwrap_or_else(|| after(text, wording)) } else { last_person(before(text, wording)) };
        let names = word_starts(names)
            .find(|start| person(start).is_some_and(|(read, _)| read.civility.is_some() || in_capitals(read.name) || read.family.is_some()))
            .unwrap_or_default();
        for item in super::people::items(names).into_iter().take(4) {
            let index = self.secretaries.len();
            let pointer = format!("/sitting/secretaries/{index}");
            let Some(person) = sink.person_in(&format!("{pointer}/person"), &block.passage, item) else { continue };
            let heading = begins_it.then(|| sink.text(format!("{pointer}/heading"), &block.passage, text, Confidence::Likely)).flatten();
            self.secretaries.push(Secretary { heading, person, auxiliary: false, part: None });
            if !begins_it {
                break;
            }
        }
    }
}

fn capacity(office: &str) -> ChairCapacity {
    if matched("vice-president*", office).is_some() || find(&["adjoint~"], office).is_some() {
        ChairCapacity::Deputy
    } else if find(&["doyen~"], office).is_some() {
        ChairCapacity::OldestMember
    } else if find(&["maire", "president~"], office).is_some() {
        ChairCapacity::President
    } else {
        ChairCapacity::Unstated
    }
}

/// From the last name of a text on.
fn last_person(text: &str) -> &str {
    word_starts(text)
        .filter(|start| person(start).is_some_and(|(read, _)| read.civility.is_some()))
        .last()
        .or_else(|| word_starts(text).find(|start| person(start).is_some()))
        .unwrap_or_default()
}
