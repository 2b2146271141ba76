//! A live sitting: events and ballots, added one by one and never changed.

use serde::Serialize;

use super::canonical::canonical;
use super::sitting::{Standing, index_findings, load, receipt};
use super::{Actor, Once, Refusal, Register, Written, check_sitting, log};
use crate::record::{Ballot, Event, Id, Origin};
use crate::store::{EntryRow, Session, now};

impl Register {
    /// Adds an event to the timeline of a recorded sitting.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotLive`], [`Refusal::Invalid`].
    pub fn add_event(&self, actor: &Actor, once: Option<&Once>, sitting: Id, event: &Event) -> Result<Written, Refusal> {
        self.change(actor, once, |session| {
            let mut standing = live(session, actor, sitting)?;
            check_sitting::check_event(session, &actor.authority, &standing.record, event)?;
            let version = add(session, actor, &standing, "event", event)?;
            standing.record.timeline.get_or_insert_default().push(event.clone());
            settle(session, actor, sitting, &standing, version, &[])
        })
    }

    /// Adds a ballot to a recorded sitting.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotLive`], [`Refusal::Invalid`].
    pub fn add_ballot(&self, actor: &Actor, once: Option<&Once>, sitting: Id, ballot: &Ballot) -> Result<Written, Refusal> {
        self.change(actor, once, |session| {
            let mut standing = live(session, actor, sitting)?;
            check_sitting::check_new_ballot(session, &actor.authority, &standing.record, ballot)?;
            let version = add(session, actor, &standing, "ballot", ballot)?;
            session.index_ballot(&standing.row.authority, &standing.row.id, ballot)?;
            standing.record.ballots.push(ballot.clone());
            settle(session, actor, sitting, &standing, version, &ballot.covers)
        })
    }
}

fn live(session: &mut Session<'_>, actor: &Actor, id: Id) -> Result<Standing, Refusal> {
    let standing = load(session, actor.authority.as_str(), id)?;
    if standing.record.origin == Origin::Recorded { Ok(standing) } else { Err(Refusal::NotLive) }
}

fn add(session: &mut Session<'_>, actor: &Actor, standing: &Standing, kind: &str, entry: &impl Serialize) -> Result<i32, Refusal> {
    let at = now();
    let version = session.next_sitting_version(&standing.row.authority, &standing.row.id, at)?;
    let (document, _) = canonical(entry)?;
    session.add_entry(&EntryRow {
        authority: standing.row.authority.clone(),
        sitting: standing.row.id.clone(),
        version,
        kind: kind.to_owned(),
        document,
        recorded_at: at,
        recorded_by: actor.sub.clone(),
    })?;
    Ok(version)
}

fn settle(session: &mut Session<'_>, actor: &Actor, id: Id, standing: &Standing, version: i32, items: &[Id]) -> Result<Written, Refusal> {
    let authority = &standing.row.authority;
    let concerned = |act: &crate::record::DeliberationRecord| act.agenda_items.iter().any(|item| items.contains(item));
    let (findings, touched) = index_findings(session, authority, id, &standing.record, standing.body, concerned)?;
    let (_, digest) = canonical(&standing.record)?;
    log(session, actor, "sitting", &standing.row.id, version, "recorded")?;
    let href = format!("/v1/sittings/{id}");
    let body = receipt(id, href.clone(), version, &digest, findings)?;
    Ok(Written { created: true, href, digest, body, touched })
}
