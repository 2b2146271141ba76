//! The seal: the act is final. Its number is minted, its record and what it keeps of its sitting become one document, and a statement of that
//! document's digests goes to the end of the authority's log.

use chrono::Datelike;
use serde::Serialize;
use utoipa::ToSchema;

use super::canonical::{canonical, digest, stored, word};
use super::deliberation::{Act, commit_version, load, receipt_of};
use super::sitting::load as load_sitting;
use super::told::Told;
use super::{Actor, Duty, Once, Refusal, Register, Written, delegations, facts, log, log_tree, numbers, workflow};
use crate::proof::{SEAL_FORMAT, SealedAct, SealedFile, WholeAct};
use crate::publish::{Concerned, SealMark, View, frozen, of_deliberation, of_sitting, shows_file};
use crate::record::{
    ActNumber, ChangePart, DeliberationRecord, FactKind, FileRole, Finding, Id, Label, NumberKind, Origin, Severity, SittingRecord, Workflow,
};
use crate::rules;
use crate::store::{LogEntryRow, Session, StoreError, now};

/// The seal of an act, as its answer shows it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SealSummary {
    pub number: String,
    /// The version of the record that is sealed.
    pub version: i32,
    pub sealed_at: chrono::DateTime<chrono::Utc>,
    /// The subject of the token that sealed it; null: not shown.
    pub sealed_by: Option<String>,
    /// SHA-256 of its entry in the log.
    pub digest: String,
    /// Its place in the authority's log, from 0.
    pub leaf: i64,
    /// Where its proof is read.
    pub proof: String,
}

/// A sealed act as it is kept.
pub(super) struct Sealed {
    pub(super) row: LogEntryRow,
    entry: SealedAct,
    whole: WholeAct,
}

impl Sealed {
    /// The sitting as the act keeps it.
    pub(super) fn sitting(&self) -> Result<SittingRecord, StoreError> {
        serde_json::from_value(self.whole.sitting.clone()).map_err(|e| StoreError::Corrupt(e.to_string()))
    }

    pub(super) fn mark(&self) -> SealMark {
        SealMark { sealed_at: self.entry.sealed_at, digest: digest(&self.row.entry), leaf: self.row.leaf }
    }

    pub(super) fn summary(&self, view: View) -> SealSummary {
        SealSummary {
            number: self.entry.number.clone(),
            version: self.entry.version,
            sealed_at: self.entry.sealed_at,
            sealed_by: Some(self.whole.sealed_by.clone()).filter(|_| view != View::Public),
            digest: digest(&self.row.entry),
            leaf: self.row.leaf,
            proof: format!("/v1/deliberations/{}/proof", self.entry.deliberation),
        }
    }
}

/// The seal of an act, if it has one.
pub(super) fn sealed(session: &mut Session<'_>, authority: &str, deliberation: &str) -> Result<Option<Sealed>, Refusal> {
    let Some(row) = session.log_entry(authority, deliberation)? else { return Ok(None) };
    Ok(Some(Sealed { entry: stored(&row.entry)?, whole: stored(&row.document)?, row }))
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
            let findings = delegations::on_act(session, &record, id, &kept, record.sitting, &sitting)?;
            hold(&findings)?;
            let version = if record == act.record { act.row.version } else { commit_version(session, actor, id, &act, &record, "seal")? };
            let items = record.agenda_items.clone();
            let (public_files, other_files) = sealed_files(session, &act)?;
            let whole = WholeAct {
                blind: blind(),
                sealed_by: actor.sub.clone(),
                record: json(&record)?,
                sitting: json(&kept)?,
                findings: json(&findings)?,
                files: other_files,
            };
            let (document, whole_sha256) = canonical(&whole)?;
            let authority = facts::authority_of(session, &act.row.authority)?;
            let sealed_at = now();
            let entry = SealedAct {
                format: SEAL_FORMAT.to_owned(),
                authority: actor.authority.clone(),
                deliberation: id,
                number,
                version,
                sealed_at: sealed_at.and_utc(),
                record: json(&of_deliberation(record, View::Public))?,
                extract: json(&Concerned::of(&of_sitting(kept, View::Public), &items))?,
                findings: json(&if authority.public_findings { rules::public_view(findings) } else { Vec::new() })?,
                rules_version: rules::VERSION.to_owned(),
                files: public_files,
                whole_sha256,
            };
            let row = LogEntryRow {
                authority: act.row.authority.clone(),
                leaf: session.log_size(&act.row.authority)?,
                deliberation: act.row.id.clone(),
                entry: entry.canonical_bytes().map_err(|e| StoreError::Corrupt(e.to_string()))?,
                document,
                sealed_at,
                sealed_by: actor.sub.clone(),
            };
            log_tree::append(session, &row, &actor.authority, &self.signer)?;
            session.set_workflow(&act.row.authority, &act.row.id, Workflow::Sealed.wire(), now())?;
            log(session, actor, ("deliberation", &act.row.id, version), "sealed", Told::of_act(&act.row, ChangePart::Seal))?;
            let written = receipt_of(session, actor, id)?;
            Ok(Written { created: true, href: format!("/v1/deliberations/{id}/seal"), ..written })
        })
    }
}

