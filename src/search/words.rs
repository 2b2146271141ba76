//! From a text to its words: accents and case folded, elisions and stop words dropped, each word brought to its stem (Snowball, French).

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::char::is_combining_mark;

use crate::record::fold;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the text.
    pub at: Range<usize>,
    /// What it is compared by: letters and digits only.
    pub term: String,
}

/// What an apostrophe cuts off: "l'", "qu'", "jusqu'".
const ELISIONS: &[&str] = &["c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"];

/// Words that stand in every act and tell none from another; folded. "n" and "no" are those of a number.
const STOP_WORDS: &[&str] = &[
    "a", "au", "aux", "avec", "ce", "ces", "cet", "cette", "dans", "de", "des", "du", "elle", "elles", "en", "et", "eux", "il", "ils", "je", "la",
    "le", "les", "leur", "leurs", "lui", "n", "ne", "no", "nos", "notre", "nous", "on", "ou", "par", "pour", "que", "qui", "sa", "se", "ses", "sur",
    "un", "une", "vos", "votre", "vous",
];

/// Plurals that the stemmer does not know and acts are full of.
const IRREGULAR: &[(&str, &str)] = &[("voeux", "voeu"), ("travaux", "travail"), ("baux", "bail")];

/// The longest term, in characters: a longer one is cut.
const LONGEST: usize = 64;
/// Stemming again shortens what a folded accent hid: "adoptée" comes to "adopt" as "adopté" does.
const ROUNDS: usize = 3;

/// The words of a text, in order. A SIREN or SIRET is one word, with or without its spaces.
pub fn words(text: &str) -> Vec<Word> {
    words_of(text, |_| true)
}

/// The same, to compare with these terms: words that cannot be one keep their ends, which costs much less.
pub fn words_like(text: &str, beginnings: &[&str]) -> Vec<Word> {
    words_of(text, |word| beginnings.iter().any(|beginning| word.starts_with(beginning)))
}

/// How a word begins whose stem is this one: the stemmer leaves the first two letters as they are.
pub fn beginning(term: &str) -> &str {
    term.char_indices().nth(2).and_then(|(end, _)| term.get(..end)).unwrap_or(term)
}

fn words_of(text: &str, stemmed: impl Fn(&str) -> bool) -> Vec<Word> {
    let runs = runs(text);
    let stemmer = Stemmer::create(Algorithm::French);
    let mut found = Vec::with_capacity(runs.len());
    let mut place = 0;
    while let Some(run) = runs.get(place) {
        let joined = joined(text, &runs, place);
        let last = runs.get(place + joined - 1).unwrap_or(run);
        let at = run.start..last.end;
        let next = runs.get(place + joined);
        place += joined;
        let printed = text.get(at.clone()).unwrap_or_default();
        let plain = if printed.len() <= LONGEST && printed.bytes().all(|b| b.is_ascii_alphanumeric()) {
            printed.to_ascii_lowercase()
        } else {
            fold(printed).chars().filter(|c| c.is_alphanumeric()).take(LONGEST).collect()
        };
        let elided = next.is_some_and(|next| is_apostrophe(text.get(at.end..next.start)));
        if plain.is_empty() || (elided && ELISIONS.contains(&plain.as_str())) || STOP_WORDS.contains(&plain.as_str()) {
            continue;
        }
        let term = if stemmed(&plain) { stem(&stemmer, plain) } else { plain };
        found.push(Word { at, term });
    }
    found
}

/// The number of an act as it is looked up: without "N°", signs as one: `2025_302` for "(N°2025-302)".
pub fn number_key(number: &str) -> String {
    let plain = fold(number);
    let mut parts = plain.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).peekable();
    let mut kept: Vec<&str> = Vec::new();
    if let Some(first) = parts.next() {
        // "Nº" is folded to "no".
        let rest = first.strip_prefix("no").filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        match rest {
            Some(rest) => kept.push(rest),
            None if matches!(first, "n" | "no") && parts.peek().is_some() => {}
            None => kept.push(first),
        }
    }
    kept.extend(parts);
    kept.join("_").chars().take(LONGEST).collect()
}

fn stem(stemmer: &Stemmer, word: String) -> String {
    if word.bytes().any(|b| b.is_ascii_digit()) {
        return word;
    }
    let mut term = IRREGULAR.iter().find(|(plural, _)| *plural == word).map_or(word, |(_, singular)| (*singular).to_owned());
    for _ in 0..ROUNDS {
        let shorter = stemmer.stem(&term).into_owned();
        if shorter == term || shorter.is_empty() {
            break;
        }
        term = shorter;
    }
    // The stemmer marks letters by capitals while it works, and may leave one.
    term.to_lowercase()
}

/// Letters and digits that follow each other.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        match (c.is_alphanumeric() || (open.is_some() && is_combining_mark(c)), open) {
            (true, None) => open = Some(at),
            (false, Some(start)) => {
                found.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|start| start..text.len()));
    found
}

fn is_apostrophe(between: Option<&str>) -> bool {
    between.is_some_and(|between| matches!(between, "'" | "\u{2019}" | "\u{2018}" | "\u{2bc}"))
}

