//! Taking in printed acts: reading a document, which stores nothing, and confirming an act that was read.

pub mod apart;
mod document;
mod form;
mod limits;

pub use document::Said;
pub use limits::ReadingLimits;

use actix_web::web::{Bytes, Data, Payload};
use actix_web::{HttpRequest, post};
use bytes::BytesMut;
use futures_util::StreamExt;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use self::form::Form;
use super::access::{DeliberationsWrite, Granted, Transcriber};
use super::conditional::{IdempotencyKey, written};
use super::files::{FileBytes, pieces};
use super::problem::{Kind, Problem};
use super::query::{NoParams, Params};
use super::respond::{Answered, blocking, json};
use crate::register::{Confirmation, ConfirmationAnswer, IntakeAnswer, Register};

/// The largest document that is read: 32 MiB.
const LARGEST: usize = 32 << 20;

/// The two parts of a confirmation, as `multipart/form-data`.
#[derive(ToSchema)]
#[allow(dead_code, reason = "only its schema is used")]
pub struct ConfirmationForm {
    /// In JSON.
    confirmation: Confirmation,
    /// The document that was read, to the byte, under its own type of content.
    source: FileBytes,
}

fn too_large() -> Problem {
    let mib = LARGEST >> 20;
    Problem::new(Kind::TooLarge)
        .saying(format!("Un document à reprendre fait au plus {mib} Mio."), format!("A document to be taken in is at most {mib} MiB."))
}

/// Read a printed document
///
/// A text, a page of HTML or a PDF that has a text, of 32 MiB at most. A text is in UTF-8, or in the charset that `Content-Type` says. The acts in it
/// are answered as drafts of records, with the place of each value in the text, what is left to ask, and what the register knows of each already.
/// Nothing is stored.
#[utoipa::path(operation_id = "readDocument", tag = "intake",
    request_body(content((FileBytes = "text/plain"), (FileBytes = "text/html"), (FileBytes = "application/pdf"))),
    security(("token" = ["deliberations:write"])), responses((status = 200, description = "What was read", body = IntakeAnswer)))]
#[post("/intake")]
async fn read(
    request: HttpRequest,
    register: Data<Register>,
    limits: Data<ReadingLimits>,
    who: Granted<DeliberationsWrite>,
    _params: Params<NoParams>,
    body: Payload,
) -> Answered {
    let said = Said::of(request.headers())?;
    let bytes = whole(body).await?;
    let read = limits.run(move |apart| said.document(&bytes, apart)).await??;
    let authority = who.caller.authority.clone();
    let answer = blocking(&register, move |r| r.match_reading(&authority, read)).await?;
    json(&request, &answer, false)
}

/// All the bytes of a document.
async fn whole(body: Payload) -> Result<Bytes, Problem> {
    let mut body = std::pin::pin!(pieces(body));
    let mut bytes = BytesMut::new();
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|()| {
            Problem::new(Kind::BadRequest).saying("Le document s'est interrompu avant sa fin.", "The document broke off before its end.")
        })?;
        if bytes.len().saturating_add(piece.len()) > LARGEST {
            return Err(too_large());
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes.freeze())
}

/// Confirm an act that was read
///
/// Two parts, in either order: `confirmation`, in JSON, and `source`, the document that was read, which is attached to the act as a file of the role
/// `source`. The act is transcribed, with its sitting and the people who are new; local identifiers are replaced. All of it is written, or nothing.
/// A sitting that stands is completed by what is said of it; one that was recorded live takes no act from paper. New people need `directory:write`.
#[utoipa::path(operation_id = "confirmAct", tag = "intake",
    request_body(content = ConfirmationForm, content_type = "multipart/form-data",
        encoding(("confirmation" = (content_type = "application/json")), ("source" = (content_type = "text/plain, text/html, application/pdf")))),
    security(("token" = ["sittings:write", "deliberations:write"])),
    responses((status = 201, description = "Taken in", body = ConfirmationAnswer, headers(("ETag" = String), ("Location" = String)))))]
#[post("/intake/acts")]
async fn confirm(
    request: HttpRequest,
    register: Data<Register>,
    who: Transcriber,
    key: IdempotencyKey,
    _params: Params<NoParams>,
    body: Payload,
) -> Answered {
    let actor = who.actor();
    let Form { confirmation, sent, source } = Form::receive(&request, &register, &who, body).await?;
    let about = [sent.as_ref(), source.media_type.as_bytes(), source.blob.sha256.as_bytes()].join(&b'\n');
    let once = key.once(&request, &Bytes::from(about));
    Ok(written(blocking(&register, move |r| r.confirm(&actor, once.as_ref(), &confirmation, source)).await?))
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(read).service(confirm);
}
