//! The change feed: the log of an authority after a place in it, as a reader may see it.

use super::event::{ChangeEvent, EventTypes, Told};
use super::{Deliver, DeliverRefusal};
use crate::record::Visibility;
use crate::store::{Session, StoreError, ToldFilter};

/// Who follows what.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The authority's SIREN.
    pub authority: String,
    /// Whether only what concerns public records is told.
    pub public_only: bool,
    /// Whether what is restricted is told as well.
    pub restricted: bool,
}

/// A page of the feed.
pub struct FeedPage {
    pub events: Vec<ChangeEvent>,
    /// The number to go on from.
    pub reached: i64,
    /// The newest number that this reader can reach.
    pub head: i64,
    /// Whether there is more at once.
    pub more: bool,
}

impl Scope {
    pub const fn told(&self) -> Told {
        if self.public_only { Told::Public } else { Told::Inside }
    }

    pub(super) fn filter(&self, types: &EventTypes) -> ToldFilter {
        ToldFilter { public_only: self.public_only, events: types.events(self.restricted) }
    }
}

/// How far a reader can go, and the number after which the feed tells. To the public an authority that never showed anything is like none.
fn bounds(session: &mut Session<'_>, scope: &Scope) -> Result<(i64, i64), StoreError> {
    let Some(head) = session.log_head(&scope.authority)? else { return Ok((0, 0)) };
    if !scope.public_only {
        return Ok((head.sequence, head.told_after));
    }
    let newest = session.newest_public(&scope.authority)?;
    let shown = session.authority(&scope.authority)?.is_some_and(|row| row.visibility == Visibility::Public.wire());
    Ok(if newest == 0 && !shown { (0, 0) } else { (newest.max(head.told_after), head.told_after) })
}

/// How far a reader can go who goes on from a number.
fn told(session: &mut Session<'_>, scope: &Scope, after: i64) -> Result<i64, DeliverRefusal> {
    let (head, told_after) = bounds(session, scope)?;
    if (told_after..=head).contains(&after) { Ok(head) } else { Err(DeliverRefusal::CursorExpired { head }) }
}

impl Deliver {
    /// What comes after a number, in order; `None`: from the beginning. One snapshot: what is committed later has a higher number.
    ///
    /// # Errors
    /// [`DeliverRefusal::CursorExpired`] where the feed no longer tells all that follows, or where the number was never given (a database that was
    /// restored from a copy).
    pub fn changes(&self, scope: &Scope, after: Option<i64>, types: &EventTypes, limit: usize) -> Result<FeedPage, DeliverRefusal> {
        self.store.read(|session| {
            let after = after.unwrap_or(0);
            let head = told(session, scope, after)?;
            let ask = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
            let mut changes = session.told_after(&scope.authority, after, &scope.filter(types), ask)?;
            let more = changes.len() > limit;
            changes.truncate(limit);
            let reached = if more { changes.last().map_or(after, |last| last.sequence) } else { head };
            let mut events = Vec::with_capacity(changes.len());
            for change in &changes {
                events.extend(ChangeEvent::of(change, scope.told(), &self.settings)?);
            }
            Ok(FeedPage { events, reached, head, more })
        })
    }

    /// Whether the feed tells all that follows a number.
    ///
    /// # Errors
    /// [`DeliverRefusal::CursorExpired`].
    pub fn tells_after(&self, scope: &Scope, after: i64) -> Result<(), DeliverRefusal> {
        self.store.read(|session| told(session, scope, after).map(drop))
    }

    /// The newest number: where a reader who is about to read the lists goes on from.
    ///
    /// # Errors
    /// [`DeliverRefusal::Store`].
    pub fn head(&self, scope: &Scope) -> Result<i64, DeliverRefusal> {
        self.store.read(|session| Ok(bounds(session, scope)?.0))
    }

    /// Shortens the feed to what the retention keeps, and forgets deliveries that ended before: the audit trail, which is the same log, stays whole.
    ///
    /// # Errors
    /// [`DeliverRefusal::Store`].
    pub fn prune(&self) -> Result<(), DeliverRefusal> {
        let Some(days) = self.settings.retention_days else { return Ok(()) };
        let moment = crate::store::now() - chrono::Duration::days(i64::from(days));
        self.store.write(|session| {
            session.forget_told_before(moment)?;
            session.forget_deliveries_before(moment)?;
            Ok(())
        })
    }
}
