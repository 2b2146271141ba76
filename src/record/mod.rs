//! What is recorded: the vocabulary as plain types. No I/O, no rules, no clock.
//!
//! Everything printed is text; everything typed may be unknown: `null`, or `unstated` for a member of a closed vocabulary. Lists keep the
//! printed order. A list that may be unknown is nullable: `null` says that the record is silent, `[]` says "none".

mod attendance;
mod ballot;
mod change;
mod count;
mod deliberation;
mod directory;
mod finding;
mod fold;
mod id;
pub mod labelled;
mod life;
mod money;
pub mod names;
mod papers;
mod printed;
mod registers;
#[cfg(test)]
mod roundtrip;
mod sitting;

pub use attendance::*;
pub use ballot::*;
pub use change::*;
pub use count::Count;
pub use deliberation::*;
pub use directory::*;
pub use finding::*;
pub use fold::fold;
pub use id::{Id, Siren, UNKNOWN_KEY, luhn, with_keys, with_others};
pub use labelled::{Label, Member, Vocabulary};
pub use life::*;
pub use money::{Amount, Money, TaxBasis, decimal};
pub use papers::*;
pub use printed::*;
pub use registers::*;
pub use sitting::*;

vocabulary! {
    /// Where a deliberation stands. What becomes of a sealed act is told by dated facts, not by a status.
    Workflow {
        Draft = "draft", "projet", "draft";
        OnAgenda = "on_agenda", "inscrit à l'ordre du jour", "on the agenda";
        Deliberated = "deliberated", "délibéré", "deliberated";
        Sealed = "sealed", "scellé", "sealed";
        Withdrawn = "withdrawn", "retiré de l'ordre du jour", "withdrawn";
        Postponed = "postponed", "ajourné", "postponed";
    }
}

use crate::vocabulary;

/// Every closed vocabulary of the register.
pub const VOCABULARIES: &[Vocabulary] = &[
    ActKind::VOCABULARY,
    Affiliation::VOCABULARY,
    Anchor::VOCABULARY,
    Answer::VOCABULARY,
    AttendanceSource::VOCABULARY,
    AttendanceStatus::VOCABULARY,
    AuthorityKind::VOCABULARY,
    BallotKind::VOCABULARY,
    BallotMode::VOCABULARY,
    BallotOption::VOCABULARY,
    BeneficiaryKind::VOCABULARY,
    BodyKind::VOCABULARY,
    BudgetSection::VOCABULARY,
    Certainty::VOCABULARY,
    ChairCapacity::VOCABULARY,
    ChangeAction::VOCABULARY,
    ChangeKind::VOCABULARY,
    ChangePart::VOCABULARY,
    DeclarationKind::VOCABULARY,
    Direction::VOCABULARY,
    DispatchMeans::VOCABULARY,
    Effect::VOCABULARY,
    ElectionMethod::VOCABULARY,
    EventKind::VOCABULARY,
    FactKind::VOCABULARY,
    FileRole::VOCABULARY,
    FindingCode::VOCABULARY,
    GrantNature::VOCABULARY,
    ItemStatus::VOCABULARY,
    MandateRole::VOCABULARY,
    NotVotingReason::VOCABULARY,
    NumberKind::VOCABULARY,
    NumberState::VOCABULARY,
    OpinionSense::VOCABULARY,
    Origin::VOCABULARY,
    Outcome::VOCABULARY,
    RecitalForm::VOCABULARY,
    RectificationKind::VOCABULARY,
    RecusalKind::VOCABULARY,
    ReferenceKind::VOCABULARY,
    Severity::VOCABULARY,
    SubjectKind::VOCABULARY,
    TargetKind::VOCABULARY,
    TaxBasis::VOCABULARY,
    Visibility::VOCABULARY,
    VoteBasis::VOCABULARY,
    VoterKind::VOCABULARY,
    VotingRight::VOCABULARY,
    Workflow::VOCABULARY,
];
