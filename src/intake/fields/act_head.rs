//! The blocks of the head of an act: its number, its title, and what the sitting says of itself.

use crate::intake::blocks::{Block, Cue, in_capitals, is_heading};
use crate::intake::draft::{Confidence, QuestionCode};
use crate::intake::grammar::date::is_year;
use crate::intake::grammar::person::person;
use crate::intake::grammar::wording::{alone, find, matched, starts};
use crate::intake::grammar::{after, before, sentences, word_starts};
use crate::intake::passage::Passage;
use crate::intake::words::layout::IS_SECRETARY;

use super::articles::{self};
use super::{matter, report};

use super::act::{LEAST, Parts, Reader, Stage};

impl Reader<'_, '_> {
    /// A block of the head. False: it is none.
    pub fn head_block(&mut self, block: &Block, parts: &mut Parts) -> bool {
        let (passage, text) = (&block.passage, block.text());
        if self.lists.is_open() && matches!(block.cue, Cue::Name | Cue::Prose | Cue::Bullet | Cue::Table) && self.lists.take(block, self.sink) {
            self.told_among_names(block);
            return true;
        }
        match block.cue {
            Cue::Furniture | Cue::Separator | Cue::Minutes | Cue::Agenda | Cue::Certifies => {
                if block.cue == Cue::Minutes {
                    self.head.day_and_hour(passage, text, self.sink);
                    self.head.body_kind(passage, text, Confidence::Certain, self.sink);
                }
            }
            Cue::Authority => self.head.authority(block, self.sink),
            Cue::Body => {
                self.head.body(block, self.sink);
                if let Some(number) = report::number(text) {
                    self.number(passage, text, number, parts);
                }
            }
            Cue::Sitting => self.head.sitting(block, self.sink),
            Cue::Opening => {
                self.head.opening(block, self.sink);
                let after_text = find(&["etaient present~", "sont present~", "presents :"], text).map(|w| before(text, w).len());
                if let Some(tail) = after_text.and_then(|at| text.get(at..)) {
                    let inner = Block::inside(passage.part(tail));
                    self.lists.take(&inner, self.sink);
                    return true;
                }
            }
            Cue::Convening => {
                self.head.convening(block, self.sink);
                self.head.counts(block, self.sink);
            }
            Cue::Place => self.head.place(block, self.sink),
            Cue::Starts => self.head.starts(block, self.sink),
            Cue::Ends => self.head.ends(block, self.sink),
            Cue::Chair => self.head.chair(block, self.sink),
            Cue::Secretary | Cue::Quorum => {
                // Both may be told in one paragraph.
                self.head.secretary(block, self.sink);
                self.head.quorum(block, self.sink);
            }
            Cue::Rapporteur => {
                let titled = |start: &&str| person(start).is_some_and(|(read, _)| read.civility.is_some());
                let named = text.split_once(':').map(|(_, named)| named).or_else(|| word_starts(text).find(titled)).unwrap_or(text);
                let pointer = format!("/sitting/agenda/0/rapporteurs/{}", parts.rapporteurs.len());
                parts.rapporteurs.extend(self.sink.person_in(&pointer, passage, named));
            }
            Cue::Number => return self.number_block(block, parts),
            Cue::Report if self.minutes || parts.stage == Stage::Head => {
                if let Some(number) = report::number(text) {
                    self.sink.note("/act/numbers/report".to_owned(), passage, number, Confidence::Certain);
                    parts.report_number = Some((number.to_owned(), text.to_owned()));
                }
            }
            Cue::Title => {
                let title = text.split_once([':', '–']).map(|(_, title)| title.trim()).filter(|title| !title.is_empty());
                match title {
                    Some(title) if parts.title.is_none() => {
                        parts.title = self.sink.text("/act/title".to_owned(), passage, title, Confidence::Certain)
                    }
                    Some(_) => {}
                    None => parts.waits_title = true,
                }
            }
            Cue::Matter => matter::read(block, &mut parts.matters, self.sink),
            Cue::Item => self.item(block, parts),
            _ => return self.head_prose(block, parts),
        }
        if !matches!(block.cue, Cue::Furniture | Cue::Separator) {
            self.lists.close();
        }
        true
    }

