//! What a token lets its bearer do.

use std::collections::BTreeSet;

use crate::vocabulary;

vocabulary! {
    /// What a token lets its bearer do. A scope never implies another one, not even `admin`.
    Scope {
        DirectoryWrite = "directory:write", "tenir l'annuaire (instances, élus, groupes, mandats)", "keep the directory (bodies, people, groups, mandates)";
        SittingsWrite = "sittings:write", "tenir les séances", "keep the sittings";
        DeliberationsWrite = "deliberations:write", "tenir les délibérations", "keep the deliberations";
        FindingsWaive = "findings:waive", "passer outre un constat, avec un motif", "waive a finding, with a reason";
        ActsSeal = "acts:seal", "sceller les actes", "seal acts";
        ActsTransmit = "acts:transmit", "télétransmettre les actes", "transmit acts";
        ActsPublish = "acts:publish", "publier les actes", "publish acts";
        ActsRectify = "acts:rectify", "rectifier les actes", "rectify acts";
        RecordsRead = "records:read", "lire ce qui n'est pas encore public", "read what is not public yet";
        RestrictedRead = "restricted:read", "lire les mentions réservées", "read the restricted particulars";
        AuditRead = "audit:read", "lire le journal", "read the audit log";
        IntegrationsManage = "integrations:manage", "gérer les intégrations", "manage the integrations";
        Admin = "admin", "administrer le registre", "administer the register";
    }
}

/// The scopes of a token, in the order of the vocabulary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Reads the `scope` claim: words separated by spaces (RFC 8693 section 4.2, RFC 6749 section 3.3). Unknown words are ignored: an
    /// identity provider puts there those of its other applications too.
    pub fn parse(claim: &str) -> Self {
        claim.split(' ').filter_map(|word| word.parse().ok()).collect()
    }

    /// Every scope, for the demonstration.
    pub fn all() -> Self {
        Scope::MEMBERS.iter().filter_map(|member| member.value.parse().ok()).collect()
    }

    pub fn contains(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = Scope> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().collect())
    }
}

/// The text of the `scope` claim.
impl std::fmt::Display for Scopes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words: Vec<_> = self.iter().map(Scope::wire).collect();
        f.write_str(&words.join(" "))
    }
}
