//! A ballot mode asked for by members: whether enough of them asked.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;

use super::made::many;
use super::presence::{self, When};
use super::profile::{self, Governed, RuleId};
use crate::record::{Ballot, BallotMode, Certainty, SittingRecord, VotingRight};

/// Who asked for a public or a secret ballot, against how many it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RequestReading {
    pub mode: BallotMode,
    pub asked: u32,
    /// Voting members in the room.
    pub present: u32,
    pub needed: u32,
    /// Null: the presence of a member is unsettled, and it turns on that.
    pub enough: Option<bool>,
    pub rule: RuleId,
    pub legal_basis: Vec<Cow<'static, str>>,
    pub certainty: Certainty,
}

/// The request for that mode of ballot, by members in the room. `None`: the record names nobody who asked, or no share of the members may ask
/// for that mode in that body.
pub fn mode_request<'b>(sitting: &SittingRecord, ballot: &Ballot, body: impl Into<Governed<'b>>) -> Option<RequestReading> {
    let body = body.into();
    let rule = match ballot.mode {
        BallotMode::PublicRollCall => RuleId::BallotPublicRequest,
        BallotMode::Secret => RuleId::BallotSecret,
        _ => return None,
    };
    let share = profile::share(rule, body, sitting.date)?;
    let basis = profile::basis(rule, body, sitting.date);
    let course = presence::Course::under(sitting, body);
    let presence = course.at(When::Ballot(ballot));
    let members = || presence.people.iter().filter(|person| person.voting_right != VotingRight::WithoutVote);
    let present = many(members().filter(|person| person.attending == Some(true)).count());
    let unsettled = many(members().filter(|person| person.attending.is_none()).count());
    let mut asking: Vec<String> = ballot.requested_by.as_ref()?.iter().filter_map(|person| course.names.key(person)).collect();
    asking.sort();
    asking.dedup();
    // Who is not in the room asks for nothing: a proxy is for a vote.
    let here = |key: &&String| members().any(|person| person.key == **key && person.attending == Some(true));
    let asked = many(asking.iter().filter(here).count());
    let enough = match (asked >= present.div_ceil(share), asked >= (present + unsettled).div_ceil(share)) {
        (true, true) => Some(true),
        (false, _) if unsettled == 0 => Some(false),
        _ => None,
    };
    let (legal_basis, certainty) = (basis.legal_basis(), basis.certainty);
    Some(RequestReading { mode: ballot.mode, asked, present, needed: present.div_ceil(share), enough, rule, legal_basis, certainty })
}
