//! Deliberations: recorded whole, replaced whole; drafts may be deleted.

use super::canonical::{canonical, stored, word};
use super::delegations::Delegations;
use super::desk::Desk;
use super::sitting::{Standing, load as load_sitting, receipt, sign_waivers};
use super::told::{Told, to_the_public};
use super::{Actor, Fault, Once, Refusal, Register, Rule, Written, check_deliberation, delegations, log, rectify, seal, search_index, standing};
use crate::publish::Matching;
use crate::record::{ChangeAction, ChangeKind, ChangePart, DeliberationRecord, Id, Origin, Visibility, Workflow};
use crate::rules;
use crate::store::{DeliberationRow, Session, StoreError, VersionRow, index, now};

/// An act as it now stands.
pub(super) struct Act {
    pub(super) row: DeliberationRow,
    pub(super) record: DeliberationRecord,
}

/// Loads an act of an authority.
pub(super) fn load(session: &mut Session<'_>, authority: &str, id: Id) -> Result<Act, Refusal> {
    let row = session.deliberation(authority, &id.to_string())?.ok_or(Refusal::NotFound)?;
    if row.deleted {
        return Err(Refusal::Gone);
    }
    let version = session.version(authority, &row.id, row.version)?.ok_or_else(|| StoreError::Corrupt(format!("act {id} has no document")))?;
    Ok(Act { row, record: stored(&version.document)? })
}

impl Register {
    /// Records an act whole, in a sitting of the same origin.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Refusal::OriginDiffers`], [`Refusal::MayNotWaive`].
    pub fn add_deliberation(&self, actor: &Actor, once: Option<&Once>, id: Id, mut record: DeliberationRecord) -> Result<Written, Refusal> {
        self.change(actor, once, |session| file(session, actor, &mut Desk::default(), id, &mut record))
    }

    /// Replaces an act's record.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`], [`Refusal::Stale`], [`Refusal::Invalid`], [`Refusal::OriginDiffers`], [`Refusal::MayNotWaive`].
    pub fn replace_deliberation(
        &self,
        actor: &Actor,
        matching: &Matching,
        reason: Option<&str>,
        id: Id,
        mut record: DeliberationRecord,
    ) -> Result<Written, Refusal> {
        self.change(actor, None, |session| {
            let old = load(session, actor.authority.as_str(), id)?;
            if !matching.holds(&old.row.digest) {
                return Err(Refusal::Stale);
            }
            if old.row.workflow == Workflow::Sealed.wire() {
                return Err(Refusal::Sealed);
            }
            check_deliberation::complete(&mut record);
            if record.sitting != old.record.sitting {
                return Err(Refusal::Invalid(vec![Fault { pointer: "/sitting".to_owned(), rule: Rule::SittingFixed }]));
            }
            sign_waivers(actor, &old.record.waivers, &mut record.waivers)?;
            let sitting = sitting_of(session, actor, id, &record)?;
            let (_, digest) = canonical(&record)?;
            if digest == old.row.digest {
                return unchanged(session, id, &old, &sitting);
            }
            let state = State { version: old.row.version + 1, workflow: word(&old.row.workflow)?, visibility: word(&old.row.visibility)? };
            let delegations = Delegations::load(session, actor.authority.as_str())?;
            put(session, actor, id, &record, &sitting, &delegations, &state, reason, |session, row| {
                if session.replace_deliberation(row, old.row.version)? { Ok(()) } else { Err(Refusal::Stale) }
            })
        })
    }

    /// Deletes a draft; a tombstone stays.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`], [`Refusal::Stale`], [`Refusal::NotADraft`].
    pub fn delete_deliberation(&self, actor: &Actor, matching: &Matching, id: Id) -> Result<Written, Refusal> {
        self.change(actor, None, |session| {
            let Act { mut row, record } = load(session, actor.authority.as_str(), id)?;
            if !matching.holds(&row.digest) {
                return Err(Refusal::Stale);
            }
            let sitting = load_sitting(session, &row.authority, record.sitting)?.record;
            let voted = sitting.ballots.iter().any(|b| b.covers.iter().any(|item| record.agenda_items.contains(item)));
            let shown = row.visibility == Visibility::Public.wire();
            // Once voted or shown it is an act, whatever its workflow says.
            if row.workflow != Workflow::Draft.wire() || voted || shown {
                return Err(Refusal::NotADraft);
            }
            let version = row.version;
            row.version += 1;
            row.deleted = true;
            row.modified_at = now();
            if !session.replace_deliberation(&row, version)? {
                return Err(Refusal::Stale);
            }
            session.clear_deliberation(&row.authority, &row.id)?;
            session.clear_search(&row.authority, &row.id)?;
            let told = Told { own: Some(ChangeAction::Deleted), ..Told::of_act(&row, ChangePart::Record) };
            log(session, actor, ("deliberation", &row.id, row.version), "deleted", told.inside())?;
            Ok(Written { created: false, href: href(id), digest: row.digest, body: String::new(), touched: vec![id, record.sitting], reached: None })
        })
    }

