use std::collections::HashSet;

/// What was revoked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Revoked {
    /// One token, by its identifier.
    Jti(String),
    /// Every token of a subject.
    Sub(String),
}

/// Everything that is revoked.
#[derive(Default)]
pub struct Revocations {
    jtis: HashSet<String>,
    subs: HashSet<String>,
}

impl Revocations {
    pub fn add(&mut self, revoked: Revoked) {
        match revoked {
            Revoked::Jti(jti) => self.jtis.insert(jti),
            Revoked::Sub(sub) => self.subs.insert(sub),
        };
    }

    pub fn hold(&self, jti: &str, sub: &str) -> bool {
        self.jtis.contains(jti) || self.subs.contains(sub)
    }
}

impl FromIterator<Revoked> for Revocations {
    fn from_iter<I: IntoIterator<Item = Revoked>>(all: I) -> Self {
        let mut revocations = Self::default();
        all.into_iter().for_each(|revoked| revocations.add(revoked));
        revocations
    }
}
