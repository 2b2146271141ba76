//! What open data are made from: everything public of an authority, a page at a time, in an order that new records only add to.

use chrono::NaiveDate;
use diesel::dsl::{max, min};
use diesel::prelude::*;

use super::schema::{act_facts, deliberations, directory, finding_rows, log_entries, sittings, versions};
use super::{FactRow, Session, StoreError};

/// A public act with its document.
#[derive(Queryable)]
pub struct PublicActRow {
    pub id: String,
    pub sitting: String,
    pub date: NaiveDate,
    pub number: Option<String>,
    pub workflow: String,
    pub version: i32,
    pub document: Vec<u8>,
    /// The document that the seal keeps, of a sealed act.
    pub sealed: Option<Vec<u8>>,
}

/// After which date and identifier a page begins.
pub type Place = (NaiveDate, String);

/// Those after a place. The plain bound on the date is what an index can use.
macro_rules! after {
    ($query:expr, $table:ident, $after:expr) => {
        match $after {
            Some((date, id)) => $query.filter($table::date.ge(*date)).filter($table::date.gt(*date).or($table::id.gt(id.clone()))),
            None => $query,
        }
    };
}

impl Session<'_> {
    /// Public acts from the earliest to the latest, after a place.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn public_acts(&mut self, authority: &str, after: Option<&Place>, limit: i64) -> Result<Vec<PublicActRow>, StoreError> {
        let document = versions::authority
            .eq(deliberations::authority)
            .and(versions::record.eq(deliberations::id))
            .and(versions::version.eq(deliberations::version));
        let sealed = log_entries::authority.eq(deliberations::authority).and(log_entries::deliberation.eq(deliberations::id));
        let query = deliberations::table
            .inner_join(versions::table.on(document))
            .left_join(log_entries::table.on(sealed))
            .filter(deliberations::authority.eq(authority.to_owned()))
            .filter(deliberations::visibility.eq("public"))
            .filter(deliberations::deleted.eq(false))
            .order((deliberations::date, deliberations::id))
            .limit(limit)
            .select((
                deliberations::id,
                deliberations::sitting,
                deliberations::date,
                deliberations::number,
                deliberations::workflow,
                deliberations::version,
                versions::document,
                log_entries::document.nullable(),
            ))
            .into_boxed();
        Ok(after!(query, deliberations, after).load(self.connection)?)
    }

    /// The places of public acts from the earliest to the latest, after a place.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn public_act_places(&mut self, authority: &str, after: Option<&Place>, limit: i64) -> Result<Vec<Place>, StoreError> {
        let query = deliberations::table
            .filter(deliberations::authority.eq(authority.to_owned()))
            .filter(deliberations::visibility.eq("public"))
            .filter(deliberations::deleted.eq(false))
            .order((deliberations::date, deliberations::id))
            .limit(limit)
            .select((deliberations::date, deliberations::id))
            .into_boxed();
        Ok(after!(query, deliberations, after).load(self.connection)?)
    }

    /// The places of public sittings from the earliest to the latest, after a place.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn public_sitting_places(&mut self, authority: &str, after: Option<&Place>, limit: i64) -> Result<Vec<Place>, StoreError> {
        let query = sittings::table
            .filter(sittings::authority.eq(authority.to_owned()))
            .filter(sittings::visibility.eq("public"))
            .order((sittings::date, sittings::id))
            .limit(limit)
            .select((sittings::date, sittings::id))
            .into_boxed();
        Ok(after!(query, sittings, after).load(self.connection)?)
    }

    /// The first and the last day of the public acts; none where there are none.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn days_of_public_acts(&mut self, authority: &str) -> Result<Option<(NaiveDate, NaiveDate)>, StoreError> {
        let public = deliberations::table
            .filter(deliberations::authority.eq(authority))
            .filter(deliberations::visibility.eq("public"))
            .filter(deliberations::deleted.eq(false));
        let (first, last): (Option<NaiveDate>, Option<NaiveDate>) =
            public.select((min(deliberations::date), max(deliberations::date))).first(self.connection)?;
        Ok(first.zip(last))
    }

    /// The facts on several acts, in the order in which they were recorded.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn facts_on(&mut self, authority: &str, acts: &[&str]) -> Result<Vec<FactRow>, StoreError> {
        Ok(act_facts::table
            .filter(act_facts::authority.eq(authority))
            .filter(act_facts::deliberation.eq_any(acts))
            .order((act_facts::deliberation, act_facts::sequence))
            .select(FactRow::as_select())
            .load(self.connection)?)
    }

    /// The findings that the index holds on several records: record, code, subject.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn findings_on(&mut self, authority: &str, records: &[&str]) -> Result<Vec<(String, String, String)>, StoreError> {
        Ok(finding_rows::table
            .filter(finding_rows::authority.eq(authority))
            .filter(finding_rows::record.eq_any(records))
            .select((finding_rows::record, finding_rows::code, finding_rows::subject))
            .load(self.connection)?)
    }

    /// Which of these entries of the directory are public.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn public_among(&mut self, authority: &str, ids: &[&str]) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        // Below the number of variables that a statement may have.
        for some in ids.chunks(500) {
            let public = directory::table
                .filter(directory::authority.eq(authority))
                .filter(directory::id.eq_any(some))
                .filter(directory::visibility.eq("public"))
                .select(directory::id);
            found.extend(public.load::<String>(self.connection)?);
        }
        Ok(found)
    }
}
