//! Ballots as they are drawn and said, each case named after its situation. Expected words and numbers are worked out by hand. All people but
//! those of the seed are invented.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use proptest::prelude::*;
use roxmltree::Document;
use serde_json::{Value, json};

use super::super::drawing::{Setting, width};
use super::super::paper::Row;
use super::super::reading::{Belonging, Cast};
use super::{Figure, Picture, Position, picture, svg, table};
use crate::record::{Affiliation, Ballot, Id, SittingRecord};

fn text_id(number: u32) -> String {
    format!("0197e3a8-7c00-7000-8000-{number:012}")
}

fn id(number: u32) -> Id {
    text_id(number).parse().unwrap()
}

/// Groups 11 (short name "GV") and 12 are public, group 13 is not; members 1 to 3 are of 11, 4 and 5 of 12, 6 is non-affiliated, 7 is of 13.
/// Members 1 to 9 are in the directory; 9 is not public.
fn cast() -> Cast {
    let group = |name: &str, short: Option<&str>, visibility: &str| {
        serde_json::from_value(json!({ "name": name, "short_name": short, "visibility": visibility })).unwrap()
    };
    let person = |number: u32| {
        let visibility = if number == 9 { "internal" } else { "public" };
        serde_json::from_value(json!({ "civility": "Mme", "given_name": "Ève", "family_name": format!("MEMBRE {number}"), "visibility": visibility }))
            .unwrap()
    };
    let of = |group: u32| Belonging { affiliation: Affiliation::Group, group: Some(id(group)) };
    let none = Belonging { affiliation: Affiliation::NonAffiliated, group: None };
    Cast {
        authority: serde_json::from_value(json!({ "siren": "229900014", "name": "Département de la Vallée-Claire", "kind": "department" })).unwrap(),
        body: serde_json::from_value(json!({ "name": "Conseil départemental", "kind": "departmental_council" })).unwrap(),
        persons: (1..=9).map(|number| (id(number), person(number))).collect(),
        groups: [
            (id(11), group("Groupe des Vallées", Some("GV"), "public")),
            (id(12), group("Groupe du Littoral", None, "public")),
            (id(13), group("Groupe caché", None, "internal")),
        ]
        .into(),
        memberships: [(1, of(11)), (2, of(11)), (3, of(11)), (4, of(12)), (5, of(12)), (6, none), (7, of(13))]
            .map(|(member, of)| (id(member), of))
            .into(),
    }
}

/// A sitting with item 21 and the ballot 31 over it.
fn sitting(ballot: Value, others: Value) -> SittingRecord {
    let mut ballot = ballot;
    let of_ballot = ballot.as_object_mut().unwrap();
    of_ballot.insert("id".to_owned(), text_id(31).into());
    of_ballot.entry("covers").or_insert(json!([text_id(21)]));
    let mut sitting = json!({
        "body": text_id(41), "origin": "transcribed", "date": "2026-03-09", "agenda": [{ "id": text_id(21), "title": "Voirie" }], "ballots": [ballot],
    });
    for (name, value) in others.as_object().unwrap() {
        sitting[name] = value.clone();
    }
    serde_json::from_value(sitting).unwrap()
}

fn drawn(ballot: Value, others: Value) -> Picture {
    let sitting = sitting(ballot, others);
    picture(&sitting.ballots[0], &cast(), &sitting)
}

fn group(number: u32, count: Option<u32>) -> Value {
    json!({ "kind": "group", "group": text_id(number), "count": count })
}

fn option(option: &str, count: Option<u32>, entries: &[Value]) -> Value {
    json!({ "option": option, "count": count, "entries": entries })
}

fn line(member: u32, option: &str) -> Value {
    json!({ "person": { "printed": format!("Mme MEMBRE {member}"), "person": text_id(member) }, "option": option })
}

fn of_group(member: u32, option: &str) -> Value {
    let mut line = line(member, option);
    line["basis"] = "group".into();
    line
}

/// The table as lines: cells between bars, sums after "=", what goes across after "!".
fn said(picture: &Picture) -> Vec<String> {
    let table = table(picture);
    let heading: Vec<&str> = table.columns.iter().map(|column| column.heading.as_str()).collect();
    let rows = table.rows.iter().map(|row| match row {
        Row::Cells(cells) => cells.join("|"),
        Row::Total(cells) => format!("= {}", cells.join("|")),
        Row::Across(text) => format!("! {text}"),
    });
    [table.caption.clone(), heading.join("|")].into_iter().chain(rows).collect()
}

