//! Signatures: in whose name, by whom, where and when.

use chrono::NaiveDate;

use crate::intake::blocks::{Block, Cue};
use crate::intake::draft::Confidence;
use crate::intake::grammar::date::date;
use crate::intake::grammar::person::person;
use crate::intake::grammar::word_starts;
use crate::intake::grammar::wording::{longest, matched, starts};
use crate::intake::passage::Passage;
use crate::intake::sink::Sink;
use crate::record::Signature;

/// "ARRAS, le 7 juillet 2025", "Fait à Arras, le 7 juillet 2025": place and day.
pub fn place_date(text: &str) -> Option<(Option<&str>, &str, NaiveDate)> {
    if text.len() > 100 {
        return None;
    }
    if let Some(len) = longest(&["date de signature :", "signe le"], text) {
        let behind = text.get(len..)?.trim_start();
        let mut rest = behind;
        let day = date(&mut rest).ok()?;
        return Some((None, behind.get(..behind.len() - rest.len())?, day));
    }
    let lead = ["fait et delibere a", "ainsi fait et delibere a", "fait a", "fait en seance a", "fait en mairie a", "a", "fait"]
        .iter()
        .filter_map(|lead| matched(lead, text))
        .max()
        .unwrap_or_default();
    let told = text.get(lead..)?.trim_start();
    // The word before a day, and not that of "Vellerot-le-Château".
    let before_a_day = |start: &&str| matched("le", start).and_then(|len| start.get(len..)).is_some_and(|rest| date(&mut rest.trim_start()).is_ok());
    let le = word_starts(told).find(before_a_day)?.get(..2)?;
    let place = crate::intake::grammar::before(told, le).trim_matches([' ', ',', '\u{a0}']);
    let behind = crate::intake::grammar::after(told, le).trim_start();
    let mut rest = behind;
    let day = date(&mut rest).ok()?;
    let printed = behind.get(..behind.len() - rest.len())?;
    let names = place.split([' ', '-']).all(|word| word.starts_with(char::is_uppercase) || word.len() <= 4);
    let ends = !rest.contains(char::is_alphanumeric);
    (ends && place.len() <= 50 && names).then_some(((!place.is_empty()).then_some(place), printed, day))
}

/// "Fait et délibéré à Sainte-Colombe, les jour, mois et an que dessus": the place alone.
fn undated_place(text: &str) -> Option<&str> {
    let lead = longest(&["fait et delibere a", "ainsi fait et delibere a", "fait et delibere en mairie a", "fait a"], text)?;
    let (place, day) = text.get(lead..)?.split_once(',')?;
    (place.len() <= 50 && starts(&["les jour", "le jour", "les jours"], day.trim_start())).then(|| place.trim())
}

/// The signatures of an act or of a report, block by block.
#[derive(Debug, Default)]
pub struct Signatures {
    pub signatures: Vec<Signature>,
    pointer: String,
}

impl Signatures {
    pub fn at(pointer: &str) -> Self {
        Self { signatures: Vec::new(), pointer: pointer.to_owned() }
    }

    fn last(&mut self, fresh: impl Fn(&Signature) -> bool) -> (&mut Signature, String) {
        let full = self.signatures.len() >= 60;
        let last = self.signatures.pop_if(|last| full || fresh(last)).unwrap_or_default();
        let pointer = format!("{}/{}", self.pointer, self.signatures.len());
        (self.signatures.push_mut(last), pointer)
    }

    pub fn take(&mut self, block: &Block, sink: &mut Sink<'_>) {
        let (passage, text) = (&block.passage, block.text());
        match block.cue {
            Cue::Separator => {
                let (signature, pointer) = self.last(|last| *last == Signature::default());
                signature.separator = sink.text(format!("{pointer}/separator"), passage, text, Confidence::Likely);
            }
            Cue::Signature => self.title(passage, text, sink),
            Cue::Delegation => self.delegation(passage, text, sink),
            Cue::Mark => self.mark(passage, text, sink),
            Cue::Name => self.name(passage, text, sink),
            Cue::PlaceDate | Cue::Closing => self.place_date(passage, text, sink),
            _ => {}
        }
    }

