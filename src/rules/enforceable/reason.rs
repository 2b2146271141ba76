//! Why an act is enforceable, why it is not, and what its time limits rest on.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::made::{Basis, words};
use super::super::profile::RuleId;
use crate::record::{Certainty, FindingLabel};
use crate::vocabulary;

vocabulary! {
    /// Why an act is or is not enforceable, what was left aside to say so, and what sets its time limits.
    ReasonCode {
        EffectUnstated = "effect_unstated", "effet de l'acte non précisé : date non calculée", "effect of the act unstated: no date is worked out";
        TransmissibleUnstated = "transmissible_unstated", "obligation de transmettre non précisée : date non calculée", "whether it must be transmitted is unstated: no date is worked out";
        NotTransmissible = "not_transmissible", "non soumis à transmission", "need not be transmitted";
        Transmitted = "transmitted", "transmis au représentant de l'État", "transmitted to the representative of the State";
        TransmissionProved = "transmission_proved", "transmis au plus tard le jour de l'accusé de réception, qui le prouve", "transmitted at the latest on the day of the receipt, which proves it";
        NotTransmitted = "not_transmitted", "non transmis", "not transmitted";
        TransmissionRefused = "transmission_refused", "transmission refusée, non retenue", "transmission refused, not counted";
        Published = "published", "publié", "published";
        NotPublished = "not_published", "non publié", "not published";
        Notified = "notified", "notifié", "notified";
        NotNotified = "not_notified", "non notifié", "not notified";
        SeveralAddressees = "several_addressees", "exécutoire à l'égard de chaque destinataire à sa date", "enforceable for each addressee from its own date";
        NotYet = "not_yet", "la date n'est pas atteinte", "the date is yet to come";
        Suspended = "suspended", "suspendu", "suspended";
        Annulled = "annulled", "annulé par le juge ; l'effet sur le passé n'est pas calculé", "annulled by a court; what that undoes of the past is not worked out";
        Repealed = "repealed", "abrogé", "repealed";
        Rescinded = "rescinded", "retiré ; l'effet sur le passé n'est pas calculé", "rescinded; what that undoes of the past is not worked out";
        BeforeSitting = "before_sitting", "fait antérieur à la séance, non retenu", "fact before the sitting, not counted";
        InstantDiffers = "instant_differs", "le jour noté n'est pas celui de l'instant", "the day noted is not that of the instant";
        PrintedSetAside = "printed_set_aside", "date imprimée non retenue : une autre est enregistrée", "printed date not counted: another is recorded";
        PrintedDateDiffers = "printed_date_differs", "l'acte porte une autre date", "the act says another date";
        PublicationShort = "publication_short", "publication de moins de deux mois", "published for less than two months";
        LimitFromReceipt = "limit_from_receipt", "le délai du déféré court de la réception", "the limit for referral runs from the receipt";
        LimitFromTransmission = "limit_from_transmission", "réception inconnue : le délai du déféré est compté de la transmission", "receipt unknown: the limit for referral is counted from the transmission";
        PiecesRequested = "pieces_requested", "pièces demandées dans le délai : il attend leur réception ou le refus", "documents requested within the limit: it waits for their receipt or the refusal";
        PiecesReceived = "pieces_received", "pièces reçues : le délai court de nouveau", "documents received: the limit runs anew";
        PiecesRefused = "pieces_refused", "pièces refusées : le délai court de nouveau", "documents refused: the limit runs anew";
        Observations = "observations", "recours gracieux dans le délai : il est interrompu", "letter of observations within the limit: it is interrupted";
        ObservationsAnswered = "observations_answered", "réponse au recours gracieux : le délai court de nouveau", "letter of observations answered: the limit runs anew";
        TooLate = "too_late", "hors délai, sans effet sur lui", "after the limit, without effect on it";
        MonthEnd = "month_end", "fin de mois : une autre lecture du délai donne un autre jour", "end of a month: another reading of the limit gives another day";
        NextWorkingDay = "next_working_day", "prolongé jusqu'au premier jour ouvrable", "extended to the next working day";
        Referred = "referred", "déféré au tribunal administratif", "referred to the administrative court";
    }
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reason {
    pub code: ReasonCode,
    pub label: FindingLabel,
    /// Whether it keeps the act from being enforceable today.
    pub holds: bool,
    /// The day that it is about, or its first day.
    pub since: Option<NaiveDate>,
    /// Its last day, where it has one.
    pub until: Option<NaiveDate>,
    pub rule: RuleId,
    /// Articles of law and decisions of courts.
    #[schema(value_type = Vec<String>)]
    pub legal_basis: Vec<&'static str>,
    pub certainty: Certainty,
}

impl Reason {
    pub(super) fn new(code: ReasonCode, basis: Basis) -> Self {
        let label = words(code.label().fr, code.label().en);
        let Basis { rule, certainty, articles, .. } = basis;
        Self { code, label, holds: false, since: None, until: None, rule, legal_basis: articles.to_vec(), certainty }
    }

    pub(super) fn since(self, since: Option<NaiveDate>) -> Self {
        Self { since, ..self }
    }

    pub(super) fn until(self, until: Option<NaiveDate>) -> Self {
        Self { until, ..self }
    }

    pub(super) fn holding(self) -> Self {
        Self { holds: true, ..self }
    }

    pub(super) fn saying(self, label: FindingLabel) -> Self {
        Self { label, ..self }
    }
}
