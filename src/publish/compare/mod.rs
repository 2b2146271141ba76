//! An act that was read, printed again, beside the text that it was read from: every difference, each with its place.
//!
//! Words are compared. Left out is what only sets a text on its page: line breaks, hyphens at the end of a line, spaces, form feeds, marks of bold
//! type and of superscripts, joined letters, the rules of tables, and the shape of quotes and apostrophes. All else is told, and classed.

mod class;
mod hunks;
mod pages;
mod words;

use std::ops::Range;
use std::time::Instant;

use serde::Serialize;
use utoipa::ToSchema;

use self::words::{Word, words};
use super::paper::{Paper, Role, block_text};
use crate::record::{Span, Vocabulary};
use crate::vocabulary;

/// The vocabularies of a comparison.
pub const VOCABULARIES: &[Vocabulary] = &[DifferenceKind::VOCABULARY, DifferenceClass::VOCABULARY];

vocabulary! {
    /// What differs between a printed text and the act that was read in it.
    DifferenceKind {
        Missing = "missing", "absent de l'enregistrement", "missing in the record";
        Added = "added", "absent de l'imprimé", "not in the print";
        Changed = "changed", "différent", "changed";
    }
}

vocabulary! {
    /// How much a difference weighs.
    DifferenceClass {
        Text = "text", "texte ou chiffres", "text or figures";
        Order = "order", "mêmes mots, autre place", "the same words at another place";
        Form = "form", "casse, accents ou ponctuation", "capitals, accents or punctuation";
        Layout = "layout", "mise en page : tête, pied ou filet", "layout: the head or foot of a page, a rule";
    }
}

/// A difference between a printed text and the act that was read in it, printed again by the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Difference {
    pub kind: DifferenceKind,
    pub class: DifferenceClass,
    /// Where it stands in the text; empty, where something is added: the place where it would stand.
    pub span: Span,
    /// To the letter; empty where something is added.
    pub printed: String,
    /// As the register prints it; empty where something is missing.
    pub rendered: String,
}

/// What a comparison found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// In the order of the text.
    pub differences: Vec<Difference>,
    /// False: the time was over. What was not compared word by word is told as one difference, so that none is left out.
    pub complete: bool,
}

/// Compares the paper of an act with the stretch of a text that it was read from. The marks of a copy, the lines at its foot and the list of its
/// annexes are the register's own and are left out. Takes time in proportion to both texts where they are much alike; `until` bounds the rest.
pub fn compare(text: &str, within: Span, paper: &Paper, until: Option<Instant>) -> Comparison {
    let blocks: Vec<String> = paper.blocks.iter().filter(|block| block.role != Role::Annexes).map(block_text).collect();
    of_texts(text, within.start..within.end, &blocks.join("\n\n"), until)
}

/// What is told of an act for which no time was left: all of it is one difference.
pub fn not_compared(text: &str, within: Span) -> Comparison {
    let printed = text.get(within.start..within.end).unwrap_or_default().to_owned();
    let whole = Difference { kind: DifferenceKind::Missing, class: DifferenceClass::Text, span: within, printed, rendered: String::new() };
    Comparison { differences: vec![whole], complete: false }
}

fn of_texts(text: &str, within: Range<usize>, rendered: &str, until: Option<Instant>) -> Comparison {
    let (old, new) = (words(text, within.clone()), words(rendered, 0..rendered.len()));
    let sides = Sides { text, rendered, old, new, start: within.start };
    let (hunks, complete) = hunks::hunks(&sides.old, &sides.new, until);
    Comparison { differences: class::classed(&sides, &pages::edges(text, within), hunks), complete }
}

/// Both texts and their words.
struct Sides<'a> {
    text: &'a str,
    rendered: &'a str,
    old: Vec<Word>,
    new: Vec<Word>,
    /// Where the printed one begins.
    start: usize,
}

#[cfg(test)]
mod tests;
