//! Lists: their pages, their filters in the address, one authority or several, and acts by their printed number.

use reqwest::Method;
use rstest::rstest;
use serde_json::json;

use super::{Clerk, SIREN, page, uuid};
use crate::harness::{ACT, Answer, Engine, PAS_DE_CALAIS, Server};

/// Forty-five acts of three days, in the order of their titles.
fn many(clerk: &Clerk) -> (String, Vec<String>) {
    let body = clerk.add("bodies", &json!({"name": "Conseil de la Vallée-Claire", "kind": "departmental_council", "visibility": "public"}));
    let mut acts = Vec::new();
    for day in ["2025-01-10", "2025-02-10", "2025-03-10"] {
        let items: Vec<String> = (0..15).map(|_| uuid()).collect();
        let agenda: Vec<_> = items.iter().map(|id| json!({"id": id})).collect();
        let sitting = clerk.sitting(&json!({"body": body, "origin": "transcribed", "date": day, "agenda": agenda}));
        for item in &items {
            let number = acts.len() + 1;
            let matter = if number.is_multiple_of(3) { "7.10" } else { "7.1" };
            // Two acts of the second day bear one number.
            let printed = if number == 17 { "16".to_owned() } else { number.to_string() };
            acts.push(
                clerk.act(&json!({"sitting": sitting, "origin": "transcribed", "agenda_items": [item], "title": format!("École n° {number:02}"),
                "numbers": [{"kind": "act", "value": printed}], "matter_codes": [{"code": matter}]})),
            );
        }
    }
    (body, acts)
}

