//! What a question asks: words that must all be there, `"phrases"`, `-exclusions`, numbers of acts and of beneficiaries.

use serde::Serialize;
use utoipa::ToSchema;

use super::words::{Word, number_key, words};
use crate::vocabulary;

vocabulary! {
    /// In which order acts that were found are listed.
    SearchOrder {
        Relevance = "relevance", "pertinence", "relevance";
        Newest = "newest", "de la plus récente à la plus ancienne", "from the latest to the earliest";
        Oldest = "oldest", "de la plus ancienne à la plus récente", "from the earliest to the latest";
    }
}

/// The most words that are looked for; those that come after are told as ignored.
const MOST: usize = 32;

/// Words that stand one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Clause {
    /// As asked.
    pub text: String,
    /// What is compared: stems.
    pub terms: Vec<String>,
    /// The number of an act that this may be: `2025_302`.
    #[serde(skip)]
    pub number: Option<String>,
    /// A SIREN: its SIRETs are meant as well.
    #[serde(skip)]
    pub begins: bool,
}

/// A question, as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Query {
    /// All of these must be there.
    pub all: Vec<Clause>,
    /// None of these may be there.
    pub none: Vec<Clause>,
    /// What was asked and is not looked for: stop words, signs, words beyond the thirty-second.
    pub ignored: Vec<String>,
}

impl Query {
    /// Reads a question. Any text is one.
    pub fn read(text: &str) -> Self {
        let mut query = Self::default();
        let mut rest = text;
        while let Some((before, quoted, after)) = quotation(rest) {
            let (plain, excluded) = match before.strip_suffix('-') {
                Some(plain) if plain.is_empty() || plain.ends_with(char::is_whitespace) => (plain, true),
                _ => (before, false),
            };
            query.add_plain(plain);
            query.add(quoted, words(quoted), excluded, None);
            rest = after;
        }
        query.add_plain(rest);
        query
    }

    /// Whether nothing was asked, rather than nothing that can be looked for.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && self.none.is_empty() && self.ignored.is_empty()
    }

    /// Whether there is nothing that could be found.
    pub fn finds_nothing(&self) -> bool {
        self.all.is_empty() && self.none.is_empty() && !self.ignored.is_empty()
    }

    /// The number of an act, where the question is that and nothing else.
    pub fn number(&self) -> Option<&str> {
        match self.all.as_slice() {
            [only] => only.number.as_deref(),
            _ => None,
        }
    }

    /// Text outside quotation marks: what stands between two spaces is one clause, so that "Pas-de-Calais" is one.
    fn add_plain(&mut self, text: &str) {
        let found = words(text);
        let mut next = found.iter().peekable();
        let mut from = 0;
        for token in tokens(text) {
            // The groups of a SIRET are one word over several tokens.
            if token.start < from {
                continue;
            }
            let mut own: Vec<Word> = Vec::new();
            while let Some(word) = next.next_if(|word| word.at.start < token.end) {
                own.push(word.clone());
            }
            let end = own.last().map_or(token.end, |word| word.at.end.max(token.end));
            from = end;
            let whole = text.get(token.start..end).unwrap_or_default();
            let excluded = whole.starts_with(['-', '\u{2212}']) && whole.chars().nth(1).is_some_and(char::is_alphanumeric);
            let asked = if excluded { whole.trim_start_matches(['-', '\u{2212}']) } else { whole };
            let key = number_key(asked);
            let number = Some(key).filter(|key| !excluded && key.bytes().any(|b| b.is_ascii_digit()));
            self.add(asked, own, excluded, number);
        }
    }

    fn add(&mut self, text: &str, found: Vec<Word>, excluded: bool, number: Option<String>) {
        let asked = text.trim();
        let already: usize = self.all.iter().chain(&self.none).map(|clause| clause.terms.len()).sum();
        if found.is_empty() || already + found.len() > MOST {
            if !asked.is_empty() {
                self.ignored.push(asked.to_owned());
            }
            return;
        }
        let terms: Vec<String> = found.into_iter().map(|word| word.term).collect();
        let begins = matches!(terms.as_slice(), [only] if only.len() == 9 && only.bytes().all(|b| b.is_ascii_digit()));
        let clause = Clause { text: asked.to_owned(), terms, number, begins };
        if excluded { self.none.push(clause) } else { self.all.push(clause) }
    }
}

