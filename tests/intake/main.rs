//! The reader of printed acts: the real act, value by value; a corpus of invented ones, scored; what is mutated.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::as_conversions)]

mod compared;
mod corpus;
mod mutated;
mod pdf;
mod score;
mod seed;
