//! Whom and what the directory knows on the day of a sitting.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::GroupCandidate;
use crate::intake::names::Known;
use crate::record::names::fold;
use crate::record::{Affiliation, Group, Id, Mandate, Person};
use crate::register::Refusal;
use crate::register::canonical::{stored, word};
use crate::store::{DirectoryFilter, EntryKind, Session, StoreError};

/// An authority has fewer mandates, and fewer groups, on one day than this.
const MOST: i64 = 5_000;

/// The people with a mandate and the groups, on a day.
pub(super) struct Day {
    pub(super) people: Vec<Known>,
    /// Given name and family name.
    pub(super) names: BTreeMap<Id, String>,
    /// The name of the group of each who has one.
    pub(super) group_of: BTreeMap<Id, String>,
    groups: Vec<(String, GroupCandidate)>,
}

impl Day {
    /// Of a body, or of every body of the authority where it is not known; of any day where that is not known.
    pub(super) fn load(session: &mut Session<'_>, authority: &str, body: Option<Id>, on: Option<NaiveDate>) -> Result<Self, Refusal> {
        let filter = DirectoryFilter { on, limit: MOST, ..DirectoryFilter::default() };
        let groups = session.directory_entries(authority, EntryKind::Group, &filter)?;
        let groups: BTreeMap<Id, Group> = groups.iter().map(|row| Ok((word(&row.id)?, stored(&row.entry)?))).collect::<Result<_, StoreError>>()?;
        let mandates = DirectoryFilter { body: body.map(|id| id.to_string()), ..filter };
        let mandates = session.directory_entries(authority, EntryKind::Mandate, &mandates)?;
        let mandates: Vec<Mandate> = mandates.iter().map(|row| stored(&row.entry)).collect::<Result<_, StoreError>>()?;
        let ids: BTreeSet<String> = mandates.iter().map(|mandate| mandate.person.to_string()).collect();
        let rows = session.entries_among(authority, EntryKind::Person, &ids.into_iter().collect::<Vec<_>>())?;
        let (mut people, mut names) = (Vec::new(), BTreeMap::new());
        for row in rows {
            let (id, person): (Id, Person) = (word(&row.id)?, stored(&row.entry)?);
            names.insert(id, [person.given_name.as_deref(), Some(&person.family_name)].into_iter().flatten().collect::<Vec<_>>().join(" "));
            people.push(Known { person: id, given_name: person.given_name, family_name: person.family_name, aliases: person.aliases });
        }
        let group_of = mandates
            .iter()
            .filter(|mandate| mandate.affiliation == Affiliation::Group)
            .filter_map(|mandate| Some((mandate.person, groups.get(&mandate.group?)?.name.clone())))
            .collect();
        let named = |(group, entry): (Id, Group)| {
            let whole = (fold(&entry.name), GroupCandidate { group, name: entry.name.clone() });
            let short = entry.short_name.map(|short| (fold(&short), GroupCandidate { group, name: entry.name }));
            [Some(whole), short].into_iter().flatten()
        };
        Ok(Self { people, names, group_of, groups: groups.into_iter().flat_map(named).collect() })
    }

    /// The groups of a printed name, with or without the word itself: "Groupe Union" is "Union".
    pub(super) fn groups(&self, printed: &str) -> Vec<GroupCandidate> {
        let bare = |name: &str| name.strip_prefix("groupe ").unwrap_or(name).to_owned();
        let wanted = bare(&fold(printed));
        let mut found: Vec<GroupCandidate> = Vec::new();
        for (name, group) in &self.groups {
            if !wanted.is_empty() && bare(name) == wanted && !found.iter().any(|known| known.group == group.group) {
                found.push(group.clone());
            }
        }
        found
    }
}
