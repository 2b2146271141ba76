use std::collections::HashSet;

use crate::record::Siren;

/// What was revoked, within an authority: the issuers of two authorities may use the same words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Revoked {
    /// One token, by its identifier.
    Jti { authority: Siren, jti: String },
    /// Every token of a subject.
    Sub { authority: Siren, sub: String },
}

impl Revoked {
    /// A revocation as the store has it; none where it cannot be read.
    pub fn read(authority: &str, claim: &str, value: &str) -> Option<Self> {
        let (authority, value) = (authority.parse().ok()?, value.to_owned());
        match claim {
            "jti" => Some(Self::Jti { authority, jti: value }),
            "sub" => Some(Self::Sub { authority, sub: value }),
            _ => None,
        }
    }
}

/// Everything that is revoked.
#[derive(Default)]
pub struct Revocations(HashSet<Revoked>);

impl Revocations {
    pub fn add(&mut self, revoked: Revoked) {
        self.0.insert(revoked);
    }

    pub fn hold(&self, authority: &Siren, jti: &str, sub: &str) -> bool {
        !self.0.is_empty()
            && (self.0.contains(&Revoked::Jti { authority: authority.clone(), jti: jti.to_owned() })
                || self.0.contains(&Revoked::Sub { authority: authority.clone(), sub: sub.to_owned() }))
    }
}

impl FromIterator<Revoked> for Revocations {
    fn from_iter<I: IntoIterator<Item = Revoked>>(all: I) -> Self {
        Self(all.into_iter().collect())
    }
}
