//! Members as anyone may read of them: their mandates, where they were, what they voted by name in public ballots. Public entries only.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::canonical::{stored, word};
use super::facts::authority_of;
use super::read::may_see;
use super::{Reader, Refusal, Register, clock};
use crate::record::{
    Affiliation, Authority, BallotOption, Body, Group, Id, Mandate, MandateRole, Outcome, Person, Siren, Visibility, VotingRight, fold,
};
use crate::rules::statistics::{SittingCounts, attendance_of};
use crate::store::{AsNew, DirectoryFilter, EntryKind, Session, SittingFilter, StoreError};

/// Mandates that are read in one go: more than an authority has in force on one day.
const MOST: i64 = 5_000;
/// Mandates of one person.
const MOST_OF_ONE: i64 = 200;
/// Acts of the ballots of one page: a vote en bloc may be about many.
const MOST_ACTS: i64 = 1_000;

/// A mandate that anyone may read of.
#[derive(Clone, Debug)]
pub struct Membership {
    pub body: Id,
    pub body_name: String,
    pub role: MandateRole,
    pub voting_right: VotingRight,
    pub affiliation: Affiliation,
    /// The group, where anyone may read of it.
    pub group: Option<(Id, String)>,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

/// A member and the mandates in question.
#[derive(Clone, Debug)]
pub struct Seat {
    pub id: Id,
    pub person: Person,
    pub memberships: Vec<Membership>,
}

/// A sitting that took place while the person was a member of its body.
#[derive(Clone, Debug)]
pub struct SittingAttended {
    pub id: Id,
    pub date: NaiveDate,
    pub body_name: String,
    /// One head is 1.
    pub counts: SittingCounts,
}

/// An act that was voted on.
#[derive(Clone, Debug)]
pub struct VotedAct {
    pub id: Id,
    pub number: Option<String>,
    pub title: String,
}

/// A vote that was given by name in a public ballot.
#[derive(Clone, Debug)]
pub struct MemberVote {
    pub date: NaiveDate,
    pub sitting: Id,
    pub ballot: Id,
    pub answer: BallotOption,
    pub by_proxy: bool,
    pub outcome: Outcome,
    /// Those that anyone may read.
    pub acts: Vec<VotedAct>,
}

/// After which sitting a list goes on.
pub type AfterSitting = (NaiveDate, String);
/// After which ballot a list goes on: its sitting's date, its sitting, itself.
pub type AfterBallot = (NaiveDate, String, String);

/// A member.
#[derive(Clone, Debug)]
pub struct MemberPage {
    pub authority: Authority,
    pub seat: Seat,
    pub attended: Vec<SittingAttended>,
    pub attended_next: Option<AfterSitting>,
    pub votes: Vec<MemberVote>,
    pub votes_next: Option<AfterBallot>,
}

/// A group and its members today.
#[derive(Clone, Debug)]
pub struct GroupPage {
    pub authority: Authority,
    pub id: Id,
    pub group: Group,
    pub on: NaiveDate,
    pub members: Vec<Seat>,
}

impl Register {
    /// The members of an authority's bodies on a day, today where none is named, by name.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn members_on(&self, authority: &Siren, on: Option<NaiveDate>) -> Result<(NaiveDate, Vec<Seat>), Refusal> {
        self.read(&AsNew::Lately, |session| {
            let on = match on {
                Some(on) => on,
                None => clock::today(&authority_of(session, authority.as_str())?),
            };
            let filter = DirectoryFilter { public_only: true, on: Some(on), limit: MOST, ..DirectoryFilter::default() };
            Ok((on, seats(session, authority.as_str(), &filter)?))
        })
    }

    /// A group and who belongs to it today.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn group_page(&self, id: Id) -> Result<GroupPage, Refusal> {
        self.read(&AsNew::Lately, |session| {
            let (row, _) = may_see(session, EntryKind::Group, id, &Reader::default())?;
            let authority = authority_of(session, &row.authority)?;
            let on = clock::today(&authority);
            let filter =
                DirectoryFilter { public_only: true, on: Some(on), political_group: Some(row.id), limit: MOST, ..DirectoryFilter::default() };
            Ok(GroupPage { id, group: stored(&row.entry)?, on, members: seats(session, &row.authority, &filter)?, authority })
        })
    }

    /// A member: a page of the sittings of the person's bodies, and a page of the person's votes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn member_page(&self, id: Id, sittings: Option<&AfterSitting>, votes: Option<&AfterBallot>, limit: usize) -> Result<MemberPage, Refusal> {
        self.read(&AsNew::Lately, |session| {
            let (row, _) = may_see(session, EntryKind::Person, id, &Reader::default())?;
            let filter = DirectoryFilter { public_only: true, person: Some(row.id.clone()), limit: MOST_OF_ONE, ..DirectoryFilter::default() };
            let person: Person = stored(&row.entry)?;
            let seat = seats(session, &row.authority, &filter)?.pop().unwrap_or(Seat { id, person, memberships: Vec::new() });
            let (attended, attended_next) = attended(session, &row.authority, &seat, sittings, limit)?;
            let (votes, votes_next) = voted(session, &row.authority, &row.id, votes, limit)?;
            Ok(MemberPage { authority: authority_of(session, &row.authority)?, seat, attended, attended_next, votes, votes_next })
        })
    }
}

