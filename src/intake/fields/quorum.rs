//! The numbers of a sitting: members in office, voters, and whether the quorum was met.

use crate::intake::blocks::{Block, Cue};
use crate::intake::draft::Confidence;
use crate::intake::grammar::number::{count, number};
use crate::intake::grammar::person::person;
use crate::intake::grammar::wording::{find, longest};
use crate::intake::grammar::{after, before, between, sentences, word_starts};
use crate::intake::sink::Sink;
use crate::intake::words::attendance::{IN_OFFICE, PRESENT_COUNT, VOTERS_COUNT};
use crate::intake::words::layout::IS_SECRETARY;
use crate::record::{Count, StatedQuorum};

use super::header::Head;

impl Head {
    /// "Nombre de membres en exercice : 15 – présents : 12 – votants : 14". True: the block was one of counts.
    pub fn counts(&mut self, block: &Block, sink: &mut Sink<'_>) -> bool {
        let (passage, text) = (&block.passage, block.text());
        if text.len() > 600 {
            return false;
        }
        let mut told = false;
        let read = |table: &[&str]| {
            // "Nombre de conseillers : en exercice : 15": the count stands behind the last of them.
            let wordings = || word_starts(text).filter_map(|start| start.get(..longest(table, start)?));
            let told = wordings().find_map(|wording| {
                let mut rest = after(text, wording).trim_start_matches([' ', ':', '\u{a0}', '=', '.', '-', '–', '\t']);
                let start = rest;
                let read = count(&mut rest).ok()?;
                Some((between(text, wording, start.get(..start.len() - rest.len())?), read))
            });
            if told.is_some() {
                return told;
            }
            let wording = wordings().next()?;
            // "15 membres en exercice"
            let head = before(text, wording).trim_end();
            let last = head.rsplit([' ', '\u{a0}']).next()?;
            let mut figures = last;
            let read = count(&mut figures).ok().filter(|_| figures.is_empty())?;
            Some((between(text, last, wording), read))
        };
        if let Some((printed, read)) = read(IN_OFFICE) {
            if self.members_in_office.is_none() {
                sink.note("/sitting/members_in_office".to_owned(), passage, printed, Confidence::Certain);
                self.members_in_office = Some(read);
            }
            told = true;
        }
        if let Some((printed, read)) = read(VOTERS_COUNT) {
            self.voters = Some((read, passage.span(printed)));
            told = true;
        }
        told && find(PRESENT_COUNT, text).is_none_or(|wording| person(after(text, wording).trim_start_matches([' ', ':'])).is_none())
    }

    pub fn quorum(&mut self, block: &Block, sink: &mut Sink<'_>) {
        let passage = &block.passage;
        let alone = block.cue == Cue::Quorum && find(IS_SECRETARY, block.text()).is_none();
        let told =
            if alone { Some(block.text()) } else { sentences(block.text()).into_iter().find(|sentence| find(&["quorum"], sentence).is_some()) };
        let Some(text) = told.filter(|_| self.quorum.is_none()) else { return };
        let met =
            if find(&["quorum n'est pas atteint", "quorum n'etant pas atteint", "n'est pas reuni", "non atteint", "quorum : non"], text).is_some() {
                Some(false)
            } else if find(
                &[
                    "quorum est atteint",
                    "quorum etant atteint",
                    "quorum atteint",
                    "quorum : atteint",
                    "quorum : oui",
                    "est atteint",
                    "etait atteint",
                    "quorum est reuni",
                    "quorum etant reuni",
                    "sont remplies",
                    "est constate",
                ],
                text,
            )
            .is_some()
            {
                Some(true)
            } else {
                None
            };
        // What is told of another meeting is not of this one.
        let elsewhere = find(
            &["sans condition", "de nouveau convoque~", "a nouveau convoque~", "premiere convocation", "premiere reunion", "premiere seance"],
            text,
        );
        let met = met.filter(|_| elsewhere.is_none());
        let read = find(&["quorum"], text).filter(|wording| find(&["en exercice"], after(text, wording)).is_none()).and_then(|wording| {
            let mut rest = after(text, wording).trim_start_matches([' ', ':', '\u{a0}', '(']);
            let start = rest;
            number(&mut rest)
                .ok()
                .and_then(|read| Count::try_from(read).ok())
                .map(|read| (start.get(..start.len() - rest.len()).unwrap_or_default(), read))
        });
        if let Some((printed, _)) = read {
            sink.note("/sitting/quorum/number".to_owned(), passage, printed, Confidence::Certain);
        }
        if met.is_some() {
            sink.note("/sitting/quorum/met".to_owned(), passage, text, Confidence::Certain);
        }
        let text = sink.text("/sitting/quorum/text".to_owned(), passage, text, Confidence::Certain);
        self.quorum = Some(StatedQuorum { text, number: read.map(|(_, number)| number), basis: None, met });
    }
}
