//! Names of people: civility, given and family name. Capitals tell which word is the family name; where they do not, a table of given names; where
//! that
//! does not, nobody knows and nothing is said.

use super::before;
use super::wording::{begins, plain, whole};
use crate::intake::words::people::{CIVILITIES, GIVEN_NAMES, NOT_NAMES, PARTICLES};

/// How the order of given and family name was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// By the capitals, or there is a family name only.
    Printed,
    /// By a known given name.
    Guessed,
    /// Not at all: `given` and `family` are empty.
    Unknown,
}

/// A name in a text, its parts slices of it.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// Civility included.
    pub printed: &'a str,
    /// The name alone.
    pub name: &'a str,
    pub civility: Option<&'a str>,
    pub given: Option<&'a str>,
    pub family: Option<&'a str>,
    pub order: Order,
}

/// A civility at the start of a text, and what it stands for where it is that of several ("MM.").
pub fn civility(text: &str) -> Option<(&str, Option<&'static str>)> {
    let (len, each) = begins(CIVILITIES, text)?;
    // The point belongs to it: "M.", "Mme."
    let dotted = text.get(len..).is_some_and(|rest| rest.starts_with('.'));
    text.get(..len + usize::from(dotted)).map(|read| (read, each))
}

/// The first given names that a word is: "Jean-Claude" by its first part.
fn is_given(word: &str) -> bool {
    let first = word.split(['-', '\u{2010}', '\u{2011}']).next().unwrap_or_default();
    let folded: String = first.chars().map(plain).collect();
    GIVEN_NAMES.binary_search(&folded.as_str()).is_ok()
}

/// Whether a word is in capitals: two letters at least, and no initials.
pub fn in_capitals(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && !word.ends_with('.') && !word.chars().any(char::is_lowercase)
}

fn is_particle(word: &str) -> bool {
    whole(PARTICLES, word)
}

/// Whether a word may be part of a name.
fn is_name_word(word: &str) -> bool {
    let bare = ["d'", "d\u{2019}", "l'", "l\u{2019}"].iter().find_map(|elided| word.strip_prefix(elided)).unwrap_or(word);
    let shape =
        |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '\u{2019}' | '\u{2010}' | '\u{2011}' | '.') || ('\u{300}'..='\u{36f}').contains(&c);
    // A point ends a word, save that of an initial.
    let pointed = bare.contains('.') && bare.chars().filter(|c| c.is_alphabetic()).count() > 3;
    bare.starts_with(char::is_uppercase) && bare.chars().all(shape) && !pointed
}

/// The words of a name at the start of a text: slices.
fn name_words(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    let mut rest = text;
    while found.len() < 7 {
        let start = rest.trim_start_matches([' ', '\u{a0}']);
        let end = start
            .find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '/' | '«' | '»' | '"' | '!' | '?' | '\u{2013}'))
            .unwrap_or(start.len());
        let (mut word, _) = start.split_at_checked(end).unwrap_or_default();
        // The point at the end of a sentence, not that of an initial.
        if word.chars().filter(|c| c.is_alphabetic()).count() > 2 {
            word = word.trim_end_matches('.');
        }
        let wanted = is_name_word(word) || (is_particle(word) && !word.is_empty());
        if !wanted || whole(NOT_NAMES, word) {
            break;
        }
        found.push(word);
        let read = before(start, word).len() + word.len();
        rest = start.get(read..).unwrap_or_default();
        if rest.starts_with('.') {
            break;
        }
    }
    while found.last().is_some_and(|word| is_particle(word) && !in_capitals(word)) {
        found.pop();
    }
    found
}

fn stretch<'a>(text: &'a str, words: &[&'a str]) -> Option<&'a str> {
    words.first().zip(words.last()).map(|(first, last)| super::between(text, first, last))
}

/// Where the words of the family name begin and end.
fn family_words(words: &[&str], titled: bool) -> (Option<(usize, usize)>, Order) {
    let capitals: Vec<bool> = words.iter().map(|word| in_capitals(word)).collect();
    let first = capitals.iter().position(|caps| *caps);
    let last = capitals.iter().rposition(|caps| *caps);
    if let (Some(mut first), Some(last)) = (first, last)
        && capitals.contains(&false)
    {
        // "de la TOUR": the particles are part of the name.
        while first.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|word| is_particle(word)) {
            first -= 1;
        }
        let inside_capitals = capitals.get(first..=last).unwrap_or_default().iter().zip(words.get(first..=last).unwrap_or_default());
        let in_one = inside_capitals.into_iter().all(|(caps, word)| *caps || is_particle(word));
        let at_an_end = first == 0 || last + 1 == words.len();
        return if in_one && at_an_end { (Some((first, last + 1)), Order::Printed) } else { (None, Order::Unknown) };
    }
    match words {
        // "M. LE TALLANDIER".
        [first, ..] if titled && is_particle(first) && !capitals.contains(&false) => (Some((0, words.len())), Order::Printed),
        [_] if titled || first == Some(0) => (Some((0, 1)), Order::Printed),
        [_] => (None, Order::Unknown),
        _ => {
            let head = words.first().is_some_and(|word| is_given(word));
            let tail = words.last().is_some_and(|word| is_given(word));
            match (head, tail) {
                (true, false) => (Some((1, words.len())), Order::Guessed),
                (false, true) if words.len() == 2 => (Some((0, 1)), Order::Guessed),
                // "J. Dupont": an initial is a given name.
                _ if words.first().is_some_and(|word| word.ends_with('.')) => (Some((1, words.len())), Order::Printed),
                _ => (None, Order::Unknown),
            }
        }
    }
}

