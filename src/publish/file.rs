//! Files of a sitting or an act, as a reader is answered; and who is.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::View;
use crate::record::{FileRole, Id};

/// A file, without its bytes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FileAnswer {
    pub id: Id,
    pub href: String,
    /// Where its bytes are read.
    pub content: String,
    pub record: RecordLink,
    /// Version of the record when the file came.
    pub version: i32,
    pub role: FileRole,
    /// As it was sent.
    pub name: String,
    #[schema(example = "application/pdf")]
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// Of its bytes, in hexadecimal.
    pub sha256: String,
    /// Places, from 1, of the annexes of the act that name this file.
    pub annexes: Vec<u32>,
    /// Whether it is the copy that counts: the signed original that came last.
    pub authoritative: bool,
    pub recorded_at: DateTime<Utc>,
}

/// The sitting or the act that a file belongs to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecordLink {
    /// `sitting` or `deliberation`.
    pub kind: String,
    pub id: Id,
    pub href: String,
}

/// The copy of an act that counts: its signed original.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AuthoritativeCopy {
    pub id: Id,
    pub href: String,
    /// Where its bytes are read.
    pub content: String,
    /// Of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Whether a view shows the files of this role, where it shows the record.
pub const fn shows_file(view: View, role: FileRole) -> bool {
    match role {
        // What was posted was made to be read. A signed original or a convention may hold bank data, addresses, names: whoever posts a version
        // without them sends that as published.
        FileRole::Published => true,
        FileRole::Annex
        | FileRole::Report
        | FileRole::SignedOriginal
        | FileRole::Agreement
        | FileRole::Transmitted
        | FileRole::Receipt
        | FileRole::Source
        | FileRole::Other => !matches!(view, View::Public),
        // Signatures of persons, who was ill.
        FileRole::ScannedProxy | FileRole::AttendanceSheet => matches!(view, View::Restricted),
    }
}
