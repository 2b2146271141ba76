//! What happens in the room, one event after another, as the live register takes it: an event that cannot have happened is refused; one that
//! happened against the rules is kept if it is acknowledged.
//!
//! Only what is certain counts. What the lists or the moments leave open contradicts nothing.

mod room;

use self::room::{Room, There};
use super::contradiction::{Contradiction, ContradictionCode as Code, made};
use super::made::words;
use super::presence::ProxyFault;
use super::profile::{self, Governed, RuleId};
use crate::record::{Computed, Event, EventKind, Finding, FindingCode, PersonRef, SittingRecord, Subject, SubjectKind};

/// A sitting made ready to be asked about its events, each beside those that stand before it in the timeline.
pub struct EventRoom<'a> {
    room: Room<'a>,
    body: Governed<'a>,
}

/// How the event at that place of the timeline, from 0, contradicts the sitting.
pub fn event_contradictions<'b>(sitting: &'b SittingRecord, place: usize, body: impl Into<Governed<'b>>) -> Vec<Contradiction> {
    EventRoom::of(sitting, body).contradictions(place)
}

/// What the event at that place does against the rules: a proxy that cannot be used as it is given.
pub fn event_irregularities<'b>(sitting: &'b SittingRecord, place: usize, body: impl Into<Governed<'b>>) -> Vec<Finding> {
    EventRoom::of(sitting, body).irregularities(place)
}

impl<'a> EventRoom<'a> {
    pub fn of(sitting: &'a SittingRecord, body: impl Into<Governed<'a>>) -> Self {
        Self { room: Room::of(sitting), body: body.into() }
    }

    /// As [`event_contradictions`].
    pub fn contradictions(&self, place: usize) -> Vec<Contradiction> {
        let Some(event) = self.room.timeline.get(place) else { return Vec::new() };
        let found = [self.too_early(event), self.of_person(event, place), self.of_holder(event, place), self.of_sitting(event, place)];
        found.into_iter().flatten().collect()
    }

    fn made(&self, code: Code, rule: RuleId, pointer: &str, about: &str) -> Contradiction {
        made(profile::basis(rule, self.body, self.room.sitting.date), code, pointer.to_owned(), (about, about))
    }

    /// By a day at least: west or east of Greenwich the day of an instant is another.
    fn too_early(&self, event: &Event) -> Option<Contradiction> {
        let at = event.moment.at?;
        let early = at.date_naive().succ_opt()? < self.room.sitting.date;
        early.then(|| self.made(Code::BeforeSitting, RuleId::AttendanceCourse, "/moment/at", &at.to_rfc3339()))
    }

    /// Of who arrives, leaves, gives a proxy or is back.
    fn of_person(&self, event: &Event, place: usize) -> Option<Contradiction> {
        let person = event.person.as_ref()?;
        let key = self.room.names.key(person)?;
        let there = self.room.there(&key, place);
        let (code, rule) = match (event.kind, there) {
            (
                EventKind::Arrival | EventKind::Departure | EventKind::ProxyGiven | EventKind::ProxyEnded | EventKind::LeftForRecusal,
                There::Unlisted,
            ) => (Code::NotListed, RuleId::AttendanceCourse),
            // Who stood aside may be said to arrive when back.
            (EventKind::Arrival, There::Yes) if !self.room.left_for_recusal(&key, place) => (Code::AlreadyThere, RuleId::AttendanceCourse),
            (EventKind::Departure | EventKind::RemoteDisconnection | EventKind::LeftForRecusal, There::No) => {
                (Code::NotThere, RuleId::AttendanceCourse)
            }
            (EventKind::ProxyEnded, _) if self.room.without_proxy(&key, place) => (Code::NoProxy, RuleId::ProxyValid),
            (EventKind::BackAfterRecusal, _) if !self.room.may_be_aside(&key, place) => (Code::NotAside, RuleId::AttendanceCourse),
            _ => return None,
        };
        Some(self.made(code, rule, "/person", &self.room.called(person, &key)))
    }

