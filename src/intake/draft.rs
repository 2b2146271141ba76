//! What a reading gives: drafts of records, where each value was printed, and what is left to ask.

use serde::Serialize;
use utoipa::ToSchema;

use crate::record::{AuthorityKind, BodyKind, DeliberationRecord, PrintedNumber, SittingRecord, Span};
use crate::vocabulary;

/// What was read in a text: its acts in printed order, or why there is none.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Reading {
    pub drafts: Vec<Draft>,
    /// Set when `drafts` is empty.
    pub none: Option<WhyNone>,
}

/// One act, with its sitting as the text tells it. Identifiers are local to the reading (`00000000-0000-7000-8000-…`): the register makes its own
/// when the draft is confirmed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Draft {
    /// The act itself, its annexes left out.
    pub span: Span,
    pub authority: AuthorityRead,
    /// Where no day was read, `date` is 1970-01-01, has no value, and is asked (`date_unknown`).
    pub sitting: SittingRecord,
    pub act: DeliberationRecord,
    /// Where each value of the three records was printed.
    pub values: Vec<Value>,
    pub questions: Vec<Question>,
}

/// The authority and the body as printed; which ones of the directory they are is for the register.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuthorityRead {
    /// "DEPARTEMENT DU PAS-DE-CALAIS"
    pub name: Option<String>,
    pub kind: Option<AuthorityKind>,
    /// "DELIBERATION DE LA COMMISSION PERMANENTE DU CONSEIL DEPARTEMENTAL"
    pub body: Option<String>,
    pub body_kind: Option<BodyKind>,
    pub siret: Option<PrintedNumber>,
    pub siret_source: Option<SiretSource>,
    /// From the identifier in a stamp.
    pub siren: Option<String>,
}

vocabulary! {
    /// Where the SIRET of the authority was read.
    SiretSource {
        Act = "act", "l'acte", "the act";
        Agreement = "agreement", "la convention, non l'acte", "convention, not the act";
    }
}

/// A value of the records and where it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DraftValue)]
pub struct Value {
    /// JSON pointer (RFC 6901) into `{"authority": …, "sitting": …, "act": …}`.
    pub pointer: String,
    pub span: Span,
    /// To the letter, with what the span holds of line breaks and bold marks.
    pub printed: String,
    pub confidence: Confidence,
}

vocabulary! {
    /// How sure the reading of a value is.
    Confidence {
        Certain = "certain", "sûr", "certain";
        Likely = "likely", "probable", "likely";
        Doubtful = "doubtful", "douteux", "doubtful";
    }
}

/// What the text leaves open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Question {
    /// The value that is asked for.
    pub pointer: String,
    /// What raised it.
    pub span: Option<Span>,
    pub code: QuestionCode,
    /// What it may be, as printed; empty where nothing is proposed.
    pub choices: Vec<String>,
}

vocabulary! {
    /// What is asked of the clerk.
    QuestionCode {
        DateUnknown = "date_unknown", "De quel jour est la séance ?", "Which day was the sitting?";
        DateAmbiguous = "date_ambiguous", "Plusieurs dates sont possibles : laquelle est celle de la séance ?", "Several dates are possible: which is that of the sitting?";
        TitleUnknown = "title_unknown", "Quel est l'intitulé de l'acte ?", "What is the title of the act?";
        TitleAmbiguous = "title_ambiguous", "Lequel de ces textes est l'intitulé ?", "Which of these texts is the title?";
        NumberAmbiguous = "number_ambiguous", "Lequel de ces numéros est celui de l'acte ?", "Which of these numbers is that of the act?";
        NameOrder = "name_order", "Lequel de ces mots est le nom de famille ?", "Which of these words is the family name?";
        NameUnread = "name_unread", "Ce texte est-il le nom d'une personne ?", "Is this text the name of a person?";
        AttendanceUnread = "attendance_unread", "Que dit cette liste de la présence de ces personnes ?", "What does this list say about the presence of these people?";
        ProxyHolderUnknown = "proxy_holder_unknown", "À qui ce pouvoir a-t-il été donné ?", "Who was given this proxy?";
        VoteUnread = "vote_unread", "Que dit cette mention du vote ?", "What does this mention of the vote say?";
        VoteContradictory = "vote_contradictory", "Deux mentions du vote se contredisent : laquelle retenir ?", "Two mentions of the vote contradict each other: which one holds?";
        OutcomeUnstated = "outcome_unstated", "Le sort n'est pas écrit : quel est-il ?", "The outcome is not written: what is it?";
        AmountUnread = "amount_unread", "Quel est ce montant ?", "What is this amount?";
        TableUnread = "table_unread", "Les colonnes de ce tableau ne se lisent pas : que dit-il ?", "The columns of this table cannot be read: what does it say?";
        TextUnread = "text_unread", "La suite dépasse ce qui se lit d'un acte : que dit-elle ?", "What follows is more than is read of one act: what does it say?";
        BodyUnknown = "body_unknown", "De quelle instance est l'acte ?", "Which body is the act of?";
    }
}

vocabulary! {
    /// Why a text holds no act of an assembly.
    WhyNone {
        Empty = "empty", "Le texte est vide.", "The text is empty.";
        Order = "order", "C'est un arrêté ou une décision d'une seule personne, non une délibération.", "It is an order of one person, not a deliberation.";
        Decree = "decree", "C'est un texte de l'État : loi, décret.", "It is a text of the State: an act, a decree.";
        Invoice = "invoice", "C'est une facture ou un devis.", "It is an invoice or an estimate.";
        Letter = "letter", "C'est une lettre.", "It is a letter.";
        Convening = "convening", "C'est une convocation ou un ordre du jour : rien n'y est décidé.", "It is a convening or an agenda: nothing is decided in it.";
        ReportAlone = "report_alone", "C'est un rapport sans la délibération.", "It is a report without the deliberation.";
        NothingDecided = "nothing_decided", "Aucune décision d'une assemblée ne s'y lit.", "No decision of an assembly can be read in it.";
    }
}
