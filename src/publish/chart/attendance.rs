//! Who attended a sitting: one bar for each of its parts that has lists.

use std::collections::BTreeMap;

use super::super::drawing::{MARGIN, Setting, Sheet};
use super::super::paper::{Row, Table};
use super::{Presence, column};
use crate::record::names::{Names, person_of};
use crate::record::{AttendanceList, Count, Id, SittingRecord, VotingRight};

/// The attendance of a sitting, counted from its lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    pub sitting: Id,
    pub title: String,
    pub groups: Vec<Group>,
    pub notes: Vec<String>,
}

/// The members on the lists of the whole sitting, or of one part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub label: String,
    /// Each member once. What no list is about is not here; 0: a list was printed, and names nobody.
    pub numbers: BTreeMap<Presence, u32>,
}

/// The attendance of a sitting. None: no list can be counted.
pub fn attendance(sitting: &SittingRecord, id: Id) -> Option<Attendance> {
    let names = Names::of(sitting);
    let mut notes = Vec::new();
    let (voting, without): (Vec<_>, Vec<_>) = sitting.attendance.iter().partition(|list| list.voting_right != VotingRight::WithoutVote);
    let (lists, by_exception): (Vec<_>, Vec<_>) = voting.into_iter().partition(|list| !list.by_exception);
    // A list that an act prints for some items only is counted where there is no other.
    let (general, of_items): (Vec<_>, Vec<_>) = lists.into_iter().partition(|list| list.covers.is_empty());
    let some_left_out = !general.is_empty() && !of_items.is_empty();
    let lists = if general.is_empty() { of_items } else { general };
    let mut parts: Vec<Option<Count>> = Vec::new();
    for list in &lists {
        if !parts.contains(&list.part) {
            parts.push(list.part);
        }
    }
    let mut groups = Vec::new();
    for part in parts {
        let here: Vec<&AttendanceList> = lists.iter().filter(|list| list.part == part).copied().collect();
        let (numbers, twice) = count(&here, sitting, &names);
        let label = label(part, sitting);
        if twice > 0 {
            notes.push(format!("{label} : sur plusieurs listes, comptés une fois : {twice}."));
        }
        groups.push(Group { label, numbers });
    }
    if groups.is_empty() {
        return None;
    }
    notes.extend(
        by_exception
            .iter()
            .filter_map(|list| list.heading.as_ref())
            .map(|heading| format!("Non compté, car les présents n'y sont pas nommés : « {} ».", heading.trim())),
    );
    let without: usize = without.iter().filter(|list| list.covers.is_empty()).map(|list| list.entries.len()).sum();
    if without > 0 {
        notes.push(format!("Sans voix délibérative, non comptés : {without}."));
    }
    if some_left_out {
        notes.push("Les listes propres à certains points de l'ordre du jour ne sont pas comptées.".to_owned());
    }
    Some(Attendance { sitting: id, title: "Présence à la séance".to_owned(), groups, notes })
}

fn label(part: Option<Count>, sitting: &SittingRecord) -> String {
    let Some(part) = part else { return "Séance".to_owned() };
    let known = sitting.parts.iter().find(|known| known.position == Some(part));
    known.and_then(|known| known.label.clone()).unwrap_or_else(|| format!("Partie {}", part.get()))
}

/// Each member once, and how many are on several lists.
fn count(lists: &[&AttendanceList], sitting: &SittingRecord, names: &Names) -> (BTreeMap<Presence, u32>, u32) {
    let mut numbers: BTreeMap<Presence, u32> = BTreeMap::new();
    let mut members: BTreeMap<String, Presence> = BTreeMap::new();
    let mut twice: BTreeMap<String, ()> = BTreeMap::new();
    for list in lists {
        let presence = Presence::of(list.status);
        let bare = numbers.entry(presence).or_default();
        // A number without names is a number all the same.
        if list.entries.is_empty() {
            *bare = bare.saturating_add(list.stated_count.map_or(0, Count::get));
        }
        for entry in &list.entries {
            let Some(key) = names.key(&person_of(entry)) else {
                *bare = bare.saturating_add(1);
                continue;
            };
            match members.get_mut(&key) {
                Some(known) => {
                    *known = presence.min(*known);
                    twice.insert(key, ());
                }
                None => {
                    members.insert(key, presence);
                }
            }
        }
    }
    for key in sitting.proxies.iter().flatten().filter_map(|proxy| names.key(&proxy.giver)) {
        if let Some(presence) = members.get_mut(&key).filter(|presence| **presence > Presence::Represented) {
            *presence = Presence::Represented;
        }
    }
    for presence in members.into_values() {
        let number = numbers.entry(presence).or_default();
        *number = number.saturating_add(1);
    }
    (numbers, u32::try_from(twice.len()).unwrap_or(u32::MAX))
}

impl Attendance {
    /// Every presence that some part has.
    fn presences(&self) -> Vec<Presence> {
        Presence::ALL.into_iter().filter(|presence| self.groups.iter().any(|group| group.numbers.contains_key(presence))).collect()
    }

    pub fn table(&self) -> Table {
        let presences = self.presences();
        let mut columns = vec![column("", false)];
        columns.extend(presences.iter().map(|presence| column(presence.heading(), true)));
        columns.push(column("Ensemble", true));
        let cells = |group: &Group| {
            let numbers = presences.iter().map(|presence| group.numbers.get(presence).map_or_else(|| "–".to_owned(), u32::to_string));
            std::iter::once(group.label.clone()).chain(numbers).chain([group.total().to_string()]).collect()
        };
        let mut rows: Vec<Row> = self.groups.iter().map(|group| Row::Cells(cells(group))).collect();
        rows.extend(self.notes.iter().cloned().map(Row::Across));
        Table { caption: self.title.clone(), caption_shown: true, columns, rows }
    }

    pub fn svg(&self, setting: Setting) -> String {
        let said = self.groups.iter().map(|group| {
            let numbers = group.numbers.iter().map(|(presence, number)| format!("{} : {number}", presence.heading().to_lowercase()));
            format!("{} : {}.", group.label, numbers.collect::<Vec<_>>().join(", "))
        });
        let description = said.chain(self.notes.iter().cloned()).collect::<Vec<_>>().join(" ");
        let mut sheet = Sheet::new(format!("attendance-{}", self.sitting), self.title.clone(), description);
        sheet.height = MARGIN - 4.0;
        let most = self.groups.iter().map(Group::total).max().unwrap_or(0).max(1);
        for group in &self.groups {
            let total = group.total();
            sheet.line(&group.label, &format!("{total} membre{}", if total > 1 { "s" } else { "" }));
            let parts: Vec<_> = group.numbers.iter().map(|(presence, number)| (presence.ink(), f64::from(*number) / f64::from(most))).collect();
            sheet.bar(&parts);
            let keys: Vec<_> =
                group.numbers.iter().map(|(presence, number)| (presence.ink(), format!("{} : {number}", presence.heading()))).collect();
            sheet.keys(&keys);
        }
        sheet.notes(&self.notes);
        sheet.finish(setting)
    }
}

impl Group {
    fn total(&self) -> u32 {
        self.numbers.values().fold(0, |sum, number| sum.saturating_add(*number))
    }
}
