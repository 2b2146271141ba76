//! Where the register is kept: Diesel over SQLite and PostgreSQL. Nothing above sees a connection: it is given a [`Session`], the inside of
//! one transaction, with one method per question.

mod addresses;
mod archive;
mod blobs;
mod changes;
mod connection;
mod deliberations;
mod deliveries;
mod directory;
mod facts;
#[cfg(test)]
mod failing;
mod figures;
mod files;
mod idempotency;
mod imports;
pub mod index;
mod log;
mod migrate;
mod money;
mod numbers;
mod open_data;
mod parts;
mod patience;
mod prepared;
mod reads;
mod revocations;
mod rows;
mod schema;
mod search;
mod shown;
mod sittings;
mod standby;
mod statement;
mod versions;
mod votes;
mod waiting;
mod watched;
mod webhooks;

pub use addresses::Changed;
pub use archive::{ARCHIVED, ARCHIVED_COLUMNS, ArchivedFile, EachLine, NOT_ARCHIVED, check_archived};
pub use blobs::{Blob, BlobError, Blobs, Incoming, Outgoing};
pub use changes::{Change, Head, Reached, ToldFilter};
pub use connection::Engine;
pub use deliberations::{DeliberationFilter, DeliberationRow};
pub use deliveries::{AttemptRow, Claimed, DeliveryFilter, DeliveryRow};
pub use directory::{AuthorityRow, DirectoryFilter, DirectoryRow, EntryKind};
pub use facts::{ActStandingRow, FactRow, Pending, RectificationRow};
pub use figures::{Connections, Figures};
pub use files::FileRow;
pub use idempotency::KeptAnswer;
pub use imports::{ImportErrorRow, ImportKeyRow, ImportProgress, ImportRow};
pub use log::LogEntryRow;
pub use money::{AmountRow, AmountsBy, Beneficiaries, GrantRow, MoneyFilter};
pub use numbers::NumberRow;
pub use open_data::{Place, PublicActRow};
pub use patience::Patience;
pub use prepared::PreparedRow;
pub use reads::ReadRow;
pub use search::{ActSearchRow, Band, FacetRow, HitRow, MemberAs, SearchFilter};
pub use shown::{MandatesOf, Shown, ShownFilter, ShownLine};
pub use sittings::{EntryRow, SittingFilter, SittingRow};
pub use standby::AsNew;
pub use versions::{VersionHead, VersionRow};
pub use votes::{BallotActRow, PublicVoteRow};
pub use webhooks::WebhookRow;

use chrono::NaiveDateTime;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use diesel::r2d2::{ManageConnection, Pool, PooledConnection};

use connection::{AnyConnection, Connector, Kept};
use watched::{Kind, running};

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database URL {0:?} names no engine: use postgres://…, or sqlite:FILE")]
    UnknownEngine(String),
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    #[error("database_read_url is for PostgreSQL: both databases have to be one")]
    NoStandby,
    #[error("the database is busy: {0}")]
    Busy(&'static str),
    #[error("another writer was first")]
    Raced,
    #[error("there is no room left: {0}")]
    Full(String),
    #[error("the database refused: {0}")]
    Database(diesel::result::Error),
    #[error("the migrations could not be run: {0}")]
    Migration(String),
    #[error("a stored value cannot be read: {0}")]
    Corrupt(String),
}

impl From<diesel::result::Error> for StoreError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind, Error};
        match error {
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation | DatabaseErrorKind::SerializationFailure, _) => Self::Raced,
            Error::DatabaseError(_, told) if told.message().contains("deadlock detected") => Self::Raced,
            Error::DatabaseError(_, told) if NO_ROOM.iter().any(|words| told.message().contains(words)) => Self::Full(told.message().to_owned()),
            Error::DatabaseError(_, told) if given_up(told.message()) => Self::Busy("a statement or a lock took too long"),
            other => Self::Database(other),
        }
    }
}

/// What the engines say when the disk is full: SQLite, then PostgreSQL (53100) in the words of the system.
const NO_ROOM: [&str; 2] = ["database or disk is full", "No space left on device"];

/// What SQLite says when the disk is in the way, and PostgreSQL when it is being stopped: neither is the fault of the statement.
const IN_THE_WAY: [&str; 2] = ["disk I/O error", "terminating connection"];

