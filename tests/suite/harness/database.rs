//! A database of a test's own: a file of SQLite, or a schema of PostgreSQL; and a way to see that nothing was written.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use diesel::connection::SimpleConnection;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::row::NamedRow;
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::sqlite::Sqlite;

/// An engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgresql,
}

pub struct Database {
    pub url: String,
    engine: Engine,
    /// The server and the schema, for the one that goes with the test.
    schema: Option<(String, String)>,
    watched: AtomicBool,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Nullable<Text>)]
    word: Option<String>,
}

/// A line of a plan.
struct Step(String);

impl QueryableByName<Sqlite> for Step {
    fn build<'a>(row: &impl NamedRow<'a, Sqlite>) -> diesel::deserialize::Result<Self> {
        NamedRow::get::<Text, String>(row, "detail").map(Self)
    }
}

impl QueryableByName<Pg> for Step {
    fn build<'a>(row: &impl NamedRow<'a, Pg>) -> diesel::deserialize::Result<Self> {
        NamedRow::get::<Text, String>(row, "QUERY PLAN").map(Self)
    }
}

impl Database {
    pub fn new(engine: Engine, folder: &Path) -> Self {
        match engine {
            Engine::Sqlite => {
                Self { url: format!("sqlite:{}", folder.join("test.sqlite3").display()), engine, schema: None, watched: AtomicBool::new(false) }
            }
            Engine::Postgresql => {
                let server = std::env::var("TEST_DATABASE_URL").expect("TEST_DATABASE_URL names a PostgreSQL server: run scripts/test");
                let schema = format!("test_{}", uuid::Uuid::now_v7().simple());
                PgConnection::establish(&server).unwrap().batch_execute(&format!("CREATE SCHEMA {schema}")).unwrap();
                let joint = if server.contains('?') { '&' } else { '?' };
                Self {
                    url: format!("{server}{joint}options=-csearch_path%3D{schema}"),
                    engine,
                    schema: Some((server, schema)),
                    watched: AtomicBool::new(false),
                }
            }
        }
    }

    /// The number that a query gives as `number`.
    pub fn number(&self, sql: &str) -> i64 {
        let query = diesel::sql_query(sql);
        match self.engine {
            Engine::Sqlite => {
                let mut connection = SqliteConnection::establish(self.url.trim_start_matches("sqlite:")).unwrap();
                query.get_result::<Number>(&mut connection).unwrap().number
            }
            Engine::Postgresql => query.get_result::<Number>(&mut PgConnection::establish(&self.url).unwrap()).unwrap().number,
        }
    }

    /// Carries out a statement.
    pub fn execute(&self, sql: &str) {
        match self.engine {
            Engine::Sqlite => SqliteConnection::establish(self.url.trim_start_matches("sqlite:")).unwrap().batch_execute(sql).unwrap(),
            Engine::Postgresql => PgConnection::establish(&self.url).unwrap().batch_execute(sql).unwrap(),
        }
    }

    /// Whether somebody looks whether anything is written.
    pub fn is_watched(&self) -> bool {
        self.watched.load(Ordering::Relaxed)
    }

    /// How the engine would carry a statement out whatever values are bound, where it looks into no table from end to end if it can help it: a line
    /// for each step, and on PostgreSQL for each condition.
    pub fn plan(&self, sql: &str) -> Vec<String> {
        let lines: Vec<Step> = match self.engine {
            Engine::Sqlite => {
                let mut connection = SqliteConnection::establish(self.url.trim_start_matches("sqlite:")).unwrap();
                diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load(&mut connection)
            }
            Engine::Postgresql => {
                let mut connection = PgConnection::establish(&self.url).unwrap();
                connection.batch_execute("SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off").unwrap();
                let values = (1..).take_while(|n| sql.contains(&format!("${n}"))).map(|_| "NULL").collect::<Vec<_>>().join(", ");
                let values = if values.is_empty() { values } else { format!("({values})") };
                connection.batch_execute(&format!("PREPARE asked AS {sql}")).unwrap_or_else(|error| panic!("{error}: {sql}"));
                diesel::sql_query(format!("EXPLAIN (COSTS OFF) EXECUTE asked{values}")).load(&mut connection)
            }
        }
        .unwrap_or_else(|error| panic!("{error}: {sql}"));
        lines.into_iter().map(|step| step.0).collect()
    }

    /// Watches the database: from now on, has anything been written?
    pub fn watch(&self) -> Watch {
        self.watched.store(true, Ordering::Relaxed);
        match self.engine {
            Engine::Sqlite => {
                let mut connection = SqliteConnection::establish(self.url.trim_start_matches("sqlite:")).unwrap();
                let version = data_version(&mut connection);
                Watch::Sqlite(Box::new(connection), version)
            }
            Engine::Postgresql => {
                let mut connection = PgConnection::establish(&self.url).unwrap();
                let content = content(&mut connection);
                Watch::Postgresql(Box::new(connection), content)
            }
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some((server, schema)) = &self.schema
            && let Ok(mut connection) = PgConnection::establish(server)
        {
            let _ = connection.batch_execute(&format!("DROP SCHEMA {schema} CASCADE"));
        }
    }
}

/// What a database held.
pub enum Watch {
    /// SQLite counts the commits of other connections.
    Sqlite(Box<SqliteConnection>, i64),
    Postgresql(Box<PgConnection>, Vec<Option<String>>),
}

impl Watch {
    /// Whether nothing was written since the watch began.
    pub fn unchanged(&mut self) -> bool {
        match self {
            Self::Sqlite(connection, version) => data_version(connection) == *version,
            Self::Postgresql(connection, before) => content(connection) == *before,
        }
    }
}

fn data_version(connection: &mut SqliteConnection) -> i64 {
    diesel::sql_query("SELECT data_version AS number FROM pragma_data_version").get_result::<Number>(connection).unwrap().number
}

/// A digest of every table, whatever is in it.
fn content(connection: &mut PgConnection) -> Vec<Option<String>> {
    let tables = "SELECT tablename::text AS word FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1";
    let tables: Vec<Word> = diesel::sql_query(tables).load(connection).unwrap();
    let digest = |table: Word| {
        let table = table.word.unwrap();
        format!("SELECT '{table} ' || md5(string_agg(t::text, '|' ORDER BY t::text)) AS word FROM {table} t")
    };
    let digests: Vec<String> = tables.into_iter().map(digest).collect();
    let digests: Vec<Word> = diesel::sql_query(digests.join(" UNION ALL ") + " ORDER BY 1").load(connection).unwrap();
    digests.into_iter().map(|digest| digest.word).collect()
}
