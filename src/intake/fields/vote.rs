//! The ballots of an act: what is said of the vote, block by block, and the outcome.

use crate::intake::draft::Confidence;
use crate::intake::grammar::number::count;
use crate::intake::grammar::person::person;
use crate::intake::grammar::wording::{begins, find, longest, matched, starts};
use crate::intake::grammar::{after, before, between, word_starts};
use crate::intake::passage::Passage;
use crate::intake::sink::Sink;
use crate::intake::words::votes::{HEADINGS, OUTCOMES, SUBJECTS};
use crate::record::{
    Ballot, BallotKind, BallotMode, BallotOption, Candidate, Count, Elected, Election, ElectionMethod, Id, Moment, Outcome, Round, Tally, Target,
    TargetKind,
};

use super::tallies::{self, Told};

/// One vote in the making.
#[derive(Debug, Default)]
pub struct Vote {
    pub told: Told,
    heading: Option<String>,
    texts: Vec<Passage>,
    target: Target,
    outcome: Option<(Outcome, String)>,
    candidates: Vec<Candidate>,
    elected: Vec<Elected>,
    majority_needed: Option<Count>,
    /// The rounds before the last.
    rounds: Vec<Round>,
    /// "Sont proclamés élus :": those who are stand on the next lines.
    winners_follow: bool,
}

impl Vote {
    pub fn is_told(&self) -> bool {
        self.told.is_vote() || !self.candidates.is_empty() || !self.elected.is_empty() || !self.rounds.is_empty()
    }

    pub fn elects(&self) -> bool {
        !self.elected.is_empty()
    }

    pub fn on_whole(&self) -> bool {
        self.target.kind == TargetKind::Whole
    }

    pub fn outcome(&self) -> Option<(Outcome, &str)> {
        self.outcome.as_ref().map(|(outcome, text)| (*outcome, text.as_str()))
    }

    /// What the numbers alone say: more for than against.
    pub fn leans(&self) -> Option<bool> {
        // Where no total is printed, those of the groups are added, if each is.
        let votes = |tally: &Tally| -> Option<u64> {
            let groups = || tally.entries.iter().map(|entry| entry.count.map(|count| u64::from(count.get()))).sum::<Option<u64>>();
            tally.count.map(|count| u64::from(count.get())).or_else(|| groups().filter(|_| !tally.entries.is_empty()))
        };
        let of = |option| self.told.options.iter().find(|tally| tally.option == option).and_then(votes);
        match (of(BallotOption::For), of(BallotOption::Against)) {
            (Some(pro), contra) => Some(pro > contra.unwrap_or_default()),
            _ => None,
        }
    }

    /// Adds a stretch of text of a block; `pointer` is the ballot's.
    pub fn take(&mut self, passage: &Passage, text: &str, pointer: &str, sink: &mut Sink<'_>) {
        let before_options = self.told.options.len();
        let was = self.told.unanimity.is_some();
        tallies::read(passage, text, pointer, &mut self.told, sink);
        if self.told.options.len() > before_options || self.told.unanimity.is_some() && !was {
            self.texts.push(passage.part(text));
        }
    }

    pub fn heading(&mut self, passage: &Passage, text: &str, pointer: &str, sink: &mut Sink<'_>) {
        if self.heading.is_none() && starts(HEADINGS, text) {
            self.heading = sink.text(format!("{pointer}/heading"), passage, text, Confidence::Certain);
        }
    }

    /// "Deuxième tour de scrutin": what was told so far was of the round before.
    pub fn next_round(&mut self, text: &str, pointer: &str, sink: &mut Sink<'_>) {
        const LATER: &[&str] = &["deuxieme tour", "second tour", "2eme tour", "2e tour", "2nd tour", "troisieme tour", "3eme tour", "3e tour"];
        let later = starts(LATER, text) || starts(&["resultat~ du"], text) && find(LATER, text).is_some();
        if !later || self.candidates.is_empty() || self.rounds.len() >= 5 {
            return;
        }
        let here = format!("{pointer}/election/rounds/{}", self.rounds.len());
        sink.move_all(&format!("{pointer}/voters"), &format!("{here}/voters"));
        sink.move_all(&format!("{pointer}/votes_cast"), &format!("{here}/votes_cast"));
        sink.forget(&format!("{pointer}/options"));
        let round = self.round();
        self.rounds.push(round);
        self.told = Told { mode: self.told.mode, ..Told::default() };
    }

    /// The round of which was told last, and what was told of it is no longer the vote's.
    fn round(&mut self) -> Round {
        let option = |option| self.told.options.iter().find(|tally| tally.option == option).and_then(|tally| tally.count);
        Round {
            text: None,
            voters: self.told.voters,
            blank: option(BallotOption::Blank),
            void: option(BallotOption::Void),
            votes_cast: self.told.cast,
            majority_needed: self.majority_needed.take(),
            candidates: std::mem::take(&mut self.candidates),
        }
    }

