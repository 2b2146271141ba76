//! Sittings: convened whole, replaced whole, made public or internal.

use super::canonical::{canonical, stored, word};
use super::delegations::Delegations;
use super::deliberation::Act;
use super::live::{cast_for_groups, put_to_the_vote, refuse_event, sign};
use super::told::{Told, act_follows, to_the_public};
use super::{Actor, Fault, Once, Refusal, Register, Rule, Written, check_sitting, log, seal, search_index, second_meeting};
use crate::publish::{Concerned, Matching, Receipt};
use crate::record::{Ballot, Body, ChangeKind, ChangePart, Event, Finding, Id, Origin, SittingRecord, Visibility, Waiver};
use crate::rules::{self, EventRoom, Governed};
use crate::store::{Session, SittingRow, StoreError, VersionRow, now};

/// A sitting as it now stands: its row, its record (the last document and what was recorded live since), and what these are worth.
#[derive(Clone)]
pub(super) struct Standing {
    pub(super) row: SittingRow,
    pub(super) record: SittingRecord,
    /// Its body, whose internal rules its findings follow.
    pub(super) body: Body,
    /// The stored document and its digest, where nothing was recorded since.
    document: Option<(Vec<u8>, String)>,
}

impl Standing {
    /// A sitting that was just filed.
    pub(super) fn filed(row: SittingRow, record: SittingRecord, body: Body) -> Self {
        Self { row, record, body, document: None }
    }

    /// What the law and the internal rules of its body ask of it. An act asks for the registers as well: see [`Delegations`].
    pub(super) fn governed(&self) -> Governed<'_> {
        governed(&self.body)
    }

    /// The canonical record and its digest: as stored, unless there is more than what is stored.
    pub(super) fn canonical(&self) -> Result<(Vec<u8>, String), Refusal> {
        self.document.clone().map_or_else(|| canonical(&self.record), Ok)
    }
}

/// Loads a sitting of an authority.
pub(super) fn load(session: &mut Session<'_>, authority: &str, id: Id) -> Result<Standing, Refusal> {
    let row = session.sitting(authority, &id.to_string())?.ok_or(Refusal::NotFound)?;
    let document =
        session.version(authority, &row.id, row.document_version)?.ok_or_else(|| StoreError::Corrupt(format!("sitting {id} has no document")))?;
    let mut record: SittingRecord = stored(&document.document)?;
    let entries = session.entries_after(authority, &row.id, row.document_version)?;
    let document = entries.is_empty().then_some((document.document, document.digest));
    for entry in entries {
        match entry.kind.as_str() {
            "ballot" => record.ballots.push(stored(&entry.document)?),
            _ => record.timeline.get_or_insert_default().push(stored(&entry.document)?),
        }
    }
    let body = body_of(session, authority, &row.body)?;
    Ok(Standing { row, record, body, document })
}

pub(super) fn governed(body: &Body) -> Governed<'_> {
    Governed { internal: &body.internal_rules, ..body.kind.into() }
}

pub(super) fn body_of(session: &mut Session<'_>, authority: &str, id: &str) -> Result<Body, Refusal> {
    let entry = session.directory_entry(authority, id)?.ok_or_else(|| StoreError::Corrupt(format!("body {id} is missing")))?;
    Ok(stored(&entry.entry)?)
}

/// Keeps the waivers that were there; a new one wants the right to waive, and is signed.
pub(super) fn sign_waivers(actor: &Actor, old: &[Waiver], new: &mut [Waiver]) -> Result<(), Refusal> {
    for waiver in new.iter_mut().filter(|w| !old.contains(w)) {
        if !actor.may_waive {
            return Err(Refusal::MayNotWaive);
        }
        waiver.by = Some(actor.sub.clone());
        waiver.at = Some(now().and_utc());
    }
    Ok(())
}

/// Refreshes the findings that the index holds on a sitting and on its acts.
pub(super) fn index_findings(
    session: &mut Session<'_>,
    authority: &str,
    id: Id,
    record: &SittingRecord,
    body: &Body,
) -> Result<(Vec<Finding>, Vec<Id>), Refusal> {
    let delegations = Delegations::load(session, authority)?;
    let findings = rules::on_sitting(record, id, governed(body));
    session.index_findings(authority, &id.to_string(), &findings)?;
    let mut touched = vec![id];
    for row in session.deliberations_of(authority, &id.to_string())? {
        let act_id = word(&row.id)?;
        touched.push(act_id);
        let Some(version) = session.version(authority, &row.id, row.version)? else { continue };
        let act = Act { record: stored(&version.document)?, row };
        let row = &act.row;
        let kept = seal::sealed(session, authority, &row.id)?.map(|sealed| sealed.sitting()).transpose()?;
        let read_with = kept.as_ref().unwrap_or(record);
        let findings = rules::on_act(&act.record, act_id, read_with, id, delegations.over(body));
        session.index_findings(authority, &row.id, &findings)?;
        search_index::index(session, &act, read_with)?;
        session.touch_deliberation(authority, &row.id, now())?;
    }
    Ok((findings, touched))
}

