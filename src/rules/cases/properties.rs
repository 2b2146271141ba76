//! What holds for every sitting. The register's one function on presence is compared with a second, simpler one that walks through the
//! sitting event by event, as a secretary would.
//!
//! Few cases are run by default, so that a debug build takes seconds. All of them, by hand:
//! `PROPTEST_CASES=100000 cargo test --release --lib rules::cases::properties`

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::record::{Affiliation, Ballot, BallotOption, GroupVote, PersonRef};
use crate::rules::election::{Shares, highest_average, highest_remainder};
use crate::rules::presence::{self, Presence, PresenceState as State, When};
use crate::rules::{Membership, contradictions, expand_group_vote, group_tally, outcome_of};

fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Something that someone does before an item; what makes no sense at that point (arriving when there) is left out.
#[derive(Clone, Copy, Debug)]
enum Act {
    Arrive,
    Leave,
    Give(u32),
    End,
    StepOut,
    ComeBack,
}

/// A sitting as drawn: members from 1, items from 1.
#[derive(Clone, Debug)]
struct Plan {
    listed_present: Vec<bool>,
    items: u32,
    /// Before that item, that member does that.
    acts: Vec<(u32, u32, Act)>,
    /// Recorded from the start.
    proxies: Vec<(u32, u32)>,
    recusals: Vec<(u32, u32)>,
}

fn plan() -> impl Strategy<Value = Plan> {
    (2u32..=7, 1u32..=4).prop_flat_map(|(members, items)| {
        let act = prop_oneof![
            Just(Act::Arrive),
            Just(Act::Leave),
            (1..=members).prop_map(Act::Give),
            (1..=members).prop_map(Act::Give),
            Just(Act::End),
            Just(Act::StepOut),
            Just(Act::ComeBack)
        ];
        let size = usize::try_from(members).unwrap();
        (
            proptest::collection::vec(proptest::bool::weighted(0.6), size),
            proptest::collection::vec((1..=items, 1..=members, act), 0..14),
            proptest::collection::vec((1..=members, 1..=members), 0..4),
            proptest::collection::vec((1..=members, 1..=items), 0..4),
        )
            .prop_map(move |(listed_present, mut acts, proxies, recusals)| {
                acts.sort_by_key(|(item, ..)| *item);
                let proxies = proxies.into_iter().filter(|(giver, holder)| giver != holder).collect();
                Plan { listed_present, items, acts, proxies, recusals }
            })
    })
}

/// The room as a secretary keeps it.
#[derive(Clone)]
struct Room {
    attending: BTreeMap<u32, bool>,
    out: BTreeMap<u32, bool>,
    /// Giver, holder, item before which it was given (0: before the sitting).
    proxies: Vec<(u32, u32, u32)>,
}

/// A written event, with whose it is.
type Written = (u32, u32, Value);

impl Plan {
    fn members(&self) -> std::ops::RangeInclusive<u32> {
        1..=u32::try_from(self.listed_present.len()).unwrap()
    }

    fn listed(&self, member: u32) -> bool {
        self.listed_present[usize::try_from(member).unwrap() - 1]
    }

    /// Walks through the sitting: what is written down (item, member, event), and the state of everyone at each item.
    fn walk(&self) -> (Vec<Written>, Vec<BTreeMap<u32, State>>) {
        let mut room = Room {
            attending: self.members().map(|m| (m, self.listed(m))).collect(),
            out: self.members().map(|m| (m, false)).collect(),
            proxies: self.proxies.iter().map(|(giver, holder)| (*giver, *holder, 0)).collect(),
        };
        let (mut written, mut states) = (Vec::new(), Vec::new());
        for item in 1..=self.items {
            for (_, member, act) in self.acts.iter().filter(|(at, ..)| *at == item) {
                let Some((kind, other)) = room.act(*member, *act, item) else { continue };
                let place = u32::try_from(written.len()).unwrap();
                let event = json!({ "id": text_id(2000 + place), "kind": kind, "person": who(*member), "other": other.map(who), "moment": { "item": text_id(item), "anchor": "before" } });
                written.push((item, *member, event));
            }
            states.push(self.members().zip(room.states(self, item)).collect());
        }
        (written, states)
    }

