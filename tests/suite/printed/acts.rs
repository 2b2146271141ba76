//! Five acts of other shapes than the real one, invented, each with what is to be printed of it, written by hand.

use std::collections::BTreeMap;

use registre::publish::{ActReading, Cast, View, paper};
use registre::record::{Authority, Body, DeliberationRecord, Group, Id, Person, SittingRecord, Visibility};
use rstest::rstest;
use serde::Deserialize;

/// An act as a file of this folder tells it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    authority: Authority,
    body: Body,
    #[serde(default)]
    persons: BTreeMap<Id, Person>,
    #[serde(default)]
    groups: BTreeMap<Id, Group>,
    sitting: SittingRecord,
    act: DeliberationRecord,
}

pub fn reading(json: &str) -> ActReading {
    let told: Told = serde_json::from_str(json).unwrap();
    ActReading {
        id: "01977e60-0009-7000-8000-000000000001".parse().unwrap(),
        visibility: Visibility::Public,
        view: View::Public,
        ..ActReading::unfiled(
            told.act,
            told.sitting,
            Cast { authority: told.authority, body: told.body, persons: told.persons, groups: told.groups, memberships: BTreeMap::new() },
        )
    }
}

#[rstest]
#[case::a_municipal_council_recorded_live_unanimous(include_str!("acts/unanimous.json"), include_str!("acts/unanimous.txt"))]
#[case::a_region_that_grants_money_to_several_with_a_split_vote(include_str!("acts/beneficiaries.json"), include_str!("acts/beneficiaries.txt"))]
#[case::an_election_by_secret_ballot_over_two_days(include_str!("acts/election.json"), include_str!("acts/election.txt"))]
#[case::an_amended_plan_by_roll_call(include_str!("acts/amended.json"), include_str!("acts/amended.txt"))]
#[case::a_report_taken_note_of_without_vote_or_number(include_str!("acts/noted.json"), include_str!("acts/noted.txt"))]
fn an_act_of_another_shape(#[case] told: &str, #[case] expected: &str) {
    // Sums are printed with spaces that do not break.
    let printed = paper::text(&paper::act(&reading(told), "")).replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!(printed, expected, "printed:\n{printed}");
}