pub(super) fn receipt(id: Id, href: String, version: i32, digest: &str, findings: Vec<Finding>) -> Result<String, Refusal> {
    Ok(serde_json::to_string(&Receipt { id, href, version, digest: digest.to_owned(), findings })?)
}

impl Register {
    /// Records a sitting whole.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Refusal::MayNotWaive`].
    pub fn add_sitting(&self, actor: &Actor, once: Option<&Once>, id: Id, mut record: SittingRecord) -> Result<Written, Refusal> {
        self.change(actor, once, |session| Ok(file(session, actor, id, &mut record)?.0))
    }

    /// Replaces a sitting's record. Recorded live, what was recorded until now is folded into the new document.
    ///
    /// # Errors
    /// [`Refusal::Stale`], [`Refusal::Invalid`], [`Refusal::ItemInUse`], [`Refusal::MayNotWaive`], [`Refusal::OriginDiffers`].
    pub fn replace_sitting(
        &self,
        actor: &Actor,
        matching: &Matching,
        reason: Option<&str>,
        id: Id,
        record: SittingRecord,
    ) -> Result<Written, Refusal> {
        self.change(actor, None, |session| {
            let old = load(session, actor.authority.as_str(), id)?;
            let (_, old_digest) = old.canonical()?;
            if !matching.holds(&old_digest) {
                return Err(Refusal::Stale);
            }
            put_instead(session, actor, id, &old, reason, record)
        })
    }

    /// Makes a sitting public or internal. Apart from legal publication: it creates no legal date.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn show_sitting(&self, actor: &Actor, id: Id, visibility: Visibility) -> Result<Written, Refusal> {
        self.change(actor, None, |session| {
            let authority = actor.authority.as_str();
            let old = load(session, authority, id)?;
            let (_, digest) = old.canonical()?;
            if old.row.visibility != visibility.wire() {
                session.set_sitting_visibility(authority, &old.row.id, visibility.wire(), now())?;
                // What is told of them along with their sitting changes.
                for act in session.deliberations_of(authority, &old.row.id)? {
                    session.touch_deliberation(authority, &act.id, now())?;
                }
                let public = to_the_public(Some(&old.row.visibility), visibility.wire());
                let told = Told { public, ..Told::of_sitting(&old.row, ChangePart::Visibility) };
                log(session, actor, ("sitting", &old.row.id, old.row.version), visibility.wire(), told)?;
            }
            let href = format!("/v1/sittings/{id}");
            let body = receipt(id, href.clone(), old.row.version, &digest, rules::on_sitting(&old.record, id, old.governed()))?;
            Ok(Written { created: false, href, digest, body, touched: vec![id], reached: None })
        })
    }
}

/// Puts another record in the place of one that stands: checked, a version, index rows, findings, the change log.
pub(super) fn put_instead(
    session: &mut Session<'_>,
    actor: &Actor,
    id: Id,
    old: &Standing,
    reason: Option<&str>,
    mut record: SittingRecord,
) -> Result<Written, Refusal> {
    let authority = actor.authority.as_str();
    let (_, old_digest) = old.canonical()?;
    check_sitting::complete(&mut record);
    if record.origin != old.record.origin {
        return Err(Refusal::OriginDiffers);
    }
    if record.body != old.record.body {
        return Err(Refusal::Invalid(vec![Fault { pointer: "/body".to_owned(), rule: Rule::BodyFixed }]));
    }
    sign_waivers(actor, &old.record.waivers, &mut record.waivers)?;
    second_meeting::complete(session, &actor.authority, &mut record)?;
    check_sitting::check(session, &actor.authority, &record)?;
    keeps_items_in_use(session, authority, &old.row.id, &record)?;
    if reason.is_none_or(|reason| reason.trim().is_empty()) {
        keeps_what_was_recorded(&old.record, &record)?;
    }
    put_on_record(session, actor, &mut record, Some(&old.record))?;
    let visibility = word(&old.row.visibility)?;
    let (_, digest) = canonical(&record)?;
    if digest == old_digest {
        let href = format!("/v1/sittings/{id}/record");
        let findings = rules::on_sitting(&record, id, old.governed());
        let body = receipt(id, href.clone(), old.row.version, &digest, findings)?;
        return Ok(Written { created: false, href, digest, body, touched: Vec::new(), reached: None });
    }
    let row = cut(session, actor, id, &record, old.row.version + 1, visibility, reason, |session, row| {
        if session.replace_sitting(row, old.row.version)? { Ok(()) } else { Err(Refusal::Stale) }
    })?;
    if record.date != old.record.date {
        session.set_date_of_acts(authority, &row.id, record.date)?;
        for act in session.deliberations_of(authority, &row.id)? {
            let act = super::deliberation::load(session, authority, word(&act.id)?)?;
            super::standing::index(session, &act)?;
        }
    }
    settle(session, actor, id, &record, &row, &old.record)
}

