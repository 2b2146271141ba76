use serde_json::{Value, json};

use super::{BALLOT, act, act_of, authority, ballot, counts, fact, id, left_out};
use crate::publish::public_act::PublicAct;
use crate::publish::scdl::WithheldReason::{self, *};
use crate::publish::scdl::{DELIBERATIONS, WITHHELD, deliberation};
use crate::record::Workflow;

/// The cells of these columns; none where there is no row.
fn cells(act: &PublicAct, columns: &[&str]) -> Option<Vec<String>> {
    let given = deliberation(&authority(), act);
    assert!(given.rows.len() <= 1);
    let row = given.rows.into_iter().next()?;
    assert_eq!(row.len(), DELIBERATIONS.len());
    let place = |name: &&str| DELIBERATIONS.iter().position(|column| column == name).unwrap();
    Some(columns.iter().map(|name| row.get(place(name)).cloned().unwrap()).collect())
}

#[test]
fn a_whole_row() {
    let mut act = act(
        json!({ "title": "Aide aux haies\n  bocagères", "budget_tables": [{ "budget_name": "Budget principal", "exercise_year": "2025" }] }),
        json!([ballot(json!({}))]),
    );
    act.facts = vec![fact("received", "2025-07-09", None), fact("published", "2025-07-10", Some("https://acts.example/2025-7.pdf"))];
    let given = deliberation(&authority(), &act);
    assert_eq!(given.withheld, []);
    let expected = [
        "Département de la Vallée-Claire",
        "22990001400015",
        "2025-7",
        "2025-07-07",
        "7.5",
        "finances locales/subventions",
        "Aide aux haies bocagères",
        "2025",
        "Budget principal",
        "PREF099",
        "2025-07-09",
        "43",
        "40",
        "25",
        "10",
        "5",
        "https://acts.example/2025-7.pdf",
    ];
    assert_eq!(given.rows, [expected.map(str::to_owned)]);
}