    pub fn on_amendment(&mut self, passage: &Passage, label: &str, pointer: &str, sink: &mut Sink<'_>) {
        let label = sink.text(format!("{pointer}/target/label"), passage, label, Confidence::Certain);
        sink.note(format!("{pointer}/target/kind"), passage, passage.text(), Confidence::Certain);
        self.target = Target { kind: TargetKind::Amendment, label, text: None, author: None };
    }

    /// What a short text says became of the act.
    pub fn set_outcome(&mut self, passage: &Passage, text: &str, pointer: &str, sink: &mut Sink<'_>) -> bool {
        let Some((printed, outcome)) = outcome_in(text) else { return false };
        if self.outcome.is_none() {
            sink.note(format!("{pointer}/outcome"), passage, printed, Confidence::Certain);
            let text = sink.text(format!("{pointer}/outcome_text"), passage, text, Confidence::Certain).unwrap_or_default();
            self.outcome = Some((outcome, text));
        }
        true
    }

    /// "M. X : 12 voix"; "Est élue : Mme Y"; "Majorité absolue : 8". True where the block was one of these.
    pub fn election(&mut self, passage: &Passage, text: &str, pointer: &str, sink: &mut Sink<'_>) -> bool {
        let here = format!("{pointer}/election");
        let bare = text.trim_start_matches(['-', '•', ' ', '–']);
        if let Some(len) = matched("majorite absolue", bare) {
            let mut rest = bare.get(len..).unwrap_or_default().trim_start_matches([' ', ':']);
            if let Ok(needed) = count(&mut rest) {
                sink.note(format!("{here}/rounds/{}/majority_needed", self.rounds.len()), passage, text, Confidence::Certain);
                self.majority_needed = Some(needed);
                return true;
            }
        }
        let lead = ["ont obtenu :", "a obtenu :", "ont obtenu", "a obtenu", "candidat~ :", "candidature~ :"]
            .iter()
            .filter_map(|lead| matched(lead, bare))
            .max()
            .unwrap_or_default();
        let mut told = lead > 0 && !bare.get(lead..).unwrap_or_default().contains(char::is_alphanumeric);
        for item in bare.get(lead..).unwrap_or_default().split([';', ',']) {
            let item = item.trim_start();
            // "Liste conduite par M. X : 23 voix".
            let list = longest(&["liste conduite par", "liste menee par", "liste de", "la liste conduite par"], item).unwrap_or_default();
            let Some((read, rest)) = person(item.get(list..).unwrap_or_default()) else { continue };
            let mut rest = rest.trim_start_matches([' ', ':', '–', '-', '(', '\u{a0}']);
            if let Some(len) = ["a obtenu", "obtient", "ayant obtenu"].iter().find_map(|verb| matched(verb, rest)) {
                rest = rest.get(len..).unwrap_or_default().trim_start_matches([' ', ':']);
            }
            let start = rest;
            let Ok(votes) = count(&mut rest) else { continue };
            let unit = ["voix", "suffrage~", "vote~"].iter().find_map(|unit| matched(unit, rest.trim_start()));
            let option = unit.and_then(|len| rest.trim_start().get(len..)).is_some_and(|rest| starts(&["pour", "contre"], rest.trim_start()));
            if unit.is_none() || option || self.candidates.len() > 100 {
                continue;
            }
            let place = format!("{here}/rounds/{}/candidates/{}", self.rounds.len(), self.candidates.len());
            let person = sink.person(&format!("{place}/people/0"), passage, &read, None);
            sink.note(format!("{place}/votes"), passage, start.get(..start.len() - rest.len()).unwrap_or_default(), Confidence::Certain);
            let list =
                (list > 0).then(|| sink.text(format!("{place}/list"), passage, between(item, item, read.printed), Confidence::Certain)).flatten();
            self.candidates.push(Candidate { list, people: vec![person], votes: Some(votes), seats: None });
            told = true;
        }
        if std::mem::take(&mut self.winners_follow) && self.one_winner(passage, bare, &here, sink) {
            self.winners_follow = true;
            return true;
        }
        self.winners(passage, bare, &here, sink) || told
    }

    /// "1er vice-président : M. X", on a line of its own.
    fn one_winner(&mut self, passage: &Passage, text: &str, pointer: &str, sink: &mut Sink<'_>) -> bool {
        let (office, name) = text.split_once(':').map_or((None, text), |(office, name)| (Some(office.trim()), name));
        let alone = person(name).filter(|(_, rest)| !rest.contains(char::is_alphanumeric) && self.elected.len() <= 100);
        let Some((read, _)) = alone else { return false };
        let place = format!("{pointer}/elected/{}", self.elected.len());
        let person = sink.person(&format!("{place}/person"), passage, &read, None);
        let office = office.and_then(|office| sink.text(format!("{place}/office"), passage, office, Confidence::Likely));
        self.elected.push(Elected { person, substitute: None, office });
        true
    }

