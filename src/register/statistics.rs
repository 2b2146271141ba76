//! Statistics over the sittings of a body: each record is read once, counted, and let go.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::canonical::{stored, word};
use super::directory::named_body;
use super::membership::Memberships;
use super::roster::{Named, names_of};
use super::sitting::load;
use super::{Refusal, Register};
use crate::record::{Affiliation, BallotOption, Group, Id, Siren, SittingRecord, Visibility};
use crate::rules::statistics::{
    BallotCounts, GroupOption, GroupTotals, ItemRecusals, MemberRecusals, Participation, RecusalCount, SittingCounts, VoteCount, VoteCounts,
    took_place,
};
use crate::store::{Session, SittingFilter, SittingRow};

/// Sittings that are read in one go: more than a body holds in a mandate.
const MOST: usize = 2_000;

/// Of which body, from when to when; an unknown bound bounds nothing.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    pub body: Id,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct Held {
    /// Sittings that took place.
    pub held: u32,
    /// Sittings of which the record does not say that they did: they are not counted.
    pub not_held: u32,
}

/// Who was there.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ParticipationStatistics {
    pub body: Id,
    pub date_from: Option<NaiveDate>,
    pub date_to: Option<NaiveDate>,
    pub sittings: Held,
    /// Ballots of those sittings.
    pub ballots: u32,
    /// Names in lists of attendance that are tied to nobody of the directory: they are in no line.
    pub unidentified: u32,
    /// By name.
    pub members: Vec<ParticipationLine>,
}

/// One member.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ParticipationLine {
    pub person: Id,
    pub name: Option<String>,
    pub sittings: SittingCounts,
    pub ballots: BallotCounts,
    /// Given by name in public: nothing of a secret ballot, nothing that the vote of a group gave.
    pub votes: VoteCounts,
    /// Agenda items on which the person stood aside.
    pub recusals: u32,
}

/// Who voted how.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VoteStatistics {
    pub body: Id,
    pub date_from: Option<NaiveDate>,
    pub date_to: Option<NaiveDate>,
    pub sittings: Held,
    /// Ballots looked at: questions that were not voted on in secret.
    pub ballots: u32,
    /// Secret ballots, left out.
    pub secret_ballots: u32,
    /// By name; the non-affiliated and those whose membership is not known come last.
    pub groups: Vec<GroupLine>,
}

/// One group, by the mandates in force on the day of each sitting.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GroupLine {
    pub affiliation: Affiliation,
    pub group: Option<Id>,
    pub name: Option<String>,
    /// What is known of the group under each option that occurs.
    pub options: Vec<GroupOptionLine>,
    /// Members with a vote by name while of the group.
    pub members: Vec<GroupMemberLine>,
}

/// A group under one option. The three counts may be of the same votes: they are never added up.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct GroupOptionLine {
    pub option: BallotOption,
    /// In how many ballots a tally names the group under it.
    pub named_in: u32,
    /// Votes that tallies state for the group; null: none states a number.
    pub declared: Option<u32>,
    /// Votes that its members gave by name.
    pub derived: u32,
    /// Positions that the vote of the group gave its members: of nobody in person.
    pub expanded: u32,
}

/// The votes of one member while of one group.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GroupMemberLine {
    pub person: Id,
    pub name: Option<String>,
    pub votes: VoteCounts,
}

/// Who stood aside.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecusalStatistics {
    pub body: Id,
    pub date_from: Option<NaiveDate>,
    pub date_to: Option<NaiveDate>,
    pub sittings: Held,
    /// By name.
    pub members: Vec<RecusalMemberLine>,
    /// From the latest sitting to the earliest, each in the order of its agenda.
    pub items: Vec<ItemRecusals>,
}

/// One member who stood aside.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecusalMemberLine {
    pub person: Id,
    pub name: Option<String>,
    pub counts: MemberRecusals,
}

impl Register {
    /// Who was there; `person`: only that one.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::PeriodTooLong`].
    pub fn participation(&self, authority: &Siren, period: Period, person: Option<Id>) -> Result<ParticipationStatistics, Refusal> {
        self.store.read(|session| {
            let mut count = Participation::default();
            each(session, authority.as_str(), period, |_, sitting, members| {
                count.add(sitting, &members.members().map(|(person, _)| person).collect::<Vec<_>>());
            })?;
            if let Some(only) = person {
                count.members.retain(|person, _| *person == only);
            }
            let line = |person, name, own: crate::rules::statistics::MemberParticipation| ParticipationLine {
                person,
                name,
                sittings: own.sittings,
                ballots: own.ballots,
                votes: own.votes,
                recusals: own.recusals,
            };
            Ok(ParticipationStatistics {
                body: period.body,
                date_from: period.from,
                date_to: period.to,
                sittings: Held { held: count.held, not_held: count.not_held },
                ballots: count.ballots,
                unidentified: count.unidentified,
                members: by_name(session, authority.as_str(), count.members, line)?,
            })
        })
    }

