//! Readings of a record: what readers are answered. From the record alone; no rules, no store.

pub mod actes;
mod answer;
mod file;
mod frozen;
mod life;
mod matching;
pub mod oparl;
pub mod paper;
mod reading;
mod summary;
mod view;

pub(crate) use answer::answer;
pub use answer::{
    ActAdded, AuthorityAnswer, BodyAnswer, BodyLink, Concerned, Extract, Filed, GroupAnswer, InterestDeclarationAnswer, MandateAnswer, PersonAnswer,
    PowersDelegationAnswer, Receipt, SignatureDelegationAnswer, SittingAdded, SittingAnswer, SittingLink, merged, merged_schema,
};
pub use file::{AuthoritativeCopy, FileAnswer, RecordLink, shows_file};
pub use frozen::frozen;
pub use life::of_facts;
pub use matching::Matching;
pub use reading::{ActOfSitting, ActReading, Belonging, Cast, SealMark, SittingReading};
pub use summary::{DeliberationSummary, SittingSummary, VersionSummary};
pub use view::{View, of_deliberation, of_sitting};
