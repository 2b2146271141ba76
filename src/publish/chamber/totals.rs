//! Bars: what is known where seats are not, and in sentences what is not known.

use super::super::french::capital;
use super::tallies::{Stated, number, stated as tallies};
use super::who::Who;
use super::{Behind, Of, Position, Slice};
use crate::record::{Ballot, Candidate, Elected, Election, Outcome, PersonRef, Round, TallyEntry, VoterKind};

/// A ballot of which totals or names of groups are known.
pub fn of(ballot: &Ballot, who: &Who<'_>) -> (Vec<Slice>, Vec<String>) {
    let counts = tallies(ballot);
    let mut slices: Vec<Slice> = counts.iter().map(|stated| slice(stated, stated.entries.iter().map(|entry| behind(entry, who)).collect())).collect();
    let mut notes: Vec<String> = unknown(&counts).into_iter().collect();
    let of_groups = counts.iter().filter(|stated| stated.count != Some(0)).flat_map(|stated| &stated.entries);
    if of_groups.filter(|entry| entry.kind != VoterKind::Person).any(|entry| entry.count.is_none()) {
        notes.insert(0, "Le nombre de voix par groupe n'est pas indiqué dans l'acte.".to_owned());
    }
    if slices.is_empty() {
        slices.extend(unanimous(ballot));
    }
    notes.extend(silence(ballot, &slices));
    notes.extend(stated(ballot));
    (slices, notes)
}

/// A secret ballot: totals, and nobody behind them.
pub fn secret(ballot: &Ballot) -> (Vec<Slice>, Vec<String>) {
    let counts = tallies(ballot);
    let mut slices: Vec<Slice> = counts.iter().map(|stated| slice(stated, Vec::new())).collect();
    if slices.is_empty() {
        slices.extend(unanimous(ballot));
    }
    let mut notes = vec!["Scrutin secret : personne ne sait qui a voté quoi.".to_owned()];
    notes.extend(unknown(&counts));
    notes.extend(silence(ballot, &slices));
    notes.extend(stated(ballot));
    (slices, notes)
}

/// What the paper says beside the counts.
pub fn stated(ballot: &Ballot) -> Vec<String> {
    let unanimity = ballot.unanimity.as_ref().map(|unanimity| {
        let basis = unanimity.basis.as_ref().map(|basis| format!(" {basis}")).unwrap_or_default();
        let said = unanimity.text.clone().unwrap_or_else(|| format!("à l'unanimité{basis}"));
        format!("Selon l'acte : « {} ».", said.trim())
    });
    let counted = [("votants", ballot.voters), ("suffrages exprimés", ballot.votes_cast)];
    let counted: Vec<String> = counted.into_iter().filter_map(|(what, count)| count.map(|count| format!("{what} : {}", count.get()))).collect();
    let counted = (!counted.is_empty()).then(|| format!("{}, selon l'acte.", capital(&counted.join(", "))));
    let casting = ballot.casting_vote.filter(|used| *used).map(|_| "La voix du président a été prépondérante, selon l'acte.".to_owned());
    [unanimity, counted, casting].into_iter().flatten().collect()
}

fn slice(stated: &Stated<'_>, behind: Vec<Behind>) -> Slice {
    let label = stated.label.map_or_else(|| capital(stated.position.label()), |label| label.trim().trim_end_matches(':').trim_end().to_owned());
    let text = stated.text.filter(|_| stated.count.is_none()).map(str::to_owned);
    Slice { label, of: Of::Position(stated.position), votes: stated.count, text, behind }
}

fn behind(entry: &TallyEntry, who: &Who<'_>) -> Behind {
    let person = || PersonRef { person: entry.person, ..PersonRef::default() };
    let unnamed = match entry.kind {
        VoterKind::Person => who.name(&person()),
        VoterKind::Group | VoterKind::NonAffiliated => who.camp_name(&who.camp_of_entry(entry)),
    };
    let name = entry.printed.clone().or(unnamed).unwrap_or_else(|| "sans nom".to_owned());
    let person = entry.kind == VoterKind::Person;
    Behind { name, person, votes: number(entry.count), except: entry.exceptions.iter().filter_map(|person| who.name(person)).collect() }
}

/// Unanimity is no count: what it was for is drawn as an unknown number.
fn unanimous(ballot: &Ballot) -> Option<Slice> {
    ballot.unanimity.as_ref()?;
    let position = match ballot.outcome {
        Outcome::Adopted | Outcome::AdoptedAsAmended => Position::For,
        Outcome::Rejected => Position::Against,
        _ => return None,
    };
    Some(Slice { label: capital(position.label()), of: Of::Position(position), votes: None, text: None, behind: Vec::new() })
}

