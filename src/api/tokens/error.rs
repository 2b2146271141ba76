use std::borrow::Cow;

/// Why a token is refused. The explanations name the rule that failed, and never repeat what the token holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.en())]
pub enum TokenError {
    /// There is no bearer token.
    Missing,
    /// Not a JWT in compact form (RFC 7519 section 7.2), or too long.
    Malformed,
    /// The header's `alg` is not the key's (RFC 8725 section 3.1).
    Algorithm,
    /// No key of the set has the header's `kid`.
    UnknownKey,
    /// The signature is not the key's.
    Signature,
    /// `exp` is past (RFC 7519 section 4.1.4).
    Expired,
    /// `nbf` is to come (RFC 7519 section 4.1.5).
    NotYetValid,
    /// `iss` is not one of those trusted.
    Issuer,
    /// `aud` does not hold this register.
    Audience,
    /// The claim named is absent, ill-formed, or names what its issuer may not.
    Claims(&'static str),
    /// An ID token or another one that is not for access (OpenID Connect Core section 2).
    NotForAccess,
    /// The token, or every token of its subject, was revoked.
    Revoked,
    /// No key could be read yet: the fault is not the caller's (503).
    KeysUnavailable,
}

impl TokenError {
    /// The stable word on the wire.
    pub const fn wire(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Malformed => "malformed",
            Self::Algorithm => "algorithm",
            Self::UnknownKey => "unknown_key",
            Self::Signature => "signature",
            Self::Expired => "expired",
            Self::NotYetValid => "not_yet_valid",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Claims(_) => "claims",
            Self::NotForAccess => "not_for_access",
            Self::Revoked => "revoked",
            Self::KeysUnavailable => "keys_unavailable",
        }
    }

    /// What to tell the caller, in French.
    pub fn fr(&self) -> Cow<'static, str> {
        match self {
            Self::Missing => "Un jeton est nécessaire : Authorization: Bearer …".into(),
            Self::Malformed => "Ce jeton n'est pas un JWT signé, ou il est trop long.".into(),
            Self::Algorithm => "L'algorithme annoncé par le jeton n'est pas celui de la clé.".into(),
            Self::UnknownKey => "La clé qui a signé ce jeton n'est pas connue du registre.".into(),
            Self::Signature => "La signature du jeton ne correspond pas à la clé.".into(),
            Self::Expired => "Ce jeton a expiré.".into(),
            Self::NotYetValid => "Ce jeton n'est pas encore valable.".into(),
            Self::Issuer => "L'émetteur du jeton (iss) n'est pas reconnu par ce registre.".into(),
            Self::Audience => "Ce jeton n'est pas destiné à ce registre (aud, azp).".into(),
            Self::Claims(claim) => {
                format!("La mention « {claim} » du jeton est absente, mal formée, ou n'est pas de celles que son émetteur peut donner.").into()
            }
            Self::NotForAccess => "Ce jeton dit qui s'est identifié ; il n'ouvre aucun accès. Un jeton d'accès (access_token) est attendu.".into(),
            Self::Revoked => "Ce jeton a été révoqué.".into(),
            Self::KeysUnavailable => "Les clés qui vérifient les jetons n'ont pas encore pu être lues ; réessayez plus tard.".into(),
        }
    }

    /// What to tell the caller, in English.
    pub fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Missing => "A token is needed: Authorization: Bearer …".into(),
            Self::Malformed => "This token is not a signed JWT, or is too long.".into(),
            Self::Algorithm => "The algorithm that the token announces is not the key's.".into(),
            Self::UnknownKey => "The key that signed this token is not known to the register.".into(),
            Self::Signature => "The token's signature does not match the key.".into(),
            Self::Expired => "This token has expired.".into(),
            Self::NotYetValid => "This token is not valid yet.".into(),
            Self::Issuer => "The token's issuer (iss) is not trusted by this register.".into(),
            Self::Audience => "This token is not meant for this register (aud, azp).".into(),
            Self::Claims(claim) => format!("The token's `{claim}` claim is absent, ill-formed, or not one that its issuer may give.").into(),
            Self::NotForAccess => "This token says who signed in; it opens nothing. An access token (access_token) is expected.".into(),
            Self::Revoked => "This token was revoked.".into(),
            Self::KeysUnavailable => "The keys that verify tokens could not be read yet; try again later.".into(),
        }
    }
}
