//! Elections, worked by hand: majorities, quotients, remainders and averages are in the comments.

use serde_json::{Value, json};

use super::*;
use crate::rules::election::{MajorityRule, Shares, TieRule, absolute_majority, highest_average, highest_remainder, majority};
use crate::rules::{OutcomeReading, OutcomeReason as Why, Verdict, outcome_of};

#[test]
fn more_than_half() {
    for (of, needed) in [(1, 1), (2, 2), (43, 22), (44, 23), (45, 23)] {
        assert_eq!(absolute_majority(of), needed, "of {of}");
    }
}

fn shares(seats: &[u32], open: u32, tied: &[u32]) -> Shares {
    Shares { seats: seats.to_vec(), open, tied: tied.to_vec() }
}

#[test]
fn seats_by_the_highest_remainder() {
    let rows: Vec<(&str, Vec<u32>, u32, Shares)> = vec![
        // 44 votes for 5 seats: quotient 8.8. 26 is 2 q + 8.4; 12 is 1 q + 3.2; 6 is 0 q + 6. The two seats left go to the first and third.
        ("five seats of a commission", vec![26, 12, 6], 5, shares(&[3, 1, 1], 0, &[])),
        // Quotient 20: 63 is 3 q + 3, 27 is 1 q + 7, 10 is 0 q + 10.
        ("the smallest list has the highest remainder", vec![63, 27, 10], 5, shares(&[3, 1, 1], 0, &[])),
        // Quotient 10.
        ("exact quotients leave nothing", vec![30, 20], 5, shares(&[3, 2], 0, &[])),
        // Quotient 8: both 2 q + 4, one seat left.
        ("equal remainders for the last seat", vec![20, 20], 5, shares(&[2, 2], 1, &[0, 1])),
        // Quotient 12: 1 q + 6 twice, 2 q: one seat left for two.
        ("equal remainders beside an exact quotient", vec![18, 18, 24], 5, shares(&[1, 1, 2], 1, &[0, 1])),
        // Quotient 10: 1 q + 4, 0 q + 8 twice: two seats left for two.
        ("equal remainders, enough seats", vec![14, 8, 8], 3, shares(&[1, 1, 1], 0, &[])),
        // Quotient 8: 0 q + 6 four times: three seats for four.
        ("all equal, one seat short", vec![6, 6, 6, 6], 3, shares(&[0, 0, 0, 0], 3, &[0, 1, 2, 3])),
        ("nobody voted", vec![0, 0], 3, shares(&[0, 0], 3, &[])),
        ("one list", vec![12], 5, shares(&[5], 0, &[])),
    ];
    for (name, votes, seats, expected) in rows {
        assert_eq!(highest_remainder(&votes, seats), expected, "{name}");
    }
}

#[test]
fn seats_by_the_highest_average() {
    let rows: Vec<(&str, Vec<u32>, u32, Shares)> = vec![
        // 26, 13, 12, 8.67, 6.5: the fifth seat is the first list's fourth, 6.5 against 6 (12/2) and 6.
        ("five seats of a commission", vec![26, 12, 6], 5, shares(&[4, 1, 0], 0, &[])),
        // 60, 30, 25, 20, and then 15 (60/4), 12.5 (25/2), 15: two equal averages for one seat.
        ("equal averages for the last seat", vec![60, 25, 15], 5, shares(&[3, 1, 0], 1, &[0, 2])),
        ("equal averages, enough seats", vec![20, 20], 4, shares(&[2, 2], 0, &[])),
        ("nobody voted", vec![0, 0], 3, shares(&[0, 0], 3, &[])),
        ("a list without a vote has no seat", vec![10, 0], 3, shares(&[3, 0], 0, &[])),
    ];
    for (name, votes, seats, expected) in rows {
        assert_eq!(highest_average(&votes, seats), expected, "{name}");
    }
}

#[test]
fn seats_by_majority() {
    type Row<'a> = (&'a str, Vec<u32>, Option<u32>, u32, Shares);
    let rows: Vec<Row> = vec![
        ("one reaches it", vec![23, 20], Some(22), 1, shares(&[1, 0], 0, &[])),
        ("nobody reaches it", vec![21, 20, 2], Some(22), 1, shares(&[0, 0, 0], 1, &[])),
        ("relative", vec![21, 20, 2], None, 1, shares(&[1, 0, 0], 0, &[])),
        ("relative, equal", vec![20, 20, 3], None, 1, shares(&[0, 0, 0], 1, &[0, 1])),
        ("two seats, three reach it", vec![30, 28, 25], Some(22), 2, shares(&[1, 1, 0], 0, &[])),
        ("two seats, two equal behind the first", vec![30, 25, 25], Some(22), 2, shares(&[1, 0, 0], 1, &[1, 2])),
        ("two seats, two equal at the head", vec![25, 25, 24], Some(22), 2, shares(&[1, 1, 0], 0, &[])),
        ("no vote elects nobody", vec![0, 0], None, 1, shares(&[0, 0], 1, &[])),
    ];
    for (name, votes, needed, seats, expected) in rows {
        assert_eq!(majority(&votes, needed, seats), expected, "{name}");
    }
}

fn candidates(votes: &[u32]) -> Value {
    votes.iter().enumerate().map(|(n, votes)| json!({ "people": [{ "printed": format!("Candidat {n}") }], "votes": votes })).collect()
}

fn lists(votes: &[u32]) -> Value {
    votes.iter().enumerate().map(|(n, votes)| json!({ "list": format!("Liste {n}"), "votes": votes })).collect()
}

