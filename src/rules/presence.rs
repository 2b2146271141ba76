//! Presence: from the lists as printed and the timeline to who was there at a moment. One function; quorum, electorate and proxies follow from it.
//!
//! An event *before* an item, or at it without a word, has taken effect at that item; one *after* it, from the next one on. *During* an item, an
//! arrival counts for it and a departure only from the next one. A moment that cannot be compared with the one asked for (an hour against an
//! item whose hour is not recorded, the number of an act) leaves the member unsettled.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::record::{
    Anchor, AttendanceEntry, AttendanceList, AttendanceStatus, Event, EventKind, Id, Moment, PersonRef, SittingRecord, VotingRight, fold_name,
};
use crate::vocabulary;

vocabulary! {
    /// Where a member is at a moment of the sitting.
    PresenceState {
        Present = "present", "présent", "present";
        PresentRemotely = "present_remotely", "présent à distance", "present remotely";
        Represented = "represented", "représenté", "represented";
        Away = "away", "absent ou excusé", "absent or excused";
        Unsettled = "unsettled", "indéterminé", "unsettled";
    }
}

/// A moment that is asked for.
#[derive(Clone, Debug)]
pub enum When {
    /// Who is listed, whatever happened meanwhile.
    Whole,
    At(DateTime<Utc>),
    /// When these agenda items are decided.
    Items(Vec<Id>),
}

/// Who was there.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Presence {
    /// In the order of the lists.
    pub members: Vec<PresentMember>,
    /// Whether the lists name everyone: not where presence is stated by exception, nor where there is no list.
    pub complete: bool,
    /// Members who take no part and are only counted.
    pub unnamed_recusals: u32,
}

/// A member at a moment.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PresentMember {
    pub person: Option<Id>,
    pub printed: Option<String>,
    pub state: PresenceState,
    /// Who holds the proxy, where the member is represented and the holder is known.
    pub holder: Option<PersonRef>,
    pub voting_right: VotingRight,
    /// Stands aside on an item that is asked for.
    pub recused: bool,
    #[serde(skip)]
    #[schema(ignore)]
    pub(super) key: Key,
    #[serde(skip)]
    #[schema(ignore)]
    pub(super) holder_key: Option<Key>,
}

/// Who a name means: the person, or else the folded name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Person(Id),
    Name(String),
}

impl Key {
    pub(super) fn of(person: &PersonRef) -> Option<Self> {
        Self::from(person.person, person.printed.as_deref(), person.given_name.as_deref(), person.family_name.as_deref())
    }

    fn of_entry(entry: &AttendanceEntry) -> Option<Self> {
        Self::from(entry.person, entry.printed.as_deref(), entry.given_name.as_deref(), entry.family_name.as_deref())
    }

    fn from(person: Option<Id>, printed: Option<&str>, given: Option<&str>, family: Option<&str>) -> Option<Self> {
        if let Some(person) = person {
            return Some(Self::Person(person));
        }
        let name = match (family, printed) {
            (Some(family), _) => format!("{} {family}", given.unwrap_or_default()),
            (None, Some(printed)) => printed.to_owned(),
            (None, None) => return None,
        };
        Some(Self::Name(fold_name(&name)))
    }
}

/// Who was there at a moment.
pub fn at(sitting: &SittingRecord, when: &When) -> Presence {
    let clock = Clock { sitting, when };
    let lists = lists(sitting, when);
    let mut members: Vec<PresentMember> = Vec::new();
    let mut places: BTreeMap<Key, usize> = BTreeMap::new();
    for list in &lists {
        for entry in &list.entries {
            let Some(key) = Key::of_entry(entry) else { continue };
            let state = clock.listed(list, entry);
            match places.get(&key).and_then(|place| members.get_mut(*place)) {
                // Rightly in two lists (a late arrival), or by error: present in one is present.
                Some(member) => member.state = stronger(member.state, state),
                None => {
                    places.insert(key.clone(), members.len());
                    members.push(PresentMember {
                        person: entry.person,
                        printed: entry.printed.clone(),
                        state,
                        holder: None,
                        voting_right: list.voting_right,
                        recused: false,
                        key,
                        holder_key: None,
                    });
                }
            }
        }
    }
    for member in &mut members {
        clock.follow(member);
    }
    clock.represent(&mut members);
    let complete = !lists.is_empty() && !lists.iter().any(|l| l.by_exception);
    let unnamed_recusals = clock.recuse(&mut members);
    Presence { members, complete, unnamed_recusals }
}

