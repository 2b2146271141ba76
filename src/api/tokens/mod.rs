//! Who is asking: bearer tokens (JWT, RFC 7519) verified against a set of keys (JWKS, RFC 7517).
//!
//! [`bearer`] takes the token out of the header, [`Verifier`] tells whose it is, [`KeySet`] knows the keys and notices when they change,
//! [`LocalKey`] is the register's own key, with which [`mint`] signs.

mod bearer;
mod claims;
mod error;
mod fetch;
pub mod issuer;
mod jwk;
mod keys;
mod local;
mod mint;
mod provider;
mod revoked;
mod scope;
mod verify;

#[cfg(test)]
mod tests;

pub use bearer::bearer;
pub use claims::{Caller, Claims};
pub use error::TokenError;
pub use issuer::Issuer;
pub use jwk::KeysError;
pub use keys::{KeySet, KeysConfig};
pub use local::LocalKey;
pub use mint::mint;
pub use revoked::Revoked;
pub use scope::{Scope, Scopes};
pub use verify::{Trusted, Verifier, VerifierConfig};
