//! The grammar of small things, on winnow: wordings, numbers, dates, hours, amounts, names. Every parser reads a slice of the text and returns
//! slices of
//! it, so that a value keeps its place. Nothing here looks further ahead than a few words.

pub mod date;
pub mod money;
pub mod number;
pub mod person;
pub mod time;
pub mod wording;

pub use wording::{alone, words};

/// What a parser of this grammar returns.
pub type Parsed<T> = winnow::Result<T>;

/// Where a text can be read afresh: its start, and after each character that ends a word.
pub fn word_starts(text: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    text.char_indices().filter_map(move |(byte, c)| {
        let starts = c.is_alphanumeric() && !inside;
        inside = c.is_alphanumeric();
        starts.then(|| text.get(byte..)).flatten()
    })
}

/// Everything that `parser` reads in a text, from left to right, without overlap: the slice and what it means.
pub fn all<'a, T>(text: &'a str, mut parser: impl FnMut(&mut &'a str) -> Parsed<T>) -> Vec<(&'a str, T)> {
    let mut found = Vec::new();
    let mut left_at = 0;
    for start in word_starts(text) {
        let from = text.len() - start.len();
        if from < left_at {
            continue;
        }
        let mut rest = start;
        if let Ok(meaning) = parser(&mut rest) {
            let read = start.get(..start.len() - rest.len()).unwrap_or_default();
            left_at = from + read.len();
            found.push((read, meaning));
        }
    }
    found
}

/// The first characters of a text, so many at most.
pub fn beginning(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// The sentences of a text: a point ends one behind a word, not behind an initial or a civility.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    for (at, _) in text.match_indices(". ") {
        let word = text.get(..at).unwrap_or_default().rsplit([' ', '\u{a0}']).next().unwrap_or_default();
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let ends = letters > 4 || letters == 0 || word.ends_with(')') || !word.starts_with(char::is_uppercase) && letters > 2;
        if ends && text.get(at + 2..).is_some_and(|next| next.starts_with(char::is_uppercase)) {
            cuts.push(at + 2);
        }
    }
    cuts.push(text.len());
    cuts.iter().zip(cuts.iter().skip(1)).filter_map(|(from, to)| text.get(*from..*to)).map(str::trim_end).collect()
}

/// What stands after a slice of `text`.
pub fn after<'a>(text: &'a str, part: &str) -> &'a str {
    let end = part.as_ptr().addr().saturating_sub(text.as_ptr().addr()) + part.len();
    text.get(end..).unwrap_or_default()
}

/// What stands before a slice of `text`.
pub fn before<'a>(text: &'a str, part: &str) -> &'a str {
    let start = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    text.get(..start).unwrap_or_default()
}

/// From the start of one slice of `text` to the end of another.
pub fn between<'a>(text: &'a str, first: &str, last: &str) -> &'a str {
    let start = before(text, first).len();
    let end = before(text, last).len() + last.len();
    text.get(start..end).unwrap_or_default()
}
