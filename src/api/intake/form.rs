//! The two parts of a confirmation, as they come.

use actix_multipart::{Field, Multipart};
use actix_web::HttpRequest;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::rt::time::timeout;
use actix_web::web::{Bytes, Data, Payload};
use bytes::BytesMut;
use futures_util::StreamExt;

use crate::api::access::Transcriber;
use crate::api::body::{self, strict};
use crate::api::files::{FileName, pieces};
use crate::api::problem::{Kind, Problem};
use crate::register::{Confirmation, Received, Register, Sent};
use crate::sight::limits;

/// A confirmation that came whole.
pub struct Form {
    pub confirmation: Confirmation,
    /// Its bytes.
    pub sent: Bytes,
    pub source: Received,
}

fn broken() -> Problem {
    Problem::new(Kind::BadRequest).saying("Le formulaire est illisible ou incomplet.", "The form cannot be read, or is cut.")
}

fn missing(part: &str) -> Problem {
    Problem::new(Kind::BadRequest)
        .saying(format!("Il manque la partie {part:?} du formulaire."), format!("The part {part:?} of the form is missing."))
}

impl Form {
    /// Takes the parts in: the confirmation is checked before a document that follows it is kept.
    pub async fn receive(request: &HttpRequest, register: &Data<Register>, who: &Transcriber, body: Payload) -> Result<Self, Problem> {
        body::streamed(request.headers(), &["multipart/form-data"])?;
        let actor = who.actor();
        let mut form = Multipart::new(request.headers(), body);
        let (mut confirmation, mut source) = (None, None);
        let silence = limits().silence;
        while let Some(field) = timeout(silence, form.next()).await.map_err(|_| broken())? {
            let field = field.map_err(|_| broken())?;
            match field.name() {
                Some("confirmation") if confirmation.is_none() => {
                    let bytes = text(field).await?;
                    let (read, _) = strict::<Confirmation>(&bytes)?;
                    if !read.new_people.is_empty() {
                        who.may_make_people()?;
                    }
                    FileName::checked(&read.source.name)
                        .map_err(|_| Problem::new(Kind::InvalidField).at("/source/name", "file_name", NAME.0, NAME.1))?;
                    confirmation = Some((read, bytes));
                }
                Some("source") if source.is_none() => {
                    let content_type = field.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
                    super::Said::read(&content_type)?;
                    let sent = Sent { content_type: &content_type, ..Sent::default() };
                    source = Some(register.receive_source(&actor, sent, pieces(field)).await?);
                }
                other => {
                    let name = other.unwrap_or_default().to_owned();
                    return Err(Problem::new(Kind::BadRequest).saying(
                        format!("La partie {name:?} du formulaire est inconnue, ou figure deux fois."),
                        format!("The part {name:?} of the form is unknown, or stands twice."),
                    ));
                }
            }
        }
        let (confirmation, sent) = confirmation.ok_or_else(|| missing("confirmation"))?;
        Ok(Self { confirmation, sent, source: source.ok_or_else(|| missing("source"))? })
    }
}

const NAME: (&str, &str) =
    ("un nom de fichier a 1 à 255 octets, sans chemin ni caractère de contrôle", "a file name has 1 to 255 bytes, and no path or control character");

/// The bytes of the confirmation.
async fn text(field: Field) -> Result<Bytes, Problem> {
    let mut pieces = std::pin::pin!(pieces(field));
    let mut bytes = BytesMut::new();
    while let Some(piece) = pieces.next().await {
        bytes.extend_from_slice(&piece.map_err(|()| broken())?);
        if bytes.len() > body::LIMIT {
            return Err(Problem::new(Kind::TooLarge).saying("Une confirmation fait au plus 4 Mio.", "A confirmation is at most 4 MiB."));
        }
    }
    Ok(bytes.freeze())
}