/// Who has these mandates, by name.
fn seats(session: &mut Session<'_>, authority: &str, filter: &DirectoryFilter) -> Result<Vec<Seat>, Refusal> {
    let rows = session.directory_entries(authority, EntryKind::Mandate, filter)?;
    let mandates: Vec<Mandate> = rows.iter().map(|row| stored(&row.entry)).collect::<Result<_, StoreError>>()?;
    let persons: BTreeMap<Id, Person> = shown(session, authority, EntryKind::Person, mandates.iter().map(|m| m.person))?;
    let bodies: BTreeMap<Id, Body> = shown(session, authority, EntryKind::Body, mandates.iter().map(|m| m.body))?;
    let groups: BTreeMap<Id, Group> = shown(session, authority, EntryKind::Group, mandates.iter().filter_map(|m| m.group))?;
    let mut seats: BTreeMap<Id, Seat> = BTreeMap::new();
    for mandate in mandates {
        let (Some(person), Some(body)) = (persons.get(&mandate.person), bodies.get(&mandate.body)) else { continue };
        let membership = Membership {
            body: mandate.body,
            body_name: body.name.clone(),
            role: mandate.role,
            voting_right: mandate.voting_right,
            affiliation: mandate.affiliation,
            group: mandate.group.and_then(|group| Some((group, groups.get(&group)?.name.clone()))),
            valid_from: mandate.valid_from,
            valid_to: mandate.valid_to,
        };
        let id = mandate.person;
        seats.entry(id).or_insert_with(|| Seat { id, person: person.clone(), memberships: Vec::new() }).memberships.push(membership);
    }
    let mut seats: Vec<Seat> = seats.into_values().collect();
    seats.sort_by_cached_key(|seat| (fold(&seat.person.family_name), fold(seat.person.given_name.as_deref().unwrap_or_default()), seat.id));
    Ok(seats)
}

/// The entries among these that anyone may read.
fn shown<T: serde::de::DeserializeOwned>(
    session: &mut Session<'_>,
    authority: &str,
    kind: EntryKind,
    ids: impl Iterator<Item = Id>,
) -> Result<BTreeMap<Id, T>, Refusal> {
    let ids: BTreeSet<String> = ids.map(|id| id.to_string()).collect();
    let ids: Vec<String> = ids.into_iter().collect();
    let rows = session.entries_among(authority, kind, &ids)?;
    let public = rows.iter().filter(|row| row.visibility == Visibility::Public.wire());
    Ok(public.map(|row| Ok((word(&row.id)?, stored(&row.entry)?))).collect::<Result<_, StoreError>>()?)
}

fn attended(
    session: &mut Session<'_>,
    authority: &str,
    seat: &Seat,
    after: Option<&AfterSitting>,
    limit: usize,
) -> Result<(Vec<SittingAttended>, Option<AfterSitting>), Refusal> {
    // Of each mandate as many as the page holds: the page is the latest of them all.
    let mut found: BTreeMap<AfterSitting, String> = BTreeMap::new();
    for membership in &seat.memberships {
        let filter = SittingFilter {
            public_only: true,
            body: Some(membership.body.to_string()),
            date_from: membership.valid_from,
            date_to: membership.valid_to,
            after: after.cloned(),
            limit: i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1),
            ..SittingFilter::default()
        };
        for row in session.sittings(authority, &filter)? {
            found.insert((row.date, row.id), membership.body_name.clone());
        }
    }
    let next = (found.len() > limit).then(|| found.keys().rev().nth(limit.saturating_sub(1)).cloned()).flatten();
    let mut lines = Vec::new();
    for ((date, id), body_name) in found.into_iter().rev().take(limit) {
        let id: Id = word(&id)?;
        let record = super::sitting::load(session, authority, id)?.record;
        if let Some(counts) = attendance_of(&record, seat.id) {
            lines.push(SittingAttended { id, date, body_name, counts });
        }
    }
    Ok((lines, next))
}

fn voted(
    session: &mut Session<'_>,
    authority: &str,
    person: &str,
    after: Option<&AfterBallot>,
    limit: usize,
) -> Result<(Vec<MemberVote>, Option<AfterBallot>), Refusal> {
    let mut rows = session.public_votes(authority, person, after, i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1))?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| (row.date, row.sitting.clone(), row.ballot.clone()));
    let ballots: BTreeSet<String> = rows.iter().map(|row| row.ballot.clone()).collect();
    let ballots: Vec<String> = ballots.into_iter().collect();
    let mut acts: BTreeMap<(String, String), Vec<VotedAct>> = BTreeMap::new();
    for row in session.public_acts_of_ballots(authority, &ballots, MOST_ACTS)? {
        let act = VotedAct { id: word(&row.deliberation)?, number: row.number, title: row.title };
        acts.entry((row.sitting, row.ballot)).or_default().push(act);
    }
    let vote = |row: crate::store::PublicVoteRow| {
        Ok(MemberVote {
            date: row.date,
            sitting: word(&row.sitting)?,
            ballot: word(&row.ballot)?,
            answer: word(&row.answer)?,
            by_proxy: row.holder.is_some(),
            outcome: word(&row.outcome)?,
            acts: acts.get(&(row.sitting, row.ballot)).cloned().unwrap_or_default(),
        })
    };
    Ok((rows.into_iter().map(vote).collect::<Result<_, StoreError>>()?, next))
}
