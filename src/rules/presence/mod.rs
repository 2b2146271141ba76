//! Presence: who was there at a moment, who was represented and by whom, who stood aside. One function, from which quorum, electorate
//! and proxies of every ballot follow.
//!
//! The lists of attendance say how it starts, the timeline what changes, proxies who votes for the absent, recusals who does not vote.
//! Where the record does not tell, the person is `unsettled`: nothing is guessed.

use serde::Serialize;
use utoipa::ToSchema;

mod chair;
mod lists;
mod moves;
mod proxies;
mod recusals;

pub(in crate::rules) use self::chair::InChair;
use self::moves::Movement;
use self::recusals::Unnamed;
pub(in crate::rules) use self::recusals::interested;
use super::made::many;
use super::order::Order;
use super::profile::{self, Governed};
use crate::record::names::Names;
use crate::record::{Ballot, Id, PersonRef, RecusalKind, SittingRecord, VotingRight};
use crate::vocabulary;

/// The moment that is asked about.
#[derive(Clone, Copy, Debug)]
pub enum When<'a> {
    /// As the item is put to the vote.
    Item(Id),
    /// As the ballot is taken: on all the items that it covers.
    Ballot(&'a Ballot),
    At(chrono::DateTime<chrono::Utc>),
    /// Over the whole sitting: present is who was there at some time.
    Whole,
}

vocabulary! {
    /// How someone stands at a moment of the sitting.
    PresenceState {
        Present = "present", "présent", "present";
        Represented = "represented", "représenté", "represented";
        Recused = "recused", "déporté", "recused";
        Excused = "excused", "excusé", "excused";
        Absent = "absent", "absent", "absent";
        NotEntitled = "not_entitled", "sans voix délibérative", "without a vote";
        Unsettled = "unsettled", "indéterminé", "unsettled";
    }
}

vocabulary! {
    /// Why a proxy cannot be used.
    ProxyFault {
        SecondForHolder = "second_for_holder", "second pouvoir d'un même porteur", "second proxy of one holder";
        GiverPresent = "giver_present", "mandant présent", "giver present";
        HolderAbsent = "holder_absent", "porteur absent", "holder absent";
        HolderRecused = "holder_recused", "porteur déporté", "holder recused";
        GiverRecused = "giver_recused", "mandant déporté", "giver recused";
        SecondOfGiver = "second_of_giver", "second pouvoir d'un même mandant", "second proxy of one giver";
    }
}

/// Presence at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Presence {
    /// In printed order.
    pub people: Vec<Attendee>,
    /// The proxies in force.
    pub proxies: Vec<ProxyInForce>,
    pub counts: Counts,
    pub electorate: Electorate,
    pub quorum: QuorumCount,
}

/// One person at that moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Attendee {
    /// The person of the directory where the name is resolved, else the printed name folded.
    pub key: String,
    pub printed: Option<String>,
    pub person: Option<Id>,
    /// Group printed beside the name.
    pub group: Option<String>,
    pub voting_right: VotingRight,
    pub state: PresenceState,
    /// Whether the person is in the room or connected, whatever part is taken in the vote; null: the record does not tell.
    pub attending: Option<bool>,
    pub remote: bool,
    /// Who votes for a person represented, where it is known.
    pub holder: Option<PersonRef>,
}

/// A proxy in force at that moment, usable or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProxyInForce {
    pub giver: PersonRef,
    pub holder: Option<PersonRef>,
    /// Null: nothing is known against it.
    pub fault: Option<ProxyFault>,
}

/// How many people are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Counts {
    pub present: u32,
    pub represented: u32,
    pub recused: u32,
    pub excused: u32,
    pub absent: u32,
    pub not_entitled: u32,
    pub unsettled: u32,
}

impl Counts {
    /// Voting members whom the lists name: at least as many were in office.
    pub fn listed_members(self) -> u32 {
        self.present + self.represented + self.recused + self.excused + self.absent + self.unsettled
    }
}

/// How many votes there can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Electorate {
    /// Voting members present who did not stand aside.
    pub without_proxies: u32,
    /// The same with those known to be represented.
    pub with_proxies: u32,
    /// The same with everyone unsettled and, where the record is silent on proxies, everyone who could have given one.
    pub at_most: u32,
    /// Whether the record does not say if proxies were given.
    pub proxies_unstated: bool,
    /// Voting members away, who could have given a proxy.
    pub possible_givers: u32,
    /// Whether the lists name the members; false where there are none, or only exceptions to a roster that is not printed.
    pub listed: bool,
}

/// Who counts for the quorum: an interested member does not, present or represented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuorumCount {
    pub present: u32,
    pub represented: u32,
    /// Members who may count, if the record were complete.
    pub unsettled: u32,
    /// Recused members who represent the authority by law on the body concerned (CGCT L1111-6 II).
    pub recused_by_law: u32,
}

/// Presence at a moment of the sitting.
pub fn at(sitting: &SittingRecord, when: When<'_>) -> Presence {
    Course::of(sitting).at(when)
}

/// The same under the internal rules of the body, which may allow one holder several proxies.
pub fn under<'b>(sitting: &SittingRecord, body: impl Into<Governed<'b>>, when: When<'_>) -> Presence {
    Course::under(sitting, body.into()).at(when)
}

