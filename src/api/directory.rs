//! Bodies, groups, persons and mandates: the same four operations on each. The registers kept beside them have the same (`registers`).

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get, post, put};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{DirectoryWrite, Granted, Reading};
use super::body::Sent;
use super::conditional::{IdempotencyKey, IfMatch, written};
use super::page::{Limit, List, links, place};
use super::problem::Problem;
use super::query::{NoParams, Params, day, instant};
use super::respond::{Answered, blocking, filing, list, raw};
use crate::publish::{BodyAnswer, GroupAnswer, MandateAnswer, PersonAnswer};
use crate::record::{Body, Group, Id, Mandate, Person, Siren, fold};
use crate::register::{Entry, Page, Register};
use crate::store::{DirectoryFilter, EntryKind};

/// Which bodies or groups.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NamedParams {
    /// SIREN of the authority; needed without a token when the register holds several.
    authority: Option<Siren>,
    /// Part of the name, whatever its case and accents.
    q: Option<String>,
    /// Valid on this day. An unknown bound bounds nothing.
    #[serde(default, deserialize_with = "day")]
    on: Option<NaiveDate>,
    /// Changed at or after this instant.
    #[serde(default, deserialize_with = "instant")]
    modified_since: Option<DateTime<Utc>>,
    /// 1 to 200; 50 when not said.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 200)]
    limit: Option<Limit>,
    /// From `links.next`.
    cursor: Option<String>,
}

/// Which persons.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PersonParams {
    /// SIREN of the authority; needed without a token when the register holds several.
    authority: Option<Siren>,
    /// Part of a name or an alias, whatever its case and accents.
    q: Option<String>,
    /// Changed at or after this instant.
    #[serde(default, deserialize_with = "instant")]
    modified_since: Option<DateTime<Utc>>,
    /// 1 to 200; 50 when not said.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 200)]
    limit: Option<Limit>,
    /// From `links.next`.
    cursor: Option<String>,
}

/// Which mandates.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MandateParams {
    /// SIREN of the authority; needed without a token when the register holds several.
    authority: Option<Siren>,
    body: Option<Id>,
    person: Option<Id>,
    group: Option<Id>,
    /// In force on this day. An unknown bound bounds nothing.
    #[serde(default, deserialize_with = "day")]
    on: Option<NaiveDate>,
    /// Changed at or after this instant.
    #[serde(default, deserialize_with = "instant")]
    modified_since: Option<DateTime<Utc>>,
    /// 1 to 200; 50 when not said.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 200)]
    limit: Option<Limit>,
    /// From `links.next`.
    cursor: Option<String>,
}

/// What a list asks of the register: which page, and which entries on it.
pub(super) type Wanted = Result<(Page, DirectoryFilter), Problem>;

pub(super) fn wanted(authority: Option<Siren>, limit: Option<Limit>, cursor: Option<&str>, filter: DirectoryFilter) -> Wanted {
    Ok((Page { authority, limit: Limit::lines(limit) }, DirectoryFilter { after: place(cursor)?, ..filter }))
}

impl NamedParams {
    fn wanted(self) -> Wanted {
        let filter = DirectoryFilter {
            name: self.q.as_deref().map(fold),
            on: self.on,
            modified_since: self.modified_since.map(|t| t.naive_utc()),
            ..DirectoryFilter::default()
        };
        wanted(self.authority, self.limit, self.cursor.as_deref(), filter)
    }
}

impl PersonParams {
    fn wanted(self) -> Wanted {
        let filter = DirectoryFilter {
            name: self.q.as_deref().map(fold),
            modified_since: self.modified_since.map(|t| t.naive_utc()),
            ..DirectoryFilter::default()
        };
        wanted(self.authority, self.limit, self.cursor.as_deref(), filter)
    }
}

impl MandateParams {
    fn wanted(self) -> Wanted {
        let text = |id: Option<Id>| id.map(|id| id.to_string());
        let filter = DirectoryFilter {
            body: text(self.body),
            person: text(self.person),
            political_group: text(self.group),
            on: self.on,
            modified_since: self.modified_since.map(|t| t.naive_utc()),
            ..DirectoryFilter::default()
        };
        wanted(self.authority, self.limit, self.cursor.as_deref(), filter)
    }
}

