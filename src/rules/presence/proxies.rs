//! Whose vote is held by whom.

use super::super::order::{Edge, Now, Spot};
use super::recusals::interested;
use super::{Course, ProxyFault, ProxyInForce, Represented, Seat, When};
use crate::record::names::person_of;
use crate::record::{AttendanceEntry, Event, EventKind, PersonRef};

/// A proxy, its bounds placed in the course of the sitting.
#[derive(Clone)]
pub(super) struct Given {
    giver: PersonRef,
    holder: Option<PersonRef>,
    from: Option<Spot>,
    until: Option<Spot>,
    /// Given in the course of the sitting: the place of that event in the timeline.
    event: Option<usize>,
}

impl Course<'_> {
    /// Proxies in force, and whom they represent.
    pub(super) fn represent(&self, seats: &mut Vec<Seat>, given: &[Given], now: &Now) -> Vec<ProxyInForce> {
        let mut in_force: Vec<ProxyInForce> = Vec::new();
        let mut holders_busy: Vec<String> = Vec::new();
        let mut unused: Vec<usize> = Vec::new();
        for proxy in given {
            let Some(giver) = self.names.key(&proxy.giver) else { continue };
            let lasting = self.proxy_lasts(proxy, &giver, now);
            if lasting == Some(false) {
                continue;
            }
            let holder = proxy.holder.as_ref().and_then(|holder| self.names.key(holder));
            let holder_seat = holder.as_ref().and_then(|key| seats.iter().find(|seat| seat.key == *key));
            let holder_away = holder_seat.is_some_and(|seat| seat.attending == Some(false));
            let holder_recused = holder_seat.and_then(|seat| seat.recusal).is_some_and(interested);
            let giver_recused = seats.iter().find(|seat| seat.key == giver).and_then(|seat| seat.recusal).is_some_and(interested);
            let giver_there = seats.iter().any(|seat| seat.key == giver && seat.attending == Some(true));
            if giver_there && self.comes_or_goes(&giver) {
                // Given for when the giver is away, who is not yet, or no longer.
                continue;
            }
            let represented = in_force.iter().any(|other| other.fault.is_none() && self.names.key(&other.giver).as_deref() == Some(&giver));
            let fault = match () {
                () if lasting.is_none() => None,
                () if giver_there => Some(ProxyFault::GiverPresent),
                () if represented => Some(ProxyFault::SecondOfGiver),
                () if holder_away => Some(ProxyFault::HolderAbsent),
                () if holder_recused => Some(ProxyFault::HolderRecused),
                () if holder.as_ref().is_some_and(|key| holders_busy.iter().filter(|busy| *busy == key).count() >= self.proxies_per_holder) => {
                    Some(ProxyFault::SecondForHolder)
                }
                () => None,
            };
            if !seats.iter().any(|seat| seat.key == giver) {
                seats.push(Seat { excused: true, ..Seat::new(giver.clone(), proxy.giver.clone()) });
            }
            if let Some(seat) = seats.iter_mut().find(|seat| seat.key == giver && !represented) {
                seat.represented = match (fault, lasting) {
                    (Some(_), _) => Represented::No,
                    (None, Some(_)) => Represented::Yes,
                    (None, None) => Represented::Possibly,
                };
                seat.holder = proxy.holder.clone().filter(|_| seat.represented == Represented::Yes);
            }
            if fault.is_none() && lasting.is_some() {
                holders_busy.extend(holder);
            }
            // The holder has it all the same. One given before the sitting is simply not used on that item.
            if fault.is_none() && giver_recused && proxy.event.is_some() && lasting.is_some() {
                unused.push(in_force.len());
            }
            in_force.push(ProxyInForce { giver: proxy.giver.clone(), holder: proxy.holder.clone(), fault });
        }
        for (_, proxy) in in_force.iter_mut().enumerate().filter(|(place, _)| unused.contains(place)) {
            proxy.fault = Some(ProxyFault::GiverRecused);
        }
        in_force
    }

    /// Whether the record says nothing of proxies, apart from the roll call of a ballot.
    pub(super) fn proxies_unstated(&self) -> bool {
        let told = |event: &Event| matches!(event.kind, EventKind::ProxyGiven | EventKind::ProxyEnded);
        self.sitting.proxies.is_none() && !self.sitting.timeline.iter().flatten().any(told)
    }

    /// Those of the record, then those given in the course of the sitting, then those that only the ballot's roll call shows.
    pub(super) fn proxies_given(&self, when: When<'_>) -> Vec<Given> {
        let order = &self.order;
        let recorded = self.sitting.proxies.iter().flatten().map(|proxy| Given {
            giver: proxy.giver.clone(),
            holder: proxy.holder.clone(),
            from: proxy.from.as_ref().map(|moment| order.spot(moment, Edge::Start)),
            until: proxy.until.as_ref().map(|moment| order.spot(moment, Edge::End)),
            event: None,
        });
        let events = self.sitting.timeline.iter().flatten().enumerate().filter(|(_, event)| event.kind == EventKind::ProxyGiven);
        let mut in_session: Vec<(Given, Spot, Option<String>)> = Vec::new();
        for (place, event) in events {
            let (Some(giver), from) = (event.person.clone(), order.spot_of(event, Edge::Start)) else { continue };
            let key = self.names.key(&giver);
            in_session.push((Given { giver, holder: event.other.clone(), from: Some(from), until: None, event: Some(place) }, from, key));
        }
        // Of two proxies that one holder is given at one moment the record does not say which is the second: the order of names decides, not
        // that in which they were written down.
        in_session.sort_by(|(_, a, one), (_, b, other)| a.rank().cmp(&b.rank()).then_with(|| one.cmp(other)));
        let mut given: Vec<Given> = recorded.chain(in_session.into_iter().map(|(given, ..)| given)).collect();
        if let When::Ballot(ballot) = when {
            for line in ballot.roll_call.iter().flatten().filter(|line| line.by_proxy.is_some()) {
                let giver = self.names.key(&line.person);
                if !given.iter().any(|known| self.names.key(&known.giver) == giver) {
                    given.push(Given { giver: line.person.clone(), holder: line.by_proxy.clone(), from: None, until: None, event: None });
                }
            }
        }
        given
    }

    fn proxy_lasts(&self, proxy: &Given, giver: &str, now: &Now) -> Option<bool> {
        let begun = proxy.from.map_or(Some(true), |spot| self.order.happened(spot, Edge::Start, now));
        let mut ended = proxy.until.map_or(Some(false), |spot| self.order.happened(spot, Edge::End, now));
        for (place, event) in self.sitting.timeline.iter().flatten().enumerate() {
            // A proxy lapses when its giver arrives; what happened before it was given does not end it.
            let edge = match event.kind {
                EventKind::ProxyEnded => Edge::End,
                EventKind::Arrival | EventKind::RemoteConnection => Edge::Start,
                _ => continue,
            };
            if event.person.as_ref().and_then(|person| self.names.key(person)).as_deref() != Some(giver) {
                continue;
            }
            let spot = self.order.spot_of(event, edge);
            // At one moment, what stands earlier in the timeline was earlier.
            let later = proxy.from.is_none_or(|from| match (self.order.in_order(from, spot), self.order.in_order(spot, from)) {
                (Some(true), Some(true)) => proxy.event.is_none_or(|given| given < place),
                (after, _) => after != Some(false),
            });
            ended = match self.order.happened(spot, edge, now) {
                Some(true) if later => Some(true),
                None if later && ended == Some(false) => None,
                _ => ended,
            };
        }
        match (begun, ended) {
            (Some(false), _) | (_, Some(true)) => Some(false),
            (Some(true), Some(false)) => Some(true),
            _ => None,
        }
    }

    fn comes_or_goes(&self, key: &str) -> bool {
        let hours = |entry: &&AttendanceEntry| entry.from.is_some() || entry.until.is_some();
        let listed = || self.sitting.attendance.iter().flat_map(|list| &list.entries).filter(hours);
        self.movements.iter().any(|movement| movement.key == key) || listed().any(|entry| self.names.key(&person_of(entry)).as_deref() == Some(key))
    }
}
