//! A register that is older than the parts of its records: the migration finds those that are there.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use rstest::rstest;

use super::{everything, island};
use crate::harness::Engine;

const SQLITE: [&str; 2] = [
    include_str!("../../../migrations/sqlite/2026-11-25-000001_parts/down.sql"),
    include_str!("../../../migrations/sqlite/2026-11-25-000001_parts/up.sql"),
];
const POSTGRESQL: [&str; 2] = [
    include_str!("../../../migrations/postgresql/2026-11-25-000001_parts/down.sql"),
    include_str!("../../../migrations/postgresql/2026-11-25-000001_parts/up.sql"),
];

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_older_register_shows_the_same(#[case] engine: Engine) {
    let server = island::server(engine);
    let before = everything(&server);
    let rows = server.database.number("SELECT count(*) AS number FROM record_parts");
    let shown = server.database.number("SELECT count(*) AS number FROM record_parts WHERE shown");
    let url = &server.database.url;
    match engine {
        Engine::Sqlite => SqliteConnection::establish(url.trim_start_matches("sqlite:")).unwrap().batch_execute(&SQLITE.join("\n")).unwrap(),
        Engine::Postgresql => PgConnection::establish(url).unwrap().batch_execute(&POSTGRESQL.join("\n")).unwrap(),
    }
    assert_eq!(server.database.number("SELECT count(*) AS number FROM record_parts"), rows);
    assert_eq!(server.database.number("SELECT count(*) AS number FROM record_parts WHERE shown"), shown);
    // The first version of a record is a moment later than its row.
    let bare = |objects: Vec<serde_json::Value>| -> Vec<String> { objects.iter().map(|object| object["id"].to_string()).collect() };
    assert_eq!(bare(everything(&server)), bare(before));
}
