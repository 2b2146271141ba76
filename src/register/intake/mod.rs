//! Taking in what was printed: what of a reading the register knows, and the act of the clerk who confirms a draft.

mod answer;
mod compared;
mod confirm;
mod join;
mod known;
mod local;
mod matching;
mod people;

pub use answer::{
    ActKnown, AuthorityFit, AuthorityMatch, BodyCandidate, BodyMatch, Confirmation, ConfirmationAnswer, ConfirmedSitting, ConfirmedSource,
    DraftAnswer, GroupCandidate, GroupMatch, IntakeAnswer, Matches, NewPerson, PersonCandidate, PersonMade, PersonMatch, SittingCandidate,
    SittingMatch, SittingOfConfirmed,
};
pub use matching::DocumentRead;
