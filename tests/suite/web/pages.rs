//! Each page: that it is there, what it says of the seed, its headers, and what is not there for the public.

use reqwest::Method;
use rstest::rstest;

use super::page;
use crate::harness::world::{DRAFT, GROUP, LIVE, PERSON, neighbour};
use crate::harness::{ACT, Answer, Engine, PAS_DE_CALAIS, SITTING, Server};

const TITLE: &str = "ANIMER LE RÉSEAU DES SOCIÉTÉS COOPÉRATIVES D&#39;INTÉRÊT COLLECTIF (SCIC) DU PAS-DE-CALAIS";

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn every_page_is_there_and_says_this(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let cases = [
        ("/", vec!["Département du Pas-de-Calais", TITLE, "Séance du <time datetime=\"2025-07-07\">7 juillet 2025</time>"]),
        ("/seances", vec!["7 juillet 2025", "Commission Permanente du Conseil départemental du Pas-de-Calais"]),
        (
            &format!("/seances/{SITTING}"),
            // 38 present, 6 excused, 2 and 2 without a vote; the chair and the secretary are linked to their pages.
            vec![
                "<p class=\"small\">38 noms.</p>",
                "<p class=\"small\">6 noms.</p>",
                "sans voix délibérative",
                "MONSIEUR JEAN-CLAUDE LEROY</a>",
                TITLE,
            ],
        ),
        (
            &format!("/deliberations/{ACT}"),
            vec![
                TITLE,
                "Délibération n° 2025-302",
                "43 pour, 0 contre, 1 abstention",
                "Vu le Règlement Intérieur du Conseil départemental du Pas-de-Calais",
                // What the public sees of the findings, in words.
                "44 voix sont imprimées ; d&#39;après les listes imprimées, 43 au plus pouvaient être exprimées",
                "Par le seul compte des voix, cet écart ne pouvait pas changer le résultat.",
                "Le registre ne peut pas dire à partir de quand cet acte s’applique",
                "Cet acte n’est pas scellé dans ce registre",
                "43 pour, 0 contre, 1 abstention<br><a href=\"#constats\">Chiffres imprimés, qui ne concordent pas</a>",
                "href=\"/v1/deliberations/01977e51-0009-7000-8000-000000000302.pdf\"",
                "property=\"og:title\"",
            ],
        ),
        ("/elus", vec!["Mme Mireille HINGREZ-CÉRÉDA", "M. Jean-Claude LEROY"]),
        (
            &format!("/elus/{PERSON}"),
            vec!["<h1>M. Jean-Claude LEROY</h1>", "président", "<td>Présent</td>", "Aucun vote nominatif au scrutin public."],
        ),
        (&format!("/groupes/{GROUP}"), vec!["<h1>Groupe Socialiste, Républicain et Citoyen</h1>", TITLE]),
        ("/recherche", vec![TITLE, "Commission Permanente du Conseil départemental du Pas-de-Calais</option>"]),
        ("/recherche?q=reseau", vec![TITLE]),
        ("/recherche?q=RÉSEAU+cliss&du=2025-07-07&au=2025-07-07&sort=ancien&utm_source=x", vec![TITLE]),
        ("/recherche?q=autoroute", vec!["Aucune délibération ne correspond."]),
        ("/verifier", vec!["enctype=\"multipart/form-data\"", "registre.example/226200012+"]),
        ("/donnees", vec!["/docs/", "/v1/deliberations", "/v1/open-data/scdl/deliberations.csv?authority=226200012"]),
        ("/accessibilite", vec!["<h1>Accessibilité</h1>"]),
        ("/mentions-legales", vec!["SIREN 226200012"]),
    ];
    for (path, said) in cases {
        let answer = page(&server, path).expect(200);
        for text in said {
            assert!(answer.text.contains(text), "{path} does not say {text}: {}", answer.text);
        }
        bears_its_headers(path, &answer);
        // Heads of every page.
        assert_eq!(answer.text.matches("<h1").count(), 1, "{path}");
        for part in ["<!doctype html>\n<html lang=\"fr\">", "<title>", "class=\"skip\" href=\"#contenu\"", "<main id=\"contenu\""] {
            assert!(answer.text.contains(part), "{path} has no {part}");
        }
        // Without scripts, and without anything that a policy would have to be loosened for.
        let scripts = answer.text.matches("<script").count();
        assert_eq!(scripts, answer.text.matches("<script type=\"application/ld+json\">").count(), "{path}");
        // Names of vocabularies are no addresses to load from.
        let own = answer.text.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/2001/XMLSchema#", "");
        assert!(!own.contains(" style=\"") && !own.contains("http://www."), "{path}");

        let tag = answer.header("etag");
        let again = Answer::of(server.request(Method::GET, path).header("If-None-Match", tag).send().unwrap());
        assert_eq!((again.status, again.text.as_str(), again.header("etag")), (304, "", tag), "{path}");
        let changed = Answer::of(server.request(Method::GET, path).header("If-None-Match", "\"other\"").send().unwrap());
        assert_eq!(changed.status, 200, "{path}");
        let head = Answer::of(server.request(Method::HEAD, path).send().unwrap());
        assert_eq!((head.status, head.header("etag")), (200, tag), "{path}");
    }
}

