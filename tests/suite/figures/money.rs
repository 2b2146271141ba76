//! Amounts and grants of a small register.

use rstest::rstest;
use serde_json::{Value, json};

use super::{Department, SIREN, uuid};
use crate::harness::{Engine, PAS_DE_CALAIS, Server};

const CLUB: &str = "45383795700043";

fn money(amount: &str) -> Value {
    json!({"amount": amount, "currency": "EUR"})
}

fn line(operation: &str, entry: &str, expense: Option<&str>, revenue: Option<&str>) -> Value {
    json!({"operation_code": operation, "budget_entry": entry, "nature": "6568", "expense": expense.map(money), "revenue": revenue.map(money)})
}

fn granted(name: &str, siret: Option<&str>, amount: Option<&str>) -> Value {
    json!({"name": name, "kind": "legal_person", "siret": siret.map(|digits| json!({"digits": digits})), "amount": amount.map(money)})
}

fn person(name: &str, amount: &str) -> Value {
    json!({"name": name, "kind": "natural_person", "amount": money(amount)})
}

/// Seven acts, of which three count for everyone, and one more for the authority.
struct Register<'a> {
    department: Department<'a>,
    other_body: String,
    annulled: String,
}

impl<'a> Register<'a> {
    fn new(server: &'a Server) -> Self {
        let department = Department::new(server);
        let other_body = department.add("bodies", &json!({"name": "Commission", "kind": "committee", "visibility": "public"}));
        let add = |body: &str, date: &str, outcome: &str, lines: Value, beneficiaries: Value, public: bool| {
            let sitting = department.sitting(body, date, &json!({}));
            let act = json!({"sitting": sitting, "origin": "transcribed", "title": "Un acte", "outcome": outcome,
                "budget_tables": [{"lines": lines}], "beneficiaries": beneficiaries});
            let id = department.add("deliberations", &act);
            if public {
                department.show("deliberations", &id);
            }
            id
        };
        let body = &department.body;
        add(
            body,
            "2024-03-04",
            "adopted",
            json!([
                line("OP1", "6568//93", Some("100.10"), None),
                line("OP1", "6568//93", Some("0.90"), None),
                line("OP2", "7478//93", None, Some("40.00"))
            ]),
            json!([
                granted("Club d'aviron", Some(CLUB), Some("100.10")),
                granted("École de Musique", None, Some("0.90")),
                person("Camille DÉROBÉE", "5.00")
            ]),
            true,
        );
        add(
            body,
            "2025-02-03",
            "adopted_as_amended",
            // Of one line nothing is known; another is in another currency.
            json!([line("OP1", "6568//94", Some("1000000.00"), Some("-0.01")), line("OP1", "6568//94", None, None),
                {"operation_code": "OP1", "budget_entry": "6568//94", "expense": {"amount": "7.00", "currency": "CHF"}},
                {"budget_entry": "6568//94", "expense": {"amount": "3.00"}}]),
            // The same club under another name, and the same school written otherwise; one amount is not known.
            json!([granted("AVIRON CLUB", Some(CLUB), Some("0.05")), granted("ÉCOLE DE  MUSIQUE", None, Some("9.10")), granted("Les Jardins", None, None),
                // A third of 100.00: 33.00; a joint grant.
                {"name": "Ensemble", "kind": "legal_person", "amount": money("100.00"), "grant": {"share": "0.33"}}]),
            true,
        );
        add(
            &other_body,
            "2025-06-02",
            "decided_vote_unstated",
            json!([line("OP3", "2031//01", Some("12.00"), None)]),
            json!([person("Dominique CACHÉ", "2.50")]),
            true,
        );
        // None of these counts: rejected, of unknown outcome, annulled.
        add(
            body,
            "2025-02-04",
            "rejected",
            json!([line("OP1", "6568//93", Some("50000.00"), None)]),
            json!([granted("Club d'aviron", Some(CLUB), Some("50000.00"))]),
            true,
        );
        add(body, "2025-02-05", "unstated", json!([line("OP1", "6568//93", Some("60000.00"), None)]), json!([]), true);
        let annulled = add(
            body,
            "2025-02-06",
            "adopted",
            json!([line("OP1", "6568//93", Some("70000.00"), None)]),
            json!([granted("Club d'aviron", Some(CLUB), Some("70000.00"))]),
            true,
        );
        // Internal: the authority's own figures only.
        add(
            body,
            "2025-02-07",
            "adopted",
            json!([line("OP1", "6568//93", Some("8.00"), None)]),
            json!([granted("Club d'aviron", Some(CLUB), Some("8.00"))]),
            false,
        );
        let register = Self { department, other_body, annulled };
        register.fact("annulled", &json!({}));
        register
    }

    fn fact(&self, kind: &str, more: &Value) -> String {
        let id = uuid();
        let mut fact = json!({"id": id, "kind": kind, "on": "2025-09-01"});
        fact.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
        self.department.server.post(&format!("/v1/deliberations/{}/facts", self.annulled), &self.department.token, &fact).expect(201);
        id
    }

