//! Records as papers, pages and exports are made from them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::canonical::{stored, word};
use super::deliberation::load as load_act;
use super::facts::{authority_of, facts_of};
use super::files::authoritative_copy;
use super::membership::Memberships;
use super::read::{Shown, findings_shown, shown_act, shown_sitting};
use super::rectify::rectifications_of;
use super::sitting::Standing;
use super::{Reader, Refusal, Register, delegations};
use crate::publish::{ActOfSitting, ActReading, Belonging, Cast, SittingReading, View, of_deliberation, of_facts, of_sitting};
use crate::record::{Group, Id, Person, SittingRecord, Visibility};
use crate::rules;
use crate::store::{EntryKind, Session};

impl Register {
    /// An act, with all that is printed and told of it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`].
    pub fn act_reading(&self, id: Id, reader: &Reader) -> Result<ActReading, Refusal> {
        self.store.read(|session| act_reading(session, id, reader))
    }

    /// A sitting, with all that is printed and told of it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn sitting_reading(&self, id: Id, reader: &Reader) -> Result<SittingReading, Refusal> {
        self.store.read(|session| sitting_reading(session, id, reader))
    }
}

pub(super) fn act_reading(session: &mut Session<'_>, id: Id, reader: &Reader) -> Result<ActReading, Refusal> {
    let shown = shown_act(session, id, reader)?;
    of_shown(session, id, shown)
}

/// An act that was loaded already.
pub(super) fn of_shown(session: &mut Session<'_>, id: Id, shown: Shown) -> Result<ActReading, Refusal> {
    let Shown { act, sitting, view, sealed } = shown;
    let authority = act.row.authority.clone();
    let findings = delegations::on_act(session, &act.record, id, &sitting.record, act.record.sitting, &sitting)?;
    let findings = findings_shown(session, &authority, findings, view)?;
    let record = of_deliberation(act.record, view);
    let named = [named(&record)?, named(&sitting.record)?].concat();
    let cast = cast(session, &authority, &sitting, named)?;
    let rectifications = rectifications_of(session, &authority, &act.row.id, view)?;
    Ok(ActReading {
        id,
        record,
        sitting: of_sitting(sitting.record, view),
        cast,
        number: act.row.number.clone(),
        workflow: word(&act.row.workflow)?,
        visibility: word(&act.row.visibility)?,
        version: act.row.version,
        modified_at: act.row.modified_at.and_utc(),
        findings,
        seal: sealed.map(|sealed| sealed.mark()),
        authoritative_copy: authoritative_copy(session, &authority, &act.row.id)?,
        facts: of_facts(facts_of(session, &authority, &act.row.id)?, view),
        rectifications: rectifications.into_iter().map(|recorded| recorded.rectification).collect(),
        view,
    })
}

pub(super) fn sitting_reading(session: &mut Session<'_>, id: Id, reader: &Reader) -> Result<SittingReading, Refusal> {
    let (standing, view) = shown_sitting(session, id, reader)?;
    let authority = standing.row.authority.clone();
    let findings = rules::on_sitting(&standing.record, id, standing.governed());
    let findings = findings_shown(session, &authority, findings, view)?;
    let mut named = named(&standing.record)?;
    let mut acts = Vec::new();
    for row in session.deliberations_of(&authority, &standing.row.id)? {
        if view == View::Public && row.visibility != Visibility::Public.wire() {
            continue;
        }
        let act = load_act(session, &authority, word(&row.id)?)?;
        named.extend(self::named(&act.record)?);
        acts.push(ActOfSitting {
            id: word(&row.id)?,
            record: of_deliberation(act.record, view),
            number: row.number,
            workflow: word(&row.workflow)?,
            visibility: word(&row.visibility)?,
            modified_at: row.modified_at.and_utc(),
        });
    }
    sort_by_item(&mut acts, &standing.record);
    let cast = cast(session, &authority, &standing, named)?;
    Ok(SittingReading {
        id,
        cast,
        acts,
        visibility: word(&standing.row.visibility)?,
        version: standing.row.version,
        modified_at: standing.row.modified_at.and_utc(),
        findings,
        view,
        record: of_sitting(standing.record, view),
    })
}

/// In the order in which their first items were taken; acts without one come last.
fn sort_by_item(acts: &mut [ActOfSitting], sitting: &SittingRecord) {
    let order: Vec<Id> = sitting.items_taken().into_iter().map(|item| item.id).collect();
    let place = |act: &ActOfSitting| act.record.agenda_items.first().and_then(|item| order.iter().position(|taken| taken == item));
    acts.sort_by_key(|act| (place(act).unwrap_or(usize::MAX), act.id));
}

/// The identifiers that a record holds, whatever they are of.
fn named(record: &impl serde::Serialize) -> Result<Vec<String>, Refusal> {
    fn walk(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::String(text) if text.parse::<Id>().is_ok() => {
                found.insert(text.clone());
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
            Value::Object(fields) => fields.values().for_each(|field| walk(field, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    walk(&serde_json::to_value(record)?, &mut found);
    Ok(found.into_iter().collect())
}

/// The entries of the directory that a record names, and its members' groups on the day.
fn cast(session: &mut Session<'_>, authority: &str, sitting: &Standing, mut named: Vec<String>) -> Result<Cast, Refusal> {
    let memberships = Memberships::load(session, authority, &sitting.record.body.to_string(), sitting.record.date)?;
    let memberships: BTreeMap<Id, Belonging> =
        memberships.members().map(|(person, of)| (person, Belonging { affiliation: of.affiliation, group: of.group })).collect();
    named.extend(memberships.values().filter_map(|of| of.group).map(|group| group.to_string()));
    named.sort();
    named.dedup();
    let mut persons: BTreeMap<Id, Person> = BTreeMap::new();
    for row in session.entries_among(authority, EntryKind::Person, &named)? {
        persons.insert(word(&row.id)?, stored(&row.entry)?);
    }
    let mut groups: BTreeMap<Id, Group> = BTreeMap::new();
    for row in session.entries_among(authority, EntryKind::Group, &named)? {
        groups.insert(word(&row.id)?, stored(&row.entry)?);
    }
    Ok(Cast { authority: authority_of(session, authority)?, body: sitting.body.clone(), persons, groups, memberships })
}