#[track_caller]
fn assert_said(picture: &Picture, expected: &[&str]) {
    assert_eq!(said(picture), expected);
}

const NO_COUNT_BY_GROUP: &str = "! Le nombre de voix par groupe n'est pas indiqué dans l'acte.";

#[test]
fn the_seed_is_bars_of_what_it_prints() {
    let sitting: SittingRecord = serde_json::from_str(include_str!("../../demo/sitting.json")).unwrap();
    let noted = vec!["44 voix décomptées pour 43 votants possibles au plus.".to_owned()];
    let picture = picture(&sitting.ballots[0], &cast(), &sitting).noting(&noted);
    let printed = "Groupe Socialiste, Républicain et Citoyen ; Groupe Communiste et Républicain ; Groupe Union pour le Pas-de-Calais ; \
                   Groupe Rassemblement National ; Non-inscrit";
    assert_said(
        &picture,
        &[
            "Vote : ANIMER LE RÉSEAU DES SOCIÉTÉS COOPÉRATIVES D'INTÉRÊT COLLECTIF (SCIC) DU PAS-DE-CALAIS – Adopté",
            "Vote|Voix|Groupes et personnes nommés",
            &format!("Pour|43|{printed}"),
            "Contre|0|",
            "Abstention|1|Groupe Socialiste, Républicain et Citoyen",
            NO_COUNT_BY_GROUP,
            "! Madame Bénédicte MESSEANNE-GROBELNY intéressée à l'affaire, n'a pris part ni au débat, ni au vote.",
            "! 44 voix décomptées pour 43 votants possibles au plus.",
        ],
    );
    let svg = svg(&picture, Setting::Page);
    // One bar of 43, one of 1 in 43; none for 0, and no area without an end.
    let document = Document::parse(&svg).unwrap();
    let bars: Vec<f64> = document.descendants().filter(|n| n.has_tag_name(("http://www.w3.org/2000/svg", "rect"))).filter_map(long).collect();
    assert_eq!(bars, [302.0, 7.02]);
    assert!(!svg.contains(">?<"));
}

/// The length of a bar; notes have a rule of 2.
fn long(node: roxmltree::Node<'_, '_>) -> Option<f64> {
    node.attribute("width").and_then(|width| width.parse().ok()).filter(|width| *width > 2.0)
}

#[test]
fn a_roll_call_is_a_seat_for_each_member() {
    let ballot = json!({
        "mode": "public_roll_call", "outcome": "adopted",
        "roll_call": [
            line(4, "against"), line(1, "for"), line(2, "abstention"),
            { "person": { "printed": "Mme MEMBRE 3", "person": text_id(3) }, "option": "for", "by_proxy": { "printed": "Mme MEMBRE 1", "person": text_id(1) } },
            { "person": { "person": text_id(5) }, "option": "not_voting", "reason": "recused" },
            line(6, "for"), line(8, "void"),
        ],
    });
    let attendance = json!([
        { "status": "present", "voting_right": "voting", "entries": [{ "printed": "Mme MEMBRE 7", "person": text_id(7) }, { "printed": "Mme MEMBRE 1", "person": text_id(1) }] },
        { "status": "excused", "voting_right": "voting", "entries": [{ "printed": "M. ABSENT", "group": "groupe du littoral" }] },
        { "status": "present", "voting_right": "without_vote", "entries": [{ "printed": "M. PAYEUR" }] },
    ]);
    assert_said(
        &drawn(ballot, json!({ "attendance": attendance })),
        &[
            "Vote : Voirie – Adopté",
            "Groupe|Vote|Sièges|Noms",
            "Groupe du Littoral|contre|1|Mme MEMBRE 4",
            // Not printed with the vote: from the directory.
            "Groupe du Littoral|déport|1|Mme Ève MEMBRE 5",
            "Groupe du Littoral|absent|1|M. ABSENT",
            "Groupe des Vallées|pour|2|Mme MEMBRE 1, Mme MEMBRE 3 (pouvoir porté par Mme MEMBRE 1)",
            "Groupe des Vallées|abstention|1|Mme MEMBRE 2",
            "Non-inscrits|pour|1|Mme MEMBRE 6",
            // No group is known of 8, and that of 7 is not public.
            "Groupe non indiqué|nul|1|Mme MEMBRE 8",
            "Groupe non indiqué|vote non indiqué|1|Mme MEMBRE 7",
            "= Ensemble|pour|3|",
            "= Ensemble|contre|1|",
            "= Ensemble|abstention|1|",
            "= Ensemble|nul|1|",
            "= Ensemble|déport|1|",
            "= Ensemble|absent|1|",
            "= Ensemble|vote non indiqué|1|",
        ],
    );
}