    /// Key, currency, expense, revenue, acts, lines, unknown.
    fn amounts(&self, token: Option<&str>, query: &str) -> Vec<String> {
        let answer = self.department.read(token, &format!("amounts?{query}"));
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string().replace("null", "-"), str::to_owned);
        let names = ["key", "currency", "expense", "revenue", "acts", "lines", "unknown"];
        answer["data"].as_array().unwrap().iter().map(|line| names.map(|name| text(&line[name])).join(" ")).collect()
    }

    /// Name, SIRET, granted, acts, unknown, first, last.
    fn grants(&self, token: Option<&str>, query: &str) -> Vec<String> {
        let answer = self.department.read(token, &format!("grants?{query}"));
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string().replace("null", "-"), str::to_owned);
        let names = ["name", "siret", "granted", "acts", "unknown", "first", "last"];
        answer["data"].as_array().unwrap().iter().map(|line| names.map(|name| text(&line[name])).join(" ")).collect()
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_acts_come_to(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let register = Register::new(&server);
    let body = format!("by=operation&body={}", register.other_body);
    let cases: &[(&str, &[&str])] = &[
        // 100.10 + 0.90 + 1000000.00; the line that says no operation comes first, and is in euros for it names no currency.
        (
            "by=operation",
            &["- EUR 3.00 - 1 1 0", "OP1 CHF 7.00 - 1 1 0", "OP1 EUR 1000101.00 -0.01 2 4 1", "OP2 EUR - 40.00 1 1 0", "OP3 EUR 12.00 - 1 1 0"],
        ),
        ("by=entry&year=2024", &["6568//93 EUR 101.00 - 1 2 0", "7478//93 EUR - 40.00 1 1 0"]),
        ("by=nature&year=2025", &["- CHF 7.00 - 1 1 0", "- EUR 3.00 - 1 1 0", "6568 EUR 1000012.00 -0.01 2 3 1"]),
        ("by=function&year=2024", &["- EUR 101.00 40.00 1 3 0"]),
        ("by=year", &["2024 EUR 101.00 40.00 1 3 0", "2025 CHF 7.00 - 1 1 0", "2025 EUR 1000015.00 -0.01 2 4 1"]),
        ("by=year&date_from=2024-01-01&date_to=2024-12-31", &["2024 EUR 101.00 40.00 1 3 0"]),
        (&body, &["OP3 EUR 12.00 - 1 1 0"]),
        // Granted: 100.10 + 0.05 to the club; without a SIRET 0.90 + 5.00, 9.10 + nothing known + 33.00, 2.50.
        ("by=beneficiary", &["- EUR 50.50 - 3 6 1", "45383795700043 EUR 100.15 - 2 2 0"]),
        ("by=year&year=2020", &[]),
    ];
    for (query, expected) in cases {
        assert_eq!(register.amounts(None, query), *expected, "{query}");
    }
    let own = server.token(SIREN, "records:read");
    assert_eq!(register.amounts(Some(&own), "by=entry&date_from=2025-02-07&date_to=2025-02-07"), ["6568//93 EUR 8.00 - 1 1 0"]);
    // Rejected, unknown; annulled.
    assert_eq!(register.department.read(None, "amounts?by=year")["left_out"], json!({"not_adopted": 2, "annulled": 1}));
    // A fact that is struck out undoes nothing: the act counts again.
    let wrong = register.department.server.get(&format!("/v1/deliberations/{}/facts", register.annulled), Some(&register.department.token)).json();
    let wrong = wrong["data"][0]["id"].clone();
    register.fact("annulled", &json!({"corrects": wrong, "on": "2025-09-02"}));
    assert_eq!(register.department.read(None, "amounts?by=year")["left_out"]["annulled"], 1, "the fact that replaces it says the same");
    let table = register.department.csv(None, "amounts?by=operation");
    assert_eq!(table[0], "key,currency,expense,revenue,acts,lines,unknown");
    assert_eq!((table.len(), table[3].as_str()), (6, "OP1,EUR,1000101.00,-0.01,2,4,1"));
    // Page by page.
    let (mut lines, mut next) = (Vec::new(), Some(format!("/v1/statistics/amounts?by=operation&authority={SIREN}&limit=2")));
    while let Some(path) = next {
        let page = server.get(&path, None).expect(200).json();
        lines.extend(page["data"].as_array().unwrap().iter().map(|line| line["key"].clone()));
        next = page["links"]["next"].as_str().map(str::to_owned);
    }
    assert_eq!(lines, [json!(null), json!("OP1"), json!("OP1"), json!("OP2"), json!("OP3")]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn who_was_granted_what(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let register = Register::new(&server);
    let club = "Club d'aviron 45383795700043 100.15 2 0 2024-03-04 2025-02-03";
    let expected = [
        club,
        "Ensemble - 33.00 1 0 2025-02-03 2025-02-03",
        "École de Musique - 10.00 2 0 2024-03-04 2025-02-03",
        "Les Jardins - - 1 1 2025-02-03 2025-02-03",
    ];
    assert_eq!(register.grants(None, ""), expected);
    assert_eq!(
        register.grants(None, "year=2024"),
        ["Club d'aviron 45383795700043 100.10 1 0 2024-03-04 2024-03-04", "École de Musique - 0.90 1 0 2024-03-04 2024-03-04"]
    );
    assert_eq!(register.grants(None, &format!("body={}", register.other_body)), Vec::<String>::new());
    let told = register.department.read(None, "grants");
    assert_eq!(told["natural_persons"], json!([{"currency": "EUR", "granted": "7.50", "acts": 2, "lines": 2, "unknown": 0}]));
    assert_eq!(told["left_out"], json!({"not_adopted": 1, "annulled": 1}));
    // Nobody is named to anyone but the authority.
    let other = server.token(PAS_DE_CALAIS, "all");
    let bare = server.token(SIREN, "acts:publish");
    for token in [None, Some(other.as_str()), Some(bare.as_str())] {
        for path in ["grants", "amounts?by=beneficiary"] {
            let text = register.department.read(token, path).to_string() + &register.department.csv(token, path).concat();
            assert!(!text.contains("DÉROBÉE") && !text.contains("CACHÉ"), "{text}");
        }
    }
    let own = server.token(SIREN, "records:read");
    let mine = register.grants(Some(&own), "");
    // With the internal act: 100.15 + 8.00.
    assert_eq!(mine[0], "Club d'aviron 45383795700043 108.15 3 0 2024-03-04 2025-02-07");
    assert_eq!(
        (mine.len(), mine[3].as_str(), mine[4].as_str()),
        (6, "Camille DÉROBÉE - 5.00 1 0 2024-03-04 2024-03-04", "Dominique CACHÉ - 2.50 1 0 2025-06-02 2025-06-02")
    );
    assert_eq!(register.department.read(Some(&own), "grants")["natural_persons"], json!([]));
    let table = register.department.csv(None, "grants");
    assert_eq!(table[0], "siret,name,kind,currency,granted,acts,lines,unknown,first,last");
    assert_eq!(table[1], "45383795700043,Club d'aviron,legal_person,EUR,100.15,2,2,0,2024-03-04,2025-02-03");
    assert_eq!(table[5], ",,natural_person,EUR,7.50,2,2,0,,");
}

/// Sums that no 64-bit integer holds are still right.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn sums_are_never_too_large(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let department = Department::new(&server);
    let sitting = department.sitting(&department.body, "2025-01-01", &json!({}));
    let largest = "9999999999999.99";
    let beneficiaries: Vec<Value> = (0..1000).map(|_| granted("Le Gouffre", None, Some(largest))).collect();
    for _ in 0..10 {
        let act = json!({"sitting": sitting, "origin": "transcribed", "title": "Trop", "outcome": "adopted", "beneficiaries": beneficiaries});
        department.show("deliberations", &department.add("deliberations", &act));
    }
    // 10 000 × 9 999 999 999 999.99 = 99 999 999 999 999 900.00: 9.99… × 10^18 cents, more than 2^63.
    let told = department.read(None, "grants");
    assert_eq!(told["data"][0]["granted"], "99999999999999900.00");
    assert_eq!(department.read(None, "amounts?by=beneficiary")["data"][0]["expense"], "99999999999999900.00");
}

/// The real act: one line, one beneficiary.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_real_act_in_money(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let line = server.get("/v1/statistics/amounts?by=operation", None).expect(200).json()["data"][0].clone();
    assert_eq!(
        (&line["key"], &line["expense"], &line["currency"], &line["lines"]),
        (&json!("C01-650A01"), &json!("11780.00"), &json!("EUR"), &json!(1))
    );
    let grant = server.get("/v1/statistics/grants", None).expect(200).json()["data"][0].clone();
    let expected = json!({"siret": CLUB, "name": "Cliss XXI", "kind": "legal_person", "currency": "EUR", "granted": "11780.00", "acts": 1, "lines": 1,
        "unknown": 0, "first": "2025-07-07", "last": "2025-07-07"});
    assert_eq!(grant, expected);
    for (path, at) in [("amounts", "by"), ("amounts?by=colour", "by"), ("grants?year=x", "year"), ("grants?limit=0", "limit")] {
        let answer = server.get(&format!("/v1/statistics/{path}"), None);
        answer.problem(400, "invalid-parameter");
        assert_eq!(answer.json()["errors"][0]["pointer"], at);
    }
    server.get("/v1/statistics/grants?cursor=LTE", None).problem(400, "invalid-cursor");
    let read = server.get("/v1/statistics/grants", None);
    assert_eq!(read.header("cache-control"), "public, no-cache");
}
