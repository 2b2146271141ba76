//! What becomes of an act: facts and rectifications, only ever added; and the index row that says what they come to.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::max;
use diesel::prelude::*;

use super::schema::{act_facts, act_standings, deliberations, rectifications};
use super::{DeliberationRow, Session, StoreError};

/// A stored fact.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = act_facts, treat_none_as_default_value = false)]
pub struct FactRow {
    pub authority: String,
    pub deliberation: String,
    /// Its place in the order of recording, from 1.
    pub sequence: i32,
    pub fact: String,
    pub kind: String,
    pub happened_on: NaiveDate,
    pub document: Vec<u8>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: String,
}

/// A stored rectification.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = rectifications, treat_none_as_default_value = false)]
pub struct RectificationRow {
    pub authority: String,
    pub deliberation: String,
    /// Its place in the order of recording, from 1.
    pub sequence: i32,
    pub rectification: String,
    pub kind: String,
    pub by_act: Option<String>,
    pub document: Vec<u8>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: String,
}

/// What the facts on an act come to.
#[derive(Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = act_standings, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct ActStandingRow {
    pub authority: String,
    pub deliberation: String,
    /// Of the sitting.
    pub date: NaiveDate,
    pub transmissible: String,
    pub enforceable_on: Option<NaiveDate>,
    pub transmitted_on: Option<NaiveDate>,
    pub publication_ends: Option<NaiveDate>,
}

/// Which acts to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    /// Not enforceable on the day, or suspended or ended when it was last looked at.
    NotEnforceable(NaiveDate),
    /// Publication ends from the first day to the last.
    PublicationEnds(NaiveDate, NaiveDate),
    /// Of a sitting on the day or before, to be transmitted, and not.
    NotTransmitted(NaiveDate),
}

impl Session<'_> {
    /// The facts on an act, in the order in which they were recorded.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn facts(&mut self, authority: &str, deliberation: &str) -> Result<Vec<FactRow>, StoreError> {
        Ok(act_facts::table
            .filter(act_facts::authority.eq(authority))
            .filter(act_facts::deliberation.eq(deliberation))
            .order(act_facts::sequence)
            .select(FactRow::as_select())
            .load(self.connection)?)
    }

    /// Adds a fact under the next number; its identifier is claimed already.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when another writer took the number.
    pub fn add_fact(&mut self, mut row: FactRow) -> Result<(), StoreError> {
        let last = act_facts::table.filter(act_facts::authority.eq(&row.authority)).filter(act_facts::deliberation.eq(&row.deliberation));
        row.sequence = last.select(max(act_facts::sequence)).first::<Option<i32>>(self.connection)?.unwrap_or(0) + 1;
        diesel::insert_into(act_facts::table).values(&row).execute(self.connection)?;
        Ok(())
    }

    /// The rectifications of an act, in the order in which they were recorded.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn rectifications(&mut self, authority: &str, deliberation: &str) -> Result<Vec<RectificationRow>, StoreError> {
        Ok(rectifications::table
            .filter(rectifications::authority.eq(authority))
            .filter(rectifications::deliberation.eq(deliberation))
            .order(rectifications::sequence)
            .select(RectificationRow::as_select())
            .load(self.connection)?)
    }

    /// The rectifications of other acts that this act makes.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn rectified_by(&mut self, authority: &str, deliberation: &str) -> Result<Vec<RectificationRow>, StoreError> {
        Ok(rectifications::table
            .filter(rectifications::authority.eq(authority))
            .filter(rectifications::by_act.eq(deliberation))
            .order((rectifications::deliberation, rectifications::sequence))
            .select(RectificationRow::as_select())
            .load(self.connection)?)
    }

    /// Adds a rectification under the next number; its identifier is claimed already.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when another writer took the number.
    pub fn add_rectification(&mut self, mut row: RectificationRow) -> Result<(), StoreError> {
        let last =
            rectifications::table.filter(rectifications::authority.eq(&row.authority)).filter(rectifications::deliberation.eq(&row.deliberation));
        row.sequence = last.select(max(rectifications::sequence)).first::<Option<i32>>(self.connection)?.unwrap_or(0) + 1;
        diesel::insert_into(rectifications::table).values(&row).execute(self.connection)?;
        Ok(())
    }

    /// Says what the facts on an act come to.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn index_standing(&mut self, row: &ActStandingRow) -> Result<(), StoreError> {
        if let Some(waiting) = &mut self.waiting {
            // A batch has new acts only.
            waiting.act_standings.push(row.clone());
            return Ok(());
        }
        let known = act_standings::table.find((&row.authority, &row.deliberation));
        if diesel::update(known).set(row).execute(self.connection)? == 0 {
            diesel::insert_into(act_standings::table).values(row).execute(self.connection)?;
        }
        Ok(())
    }

    /// Acts that want something, from the earliest sitting to the latest, after a date and an identifier.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn pending(
        &mut self,
        authority: &str,
        pending: Pending,
        after: Option<&(NaiveDate, String)>,
        limit: i64,
    ) -> Result<Vec<DeliberationRow>, StoreError> {
        use act_standings::dsl;
        let act = deliberations::authority.eq(dsl::authority).and(deliberations::id.eq(dsl::deliberation));
        let mut query = act_standings::table
            .inner_join(deliberations::table.on(act))
            .filter(dsl::authority.eq(authority.to_owned()))
            .filter(deliberations::deleted.eq(false))
            .order((dsl::date, dsl::deliberation))
            .limit(limit)
            .select(DeliberationRow::as_select())
            .into_boxed();
        query = match pending {
            Pending::NotEnforceable(day) => query.filter(dsl::enforceable_on.is_null().or(dsl::enforceable_on.gt(day))),
            Pending::PublicationEnds(from, to) => query.filter(dsl::publication_ends.between(from, to)),
            Pending::NotTransmitted(day) => {
                query.filter(dsl::transmitted_on.is_null()).filter(dsl::transmissible.eq("yes")).filter(dsl::date.le(day))
            }
        };
        if let Some((date, id)) = after {
            query = query.filter(dsl::date.gt(*date).or(dsl::date.eq(*date).and(dsl::deliberation.gt(id.clone()))));
        }
        Ok(query.load(self.connection)?)
    }
}
