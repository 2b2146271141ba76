//! A deliberation: the act, one document.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Agreement, Annex, AnnexCitation, Beneficiary, BudgetTable, Count, ExternalId, Id, Origin, Outcome, PersonRef, PrintedDate, Report, Waiver,
};
use crate::vocabulary;

vocabulary! {
    /// Kind of an act.
    ActKind {
        Deliberation = "deliberation", "délibération", "deliberation";
        Opinion = "opinion", "avis", "opinion";
        Wish = "wish", "vœu", "wish";
        Motion = "motion", "motion", "motion";
        Information = "information", "communication, prise d'acte", "information noted";
        Election = "election", "élection, désignation", "election, appointment";
        Other = "other", "autre", "other";
    }
}

vocabulary! {
    /// What a number of an act is.
    NumberKind {
        Act = "act", "numéro de l'acte", "number of the act";
        Report = "report", "numéro du rapport", "number of the report";
        Project = "project", "numéro de projet", "project number";
        Register = "register", "numéro au registre", "number in the register";
        Actes = "actes", "numéro interne @CTES", "internal number for @CTES";
        Other = "other", "autre", "other";
    }
}

vocabulary! {
    /// The form of a recital.
    RecitalForm {
        Visa = "visa", "visa", "visa";
        Considering = "considering", "considérant", "considering";
        Statement = "statement", "exposé", "statement";
        Heading = "heading", "intertitre", "heading";
    }
}

vocabulary! {
    /// What a recital refers to.
    ReferenceKind {
        Code = "code", "code", "code";
        Law = "law", "loi", "law";
        Decree = "decree", "décret", "decree";
        Order = "order", "arrêté", "order";
        European = "european", "texte européen", "European text";
        Deliberation = "deliberation", "délibération", "deliberation";
        InternalRules = "internal_rules", "règlement intérieur", "internal rules";
        Report = "report", "rapport", "report";
        CommissionOpinion = "commission_opinion", "avis d'une commission", "opinion of a committee";
        Request = "request", "demande", "request";
        Other = "other", "autre", "other";
    }
}

vocabulary! {
    /// The legal effect of an act, as the clerk states it. It decides how the act is brought to the knowledge of those concerned.
    Effect {
        Regulatory = "regulatory", "réglementaire", "regulatory";
        Individual = "individual", "individuel", "individual";
        Neither = "neither", "ni réglementaire ni individuel", "neither";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

/// The record of a deliberation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeliberationRecord {
    pub sitting: Id,
    /// Fixed by the sitting.
    pub origin: Origin,
    /// The items of the sitting's agenda that it comes from.
    #[serde(default)]
    pub agenda_items: Vec<Id>,
    #[serde(default = "deliberation")]
    pub kind: ActKind,
    #[serde(default)]
    pub kind_text: Option<String>,
    /// Typed, in printed order; none needs to be unique.
    #[serde(default)]
    pub numbers: Vec<ActNumber>,
    #[schema(min_length = 1)]
    pub title: String,
    #[serde(default)]
    pub headings: Headings,
    /// Visas, considérants and statements in one printed order.
    #[serde(default)]
    pub recitals: Vec<Recital>,
    #[serde(default)]
    pub formulas: Formulas,
    #[serde(default)]
    pub articles: Vec<Article>,
    #[serde(default)]
    pub budget_tables: Vec<BudgetTable>,
    #[serde(default)]
    pub beneficiaries: Vec<Beneficiary>,
    #[serde(default)]
    pub report: Option<Report>,
    #[serde(default)]
    pub agreements: Vec<Agreement>,
    /// In the order of the file.
    #[serde(default)]
    pub annexes: Vec<Annex>,
    #[serde(default)]
    pub annexes_cited: Vec<AnnexCitation>,
    #[serde(default)]
    pub signatures: Vec<Signature>,
    /// Stamps of transmission and posting, as printed.
    #[serde(default)]
    pub stamps: Vec<Stamp>,
    #[serde(default)]
    pub appeal_notice: Option<String>,
    #[serde(default)]
    pub matter_codes: Vec<MatterCode>,
    #[serde(default = "unstated_effect")]
    pub effect: Effect,
    /// Whether the act must be sent to the prefect, as the clerk states it.
    #[serde(default = "unstated_answer")]
    pub transmissible: super::Answer,
    #[serde(default = "unstated_outcome")]
    pub outcome: Outcome,
    #[serde(default)]
    pub outcome_text: Option<String>,
    #[serde(default)]
    pub external_ids: Vec<ExternalId>,
    #[serde(default)]
    pub source: Option<Source>,
    #[serde(default)]
    pub waivers: Vec<Waiver>,
}

impl DeliberationRecord {
    /// The number of the act: the first of that kind.
    pub fn number(&self) -> Option<&str> {
        self.numbers.iter().find(|n| n.kind == NumberKind::Act).map(|n| n.value.as_str())
    }
}

const fn deliberation() -> ActKind {
    ActKind::Deliberation
}
const fn unstated_effect() -> Effect {
    Effect::Unstated
}
const fn unstated_outcome() -> Outcome {
    Outcome::Unstated
}
const fn unstated_answer() -> super::Answer {
    super::Answer::Unstated
}
const fn visa() -> RecitalForm {
    RecitalForm::Visa
}

/// A number of an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ActNumber {
    pub kind: NumberKind,
    #[schema(min_length = 1, example = "2025-302")]
    pub value: String,
    /// To the letter: "(N°2025-302)".
    #[serde(default)]
    pub text: Option<String>,
}

