//! How many could vote in a ballot: exactly where the record tells, else within bounds.

use std::collections::BTreeSet;

use super::presence::{self, PresenceState, PresentMember, When};
use super::profile;
use crate::record::{Ballot, BodyKind, SittingRecord, VotingRight};

/// The numbers of a ballot's electorate.
pub(super) struct Electorate {
    /// Present, entitled to vote, not standing aside.
    pub(super) present: u32,
    /// Of those who are away, the represented whose proxy can be used: holder there, not standing aside, holding no other.
    pub(super) represented: u32,
    /// Members who are away and could have given a proxy.
    pub(super) possible_givers: u32,
    /// Members of whom the record does not tell whether they were there.
    pub(super) unsettled: u32,
    /// Members who stand aside, named or counted.
    pub(super) recused: u32,
    /// Whether the record says who gave a proxy, or that nobody did.
    pub(super) proxies_known: bool,
    /// Whether the lists name everyone.
    pub(super) complete: bool,
    /// Represented members count for the quorum.
    represented_count: bool,
}

impl Electorate {
    pub(super) fn of(sitting: &SittingRecord, ballot: &Ballot, body: BodyKind) -> Self {
        let presence = presence::at(sitting, &When::Items(ballot.covers.clone()));
        let entitled: Vec<&PresentMember> = presence.members.iter().filter(|m| m.voting_right != VotingRight::WithoutVote).collect();
        let here = |m: &&&PresentMember| matches!(m.state, PresenceState::Present | PresenceState::PresentRemotely);
        let voters: Vec<&&PresentMember> = entitled.iter().filter(here).filter(|m| !m.recused).collect();
        let away = |m: &&&PresentMember| matches!(m.state, PresenceState::Away | PresenceState::Represented) && !m.recused;
        let mut holders = BTreeSet::new();
        let can_be_used = |m: &&&PresentMember| {
            let Some(holder) = &m.holder_key else { return true };
            voters.iter().any(|v| v.key == *holder) && holders.insert(holder.clone())
        };
        let represented = entitled.iter().filter(away).filter(|m| m.state == PresenceState::Represented).filter(can_be_used).count();
        let named = entitled.iter().filter(|m| m.recused).count();
        // Those who are only counted are taken to have been there.
        let present = number(voters.len()).saturating_sub(presence.unnamed_recusals);
        let gave = entitled.iter().any(|m| m.state == PresenceState::Represented);
        Self {
            present,
            represented: number(represented),
            possible_givers: number(entitled.iter().filter(away).count()),
            unsettled: number(entitled.iter().filter(|m| m.state == PresenceState::Unsettled && !m.recused).count()),
            recused: number(named) + presence.unnamed_recusals,
            proxies_known: sitting.proxies.is_some() || gave,
            complete: presence.complete,
            represented_count: profile::quorum(body).is_some_and(|q| q.represented_count),
        }
    }

    /// Who could vote without any proxy that the record does not tell of.
    pub(super) const fn certain(&self) -> u32 {
        self.present + if self.proxies_known { self.represented } else { 0 }
    }

    /// Who could vote at the very most: each holder has one proxy.
    pub(super) fn at_most(&self) -> u32 {
        let here = self.present + self.unsettled;
        let proxies = if self.proxies_known { self.represented } else { self.possible_givers.min(here) };
        here + proxies
    }

    /// Who counts for the quorum: certainly, and at the very most.
    pub(super) fn quorum(&self) -> (u32, u32) {
        if self.represented_count { (self.certain(), self.at_most()) } else { (self.present, self.present + self.unsettled) }
    }
}

/// A number of people.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