    /// "Est élu : M. X", "M. X est élu (président)", "Sont désignés : M. X, Mme Y".
    fn winners(&mut self, passage: &Passage, text: &str, pointer: &str, sink: &mut Sink<'_>) -> bool {
        const WON: &[&str] = &[
            "est elu~",
            "sont elu~",
            "est declare~ elu~",
            "est proclame~ elu~",
            "a ete proclame~",
            "proclame~ elu~",
            "sont proclame~ elu~",
            "a ete elu~",
            "ont ete elu~",
            "sont designe~",
            "est designe~",
            "elit",
            "designe",
        ];
        let Some(verb) = find(WON, text).filter(|verb| before(text, verb).len() <= 200 && find(&["secretaire"], text).is_none()) else {
            return false;
        };
        let colon = after(text, verb).trim_start_matches([' ', ':', '\u{a0}']);
        if colon.is_empty() && text.ends_with(':') {
            self.winners_follow = true;
            return true;
        }
        let lead = before(text, verb).trim();
        let named = if person(super::attendance::strip_group_civility(lead)).is_some() { lead } else { colon };
        let mut told = false;
        for item in super::people::items(named) {
            let item = super::attendance::strip_group_civility(item);
            let Some((read, _)) = person(item).filter(|(read, _)| read.civility.is_some() || read.family.is_some()) else { continue };
            if self.elected.len() > 100 {
                break;
            }
            let place = format!("{pointer}/elected/{}", self.elected.len());
            let person = sink.person(&format!("{place}/person"), passage, &read, None);
            self.elected.push(Elected { person, substitute: None, office: None });
            told = true;
        }
        told
    }

    /// The ballot, under its identifier, on one agenda item.
    pub fn ballot(mut self, id: Id, item: Id, pointer: &str, outcome: Outcome, outcome_text: Option<String>, sink: &mut Sink<'_>) -> Ballot {
        let election = !self.candidates.is_empty() || !self.elected.is_empty() || !self.rounds.is_empty();
        let last = self.round();
        if last != Round::default() {
            self.rounds.push(last);
        }
        let rounds = std::mem::take(&mut self.rounds);
        if let (Some(first), Some(last)) = (self.texts.first(), self.texts.last()) {
            sink.note_stretch(format!("{pointer}/text"), first.whole(), last.whole(), Confidence::Certain);
        }
        let text = self.texts.iter().map(Passage::text).collect::<Vec<_>>().join("\n");
        Ballot {
            id,
            covers: vec![item],
            pulled_out: Vec::new(),
            target: self.target,
            kind: if election { BallotKind::Election } else { BallotKind::YesNo },
            mode: self.told.mode.unwrap_or(BallotMode::Unstated),
            requested_by: None,
            moment: Moment::default(),
            heading: self.heading,
            text: (!text.is_empty()).then_some(text),
            options: self.told.options,
            roll_call: None,
            group_votes: Vec::new(),
            voters: self.told.voters,
            votes_cast: self.told.cast,
            unanimity: self.told.unanimity,
            same_vote_as: None,
            casting_vote: None,
            election: election.then_some(Election { office: None, seats: None, method: ElectionMethod::Unstated, rounds, elected: self.elected }),
            outcome,
            outcome_text,
            electorate: None,
            acknowledge: Vec::new(),
        }
    }
}

/// The outcome that a text tells: the longest wording found in it.
pub fn outcome_in(text: &str) -> Option<(&str, Outcome)> {
    let mut best: Option<(&str, Outcome)> = None;
    for start in word_starts(text) {
        if let Some((len, outcome)) = begins(OUTCOMES, start)
            && best.is_none_or(|(printed, _)| len > printed.len())
        {
            best = start.get(..len).map(|printed| (printed, outcome));
        }
    }
    best
}

/// Whether a sentence tells the outcome: "La délibération est adoptée", "Ce point est retiré de l'ordre du jour".
pub fn tells_outcome(text: &str) -> bool {
    text.len() <= 220 && starts(SUBJECTS, text.trim_start_matches(['-', ' ', '(', '•'])) && outcome_in(text).is_some()
}

/// Whether a sentence before the decision tells what became of the act now, and not of another, earlier or elsewhere.
pub fn of_this_sitting(text: &str) -> bool {
    let year = text.as_bytes().windows(4).any(|window| window.iter().all(u8::is_ascii_digit));
    !year && find(&["avait", "avaient", "par la", "par le", "par les", "par l'", "precedemment", "en commission"], text).is_none()
}

/// "amendement n° 3": the label that a block begins with.
pub fn amendment(text: &str) -> Option<&str> {
    let bare = text.trim_start_matches(['-', ' ', '•']);
    let lead = matched("l'", bare).unwrap_or_default();
    let start = bare.get(lead..)?;
    let len = ["sous-amendement", "amendement"].iter().find_map(|word| matched(word, start))?;
    let rest = start.get(len..)?;
    let number = rest.trim_start_matches([' ', 'n', '°', '\u{a0}']);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    Some(if digits > 0 { between(start, start.get(..0)?, number.get(..digits)?) } else { start.get(..len)? })
}
