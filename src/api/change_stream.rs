//! The change feed as a stream (server-sent events): each change as it is committed, and nothing lost where a connection is.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::{Duration, Instant};

use actix_web::http::header::{AUTHORIZATION, CACHE_CONTROL};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, get};
use futures_util::stream;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::Reading;
use super::changes::{Asked, asked, problem};
use super::outer::AskedByHead;
use super::page::cursor;
use super::problem::Problem;
use super::query::Params;
use super::respond::{Answered, delivering};
use super::tokens::{Verifier, bearer};
use crate::deliver::{ChangeEvent, Deliver, EventTypes, Followed, Scope, Stream};
use crate::record::Siren;
use crate::register::Register;

/// How often a stream looks whether its token still holds.
const CHECK_EVERY: Duration = Duration::from_millis(500);
/// How long it stays silent: a proxy cuts a connection that says nothing.
const SPEAK_EVERY: Duration = Duration::from_secs(15);
/// Events read at once where a stream is behind.
const SOME: usize = 200;

/// The stream.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StreamParams {
    /// SIREN of an authority; that of the token when not said.
    #[serde(default)]
    pub authority: Option<Siren>,
    /// Where to begin; `Last-Event-ID` goes before it. Neither: now.
    #[serde(default)]
    pub cursor: Option<String>,
    /// Types of events, separated by commas.
    #[serde(default, rename = "type")]
    pub types: Option<String>,
}

/// Follow what changes
///
/// Each change as it is committed, as a server-sent event: its data is a CloudEvent, its `id` a cursor. A reader that was cut off goes on with
/// `Last-Event-ID`, and misses nothing. The stream ends when its token does.
#[utoipa::path(operation_id = "streamChanges", tag = "changes",
    params(StreamParams, ("Last-Event-ID" = Option<String>, Header, description = "The last event that the reader has.")), security((), ("token" = [])),
    responses((status = 200, description = "Server-sent events", body = ChangeEvent, content_type = "text/event-stream")))]
#[get("/changes/stream")]
async fn follow(
    request: HttpRequest,
    register: Data<Register>,
    deliver: Data<Deliver>,
    verifier: Data<Verifier>,
    reading: Reading,
    params: Params<StreamParams>,
) -> Answered {
    follow_from(request, register, deliver, verifier, reading, params.0).await
}

/// The stream, for who asked for it by its address or by what it accepts.
pub async fn follow_from(
    request: HttpRequest,
    register: Data<Register>,
    deliver: Data<Deliver>,
    verifier: Data<Verifier>,
    reading: Reading,
    params: StreamParams,
) -> Answered {
    let last = request.headers().get("Last-Event-ID").map(|id| id.to_str().unwrap_or("?").to_owned()).filter(|id| !id.is_empty());
    let asked = asked(&register, reading, params.authority, last.or(params.cursor).as_deref(), params.types.as_deref()).await?;
    let token = match request.headers().get(AUTHORIZATION) {
        Some(header) => Some(bearer(header.to_str().ok()).map_err(|e| Problem::token(&e))?.to_owned()),
        None => None,
    };
    let Asked { scope, types, after } = asked;
    // Joined before what was there is read: nothing falls between.
    let stream = deliver.follow(&scope.authority).await?;
    let place = scope.clone();
    let head = delivering(&deliver, move |d| match after {
        // Asked now, so that an expired cursor is a problem and not an empty stream.
        Some(after) => d.tells_after(&place, after).map(|()| after),
        None => d.head(&place),
    });
    let reached = head.await?.map_err(|refusal| problem(&scope, refusal))?;
    let mut response = HttpResponse::Ok();
    response.content_type("text/event-stream").insert_header((CACHE_CONTROL, "no-store")).insert_header(("X-Accel-Buffering", "no"));
    if request.extensions().contains::<AskedByHead>() {
        return Ok(response.finish());
    }
    let began = format!("retry: 2000\nid: {}\n: following\n\n", cursor(&(&scope.authority, reached)));
    let follower = Follower {
        deliver,
        verifier,
        token,
        scope,
        types,
        stream,
        reached,
        behind: after.is_some(),
        ready: VecDeque::from([Bytes::from(began)]),
        checked: Instant::now(),
        spoke: Instant::now(),
    };
    let events = stream::unfold(follower, |mut follower| async move { Some((Ok::<_, Infallible>(follower.next().await?), follower)) });
    Ok(response.streaming(events))
}

/// A reader of the stream, and how far it is.
struct Follower {
    deliver: Data<Deliver>,
    verifier: Data<Verifier>,
    token: Option<String>,
    scope: Scope,
    types: EventTypes,
    stream: Stream,
    reached: i64,
    /// Whether there may be something in the store that the stream does not give.
    behind: bool,
    ready: VecDeque<Bytes>,
    checked: Instant,
    spoke: Instant,
}

impl Follower {
    /// The next piece of the stream; none when it ends.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if self.checked.elapsed() >= CHECK_EVERY {
                self.checked = Instant::now();
                if let Some(token) = &self.token {
                    // Expired, or taken back.
                    self.verifier.verify(token).await.ok()?;
                }
            }
            if let Some(piece) = self.ready.pop_front() {
                self.spoke = Instant::now();
                return Some(piece);
            }
            if self.spoke.elapsed() >= SPEAK_EVERY {
                self.spoke = Instant::now();
                return Some(Bytes::from_static(b": still here\n\n"));
            }
            if self.behind {
                self.catch_up().await?;
                continue;
            }
            // Who shows no token has none that ends.
            let patience = if self.token.is_some() { CHECK_EVERY } else { SPEAK_EVERY };
            match actix_web::rt::time::timeout(patience, self.stream.next()).await {
                Err(_) => {}
                Ok(Followed::Change(change)) if change.sequence > self.reached => {
                    self.reached = change.sequence;
                    if let Some(event) = ChangeEvent::of(&change, self.scope.told(), self.deliver.settings()).ok()? {
                        self.take(change.sequence, &event)?;
                    }
                }
                // Read from the store already.
                Ok(Followed::Change(_)) => {}
                Ok(Followed::Missed) => self.behind = true,
                Ok(Followed::Ended) => {
                    self.stream = self.deliver.follow(&self.scope.authority).await.ok()?;
                    self.behind = true;
                }
            }
        }
    }

    async fn catch_up(&mut self) -> Option<()> {
        let (scope, types, after) = (self.scope.clone(), self.types.clone(), self.reached);
        let page = delivering(&self.deliver, move |d| d.changes(&scope, Some(after), &types, SOME)).await.ok()?.ok()?;
        for event in &page.events {
            let number = event.id.rsplit_once('-').and_then(|(_, number)| number.parse().ok())?;
            self.take(number, event)?;
        }
        (self.reached, self.behind) = (self.reached.max(page.reached), page.more);
        Some(())
    }

    fn take(&mut self, number: i64, event: &ChangeEvent) -> Option<()> {
        if self.types.has(event, self.scope.restricted) {
            let id = cursor(&(&self.scope.authority, number));
            self.ready.push_back(format!("id: {id}\ndata: {}\n\n", serde_json::to_string(event).ok()?).into());
        }
        Some(())
    }
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(follow);
}
