//! Files of sittings and acts. Their bytes are streamed, in and out: a file takes the same memory whatever its size.

pub mod content;
pub(super) mod headers;
mod problem;

use std::time::{Duration, Instant};

use actix_web::rt::time::timeout;
use actix_web::web::{Bytes, Data, Path, Payload};
use actix_web::{HttpRequest, get, post};
use futures_util::{Stream, StreamExt, stream};
use serde::Deserialize;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{DeliberationsWrite, Granted, Reading, SittingsWrite};
use super::body::plain;
use super::conditional::{IdempotencyKey, written};
use super::page::{Links, List};
use super::query::{NoParams, Params};
use super::respond::{Answered, blocking, json, list};
use crate::publish::FileAnswer;
use crate::record::{FileRole, Id};
use crate::register::{Actor, FileOf, NewFile, Register, Sent};
use crate::sight::limits;

/// The slowest that an upload may come, in bytes a second, once it has had the time that silence may take.
const SLOWEST: u64 = 1024;

/// What is said of a file that is sent.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FileParams {
    /// What it is to the record.
    role: FileRole,
    /// Its name, to the letter: 255 bytes at most, without a path.
    #[param(value_type = String, min_length = 1, max_length = 255, example = "annexe-3.pdf")]
    name: FileName,
}

/// A name that is one in every folder.
pub struct FileName(String);

impl<'de> Deserialize<'de> for FileName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::checked(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl FileName {
    /// # Errors
    /// In words.
    pub fn checked(name: &str) -> Result<Self, &'static str> {
        // The last ones turn the direction of writing, so that `fdp.exe` reads `exe.pdf`.
        let hidden = |c: char| c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let bare = !name.contains(['/', '\\']) && !name.contains(hidden) && !name.trim_matches(['.', ' ']).is_empty();
        if bare && name.len() <= 255 {
            Ok(Self(name.to_owned()))
        } else {
            Err("a file name has 1 to 255 bytes, and no path, control character, or only dots")
        }
    }
}

/// Bytes, in the document.
pub struct FileBytes;

impl PartialSchema for FileBytes {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
            .description(Some("The bytes of a file, as they are."))
            .into()
    }
}

impl ToSchema for FileBytes {}

/// Add a file to a deliberation
///
/// The body is the file itself; `Content-Type` says what it is, and its first bytes have to bear it out. `application/octet-stream`, or no
/// type, leaves it to them. Of a sealed act the annexes, the report and the agreements are sealed as well.
#[utoipa::path(operation_id = "addDeliberationFile", tag = "files", params(("id" = Id, Path), FileParams),
    request_body(content = FileBytes, content_type = "application/octet-stream"), security(("token" = ["deliberations:write"])),
    responses((status = 201, description = "Added", body = FileAnswer, headers(("ETag" = String), ("Location" = String)))))]
#[post("/deliberations/{id}/files")]
async fn add_to_act(
    request: HttpRequest,
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<DeliberationsWrite>,
    key: IdempotencyKey,
    params: Params<FileParams>,
    body: Payload,
) -> Answered {
    let new = NewFile { of: FileOf::Deliberation(*id), role: params.0.role, name: params.0.name.0 };
    add(&request, &register, who.actor(), key, new, body).await
}

/// Add a file to a sitting
///
/// The same as for a deliberation.
#[utoipa::path(operation_id = "addSittingFile", tag = "files", params(("id" = Id, Path), FileParams),
    request_body(content = FileBytes, content_type = "application/octet-stream"), security(("token" = ["sittings:write"])),
    responses((status = 201, description = "Added", body = FileAnswer, headers(("ETag" = String), ("Location" = String)))))]
#[post("/sittings/{id}/files")]
async fn add_to_sitting(
    request: HttpRequest,
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<SittingsWrite>,
    key: IdempotencyKey,
    params: Params<FileParams>,
    body: Payload,
) -> Answered {
    let new = NewFile { of: FileOf::Sitting(*id), role: params.0.role, name: params.0.name.0 };
    add(&request, &register, who.actor(), key, new, body).await
}

