//! Which records anyone may read, and when each last changed: what a map of the site is made from.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{max, min};
use diesel::prelude::*;

use super::schema::{deliberations, sittings};
use super::{Session, StoreError};

/// Identifier, and last change.
pub type Changed = (String, NaiveDateTime);

impl Session<'_> {
    /// Public sittings of some days, from the latest to the earliest.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn public_sittings(&mut self, authority: &str, days: (NaiveDate, NaiveDate), limit: i64) -> Result<Vec<Changed>, StoreError> {
        Ok(sittings::table
            .filter(sittings::authority.eq(authority))
            .filter(sittings::visibility.eq("public"))
            .filter(sittings::date.between(days.0, days.1))
            .order((sittings::date.desc(), sittings::id.desc()))
            .limit(limit)
            .select((sittings::id, sittings::modified_at))
            .load(self.connection)?)
    }

    /// Public deliberations of sittings of some days, from the latest to the earliest.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn public_deliberations(&mut self, authority: &str, days: (NaiveDate, NaiveDate), limit: i64) -> Result<Vec<Changed>, StoreError> {
        Ok(deliberations::table
            .filter(deliberations::authority.eq(authority))
            .filter(deliberations::visibility.eq("public"))
            .filter(deliberations::deleted.eq(false))
            .filter(deliberations::date.between(days.0, days.1))
            .order((deliberations::date.desc(), deliberations::id.desc()))
            .limit(limit)
            .select((deliberations::id, deliberations::modified_at))
            .load(self.connection)?)
    }

    /// The first and the last day of an authority's public sittings and deliberations; none where nothing is public.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn public_days(&mut self, authority: &str) -> Result<Option<(NaiveDate, NaiveDate)>, StoreError> {
        type Days = (Option<NaiveDate>, Option<NaiveDate>);
        let of_sittings: Days = sittings::table
            .filter(sittings::authority.eq(authority))
            .filter(sittings::visibility.eq("public"))
            .select((min(sittings::date), max(sittings::date)))
            .first(self.connection)?;
        let of_acts: Days = deliberations::table
            .filter(deliberations::authority.eq(authority))
            .filter(deliberations::visibility.eq("public"))
            .filter(deliberations::deleted.eq(false))
            .select((min(deliberations::date), max(deliberations::date)))
            .first(self.connection)?;
        let first = of_sittings.0.into_iter().chain(of_acts.0).min();
        let last = of_sittings.1.into_iter().chain(of_acts.1).max();
        Ok(first.zip(last))
    }
}