/// The lists that are about a moment: those printed for the items asked for, if there are any; else those that are for every item.
fn lists<'a>(sitting: &'a SittingRecord, when: &When) -> Vec<&'a AttendanceList> {
    let items: &[Id] = if let When::Items(items) = when { items } else { &[] };
    let own: Vec<&AttendanceList> = sitting.attendance.iter().filter(|l| l.covers.iter().any(|item| items.contains(item))).collect();
    if !own.is_empty() {
        return own;
    }
    let parts: Vec<_> = sitting.agenda.iter().filter(|a| items.contains(&a.id)).filter_map(|a| a.part).collect();
    let same_part = |list: &&AttendanceList| list.part.is_none_or(|part| parts.is_empty() || parts.contains(&part));
    sitting.attendance.iter().filter(|l| l.covers.is_empty()).filter(same_part).collect()
}

const fn stronger(one: PresenceState, other: PresenceState) -> PresenceState {
    use PresenceState::{Away, Present, PresentRemotely, Represented, Unsettled};
    match (one, other) {
        (Present, _) | (_, Present) => Present,
        (PresentRemotely, _) | (_, PresentRemotely) => PresentRemotely,
        (Unsettled, _) | (_, Unsettled) => Unsettled,
        (Represented, _) | (_, Represented) => Represented,
        (Away, Away) => Away,
    }
}

/// Compares the moments of the record with the one asked for.
struct Clock<'a> {
    sitting: &'a SittingRecord,
    when: &'a When,
}

