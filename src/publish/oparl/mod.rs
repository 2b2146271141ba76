//! OParl 1.1: the public register as objects that point to one another by their addresses. A reference is written only where its target is shown.
//! What is not known is left out. OParl has no tally: of a vote it says in words what came out.

mod address;
mod bodies;
mod file;
mod list;
mod meeting;
mod paper;
mod people;

pub use address::{Address, ListOf};
pub use bodies::{Body, System, body, system};
pub use file::{File, FileOfRecord, FileShown, file};
pub use list::{Links, Page, Pagination};
pub use meeting::{AgendaItem, Location, Meeting, SittingShown, agenda_item, location, meeting, participants};
pub use paper::{ActShown, Consultation, Paper, consultation, opinion, paper};
pub use people::{Membership, Organization, Person, membership, of_body, of_group, person};

use std::collections::BTreeSet;

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use crate::record::{Authority, Id, Siren};

const SCHEMA: &str = "https://schema.oparl.org/1.1/";

/// Since when an object is there, and when it last changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub created: DateTime<Utc>,
    pub modified: DateTime<Utc>,
}

/// Where addresses begin, and what the public is shown of an authority.
pub struct Site {
    base: String,
    zone: Tz,
    authority: Option<Siren>,
    shown: BTreeSet<Id>,
}

impl Site {
    /// The register, whose addresses begin with `base`.
    pub fn register(base: &str) -> Self {
        Self { base: base.to_owned(), zone: Tz::UTC, authority: None, shown: BTreeSet::new() }
    }

    /// An authority, whose times are told in its own zone: in UTC, where that is not known. `shown` are the entries of its directory and the
    /// sittings that may be pointed to.
    pub fn of(base: &str, authority: &Authority, shown: BTreeSet<Id>) -> Self {
        let zone = authority.time_zone.parse().unwrap_or(Tz::UTC);
        Self { base: base.to_owned(), zone, authority: Some(authority.siren.clone()), shown }
    }

    fn url(&self, address: &Address) -> String {
        format!("{}{address}", self.base)
    }

    fn body(&self) -> Option<String> {
        self.authority.clone().map(|siren| self.url(&Address::Body(siren)))
    }

    /// The address of what is shown.
    fn shown(&self, id: Id, address: impl FnOnce(Id) -> Address) -> Option<String> {
        self.shown.contains(&id).then(|| self.url(&address(id)))
    }

    /// With the offset of that moment.
    fn time(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).to_rfc3339_opts(SecondsFormat::AutoSi, false)
    }

    fn head(&self, kind: &str, address: &Address, stamp: Stamp) -> Head {
        Head {
            id: self.url(address),
            kind: format!("{SCHEMA}{kind}"),
            created: Some(self.time(stamp.created)),
            modified: Some(self.time(stamp.modified)),
        }
    }

    /// What is left of an object that the public was once shown.
    pub fn gone(&self, address: &Address, stamp: Stamp) -> Gone {
        let kind = match address {
            Address::System => "System",
            Address::Bodies | Address::Body(_) | Address::List(..) => "Body",
            Address::Organization(_) | Address::MeetingsOf(_) => "Organization",
            Address::Person(_) => "Person",
            Address::Membership(_) => "Membership",
            Address::Meeting(_) => "Meeting",
            Address::AgendaItem(..) => "AgendaItem",
            Address::Location(_) => "Location",
            Address::Paper(_) => "Paper",
            Address::Consultation(..) | Address::Opinion(..) => "Consultation",
            Address::File(_) | Address::Access(_) | Address::Download(_) => "File",
        };
        Gone { head: self.head(kind, address, stamp), deleted: true }
    }
}

/// What every object has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Head {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
}

/// An object that was shown and is no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gone {
    #[serde(flatten)]
    head: Head,
    deleted: bool,
}

/// An object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Object {
    System(System),
    Body(Body),
    Organization(Organization),
    Person(Person),
    Membership(Membership),
    Meeting(Box<Meeting>),
    AgendaItem(Box<AgendaItem>),
    Location(Location),
    Paper(Box<Paper>),
    Consultation(Consultation),
    File(File),
    Gone(Gone),
}

/// Why something could not be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorObject {
    #[serde(rename = "type")]
    kind: String,
    /// For people, in the language of the register.
    message: String,
    /// For who programs.
    debug: String,
}

impl ErrorObject {
    pub fn new(message: impl Into<String>, debug: impl Into<String>) -> Self {
        Self { kind: format!("{SCHEMA}Error"), message: message.into(), debug: debug.into() }
    }
}
