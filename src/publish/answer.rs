//! The answers for readers: the record, and beside it what the register adds. A field of the same name is replaced by what is added.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;

use super::AuthoritativeCopy;
use crate::record::{
    AgendaItem, AttendanceList, Authority, Ballot, Body, BodyKind, Chair, Convening, Count, Event, EventKind, Finding, Group, Id,
    InterestDeclaration, Mandate, Part, Person, PowersDelegation, PrintedTime, Proxy, Recusal, Secretary, SignatureDelegation, SittingRecord,
    StatedQuorum, Visibility, Workflow,
};

/// A body, as another record points to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BodyLink {
    pub id: Id,
    pub href: String,
    pub name: String,
    pub kind: BodyKind,
}

/// A sitting, as an act points to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SittingLink {
    pub id: Id,
    pub href: String,
    pub date: NaiveDate,
    pub body: BodyLink,
}

/// The sitting's facts that an act prints.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Extract {
    pub heading: Option<String>,
    pub date: NaiveDate,
    pub end_date: Option<NaiveDate>,
    pub starts: Option<PrintedTime>,
    pub ends: Option<PrintedTime>,
    pub place: Option<String>,
    pub convening: Option<Convening>,
    pub parts: Vec<Part>,
    pub chairs: Vec<Chair>,
    pub secretaries: Vec<Secretary>,
    pub members_in_office: Option<Count>,
    pub quorum: Option<StatedQuorum>,
    /// The lists that are about the act's items.
    pub attendance: Vec<AttendanceList>,
    pub timeline: Option<Vec<Event>>,
    pub proxies: Option<Vec<Proxy>>,
    /// The items that the act comes from.
    pub agenda: Vec<AgendaItem>,
}

/// What the register adds to the record of an act.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ActAdded {
    pub id: Id,
    pub href: String,
    /// The authority's SIREN.
    pub authority: String,
    /// The number of the act: the first of that kind.
    pub number: Option<String>,
    pub workflow: Workflow,
    pub visibility: Visibility,
    /// Counts the accepted changes of the record.
    pub version: i32,
    /// The signed original, once there is one: the copy that counts.
    pub authoritative_copy: Option<AuthoritativeCopy>,
    pub sitting: SittingLink,
    pub extract: Extract,
    /// Those of the sitting that cover the act's items; null: the record does not say.
    pub recusals: Option<Vec<Recusal>>,
    /// Those of the sitting that cover the act's items, whole.
    pub ballots: Vec<Ballot>,
    pub findings: Vec<Finding>,
}

/// What the register adds to the record of a sitting.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SittingAdded {
    pub id: Id,
    pub href: String,
    /// The authority's SIREN.
    pub authority: String,
    pub body: BodyLink,
    pub visibility: Visibility,
    /// Counts the accepted changes of the record: of a live sitting, its last event or ballot.
    pub version: i32,
    pub findings: Vec<Finding>,
}

/// What the register adds to an entry of the directory.
#[derive(Serialize, ToSchema)]
pub struct Filed<'a> {
    #[schema(format = Uuid)]
    pub id: &'a str,
    pub href: &'a str,
    /// The authority's SIREN.
    pub authority: &'a str,
    pub version: i32,
}

/// What the register adds to an authority.
#[derive(Serialize, ToSchema)]
struct FiledAuthority {
    #[allow(dead_code, reason = "only its schema is used")]
    href: String,
    #[allow(dead_code, reason = "only its schema is used")]
    version: i32,
}

/// What a write of a record is answered.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Receipt {
    pub id: Id,
    pub href: String,
    pub version: i32,
    /// SHA-256 of the canonical record: what `If-Match` of the next write of the record wants, within quotes.
    pub digest: String,
    /// What does not hold in the record as it now stands.
    pub findings: Vec<Finding>,
}

/// What of a sitting its acts show.
#[derive(Clone, Debug, Serialize)]
pub struct Concerned {
    #[serde(flatten)]
    pub extract: Extract,
    /// Null: the record does not say.
    pub recusals: Option<Vec<Recusal>>,
    pub ballots: Vec<Ballot>,
}

impl Concerned {
    /// What concerns the acts of these items.
    pub fn of(sitting: &SittingRecord, items: &[Id]) -> Self {
        let concerns = |covers: &[Id]| covers.iter().any(|item| items.contains(item));
        let aside = |all: &Vec<Recusal>| all.iter().filter(|r| r.covers.is_empty() || concerns(&r.covers)).cloned().collect();
        Self {
            extract: Extract::of(sitting, items),
            recusals: sitting.recusals.as_ref().map(aside),
            ballots: sitting.ballots.iter().filter(|b| concerns(&b.covers)).cloned().collect(),
        }
    }
}

