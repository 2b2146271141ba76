//! The register as a system, and its authorities.

use serde::Serialize;

use super::{Address, Head, ListOf, Site, Stamp};
use crate::record::Authority;

/// The way in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct System {
    #[serde(flatten)]
    head: Head,
    oparl_version: String,
    name: String,
    /// List.
    body: String,
}

/// The system; `stamp` is known once it shows an authority.
pub fn system(site: &Site, stamp: Option<Stamp>) -> System {
    let head = Head {
        id: site.url(&Address::System),
        kind: format!("{}System", super::SCHEMA),
        created: stamp.map(|stamp| site.time(stamp.created)),
        modified: stamp.map(|stamp| site.time(stamp.modified)),
    };
    System { head, oparl_version: super::SCHEMA.to_owned(), name: "registre".to_owned(), body: site.url(&Address::Bodies) }
}

/// An authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Body {
    #[serde(flatten)]
    head: Head,
    system: String,
    name: String,
    classification: String,
    organization: String,
    person: String,
    meeting: String,
    paper: String,
    /// Must be there, and no term is recorded.
    legislative_term: [(); 0],
    agenda_item: String,
    consultation: String,
    file: String,
    location_list: String,
    membership: String,
}

pub fn body(site: &Site, authority: &Authority, stamp: Stamp) -> Body {
    let list = |of| site.url(&Address::List(authority.siren.clone(), of));
    Body {
        head: site.head("Body", &Address::Body(authority.siren.clone()), stamp),
        system: site.url(&Address::System),
        name: authority.name.clone(),
        classification: authority.kind.label().fr.to_owned(),
        organization: list(ListOf::Organizations),
        person: list(ListOf::Persons),
        meeting: list(ListOf::Meetings),
        paper: list(ListOf::Papers),
        legislative_term: [],
        agenda_item: list(ListOf::AgendaItems),
        consultation: list(ListOf::Consultations),
        file: list(ListOf::Files),
        location_list: list(ListOf::Locations),
        membership: list(ListOf::Memberships),
    }
}
