//! Readings of a record: what readers are answered. From the record alone; no rules, no store.

pub mod actes;
mod answer;
mod file;
mod frozen;
mod life;
mod matching;
mod summary;
mod view;

pub use answer::{
    ActAdded, AuthorityAnswer, BodyAnswer, BodyLink, DeliberationAnswer, Extract, Filed, GroupAnswer, MandateAnswer, PersonAnswer, Receipt,
    SittingAdded, SittingAnswer, SittingLink, merged,
};
pub use file::{AuthoritativeCopy, FileAnswer, RecordLink, shows_file};
pub use frozen::frozen;
pub use life::of_facts;
pub use matching::Matching;
pub use summary::{DeliberationSummary, SittingSummary, VersionSummary};
pub use view::{View, of_deliberation, of_sitting};
