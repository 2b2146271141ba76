//! Tokens taken back before they expire.

use super::{Actor, Refusal, Register};
use crate::store::StoreError;

impl Register {
    /// Takes back the tokens of the actor's authority with this `jti` or `sub`.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn revoke(&self, actor: &Actor, claim: &str, value: &str) -> Result<(), Refusal> {
        self.store.write(|session| Ok(session.revoke(actor.authority.as_str(), claim, value, &actor.sub)?))
    }

    /// Every revocation: authority, claim (`jti` or `sub`), value.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn revocations(&self) -> Result<Vec<(String, String, String)>, StoreError> {
        self.store.read(|session| session.revocations())
    }
}
