//! What the index holds of an act: the words of its texts in three bands, from the narrowest to the widest, and facts as words of their own, so that
//! a filter is looked up as a word is.

use std::collections::HashMap;

use super::texts::{SearchField, SearchText, authors, ballots};
use super::words::{number_key, words};
use crate::record::{BallotMode, DeliberationRecord, Id, NumberKind, SittingRecord};

/// Stands between two texts, so that no phrase is found across them.
pub const BREAK: &str = "_";

/// Words of an act whose places are kept: PostgreSQL counts places up to 16 383. What comes after is found by its words, in no phrase.
const PLACES: usize = 16_000;
/// Places of one word, as PostgreSQL keeps them.
const PLACES_OF_ONE: usize = 255;
/// What the words of an act may take, in bytes as PostgreSQL counts them: a tsvector has no more than a megabyte.
const SPACE: usize = 900_000;

/// The words of an act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indexed {
    /// What is known of it, one word for each fact.
    pub facts: Vec<String>,
    pub title: Vec<String>,
    /// What it is called and whom it is about: title, numbers, beneficiaries, names, budget entries.
    pub head: Vec<String>,
    /// Everything.
    pub whole: Vec<String>,
}

/// A fact that acts are filtered by.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// What anyone may read of an authority, or what its own readers may.
    Reader {
        authority: &'a str,
        public: bool,
    },
    Body(&'a str),
    Outcome(&'a str),
    Kind(&'a str),
    /// A path of the nomenclature; an act has that of its code and of all above it.
    Matter(&'a str),
    /// A group named in a ballot on the act.
    Group(Id),
    Author(Id),
    /// The key of the act's own number.
    Number(&'a str),
}

impl Subject<'_> {
    /// The word that stands for it: letters, digits and `_`.
    pub fn word(self) -> String {
        let plain = |text: &str| text.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect::<String>();
        let id = |id: Id| plain(&id.to_string());
        match self {
            Self::Reader { authority, public } => format!("{}_{}", if public { "p" } else { "i" }, plain(authority)),
            Self::Body(body) => format!("b_{}", plain(body)),
            Self::Outcome(outcome) => format!("o_{}", plain(outcome)),
            Self::Kind(kind) => format!("k_{}", plain(kind)),
            Self::Matter(path) => format!("m_{}", plain(path)),
            Self::Group(group) => format!("g_{}", id(group)),
            Self::Author(person) => format!("a_{}", id(person)),
            Self::Number(key) => format!("n_{}", plain(key)),
        }
    }
}

/// What the index holds of an act with these texts. `readers`: who finds it by them.
pub fn indexed(act: &DeliberationRecord, sitting: &SittingRecord, texts: &[SearchText], readers: &[Subject<'_>]) -> Indexed {
    let (mut title, mut head, mut whole) = (Band::default(), Band::default(), Band::default());
    for text in texts {
        let terms: Vec<String> = words(&text.text).into_iter().map(|word| word.term).collect();
        match text.field {
            SearchField::Title => [&mut title, &mut head, &mut whole].into_iter().for_each(|band| band.add(&terms)),
            SearchField::Article | SearchField::Recital => whole.add(&terms),
            _ => [&mut head, &mut whole].into_iter().for_each(|band| band.add(&terms)),
        }
    }
    Indexed { facts: facts(act, sitting, readers), title: title.words, head: head.words, whole: whole.words }
}

fn facts(act: &DeliberationRecord, sitting: &SittingRecord, readers: &[Subject<'_>]) -> Vec<String> {
    let mut words: Vec<String> = readers.iter().map(|reader| reader.word()).collect();
    let body = sitting.body.to_string();
    words.extend([Subject::Body(&body).word(), Subject::Outcome(act.outcome.wire()).word(), Subject::Kind(act.kind.wire()).word()]);
    for matter in &act.matter_codes {
        let ends = matter.code.match_indices('.').map(|(at, _)| at).chain([matter.code.len()]);
        words.extend(ends.filter_map(|end| matter.code.get(..end)).map(|path| Subject::Matter(path).word()));
    }
    let open = ballots(act, sitting).filter(|ballot| ballot.mode != BallotMode::Secret);
    let entries = open.flat_map(|ballot| &ballot.options).flat_map(|option| &option.entries);
    words.extend(entries.filter_map(|entry| entry.group).map(|group| Subject::Group(group).word()));
    words.extend(authors(act, sitting).filter_map(|author| author.person).map(|person| Subject::Author(person).word()));
    let own = act.numbers.iter().filter(|number| number.kind == NumberKind::Act);
    words.extend(own.map(|number| Subject::Number(&number_key(&number.value)).word()));
    words.sort();
    words.dedup();
    words
}

/// Words one after the other, within what both engines keep.
#[derive(Default)]
struct Band {
    words: Vec<String>,
    /// How often each word is there.
    known: HashMap<String, usize>,
    space: usize,
}

impl Band {
    fn add(&mut self, terms: &[String]) {
        if !self.words.is_empty() && !terms.is_empty() && self.words.len() < PLACES {
            self.words.push(BREAK.to_owned());
        }
        for term in terms {
            let beyond = self.words.len() >= PLACES;
            let times = self.known.get(term).copied().unwrap_or_default();
            let needed = if times == 0 { term.len() + 10 } else { 2 };
            if (beyond && times > 0) || self.space + needed > SPACE {
                continue;
            }
            if beyond {
                self.words.push(BREAK.to_owned());
            }
            self.space += needed;
            // Its place stays, so that what stands around it does not come together.
            self.words.push(if times < PLACES_OF_ONE { term.clone() } else { BREAK.to_owned() });
            self.known.insert(term.clone(), times + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(texts: &[Vec<String>]) -> Vec<String> {
        let mut band = Band::default();
        texts.iter().for_each(|terms| band.add(terms));
        band.words
    }

    fn terms(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn texts_do_not_run_into_each_other() {
        assert_eq!(band(&[terms("a b"), Vec::new(), terms("c")]), ["a", "b", BREAK, "c"]);
        assert_eq!(band(&[Vec::new(), terms("c")]), ["c"]);
    }

    #[test]
    fn no_word_has_more_places_than_are_kept() {
        let found = band(&[vec!["x".to_owned(); 300]]);
        assert_eq!((found.len(), found.iter().filter(|word| *word == "x").count()), (300, PLACES_OF_ONE));
    }

    #[test]
    fn far_into_an_act_words_are_kept_and_their_places_are_not() {
        let many: Vec<String> = (0..PLACES + 10).map(|n| format!("w{n}")).collect();
        let found = band(&[many.clone(), many]);
        assert_eq!(found.len(), PLACES + 20, "each of the last ten once, after a break");
        assert_eq!(found.get(PLACES..PLACES + 2), Some(["_".to_owned(), format!("w{PLACES}")].as_slice()));
    }

    #[test]
    fn no_act_takes_more_than_an_engine_holds() {
        let many: Vec<String> = (0..60_000).map(|n| format!("{n:064}")).collect();
        let mut band = Band::default();
        band.add(&many);
        assert!(band.space <= SPACE && band.known.len() > 10_000);
    }
}
