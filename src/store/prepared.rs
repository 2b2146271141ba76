//! Public answers made beforehand.
//!
//! One is begun, made from what a later transaction reads, and kept if it is still there: a change in between has taken it away.

use diesel::prelude::*;

use super::schema::{answer_generations, deliberations, prepared_answers};
use super::{Session, StoreError};
use crate::record::Id;

/// A public answer as it is kept.
pub struct PreparedRow {
    pub authority: String,
    /// `deliberation`.
    pub kind: String,
    pub etag: String,
    /// LZ4, with the size before it.
    pub bytes: Vec<u8>,
}

#[derive(Insertable)]
#[diesel(table_name = prepared_answers, treat_none_as_default_value = false)]
struct Begun<'a> {
    authority: &'a str,
    record: &'a str,
    generation: i64,
    program: &'a str,
    draft: &'a str,
    etag: &'a str,
    bytes: Option<Vec<u8>>,
}

impl Session<'_> {
    /// The answer about a record, if it was made by this program and still holds.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn prepared(&mut self, id: Id, program: &str) -> Result<Option<PreparedRow>, StoreError> {
        let Some((authority, kind)) = self.owner(id)? else { return Ok(None) };
        let counted = answer_generations::generation.nullable();
        let found = prepared_answers::table
            .left_join(answer_generations::table.on(answer_generations::authority.eq(prepared_answers::authority)))
            .filter(prepared_answers::authority.eq(&authority))
            .filter(prepared_answers::record.eq(id.to_string()))
            .filter(prepared_answers::program.eq(program))
            .filter(counted.eq(prepared_answers::generation.nullable()).or(counted.is_null().and(prepared_answers::generation.eq(0i64))))
            .select((prepared_answers::etag, prepared_answers::bytes));
        let found: Option<(String, Option<Vec<u8>>)> = found.first(self.connection).optional()?;
        Ok(found.and_then(|(etag, bytes)| Some(PreparedRow { authority, kind, etag, bytes: bytes? })))
    }

    fn generation(&mut self, authority: &str) -> Result<i64, StoreError> {
        let found = answer_generations::table.find(authority).select(answer_generations::generation);
        Ok(found.first(self.connection).optional()?.unwrap_or_default())
    }

    /// The public acts of an authority whose answers have yet to be made, in the order of their identifiers.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn unprepared(&mut self, authority: &str, after: &str, program: &str, limit: i64) -> Result<Vec<String>, StoreError> {
        let generation = self.generation(authority)?;
        let there = prepared_answers::table
            .filter(prepared_answers::authority.eq(deliberations::authority))
            .filter(prepared_answers::record.eq(deliberations::id))
            .filter(prepared_answers::program.eq(program))
            .filter(prepared_answers::generation.eq(generation))
            .filter(prepared_answers::bytes.is_not_null());
        Ok(deliberations::table
            .filter(deliberations::authority.eq(authority))
            .filter(deliberations::id.gt(after))
            .filter(deliberations::visibility.eq("public"))
            .filter(deliberations::deleted.eq(false))
            .filter(diesel::dsl::not(diesel::dsl::exists(there)))
            .order(deliberations::id)
            .limit(limit)
            .select(deliberations::id)
            .load(self.connection)?)
    }

    /// Begins the answers to these acts, those that are public. Wants [`Self::alone`]: a change that is under way would not see them.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn begin_prepared(&mut self, authority: &str, acts: &[String], program: &str, draft: &str) -> Result<(), StoreError> {
        let public: Vec<String> = deliberations::table
            .filter(deliberations::authority.eq(authority))
            .filter(deliberations::id.eq_any(acts))
            .filter(deliberations::visibility.eq("public"))
            .filter(deliberations::deleted.eq(false))
            .select(deliberations::id)
            .load(self.connection)?;
        self.drop_prepared(authority, acts)?;
        let generation = self.generation(authority)?;
        for record in &public {
            let row = Begun { authority, record, generation, program, draft, etag: "", bytes: None };
            diesel::insert_into(prepared_answers::table).values(&row).execute(self.connection)?;
        }
        Ok(())
    }

    /// Keeps an answer that was begun, unless a change took it away.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn keep_prepared(&mut self, authority: &str, record: &str, draft: &str, etag: &str, bytes: Vec<u8>) -> Result<bool, StoreError> {
        let begun = prepared_answers::table.find((authority, record)).filter(prepared_answers::draft.eq(draft));
        let made = (prepared_answers::etag.eq(etag), prepared_answers::bytes.eq(Some(bytes)));
        Ok(diesel::update(begun).set(made).execute(self.connection)? == 1)
    }

    /// Takes away the answers to these records.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn drop_prepared(&mut self, authority: &str, records: &[String]) -> Result<(), StoreError> {
        let of_records = prepared_answers::table.filter(prepared_answers::authority.eq(authority)).filter(prepared_answers::record.eq_any(records));
        diesel::delete(of_records).execute(self.connection)?;
        Ok(())
    }

    /// Says that no answer of an authority holds any more.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn outdate_prepared(&mut self, authority: &str) -> Result<(), StoreError> {
        let known = answer_generations::table.find(authority);
        if diesel::update(known).set(answer_generations::generation.eq(answer_generations::generation + 1)).execute(self.connection)? == 0 {
            let first = (answer_generations::authority.eq(authority), answer_generations::generation.eq(1i64));
            diesel::insert_into(answer_generations::table).values(first).execute(self.connection)?;
        }
        Ok(())
    }
}
