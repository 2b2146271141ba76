//! Who belonged to which group on a day, by the mandates in force: a vote is counted by the group of that day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Refusal;
use super::canonical::stored;
use super::roster::mandates_in_force;
use crate::record::{Affiliation, Group, Id, Mandate, Visibility};
use crate::rules::Membership;
use crate::store::{Session, StoreError};

/// The members of a body on a day, and what each belongs to.
#[derive(Debug, Default)]
pub struct Memberships {
    of: BTreeMap<Id, Membership>,
}

impl Memberships {
    /// From the mandates in a body that are in force on a day.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn load(session: &mut Session<'_>, authority: &str, body: &str, on: NaiveDate) -> Result<Self, Refusal> {
        let mandates = mandates_in_force(session, authority, body, on)?;
        Self::of_those(session, authority, mandates)
    }

    /// The same from the mandates that anyone may read.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn load_public(session: &mut Session<'_>, authority: &str, body: &str, on: NaiveDate) -> Result<Self, Refusal> {
        let mut mandates = mandates_in_force(session, authority, body, on)?;
        mandates.retain(|mandate| mandate.visibility == Visibility::Public);
        Self::of_those(session, authority, mandates)
    }

    fn of_those(session: &mut Session<'_>, authority: &str, mandates: Vec<Mandate>) -> Result<Self, Refusal> {
        let mut names: BTreeMap<Id, String> = BTreeMap::new();
        for id in mandates.iter().filter_map(|mandate| mandate.group) {
            if let std::collections::btree_map::Entry::Vacant(vacant) = names.entry(id) {
                let row = session
                    .directory_entry(authority, &id.to_string())?
                    .ok_or_else(|| StoreError::Corrupt(format!("group {id} of a mandate is missing")))?;
                vacant.insert(stored::<Group>(&row.entry)?.name);
            }
        }
        Ok(Self::of_mandates(&mandates, &names))
    }

    fn of_mandates(mandates: &[Mandate], names: &BTreeMap<Id, String>) -> Self {
        let mut of = BTreeMap::new();
        for mandate in mandates {
            let told = Membership {
                affiliation: mandate.affiliation,
                group: mandate.group,
                name: mandate.group.and_then(|group| names.get(&group).cloned()),
            };
            of.entry(mandate.person).and_modify(|known| *known = together(known, &told)).or_insert(told);
        }
        Self { of }
    }

    /// Whether a mandate of the person is in force.
    pub fn is_member(&self, person: Id) -> bool {
        self.of.contains_key(&person)
    }

    /// Every member, by identifier.
    pub fn members(&self) -> impl Iterator<Item = (Id, &Membership)> {
        self.of.iter().map(|(person, membership)| (*person, membership))
    }

    /// What a person belongs to; unstated where no mandate in force says so.
    pub fn of(&self, person: Id) -> Membership {
        self.of.get(&person).cloned().unwrap_or(Membership::UNSTATED)
    }
}

/// Two mandates of one person in one body: one that says nothing adds nothing, and two that say different things settle nothing.
fn together(one: &Membership, other: &Membership) -> Membership {
    match (one.affiliation, other.affiliation) {
        (_, Affiliation::Unstated) => one.clone(),
        (Affiliation::Unstated, _) => other.clone(),
        _ if one == other => one.clone(),
        _ => Membership::UNSTATED,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::record::{MandateRole, VotingRight};

    fn id(n: u32) -> Id {
        format!("01977e51-0000-7000-8000-{n:012}").parse().unwrap()
    }

    fn mandate(person: u32, affiliation: Affiliation, group: Option<u32>) -> Mandate {
        Mandate {
            person: id(person),
            body: id(99),
            role: MandateRole::Member,
            voting_right: VotingRight::Voting,
            affiliation,
            group: group.map(id),
            substitute_of: None,
            valid_from: None,
            valid_to: None,
            visibility: Visibility::Internal,
        }
    }

    #[test]
    fn who_belongs_to_what() {
        use Affiliation::{Group, NonAffiliated, Unstated};
        let mandates = [
            mandate(1, Group, Some(10)),
            mandate(2, NonAffiliated, None),
            mandate(3, Unstated, None),
            // One mandate is silent, the other is not.
            mandate(4, Unstated, None),
            mandate(4, Group, Some(10)),
            // Two mandates contradict each other.
            mandate(5, Group, Some(10)),
            mandate(5, NonAffiliated, None),
        ];
        let known = Memberships::of_mandates(&mandates, &BTreeMap::from([(id(10), "Groupe A".to_owned())]));
        let group = Membership { affiliation: Group, group: Some(id(10)), name: Some("Groupe A".to_owned()) };
        let alone = Membership { affiliation: NonAffiliated, group: None, name: None };
        let expected = [(1, group.clone()), (2, alone), (3, Membership::UNSTATED), (4, group), (5, Membership::UNSTATED), (6, Membership::UNSTATED)];
        for (person, membership) in expected {
            assert_eq!(known.of(id(person)), membership, "{person}");
            assert_eq!(known.is_member(id(person)), person != 6, "{person}");
        }
        assert_eq!(known.members().count(), 5);
    }
}