    /// "… et M. B. Secrétaire de séance : M. A." at the end of a list.
    fn told_among_names(&mut self, block: &Block) {
        if sentences(block.text()).iter().skip(1).any(|sentence| starts(IS_SECRETARY, sentence)) {
            self.head.secretary(block, self.sink);
        }
    }

    pub(super) fn head_prose(&mut self, block: &Block, parts: &mut Parts) -> bool {
        let (passage, text) = (&block.passage, block.text());
        if text.len() < LEAST {
            return false;
        }
        if self.head.counts(block, self.sink) {
            self.head.quorum(block, self.sink);
            return true;
        }
        if self.lists.take(block, self.sink) {
            self.told_among_names(block);
            return true;
        }
        if find(IS_SECRETARY, text).is_some() && text.len() <= 200 && self.head.secretaries.is_empty() {
            self.head.secretary(block, self.sink);
            self.head.quorum(block, self.sink);
            return true;
        }
        if find(&["quorum"], text).is_some() && text.len() <= 300 {
            self.head.quorum(block, self.sink);
            return true;
        }
        if starts(&["bulletin municipal", "bulletin d'information", "bulletin de"], text) && is_heading(text) {
            self.head.name_in_body(passage, text, self.sink);
            return true;
        }
        if parts.waits_title && block.cue != Cue::Decides {
            parts.waits_title = false;
            parts.title = self.sink.text("/act/title".to_owned(), passage, text, Confidence::Certain);
            return true;
        }
        if starts(&["la seance", "seance"], text) && find(&["ouverte", "ouvre"], text).is_some() {
            self.head.starts(block, self.sink);
            return true;
        }
        let titled = matches!(block.cue, Cue::Prose | Cue::Name | Cue::Bullet | Cue::Agreement | Cue::Paper | Cue::Service | Cue::Annex)
            && text.len() >= 8
            && text.len() <= 400
            && (is_heading(text) || in_capitals(text));
        if titled && let Some((number, title)) = numbered_title(text).filter(|_| parts.number.is_none()) {
            self.number(passage, number, number, parts);
            parts.title = self.sink.text("/act/title".to_owned(), passage, title, Confidence::Likely);
            return true;
        }
        // What kind of paper it is.
        if alone(&["deliberation", "deliberations", "extrait", "projet de deliberation"], text) {
            return true;
        }
        if titled && block.cue != Cue::Bullet && parts.stage == Stage::Head && text.contains(char::is_alphabetic) {
            parts.titles.push(passage.clone());
            return true;
        }
        false
    }

    pub(super) fn number(&mut self, passage: &Passage, text: &str, number: &str, parts: &mut Parts) {
        match &parts.number {
            None => {
                self.sink.note("/act/numbers/0/value".to_owned(), passage, number, Confidence::Certain);
                self.sink.note("/act/numbers/0/text".to_owned(), passage, text, Confidence::Certain);
                parts.number = Some((number.to_owned(), text.to_owned()));
            }
            Some((known, _)) if known != number => {
                let choices = vec![known.clone(), number.to_owned()];
                for value in self.sink.values.iter_mut().filter(|value| value.pointer == "/act/numbers/0/value") {
                    value.confidence = Confidence::Doubtful;
                }
                self.sink.ask("/act/numbers/0/value".to_owned(), Some(passage.span(number)), QuestionCode::NumberAmbiguous, choices);
            }
            Some(_) => {}
        }
    }

