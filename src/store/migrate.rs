//! Migrations: embedded, one folder for each engine, with equal names.

use diesel::QueryableByName;
use diesel::migration::MigrationSource;
use diesel::sql_types::Text;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connection::{AnyConnection, on_either};
use super::{Engine, Session, Store, StoreError};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRESQL: EmbeddedMigrations = embed_migrations!("migrations/postgresql");

fn failed(error: impl std::fmt::Display) -> StoreError {
    StoreError::Migration(error.to_string())
}

/// A line of the catalogue: an object of the schema and what it is.
#[derive(QueryableByName)]
struct CatalogueLine {
    #[diesel(sql_type = Text)]
    line: String,
}

impl Store {
    /// Runs the migrations that are not applied; the names of those that it ran. Two instances that start together run them once: on PostgreSQL
    /// under an advisory lock.
    ///
    /// # Errors
    /// [`StoreError::Migration`], with the database's own words.
    pub fn migrate(&self) -> Result<Vec<String>, StoreError> {
        let mut connection = self.connection()?;
        match &mut **connection {
            AnyConnection::Sqlite(c) => c.run_pending_migrations(SQLITE).map(names).map_err(failed),
            AnyConnection::Postgresql(c) => {
                use diesel::connection::SimpleConnection;
                // A migration of a big table takes as long as it takes, and so does that of another instance.
                c.batch_execute("SET statement_timeout = 0; SET lock_timeout = 0;")?;
                c.batch_execute("SELECT pg_advisory_lock(7265676973747265)")?;
                let ran = c.run_pending_migrations(POSTGRESQL).map(names).map_err(failed);
                c.batch_execute("SELECT pg_advisory_unlock(7265676973747265)")?;
                c.batch_execute(&self.patience.for_postgresql())?;
                ran
            }
        }
    }

    /// The names of all migrations, in order: what the tables look like.
    ///
    /// # Errors
    /// [`StoreError::Migration`].
    pub fn schema() -> Result<Vec<String>, StoreError> {
        let all = MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE).map_err(failed)?;
        let mut names: Vec<String> = all.iter().map(|migration| migration.name().to_string()).collect();
        names.sort();
        Ok(names)
    }

    /// Takes every migration back. Loses every record: for tests of the migrations themselves.
    ///
    /// # Errors
    /// [`StoreError::Migration`].
    pub fn revert(&self) -> Result<(), StoreError> {
        let mut connection = self.connection()?;
        match &mut **connection {
            AnyConnection::Sqlite(c) => c.revert_all_migrations(SQLITE).map(drop).map_err(failed),
            AnyConnection::Postgresql(c) => c.revert_all_migrations(POSTGRESQL).map(drop).map_err(failed),
        }
    }

    /// Whether the database answers and every migration is applied.
    pub fn ready(&self) -> bool {
        let Ok(mut connection) = self.connection() else { return false };
        let pending = match &mut **connection {
            AnyConnection::Sqlite(c) => c.has_pending_migration(SQLITE),
            AnyConnection::Postgresql(c) => c.has_pending_migration(POSTGRESQL),
        };
        pending.is_ok_and(|pending| !pending)
    }
}

fn names(versions: Vec<diesel::migration::MigrationVersion<'_>>) -> Vec<String> {
    versions.iter().map(ToString::to_string).collect()
}

impl Session<'_> {
    /// Every table and column as the engine's own catalogue has them, one line each, sorted: `table.column type null`. Without the full-text index,
    /// which is each engine's own.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn catalogue(&mut self) -> Result<Vec<String>, StoreError> {
        use diesel::RunQueryDsl;
        let sql = match self.engine() {
            Engine::Sqlite => {
                "SELECT m.name || '.' || c.name || ' ' || lower(c.type) || CASE WHEN c.\"notnull\" = 1 OR c.pk > 0 THEN '' ELSE ' null' END AS line \
                 FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' \
                 AND m.name NOT LIKE 'act\\_words%' ESCAPE '\\' ORDER BY 1"
            }
            Engine::Postgresql => {
                "SELECT table_name || '.' || column_name || ' ' || data_type || CASE WHEN is_nullable = 'NO' THEN '' ELSE ' null' END AS line \
                 FROM information_schema.columns WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_diesel%' \
                 AND data_type <> 'tsvector' ORDER BY 1"
            }
        };
        let lines: Vec<CatalogueLine> = on_either!(self.connection, c => diesel::sql_query(sql).load(c))?;
        let mut lines: Vec<String> = lines.into_iter().map(|l| l.line).collect();
        // Each engine sorts by its own collation.
        lines.sort();
        Ok(lines)
    }

    pub(super) const fn engine(&self) -> Engine {
        match self.connection {
            AnyConnection::Sqlite(_) => Engine::Sqlite,
            AnyConnection::Postgresql(_) => Engine::Postgresql,
        }
    }
}
