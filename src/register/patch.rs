//! What a version changed: a JSON patch (RFC 6902) from the one before.

use super::canonical::stored;
use super::read::owner;
use super::{Refusal, Register};
use crate::record::{Id, Siren};

impl Register {
    /// The patch that makes a version of a record out of the one before; the first comes out of nothing.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn version_patch(&self, authority: &Siren, kind: &str, id: Id, version: i32) -> Result<json_patch::Patch, Refusal> {
        self.store.read(|session| {
            if owner(session, id, kind)? != authority.as_str() {
                return Err(Refusal::NotFound);
            }
            let (authority, id) = (authority.as_str(), id.to_string());
            let after = session.version(authority, &id, version)?.ok_or(Refusal::NotFound)?;
            // The versions of a live sitting are not all documents: the one before is the last document.
            let heads = session.version_heads(authority, &id, 0, i64::MAX)?;
            let before = heads.iter().map(|head| head.version).filter(|number| *number < version).max();
            let before = match before {
                Some(number) => stored(&session.version(authority, &id, number)?.ok_or(Refusal::NotFound)?.document)?,
                None => serde_json::Value::Null,
            };
            Ok(json_patch::diff(&before, &stored(&after.document)?))
        })
    }
}
