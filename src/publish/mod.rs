//! Readings of a record: what readers are answered. From the record alone; no rules, no store.

mod answer;
mod matching;
mod summary;
mod view;

pub use answer::{
    ActAdded, AuthorityAnswer, BodyAnswer, BodyLink, DeliberationAnswer, Extract, Filed, GroupAnswer, InterestDeclarationAnswer, MandateAnswer,
    PersonAnswer, PowersDelegationAnswer, Receipt, SignatureDelegationAnswer, SittingAdded, SittingAnswer, SittingLink, merged,
};
pub use matching::Matching;
pub use summary::{DeliberationSummary, SittingSummary, VersionSummary};
pub use view::{View, of_deliberation, of_sitting};
