//! What stands in the files, worked out by hand from the fixture and from the act of the demonstration.

use rstest::rstest;
use serde_json::{Value, json};

use super::loaded::{SIREN, server, table, world};
use crate::harness::{ACT, Engine, PAS_DE_CALAIS, Server};

fn read(server: &Server, path: &str, siren: &str) -> String {
    server.get(&format!("/v1/open-data/{path}?authority={siren}"), None).expect(200).text
}

fn act(place: usize) -> String {
    world()["acts"][place]["id"].as_str().unwrap().to_owned()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn tables_of_the_scdl(#[case] engine: Engine) {
    let server = server(engine);
    let (header, rows) = table(&read(&server, "scdl/deliberations.csv", SIREN));
    assert_eq!(header.len(), 17);
    let common = ["Département de la Haute-Sauve", "22990020400012"];
    let river = "'=Aménagement de la rive, \"première tranche\"";
    let themes = "domaines de compétences par thèmes/aménagement du territoire";
    let expected: [[&str; 15]; 4] = [
        ["2025-101", "2025-09-15", "8.4", themes, river, "2025", "Budget principal", "PREF098", "2025-09-17", "7", "6", "4", "1", "1", ""],
        // One of seven stands aside.
        [
            "2025-102",
            "2025-09-15",
            "7.5",
            "finances locales/subventions",
            "Aide au club des pagaies",
            "",
            "",
            "PREF098",
            "",
            "6",
            "5",
            "5",
            "0",
            "0",
            "",
        ],
        ["2025-103", "2025-09-15", "7.10", "finances locales/divers", "Tarifs du bac", "", "", "PREF098", "", "", "", "", "", "", ""],
        [
            "2025-105",
            "2025-09-15",
            "5.3",
            "institutions et vie politique/désignation de représentants",
            "Désignation d'un représentant au syndicat",
            "",
            "",
            "PREF098",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
        ],
    ];
    let expected: Vec<Vec<String>> = expected.iter().map(|row| common.iter().chain(row).map(|cell| (*cell).to_owned()).collect()).collect();
    assert_eq!(rows, expected);

    let (tariffs, election) = (act(2), act(4));
    let (_, withheld) = table(&read(&server, "scdl/deliberations-withheld.csv", SIREN));
    let expected = [
        [
            tariffs.as_str(),
            "2025-103",
            "2025-09-15",
            "",
            "cellules",
            "VOTE_*",
            "votes_exceed_electorate",
            "plus de voix que d'élus pouvant voter (8 voix, 7 possibles)",
        ],
        [
            election.as_str(),
            "2025-105",
            "2025-09-15",
            "",
            "cellules",
            "VOTE_*",
            "election",
            "l'acte procède d'une élection, qui n'a ni pour ni contre",
        ],
    ];
    assert_eq!(withheld, expected.map(|row| row.map(str::to_owned).to_vec()));

    let (_, grants) = table(&read(&server, "scdl/subventions.csv", SIREN));
    let siret = world()["acts"][1]["record"]["beneficiaries"][0]["siret"]["digits"].as_str().unwrap().to_owned();
    let expected = [
        "Département de la Haute-Sauve",
        "22990020400012",
        "2025-09-22",
        "2025-102",
        "Club des pagaies de Sauve",
        siret.as_str(),
        "",
        "Achat de deux canoës",
        "24000.00",
        "aide en numéraire",
        "échelonné",
        "2025-10-01/2025-12-31",
        "",
        "non",
        "1.00",
        "",
    ];
    assert_eq!(grants, [expected.map(str::to_owned).to_vec()]);
    let (_, withheld) = table(&read(&server, "scdl/subventions-withheld.csv", SIREN));
    let told: Vec<[&str; 3]> = withheld.iter().map(|row| [row[3].as_str(), row[5].as_str(), row[6].as_str()]).collect();
    let expected = [
        ["2", "nomBeneficiaire", "natural_person"],
        ["3", "dateConvention", "agreement_missing"],
        ["3", "idBeneficiaire", "beneficiary_number"],
        ["3", "nature", "nature_unstated"],
        ["3", "conditionsVersement", "payment_unstated"],
        ["3", "datesPeriodeVersement", "payment_dates_unstated"],
        ["3", "notificationUE", "eu_notice_unstated"],
        ["3", "pourcentageSubvention", "share_unstated"],
    ];
    assert_eq!(told, expected);
}

/// The act of the demonstration: no matter is printed, its votes cannot be, its agreement is not signed.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_act_of_the_demonstration_is_told_with_what_it_lacks(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let get = |path: &str| server.get(&format!("/v1/open-data/scdl/{path}"), None).expect(200).text;
    assert_eq!(table(&get("deliberations.csv")).1, Vec::<Vec<String>>::new());
    let (header, rows) = table(&get("deliberations-withheld.csv"));
    assert_eq!(header, ["acte", "numero", "date", "beneficiaire", "portee", "colonne", "code", "motif"]);
    let matter = "l'acte n'a pas de matière de niveau 2 de la nomenclature ACTES";
    let votes = "plus de voix que d'élus pouvant voter (44 voix, 43 possibles)";
    let expected = [
        [ACT, "2025-302", "2025-07-07", "", "ligne", "DELIB_MATIERE_CODE", "matter_missing", matter],
        [ACT, "2025-302", "2025-07-07", "", "cellules", "VOTE_*", "votes_exceed_electorate", votes],
    ];
    assert_eq!(rows, expected.map(|row| row.map(str::to_owned).to_vec()));

    assert_eq!(table(&get("subventions.csv")).1, Vec::<Vec<String>>::new());
    let (_, rows) = table(&get("subventions-withheld.csv"));
    let told: Vec<[&str; 2]> = rows.iter().map(|row| [row[5].as_str(), row[6].as_str()]).collect();
    let expected = [
        ["dateConvention", "agreement_unsigned"],
        ["nature", "nature_unstated"],
        ["datesPeriodeVersement", "payment_dates_unstated"],
        ["notificationUE", "eu_notice_unstated"],
    ];
    assert_eq!(told, expected);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn people_and_votes_in_popolo(#[case] engine: Engine) {
    let server = server(engine);
    let get = |name: &str| -> Vec<Value> {
        let whole: Value = serde_json::from_str(&read(&server, &format!("popolo/{name}.json"), SIREN)).unwrap();
        whole[name].as_array().unwrap().clone()
    };
    let world = world();
    let ids = |kind: &str| -> Vec<Value> { world[kind].as_array().unwrap().iter().map(|one| one["id"].clone()).collect() };
    let (persons, groups, bodies, acts) = (ids("persons"), ids("groups"), ids("bodies"), ids("acts"));

    let found = get("persons");
    assert_eq!(found.iter().map(|person| person["id"].clone()).collect::<Vec<_>>(), persons[..6], "the seventh is not public");
    let second = json!({ "id": persons[1], "name": "Basile FERRANDEL", "family_name": "FERRANDEL", "given_name": "Basile", "honorific_prefix": "M.",
        "sort_name": "FERRANDEL Basile", "other_names": [{ "name": "B. FERRANDEL" }] });
    assert_eq!(found[1], second);

    let found = get("organizations");
    let siret = json!([{ "scheme": "SIREN", "identifier": SIREN }, { "scheme": "SIRET", "identifier": "22990020400012" }]);
    let expected = json!([
        { "id": SIREN, "name": "Département de la Haute-Sauve", "classification": "department", "identifiers": siret },
        { "id": bodies[0], "name": "Commission permanente de la Haute-Sauve", "classification": "departmental_permanent_commission", "parent_id": SIREN,
          "founding_date": "2021-07-01" },
        { "id": groups[0], "name": "Groupe Hautes Terres", "other_names": [{ "name": "HT" }], "classification": "group", "parent_id": SIREN },
        { "id": groups[1], "name": "Groupe Rives et Vallées", "classification": "group", "parent_id": SIREN },
    ]);
    assert_eq!(Value::from(found), expected);

    let found = get("memberships");
    assert_eq!(found.len(), 6, "that of a person who is not public is not");
    let mandate = json!({ "id": world["mandates"][3]["id"], "person_id": persons[3], "organization_id": bodies[0], "on_behalf_of_id": groups[1],
        "role": "member", "start_date": "2021-07-01" });
    assert_eq!(found[3], mandate);

    let sitting = json!({ "id": world["sitting"]["id"], "name": "RÉUNION DU 15 SEPTEMBRE 2025", "classification": "sitting", "organization_id": bodies[0],
        "start_date": "2025-09-15" });
    let found = get("motions");
    assert_eq!(
        found.iter().map(|motion| motion["identifier"].as_str().unwrap()).collect::<Vec<_>>(),
        ["2025-101", "2025-102", "2025-103", "2025-105"]
    );
    let first = json!({ "id": acts[0], "organization_id": bodies[0], "legislative_session_id": world["sitting"]["id"], "legislative_session": sitting,
        "identifier": "2025-101", "classification": "deliberation", "result": "adopted",
        "text": "=Aménagement de la rive, \"première tranche\"\nArticle 1er : d'approuver le programme." });
    assert_eq!(found[0], first);

    let found = get("vote_events");
    assert_eq!(found.len(), 4);
    let pick = |event: &Value, names: &[&str]| -> Value { names.iter().map(|name| ((*name).to_owned(), event[*name].clone())).collect() };
    let looked = ["motion_id", "classification", "result", "counts", "group_results", "votes"];
    let voter = |n: usize, option: &str| json!({ "voter_id": persons[n], "voter": { "name": printed(&world, n) }, "option": option });
    let mut by_proxy = voter(5, "yes");
    by_proxy["role"] = "by proxy".into();
    let roll_call = json!({
        "motion_id": acts[0], "classification": "public_roll_call", "result": "pass",
        "counts": [{ "option": "yes", "value": 4 }, { "option": "no", "value": 1 }, { "option": "abstain", "value": 1 },
            { "option": "yes", "value": 3, "group_id": groups[0] }, { "option": "yes", "value": 1, "group_id": groups[1] }],
        "group_results": [{ "group_id": groups[0], "result": "yes" }, { "group_id": groups[1], "result": "yes" }],
        // The second and the third have the position of their group: it is no vote of theirs.
        "votes": [voter(0, "yes"), by_proxy, voter(3, "no"), voter(4, "abstain")],
    });
    assert_eq!(pick(&found[0], &looked), roll_call);
    let recused = json!({
        "motion_id": acts[1], "classification": "show_of_hands", "result": "pass",
        "counts": [{ "option": "yes", "value": 5 }, { "option": "no", "value": 0 }, { "option": "abstain", "value": 0 }],
        "group_results": [{ "group_id": groups[0], "result": "yes" }, { "group": { "name": "Groupe Rives et Vallées" }, "result": "yes" }],
        "votes": [voter(4, "not voting")],
    });
    assert_eq!(pick(&found[1], &looked), recused);
    let secret = json!({
        "motion_id": acts[4], "classification": "secret", "result": "pass",
        "counts": [{ "option": "M. Basile FERRANDEL", "value": 5 }, { "option": "blank", "value": 1 }, { "option": "void", "value": 0 }],
        "group_results": null, "votes": null,
    });
    assert_eq!(pick(&found[3], &looked), secret);

    // Of the demonstration: the group that stands under two options has no result, the four others have; one member stood aside.
    let whole: Value = serde_json::from_str(&read(&server, "popolo/vote_events.json", PAS_DE_CALAIS)).unwrap();
    let event = &whole["vote_events"][0];
    // 44 votes of which 43 were possible are not told as if they were certain.
    assert_eq!((&event["counts"], &event["result"]), (&Value::Null, &json!("pass")));
    assert_eq!(event["group_results"].as_array().unwrap().len(), 3);
    assert_eq!(event["votes"].as_array().unwrap().len(), 1);
    assert_eq!(event["votes"][0]["option"], "not voting");
}

fn printed(world: &Value, n: usize) -> String {
    let person = &world["persons"][n];
    ["civility", "given_name", "family_name"].map(|name| person[name].as_str().unwrap()).join(" ")
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_line_is_what_the_public_is_answered(#[case] engine: Engine) {
    let server = server(engine);
    for (path, one, expected) in [("deliberations.ndjson", "/v1/deliberations", 4), ("sittings.ndjson", "/v1/sittings", 1)] {
        let text = read(&server, path, SIREN);
        assert!(text.ends_with('\n'));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), expected, "{path}");
        for line in lines {
            let id = serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
            assert_eq!(server.get(&format!("{one}/{id}"), None).expect(200).text, line);
        }
    }
}

