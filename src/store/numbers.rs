//! Numbers of a body and year: reserved, minted or voided, one after the other.

use chrono::NaiveDateTime;
use diesel::dsl::max;
use diesel::prelude::*;

use super::schema::register_numbers;
use super::{Session, StoreError};

/// A number of the register.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = register_numbers, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct NumberRow {
    pub authority: String,
    pub body: String,
    pub year: i32,
    /// From 1.
    pub ordinal: i32,
    pub number: String,
    /// What @CTES makes of it: two numbers that come to the same cannot both be sent.
    pub collision: String,
    pub state: String,
    pub deliberation: Option<String>,
    /// Why it was voided.
    pub reason: Option<String>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: String,
}

impl Session<'_> {
    /// The last ordinal of a body and year; 0 where there is none yet.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn last_ordinal(&mut self, authority: &str, body: &str, year: i32) -> Result<i32, StoreError> {
        let of_year = register_numbers::table
            .filter(register_numbers::authority.eq(authority))
            .filter(register_numbers::body.eq(body))
            .filter(register_numbers::year.eq(year));
        Ok(of_year.select(max(register_numbers::ordinal)).first::<Option<i32>>(self.connection)?.unwrap_or(0))
    }

    /// Adds a number.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when another number of the year comes to the same on @CTES.
    pub fn add_number(&mut self, row: &NumberRow) -> Result<(), StoreError> {
        diesel::insert_into(register_numbers::table).values(row).execute(self.connection)?;
        Ok(())
    }

    /// Changes the state of a number.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn set_number(&mut self, row: &NumberRow) -> Result<(), StoreError> {
        diesel::update(register_numbers::table.find((&row.authority, &row.body, row.year, row.ordinal))).set(row).execute(self.connection)?;
        Ok(())
    }

    /// Whether a number of the year comes to the same on @CTES.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn number_collides(&mut self, authority: &str, year: i32, collision: &str) -> Result<bool, StoreError> {
        let same = register_numbers::table
            .filter(register_numbers::authority.eq(authority))
            .filter(register_numbers::year.eq(year))
            .filter(register_numbers::collision.eq(collision));
        Ok(diesel::select(diesel::dsl::exists(same)).get_result(self.connection)?)
    }

    /// The number that is reserved for an act or minted for it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn number_of_act(&mut self, authority: &str, deliberation: &str) -> Result<Option<NumberRow>, StoreError> {
        Ok(register_numbers::table
            .filter(register_numbers::authority.eq(authority))
            .filter(register_numbers::deliberation.eq(deliberation))
            .filter(register_numbers::state.ne("voided"))
            .order(register_numbers::ordinal)
            .select(NumberRow::as_select())
            .first(self.connection)
            .optional()?)
    }

    /// One number.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn number(&mut self, authority: &str, body: &str, year: i32, ordinal: i32) -> Result<Option<NumberRow>, StoreError> {
        Ok(register_numbers::table.find((authority, body, year, ordinal)).select(NumberRow::as_select()).first(self.connection).optional()?)
    }

    /// The numbers of a body and year, in order.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn numbers(&mut self, authority: &str, body: &str, year: i32) -> Result<Vec<NumberRow>, StoreError> {
        Ok(register_numbers::table
            .filter(register_numbers::authority.eq(authority))
            .filter(register_numbers::body.eq(body))
            .filter(register_numbers::year.eq(year))
            .order(register_numbers::ordinal)
            .select(NumberRow::as_select())
            .load(self.connection)?)
    }
}
