//! Wordings: how a set phrase of the tables is recognised in print, whatever its accents, capitals, spaces and agreement.
//!
//! A pattern is written without accents, in lower case. `~` stands for any agreement ("présent(e)s", "présent·e·s", "présente"); a final `*` for the
//! rest of the word.

use std::collections::BTreeMap;

use super::{Parsed, word_starts};

const AGREEMENTS: &[&str] = &[
    "(e)(s)", "(e)s", "(es)", "(s)", "(e)", "(nt)", "(ent)", "·e·s", ".e.s", "-e-s", "·es", ".es", "-es", "·e", "·s", "ees", "es", "s", "e", "ent",
    "nt",
];

/// A letter as it is compared. The table of accents is that of French; what is not in it is compared as it stands.
pub fn plain(c: char) -> char {
    match c {
        'a'..='z' | '0'..='9' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        'à' | 'â' | 'ä' | 'á' | 'À' | 'Â' | 'Ä' | 'Á' => 'a',
        'ç' | 'Ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
        'î' | 'ï' | 'í' | 'Î' | 'Ï' | 'Í' => 'i',
        'ô' | 'ö' | 'ó' | 'Ô' | 'Ö' | 'Ó' => 'o',
        'ù' | 'û' | 'ü' | 'ú' | 'Ù' | 'Û' | 'Ü' | 'Ú' => 'u',
        'ñ' | 'Ñ' => 'n',
        'ÿ' | 'Ÿ' => 'y',
        '\u{2019}' | '\u{2018}' | '`' | '´' => '\'',
        '\u{2013}' | '\u{2014}' | '\u{2011}' | '\u{2212}' => '-',
        'º' => '°',
        other if other.is_whitespace() => ' ',
        other => other,
    }
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// The length of the agreement that a text begins with.
fn agreement(text: &str) -> usize {
    AGREEMENTS
        .iter()
        .filter(|ending| text.get(..ending.len()).is_some_and(|head| head.eq_ignore_ascii_case(ending)))
        .find(|ending| !text.get(ending.len()..).unwrap_or_default().starts_with(char::is_alphanumeric))
        .map_or(0, |ending| ending.len())
}

/// The two letters or signs that a text begins with, as they are compared: most rows of a table begin with others, and are passed by without being read.
/// A mark or a ligature does not tell; what is in no pattern is `OTHER`.
#[derive(Clone, Copy)]
struct First([Option<u8>; 2]);

/// No pattern has it.
const OTHER: u8 = 0x7f;

impl First {
    fn of(text: &str) -> Self {
        let tells = |c: &char| !is_mark(*c) && !matches!(c, 'œ' | 'Œ' | 'æ' | 'Æ');
        let mut letters = text.chars().map(|c| Some(c).filter(tells).map(|c| u8::try_from(plain(c)).ok().filter(u8::is_ascii).unwrap_or(OTHER)));
        // Where a text ends, a word does.
        Self([letters.next().unwrap_or(Some(b' ')), letters.next().unwrap_or(Some(b' '))])
    }

    fn may_be(self, pattern: &str) -> bool {
        let Self([Some(first), second]) = self else { return true };
        match (pattern.as_bytes(), second) {
            ([wanted, ..], _) if !wanted.is_ascii_alphanumeric() => true,
            ([wanted, ..], _) if *wanted != first => false,
            ([_, wanted, ..], Some(second)) if wanted.is_ascii_alphanumeric() || *wanted == b' ' => *wanted == second,
            ([_], Some(second)) => !second.is_ascii_alphanumeric(),
            _ => true,
        }
    }
}

/// How many bytes of `text` a pattern reads from its start.
pub fn matched(pattern: &str, text: &str) -> Option<usize> {
    let mut rest = text;
    for wanted in pattern.chars() {
        match wanted {
            '*' => {
                rest = rest.trim_start_matches(char::is_alphanumeric);
                continue;
            }
            '~' => {
                rest = rest.get(agreement(rest)..)?;
                continue;
            }
            ' ' => {
                let left = rest.trim_start();
                if left.len() == rest.len() {
                    return None;
                }
                rest = left;
                continue;
            }
            _ => {}
        }
        // Most of what is read is ASCII: compared without more.
        if let Some(&byte) = rest.as_bytes().first()
            && byte.is_ascii_alphanumeric()
        {
            if char::from(byte.to_ascii_lowercase()) != wanted {
                return None;
            }
            rest = rest.get(1..)?;
            continue;
        }
        rest = rest.trim_start_matches(is_mark);
        let c = rest.chars().next()?;
        let len = match (c, wanted) {
            // A ligature is two letters of the pattern: read at the second.
            ('œ' | 'Œ', 'o') | ('æ' | 'Æ', 'a') => 0,
            ('œ' | 'Œ' | 'æ' | 'Æ', 'e') => c.len_utf8(),
            _ if plain(c) == wanted => c.len_utf8(),
            _ => return None,
        };
        rest = rest.get(len..)?;
    }
    rest = rest.trim_start_matches(is_mark);
    let open = pattern.ends_with(|c: char| !c.is_alphanumeric() && c != '~') || !rest.starts_with(char::is_alphanumeric);
    open.then(|| text.len() - rest.len())
}

/// Reads a pattern.
pub fn words<'a>(pattern: &'static str) -> impl Fn(&mut &'a str) -> Parsed<&'a str> {
    move |input| {
        let text = *input;
        let len = matched(pattern, text).ok_or_else(winnow::error::ContextError::new)?;
        let (read, rest) = text.split_at_checked(len).ok_or_else(winnow::error::ContextError::new)?;
        *input = rest;
        Ok(read)
    }
}

/// The longest row of a table that a text begins with: its length in the text, and what it stands for.
pub fn begins<T: Copy>(table: &[(&str, T)], text: &str) -> Option<(usize, T)> {
    let first = First::of(text);
    longest_row(table.iter().filter(|(pattern, _)| first.may_be(pattern)), text)
}

fn longest_row<'t, T: Copy + 't>(rows: impl Iterator<Item = &'t (&'t str, T)>, text: &str) -> Option<(usize, T)> {
    rows.filter_map(|(pattern, meaning)| matched(pattern, text).map(|len| (len, *meaning))).max_by_key(|(len, _)| *len)
}

