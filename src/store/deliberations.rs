//! Deliberations: the columns that lists filter and show. The act itself is a version.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::directory::anywhere;
use super::schema::{act_items, act_matters, act_numbers, attendance_rows, ballot_items, deliberations, external_ids, tally_rows};
use super::{Session, StoreError};

/// A stored deliberation, without its document.
#[derive(Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = deliberations, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct DeliberationRow {
    pub authority: String,
    pub id: String,
    pub sitting: String,
    /// The body and the date are those of the sitting.
    pub body: String,
    pub date: NaiveDate,
    pub number: Option<String>,
    pub title: String,
    pub kind: String,
    pub outcome: String,
    pub workflow: String,
    pub visibility: String,
    /// A draft that was deleted: only this row is left of it.
    pub deleted: bool,
    pub version: i32,
    pub digest: String,
    /// Folded text in which `q` looks.
    pub search: String,
    pub modified_at: NaiveDateTime,
}

/// Which deliberations to list.
#[derive(Clone, Debug, Default)]
pub struct DeliberationFilter {
    pub public_only: bool,
    pub body: Option<String>,
    pub sitting: Option<String>,
    pub number: Option<String>,
    pub date_from: Option<NaiveDate>,
    pub date_to: Option<NaiveDate>,
    pub status: Option<String>,
    pub outcome: Option<String>,
    pub member: Option<String>,
    pub group: Option<String>,
    /// A path of the ACTES nomenclature: itself and all under it.
    pub matter_code: Option<String>,
    pub external_id: Option<(String, String)>,
    /// Words, folded; all must be there.
    pub words: Vec<String>,
    pub modified_since: Option<NaiveDateTime>,
    /// From the earliest to the latest, where that is asked for.
    pub oldest_first: bool,
    /// Before this date and identifier, or after them where the list is turned round.
    pub after: Option<(NaiveDate, String)>,
    pub limit: i64,
}