impl Extract {
    /// What the acts of these items print of their sitting.
    pub fn of(sitting: &SittingRecord, items: &[Id]) -> Self {
        let concerns = |covers: &[Id]| covers.is_empty() || covers.iter().any(|item| items.contains(item));
        Self {
            heading: sitting.heading.clone(),
            date: sitting.date,
            end_date: sitting.end_date,
            starts: sitting.starts.clone(),
            ends: sitting.ends.clone(),
            place: sitting.place.clone(),
            convening: sitting.convening.clone(),
            parts: sitting.parts.clone(),
            chairs: sitting.chairs.clone(),
            secretaries: sitting.secretaries.clone(),
            members_in_office: sitting.members_in_office,
            quorum: sitting.quorum.clone(),
            attendance: sitting.attendance.iter().filter(|list| concerns(&list.covers)).cloned().collect(),
            timeline: sitting.timeline.as_ref().map(|events| events.iter().filter(|e| is_told(e, items)).cloned().collect()),
            proxies: sitting.proxies.clone(),
            agenda: sitting.agenda.iter().filter(|item| items.contains(&item.id)).cloned().collect(),
        }
    }
}

/// Who came and went tells who was there, whatever the item; what else happened is told by the act on whose item it did.
fn is_told(event: &Event, items: &[Id]) -> bool {
    let presence = matches!(
        event.kind,
        EventKind::Arrival
            | EventKind::Departure
            | EventKind::RemoteConnection
            | EventKind::RemoteDisconnection
            | EventKind::ProxyGiven
            | EventKind::ProxyEnded
            | EventKind::Resignation
            | EventKind::Substitution
    );
    presence || event.moment.item.is_none_or(|item| items.contains(&item))
}

/// A stored record and what is added to it, as one JSON object.
///
/// # Errors
/// When the record is no JSON object.
pub fn merged(record: &[u8], added: &impl Serialize) -> serde_json::Result<String> {
    let mut answer: serde_json::Map<String, Value> = serde_json::from_slice(record)?;
    if let Value::Object(added) = serde_json::to_value(added)? {
        answer.extend(added);
    }
    serde_json::to_string(&answer)
}

/// The schema of an answer: that of a record and of what is added to it.
pub fn merged_schema(about: &str, record: RefOr<Schema>, added: RefOr<Schema>) -> RefOr<Schema> {
    match (record, added) {
        (RefOr::T(Schema::Object(mut answer)), RefOr::T(Schema::Object(added))) => {
            answer.properties.extend(added.properties);
            answer.required = answer.properties.keys().cloned().collect();
            answer.description = Some(about.trim().to_owned());
            RefOr::T(Schema::Object(answer))
        }
        (record, _) => record,
    }
}

/// The schema of an answer, derived from those of the record and of what is added.
macro_rules! answer {
    ($(#[doc = $doc:literal])+ $name:ident = $record:ty, $($added:ty),+) => {
        $(#[doc = $doc])+
        pub struct $name;

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                let schema = <$record as utoipa::PartialSchema>::schema();
                let about = concat!($($doc, "\n"),+);
                $(let schema = $crate::publish::merged_schema(about, schema, <$added as utoipa::PartialSchema>::schema());)+
                schema
            }
        }
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
                <$record as utoipa::ToSchema>::schemas(schemas);
                $(<$added as utoipa::ToSchema>::schemas(schemas);)+
            }
        }
    };
}
pub(crate) use answer;

answer! {
    /// A sitting as a reader is answered: its record, and what the register knows of it.
    SittingAnswer = SittingRecord, SittingAdded
}
answer! {
    /// An authority of the register.
    AuthorityAnswer = Authority, FiledAuthority
}
answer! {
    /// A body of the directory.
    BodyAnswer = Body, Filed<'static>
}
answer! {
    /// A group of the directory.
    GroupAnswer = Group, Filed<'static>
}
answer! {
    /// A person of the directory.
    PersonAnswer = Person, Filed<'static>
}
answer! {
    /// A mandate of the directory.
    MandateAnswer = Mandate, Filed<'static>
}
answer! {
    /// A standing declaration of interest. Restricted.
    InterestDeclarationAnswer = InterestDeclaration, Filed<'static>
}
answer! {
    /// A delegation of signature.
    SignatureDelegationAnswer = SignatureDelegation, Filed<'static>
}
answer! {
    /// Powers delegated to a body.
    PowersDelegationAnswer = PowersDelegation, Filed<'static>
}
