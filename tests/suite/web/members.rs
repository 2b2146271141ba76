//! What a member's page says of sittings and votes, and what it leaves out.

use rstest::rstest;
use serde_json::{Value, json};

use super::{Clerk, page, uuid};
use crate::harness::{Engine, Server};

/// A body of three, a sitting with a ballot of each kind, and an act under each.
struct Assembly {
    persons: [String; 3],
    group: String,
    sitting: String,
    server: Server,
}

fn assembly(engine: Engine) -> Assembly {
    let server = Server::empty(engine);
    let clerk = Clerk::of(&server, "Département de la Vallée-Claire");
    let body = clerk.add("bodies", &json!({"name": "Conseil de la Vallée-Claire", "kind": "departmental_council", "visibility": "public"}));
    let hidden = clerk.add("bodies", &json!({"name": "Commission cachée", "kind": "committee"}));
    let group = clerk.add("groups", &json!({"name": "Groupe des Prés", "visibility": "public"}));
    let persons = ["AUBIER", "BRANDE", "CHÊNAIE"].map(|name| {
        let person = clerk.add("persons", &json!({"civility": "Mme", "given_name": "Lise", "family_name": name, "visibility": "public"}));
        let mandate = json!({"person": person, "body": body, "role": "member", "voting_right": "voting", "affiliation": "group", "group": group,
            "valid_from": "2025-01-01", "visibility": "public"});
        clerk.add("mandates", &mandate);
        clerk.add("mandates", &json!({"person": person, "body": hidden}));
        person
    });
    let [first, second, third] = persons.clone();
    let of = |person: &String| json!({"person": person});
    let items: Vec<String> = (0..5).map(|_| uuid()).collect();
    let line = |person: &String, option: &str| json!({"person": {"person": person}, "option": option});
    let by_group = |person: &String| json!({"person": {"person": person}, "option": "against", "basis": "group"});
    let ballot = |item: &String, mode: &str, roll_call: Value| json!({"id": uuid(), "covers": [item], "mode": mode, "outcome": "adopted", "options": [{"option": "for", "count": 1}], "roll_call": roll_call});
    let by_proxy = json!({"person": {"person": second}, "option": "abstention", "by_proxy": {"person": first}});
    let sitting = json!({
        "body": body, "origin": "transcribed", "date": "2025-03-03",
        "attendance": [
            {"status": "present", "voting_right": "voting", "entries": [of(&first)]},
            {"status": "excused_represented", "voting_right": "voting", "entries": [of(&second)]},
            // All but those who are named.
            {"status": "absent", "voting_right": "voting", "entries": [of(&third)]},
        ],
        "proxies": [{"giver": {"person": second}, "holder": {"person": first}}],
        "agenda": items.iter().map(|id| json!({"id": id})).collect::<Vec<_>>(),
        "ballots": [
            ballot(&items[0], "public_roll_call", json!([line(&first, "for"), by_proxy])),
            ballot(&items[1], "public_roll_call", json!([by_group(&first), by_group(&second)])),
            ballot(&items[2], "show_of_hands", json!([line(&first, "against")])),
            ballot(&items[3], "secret", Value::Null),
            ballot(&items[4], "public_roll_call", json!([line(&first, "not_voting")])),
        ],
    });
    let sitting = clerk.sitting(&sitting);
    let titles = ["Sur appel nominal", "Par groupe", "À main levée", "Au scrutin secret", "Gardé interne"];
    for (item, title) in items.iter().zip(titles) {
        let act = json!({"sitting": sitting, "origin": "transcribed", "agenda_items": [item], "title": title});
        if title == "Gardé interne" {
            clerk.add("deliberations", &act)
        } else {
            clerk.act(&act)
        };
    }
    // A sitting that is not shown, with a vote in it.
    let item = uuid();
    let internal = json!({"body": body, "origin": "transcribed", "date": "2025-04-04", "agenda": [{"id": item}],
        "attendance": [{"status": "present", "voting_right": "voting", "entries": [of(&first)]}],
        "ballots": [ballot(&item, "public_roll_call", json!([line(&first, "against")]))]});
    clerk.add("sittings", &internal);
    Assembly { persons, group, sitting, server }
}

