//! Why the register refuses: nothing is written.

use crate::record::{Finding, Label};
use crate::rules::Contradiction;
use crate::store::StoreError;

/// A refusal. The HTTP face gives each its problem type.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("the record breaks {} rules", .0.len())]
    Invalid(Vec<Fault>),
    #[error("no such record")]
    NotFound,
    #[error("the record was deleted")]
    Gone,
    #[error("the record has changed since it was read")]
    Stale,
    #[error("the record exists already")]
    Exists,
    #[error("a transcribed act belongs to a transcribed sitting, a recorded one to a recorded sitting")]
    OriginDiffers,
    #[error("only a recorded sitting takes events and ballots one by one")]
    NotLive,
    #[error("only a draft can be deleted")]
    NotADraft,
    #[error("an act comes from an item that the new agenda lacks")]
    ItemInUse(Vec<Fault>),
    #[error("a live record contradicts itself")]
    Contradiction(Vec<Contradiction>),
    #[error("irregularities that are not acknowledged")]
    NotAcknowledged(Vec<Finding>),
    #[error("this needs the scope findings:waive")]
    MayNotWaive,
    #[error("the register holds several authorities: name one")]
    AuthorityNeeded,
    #[error("more than {most} sittings in the period")]
    PeriodTooLong { most: usize },
    #[error("the key is in use by a request that is not answered yet")]
    KeyInUse,
    #[error("the key was used for another request")]
    KeyReused,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A field that breaks a rule: where (RFC 6901), and which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub pointer: String,
    pub rule: Rule,
}

/// The rules that a record must keep to be stored at all. None is a rule of law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Empty,
    ControlCharacter,
    Twice,
    UnknownPerson,
    UnknownGroup,
    UnknownBody,
    UnknownSitting,
    UnknownItem,
    UnknownBallot,
    UnknownPart,
    UnknownMandate,
    UnknownDeliberation,
    CoversNothing,
    EndsBeforeStart,
    YearOutOfRange,
    SecretPosition,
    ElectionKind,
    ReasonWithoutNotVoting,
    GroupWithoutAffiliation,
    MatterCode,
    Siret,
    Currency,
    BodyFixed,
    SittingFixed,
    ParentOfItself,
    SirenFixed,
    ActOfItem,
    TooMany,
}

impl Rule {
    /// What to do about it, in words.
    pub const fn label(self) -> Label {
        let (fr, en) = match self {
            Self::Empty => ("ce texte ne peut pas être vide", "this text cannot be empty"),
            Self::ControlCharacter => ("le caractère U+0000 n'est pas admis", "the character U+0000 is not allowed"),
            Self::Twice => ("cette valeur figure deux fois", "this value stands twice"),
            Self::UnknownPerson => ("aucune personne de la collectivité n'a cet identifiant", "no person of the authority has this identifier"),
            Self::UnknownGroup => ("aucun groupe de la collectivité n'a cet identifiant", "no group of the authority has this identifier"),
            Self::UnknownBody => ("aucune instance de la collectivité n'a cet identifiant", "no body of the authority has this identifier"),
            Self::UnknownSitting => ("aucune séance de la collectivité n'a cet identifiant", "no sitting of the authority has this identifier"),
            Self::UnknownItem => {
                ("aucun point de l'ordre du jour de la séance n'a cet identifiant", "no agenda item of the sitting has this identifier")
            }
            Self::UnknownBallot => ("aucun autre scrutin de la séance n'a cet identifiant", "no other ballot of the sitting has this identifier"),
            Self::UnknownPart => ("la séance n'a pas de partie de ce rang", "the sitting has no part of this position"),
            Self::UnknownMandate => ("aucun mandat de la collectivité n'a cet identifiant", "no mandate of the authority has this identifier"),
            Self::UnknownDeliberation => {
                ("aucune délibération de la collectivité n'a cet identifiant", "no deliberation of the authority has this identifier")
            }
            Self::CoversNothing => ("un scrutin porte sur au moins un point de l'ordre du jour", "a ballot covers at least one agenda item"),
            Self::YearOutOfRange => ("une année va de 1 à 9999", "a year is from 1 to 9999"),
            Self::EndsBeforeStart => ("la fin précède le début", "the end comes before the start"),
            Self::SecretPosition => ("un scrutin secret ne garde le vote de personne", "a secret ballot keeps nobody's vote"),
            Self::ElectionKind => (
                "`election` va avec le type de scrutin `election`, et avec lui seul",
                "`election` goes with the ballot kind `election`, and with it alone",
            ),
            Self::ReasonWithoutNotVoting => ("un motif va avec l'option `not_voting` seulement", "a reason goes with the option `not_voting` only"),
            Self::GroupWithoutAffiliation => {
                ("un groupe va avec l'affiliation `group`, et elle seule", "a group goes with the affiliation `group`, and with it alone")
            }
            Self::MatterCode => ("un code matière est un chemin de nombres, tel que `7.10`", "a matter code is a path of numbers, such as `7.10`"),
            Self::Siret => ("un SIREN est fait de 9 chiffres, un SIRET de 14", "a SIREN is 9 digits, a SIRET 14"),
            Self::Currency => ("une monnaie est un code ISO 4217, tel que `EUR`", "a currency is an ISO 4217 code, such as `EUR`"),
            Self::BodyFixed => ("l'instance d'une séance ne change pas", "the body of a sitting does not change"),
            Self::SittingFixed => ("la séance d'une délibération ne change pas", "the sitting of a deliberation does not change"),
            Self::ParentOfItself => ("un élément ne dépend pas de lui-même", "nothing is its own parent"),
            Self::SirenFixed => ("le SIREN est celui de l'adresse et du jeton", "the SIREN is that of the address and of the token"),
            Self::TooMany => ("cette liste est plus longue que celle d'aucune séance", "this list is longer than that of any sitting"),
            Self::ActOfItem => (
                "une délibération vient de ce point, absent du nouvel ordre du jour",
                "a deliberation comes from this item, which the new agenda lacks",
            ),
        };
        Label { fr, en }
    }

    /// A stable word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::ControlCharacter => "control_character",
            Self::Twice => "twice",
            Self::UnknownPerson => "unknown_person",
            Self::UnknownGroup => "unknown_group",
            Self::UnknownBody => "unknown_body",
            Self::UnknownSitting => "unknown_sitting",
            Self::UnknownItem => "unknown_item",
            Self::UnknownBallot => "unknown_ballot",
            Self::UnknownPart => "unknown_part",
            Self::UnknownMandate => "unknown_mandate",
            Self::UnknownDeliberation => "unknown_deliberation",
            Self::CoversNothing => "covers_nothing",
            Self::EndsBeforeStart => "ends_before_start",
            Self::YearOutOfRange => "year_out_of_range",
            Self::SecretPosition => "secret_position",
            Self::ElectionKind => "election_kind",
            Self::ReasonWithoutNotVoting => "reason_without_not_voting",
            Self::GroupWithoutAffiliation => "group_without_affiliation",
            Self::MatterCode => "matter_code",
            Self::Siret => "siret",
            Self::Currency => "currency",
            Self::BodyFixed => "body_fixed",
            Self::SittingFixed => "sitting_fixed",
            Self::ParentOfItself => "parent_of_itself",
            Self::SirenFixed => "siren_fixed",
            Self::ActOfItem => "act_of_item",
            Self::TooMany => "too_many",
        }
    }
}