impl Session<'_> {
    /// One deliberation.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn deliberation(&mut self, authority: &str, id: &str) -> Result<Option<DeliberationRow>, StoreError> {
        Ok(deliberations::table.find((authority, id)).select(DeliberationRow::as_select()).first(self.connection).optional()?)
    }

    /// The deliberations of a sitting that are not deleted, in the order of their identifiers.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn deliberations_of(&mut self, authority: &str, sitting: &str) -> Result<Vec<DeliberationRow>, StoreError> {
        Ok(deliberations::table
            .filter(deliberations::authority.eq(authority))
            .filter(deliberations::sitting.eq(sitting))
            .filter(deliberations::deleted.eq(false))
            .order(deliberations::id)
            .select(DeliberationRow::as_select())
            .load(self.connection)?)
    }

    /// Adds a deliberation, whose identifier is claimed already.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when it is there.
    pub fn add_deliberation(&mut self, row: &DeliberationRow) -> Result<(), StoreError> {
        match &mut self.waiting {
            Some(waiting) => waiting.deliberations.push(row.clone()),
            None => drop(diesel::insert_into(deliberations::table).values(row).execute(self.connection)?),
        }
        Ok(())
    }

    /// Replaces a deliberation that still has this version; whether it had.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn replace_deliberation(&mut self, row: &DeliberationRow, version: i32) -> Result<bool, StoreError> {
        let as_read = deliberations::table.find((&row.authority, &row.id)).filter(deliberations::version.eq(version));
        Ok(diesel::update(as_read).set(row).execute(self.connection)? == 1)
    }

    /// Deliberations by date, without the deleted ones.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn deliberations(&mut self, authority: &str, filter: &DeliberationFilter) -> Result<Vec<DeliberationRow>, StoreError> {
        use deliberations::dsl;
        let owner = || authority.to_owned();
        let mut query = deliberations::table
            .filter(dsl::authority.eq(owner()))
            .filter(dsl::deleted.eq(false))
            .limit(filter.limit)
            .select(DeliberationRow::as_select())
            .into_boxed();
        query = if filter.oldest_first { query.order((dsl::date.asc(), dsl::id.asc())) } else { query.order((dsl::date.desc(), dsl::id.desc())) };
        if filter.public_only {
            query = query.filter(dsl::visibility.eq("public"));
        }
        if let Some(body) = &filter.body {
            query = query.filter(dsl::body.eq(body.clone()));
        }
        if let Some(sitting) = &filter.sitting {
            query = query.filter(dsl::sitting.eq(sitting.clone()));
        }
        if let Some(day) = filter.date_from {
            query = query.filter(dsl::date.ge(day));
        }
        if let Some(day) = filter.date_to {
            query = query.filter(dsl::date.le(day));
        }
        if let Some(status) = &filter.status {
            query = query.filter(dsl::workflow.eq(status.clone()));
        }
        if let Some(outcome) = &filter.outcome {
            query = query.filter(dsl::outcome.eq(outcome.clone()));
        }
        for word in &filter.words {
            query = query.filter(dsl::search.like(anywhere(word)).escape('\\'));
        }
        if let Some(moment) = filter.modified_since {
            query = query.filter(dsl::modified_at.ge(moment));
        }
        match &filter.after {
            Some((date, id)) if filter.oldest_first => query = query.filter(dsl::date.gt(*date).or(dsl::date.eq(*date).and(dsl::id.gt(id.clone())))),
            Some((date, id)) => query = query.filter(dsl::date.lt(*date).or(dsl::date.eq(*date).and(dsl::id.lt(id.clone())))),
            None => {}
        }
        if let Some(number) = &filter.number {
            let numbered = act_numbers::table
                .filter(act_numbers::authority.eq(owner()))
                .filter(act_numbers::kind.eq("act"))
                .filter(act_numbers::value.eq(number.clone()))
                .select(act_numbers::deliberation);
            query = query.filter(dsl::id.eq_any(numbered));
        }
        if let Some(path) = &filter.matter_code {
            let coded = act_matters::table
                .filter(act_matters::authority.eq(owner()))
                .filter(act_matters::path.like(format!("{path}.%")))
                .select(act_matters::deliberation);
            query = query.filter(dsl::id.eq_any(coded));
        }
        if let Some((scheme, value)) = &filter.external_id {
            let named = external_ids::table
                .filter(external_ids::authority.eq(owner()))
                .filter(external_ids::scheme.eq(scheme.clone()))
                .filter(external_ids::value.eq(value.clone()))
                .select(external_ids::record);
            query = query.filter(dsl::id.eq_any(named));
        }
        if let Some(member) = &filter.member {
            let listed = attendance_rows::table
                .filter(attendance_rows::authority.eq(owner()))
                .filter(attendance_rows::person.eq(member.clone()))
                .select(attendance_rows::sitting);
            query = query.filter(dsl::sitting.eq_any(listed));
        }
        if let Some(group) = &filter.group {
            // Items and ballots are known by their identifiers within their sitting only.
            let covered = ballot_items::authority.eq(act_items::authority).and(ballot_items::item.eq(act_items::item));
            let counted = tally_rows::authority.eq(ballot_items::authority).and(tally_rows::sitting.eq(ballot_items::sitting));
            let voted = act_items::table
                .inner_join(ballot_items::table.on(covered))
                .inner_join(tally_rows::table.on(counted.and(tally_rows::ballot.eq(ballot_items::ballot))))
                .filter(act_items::authority.eq(dsl::authority))
                .filter(act_items::deliberation.eq(dsl::id))
                .filter(ballot_items::sitting.eq(dsl::sitting))
                .filter(tally_rows::political_group.eq(group.clone()));
            query = query.filter(diesel::dsl::exists(voted));
        }
        Ok(query.load(self.connection)?)
    }
}

