//! Who was sent the convening: the members of the roster, each with what went out and what proves it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::record::names::{Names, person_of};
use crate::record::{AttendanceList, Dispatch, PersonRef, SittingRecord, VotingRight};

/// The convening as it went out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Dispatches {
    /// Members whose mandates are in force on the day of the sitting, in the order of the roster.
    pub members: Vec<MemberDispatch>,
    /// Those of them to whom the record shows nothing sent.
    pub not_sent: Vec<PersonRef>,
    /// What went out to others.
    pub others: Vec<Dispatch>,
}

/// What was sent to one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MemberDispatch {
    pub person: PersonRef,
    pub voting_right: VotingRight,
    /// In the order of the record; `[]`: the record shows nothing sent.
    pub dispatches: Vec<Dispatch>,
    /// Whether something proves that it was sent.
    pub proven: bool,
}

/// The dispatches of a sitting, by the members of its roster.
pub fn dispatches(sitting: &SittingRecord, roster: &[AttendanceList]) -> Dispatches {
    let names = Names::of_lists(roster);
    let all: Vec<&Dispatch> = sitting.convening.iter().flat_map(|convening| &convening.dispatches).collect();
    let (mut members, mut not_sent, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    for (list, entry) in roster.iter().flat_map(|list| list.entries.iter().map(move |entry| (list, entry))) {
        let person = person_of(entry);
        let key = names.key(&person);
        let own: Vec<&Dispatch> = all.iter().copied().filter(|d| key.is_some() && names.key(&d.person) == key).collect();
        if own.is_empty() {
            not_sent.push(person.clone());
        }
        let proven = own.iter().any(|dispatch| dispatch.proof.as_deref().is_some_and(|proof| !proof.trim().is_empty()));
        members.push(MemberDispatch { person, voting_right: list.voting_right, dispatches: own.into_iter().cloned().collect(), proven });
        keys.extend(key);
    }
    let others = all.into_iter().filter(|d| names.key(&d.person).is_none_or(|key| !keys.contains(&key))).cloned().collect();
    Dispatches { members, not_sent, others }
}