#[test]
fn the_vote_is_whole_or_not_there() {
    let filled = |of: [&str; 5]| (of.map(str::to_owned).to_vec(), None);
    let empty = |why: WithheldReason| (vec![String::new(); 5], Some(why));
    let other = |n: u32| json!({ "id": id(n) });
    let lines = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
    let unknown = lines(r#"[{"option":"for","count":25},{"option":"against","count":null},{"option":"abstention","count":5}]"#);
    let silent = lines(r#"[{"option":"for","count":25},{"option":"against","count":10}]"#);
    let twice = lines(
        r#"[{"option":"for","count":20},{"option":"for","count":5},{"option":"against","count":10},{"option":"abstention","count":5},
            {"option":"not_voting","count":3}]"#,
    );
    let paper = |option: &str, count: Value| {
        let mut options = counts(25, 10, 5);
        options.as_array_mut().unwrap().push(json!({ "option": option, "count": count }));
        json!({ "options": options })
    };
    type Case = (&'static str, Value, (Vec<String>, Option<WithheldReason>));
    let cases: Vec<Case> = vec![
        ("as stated", json!([ballot(json!({}))]), filled(["43", "40", "25", "10", "5"])),
        ("nobody against, and nobody away", json!([ballot(json!({ "options": counts(43, 0, 0) }))]), filled(["43", "43", "43", "0", "0"])),
        (
            "an option printed in two lines; who takes no part is not counted",
            json!([ballot(json!({ "options": twice }))]),
            filled(["43", "40", "25", "10", "5"]),
        ),
        ("one vote more than there are members", json!([ballot(json!({ "options": counts(43, 0, 1) }))]), empty(VotesExceedElectorate)),
        ("a count that is not stated is not 0", json!([ballot(json!({ "options": unknown }))]), empty(CountsUnstated)),
        ("nor is an option that is not printed", json!([ballot(json!({ "options": silent }))]), empty(CountsUnstated)),
        ("unanimity states no count", json!([ballot(json!({ "options": [], "unanimity": { "text": "à l'unanimité" } }))]), empty(CountsUnstated)),
        ("blank papers", json!([ballot(paper("blank", json!(1)))]), empty(BlankOrVoid)),
        ("void papers", json!([ballot(paper("void", json!(2)))]), empty(BlankOrVoid)),
        ("no blank paper", json!([ballot(paper("blank", json!(0)))]), filled(["43", "40", "25", "10", "5"])),
        ("blank papers, nobody says how many", json!([ballot(paper("blank", Value::Null))]), empty(CountsUnstated)),
        ("voters as stated", json!([ballot(json!({ "voters": 40, "votes_cast": 35 }))]), filled(["43", "40", "25", "10", "5"])),
        ("another number of voters is stated", json!([ballot(json!({ "voters": 41 }))]), empty(VotesUnreconciled)),
        ("another number of votes cast is stated", json!([ballot(json!({ "votes_cast": 40 }))]), empty(VotesUnreconciled)),
        ("no ballot", json!([]), empty(BallotMissing)),
        ("a ballot on an amendment only", json!([ballot(json!({ "target": { "kind": "amendment" } }))]), empty(BallotMissing)),
        (
            "an amendment, then the whole",
            json!([ballot(json!({ "id": id(31), "target": { "kind": "amendment" }, "options": counts(1, 2, 3) })), ballot(json!({}))]),
            filled(["43", "40", "25", "10", "5"]),
        ),
        ("two ballots on the whole", json!([ballot(json!({})), ballot(other(31))]), empty(BallotsSeveral)),
        ("an election", json!([ballot(json!({ "kind": "election", "options": [] }))]), empty(Election)),
        ("an election of a representative", json!([ballot(json!({ "kind": "election", "target": { "kind": "division" } }))]), empty(Election)),
        ("totals of a secret ballot", json!([ballot(json!({ "mode": "secret" }))]), filled(["43", "40", "25", "10", "5"])),
        (
            "the same vote as another",
            json!([
                ballot(json!({ "options": [], "same_vote_as": id(31) })),
                ballot(json!({ "id": id(31), "covers": [id(11)], "options": counts(30, 1, 2) }))
            ]),
            filled(["43", "33", "30", "1", "2"]),
        ),
        (
            "the same vote as one that says the same vote as it",
            json!([
                ballot(json!({ "options": [], "same_vote_as": id(31) })),
                ballot(json!({ "id": id(31), "covers": [id(11)], "options": [], "same_vote_as": id(BALLOT) }))
            ]),
            empty(CountsUnstated),
        ),
    ];
    let columns = ["VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION"];
    for (name, ballots, (expected, why)) in cases {
        let act = act(json!({}), ballots);
        assert_eq!(cells(&act, &columns), Some(expected), "{name}");
        let held: Vec<_> = why.into_iter().map(|why| ("VOTE_*", why, false)).collect();
        assert_eq!(left_out(&deliberation(&authority(), &act)), held, "{name}");
    }
}

#[test]
fn a_vote_that_the_rules_doubt_or_whose_voters_nobody_knows() {
    let columns = ["VOTE_EFFECTIF", "VOTE_POUR"];
    let mut doubted = act(json!({}), json!([ballot(json!({}))]));
    doubted.unreconciled = vec![id(BALLOT)];
    assert_eq!(cells(&doubted, &columns), Some(vec![String::new(), String::new()]));
    assert_eq!(left_out(&deliberation(&authority(), &doubted)), [("VOTE_*", VotesUnreconciled, false)]);
    doubted.unreconciled = vec![id(99)];
    assert_eq!(cells(&doubted, &columns), Some(vec!["43".to_owned(), "25".to_owned()]));

    let mut alone = act(json!({}), json!([ballot(json!({}))]));
    let mut sitting = (*alone.sitting).clone();
    sitting.could_vote.clear();
    alone.sitting = std::sync::Arc::new(sitting);
    assert_eq!(left_out(&deliberation(&authority(), &alone)), [("VOTE_*", ElectorateUnstated, false)]);
}

/// A roll call that was taken live has every voter; one that a paper prints may not.
#[test]
fn a_roll_call_without_counts() {
    let line = |n: u32, option: &str| json!({ "person": { "person": id(n) }, "option": option });
    let roll = json!([line(60, "for"), line(61, "for"), line(62, "against"), line(63, "not_voting")]);
    let called = ballot(json!({ "mode": "public_roll_call", "options": [], "roll_call": roll }));
    let live = act_of(json!({ "origin": "recorded" }), json!({ "origin": "recorded", "ballots": [called] }));
    let columns = ["VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION"];
    assert_eq!(cells(&live, &columns), Some(["43", "3", "2", "1", "0"].map(str::to_owned).to_vec()));
    let printed = act(json!({}), json!([called]));
    assert_eq!(left_out(&deliberation(&authority(), &printed)), [("VOTE_*", CountsUnstated, false)]);
}

#[test]
fn acts_without_a_row() {
    let voted = || json!([ballot(json!({}))]);
    type Case = (&'static str, Value, Vec<(&'static str, WithheldReason, bool)>);
    let cases: Vec<Case> = vec![
        ("no matter", json!({ "matter_codes": [] }), vec![("DELIB_MATIERE_CODE", MatterMissing, true)]),
        ("a matter that nobody has", json!({ "matter_codes": [{ "code": "7.99" }] }), vec![("DELIB_MATIERE_CODE", MatterUnknown, true)]),
        ("no number", json!({ "numbers": [{ "kind": "report", "value": "48" }] }), vec![("DELIB_ID", NumberMissing, true)]),
        ("rejected", json!({ "outcome": "rejected" }), vec![("DELIB_ID", NotAdopted, true)]),
        ("nobody says what it came to", json!({ "outcome": "unstated" }), vec![("DELIB_ID", OutcomeUnstated, true)]),
        ("withdrawn: nothing was decided", json!({ "outcome": "withdrawn" }), vec![]),
        ("postponed", json!({ "outcome": "postponed" }), vec![]),
        ("taken without a vote", json!({ "outcome": "no_vote" }), vec![]),
    ];
    for (name, record, expected) in cases {
        let act = act(record, voted());
        assert_eq!(cells(&act, &[]), None, "{name}");
        assert_eq!(left_out(&deliberation(&authority(), &act)), expected, "{name}");
    }
    for workflow in [Workflow::Draft, Workflow::OnAgenda, Workflow::Withdrawn, Workflow::Postponed] {
        let mut act = act(json!({}), voted());
        act.workflow = workflow;
        assert_eq!(deliberation(&authority(), &act), Default::default(), "{workflow:?}");
    }
    for outcome in ["adopted", "adopted_as_amended", "elected", "noted", "opinion_given", "decided_vote_unstated"] {
        assert!(cells(&act(json!({ "outcome": outcome }), voted()), &[]).is_some(), "{outcome}");
    }
    let mut nameless = authority();
    for siret in [None, Some("229 900 014 00016"), Some("22990001400"), Some("X2990001400015")] {
        nameless.siret = siret.map(str::to_owned);
        let given = deliberation(&nameless, &act(json!({}), voted()));
        assert_eq!((given.rows.len(), left_out(&given)), (0, vec![("COLL_SIRET", AuthorityNumber, true)]), "{siret:?}");
    }
}

#[test]
fn budgets_and_prefectures() {
    let table = |name: Option<&str>, year: Option<&str>| json!({ "budget_name": name, "exercise_year": year });
    let main = || table(Some("Budget principal"), Some("2025"));
    let given = |name: &str, year: &str| (vec![year.to_owned(), name.to_owned()], vec![]);
    let held = || (vec![String::new(), String::new()], vec![("BUDGET_*", BudgetIncomplete, false)]);
    let none = || (vec![String::new(), String::new()], vec![]);
    for (name, tables, expected) in [
        ("no table", json!([]), none()),
        ("a table that names no budget", json!([table(None, None)]), none()),
        ("one budget", json!([main()]), given("Budget principal", "2025")),
        ("one budget in two tables", json!([main(), main(), table(None, None)]), given("Budget principal", "2025")),
        ("two years", json!([table(Some("Budget principal"), Some("2025/2026"))]), given("Budget principal", "2025/2026")),
        ("years that go backwards", json!([table(Some("Budget principal"), Some("2026/2025"))]), held()),
        ("a year in words", json!([table(Some("Budget principal"), Some("exercice 2025"))]), held()),
        ("a name without a year", json!([table(Some("Budget principal"), None)]), held()),
        ("two budgets", json!([main(), table(Some("Budget annexe"), Some("2025"))]), held()),
    ] {
        let act = act(json!({ "budget_tables": tables }), json!([ballot(json!({}))]));
        let (expected, withheld) = expected;
        assert_eq!(cells(&act, &["BUDGET_ANNEE", "BUDGET_NOM"]), Some(expected), "{name}");
        assert_eq!(left_out(&deliberation(&authority(), &act)), withheld, "{name}");
    }
    let act = || act(json!({}), json!([ballot(json!({}))]));
    for (kind, code, expected) in
        [("department", Some("02A"), "PREF02A"), ("department", Some("62"), ""), ("department", None, ""), ("municipality", Some("062"), "")]
    {
        let mut owner = authority();
        (owner.kind, owner.department_code) = (super::of(json!(kind)), code.map(str::to_owned));
        let row = deliberation(&owner, &act()).rows.remove(0);
        assert_eq!(row.get(9).map(String::as_str), Some(expected), "{kind} {code:?}");
    }
}

#[test]
fn receipt_and_publication() {
    let stamped = json!({ "stamps": [{ "received": { "text": "reçu le 8 juillet", "date": "2025-07-08" } }] });
    let mut both = act(stamped, json!([ballot(json!({}))]));
    both.facts = vec![fact("received", "2025-07-09", None)];
    assert_eq!(cells(&both, &["PREF_DATE"]), Some(vec!["2025-07-08".to_owned()]), "what is printed comes first");
    let mut early = act(json!({}), json!([ballot(json!({}))]));
    early.facts = vec![fact("received", "2025-07-06", None)];
    assert_eq!(cells(&early, &["PREF_DATE"]), Some(vec![String::new()]));
    assert_eq!(left_out(&deliberation(&authority(), &early)), [("PREF_DATE", ReceivedBeforeAct, false)]);
    for (facts, expected) in [
        (vec![fact("published", "2025-07-10", Some("https://acts.example/a%20b"))], "https://acts.example/a%20b"),
        (vec![fact("published", "2025-07-10", Some("panneau de la mairie"))], ""),
        (vec![fact("published", "2025-07-10", Some("javascript:alert(1)"))], ""),
        (vec![fact("published", "2025-07-10", Some("https://acts.example/1")), fact("unpublished", "2025-10-10", None)], ""),
        (vec![fact("published", "2025-07-10", None)], ""),
    ] {
        let mut act = act(json!({}), json!([ballot(json!({}))]));
        act.facts = facts.clone();
        assert_eq!(cells(&act, &["DELIB_URL"]), Some(vec![expected.to_owned()]), "{facts:?}");
    }
}

#[test]
fn the_day_of_the_part_in_which_the_item_was_taken() {
    let parts = json!([{ "position": 1, "date": "2025-07-07" }, { "position": 2, "date": "2025-07-08" }]);
    let sitting =
        |part: Value| json!({ "end_date": "2025-07-08", "parts": parts, "agenda": [{ "id": id(10), "part": part }], "ballots": [ballot(json!({}))] });
    for (part, expected) in [(json!(2), "2025-07-08"), (json!(1), "2025-07-07"), (Value::Null, "2025-07-07")] {
        let act = act_of(json!({}), sitting(part.clone()));
        assert_eq!(cells(&act, &["DELIB_DATE"]), Some(vec![expected.to_owned()]), "{part}");
    }
}

#[test]
fn a_cell_is_not_a_formula_and_figures_are_told_where_they_may_be() {
    let formula = act(json!({ "title": "=HYPERLINK(\"x\")", "numbers": [{ "kind": "act", "value": "-1" }] }), json!([ballot(json!({}))]));
    assert_eq!(cells(&formula, &["DELIB_ID", "DELIB_OBJET"]), Some(vec!["'-1".to_owned(), "'=HYPERLINK(\"x\")".to_owned()]));
    let too_many = act(json!({}), json!([ballot(json!({ "options": counts(43, 0, 1) }))]));
    let line = |authority: &crate::record::Authority| deliberation(authority, &too_many).withheld_rows(&too_many).remove(0);
    let mut owner = authority();
    let told = "plus de voix que d'élus pouvant voter (44 voix, 43 possibles)";
    let expected = [id(3).to_string().as_str(), "2025-7", "2025-07-07", "", "cellules", "VOTE_*", "votes_exceed_electorate", told].map(str::to_owned);
    assert_eq!(line(&owner), expected);
    assert_eq!(expected.len(), WITHHELD.len());
    owner.public_findings = false;
    assert_eq!(line(&owner).last().map(String::as_str), Some("plus de voix que d'élus pouvant voter"));
}