    fn sitting_of(&self, timeline: &[Written], changes: Value) -> SittingRecord {
        let of = |present: bool| -> Vec<Value> {
            self.members().filter(|m| self.listed(*m) == present).map(|m| json!({ "printed": format!("M. Membre {m}"), "person": null })).collect()
        };
        let list = |status: &str, entries: Vec<Value>| json!({ "status": status, "voting_right": "voting", "entries": entries });
        let base = json!({
            "origin": "recorded", "agenda": (1..=self.items).map(item).collect::<Vec<_>>(),
            "attendance": [list("present", of(true)), list("excused", of(false))],
            "members_in_office": self.listed_present.len(),
            "proxies": self.proxies.iter().map(|(giver, holder)| proxy(*giver, *holder)).collect::<Vec<_>>(),
            "recusals": self.recusals.iter().map(|(member, item)| recusal(*member, &[*item])).collect::<Vec<_>>(),
            "timeline": timeline.iter().map(|(.., event)| event.clone()).collect::<Vec<_>>(),
        });
        sitting(changed(base, changes))
    }

    fn sitting(&self) -> SittingRecord {
        self.sitting_of(&self.walk().0, json!({}))
    }
}

impl Room {
    /// What is written of it, if it makes sense.
    fn act(&mut self, member: u32, act: Act, item: u32) -> Option<(&'static str, Option<u32>)> {
        let (there, out) = (self.attending[&member], self.out[&member]);
        match act {
            Act::Arrive if !there => {
                self.attending.insert(member, true);
                // A proxy lapses when its giver arrives.
                self.proxies.retain(|(giver, ..)| *giver != member);
                Some(("arrival", None))
            }
            Act::Leave if there => {
                self.attending.insert(member, false);
                Some(("departure", None))
            }
            Act::Give(holder) if holder != member => {
                self.proxies.push((member, holder, item));
                Some(("proxy_given", Some(holder)))
            }
            Act::End if self.proxies.iter().any(|(giver, ..)| *giver == member) => {
                self.proxies.retain(|(giver, ..)| *giver != member);
                Some(("proxy_ended", None))
            }
            Act::StepOut if !out => {
                self.out.insert(member, true);
                Some(("left_for_recusal", None))
            }
            Act::ComeBack if out => {
                self.out.insert(member, false);
                Some(("back_after_recusal", None))
            }
            _ => None,
        }
    }

    fn states(&self, plan: &Plan, item: u32) -> Vec<State> {
        let aside = |member: u32| self.out[&member] || plan.recusals.contains(&(member, item));
        let mut proxies = self.proxies.clone();
        // Those from before the sitting as printed; later ones as given, and by name where they were given at one moment.
        proxies.sort_by_key(|(giver, _, given)| if *given == 0 { (0, 0) } else { (*given, *giver) });
        let (mut busy, mut represented) = (Vec::new(), Vec::new());
        for (giver, holder, _) in proxies {
            let usable = !self.attending[&giver] && self.attending[&holder] && !aside(holder);
            if usable && !represented.contains(&giver) && !busy.contains(&holder) {
                busy.push(holder);
                represented.push(giver);
            }
        }
        let state = |member: u32| match () {
            () if aside(member) => State::Recused,
            () if self.attending[&member] => State::Present,
            () if represented.contains(&member) => State::Represented,
            () if plan.listed(member) => State::Absent,
            () => State::Excused,
        };
        plan.members().map(state).collect()
    }
}

fn at(sitting: &SittingRecord, item: u32) -> Presence {
    presence::at(sitting, When::Item(id(item)))
}

/// In the order of names, not in that of printing.
fn sorted(mut presence: Presence) -> Presence {
    presence.people.sort_by(|a, b| a.key.cmp(&b.key));
    presence.proxies.sort_by_key(|proxy| (format!("{:?}", proxy.giver), format!("{:?}", proxy.holder)));
    presence
}

