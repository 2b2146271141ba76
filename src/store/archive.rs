//! The tables as an archive has them: one JSON object a row, the same whichever engine wrote it; streamed out in an order of their own, and back in.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::connection::DefaultLoadingMode;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::AnyConnection;
use super::{Session, StoreError, schema};

/// Tables that are not archived: answers kept for a day, imports that go on or went on here (what was imported, and under which keys, is), webhooks (a
/// copy calls nobody), and what acts are found by, which is made anew.
pub const NOT_ARCHIVED: [&str; 9] = [
    "act_search",
    "answer_generations",
    "idempotency_keys",
    "import_errors",
    "imports",
    "prepared_answers",
    "webhook_attempts",
    "webhook_deliveries",
    "webhooks",
];

/// Takes a line, without its end.
pub type EachLine<'a, E> = &'a mut dyn FnMut(&[u8]) -> Result<(), E>;

fn corrupt(error: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt(error.to_string())
}

/// A stored document is JSON, and stands in the line as it is, byte for byte.
mod document {
    use serde::de::Deserializer;
    use serde::ser::{Error, Serializer};
    use serde::{Deserialize, Serialize};
    use serde_json::value::RawValue;

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        let text = std::str::from_utf8(bytes).map_err(S::Error::custom)?;
        RawValue::from_string(text.to_owned()).map_err(S::Error::custom)?.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        Ok(Box::<RawValue>::deserialize(deserializer)?.get().as_bytes().to_vec())
    }
}

