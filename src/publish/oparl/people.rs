//! Bodies and groups, persons, mandates.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Address, Head, Site, Stamp};
use crate::record::{self, Affiliation, Id, Mandate, MandateRole, VotingRight};

/// A body that sits, or a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    #[serde(flatten)]
    head: Head,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_name: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    membership: Vec<String>,
    /// List.
    #[serde(skip_serializing_if = "Option::is_none")]
    meeting: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub_organization_of: Option<String>,
    /// One of the words that OParl proposes.
    organization_type: &'static str,
    classification: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<NaiveDate>,
}

/// A body with its mandates that are shown.
pub fn of_body(site: &Site, id: Id, body: &record::Body, stamp: Stamp, mandates: &[Id]) -> Organization {
    Organization {
        head: site.head("Organization", &Address::Organization(id), stamp),
        body: site.body(),
        name: body.name.clone(),
        short_name: None,
        membership: mandates.iter().map(|mandate| site.url(&Address::Membership(*mandate))).collect(),
        meeting: Some(site.url(&Address::MeetingsOf(id))),
        sub_organization_of: body.parent.and_then(|parent| site.shown(parent, Address::Organization)),
        organization_type: "Gremium",
        classification: body.kind.label().fr.to_owned(),
        start_date: body.valid_from,
        end_date: body.valid_to,
    }
}

/// A group. Who belongs to it is told by the mandates that are held on its behalf.
pub fn of_group(site: &Site, id: Id, group: &record::Group, stamp: Stamp) -> Organization {
    Organization {
        head: site.head("Organization", &Address::Organization(id), stamp),
        body: site.body(),
        name: group.name.clone(),
        short_name: group.short_name.clone(),
        membership: Vec::new(),
        meeting: None,
        sub_organization_of: None,
        organization_type: "Fraktion",
        classification: "groupe d'élus".to_owned(),
        start_date: group.valid_from,
        end_date: group.valid_to,
    }
}

/// A mandate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Membership {
    #[serde(flatten)]
    head: Head,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    voting_right: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on_behalf_of: Option<String>,
}

pub fn membership(site: &Site, id: Id, mandate: &Mandate, stamp: Stamp) -> Membership {
    let group = mandate.group.filter(|_| mandate.affiliation == Affiliation::Group);
    Membership {
        head: site.head("Membership", &Address::Membership(id), stamp),
        person: site.shown(mandate.person, Address::Person),
        organization: site.shown(mandate.body, Address::Organization),
        role: (mandate.role != MandateRole::Unstated).then(|| mandate.role.label().fr),
        voting_right: match mandate.voting_right {
            VotingRight::Voting => Some(true),
            VotingRight::WithoutVote => Some(false),
            VotingRight::Unstated => None,
        },
        start_date: mandate.valid_from,
        end_date: mandate.valid_to,
        on_behalf_of: group.and_then(|group| site.shown(group, Address::Organization)),
    }
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    #[serde(flatten)]
    head: Head,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    name: String,
    family_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    form_of_address: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    membership: Vec<Membership>,
}

/// A person with the mandates that are shown, or without any.
pub fn person(site: &Site, id: Id, person: &record::Person, stamp: Stamp, membership: Vec<Membership>) -> Person {
    let name = person.given_name.iter().chain([&person.family_name]).map(String::as_str).collect::<Vec<_>>().join(" ");
    Person {
        head: site.head("Person", &Address::Person(id), stamp),
        body: site.body(),
        name,
        family_name: person.family_name.clone(),
        given_name: person.given_name.clone(),
        form_of_address: person.civility.clone(),
        membership,
    }
}
