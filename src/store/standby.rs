//! Reads from a hot standby: of what need not be the newest, where the standby can show that it is new enough. Where it cannot, or does not answer,
//! the primary is asked as if there were none.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::r2d2::{Pool, PooledConnection};
use diesel::sql_types::{Bool, Nullable, Text};

use super::connection::{AnyConnection, Connector};
use super::schema::change_heads;
use super::watched::Kind;
use super::{Engine, Patience, Reached, Session, Store, StoreError};

/// How long a standby may take to catch up with what a reader has seen.
const CATCHES_UP: Duration = Duration::from_millis(200);
/// How long it may take to lend a connection.
const LENDS: Duration = Duration::from_millis(200);
const LOOKS_AGAIN: Duration = Duration::from_millis(10);
/// How many readers may wait at once: each holds a thread, and anyone may say that much was seen.
const WAITING: usize = 2;
/// How long one that did not answer is left alone.
const LEFT_ALONE: Duration = Duration::from_secs(1);
/// How old the mark of the primary may be: what a read that need not be the newest may miss.
const LATE: Duration = Duration::from_millis(900);
/// When the mark is made anew.
const MARKED_EVERY: Duration = Duration::from_millis(300);

/// How new what is read has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AsNew {
    /// As it stands now.
    Now,
    /// No older than what a reader has seen.
    Seen(Reached),
    /// As it stood a second ago, or later.
    Lately,
}

/// How far the log of the primary had been written, and when that was looked at.
struct Mark {
    at: Instant,
    place: String,
}

pub(super) struct Standby {
    pool: Pool<Connector>,
    mark: Mutex<Option<Mark>>,
    since: Instant,
    /// Milliseconds since `since` until which it is left alone.
    left_until: AtomicU64,
    waiting: AtomicUsize,
}

#[derive(QueryableByName)]
struct Place {
    #[diesel(sql_type = Text)]
    place: String,
}

#[derive(QueryableByName)]
struct Reaches {
    #[diesel(sql_type = Nullable<Bool>)]
    reaches: Option<bool>,
}

impl Standby {
    /// A standby that need not answer yet.
    pub(super) fn open(url: &str, connections: u32, patience: Patience) -> Result<Self, StoreError> {
        let (engine, address) = Engine::of(url)?;
        if engine != Engine::Postgresql {
            return Err(StoreError::NoStandby);
        }
        let connector = Connector { engine, address, scratch: false, reads_only: true, patience };
        let pool = Pool::builder().max_size(connections).min_idle(Some(0)).connection_timeout(LENDS).build_unchecked(connector);
        Ok(Self { pool, mark: Mutex::default(), since: Instant::now(), left_until: AtomicU64::new(0), waiting: AtomicUsize::new(0) })
    }

