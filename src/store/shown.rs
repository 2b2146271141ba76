//! What the public is shown, and what it was once shown and is no more: for readers that keep a copy and have to be told what to drop. Of what
//! was never shown nothing is found here.
//!
//! A record that was made internal counts as gone since then, whatever has happened to it since. The change log tells when.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamp};

use super::connection::{AnyConnection, on_either};
use super::parts::{AGENDA_ITEM, CONSULTATION, LOCATION, OPINION};
use super::schema::{deliberations, directory, files, sittings, versions};
use super::{DeliberationRow, DirectoryRow, FileRow, Session, StoreError};

/// Kinds of what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shown {
    Authority,
    /// Bodies and groups.
    Organization,
    Person,
    Mandate,
    Sitting,
    AgendaItem,
    /// Where a sitting is held, if its record says.
    Location,
    Deliberation,
    /// An act on an agenda, or before a committee.
    Consultation,
    File,
}

/// Which lines of a list. Bounds are inclusive; none bounds nothing.
#[derive(Clone, Debug, Default)]
pub struct ShownFilter {
    /// Sittings: the body. Files: the role, without which there are none.
    pub scope: String,
    pub created_since: Option<NaiveDateTime>,
    pub created_until: Option<NaiveDateTime>,
    /// With it, what is gone is listed as well.
    pub modified_since: Option<NaiveDateTime>,
    pub modified_until: Option<NaiveDateTime>,
    /// After the line with this identifier, kind and part; none: from the beginning.
    pub after: Option<(String, String, String)>,
    /// So many lines further on.
    pub offset: i64,
    pub limit: i64,
}

/// Something that is shown, or was.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
pub struct ShownLine {
    /// Of a part: that of its record. Of an authority: its SIREN.
    #[diesel(sql_type = Text)]
    pub id: String,
    /// Of a part: its kind.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// Of a part: which one; the item, the place in a list.
    #[diesel(sql_type = Text)]
    pub part: String,
    #[diesel(sql_type = Timestamp)]
    pub created_at: NaiveDateTime,
    /// Of what is gone: when it went.
    #[diesel(sql_type = Timestamp)]
    pub modified_at: NaiveDateTime,
    #[diesel(sql_type = Bool)]
    pub deleted: bool,
}

impl ShownLine {
    /// Whether it is the opinion of a committee on an act.
    pub fn is_opinion(&self) -> bool {
        self.kind == OPINION
    }
}

/// Whose mandates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MandatesOf {
    Body,
    Person,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// When a row was last made internal.
fn hidden(row: &str) -> String {
    format!(
        "(SELECT max(h.recorded_at) FROM changes h WHERE h.authority = {row}.authority AND h.record = {row}.id \
         AND h.action IN ('internal', 'replaced: internal'))"
    )
}

/// The latest change of what a row shows along with itself: as far as that is shown, or was.
fn latest(part: &str, condition: &str) -> String {
    let hidden = hidden("p");
    format!("(SELECT max(CASE WHEN p.visibility = 'public' THEN p.modified_at ELSE {hidden} END) FROM {part} p WHERE {condition})")
}

/// Rows that have a visibility. The change log notes a change a moment after its row: none changes before it is there.
fn records(table: &str, parts_at: &str, condition: &str) -> String {
    let hidden = hidden("r");
    format!(
        "SELECT t.id, '' AS kind, '' AS part, t.created_at, \
             CASE WHEN t.visibility <> 'public' THEN t.hidden_at WHEN t.parts_at > t.modified_at AND t.parts_at > t.created_at THEN t.parts_at \
                 WHEN t.modified_at > t.created_at THEN t.modified_at ELSE t.created_at END AS modified_at, \
             CASE WHEN t.visibility = 'public' THEN FALSE ELSE TRUE END AS deleted \
         FROM (SELECT r.authority, r.id, r.visibility, r.modified_at, {hidden} AS hidden_at, {parts_at} AS parts_at, \
             (SELECT min(c.recorded_at) FROM changes c WHERE c.authority = r.authority AND c.record = r.id) AS created_at \
             FROM {table} r WHERE {condition}) t \
         WHERE t.visibility = 'public' OR t.hidden_at IS NOT NULL"
    )
}

/// Parts of records: gone with their record, or taken out of it.
fn parts(kinds: &[&str], records: &str) -> String {
    let kinds = kinds.join("', '");
    format!(
        "SELECT p.record AS id, p.kind, p.part, p.created_at, \
             CASE WHEN r.deleted OR p.removed_at IS NULL THEN r.modified_at ELSE p.removed_at END AS modified_at, \
             CASE WHEN r.deleted OR p.removed_at IS NOT NULL THEN TRUE ELSE FALSE END AS deleted \
         FROM record_parts p JOIN ({records}) r ON r.id = p.record WHERE p.authority = $1 AND p.kind IN ('{kinds}') AND p.shown"
    )
}