    /// "(N°2025-302)"; "Délibération n° 2024-12 : Titre".
    pub(super) fn number_block(&mut self, block: &Block, parts: &mut Parts) -> bool {
        let (passage, text) = (&block.passage, block.text());
        let number = report::number(text).or_else(|| {
            let value = text.split_once(':').map(|(_, value)| value.trim())?;
            let end = value.find([' ', ',', ';']).unwrap_or(value.len());
            value.get(..end).filter(|value| value.contains(|c: char| c.is_ascii_digit()))
        });
        let number = number.or_else(|| report::numbered(text));
        let Some(number) = number else { return false };
        let tail = after(text, number).trim_start_matches([' ', ')', ':', '-', '–', '—', '.', '\u{a0}']);
        if starts(&["du conseil*", "de la commission", "du comite", "du bureau"], tail) {
            self.number(passage, text, number, parts);
            self.head.body_kind(passage, tail, Confidence::Certain, self.sink);
            return true;
        }
        let printed = if tail.len() >= 6 {
            text.get(..before(text, tail).len()).unwrap_or(text).trim_end_matches([' ', ':', '-', '–', '—', '.'])
        } else {
            text
        };
        self.number(passage, printed, number, parts);
        // "N° 12 du 3 mai 2024"; but "N° 13 : Approbation du procès-verbal du 3 mai 2024".
        let day = super::header::single_date(tail).filter(|(printed, _)| tail.len() <= printed.len() + 24);
        if tail.len() >= 6 && parts.title.is_none() && day.is_none() {
            parts.title = self.sink.text("/act/title".to_owned(), passage, tail, Confidence::Likely);
        } else if let Some((printed, day)) = day {
            self.head.set_date(passage, printed, day, Confidence::Likely, self.sink);
        }
        true
    }

    /// "POINT 2 – Titre", "Question n° 3 : Titre", "4. Titre".
    pub fn item(&mut self, block: &Block, parts: &mut Parts) {
        let (passage, text) = (&block.passage, block.text());
        let (label, title) = item_head(text);
        if let Some(label) = label {
            parts.label = self.sink.text("/sitting/agenda/0/label".to_owned(), passage, label, Confidence::Certain);
        }
        if title.len() >= 4 {
            parts.title = self.sink.text("/act/title".to_owned(), passage, title, Confidence::Likely);
        } else {
            parts.waits_title = true;
        }
    }
}

/// "2021-06-04 : TRAVAUX": a number that stands before its title.
fn numbered_title(text: &str) -> Option<(&str, &str)> {
    let text = matched("deliberation", text).and_then(|len| text.get(len..)).unwrap_or(text).trim_start();
    let end = text.find([' ', ':', '\u{a0}'])?;
    let number = text.get(..end)?;
    let marked = number.contains(['-', '/', '_', '.'])
        && number.chars().filter(char::is_ascii_digit).count() >= 3
        && report::is_bare_number(number)
        && !is_years(number);
    let title = text.get(end..)?.trim_start_matches([' ', '\u{a0}']).strip_prefix([':', '–', '-'])?.trim();
    (marked && title.len() >= 4).then_some((number, title))
}

/// "2021-2027": years, of a plan as often as of an act.
fn is_years(text: &str) -> bool {
    text.split_once(['-', '/']).is_some_and(|(from, to)| is_year(from) && is_year(to))
}

/// The label of an item and its title: "POINT 2 – Titre", "4. Titre", "Question n° 3 : Titre".
pub fn item_head(text: &str) -> (Option<&str>, &str) {
    let bare = text.trim_start_matches(['-', ' ', '•']);
    let word = ["point", "question", "dossier", "affaire", "rapport"].iter().find_map(|word| matched(word, bare));
    if let Some(len) = word {
        let rest = bare.get(len..).unwrap_or_default();
        let number = rest.trim_start_matches([' ', 'n', 'N', '°', 'o', '\u{a0}']);
        let end = number.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '/' | '.' | '_'))).unwrap_or(number.len());
        let label_end = bare.len() - number.len() + number.get(..end).unwrap_or_default().trim_end_matches(['.', '-']).len();
        let title = bare.get(label_end..).unwrap_or_default().trim_start_matches([' ', ':', '-', '–', '—', '.', ')', '\u{a0}']);
        return (bare.get(..bare.len() - title.len()).map(str::trim), title);
    }
    let (label, title) = articles::mark(bare);
    if label.is_some() {
        return (label, title);
    }
    (None, bare)
}