/// The rows of the body of a table, cell by cell, without markup.
fn rows(text: &str, caption: &str) -> Vec<Vec<String>> {
    let Some(table) = text.split(caption).nth(1).and_then(|rest| rest.split("</tbody>").next()).and_then(|rest| rest.split("<tbody>").nth(1)) else {
        return Vec::new();
    };
    let cells = |row: &str| row.replace("</th>", "</td>").split("</td>").map(plain).filter(|cell| !cell.is_empty()).collect();
    table.split("</tr>").map(cells).filter(|row: &Vec<String>| !row.is_empty()).collect()
}

fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn only_votes_given_in_person_in_public_ballots_are_told(#[case] engine: Engine) {
    let Assembly { persons, sitting, server, .. } = assembly(engine);
    let votes =
        |person: &String| rows(&page(&server, &format!("/elus/{person}")).expect(200).text, "Votes nominatifs au scrutin public, du plus récent");
    let row = |on: &str, vote: &str| vec!["3 mars 2025".to_owned(), on.to_owned(), vote.to_owned(), "Adopté".to_owned()];
    // The act of the last ballot is not public: its ballot is one of the sitting all the same. Ballots come from the latest identifier on.
    assert_eq!(votes(&persons[0]), [row("Scrutin de la séance", "Ne prend pas part au vote"), row("Sur appel nominal", "Pour")]);
    assert_eq!(votes(&persons[1]), [row("Sur appel nominal", "Abstention (par pouvoir)")]);
    assert_eq!(votes(&persons[2]), Vec::<Vec<String>>::new());

    let text = page(&server, &format!("/elus/{}", persons[0])).expect(200).text;
    for left_out in ["Contre", "Par groupe", "À main levée", "Au scrutin secret", "Gardé interne", "4 avril 2025", "Commission cachée"] {
        assert!(!text.contains(left_out), "{left_out}");
    }
    assert!(text.contains(&format!("/seances/{sitting}#scrutin-")));
}

/// The page of the sitting names who voted by name; not those whose position is their group's.
#[test]
fn a_position_that_a_group_gave_is_nobodys_vote_on_the_page_of_the_sitting() {
    let Assembly { sitting, server, .. } = assembly(Engine::Sqlite);
    let text = page(&server, &format!("/seances/{sitting}")).expect(200).text;
    let ballots: Vec<&str> = text.split("class=\"ballot\"").skip(1).map(|rest| rest.split("</table>").next().unwrap()).collect();
    let named = |ballot: usize| ["AUBIER", "BRANDE"].map(|name| ballots[ballot].contains(name));
    // By roll call, both by name; by group, nobody; by show of hands, the one whose vote was noted; in secret, nobody.
    assert_eq!([named(0), named(1), named(2), named(3)], [[true, true], [false, false], [true, false], [false, false]]);
    assert_eq!(ballots.len(), 5);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn attendance_is_told_of_public_sittings_during_the_mandate(#[case] engine: Engine) {
    let Assembly { persons, group, server, .. } = assembly(engine);
    let attended = |person: &String| rows(&page(&server, &format!("/elus/{person}")).expect(200).text, "Présence aux séances, de la plus récente");
    for (person, expected) in persons.iter().zip(["Présent", "Absent, représenté par pouvoir", "Absent"]) {
        assert_eq!(attended(person), [["3 mars 2025", "Conseil de la Vallée-Claire", expected]], "{expected}");
    }
    // The list of members by day: the mandates begin with 2025.
    assert_eq!(page(&server, "/elus").expect(200).text.matches("class=\"member-name\"").count(), 3);
    let text = page(&server, "/elus?le=2024-12-31").expect(200).text;
    assert!(text.contains("Aucun mandat publié n’est en cours à cette date.") && text.contains("31 décembre 2024"));
    let text = page(&server, &format!("/groupes/{group}")).expect(200).text;
    assert_eq!(text.matches("class=\"member-name\"").count(), 3);
    assert!(text.contains("<h1>Groupe des Prés</h1>"));
}
