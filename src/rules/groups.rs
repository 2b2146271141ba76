//! Votes by group: what a tally declares beside what the named votes give by each member's group.

use serde::Serialize;
use utoipa::ToSchema;

use super::made::number;
use super::profile::RuleId;
use crate::record::names::fold;
use crate::record::{Affiliation, Ballot, BallotMode, BallotOption, FindingCode, Id, RollCallLine, TallyEntry, VoterKind};

/// What a person belongs to on the day of the sitting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Membership {
    pub affiliation: Affiliation,
    /// With `affiliation` = `group` only.
    pub group: Option<Id>,
    /// Name of the group, by which a tally that gives no identifier is matched.
    pub name: Option<String>,
}

impl Membership {
    pub const UNSTATED: Self = Self { affiliation: Affiliation::Unstated, group: None, name: None };

    /// One group, by its identifier or else by its name; the non-affiliated among themselves; the unstated among themselves.
    pub(super) fn same(&self, other: &Self) -> bool {
        let names = || self.name.as_deref().map(fold).filter(|name| !name.is_empty()) == other.name.as_deref().map(fold) && self.name.is_some();
        match (self.affiliation, other.affiliation) {
            (Affiliation::Group, Affiliation::Group) => match (self.group, other.group) {
                (Some(own), Some(its)) => own == its,
                _ => names(),
            },
            (own, its) => own == its,
        }
    }
}

/// A ballot by group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct GroupTally {
    /// As declared, in printed order, then those that only named votes show.
    pub groups: Vec<GroupVotes>,
    /// Where declared and derived differ.
    pub gaps: Vec<GroupGap>,
}

/// How one group is printed to have voted, option by option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct GroupVotes {
    pub of: Membership,
    pub options: Vec<GroupCount>,
    /// Under two options or more, taking no part apart.
    pub split: bool,
}

/// The votes of one group under one option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct GroupCount {
    pub option: BallotOption,
    /// Null: not stated.
    pub declared: Option<u32>,
    /// Null: nobody is named.
    pub derived: Option<u32>,
}

/// An option whose count is not the sum of what its groups are said to have given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct GroupGap {
    pub code: FindingCode,
    pub rule: RuleId,
    pub of: Membership,
    pub option: BallotOption,
    pub declared: u32,
    pub derived: u32,
}

/// The votes of each group, from the entries of the tally and from the named votes. `memberships` answers for the date of the sitting.
/// A secret ballot names nobody, whatever the record holds.
pub fn group_tally(ballot: &Ballot, memberships: impl Fn(Id) -> Membership) -> GroupTally {
    let mut groups: Vec<GroupVotes> = Vec::new();
    for tally in &ballot.options {
        for (of, entry) in tally.entries.iter().filter_map(|entry| Some((declared_by(entry)?, entry))) {
            let add = |count: &mut GroupCount| {
                count.declared = number(entry.count).map(|more| count.declared.unwrap_or_default() + more).or(count.declared);
            };
            tell(&mut groups, of, tally.option, add);
        }
    }
    let lines: &[RollCallLine] = match ballot.mode {
        BallotMode::Secret => &[],
        _ => ballot.roll_call.as_deref().unwrap_or_default(),
    };
    for line in lines {
        let of = line.person.person.map_or(Membership::UNSTATED, &memberships);
        tell(&mut groups, of, line.option, |count| count.derived = Some(count.derived.unwrap_or_default() + 1));
    }
    // As for the roll call as a whole: where no vote in favour is named, only some are.
    if lines.iter().any(|line| line.option == BallotOption::For) {
        // Names were given: a group of which none is under that option has no vote there.
        let counts = groups.iter_mut().flat_map(|group| &mut group.options);
        counts.for_each(|count| count.derived = Some(count.derived.unwrap_or_default()));
    }
    for group in &mut groups {
        let voted = |count: &&GroupCount| count.option != BallotOption::NotVoting && count.derived.or(count.declared) != Some(0);
        group.split = group.of.affiliation == Affiliation::Group && group.options.iter().filter(voted).count() > 1;
    }
    let gaps = groups.iter().flat_map(gaps_of).collect();
    GroupTally { groups, gaps }
}

fn gaps_of(group: &GroupVotes) -> impl Iterator<Item = GroupGap> {
    let gap = |count: &GroupCount| {
        let (declared, derived) = count.declared.zip(count.derived).filter(|(declared, derived)| declared != derived)?;
        let (code, rule) = (FindingCode::BallotGroupSum, RuleId::BallotGroupSum);
        Some(GroupGap { code, rule, of: group.of.clone(), option: count.option, declared, derived })
    };
    group.options.iter().filter_map(gap)
}

pub(super) fn declared_by(entry: &TallyEntry) -> Option<Membership> {
    let affiliation = match entry.kind {
        VoterKind::Group => Affiliation::Group,
        VoterKind::NonAffiliated => Affiliation::NonAffiliated,
        VoterKind::Person => return None,
    };
    Some(Membership { affiliation, group: entry.group, name: entry.printed.clone() })
}

/// Changes the count of a group under an option, made if need be.
fn tell(groups: &mut Vec<GroupVotes>, of: Membership, option: BallotOption, change: impl FnOnce(&mut GroupCount)) {
    if let Some(group) = groups.iter_mut().find(|group| group.of.same(&of)) {
        // A tally may give the name and the directory the identifier.
        group.of.group = group.of.group.or(of.group);
        if let Some(count) = group.options.iter_mut().find(|count| count.option == option) {
            return change(count);
        }
        return group.options.push(new_count(option, change));
    }
    groups.push(GroupVotes { of, options: vec![new_count(option, change)], split: false });
}

fn new_count(option: BallotOption, change: impl FnOnce(&mut GroupCount)) -> GroupCount {
    let mut count = GroupCount { option, declared: None, derived: None };
    change(&mut count);
    count
}