/// Options of which the paper gives neither number nor word, though it gives others.
fn unknown(counts: &[Stated<'_>]) -> Option<String> {
    let wanted = [(Position::For, "de voix pour"), (Position::Against, "de voix contre"), (Position::Abstention, "d'abstentions")];
    let said = |position: Position| counts.iter().any(|stated| stated.position == position && (stated.count.is_some() || stated.text.is_some()));
    let missing: Vec<&str> = wanted.into_iter().filter(|(position, _)| !said(*position)).map(|(_, what)| what).collect();
    let (last, others) = missing.split_last().filter(|_| !counts.is_empty())?;
    let missing = if others.is_empty() { (*last).to_owned() } else { format!("{} et {last}", others.join(", ")) };
    Some(format!("Le nombre {missing} n'est pas indiqué dans l'acte."))
}

/// A ballot without a single number.
fn silence(ballot: &Ballot, slices: &[Slice]) -> Option<String> {
    let counted = ballot.options.iter().any(|tally| tally.count.is_some());
    let said = if slices.is_empty() { "L'acte n'indique pas comment les voix se sont réparties." } else { "L'acte n'indique aucun nombre de voix." };
    (!counted && ballot.options.is_empty()).then(|| said.to_owned())
}

/// An election: the candidates of the last round.
pub fn election(election: &Election, who: &Who<'_>) -> (Vec<Slice>, Vec<String>) {
    let mut notes = Vec::new();
    let rounds = election.rounds.len();
    let mut slices = Vec::new();
    match election.rounds.last() {
        Some(round) => {
            if rounds > 1 {
                notes.push(format!("Il y a eu {rounds} tours : c'est le dernier qui est montré."));
            }
            slices.extend(round.candidates.iter().map(|candidate| stood(candidate, &election.elected, who)));
            let papers = [(Position::Blank, "Bulletins blancs", round.blank), (Position::Void, "Bulletins nuls", round.void)];
            for (position, label, count) in papers {
                let slice = |votes| Slice { label: label.to_owned(), of: Of::Position(position), votes: Some(votes), text: None, behind: Vec::new() };
                match number(count) {
                    Some(votes) => slices.push(slice(votes)),
                    None => notes.push(format!("Le nombre de {} n'est pas indiqué dans l'acte.", label.to_lowercase())),
                }
            }
            if round.candidates.iter().any(|candidate| candidate.votes.is_none()) {
                notes.push("Le nombre de voix de chacun n'est pas indiqué dans l'acte.".to_owned());
            }
            notes.extend(round_stated(round));
        }
        None => {
            slices.extend(election.elected.iter().filter_map(|elected| {
                let label = who.name(&elected.person)?;
                Some(Slice { label, of: Of::Candidate { elected: true, seats: None }, votes: None, text: None, behind: Vec::new() })
            }));
            notes.push("L'acte n'indique aucun nombre de voix.".to_owned());
        }
    }
    (slices, notes)
}

fn stood(candidate: &Candidate, elected: &[Elected], who: &Who<'_>) -> Slice {
    let people: Vec<String> = candidate.people.iter().filter_map(|person| who.name(person)).collect();
    let chosen =
        |person: &PersonRef| who.key(person).is_some_and(|key| elected.iter().any(|elected| who.key(&elected.person).as_ref() == Some(&key)));
    let label = candidate.list.clone().unwrap_or_else(|| if people.is_empty() { "sans nom".to_owned() } else { people.join(", ") });
    let behind = if candidate.list.is_some() { people } else { Vec::new() };
    Slice {
        label,
        of: Of::Candidate { elected: candidate.people.iter().any(chosen), seats: number(candidate.seats) },
        votes: number(candidate.votes),
        text: None,
        behind: behind.into_iter().map(|name| Behind { name, person: true, votes: None, except: Vec::new() }).collect(),
    }
}

fn round_stated(round: &Round) -> Option<String> {
    let counts = [("votants", round.voters), ("suffrages exprimés", round.votes_cast), ("majorité requise", round.majority_needed)];
    let said: Vec<String> = counts.into_iter().filter_map(|(what, count)| count.map(|count| format!("{what} : {}", count.get()))).collect();
    (!said.is_empty()).then(|| format!("{}, selon l'acte.", capital(&said.join(", "))))
}