/// The next quotation: what is before it, in it and after it. One that does not end goes to the end.
fn quotation(text: &str) -> Option<(&str, &str, &str)> {
    let (at, opening) = text.char_indices().find(|(_, c)| matches!(c, '"' | '«' | '“'))?;
    let closing = match opening {
        '«' => '»',
        '“' => '”',
        _ => '"',
    };
    let before = text.get(..at)?;
    let inside = text.get(at + opening.len_utf8()..)?;
    Some(match inside.split_once(closing) {
        Some((quoted, after)) => (before, quoted, after),
        None => (before, inside, ""),
    })
}

/// What stands between spaces.
fn tokens(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        match (c.is_whitespace(), open) {
            (false, None) => open = Some(at),
            (true, Some(start)) => {
                found.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|start| start..text.len()));
    found
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// Clauses with `_` between their words and `*` behind a SIREN, then `-` and the exclusions, then `?` and what is ignored.
    fn said(query: &Query) -> String {
        let clause = |c: &Clause| format!("{}{}", c.terms.join("_"), if c.begins { "*" } else { "" });
        let all = query.all.iter().map(clause);
        let none = query.none.iter().map(|c| format!("-{}", clause(c)));
        all.chain(none).chain(query.ignored.iter().map(|text| format!("?{text}"))).collect::<Vec<_>>().join(" ")
    }

    #[rstest]
    #[case::words("Écoles rurales", "ecol rural")]
    #[case::stop_words_are_told("aide à la voirie", "aid voir ?à ?la")]
    #[case::a_phrase("\"réseau des écoles\" rural", "reseau_ecol rural")]
    #[case::french_marks("« budget citoyen »", "budget_citoyen")]
    #[case::a_phrase_without_end("\"budget citoyen", "budget_citoyen")]
    #[case::an_exclusion("budget -annexe", "budget -annex")]
    #[case::an_excluded_phrase("budget -\"compte administratif\"", "budget -compt_administr")]
    #[case::a_hyphen_inside("Pas-de-Calais", "pas_cal")]
    #[case::a_hyphen_alone("budget - annexe", "budget annex ?-")]
    #[case::an_elision("l'aide d’urgence", "aid urgenc")]
    #[case::a_number("2025-302", "2025_302")]
    #[case::a_number_as_printed("N°2025-302", "2025_302")]
    #[case::a_siret("453 837 957 00043 subvention", "45383795700043 subvent")]
    #[case::a_siren("453 837 957", "453837957*")]
    #[case::a_siren_in_one("453837957", "453837957*")]
    #[case::signs("%", "?%")]
    #[case::operators_mean_nothing("a AND (b OR title:c)*", "and b or titl_c ?a")]
    #[case::nothing("  ", "")]
    fn what_is_understood(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(said(&Query::read(text)), expected);
    }

    #[rstest]
    #[case("2025-302", Some("2025_302"))]
    #[case("N°2025-302", Some("2025_302"))]
    #[case("n° 2025-302", Some("2025_302"))]
    #[case("302", Some("302"))]
    #[case("CP25-1", Some("cp25_1"))]
    #[case("budget 302", None)]
    #[case("budget", None)]
    #[case("\"2025-302\"", None)]
    fn a_question_that_is_a_number(#[case] text: &str, #[case] key: Option<&str>) {
        assert_eq!(Query::read(text).number(), key);
    }

    #[test]
    fn no_more_than_so_many_words() {
        let asked = (0..40).map(|n| format!("mot{n}")).collect::<Vec<_>>().join(" ");
        let query = Query::read(&asked);
        assert_eq!((query.all.len(), query.ignored.len()), (MOST, 40 - MOST));
    }

    #[test]
    fn nothing_asked_is_not_nothing_found() {
        assert!(Query::read(" ").is_empty() && !Query::read(" ").finds_nothing());
        assert!(Query::read("de la").finds_nothing() && Query::read("%").finds_nothing());
        assert!(!Query::read("-budget").finds_nothing());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_question(text in "\\PC{0,80}") {
            let query = Query::read(&text);
            for clause in query.all.iter().chain(&query.none) {
                proptest::prop_assert!(!clause.terms.is_empty());
            }
        }
    }
}
