//! The papers behind an act: report, budget tables, beneficiaries, agreement, annexes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Amount, Answer, Count, Id, Money, PersonRef, PrintedDate, PrintedNumber, PrintedPeriod, Signature};
use crate::vocabulary;

vocabulary! {
    /// The sense of an opinion.
    OpinionSense {
        Favorable = "favorable", "favorable", "favourable";
        Unfavorable = "unfavorable", "défavorable", "unfavourable";
        Reserved = "reserved", "réservé", "with reservations";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

vocabulary! {
    /// Whether money goes out or comes in.
    Direction {
        Expense = "expense", "dépense", "expense";
        Revenue = "revenue", "recette", "revenue";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

vocabulary! {
    /// Section of a budget.
    BudgetSection {
        Operating = "operating", "fonctionnement", "operating";
        Investment = "investment", "investissement", "investment";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

vocabulary! {
    /// Whether a beneficiary is a natural person: then the public is not shown who.
    BeneficiaryKind {
        LegalPerson = "legal_person", "personne morale", "legal person";
        NaturalPerson = "natural_person", "personne physique", "natural person";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

vocabulary! {
    /// In what form a grant is given.
    GrantNature {
        InCash = "in_cash", "aide en numéraire", "in cash";
        InKind = "in_kind", "aide en nature", "in kind";
        Both = "both", "aide en numéraire et en nature", "in cash and in kind";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

/// What is put before the body (rapport).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Report {
    pub number: Option<String>,
    pub number_text: Option<String>,
    pub department: Option<String>,
    pub service: Option<String>,
    pub heading: Option<String>,
    pub sitting_text: Option<String>,
    pub title: Option<String>,
    pub rapporteurs: Vec<PersonRef>,
    pub legal_grounds: Vec<Paragraph>,
    pub proposals: Vec<Paragraph>,
    /// Where the matter stands in the authority's policies, from the widest to the narrowest.
    pub policies: Vec<Policy>,
    pub body_text: Vec<Paragraph>,
    pub budget_tables: Vec<BudgetTable>,
    pub opinions: Vec<Opinion>,
    pub annexes_cited: Vec<AnnexCitation>,
    pub signatures: Vec<Signature>,
}

/// A numbered or bulleted paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Paragraph {
    /// From 1; filled in when absent.
    pub position: Option<Count>,
    pub text: String,
}

/// A level of the authority's policies: a pact, an ambition, an axis.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Policy {
    pub level: Option<String>,
    pub text: String,
}

/// The opinion of a committee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Opinion {
    #[serde(default)]
    pub text: Option<String>,
    /// The committee as printed.
    #[serde(default)]
    pub commission: Option<String>,
    #[serde(default)]
    pub body: Option<Id>,
    #[serde(default = "unstated_sense")]
    pub opinion: OpinionSense,
    #[serde(default)]
    pub opinion_text: Option<String>,
    #[serde(default)]
    pub meeting_date: Option<NaiveDate>,
    #[serde(default)]
    pub number: Option<String>,
    /// Its vote as printed.
    #[serde(default)]
    pub vote: Option<String>,
}

const fn unstated_sense() -> OpinionSense {
    OpinionSense::Unstated
}
const fn unstated_direction() -> Direction {
    Direction::Unstated
}
const fn unstated_section() -> BudgetSection {
    BudgetSection::Unstated
}
const fn unstated_beneficiary() -> BeneficiaryKind {
    BeneficiaryKind::Unstated
}
const fn unstated_grant() -> GrantNature {
    GrantNature::Unstated
}
const fn unstated_answer() -> Answer {
    Answer::Unstated
}

/// A budget table, whatever its columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct BudgetTable {
    /// Position of the article that introduces it.
    pub introduced_by_article: Option<Count>,
    pub budget_name: Option<String>,
    pub exercise_year: Option<String>,
    /// Headings in printed order.
    pub columns: Vec<String>,
    pub lines: Vec<BudgetLine>,
    pub total: Option<Money>,
}

/// A line of a budget table, or an imputation in a sentence (then without cells).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BudgetLine {
    /// One per column, to the letter.
    #[serde(default)]
    pub cells: Vec<String>,
    /// A heading inside the table, above this line.
    #[serde(default)]
    pub sub_heading: Option<String>,
    #[serde(default)]
    pub operation_code: Option<String>,
    #[serde(default)]
    pub operation_label: Option<String>,
    /// The imputation as printed: "6568//9365".
    #[serde(default)]
    pub budget_entry: Option<String>,
    #[serde(default)]
    pub nature: Option<String>,
    #[serde(default)]
    pub function: Option<String>,
    #[serde(default)]
    pub chapter: Option<String>,
    #[serde(default)]
    pub programme: Option<String>,
    #[serde(default = "unstated_direction")]
    pub direction: Direction,
    #[serde(default = "unstated_section")]
    pub section: BudgetSection,
    /// Crédits de paiement.
    #[serde(default)]
    pub payment_credits: Option<Money>,
    /// Autorisation de programme ou d'engagement.
    #[serde(default)]
    pub authorisation: Option<Money>,
    #[serde(default)]
    pub available: Option<Money>,
    #[serde(default)]
    pub proposal: Option<Money>,
    #[serde(default)]
    pub expense: Option<Money>,
    #[serde(default)]
    pub revenue: Option<Money>,
    #[serde(default)]
    pub balance: Option<Money>,
}

/// Who is granted what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Beneficiary {
    #[serde(default)]
    pub name: Option<String>,
    /// As the act calls it.
    #[serde(default)]
    pub designation: Option<String>,
    #[serde(default = "unstated_beneficiary")]
    pub kind: BeneficiaryKind,
    #[serde(default)]
    pub siret: Option<PrintedNumber>,
    #[serde(default)]
    pub siren: Option<PrintedNumber>,
    /// Code in the table.
    #[serde(default)]
    pub code: Option<String>,
    /// What for.
    #[serde(default)]
    pub object: Option<String>,
    /// Position of the article.
    #[serde(default)]
    pub article: Option<Count>,
    #[serde(default)]
    pub sub_heading: Option<String>,
    #[serde(default)]
    pub requested: Option<Money>,
    #[serde(default)]
    pub amount: Option<Money>,
    #[serde(default)]
    pub carried_over: Option<Money>,
    /// Other cells of the line, to the letter.
    #[serde(default)]
    pub cells: Vec<String>,
    /// What has to be published of a grant and no act prints (décret 2017-779); null: nobody said.
    #[serde(default)]
    pub grant: Option<GrantTerms>,
}

/// What the clerk states of a grant beside what the act prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GrantTerms {
    #[serde(default = "unstated_grant")]
    pub nature: GrantNature,
    /// When it is paid: from the first day to the last, the same day where it is paid at once.
    #[serde(default)]
    pub paid: Option<PrintedPeriod>,
    /// How it is paid, where no agreement says so.
    #[serde(default)]
    pub payment: Option<String>,
    /// Whether it is given under an aid notified to the European Commission.
    #[serde(default = "unstated_answer")]
    pub notified_to_eu: Answer,
    /// The part of an amount granted to several together: `"0.45"`, from 0.01 to 1.00. Null where the amount is the beneficiary's own.
    #[serde(default)]
    pub share: Option<Amount>,
}

/// An agreement that the act approves (convention).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Agreement {
    pub object: Option<String>,
    pub dossier_number: Option<String>,
    pub department: Option<String>,
    pub service: Option<String>,
    pub parties: Vec<Party>,
    /// To the letter, in order.
    pub recitals: Vec<String>,
    pub request_date: Option<NaiveDate>,
    pub article_headings: Vec<String>,
    pub period: Option<PrintedPeriod>,
    pub amount: Option<Money>,
    pub payment: Option<String>,
    pub final_report_due: Option<NaiveDate>,
    /// Restricted.
    pub iban: Option<String>,
    /// Restricted.
    pub bic: Option<String>,
    pub signed: Option<PrintedDate>,
    pub court: Option<String>,
}

/// A party to an agreement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Party {
    pub role: Option<String>,
    pub name: Option<String>,
    pub legal_form: Option<String>,
    /// Restricted.
    pub address: Option<String>,
    pub siret: Option<PrintedNumber>,
    /// Restricted.
    pub represented_by: Option<PersonRef>,
}

/// A paper attached to the act.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Annex {
    pub title: Option<String>,
    /// "annexe 3"
    pub label: Option<String>,
    pub object: Option<String>,
    pub dossier_number: Option<String>,
    /// Its own annexes, as it lists them.
    pub own_annexes: Vec<String>,
    /// Restricted: who signed it.
    pub signed_by: Option<String>,
    /// The file, once there is one.
    pub file: Option<Id>,
}

/// A place where an annex is cited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct AnnexCitation {
    /// "article 2", "visa 12".
    pub cited_in: Option<String>,
    /// "annexe 3"
    pub label: Option<String>,
    pub text: Option<String>,
}
