//! The two engines behind one connection type.

use std::ops::{Deref, DerefMut};

use diesel::connection::SimpleConnection;
use diesel::r2d2::ManageConnection;
use diesel::{Connection, PgConnection, RunQueryDsl, SqliteConnection};

use super::watched::Watched;
use super::{Patience, StoreError};

/// A database engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgresql,
}

impl Engine {
    /// Its name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgresql => "postgresql",
        }
    }

    /// The engine that a URL names, and the address that its client wants. Anything else is refused: a typing error must not make an empty
    /// database.
    pub(super) fn of(url: &str) -> Result<(Self, String), StoreError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok((Self::Postgresql, patient(url)));
        }
        match url.strip_prefix("sqlite:") {
            Some(path) if !path.trim_start_matches("//").is_empty() => Ok((Self::Sqlite, path.strip_prefix("//").unwrap_or(path).to_owned())),
            // Without what may be a password.
            _ => Err(StoreError::UnknownEngine(url.split_once(':').map_or(url, |(scheme, _)| scheme).to_owned())),
        }
    }
}

/// How long the client waits for a server that does not say that it is gone: a connection in seconds, bytes that nobody acknowledges in
/// milliseconds, and after how many seconds of silence it asks. Its own defaults are two hours and more.
const PATIENCE: [(&str, u32); 5] =
    [("connect_timeout", 5), ("tcp_user_timeout", 10_000), ("keepalives_idle", 10), ("keepalives_interval", 5), ("keepalives_count", 3)];

/// The same address, with what it does not say itself.
fn patient(url: &str) -> String {
    PATIENCE.iter().fold(url.to_owned(), |url, (key, value)| match url.split_once('?') {
        Some((_, said)) if said.split('&').any(|pair| pair.split('=').next() == Some(key)) => url,
        Some(_) => format!("{url}&{key}={value}"),
        None => format!("{url}?{key}={value}"),
    })
}

#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    Postgresql(PgConnection),
    Sqlite(SqliteConnection),
}

pub(super) fn execute(connection: &mut AnyConnection, sql: &str) -> Result<(), StoreError> {
    Ok(connection.batch_execute(sql)?)
}

/// Runs one statement on whichever engine it is, with the connection named: for the few statements that Diesel cannot type for both at once.
macro_rules! on_either {
    ($connection:expr, $name:ident => $statement:expr) => {
        match $connection {
            $crate::store::connection::AnyConnection::Postgresql($name) => $statement,
            $crate::store::connection::AnyConnection::Sqlite($name) => $statement,
        }
    };
}
pub(super) use on_either;

/// A connection of the pool.
pub struct Kept {
    connection: AnyConnection,
    /// Whether it may stand in a transaction that nobody ends: it is not handed out again.
    spoilt: bool,
}

impl Kept {
    /// Takes its transaction back. SQLite has done so already where a disk is full, and a connection that is gone cannot.
    pub(super) fn roll_back(&mut self) {
        self.spoilt = execute(&mut self.connection, "ROLLBACK").is_err();
    }
}

impl Deref for Kept {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.connection
    }
}

impl DerefMut for Kept {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.connection
    }
}

/// Makes connections of one engine.
pub struct Connector {
    pub(super) engine: Engine,
    pub(super) address: String,
    /// Whether what it holds is thrown away at the end: then nothing waits for the disk.
    pub(super) scratch: bool,
    /// Whether a server that takes no writes will do.
    pub(super) reads_only: bool,
    pub(super) patience: Patience,
}

diesel::define_sql_function! {
    /// A setting of the server, as it holds for the connection.
    fn current_setting(name: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

const SQLITE_SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

impl super::Session<'_> {
    /// Gives SQLite the memory that a batch touches, or takes it back: with less it writes the same page again and again.
    pub(super) fn for_a_batch(&mut self, begins: bool) -> Result<(), StoreError> {
        match &mut *self.connection {
            AnyConnection::Sqlite(c) if begins => Ok(c.batch_execute("PRAGMA cache_size = -65536;")?),
            AnyConnection::Sqlite(c) => Ok(c.batch_execute("PRAGMA cache_size = -2000;")?),
            AnyConnection::Postgresql(_) => Ok(()),
        }
    }
}

impl ManageConnection for Connector {
    type Connection = Kept;
    type Error = StoreError;

    fn connect(&self) -> Result<Kept, StoreError> {
        Ok(Kept { connection: self.establish()?, spoilt: false })
    }

    fn is_valid(&self, connection: &mut Kept) -> Result<(), StoreError> {
        match self.engine {
            // A file does not hang up.
            Engine::Sqlite => Ok(()),
            Engine::Postgresql if self.reads_only => execute(connection, "SELECT 1"),
            // A primary that was set back answers as before, and would refuse every write.
            Engine::Postgresql => {
                let read_only: String = diesel::select(current_setting("transaction_read_only")).get_result(&mut connection.connection)?;
                if read_only == "off" { Ok(()) } else { Err(StoreError::Unreachable("the server takes no writes".to_owned())) }
            }
        }
    }

    fn has_broken(&self, connection: &mut Kept) -> bool {
        // A panic leaves a transaction open, too.
        connection.spoilt || std::thread::panicking()
    }
}

impl Connector {
    fn establish(&self) -> Result<AnyConnection, StoreError> {
        let unreachable = |e: diesel::ConnectionError| StoreError::Unreachable(e.to_string());
        match self.engine {
            Engine::Postgresql => {
                let mut connection = PgConnection::establish(&self.address).map_err(unreachable)?;
                connection.batch_execute("SET TIME ZONE 'UTC'; SET client_min_messages = warning;")?;
                connection.batch_execute(&self.patience.for_postgresql())?;
                if self.patience.timed {
                    connection.set_instrumentation(Watched::new(self.engine.word(), self.patience.slow));
                }
                Ok(AnyConnection::Postgresql(connection))
            }
            Engine::Sqlite => {
                let mut connection = SqliteConnection::establish(&self.address).map_err(unreachable)?;
                connection.batch_execute(&self.patience.for_sqlite())?;
                connection.batch_execute(SQLITE_SETTINGS)?;
                if self.scratch {
                    connection.batch_execute("PRAGMA synchronous = OFF;")?;
                }
                if self.patience.timed {
                    connection.set_instrumentation(Watched::new(self.engine.word(), self.patience.slow));
                }
                Ok(AnyConnection::Sqlite(connection))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::patient;

    #[test]
    fn what_an_address_says_itself_stands() {
        for (name, url, expected) in [
            (
                "nothing said",
                "postgres://r@db/registre",
                "postgres://r@db/registre?connect_timeout=5&tcp_user_timeout=10000&keepalives_idle=10&keepalives_interval=5&keepalives_count=3",
            ),
            (
                "something said",
                "postgresql://r@db/registre?connect_timeout=2&sslmode=require&keepalives_count=9",
                "postgresql://r@db/registre?connect_timeout=2&sslmode=require&keepalives_count=9&tcp_user_timeout=10000&keepalives_idle=10&\
                 keepalives_interval=5",
            ),
        ] {
            assert_eq!(patient(url), expected, "{name}");
        }
    }
}