    fn now(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn leave_alone(&self, error: &dyn std::fmt::Display) {
        let until = self.now().saturating_add(u64::try_from(LEFT_ALONE.as_millis()).unwrap_or_default());
        self.left_until.store(until, Ordering::Relaxed);
        tracing::warn!(%error, "the standby does not answer: reads go to the primary");
    }

    /// A connection to a standby that is new enough.
    fn ready(&self, store: &Store, as_new: &AsNew) -> Option<PooledConnection<Connector>> {
        if self.now() < self.left_until.load(Ordering::Relaxed) {
            return None;
        }
        // Before the standby is asked for anything: without a mark it cannot be used.
        let mark = match as_new {
            AsNew::Now => return None,
            AsNew::Seen(_) => None,
            AsNew::Lately => Some(self.marked(store)?),
        };
        let mut connection = self.pool.get().inspect_err(|error| self.leave_alone(error)).ok()?;
        let enough = match (as_new, mark) {
            (AsNew::Seen(seen), _) => self.catches_up(&mut connection, seen),
            (_, Some(mark)) => has_replayed(&mut connection, &mark),
            (_, None) => Ok(false),
        };
        enough.inspect_err(|error| self.leave_alone(error)).is_ok_and(|enough| enough).then_some(connection)
    }

    /// Waits a little for what a reader has seen.
    fn catches_up(&self, connection: &mut AnyConnection, seen: &Reached) -> Result<bool, StoreError> {
        if has_seen(connection, seen)? {
            return Ok(true);
        }
        let waits = self.waiting.fetch_add(1, Ordering::AcqRel) < WAITING;
        let until = Instant::now() + CATCHES_UP;
        let mut caught_up = Ok(false);
        while waits && matches!(caught_up, Ok(false)) && Instant::now() + LOOKS_AGAIN < until {
            std::thread::sleep(LOOKS_AGAIN);
            caught_up = has_seen(connection, seen);
        }
        self.waiting.fetch_sub(1, Ordering::AcqRel);
        caught_up
    }

    /// A place in the primary's log that it had reached less than a second ago; none where the primary does not say.
    fn marked(&self, store: &Store) -> Option<String> {
        let mut mark = self.mark.lock().unwrap_or_else(PoisonError::into_inner);
        let age = mark.as_ref().map(|mark| mark.at.elapsed());
        if age.is_none_or(|age| age > MARKED_EVERY) {
            let at = Instant::now();
            if let Ok(place) = place(store) {
                *mark = Some(Mark { at, place });
            }
        }
        mark.as_ref().filter(|mark| mark.at.elapsed() < LATE).map(|mark| mark.place.clone())
    }
}

/// Up to where the primary's log is on its disk: what it has acknowledged lies before.
fn place(store: &Store) -> Result<String, StoreError> {
    let mut connection = store.pool.get_timeout(LENDS).map_err(|e| StoreError::Unreachable(e.to_string()))?;
    let AnyConnection::Postgresql(connection) = &mut **connection else { return Err(StoreError::NoStandby) };
    let place: Place = diesel::sql_query("SELECT pg_current_wal_flush_lsn()::text AS place").get_result(connection)?;
    Ok(place.place)
}

/// Whether the standby has what a reader has seen.
fn has_seen(connection: &mut AnyConnection, seen: &Reached) -> Result<bool, StoreError> {
    let head = change_heads::table.find(seen.authority.as_str()).select(change_heads::sequence);
    let head: Option<i64> = head.first(connection).optional()?;
    Ok(head.is_some_and(|head| head >= seen.sequence))
}

/// Whether the standby has what the primary's log held at a place. What is no standby has replayed nothing.
fn has_replayed(connection: &mut AnyConnection, place: &str) -> Result<bool, StoreError> {
    let AnyConnection::Postgresql(connection) = connection else { return Ok(false) };
    let question = diesel::sql_query("SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS reaches").bind::<Text, _>(place);
    let answer: Reaches = question.get_result(connection)?;
    Ok(answer.reaches.unwrap_or(false))
}

impl Store {
    /// Reads what need not be the newest from a standby (`postgres://…`; several hosts may stand in it) where it is new enough.
    ///
    /// # Errors
    /// [`StoreError::UnknownEngine`]; [`StoreError::NoStandby`] unless both are PostgreSQL.
    pub fn with_standby(mut self, url: &str, connections: u32) -> Result<Self, StoreError> {
        if self.engine != Engine::Postgresql {
            return Err(StoreError::NoStandby);
        }
        self.standby = Some(Standby::open(url, connections, self.patience)?);
        Ok(self)
    }

    /// Runs a transaction that only reads on a standby that is as new as it has to be; `None`: there is none, and the primary is to be asked. An error of
    /// the store says no more than that: the standby went away, or could not keep what was read.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError`] when the standby fails.
    pub fn read_on_standby<T, E: From<StoreError>>(
        &self,
        as_new: &AsNew,
        work: impl FnOnce(&mut Session<'_>) -> Result<T, E>,
    ) -> Option<Result<T, E>> {
        let mut connection = self.standby.as_ref()?.ready(self, as_new)?;
        // A snapshot that is taken later sees no less than what was just looked at.
        Some(self.transaction_on(&mut connection, (super::READS, Kind::Read), None, work))
    }
}