/// Files a new sitting; gives its row and its body as well.
pub(super) fn file(session: &mut Session<'_>, actor: &Actor, id: Id, record: &mut SittingRecord) -> Result<(Written, SittingRow, Body), Refusal> {
    session.authority(actor.authority.as_str())?.ok_or(Refusal::NotFound)?;
    check_sitting::complete(record);
    sign_waivers(actor, &[], &mut record.waivers)?;
    second_meeting::complete(session, &actor.authority, record)?;
    check_sitting::check(session, &actor.authority, record)?;
    put_on_record(session, actor, record, None)?;
    if session.owner(id)?.is_some() {
        return Err(Refusal::Exists);
    }
    session.claim(id, &actor.authority, "sitting")?;
    let row = cut(session, actor, id, record, 1, Visibility::Internal, None, |session, row| Ok(session.add_sitting(row)?))?;
    session.index_new_sitting(&row.authority, &row.id, record, row.modified_at)?;
    let body = body_of(session, &row.authority, &row.body)?;
    let findings = rules::on_sitting(record, id, governed(&body));
    session.add_findings(&row.authority, &row.id, 0, &findings)?;
    log(session, actor, ("sitting", &row.id, 1), "created", Told::made(ChangeKind::Sitting, &row.id))?;
    let href = format!("/v1/sittings/{id}");
    let answer = receipt(id, href.clone(), 1, &row.digest, findings)?;
    Ok((Written { created: true, href, digest: row.digest.clone(), body: answer, touched: vec![id], reached: None }, row, body))
}

/// A sitting recorded live does not contradict itself, however its events and ballots come in. What was there before and is the same is not judged
/// again.
fn put_on_record(session: &mut Session<'_>, actor: &Actor, record: &mut SittingRecord, old: Option<&SittingRecord>) -> Result<(), Refusal> {
    if record.origin != Origin::Recorded {
        return Ok(());
    }
    let body = body_of(session, actor.authority.as_str(), &record.body.to_string())?;
    put_new_events(actor, record, old.and_then(|old| old.timeline.as_deref()).unwrap_or_default(), &body)?;
    put_new_ballots(session, actor, record, old.map(|old| old.ballots.as_slice()).unwrap_or_default(), &body)
}

/// Each new event is judged by those that stand before it.
fn put_new_events(actor: &Actor, record: &mut SittingRecord, old: &[Event], body: &Body) -> Result<(), Refusal> {
    let before = |event: &Event| old.iter().find(|known| known.id == event.id);
    let room = EventRoom::of(record, governed(body));
    for (place, event) in record.timeline.iter().flatten().enumerate().filter(|(_, event)| before(event) != Some(*event)) {
        refuse_event(&room, place, event).map_err(|refusal| match refusal {
            Refusal::Contradiction(mut found) => {
                found.iter_mut().for_each(|c| c.pointer = format!("/timeline/{place}{}", c.pointer));
                Refusal::Contradiction(found)
            }
            other => other,
        })?;
    }
    for event in record.timeline.iter_mut().flatten() {
        let signed = before(event).map(|known| known.acknowledge.as_slice()).unwrap_or_default();
        sign(actor, signed, &mut event.acknowledge);
    }
    Ok(())
}

/// A ballot that is corrected keeps the electorate with which it was taken.
fn put_new_ballots(session: &mut Session<'_>, actor: &Actor, record: &mut SittingRecord, old: &[Ballot], body: &Body) -> Result<(), Refusal> {
    let mut ballots = std::mem::take(&mut record.ballots);
    for (i, ballot) in ballots.iter_mut().enumerate() {
        let before = old.iter().find(|b| b.id == ballot.id);
        if let Some(before) = before {
            ballot.electorate = before.electorate;
        }
        if before == Some(&*ballot) {
            continue;
        }
        let put = cast_for_groups(session, actor.authority.as_str(), record, ballot, governed(body));
        put.and_then(|()| put_to_the_vote(actor, record, ballot, before, governed(body))).map_err(|refusal| match refusal {
            Refusal::Invalid(mut faults) => {
                faults.iter_mut().for_each(|f| f.pointer = format!("/ballots/{i}{}", f.pointer));
                Refusal::Invalid(faults)
            }
            Refusal::Contradiction(mut found) => {
                found.iter_mut().for_each(|c| c.pointer = format!("/ballots/{i}{}", c.pointer));
                Refusal::Contradiction(found)
            }
            other => other,
        })?;
        if let Some(before) = before {
            ballot.electorate = before.electorate;
        }
    }
    record.ballots = ballots;
    Ok(())
}

