//! The wordings that acts use, in tables: one line each. A pattern is written without accents and in lower case; `~` is any agreement, a final `*`
//! the
//! rest of the word (see `grammar::wording`). Where two rows fit, the longer one is read.

pub mod attendance;
pub mod layout;
pub mod money;
pub mod people;
pub mod references;
pub mod votes;
