//! The decision: its formula, the vote inside it, and what is decided behind the verb.

use crate::intake::blocks::Block;
use crate::intake::draft::Confidence;
use crate::intake::grammar::wording::{find, matched, starts};
use crate::intake::grammar::{after, before, beginning, sentences};
use crate::intake::passage::Passage;
use crate::intake::sink::Sink;
use crate::intake::words::layout::{DECIDING, PROPOSES};
use crate::record::Outcome;

use super::articles::{self};
use super::vote::{self};

use super::act::{Parts, Reader, Stage};

impl Reader<'_, '_> {
    /// "Après en avoir délibéré, à l'unanimité, DÉCIDE :"; "Le conseil décide d'approuver le budget."
    pub(super) fn decision(&mut self, block: &Block, parts: &mut Parts) {
        let (passage, text) = (&block.passage, block.text());
        parts.stage = Stage::Decision;
        // "Le conseil municipal décide": the body, where the head does not name it.
        if starts(&["le conseil", "la commission", "le comite", "le bureau", "l'assemblee"], text) {
            self.head.body_kind(passage, beginning(text, 40), Confidence::Certain, self.sink);
        }
        let verb = verb_of(text);
        let formula_end = verb.map_or(text.len(), |verb| before(text, verb).len() + verb.len());
        let formula = text.get(..formula_end).unwrap_or(text);
        let rest = text.get(formula_end..).unwrap_or_default();
        let behind = rest.trim_start_matches([' ', ':', ',', '\u{a0}']);
        if verb.is_none() {
            parts.deliberated =
                parts.deliberated.take().or_else(|| self.sink.text("/act/formulas/deliberation".to_owned(), passage, text, Confidence::Certain));
            self.formula_vote(passage, text, parts);
            return;
        }
        parts.decided = true;
        let verb = verb.unwrap_or_default();
        let decide_only = matched("decide", verb).is_some() || matched("delibere", verb).is_some();
        self.formula_vote(passage, formula, parts);
        let short_rest = !behind.contains(char::is_alphanumeric);
        // "DECIDE à l'unanimité :" – the vote stands behind the verb.
        let vote_behind = starts(&["a l'unanimite", "a la majorite", "par", "avec"], behind) && decide_only;
        if short_rest || vote_behind && (behind.ends_with(':') || behind.len() < 160 && find(&["de", "d'"], behind).is_none()) {
            if vote_behind {
                self.formula_vote(passage, rest, parts);
            }
            parts.decision =
                parts.decision.take().or_else(|| self.sink.text("/act/formulas/decision".to_owned(), passage, text, Confidence::Certain));
        } else if let Some(what) = behind_the_vote(behind).filter(|_| vote_behind) {
            self.formula_vote(passage, before(behind, what), parts);
            self.begin_article(passage, what, parts);
        } else if decide_only && rest.trim_start().starts_with(':') {
            let colon = text.get(..formula_end + rest.find(':').map_or(0, |at| at + 1)).unwrap_or(formula);
            parts.decision =
                parts.decision.take().or_else(|| self.sink.text("/act/formulas/decision".to_owned(), passage, colon, Confidence::Certain));
            self.begin_article(passage, behind, parts);
        } else {
            self.formula_vote(passage, sentences(behind).first().copied().unwrap_or_default(), parts);
            if self.adopts_proposals(passage, behind, parts) {
                return;
            }
            let article = if decide_only { behind } else { text.get(before_negation(text, verb).len()..).unwrap_or(text) };
            let outcome = vote::outcome_in(article).filter(|(_, outcome)| !decide_only && *outcome != Outcome::Adopted);
            if let Some((printed, _)) = outcome {
                parts.outcome(passage, printed, self.sink);
            }
            self.begin_article(passage, article, parts);
        }
    }

    /// "Il est proposé : - d'attribuer…", and then "Le conseil adopte": what was proposed is what is decided.
    fn adopts_proposals(&mut self, passage: &Passage, behind: &str, parts: &mut Parts) -> bool {
        let bare = behind.is_empty()
            || starts(&["par", "a l'unanimite", "a la majorite", "ces propositions", "cette proposition", "les propositions"], behind);
        let bare = bare && find(&["sauf", "a l'exception", "hormis", "excepte~", "a l'exclusion", "modifie~", "amende~"], behind).is_none();
        let proposed = parts.recitals.last().is_some_and(|last| find(PROPOSES, &last.text).is_some() && !last.children.is_empty());
        if !bare || !proposed || behind_the_vote(behind).is_some() {
            return false;
        }
        let index = parts.recitals.len() - 1;
        let Some(lead) = parts.recitals.pop() else { return false };
        parts.deliberated = self.sink.text("/act/formulas/deliberation".to_owned(), passage, passage.text(), Confidence::Certain);
        self.sink.move_all(&format!("/act/recitals/{index}/text"), "/act/formulas/decision");
        parts.decision = Some(lead.text);
        self.sink.forget(&format!("/act/recitals/{index}/children"));
        for passage in std::mem::take(&mut parts.proposals) {
            let (label, text) = articles::mark(passage.text());
            parts.articles.begin(&passage, label, text, self.sink);
        }
        true
    }

    pub(super) fn formula_vote(&mut self, passage: &Passage, text: &str, parts: &mut Parts) {
        let head: String = text.chars().take(400).collect();
        let text = text.get(..head.len()).unwrap_or(text);
        let mut told = super::tallies::Told::default();
        let mut scratch = Sink::new("");
        super::tallies::read(passage, text, "", &mut told, &mut scratch);
        if told.is_vote() || told.mode.is_some() || told.voters.is_some() {
            parts.vote(passage, text, self.sink);
        }
    }

    pub(super) fn begin_article(&mut self, passage: &Passage, text: &str, parts: &mut Parts) {
        let (label, text) = articles::mark(text);
        parts.articles.begin(passage, label, text, self.sink);
    }
}

/// What stands before a verb and the "n'" or "ne" that belongs to it.
fn before_negation<'t>(text: &'t str, verb: &str) -> &'t str {
    let head = before(text, verb);
    ["n'", "n\u{2019}", "ne ", "N'", "N\u{2019}", "NE "].iter().find_map(|negation| head.strip_suffix(negation)).unwrap_or(head)
}

/// What is decided, behind the vote that the verb is followed by: "à l'unanimité de créer…", "par 4 voix pour, d'accorder…".
fn behind_the_vote(text: &str) -> Option<&str> {
    let mut depth = 0i32;
    text.char_indices().find_map(|(at, c)| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        let rest = text.get(at..)?;
        let starts_word = text.get(..at)?.ends_with([' ', ',', '\u{a0}']);
        (depth == 0 && starts_word && starts(&["de ", "d'"], rest)).then_some(rest)
    })
}

/// The verb of the decision, behind "après en avoir délibéré".
fn verb_of(text: &str) -> Option<&str> {
    let deliberated = find(
        &["apres en avoir delibere", "apres deliberation", "apres avoir delibere", "ayant delibere", "apres en avoir debattu", "apres avoir entendu"],
        text,
    );
    // "Après avoir entendu l'exposé et en avoir délibéré": that is not the decision yet.
    let deliberated = deliberated.map(|phrase| find(&["en avoir delibere"], after(text, phrase)).unwrap_or(phrase));
    find(DECIDING, deliberated.map_or(text, |phrase| after(text, phrase)))
}
