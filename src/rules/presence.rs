//! Presence: who was there at a moment, who was represented and by whom, who stood aside. One function, from which quorum, electorate
//! and proxies of every ballot follow.
//!
//! The lists of attendance say how it starts, the timeline what changes, proxies who votes for the absent, recusals who does not vote.
//! Where the record does not tell, the person is `unsettled`: nothing is guessed.

use serde::Serialize;
use utoipa::ToSchema;

use super::made::{many, number};
use super::names::{Names, fold, person_of};
use super::order::{Edge, Now, Order, Spot};
use crate::record::{
    AttendanceEntry, AttendanceList, AttendanceStatus, Ballot, EventKind, Id, Moment, PersonRef, Recusal, RecusalKind, SittingRecord, VotingRight,
};
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
    let course = Course { sitting, order: Order::of(sitting), names: Names::of(sitting) };
    let now = course.order.now(when);
    let mut seats = course.seated(&now);
    course.move_about(&mut seats, &now);
    let unnamed = course.stand_aside(&mut seats, &now);
    let proxies = course.represent(&mut seats, &now);
    course.sum_up(seats, proxies, &unnamed)
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

/// Recusals that are only a number.
#[derive(Default)]
struct Unnamed {
    from_vote: u32,
    from_quorum: u32,
}

struct Course<'a> {
    sitting: &'a SittingRecord,
    order: Order<'a>,
    names: Names,
}

