//! What the lists of attendance say at a moment.

use super::super::order::{Edge, Now};
use super::{Course, Represented, Seat};
use crate::record::names::person_of;
use crate::record::{AttendanceEntry, AttendanceList, AttendanceStatus, Moment, PersonRef};

impl Course<'_> {
    /// What the lists say.
    pub(super) fn seated(&self, now: &Now) -> Vec<Seat> {
        let mut seats: Vec<Seat> = Vec::new();
        for list in self.sitting.attendance.iter().filter(|list| applies(list, now)) {
            for entry in &list.entries {
                let Some(new) = self.seat(list, entry, now) else { continue };
                match seats.iter_mut().find(|seat| seat.key == new.key) {
                    None => seats.push(new),
                    Some(seat) => seat.merge(new, now),
                }
            }
        }
        let replaced =
            self.sitting.attendance.iter().filter(|list| applies(list, now)).flat_map(|l| &l.entries).filter_map(|e| e.substitute_for.as_ref());
        for key in replaced.filter_map(|person| self.names.key(person)) {
            if let Some(seat) = seats.iter_mut().find(|seat| seat.key == key) {
                // The substitute votes in their place: nobody is left to give a proxy.
                (seat.attending, seat.represented) = (Some(false), Represented::No);
            }
        }
        seats
    }

    fn seat(&self, list: &AttendanceList, entry: &AttendanceEntry, now: &Now) -> Option<Seat> {
        let name = person_of(entry);
        let mut seat = Seat { group: entry.group.clone(), voting_right: list.voting_right, ..Seat::new(self.names.key(&name)?, name) };
        let listed = list.status;
        seat.remote = listed == AttendanceStatus::PresentRemotely;
        seat.excused = matches!(listed, AttendanceStatus::Excused | AttendanceStatus::ExcusedRepresented | AttendanceStatus::ExcusedUnrepresented);
        seat.attending = match listed {
            AttendanceStatus::Present | AttendanceStatus::PresentRemotely => Some(true),
            AttendanceStatus::Unstated => None,
            _ => Some(false),
        };
        seat.represented = match listed {
            AttendanceStatus::ExcusedRepresented | AttendanceStatus::AbsentRepresented => Represented::Yes,
            AttendanceStatus::ExcusedUnrepresented | AttendanceStatus::Substituted => Represented::No,
            _ => Represented::Unstated,
        };
        seat.rank = 1 + u8::from(list.part.is_some()) + 2 * u8::from(!list.covers.is_empty());
        if entry.from.is_some() || entry.until.is_some() {
            match self.lasts(entry.from.as_ref(), entry.until.as_ref(), now) {
                Some(true) => seat.rank += 4,
                // Outside its hours a presence is an absence; what someone away for a while was otherwise, another list says.
                Some(false) if seat.attending == Some(true) => (seat.attending, seat.remote) = (Some(false), false),
                Some(false) => (seat.attending, seat.rank) = (None, 0),
                _ => (seat.attending, seat.represented) = (None, Represented::Unstated),
            }
        }
        Some(seat)
    }

    /// Whether the moment is within the bounds.
    pub(super) fn lasts(&self, from: Option<&Moment>, until: Option<&Moment>, now: &Now) -> Option<bool> {
        let edge = |moment, edge| self.order.happened(self.order.spot(moment, edge), edge, now);
        let begun = from.map_or(Some(true), |moment| edge(moment, Edge::Start));
        let ended = until.map_or(Some(false), |moment| edge(moment, Edge::End));
        match (begun, ended) {
            (Some(false), _) | (_, Some(true)) => Some(false),
            (Some(true), Some(false)) => Some(true),
            _ => None,
        }
    }
}

impl Seat {
    /// Another entry for the same person: the firmer one holds, and two that are equally firm and contrary leave it unsettled.
    fn merge(&mut self, other: Self, now: &Now) {
        let was_there = now.whole && (self.attending == Some(true) || other.attending == Some(true));
        let contrary = self.rank == other.rank && self.attending != other.attending;
        let group = self.group.take().or_else(|| other.group.clone());
        let name = PersonRef { person: self.name.person.or(other.name.person), ..self.name.clone() };
        let represented = self.represented == Represented::Yes || other.represented == Represented::Yes;
        if other.rank > self.rank {
            *self = other;
        } else if contrary {
            self.attending = None;
        } else if self.rank == other.rank && represented {
            self.represented = Represented::Yes;
        }
        (self.group, self.name) = (group, name);
        if was_there {
            self.attending = Some(true);
        }
    }
}

/// A list is about the moment when it is about one of its items, and about its part.
fn applies(list: &AttendanceList, now: &Now) -> bool {
    let of_item = list.covers.is_empty() || list.covers.iter().any(|item| now.items.contains(item));
    let of_part = list.part.is_none() || now.part.is_none() || list.part == now.part;
    now.whole || (of_item && of_part)
}