/// A person as the function goes.
struct Seat {
    key: String,
    name: PersonRef,
    group: Option<String>,
    voting_right: VotingRight,
    /// How firmly the lists put it: an interval outranks a list of the item, which outranks a list of the part, then of the sitting.
    rank: u8,
    attending: Option<bool>,
    remote: bool,
    excused: bool,
    represented: Represented,
    recusal: Option<RecusalKind>,
    recused_by_law: bool,
    holder: Option<PersonRef>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Represented {
    /// Nothing says so; could be, where the record is silent on proxies.
    Unstated,
    Possibly,
    Yes,
    No,
}

/// A sitting made ready to be asked about many of its moments.
pub(in crate::rules) struct Course<'a> {
    sitting: &'a SittingRecord,
    order: Order<'a>,
    pub(in crate::rules) names: Names,
    movements: Vec<Movement<'a>>,
    proxies_per_holder: usize,
}

impl<'a> Course<'a> {
    pub(in crate::rules) fn of(sitting: &'a SittingRecord) -> Self {
        let (order, names) = (Order::of(sitting), Names::of(sitting));
        let movements = moves::movements(sitting, &order, &names);
        Self { sitting, order, names, movements, proxies_per_holder: 1 }
    }

    pub(in crate::rules) fn under(sitting: &'a SittingRecord, body: Governed<'_>) -> Self {
        Self { proxies_per_holder: profile::proxies_per_holder(body, sitting.date), ..Self::of(sitting) }
    }

    /// Lists, then who came and went, then who stands aside, then who is represented: each step needs those before it.
    pub(in crate::rules) fn at(&self, when: When<'_>) -> Presence {
        let now = self.order.now(when);
        let mut seats = self.seated(&now);
        self.move_about(&mut seats, &now);
        let unnamed = self.stand_aside(&mut seats, &now);
        let given = self.proxies_given(when);
        let proxies = self.represent(&mut seats, &given, &now);
        self.sum_up(seats, proxies, self.proxies_unstated() && given.is_empty(), &unnamed)
    }

    fn sum_up(&self, seats: Vec<Seat>, proxies: Vec<ProxyInForce>, proxies_unstated: bool, unnamed: &Unnamed) -> Presence {
        let voters = || seats.iter().filter(|seat| seat.voting_right != VotingRight::WithoutVote);
        let in_state = |state| many(voters().filter(|seat| seat.state() == state).count());

        let present = in_state(PresenceState::Present);
        let represented = in_state(PresenceState::Represented);
        let unsettled = in_state(PresenceState::Unsettled);
        let away = |seat: &&Seat| matches!(seat.state(), PresenceState::Excused | PresenceState::Absent) && seat.represented == Represented::Unstated;
        let possible_givers = if proxies_unstated { many(voters().filter(away).count()) } else { 0 };
        let electorate = Electorate {
            without_proxies: present.saturating_sub(unnamed.from_vote),
            with_proxies: (present + represented).saturating_sub(unnamed.from_vote),
            at_most: (present + represented + unsettled + possible_givers).saturating_sub(unnamed.from_vote),
            proxies_unstated,
            possible_givers,
            listed: voters().next().is_some() && !self.sitting.attendance.iter().any(|list| list.by_exception),
        };

        // Who takes no part without being interested is still in the room.
        let refusing = |seat: &&Seat| seat.recusal.is_some_and(|kind| !interested(kind)) && seat.attending == Some(true);
        let quorum = QuorumCount {
            present: (present + many(voters().filter(refusing).count())).saturating_sub(unnamed.from_quorum),
            represented,
            unsettled,
            recused_by_law: many(voters().filter(|seat| seat.recused_by_law).count()),
        };
        let counts = Counts {
            present,
            represented,
            recused: in_state(PresenceState::Recused) + unnamed.from_vote,
            excused: in_state(PresenceState::Excused),
            absent: in_state(PresenceState::Absent),
            not_entitled: many(seats.iter().filter(|seat| seat.state() == PresenceState::NotEntitled).count()),
            unsettled,
        };
        Presence { people: seats.into_iter().map(Seat::attendee).collect(), proxies, counts, electorate, quorum }
    }
}

impl Seat {
    fn new(key: String, name: PersonRef) -> Self {
        Self {
            key,
            name,
            group: None,
            voting_right: VotingRight::Unstated,
            rank: 0,
            attending: Some(false),
            remote: false,
            excused: false,
            represented: Represented::Unstated,
            recusal: None,
            recused_by_law: false,
            holder: None,
        }
    }

    fn state(&self) -> PresenceState {
        match self.attending {
            _ if self.voting_right == VotingRight::WithoutVote => PresenceState::NotEntitled,
            _ if self.recusal.is_some() => PresenceState::Recused,
            Some(true) => PresenceState::Present,
            None => PresenceState::Unsettled,
            Some(false) => match self.represented {
                Represented::Yes => PresenceState::Represented,
                Represented::Possibly => PresenceState::Unsettled,
                _ if self.excused => PresenceState::Excused,
                _ => PresenceState::Absent,
            },
        }
    }

    fn attendee(self) -> Attendee {
        Attendee {
            state: self.state(),
            printed: self.name.printed,
            person: self.name.person,
            key: self.key,
            group: self.group,
            voting_right: self.voting_right,
            attending: self.attending,
            remote: self.remote,
            holder: self.holder,
        }
    }
}