mod hexadecimal {
    use serde::de::{Deserializer, Error};
    use serde::ser::Serializer;
    use serde::{Deserialize, Serialize};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        hex::encode(bytes).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        hex::decode(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The order of a table: its key. Entries of the directory that others refer to come first.
macro_rules! in_order {
    (directory, $query:expr) => {
        $query.order((
            schema::directory::kind.eq_any(["body", "group", "person"]).desc(),
            schema::directory::authority.asc(),
            schema::directory::id.asc(),
        ))
    };
    ($table:ident, $query:expr) => {
        $query.order(schema::$table::table.primary_key())
    };
}

macro_rules! archived {
    ($($table:ident { $($column:ident: $type:ty $(= $with:literal)?),+ $(,)? })+) => {
        $(
            #[allow(non_camel_case_types, reason = "named as its table")]
            #[derive(Queryable, Selectable, Insertable, Serialize, Deserialize)]
            #[diesel(table_name = schema::$table, treat_none_as_default_value = false)]
            #[serde(deny_unknown_fields)]
            struct $table { $($(#[serde(with = $with)])? $column: $type),+ }
        )+

        /// The tables that are archived, each after those that it refers to.
        pub const ARCHIVED: &[&str] = &[$(stringify!($table)),+];

        impl Session<'_> {
            /// Every row of a table, of one authority or of all, as lines in order; one row at a time is in memory.
            ///
            /// # Errors
            /// [`StoreError::Database`], [`StoreError::Corrupt`]; those of `each`.
            pub fn archive<E: From<StoreError>>(&mut self, table: &str, authority: Option<&str>, each: EachLine<'_, E>) -> Result<(), E> {
                match table {
                    $(stringify!($table) => match &mut *self.connection {
                        AnyConnection::Sqlite(c) => {
                            let mut query = in_order!($table, schema::$table::table.select($table::as_select())).into_boxed::<diesel::sqlite::Sqlite>();
                            if let Some(authority) = authority {
                                query = query.filter(schema::$table::authority.eq(authority));
                            }
                            for row in query.load_iter::<$table, DefaultLoadingMode>(c).map_err(StoreError::from)? {
                                each(&serde_json::to_vec(&row.map_err(StoreError::from)?).map_err(corrupt)?)?;
                            }
                            Ok(())
                        }
                        AnyConnection::Postgresql(c) => {
                            let mut query = in_order!($table, schema::$table::table.select($table::as_select())).into_boxed::<diesel::pg::Pg>();
                            if let Some(authority) = authority {
                                query = query.filter(schema::$table::authority.eq(authority));
                            }
                            for row in query.load_iter::<$table, PgRowByRowLoadingMode>(c).map_err(StoreError::from)? {
                                each(&serde_json::to_vec(&row.map_err(StoreError::from)?).map_err(corrupt)?)?;
                            }
                            Ok(())
                        }
                    },)+
                    other => Err(corrupt(format!("there is no table {other:?}")).into()),
                }
            }

            /// Writes the rows that some lines of an archive tell.
            ///
            /// # Errors
            /// [`StoreError::Corrupt`] where a line is no row of the table, [`StoreError::Database`].
            pub fn restore(&mut self, table: &str, lines: &[&[u8]]) -> Result<(), StoreError> {
                match table {
                    $(stringify!($table) => {
                        let rows: Vec<$table> = lines.iter().map(|line| serde_json::from_slice(line)).collect::<Result<_, _>>().map_err(corrupt)?;
                        match &mut *self.connection {
                            AnyConnection::Sqlite(c) => {
                                for row in &rows {
                                    diesel::insert_into(schema::$table::table).values(row).execute(c)?;
                                }
                            }
                            AnyConnection::Postgresql(c) => {
                                diesel::copy_from(schema::$table::table).from_insertable(&rows).execute(c)?;
                            }
                        }
                        Ok(())
                    })+
                    other => Err(corrupt(format!("there is no table {other:?}"))),
                }
            }

            /// The first table that holds something, of all that are archived.
            ///
            /// # Errors
            /// [`StoreError::Database`].
            pub fn first_in_use(&mut self) -> Result<Option<&'static str>, StoreError> {
                $(
                    if diesel::select(diesel::dsl::exists(schema::$table::table.select(schema::$table::authority))).get_result::<bool>(self.connection)? {
                        return Ok(Some(stringify!($table)));
                    }
                )+
                Ok(None)
            }
        }

        /// Checks that a line is a row of a table.
        ///
        /// # Errors
        /// [`StoreError::Corrupt`].
        pub fn check_archived(table: &str, line: &[u8]) -> Result<(), StoreError> {
            match table {
                $(stringify!($table) => serde_json::from_slice::<$table>(line).map(drop).map_err(corrupt),)+
                other => Err(corrupt(format!("there is no table {other:?}"))),
            }
        }

        /// The columns of every archived table: `table.column`, for the test that compares them with the catalogue.
        pub const ARCHIVED_COLUMNS: &[&str] = &[$($(concat!(stringify!($table), ".", stringify!($column))),+),+];
    };
}

// What is recorded first, then the index rows.
archived! {
    authorities {
        authority: String,
        name: String,
        visibility: String,
        version: i32,
        digest: String,
        entry: Vec<u8> = "document",
        modified_at: NaiveDateTime,
    }
    identifiers { id: String, authority: String, kind: String }
    directory {
        authority: String,
        id: String,
        kind: String,
        name: String,
        body: Option<String>,
        person: Option<String>,
        political_group: Option<String>,
        valid_from: Option<NaiveDate>,
        valid_to: Option<NaiveDate>,
        visibility: String,
        version: i32,
        digest: String,
        entry: Vec<u8> = "document",
        modified_at: NaiveDateTime,
    }
    sittings {
        authority: String,
        id: String,
        body: String,
        date: NaiveDate,
        origin: String,
        visibility: String,
        version: i32,
        document_version: i32,
        digest: String,
        modified_at: NaiveDateTime,
    }
    sitting_entries {
        authority: String,
        sitting: String,
        version: i32,
        kind: String,
        document: Vec<u8> = "document",
        recorded_at: NaiveDateTime,
        recorded_by: String,
    }
    deliberations {
        authority: String,
        id: String,
        sitting: String,
        body: String,
        date: NaiveDate,
        number: Option<String>,
        title: String,
        kind: String,
        outcome: String,
        workflow: String,
        visibility: String,
        deleted: bool,
        version: i32,
        digest: String,
        search: String,
        modified_at: NaiveDateTime,
    }
    versions {
        authority: String,
        record: String,
        version: i32,
        document: Vec<u8> = "document",
        digest: String,
        recorded_at: NaiveDateTime,
        recorded_by: String,
        reason: Option<String>,
    }
    changes {
        authority: String,
        sequence: i64,
        kind: String,
        record: String,
        version: i32,
        action: String,
        recorded_at: NaiveDateTime,
        recorded_by: String,
        subject: String,
        part: String,
        event: Option<String>,
        public_event: Option<String>,
    }
    change_heads { authority: String, sequence: i64, told_after: i64 }
    act_facts {
        authority: String,
        deliberation: String,
        sequence: i32,
        fact: String,
        kind: String,
        happened_on: NaiveDate,
        document: Vec<u8> = "document",
        recorded_at: NaiveDateTime,
        recorded_by: String,
    }
    rectifications {
        authority: String,
        deliberation: String,
        sequence: i32,
        rectification: String,
        kind: String,
        by_act: Option<String>,
        document: Vec<u8> = "document",
        recorded_at: NaiveDateTime,
        recorded_by: String,
    }
    register_numbers {
        authority: String,
        body: String,
        year: i32,
        ordinal: i32,
        number: String,
        collision: String,
        state: String,
        deliberation: Option<String>,
        reason: Option<String>,
        recorded_at: NaiveDateTime,
        recorded_by: String,
    }
    log_entries {
        authority: String,
        leaf: i64,
        deliberation: String,
        entry: Vec<u8> = "document",
        document: Vec<u8> = "document",
        sealed_at: NaiveDateTime,
        sealed_by: String,
    }
    log_nodes { authority: String, level: i32, node: i64, hash: Vec<u8> = "hexadecimal" }
    log_checkpoints { authority: String, size: i64, note: String, signed_at: NaiveDateTime }
    files {
        authority: String,
        id: String,
        record: String,
        version: i32,
        role: String,
        name: String,
        media_type: String,
        size: i64,
        sha256: String,
        recorded_at: NaiveDateTime,
        recorded_by: String,
    }
    revocations { authority: String, claim: String, value: String, recorded_at: NaiveDateTime, recorded_by: String }
    restricted_reads { authority: String, id: String, operation: String, record: Option<String>, read_at: NaiveDateTime, read_by: String }
    import_keys { authority: String, import_key: String, record: String, digest: String }
    record_parts {
        authority: String,
        record: String,
        kind: String,
        part: String,
        created_at: NaiveDateTime,
        shown: bool,
        removed_at: Option<NaiveDateTime>,
    }
    act_standings {
        authority: String,
        deliberation: String,
        date: NaiveDate,
        transmissible: String,
        enforceable_on: Option<NaiveDate>,
        transmitted_on: Option<NaiveDate>,
        publication_ends: Option<NaiveDate>,
    }
    act_numbers { authority: String, deliberation: String, position: i32, kind: String, value: String }
    act_items { authority: String, deliberation: String, position: i32, item: String }
    act_matters { authority: String, deliberation: String, position: i32, path: String }
    external_ids { authority: String, record: String, position: i32, scheme: String, value: String }
    attendance_rows {
        authority: String,
        sitting: String,
        list: i32,
        position: i32,
        person: Option<String>,
        printed: Option<String>,
        status: String,
        voting_right: String,
    }
    proxy_rows { authority: String, sitting: String, position: i32, giver: Option<String>, holder: Option<String> }
    recusal_rows { authority: String, sitting: String, position: i32, recusal: String, item: Option<String>, person: Option<String>, kind: String }
    ballot_rows { authority: String, sitting: String, ballot: String, kind: String, mode: String, target: String, outcome: String }
    ballot_items { authority: String, sitting: String, ballot: String, position: i32, item: String }
    tally_rows {
        authority: String,
        sitting: String,
        ballot: String,
        position: i32,
        answer: String,
        voter_kind: Option<String>,
        political_group: Option<String>,
        person: Option<String>,
        votes: Option<i32>,
    }
    vote_rows {
        authority: String,
        sitting: String,
        ballot: String,
        position: i32,
        person: Option<String>,
        answer: String,
        holder: Option<String>,
        basis: String,
    }
    budget_rows {
        authority: String,
        deliberation: String,
        position: i32,
        operation: Option<String>,
        entry: Option<String>,
        nature: Option<String>,
        function: Option<String>,
        expense_cents: Option<i64>,
        revenue_cents: Option<i64>,
        currency: Option<String>,
    }
    beneficiary_rows {
        authority: String,
        deliberation: String,
        position: i32,
        kind: String,
        name: Option<String>,
        siret: Option<String>,
        cents: Option<i64>,
        currency: Option<String>,
        granted_cents: Option<i64>,
        who: Option<String>,
    }
    finding_rows {
        authority: String,
        record: String,
        version: i32,
        position: i32,
        code: String,
        severity: String,
        subject: String,
        decisive: Option<bool>,
    }
}

/// A file that rows name: authority, SHA-256, bytes.
pub type ArchivedFile = (String, String, i64);

impl Session<'_> {
    /// The files that rows name, each once, after one, in order.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn archived_files(&mut self, authority: Option<&str>, after: (&str, &str), limit: i64) -> Result<Vec<ArchivedFile>, StoreError> {
        use schema::files::dsl;
        let mut query = schema::files::table
            .select((dsl::authority, dsl::sha256, dsl::size))
            .distinct()
            .filter(dsl::authority.gt(after.0.to_owned()).or(dsl::authority.eq(after.0.to_owned()).and(dsl::sha256.gt(after.1.to_owned()))))
            .order((dsl::authority, dsl::sha256))
            .limit(limit)
            .into_boxed();
        if let Some(authority) = authority {
            query = query.filter(dsl::authority.eq(authority.to_owned()));
        }
        Ok(query.load(self.connection)?)
    }

    /// Lets rows refer to rows that come after them, until the end of the transaction. PostgreSQL is given each after those that it refers to.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn defer_references(&mut self) -> Result<(), StoreError> {
        match &mut *self.connection {
            AnyConnection::Sqlite(c) => Ok(diesel::connection::SimpleConnection::batch_execute(c, "PRAGMA defer_foreign_keys = ON")?),
            AnyConnection::Postgresql(_) => Ok(()),
        }
    }
}
