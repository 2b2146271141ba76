//! The change feed: pages of events after a cursor.

use actix_web::http::header::{ACCEPT, LINK};
use actix_web::web::Data;
use actix_web::{HttpRequest, get};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::Reading;
use super::change_stream::{StreamParams, follow_from};
use super::page::{Limit, Links, cursor, links, place};
use super::problem::{Kind, Problem};
use super::query::Params;
use super::respond::{Answered, blocking, delivering, json};
use super::tokens::Verifier;
use crate::deliver::{ChangeEvent, Deliver, DeliverRefusal, EventTypes, Scope};
use crate::record::Siren;
use crate::register::{Page, Register};

/// Where to begin.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum FeedStart {
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
    #[param(inline)]
    from: Option<FeedStart>,
    /// 1 to 200; 50 when not said.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 200)]
    limit: Option<Limit>,
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
pub struct Asked {
    pub scope: Scope,
    pub types: EventTypes,
    pub after: Option<i64>,
}

/// What a request asks to follow.
pub async fn asked(
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
pub fn problem(scope: &Scope, refusal: DeliverRefusal) -> Problem {
    let DeliverRefusal::CursorExpired { head } = refusal else { return refusal.into() };
    let next = format!("</v1/changes?authority={}&cursor={}>; rel=\"next\"", scope.authority, cursor(&(&scope.authority, head)));
    Problem::from(refusal).with_header(LINK, next)
}

/// Read what changed
///
/// What changed, in the order of commit, after a cursor: CloudEvents 1.0, without the records. A token with `records:read` is told of everything
/// of its authority; without one, of what concerns public records: one that ceases to be public is deleted to the public. To begin: read
/// `?from=now`, then the lists, then follow from that cursor. With `Accept: text/event-stream` it is the stream.
#[utoipa::path(operation_id = "listChanges", tag = "changes", params(ChangeParams), security((), ("token" = [])),
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
        if from == Some(FeedStart::Now) {
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

pub fn routes(config: &mut ServiceConfig) {
    config.service(list);
}
