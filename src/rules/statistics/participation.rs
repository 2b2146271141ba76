//! Who was there: by sitting, and by ballot, because who comes late or leaves early was there for some of it.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::super::made::many;
use super::super::presence::{Attendee, Course, Presence, PresenceState, When};
use super::{VoteCounts, known, named_votes, took_place};
use crate::record::names::person_of;
use crate::record::{AttendanceStatus, Id, SittingRecord, VoteBasis};

/// Sittings of one member, each under one head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct SittingCounts {
    /// Sittings that took place while the person was a member.
    pub held: u32,
    /// In the room at some time.
    pub present: u32,
    /// There at some time, connected from elsewhere.
    pub remote: u32,
    pub excused: u32,
    /// Away, and known to have given a proxy.
    pub represented: u32,
    pub absent: u32,
    /// The record does not tell.
    pub unsettled: u32,
}

/// Ballots of one member, secret ones too: who could vote is no secret. Each is under one head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct BallotCounts {
    /// Ballots in which the person had a vote: present, or represented.
    pub could_vote: u32,
    pub present: u32,
    pub represented: u32,
    pub recused: u32,
    pub absent: u32,
    pub excused: u32,
    pub not_entitled: u32,
    /// The record does not tell.
    pub unsettled: u32,
}

/// What one member comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct MemberParticipation {
    pub sittings: SittingCounts,
    pub ballots: BallotCounts,
    pub votes: VoteCounts,
    /// Agenda items on which the person stood aside.
    pub recusals: u32,
}

/// What the members of a body come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Participation {
    pub held: u32,
    /// Sittings of which the record does not say that they took place: convened, no more.
    pub not_held: u32,
    pub ballots: u32,
    /// Names in the lists of attendance that are tied to nobody of the directory: they are in no line.
    pub unidentified: u32,
    pub members: BTreeMap<Id, MemberParticipation>,
}

impl Participation {
    /// Counts a sitting. `in_office`: whose mandates were in force on its day; whom its lists name counts as well.
    pub fn add(&mut self, sitting: &SittingRecord, in_office: &[Id]) {
        if !took_place(sitting) {
            self.not_held += 1;
            return;
        }
        self.held += 1;
        let course = Course::of(sitting);
        let whole = course.at(When::Whole);
        self.unidentified += many(whole.people.iter().filter(|attendee| identified(attendee).is_none()).count());
        let listed = whole.people.iter().filter_map(identified);
        let mut scope: Vec<Id> = in_office.iter().copied().chain(listed).collect();
        scope.sort_unstable();
        scope.dedup();
        for person in &scope {
            let excused = listed_as_excused(sitting, &course, *person);
            count_sitting(&mut self.members.entry(*person).or_default().sittings, attendee(&whole, *person), excused);
        }
        for ballot in &sitting.ballots {
            self.ballots += 1;
            let presence = course.at(When::Ballot(ballot));
            let votes = named_votes(ballot, &course.names);
            for person in &scope {
                let member = self.members.entry(*person).or_default();
                count_ballot(&mut member.ballots, attendee(&presence, *person));
                votes.iter().filter(|vote| vote.person == *person && vote.basis == VoteBasis::Person).for_each(|vote| member.votes.add(vote));
            }
        }
        for (person, items) in stood_aside(sitting, &course) {
            if scope.binary_search(&person).is_ok() {
                self.members.entry(person).or_default().recusals += items;
            }
        }
    }
}

/// How one person was there, whole sitting: one head of the counts is 1. Nothing where the record does not say that the sitting took place.
pub fn attendance_of(sitting: &SittingRecord, person: Id) -> Option<SittingCounts> {
    took_place(sitting).then(|| {
        let course = Course::of(sitting);
        let whole = course.at(When::Whole);
        let mut counts = SittingCounts::default();
        count_sitting(&mut counts, attendee(&whole, person), listed_as_excused(sitting, &course, person));
        counts
    })
}

fn identified(attendee: &Attendee) -> Option<Id> {
    attendee.person.or_else(|| attendee.key.parse().ok())
}

fn attendee(presence: &Presence, person: Id) -> Option<&Attendee> {
    presence.people.iter().find(|attendee| identified(attendee) == Some(person))
}

fn count_sitting(counts: &mut SittingCounts, attendee: Option<&Attendee>, excused: bool) {
    counts.held += 1;
    let Some(attendee) = attendee else {
        // A member of whom no list speaks.
        counts.unsettled += 1;
        return;
    };
    let there = if attendee.remote { &mut counts.remote } else { &mut counts.present };
    let head = match (attendee.state, attendee.attending) {
        (PresenceState::Represented, _) => &mut counts.represented,
        (PresenceState::Excused, _) => &mut counts.excused,
        (PresenceState::Absent, _) => &mut counts.absent,
        // Without a vote, or standing aside: there all the same.
        (PresenceState::Present | PresenceState::NotEntitled | PresenceState::Recused, Some(true)) => there,
        (PresenceState::NotEntitled, Some(false)) if excused => &mut counts.excused,
        (PresenceState::NotEntitled, Some(false)) => &mut counts.absent,
        _ => &mut counts.unsettled,
    };
    *head += 1;
}

fn count_ballot(counts: &mut BallotCounts, attendee: Option<&Attendee>) {
    let head = match attendee.map_or(PresenceState::Unsettled, |attendee| attendee.state) {
        PresenceState::Present => &mut counts.present,
        PresenceState::Represented => &mut counts.represented,
        PresenceState::Recused => &mut counts.recused,
        PresenceState::Excused => &mut counts.excused,
        PresenceState::Absent => &mut counts.absent,
        PresenceState::NotEntitled => &mut counts.not_entitled,
        PresenceState::Unsettled => &mut counts.unsettled,
    };
    *head += 1;
    counts.could_vote = counts.present + counts.represented;
}

/// Presence does not tell how someone without a vote was away.
fn listed_as_excused(sitting: &SittingRecord, course: &Course<'_>, person: Id) -> bool {
    use AttendanceStatus::{Excused, ExcusedRepresented, ExcusedUnrepresented};
    let lists = sitting.attendance.iter().filter(|list| matches!(list.status, Excused | ExcusedRepresented | ExcusedUnrepresented));
    lists.flat_map(|list| &list.entries).any(|entry| known(&course.names, &person_of(entry)) == Some(person))
}

/// On how many items each person stood aside; one whose items are not told counts once.
fn stood_aside(sitting: &SittingRecord, course: &Course<'_>) -> BTreeMap<Id, u32> {
    let mut items: BTreeMap<Id, Vec<Option<Id>>> = BTreeMap::new();
    for recusal in sitting.recusals.iter().flatten() {
        let Some(person) = recusal.person.as_ref().and_then(|person| known(&course.names, person)) else { continue };
        let own = items.entry(person).or_default();
        let covered: Vec<Option<Id>> = if recusal.covers.is_empty() { vec![None] } else { recusal.covers.iter().copied().map(Some).collect() };
        own.extend(covered.into_iter().filter(|item| !own.contains(item)).collect::<Vec<_>>());
    }
    items.into_iter().map(|(person, items)| (person, many(items.len()))).collect()
}