/// Whether the database gave a statement up because it, or a lock that it waited for, took too long: SQLite, and PostgreSQL in the two languages that
/// its servers speak here. Diesel does not tell the code (57014, 55P03).
fn given_up(message: &str) -> bool {
    ["database is locked", "statement timeout", "lock timeout", "à cause du délai"].iter().any(|words| message.contains(words))
}

impl StoreError {
    /// Whether the same may well succeed a little later.
    pub fn passes(&self) -> bool {
        use diesel::result::{DatabaseErrorKind, Error};
        match self {
            Self::Unreachable(_) | Self::Busy(_) | Self::Raced | Self::Full(_) => true,
            Self::Database(Error::DatabaseError(DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand, _)) => true,
            // It was the primary a moment ago.
            Self::Database(Error::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, _)) => true,
            Self::Database(Error::DatabaseError(_, told)) => IN_THE_WAY.iter().any(|words| told.message().contains(words)),
            Self::Database(Error::BrokenTransactionManager) => true,
            _ => false,
        }
    }
}

/// The database: a pool of connections to one engine.
pub struct Store {
    pool: Pool<Connector>,
    engine: Engine,
    /// One writer at a time on SQLite: faster than letting its busy handler spin.
    writer: parking_lot::Mutex<()>,
    patience: Patience,
    /// Threads that wait for a connection.
    waiting: AtomicUsize,
    /// Counts the commits of this process that added to a change log.
    commits: tokio::sync::watch::Sender<u64>,
    standby: Option<standby::Standby>,
}

/// How long a connection is waited for while there is none.
const WHILE_GONE: std::time::Duration = std::time::Duration::from_millis(500);

/// How a transaction on PostgreSQL begins that only reads.
const READS: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// How long the other writers have between two batches to take their turn.
const BETWEEN_BATCHES: std::time::Duration = std::time::Duration::from_millis(2);

/// The inside of a transaction.
pub struct Session<'a> {
    connection: &'a mut AnyConnection,
    /// The last number that the transaction added to a change log.
    logged: Option<i64>,
    /// Rows that wait for the end of a batch; none: each is written at once.
    waiting: Option<Box<waiting::Waiting>>,
}

impl Store {
    /// Opens the database that the URL names and makes the file where it is SQLite. Runs no migration.
    ///
    /// # Errors
    /// [`StoreError::UnknownEngine`] for another scheme, [`StoreError::Unreachable`] when no connection can be had.
    pub fn open(url: &str, connections: u32) -> Result<Self, StoreError> {
        Self::open_with(url, connections, Patience::default())
    }

