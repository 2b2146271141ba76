//! The body of a request: JSON that the schema knows whole. Every field that is wrong is named by its pointer.

use actix_web::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap};
use actix_web::rt::time::timeout;
use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Bytes};
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::problem::{Kind, Problem};
use crate::record::UNKNOWN_KEY;
use crate::sight::limits;

/// The largest body: 4 MiB.
pub const LIMIT: usize = 4 * 1024 * 1024;

/// Objects and lists in one body. Each is written out with all its fields: more of them than this are empty ones, that would be read as hundreds of
/// megabytes.
const CONTAINERS: usize = 200_000;

/// A body that was read, and its bytes.
pub struct Sent<T> {
    pub value: T,
    pub bytes: Bytes,
}

impl<T: DeserializeOwned + Serialize + 'static> FromRequest for Sent<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = whole(request, payload, &["application/json"]);
        Box::pin(async move {
            let bytes = bytes.await?;
            Ok(Self { value: parse(&bytes)?, bytes })
        })
    }
}

/// A body in XML, as it came.
pub struct SentXml(pub Bytes);

impl FromRequest for SentXml {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = whole(request, payload, &["application/xml", "text/xml"]);
        Box::pin(async move { Ok(Self(bytes.await?)) })
    }
}

/// The bytes of a body of one of these types.
fn whole(request: &HttpRequest, payload: &mut Payload, types: &'static [&'static str]) -> impl Future<Output = Result<Bytes, Problem>> + use<> {
    let media = media_type(request.headers(), types);
    let (bytes, longest) = (Bytes::from_request(request, payload), limits().body);
    async move {
        media?;
        let bytes = timeout(longest, bytes).await.map_err(|_| Problem::new(Kind::TooSlow))?;
        bytes.map_err(|e| {
            if e.as_response_error().status_code().as_u16() == Kind::TooLarge.code() {
                Problem::new(Kind::TooLarge).saying("Un corps fait au plus 4 Mio.", "A body is at most 4 MiB.")
            } else {
                Problem::new(Kind::BadRequest)
            }
        })
    }
}

/// Refuses a body that is compressed: a few hundred bytes may be made gigabytes (RFC 9110 §15.5.16 says how to answer).
///
/// # Errors
/// [`Kind::MediaType`].
pub fn plain(headers: &HeaderMap) -> Result<(), Problem> {
    let mut coded = headers.get_all(CONTENT_ENCODING).map(|coding| coding.as_bytes().trim_ascii());
    if coded.all(|coding| coding.eq_ignore_ascii_case(b"identity")) {
        return Ok(());
    }
    Err(Problem::new(Kind::MediaType)
        .saying("Aucun corps n'est pris compressé (Content-Encoding).", "No body is taken in compressed (Content-Encoding).")
        .with_header(ACCEPT_ENCODING, "identity"))
}

fn media_type(headers: &HeaderMap, types: &[&str]) -> Result<(), Problem> {
    plain(headers)?;
    let media = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media.split(';').next().unwrap_or_default().trim();
    if types.iter().any(|known| essence.eq_ignore_ascii_case(known)) {
        return Ok(());
    }
    Err(Problem::new(Kind::MediaType)
        .saying(format!("Le corps doit être en {}.", types.join(" ou ")), format!("The body must be {}.", types.join(" or "))))
}

/// A body to be handed on as it comes, of one type.
///
/// # Errors
/// [`Kind::MediaType`].
pub fn streamed(headers: &HeaderMap, types: &[&str]) -> Result<(), Problem> {
    media_type(headers, types)
}

fn parse<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<T, Problem> {
    strict(bytes).map(|(value, _)| value)
}

