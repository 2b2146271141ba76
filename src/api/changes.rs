//! The change feed: pages of events after a cursor, or the same as a stream (server-sent events).

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::{Duration, Instant};

use actix_web::http::header::{ACCEPT, AUTHORIZATION, CACHE_CONTROL, LINK};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, get};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::Reading;
use super::outer::AskedByHead;
use super::page::{Limit, Links, cursor, links, place};
use super::problem::{Kind, Problem};
use super::query::Params;
use super::respond::{Answered, blocking, delivering, json};
use super::tokens::{Verifier, bearer};
use crate::deliver::{ChangeEvent, Deliver, DeliverRefusal, EventTypes, Followed, Scope, Stream};
use crate::record::Siren;
use crate::register::{Page, Register};

/// How often a stream looks whether its token still holds.
const CHECK_EVERY: Duration = Duration::from_millis(500);
/// How long it stays silent: a proxy cuts a connection that says nothing.
const SPEAK_EVERY: Duration = Duration::from_secs(15);
/// Events read at once where a stream is behind.
const SOME: usize = 200;

/// Where to begin.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum From {
    /// At the head: nothing is told but the cursor from which to go on.
    Now,
}

/// A page of the feed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChangeParams {
    /// SIREN of an authority; that of the token when not said.
    #[serde(default)]
    authority: Option<Siren>,
    /// From `cursor` or `links.next` of an answer, or from the `id` of an event of the stream. Not said: from the first change.
    #[serde(default)]
    cursor: Option<String>,
    /// Types of events, separated by commas: `registre.deliberation.updated`, or `registre.deliberation` for whatever becomes of one.
    #[serde(default, rename = "type")]
    types: Option<String>,
    /// `now`: no event, and the cursor of the head. Read it, then the lists, then go on from it.
    #[serde(default)]
    from: Option<From>,
    /// 1 to 200; 50 when not said.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 200)]
    limit: Option<Limit>,
}

/// The stream.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StreamParams {
    /// SIREN of an authority; that of the token when not said.
    #[serde(default)]
    authority: Option<Siren>,
    /// Where to begin; `Last-Event-ID` goes before it. Neither: now.
    #[serde(default)]
    cursor: Option<String>,
    /// Types of events, separated by commas.
    #[serde(default, rename = "type")]
    types: Option<String>,
}

/// A page of the feed.
#[derive(Serialize, ToSchema)]
pub struct ChangePage {
    /// In the order of commit.
    pub data: Vec<ChangeEvent>,
    pub links: Links,
    /// From where to go on: ask again with it, at once where there is a next page, else after a while.
    pub cursor: String,
    /// The newest cursor.
    pub head: String,
}

/// A place in the log of an authority.
type Place = (String, i64);

/// Who follows what, from where.
struct Asked {
    scope: Scope,
    types: EventTypes,
    after: Option<i64>,
}

async fn asked(
    register: &Data<Register>,
    reading: Reading,
    authority: Option<Siren>,
    cursor: Option<&str>,
    types: Option<&str>,
) -> Result<Asked, Problem> {
    let place: Option<Place> = place(cursor)?;
    let types = EventTypes::named(types.into_iter().flat_map(|types| types.split(','))).map_err(|_| {
        let (fr, en) = ("il n'existe pas de tel type d'événement", "there is no such type of event");
        Problem::new(Kind::InvalidParameter).at("type", "unknown_type", fr, en)
    })?;
    let restricted = reading.0.restricted;
    let page = Page { authority, limit: 1 };
    let (authority, public_only) = blocking(register, move |r| r.scope(&page, &reading.0)).await?;
    if place.as_ref().is_some_and(|(of, _)| *of != authority) {
        let (fr, en) = ("ce curseur est celui d'une autre collectivité", "this cursor is of another authority");
        return Err(Problem::new(Kind::InvalidCursor).at("cursor", "cursor", fr, en));
    }
    Ok(Asked { scope: Scope { authority, public_only, restricted: restricted && !public_only }, types, after: place.map(|(_, number)| number) })
}

/// The problem of a refusal; an expired cursor comes with the one to go on from.
fn problem(scope: &Scope, refusal: DeliverRefusal) -> Problem {
    let DeliverRefusal::CursorExpired { head } = refusal else { return refusal.into() };
    let next = format!("</v1/changes?authority={}&cursor={}>; rel=\"next\"", scope.authority, cursor(&(&scope.authority, head)));
    Problem::from(refusal).with_header(LINK, next)
}

/// What changed, in the order of commit, after a cursor: CloudEvents 1.0, without the records. A token with `records:read` is told of everything
/// of its authority; without one, of what concerns public records: one that ceases to be public is deleted to the public. To begin: read
/// `?from=now`, then the lists, then follow from that cursor. With `Accept: text/event-stream` it is the stream.
#[utoipa::path(operation_id = "listChanges", tag = "changes", summary = "Read what changed", params(ChangeParams), security((), ("token" = [])),
    responses((status = 200, description = "A page", body = ChangePage)))]
#[get("/changes")]
async fn list(
    request: HttpRequest,
    register: Data<Register>,
    deliver: Data<Deliver>,
    verifier: Data<Verifier>,
    reading: Reading,
    params: Params<ChangeParams>,
) -> Answered {
    let ChangeParams { authority, cursor: after, types, from, limit } = params.0;
    if from.is_some() && after.is_some() {
        let (fr, en) = ("`from` ou `cursor`, pas les deux", "`from` or `cursor`, not both");
        return Err(Problem::new(Kind::InvalidParameter).at("from", "twice", fr, en));
    }
    if request.headers().get(ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.starts_with("text/event-stream")) {
        return follow_from(request, register, deliver, verifier, reading, StreamParams { authority, cursor: after, types }).await;
    }
    let asked = asked(&register, reading, authority, after.as_deref(), types.as_deref()).await?;
    let (scope, limit) = (asked.scope.clone(), Limit::lines(limit));
    let page = delivering(&deliver, move |d| {
        if from == Some(From::Now) {
            let head = d.head(&asked.scope)?;
            return Ok(crate::deliver::FeedPage { events: Vec::new(), reached: head, head, more: false });
        }
        d.changes(&asked.scope, asked.after, &asked.types, limit)
    });
    let page = page.await?.map_err(|refusal| problem(&scope, refusal))?;
    let place = |number: i64| (scope.authority.clone(), number);
    let body = ChangePage {
        data: page.events,
        links: links(&request, page.more.then(|| place(page.reached))),
        cursor: cursor(&place(page.reached)),
        head: cursor(&place(page.head)),
    };
    json(&request, &body, scope.public_only)
}

/// Each change as it is committed, as a server-sent event: its data is a CloudEvent, its `id` a cursor. A reader that was cut off goes on with
/// `Last-Event-ID`, and misses nothing. The stream ends when its token does.
#[utoipa::path(operation_id = "streamChanges", tag = "changes", summary = "Follow what changes",
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

async fn follow_from(
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
            match actix_web::rt::time::timeout(CHECK_EVERY, self.stream.next()).await {
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
    config.service(list).service(follow);
}