    /// The same with waits of one's own.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_with(url: &str, connections: u32, patience: Patience) -> Result<Self, StoreError> {
        let (engine, address) = Engine::of(url)?;
        Self::pooled(Connector { engine, address, scratch: false, reads_only: false, patience }, connections)
    }

    /// A new, empty database in a file that is thrown away at the end, with its tables.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`], [`StoreError::Migration`].
    pub fn scratch(file: &std::path::Path) -> Result<Self, StoreError> {
        let (engine, address) = (Engine::Sqlite, file.display().to_string());
        let store = Self::pooled(Connector { engine, address, scratch: true, reads_only: false, patience: Patience::default() }, 2)?;
        store.migrate()?;
        Ok(store)
    }

    fn pooled(connector: Connector, connections: u32) -> Result<Self, StoreError> {
        let (engine, patience) = (connector.engine, connector.patience);
        // A new file is switched to write-ahead logging by one connection alone: several at once would find it busy.
        let _first = if engine == Engine::Sqlite { Some(connector.connect()?) } else { None };
        let pool = Pool::builder()
            .max_size(connections)
            .connection_timeout(patience.connection)
            .build(connector)
            .map_err(|e| StoreError::Unreachable(e.to_string()))?;
        let (writer, commits) = (parking_lot::Mutex::new(()), tokio::sync::watch::Sender::new(0));
        Ok(Self { pool, engine, writer, patience, waiting: AtomicUsize::new(0), commits, standby: None })
    }

    /// A connection: one that is free, or the next that is. While the database is gone nobody queues for it; the pool goes on trying by itself.
    fn connection(&self) -> Result<PooledConnection<Connector>, StoreError> {
        running(Kind::Other);
        if let Some(connection) = self.pool.try_get() {
            return Ok(connection);
        }
        let began = Instant::now();
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let connection = loop {
            let left = self.patience.connection.saturating_sub(began.elapsed());
            match self.pool.get_timeout(left.min(WHILE_GONE)) {
                Ok(connection) => break Ok(connection),
                // Nothing stands in the way but those who have one.
                Err(_) if self.pool.state().connections > 0 && left.is_zero() => break Err(StoreError::Busy("no connection became free")),
                Err(_) if self.pool.state().connections > 0 => {}
                Err(problem) => break Err(StoreError::Unreachable(problem.to_string())),
            }
        };
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        metrics::histogram!("database_wait_seconds").record(began.elapsed().as_secs_f64());
        connection
    }

    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Wakes whoever follows the change logs, at each commit of this process that adds to one. Another process's are not told.
    pub fn commits(&self) -> tokio::sync::watch::Receiver<u64> {
        self.commits.subscribe()
    }

    /// Runs a transaction that only reads, on one snapshot.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError`] when the database fails.
    pub fn read<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut Session<'_>) -> Result<T, E>) -> Result<T, E> {
        let begin = match self.engine {
            Engine::Sqlite => "BEGIN",
            Engine::Postgresql => READS,
        };
        self.transaction((begin, Kind::Read), None, work)
    }

    /// Runs a transaction that writes: all of it, or nothing when `work` fails.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError`] when the database fails; [`StoreError::Raced`] when another writer was first.
    pub fn write<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut Session<'_>) -> Result<T, E>) -> Result<T, E> {
        self.writing(None, work)
    }

    /// The same for a batch of new records, whose rows are written together at its end.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_batch<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut Session<'_>) -> Result<T, E>) -> Result<T, E> {
        let done = self.writing(Some(Box::default()), |session| {
            session.for_a_batch(true)?;
            let done = work(session)?;
            session.settle()?;
            session.for_a_batch(false)?;
            Ok(done)
        });
        if self.engine == Engine::Sqlite {
            // The lock goes to who is awake: whoever waits for a turn would never be.
            std::thread::sleep(BETWEEN_BATCHES);
        }
        done
    }

    fn writing<T, E: From<StoreError>>(
        &self,
        waiting: Option<Box<waiting::Waiting>>,
        work: impl FnOnce(&mut Session<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match self.engine {
            Engine::Sqlite => {
                let _turn = self.writer.try_lock_for(self.patience.lock).ok_or(StoreError::Busy("others write"))?;
                // The write lock is taken at once: a transaction that reads first and asks for it later fails under load.
                self.transaction(("BEGIN IMMEDIATE", Kind::Write), waiting, work)
            }
            Engine::Postgresql => self.transaction(("BEGIN", Kind::Write), waiting, work),
        }
    }

    fn transaction<T, E: From<StoreError>>(
        &self,
        (begin, kind): (&str, Kind),
        waiting: Option<Box<waiting::Waiting>>,
        work: impl FnOnce(&mut Session<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.connection()?;
        self.transaction_on(&mut connection, (begin, kind), waiting, work)
    }

    fn transaction_on<T, E: From<StoreError>>(
        &self,
        connection: &mut Kept,
        (begin, kind): (&str, Kind),
        waiting: Option<Box<waiting::Waiting>>,
        work: impl FnOnce(&mut Session<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        running(Kind::Begin);
        connection::execute(connection, begin)?;
        running(kind);
        let mut session = Session { connection, logged: None, waiting };
        let result = work(&mut session);
        let logged = session.logged.is_some();
        running(Kind::Commit);
        match result {
            Ok(value) => {
                connection::execute(connection, "COMMIT").inspect_err(|_| connection.roll_back())?;
                if logged {
                    self.commits.send_modify(|commits| *commits += 1);
                }
                Ok(value)
            }
            Err(error) => {
                connection.roll_back();
                Err(error)
            }
        }
    }
}

/// Now, in UTC, to the microsecond: what both engines keep.
pub fn now() -> NaiveDateTime {
    let now = chrono::Utc::now();
    chrono::DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now).naive_utc()
}
