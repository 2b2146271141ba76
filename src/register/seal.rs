//! The seal: the act is final. Its number is minted, its record and what it keeps of its sitting become one document, and a statement of that
//! document's digests goes to the end of the authority's log.

use chrono::Datelike;
use serde::Serialize;
use utoipa::ToSchema;

use super::canonical::{canonical, digest, stored, word};
use super::deliberation::{Act, commit_version, load, receipt_of};
use super::sitting::load as load_sitting;
use super::{Actor, Duty, Once, Refusal, Register, Written, facts, log, log_tree, numbers, standing, workflow};
use crate::proof::{LogEntry, SealedAct};
use crate::publish::{View, frozen, of_deliberation, of_sitting};
use crate::record::{ActNumber, DeliberationRecord, Finding, Id, Label, NumberKind, Origin, Severity, SittingRecord, Workflow};
use crate::rules;
use crate::store::{LogEntryRow, Session, StoreError, now};

/// The seal of an act, as its answer shows it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SealSummary {
    pub number: Option<String>,
    /// The version of the record that is sealed.
    pub version: i32,
    pub sealed_at: chrono::DateTime<chrono::Utc>,
    /// The subject of the token that sealed it; null: not shown.
    pub sealed_by: Option<String>,
    /// SHA-256 of the sealed document.
    pub digest: String,
    /// Its place in the authority's log, from 0.
    pub leaf: i64,
    /// Where its proof is read.
    pub proof: String,
}

/// A sealed act as it is kept.
pub(super) struct Sealed {
    pub(super) row: LogEntryRow,
    pub(super) document: SealedAct,
    pub(super) statement: LogEntry,
}

impl Sealed {
    /// The sitting as the act keeps it.
    pub(super) fn sitting(&self) -> Result<SittingRecord, StoreError> {
        serde_json::from_value(self.document.sitting.clone()).map_err(|e| StoreError::Corrupt(e.to_string()))
    }

    pub(super) fn summary(&self, view: View) -> SealSummary {
        SealSummary {
            number: self.document.number.clone(),
            version: self.document.version,
            sealed_at: self.document.sealed_at,
            sealed_by: Some(self.document.sealed_by.clone()).filter(|_| view != View::Public),
            digest: self.statement.document_sha256.clone(),
            leaf: self.row.leaf,
            proof: format!("/v1/deliberations/{}/proof", self.document.deliberation),
        }
    }
}

/// The seal of an act, if it has one.
pub(super) fn sealed(session: &mut Session<'_>, authority: &str, deliberation: &str) -> Result<Option<Sealed>, Refusal> {
    let Some(row) = session.log_entry(authority, deliberation)? else { return Ok(None) };
    Ok(Some(Sealed { document: stored(&row.document)?, statement: stored(&row.entry)?, row }))
}

