//! The room of a live sitting: as it is now, and each step as it comes (server-sent events). Internal.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::{Duration, Instant};

use actix_web::http::header::{AUTHORIZATION, CACHE_CONTROL, HeaderMap};
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use futures_util::stream;
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{Granted, RecordsRead};
use super::problem::{Kind, Problem};
use super::query::{NoParams, Params};
use super::respond::{Answered, blocking, json};
use super::tokens::{Verifier, bearer};
use crate::deliver::{Deliver, Followed, Stream};
use crate::record::{Id, Siren};
use crate::register::{Register, RoomState, Step};

/// How often a stream looks whether its token still holds.
const CHECK_EVERY: Duration = Duration::from_millis(500);
/// How long it stays silent: a proxy cuts a connection that says nothing.
const SPEAK_EVERY: Duration = Duration::from_secs(15);

/// Read the room of a sitting
///
/// The item that is open, who is there, the last result.
#[utoipa::path(operation_id = "getState", tag = "sittings", params(("id" = Id, Path)),
    security(("token" = ["records:read"])), responses((status = 200, description = "The room now", body = RoomState)))]
#[get("/sittings/{id}/state")]
async fn state(request: HttpRequest, register: Data<Register>, id: Path<Id>, who: Granted<RecordsRead>, _params: Params<NoParams>) -> Answered {
    let authority = who.caller.authority.clone();
    json(&request, &blocking(&register, move |r| r.state(&authority, *id)).await?, false)
}

/// Follow the room of a sitting
///
/// One event for each step of the sitting (`event`, `ballot`, `document`), in order, from the first or from the one after `Last-Event-ID`; the
/// identifier of an event is the version of the sitting. The stream ends when its token does.
#[utoipa::path(operation_id = "streamState", tag = "sittings",
    params(("id" = Id, Path), ("Last-Event-ID" = Option<i32>, Header, description = "The last event that the reader has.")),
    security(("token" = ["records:read"])),
    responses((status = 200, description = "Server-sent events, each with a step as its data", body = Step, content_type = "text/event-stream")))]
#[get("/sittings/{id}/state/stream")]
async fn follow(
    request: HttpRequest,
    register: Data<Register>,
    deliver: Data<Deliver>,
    verifier: Data<Verifier>,
    id: Path<Id>,
    who: Granted<RecordsRead>,
    _params: Params<NoParams>,
) -> Answered {
    let (authority, id) = (who.caller.authority.clone(), *id);
    let last = last_event(request.headers())?;
    let token = request.headers().get(AUTHORIZATION).and_then(|v| v.to_str().ok());
    let token = bearer(token).map_err(|e| Problem::token(&e))?.to_owned();
    // Joined before what was there is read: nothing falls between.
    let stream = deliver.follow(authority.as_str()).await?;
    let steps = {
        let authority = authority.clone();
        blocking(&register, move |r| r.steps(&authority, id, last)).await?
    };
    let (steps, now) = (steps.into(), Instant::now());
    let follower =
        Follower { register, deliver, verifier, token, authority, sitting: id.to_string(), id, last, stream, steps, checked: now, spoke: now };
    let events = stream::unfold(follower, |mut follower| async move { Some((Ok::<_, Infallible>(follower.next().await?), follower)) });
    Ok(HttpResponse::Ok().content_type("text/event-stream").insert_header((CACHE_CONTROL, "no-store")).streaming(events))
}

/// The last event that a reader has (HTML, server-sent events, `Last-Event-ID`).
fn last_event(headers: &HeaderMap) -> Result<i32, Problem> {
    let Some(value) = headers.get("Last-Event-ID") else { return Ok(0) };
    value.to_str().ok().and_then(|text| text.parse().ok()).filter(|n| *n >= 0).ok_or_else(|| {
        Problem::new(Kind::InvalidParameter).at("Last-Event-ID", "number", "le numéro d'un événement reçu", "the number of an event received")
    })
}

/// A reader of a stream, and how far it is.
struct Follower {
    register: Data<Register>,
    deliver: Data<Deliver>,
    verifier: Data<Verifier>,
    token: String,
    authority: Siren,
    id: Id,
    /// The identifier as the log has it.
    sitting: String,
    last: i32,
    /// The log of the authority, which tells when the store is to be asked: one reader for all streams.
    stream: Stream,
    steps: VecDeque<Step>,
    checked: Instant,
    spoke: Instant,
}

impl Follower {
    /// The next piece of the stream; none when it ends.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(step) = self.steps.pop_front() {
                self.last = step.version;
                self.spoke = Instant::now();
                return Some(format!("id: {}\nevent: {}\ndata: {}\n\n", step.version, step.kind, serde_json::to_string(&step).ok()?).into());
            }
            if self.spoke.elapsed() >= SPEAK_EVERY {
                self.spoke = Instant::now();
                return Some(Bytes::from_static(b": still here\n\n"));
            }
            let followed = actix_web::rt::time::timeout(CHECK_EVERY, self.stream.next()).await;
            if self.checked.elapsed() >= CHECK_EVERY {
                self.checked = Instant::now();
                // Expired, or taken back.
                self.verifier.verify(&self.token).await.ok()?;
            }
            match followed {
                Err(_) => {}
                Ok(Followed::Change(change)) if change.subject != self.sitting => {}
                Ok(Followed::Change(_) | Followed::Missed) => self.ask().await?,
                Ok(Followed::Ended) => {
                    self.stream = self.deliver.follow(self.authority.as_str()).await.ok()?;
                    self.ask().await?;
                }
            }
        }
    }

    async fn ask(&mut self) -> Option<()> {
        let (authority, id, last) = (self.authority.clone(), self.id, self.last);
        self.steps = blocking(&self.register, move |r| r.steps(&authority, id, last)).await.ok()?.into();
        Some(())
    }
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(state).service(follow);
}
