//! Authorities, and the dated entries of their directory: bodies, groups, persons, mandates, and the registers kept beside them.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::schema::{authorities, directory};
use super::{Session, StoreError};

/// A stored authority.
#[derive(Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = authorities, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct AuthorityRow {
    pub authority: String,
    pub name: String,
    pub visibility: String,
    pub version: i32,
    pub digest: String,
    pub entry: Vec<u8>,
    pub modified_at: NaiveDateTime,
}

/// The kinds of directory entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    Body,
    Group,
    Person,
    Mandate,
    InterestDeclaration,
    SignatureDelegation,
    PowersDelegation,
}

impl EntryKind {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Group => "group",
            Self::Person => "person",
            Self::Mandate => "mandate",
            Self::InterestDeclaration => "interest_declaration",
            Self::SignatureDelegation => "signature_delegation",
            Self::PowersDelegation => "powers_delegation",
        }
    }

    /// What stands in an address.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Body => "bodies",
            Self::Group => "groups",
            Self::Person => "persons",
            Self::Mandate => "mandates",
            Self::InterestDeclaration => "interest-declarations",
            Self::SignatureDelegation => "signature-delegations",
            Self::PowersDelegation => "powers-delegations",
        }
    }

    /// Whether it is only for who may see restricted fields: everyone else is answered as if there were none.
    pub const fn restricted(self) -> bool {
        matches!(self, Self::InterestDeclaration)
    }
}

impl std::str::FromStr for EntryKind {
    type Err = StoreError;
    fn from_str(word: &str) -> Result<Self, StoreError> {
        let all =
            [Self::Body, Self::Group, Self::Person, Self::Mandate, Self::InterestDeclaration, Self::SignatureDelegation, Self::PowersDelegation];
        all.into_iter().find(|kind| kind.word() == word).ok_or_else(|| StoreError::Corrupt(format!("a kind of entry {word:?}")))
    }
}

/// A stored entry of the directory.
#[derive(Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = directory, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct DirectoryRow {
    pub authority: String,
    pub id: String,
    pub kind: String,
    /// What a search looks in: folded names; of a register's entry, its folded texts.
    pub name: String,
    pub body: Option<String>,
    pub person: Option<String>,
    pub political_group: Option<String>,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    pub visibility: String,
    pub version: i32,
    pub digest: String,
    pub entry: Vec<u8>,
    pub modified_at: NaiveDateTime,
}

/// Which entries to list.
#[derive(Clone, Debug, Default)]
pub struct DirectoryFilter {
    pub public_only: bool,
    /// Part of a name, folded.
    pub name: Option<String>,
    pub body: Option<String>,
    pub person: Option<String>,
    pub political_group: Option<String>,
    /// Valid on this day; an unknown bound bounds nothing.
    pub on: Option<NaiveDate>,
    pub modified_since: Option<NaiveDateTime>,
    /// After this identifier.
    pub after: Option<String>,
    pub limit: i64,
}

