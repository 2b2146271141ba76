//! Elections: the majority needed in each round, and seats shared by proportional representation. A tie is settled by the rule of that
//! election or left unsettled; it is never a rejection.

use serde::Serialize;
use utoipa::ToSchema;

use super::made::{many, number};
use crate::record::names::fold;
use crate::record::{BodyKind, Candidate, Election, ElectionMethod, Round};
use crate::vocabulary;

vocabulary! {
    /// What a candidate needs to be elected in a round.
    MajorityRule {
        AbsoluteOfMembers = "absolute_of_members", "majorité absolue des membres", "absolute majority of the members";
        AbsoluteOfVotesCast = "absolute_of_votes_cast", "majorité absolue des suffrages exprimés", "absolute majority of the votes cast";
        Relative = "relative", "majorité relative", "relative majority";
    }
}

vocabulary! {
    /// What settles a tie between candidates. Ages are not in the record: the register names the rule and those concerned.
    TieRule {
        Eldest = "eldest", "au bénéfice de l'âge", "the eldest is elected";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

/// Seats won, and those that no rule known to the register gives to anyone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Shares {
    /// By candidate or list, in printed order.
    pub seats: Vec<u32>,
    /// Seats not given.
    pub open: u32,
    /// Places, from 0, of those between whom the last seats are tied.
    pub tied: Vec<u32>,
}

/// One round read by its rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RoundReading {
    /// Null: seats are shared in proportion, or nothing is voted on.
    pub majority: Option<MajorityRule>,
    /// Votes needed; null for a relative majority, or where the record does not tell.
    pub needed: Option<u32>,
    /// Null: the votes of a candidate are not stated.
    pub shares: Option<Shares>,
}

/// An election read by its rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ElectionReading {
    pub method: ElectionMethod,
    pub tie_rule: TieRule,
    pub rounds: Vec<RoundReading>,
}

impl ElectionReading {
    fn last(&self) -> Option<&Shares> {
        self.rounds.last().and_then(|round| round.shares.as_ref())
    }

    /// Every seat is filled.
    pub fn filled(&self) -> bool {
        self.method == ElectionMethod::SingleCandidature || self.last().is_some_and(|shares| shares.open == 0)
    }

    pub fn tied(&self) -> bool {
        self.last().is_some_and(|shares| !shares.tied.is_empty())
    }

    pub fn counted(&self) -> bool {
        self.last().is_some()
    }
}

/// More than half.
pub fn absolute_majority(of: u32) -> u32 {
    of / 2 + 1
}

/// The seats that go to whoever reaches the votes needed, most votes first; a tie for the last seats leaves them open.
pub fn majority(votes: &[u32], needed: Option<u32>, seats: u32) -> Shares {
    let mut shares = Shares { seats: vec![0; votes.len()], open: seats, tied: Vec::new() };
    let mut levels: Vec<u32> = votes.iter().copied().filter(|count| *count > 0 && *count >= needed.unwrap_or(1)).collect();
    levels.sort_unstable_by(|a, b| b.cmp(a));
    levels.dedup();
    for level in levels {
        let level_with: Vec<usize> = votes.iter().enumerate().filter(|(_, count)| **count == level).map(|(place, _)| place).collect();
        if !shares.give_each(&level_with) {
            break;
        }
    }
    shares
}

/// Highest remainder: a seat for every full quotient (votes cast by seats), the rest to the largest remainders.
pub fn highest_remainder(votes: &[u32], seats: u32) -> Shares {
    let total: u64 = votes.iter().map(|count| u64::from(*count)).sum();
    let mut shares = Shares { seats: vec![0; votes.len()], open: seats, tied: Vec::new() };
    if total == 0 {
        return shares;
    }
    // votes / (total / seats), kept whole: its quotient is seats, its remainder compares as it is.
    let scaled = |count: u32| u64::from(count) * u64::from(seats);
    shares.seats = votes.iter().map(|count| u32::try_from(scaled(*count) / total).unwrap_or(seats)).collect();
    shares.open = seats.saturating_sub(shares.seats.iter().sum());
    let mut remainders: Vec<u64> = votes.iter().map(|count| scaled(*count) % total).filter(|remainder| *remainder > 0).collect();
    remainders.sort_unstable_by(|a, b| b.cmp(a));
    remainders.dedup();
    for remainder in remainders {
        let with: Vec<usize> = votes.iter().enumerate().filter(|(_, count)| scaled(**count) % total == remainder).map(|(place, _)| place).collect();
        if !shares.give_each(&with) {
            break;
        }
    }
    shares
}