impl Course<'_> {
    /// What the lists say.
    fn seated(&self, now: &Now) -> Vec<Seat> {
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
        seat.rank = u8::from(list.part.is_some()) + 2 * u8::from(!list.covers.is_empty());
        if entry.from.is_some() || entry.until.is_some() {
            match self.lasts(entry.from.as_ref(), entry.until.as_ref(), now) {
                Some(true) => seat.rank += 4,
                // Outside its hours a presence is an absence; where someone excused for a while was otherwise, another list says.
                Some(false) if seat.attending == Some(true) => (seat.attending, seat.remote) = (Some(false), false),
                _ => (seat.attending, seat.represented) = (None, Represented::Unstated),
            }
        }
        Some(seat)
    }

    /// Whether the moment is within the bounds.
    fn lasts(&self, from: Option<&Moment>, until: Option<&Moment>, now: &Now) -> Option<bool> {
        let edge = |moment, edge| self.order.happened(self.order.spot(moment, edge), edge, now);
        let begun = from.map_or(Some(true), |moment| edge(moment, Edge::Start));
        let ended = until.map_or(Some(false), |moment| edge(moment, Edge::End));
        match (begun, ended) {
            (Some(false), _) | (_, Some(true)) => Some(false),
            (Some(true), Some(false)) => Some(true),
            _ => None,
        }
    }

    /// Arrivals and departures.
    fn move_about(&self, seats: &mut Vec<Seat>, now: &Now) {
        let moves = self.moves();
        for (key, name, ..) in &moves {
            if !seats.iter().any(|seat| seat.key == *key) {
                seats.push(Seat::new(key.clone(), (*name).clone()));
            }
        }
        for seat in seats {
            let own: Vec<_> = moves.iter().filter(|(key, ..)| *key == seat.key).collect();
            let Some((_, _, first, _)) = own.first() else { continue };
            // Who is said to arrive was not there before, who leaves was: whatever list prints the name.
            seat.attending = Some(!first.arrives());
            for (_, _, kind, spot) in own {
                match self.order.happened(*spot, kind.edge(), now) {
                    Some(true) => seat.attending = Some(kind.arrives()),
                    Some(false) => {}
                    None if seat.attending != Some(kind.arrives()) => seat.attending = None,
                    None => {}
                }
                if *kind == Move::Resigns && self.order.happened(*spot, Edge::End, now) == Some(true) {
                    seat.voting_right = VotingRight::WithoutVote;
                }
                seat.remote |= *kind == Move::Connects;
            }
            seat.remote &= seat.attending == Some(true);
        }
    }

    fn moves(&self) -> Vec<(String, &PersonRef, Move, Spot)> {
        let mut moves = Vec::new();
        for event in self.sitting.timeline.iter().flatten() {
            let kinds: &[(Option<&PersonRef>, Move)] = match event.kind {
                EventKind::Arrival => &[(event.person.as_ref(), Move::Arrives)],
                EventKind::RemoteConnection => &[(event.person.as_ref(), Move::Connects)],
                EventKind::Departure | EventKind::RemoteDisconnection => &[(event.person.as_ref(), Move::Leaves)],
                EventKind::Resignation => &[(event.person.as_ref(), Move::Resigns)],
                EventKind::Substitution => &[(event.person.as_ref(), Move::Leaves), (event.other.as_ref(), Move::Arrives)],
                _ => &[],
            };
            for (person, kind) in kinds {
                if let Some((person, key)) = person.and_then(|person| Some((person, self.names.key(person)?))) {
                    moves.push((key, person, *kind, self.order.spot_of(event, kind.edge())));
                }
            }
        }
        moves
    }

    /// Recusals on the items of the moment, and who has left the room for one.
    fn stand_aside(&self, seats: &mut [Seat], now: &Now) -> Unnamed {
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
                    seat.recused_by_law = recusal.legal_representative == crate::record::Answer::Yes;
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

    /// Proxies in force, and whom they represent.
    fn represent(&self, seats: &mut Vec<Seat>, now: &Now) -> Vec<ProxyInForce> {
        let mut in_force: Vec<ProxyInForce> = Vec::new();
        let mut holders_busy: Vec<String> = Vec::new();
        for proxy in self.proxies() {
            let Some(giver) = self.names.key(&proxy.giver) else { continue };
            let lasting = self.proxy_lasts(&proxy, &giver, now);
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
            in_force.push(ProxyInForce { giver: proxy.giver, holder: proxy.holder, fault });
        }
        in_force
    }

    /// Those of the record, then those given in the course of the sitting.
    fn proxies(&self) -> Vec<Given> {
        let order = &self.order;
        let recorded = self.sitting.proxies.iter().flatten().map(|proxy| Given {
            giver: proxy.giver.clone(),
            holder: proxy.holder.clone(),
            from: proxy.from.as_ref().map(|moment| order.spot(moment, Edge::Start)),
            until: proxy.until.as_ref().map(|moment| order.spot(moment, Edge::End)),
        });
        let events = self.sitting.timeline.iter().flatten().filter(|event| event.kind == EventKind::ProxyGiven);
        let given = events.filter_map(|event| {
            let from = Some(order.spot_of(event, Edge::Start));
            Some(Given { giver: event.person.clone()?, holder: event.other.clone(), from, until: None })
        });
        recorded.chain(given).collect()
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
        self.moves().iter().any(|(mover, ..)| mover == key) || listed().any(|entry| self.names.key(&person_of(entry)).as_deref() == Some(key))
    }

    fn sum_up(&self, seats: Vec<Seat>, proxies: Vec<ProxyInForce>, unnamed: &Unnamed) -> Presence {
        let told = |event: &crate::record::Event| matches!(event.kind, EventKind::ProxyGiven | EventKind::ProxyEnded);
        let proxies_unstated = self.sitting.proxies.is_none() && !self.sitting.timeline.iter().flatten().any(told);
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

/// A proxy, its bounds placed in the course of the sitting.
struct Given {
    giver: PersonRef,
    holder: Option<PersonRef>,
    from: Option<Spot>,
    until: Option<Spot>,
}

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

/// A list is about the moment when it is about one of its items, and about its part.
fn applies(list: &AttendanceList, now: &Now) -> bool {
    let of_item = list.covers.is_empty() || list.covers.iter().any(|item| now.items.contains(item));
    let of_part = list.part.is_none() || now.part.is_none() || list.part == now.part;
    now.whole || (of_item && of_part)
}

fn stands_aside(recusal: &Recusal, now: &Now) -> bool {
    !now.whole && recusal.took_part_in_vote != Some(true) && recusal.covers.iter().any(|item| now.items.contains(item))
}

/// Everyone who stands aside is taken to be interested, but for a plain refusal to take part.
pub fn interested(kind: RecusalKind) -> bool {
    kind != RecusalKind::Refusal
}
