//! Ballots as vote events: what was counted, which group stands where, and who voted how where that was said in public and in person.

use serde_json::{Value, json};

use super::{event, known};
use crate::publish::public_act::PublicAct;
use crate::record::{Ballot, BallotMode, BallotOption, Candidate, Count, Id, Outcome, PersonRef, Round, TallyEntry, VoteBasis, VoterKind, fold};

/// One event for each ballot on the act: a ballot over several acts is one event of each, since an event has one motion.
pub fn vote_events(act: &PublicAct) -> Vec<Value> {
    act.ballots().map(|ballot| vote_event(act, ballot)).collect()
}

fn vote_event(act: &PublicAct, ballot: &Ballot) -> Value {
    let secret = ballot.mode == BallotMode::Secret;
    // Popolo has no place to say that figures cannot be right: they are left out, as in the tables of the SCDL.
    let doubted = act.unreconciled.contains(&ballot.id);
    known(json!({
        "id": format!("{}:{}", act.id, ballot.id),
        "identifier": ballot.id,
        "motion_id": act.id,
        "organization_id": act.sitting.record.body,
        "legislative_session_id": act.sitting.id,
        "legislative_session": event(act),
        "classification": ballot.mode.wire(),
        "start_date": ballot.moment.at.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
        "result": result(ballot.outcome),
        "counts": if doubted { Vec::new() } else { counts(ballot, secret) },
        "group_results": if secret { Vec::new() } else { group_results(ballot) },
        "votes": if secret { Vec::new() } else { votes(act, ballot) },
    }))
}

/// Popolo's words, where it has them.
const fn word(option: BallotOption) -> &'static str {
    match option {
        BallotOption::For => "yes",
        BallotOption::Against => "no",
        BallotOption::Abstention => "abstain",
        BallotOption::NotVoting => "not voting",
        BallotOption::Blank => "blank",
        BallotOption::Void => "void",
    }
}

const fn result(outcome: Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Adopted | Outcome::AdoptedAsAmended | Outcome::Elected => Some("pass"),
        Outcome::Rejected => Some("fail"),
        _ => None,
    }
}

/// The totals as stated, then those of each group that has a number. Of a secret ballot the totals alone; of an election those of its last round,
/// where an option is a candidate.
fn counts(ballot: &Ballot, secret: bool) -> Vec<Value> {
    let mut counts = Vec::new();
    for tally in &ballot.options {
        counts.extend(tally.count.map(|count| json!({ "option": word(tally.option), "value": count })));
    }
    for tally in ballot.options.iter().filter(|_| !secret) {
        for entry in tally.entries.iter().filter(|entry| entry.kind == VoterKind::Group) {
            if let (Some(count), Some(group)) = (entry.count, named_group(entry)) {
                let mut one = json!({ "option": word(tally.option), "value": count });
                merge(&mut one, group);
                counts.push(one);
            }
        }
    }
    if let Some(round) = ballot.election.as_ref().and_then(|election| election.rounds.last()) {
        counts.extend(of_round(round));
    }
    counts
}

fn of_round(round: &Round) -> Vec<Value> {
    let count = |option: String, count: Option<Count>| count.map(|count| json!({ "option": option, "value": count }));
    let candidates = round.candidates.iter().filter_map(|candidate| count(candidate_name(candidate)?, candidate.votes));
    let papers = [(BallotOption::Blank, round.blank), (BallotOption::Void, round.void)];
    candidates.chain(papers.into_iter().filter_map(|(option, n)| count(word(option).to_owned(), n))).collect()
}

fn candidate_name(candidate: &Candidate) -> Option<String> {
    let names: Vec<&str> = candidate.people.iter().filter_map(|person| person.printed.as_deref()).collect();
    candidate.list.clone().or_else(|| (!names.is_empty()).then(|| names.join(", ")))
}

/// A group, by its identifier, else by its name as printed.
fn named_group(entry: &TallyEntry) -> Option<Value> {
    match (entry.group, &entry.printed) {
        (Some(id), _) => Some(json!({ "group_id": id })),
        (None, Some(name)) => Some(json!({ "group": { "name": name } })),
        (None, None) => None,
    }
}

fn merge(one: &mut Value, other: Value) {
    if let (Value::Object(one), Value::Object(other)) = (one, other) {
        one.extend(other);
    }
}

/// The groups that stand under one option only: of one that stands under several, it is not said how it voted.
fn group_results(ballot: &Ballot) -> Vec<Value> {
    let entries = || ballot.options.iter().flat_map(|tally| tally.entries.iter().map(move |entry| (tally.option, entry)));
    let key = |entry: &TallyEntry| entry.group.map(|id| id.to_string()).or_else(|| entry.printed.as_deref().map(fold));
    let mut results: Vec<(String, Value)> = Vec::new();
    for (option, entry) in entries().filter(|(_, entry)| entry.kind == VoterKind::Group) {
        let (Some(own), Some(mut group)) = (key(entry), named_group(entry)) else { continue };
        let elsewhere = entries().any(|(other, e)| e.kind == VoterKind::Group && other != option && key(e).as_ref() == Some(&own));
        if elsewhere || results.iter().any(|(known, _)| *known == own) {
            continue;
        }
        merge(&mut group, json!({ "result": word(option) }));
        results.push((own, group));
    }
    results.into_iter().map(|(_, result)| result).collect()
}

/// Who is named: in the roll call in person, behind a count, or as standing aside. A position that the vote of a group gave is nobody's vote.
fn votes(act: &PublicAct, ballot: &Ballot) -> Vec<Value> {
    let mut votes = Votes::default();
    for line in ballot.roll_call.iter().flatten() {
        match line.basis {
            VoteBasis::Person => votes.add(&line.person, line.option, line.by_proxy.is_some()),
            // Named all the same: not to be taken up again from a count.
            VoteBasis::Group => votes.known.extend(Votes::keys(&line.person)),
        }
    }
    for tally in &ballot.options {
        for entry in tally.entries.iter().filter(|entry| entry.kind == VoterKind::Person) {
            votes.add(&PersonRef { printed: entry.printed.clone(), person: entry.person, ..PersonRef::default() }, tally.option, false);
        }
    }
    let concerns = |covers: &[Id]| covers.is_empty() || covers.iter().any(|item| ballot.covers.contains(item));
    for recusal in act.sitting.record.recusals.iter().flatten().filter(|recusal| concerns(&recusal.covers)) {
        if let Some(person) = recusal.person.as_ref().filter(|_| recusal.took_part_in_vote != Some(true)) {
            votes.add(person, BallotOption::NotVoting, false);
        }
    }
    votes.votes
}

#[derive(Default)]
struct Votes {
    votes: Vec<Value>,
    known: Vec<String>,
}

impl Votes {
    fn keys(person: &PersonRef) -> impl Iterator<Item = String> {
        person.person.map(|id| id.to_string()).into_iter().chain(person.printed.as_deref().map(fold))
    }

    /// Each person once: what is said first stands.
    fn add(&mut self, person: &PersonRef, option: BallotOption, by_proxy: bool) {
        let keys: Vec<String> = Self::keys(person).collect();
        if keys.is_empty() || keys.iter().any(|key| self.known.contains(key)) {
            return;
        }
        self.known.extend(keys);
        self.votes.push(known(json!({
            "voter_id": person.person,
            "voter": person.printed.as_ref().map(|name| json!({ "name": name })),
            "option": word(option),
            "role": by_proxy.then_some("by proxy"),
        })));
    }
}
