//! Who is named, and for which group: the record's own words first, then the directory where it is public.

use std::collections::BTreeMap;

use super::super::reading::Cast;
use crate::record::names::{Names, fold, person_of, shown};
use crate::record::{Affiliation, AttendanceEntry, Ballot, Id, PersonRef, SittingRecord, TallyEntry, Visibility, VoterKind};

/// What a member belongs to, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Camp {
    Group(Id),
    /// A group that the directory does not know, by its folded name.
    Printed(String),
    NonAffiliated,
    Unknown,
}

/// Those whom a ballot and its sitting name.
pub struct Who<'a> {
    cast: &'a Cast,
    names: Names,
    /// How the lists of attendance print a person.
    listed: BTreeMap<String, &'a AttendanceEntry>,
    /// Groups as the ballot prints them, in that order.
    printed: Vec<(Camp, String)>,
}

impl<'a> Who<'a> {
    pub fn of(ballot: &Ballot, cast: &'a Cast, sitting: &'a SittingRecord) -> Self {
        let mut who = Self { cast, names: Names::of(sitting), listed: BTreeMap::new(), printed: Vec::new() };
        for entry in sitting.attendance.iter().flat_map(|list| &list.entries) {
            if let Some(key) = who.names.key(&person_of(entry)) {
                who.listed.entry(key).or_insert(entry);
            }
        }
        let groups = ballot.options.iter().flat_map(|tally| &tally.entries).filter(|entry| entry.kind != VoterKind::Person);
        for entry in groups {
            let camp = who.camp_of_entry(entry);
            let name = entry.printed.clone().or_else(|| who.directory_name(&camp));
            if let Some(name) = name.filter(|_| !who.printed.iter().any(|(known, _)| *known == camp)) {
                who.printed.push((camp, name));
            }
        }
        for vote in &ballot.group_votes {
            let camp = Camp::Group(vote.group);
            if let Some(name) = who.directory_name(&camp).filter(|_| !who.printed.iter().any(|(known, _)| *known == camp)) {
                who.printed.push((camp, name));
            }
        }
        who
    }

    /// The same for every way in which the sitting names a person; none where nobody is named.
    pub fn key(&self, person: &PersonRef) -> Option<String> {
        self.names.key(person)
    }

    /// The name to show.
    pub fn name(&self, person: &PersonRef) -> Option<String> {
        let own = shown(person);
        if !own.trim().is_empty() {
            return Some(own);
        }
        let listed = self.key(person).and_then(|key| self.listed.get(&key)).map(|entry| shown(&person_of(entry)));
        let directory = || {
            let known = self.cast.persons.get(&person.person?).filter(|known| known.visibility == Visibility::Public)?;
            let parts = [known.civility.as_deref(), known.given_name.as_deref(), Some(known.family_name.as_str())];
            Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
        };
        listed.filter(|name| !name.trim().is_empty()).or_else(directory)
    }

    /// What a person belongs to: as printed beside the name, else on the day of the sitting.
    pub fn camp(&self, person: &PersonRef) -> Camp {
        let key = self.key(person);
        let listed = key.as_ref().and_then(|key| self.listed.get(key));
        if let Some(printed) = listed.and_then(|entry| entry.group.as_deref()).filter(|text| !text.trim().is_empty()) {
            return self.camp_named(printed);
        }
        let id = person.person.or_else(|| key.and_then(|key| key.parse().ok()));
        let Some(of) = id.and_then(|id| self.cast.memberships.get(&id)) else { return Camp::Unknown };
        match (of.affiliation, of.group) {
            (Affiliation::NonAffiliated, _) => Camp::NonAffiliated,
            (Affiliation::Group, Some(group)) => {
                let camp = Camp::Group(group);
                if self.printed_name(&camp).is_some() || self.directory_name(&camp).is_some() { camp } else { Camp::Unknown }
            }
            _ => Camp::Unknown,
        }
    }

