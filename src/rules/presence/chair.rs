//! Who is in the chair at a moment.

use super::super::order::{Edge, Now};
use super::{Course, When};
use crate::record::{ChairCapacity, EventKind, PersonRef};

/// The person in the chair, and in what capacity.
pub(in crate::rules) struct InChair {
    pub key: String,
    pub name: PersonRef,
    pub capacity: ChairCapacity,
}

impl Course<'_> {
    /// The last to have taken the chair by the timeline, else whom the list of chairs names most closely. `None`: the record names nobody, or
    /// two people, or does not tell when.
    pub(in crate::rules) fn chair(&self, when: When<'_>) -> Option<InChair> {
        let now = self.order.now(when);
        self.taken(&now).unwrap_or_else(|| self.listed(&now))
    }

    /// The outer `None`: no event says anything.
    fn taken(&self, now: &Now) -> Option<Option<InChair>> {
        let mut last = None;
        for event in self.sitting.timeline.iter().flatten().filter(|event| event.kind == EventKind::ChairTaken) {
            match self.order.happened(self.order.spot_of(event, Edge::Start), Edge::Start, now) {
                Some(true) => last = Some(event.person.as_ref().and_then(|person| self.in_chair(person, None))),
                // It may have been then: nobody knows who sat there.
                None => last = Some(None),
                Some(false) => {}
            }
        }
        last
    }

    fn listed(&self, now: &Now) -> Option<InChair> {
        let mut best: Option<(u8, InChair)> = None;
        for chair in &self.sitting.chairs {
            if chair.part.is_some() && now.part.is_some() && chair.part != now.part {
                continue;
            }
            let bounded = chair.from.is_some() || chair.until.is_some();
            let rank = u8::from(chair.part.is_some()) + 2 * u8::from(bounded);
            match self.lasts(chair.from.as_ref(), chair.until.as_ref(), now) {
                Some(false) => continue,
                None => return None,
                Some(true) => {}
            }
            let new = self.in_chair(&chair.person, Some(chair.capacity))?;
            match &best {
                Some((known, _)) if *known > rank => {}
                Some((known, other)) if *known == rank && other.key != new.key => return None,
                _ => best = Some((rank, new)),
            }
        }
        best.map(|(_, chair)| chair)
    }

    fn in_chair(&self, person: &PersonRef, capacity: Option<ChairCapacity>) -> Option<InChair> {
        let key = self.names.key(person)?;
        let as_listed = || {
            let own = self.sitting.chairs.iter().find(|chair| self.names.key(&chair.person).as_ref() == Some(&key));
            own.map_or(ChairCapacity::Unstated, |chair| chair.capacity)
        };
        Some(InChair { name: person.clone(), capacity: capacity.unwrap_or_else(as_listed), key })
    }
}