/// A name at the start of a text, and what is left behind it.
pub fn person(text: &str) -> Option<(Person<'_>, &str)> {
    let text = text.trim_start();
    let titled = civility(text);
    let behind = titled.map_or(text, |(read, _)| super::after(text, read));
    let words = name_words(behind);
    let capitals = words.iter().any(|word| in_capitals(word));
    // A word in lower case, or a sentence, is no name.
    let plausible = words.first().is_some_and(|word| !is_particle(word) || words.len() > 1) && (titled.is_some() || words.len() > 1 || capitals);
    if !plausible {
        return None;
    }
    let name = stretch(behind, &words)?;
    let (range, order) = family_words(&words, titled.is_some());
    let family = range.and_then(|(from, to)| stretch(behind, words.get(from..to).unwrap_or_default()));
    let given = range.and_then(|(from, to)| {
        let words = if from > 0 { words.get(..from) } else { words.get(to..) };
        stretch(behind, words.unwrap_or_default())
    });
    let printed = titled.map_or(name, |(read, _)| super::between(text, read, name));
    Some((Person { printed, name, civility: titled.map(|(read, _)| read), given, family, order }, super::after(behind, name)))
}

/// The word that is a family name because a civility of several stands before it: "Gaultier" in "MM. Dubreuil, Gaultier".
pub fn family_alone(text: &str) -> Option<(Person<'_>, &str)> {
    let text = text.trim_start();
    match name_words(text).as_slice() {
        [word] if !is_particle(word) => {
            let read = Person { printed: word, name: word, civility: None, given: None, family: Some(word), order: Order::Guessed };
            Some((read, super::after(text, word)))
        }
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn given_names_stand_in_order_to_be_looked_up() {
        assert!(GIVEN_NAMES.is_sorted());
    }

    #[test]
    fn which_word_is_the_family_name() {
        let cases = [
            ("M. Jean-Claude LEROY, maire", Some("M."), Some("Jean-Claude"), Some("LEROY"), Order::Printed),
            ("Mme HINGREZ-CÉRÉDA Mireille", Some("Mme"), Some("Mireille"), Some("HINGREZ-CÉRÉDA"), Order::Printed),
            ("Anne de la TOUR (pouvoir à", None, Some("Anne"), Some("de la TOUR"), Order::Printed),
            ("LE GOFF Yann", None, Some("Yann"), Some("LE GOFF"), Order::Printed),
            ("Sophie Bernard", None, Some("Sophie"), Some("Bernard"), Order::Guessed),
            ("Sophie Claude", None, None, None, Order::Unknown),
            ("Kervella Sophie", None, Some("Sophie"), Some("Kervella"), Order::Guessed),
            ("M. LE TALLANDIER", Some("M."), None, Some("LE TALLANDIER"), Order::Printed),
            ("M. DUPONT", Some("M."), None, Some("DUPONT"), Order::Printed),
            ("Monsieur d'ARTAGNAN", Some("Monsieur"), None, Some("d'ARTAGNAN"), Order::Printed),
            ("J.-C. MARTIN", None, Some("J.-C."), Some("MARTIN"), Order::Printed),
            ("MONSIEUR JEAN-CLAUDE LEROY", Some("MONSIEUR"), Some("JEAN-CLAUDE"), Some("LEROY"), Order::Guessed),
        ];
        for (text, civility, given, family, order) in cases {
            let (read, _) = person(text).unwrap();
            assert_eq!((read.civility, read.given, read.family, read.order), (civility, given, family, order), "{text}");
        }
        for text in ["le maire", "Néant", "Vu le code", "12", ""] {
            assert!(person(text).is_none(), "{text}");
        }
    }
}