fn people(presence: &Presence) -> BTreeMap<u32, State> {
    presence.people.iter().map(|attendee| (attendee.key.trim_start_matches("membre ").parse().unwrap(), attendee.state)).collect()
}

fn count(states: &BTreeMap<u32, State>, state: State) -> u32 {
    u32::try_from(states.values().filter(|s| **s == state).count()).unwrap()
}

fn voters(states: &BTreeMap<u32, State>) -> Vec<u32> {
    states.iter().filter(|(_, state)| matches!(state, State::Present | State::Represented)).map(|(member, _)| *member).collect()
}

const OPTIONS: [&str; 4] = ["for", "against", "abstention", "not_voting"];

fn line(member: u32, option: usize) -> Value {
    json!({ "person": who(member), "option": OPTIONS[option % 4] })
}

fn roll_call(lines: &[Value]) -> Ballot {
    let ballot = ballot(json!([]), json!({ "mode": "public_roll_call", "roll_call": lines }));
    serde_json::from_value(ballot).unwrap()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn presence_is_what_a_secretary_would_write_down(plan in plan()) {
        let (written, states) = plan.walk();
        let sitting = plan.sitting_of(&written, json!({}));
        for (item, expected) in (1..).zip(&states) {
            let presence = at(&sitting, item);
            prop_assert_eq!(&people(&presence), expected, "item {}", item);
            // Nobody is counted twice.
            prop_assert_eq!(presence.people.len(), expected.len());
            prop_assert_eq!(presence.counts.listed_members(), u32::try_from(expected.len()).unwrap());
            let (present, represented) = (count(expected, State::Present), count(expected, State::Represented));
            prop_assert_eq!((presence.electorate.without_proxies, presence.electorate.with_proxies), (present, present + represented));
            prop_assert_eq!((presence.quorum.present, presence.quorum.represented), (present, represented));
            prop_assert_eq!(presence.electorate.at_most, present + represented);
        }
    }

    #[test]
    fn a_proxy_counts_once_and_never_for_a_recused_or_present_giver(plan in plan()) {
        let sitting = plan.sitting();
        for item in 1..=plan.items {
            let presence = at(&sitting, item);
            let state = |person: &PersonRef| people(&presence)[&fold_number(person)];
            let used: Vec<_> = presence.proxies.iter().filter(|proxy| proxy.fault.is_none()).collect();
            let (mut givers, mut holders) = (Vec::new(), Vec::new());
            for proxy in &used {
                let holder = proxy.holder.as_ref().unwrap();
                prop_assert_ne!(state(&proxy.giver), State::Present);
                prop_assert_eq!(state(holder), State::Present);
                givers.push(fold_number(&proxy.giver));
                holders.push(fold_number(holder));
            }
            let represented = u32::try_from(givers.iter().filter(|giver| people(&presence)[*giver] == State::Represented).count()).unwrap();
            prop_assert_eq!(represented, presence.counts.represented);
            for list in [&mut givers, &mut holders] {
                let all = list.len();
                list.sort_unstable();
                list.dedup();
                prop_assert_eq!(list.len(), all);
            }
        }
    }

    /// What comes later changes nothing before it: played up to an item, the timeline gives that item's state as the whole does.
    #[test]
    fn a_prefix_of_the_timeline_tells_the_items_that_it_reaches(plan in plan()) {
        let written = plan.walk().0;
        let whole = plan.sitting_of(&written, json!({}));
        for item in 1..=plan.items {
            let prefix: Vec<Written> = written.iter().filter(|(at, ..)| *at <= item).cloned().collect();
            let (early, late) = (at(&plan.sitting_of(&prefix, json!({})), item), at(&whole, item));
            prop_assert_eq!((people(&early), early.counts, early.electorate, early.quorum), (people(&late), late.counts, late.electorate, late.quorum));
        }
    }

    #[test]
    fn events_of_different_people_at_one_moment_have_no_order(plan in plan(), seed in proptest::collection::vec(any::<u32>(), 8)) {
        let written = plan.walk().0;
        let mut permuted = written.clone();
        // Each keeps the order of their own.
        permuted.sort_by_key(|(item, member, _)| (*item, seed[usize::try_from(*member).unwrap()]));
        let (one, other) = (plan.sitting_of(&written, json!({})), plan.sitting_of(&permuted, json!({})));
        for item in 1..=plan.items {
            prop_assert_eq!(sorted(at(&one, item)), sorted(at(&other, item)));
        }
    }

    #[test]
    fn a_roll_call_of_the_voters_is_taken_and_any_other_vote_refused(plan in plan(), options in proptest::collection::vec(0usize..4, 8), other in 1u32..=8, place in 0usize..8) {
        let (written, states) = plan.walk();
        let sitting = plan.sitting_of(&written, json!({}));
        let voters = voters(&states[0]);
        let lines: Vec<Value> = voters.iter().zip(&options).map(|(member, option)| line(*member, *option)).collect();
        prop_assert_eq!(contradictions(&sitting, &roll_call(&lines), COUNCIL), vec![]);
        // One more vote, of a voter (then twice) or of anyone else.
        let more = [lines.clone(), vec![line(other, 0)]].concat();
        prop_assert!(!contradictions(&sitting, &roll_call(&more), COUNCIL).is_empty());
        // One voter fewer.
        if !lines.is_empty() {
            let mut fewer = lines.clone();
            fewer.remove(place % lines.len());
            prop_assert!(!contradictions(&sitting, &roll_call(&fewer), COUNCIL).is_empty());
        }
    }

    #[test]
    fn no_ballot_that_is_taken_has_more_votes_than_voters(plan in plan(), votes in proptest::collection::vec((1u32..=7, 0usize..4, proptest::option::of(1u32..=7)), 0..6), more in 0u32..9) {
        let (written, states) = plan.walk();
        let sitting = plan.sitting_of(&written, json!({}));
        let proxied = |(member, option, holder): &(u32, usize, Option<u32>)| changed(line(*member, *option), json!({ "by_proxy": holder.map(who) }));
        let lines: Vec<Value> = votes.iter().map(proxied).collect();
        let electorate = u32::try_from(voters(&states[0]).len()).unwrap();
        let shown = ballot(json!([tally("for", more)]), json!({ "roll_call": lines }));
        let shown: Ballot = serde_json::from_value(shown).unwrap();
        if contradictions(&sitting, &shown, COUNCIL).is_empty() {
            let cast: Vec<u32> = votes.iter().filter(|(_, option, _)| option % 4 != 3).map(|(member, ..)| *member).collect();
            prop_assert!(u32::try_from(cast.len()).unwrap() <= electorate && more <= electorate, "{} and {} of {}", cast.len(), more, electorate);
            prop_assert!(cast.iter().all(|member| voters(&states[0]).contains(member)));
        }
        if more > electorate {
            prop_assert!(contradictions(&sitting, &shown, COUNCIL).iter().any(|c| c.pointer == "/options"));
        }
    }

    #[test]
    fn group_tallies_sum_to_the_total(votes in proptest::collection::vec((0u32..6, 0usize..4), 0..40)) {
        let lines: Vec<Value> = votes.iter().zip(1u32..).map(|((group, option), n)| {
            json!({ "person": { "printed": format!("M. Membre {n}"), "person": text_id(10_000 + 100 * n + group) }, "option": OPTIONS[*option] })
        }).collect();
        let ballot = roll_call(&lines);
        let tally = group_tally(&ballot, group_of);
        for option in OPTIONS {
            let option: BallotOption = option.parse().unwrap();
            let sum: u32 = tally.groups.iter().flat_map(|group| &group.options).filter(|count| count.option == option).filter_map(|count| count.derived).sum();
            let named = votes.iter().filter(|(_, o)| OPTIONS[*o] == option.wire()).count();
            prop_assert_eq!(sum, u32::try_from(named).unwrap());
        }
        // Each group once.
        let mut groups: Vec<String> = tally.groups.iter().map(|group| format!("{:?}{:?}", group.of.affiliation, group.of.group)).collect();
        let all = groups.len();
        groups.sort();
        groups.dedup();
        prop_assert_eq!(groups.len(), all);
    }

    #[test]
    fn the_votes_of_all_groups_are_those_of_the_electorate(plan in plan()) {
        let (written, states) = plan.walk();
        let sitting = plan.sitting_of(&written, json!({}));
        let grouped = |name: &str| Membership { affiliation: Affiliation::Group, group: None, name: Some(name.to_owned()) };
        let mut grouped_sitting = sitting;
        for entry in grouped_sitting.attendance.iter_mut().flat_map(|list| &mut list.entries) {
            let number: u32 = entry.printed.as_deref().unwrap().trim_start_matches("M. Membre ").parse().unwrap();
            entry.group = Some(if number.is_multiple_of(2) { "Pairs".to_owned() } else { "Impairs".to_owned() });
        }
        let ballot = roll_call(&[]);
        let mut found: Vec<u32> = Vec::new();
        for group in ["Pairs", "Impairs"] {
            let vote = GroupVote { group: id(1), option: BallotOption::For, dissenters: Vec::new(), dissenters_asked: true };
            let votes = expand_group_vote(&grouped_sitting, COMMISSION, &ballot, &grouped(group), &vote, |_| Membership::UNSTATED).unwrap();
            found.extend(votes.iter().map(|vote| fold_number(&vote.person)));
        }
        found.sort_unstable();
        prop_assert_eq!(found, voters(&states[0]));
    }

    /// Every seat is given or left open; more votes never have fewer seats; equal votes have equal seats.
    #[test]
    fn proportional_seats_are_fair(votes in proptest::collection::vec(0u32..60, 1..6), seats in 0u32..12) {
        for shares in [highest_remainder(&votes, seats), highest_average(&votes, seats)] {
            let Shares { seats: won, open, tied } = shares;
            prop_assert_eq!(won.iter().sum::<u32>() + open, seats);
            for (a, b) in (0..votes.len()).flat_map(|a| (0..votes.len()).map(move |b| (a, b))) {
                if votes[a] > votes[b] {
                    prop_assert!(won[a] >= won[b]);
                } else if votes[a] == votes[b] {
                    prop_assert_eq!(won[a], won[b]);
                }
            }
            // What is open is open for a reason.
            prop_assert!(open == 0 || tied.len() > usize::try_from(open).unwrap() || votes.iter().all(|count| *count == 0), "{:?} of {:?}", won, votes);
        }
    }

    #[test]
    fn abstentions_and_papers_without_a_vote_change_nothing(in_favour in 0u32..9, against in 0u32..9, others in proptest::collection::vec(0u32..9, 4)) {
        let read = |others: &[u32]| {
            let rest = ["abstention", "blank", "void", "not_voting"].iter().zip(others).map(|(option, count)| tally(option, *count));
            let options: Vec<Value> = [tally("for", in_favour), tally("against", against)].into_iter().chain(rest).collect();
            let sitting = sitting(json!({ "ballots": [ballot(options.into(), json!({}))] }));
            outcome_of(&sitting, COUNCIL, &sitting.ballots[0])
        };
        prop_assert_eq!(read(&others), read(&[]));
    }
}

fn fold_number(person: &PersonRef) -> u32 {
    person.printed.as_deref().unwrap().rsplit(' ').next().unwrap().parse().unwrap()
}

/// The last digit of the person tells the group: 0 to 3, 4 for the non-affiliated, 5 for the unknown.
fn group_of(person: Id) -> Membership {
    match person.to_string().chars().last().unwrap() {
        '4' => Membership { affiliation: Affiliation::NonAffiliated, group: None, name: None },
        '5' => Membership::UNSTATED,
        digit => Membership { affiliation: Affiliation::Group, group: Some(id(digit.to_digit(10).unwrap())), name: None },
    }
}
