//! Who stands aside.

use super::super::made::number;
use super::super::order::{Edge, Now};
use super::{Course, Seat};
use crate::record::names::fold;
use crate::record::{Answer, EventKind, Recusal, RecusalKind};

/// Recusals that are only a number.
#[derive(Default)]
pub(super) struct Unnamed {
    pub from_vote: u32,
    pub from_quorum: u32,
}

impl Course<'_> {
    /// Recusals on the items of the moment, and who has left the room for one.
    pub(super) fn stand_aside(&self, seats: &mut [Seat], now: &Now) -> Unnamed {
        let mut unnamed = Unnamed::default();
        for recusal in self.sitting.recusals.iter().flatten().filter(|recusal| stands_aside(recusal, now)) {
            let key = recusal.person.as_ref().and_then(|person| self.names.key(person));
            let group = recusal.group.as_deref().map(fold).filter(|_| key.is_none());
            let mut found = 0;
            for seat in seats.iter_mut() {
                let of_group = group.is_some() && seat.group.as_deref().map(fold) == group;
                if key.as_ref() == Some(&seat.key) || of_group {
                    found += 1;
                    seat.recusal = Some(recusal.kind);
                    seat.recused_by_law = recusal.legal_representative == Answer::Yes;
                }
            }
            if key.is_none() {
                let rest = number(recusal.count).unwrap_or_default().saturating_sub(found);
                unnamed.from_vote += rest;
                unnamed.from_quorum += if interested(recusal.kind) { rest } else { 0 };
            }
        }
        for event in self.sitting.timeline.iter().flatten() {
            let leaves = event.kind == EventKind::LeftForRecusal;
            let edge = if leaves { Edge::Start } else { Edge::End };
            let concerns = leaves || event.kind == EventKind::BackAfterRecusal;
            let key = event.person.as_ref().filter(|_| concerns && !now.whole).and_then(|person| self.names.key(person));
            if let Some(seat) = seats.iter_mut().find(|seat| Some(&seat.key) == key.as_ref())
                && self.order.happened(self.order.spot_of(event, edge), edge, now) == Some(true)
            {
                let recorded =
                    self.sitting.recusals.iter().flatten().any(|r| stands_aside(r, now) && r.person.as_ref().and_then(|p| self.names.key(p)) == key);
                if leaves && !recorded {
                    seat.recusal = Some(RecusalKind::Unstated);
                } else if !leaves && !recorded {
                    seat.recusal = None;
                }
            }
        }
        unnamed
    }
}

fn stands_aside(recusal: &Recusal, now: &Now) -> bool {
    !now.whole && recusal.took_part_in_vote != Some(true) && recusal.covers.iter().any(|item| now.items.contains(item))
}

/// Everyone who stands aside is taken to be interested, but for a plain refusal to take part.
pub(in crate::rules) fn interested(kind: RecusalKind) -> bool {
    kind != RecusalKind::Refusal
}