/// Cuts a document: a version, and the row that says that it is the last.
#[allow(clippy::too_many_arguments, reason = "each is a column")]
fn cut(
    session: &mut Session<'_>,
    actor: &Actor,
    id: Id,
    record: &SittingRecord,
    version: i32,
    visibility: Visibility,
    reason: Option<&str>,
    place: impl FnOnce(&mut Session<'_>, &SittingRow) -> Result<(), Refusal>,
) -> Result<SittingRow, Refusal> {
    let (document, digest) = canonical(record)?;
    let row = SittingRow {
        authority: actor.authority.to_string(),
        id: id.to_string(),
        body: record.body.to_string(),
        date: record.date,
        origin: record.origin.wire().to_owned(),
        visibility: visibility.wire().to_owned(),
        version,
        document_version: version,
        digest: digest.clone(),
        modified_at: now(),
    };
    place(session, &row)?;
    session.add_version(VersionRow {
        authority: row.authority.clone(),
        record: row.id.clone(),
        version,
        document,
        digest,
        recorded_at: row.modified_at,
        recorded_by: actor.sub.clone(),
        reason: reason.map(str::to_owned),
    })?;
    Ok(row)
}

/// Index rows, findings and the change log for a document that replaces another.
fn settle(
    session: &mut Session<'_>,
    actor: &Actor,
    id: Id,
    record: &SittingRecord,
    row: &SittingRow,
    old: &SittingRecord,
) -> Result<Written, Refusal> {
    session.index_sitting(&row.authority, &row.id, record)?;
    let body = body_of(session, &row.authority, &row.body)?;
    let (findings, touched) = index_findings(session, &row.authority, id, record, &body)?;
    log(session, actor, ("sitting", &row.id, row.version), "replaced", Told::of_sitting(row, ChangePart::Record))?;
    acts_follow(session, actor, row, old, record)?;
    let href = format!("/v1/sittings/{id}");
    let body = receipt(id, href.clone(), row.version, &row.digest, findings)?;
    Ok(Written { created: false, href, digest: row.digest.clone(), body, touched, reached: None })
}

/// Tells of the acts that show something else of their sitting than before; of no other.
fn acts_follow(session: &mut Session<'_>, actor: &Actor, row: &SittingRow, old: &SittingRecord, new: &SittingRecord) -> Result<(), Refusal> {
    for act in session.deliberations_of(&row.authority, &row.id)? {
        let act = super::deliberation::load(session, &row.authority, word(&act.id)?)?;
        let items = &act.record.agenda_items;
        if canonical(&Concerned::of(old, items))?.1 != canonical(&Concerned::of(new, items))?.1 {
            act_follows(session, actor, &act.row, ChangePart::Sitting)?;
        }
    }
    Ok(())
}

/// The acts of a sitting keep the items that they come from.
fn keeps_items_in_use(session: &mut Session<'_>, authority: &str, id: &str, record: &SittingRecord) -> Result<(), Refusal> {
    let mut lost: Vec<String> = session.items_with_acts(authority, id)?.into_iter().map(|(_, item)| item).collect();
    lost.retain(|item| !record.agenda.iter().any(|a| a.id.to_string() == *item));
    if lost.is_empty() { Ok(()) } else { Err(Refusal::ItemInUse(vec![Fault { pointer: "/agenda".to_owned(), rule: Rule::ActOfItem }])) }
}

/// What was recorded live is not lost without a word: it stays in the version before, and the reason says why it went.
fn keeps_what_was_recorded(old: &SittingRecord, new: &SittingRecord) -> Result<(), Refusal> {
    if old.origin != Origin::Recorded {
        return Ok(());
    }
    let event_lost = old.timeline.iter().flatten().any(|e| !new.timeline.iter().flatten().any(|other| other.id == e.id));
    let ballot_lost = old.ballots.iter().any(|b| !new.ballots.iter().any(|other| other.id == b.id));
    let mut faults = super::check::Faults::default();
    faults.unless(!event_lost, "/timeline", Rule::LosesRecorded);
    faults.unless(!ballot_lost, "/ballots", Rule::LosesRecorded);
    faults.settle()
}
