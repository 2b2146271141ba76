use super::TokenError;

/// The token of an `Authorization` header (RFC 6750 section 2.1; the scheme's case is free, RFC 9110 section 11.1). No header, or
/// another scheme than Bearer, is [`TokenError::Missing`].
pub fn bearer(authorization: Option<&str>) -> Result<&str, TokenError> {
    let (scheme, token) = authorization.and_then(|value| value.trim().split_once(' ')).ok_or(TokenError::Missing)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(TokenError::Missing);
    }
    match token.trim_start() {
        "" => Err(TokenError::Missing),
        token => Ok(token),
    }
}