/// A long table, its rows by the letter that they begin with: a text is compared with those of its own letter.
pub struct Table<T: 'static> {
    /// Those of no letter: of a sign, or of one that is written in several ways.
    others: Vec<(&'static str, T)>,
    by_letter: BTreeMap<u8, Vec<(&'static str, T)>>,
}

impl<T: Copy> Table<T> {
    pub fn of(rows: &[(&'static str, T)]) -> Self {
        let mut table = Self { others: Vec::new(), by_letter: BTreeMap::new() };
        for row in rows {
            match row.0.bytes().next().filter(u8::is_ascii_alphanumeric) {
                Some(letter) => table.by_letter.entry(letter).or_default().push(*row),
                None => table.others.push(*row),
            }
        }
        table
    }

    /// The longest row that a text begins with: its length in the text, and what it stands for.
    pub fn begins(&self, text: &str) -> Option<(usize, T)> {
        let first = First::of(text);
        let First([letter, _]) = first;
        let lists = self.by_letter.range(letter.map_or(0..=u8::MAX, |letter| letter..=letter)).map(|(_, rows)| rows);
        longest_row(lists.chain([&self.others]).flatten().filter(|(pattern, _)| first.may_be(pattern)), text)
    }
}

/// How much of a text each of these patterns reads that it begins with.
fn each(patterns: &[&str], text: &str) -> impl Iterator<Item = usize> {
    let first = First::of(text);
    patterns.iter().filter(move |pattern| first.may_be(pattern)).filter_map(move |pattern| matched(pattern, text))
}

/// The most that one of these patterns reads from the start of a text.
pub fn longest(patterns: &[&str], text: &str) -> Option<usize> {
    each(patterns, text).max()
}

/// Whether a text begins with one of these patterns.
pub fn starts(patterns: &[&str], text: &str) -> bool {
    each(patterns, text).next().is_some()
}

/// Whether a text is one of these patterns, whole.
pub fn whole(patterns: &[&str], text: &str) -> bool {
    each(patterns, text).any(|len| len == text.len())
}

/// Whether a text is one of these patterns and no more than punctuation.
pub fn alone(patterns: &[&str], text: &str) -> bool {
    each(patterns, text).any(|len| !text.get(len..).unwrap_or_default().contains(char::is_alphanumeric))
}

/// The first place where one of these patterns is read: the slice.
pub fn find<'a>(patterns: &[&str], text: &'a str) -> Option<&'a str> {
    word_starts(text).find_map(|start| start.get(..longest(patterns, start)?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::matched;

    #[test]
    fn one_wording_many_prints() {
        for text in ["Étaient présents", "ETAIENT PRÉSENTES", "étaient  présent(e)s", "Étaient pre\u{301}sent·e·s"] {
            assert_eq!(matched("etaient present~", text), Some(text.len()), "{text}");
        }
        assert_eq!(matched("etaient present~", "étaient présentés"), None);
        assert_eq!(matched("present~", "présentation"), None);
        assert_eq!(matched("voeu", "Vœu"), Some(4));
        assert_eq!(matched("l'an", "L’an 2024"), Some(6));
    }
}
