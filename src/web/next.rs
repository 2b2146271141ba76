//! Where a list goes on: the same address, filters included, with another place to begin.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::respond::{Asked, Failure};

/// Lines of a page.
pub const LINES: usize = 20;

/// The parameter of a page that has one list.
pub const CURSOR: &str = "suite";

/// The place that the request names.
///
/// # Errors
/// 404 where it is no place that was given out.
pub fn place<T: DeserializeOwned>(asked: &Asked, name: &str) -> Result<Option<T>, Failure> {
    let Some(text) = asked.get(name) else { return Ok(None) };
    let read = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok());
    // No text of the register holds U+0000, and no engine compares it.
    let read = read.filter(|key| !key.to_string().contains("\\u0000")).and_then(|key| serde_json::from_value(key).ok());
    read.map(Some).ok_or(Failure::NOT_FOUND)
}

/// The links around a page of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Links {
    /// None on the last page.
    pub next: Option<String>,
    /// Back to the beginning; none on the first page.
    pub first: Option<String>,
}

impl Links {
    pub fn of(asked: &Asked, name: &str, next: Option<impl Serialize>) -> Self {
        let next = next.and_then(|key| serde_json::to_vec(&key).ok()).map(|key| URL_SAFE_NO_PAD.encode(key));
        Self { next: next.map(|cursor| same(asked, name, Some(&cursor))), first: asked.get(name).is_some().then(|| same(asked, name, None)) }
    }
}

/// The address that was asked for with one parameter changed, or without it. Parameters that say nothing are left out.
pub fn same(asked: &Asked, name: &str, value: Option<&str>) -> String {
    let mut pairs: Vec<(&str, &str)> =
        asked.query.iter().map(|(n, v)| (n.as_str(), v.as_str())).filter(|(n, v)| *n != name && !v.is_empty()).collect();
    pairs.extend(value.map(|value| (name, value)));
    let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
    if query.is_empty() { asked.path.clone() } else { format!("{}?{query}", asked.path) }
}
