//! Readings of a record: what readers are answered. From the record alone; no rules, no store.

pub mod actes;
pub mod akn;
mod answer;
pub mod chamber;
pub mod chart;
pub mod compare;
pub mod csv;
pub mod dcat;
pub mod drawing;
pub mod feed;
mod file;
pub mod french;
mod frozen;
mod life;
pub mod linked;
mod markup;
mod matching;
pub mod oparl;
pub mod paper;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod popolo;
pub mod public_act;
mod reading;
pub mod scdl;
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
pub use reading::{ActOfSitting, ActReading, Belonging, Cast, QuorumAt, RoomAt, SealMark, SittingReading};
pub use summary::{DeliberationSummary, SittingSummary, VersionSummary};
pub use view::{View, of_deliberation, of_sitting};