fn elect(election: Value, body: BodyKind) -> OutcomeReading {
    let vote =
        json!({ "id": text_id(BALLOT), "covers": [text_id(1)], "kind": "election", "mode": "secret", "outcome": "elected", "election": election });
    let sitting = sitting(json!({ "attendance": [members("present", 1..=44)], "members_in_office": 44, "proxies": [], "ballots": [vote] }));
    outcome_of(&sitting, body, &sitting.ballots[0])
}

#[test]
fn an_election_and_its_rounds() {
    let round = |voters: u32, blank: u32, votes: &[u32]| json!({ "voters": voters, "blank": blank, "void": 0, "candidates": candidates(votes) });
    type Row<'a> = (&'a str, Value, BodyKind, Vec<Option<u32>>, Verdict, Why);
    let rows: Vec<Row> = vec![
        // 44 voters, 2 blank: 42 votes cast, 22 needed; 21 is not enough. Then 43 votes cast, 22 needed, 24 is.
        (
            "secret, in two rounds",
            json!({ "method": "majority", "rounds": [round(44, 2, &[21, 20, 1]), round(44, 1, &[24, 19])] }),
            COMMISSION,
            vec![Some(22), Some(22)],
            Verdict::Elected,
            Why::SeatsFilled,
        ),
        (
            "the first round does not settle it and there is no other",
            json!({ "method": "majority", "rounds": [round(44, 2, &[21, 20, 1])] }),
            COMMISSION,
            vec![Some(22)],
            Verdict::Unsettled,
            Why::SeatsOpen,
        ),
        (
            "the third round asks for the most votes only",
            json!({ "method": "majority", "rounds": [round(44, 0, &[20, 20, 4]), round(44, 0, &[20, 20, 4]), round(44, 0, &[19, 18, 7])] }),
            COMMISSION,
            vec![Some(23), Some(23), None],
            Verdict::Elected,
            Why::SeatsFilled,
        ),
        (
            "a tie in the third round is not a rejection",
            json!({ "method": "majority", "rounds": [round(44, 0, &[22, 22]), round(44, 0, &[22, 22]), round(44, 0, &[22, 22])] }),
            COMMISSION,
            vec![Some(23), Some(23), None],
            Verdict::Unsettled,
            Why::SeatsTied,
        ),
        // 23 of 44 members are needed, whatever the votes cast: 22 of 40 is a majority of these, and does not elect.
        (
            "the president of the council: majority of the members",
            json!({ "office": "Président du Conseil départemental", "method": "majority", "rounds": [round(44, 4, &[22, 18])] }),
            COUNCIL,
            vec![Some(23)],
            Verdict::Unsettled,
            Why::SeatsOpen,
        ),
        (
            "any other office: of the votes cast",
            json!({ "office": "Vice-président", "method": "majority", "rounds": [round(44, 4, &[22, 18])] }),
            COUNCIL,
            vec![Some(21)],
            Verdict::Elected,
            Why::SeatsFilled,
        ),
        (
            "votes of a candidate not stated",
            json!({ "method": "majority", "rounds": [{ "voters": 44, "candidates": [{ "votes": 20 }, {}] }] }),
            COMMISSION,
            vec![None],
            Verdict::Unsettled,
            Why::TallyUnstated,
        ),
        (
            "single candidature takes effect at once",
            json!({ "method": "single_candidature", "rounds": [] }),
            COUNCIL,
            vec![],
            Verdict::Elected,
            Why::SeatsFilled,
        ),
        (
            "by lists, highest average",
            json!({ "method": "highest_average", "seats": 5, "rounds": [{ "candidates": lists(&[26, 12, 6]) }] }),
            COUNCIL,
            vec![None],
            Verdict::Elected,
            Why::SeatsFilled,
        ),
        (
            "by lists, highest remainder, the last seat tied",
            json!({ "method": "highest_remainder", "seats": 5, "rounds": [{ "candidates": lists(&[20, 20]) }] }),
            COUNCIL,
            vec![None],
            Verdict::Unsettled,
            Why::SeatsTied,
        ),
    ];
    for (name, election, body, needed, verdict, reason) in rows {
        let reading = elect(election, body);
        let found: Vec<Option<u32>> = reading.election.unwrap().rounds.iter().map(|round| round.needed).collect();
        assert_eq!((found, reading.verdict, reading.reason), (needed, verdict, reason), "{name}");
    }
}

#[test]
fn the_eldest_wins_where_the_rule_says_so_and_the_register_holds_no_ages() {
    let tied = |office: &str| {
        let round = json!({ "voters": 44, "blank": 0, "void": 0, "candidates": candidates(&[22, 22]) });
        elect(json!({ "office": office, "method": "majority", "rounds": [round, round, round] }), COUNCIL)
    };
    for (office, rule) in [("Présidente du Conseil départemental", TieRule::Eldest), ("Représentant au conseil d'administration", TieRule::Unstated)]
    {
        let reading = tied(office);
        let election = reading.election.unwrap();
        assert_eq!((reading.verdict, election.tie_rule), (Verdict::Unsettled, rule), "{office}");
        let last = election.rounds.last().unwrap();
        assert_eq!((last.majority, last.shares.clone().unwrap().tied), (Some(MajorityRule::Relative), vec![0, 1]), "{office}");
    }
}

#[test]
fn a_list_that_wins_takes_every_seat() {
    let reading = elect(
        json!({ "method": "majority", "seats": 3, "rounds": [{ "voters": 44, "blank": 0, "void": 0, "candidates": lists(&[30, 14]) }] }),
        COMMISSION,
    );
    assert_eq!(reading.election.unwrap().rounds[0].shares.clone().unwrap(), shares(&[3, 0], 0, &[]));
}
