//! What a live sitting cannot record: a ballot that contradicts who is there. These are matters of logic, not of law, so no reason excuses them.

use std::collections::BTreeSet;

use super::electorate::{counted, stated};
use super::made::{many, words};
use super::names::{Names, shown};
use super::presence::{Attendee, Course, Presence, PresenceState, When};
use crate::record::{Ballot, BallotMode, BallotOption, FindingLabel, PersonRef, RollCallLine, SittingRecord, VoterKind};

/// A contradiction: where, which, and in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// JSON pointer into the ballot (RFC 6901).
    pub pointer: String,
    /// A stable word.
    pub code: &'static str,
    pub label: FindingLabel,
}

/// How a ballot contradicts the sitting that it is put in; nothing where it does not.
pub fn contradictions(sitting: &SittingRecord, ballot: &Ballot) -> Vec<Contradiction> {
    let course = Course::of(sitting);
    let presence = course.at(When::Ballot(ballot));
    // Without lists of who may vote, nothing can be contradicted.
    if !presence.electorate.listed {
        return Vec::new();
    }
    let room = Room { names: &course.names, presence: &presence, ballot };
    let mut found = room.votes();
    found.extend(room.entries());
    found.extend(room.omitted());
    found.extend(room.counts());
    found.extend(room.ceiling());
    found
}

struct Room<'a> {
    names: &'a Names,
    presence: &'a Presence,
    ballot: &'a Ballot,
}

impl Room<'_> {
    fn attendee(&self, person: &PersonRef) -> Option<&Attendee> {
        let key = self.names.key(person)?;
        self.presence.people.iter().find(|p| p.key == key)
    }

    /// Each line of the roll call: one for each voter, and none for who cannot vote.
    fn votes(&self) -> Vec<Contradiction> {
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        for (i, line) in self.ballot.roll_call.iter().flatten().enumerate() {
            let pointer = format!("/roll_call/{i}");
            if self.names.key(&line.person).is_some_and(|key| !seen.insert(key)) {
                found.push(about(&pointer, "two_positions", &line.person, "vote deux fois", "votes twice"));
            }
            if line.option != BallotOption::NotVoting {
                found.extend(self.cannot_vote(&pointer, &line.person));
                found.extend(self.proxy(&pointer, line));
            }
        }
        found
    }

    /// People named behind a count.
    fn entries(&self) -> Vec<Contradiction> {
        let mut found = Vec::new();
        for (i, tally) in self.ballot.options.iter().enumerate().filter(|(_, t)| t.option != BallotOption::NotVoting) {
            for (j, entry) in tally.entries.iter().enumerate().filter(|(_, e)| e.kind == VoterKind::Person) {
                let person = PersonRef { person: entry.person, printed: entry.printed.clone(), ..PersonRef::default() };
                found.extend(self.cannot_vote(&format!("/options/{i}/entries/{j}"), &person));
            }
        }
        found
    }

    fn cannot_vote(&self, pointer: &str, person: &PersonRef) -> Option<Contradiction> {
        let Some(attendee) = self.attendee(person) else {
            return Some(about(pointer, "not_listed", person, "n'est dans aucune liste de présence", "is in no attendance list"));
        };
        match attendee.state {
            PresenceState::Recused => Some(about(pointer, "recused_votes", person, "s'est déporté", "stands aside")),
            PresenceState::Absent | PresenceState::Excused => {
                Some(about(pointer, "absent_votes", person, "n'est ni présent ni représenté", "is neither present nor represented"))
            }
            PresenceState::NotEntitled => Some(about(pointer, "not_entitled_votes", person, "n'a pas voix délibérative", "has no vote")),
            PresenceState::Present | PresenceState::Represented | PresenceState::Unsettled => None,
        }
    }

    /// A vote cast by a holder: someone there, who does not stand aside.
    fn proxy(&self, pointer: &str, line: &RollCallLine) -> Option<Contradiction> {
        let holder = line.by_proxy.as_ref()?;
        let state = self.attendee(holder).map(|a| a.state);
        let pointer = format!("{pointer}/by_proxy");
        match state {
            Some(PresenceState::Present | PresenceState::Unsettled) => None,
            Some(PresenceState::Recused) => Some(about(
                &pointer,
                "recused_holder",
                holder,
                "s'est déporté et ne peut voter pour un autre",
                "stands aside and cannot vote for another",
            )),
            _ => Some(about(
                &pointer,
                "absent_holder",
                holder,
                "n'est pas présent et ne peut voter pour un autre",
                "is not there and cannot vote for another",
            )),
        }
    }

    /// A public roll call has a line for everyone who could vote.
    fn omitted(&self) -> Option<Contradiction> {
        let lines = self.ballot.roll_call.as_ref().filter(|_| self.ballot.mode == BallotMode::PublicRollCall)?;
        let called: BTreeSet<String> = lines.iter().filter_map(|line| self.names.key(&line.person)).collect();
        let voter = |p: &&Attendee| matches!(p.state, PresenceState::Present | PresenceState::Represented) && !called.contains(&p.key);
        let omitted: Vec<&str> = self.presence.people.iter().filter(voter).map(|p| p.printed.as_deref().unwrap_or(&p.key)).collect();
        if omitted.is_empty() {
            return None;
        }
        let names = omitted.join(", ");
        let label = words(format!("l'appel omet : {names}"), format!("the roll call omits: {names}"));
        Some(Contradiction { pointer: "/roll_call".to_owned(), code: "omits_voter", label })
    }

    /// A count is that of the lines of the roll call.
    fn counts(&self) -> Vec<Contradiction> {
        let Some(lines) = &self.ballot.roll_call else { return Vec::new() };
        let differs = |(i, tally): (usize, &crate::record::Tally)| {
            let (count, named) = (stated(self.ballot, tally.option)?, many(lines.iter().filter(|l| l.option == tally.option).count()));
            let label = words(format!("{count} comptés, {named} à l'appel"), format!("{count} counted, {named} in the roll call"));
            (count != named).then(|| Contradiction { pointer: format!("/options/{i}/count"), code: "count_differs", label })
        };
        self.ballot.options.iter().enumerate().filter_map(differs).collect()
    }

    fn ceiling(&self) -> Option<Contradiction> {
        let (counted, at_most) = (counted(self.ballot)?, self.presence.electorate.at_most);
        let label = words(format!("{counted} voix pour {at_most} votants au plus"), format!("{counted} votes for {at_most} voters at most"));
        (counted > at_most).then(|| Contradiction { pointer: "/options".to_owned(), code: "exceeds_electorate", label })
    }
}

fn about(pointer: &str, code: &'static str, person: &PersonRef, fr: &str, en: &str) -> Contradiction {
    let name = shown(person);
    Contradiction { pointer: pointer.to_owned(), code, label: words(format!("{name} {fr}"), format!("{name} {en}")) }
}
