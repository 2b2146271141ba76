//! The vote of a group, cast by one voice for all, expanded to its members.

use super::groups::Membership;
use super::presence::{Attendee, Course, PresenceState, When};
use super::profile::Governed;
use crate::record::{
    Affiliation, Ballot, BallotMode, BallotOption, GroupVote, Id, NotVotingReason, PersonRef, RollCallLine, SittingRecord, VoteBasis,
};
use crate::vocabulary;

vocabulary! {
    /// Why the vote of a group cannot be expanded.
    ExpansionRefusal {
        RemoteAttendance = "remote_attendance", "un membre assiste à distance : chacun vote en son nom", "a member attends remotely: everyone votes by name";
        DissentersNotAsked = "dissenters_not_asked", "il n'a pas été demandé qui vote autrement", "nobody asked who votes otherwise";
        DissenterNotVoter = "dissenter_not_voter", "qui vote autrement n'est pas un votant du groupe", "a dissenter is no voter of the group";
        DissenterTwice = "dissenter_twice", "deux positions pour un votant", "two positions for one voter";
        SecretBallot = "secret_ballot", "le scrutin est secret", "the ballot is secret";
        PresenceUnsettled = "presence_unsettled", "la présence d'un membre du groupe est indéterminée", "the presence of a member of the group is unsettled";
    }
}

/// The group's members in that ballot's electorate, present or validly represented, those who stand aside left out; named dissenters vote in
/// their own name. In printed order.
pub fn expand_group_vote<'b>(
    sitting: &SittingRecord,
    body: impl Into<Governed<'b>>,
    ballot: &Ballot,
    group: &Membership,
    vote: &GroupVote,
    memberships: impl Fn(Id) -> Membership,
) -> Result<Vec<RollCallLine>, ExpansionRefusal> {
    if ballot.mode == BallotMode::Secret {
        return Err(ExpansionRefusal::SecretBallot);
    }
    if !vote.dissenters_asked {
        return Err(ExpansionRefusal::DissentersNotAsked);
    }
    let course = Course::under(sitting, body.into());
    // The ballot's own roll call must not vouch for proxies.
    let presence = course.at(When::Ballot(&Ballot { roll_call: None, ..ballot.clone() }));
    if presence.people.iter().any(|attendee| attendee.remote && attendee.attending == Some(true)) {
        return Err(ExpansionRefusal::RemoteAttendance);
    }
    let own = |attendee: &&Attendee| membership(attendee, &memberships).same(group);
    let members: Vec<&Attendee> = presence.people.iter().filter(own).collect();
    if members.iter().any(|attendee| attendee.state == PresenceState::Unsettled) {
        return Err(ExpansionRefusal::PresenceUnsettled);
    }
    let votes = |attendee: &&&Attendee| matches!(attendee.state, PresenceState::Present | PresenceState::Represented);
    let voters: Vec<&Attendee> = members.iter().filter(votes).copied().collect();
    let mut dissent: Vec<(String, BallotOption)> = Vec::new();
    for dissenter in &vote.dissenters {
        let key = course.names.key(&dissenter.person).filter(|key| voters.iter().any(|attendee| attendee.key == *key));
        let key = key.ok_or(ExpansionRefusal::DissenterNotVoter)?;
        if dissent.iter().any(|(known, _)| *known == key) {
            return Err(ExpansionRefusal::DissenterTwice);
        }
        dissent.push((key, dissenter.option));
    }
    let expanded = |attendee: &&Attendee| {
        let otherwise = dissent.iter().find(|(key, _)| *key == attendee.key).map(|(_, option)| *option);
        let option = otherwise.unwrap_or(vote.option);
        RollCallLine {
            person: PersonRef { printed: attendee.printed.clone(), person: attendee.person, ..PersonRef::default() },
            option,
            by_proxy: attendee.holder.clone(),
            reason: (option == BallotOption::NotVoting).then_some(NotVotingReason::Declined),
            basis: if otherwise.is_some() { VoteBasis::Person } else { VoteBasis::Group },
        }
    };
    Ok(voters.iter().map(expanded).collect())
}

/// By the directory where the person is known there, else by the group printed beside the name.
fn membership(attendee: &Attendee, memberships: impl Fn(Id) -> Membership) -> Membership {
    let printed = || attendee.group.clone().map(|name| Membership { affiliation: Affiliation::Group, group: None, name: Some(name) });
    attendee.person.map(memberships).or_else(printed).unwrap_or(Membership::UNSTATED)
}
