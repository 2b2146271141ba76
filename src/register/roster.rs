//! The roster of a body on a day: the lists of attendance that a sitting begins with, before anyone has said who is there.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::canonical::{stored, word};
use super::directory::named_body;
use super::{Refusal, Register};
use crate::record::{
    Affiliation, AttendanceEntry, AttendanceList, AttendanceSource, AttendanceStatus, Count, Group, Id, Mandate, Person, Siren, VotingRight, fold,
};
use crate::store::{DirectoryFilter, EntryKind, Session, StoreError};

/// A body has fewer members than this.
const MOST: i64 = 5_000;

impl Register {
    /// One list for each voting right, with the members whose mandates are in force on the day, in the order in which their mandates were filed.
    /// Nobody is said to be present: the status is unstated.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn roster(&self, authority: &Siren, body: Id, on: NaiveDate) -> Result<Vec<AttendanceList>, Refusal> {
        self.store.read(|session| {
            let (authority, body) = (authority.as_str(), body.to_string());
            named_body(session, authority, &body)?;
            roster_on(session, authority, &body, on)
        })
    }
}

/// The mandates in a body that are in force on a day, in the order in which they were filed.
pub(super) fn mandates_in_force(session: &mut Session<'_>, authority: &str, body: &str, on: NaiveDate) -> Result<Vec<Mandate>, Refusal> {
    let filter = DirectoryFilter { body: Some(body.to_owned()), on: Some(on), limit: MOST, ..DirectoryFilter::default() };
    let rows = session.directory_entries(authority, EntryKind::Mandate, &filter)?;
    Ok(rows.iter().map(|row| stored(&row.entry)).collect::<Result<_, _>>()?)
}

/// The roster of a body on a day.
pub(super) fn roster_on(session: &mut Session<'_>, authority: &str, body: &str, on: NaiveDate) -> Result<Vec<AttendanceList>, Refusal> {
    let mut lists: Vec<AttendanceList> = Vec::new();
    for mandate in mandates_in_force(session, authority, body, on)? {
        let entry = seat(session, authority, &mandate)?;
        match lists.iter_mut().find(|list| list.voting_right == mandate.voting_right) {
            Some(list) => list.entries.push(entry),
            None => lists.push(list(mandate.voting_right, entry)),
        }
    }
    for list in &mut lists {
        super::check::number(&mut list.entries, |entry| &mut entry.position);
    }
    Ok(lists)
}

fn list(voting_right: VotingRight, first: AttendanceEntry) -> AttendanceList {
    AttendanceList {
        heading: None,
        stated_count: None::<Count>,
        status: AttendanceStatus::Unstated,
        voting_right,
        source: AttendanceSource::RollCall,
        part: None,
        covers: Vec::new(),
        by_exception: false,
        entries: vec![first],
    }
}

/// The member of a mandate, as a list names one.
fn seat(session: &mut Session<'_>, authority: &str, mandate: &Mandate) -> Result<AttendanceEntry, Refusal> {
    let missing = |what: &str| StoreError::Corrupt(format!("{what} of a mandate is missing"));
    let row = session.directory_entry(authority, &mandate.person.to_string())?.ok_or_else(|| missing("the person"))?;
    let person: Person = stored(&row.entry)?;
    let group = match (mandate.affiliation, mandate.group) {
        (Affiliation::Group, Some(id)) => {
            let row = session.directory_entry(authority, &id.to_string())?.ok_or_else(|| missing("the group"))?;
            Some(stored::<Group>(&row.entry)?.name)
        }
        (Affiliation::NonAffiliated, _) => Some(Affiliation::NonAffiliated.label().fr.to_owned()),
        _ => None,
    };
    Ok(AttendanceEntry {
        printed: Some(printed(&person)),
        person: Some(word(&row.id)?),
        civility: person.civility,
        given_name: person.given_name,
        family_name: Some(person.family_name),
        group,
        ..AttendanceEntry::default()
    })
}

/// A person of the directory as a list prints one.
fn printed(person: &Person) -> String {
    let names = [person.civility.as_deref(), person.given_name.as_deref(), Some(person.family_name.as_str())];
    names.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The names of persons: as a list prints one, and as names are sorted.
pub(super) fn names_of(session: &mut Session<'_>, authority: &str, persons: impl Iterator<Item = Id>) -> Result<BTreeMap<Id, Named>, Refusal> {
    let mut names = BTreeMap::new();
    for id in persons {
        // A record names persons of the directory only; were one missing, its line would still be true without the name.
        let Some(row) = session.directory_entry(authority, &id.to_string())? else { continue };
        let person: Person = stored(&row.entry)?;
        let sorted = fold(&format!("{} {}", person.family_name, person.given_name.as_deref().unwrap_or_default()));
        names.insert(id, Named { printed: printed(&person), sorted });
    }
    Ok(names)
}

/// The name of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Named {
    /// Folded, the family name first.
    pub(super) sorted: String,
    pub(super) printed: String,
}
