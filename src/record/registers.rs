//! Registers kept beside the directory, because findings and proposals rest on them: declarations of interest, delegations of signature,
//! powers delegated to a permanent commission. Dated, like the directory.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Answer, Id, PersonRef, Visibility};
use crate::vocabulary;

vocabulary! {
    /// What a declaration of interest rests on.
    DeclarationKind {
        OutsideSeat = "outside_seat", "siège dans un organisme extérieur", "seat on an outside body";
        RecusalOrder = "recusal_order", "arrêté de déport", "order of recusal";
        Other = "other", "autre intérêt déclaré", "other declared interest";
    }
}

/// A standing declaration of interest. It proposes a recusal before a sitting, and never makes one. Restricted: the public never sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InterestDeclaration {
    pub person: Id,
    pub kind: DeclarationKind,
    /// The outside body, by name.
    #[serde(default)]
    pub organisation: Option<String>,
    /// SIREN or SIRET of the outside body: digits only.
    #[serde(default)]
    #[schema(pattern = "^([0-9]{9}|[0-9]{14})$")]
    pub siret: Option<String>,
    /// Whether the person sits there as a representative of the authority designated by law (CGCT L1111-6).
    #[serde(default = "unstated_answer")]
    pub legal_representative: Answer,
    /// Words that, in the title of an item, call for a look: "insertion par l'activité économique".
    #[serde(default)]
    pub matters: Vec<String>,
    /// Where it is written: number and date of an order, a declaration.
    #[serde(default)]
    pub source: Option<String>,
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
}

/// A delegation of signature (CGCT L3221-3): enforceable once published and transmitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignatureDelegation {
    /// Who may sign.
    pub delegate: PersonRef,
    /// The office under which that person signs: "Directrice générale des services".
    #[serde(default)]
    pub title: Option<String>,
    /// In whose name.
    #[serde(default)]
    pub delegator: Option<PersonRef>,
    /// The body whose acts may be signed; null: any.
    #[serde(default)]
    pub body: Option<Id>,
    /// For what, in the words of the order.
    #[serde(default)]
    pub scope: Option<String>,
    /// For acts of these matters of the ACTES nomenclature; `[]`: for any.
    #[serde(default)]
    pub matter_codes: Vec<String>,
    /// Number of the order.
    #[schema(min_length = 1)]
    pub order_number: String,
    #[serde(default)]
    pub order_date: Option<NaiveDate>,
    #[serde(default)]
    pub published_on: Option<NaiveDate>,
    #[serde(default)]
    pub transmitted_on: Option<NaiveDate>,
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
    #[serde(default = "internal")]
    pub visibility: Visibility,
}

/// Powers that an assembly delegates to its permanent commission (CGCT L3211-2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PowersDelegation {
    /// The body that receives the powers.
    pub body: Id,
    /// Number of the deliberation that delegates them.
    #[schema(min_length = 1, example = "2021-257")]
    pub deliberation_number: String,
    #[serde(default)]
    pub deliberation_date: Option<NaiveDate>,
    /// That deliberation, where the register holds it.
    #[serde(default)]
    pub deliberation: Option<Id>,
    #[serde(default)]
    pub title: Option<String>,
    /// What is delegated, in the words of the deliberation.
    #[serde(default)]
    pub powers: Vec<String>,
    /// For acts of these matters of the ACTES nomenclature; `[]`: for any.
    #[serde(default)]
    pub matter_codes: Vec<String>,
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
    #[serde(default = "internal")]
    pub visibility: Visibility,
}

const fn unstated_answer() -> Answer {
    Answer::Unstated
}
const fn internal() -> Visibility {
    Visibility::Internal
}
