//! Stamps of transmission, taken out of the page before it is read: they stand anywhere, in the middle of a sentence too.

use chrono::NaiveDate;

use super::draft::Confidence;
use super::grammar::date::{date, dates};
use super::grammar::word_starts;
use super::grammar::wording::{begins, find, longest, starts};
use super::lines::Line;
use super::passage::Passage;
use super::sink::Sink;
use crate::record::{PrintedDate, Stamp};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Title,
    Identifier,
    Sent,
    Received,
    Posted,
    Notified,
    Enforceable,
}

/// How a line of a stamp begins.
const PARTS: &[(&str, Part)] = &[
    ("accuse de reception en prefecture", Part::Title),
    ("accuse de reception - ministere", Part::Title),
    ("accuse de reception prefecture", Part::Title),
    ("accuse certifie executoire", Part::Title),
    ("acte rendu~ executoire apres", Part::Title),
    ("rendu~ executoire apres", Part::Title),
    ("certifie~ executoire compte tenu", Part::Title),
    ("acte certifie~ executoire compte tenu", Part::Title),
    ("ar prefecture", Part::Title),
    ("ar-prefecture", Part::Title),
    ("ar controle de legalite", Part::Received),
    ("a.r. prefecture", Part::Title),
    ("id :", Part::Identifier),
    ("identifiant unique", Part::Identifier),
    ("identifiant", Part::Identifier),
    ("identifiant de teletransmission", Part::Identifier),
    ("numero de l'accuse", Part::Identifier),
    ("date de teletransmission", Part::Sent),
    ("date d'envoi en prefecture", Part::Sent),
    ("teletransmis~ le", Part::Sent),
    ("date de transmission", Part::Sent),
    ("date de transmission en prefecture", Part::Sent),
    ("date de reception prefecture", Part::Received),
    ("date de reception en prefecture", Part::Received),
    ("date de reception", Part::Received),
    ("date de l'accuse de reception", Part::Received),
    ("reception par le prefet", Part::Received),
    ("reception par le prefet :", Part::Received),
    ("recu~ le", Part::Received),
    ("affiche~ le", Part::Posted),
    ("affiche~ au", Part::Posted),
    ("affiche~ a", Part::Posted),
    ("affiche~ en", Part::Posted),
    ("publie~ au recueil", Part::Posted),
    ("publie~ au registre", Part::Posted),
    ("affichage le", Part::Posted),
    ("affichage :", Part::Posted),
    ("date d'affichage", Part::Posted),
    ("date de publication", Part::Posted),
    ("publie~ le", Part::Posted),
    ("publication le", Part::Posted),
    ("publication :", Part::Posted),
    ("mis~ en ligne le", Part::Posted),
    ("publie~ sur le site", Part::Posted),
    ("mis~ en ligne sur", Part::Posted),
    ("mise en ligne le", Part::Posted),
    ("mise en ligne :", Part::Posted),
    ("notifie~ le", Part::Notified),
    ("notification le", Part::Notified),
    ("rendu~ executoire le", Part::Enforceable),
    ("executoire le", Part::Enforceable),
    ("executoire a compter du", Part::Enforceable),
    ("certifie~ executoire le", Part::Enforceable),
    ("acte rendu~ executoire le", Part::Enforceable),
];

/// Verbs and nouns of what was done with the act, before whom it was done with.
const DONE: &[(&str, Part)] = &[
    ("transmis~", Part::Sent),
    ("teletransmis~", Part::Sent),
    ("envoye~", Part::Sent),
    ("depose~", Part::Sent),
    ("transmission", Part::Sent),
    ("teletransmission", Part::Sent),
    ("envoi", Part::Sent),
    ("depot", Part::Sent),
    ("recu~", Part::Received),
    ("reception", Part::Received),
    ("accuse~ de reception", Part::Received),
];

/// The representative of the State and his services.
const STATE: &[&str] = &[
    "en prefecture",
    "en sous-prefecture",
    "a la prefecture",
    "a la sous-prefecture",
    "par la prefecture",
    "par la sous-prefecture",
    "a monsieur le prefet",
    "a madame la prefete",
    "au prefet",
    "par le prefet",
    "au controle de legalite",
    "au representant de l'etat",
    "par le representant de l'etat",
    "aux services de l'etat",
    "prefecture",
    "sous-prefecture",
];

/// What stands before what was done: "Acte certifié exécutoire compte tenu de la réception…".
const BEFORE: &[&str] =
    &["acte", "certifie~", "la", "et de la", "de la", "et", "et de sa", "deliberation", "date de", "date d'", "date de la", "le present acte a ete"];

/// What a line of a stamp begins with: how much of it, and what it says.
fn part(text: &str) -> Option<(usize, Part)> {
    let lead = longest(BEFORE, text).map(|len| text.get(len..).unwrap_or_default().trim_start());
    [Some(text), lead].into_iter().flatten().find_map(|rest| {
        let skipped = text.len() - rest.len();
        if let Some((len, part)) = begins(PARTS, rest) {
            return Some((skipped + len, part));
        }
        let (len, part) = begins(DONE, rest)?;
        let whom = rest.get(len..)?.trim_start();
        let whom = whom.get(longest(STATE, whom)?..)?;
        Some((text.len() - whom.len(), part))
    })
}

