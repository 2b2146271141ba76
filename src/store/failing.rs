//! What is said of a database that fails.

use diesel::result::{DatabaseErrorKind, Error};

use super::connection::execute;
use super::{Store, StoreError};

#[test]
fn a_failure_is_told_by_what_can_be_done_about_it() {
    use DatabaseErrorKind::{ClosedConnection, NotNullViolation, SerializationFailure, UniqueViolation, Unknown};
    for (kind, words, expected) in [
        (Unknown, "database or disk is full", ("full", true)),
        (Unknown, "could not extend file \"base/16385/16400\": No space left on device", ("full", true)),
        (UniqueViolation, "UNIQUE constraint failed: versions.record", ("raced", true)),
        (SerializationFailure, "could not serialize access due to concurrent update", ("raced", true)),
        (Unknown, "deadlock detected", ("raced", true)),
        (ClosedConnection, "server closed the connection unexpectedly", ("other", true)),
        (Unknown, "database is locked", ("other", true)),
        (Unknown, "disk I/O error", ("other", true)),
        (Unknown, "no such table: versions", ("other", false)),
        (NotNullViolation, "NOT NULL constraint failed: versions.record", ("other", false)),
    ] {
        let told = StoreError::from(Error::DatabaseError(kind, Box::new(words.to_owned())));
        let name = match told {
            StoreError::Full(_) => "full",
            StoreError::Raced => "raced",
            _ => "other",
        };
        assert_eq!((name, told.passes()), expected, "{words}");
    }
}

/// SQLite takes the transaction back by itself then: that there is none left to take back is not what is said, and the store goes on.
#[test]
fn a_full_disk_is_said_and_the_next_write_is_as_any_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&format!("sqlite:{}", folder.path().join("full.sqlite3").display()), 1).expect("a store");
    let fill = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) INSERT INTO t SELECT zeroblob(4000) FROM n";
    store.write(|session| execute(session.connection, "CREATE TABLE t (x BLOB)")).expect("a table");
    let refused = store.write(|session| {
        execute(session.connection, "PRAGMA max_page_count = 50")?;
        execute(session.connection, fill)
    });
    assert!(matches!(refused, Err(StoreError::Full(_))), "{refused:?}");
    let written = store.write(|session| {
        execute(session.connection, "PRAGMA max_page_count = 10000")?;
        execute(session.connection, fill)
    });
    assert!(written.is_ok(), "{written:?}");
}
