//! A ballot in the text: its line as printed, who is named, the rounds of an election, what became of it.

use super::element::Element;
use super::marks::{Mark, marked};
use super::references::{Class, References};
use super::voting::outcome;
use crate::record::{
    Ballot, BallotMode, BallotOption, Candidate, Count, Elected, Election, PersonRef, Round, Tally, TallyEntry, TargetKind, VoteBasis, VoterKind,
};

/// A ballot under its number.
pub fn ballot(number: usize, ballot: &Ballot, references: &mut References) -> Element {
    let eid = format!("ballot_{number}");
    let mut container = Element::new("container").with("eId", &eid).with("name", "ballot");
    if ballot.mode != BallotMode::Unstated {
        container = container.with("class", ballot.mode.wire());
    }
    container = container.children(ballot.heading.as_deref().map(Element::p)).children(target(ballot)).children(requested(ballot, references));
    let marks = marks(ballot, references);
    container = match &ballot.text {
        Some(text) => container.child(marked(text, &marks)),
        None => container.children(composed(ballot, references).map(|line| marked(&line, &marks))),
    };
    container = container.children(named(ballot, references));
    for (place, round) in ballot.election.iter().flat_map(|election| &election.rounds).enumerate() {
        container = container.child(counted(&format!("{eid}__round_{}", place + 1), round, references));
    }
    container = container.children(ballot.election.iter().flat_map(|election| elected(election, references)));
    let result = outcome(ballot.outcome, references);
    let printed = ballot.outcome_text.clone().or_else(|| result.is_some().then(|| format!("({})", ballot.outcome.label().fr)));
    container = container.children(printed.map(|text| result_line(&text, result.clone())));
    // The schema wants something in it.
    if container.is_empty() { container.child(Element::p("Scrutin")) } else { container }
}

/// "(Adopté)"
pub fn result_line(text: &str, refers_to: Option<String>) -> Element {
    Element::line("p").child(Element::line("outcome").with_some("refersTo", refers_to).text(text))
}

fn target(ballot: &Ballot) -> Option<Element> {
    let target = &ballot.target;
    let kind = (target.kind != TargetKind::Whole && target.label.is_none()).then(|| target.kind.label().fr.to_owned());
    let author = target.author.as_ref().map(|author| format!("({author})"));
    let what = [kind, target.label.clone(), author].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let said = [Some(what), target.text.clone()].into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" : ");
    (!said.is_empty()).then(|| Element::p(&said))
}

fn requested(ballot: &Ballot, references: &mut References) -> Option<Element> {
    let mut line = Element::line("p").text("Scrutin demandé par ");
    let mut any = false;
    for person in ballot.requested_by.iter().flatten() {
        let Some(inline) = references.person_inline(person, None) else { continue };
        line = if any { line.text(", ") } else { line }.child(inline);
        any = true;
    }
    any.then_some(line)
}

/// What the vote line holds, in the order of the record. Behind a secret ballot nobody is looked for.
fn marks(ballot: &Ballot, references: &mut References) -> Vec<Mark> {
    let mut marks = Vec::new();
    for tally in &ballot.options {
        let option = option(tally.option, references);
        if let Some(count) = shown_count(tally.count_text.as_deref(), tally.count) {
            let normalized = tally.count.map(|count| count.get().to_string());
            marks.push(Mark::Count { word: word(tally), count, refers_to: option, normalized });
        }
        if ballot.mode == BallotMode::Secret {
            continue;
        }
        for entry in &tally.entries {
            let (element, named) = match entry.kind {
                VoterKind::Group => ("organization", references.group(entry.group, entry.printed.as_deref())),
                VoterKind::Person => ("person", references.person(&voter(entry))),
                VoterKind::NonAffiliated => continue,
            };
            marks.extend(named.map(|named| Mark::Name { element, name: named.shown, refers_to: named.at }));
        }
    }
    marks
}

/// The vote line where none is printed; what is unknown is not said.
fn composed(ballot: &Ballot, references: &mut References) -> Option<String> {
    let mut parts = Vec::new();
    for tally in &ballot.options {
        let count = shown_count(tally.count_text.as_deref(), tally.count);
        let open = ballot.mode != BallotMode::Secret;
        let entries = tally.entries.iter().filter(|entry| open && !cast_by_group(ballot, entry));
        let behind: Vec<String> = entries.filter_map(|entry| behind(entry, references)).collect();
        let behind = (!behind.is_empty()).then(|| format!("({})", behind.join(" ; ")));
        let said: Vec<String> = [count, behind].into_iter().flatten().collect();
        if !said.is_empty() {
            parts.push(format!("{} : {}", word(tally), said.join(" ")));
        }
    }
    parts.extend(ballot.unanimity.as_ref().and_then(|unanimity| unanimity.text.clone()));
    if parts.is_empty() && ballot.same_vote_as.is_some() {
        parts.push("Même vote qu'à un autre scrutin de la séance.".to_owned());
    }
    (!parts.is_empty()).then(|| parts.join(" - "))
}

/// Whether the roll call says that a group cast this one's vote.
fn cast_by_group(ballot: &Ballot, entry: &TallyEntry) -> bool {
    let lines = ballot.roll_call.iter().flatten();
    entry.person.is_some() && lines.filter(|line| line.basis == VoteBasis::Group).any(|line| line.person.person == entry.person)
}