/// More acts than a page holds, on several days and several on one: each once, in order.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn every_page_goes_on_where_the_last_one_ended(#[case] engine: Engine) {
    use crate::harness::world::{actor, of};
    use registre::record::{Id, Visibility};
    let server = Server::start(engine, |register| {
        super::loaded::load(register);
        let (them, body) = (actor(SIREN), world()["bodies"][0]["id"].clone());
        for day in 1..=3 {
            let sitting = Id::mint();
            let record = json!({ "body": body, "origin": "transcribed", "date": format!("2026-01-0{day}") });
            register.add_sitting(&them, None, sitting, of(record)).unwrap();
            for n in 0..50 {
                let act = Id::mint();
                let record = json!({ "sitting": sitting, "origin": "transcribed", "title": "Acte", "outcome": "adopted",
                    "matter_codes": [{ "code": "9.2" }], "numbers": [{ "kind": "act", "value": format!("{day}-{n:02}") }] });
                register.add_deliberation(&them, None, act, of(record)).unwrap();
                register.show_deliberation(&them, act, Visibility::Public).unwrap();
            }
        }
    });
    let (_, rows) = table(&server.get("/v1/open-data/scdl/deliberations.csv", None).expect(200).text);
    let found: Vec<&str> = rows.iter().map(|row| row[2].as_str()).collect();
    let many: Vec<String> = (1..=3).flat_map(|day| (0..50).map(move |n| format!("{day}-{n:02}"))).collect();
    let expected: Vec<&str> = ["2025-101", "2025-102", "2025-103", "2025-105"].into_iter().chain(many.iter().map(String::as_str)).collect();
    assert_eq!(found, expected);
    let lines = server.get("/v1/open-data/deliberations.ndjson", None).expect(200).text;
    let numbers: Vec<Value> = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["number"].clone()).collect();
    assert_eq!(numbers, expected);
    let motions: Value = serde_json::from_str(&server.get("/v1/open-data/popolo/motions.json", None).expect(200).text).unwrap();
    assert_eq!(motions["motions"].as_array().unwrap().len(), expected.len());
}