    fn of_holder(&self, event: &Event, place: usize) -> Option<Contradiction> {
        let holder = event.other.as_ref().filter(|_| event.kind == EventKind::ProxyGiven)?;
        let key = self.room.names.key(holder)?;
        let unlisted = self.room.there(&key, place) == There::Unlisted;
        unlisted.then(|| self.made(Code::NotListed, RuleId::AttendanceCourse, "/other", &self.room.called(holder, &key)))
    }

    fn of_sitting(&self, event: &Event, place: usize) -> Option<Contradiction> {
        match event.kind {
            EventKind::ItemClosed => {
                let open = self.room.open_items(place);
                let is_open = event.moment.item.map_or(!open.is_empty(), |item| open.contains(&item));
                let name = event.moment.item.map(|item| super::en_bloc::names(self.room.sitting, &[item])).unwrap_or_default();
                (!is_open).then(|| self.made(Code::ItemNotOpen, RuleId::AttendanceCourse, "/moment/item", &name))
            }
            EventKind::Resumption if !self.room.suspended(place) => {
                Some(self.made(Code::NotSuspended, RuleId::AttendanceCourse, "/kind", event.kind.label().fr))
            }
            _ => None,
        }
    }

    /// As [`event_irregularities`].
    pub fn irregularities(&self, place: usize) -> Vec<Finding> {
        let given = self.room.timeline.get(place).filter(|event| event.kind == EventKind::ProxyGiven);
        let Some((event, giver)) = given.and_then(|event| Some((event, event.person.as_ref()?))) else { return Vec::new() };
        let faults = self.faults(event, giver, place);
        if faults.is_empty() {
            return Vec::new();
        }
        let called = |person: &PersonRef| self.room.called(person, &self.room.names.key(person).unwrap_or_default());
        let name = match &event.other {
            Some(holder) => format!("{} → {}", called(giver), called(holder)),
            None => called(giver),
        };
        let list = |word: fn(&ProxyFault) -> &'static str| faults.iter().map(word).collect::<Vec<_>>().join(", ");
        let label = words(
            format!("Pouvoir irrégulier : {name} ({})", list(|fault| fault.label().fr)),
            format!("Irregular proxy: {name} ({})", list(|fault| fault.label().en)),
        );
        let basis = profile::basis(RuleId::ProxyValid, self.body, self.room.sitting.date);
        let computed = Computed::Texts { texts: faults.iter().map(|fault| format!("{}: {name}", fault.wire())).collect() };
        let subject = Subject { kind: SubjectKind::Event, id: event.id };
        let finding = basis.finding(FindingCode::ProxyInvalid, subject, self.room.sitting.date, computed, label);
        // The clerk who gives it on sees who is there: what the record says is certain.
        vec![Finding { severity: basis.severity(true), ..finding }]
    }

    fn faults(&self, event: &Event, giver: &PersonRef, place: usize) -> Vec<ProxyFault> {
        let Some(giver) = self.room.names.key(giver) else { return Vec::new() };
        let holder = event.other.as_ref().and_then(|holder| self.room.names.key(holder));
        let item = event.moment.item.or_else(|| self.room.open_items(place).last().copied());
        let mut faults = Vec::new();
        if self.room.stands_aside(&giver, item, place) {
            faults.push(ProxyFault::GiverRecused);
        }
        let Some(holder) = holder else { return faults };
        if self.room.there(&holder, place) == There::No {
            faults.push(ProxyFault::HolderAbsent);
        }
        if self.room.stands_aside(&holder, item, place) {
            faults.push(ProxyFault::HolderRecused);
        }
        if self.room.held_by(&holder, &giver, place) >= profile::proxies_per_holder(self.body, self.room.sitting.date) {
            faults.push(ProxyFault::SecondForHolder);
        }
        faults
    }
}
