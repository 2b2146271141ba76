//! Who sits, on a day.

use actix_web::HttpRequest;
use actix_web::web::{self, Data, ServiceConfig};
use serde::Serialize;

use super::choice::choice;
use super::respond::{Answered, Text, page};
use super::site::{Held, Site};
use super::templates::render;
use super::words::{self, Day};
use super::{address, names};
use crate::record::{Affiliation, MandateRole, VotingRight};
use crate::register::{Membership, Register, Seat, storable};

#[derive(Serialize)]
struct Model {
    site: Site,
    on: Day,
    /// What was asked for and is no day.
    wrong: Option<String>,
    members: Vec<MemberLine>,
}

/// A member in a list.
#[derive(Clone, Debug, Serialize)]
pub struct MemberLine {
    pub name: String,
    pub href: String,
    pub memberships: Vec<MembershipLine>,
}

/// A mandate.
#[derive(Clone, Debug, Serialize)]
pub struct MembershipLine {
    pub body: String,
    /// None: not stated.
    pub role: Option<String>,
    pub without_vote: bool,
    pub group: Option<GroupLink>,
    /// "depuis le 1er juillet 2021"; none: no bound is known.
    pub when: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct GroupLink {
    pub name: String,
    /// None: not one of a group.
    pub href: Option<String>,
}

impl From<&Seat> for MemberLine {
    fn from(seat: &Seat) -> Self {
        Self {
            name: names::of_person(&seat.person),
            href: address::member(seat.id),
            memberships: seat.memberships.iter().map(MembershipLine::from).collect(),
        }
    }
}

impl From<&Membership> for MembershipLine {
    fn from(membership: &Membership) -> Self {
        let group = match (membership.affiliation, &membership.group) {
            (_, Some((id, name))) => Some(GroupLink { name: name.clone(), href: Some(address::group(*id)) }),
            (Affiliation::NonAffiliated, None) => Some(GroupLink { name: words::label(Affiliation::NonAffiliated.label()), href: None }),
            _ => None,
        };
        let when = match (membership.valid_from, membership.valid_to) {
            (None, None) => None,
            (Some(from), None) => Some(format!("depuis le {}", words::day(from))),
            (None, Some(to)) => Some(format!("jusqu’au {}", words::day(to))),
            (Some(from), Some(to)) => Some(format!("du {} au {}", words::day(from), words::day(to))),
        };
        Self {
            body: membership.body_name.clone(),
            role: (membership.role != MandateRole::Unstated).then(|| words::label(membership.role.label())),
            without_vote: membership.voting_right == VotingRight::WithoutVote,
            group,
            when,
        }
    }
}

async fn members(request: HttpRequest, register: Data<Register>) -> Answered {
    page(&request, &register, |register, asked| {
        let held = Held::load(register, asked)?;
        if let Some(choice) = choice(asked, &held)? {
            return Ok(choice);
        }
        let day = asked.get("le").map(|text| text.parse().ok().filter(|day| storable(*day)).ok_or(text));
        let (on, seats) = register.members_on(&held.one()?.siren, day.and_then(Result::ok))?;
        let model = Model {
            site: held.site(asked),
            on: Day::of(on),
            wrong: day.and_then(Result::err).map(str::to_owned),
            members: seats.iter().map(MemberLine::from).collect(),
        };
        Ok(Text::page(render("members.html", model)?))
    })
    .await
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/elus").route(web::get().to(members)));
}
