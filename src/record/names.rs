//! Who is who: a person of the directory where the name was resolved, else the printed name folded.

use std::collections::HashMap;

use super::{AttendanceEntry, AttendanceList, Id, PersonRef, SittingRecord};

const CIVILITIES: &[&str] = &["m", "mm", "mr", "mme", "mmes", "mlle", "monsieur", "madame", "mademoiselle"];

/// Folded, and punctuation as single spaces: papers write one name in several ways.
pub fn fold(text: &str) -> String {
    let plain = super::fold(text);
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The entry of a list, as the other places name people.
pub fn person_of(entry: &AttendanceEntry) -> PersonRef {
    PersonRef {
        printed: entry.printed.clone(),
        civility: entry.civility.clone(),
        given_name: entry.given_name.clone(),
        family_name: entry.family_name.clone(),
        office: entry.office.clone(),
        person: entry.person,
    }
}

/// The name to show: as printed, else what was read in it.
pub fn shown(person: &PersonRef) -> String {
    let read = || [&person.given_name, &person.family_name].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    person.printed.clone().unwrap_or_else(read)
}

/// Without the civility.
pub fn folded(person: &PersonRef) -> String {
    if let Some(family) = &person.family_name {
        return fold(&format!("{} {family}", person.given_name.as_deref().unwrap_or_default()));
    }
    let name = fold(person.printed.as_deref().unwrap_or_default());
    name.split(' ').skip_while(|word| CIVILITIES.contains(word)).collect::<Vec<_>>().join(" ")
}

/// The names that a sitting uses. One place may give a name with its person and another the bare name, or the family name alone.
pub struct Names {
    /// Folded name to the person; `None` for two people of one name.
    resolved: HashMap<String, Option<Id>>,
    /// Folded family name to the key of the only member listed with it.
    families: HashMap<String, Option<String>>,
}

impl Names {
    pub fn of(sitting: &SittingRecord) -> Self {
        Self::told(&sitting.attendance, mentioned(sitting))
    }

    /// The names that these lists alone tell.
    pub fn of_lists(lists: &[AttendanceList]) -> Self {
        Self::told(lists, std::iter::empty())
    }

    fn told<'a>(lists: &[AttendanceList], others: impl Iterator<Item = &'a PersonRef>) -> Self {
        let mut names = Self { resolved: HashMap::new(), families: HashMap::new() };
        let entries: Vec<PersonRef> = lists.iter().flat_map(|list| &list.entries).map(person_of).collect();
        let others: Vec<&PersonRef> = others.collect();
        for person in entries.iter().chain(others) {
            if let Some(id) = person.person {
                names.resolved.entry(folded(person)).and_modify(|known| *known = known.filter(|k| *k == id)).or_insert(Some(id));
            }
        }
        for person in &entries {
            if let (Some(family), Some(key)) = (person.family_name.as_deref().map(fold), names.key(person)) {
                names.families.entry(family).and_modify(|known| *known = known.take().filter(|k| *k == key)).or_insert(Some(key));
            }
        }
        names
    }

    /// The key of a person: the same for every way in which the sitting names them; `None` where nobody is named.
    pub fn key(&self, person: &PersonRef) -> Option<String> {
        if let Some(id) = person.person {
            return Some(id.to_string());
        }
        let name = folded(person);
        if let Some(Some(id)) = self.resolved.get(&name) {
            return Some(id.to_string());
        }
        if let Some(Some(key)) = self.families.get(&name) {
            return Some(key.clone());
        }
        (!name.is_empty()).then_some(name)
    }
}

/// Everyone whom the sitting names outside its lists of attendance.
fn mentioned(sitting: &SittingRecord) -> impl Iterator<Item = &PersonRef> {
    let recused = sitting.recusals.iter().flatten().filter_map(|r| r.person.as_ref());
    let proxies = sitting.proxies.iter().flatten().flat_map(|p| [Some(&p.giver), p.holder.as_ref()]).flatten();
    let events = sitting.timeline.iter().flatten().flat_map(|e| [e.person.as_ref(), e.other.as_ref()]).flatten();
    let voters = sitting.ballots.iter().flat_map(|b| b.roll_call.iter().flatten()).map(|line| &line.person);
    let chairs = sitting.chairs.iter().map(|chair| &chair.person);
    recused.chain(proxies).chain(events).chain(voters).chain(chairs)
}
