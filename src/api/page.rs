//! Pages of lists: `{"data": […], "links": {"next": …}}`, and opaque cursors.

use actix_web::HttpRequest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::problem::{Kind, Problem};

/// How many lines a page has: 1 to 200, 50 when not said.
#[derive(Clone, Copy, Debug)]
pub struct Limit(usize);

impl Limit {
    const MOST: usize = 200;

    pub fn lines(limit: Option<Self>) -> usize {
        limit.map_or(50, |l| l.0)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.parse() {
            Ok(number) if (1..=Self::MOST).contains(&number) => Ok(Self(number)),
            _ => Err(serde::de::Error::custom("a limit is a whole number from 1 to 200")),
        }
    }
}

/// Where the next page is.
#[derive(Serialize, ToSchema)]
pub struct Links {
    /// The address of the next page; null on the last.
    pub next: Option<String>,
}

/// A page of a list.
#[derive(Serialize, ToSchema)]
pub struct List<T> {
    pub data: Vec<T>,
    pub links: Links,
}

/// The place that a cursor stands for.
pub fn place<T: DeserializeOwned>(cursor: Option<&str>) -> Result<Option<T>, Problem> {
    let Some(cursor) = cursor else { return Ok(None) };
    let read = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    // No key holds U+0000, and no engine compares it.
    let read = read.filter(|key| !key.to_string().contains("\\u0000")).and_then(|key| serde_json::from_value(key).ok());
    read.map(Some).ok_or_else(|| {
        Problem::new(Kind::InvalidCursor).at("cursor", "cursor", "prenez le curseur de `links.next`", "take the cursor from `links.next`")
    })
}

/// A cursor for a place in a list.
pub fn cursor(key: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(key).unwrap_or_default())
}

/// The links of a page: the same address with another cursor.
pub fn links(request: &HttpRequest, next: Option<impl Serialize>) -> Links {
    let next = next.and_then(|key| {
        let cursor = cursor(&key);
        let mut pairs: Vec<(String, String)> = serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
        pairs.retain(|(name, _)| name != "cursor");
        pairs.push(("cursor".to_owned(), cursor));
        Some(format!("{}?{}", request.path(), serde_urlencoded::to_string(pairs).ok()?))
    });
    Links { next }
}