impl Shown {
    /// Everything of a kind: `$1` is the authority, of authorities empty for all; `$2` the scope.
    fn sql(self) -> String {
        let own = "r.modified_at";
        let mandates = |of: &str| latest("directory", &format!("p.authority = r.authority AND p.kind = 'mandate' AND p.{of} = r.id"));
        let sittings = |condition: &str| records("sittings", &latest("deliberations", "p.authority = r.authority AND p.sitting = r.id"), condition);
        // A draft that was shown, made internal and then deleted is one that is gone, too.
        let acts = || records("deliberations", own, "r.authority = $1");
        match self {
            Self::Authority => {
                let table = "(SELECT authority, authority AS id, visibility, modified_at FROM authorities)";
                records(table, own, "r.authority = $1 OR $1 = ''")
            }
            Self::Organization => records("directory", &mandates("body"), "r.authority = $1 AND r.kind IN ('body', 'group')"),
            Self::Person => records("directory", &mandates("person"), "r.authority = $1 AND r.kind = 'person'"),
            Self::Mandate => records("directory", own, "r.authority = $1 AND r.kind = 'mandate'"),
            Self::Sitting => sittings("r.authority = $1 AND ($2 = '' OR r.body = $2)"),
            Self::AgendaItem => parts(&[AGENDA_ITEM], &sittings("r.authority = $1")),
            Self::Location => parts(&[LOCATION], &sittings("r.authority = $1")),
            Self::Deliberation => acts(),
            Self::Consultation => parts(&[CONSULTATION, OPINION], &acts()),
            Self::File => format!(
                "SELECT f.id, '' AS kind, '' AS part, f.recorded_at AS created_at, r.modified_at, r.deleted \
                 FROM files f JOIN ({} UNION ALL {}) r ON r.id = f.record \
                 WHERE f.authority = $1 AND f.role = $2 AND (NOT r.deleted OR f.recorded_at <= r.modified_at)",
                records("sittings", own, "r.authority = $1"),
                acts()
            ),
        }
    }
}