#[test]
fn the_vote_of_a_group_names_nobody() {
    let ballot = json!({ "roll_call": [of_group(1, "for"), of_group(2, "for"), line(3, "against")], "outcome": "adopted" });
    let picture = drawn(ballot, json!({}));
    assert_said(
        &picture,
        &[
            "Vote : Voirie – Adopté",
            "Groupe|Vote|Sièges|Noms",
            "Groupe des Vallées|pour|2|sans nom : 2",
            "Groupe des Vallées|contre|1|Mme MEMBRE 3",
            "= Ensemble|pour|2|",
            "= Ensemble|contre|1|",
            "! Le vote d'un groupe n'est pas un vote personnel : ses sièges sont sans nom.",
        ],
    );
    let written = svg(&picture, Setting::Page);
    assert!(!written.contains("MEMBRE 1") && !written.contains("MEMBRE 2") && written.contains("MEMBRE 3"));
}

#[test]
fn counts_for_each_group_are_seats_without_names() {
    let ballot = json!({
        "options": [
            option("for", Some(5), &[group(12, Some(3)), group(11, Some(2))]),
            option("against", Some(1), &[json!({ "kind": "person", "person": text_id(4), "printed": "Mme MEMBRE 4" })]),
            option("abstention", None, &[json!({ "kind": "non_affiliated", "printed": "Non-inscrite", "count": 1 })]),
        ],
        "outcome": "adopted", "voters": 7, "votes_cast": 6,
    });
    let recusals = json!([{ "id": text_id(51), "person": { "printed": "Mme MEMBRE 5", "person": text_id(5) }, "covers": [text_id(21)], "text": "Mme MEMBRE 5 s'est retirée." }]);
    assert_said(
        &drawn(ballot, json!({ "recusals": recusals })),
        &[
            "Vote : Voirie – Adopté",
            "Groupe|Vote|Sièges|Noms",
            "Groupe du Littoral|pour|3|sans nom : 3",
            "Groupe du Littoral|contre|1|Mme MEMBRE 4",
            "Groupe du Littoral|déport|1|Mme MEMBRE 5",
            "Groupe des Vallées|pour|2|sans nom : 2",
            "Non-inscrite|abstention|1|sans nom : 1",
            "= Ensemble|pour|5|",
            "= Ensemble|contre|1|",
            "= Ensemble|abstention|1|",
            "= Ensemble|déport|1|",
            "! Votants : 7, suffrages exprimés : 6, selon l'acte.",
        ],
    );
}

/// What is not explained by the groups' counts is not drawn as seats.
#[test]
fn totals_that_groups_do_not_explain_are_bars() {
    let person = |member: u32, count: Option<u32>| json!({ "kind": "person", "person": text_id(member), "count": count });
    let cases = [
        ("a group without a count", json!([option("for", Some(5), &[group(11, Some(2)), group(12, None)])])),
        ("groups that sum to another number", json!([option("for", Some(5), &[group(11, Some(2)), group(12, Some(2))])])),
        ("totals alone", json!([option("for", Some(5), &[]), option("against", Some(0), &[])])),
        ("opponents named, the rest counted", json!([option("for", Some(5), &[]), option("against", Some(1), &[person(1, None)])])),
        ("nothing said of those for", json!([option("against", Some(2), &[group(11, Some(2))])])),
        ("names without a total", json!([option("for", None, &[person(1, None)])])),
        ("a person who counts for two", json!([option("for", Some(2), &[person(1, Some(2))])])),
        ("a person on both sides", json!([option("for", Some(1), &[person(1, None)]), option("against", Some(1), &[person(1, None)])])),
        ("more seats than are drawn", json!([option("for", Some(601), &[group(11, Some(601))])])),
        ("counts beyond all numbers", json!([option("for", None, &vec![group(11, Some(100_000)); 50_000])])),
    ];
    for (case, options) in cases {
        let picture = drawn(json!({ "options": options }), json!({}));
        assert!(matches!(picture.figure, Figure::Bars(_)), "{case}");
    }
    let control = drawn(json!({ "options": [option("for", Some(600), &[group(11, Some(600))])] }), json!({}));
    assert!(matches!(control.figure, Figure::Hemicycle(_)));
}

