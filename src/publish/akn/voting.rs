//! What the metadata say of quorum and ballots (`analysis/parliamentary`): figures as stated, none made up.
//!
//! The schema has no `voting` without a figure: a ballot whose counts are all unknown stands in the text alone, and so does a quorum without a number.

use super::element::Element;
use super::references::{Class, References, SOURCE};
use crate::record::{Ballot, BallotMode, Candidate, Count, Outcome, Round, StatedQuorum, Tally, VoterKind};

/// The ballots come with the number that they have in the text.
pub fn analysis(quorum: Option<&StatedQuorum>, ballots: &[(usize, &Ballot)], references: &mut References) -> Option<Element> {
    let mut stated: Vec<Element> = quorum.and_then(|quorum| verification(quorum, references)).into_iter().collect();
    for (number, ballot) in ballots {
        stated.extend(votings(*number, ballot, references));
    }
    let parliamentary = Element::new("parliamentary").children(stated);
    (!parliamentary.is_empty()).then(|| Element::new("analysis").with("source", SOURCE).child(parliamentary))
}

fn verification(quorum: &StatedQuorum, references: &mut References) -> Option<Element> {
    let number = quorum.number?;
    let outcome = quorum.met.map(|met| match met {
        true => references.term(Class::Concept, "quorum_met", "quorum atteint"),
        false => references.term(Class::Concept, "quorum_not_met", "quorum non atteint"),
    });
    let stated = Element::new("quorum").with("eId", "quorumVerification_1__quorum_1").with("value", number.get().to_string());
    Some(Element::new("quorumVerification").with("eId", "quorumVerification_1").with_some("outcome", outcome).child(stated))
}

fn votings(number: usize, ballot: &Ballot, references: &mut References) -> Vec<Element> {
    let outcome = outcome(ballot.outcome, references);
    let href = format!("#ballot_{number}");
    let mut whole = Voting::new(format!("voting_{number}"), &href);
    for tally in &ballot.options {
        whole.tally(ballot, tally, references);
    }
    let rounds = ballot.election.iter().flat_map(|election| &election.rounds).enumerate();
    let rounds: Vec<Voting> = rounds
        .map(|(place, round)| {
            let mut voting = Voting::new(format!("voting_{number}__round_{}", place + 1), &href);
            voting.round(round, references);
            voting
        })
        .collect();
    // Of an election without a tally, voters and votes cast are those of its rounds.
    if rounds.is_empty() || !whole.counts.is_empty() {
        whole.figure(ballot.voters, VOTERS, references);
        whole.figure(ballot.votes_cast, VOTES_CAST, references);
    }
    let mut votings: Vec<Element> = std::iter::once(whole).chain(rounds).filter_map(Voting::element).collect();
    if let Some(last) = votings.pop() {
        votings.push(last.with_some("outcome", outcome));
    }
    votings
}

/// What became of it; null: not stated.
pub fn outcome(outcome: Outcome, references: &mut References) -> Option<String> {
    (outcome != Outcome::Unstated).then(|| references.term(Class::Concept, outcome.wire(), outcome.label().fr))
}

/// What a figure counts that is no answer to the question: its name, and how it is shown.
type Figure = (&'static str, &'static str);

const VOTERS: Figure = ("voters", "votants");
const VOTES_CAST: Figure = ("votes_cast", "suffrages exprimés");
const BLANK: Figure = ("blank", "blanc");
const VOID: Figure = ("void", "nul");
const MAJORITY_NEEDED: Figure = ("majority_needed", "majorité requise");

/// One `voting` and its counts.
struct Voting {
    eid: String,
    href: String,
    counts: Vec<Element>,
}

impl Voting {
    fn new(eid: String, href: &str) -> Self {
        Self { eid, href: href.to_owned(), counts: Vec::new() }
    }

    /// Null counts, and counts of nobody knows what, are left out.
    fn count(&mut self, count: Option<Count>, of: Option<String>) {
        if let (Some(count), Some(of)) = (count, of) {
            let eid = format!("{}__count_{}", self.eid, self.counts.len() + 1);
            self.counts.push(Element::new("count").with("eId", eid).with("value", count.get().to_string()).with("refersTo", of));
        }
    }

    fn tally(&mut self, ballot: &Ballot, tally: &Tally, references: &mut References) {
        let option = references.term(Class::Concept, tally.option.wire(), tally.option.label().fr);
        self.count(tally.count, Some(option.clone()));
        if ballot.mode == BallotMode::Secret {
            return;
        }
        for entry in &tally.entries {
            let of = match entry.kind {
                VoterKind::Group => references.group(entry.group, entry.printed.as_deref()).map(|group| group.at),
                VoterKind::NonAffiliated => {
                    Some(references.term(Class::Concept, VoterKind::NonAffiliated.wire(), VoterKind::NonAffiliated.label().fr))
                }
                // Named in the text.
                VoterKind::Person => None,
            };
            self.count(entry.count, of.map(|of| format!("{option} {of}")));
        }
    }

    fn round(&mut self, round: &Round, references: &mut References) {
        for candidate in &round.candidates {
            let of = who_stands(candidate, references);
            self.count(candidate.votes, of);
        }
        let figures = [
            (round.blank, BLANK),
            (round.void, VOID),
            (round.voters, VOTERS),
            (round.votes_cast, VOTES_CAST),
            (round.majority_needed, MAJORITY_NEEDED),
        ];
        for (count, figure) in figures {
            self.figure(count, figure, references);
        }
    }

    fn figure(&mut self, count: Option<Count>, (name, shown): Figure, references: &mut References) {
        if count.is_some() {
            self.count(count, Some(references.term(Class::Concept, name, shown)));
        }
    }

    fn element(self) -> Option<Element> {
        let voting = Element::new("voting").with("eId", self.eid).with("href", self.href);
        (!self.counts.is_empty()).then(|| voting.children(self.counts))
    }
}

/// A list, or the people who stand without one.
fn who_stands(candidate: &Candidate, references: &mut References) -> Option<String> {
    if let Some(list) = &candidate.list {
        return references.group(None, Some(list)).map(|list| list.at);
    }
    let people: Vec<String> = candidate.people.iter().filter_map(|person| references.person(person)).map(|person| person.at).collect();
    (!people.is_empty()).then(|| people.join(" "))
}
