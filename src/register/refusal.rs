//! Why the register refuses: nothing is written.

use super::MessageRefusal;
use crate::record::{Finding, Label, Workflow};
use crate::rules::{Contradiction, ExpansionRefusal};
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
    #[error("a {} act does not become that", from.wire())]
    MoveNotAllowed { from: Workflow, allowed: Vec<Workflow> },
    #[error("a sealed act does not change")]
    Sealed,
    #[error("the act is not sealed")]
    NotSealed,
    #[error("findings hold the seal")]
    Held(Vec<Finding>),
    #[error("who did the one cannot do the other alone: {0:?}")]
    SeparationOfDuties(Duty),
    #[error("the act has no number")]
    NoNumber,
    #[error("the number {0} comes to the same as another on @CTES")]
    NumberCollides(String),
    #[error("the act cannot be sent: {0:?}")]
    NotTransmissible(Vec<String>),
    #[error("the message is refused: {0:?}")]
    Message(MessageRefusal),
    #[error("this cannot happen to the act as it stands")]
    NotPossible(Label),
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
    File(#[from] super::FileRefusal),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Two things that one person does not do alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// Who recorded an act does not seal it.
    RecordAndSeal,
    /// Who sealed an act does not publish it.
    SealAndPublish,
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
    UnknownFile,
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
    UnknownRule,
    RuleNotConfigurable,
    RuleValue,
    LiveOnly,
    OtherBody,
    FirstDateDiffers,
    AgendaDiffers,
    NumberingTemplate,
    NotOnAgenda,
    OtherDay,
    SecretCorrection,
    LosesRecorded,
    UnknownFinding,
    TimeZone,
    InTheFuture,
    PublicationTooShort,
    NotADigest,
    UnknownFact,
    UnknownDeliberation,
    UnknownSubject,
    SittingOfAnotherDay,
    NewPersonNotNamed,
    SecretGroupVote,
    GroupBasis,
    /// The vote of a group cannot be expanded to its members.
    GroupVote(ExpansionRefusal),
}