#[test]
fn bars_say_what_is_known_and_what_is_not() {
    let covers = |number: u32| json!([text_id(21), text_id(number)]);
    let cases: Vec<(&str, Value, Vec<&str>)> = vec![
        (
            "names of groups only",
            json!({ "options": [option("for", None, &[group(11, None), group(12, None)]), option("against", Some(0), &[])], "outcome": "adopted" }),
            vec![
                "Vote : Voirie – Adopté",
                "Vote|Voix|Groupes et personnes nommés",
                "Pour|nombre inconnu|Groupe des Vallées ; Groupe du Littoral",
                "Contre|0|",
                NO_COUNT_BY_GROUP,
                "! Le nombre de voix pour et d'abstentions n'est pas indiqué dans l'acte.",
            ],
        ),
        (
            "a group except two of its members",
            json!({ "options": [
                { "option": "for", "label": "Pour :", "count": 20, "entries": [{ "kind": "group", "printed": "Majorité", "exceptions": [{ "printed": "M. A" }, { "printed": "M. B" }] }] },
                { "option": "against", "count": 2, "entries": [{ "kind": "person", "printed": "M. A" }, { "kind": "person", "printed": "M. B" }] },
                { "option": "abstention", "count": 0 },
            ] }),
            vec![
                "Vote : Voirie",
                "Vote|Voix|Groupes et personnes nommés",
                "Pour|20|Majorité, sauf M. A, M. B",
                "Contre|2|M. A ; M. B",
                "Abstention|0|",
                NO_COUNT_BY_GROUP,
            ],
        ),
        (
            "unanimous, without a count",
            json!({ "unanimity": { "text": "à l'unanimité des membres présents" }, "outcome": "adopted", "outcome_text": "Adopté à l'unanimité des membres présents." }),
            vec![
                "Vote : Voirie – Adopté",
                "Vote|Voix",
                "Pour|nombre inconnu",
                "! L'acte n'indique aucun nombre de voix.",
                "! Selon l'acte : « à l'unanimité des membres présents ».",
            ],
        ),
        (
            "unanimously rejected",
            json!({ "unanimity": {}, "outcome": "rejected" }),
            vec![
                "Vote : Voirie – Rejeté",
                "Vote|Voix",
                "Contre|nombre inconnu",
                "! L'acte n'indique aucun nombre de voix.",
                "! Selon l'acte : « à l'unanimité ».",
            ],
        ),
        (
            "nothing but the outcome",
            json!({ "outcome": "adopted" }),
            vec!["Vote : Voirie – Adopté", "Vote|Voix", "! L'acte n'indique pas comment les voix se sont réparties."],
        ),
        (
            "words instead of a number",
            json!({ "options": [option("for", Some(9), &[]), { "option": "against", "count_text": "néant" }, option("abstention", Some(0), &[])] }),
            vec!["Vote : Voirie", "Vote|Voix", "Pour|9", "Contre|néant (nombre inconnu)", "Abstention|0"],
        ),
        (
            "rejected by a tie, on an amendment",
            json!({ "options": [option("for", Some(8), &[]), option("against", Some(8), &[]), option("abstention", Some(1), &[])],
                    "target": { "kind": "amendment", "label": "amendement n° 2" }, "outcome": "rejected", "casting_vote": true }),
            vec![
                "Vote : amendement n° 2 – Voirie – Rejeté",
                "Vote|Voix",
                "Pour|8",
                "Contre|8",
                "Abstention|1",
                "! La voix du président a été prépondérante, selon l'acte.",
            ],
        ),
        (
            "several lines for one option, one without a number",
            json!({ "options": [option("for", Some(8), &[]), option("for", None, &[]), option("against", Some(1), &[]), option("against", Some(2), &[]), option("abstention", Some(0), &[])], "covers": covers(22) }),
            vec![
                "Vote en bloc sur 2 points",
                "Vote|Voix",
                "Pour|nombre inconnu",
                "Contre|3",
                "Abstention|0",
                "! Le nombre de voix pour n'est pas indiqué dans l'acte.",
            ],
        ),
        (
            "secret: totals, and nobody behind them",
            json!({ "mode": "secret", "options": [option("for", Some(5), &[group(11, Some(5))]), option("against", Some(2), &[]), option("abstention", Some(0), &[]), option("blank", Some(1), &[])],
                    "roll_call": [line(1, "for")], "outcome": "adopted" }),
            vec![
                "Vote : Voirie – Adopté",
                "Vote|Voix",
                "Pour|5",
                "Contre|2",
                "Abstention|0",
                "Blanc|1",
                "! Scrutin secret : personne ne sait qui a voté quoi.",
            ],
        ),
        (
            "an election in two rounds",
            json!({ "kind": "election", "mode": "secret", "outcome": "elected", "election": { "office": "représentant", "rounds": [
                { "candidates": [{ "people": [{ "printed": "M. PREMIER" }], "votes": 5 }] },
                { "voters": 12, "blank": 2, "void": 0, "votes_cast": 10, "candidates": [
                    { "people": [{ "printed": "Mme SECONDE" }], "votes": 3 },
                    { "list": "Liste Eaux libres", "people": [{ "printed": "M. PREMIER" }, { "printed": "Mme TIERCE" }], "votes": 7, "seats": 1 } ] },
                ], "elected": [{ "person": { "printed": "PREMIER" } }] } }),
            vec![
                "Élection : représentant – Élu",
                "Candidat|Voix|Liste|Résultat",
                "Mme SECONDE|3||",
                "Liste Eaux libres|7|M. PREMIER ; Mme TIERCE|élu, 1 siège",
                "Bulletins blancs|2||",
                "Bulletins nuls|0||",
                "! Il y a eu 2 tours : c'est le dernier qui est montré.",
                "! Votants : 12, suffrages exprimés : 10, selon l'acte.",
            ],
        ),
        (
            "elected, without numbers",
            json!({ "kind": "election", "outcome": "elected", "election": { "elected": [{ "person": { "printed": "Mme SECONDE" } }] } }),
            vec!["Élection – Élu", "Candidat|Voix|Résultat", "Mme SECONDE|nombre inconnu|élu", "! L'acte n'indique aucun nombre de voix."],
        ),
        (
            "a round of which little is known",
            json!({ "kind": "election", "election": { "rounds": [{ "candidates": [{ "people": [{ "printed": "Mme SECONDE" }] }], "void": 1 }] } }),
            vec![
                "Élection",
                "Candidat|Voix|Résultat",
                "Mme SECONDE|nombre inconnu|",
                "Bulletins nuls|1|",
                "! Le nombre de bulletins blancs n'est pas indiqué dans l'acte.",
                "! Le nombre de voix de chacun n'est pas indiqué dans l'acte.",
            ],
        ),
    ];
    for (case, ballot, expected) in cases {
        assert_eq!(said(&drawn(ballot, json!({}))), expected, "{case}");
    }
}

