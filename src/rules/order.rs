//! The course of a sitting: its items in the order taken, and what is before what.
//!
//! Each item is three steps: before it, during it (where its ballot is taken), after it. A moment may instead, or also, have an hour.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::presence::When;
use crate::record::{Anchor, Count, Event, EventKind, Id, Moment, Part, SittingRecord};

type Instant = DateTime<Utc>;

/// Whether a moment begins something (an arrival) or ends it (a departure). What begins or ends *during* an item does so around its
/// ballot: who arrives during it votes on it, who leaves during it is still counted for it and gone from the next.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    Start,
    End,
}

/// A moment placed in the course of the sitting, as far as it can be.
#[derive(Clone, Copy, Default)]
pub struct Spot {
    step: Option<i64>,
    at: Option<Instant>,
}

impl Spot {
    /// The record says nothing of when it was.
    pub fn is_bare(self) -> bool {
        self.step.is_none() && self.at.is_none()
    }

    /// For sorting: the place in the order of items, then the hour.
    pub fn rank(self) -> (Option<i64>, Option<Instant>) {
        (self.step, self.at)
    }
}

/// The moment that is asked about.
pub struct Now {
    pub whole: bool,
    /// The items concerned, and those that they are part of.
    pub items: Vec<Id>,
    pub part: Option<Count>,
    step: Option<i64>,
    /// The hour to the letter; it then outranks the order of the items.
    exact: Option<Instant>,
    opened: Option<Instant>,
    closed: Option<Instant>,
}

pub struct Order<'a> {
    sitting: &'a SittingRecord,
    ranks: HashMap<Id, i64>,
}

impl<'a> Order<'a> {
    pub fn of(sitting: &'a SittingRecord) -> Self {
        Self { sitting, ranks: sitting.items_taken().into_iter().map(|item| item.id).zip(0..).collect() }
    }

    pub fn now(&self, when: When<'_>) -> Now {
        match when {
            When::Whole => Now { whole: true, ..self.during(None, None) },
            When::Item(item) => self.during(Some(item), None),
            When::Ballot(ballot) => {
                let first = ballot.covers.iter().copied().min_by_key(|item| self.ranks.get(item));
                let mut now = self.during(ballot.moment.item.or(first), ballot.moment.at);
                now.items.extend(ballot.covers.iter().flat_map(|item| self.lineage(*item)));
                now
            }
            When::At(at) => self.during(self.item_at(at), Some(at)),
        }
    }

    fn during(&self, item: Option<Id>, exact: Option<Instant>) -> Now {
        let span = |kind| item.and_then(|item| self.hour_of(item, kind));
        let (opened, closed) = (span(EventKind::ItemOpened), span(EventKind::ItemClosed));
        Now {
            whole: false,
            items: item.map(|item| self.lineage(item)).unwrap_or_default(),
            part: item.and_then(|item| self.part_of(item)).or_else(|| exact.and_then(|at| self.part_at(at))),
            step: item.and_then(|item| self.ranks.get(&item)).map(|rank| rank * 3 + 1),
            exact,
            opened: exact.or(opened).or(closed),
            closed: exact.or(closed).or(opened),
        }
    }

    pub fn spot(&self, moment: &Moment, edge: Edge) -> Spot {
        let within = match (moment.anchor, edge) {
            (Anchor::Before, _) => 0,
            (Anchor::After, _) => 2,
            (Anchor::During | Anchor::Unstated, Edge::Start) => 1,
            (Anchor::During | Anchor::Unstated, Edge::End) => 2,
        };
        let rank = moment.item.and_then(|item| self.ranks.get(&item));
        Spot { step: rank.map(|rank| rank * 3 + within), at: moment.at }
    }

    /// The place of an event; where it names no item, that of the item opened or closed last before it in the timeline.
    pub fn spot_of(&self, event: &Event, edge: Edge) -> Spot {
        let own = self.spot(&event.moment, edge);
        if own.step.is_some() {
            return own;
        }
        let items = |e: &&Event| matches!(e.kind, EventKind::ItemOpened | EventKind::ItemClosed);
        let events = self.sitting.timeline.as_deref().unwrap_or_default();
        let last = events.iter().take_while(|e| e.id != event.id).filter(items).last();
        let step = match last {
            Some(e) if e.kind == EventKind::ItemClosed => self.spot(&Moment { anchor: Anchor::After, ..e.moment.clone() }, edge).step,
            Some(e) => self.spot(&Moment { anchor: Anchor::During, ..e.moment.clone() }, edge).step,
            // A timeline that tells when items were opened, and has opened none yet.
            None => events.iter().any(|e| items(&e)).then_some(-1),
        };
        Spot { step, at: own.at }
    }

    /// Whether what begins or ends at that spot has done so; `None`: the record does not tell.
    pub fn happened(&self, spot: Spot, edge: Edge, now: &Now) -> Option<bool> {
        if now.whole {
            // Over the whole sitting everything has begun and nothing has ended.
            return Some(edge == Edge::Start);
        }
        if let (Some(at), Some(exact)) = (spot.at, now.exact) {
            return Some(at <= exact);
        }
        if let (Some(step), Some(here)) = (spot.step, now.step) {
            return Some(step <= here);
        }
        let hour = if edge == Edge::Start { now.closed } else { now.opened };
        Some(spot.at? <= hour?)
    }

    /// Whether one spot is before the other, or the same; `None`: the record does not tell.
    pub fn in_order(&self, first: Spot, second: Spot) -> Option<bool> {
        match (first.at.zip(second.at), first.step.zip(second.step)) {
            (Some((first, second)), _) => Some(first <= second),
            (None, Some((first, second))) => Some(first <= second),
            (None, None) => None,
        }
    }

    fn lineage(&self, item: Id) -> Vec<Id> {
        lineage(self.sitting, item)
    }

    fn part_of(&self, item: Id) -> Option<Count> {
        self.sitting.agenda.iter().find(|i| i.id == item).and_then(|i| i.part)
    }

    fn part_at(&self, at: Instant) -> Option<Count> {
        let started = |part: &&Part| part.starts.as_ref().and_then(|s| s.at).is_some_and(|start| start <= at);
        self.sitting.parts.iter().rfind(started).and_then(|part| part.position)
    }

    fn hour_of(&self, item: Id, kind: EventKind) -> Option<Instant> {
        self.sitting.timeline.iter().flatten().find(|e| e.kind == kind && e.moment.item == Some(item)).and_then(|e| e.moment.at)
    }

    fn item_at(&self, at: Instant) -> Option<Id> {
        let opened = |e: &&Event| e.kind == EventKind::ItemOpened && e.moment.at.is_some_and(|opened| opened <= at);
        self.sitting.timeline.iter().flatten().filter(opened).max_by_key(|e| e.moment.at).and_then(|e| e.moment.item)
    }
}

/// An item and those that it is part of.
pub fn lineage(sitting: &SittingRecord, item: Id) -> Vec<Id> {
    let mut line = vec![item];
    let mut last = item;
    while let Some(parent) = sitting.agenda.iter().find(|i| i.id == last).and_then(|i| i.parent).filter(|p| !line.contains(p)) {
        line.push(parent);
        last = parent;
    }
    line
}
