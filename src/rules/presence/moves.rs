//! Who comes and goes in the course of the sitting.

use super::super::order::{Edge, Now, Order, Spot};
use super::{Course, Seat};
use crate::record::names::Names;
use crate::record::{EventKind, PersonRef, SittingRecord, VotingRight};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Move {
    Arrives,
    Connects,
    Leaves,
    Resigns,
}

impl Move {
    fn arrives(self) -> bool {
        matches!(self, Self::Arrives | Self::Connects)
    }

    fn edge(self) -> Edge {
        if self.arrives() { Edge::Start } else { Edge::End }
    }
}

impl Course<'_> {
    /// Arrivals and departures.
    pub(super) fn move_about(&self, seats: &mut Vec<Seat>, now: &Now) {
        for movement in &self.movements {
            if !seats.iter().any(|seat| seat.key == movement.key) {
                seats.push(Seat::new(movement.key.clone(), movement.person.clone()));
            }
        }
        for seat in seats {
            let own: Vec<&Movement<'_>> = self.movements.iter().filter(|movement| movement.key == seat.key).collect();
            let Some(first) = own.first() else { continue };
            // Who is said to arrive was not there before, who leaves was: whatever list prints the name.
            seat.attending = Some(!first.kind.arrives());
            for movement in own {
                let (arrives, happened) = (movement.kind.arrives(), self.order.happened(movement.spot, movement.kind.edge(), now));
                match happened {
                    Some(true) => {
                        seat.attending = Some(arrives);
                        seat.remote = movement.kind == Move::Connects;
                        if movement.kind == Move::Resigns {
                            seat.voting_right = VotingRight::WithoutVote;
                        }
                    }
                    None if seat.attending != Some(arrives) => seat.attending = None,
                    None | Some(false) => {}
                }
            }
        }
    }
}

/// A coming or going, placed in the course of the sitting.
pub(super) struct Movement<'a> {
    pub key: String,
    person: &'a PersonRef,
    kind: Move,
    spot: Spot,
}

pub(super) fn movements<'a>(sitting: &'a SittingRecord, order: &Order<'_>, names: &Names) -> Vec<Movement<'a>> {
    let mut movements = Vec::new();
    for event in sitting.timeline.iter().flatten() {
        let kinds: &[(Option<&PersonRef>, Move)] = match event.kind {
            EventKind::Arrival => &[(event.person.as_ref(), Move::Arrives)],
            EventKind::RemoteConnection => &[(event.person.as_ref(), Move::Connects)],
            EventKind::Departure | EventKind::RemoteDisconnection => &[(event.person.as_ref(), Move::Leaves)],
            EventKind::Resignation => &[(event.person.as_ref(), Move::Resigns)],
            EventKind::Substitution => &[(event.person.as_ref(), Move::Leaves), (event.other.as_ref(), Move::Arrives)],
            _ => &[],
        };
        for (person, kind) in kinds {
            if let Some((person, key)) = person.and_then(|person| Some((person, names.key(person)?))) {
                movements.push(Movement { key, person, kind: *kind, spot: order.spot_of(event, kind.edge()) });
            }
        }
    }
    movements
}