impl Register {
    /// Seals an act.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`], [`Refusal::MoveNotAllowed`], [`Refusal::Held`] by findings, [`Refusal::SeparationOfDuties`],
    /// [`Refusal::NoNumber`] for an act transcribed without one, [`Refusal::NumberCollides`].
    pub fn seal(&self, actor: &Actor, once: Option<&Once>, id: Id) -> Result<Written, Refusal> {
        self.change(actor, once, |session| {
            let act = load(session, actor.authority.as_str(), id)?;
            workflow::allow(word(&act.row.workflow)?, Workflow::Sealed)?;
            let sitting = load_sitting(session, &act.row.authority, act.record.sitting)?;
            separate(session, actor, &act)?;
            let (number, record) = numbered(session, actor, &act)?;
            let kept = frozen(&sitting.record, &record.agenda_items);
            let findings = rules::on_act(&record, id, &kept, record.sitting, sitting.governed());
            hold(&findings)?;
            let version = if record == act.record { act.row.version } else { commit_version(session, actor, id, &act, &record)? };
            let document = SealedAct {
                format: SealedAct::FORMAT.to_owned(),
                authority: actor.authority.clone(),
                deliberation: id,
                number,
                version,
                sealed_at: now().and_utc(),
                sealed_by: actor.sub.clone(),
                record: json(&record)?,
                sitting: json(&kept)?,
                findings: json(&findings)?,
                rules_version: rules::VERSION.to_owned(),
                files: super::files::sealed(session, &act.row.authority, &act.row.id)?,
                blind: proof_blind(),
            };
            let (bytes, sha256) = canonical(&document)?;
            let shown = PublicAct { record: of_deliberation(record, View::Public), sitting: of_sitting(kept, View::Public) };
            let entry = LogEntry::of(&document, sha256, digest(&canonical(&shown)?.0));
            let row = LogEntryRow {
                authority: act.row.authority.clone(),
                leaf: session.log_size(&act.row.authority)?,
                deliberation: act.row.id.clone(),
                entry: canonical(&entry)?.0,
                document: bytes,
                sealed_at: document.sealed_at.naive_utc(),
                sealed_by: actor.sub.clone(),
            };
            log_tree::append(session, &row, &self.log_key)?;
            session.set_workflow(&act.row.authority, &act.row.id, Workflow::Sealed.wire(), now())?;
            standing::index(session, &load(session, &act.row.authority, id)?)?;
            log(session, actor, "deliberation", &act.row.id, version, "sealed")?;
            let written = receipt_of(session, actor, id)?;
            Ok(Written { created: true, href: format!("/v1/deliberations/{id}/seal"), ..written })
        })
    }
}

/// What the public is shown of a sealed act: its digest is stated beside that of the whole document, so that a published copy can be proved as well.
#[derive(Serialize)]
struct PublicAct {
    record: DeliberationRecord,
    sitting: SittingRecord,
}

fn json(value: &impl Serialize) -> Result<serde_json::Value, Refusal> {
    Ok(serde_json::to_value(value)?)
}

/// Who recorded a version of the act does not seal it alone.
fn separate(session: &mut Session<'_>, actor: &Actor, act: &Act) -> Result<(), Refusal> {
    let authority = facts::authority_of(session, &act.row.authority)?;
    let versions = session.version_heads(&act.row.authority, &act.row.id, 0, i64::MAX)?;
    let recorded = versions.iter().any(|version| version.recorded_by == actor.sub);
    if authority.separation_of_duties && recorded { Err(Refusal::SeparationOfDuties(Duty::RecordAndSeal)) } else { Ok(()) }
}

/// Blocking findings that nobody waived hold the seal.
fn hold(findings: &[Finding]) -> Result<(), Refusal> {
    let open = |finding: &&Finding| finding.severity == Severity::Blocking && finding.waiver.is_none();
    let held: Vec<Finding> = findings.iter().filter(open).cloned().collect();
    if held.is_empty() { Ok(()) } else { Err(Refusal::Held(held)) }
}

/// The number of the act and the record with it: as printed for an act transcribed from paper, minted for one recorded live.
fn numbered(session: &mut Session<'_>, actor: &Actor, act: &Act) -> Result<(Option<String>, DeliberationRecord), Refusal> {
    let mut record = act.record.clone();
    match (record.origin, record.number().map(str::to_owned)) {
        (Origin::Transcribed, Some(printed)) => Ok((Some(printed), record)),
        (Origin::Transcribed, None) => Err(Refusal::NoNumber),
        (Origin::Recorded, Some(_)) => {
            let fr = "Le numéro est attribué au scellement : retirez celui de la fiche.";
            let en = "The number is minted at the seal: take the one out of the record.";
            Err(Refusal::NotPossible(Label { fr, en }))
        }
        (Origin::Recorded, None) => {
            let value = numbers::mint(session, actor, &act.row.body, act.row.date.year(), &act.row.id)?;
            record.numbers.insert(0, ActNumber { kind: NumberKind::Act, value: value.clone(), text: None });
            Ok((Some(value), record))
        }
    }
}

/// Sixteen random bytes in hexadecimal: what is restricted in the document cannot be guessed from its digest.
fn proof_blind() -> String {
    let mut bytes = [0u8; 16];
    rand_core::RngCore::fill_bytes(&mut rand_core::OsRng, &mut bytes);
    hex::encode(bytes)
}
