//! The electorate of a ballot: no more votes than voters, and whether the doubtful votes could have changed the result.

use super::ballot::Case;
use super::made::{number, words};
use super::profile::RuleId;
use super::quorum;
use crate::record::{Ballot, BallotKind, BallotOption, Computed, Finding, FindingCode, Origin, Outcome};

/// The count stated for an option, summed where a paper prints it in several lines; `None`: not stated.
pub fn stated(ballot: &Ballot, option: BallotOption) -> Option<u32> {
    let counts: Vec<u32> = ballot.options.iter().filter(|tally| tally.option == option).filter_map(|tally| number(tally.count)).collect();
    (!counts.is_empty()).then(|| counts.iter().sum())
}

/// Votes counted: for, against, abstentions, blank and void papers, as far as stated. An election without options is counted by the voters
/// of its fullest round.
pub fn counted(ballot: &Ballot) -> Option<u32> {
    let options = [BallotOption::For, BallotOption::Against, BallotOption::Abstention, BallotOption::Blank, BallotOption::Void];
    let counts: Vec<u32> = options.iter().filter_map(|option| stated(ballot, *option)).collect();
    if !counts.is_empty() {
        return Some(counts.iter().sum());
    }
    let rounds = ballot.election.iter().flat_map(|election| &election.rounds).filter_map(|round| number(round.voters)).max();
    number(ballot.voters).or(rounds)
}

/// Whether taking the doubtful votes off the winning side would change the result. `None` where numbers are not the test: an election, a
/// tie settled by the chair, a tally that is not stated.
pub fn decisive(ballot: &Ballot, doubtful: u32) -> Option<bool> {
    if ballot.kind == BallotKind::Election {
        return None;
    }
    let (in_favour, against) = (stated(ballot, BallotOption::For)?, stated(ballot, BallotOption::Against)?);
    match ballot.outcome {
        Outcome::Adopted | Outcome::AdoptedAsAmended => Some(in_favour.saturating_sub(doubtful) <= against),
        Outcome::Rejected => Some(against.saturating_sub(doubtful) < in_favour),
        _ if in_favour > against => Some(in_favour.saturating_sub(doubtful) <= against),
        _ => Some(against.saturating_sub(doubtful) < in_favour),
    }
}

/// No more votes than the people who can have voted.
pub fn ceiling(case: &Case) -> Vec<Finding> {
    let electorate = case.presence.electorate;
    let in_office = quorum::members_in_office(case.sitting, case.ballot.covers.first().copied());
    let Some(counted) = counted(case.ballot) else { return Vec::new() };
    let at_most = match (electorate.listed, in_office) {
        (true, in_office) => electorate.at_most.min(in_office.unwrap_or(u32::MAX)),
        (false, Some(in_office)) => in_office,
        (false, None) => return Vec::new(),
    };
    if counted <= at_most {
        return Vec::new();
    }
    // More votes than members needs no list to be wrong; a live record of who is there is not a list that may be incomplete.
    let beyond_office = in_office.is_some_and(|in_office| counted > in_office);
    let live = case.sitting.origin == Origin::Recorded && !electorate.proxies_unstated;
    let basis = case.basis(RuleId::BallotCeiling);
    let computed = Computed::Electorate {
        counted,
        at_most,
        without_proxies: electorate.without_proxies,
        members_in_office: in_office,
        assumes: if beyond_office { Vec::new() } else { vec!["lists_complete"] },
    };
    let label = words(
        format!("{counted} voix décomptées pour {at_most} votants possibles au plus ({} sans pouvoir)", electorate.without_proxies),
        format!("{counted} votes counted for at most {at_most} possible voters ({} without proxies)", electorate.without_proxies),
    );
    let finding = case.finding(RuleId::BallotCeiling, FindingCode::BallotExceedsElectorate, computed, label);
    let known = if electorate.listed { electorate.with_proxies.min(at_most) } else { at_most };
    vec![Finding { severity: basis.severity(beyond_office || live), decisive: decisive(case.ballot, counted.saturating_sub(known)), ..finding }]
}