/// One group or person behind a count: "Groupe A (5), sauf Mme B".
fn behind(entry: &TallyEntry, references: &mut References) -> Option<String> {
    let name = match entry.kind {
        VoterKind::Group => references.group(entry.group, entry.printed.as_deref())?.shown,
        VoterKind::Person => references.person(&voter(entry))?.shown,
        VoterKind::NonAffiliated => entry.printed.clone().unwrap_or_else(|| VoterKind::NonAffiliated.label().fr.to_owned()),
    };
    let count = entry.count.filter(|_| entry.kind != VoterKind::Person).map(|count| format!(" ({})", count.get())).unwrap_or_default();
    let except: Vec<String> = entry.exceptions.iter().filter_map(|person| references.person(person)).map(|person| person.shown).collect();
    let except = if except.is_empty() { String::new() } else { format!(", sauf {}", except.join(", ")) };
    Some(format!("{name}{count}{except}"))
}

/// Votes given by name, each of its own person: none of a secret ballot, none that a group cast for its members.
fn named(ballot: &Ballot, references: &mut References) -> Vec<Element> {
    if ballot.mode == BallotMode::Secret {
        return Vec::new();
    }
    let lines: Vec<_> = ballot.roll_call.iter().flatten().collect();
    let mut votes = Vec::new();
    for line in lines.iter().filter(|line| line.basis == VoteBasis::Person) {
        votes.extend(vote(&line.person, line.option, line.by_proxy.as_ref(), references));
    }
    for tally in &ballot.options {
        for entry in tally.entries.iter().filter(|entry| entry.kind == VoterKind::Person) {
            // Whoever is on the roll call is told there, or is told to have followed the group.
            let called = |id| lines.iter().any(|line| line.person.person == Some(id));
            if !entry.person.is_some_and(called) {
                votes.extend(vote(&voter(entry), tally.option, None, references));
            }
        }
    }
    votes
}

/// A vote by proxy is the giver's; the holder gave it out.
fn vote(person: &PersonRef, choice: BallotOption, by_proxy: Option<&PersonRef>, references: &mut References) -> Option<Element> {
    let named = references.person(person)?;
    let choice_at = option(choice, references);
    let role = by_proxy.map(|_| references.term(Class::Role, "represented", "représenté : vote par pouvoir"));
    let vote = Element::line("vote").with("by", named.at).with_some("as", role).with("choice", choice_at).text(&named.shown);
    let mut line = Element::line("p").child(vote);
    if let Some(holder) = by_proxy.and_then(|holder| references.person_inline(holder, None)) {
        line = line.text(" (par ").child(holder).text(")");
    }
    Some(line.text(&format!(" : {}", choice.label().fr)))
}

/// A round: who stood, with how many votes.
fn counted(eid: &str, round: &Round, references: &mut References) -> Element {
    let figures = [
        ("votants", round.voters),
        ("blancs", round.blank),
        ("nuls", round.void),
        ("suffrages exprimés", round.votes_cast),
        ("majorité requise", round.majority_needed),
    ];
    let known: Vec<String> = figures.into_iter().filter_map(|(what, count)| Some(format!("{what} : {}", count?.get()))).collect();
    let figures = (!known.is_empty()).then(|| known.join(", "));
    let said: Vec<String> = [round.text.clone(), figures].into_iter().flatten().collect();
    let said = said.join(" - ");
    let candidates: Vec<Element> = round.candidates.iter().filter_map(|candidate| stood(candidate, references)).collect();
    if candidates.is_empty() {
        return Element::p(&said);
    }
    let items =
        candidates.into_iter().enumerate().map(|(place, line)| Element::new("item").with("eId", format!("{eid}__item_{}", place + 1)).child(line));
    Element::new("blockList").with("eId", eid).child(Element::line("listIntroduction").text(&said)).children(items)
}

fn stood(candidate: &Candidate, references: &mut References) -> Option<Element> {
    let mut line = Element::line("p");
    if let Some(list) = candidate.list.as_deref().and_then(|list| references.group(None, Some(list))) {
        line = line.child(Element::line("organization").with("refersTo", list.at).text(&list.shown));
    }
    for person in &candidate.people {
        let Some(inline) = references.person_inline(person, None) else { continue };
        line = if line.is_empty() { line } else { line.text(", ") }.child(inline);
    }
    let votes = candidate.votes.map(|votes| format!("{} voix", votes.get()));
    let seats = candidate.seats.map(|seats| format!("sièges : {}", seats.get()));
    let said: Vec<String> = [votes, seats].into_iter().flatten().collect();
    if !said.is_empty() {
        line = line.text(&format!(" : {}", said.join(", ")));
    }
    (!line.is_empty()).then_some(line)
}

fn elected(election: &Election, references: &mut References) -> Vec<Element> {
    election.elected.iter().filter_map(|one| one_elected(election, one, references)).collect()
}

fn one_elected(election: &Election, one: &Elected, references: &mut References) -> Option<Element> {
    let role = references.term(Class::Role, "elected_member", "membre élu au scrutin");
    let mut line = Element::line("p").text("Élection : ").child(references.person_inline(&one.person, Some(&role))?);
    if let Some(office) = one.office.as_ref().or(election.office.as_ref()) {
        line = line.text(&format!(", {office}"));
    }
    if let Some(substitute) = one.substitute.as_ref().and_then(|substitute| references.person_inline(substitute, None)) {
        line = line.text(" ; suppléance : ").child(substitute);
    }
    Some(line)
}

fn option(option: BallotOption, references: &mut References) -> String {
    references.term(Class::Concept, option.wire(), option.label().fr)
}

fn word(tally: &Tally) -> String {
    tally.label.clone().unwrap_or_else(|| crate::publish::french::capital(tally.option.label().fr))
}

fn shown_count(text: Option<&str>, count: Option<Count>) -> Option<String> {
    text.map(str::to_owned).or_else(|| count.map(|count| count.get().to_string()))
}

fn voter(entry: &TallyEntry) -> PersonRef {
    PersonRef { printed: entry.printed.clone(), person: entry.person, ..PersonRef::default() }
}
