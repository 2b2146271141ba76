//! What a reading is answered: its drafts, and what of them the register knows already.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::intake::names::Fit;
use crate::intake::{AuthorityRead, Question, Span, Value as DraftValue, WhyNone};
use crate::publish::compare::Difference;
#[allow(unused_imports, reason = "the schemas of what is JSON already")]
use crate::publish::{FileAnswer, Receipt};
use crate::record::{BodyKind, DeliberationRecord, Finding, Id, Origin, SittingRecord};
use crate::vocabulary;

/// A document that was read. Nothing of it is kept.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct IntakeAnswer {
    /// Of the document, without its parameters.
    #[schema(example = "text/plain")]
    pub media_type: String,
    /// By which its bytes were read; null: a PDF has none.
    #[schema(example = "utf-8")]
    pub charset: Option<String>,
    /// Of its bytes, in hexadecimal.
    pub sha256: String,
    /// How many it has.
    pub bytes: u64,
    /// What was read in it. Spans are bytes of its UTF-8, on boundaries of characters.
    pub text: String,
    /// Why there is no draft; null where there are some.
    pub none: Option<WhyNone>,
    /// Acts to which this very document is attached as their source.
    pub taken_in: Vec<ActKnown>,
    /// The acts that it holds, in printed order.
    pub drafts: Vec<DraftAnswer>,
}

/// An act that was read, beside what the register knows of it. Its identifiers are local to the answer: the register makes its own when the act is
/// confirmed. Persons, groups and the body stand in the records where they were found without a doubt.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DraftAnswer {
    /// The act itself, its annexes left out.
    pub span: Span,
    pub authority: AuthorityRead,
    /// Where no day was read, `date` is 1970-01-01, has no value, and is asked (`date_unknown`).
    pub sitting: SittingRecord,
    pub act: DeliberationRecord,
    /// Where each value of the three records was printed.
    pub values: Vec<DraftValue>,
    /// What the text leaves open.
    pub questions: Vec<Question>,
    pub matches: Matches,
    /// What the rules say of the act as it was read; empty where its body is not known.
    pub findings: Vec<Finding>,
    /// The act as it was read, printed again by the register, beside `span`: every difference, in the order of the text.
    pub differences: Vec<Difference>,
    /// False: comparing took too long, and the rest is told as one difference.
    pub compared_whole: bool,
}

/// What of a draft the register knows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Matches {
    pub authority: AuthorityMatch,
    pub body: BodyMatch,
    pub sitting: SittingMatch,
    /// Acts of the authority and year with the same number: a double is told, and not refused.
    pub existing_acts: Vec<ActKnown>,
    /// The people that the records name, each once, in the order of the records.
    pub people: Vec<PersonMatch>,
    /// The groups that its ballots name.
    pub groups: Vec<GroupMatch>,
}

vocabulary! {
    /// Whether the authority that an act prints is that of the token.
    AuthorityFit {
        Same = "same", "la même collectivité", "the same authority";
        Other = "other", "une autre collectivité", "another authority";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

/// The authority that the act prints beside that of the token.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AuthorityMatch {
    pub fit: AuthorityFit,
    /// Of the token.
    #[schema(example = "226200012")]
    pub siren: String,
    /// Of the token's authority.
    pub name: String,
    /// What was read that is not so; null where nothing differs.
    pub read: Option<String>,
}

/// Which body of the directory it is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BodyMatch {
    pub candidates: Vec<BodyCandidate>,
    /// The only candidate; null: it is for the clerk to say.
    pub chosen: Option<Id>,
}

/// A body that it may be.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BodyCandidate {
    pub body: Id,
    pub name: String,
    pub kind: BodyKind,
}

/// Whether its sitting stands already.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SittingMatch {
    /// Sittings of the same body and day.
    pub candidates: Vec<SittingCandidate>,
    /// The only candidate, if it is transcribed; null: it is for the clerk to say, or there is none.
    pub chosen: Option<Id>,
}

