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
use crate::publish::paper::SittingPaper;
use crate::publish::{
    ActOfSitting, ActReading, Belonging, Cast, QuorumAt, RoomAt, SittingReading, View, of_deliberation, of_facts, of_sitting, paper,
};
use crate::record::{AgendaItem, Finding, Group, Id, Person, SittingRecord, Visibility};
use crate::rules::presence::{self, Attendee, PresenceState, When};
use crate::rules::{self, OfficeBasis};
use crate::store::{EntryKind, Session};

impl Register {
    /// An act, with all that is printed and told of it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`].
    pub fn act_reading(&self, id: Id, reader: &Reader) -> Result<ActReading, Refusal> {
        self.read(&reader.lately(), |session| act_reading(session, id, reader))
    }

    /// A sitting, with all that is printed and told of it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn sitting_reading(&self, id: Id, reader: &Reader) -> Result<SittingReading, Refusal> {
        self.read(&reader.lately(), |session| sitting_reading(session, id, reader))
    }

    /// The same, for a paper of the sitting that the reader may see.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], also where the paper is not public.
    pub fn sitting_paper(&self, id: Id, which: SittingPaper, reader: &Reader) -> Result<SittingReading, Refusal> {
        let reading = self.sitting_reading(id, reader)?;
        if reading.view == View::Public && !which.is_public(&reading.cast.body) {
            return Err(Refusal::NotFound);
        }
        Ok(reading)
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
    let unreconciled = unreconciled(&findings);
    let findings = findings_shown(session, &authority, findings, view)?;
    let record = of_deliberation(act.record, view);
    let records = [serde_json::to_value(&record)?, serde_json::to_value(&sitting.record)?];
    let cast = cast(session, &authority, &sitting, &records, view)?;
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
        unreconciled,
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
    let unreconciled = unreconciled(&findings);
    let findings = findings_shown(session, &authority, findings, view)?;
    let mut records = vec![serde_json::to_value(&standing.record)?];
    let mut acts = Vec::new();
    for row in session.deliberations_of(&authority, &standing.row.id)? {
        if view == View::Public && row.visibility != Visibility::Public.wire() {
            continue;
        }
        let act = load_act(session, &authority, word(&row.id)?)?;
        records.push(serde_json::to_value(&act.record)?);
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
    let cast = cast(session, &authority, &standing, &records, view)?;
    let rooms = rooms(&standing, &cast);
    Ok(SittingReading {
        id,
        cast,
        acts,
        rooms,
        visibility: word(&standing.row.visibility)?,
        version: standing.row.version,
        modified_at: standing.row.modified_at.and_utc(),
        findings,
        unreconciled,
        view,
        record: of_sitting(standing.record, view),
    })
}

/// The ballots whose figures a finding doubts.
fn unreconciled(findings: &[Finding]) -> Vec<Id> {
    findings.iter().filter(|finding| rules::doubts_a_tally(finding.code)).map(|finding| finding.subject.id).collect()
}

/// Who was there for each item, under the internal rules of the body.
fn rooms(standing: &Standing, cast: &Cast) -> Vec<RoomAt> {
    let name = |person: &Attendee| person.printed.clone().or_else(|| paper::person_name(person.person?, cast)).unwrap_or_else(|| person.key.clone());
    let room = |item: &AgendaItem| {
        let presence = presence::under(&standing.record, standing.governed(), When::Item(item.id));
        let among = |states: &[PresenceState]| presence.people.iter().filter(|p| states.contains(&p.state)).map(name).collect::<Vec<_>>();
        let represented = presence.people.iter().filter(|p| p.state == PresenceState::Represented);
        RoomAt {
            item: item.id,
            present: among(&[PresenceState::Present]),
            remote: presence.people.iter().filter(|p| p.remote && p.state == PresenceState::Present).map(name).collect(),
            represented: represented.map(|p| (name(p), p.holder.as_ref().map(|holder| paper::name(holder, cast)))).collect(),
            away: among(&[PresenceState::Excused, PresenceState::Absent]),
            aside: among(&[PresenceState::Recused]),
            quorum: rules::quorum_at(&standing.record, standing.governed(), item.id).map(|reading| quorum(&reading)),
        }
    };
    standing.record.items_taken().into_iter().map(room).collect()
}

fn quorum(reading: &rules::QuorumReading) -> QuorumAt {
    let needed: BTreeSet<u32> = reading.thresholds.iter().map(|threshold| threshold.needed).collect();
    QuorumAt {
        counted: reading.counted,
        // Out of those listed, more may be needed: only what is stated or counted from those in office is told.
        needed: needed.first().copied().filter(|_| needed.len() == 1 && reading.thresholds.iter().all(|t| t.basis != OfficeBasis::Listed)),
        members_in_office: reading.members_in_office,
        met: reading.met,
        exempt: reading.exempt,
    }
}

/// In the order in which their first items were taken; acts without one come last.
fn sort_by_item(acts: &mut [ActOfSitting], sitting: &SittingRecord) {
    let order: Vec<Id> = sitting.items_taken().into_iter().map(|item| item.id).collect();
    let place = |act: &ActOfSitting| act.record.agenda_items.first().and_then(|item| order.iter().position(|taken| taken == item));
    acts.sort_by_key(|act| (place(act).unwrap_or(usize::MAX), act.id));
}

/// Whom a record points to.
#[derive(Default)]
struct Named {
    /// Every identifier that it holds, whatever it is of.
    ids: BTreeSet<String>,
    /// The persons whose names it prints itself.
    printed: BTreeSet<String>,
}

impl Named {
    fn in_records(records: &[Value]) -> Self {
        let mut named = Self::default();
        records.iter().for_each(|record| named.walk(record));
        named
    }

    fn walk(&mut self, value: &Value) {
        match value {
            Value::String(text) if text.parse::<Id>().is_ok() => {
                self.ids.insert(text.clone());
            }
            Value::Array(items) => items.iter().for_each(|item| self.walk(item)),
            Value::Object(fields) => {
                let has_name = ["printed", "family_name"].iter().any(|name| fields.get(*name).is_some_and(Value::is_string));
                if let Some(Value::String(person)) = fields.get("person").filter(|_| has_name) {
                    self.printed.insert(person.clone());
                }
                fields.values().for_each(|field| self.walk(field));
            }
            _ => {}
        }
    }
}

/// The entries of the directory that a record names, and its members' groups on the day. The public is shown those that are public, and the persons
/// whom the record names itself.
fn cast(session: &mut Session<'_>, authority: &str, sitting: &Standing, records: &[Value], view: View) -> Result<Cast, Refusal> {
    let Named { mut ids, printed } = Named::in_records(records);
    let (body, on) = (sitting.record.body.to_string(), sitting.record.date);
    let known = match view {
        View::Public => Memberships::load_public(session, authority, &body, on)?,
        View::Internal | View::Restricted => Memberships::load(session, authority, &body, on)?,
    };
    let belonging = |of: &rules::Membership| Belonging { affiliation: of.affiliation, group: of.group };
    let memberships: BTreeMap<Id, Belonging> = known.members().map(|(person, of)| (person, belonging(of))).collect();
    ids.extend(memberships.keys().map(Id::to_string));
    ids.extend(memberships.values().filter_map(|of| of.group).map(|group| group.to_string()));
    let ids: Vec<String> = ids.into_iter().collect();
    let shown = |visibility: &str| view != View::Public || visibility == Visibility::Public.wire();
    let mut persons: BTreeMap<Id, Person> = BTreeMap::new();
    for row in session.entries_among(authority, EntryKind::Person, &ids)? {
        if shown(&row.visibility) || printed.contains(&row.id) {
            persons.insert(word(&row.id)?, stored(&row.entry)?);
        }
    }
    let mut groups: BTreeMap<Id, Group> = BTreeMap::new();
    for row in session.entries_among(authority, EntryKind::Group, &ids)? {
        if shown(&row.visibility) {
            groups.insert(word(&row.id)?, stored(&row.entry)?);
        }
    }
    Ok(Cast { authority: authority_of(session, authority)?, body: sitting.body.clone(), persons, groups, memberships })
}
