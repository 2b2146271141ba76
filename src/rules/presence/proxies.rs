//! Whose vote is held by whom.

use super::super::names::person_of;
use super::super::order::{Edge, Now, Spot};
use super::recusals::interested;
use super::{Course, ProxyFault, ProxyInForce, Represented, Seat, When};
use crate::record::{AttendanceEntry, Event, EventKind, PersonRef};

/// A proxy, its bounds placed in the course of the sitting.
#[derive(Clone)]
pub(super) struct Given {
    giver: PersonRef,
    holder: Option<PersonRef>,
    from: Option<Spot>,
    until: Option<Spot>,
}

impl Course<'_> {
    /// Proxies in force, and whom they represent.
    pub(super) fn represent(&self, seats: &mut Vec<Seat>, given: &[Given], now: &Now) -> Vec<ProxyInForce> {
        let mut in_force: Vec<ProxyInForce> = Vec::new();
        let mut holders_busy: Vec<String> = Vec::new();
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
            let giver_there = seats.iter().any(|seat| seat.key == giver && seat.attending == Some(true));
            if giver_there && self.comes_or_goes(&giver) {
                // Given for when the giver is away, who is not yet, or no longer.
                continue;
            }
            let fault = match () {
                () if lasting.is_none() => None,
                () if giver_there => Some(ProxyFault::GiverPresent),
                () if holder_away => Some(ProxyFault::HolderAbsent),
                () if holder_recused => Some(ProxyFault::HolderRecused),
                () if holder.as_ref().is_some_and(|key| holders_busy.contains(key)) => Some(ProxyFault::SecondForHolder),
                () => None,
            };
            if !seats.iter().any(|seat| seat.key == giver) {
                seats.push(Seat { excused: true, ..Seat::new(giver.clone(), proxy.giver.clone()) });
            }
            if let Some(seat) = seats.iter_mut().find(|seat| seat.key == giver) {
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
            in_force.push(ProxyInForce { giver: proxy.giver.clone(), holder: proxy.holder.clone(), fault });
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
        });
        let events = self.sitting.timeline.iter().flatten().filter(|event| event.kind == EventKind::ProxyGiven);
        let in_session = events.filter_map(|event| {
            let from = Some(order.spot_of(event, Edge::Start));
            Some(Given { giver: event.person.clone()?, holder: event.other.clone(), from, until: None })
        });
        let mut given: Vec<Given> = recorded.chain(in_session).collect();
        if let When::Ballot(ballot) = when {
            for line in ballot.roll_call.iter().flatten().filter(|line| line.by_proxy.is_some()) {
                let giver = self.names.key(&line.person);
                if !given.iter().any(|known| self.names.key(&known.giver) == giver) {
                    given.push(Given { giver: line.person.clone(), holder: line.by_proxy.clone(), from: None, until: None });
                }
            }
        }
        given
    }

    fn proxy_lasts(&self, proxy: &Given, giver: &str, now: &Now) -> Option<bool> {
        let begun = proxy.from.map_or(Some(true), |spot| self.order.happened(spot, Edge::Start, now));
        let mut ended = proxy.until.map_or(Some(false), |spot| self.order.happened(spot, Edge::End, now));
        for event in self.sitting.timeline.iter().flatten() {
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
            let later = proxy.from.is_none_or(|from| self.order.in_order(from, spot) != Some(false));
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
