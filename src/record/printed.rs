//! Printed text beside parsed value: names, dates, times, amounts and identifiers as they stand on paper, and what was read in them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Id;
use crate::vocabulary;

/// A person as printed, beside the person of the directory that the name resolves to. Either may be unknown: a proxy "to the president", a
/// signatory who is in no directory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PersonRef {
    /// The name to the letter, civility included.
    pub printed: Option<String>,
    pub civility: Option<String>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    /// The office printed beside the name.
    pub office: Option<String>,
    /// The person of the directory.
    pub person: Option<Id>,
}

/// A date as printed and as read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PrintedDate {
    pub text: Option<String>,
    pub date: Option<NaiveDate>,
}

/// An hour as printed ("dix heures sept") and the instant that it means, in UTC.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PrintedTime {
    pub text: Option<String>,
    pub at: Option<DateTime<Utc>>,
}

/// A period as printed and as read; an open end is null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PrintedPeriod {
    pub text: Option<String>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

vocabulary! {
    /// Where a moment stands in relation to the agenda item that it names.
    Anchor {
        Before = "before", "avant", "before";
        During = "during", "pendant", "during";
        After = "after", "après", "after";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

/// A moment of a sitting: an instant, or a place in relation to an agenda item or to an act, or both. All unknown: it happened, the
/// record does not say when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Moment {
    pub text: Option<String>,
    pub at: Option<DateTime<Utc>>,
    /// An agenda item of the sitting.
    pub item: Option<Id>,
    pub anchor: Anchor,
    /// The number of an act, where the paper says "à partir de la délibération n° 12".
    pub act_number: Option<String>,
}

impl Default for Moment {
    fn default() -> Self {
        Self { text: None, at: None, item: None, anchor: Anchor::Unstated, act_number: None }
    }
}

/// A SIREN, SIRET or the like as printed (with its spaces) and its digits. Its check digit is a finding, not a condition: leading zeros
/// die in spreadsheets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PrintedNumber {
    pub text: Option<String>,
    pub digits: Option<String>,
}

/// An identifier in another system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct ExternalId {
    /// The system: `webdelib`, `actes`, `grants`, ...
    #[schema(min_length = 1)]
    pub scheme: String,
    #[schema(min_length = 1)]
    pub value: String,
}

/// A stretch of a text in bytes, on boundaries of characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub struct Span {
    /// Of its first byte, from 0.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}