impl Session<'_> {
    /// The agenda items that the acts of a sitting come from: deliberation, item.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn items_with_acts(&mut self, authority: &str, sitting: &str) -> Result<Vec<(String, String)>, StoreError> {
        Ok(act_items::table
            .inner_join(deliberations::table.on(deliberations::authority.eq(act_items::authority).and(deliberations::id.eq(act_items::deliberation))))
            .filter(act_items::authority.eq(authority))
            .filter(deliberations::sitting.eq(sitting))
            .order((act_items::deliberation, act_items::position))
            .select((act_items::deliberation, act_items::item))
            .load(self.connection)?)
    }

    /// Gives the acts of a sitting its date; a sealed one keeps that under which it was sealed.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn set_date_of_acts(&mut self, authority: &str, sitting: &str, date: NaiveDate) -> Result<(), StoreError> {
        let acts = deliberations::table
            .filter(deliberations::authority.eq(authority))
            .filter(deliberations::sitting.eq(sitting))
            .filter(deliberations::workflow.ne("sealed"));
        diesel::update(acts).set(deliberations::date.eq(date)).execute(self.connection)?;
        Ok(())
    }

    /// Notes that the answer of a deliberation has changed with its sitting.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn touch_deliberation(&mut self, authority: &str, id: &str, at: NaiveDateTime) -> Result<(), StoreError> {
        diesel::update(deliberations::table.find((authority, id))).set(deliberations::modified_at.eq(at)).execute(self.connection)?;
        Ok(())
    }

    /// Sets where a deliberation stands.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn set_workflow(&mut self, authority: &str, id: &str, workflow: &str, at: NaiveDateTime) -> Result<(), StoreError> {
        diesel::update(deliberations::table.find((authority, id)))
            .set((deliberations::workflow.eq(workflow), deliberations::modified_at.eq(at)))
            .execute(self.connection)?;
        Ok(())
    }

    /// The deliberations of the sittings of a day that are not deleted.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn deliberations_on(&mut self, authority: &str, date: NaiveDate) -> Result<Vec<String>, StoreError> {
        Ok(deliberations::table
            .filter(deliberations::authority.eq(authority))
            .filter(deliberations::date.eq(date))
            .filter(deliberations::deleted.eq(false))
            .order(deliberations::id)
            .select(deliberations::id)
            .load(self.connection)?)
    }

    /// The numbers of the acts of an authority and year that are not deleted.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn numbers_of_acts(&mut self, authority: &str, year: i32) -> Result<Vec<String>, StoreError> {
        let (Some(first), Some(last)) = (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31)) else { return Ok(Vec::new()) };
        let numbers: Vec<Option<String>> = deliberations::table
            .filter(deliberations::authority.eq(authority))
            .filter(deliberations::deleted.eq(false))
            .filter(deliberations::date.between(first, last))
            .filter(deliberations::number.is_not_null())
            .select(deliberations::number)
            .load(self.connection)?;
        Ok(numbers.into_iter().flatten().collect())
    }

    /// Numbers that several acts of a body and year have, sorted.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn printed_twice(&mut self, authority: &str, body: &str, year: i32) -> Result<Vec<String>, StoreError> {
        use diesel::dsl::count_star;
        let (Some(first), Some(last)) = (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31)) else { return Ok(Vec::new()) };
        let numbers: Vec<Option<String>> = deliberations::table
            .filter(deliberations::authority.eq(authority))
            .filter(deliberations::body.eq(body))
            .filter(deliberations::deleted.eq(false))
            .filter(deliberations::date.between(first, last))
            .filter(deliberations::number.is_not_null())
            .group_by(deliberations::number)
            .having(count_star().gt(1))
            .order(deliberations::number)
            .select(deliberations::number)
            .load(self.connection)?;
        Ok(numbers.into_iter().flatten().collect())
    }

    /// Sets who may read a deliberation.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn set_deliberation_visibility(&mut self, authority: &str, id: &str, visibility: &str, at: NaiveDateTime) -> Result<(), StoreError> {
        diesel::update(deliberations::table.find((authority, id)))
            .set((deliberations::visibility.eq(visibility), deliberations::modified_at.eq(at)))
            .execute(self.connection)?;
        if visibility == "public" { self.show_parts(authority, id) } else { Ok(()) }
    }
}