    fn title(&mut self, passage: &Passage, text: &str, sink: &mut Sink<'_>) {
        // "Le Maire, Jean DUPONT" on one line.
        let (title, name) = match text.split_once(',') {
            Some((title, name)) if person(name).is_some_and(|(_, rest)| !rest.contains(char::is_alphanumeric)) => (title, Some(name.trim())),
            _ => (text, None),
        };
        let (signature, pointer) = self.last(|last| last.signatory.is_none() && last.title.is_none());
        signature.title = sink.text(format!("{pointer}/title"), passage, title, Confidence::Certain);
        if let Some(name) = name {
            self.name(passage, name, sink);
        }
    }

    /// What stood before "Pour le Président" was said of the one in whose name it is signed.
    fn delegation(&mut self, passage: &Passage, text: &str, sink: &mut Sink<'_>) {
        let (signature, pointer) = self.last(|last| last.formula.is_none());
        if let Some(title) = signature.title.take() {
            sink.rename(&format!("{pointer}/title"), &format!("{pointer}/authority_title"));
            signature.authority_title = Some(title);
        }
        if let Some(person) = signature.signatory.take() {
            sink.rename(&format!("{pointer}/signatory"), &format!("{pointer}/authority"));
            signature.authority = Some(person);
        }
        signature.formula = sink.text(format!("{pointer}/formula"), passage, text, Confidence::Certain);
    }

    fn mark(&mut self, passage: &Passage, text: &str, sink: &mut Sink<'_>) {
        let (signature, pointer) = self.last(|_| true);
        let named = ["signe :", "signe par", "signe electroniquement par", "signe"]
            .iter()
            .filter_map(|row| matched(row, text))
            .max()
            .and_then(|len| text.get(len..))
            .map(|rest| rest.trim_start_matches([' ', ':']));
        match named.filter(|name| person(name).is_some()) {
            Some(name) => {
                let mark = text.get(..text.len() - name.len()).unwrap_or_default().trim_end_matches([' ', ':']);
                signature.mark = sink.text(format!("{pointer}/mark"), passage, mark, Confidence::Certain);
                self.name(passage, name, sink);
            }
            None => signature.mark = sink.text(format!("{pointer}/mark"), passage, text, Confidence::Certain),
        }
    }

    fn name(&mut self, passage: &Passage, text: &str, sink: &mut Sink<'_>) {
        let (signature, pointer) = self.last(|last| last.signatory.is_none());
        if let Some(person) = sink.person_in(&format!("{pointer}/signatory"), passage, text) {
            signature.signatory = Some(person);
        }
    }

    fn place_date(&mut self, passage: &Passage, text: &str, sink: &mut Sink<'_>) {
        if let Some(place) = undated_place(text) {
            let (signature, pointer) = self.last(|last| last.place.is_none());
            signature.place = sink.text(format!("{pointer}/place"), passage, place, Confidence::Certain);
            signature.place_date_text = sink.text(format!("{pointer}/place_date_text"), passage, text, Confidence::Certain);
            return;
        }
        let Some((place, printed, day)) = place_date(text) else { return };
        let (signature, pointer) = self.last(|last| last.date.is_none());
        signature.place = place.and_then(|place| sink.text(format!("{pointer}/place"), passage, place, Confidence::Certain));
        sink.note(format!("{pointer}/date"), passage, printed, Confidence::Certain);
        signature.date = Some(day);
        signature.place_date_text = sink.text(format!("{pointer}/place_date_text"), passage, text, Confidence::Certain);
    }

    /// Those that say something.
    pub fn told(self) -> Vec<Signature> {
        let empty = |signature: &Signature| Signature { separator: None, ..signature.clone() } == Signature::default();
        self.signatures.into_iter().filter(|signature| !empty(signature)).collect()
    }
}
