//! The HTTP face.

pub mod tokens;
