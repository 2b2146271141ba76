//! An identity provider whose tokens are taken, as it is configured (OpenID Connect Discovery 1.0), and how its claims are read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Scopes, TokenError};
use crate::record::Siren;

/// An identity provider. Claims are named by JSON pointers (RFC 6901): `/realm_access/roles`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    /// What its subjects are told from those of others by: the register knows them as `name:sub`.
    pub name: String,
    /// `iss`, to the letter. What it publishes is at `/.well-known/openid-configuration` below it.
    pub issuer: String,
    /// `aud` must hold one of these. Empty: `aud` is not looked at, and `clients` must be given.
    #[serde(default)]
    pub audiences: Vec<String>,
    /// `azp`, or else `client_id`, must be one of these. Empty: it is not looked at.
    #[serde(default)]
    pub clients: Vec<String>,
    /// The authority of all that it lets in.
    pub authority: Option<Siren>,
    /// Where each token names its authority: a SIREN, or the SIRET of one of its establishments.
    pub authority_claim: Option<String>,
    /// Where there is a claim: the only authorities that it may name. Empty: any.
    #[serde(default)]
    pub authorities: Vec<Siren>,
    #[serde(default = "sub")]
    pub subject_claim: String,
    /// A text of words separated by spaces, or a list of them.
    #[serde(default = "scope")]
    pub scope_claim: String,
    /// What each word of that claim gives: scopes of the register, separated by spaces. Empty: the words are the scopes.
    #[serde(default)]
    pub scopes: BTreeMap<String, String>,
    /// Accept an `http://` address that is not this machine's.
    #[serde(default)]
    pub allow_plain_http: bool,
}

fn sub() -> String {
    "/sub".to_owned()
}

fn scope() -> String {
    "/scope".to_owned()
}

/// An issuer that cannot be used as it is configured.
#[derive(Debug, thiserror::Error)]
pub enum IssuerError {
    #[error("issuers: {0}: name is to be of letters, digits, '-' and '_', and each its own")]
    Name(String),
    #[error("issuers: {0}: give `authority` or `authority_claim`, and not both; `authorities` goes with the claim")]
    Authority(String),
    #[error("issuers: {0}: give `audiences` or `clients`: without either, a token for any application of the provider would do")]
    Audience(String),
    #[error("issuers: {0}: {1} is no JSON pointer: it begins with '/'")]
    Pointer(String, String),
    #[error("issuers: {0}: scopes: '{1}' is no scope of the register")]
    Scope(String, String),
    #[error("issuers: {0}: issuer is to be its own, and another one than the register's")]
    Twice(String),
}

/// Whether a list of issuers can be used beside the register's own.
///
/// # Errors
/// [`IssuerError`], naming the issuer and the key.
pub fn check(issuers: &[Issuer], own: &str) -> Result<(), IssuerError> {
    for (place, issuer) in issuers.iter().enumerate() {
        issuer.check()?;
        let others = || issuers.iter().take(place);
        if others().any(|other| other.name == issuer.name) {
            return Err(IssuerError::Name(issuer.name.clone()));
        }
        if issuer.issuer == own || others().any(|other| other.issuer == issuer.issuer) {
            return Err(IssuerError::Twice(issuer.name.clone()));
        }
    }
    Ok(())
}

impl Issuer {
    fn check(&self) -> Result<(), IssuerError> {
        let name = || self.name.clone();
        if self.name.is_empty() || !self.name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
            return Err(IssuerError::Name(name()));
        }
        if self.authority.is_some() == self.authority_claim.is_some() || (self.authority.is_some() && !self.authorities.is_empty()) {
            return Err(IssuerError::Authority(name()));
        }
        if self.audiences.is_empty() && self.clients.is_empty() {
            return Err(IssuerError::Audience(name()));
        }
        if let Some(pointer) =
            [Some(&self.subject_claim), Some(&self.scope_claim), self.authority_claim.as_ref()].into_iter().flatten().find(|p| !p.starts_with('/'))
        {
            return Err(IssuerError::Pointer(name(), pointer.clone()));
        }
        let mut words = self.scopes.values().flat_map(|words| words.split(' ')).filter(|word| !word.is_empty());
        match words.find(|word| *word != "all" && Scopes::parse(word).is_empty()) {
            Some(word) => Err(IssuerError::Scope(name(), word.to_owned())),
            None => Ok(()),
        }
    }

    /// Who the token says it is of, told from the subjects of other issuers.
    pub(super) fn subject(&self, claims: &Value) -> Result<String, TokenError> {
        let subject = claims.pointer(&self.subject_claim).and_then(Value::as_str).ok_or(TokenError::Claims("sub"))?;
        Ok(format!("{}:{subject}", self.name))
    }

    pub(super) fn authority(&self, claims: &Value) -> Result<Siren, TokenError> {
        let Some(pointer) = &self.authority_claim else { return self.authority.clone().ok_or(TokenError::Claims("authority")) };
        let named: String = claims.pointer(pointer).and_then(Value::as_str).unwrap_or_default().split_whitespace().collect();
        // A SIRET is the SIREN and the number of the establishment.
        let siren = if named.len() == 14 && named.is_ascii() { named.get(..9).unwrap_or_default() } else { &named };
        let siren: Siren = siren.parse().map_err(|_| TokenError::Claims("authority"))?;
        if self.authorities.is_empty() || self.authorities.contains(&siren) { Ok(siren) } else { Err(TokenError::Claims("authority")) }
    }

    /// A token without the claim may do nothing: whom the provider knows is not for that of the secretariat.
    pub(super) fn scopes(&self, claims: &Value) -> Result<Scopes, TokenError> {
        let words: Vec<&str> = match claims.pointer(&self.scope_claim) {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::String(text)) => text.split(' ').collect(),
            Some(Value::Array(list)) => list.iter().map(|word| word.as_str().ok_or(TokenError::Claims("scope"))).collect::<Result<_, _>>()?,
            Some(_) => return Err(TokenError::Claims("scope")),
        };
        if self.scopes.is_empty() {
            return Ok(words.into_iter().filter_map(|word| word.parse().ok()).collect());
        }
        let given = words.into_iter().filter_map(|word| self.scopes.get(word));
        Ok(given.flat_map(|scopes| if scopes == "all" { Scopes::all() } else { Scopes::parse(scopes) }.iter().collect::<Vec<_>>()).collect())
    }
}