/// What stands at the head of the act.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Headings {
    /// "DEPARTEMENT DU PAS-DE-CALAIS"
    pub authority: Option<String>,
    /// "DELIBERATION DE LA COMMISSION PERMANENTE DU CONSEIL DEPARTEMENTAL"
    pub body: Option<String>,
    /// "REUNION DU 7 JUILLET 2025"
    pub sitting: Option<String>,
}

/// Set phrases, to the letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Formulas {
    /// The body in the text: "La Commission Permanente du Conseil départemental du Pas-de-Calais".
    pub body: Option<String>,
    /// "Après en avoir délibéré,"
    pub deliberation: Option<String>,
    /// "DECIDE :"
    pub decision: Option<String>,
    pub closing: Option<String>,
}

/// A recital: one block before the decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Recital {
    /// From 1; filled in when absent.
    #[serde(default)]
    pub position: Option<Count>,
    #[serde(default = "visa")]
    pub form: RecitalForm,
    /// To the letter, final punctuation included.
    pub text: String,
    #[serde(default)]
    pub final_punctuation: Option<String>,
    /// What it refers to, where that could be read.
    #[serde(default)]
    pub reference: Option<Reference>,
    #[serde(default)]
    #[schema(no_recursion)]
    pub children: Vec<Recital>,
}

/// A text referred to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reference {
    pub kind: ReferenceKind,
    #[serde(default)]
    pub number: Option<String>,
    #[serde(default)]
    pub date: Option<NaiveDate>,
    #[serde(default)]
    pub body: Option<String>,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub articles: Vec<String>,
}

/// A block of what is decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Article {
    /// From 1; filled in when absent.
    pub position: Option<Count>,
    /// To the letter: "Article 1er :"; null where there is none.
    pub label: Option<String>,
    pub text: String,
    #[schema(no_recursion)]
    pub children: Vec<Article>,
}

/// One signature.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Signature {
    /// "....."
    pub separator: Option<String>,
    /// "LE PRESIDENT DU CONSEIL DEPARTEMENTAL,"
    pub authority_title: Option<String>,
    /// In whose name.
    pub authority: Option<PersonRef>,
    /// "Pour le Président du Conseil départemental,"
    pub formula: Option<String>,
    /// "La Directrice générale des services,"
    pub title: Option<String>,
    /// "Signé"
    pub mark: Option<String>,
    /// Whose hand.
    pub signatory: Option<PersonRef>,
    pub place: Option<String>,
    pub date: Option<NaiveDate>,
    /// "ARRAS, le 7 juillet 2025"
    pub place_date_text: Option<String>,
}

/// A stamp of transmission to the prefect, of receipt, of posting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Stamp {
    pub text: Option<String>,
    /// @CTES identifier, as printed.
    pub identifier: Option<String>,
    pub sent: Option<PrintedDate>,
    pub received: Option<PrintedDate>,
    pub posted: Option<PrintedDate>,
    pub notified: Option<PrintedDate>,
    /// From when the paper says that the act is enforceable ("rendu exécutoire le"); what the register works out stands elsewhere.
    pub enforceable: Option<PrintedDate>,
}

/// A matter code of the ACTES nomenclature: a text path (`7.5`, `7.10`), compared segment by segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MatterCode {
    #[schema(pattern = r"^[0-9]{1,2}(\.[0-9]{1,2}){0,4}$", example = "7.5")]
    pub code: String,
    #[serde(default)]
    pub label: Option<String>,
}

/// Where a transcribed record was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Source {
    /// Name of the document.
    pub document: Option<String>,
    /// First character of the act in it, from 0.
    pub span_start: Option<u32>,
    /// One past its last character.
    pub span_end: Option<u32>,
}