fn bears_its_headers(path: &str, answer: &Answer) {
    let policy = answer.header("content-security-policy");
    for part in ["default-src 'none'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"] {
        assert!(policy.split("; ").any(|directive| directive == part), "{path}: {policy}");
    }
    assert!(!policy.contains("script-src"), "{path}: {policy}");
    for (name, value) in
        [("x-content-type-options", "nosniff"), ("referrer-policy", "strict-origin-when-cross-origin"), ("cache-control", "public, no-cache")]
    {
        assert_eq!(answer.header(name), value, "{path}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_is_not_public_is_not_there_whoever_asks(#[case] engine: Engine) {
    let server = Server::world(engine);
    let all = server.token(PAS_DE_CALAIS, "all");
    for path in [
        format!("/deliberations/{DRAFT}"),
        format!("/seances/{LIVE}"),
        format!("/deliberations/{}", neighbour::ACT),
        format!("/seances/{}", neighbour::SITTING),
        format!("/elus/{}", neighbour::PERSON),
        format!("/groupes/{}", neighbour::GROUP),
        format!("/eli/{}/2025-07-07/2025-302", neighbour::SIREN),
        format!("/?collectivite={}", neighbour::SIREN),
        format!("/seances?collectivite={}", neighbour::SIREN),
        format!("/recherche?collectivite={}", neighbour::SIREN),
        format!("/deliberations/{SITTING}"),
        format!("/seances/{ACT}"),
        "/deliberations/302".to_owned(),
        "/deliberations/01977e51-0009-7000-8000-000000000999".to_owned(),
        "/elus/".to_owned(),
        "/recherche?suite=AAAA".to_owned(),
        "/recherche?q=x&suite=WyIyMDI1LTA3LTA3IiwiXHUwMDAwIl0".to_owned(),
    ] {
        for token in [None, Some(all.as_str())] {
            let answer = server.get(&path, token);
            assert_eq!((answer.status, answer.header("content-type")), (404, "text/html; charset=utf-8"), "{path}: {}", answer.text);
            assert!(answer.text.contains("<h1>Page introuvable</h1>"), "{path}");
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            assert!(!answer.text.contains("Ombreval") && !answer.text.contains("OMBREVAL"), "{path}");
        }
    }
    // A token changes nothing on a page.
    for path in [format!("/deliberations/{ACT}"), format!("/seances/{SITTING}"), "/".to_owned()] {
        assert_eq!(server.get(&path, Some(&all)).expect(200).text, server.get(&path, None).text, "{path}");
    }
    // One authority is public: its neighbour does not make the register ask which is meant.
    assert!(page(&server, "/").expect(200).text.contains("Département du Pas-de-Calais"));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_natural_person_and_restricted_fields_are_on_no_page(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let path = format!("/v1/deliberations/{ACT}/record");
    let record = server.get(&path, Some(&token)).expect(200);
    let mut changed = record.json();
    changed["beneficiaries"].as_array_mut().unwrap().push(serde_json::json!({"name": "Zoé INVENTÉE", "kind": "natural_person"}));
    changed["agreements"][0]["iban"] = "FR7612345678901234567890123".into();
    changed["waivers"] = serde_json::json!([{"code": "act.dates", "subject": {"kind": "deliberation", "id": ACT}, "reason": "motif interne"}]);
    server.put(&path, &token, record.header("etag"), &changed).expect(200);
    let text = page(&server, &format!("/deliberations/{ACT}")).expect(200).text;
    for hidden in ["INVENTÉE", "FR7612345678901234567890123", "motif interne"] {
        assert!(!text.contains(hidden), "{hidden}");
    }
    assert!(page(&server, "/recherche?q=inventee").expect(200).text.contains("Aucune délibération ne correspond."));
}

#[rstest]
#[case::a_page("POST", "/seances", 405, true)]
#[case::another("DELETE", "/deliberations/01977e51-0009-7000-8000-000000000302", 405, true)]
#[case::a_body_that_is_no_form("POST", "/verifier", 400, true)]
#[case::the_api("GET", "/v1/deliberations/302", 404, false)]
#[case::nowhere("GET", "/nope", 404, false)]
fn errors_are_pages_where_pages_are(#[case] method: &str, #[case] path: &str, #[case] status: u16, #[case] html: bool) {
    let server = Server::demo(Engine::Sqlite);
    let ask = |accept: &str| Answer::of(server.request(method.parse().unwrap(), path).header("Accept", accept).send().unwrap());
    let answer = ask("*/*");
    assert_eq!((answer.status, answer.header("content-type").starts_with("text/html")), (status, html), "{}", answer.text);
    if status == 405 {
        assert_eq!(answer.header("allow"), "GET, HEAD");
    }
    // A browser is told in HTML where no address is known; of the API it asks for what the API says.
    let browser = ask("text/html,application/xhtml+xml,*/*;q=0.8");
    assert_eq!(browser.header("content-type").starts_with("text/html"), !path.starts_with("/v1/"), "{}", browser.text);
    assert_eq!(browser.status, status);
}

#[test]
fn the_style_is_kept_for_ever_under_its_address_and_no_other() {
    let server = Server::demo(Engine::Sqlite);
    let home = page(&server, "/").expect(200).text;
    let address = home.split("rel=\"stylesheet\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(address.starts_with("/assets/registre.css?v="), "{address}");
    let style = server.get(address, None).expect(200);
    assert_eq!((style.header("content-type"), style.header("cache-control")), ("text/css; charset=utf-8", "public, max-age=31536000, immutable"));
    for (path, caching) in [("/assets/registre.css", "public, no-cache"), ("/assets/registre.css?v=0", "public, no-cache")] {
        assert_eq!(server.get(path, None).expect(200).header("cache-control"), caching, "{path}");
    }
}

/// An authority may keep its findings to itself: figures that cannot be right are not shown as certain for that.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn figures_that_cannot_be_are_never_certain(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let token = server.token(crate::harness::PAS_DE_CALAIS, "all");
    let path = format!("/v1/authorities/{}", crate::harness::PAS_DE_CALAIS);
    let authority = server.get(&path, Some(&token)).expect(200);
    let etag = authority.header("etag").to_owned();
    let mut changed = authority.json();
    for added in ["href", "version"] {
        changed.as_object_mut().unwrap().remove(added);
    }
    changed["public_findings"] = serde_json::json!(false);
    server.put(&path, &token, &etag, &changed).expect(200);
    let act = page(&server, &format!("/deliberations/{}", crate::harness::ACT)).expect(200).text;
    assert!(!act.contains("id=\"constats\""));
    for said in ["43 pour, 0 contre, 1 abstention<br>Chiffres imprimés, qui ne concordent pas", "Les chiffres imprimés de ce scrutin"] {
        assert!(act.contains(said), "{said} is not in {act}");
    }
    let sitting = page(&server, &format!("/seances/{}", crate::harness::SITTING)).expect(200).text;
    assert!(sitting.contains("Les chiffres imprimés de ce scrutin"), "{sitting}");
}
