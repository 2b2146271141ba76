//! Lines of lists.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::SittingLink;
use crate::record::{ActKind, Id, Origin, Outcome, Visibility, Workflow};

/// A deliberation in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeliberationSummary {
    pub id: Id,
    pub href: String,
    /// The authority's SIREN.
    pub authority: String,
    pub number: Option<String>,
    pub title: String,
    pub kind: ActKind,
    pub outcome: Outcome,
    pub workflow: Workflow,
    pub visibility: Visibility,
    pub sitting: SittingLink,
    pub version: i32,
    pub modified_at: DateTime<Utc>,
}

/// A sitting in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SittingSummary {
    pub id: Id,
    pub href: String,
    /// The authority's SIREN.
    pub authority: String,
    pub date: NaiveDate,
    pub body: super::BodyLink,
    pub origin: Origin,
    pub visibility: Visibility,
    pub version: i32,
    pub modified_at: DateTime<Utc>,
}

/// A version in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VersionSummary {
    pub version: i32,
    /// Where its record is read.
    pub href: String,
    /// SHA-256 of its canonical record.
    pub digest: String,
    pub recorded_at: DateTime<Utc>,
    /// The subject of the token that recorded it.
    pub recorded_by: String,
    pub reason: Option<String>,
}
