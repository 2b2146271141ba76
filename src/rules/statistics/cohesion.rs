//! How far the members of a group vote alike: two indices for each ballot, and their means. From what members voted by name, or from what a tally states
//! of groups where it accounts for every vote; what the vote of a group gave its members is nobody's vote and counts for nothing here.
//!
//! - Rice (S. Rice, "Quantitative Methods in Politics", 1928): |for − against| / (for + against).
//! - Agreement (S. Hix, A. Noury, G. Roland, "Power to the Parties", British Journal of Political Science 35, 2005):
//!   (m − ½ (t − m)) / t, where t is all votes for, against and abstaining, and m the largest of the three.

use super::super::groups::{Membership, declared_by};
use super::super::made::number;
use super::super::presence::Course;
use super::{is_open, named_votes};
use crate::record::{Affiliation, Ballot, BallotKind, BallotMode, BallotOption, Id, PersonRef, SittingRecord, VoteBasis, VoterKind, names::Names};

/// Indices over a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cohesion {
    /// Ballots that count for one group at least.
    pub ballots: u32,
    pub left_out: BallotsLeftOut,
    pub groups: Vec<GroupCohesion>,
}

/// Ballots that do not count, each under the first head that fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct BallotsLeftOut {
    pub secret: u32,
    /// Their figures cannot be right as they stand.
    pub unreconciled: u32,
    /// They do not tell how the members of any group voted.
    pub untold: u32,
}

/// The indices of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupCohesion {
    pub of: Membership,
    pub rice: Mean,
    pub agreement: Mean,
}

/// A mean of fractions: in billionths, so that it is the same on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mean {
    sum: u64,
    pub ballots: u32,
}

impl Mean {
    const ONE: u64 = 1_000_000_000;

    fn add(&mut self, part: u64, whole: u64) {
        // To the nearest billionth.
        self.sum += (part * Self::ONE + whole / 2) / whole;
        self.ballots += 1;
    }

    /// To four decimals; none of no ballot.
    pub fn text(self) -> Option<String> {
        let ballots = u64::from(self.ballots);
        let step = Self::ONE / 10_000;
        let tenths_of_thousandths = (self.sum + ballots * step / 2).checked_div(ballots * step)?;
        Some(format!("{}.{:04}", tenths_of_thousandths / 10_000, tenths_of_thousandths % 10_000))
    }
}

/// Votes of a group in a ballot.
#[derive(Clone, Debug)]
struct Votes {
    of: Membership,
    /// For, against, abstentions.
    counts: [u64; 3],
    /// A vote of the group stands for some of its members: what the others said by name is not how the group voted.
    expanded: bool,
}

const OPTIONS: [BallotOption; 3] = [BallotOption::For, BallotOption::Against, BallotOption::Abstention];

impl Cohesion {
    /// Counts a sitting. `memberships` answers for its day; `unreconciled`: ballots whose figures a finding doubts.
    pub fn add(&mut self, sitting: &SittingRecord, unreconciled: &[Id], memberships: impl Fn(Id) -> Membership) {
        let names = Course::of(sitting).names;
        for ballot in sitting.ballots.iter().filter(|ballot| ballot.kind == BallotKind::YesNo) {
            if ballot.mode == BallotMode::Secret {
                self.left_out.secret += 1;
            } else if unreconciled.contains(&ballot.id) {
                self.left_out.unreconciled += 1;
            } else {
                let votes = votes(ballot, &names, &memberships);
                let told = votes.into_iter().filter(|votes| self.count(votes)).count();
                let head = if told > 0 { &mut self.ballots } else { &mut self.left_out.untold };
                *head += 1;
            }
        }
    }

    /// Whether the ballot tells of the group: one vote is always in agreement with itself.
    fn count(&mut self, votes: &Votes) -> bool {
        let [in_favour, against, abstention] = votes.counts;
        let total = in_favour + against + abstention;
        if votes.expanded || votes.of.affiliation != Affiliation::Group || total < 2 {
            return false;
        }
        let group = self.group(&votes.of);
        let most = in_favour.max(against).max(abstention);
        // (m − ½ (t − m)) / t = (3m − t) / 2t, and m is a third of t at least.
        group.agreement.add((3 * most).saturating_sub(total), 2 * total);
        if in_favour + against >= 2 {
            group.rice.add(in_favour.abs_diff(against), in_favour + against);
        }
        true
    }

    fn group(&mut self, of: &Membership) -> &mut GroupCohesion {
        let place = self.groups.iter().position(|group| group.of.same(of)).unwrap_or_else(|| {
            self.groups.push(GroupCohesion { of: of.clone(), rice: Mean::default(), agreement: Mean::default() });
            self.groups.len() - 1
        });
        #[allow(clippy::indexing_slicing, reason = "the place was just found or made")]
        let group = &mut self.groups[place];
        group.of.group = group.of.group.or(of.group);
        group
    }
}

/// How the members of each group voted: by name where names were called, else as the tally states it, if that accounts for every vote.
fn votes(ballot: &Ballot, names: &Names, memberships: impl Fn(Id) -> Membership) -> Vec<Votes> {
    let mut groups: Vec<Votes> = Vec::new();
    let called = ballot.roll_call.iter().flatten().any(|line| line.option == BallotOption::For);
    if called && is_open(ballot) {
        for vote in named_votes(ballot, names) {
            let votes = of(&mut groups, memberships(vote.person));
            votes.expanded |= vote.basis == VoteBasis::Group;
            tell(votes, vote.option, 1);
        }
    } else if accounted_for(ballot) {
        for (tally, entry) in ballot.options.iter().flat_map(|tally| tally.entries.iter().map(move |entry| (tally, entry))) {
            let named = || PersonRef { printed: entry.printed.clone(), person: entry.person, ..PersonRef::default() };
            let group = declared_by(entry).or_else(|| Some(memberships(super::known(names, &named())?)));
            let cast = number(entry.count).or_else(|| (entry.kind == VoterKind::Person).then_some(1));
            if let Some((group, cast)) = group.zip(cast) {
                tell(of(&mut groups, group), tally.option, u64::from(cast));
            }
        }
    }
    groups
}

/// Whether the entries behind each count add up to it: then a group that is not named under an option gave it no vote.
fn accounted_for(ballot: &Ballot) -> bool {
    let behind = |tally: &crate::record::Tally| -> Option<u32> {
        let cast = tally.entries.iter().map(|entry| number(entry.count).or_else(|| (entry.kind == VoterKind::Person).then_some(1)));
        cast.sum()
    };
    let voted = ballot.options.iter().filter(|tally| OPTIONS.contains(&tally.option));
    let mut voted = voted.map(|tally| number(tally.count).is_some_and(|count| behind(tally) == Some(count))).peekable();
    voted.peek().is_some() && voted.all(|adds_up| adds_up)
}

fn of(groups: &mut Vec<Votes>, membership: Membership) -> &mut Votes {
    let place = groups.iter().position(|group| group.of.same(&membership)).unwrap_or_else(|| {
        groups.push(Votes { of: membership, counts: [0; 3], expanded: false });
        groups.len() - 1
    });
    #[allow(clippy::indexing_slicing, reason = "the place was just found or made")]
    &mut groups[place]
}

fn tell(votes: &mut Votes, option: BallotOption, cast: u64) {
    for (known, count) in OPTIONS.iter().zip(&mut votes.counts) {
        if *known == option {
            *count += cast;
        }
    }
}