/// Highest average: each seat in turn to the list whose votes, divided by its seats and one more, are the most.
pub fn highest_average(votes: &[u32], seats: u32) -> Shares {
    let mut shares = Shares { seats: vec![0; votes.len()], open: seats, tied: Vec::new() };
    while shares.open > 0 {
        let mut best: Vec<(usize, u64, u64)> = Vec::new();
        for (place, (count, own)) in votes.iter().zip(&shares.seats).enumerate().filter(|(_, (count, _))| **count > 0) {
            let (count, divisor) = (u64::from(*count), u64::from(*own) + 1);
            // a / b against c / d, without fractions.
            let ahead = best.first().map(|(_, other, by)| (count * by).cmp(&(other * divisor)));
            match ahead {
                Some(std::cmp::Ordering::Less) => {}
                Some(std::cmp::Ordering::Equal) => best.push((place, count, divisor)),
                Some(std::cmp::Ordering::Greater) | None => best = vec![(place, count, divisor)],
            }
        }
        let places: Vec<usize> = best.into_iter().map(|(place, ..)| place).collect();
        if !shares.give_each(&places) {
            break;
        }
    }
    shares
}

impl Shares {
    /// One seat to each of equals, if there are enough; else they are tied. Whether to go on.
    fn give_each(&mut self, places: &[usize]) -> bool {
        let wanted = many(places.len());
        if self.open == 0 || wanted == 0 {
            return false;
        }
        if wanted > self.open {
            self.tied = places.iter().map(|place| many(*place)).collect();
            return false;
        }
        for place in places {
            if let Some(seats) = self.seats.get_mut(*place) {
                *seats += 1;
            }
        }
        self.open -= wanted;
        true
    }
}

/// Votes cast in a round: as stated, else the voters without blank and void papers, else the sum over the candidates of a ballot for one seat.
pub fn votes_cast(round: &Round) -> Option<u32> {
    let (blank, void) = (number(round.blank), number(round.void));
    let papers = || Some(number(round.voters)?.saturating_sub(blank? + void?));
    number(round.votes_cast).or_else(papers)
}

pub(super) fn read(election: &Election, body: BodyKind, members: Option<u32>) -> ElectionReading {
    let of_president = body == BodyKind::DepartmentalCouncil && is_president(election);
    let mut seats = number(election.seats).unwrap_or(1);
    let mut rounds = Vec::new();
    for (place, round) in election.rounds.iter().enumerate() {
        let votes: Option<Vec<u32>> = round.candidates.iter().map(|candidate| number(candidate.votes)).collect();
        let reading = match election.method {
            ElectionMethod::SingleCandidature => RoundReading { majority: None, needed: None, shares: None },
            ElectionMethod::HighestRemainder => in_proportion(votes.map(|votes| highest_remainder(&votes, seats))),
            ElectionMethod::HighestAverage => in_proportion(votes.map(|votes| highest_average(&votes, seats))),
            ElectionMethod::Majority | ElectionMethod::Unstated => by_majority(round, votes, seats, rule_of(place, of_president), members),
        };
        // The next round fills what this one left.
        seats = reading.shares.as_ref().map_or(seats, |shares| shares.open);
        rounds.push(reading);
        if seats == 0 {
            break;
        }
    }
    // L3122-1, from memory.
    let tie_rule = if of_president { TieRule::Eldest } else { TieRule::Unstated };
    ElectionReading { method: election.method, tie_rule, rounds }
}

fn in_proportion(shares: Option<Shares>) -> RoundReading {
    RoundReading { majority: None, needed: None, shares }
}

/// Absolute in the first two rounds, relative in the third: of the members for the president of a departmental council (L3122-1, from
/// memory), else of the votes cast, which no text read by the register says.
fn rule_of(place: usize, of_president: bool) -> MajorityRule {
    match (place, of_president) {
        (2.., _) => MajorityRule::Relative,
        (_, true) => MajorityRule::AbsoluteOfMembers,
        (_, false) => MajorityRule::AbsoluteOfVotesCast,
    }
}

fn by_majority(round: &Round, votes: Option<Vec<u32>>, seats: u32, rule: MajorityRule, members: Option<u32>) -> RoundReading {
    let of = match rule {
        MajorityRule::AbsoluteOfMembers => members,
        MajorityRule::AbsoluteOfVotesCast => votes_cast(round).or_else(|| votes.as_ref().filter(|_| seats == 1).map(|votes| votes.iter().sum())),
        MajorityRule::Relative => None,
    };
    // Where it cannot be worked out, what the paper says was needed.
    let stated = || number(round.majority_needed).filter(|_| rule != MajorityRule::Relative);
    let needed = of.map(absolute_majority).or_else(stated);
    let known = needed.is_some() || rule == MajorityRule::Relative;
    let shares = votes.filter(|votes| known && !votes.is_empty()).map(|votes| {
        // A list that wins takes every seat.
        let lists = round.candidates.iter().any(is_list);
        let won = majority(&votes, needed, if lists { 1 } else { seats });
        if !lists {
            return won;
        }
        Shares { seats: won.seats.iter().map(|seat| seat * seats).collect(), open: won.open * seats, tied: won.tied }
    });
    RoundReading { majority: Some(rule), needed, shares }
}

fn is_list(candidate: &Candidate) -> bool {
    candidate.list.is_some() || candidate.people.len() > 1
}

fn is_president(election: &Election) -> bool {
    let office = fold(election.office.as_deref().unwrap_or_default());
    ["president", "presidente", "president du conseil departemental", "presidente du conseil departemental"].contains(&office.as_str())
}