/// A pattern that finds a text anywhere, with the characters that LIKE takes for its own escaped.
pub(super) fn anywhere(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

impl Session<'_> {
    /// Whether no authority is there yet, one, or several: a list without a token needs to name one when there are several.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn some_authorities(&mut self) -> Result<Vec<String>, StoreError> {
        Ok(authorities::table.order(authorities::authority).limit(2).select(authorities::authority).load(self.connection)?)
    }

    /// Every authority, for who runs the register.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn every_authority(&mut self) -> Result<Vec<String>, StoreError> {
        Ok(authorities::table.order(authorities::authority).select(authorities::authority).load(self.connection)?)
    }

    /// One authority.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn authority(&mut self, siren: &str) -> Result<Option<AuthorityRow>, StoreError> {
        if let Some(row) = self.waiting.as_ref().and_then(|waiting| waiting.authority.as_ref()).filter(|row| row.authority == siren) {
            return Ok(Some(row.clone()));
        }
        let found = authorities::table.find(siren).select(AuthorityRow::as_select()).first(self.connection).optional()?;
        if let Some(waiting) = &mut self.waiting {
            waiting.authority.clone_from(&found);
        }
        Ok(found)
    }

    /// Authorities in the order of their SIREN: the public ones, and that of the reader.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn authorities(&mut self, own: Option<&str>, after: Option<&str>, limit: i64) -> Result<Vec<AuthorityRow>, StoreError> {
        Ok(authorities::table
            .filter(authorities::visibility.eq("public").or(authorities::authority.eq(own.unwrap_or_default())))
            .filter(authorities::authority.gt(after.unwrap_or_default()))
            .order(authorities::authority)
            .limit(limit)
            .select(AuthorityRow::as_select())
            .load(self.connection)?)
    }

    /// Adds an authority.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when it is there.
    pub fn add_authority(&mut self, row: &AuthorityRow) -> Result<(), StoreError> {
        diesel::insert_into(authorities::table).values(row).execute(self.connection)?;
        self.start_log(&row.authority)
    }

    /// Replaces an authority that still has the version before that of `row`; whether it had.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn replace_authority(&mut self, row: &AuthorityRow) -> Result<bool, StoreError> {
        let as_read = authorities::table.find(&row.authority).filter(authorities::version.eq(row.version - 1));
        Ok(diesel::update(as_read).set(row).execute(self.connection)? == 1)
    }

    /// One entry.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn directory_entry(&mut self, authority: &str, id: &str) -> Result<Option<DirectoryRow>, StoreError> {
        if let Some(row) = self.waiting.as_ref().and_then(|waiting| waiting.entries.get(id)).filter(|row| row.authority == authority) {
            return Ok(Some(row.clone()));
        }
        let found = directory::table.find((authority, id)).select(DirectoryRow::as_select()).first(self.connection).optional()?;
        if let (Some(waiting), Some(row)) = (&mut self.waiting, &found) {
            waiting.entries.insert(id.to_owned(), row.clone());
        }
        Ok(found)
    }

    /// Adds an entry, whose identifier is claimed already.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when it is there.
    pub fn add_directory_entry(&mut self, row: &DirectoryRow) -> Result<(), StoreError> {
        // Its identifier may wait.
        self.settle()?;
        diesel::insert_into(directory::table).values(row).execute(self.connection)?;
        Ok(())
    }

    /// Replaces an entry that still has the version before that of `row`; whether it had.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn replace_directory_entry(&mut self, row: &DirectoryRow) -> Result<bool, StoreError> {
        let as_read = directory::table.find((&row.authority, &row.id)).filter(directory::version.eq(row.version - 1));
        Ok(diesel::update(as_read).set(row).execute(self.connection)? == 1)
    }

    /// Which of these identifiers are entries of a kind in an authority, sorted.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn known_entries(&mut self, authority: &str, kind: EntryKind, ids: &[String]) -> Result<Vec<String>, StoreError> {
        let held = self.waiting.as_ref().map(|waiting| &waiting.known);
        let is_held = |id: &&String| held.is_some_and(|held| held.contains(&(kind.word(), (*id).clone())));
        let (mut known, asked): (Vec<String>, Vec<String>) =
            (ids.iter().filter(is_held).cloned().collect(), ids.iter().filter(|id| !is_held(id)).cloned().collect());
        // Below the number of variables that a statement may have.
        for some in asked.chunks(500) {
            known.extend(
                directory::table
                    .filter(directory::authority.eq(authority))
                    .filter(directory::kind.eq(kind.word()))
                    .filter(directory::id.eq_any(some))
                    .select(directory::id)
                    .load::<String>(self.connection)?,
            );
        }
        if let Some(waiting) = &mut self.waiting {
            waiting.known.extend(known.iter().map(|id| (kind.word(), id.clone())));
        }
        known.sort();
        Ok(known)
    }

    /// The entries of a kind among these identifiers.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn entries_among(&mut self, authority: &str, kind: EntryKind, ids: &[String]) -> Result<Vec<DirectoryRow>, StoreError> {
        let mut found = Vec::new();
        // Below the number of variables that a statement may have.
        for some in ids.chunks(500) {
            let among = directory::table
                .filter(directory::authority.eq(authority))
                .filter(directory::kind.eq(kind.word()))
                .filter(directory::id.eq_any(some))
                .select(DirectoryRow::as_select());
            found.extend(among.load(self.connection)?);
        }
        Ok(found)
    }

    /// Entries of a kind in the order of their identifiers.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn directory_entries(&mut self, authority: &str, kind: EntryKind, filter: &DirectoryFilter) -> Result<Vec<DirectoryRow>, StoreError> {
        let mut query = directory::table
            .filter(directory::authority.eq(authority.to_owned()))
            .filter(directory::kind.eq(kind.word()))
            .order(directory::id)
            .limit(filter.limit)
            .select(DirectoryRow::as_select())
            .into_boxed();
        if filter.public_only {
            query = query.filter(directory::visibility.eq("public"));
        }
        if let Some(name) = &filter.name {
            query = query.filter(directory::name.like(anywhere(name)).escape('\\'));
        }
        if let Some(body) = &filter.body {
            query = query.filter(directory::body.eq(body.clone()));
        }
        if let Some(person) = &filter.person {
            query = query.filter(directory::person.eq(person.clone()));
        }
        if let Some(group) = &filter.political_group {
            query = query.filter(directory::political_group.eq(group.clone()));
        }
        if let Some(day) = filter.on {
            query = query
                .filter(directory::valid_from.is_null().or(directory::valid_from.le(day)))
                .filter(directory::valid_to.is_null().or(directory::valid_to.ge(day)));
        }
        if let Some(moment) = filter.modified_since {
            query = query.filter(directory::modified_at.ge(moment));
        }
        if let Some(after) = &filter.after {
            query = query.filter(directory::id.gt(after.clone()));
        }
        Ok(query.load(self.connection)?)
    }
}