    /// Makes an act public or internal. Apart from legal publication: it creates no legal date.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`].
    pub fn show_deliberation(&self, actor: &Actor, id: Id, visibility: Visibility) -> Result<Written, Refusal> {
        self.change(actor, None, |session| {
            let mut act = load(session, actor.authority.as_str(), id)?;
            let sitting = sitting_of(session, actor, id, &act.record)?;
            let mut linked = Vec::new();
            if act.row.visibility != visibility.wire() {
                session.set_deliberation_visibility(&act.row.authority, &act.row.id, visibility.wire(), now())?;
                let public = to_the_public(Some(&act.row.visibility), visibility.wire());
                visibility.wire().clone_into(&mut act.row.visibility);
                let kept = seal::sealed(session, &act.row.authority, &act.row.id)?.map(|sealed| sealed.sitting()).transpose()?;
                search_index::index(session, &act, kept.as_ref().unwrap_or(&sitting.record))?;
                let told = Told { public, ..Told::of_act(&act.row, ChangePart::Visibility) };
                log(session, actor, ("deliberation", &act.row.id, act.row.version), visibility.wire(), told)?;
                linked = rectify::linked_acts_follow(session, actor, &act.row)?;
            }
            let mut written = unchanged(session, id, &act, &sitting)?;
            written.touched.extend(linked);
            Ok(written)
        })
    }
}

fn href(id: Id) -> String {
    format!("/v1/deliberations/{id}")
}

/// Files a new act.
pub(super) fn file(session: &mut Session<'_>, actor: &Actor, desk: &mut Desk, id: Id, record: &mut DeliberationRecord) -> Result<Written, Refusal> {
    check_deliberation::complete(record);
    sign_waivers(actor, &[], &mut record.waivers)?;
    let sitting = desk.sitting(session, actor, record.sitting).map_err(unknown_sitting)?;
    holds_against(session, actor, id, record, &sitting)?;
    if session.owner(id)?.is_some() {
        return Err(Refusal::Exists);
    }
    session.claim(id, &actor.authority, "deliberation")?;
    // What is transcribed from paper was deliberated already.
    let workflow = if record.origin == Origin::Transcribed { Workflow::Deliberated } else { Workflow::Draft };
    let state = State { version: 1, workflow, visibility: Visibility::Internal };
    let delegations = desk.delegations(session, actor)?;
    put(session, actor, id, record, &sitting, &delegations, &state, None, |session, row| Ok(session.add_deliberation(row)?))
}

fn unknown_sitting(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::NotFound => Refusal::Invalid(vec![Fault { pointer: "/sitting".to_owned(), rule: Rule::UnknownSitting }]),
        other => other,
    }
}

/// The sitting of an act, once the act holds against it.
fn sitting_of(session: &mut Session<'_>, actor: &Actor, id: Id, record: &DeliberationRecord) -> Result<Standing, Refusal> {
    let sitting = load_sitting(session, actor.authority.as_str(), record.sitting).map_err(unknown_sitting)?;
    holds_against(session, actor, id, record, &sitting)?;
    Ok(sitting)
}

fn holds_against(session: &mut Session<'_>, actor: &Actor, id: Id, record: &DeliberationRecord, sitting: &Standing) -> Result<(), Refusal> {
    if record.origin != sitting.record.origin {
        return Err(Refusal::OriginDiffers);
    }
    check_deliberation::check(session, &actor.authority, id, record, &sitting.record)
}