/// The files of an act: those that the public is shown, and the others.
fn sealed_files(session: &mut Session<'_>, act: &Act) -> Result<(Vec<SealedFile>, Vec<SealedFile>), Refusal> {
    let (mut public, mut others) = (Vec::new(), Vec::new());
    for row in session.files_of(&act.row.authority, &act.row.id)? {
        let role: FileRole = word(&row.role)?;
        let file = SealedFile {
            id: word(&row.id)?,
            name: row.name,
            media_type: row.media_type,
            size: u64::try_from(row.size).map_err(|e| StoreError::Corrupt(e.to_string()))?,
            sha256: row.sha256,
            role: row.role,
        };
        if shows_file(View::Public, role) { public.push(file) } else { others.push(file) }
    }
    Ok((public, others))
}

fn json(value: &impl Serialize) -> Result<serde_json::Value, Refusal> {
    Ok(serde_json::to_value(value)?)
}

/// Who recorded the act, its sitting or a vote of it does not seal it alone; nor who made it known.
fn separate(session: &mut Session<'_>, actor: &Actor, act: &Act) -> Result<(), Refusal> {
    let authority = facts::authority_of(session, &act.row.authority)?;
    if !authority.separation_of_duties {
        return Ok(());
    }
    for record in [&act.row.id, &act.row.sitting] {
        if session.has_recorded(&act.row.authority, record, &actor.sub)? {
            return Err(Refusal::SeparationOfDuties(Duty::RecordAndSeal));
        }
    }
    let made_known = |row: &crate::store::FactRow| [FactKind::Published.wire(), FactKind::Notified.wire()].contains(&row.kind.as_str());
    if session.facts(&act.row.authority, &act.row.id)?.iter().any(|row| made_known(row) && row.recorded_by == actor.sub) {
        return Err(Refusal::SeparationOfDuties(Duty::SealAndPublish));
    }
    Ok(())
}

/// Blocking findings that nobody waived hold the seal.
fn hold(findings: &[Finding]) -> Result<(), Refusal> {
    let open = |finding: &&Finding| finding.severity == Severity::Blocking && finding.waiver.is_none();
    let held: Vec<Finding> = findings.iter().filter(open).cloned().collect();
    if held.is_empty() { Ok(()) } else { Err(Refusal::Held(held)) }
}

/// The number of the act and the record with it: as printed for an act transcribed from paper, minted for one recorded live.
fn numbered(session: &mut Session<'_>, actor: &Actor, act: &Act) -> Result<(String, DeliberationRecord), Refusal> {
    let mut record = act.record.clone();
    match (record.origin, record.number().map(str::to_owned)) {
        (Origin::Transcribed, Some(printed)) => Ok((printed, record)),
        (Origin::Transcribed, None) => Err(Refusal::NoNumber),
        (Origin::Recorded, Some(_)) => {
            let fr = "Le numéro est attribué au scellement : retirez celui de la fiche.";
            let en = "The number is minted at the seal: take the one out of the record.";
            Err(Refusal::NotPossible(Label { fr, en }))
        }
        (Origin::Recorded, None) => {
            let value = numbers::mint(session, actor, &act.row.body, act.row.date.year(), &act.row.id)?;
            record.numbers.insert(0, ActNumber { kind: NumberKind::Act, value: value.clone(), text: None });
            Ok((value, record))
        }
    }
}

/// Sixteen random bytes in hexadecimal: what is restricted in the document cannot be guessed from its digest.
fn blind() -> String {
    let mut bytes = [0u8; 16];
    rand_core::RngCore::fill_bytes(&mut rand_core::OsRng, &mut bytes);
    hex::encode(bytes)
}