/// A sitting that it may be.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SittingCandidate {
    pub sitting: Id,
    pub href: String,
    pub date: NaiveDate,
    /// A recorded sitting takes no act from paper.
    pub origin: Origin,
    pub heading: Option<String>,
}

/// An act of the register.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ActKnown {
    pub deliberation: Id,
    pub href: String,
    pub number: Option<String>,
    pub title: String,
    /// Of the sitting.
    pub date: NaiveDate,
}

/// Someone whom the records name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PersonMatch {
    /// The name as first printed.
    pub printed: String,
    /// Everywhere in the records (RFC 6901): what stands there has a field `person`.
    pub pointers: Vec<String>,
    /// Whether somebody who sits: named in the lists, as chair, giver or holder of a proxy, recused or voting. A signatory may be nobody of the
    /// directory.
    pub member: bool,
    /// Those with a mandate on the day of the sitting, the best fit first.
    pub candidates: Vec<PersonCandidate>,
    /// The only one who fits whole; null: it is for the clerk to say.
    pub chosen: Option<Id>,
    pub proposed: NewPerson,
}

/// Someone whom a printed name may be.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PersonCandidate {
    pub person: Id,
    /// Given name and family name.
    pub name: String,
    /// The group on that day; null: none, or not known.
    pub group: Option<String>,
    pub fit: Fit,
}

/// A person who is made when an act is confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewPerson {
    /// Local: `person` has it wherever the records name this one.
    pub id: Id,
    #[serde(default)]
    pub civility: Option<String>,
    #[serde(default)]
    pub given_name: Option<String>,
    #[schema(min_length = 1)]
    pub family_name: String,
}

/// A group that a ballot names.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GroupMatch {
    /// The name as first printed.
    pub printed: String,
    /// Everywhere in the records (RFC 6901): what stands there has a field `group`.
    pub pointers: Vec<String>,
    /// Groups of that name on the day of the sitting.
    pub candidates: Vec<GroupCandidate>,
    /// The only candidate; null: it is for the clerk to say.
    pub chosen: Option<Id>,
}

/// A group that a printed name may be.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GroupCandidate {
    pub group: Id,
    pub name: String,
}

/// What is confirmed: an act as it was read and corrected, its sitting, and who is new in the directory.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Confirmation {
    pub sitting: ConfirmedSitting,
    /// Its `sitting` is that of the confirmation, whatever it says.
    pub act: DeliberationRecord,
    /// Who is made along with it; `[]`: nobody.
    #[serde(default)]
    pub new_people: Vec<NewPerson>,
    pub source: ConfirmedSource,
}

/// The sitting of an act that is confirmed.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ConfirmedSitting {
    /// A transcribed sitting that stands, and is completed by what the record says of the act; null: a new one is made.
    #[serde(default)]
    pub id: Option<Id>,
    pub record: SittingRecord,
}

/// The document that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConfirmedSource {
    /// Of its bytes, as the reading told it.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
    /// Its name, to the letter: 255 bytes at most, without a path.
    #[schema(min_length = 1, max_length = 255, example = "2025-302.pdf")]
    pub name: String,
}

/// An act that was confirmed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConfirmationAnswer {
    #[schema(value_type = Receipt)]
    pub deliberation: Box<RawValue>,
    pub sitting: SittingOfConfirmed,
    /// Who was made, in the order of the request.
    pub people: Vec<PersonMade>,
    /// The document, attached to the act.
    #[schema(value_type = FileAnswer)]
    pub source: Box<RawValue>,
}

/// The sitting of a confirmed act.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SittingOfConfirmed {
    pub id: Id,
    pub href: String,
    /// Whether it was made with the act.
    pub created: bool,
}

/// A person who was made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PersonMade {
    /// The identifier in the request.
    pub local: Id,
    pub person: Id,
    pub href: String,
}