    /// Of an entry that is not a person.
    pub fn camp_of_entry(&self, entry: &TallyEntry) -> Camp {
        match (entry.kind, entry.group, &entry.printed) {
            (VoterKind::NonAffiliated, _, _) => Camp::NonAffiliated,
            (_, Some(group), _) => Camp::Group(group),
            (_, None, Some(printed)) => self.camp_named(printed),
            (_, None, None) => Camp::Unknown,
        }
    }

    fn camp_named(&self, printed: &str) -> Camp {
        let folded = fold(printed);
        if folded.starts_with("non inscrit") {
            return Camp::NonAffiliated;
        }
        let of_ballot = self.printed.iter().find(|(_, name)| fold(name) == folded).map(|(camp, _)| camp.clone());
        let of_directory = || {
            let named = |text: &str| fold(text) == folded;
            let group = self.cast.groups.iter().find(|(_, group)| named(&group.name) || group.short_name.as_deref().is_some_and(named));
            group.map(|(id, _)| Camp::Group(*id))
        };
        of_ballot.or_else(of_directory).unwrap_or(Camp::Printed(folded))
    }

    fn printed_name(&self, camp: &Camp) -> Option<&str> {
        self.printed.iter().find(|(known, _)| known == camp).map(|(_, name)| name.as_str())
    }

    fn directory_name(&self, camp: &Camp) -> Option<String> {
        match camp {
            Camp::Group(id) => self.cast.groups.get(id).filter(|group| group.visibility == Visibility::Public).map(|group| group.name.clone()),
            _ => None,
        }
    }

    /// The name of a group to show; none: unknown.
    pub fn camp_name(&self, camp: &Camp) -> Option<String> {
        let listed = || {
            let mut groups = self.listed.values().filter_map(|entry| entry.group.as_deref());
            groups.find(|group| self.camp_named(group) == *camp).map(str::to_owned)
        };
        let usual = || (*camp == Camp::NonAffiliated).then(|| "Non-inscrits".to_owned());
        self.printed_name(camp).map(str::to_owned).or_else(|| self.directory_name(camp)).or_else(listed).or_else(usual)
    }

    /// A short name: that of the directory, else initials.
    pub fn camp_initials(&self, camp: &Camp) -> String {
        let short = match camp {
            Camp::Group(id) => {
                self.cast.groups.get(id).filter(|group| group.visibility == Visibility::Public).and_then(|group| group.short_name.clone())
            }
            Camp::NonAffiliated => Some("NI".to_owned()),
            _ => None,
        };
        let short = short.filter(|short| !short.trim().is_empty() && short.chars().count() <= 6);
        short.unwrap_or_else(|| self.camp_name(camp).map(|name| initials(&name)).unwrap_or_default())
    }

    /// The place of a group from left to right: as the ballot prints them; then others; those of no group, and of an unknown one, last.
    pub fn place(&self, camp: &Camp) -> (u8, usize) {
        match (self.printed.iter().position(|(known, _)| known == camp), camp) {
            (Some(place), _) => (0, place),
            (None, Camp::NonAffiliated) => (2, 0),
            (None, Camp::Unknown) => (3, 0),
            (None, _) => (1, 0),
        }
    }
}

/// Words that have no letter in a group's initials.
const SMALL_WORDS: &[&str] =
    &["groupe", "le", "la", "les", "l", "un", "une", "du", "de", "des", "d", "et", "pour", "au", "aux", "en", "à", "a", "avec", "dans", "sur"];

/// "Groupe Socialiste, Républicain et Citoyen": SRC.
fn initials(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let said = words.filter(|word| !SMALL_WORDS.contains(&word.to_lowercase().as_str()));
    said.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).take(5).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_of_groups() {
        let cases = [
            ("Groupe Socialiste, Républicain et Citoyen", "SRC"),
            ("Groupe Communiste et Républicain", "CR"),
            ("Groupe Union pour le Pas-de-Calais", "UPC"),
            ("Groupe Rassemblement National", "RN"),
            ("Groupe L'Alternative", "A"),
            ("Écologie & Territoires", "ÉT"),
            ("Groupe", ""),
        ];
        for (name, expected) in cases {
            assert_eq!(initials(name), expected, "{name}");
        }
    }
}
