//! The name of a log.

use crate::record::Siren;

/// The origin of a log: the first line of its checkpoints, and the name of the key that signs them (C2SP `tlog-checkpoint`: the two should be
/// the same; here they must be). A URL without scheme that ends with the SIREN of the authority, so that the signature says whose log it is,
/// even when it is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    name: String,
    authority: Siren,
}

/// What cannot name a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the origin of a log is a name without spaces, controls and +, then / and the SIREN of the authority")]
pub struct NotAnOrigin;

impl Origin {
    /// The origin of an authority's log in a register: `registre.example` and 226200012 make `registre.example/226200012`.
    ///
    /// # Errors
    /// [`NotAnOrigin`] if the register's name is empty or has characters that a key name may not have.
    pub fn of(register: &str, authority: &Siren) -> Result<Self, NotAnOrigin> {
        format!("{register}/{authority}").parse()
    }

    pub fn as_str(&self) -> &str {
        &self.name
    }

    pub const fn authority(&self) -> &Siren {
        &self.authority
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

impl std::str::FromStr for Origin {
    type Err = NotAnOrigin;
    fn from_str(name: &str) -> Result<Self, NotAnOrigin> {
        let (register, authority) = name.rsplit_once('/').ok_or(NotAnOrigin)?;
        if !signed_note::is_key_name_valid(register) || register.chars().any(char::is_control) {
            return Err(NotAnOrigin);
        }
        let authority = authority.parse().map_err(|_| NotAnOrigin)?;
        Ok(Self { name: name.to_owned(), authority })
    }
}
