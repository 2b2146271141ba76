//! What becomes of an act, apart from its record: dated facts, in any order, and what puts it right afterwards. A sealed act is not changed by them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Answer, Id, PersonRef, Subject};
use crate::vocabulary;

vocabulary! {
    /// What happened to an act.
    FactKind {
        Signed = "signed", "signé", "signed";
        Transmitted = "transmitted", "transmis au représentant de l'État", "transmitted to the representative of the State";
        Received = "received", "reçu par le représentant de l'État", "received by the representative of the State";
        TransmissionRefused = "transmission_refused", "transmission refusée (anomalie)", "transmission refused (anomaly)";
        PiecesRequested = "pieces_requested", "pièces complémentaires demandées", "further documents requested";
        PiecesSent = "pieces_sent", "pièces complémentaires reçues par le représentant de l'État", "further documents received by the representative of the State";
        PiecesRefused = "pieces_refused", "refus de communiquer les pièces", "refusal to supply the documents";
        Observations = "observations", "lettre d'observations, recours gracieux du représentant de l'État", "letter of observations";
        ObservationsAnswered = "observations_answered", "réponse à la lettre d'observations", "letter of observations answered";
        Referred = "referred", "déféré au tribunal administratif", "referred to the administrative court";
        Published = "published", "publié", "published";
        Unpublished = "unpublished", "retiré du site", "taken off the site";
        Notified = "notified", "notifié", "notified";
        Suspended = "suspended", "suspendu", "suspended";
        SuspensionEnded = "suspension_ended", "suspension levée", "suspension ended";
        Annulled = "annulled", "annulé par le juge", "annulled by a court";
        Repealed = "repealed", "abrogé", "repealed";
        Rescinded = "rescinded", "retiré", "rescinded";
        AgreementSigned = "agreement_signed", "convention signée", "agreement signed";
        AgreementPaid = "agreement_paid", "convention : somme versée", "agreement: sum paid";
        AgreementEnded = "agreement_ended", "convention échue", "agreement ended";
    }
}

/// A dated fact. Once recorded it is not changed: a wrong one is struck out by another that `corrects` it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Fact {
    pub id: Id,
    pub kind: FactKind,
    /// The day, in the authority's time zone.
    pub on: NaiveDate,
    /// The instant, where it is known.
    #[serde(default)]
    pub at: Option<DateTime<Utc>>,
    /// Last day of a publication, of a suspension.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// To whom it was notified. Not shown to the public.
    #[serde(default)]
    pub addressee: Option<String>,
    /// Where it was published: an address.
    #[serde(default)]
    pub place: Option<String>,
    /// Who signed, who published: name and quality.
    #[serde(default)]
    pub author: Option<PersonRef>,
    /// @CTES identifier.
    #[serde(default)]
    pub identifier: Option<String>,
    /// SHA-256 of what was sent or posted, in hexadecimal.
    #[serde(default)]
    pub digest: Option<String>,
    /// The file that was sent, posted or received.
    #[serde(default)]
    pub file: Option<Id>,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
    /// What proves it: a receipt, a judgment and its number.
    #[serde(default)]
    pub source: Option<String>,
    /// The fact that this one strikes out and replaces.
    #[serde(default)]
    pub corrects: Option<Id>,
}

impl Fact {
    /// A fact of which nothing more is known.
    pub const fn new(id: Id, kind: FactKind, on: NaiveDate) -> Self {
        Self {
            id,
            kind,
            on,
            at: None,
            until: None,
            addressee: None,
            place: None,
            author: None,
            identifier: None,
            digest: None,
            file: None,
            reason: None,
            source: None,
            corrects: None,
        }
    }
}

/// A fact and who recorded it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecordedFact {
    #[serde(flatten)]
    pub fact: Fact,
    /// The subject of the token that recorded it; null: not shown.
    pub recorded_by: Option<String>,
    pub recorded_at: DateTime<Utc>,
}

vocabulary! {
    /// What became of a number of the register.
    NumberState {
        Reserved = "reserved", "réservé", "reserved";
        Minted = "minted", "attribué", "minted";
        Voided = "voided", "annulé", "voided";
    }
}

vocabulary! {
    /// What a file is to its sitting or its act.
    FileRole {
        Annex = "annex", "annexe", "annex";
        Report = "report", "rapport", "report";
        SignedOriginal = "signed_original", "original signé", "signed original";
        ScannedProxy = "scanned_proxy", "pouvoir numérisé", "scanned proxy";
        AttendanceSheet = "attendance_sheet", "feuille de présence", "attendance sheet";
        Agreement = "agreement", "convention", "agreement";
        Transmitted = "transmitted", "document transmis", "document as transmitted";
        Published = "published", "document publié", "document as published";
        Receipt = "receipt", "accusé de réception", "receipt";
        Source = "source", "document repris", "document that it was taken from";
        Other = "other", "autre", "other";
    }
}

vocabulary! {
    /// How an act is put right.
    RectificationKind {
        MaterialError = "material_error", "rectification d'erreur matérielle", "correction of a material error";
        VoteCorrection = "vote_correction", "mise au point d'un vote", "correction of a vote";
        Repeal = "repeal", "abrogation", "repeal";
        Rescission = "rescission", "retrait", "rescission";
        Annulment = "annulment", "annulation par le juge", "annulment by a court";
    }
}

/// What puts an act right, kept beside it: the original stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Rectification {
    pub id: Id,
    pub kind: RectificationKind,
    pub on: NaiveDate,
    /// Why, and on what proof.
    #[schema(min_length = 1)]
    pub ground: String,
    /// Whether the result of the vote changes.
    #[serde(default = "unstated_answer")]
    pub changes_result: Answer,
    /// The act that does it, where it is one: the link goes both ways.
    #[serde(default)]
    pub by_act: Option<Id>,
    /// What it is about, where it is not the whole act: a ballot.
    #[serde(default)]
    pub subject: Option<Subject>,
    #[serde(default)]
    pub corrections: Vec<Correction>,
    /// Court and number of a judgment.
    #[serde(default)]
    pub source: Option<String>,
}

/// One thing put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Correction {
    /// What, in words: "Abstention", "article 2, montant".
    #[schema(min_length = 1)]
    pub what: String,
    #[serde(default)]
    pub printed: Option<String>,
    #[serde(default)]
    pub corrected: Option<String>,
}

const fn unstated_answer() -> Answer {
    Answer::Unstated
}