    /// Who voted how; `group`, `person`: only that one.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::PeriodTooLong`].
    pub fn vote_statistics(&self, authority: &Siren, period: Period, group: Option<Id>, person: Option<Id>) -> Result<VoteStatistics, Refusal> {
        self.store.read(|session| {
            let (mut count, mut held) = (VoteCount::default(), Held::default());
            each(session, authority.as_str(), period, |_, sitting, members| {
                held.count(sitting);
                count.add(sitting, |person| members.of(person));
            })?;
            if let Some(only) = group {
                count.groups.retain(|totals| totals.of.group == Some(only));
            }
            if let Some(only) = person {
                count.groups.iter_mut().for_each(|totals| totals.members.retain(|person, _| *person == only));
                count.groups.retain(|totals| !totals.members.is_empty());
            }
            let mut groups = Vec::with_capacity(count.groups.len());
            for totals in count.groups {
                groups.push(group_line(session, authority.as_str(), totals)?);
            }
            groups.sort_by_cached_key(|line| (line.affiliation, line.name.clone()));
            Ok(VoteStatistics {
                body: period.body,
                date_from: period.from,
                date_to: period.to,
                sittings: held,
                ballots: count.ballots,
                secret_ballots: count.secret,
                groups,
            })
        })
    }

    /// Who stood aside; `person`: only that one.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::PeriodTooLong`].
    pub fn recusal_statistics(&self, authority: &Siren, period: Period, person: Option<Id>) -> Result<RecusalStatistics, Refusal> {
        self.store.read(|session| {
            let (mut count, mut held) = (RecusalCount::default(), Held::default());
            each(session, authority.as_str(), period, |id, sitting, _| {
                held.count(sitting);
                count.add(id, sitting, person);
            })?;
            Ok(RecusalStatistics {
                body: period.body,
                date_from: period.from,
                date_to: period.to,
                sittings: held,
                members: by_name(session, authority.as_str(), count.members, |person, name, counts| RecusalMemberLine { person, name, counts })?,
                items: count.items,
            })
        })
    }
}

impl Held {
    fn count(&mut self, sitting: &SittingRecord) {
        let of = if took_place(sitting) { &mut self.held } else { &mut self.not_held };
        *of += 1;
    }
}

/// The sittings of the body in the period, from the latest to the earliest; to the public, of a public body the public ones.
pub(super) fn sittings_of(session: &mut Session<'_>, authority: &str, period: Period, public_only: bool) -> Result<Vec<SittingRow>, Refusal> {
    let body = period.body.to_string();
    if named_body(session, authority, &body)?.visibility != Visibility::Public && public_only {
        return Err(Refusal::NotFound);
    }
    let limit = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
    let filter = SittingFilter { public_only, body: Some(body), date_from: period.from, date_to: period.to, limit, ..SittingFilter::default() };
    let rows = session.sittings(authority, &filter)?;
    if rows.len() > MOST { Err(Refusal::PeriodTooLong { most: MOST }) } else { Ok(rows) }
}

/// Each sitting of the body in the period, with the members of its day, from the latest to the earliest.
fn each(session: &mut Session<'_>, authority: &str, period: Period, mut count: impl FnMut(Id, &SittingRecord, &Memberships)) -> Result<(), Refusal> {
    for row in sittings_of(session, authority, period, false)? {
        let id = word(&row.id)?;
        let sitting = load(session, authority, id)?.record;
        let members = Memberships::load(session, authority, &period.body.to_string(), sitting.date)?;
        count(id, &sitting, &members);
    }
    Ok(())
}

/// One line for each person, by name.
fn by_name<T, L>(
    session: &mut Session<'_>,
    authority: &str,
    counts: BTreeMap<Id, T>,
    line: impl Fn(Id, Option<String>, T) -> L,
) -> Result<Vec<L>, Refusal> {
    let names = names_of(session, authority, counts.keys().copied())?;
    let mut lines: Vec<(Option<&Named>, Id, T)> = counts.into_iter().map(|(person, count)| (names.get(&person), person, count)).collect();
    lines.sort_by(|(one, a, _), (other, b, _)| one.cmp(other).then_with(|| a.cmp(b)));
    Ok(lines.into_iter().map(|(name, person, count)| line(person, name.map(|n| n.printed.clone()), count)).collect())
}

fn group_line(session: &mut Session<'_>, authority: &str, totals: GroupTotals) -> Result<GroupLine, Refusal> {
    let mut name = totals.of.name;
    if let Some(id) = totals.of.group
        && let Some(row) = session.directory_entry(authority, &id.to_string())?
    {
        // A tally may print another name than the directory's.
        name = Some(stored::<Group>(&row.entry)?.name);
    }
    let option = |(option, of): (BallotOption, GroupOption)| GroupOptionLine {
        option,
        named_in: of.named_in,
        declared: of.declared,
        derived: of.derived,
        expanded: of.expanded,
    };
    Ok(GroupLine {
        affiliation: totals.of.affiliation,
        group: totals.of.group,
        name,
        options: totals.options.into_iter().map(option).collect(),
        members: by_name(session, authority, totals.members, |person, name, votes| GroupMemberLine { person, name, votes })?,
    })
}