impl Clock<'_> {
    /// What a list says of someone, within the bounds that it prints.
    fn listed(&self, list: &AttendanceList, entry: &AttendanceEntry) -> PresenceState {
        let state = match list.status {
            // By exception, the list names those who were not there.
            _ if list.by_exception => PresenceState::Away,
            AttendanceStatus::Present => PresenceState::Present,
            AttendanceStatus::PresentRemotely => PresenceState::PresentRemotely,
            AttendanceStatus::ExcusedRepresented | AttendanceStatus::AbsentRepresented => PresenceState::Represented,
            AttendanceStatus::Unstated => PresenceState::Unsettled,
            _ => PresenceState::Away,
        };
        let came = entry.from.as_ref().map_or(Some(true), |m| self.passed(m, true));
        let left = entry.until.as_ref().map_or(Some(false), |m| self.passed(m, false));
        match (came, left) {
            (Some(true), Some(false)) => state,
            (Some(false), _) | (_, Some(true)) => PresenceState::Away,
            _ => PresenceState::Unsettled,
        }
    }

    /// What happened to a listed member up to the moment.
    fn follow(&self, member: &mut PresentMember) {
        if matches!(self.when, When::Whole) {
            return;
        }
        let is = |person: &Option<PersonRef>| person.as_ref().and_then(Key::of).as_ref() == Some(&member.key);
        let mine: Vec<(&Event, bool)> = self
            .sitting
            .timeline
            .iter()
            .flatten()
            .filter_map(|e| match e.kind {
                EventKind::Arrival | EventKind::RemoteConnection if is(&e.person) => Some((e, true)),
                EventKind::Departure | EventKind::RemoteDisconnection | EventKind::Resignation if is(&e.person) => Some((e, false)),
                // The substitute comes in for the member.
                EventKind::Substitution if is(&e.person) => Some((e, false)),
                EventKind::Substitution if is(&e.other) => Some((e, true)),
                _ => None,
            })
            .collect();
        if let Some((_, true)) = mine.first() {
            // Listed as present, and arrived: not there before.
            member.state = PresenceState::Away;
        }
        for (event, comes) in mine {
            member.state = match (self.passed(&event.moment, comes), comes) {
                (Some(true), true) if event.kind == EventKind::RemoteConnection => PresenceState::PresentRemotely,
                (Some(true), true) => PresenceState::Present,
                (Some(true), false) => PresenceState::Away,
                (Some(false), _) => member.state,
                (None, _) => PresenceState::Unsettled,
            };
        }
    }

    /// Who is represented, and by whom. A proxy lapses when its giver is there.
    fn represent(&self, members: &mut [PresentMember]) {
        let mut held: Vec<(Key, Option<PersonRef>)> = Vec::new();
        for proxy in self.sitting.proxies.iter().flatten() {
            let begun = proxy.from.as_ref().map_or(Some(true), |m| self.passed(m, true));
            let ended = proxy.until.as_ref().map_or(Some(false), |m| self.passed(m, false));
            if let (Some(true), Some(false), Some(giver)) = (begun, ended, Key::of(&proxy.giver)) {
                held.push((giver, proxy.holder.clone()));
            }
        }
        for event in self.sitting.timeline.iter().flatten() {
            let Some(giver) = event.person.as_ref().and_then(Key::of) else { continue };
            let now = matches!(self.when, When::Whole) || self.passed(&event.moment, event.kind == EventKind::ProxyGiven) == Some(true);
            match event.kind {
                EventKind::ProxyGiven if now => held.push((giver, event.other.clone())),
                EventKind::ProxyEnded if now => held.retain(|(g, _)| *g != giver),
                _ => {}
            }
        }
        for member in members.iter_mut().filter(|m| matches!(m.state, PresenceState::Away | PresenceState::Represented)) {
            if let Some((_, holder)) = held.iter().find(|(giver, _)| *giver == member.key) {
                member.state = PresenceState::Represented;
                member.holder_key = holder.as_ref().and_then(Key::of);
                member.holder.clone_from(holder);
            }
        }
    }

    /// Who stands aside on the items asked for; returns how many are only counted.
    fn recuse(&self, members: &mut [PresentMember]) -> u32 {
        let When::Items(items) = self.when else { return 0 };
        let mut unnamed = 0;
        for recusal in self.sitting.recusals.iter().flatten() {
            if !recusal.covers.is_empty() && !recusal.covers.iter().any(|item| items.contains(item)) {
                continue;
            }
            match recusal.person.as_ref().and_then(Key::of) {
                Some(key) => members.iter_mut().filter(|m| m.key == key).for_each(|m| m.recused = true),
                None => unnamed += recusal.count.map_or(0, crate::record::Count::get),
            }
        }
        unnamed
    }

    /// Whether a moment has taken effect; none where it cannot be told.
    fn passed(&self, moment: &Moment, comes: bool) -> Option<bool> {
        match self.when {
            When::Whole => Some(comes),
            When::At(now) => match (moment.at, moment.item) {
                (Some(at), _) => Some(at <= *now),
                (None, Some(item)) => self.opened(item).map(|at| at <= *now),
                (None, None) => None,
            },
            When::Items(items) => {
                let now = items.iter().filter_map(|item| self.rank(*item)).min()?;
                match (moment.item.and_then(|item| self.rank(item)), moment.at) {
                    (Some(rank), _) => Some(match moment.anchor {
                        Anchor::Before | Anchor::Unstated => rank <= now,
                        Anchor::During => rank < now || (rank == now && comes),
                        Anchor::After => rank < now,
                    }),
                    (None, Some(at)) => items.iter().find_map(|item| self.opened(*item)).map(|opened| at <= opened),
                    (None, None) => None,
                }
            }
        }
    }

    /// The place of an item in the order in which items were taken.
    fn rank(&self, item: Id) -> Option<(u32, usize)> {
        let place = self.sitting.agenda.iter().position(|a| a.id == item)?;
        let taken = self.sitting.agenda.get(place)?.taken_position.map(crate::record::Count::get);
        Some((taken.or_else(|| u32::try_from(place + 1).ok())?, place))
    }

    /// When an item was opened, if the timeline says.
    fn opened(&self, item: Id) -> Option<DateTime<Utc>> {
        let opens = |e: &&Event| e.kind == EventKind::ItemOpened && e.moment.item == Some(item);
        self.sitting.timeline.iter().flatten().find(opens).and_then(|e| e.moment.at)
    }
}
