//! Tokens taken back before they expire, by `jti` or by `sub`, within their authority.

use diesel::prelude::*;

use super::schema::revocations;
use super::{Session, StoreError, now};

impl Session<'_> {
    /// Takes back every token with this value of the claim. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn revoke(&mut self, authority: &str, claim: &str, value: &str, by: &str) -> Result<(), StoreError> {
        let found: Option<String> =
            revocations::table.find((authority, claim, value)).select(revocations::value).first(self.connection).optional()?;
        if found.is_none() {
            let row = (
                revocations::authority.eq(authority),
                revocations::claim.eq(claim),
                revocations::value.eq(value),
                revocations::recorded_at.eq(now()),
                revocations::recorded_by.eq(by),
            );
            diesel::insert_into(revocations::table).values(row).execute(self.connection)?;
        }
        Ok(())
    }

    /// Every revocation: authority, claim, value.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn revocations(&mut self) -> Result<Vec<(String, String, String)>, StoreError> {
        Ok(revocations::table.select((revocations::authority, revocations::claim, revocations::value)).load(self.connection)?)
    }
}