/// How many runs from here are one word: the groups of a SIREN (3-3-3), of a SIRET (3-3-3-5 or 9-5), or one.
fn joined(text: &str, runs: &[Range<usize>], from: usize) -> usize {
    let spaced = |one: &Range<usize>, next: &Range<usize>| {
        let mut between = text.get(one.end..next.start).unwrap_or_default().chars();
        between.next().is_some_and(char::is_whitespace) && between.next().is_none()
    };
    let digits = |run: &Range<usize>| text.get(run.clone()).is_some_and(|run| run.bytes().all(|b| b.is_ascii_digit()));
    let before = from.checked_sub(1).and_then(|before| runs.get(before)).zip(runs.get(from));
    if before.is_some_and(|(before, run)| digits(before) && spaced(before, run)) {
        // The tail of a longer number: "1 234 567 890".
        return 1;
    }
    let mut lengths = Vec::new();
    for place in from..runs.len() {
        let (Some(run), previous) = (runs.get(place), place.checked_sub(1).and_then(|p| runs.get(p))) else { break };
        let follows = place == from || previous.is_some_and(|previous| spaced(previous, run));
        if !follows || !digits(run) || lengths.len() == 5 {
            break;
        }
        lengths.push(run.len());
    }
    match lengths.as_slice() {
        [3, 3, 3, 5] => 4,
        [3, 3, 3] => 3,
        [9, 5] => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn terms(text: &str) -> String {
        words(text).into_iter().map(|word| word.term).collect::<Vec<_>>().join(" ")
    }

    #[rstest]
    #[case::accents_and_case("École ECOLE ecole écoles", "ecol ecol ecol ecol")]
    #[case::a_letter_and_its_accent_apart("e\u{301}cole", "ecol")]
    #[case::ligatures("Vœu, VOEUX", "voeu voeu")]
    #[case::elisions("l’aide d'urgence qu'il n’a", "aid urgenc")]
    #[case::an_apostrophe_that_elides_nothing("aujourd'hui O'CONNOR", "aujourd hui o connor")]
    #[case::stop_words("Le budget de la commune et du département", "budget commun depart")]
    #[case::plurals("sociétés coopératives société coopérative", "societ coop societ coop")]
    #[case::participles("adopté adoptée adoptés adoptées adopter", "adopt adopt adopt adopt adopt")]
    #[case::subsidies("subvention subventions subventionnée", "subvent subvent subvent")]
    #[case::numbers("N°2025-302, nº 2025-302", "2025 302 2025 302")]
    #[case::articles_of_law("L.3121-14-1", "l 3121 14 1")]
    #[case::a_siret("453 837 957 00043 ; 45383795700043 ; 453837957 00043", "45383795700043 45383795700043 45383795700043")]
    #[case::a_siren("453 837 957", "453837957")]
    #[case::a_siren_with_hard_spaces("453\u{a0}837\u{202f}957", "453837957")]
    #[case::amounts("11 780,00 et 1 234 567 890", "11 780 00 1 234 567 890")]
    #[case::five_groups_are_no_siret("123 456 789 12345 6", "123 456 789 12345 6")]
    #[case::signs("100 % « ok » <b>", "100 ok b")]
    #[case::other_alphabets("Δήμος 北京", "δημος 北京")]
    #[case::nothing("", "")]
    #[case::signs_only("— … !", "")]
    fn what_a_text_comes_to(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(terms(text), expected);
    }

    #[test]
    fn a_word_knows_where_it_stands() {
        let text = "Vu l’École";
        let found = words(text);
        assert_eq!(found.iter().map(|word| text.get(word.at.clone()).unwrap_or_default()).collect::<Vec<_>>(), ["Vu", "École"]);
    }

    #[rstest]
    #[case("2025-302", "2025_302")]
    #[case("(N°2025-302)", "2025_302")]
    #[case("nº 2025-302", "2025_302")]
    #[case("Nº2025/302", "2025_302")]
    #[case("CP-25-N1", "cp_25_n1")]
    #[case("12 bis", "12_bis")]
    #[case("n", "n")]
    #[case("", "")]
    fn the_key_of_a_number(#[case] number: &str, #[case] key: &str) {
        assert_eq!(number_key(number), key);
    }

    proptest::proptest! {
        #[test]
        fn whatever_the_text_its_words_are_in_it_and_plain(text in "\\PC{0,60}") {
            let mut last = 0;
            for word in words(&text) {
                proptest::prop_assert!(word.at.start >= last && word.at.end <= text.len() && text.get(word.at.clone()).is_some());
                proptest::prop_assert!(!word.term.is_empty() && word.term.chars().all(char::is_alphanumeric), "{:?}", word.term);
                last = word.at.end;
            }
        }

        /// Marking what was found stems no other words than these.
        #[test]
        fn a_stem_begins_as_its_word_does(word in "[a-zéèêàçôûïœæ]{1,14}", asked in "[a-zé]{1,9}") {
            let terms: Vec<String> = words(&word).into_iter().chain(words(&asked)).map(|word| word.term).collect();
            let beginnings: Vec<&str> = terms.iter().map(|term| beginning(term)).collect();
            proptest::prop_assert_eq!(words_like(&word, &beginnings), words(&word));
            for only in terms.iter().skip(1) {
                let same = |found: Vec<Word>| found.iter().map(|word| word.term == *only).collect::<Vec<_>>();
                proptest::prop_assert_eq!(same(words_like(&word, &[beginning(only)])), same(words(&word)));
            }
        }

        /// Marking what was found needs that a word alone comes to what it comes to in its text.
        #[test]
        fn case_and_accents_make_no_difference(word in "[a-zéèêàçôûï]{1,14}") {
            let shouted = word.to_uppercase();
            proptest::prop_assert_eq!(terms(&word), terms(&shouted));
            proptest::prop_assert_eq!(terms(&word), terms(&fold(&word)));
        }
    }
}