/// List, file, read and replace one kind of entry.
macro_rules! resource {
    ($module:ident, $record:ident, $answer:ident, $params:ident, $path:literal, $one:literal, $tag:literal, $a:literal,
     $list_id:literal, $add_id:literal, $get_id:literal, $put_id:literal) => {
        pub mod $module {
            use super::*;

            #[utoipa::path(operation_id = $list_id, tag = $tag, summary = concat!("List ", $tag),
                description = "What the reader may see of them; all filters that are given must hold.", params($params), security((), ("token" = [])),
                responses((status = 200, description = "A page, in the order in which they were filed", body = List<$answer>)))]
            #[get($path)]
            pub async fn list_all(request: HttpRequest, register: Data<Register>, reading: Reading, params: Params<$params>) -> Answered {
                let (page, filter) = params.0.wanted()?;
                let listed = blocking(&register, move |r| r.entries(EntryKind::$record, &reading.0, &page, filter)).await?;
                list(&request, raw(listed.lines)?, links(&request, listed.next), listed.public)
            }

            #[utoipa::path(operation_id = $add_id, tag = $tag, summary = concat!("File ", $a),
                description = "As a new entry, whose identifier the register makes.", request_body = $record,
                security(("token" = ["directory:write"])),
                responses((status = 201, description = "Filed", body = $answer, headers(("ETag" = String), ("Location" = String)))))]
            #[post($path)]
            pub async fn add(
                request: HttpRequest, register: Data<Register>, who: Granted<DirectoryWrite>, key: IdempotencyKey, _params: Params<NoParams>,
                sent: Sent<$record>,
            ) -> Answered {
                let (actor, once) = (who.actor(), key.once(&request, &sent.bytes));
                let entry = Entry::$record(sent.value);
                Ok(written(blocking(&register, move |r| r.add_entry(&actor, once.as_ref(), Id::mint(), &entry)).await?))
            }

            #[utoipa::path(operation_id = $get_id, tag = $tag, summary = concat!("Read ", $a),
                description = "As it stands; its tag is what `If-Match` wants.", params(("id" = Id, Path)),
                security((), ("token" = [])),
                responses((status = 200, description = "The entry", body = $answer, headers(("ETag" = String))), (status = 304, description = "Not modified")))]
            #[get($one)]
            pub async fn one(
                request: HttpRequest, register: Data<Register>, id: Path<Id>, reading: Reading, _params: Params<NoParams>,
            ) -> Answered {
                let (id, reader) = (*id, reading.0.clone());
                let found = blocking(&register, move |r| r.entry(EntryKind::$record, id, &reader)).await?;
                if EntryKind::$record.restricted() {
                    $crate::api::respond::note_reading(&request, &register, &reading, id).await?;
                }
                Ok(filing(&request, found))
            }

            #[utoipa::path(operation_id = $put_id, tag = $tag, summary = concat!("Replace ", $a),
                description = "Whole: what is absent becomes unknown. The versions before are kept.", params(("id" = Id, Path)),
                request_body = $record, security(("token" = ["directory:write"])),
                responses((status = 200, description = "Replaced", body = $answer, headers(("ETag" = String)))))]
            #[put($one)]
            pub async fn replace(
                register: Data<Register>, id: Path<Id>, who: Granted<DirectoryWrite>, matching: IfMatch, _params: Params<NoParams>,
                sent: Sent<$record>,
            ) -> Answered {
                let (actor, entry) = (who.actor(), Entry::$record(sent.value));
                Ok(written(blocking(&register, move |r| r.replace_entry(&actor, &matching.0, *id, &entry)).await?))
            }
        }
    };
}

pub(super) use resource;

resource!(bodies, Body, BodyAnswer, NamedParams, "/bodies", "/bodies/{id}", "bodies", "a body", "listBodies", "addBody", "getBody", "replaceBody");
resource!(
    groups,
    Group,
    GroupAnswer,
    NamedParams,
    "/groups",
    "/groups/{id}",
    "groups",
    "a group",
    "listGroups",
    "addGroup",
    "getGroup",
    "replaceGroup"
);
resource!(
    persons,
    Person,
    PersonAnswer,
    PersonParams,
    "/persons",
    "/persons/{id}",
    "persons",
    "a person",
    "listPersons",
    "addPerson",
    "getPerson",
    "replacePerson"
);
resource!(
    mandates,
    Mandate,
    MandateAnswer,
    MandateParams,
    "/mandates",
    "/mandates/{id}",
    "mandates",
    "a mandate",
    "listMandates",
    "addMandate",
    "getMandate",
    "replaceMandate"
);

pub fn routes(config: &mut ServiceConfig) {
    config.service(bodies::list_all).service(bodies::add).service(bodies::one).service(bodies::replace);
    config.service(groups::list_all).service(groups::add).service(groups::one).service(groups::replace);
    config.service(persons::list_all).service(persons::add).service(persons::one).service(persons::replace);
    config.service(mandates::list_all).service(mandates::add).service(mandates::one).service(mandates::replace);
}
