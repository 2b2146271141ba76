//! Who did what: every accepted write, from the change log; every read of restricted data, noted as it is answered. Neither is ever changed.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Actor, Refusal, Register};
use crate::record::{Id, Siren};
use crate::store::{ReadRow, now};

/// A write of the authority.
#[derive(Debug, Serialize, ToSchema)]
pub struct WriteLine {
    /// Its place in the order of the authority's writes, without a gap.
    pub sequence: i64,
    pub kind: String,
    pub record: String,
    pub version: i32,
    pub action: String,
    pub at: DateTime<Utc>,
    /// The subject of the token.
    pub by: String,
}

/// A read of restricted data of the authority.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadLine {
    pub id: Id,
    /// What was asked for: the name of the operation.
    pub operation: String,
    pub record: Option<String>,
    pub at: DateTime<Utc>,
    /// The subject of the token.
    pub by: String,
}

impl Register {
    /// Notes a read of restricted data: before it is answered, so that none goes unseen.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn note_read(&self, actor: &Actor, operation: &str, record: &str) -> Result<(), Refusal> {
        let row = ReadRow {
            authority: actor.authority.to_string(),
            id: Id::mint().to_string(),
            operation: operation.to_owned(),
            record: Some(record.to_owned()),
            read_at: now(),
            read_by: actor.sub.clone(),
        };
        self.store.write(|session| Ok(session.add_read(&row)?))
    }

    /// Writes of an authority after a number, in order.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn writes(&self, authority: &Siren, after: i64, limit: i64) -> Result<Vec<WriteLine>, Refusal> {
        self.store.read(|session| {
            let line = |change: crate::store::Change| WriteLine {
                sequence: change.sequence,
                kind: change.kind,
                record: change.record,
                version: change.version,
                action: change.action,
                at: change.recorded_at.and_utc(),
                by: change.recorded_by,
            };
            Ok(session.changes_after(authority.as_str(), after, limit)?.into_iter().map(line).collect())
        })
    }

    /// Reads of restricted data of an authority after one, in order.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn restricted_reads(&self, authority: &Siren, after: Option<Id>, limit: i64) -> Result<Vec<ReadLine>, Refusal> {
        self.store.read(|session| {
            let after = after.map(|id| id.to_string()).unwrap_or_default();
            let line = |row: ReadRow| {
                Ok(ReadLine {
                    id: super::canonical::word(&row.id)?,
                    operation: row.operation,
                    record: row.record,
                    at: row.read_at.and_utc(),
                    by: row.read_by,
                })
            };
            session.reads_after(authority.as_str(), &after, limit)?.into_iter().map(line).collect()
        })
    }
}