/// An identifier at the start of a text: department, SIREN, day, number, nature (`062-226200012-20250707-2025-302-DE`).
fn identifier(text: &str) -> Option<&str> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'))).unwrap_or(text.len());
    let word = text.get(..end)?.trim_end_matches(['.', '-', '/']);
    let mut parts = word.splitn(4, '-');
    let (department, siren, day, rest) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
    let department = department.len() == 3 && department.starts_with(|c: char| c.is_ascii_digit());
    let day = digits(day, 8) && NaiveDate::parse_from_str(day, "%Y%m%d").is_ok();
    // Some prefectures' receipts have the number of the file behind: "-DE-1-1".
    let counted = |part: &str| part.len() <= 2 && !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut rest = rest;
    while let Some(before) = rest.rsplit_once('-').filter(|(_, last)| counted(last)).map(|(before, _)| before) {
        rest = before;
    }
    let (number, nature) = rest.rsplit_once('-')?;
    let nature = nature.len() == 2 && nature.bytes().all(|b| b.is_ascii_uppercase());
    (department && digits(siren, 9) && day && !number.is_empty() && nature).then_some(word)
}

fn find_identifier(text: &str) -> Option<&str> {
    word_starts(text).find_map(identifier)
}

/// A part of a stamp: what it says and where.
#[derive(Debug)]
pub struct Piece {
    part: Part,
    pub passage: Passage,
}

/// Takes the stamps out of the lines. A line that only begins a stamp has its value on the next one.
pub fn take(mut lines: Vec<Line>) -> (Vec<Piece>, Vec<Line>) {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut waits, mut behind) = (false, false);
    lines.retain_mut(|line| {
        let text = line.text();
        let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        // A sentence goes on in small letters, a stamp may: "Transmis le 2 avril" and "et publié le 3 avril". A list under an article has bullets.
        let goes_on = bare.starts_with(char::is_lowercase) || text.starts_with(['-', '•', '–', '*', '▪']);
        let part = Some(bare).filter(|bare| bare.len() > 3).and_then(part).filter(|_| behind || !goes_on);
        let alone = identifier(bare).is_some_and(|id| bare.len() <= id.len() + 4);
        let dated = || !dates(text).is_empty();
        let is_stamp = match part {
            Some((_, Part::Title)) => text.len() <= 160,
            // With its value, and no sentence that goes on.
            Some((len, _)) => text.len() <= 160 && (bare.len() <= len + 3 || (dated() || find_identifier(text).is_some()) && no_sentence(bare)),
            None => alone || waits && is_day(bare),
        };
        let undated = |len: usize| bare.len() <= len + 3 || find_identifier(text).is_some() && !dated();
        waits = matches!(part, Some((len, p)) if !matches!(p, Part::Title | Part::Identifier) && undated(len)) || part.is_none() && waits && is_stamp;
        if is_stamp {
            let part = part.map_or(if alone { Part::Identifier } else { pieces.last().map_or(Part::Title, |last| last.part) }, |(_, part)| part);
            pieces.push(Piece { part, passage: line.passage.spaced() });
        } else if let Some(((part, passage), rest)) = waits_inside(line) {
            pieces.push(Piece { part, passage });
            *line = rest;
        }
        behind = is_stamp || line.text().len() > 10 && find(&["executoire"], line.text()).is_some();
        // The line after a stamp is no new paragraph for that.
        !is_stamp
    });
    (pieces, lines)
}

/// Words of stamps, beside those by which they begin and the names of places.
const STAMP_WORDS: &[&str] = &[
    "a",
    "acte",
    "actes",
    "administratifs",
    "affichage",
    "affiche~",
    "agglomeration",
    "apres",
    "au",
    "aux",
    "certifie~",
    "collectivite",
    "commune",
    "communaute",
    "compter",
    "compte",
    "controle",
    "date",
    "de",
    "departement",
    "des",
    "d'affichage",
    "d",
    "du",
    "electronique~",
    "electroniquement",
    "en",
    "envoi",
    "et",
    "executoire",
    "hotel",
    "id",
    "identifiant",
    "internet",
    "l",
    "la",
    "le",
    "legalite",
    "les",
    "ligne",
    "mairie",
    "metropole",
    "mise",
    "mis~",
    "no",
    "notification",
    "notifie~",
    "n",
    "par",
    "porte",
    "prefecture",
    "prefet",
    "prefete",
    "publication",
    "publie~",
    "reception",
    "recu~",
    "recueil",
    "region",
    "registre",
    "rendu~",
    "representant",
    "siege",
    "site",
    "services",
    "sous",
    "sur",
    "syndicat",
    "tableau",
    "tenu",
    "transmis~",
    "transmission",
    "teletransmis~",
    "teletransmission",
    "etat",
    "un",
    "ville",
    "voie",
    "depose~",
    "accuse",
    "ar",
    "heures",
    "h",
];