/// First whether it may come in, then its bytes, then the row that names them.
async fn add(request: &HttpRequest, register: &Data<Register>, actor: Actor, key: IdempotencyKey, new: NewFile, body: Payload) -> Answered {
    plain(request.headers())?;
    let content_type = headers::content_type(request.headers());
    let sent = Sent { content_type, length: headers::length(request.headers()), sha256: headers::announced_digest(request.headers())? };
    let (asking, asked) = (actor.clone(), new.clone());
    blocking(register, move |r| r.may_add_file(&asking, &asked)).await?;
    let received = register.receive(&actor, sent, pieces(body)).await?;
    let about = format!("{}\n{}\n{}", request.query_string(), received.media_type, received.blob.sha256);
    let once = key.once(request, &Bytes::from(about));
    Ok(written(blocking(register, move |r| r.add_file(&actor, once.as_ref(), Id::mint(), new, received)).await?))
}

/// A body as it comes; one that says nothing for too long, or drips, has broken off.
pub fn pieces<S, E>(body: S) -> impl Stream<Item = Result<Bytes, ()>>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let silence = limits().silence;
    stream::unfold((body, Pace::new(silence)), move |(mut body, mut pace)| async move {
        match timeout(silence, body.next()).await {
            Ok(Some(Ok(bytes))) => Some((pace.keeps(bytes.len()).then_some(bytes).ok_or(()), (body, pace))),
            Ok(None) => None,
            Ok(Some(Err(_))) | Err(_) => Some((Err(()), (body, pace))),
        }
    })
}

/// How fast a body comes: after a while no slower than [`SLOWEST`].
struct Pace {
    began: Instant,
    grace: Duration,
    bytes: u64,
}

impl Pace {
    fn new(grace: Duration) -> Self {
        Self { began: Instant::now(), grace, bytes: 0 }
    }

    /// Counts what came, and says whether it came fast enough.
    fn keeps(&mut self, bytes: usize) -> bool {
        self.bytes = self.bytes.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
        self.began.elapsed() <= self.grace + Duration::from_secs(self.bytes / SLOWEST)
    }
}

/// List the files of a deliberation
///
/// In full, in the order in which they came: those that the reader may see.
#[utoipa::path(operation_id = "listDeliberationFiles", tag = "files", params(("id" = Id, Path)),
    security((), ("token" = [])), responses((status = 200, description = "Every file", body = List<FileAnswer>)))]
#[get("/deliberations/{id}/files")]
async fn of_act(request: HttpRequest, register: Data<Register>, id: Path<Id>, reading: Reading, _params: Params<NoParams>) -> Answered {
    all(&request, &register, FileOf::Deliberation(*id), reading).await
}

/// List the files of a sitting
///
/// In full, in the order in which they came: those that the reader may see.
#[utoipa::path(operation_id = "listSittingFiles", tag = "files", params(("id" = Id, Path)),
    security((), ("token" = [])), responses((status = 200, description = "Every file", body = List<FileAnswer>)))]
#[get("/sittings/{id}/files")]
async fn of_sitting(request: HttpRequest, register: Data<Register>, id: Path<Id>, reading: Reading, _params: Params<NoParams>) -> Answered {
    all(&request, &register, FileOf::Sitting(*id), reading).await
}

async fn all(request: &HttpRequest, register: &Data<Register>, of: FileOf, reading: Reading) -> Answered {
    let (files, public) = blocking(register, move |r| r.files(of, &reading.0)).await?;
    list(request, files, Links { next: None }, public)
}

/// Read about a file
///
/// What is known of it. Scanned proxies and attendance sheets need `restricted:read`.
#[utoipa::path(operation_id = "getFile", tag = "files", params(("id" = Id, Path)), security((), ("token" = [])),
    responses((status = 200, description = "The file, without its bytes", body = FileAnswer, headers(("ETag" = String))),
        (status = 304, description = "Not modified")))]
#[get("/files/{id}")]
async fn one(request: HttpRequest, register: Data<Register>, id: Path<Id>, reading: Reading, _params: Params<NoParams>) -> Answered {
    let found = blocking(&register, move |r| r.file(*id, &reading.0)).await?;
    json(&request, &found.answer, found.public)
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(add_to_act).service(add_to_sitting).service(of_act).service(of_sitting).service(one).service(content::content);
}