/// The titles of a page, and the address of the next one.
fn listed(server: &Server, path: &str) -> (Vec<u32>, Option<String>) {
    let text = page(server, path).expect(200).text;
    let titles = text.split("\">École n° ").skip(1).map(|rest| rest.split('<').next().unwrap().parse().unwrap()).collect();
    let next = text.split("rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).map(|href| href.replace("&amp;", "&"));
    (titles, next)
}

/// All pages of a list, each as long as it is.
fn all(server: &Server, path: &str) -> Vec<Vec<u32>> {
    let (titles, mut next) = listed(server, path);
    let mut pages = vec![titles];
    while let Some(path) = next {
        let (titles, after) = listed(server, &path);
        pages.push(titles);
        next = after;
        assert!(pages.len() < 10, "no end");
    }
    pages
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn pages_keep_their_filters_and_lose_nothing(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let clerk = Clerk::of(&server, "Département de la Vallée-Claire");
    let (body, _) = many(&clerk);
    let down = |from: u32, to: u32| (to..=from).rev().collect::<Vec<_>>();
    let third = |numbers: Vec<u32>| numbers.into_iter().filter(|n| n % 3 == 0).collect::<Vec<_>>();
    let cases = [
        ("/recherche", vec![down(45, 26), down(25, 6), down(5, 1)]),
        ("/recherche?q=ecole", vec![down(45, 26), down(25, 6), down(5, 1)]),
        ("/recherche?q=&instance=&du=&au=&sort=", vec![down(45, 26), down(25, 6), down(5, 1)]),
        ("/recherche?sort=ancien", vec![(1..=20).collect(), (21..=40).collect(), (41..=45).collect()]),
        ("/recherche?du=2025-02-10", vec![down(45, 26), down(25, 16)]),
        ("/recherche?au=2025-01-31&q=ECOLE", vec![down(15, 1)]),
        ("/recherche?du=2025-02-01&au=2025-02-28&sort=ancien", vec![(16..=30).collect()]),
        ("/recherche?matiere=7.10", vec![third(down(45, 1))]),
        ("/recherche?matiere=7", vec![down(45, 26), down(25, 6), down(5, 1)]),
        (&format!("/recherche?instance={body}&matiere=7.10&q=ecole"), vec![third(down(45, 1))]),
        ("/recherche?q=33", vec![vec![33]]),
        ("/recherche?q=ecole+33", vec![vec![33]]),
        ("/recherche?q=%25", vec![vec![]]),
        ("/recherche?instance=01977e51-0001-7000-8000-000000000001", vec![vec![]]),
    ];
    for (path, pages) in cases {
        assert_eq!(all(&server, path), pages, "{path}");
    }
    // The address of a next page says all that was asked, and the way back leaves only the place out.
    let (_, next) = listed(&server, "/recherche?q=ecole&du=2025-01-01&sort=ancien");
    let next = next.unwrap();
    assert!(next.starts_with("/recherche?q=ecole&du=2025-01-01&sort=ancien&suite="), "{next}");
    let second = page(&server, &next).expect(200).text;
    assert!(second.contains("href=\"/recherche?q=ecole&amp;du=2025-01-01&amp;sort=ancien\">Revenir au début"), "{second}");
    assert!(second.contains("value=\"ecole\"") && second.contains("value=\"2025-01-01\"") && second.contains("value=\"ancien\" selected"));
    // What cannot be read is said beside its field, and nothing is listed.
    for (query, said) in [
        ("du=hier", "id=\"du-erreur\""),
        ("au=2025-13-01", "id=\"au-erreur\""),
        ("au=10000-01-01", "id=\"au-erreur\""),
        ("instance=x", "id=\"instance-erreur\""),
        ("matiere=a", "Un code matière"),
        ("elu=x", "Cet élu n’existe pas."),
        ("groupe=x", "Ce groupe n’existe pas."),
    ] {
        let answer = page(&server, &format!("/recherche?{query}")).expect(400);
        assert!(answer.text.contains(said) && !answer.text.contains("École"), "{query}: {}", answer.text);
    }
    // Sittings.
    let text = page(&server, "/seances").expect(200).text;
    assert_eq!(text.matches("class=\"line\"").count(), 3);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn of_several_authorities_one_is_named(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let clerk = Clerk::of(&server, "Département de la Vallée-Claire");
    many(&clerk);
    for path in ["/", "/seances", "/elus", "/recherche?q=ecole"] {
        let text = page(&server, path).expect(200).text;
        let joint = if path.contains('?') { "&amp;" } else { "?" };
        for siren in [SIREN, PAS_DE_CALAIS] {
            assert!(text.contains(&format!("href=\"{path}{joint}collectivite={siren}\"")), "{path}: {text}");
        }
        assert!(!text.contains("École") && !text.contains("SCIC"), "{path}");
    }
    let own = page(&server, &format!("/?collectivite={SIREN}")).expect(200).text;
    assert!(own.contains("École n° 45") && !own.contains("SCIC"));
    // Wherever one goes from there, the authority goes along.
    for link in ["/seances?collectivite=229900014", "/elus?collectivite=229900014", "/recherche?collectivite=229900014"] {
        assert!(own.contains(&format!("href=\"{link}\"")), "{link}");
        page(&server, link).expect(200);
    }
    assert!(own.contains("<input type=\"hidden\" name=\"collectivite\" value=\"229900014\">"));
    assert_eq!(all(&server, &format!("/recherche?collectivite={SIREN}")).concat().len(), 45);
    // An act says whose it is by itself.
    assert!(page(&server, &format!("/deliberations/{ACT}")).expect(200).text.contains("href=\"/seances?collectivite=226200012\""));
    for path in ["/flux/deliberations.atom", "/flux/deliberations.rss", "/flux/seances.ics"] {
        assert_eq!(server.get(path, None).status, 404, "{path}");
        assert!(server.get(&format!("{path}?collectivite={SIREN}"), None).expect(200).text.contains("Vallée-Claire"), "{path}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_act_is_found_by_its_day_and_number(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let client = reqwest::blocking::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let ask = |path: &str| Answer::of(client.request(Method::GET, format!("{}{path}", server.url)).send().unwrap());
    let found = ask(&format!("/eli/{PAS_DE_CALAIS}/2025-07-07/2025-302"));
    assert_eq!((found.status, found.header("location")), (303, format!("/deliberations/{ACT}").as_str()));
    for path in ["2025-07-08/2025-302", "2025-07-07/2025-303", "2025-07-07/2025_302", "hier/2025-302", "2025-07-07/"] {
        assert_eq!(ask(&format!("/eli/{PAS_DE_CALAIS}/{path}")).status, 404, "{path}");
    }
    assert_eq!(ask("/eli/226200013/2025-07-07/2025-302").status, 404, "no SIREN");

    let (_, acts) = many(&Clerk::of(&server, "Département de la Vallée-Claire"));
    let one = ask(&format!("/eli/{SIREN}/2025-02-10/18"));
    assert_eq!((one.status, one.header("location")), (303, format!("/deliberations/{}", acts[17]).as_str()));
    let two = ask(&format!("/eli/{SIREN}/2025-02-10/16"));
    assert_eq!(two.status, 200);
    for act in &acts[15..17] {
        assert!(two.text.contains(&format!("href=\"/deliberations/{act}\"")), "{}", two.text);
    }
    assert_eq!(two.text.matches("class=\"line\"").count(), 2);
}