fn unchanged(session: &mut Session<'_>, id: Id, act: &Act, sitting: &Standing) -> Result<Written, Refusal> {
    let kept = seal::sealed(session, &act.row.authority, &act.row.id)?.map(|sealed| sealed.sitting()).transpose()?;
    let findings = delegations::on_act(session, &act.record, id, kept.as_ref().unwrap_or(&sitting.record), act.record.sitting, sitting)?;
    let body = receipt(id, href(id), act.row.version, &act.row.digest, findings)?;
    Ok(Written { created: false, href: href(id), digest: act.row.digest.clone(), body, touched: vec![id], reached: None })
}

/// A version of an act whose record the register itself completes.
pub(super) fn commit_version(
    session: &mut Session<'_>,
    actor: &Actor,
    id: Id,
    act: &Act,
    record: &DeliberationRecord,
    reason: &str,
) -> Result<i32, Refusal> {
    let sitting = load_sitting(session, &act.row.authority, record.sitting)?;
    let state = State { version: act.row.version + 1, workflow: word(&act.row.workflow)?, visibility: word(&act.row.visibility)? };
    let delegations = Delegations::load(session, &act.row.authority)?;
    put(session, actor, id, record, &sitting, &delegations, &state, Some(reason), |session, row| {
        if session.replace_deliberation(row, act.row.version)? { Ok(()) } else { Err(Refusal::Stale) }
    })?;
    Ok(state.version)
}

/// The receipt of an act whose record did not change.
pub(super) fn receipt_of(session: &mut Session<'_>, actor: &Actor, id: Id) -> Result<Written, Refusal> {
    let act = load(session, actor.authority.as_str(), id)?;
    let sitting = load_sitting(session, actor.authority.as_str(), act.record.sitting)?;
    unchanged(session, id, &act, &sitting)
}

/// Where an act stands, apart from its record.
struct State {
    version: i32,
    workflow: Workflow,
    visibility: Visibility,
}

/// A version, the row, the index rows, the findings, the change log.
#[allow(clippy::too_many_arguments, reason = "the record, where it stands, and how the row is placed")]
fn put(
    session: &mut Session<'_>,
    actor: &Actor,
    id: Id,
    record: &DeliberationRecord,
    sitting: &Standing,
    delegations: &Delegations,
    state: &State,
    reason: Option<&str>,
    place: impl FnOnce(&mut Session<'_>, &DeliberationRow) -> Result<(), Refusal>,
) -> Result<Written, Refusal> {
    let (document, digest) = canonical(record)?;
    let row = DeliberationRow {
        authority: actor.authority.to_string(),
        id: id.to_string(),
        sitting: sitting.row.id.clone(),
        body: sitting.row.body.clone(),
        date: sitting.row.date,
        number: record.number().map(str::to_owned),
        title: record.title.clone(),
        kind: record.kind.wire().to_owned(),
        outcome: record.outcome.wire().to_owned(),
        workflow: state.workflow.wire().to_owned(),
        visibility: state.visibility.wire().to_owned(),
        deleted: false,
        version: state.version,
        digest: digest.clone(),
        search: index::searched(record),
        modified_at: now(),
    };
    place(session, &row)?;
    session.add_version(VersionRow {
        authority: row.authority.clone(),
        record: row.id.clone(),
        version: row.version,
        document,
        digest: digest.clone(),
        recorded_at: row.modified_at,
        recorded_by: actor.sub.clone(),
        reason: reason.map(str::to_owned),
    })?;
    let created = state.version == 1;
    let findings = rules::on_act(record, id, &sitting.record, record.sitting, delegations.over(&sitting.body));
    let act = Act { row, record: record.clone() };
    let row = &act.row;
    if created {
        session.index_new_deliberation(&row.authority, &row.id, record, row.modified_at)?;
        session.add_findings(&row.authority, &row.id, 0, &findings)?;
        standing::index_with(session, &act, &[])?;
    } else {
        session.index_deliberation(&row.authority, &row.id, record)?;
        session.index_findings(&row.authority, &row.id, &findings)?;
        standing::index(session, &act)?;
    }
    search_index::index(session, &act, &sitting.record)?;
    let told = if created { Told::made(ChangeKind::Deliberation, &row.id) } else { Told::of_act(row, ChangePart::Record) };
    log(session, actor, ("deliberation", &row.id, row.version), if created { "created" } else { "replaced" }, told)?;
    let body = receipt(id, href(id), row.version, &digest, findings)?;
    Ok(Written { created, href: href(id), digest, body, touched: vec![id, record.sitting], reached: None })
}
