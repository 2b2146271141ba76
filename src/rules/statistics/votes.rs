//! Who voted how, by group and by member: named votes given in public. What a tally declares of a group, what its members said by name, and what
//! the vote of the group gave them are three counts, told apart and never added up: they may be the same votes.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::super::groups::{Membership, declared_by};
use super::super::made::number;
use super::super::presence::Course;
use super::{VoteCounts, is_open, named_votes};
use crate::record::{BallotOption, Id, SittingRecord, VoteBasis};

/// Votes in public over a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VoteCount {
    /// Sittings with such a ballot.
    pub sittings: u32,
    /// Ballots looked at: questions that were not voted on in secret.
    pub ballots: u32,
    /// Ballots left out: secret ones.
    pub secret: u32,
    pub groups: Vec<GroupTotals>,
}

/// The votes of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupTotals {
    pub of: Membership,
    /// By option, in the order of the vocabulary.
    pub options: BTreeMap<BallotOption, GroupOption>,
    pub members: BTreeMap<Id, MemberVotes>,
}

/// What is known of a group under one option.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct GroupOption {
    /// In how many ballots a tally names the group under it.
    pub named_in: u32,
    /// Votes that tallies state for the group; null: none states a number.
    pub declared: Option<u32>,
    /// Votes that its members gave by name.
    pub derived: u32,
    /// Positions that the vote of the group gave its members: of nobody in person.
    pub expanded: u32,
}

/// The votes of one member while of that group.
pub type MemberVotes = VoteCounts;

impl VoteCount {
    /// Counts a sitting. `memberships` answers for its day.
    pub fn add(&mut self, sitting: &SittingRecord, memberships: impl Fn(Id) -> Membership) {
        let names = Course::of(sitting).names;
        let before = self.ballots;
        for ballot in &sitting.ballots {
            if !is_open(ballot) {
                self.secret += u32::from(ballot.mode == crate::record::BallotMode::Secret);
                continue;
            }
            self.ballots += 1;
            for tally in &ballot.options {
                for (of, entry) in tally.entries.iter().filter_map(|entry| Some((declared_by(entry)?, entry))) {
                    let option = self.group(of).options.entry(tally.option).or_default();
                    option.named_in += 1;
                    option.declared = number(entry.count).map(|more| option.declared.unwrap_or_default() + more).or(option.declared);
                }
            }
            for vote in named_votes(ballot, &names) {
                let group = self.group(memberships(vote.person));
                let option = group.options.entry(vote.option).or_default();
                match vote.basis {
                    VoteBasis::Group => option.expanded += 1,
                    VoteBasis::Person => {
                        option.derived += 1;
                        group.members.entry(vote.person).or_default().add(&vote);
                    }
                }
            }
        }
        self.sittings += u32::from(self.ballots > before);
    }

    fn group(&mut self, of: Membership) -> &mut GroupTotals {
        let place = self.groups.iter().position(|group| group.of.same(&of)).unwrap_or_else(|| {
            self.groups.push(GroupTotals { of: of.clone(), options: BTreeMap::new(), members: BTreeMap::new() });
            self.groups.len() - 1
        });
        #[allow(clippy::indexing_slicing, reason = "the place was just found or made")]
        let group = &mut self.groups[place];
        // A tally may give the name and the directory the identifier.
        group.of.group = group.of.group.or(of.group);
        group
    }
}
