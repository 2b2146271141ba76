//! The registers of what is delegated, as the findings on an act look at them: powers and signatures, of the whole authority and of any day, since
//! a delegation of another body or of another time is told as well.

use super::Refusal;
use super::canonical::stored;
use super::sitting::{Standing, governed};
use crate::record::{Body, DeliberationRecord, Finding, Id, PowersDelegation, SignatureDelegation, SittingRecord};
use crate::rules::{self, Governed, Registers};
use crate::store::{DirectoryFilter, EntryKind, Session};

/// An authority has fewer delegations than this, those of the past included.
const MOST: i64 = 20_000;

/// What an authority has delegated.
pub(super) struct Delegations {
    powers: Vec<PowersDelegation>,
    signatures: Vec<SignatureDelegation>,
}

impl Delegations {
    pub(super) fn load(session: &mut Session<'_>, authority: &str) -> Result<Self, Refusal> {
        Ok(Self {
            powers: entries(session, authority, EntryKind::PowersDelegation)?,
            signatures: entries(session, authority, EntryKind::SignatureDelegation)?,
        })
    }

    /// A body with these registers laid over.
    pub(super) fn over<'a>(&'a self, body: &'a Body) -> Governed<'a> {
        Governed { registers: Registers { powers: &self.powers, signatures: &self.signatures }, ..governed(body) }
    }
}

fn entries<T: serde::de::DeserializeOwned>(session: &mut Session<'_>, authority: &str, kind: EntryKind) -> Result<Vec<T>, Refusal> {
    let filter = DirectoryFilter { limit: MOST, ..DirectoryFilter::default() };
    let rows = session.directory_entries(authority, kind, &filter)?;
    Ok(rows.iter().map(|row| stored(&row.entry)).collect::<Result<_, _>>()?)
}

/// Findings on an act, by the registers as they stand. `sitting`: as it stands, or as the act keeps it.
pub(super) fn on_act(
    session: &mut Session<'_>,
    act: &DeliberationRecord,
    id: Id,
    sitting: &SittingRecord,
    sitting_id: Id,
    standing: &Standing,
) -> Result<Vec<Finding>, Refusal> {
    let delegations = Delegations::load(session, &standing.row.authority)?;
    Ok(rules::on_act(act, id, sitting, sitting_id, delegations.over(&standing.body)))
}