/// Reads JSON strictly; gives it as it was sent as well.
///
/// # Errors
/// [`Kind::MalformedJson`], [`Kind::UnknownField`], [`Kind::InvalidField`], naming each field that is wrong.
pub fn strict<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<(T, Value), Problem> {
    if containers(bytes) > CONTAINERS {
        let (fr, en) = ("Un corps contient au plus 200 000 objets et listes.", "A body has at most 200,000 objects and lists.");
        return Err(Problem::new(Kind::TooLarge).saying(fr, en));
    }
    let mut unknown = Vec::new();
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(&mut json, &mut track);
    let value = serde_ignored::deserialize(tracked, |path| unknown.push(ignored(&path)));
    let value: T = value.map_err(|e| wrong(&e, &tracked_pointer(&track.path())))?;
    json.end().map_err(|e| wrong(&e, ""))?;
    if unknown.is_empty() {
        let sent = objects(bytes, &value)?;
        return Ok((value, sent));
    }
    Err(unknown.into_iter().fold(Problem::new(Kind::UnknownField), |problem, pointer| {
        problem.at(pointer, "unknown_field", "ce champ n'existe pas", "there is no such field")
    }))
}

/// How many objects and lists a text in JSON opens, outside its strings. A body that is too short for too many is not looked at.
fn containers(bytes: &[u8]) -> usize {
    if bytes.len() <= CONTAINERS {
        return 0;
    }
    let (mut count, mut quoted, mut escaped) = (0, false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => count += 1,
            _ => {}
        }
    }
    count
}

/// Refuses a list in the place of an object: serde would take it for the object's fields in their order.
fn objects(bytes: &[u8], read: &impl Serialize) -> Result<Value, Problem> {
    let sent = serde_json::from_slice(bytes).map_err(|e| wrong(&e, ""))?;
    let read = serde_json::to_value(read).map_err(|_| Problem::new(Kind::Internal))?;
    let mut lists = Vec::new();
    find_lists(&sent, &read, "", &mut lists);
    if lists.is_empty() {
        return Ok(sent);
    }
    Err(lists.into_iter().fold(Problem::new(Kind::InvalidField), |problem, pointer| {
        problem.at(pointer, "type", "une liste tient la place d'un objet", "a list stands in the place of an object")
    }))
}

fn find_lists(sent: &Value, read: &Value, pointer: &str, found: &mut Vec<String>) {
    match (sent, read) {
        (Value::Array(_), Value::Object(_)) => found.push(pointer.to_owned()),
        (Value::Array(sent), Value::Array(read)) => {
            sent.iter().zip(read).enumerate().for_each(|(i, (sent, read))| find_lists(sent, read, &format!("{pointer}/{i}"), found));
        }
        (Value::Object(sent), Value::Object(read)) => {
            let both = sent.iter().filter_map(|(name, field)| Some((name, field, read.get(name)?)));
            both.for_each(|(name, sent, read)| find_lists(sent, read, &format!("{pointer}/{}", escaped(name)), found));
        }
        _ => {}
    }
}

fn wrong(error: &serde_json::Error, pointer: &str) -> Problem {
    use serde_json::error::Category;
    match error.classify() {
        Category::Data => {
            let what = error.to_string();
            // The position repeats the pointer.
            let what = what.split(" at line ").next().unwrap_or_default().to_owned();
            if let Some(key) = what.strip_prefix(UNKNOWN_KEY) {
                let (fr, en) = (format!("aucune ligne précédente n'a la clé {key}"), format!("no line before has the key {key}"));
                return Problem::new(Kind::InvalidField).at(pointer, "unknown_key", fr, en);
            }
            Problem::new(Kind::InvalidField).at(pointer, "type", format!("valeur refusée : {what}"), format!("value refused: {what}"))
        }
        Category::Syntax | Category::Eof | Category::Io => {
            let place = format!("line {}, column {}", error.line(), error.column());
            Problem::new(Kind::MalformedJson).saying(format!("JSON illisible ({place})."), format!("Unreadable JSON ({place})."))
        }
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn tracked_pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(format!("/{index}")),
            Segment::Map { key } => Some(format!("/{}", escaped(key))),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

fn ignored(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path;
    match path {
        Path::Root => String::new(),
        Path::Seq { parent, index } => format!("{}/{index}", ignored(parent)),
        Path::Map { parent, key } => format!("{}/{}", ignored(parent), escaped(key)),
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => ignored(parent),
    }
}
