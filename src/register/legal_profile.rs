//! The legal profile of a body: what the law asks of its kind on a day, its internal rules laid over.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::canonical::stored;
use super::read::may_see;
use super::sitting::governed;
use super::{Reader, Refusal, Register};
use crate::record::{Body, BodyKind, Id, Label};
use crate::rules::{self, LegalProfile, LegalRule};
use crate::store::EntryKind;

/// The rules on one body on a day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BodyLegalProfile {
    pub id: Id,
    /// Of the body.
    pub href: String,
    pub name: String,
    /// Kind of the body.
    pub body: BodyKind,
    pub label: Label,
    pub on: NaiveDate,
    /// By name: those in force on that day.
    pub rules: Vec<LegalRule>,
}

impl Register {
    /// The profile of a body that the reader may see; and whether anyone may.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn legal_profile(&self, id: Id, reader: &Reader, on: NaiveDate) -> Result<(BodyLegalProfile, bool), Refusal> {
        self.store.read(|session| {
            let (row, public) = may_see(session, EntryKind::Body, id, reader)?;
            let body: Body = stored(&row.entry)?;
            let LegalProfile { body: kind, label, rules } = rules::profile_on(governed(&body), on);
            Ok((BodyLegalProfile { id, href: format!("/v1/bodies/{id}"), name: body.name, body: kind, label, on, rules }, public))
        })
    }
}
