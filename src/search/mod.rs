//! The words in which acts are looked for: what a text comes to, what a question asks, and where the one stands in the other. Pure functions; the
//! two engines are given the same words, so that they find the same.

mod index;
mod query;
mod snippet;
mod texts;
mod words;

pub use index::{BREAK, Indexed, Subject, indexed};
pub use query::{Clause, Query, SearchOrder};
pub use snippet::{Fragment, Snippet, snippets};
pub use texts::{SearchField, SearchText, texts};
pub use words::{Word, number_key, words};

use crate::record::Vocabulary;

/// The vocabularies of the search.
pub const VOCABULARIES: &[Vocabulary] = &[SearchField::VOCABULARY, SearchOrder::VOCABULARY];