impl Rule {
    /// What to do about it, in words.
    pub const fn label(self) -> Label {
        let (fr, en) = match self {
            Self::GroupVote(why) => return why.label(),
            Self::GroupBasis => (
                "une position de groupe va avec un vote de groupe (`group_votes`)",
                "a position of a group goes with a vote of the group (`group_votes`)",
            ),
            Self::SecretGroupVote => ("un scrutin secret ne garde le vote d'aucun groupe", "a secret ballot keeps no group's vote"),
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
            Self::UnknownFile => ("aucun fichier de cette délibération n'a cet identifiant", "no file of this deliberation has this identifier"),
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
            Self::NumberingTemplate => (
                "un modèle de numéro contient `{number}`, donne quinze caractères au plus, et n'a d'autre champ que `{year}`",
                "a numbering template contains `{number}`, gives fifteen characters at most, and has no other field than `{year}`",
            ),
            Self::InTheFuture => ("ce jour n'est pas encore venu", "that day has not come yet"),
            Self::PublicationTooShort => {
                ("une publication dure deux mois au moins (CGCT R3131-2)", "a publication lasts two months at least (CGCT R3131-2)")
            }
            Self::NotADigest => ("une empreinte SHA-256 a 64 chiffres hexadécimaux", "a SHA-256 digest has 64 hexadecimal digits"),
            Self::UnknownFact => {
                ("aucun fait de ce genre et non encore corrigé n'a cet identifiant", "no fact of that kind that still stands has this identifier")
            }
            Self::UnknownDeliberation => {
                ("aucune autre délibération de la collectivité n'a cet identifiant", "no other deliberation of the authority has this identifier")
            }
            Self::UnknownSubject => (
                "ni l'acte, ni sa séance, ni ses points, ni ses scrutins n'ont cet identifiant",
                "neither the act, nor its sitting, nor its items, nor its ballots have this identifier",
            ),
            Self::TimeZone => {
                ("un fuseau horaire est un nom de l'IANA, tel que `Europe/Paris`", "a time zone is an IANA name, such as `Europe/Paris`")
            }
            Self::UnknownFinding => ("aucun constat de ce code ne porte sur cet objet", "no finding of this code is about this subject"),
            Self::OtherDay => ("cet instant est d'un autre jour que `on`", "that instant is of another day than `on`"),
            Self::SecretCorrection => (
                "la mise au point d'un scrutin secret ne nomme personne : décrivez-la dans `ground`",
                "the correction of a secret ballot names nobody: tell it in `ground`",
            ),
            Self::LosesRecorded => (
                "un événement ou un scrutin enregistré en séance manque : donnez la raison (`?reason=`)",
                "an event or a ballot recorded live is missing: give the reason (`?reason=`)",
            ),
            Self::NotOnAgenda => ("l'acte ne vient d'aucun point de l'ordre du jour", "the act comes from no agenda item"),
            Self::UnknownRule => ("aucune règle des profils juridiques ne porte ce nom", "no rule of the legal profiles has this name"),
            Self::RuleNotConfigurable => (
                "le règlement intérieur d'une telle instance ne règle pas ce point : la loi le fixe, ou il ne laisse pas le choix",
                "the internal rules of such a body do not settle this: statute does, or it leaves no choice",
            ),
            Self::RuleValue => (
                "cette règle n'a pas de telle valeur : selon la règle `1/6`, `1`, `8 days` ou `5 clear days` sans aller sous la loi, `yes` ou `no`, un mot de son profil, ou rien",
                "this rule has no such value: by the rule `1/6`, `1`, `8 days` or `5 clear days` but no less than statute asks, `yes` or `no`, a word of its profile, or none",
            ),
            Self::LiveOnly => (
                "ce champ n'existe que pour ce qui est enregistré en séance, non pour une transcription",
                "this field is only for what is recorded live, not for a transcription",
            ),
            Self::SittingOfAnotherDay => ("cette séance est d'un autre jour", "this sitting is of another day"),
            Self::NewPersonNotNamed => (
                "une nouvelle personne a un identifiant local, et les fiches la nomment",
                "a new person has a local identifier, and the records name the person",
            ),
            Self::OtherBody => ("cette séance est celle d'une autre instance", "this is the sitting of another body"),
            Self::FirstDateDiffers => ("la première séance n'est pas de ce jour", "the first sitting was not on this day"),
            Self::AgendaDiffers => {
                ("un point au moins n'est pas à l'ordre du jour de la première séance", "an item at least is not on the agenda of the first sitting")
            }
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
            Self::UnknownFile => "unknown_file",
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
            Self::UnknownRule => "unknown_rule",
            Self::RuleNotConfigurable => "rule_not_configurable",
            Self::RuleValue => "rule_value",
            Self::LiveOnly => "live_only",
            Self::OtherBody => "other_body",
            Self::FirstDateDiffers => "first_date_differs",
            Self::AgendaDiffers => "agenda_differs",
            Self::NumberingTemplate => "numbering_template",
            Self::NotOnAgenda => "not_on_agenda",
            Self::OtherDay => "other_day",
            Self::SecretCorrection => "secret_position",
            Self::LosesRecorded => "loses_recorded",
            Self::UnknownFinding => "unknown_finding",
            Self::TimeZone => "time_zone",
            Self::InTheFuture => "in_the_future",
            Self::PublicationTooShort => "publication_too_short",
            Self::NotADigest => "not_a_digest",
            Self::UnknownFact => "unknown_fact",
            Self::UnknownDeliberation => "unknown_deliberation",
            Self::UnknownSubject => "unknown_subject",
            Self::SittingOfAnotherDay => "sitting_of_another_day",
            Self::NewPersonNotNamed => "new_person_not_named",
            Self::SecretGroupVote => "secret_position",
            Self::GroupBasis => "group_basis",
            Self::GroupVote(why) => why.wire(),
        }
    }
}
