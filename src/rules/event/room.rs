//! The room as an event begins: what the lists say, and what happened before it.

use super::super::order::{Edge, Order};
use super::super::presence::interested;
use super::super::{made::many, quorum};
use crate::record::names::{Names, person_of, shown};
use crate::record::{AttendanceStatus, Event, EventKind, Id, PersonRef, SittingRecord, VotingRight};

/// Whether somebody is in the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum There {
    Yes,
    No,
    Unsettled,
    /// No list names them, and the lists name every member.
    Unlisted,
}

pub struct Room<'a> {
    pub sitting: &'a SittingRecord,
    pub timeline: &'a [Event],
    pub names: Names,
    order: Order<'a>,
}

impl<'a> Room<'a> {
    pub fn of(sitting: &'a SittingRecord) -> Self {
        let timeline = sitting.timeline.as_deref().unwrap_or_default();
        Self { sitting, timeline, names: Names::of(sitting), order: Order::of(sitting) }
    }

    fn earlier(&self, place: usize) -> impl DoubleEndedIterator<Item = &'a Event> {
        self.timeline.iter().take(place)
    }

    fn is(&self, person: Option<&PersonRef>, key: &str) -> bool {
        person.and_then(|person| self.names.key(person)).as_deref() == Some(key)
    }

    /// Whether the first event was before the second, which was recorded after it; `None`: the record does not tell. An arrival and a departure
    /// within one item, or two events of which nothing says when they were, happened as they were recorded.
    fn before(&self, first: &Event, second: &Event) -> Option<bool> {
        let (a, b) = (self.order.spot_of(first, Edge::Start), self.order.spot_of(second, Edge::Start));
        self.order.in_order(a, b).or_else(|| (a.is_bare() && b.is_bare()).then_some(true))
    }

    /// The last event of those given that was before the one at that place; the outer `None`: the record does not tell which.
    fn last_before<T>(&self, place: usize, wanted: impl Fn(&Event) -> Option<T>) -> Option<Option<T>> {
        let event = self.timeline.get(place)?;
        let mut last: Option<(&Event, T)> = None;
        for earlier in self.earlier(place) {
            let Some(told) = wanted(earlier) else { continue };
            // What was recorded before it and happened after it says nothing of it.
            if !self.before(earlier, event)? {
                continue;
            }
            let newer = match &last {
                Some((known, _)) => self.before(known, earlier)?,
                None => true,
            };
            if newer {
                last = Some((earlier, told));
            }
        }
        Some(last.map(|(_, told)| told))
    }

    /// Whether somebody is there as the event at that place begins.
    pub fn there(&self, key: &str, place: usize) -> There {
        let moves = |event: &Event| match event.kind {
            EventKind::Arrival | EventKind::RemoteConnection if self.is(event.person.as_ref(), key) => Some(There::Yes),
            EventKind::Substitution if self.is(event.other.as_ref(), key) => Some(There::Yes),
            EventKind::Departure | EventKind::RemoteDisconnection | EventKind::Resignation | EventKind::Substitution
                if self.is(event.person.as_ref(), key) =>
            {
                Some(There::No)
            }
            _ => None,
        };
        match self.last_before(place, moves) {
            None => There::Unsettled,
            Some(Some(there)) => there,
            Some(None) => self.listed(key),
        }
    }

    /// What the lists say: those about the whole sitting, without hours, and all alike.
    fn listed(&self, key: &str) -> There {
        let mut found: Option<There> = None;
        for list in &self.sitting.attendance {
            for entry in list.entries.iter().filter(|entry| self.is(Some(&person_of(entry)), key)) {
                let plain = list.part.is_none() && list.covers.is_empty() && entry.from.is_none() && entry.until.is_none();
                let there = match list.status {
                    _ if !plain => There::Unsettled,
                    AttendanceStatus::Present | AttendanceStatus::PresentRemotely => There::Yes,
                    AttendanceStatus::Unstated => There::Unsettled,
                    _ => There::No,
                };
                found = Some(if found.is_none_or(|known| known == there) { there } else { There::Unsettled });
            }
        }
        found.unwrap_or_else(|| if self.lists_are_whole() { There::Unlisted } else { There::Unsettled })
    }

    /// The lists name the members, and as many as are said to be in office.
    fn lists_are_whole(&self) -> bool {
        let lists = || self.sitting.attendance.iter();
        let voting = lists().filter(|list| list.voting_right != VotingRight::WithoutVote).flat_map(|list| &list.entries);
        let mut keys: Vec<String> = voting.filter_map(|entry| self.names.key(&person_of(entry))).collect();
        keys.sort();
        keys.dedup();
        let in_office = quorum::members_in_office(self.sitting, None);
        !keys.is_empty() && !lists().any(|list| list.by_exception) && in_office.is_none_or(|number| many(keys.len()) >= number)
    }

    /// The name to show: as sent, else as a list has it, else the identifier.
    pub fn called(&self, person: &PersonRef, key: &str) -> String {
        let sent = shown(person);
        let listed = || self.sitting.attendance.iter().flat_map(|list| &list.entries).map(person_of).find(|entry| self.is(Some(entry), key));
        let name = if sent.is_empty() { listed().map(|entry| shown(&entry)).unwrap_or_default() } else { sent };
        if name.is_empty() { key.to_owned() } else { name }
    }

    /// Has left for a recusal and is not back.
    pub fn left_for_recusal(&self, key: &str, place: usize) -> bool {
        let moves = |event: &&Event| matches!(event.kind, EventKind::LeftForRecusal | EventKind::BackAfterRecusal);
        let own = |event: &&Event| self.is(event.person.as_ref(), key);
        self.earlier(place).filter(moves).rfind(own).is_some_and(|event| event.kind == EventKind::LeftForRecusal)
    }

    /// Has left for a recusal, or is recused, or may be among those of whom only a group or a number is recorded.
    pub fn may_be_aside(&self, key: &str, place: usize) -> bool {
        let recused = self.sitting.recusals.iter().flatten().any(|r| r.person.is_none() || self.is(r.person.as_ref(), key));
        recused || self.left_for_recusal(key, place)
    }

    /// Takes no part in that item, being interested.
    pub fn stands_aside(&self, key: &str, item: Option<Id>, place: usize) -> bool {
        let covers = |covered: &[Id]| item.is_some_and(|item| covered.contains(&item));
        let recused = self.sitting.recusals.iter().flatten().filter(|r| interested(r.kind) && r.took_part_in_vote != Some(true));
        recused.filter(|r| covers(&r.covers)).any(|r| self.is(r.person.as_ref(), key)) || self.left_for_recusal(key, place)
    }

    /// Items opened and not closed, the last opened last.
    pub fn open_items(&self, place: usize) -> Vec<Id> {
        let mut open: Vec<Id> = Vec::new();
        for event in self.earlier(place) {
            match (event.kind, event.moment.item) {
                (EventKind::ItemOpened, Some(item)) => open.push(item),
                (EventKind::ItemClosed, Some(item)) => open.retain(|known| *known != item),
                (EventKind::ItemClosed, None) => drop(open.pop()),
                _ => {}
            }
        }
        open
    }

    pub fn suspended(&self, place: usize) -> bool {
        let pauses = |event: &&Event| matches!(event.kind, EventKind::Suspension | EventKind::Resumption);
        self.earlier(place).rfind(pauses).is_some_and(|event| event.kind == EventKind::Suspension)
    }

    /// The record is not silent on proxies, and has none of theirs that has not ended.
    pub fn without_proxy(&self, giver: &str, place: usize) -> bool {
        let told = |event: &Event| matches!(event.kind, EventKind::ProxyGiven | EventKind::ProxyEnded);
        if self.sitting.proxies.is_none() && !self.earlier(place).any(told) {
            return false;
        }
        let recorded = self.sitting.proxies.iter().flatten().any(|proxy| self.is(Some(&proxy.giver), giver));
        let last = self.earlier(place).rfind(|event| told(event) && self.is(event.person.as_ref(), giver));
        last.map_or(!recorded, |event| event.kind == EventKind::ProxyEnded)
    }

    /// How many proxies of others the holder has for certain.
    pub fn held_by(&self, holder: &str, giver: &str, place: usize) -> usize {
        let recorded = self.sitting.proxies.iter().flatten().map(|proxy| &proxy.giver);
        let given = self.earlier(place).filter(|event| event.kind == EventKind::ProxyGiven).filter_map(|event| event.person.as_ref());
        let mut givers: Vec<String> = recorded.chain(given).filter_map(|person| self.names.key(person)).filter(|key| key != giver).collect();
        givers.sort();
        givers.dedup();
        givers.iter().filter(|other| self.holds(holder, other, place)).count()
    }

    /// A proxy lapses when its giver arrives.
    fn holds(&self, holder: &str, giver: &str, place: usize) -> bool {
        let told = |event: &Event| match event.kind {
            _ if !self.is(event.person.as_ref(), giver) => None,
            EventKind::ProxyGiven => Some(self.is(event.other.as_ref(), holder)),
            EventKind::ProxyEnded | EventKind::Arrival | EventKind::RemoteConnection => Some(false),
            _ => None,
        };
        let recorded = || {
            let plain = |proxy: &&crate::record::Proxy| proxy.from.is_none() && proxy.until.is_none();
            self.sitting.proxies.iter().flatten().filter(plain).any(|p| self.is(Some(&p.giver), giver) && self.is(p.holder.as_ref(), holder))
        };
        match self.last_before(place, told) {
            None => false,
            Some(Some(holds)) => holds,
            Some(None) => recorded(),
        }
    }
}
