//! Printed text to drafts of records, with the span each value came from. Two stages: the page is laid out into blocks, each with the cue that its
//! first
//! words give (`blocks`, `papers`); then each part of an act reads its fields (`fields`). The wordings are in tables (`words`), the grammar of small
//! things in `grammar`. Pure: no clock, no store; the same text gives the same drafts.

mod blocks;
mod cues;
mod draft;
mod fields;
mod grammar;
pub mod html;
mod lines;
pub mod names;
mod papers;
mod passage;
pub mod pdf;
mod read;
mod sink;
mod stamps;
mod words;

pub use crate::record::Span;
pub use draft::{AuthorityRead, Confidence, Draft, Question, QuestionCode, Reading, SiretSource, Value, WhyNone};
pub use read::read;

/// The vocabularies of a reading.
pub const VOCABULARIES: &[crate::record::Vocabulary] =
    &[Confidence::VOCABULARY, names::Fit::VOCABULARY, QuestionCode::VOCABULARY, SiretSource::VOCABULARY, WhyNone::VOCABULARY];