/// Whether a line says no more than a stamp does: its words are those of stamps, or begin with a capital, and it ends with its sentence.
fn no_sentence(text: &str) -> bool {
    let known: Vec<&str> = dates(text).into_iter().map(|(printed, _)| printed).chain(find_identifier(text)).collect();
    let inside = |start: &str| known.iter().any(|part| (part.as_ptr().addr()..part.as_ptr().addr() + part.len()).contains(&start.as_ptr().addr()));
    let mut words = word_starts(text).filter(|start| !inside(start));
    words.all(|start| start.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || longest(STAMP_WORDS, start).is_some())
}

/// Whether a line is a day and no more: "le 2 avril 2024", "en date du 02/04/2024".
fn is_day(text: &str) -> bool {
    let lead = longest(&["en date du", "le", "du", "date"], text).unwrap_or_default();
    let mut rest = text.get(lead..).unwrap_or_default().trim_start_matches([' ', ':', '\u{a0}']);
    date(&mut rest).is_ok() && !rest.contains(char::is_alphabetic)
}

/// An identifier or a stamp that stands at the end of a line of something else: what it is, and the line without it.
fn waits_inside(line: &Line) -> Option<((Part, Passage), Line)> {
    let text = line.text();
    if text.len() > 400 {
        return None;
    }
    let begun = word_starts(text).skip(1).find(|rest| {
        starts(&["accuse de reception en prefecture", "ar prefecture", "envoye en prefecture le", "recu en prefecture le"], rest)
            || identifier(rest).is_some()
    })?;
    let before = text.get(..text.len() - begun.len())?.trim_end();
    // "de modifier la délibération 059-…-DE et de porter…" names another act.
    let named = |id: &str| {
        let behind = begun.get(id.len()..).unwrap_or_default();
        behind.contains(char::is_alphabetic) || find(&["vu", "deliberation", "decision", "modifi*", "abrog*"], before).is_some()
    };
    if identifier(begun).is_some_and(named) {
        return None;
    }
    let part = if identifier(begun).is_some() { Part::Identifier } else { self::part(begun)?.1 };
    let passage = line.passage.part(begun);
    let rest = Line { passage: line.passage.part(before), blank_before: line.blank_before, bold_goes_on: line.bold_goes_on, page: line.page };
    Some(((part, passage.spaced()), rest))
}

/// The stamp that these pieces make, written under `pointer`; null where there are none.
pub fn read(pieces: &[&Piece], pointer: &str, sink: &mut Sink<'_>) -> Option<Stamp> {
    pieces.first()?;
    let mut stamp = Stamp::default();
    let mut texts: Vec<&str> = Vec::new();
    for piece in pieces {
        let text = piece.passage.text();
        if !texts.contains(&text) {
            texts.push(text);
        }
        if let Some(id) = find_identifier(text)
            && stamp.identifier.is_none()
        {
            sink.note(format!("{pointer}/identifier"), &piece.passage, id, Confidence::Certain);
            stamp.identifier = Some(id.to_owned());
        }
        let mut piece_parts = parts_of(text);
        if piece_parts.is_empty() {
            piece_parts = dates(text).into_iter().map(|(printed, day)| (piece.part, printed, day)).collect();
        }
        for (part, printed, day) in piece_parts {
            let (field, name) = match part {
                Part::Sent => (&mut stamp.sent, "sent"),
                Part::Received => (&mut stamp.received, "received"),
                Part::Posted => (&mut stamp.posted, "posted"),
                Part::Notified => (&mut stamp.notified, "notified"),
                Part::Enforceable => (&mut stamp.enforceable, "enforceable"),
                Part::Title | Part::Identifier => continue,
            };
            if field.is_none() {
                sink.note(format!("{pointer}/{name}/date"), &piece.passage, printed, Confidence::Certain);
                *field = Some(PrintedDate { text: Some(printed.to_owned()), date: Some(day) });
            }
        }
    }
    if let (Some(first), Some(last)) = (pieces.first(), pieces.last()) {
        sink.note_stretch(format!("{pointer}/text"), first.passage.whole(), last.passage.whole(), Confidence::Likely);
    }
    stamp.text = Some(texts.join("\n"));
    Some(stamp)
}

/// The dates of a line, each with the words before it that say what it is.
fn parts_of(text: &str) -> Vec<(Part, &str, NaiveDate)> {
    let mut found = Vec::new();
    let mut part = None;
    let mut skip = 0;
    for start in word_starts(text) {
        let from = text.len() - start.len();
        if from < skip {
            continue;
        }
        if let Some((len, read)) = self::part(start) {
            part = Some(read);
            skip = from + len;
            continue;
        }
        let mut rest = start;
        if let (Some(part), Ok(day)) = (part, date(&mut rest)) {
            let printed = start.get(..start.len() - rest.len()).unwrap_or_default();
            skip = from + printed.len();
            found.push((part, printed, day));
        }
    }
    found
}

/// The SIREN in an identifier.
pub fn siren(stamp: &Stamp) -> Option<&str> {
    stamp.identifier.as_deref()?.split('-').nth(1)
}

/// The day of the decision in an identifier.
pub fn day(stamp: &Stamp) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(stamp.identifier.as_deref()?.split('-').nth(2)?, "%Y%m%d").ok()
}