/// Identifiers as a list of SQL. They come from columns of identifiers; whatever has another letter in it names nothing.
fn listed(ids: &[String]) -> String {
    let plain = ids.iter().filter(|id| id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    plain.map(|id| format!("'{id}'")).collect::<Vec<_>>().join(", ")
}

const FILTER: &str = "($3 IS NULL OR shown.created_at >= $3) AND ($4 IS NULL OR shown.created_at <= $4) AND ($5 IS NULL OR shown.modified_at >= $5) \
                      AND ($6 IS NULL OR shown.modified_at <= $6) AND ($5 IS NOT NULL OR NOT shown.deleted)";

impl Session<'_> {
    /// SQLite numbers its variables with another sign.
    fn for_engine(&self, sql: String) -> String {
        match self.connection {
            AnyConnection::Postgresql(_) => sql,
            AnyConnection::Sqlite(_) => sql.replace('$', "?"),
        }
    }

    /// A page of what is shown of a kind, in the order of identifiers, which never changes.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn shown(&mut self, kind: Shown, authority: &str, filter: &ShownFilter) -> Result<Vec<ShownLine>, StoreError> {
        let sql = format!(
            "SELECT * FROM ({}) shown WHERE {FILTER} AND ($9 = '' OR (id, kind, part) > ($9, $10, $11)) ORDER BY id, kind, part LIMIT $7 OFFSET $8",
            kind.sql()
        );
        let sql = self.for_engine(sql);
        let (id, part_kind, part) = filter.after.clone().unwrap_or_default();
        Ok(on_either!(self.connection, c => diesel::sql_query(sql)
            .bind::<Text, _>(authority)
            .bind::<Text, _>(&filter.scope)
            .bind::<Nullable<Timestamp>, _>(filter.created_since)
            .bind::<Nullable<Timestamp>, _>(filter.created_until)
            .bind::<Nullable<Timestamp>, _>(filter.modified_since)
            .bind::<Nullable<Timestamp>, _>(filter.modified_until)
            .bind::<BigInt, _>(filter.limit)
            .bind::<BigInt, _>(filter.offset)
            .bind::<Text, _>(id)
            .bind::<Text, _>(part_kind)
            .bind::<Text, _>(part)
            .load(c))?)
    }

    /// How many there are on all pages.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn count_shown(&mut self, kind: Shown, authority: &str, filter: &ShownFilter) -> Result<i64, StoreError> {
        let sql = self.for_engine(format!("SELECT count(*) AS number FROM ({}) shown WHERE {FILTER}", kind.sql()));
        let counted: Number = on_either!(self.connection, c => diesel::sql_query(sql)
            .bind::<Text, _>(authority)
            .bind::<Text, _>(&filter.scope)
            .bind::<Nullable<Timestamp>, _>(filter.created_since)
            .bind::<Nullable<Timestamp>, _>(filter.created_until)
            .bind::<Nullable<Timestamp>, _>(filter.modified_since)
            .bind::<Nullable<Timestamp>, _>(filter.modified_until)
            .get_result(c))?;
        Ok(counted.number)
    }

    /// What is shown, or was, under these identifiers; of parts, all those of these records.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn shown_among(&mut self, kind: Shown, authority: &str, scope: &str, ids: &[String]) -> Result<Vec<ShownLine>, StoreError> {
        let mut found = Vec::new();
        for some in ids.chunks(500) {
            let sql = format!("SELECT * FROM ({}) shown WHERE $2 = $2 AND id IN ({}) ORDER BY id, kind, part", kind.sql(), listed(some));
            let sql = self.for_engine(sql);
            let lines: Vec<ShownLine> = on_either!(self.connection, c => diesel::sql_query(sql)
                .bind::<Text, _>(authority)
                .bind::<Text, _>(scope)
                .load(c))?;
            found.extend(lines);
        }
        Ok(found)
    }

    /// The mandates of bodies or persons that anyone may read, in the order of their identifiers.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn public_mandates(&mut self, authority: &str, of: MandatesOf, ids: &[String]) -> Result<Vec<DirectoryRow>, StoreError> {
        let mut found = Vec::new();
        for some in ids.chunks(500) {
            let query = directory::table
                .filter(directory::authority.eq(authority))
                .filter(directory::kind.eq("mandate"))
                .filter(directory::visibility.eq("public"))
                .order(directory::id)
                .select(DirectoryRow::as_select())
                .into_boxed();
            let query = match of {
                MandatesOf::Body => query.filter(directory::body.eq_any(some)),
                MandatesOf::Person => query.filter(directory::person.eq_any(some)),
            };
            found.extend(query.load(self.connection)?);
        }
        Ok(found)
    }

    /// Which of these identifiers are those of entries or sittings that anyone may read.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn readable_among(&mut self, authority: &str, ids: &[String]) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        for some in ids.chunks(500) {
            let entries = directory::table
                .filter(directory::authority.eq(authority))
                .filter(directory::visibility.eq("public"))
                .filter(directory::id.eq_any(some))
                .select(directory::id);
            found.extend(entries.load::<String>(self.connection)?);
            let sittings = sittings::table
                .filter(sittings::authority.eq(authority))
                .filter(sittings::visibility.eq("public"))
                .filter(sittings::id.eq_any(some))
                .select(sittings::id);
            found.extend(sittings.load::<String>(self.connection)?);
        }
        Ok(found)
    }

    /// The acts that anyone may read among these, or of these sittings, each with its document, in the order of their identifiers.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn readable_acts(
        &mut self,
        authority: &str,
        acts_or_sittings: &[String],
        of_sittings: bool,
    ) -> Result<Vec<(DeliberationRow, Vec<u8>)>, StoreError> {
        let mut found = Vec::new();
        for some in acts_or_sittings.chunks(500) {
            let now = versions::authority
                .eq(deliberations::authority)
                .and(versions::record.eq(deliberations::id))
                .and(versions::version.eq(deliberations::version));
            let query = deliberations::table
                .inner_join(versions::table.on(now))
                .filter(deliberations::authority.eq(authority))
                .filter(deliberations::visibility.eq("public"))
                .filter(deliberations::deleted.eq(false))
                .order(deliberations::id)
                .select((DeliberationRow::as_select(), versions::document))
                .into_boxed();
            let query = if of_sittings { query.filter(deliberations::sitting.eq_any(some)) } else { query.filter(deliberations::id.eq_any(some)) };
            found.extend(query.load(self.connection)?);
        }
        Ok(found)
    }

    /// The files of a role that these records have, or that are these, in the order in which they came.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn files_in_role(&mut self, authority: &str, role: &str, files_or_records: &[String]) -> Result<Vec<FileRow>, StoreError> {
        let mut found = Vec::new();
        for some in files_or_records.chunks(400) {
            let among = files::table
                .filter(files::authority.eq(authority))
                .filter(files::role.eq(role))
                .filter(files::record.eq_any(some).or(files::id.eq_any(some)))
                .order(files::id)
                .select(FileRow::as_select());
            found.extend(among.load(self.connection)?);
        }
        Ok(found)
    }
}
