//! Votes as pictures.

mod layout;