#[test]
fn a_roll_call_that_differs_from_the_tally_says_so() {
    let short =
        json!({ "roll_call": [line(1, "for"), line(4, "against")], "options": [option("for", Some(3), &[]), option("against", Some(0), &[])] });
    assert_said(
        // Those who are listed may be the ones who are not named: no seat of their own.
        &drawn(short, json!({ "attendance": [{ "status": "excused", "voting_right": "voting", "entries": [{ "printed": "M. ABSENT" }] }] })),
        &[
            "Vote : Voirie",
            "Groupe|Vote|Sièges|Noms",
            "Groupe des Vallées|pour|1|Mme MEMBRE 1",
            "Groupe du Littoral|contre|1|Mme MEMBRE 4",
            "Groupe non indiqué|pour|2|sans nom : 2",
            "= Ensemble|pour|3|",
            "= Ensemble|contre|1|",
            "! « pour » : l'acte compte 3, l'appel nominal 1.",
            "! « contre » : l'acte compte 0, l'appel nominal 1.",
        ],
    );
}

/// Who has a seat, and how it is drawn.
type Seated = Vec<(Position, &'static str)>;

#[test]
fn who_else_has_a_seat() {
    let listed = |status: &str, name: &str| json!({ "status": status, "voting_right": "voting", "entries": [{ "printed": name }] });
    let call = || json!({ "roll_call": [line(1, "for")] });
    let counted = || json!({ "options": [option("for", Some(1), &[group(11, Some(1))])] });
    let aside = |kind: &str, vote: Value| json!([{ "id": text_id(51), "person": { "printed": "M. RETIRÉ" }, "covers": [text_id(21)], "kind": kind, "took_part_in_vote": vote }]);
    let nobody: Seated = Vec::new();
    let cases: Vec<(&str, Value, Value, Seated)> = vec![
        ("excused, called by nobody", call(), json!({ "attendance": [listed("excused", "M. A")] }), vec![(Position::Absent, "M. A")]),
        ("represented, and not called", call(), json!({ "attendance": [listed("excused_represented", "M. A")] }), vec![(Position::Unstated, "M. A")]),
        ("on two lists that disagree", call(), json!({ "attendance": [listed("excused", "M. A"), listed("present", "M. A")] }), nobody.clone()),
        (
            "who left at some point",
            call(),
            json!({ "attendance": [listed("present", "M. A")],
            "timeline": [{ "id": text_id(61), "kind": "departure", "person": { "printed": "M. A" } }] }),
            nobody.clone(),
        ),
        (
            "a list for another item",
            call(),
            json!({ "attendance": [{ "status": "excused", "voting_right": "voting", "covers": [text_id(22)], "entries": [{ "printed": "M. A" }] }] }),
            nobody.clone(),
        ),
        (
            "a list of exceptions",
            call(),
            json!({ "attendance": [{ "status": "present", "voting_right": "voting", "by_exception": true, "entries": [{ "printed": "M. A" }] }] }),
            nobody.clone(),
        ),
        (
            "counted by groups: an excused member may have given a proxy",
            counted(),
            json!({ "attendance": [listed("excused", "M. A")] }),
            nobody.clone(),
        ),
        (
            "counted by groups, no proxy was given",
            counted(),
            json!({ "attendance": [listed("excused", "M. A")], "proxies": [] }),
            vec![(Position::Absent, "M. A")],
        ),
        (
            "counted by groups, represented by nobody",
            counted(),
            json!({ "attendance": [listed("excused_unrepresented", "M. A")] }),
            vec![(Position::Absent, "M. A")],
        ),
        (
            "counted by groups: who of the present voted is not known",
            counted(),
            json!({ "attendance": [listed("present", "M. A")], "proxies": [] }),
            nobody.clone(),
        ),
        ("stood aside", call(), json!({ "recusals": aside("interest", json!(false)) }), vec![(Position::Recused, "M. RETIRÉ")]),
        ("refused to take part", call(), json!({ "recusals": aside("refusal", json!(false)) }), vec![(Position::NotVoting, "M. RETIRÉ")]),
        ("left the debate and voted", call(), json!({ "recusals": aside("interest", json!(true)) }), nobody.clone()),
    ];
    for (case, ballot, others, expected) in cases {
        let Figure::Hemicycle(benches) = drawn(ballot, others).figure else { panic!("{case}: no seats") };
        let others: Vec<(Position, &str)> = benches
            .iter()
            .flat_map(|bench| &bench.seats)
            .filter(|seat| seat.position != Position::For)
            .map(|seat| (seat.position, seat.person.as_deref().unwrap()))
            .collect();
        assert_eq!(others, expected, "{case}");
    }
}

/// The count says who takes no part: a member who stood aside may be among them, and is not counted twice.
#[test]
fn a_recusal_that_the_count_may_hold_is_said_not_seated() {
    let ballot = json!({ "options": [option("for", Some(2), &[group(11, Some(2))]), option("not_voting", Some(1), &[group(12, Some(1))])] });
    let recusals =
        json!([{ "id": text_id(51), "person": { "printed": "Mme MEMBRE 5" }, "covers": [text_id(21)], "text": "Mme MEMBRE 5 s'est retirée." }]);
    assert_said(
        &drawn(ballot, json!({ "recusals": recusals })),
        &[
            "Vote : Voirie",
            "Groupe|Vote|Sièges",
            "Groupe des Vallées|pour|2",
            "Groupe du Littoral|ne prend pas part au vote|1",
            "= Ensemble|pour|2",
            "= Ensemble|ne prend pas part au vote|1",
            "! Mme MEMBRE 5 s'est retirée.",
        ],
    );
}

#[test]
fn the_same_vote_is_that_of_the_other_ballot() {
    let sitting: SittingRecord = serde_json::from_str(include_str!("../../../tests/suite/fixtures/second_shape/sitting.json")).unwrap();
    let of = |ballot: &Ballot| picture(ballot, &cast(), &sitting);
    let (first, repeated) = (of(&sitting.ballots[0]), of(&sitting.ballots[1]));
    let (Figure::Hemicycle(seats), Figure::Hemicycle(same)) = (&first.figure, &repeated.figure) else { panic!("no seats") };
    let positions = |benches: &[super::Bench]| -> Vec<(Option<String>, Vec<Position>)> {
        benches.iter().map(|bench| (bench.group.clone(), bench.seats.iter().map(|seat| seat.position).collect())).collect()
    };
    // Nobody's own vote on this item is recorded.
    assert_eq!(positions(seats), positions(same));
    assert!(seats.iter().flat_map(|bench| &bench.seats).all(|seat| seat.person.is_some()));
    assert!(same.iter().flat_map(|bench| &bench.seats).all(|seat| seat.person.is_none() && seat.by_proxy.is_none()));
    let number = |position| seats.iter().flat_map(|bench| &bench.seats).filter(|seat| seat.position == position).count();
    let numbers = Position::ALL.map(number);
    // As called: 9 for, 1 against, 2 abstain; of the 2 who take no part one stood aside.
    assert_eq!(numbers, [9, 1, 2, 0, 0, 1, 1, 0, 0]);
    assert_eq!((repeated.ballot, repeated.notes[0].as_str()), (sitting.ballots[1].id, "Même vote."));
    assert!(svg(&repeated, Setting::Page).contains(&format!("vote-{}-title", repeated.ballot)));
}

/// The ballot 32 is repeated by another, on an item from which a member stood aside.
#[test]
fn what_the_same_vote_does_not_tell() {
    let repeated = |other: Value, mode: &str| {
        let mut other = other;
        other["id"] = text_id(32).into();
        other["covers"] = json!([text_id(22)]);
        let recusals = json!([{ "id": text_id(51), "person": { "printed": "Mme MEMBRE 1", "person": text_id(1) }, "covers": [text_id(21)], "text": "Mme MEMBRE 1 s'est retirée." }]);
        let mut sitting = sitting(json!({ "same_vote_as": text_id(32), "mode": mode }), json!({ "recusals": recusals }));
        sitting.ballots.push(serde_json::from_value(other).unwrap());
        said(&picture(&sitting.ballots[0], &cast(), &sitting))
    };
    let call = json!({ "roll_call": [line(1, "for"), line(4, "against")] });
    let (same, aside) = ("! Même vote que pour un autre scrutin de la séance.", "! Mme MEMBRE 1 s'est retirée.");
    let expected = vec![
        "Vote : Voirie",
        "Groupe|Vote|Sièges",
        "Groupe des Vallées|pour|1",
        "Groupe du Littoral|contre|1",
        "= Ensemble|pour|1",
        "= Ensemble|contre|1",
        same,
        aside,
    ];
    assert_eq!(repeated(call.clone(), "unstated"), expected, "a roll call");
    let secret = "! Scrutin secret : personne ne sait qui a voté quoi.";
    let silent = "! L'acte n'indique pas comment les voix se sont réparties.";
    assert_eq!(repeated(call, "secret"), ["Vote : Voirie", "Vote|Voix", same, secret, silent], "repeated in secret");
    let named = json!({ "options": [
        option("for", Some(9), &[json!({ "kind": "group", "printed": "Majorité", "exceptions": [{ "printed": "M. A" }] })]),
        option("against", Some(1), &[json!({ "kind": "person", "printed": "M. A" })]), option("abstention", Some(0), &[]),
    ] });
    let expected = [
        "Vote : Voirie",
        "Vote|Voix|Groupes et personnes nommés",
        "Pour|9|Majorité, sauf membres nommés : 1",
        "Contre|1|",
        "Abstention|0|",
        same,
        NO_COUNT_BY_GROUP,
        aside,
    ];
    assert_eq!(repeated(named, "unstated"), expected, "names behind totals");
}

/// A person or a group that only the register knows is not told by a picture.
#[test]
fn what_is_not_public_in_the_directory_is_not_shown() {
    let ballot = json!({ "roll_call": [{ "person": { "person": text_id(9) }, "option": "for" }, line(7, "for")] });
    let written = svg(&drawn(ballot, json!({})), Setting::Page);
    assert!(!written.contains("MEMBRE 9") && !written.contains("caché"));
}

const SVG: &str = "http://www.w3.org/2000/svg";

/// What holds for every picture: well formed, named, and its words inside.
#[track_caller]
fn assert_sound(written: &str) {
    let document = Document::parse(written).unwrap();
    let root = document.root_element();
    assert!(root.has_tag_name((SVG, "svg")) && root.attribute("role") == Some("img") && root.attribute("width").is_none());
    let ids: Vec<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    for named in root.attribute("aria-labelledby").unwrap().split(' ') {
        let text = document.descendants().find(|node| node.attribute("id") == Some(named)).unwrap().text();
        assert!(text.is_some_and(|text| !text.trim().is_empty()), "{named}");
    }
    let referred = document.descendants().flat_map(|node| node.attributes()).filter_map(|attribute| {
        attribute.value().strip_prefix('#').or_else(|| attribute.value().strip_prefix("url(#").and_then(|rest| rest.strip_suffix(')')))
    });
    assert!(referred.into_iter().all(|id| ids.contains(&id)));
    let view: Vec<f64> = root.attribute("viewBox").unwrap().split(' ').map(|number| number.parse().unwrap()).collect();
    for node in document.descendants().filter(|node| node.has_tag_name((SVG, "text"))) {
        let number = |name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap();
        let long = width(node.text().unwrap(), number("font-size"));
        let left = match node.attribute("text-anchor") {
            Some("end") => number("x") - long,
            Some("middle") => number("x") - long / 2.0,
            _ => number("x"),
        };
        assert!(left >= -1.0 && left + long <= view[2] + 1.0, "{:?} from {left} to {}", node.text(), left + long);
        assert!(number("y") > 0.0 && number("y") < view[3] && number("font-size") >= 11.0);
    }
}

const HOSTILE: &str = "</text><script>alert(1)</script>\"'&\u{1}";

#[test]
fn hostile_texts_are_texts() {
    let ballot = json!({
        "outcome_text": HOSTILE, "heading": HOSTILE, "target": { "kind": "article", "label": HOSTILE },
        "options": [{ "option": "for", "label": HOSTILE, "count_text": HOSTILE, "entries": [{ "kind": "group", "printed": HOSTILE, "exceptions": [{ "printed": HOSTILE }] }] }],
        "unanimity": { "text": HOSTILE },
    });
    let call = json!({ "roll_call": [{ "person": { "printed": HOSTILE }, "option": "for", "by_proxy": { "printed": HOSTILE } }] });
    let attendance =
        json!({ "attendance": [{ "status": "present", "voting_right": "voting", "entries": [{ "printed": HOSTILE, "group": HOSTILE }] }] });
    for (ballot, others) in [(ballot, json!({})), (call, attendance)] {
        let picture = drawn(ballot, others);
        for setting in [Setting::Page, Setting::File] {
            let written = svg(&picture, setting);
            assert_sound(&written);
            assert!(!written.contains("<script") && written.contains("&lt;script"));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever the counts: as many seats as votes, those of each group and option as counted, and a sound picture.
    #[test]
    fn seats_are_the_votes(groups in proptest::collection::vec((0u32..40, 0u32..30, 0u32..10), 1..9)) {
        let total: u32 = groups.iter().map(|(one, two, three)| one + two + three).sum();
        prop_assume!(total > 0);
        let entries = |of: fn(&(u32, u32, u32)) -> u32| {
            let entries: Vec<Value> = groups.iter().zip('A'..).map(|(counts, letter)| {
                json!({ "kind": "group", "printed": format!("Groupe {letter}lpha {letter}"), "count": of(counts) })
            }).collect();
            (Some(groups.iter().map(of).sum()), entries)
        };
        let (favour, against, abstention) = (entries(|g| g.0), entries(|g| g.1), entries(|g| g.2));
        let options = json!([option("for", favour.0, &favour.1), option("against", against.0, &against.1), option("abstention", abstention.0, &abstention.1)]);
        let picture = drawn(json!({ "options": options, "outcome": "adopted" }), json!({}));
        let Figure::Hemicycle(benches) = &picture.figure else { panic!("no seats") };
        for bench in benches {
            let name = bench.group.clone().unwrap();
            let place = usize::try_from(u32::from(name.chars().last().unwrap()) - u32::from('A')).unwrap();
            let number = |position| u32::try_from(bench.seats.iter().filter(|seat| seat.position == position).count()).unwrap();
            prop_assert_eq!((number(Position::For), number(Position::Against), number(Position::Abstention)), groups[place]);
        }
        let written = svg(&picture, Setting::Page);
        assert_sound(&written);
        let document = Document::parse(&written).unwrap();
        let hints = document.descendants().filter(|node| node.has_tag_name((SVG, "title"))).count();
        // One for each seat, and that of the picture.
        prop_assert_eq!(hints, usize::try_from(total).unwrap() + 1);
    }

    /// Any text, of any length, in any place of a bar.
    #[test]
    fn bars_hold_any_text(label in "\\PC{0,90}", name in "\\PC{0,120}", count in proptest::option::of(0u32..=100_000)) {
        let options = json!([{ "option": "for", "label": label, "count": count, "count_text": name, "entries": [{ "kind": "group", "printed": name }] }]);
        assert_sound(&svg(&drawn(json!({ "options": options, "outcome_text": label }), json!({})), Setting::File));
    }
}
