//! Fields that do not exist, or have a value that they cannot have.

use serde_json::{Value, json};

use super::row::{Row, act, all, row, sitting, with};
use crate::harness::SITTING;
use crate::harness::Server;
use crate::harness::world::{GROUP, LIVE, LIVE_EVENT, LIVE_ITEM, PERSON};

pub fn rows(server: &Server) -> Vec<Row> {
    let token = all(server);
    let to = |name, path: &str, body: &Value| row(name, "POST", path).by(&token).json(body);
    let acts = |name, field: &str, content: Value| to(name, "/v1/deliberations", &with(act(), field, content));
    let sittings = |name, field: &str, content: Value| to(name, "/v1/sittings", &with(sitting(), field, content));
    let raw = |name, body: &str| row(name, "POST", "/v1/deliberations").by(&token).text(body);
    let amount = |name, amount: Value| {
        acts(name, "beneficiaries", json!([{"name": "X", "amount": {"amount": amount}}]))
            .gives(422, "invalid-field")
            .at(&["/beneficiaries/0/amount/amount"])
    };
    let count = |name, count: Value| sittings(name, "members_in_office", count).gives(422, "invalid-field").at(&["/members_in_office"]);
    let internal = |name, rules: Value| {
        let body = json!({"name": "X", "kind": "departmental_permanent_commission", "internal_rules": rules});
        to(name, "/v1/bodies", &body).gives(422, "invalid-field")
    };
    let on_paper = |name, field: Value| {
        let mut ballot = json!({"id": LIVE, "covers": [LIVE_ITEM]});
        ballot.as_object_mut().unwrap().extend(field.as_object().unwrap().clone());
        let record = with(with(sitting(), "agenda", json!([{"id": LIVE_ITEM}])), "ballots", json!([ballot]));
        to(name, "/v1/sittings", &record).gives(422, "invalid-field")
    };
    let no_title = json!({"sitting": act()["sitting"], "origin": "transcribed"});
    let mut rows = vec![
        acts("an unknown field", "colour", json!("blue")).gives(422, "unknown-field").at(&["/colour"]),
        acts("an unknown field that is null", "colour", Value::Null).gives(422, "unknown-field").at(&["/colour"]),
        acts("a field in another case", "Title", json!("x")).gives(422, "unknown-field").at(&["/Title"]),
        acts("an unknown field within", "headings", json!({"authority": "x", "colour": 1})).gives(422, "unknown-field").at(&["/headings/colour"]),
        acts("an unknown field in a list", "articles", json!([{"text": "a"}, {"text": "b", "colour": {}}]))
            .gives(422, "unknown-field")
            .at(&["/articles/1/colour"]),
        acts("an unknown field three lists down", "articles", json!([{"children": [{"children": [{"a/b~c": 1}]}]}]))
            .gives(422, "unknown-field")
            .at(&["/articles/0/children/0/children/0/a~1b~0c"]),
        to("several unknown fields", "/v1/deliberations", &with(with(act(), "aa", json!(1)), "zz", json!([])))
            .gives(422, "unknown-field")
            .at(&["/aa", "/zz"]),
        acts("what the register adds", "workflow", json!("sealed")).gives(422, "unknown-field").at(&["/workflow"]),
        acts("an identifier of one's own", "id", json!(PERSON)).gives(422, "unknown-field").at(&["/id"]),
        acts("a number for a text", "title", json!(5)).gives(422, "invalid-field").at(&["/title"]),
        acts("null for a text that must be", "title", Value::Null).gives(422, "invalid-field").at(&["/title"]),
        acts("a text for a list", "articles", json!("Article 1er")).gives(422, "invalid-field").at(&["/articles"]),
        acts("an object for a list", "articles", json!({"0": {"text": "a"}})).gives(422, "invalid-field").at(&["/articles"]),
        acts("null for a list that is never unknown", "articles", Value::Null).gives(422, "invalid-field").at(&["/articles"]),
        acts("a list for an object", "headings", json!(["x", "y", "z"])).gives(422, "invalid-field").at(&["/headings"]),
        acts("a list for an object in a list", "numbers", json!([["act", "2025-1", null]])).gives(422, "invalid-field").at(&["/numbers/0"]),
        acts("a text for a yes or no", "report", json!({"opinions": "none"})).gives(422, "invalid-field").at(&["/report/opinions"]),
        raw("a text for a record", "\"Un acte\"").gives(422, "invalid-field").at(&[""]),
        raw("null for a record", "null").gives(422, "invalid-field").at(&[""]),
        raw("a list for a record", &json!([act()["sitting"], "transcribed", [], "deliberation", null, [], "Un acte"]).to_string())
            .gives(422, "invalid-field")
            .at(&[""]),
        raw("a field twice", "{\"title\":\"a\",\"title\":\"b\"}").gives(422, "invalid-field").at(&[""]),
        to("a field that is needed is absent", "/v1/deliberations", &no_title).gives(422, "invalid-field").at(&[""]),
        acts("an empty title", "title", json!("")).gives(422, "invalid-field").at(&["/title"]),
        acts("a title of spaces", "title", json!(" \u{a0}\t")).gives(422, "invalid-field").at(&["/title"]),
        acts("U+0000 in a text", "title", json!("a\u{0}b")).gives(422, "invalid-field").at(&["/title"]),
        acts("U+0000 deep within", "articles", json!([{"children": [{"text": "\u{0}"}]}]))
            .gives(422, "invalid-field")
            .at(&["/articles/0/children/0/text"]),
        acts("an empty number", "numbers", json!([{"kind": "act", "value": "1"}, {"kind": "act", "value": ""}]))
            .gives(422, "invalid-field")
            .at(&["/numbers/1/value"]),
        acts("an empty external identifier", "external_ids", json!([{"scheme": "", "value": ""}]))
            .gives(422, "invalid-field")
            .at(&["/external_ids/0/scheme", "/external_ids/0/value"]),
        acts("a word that is not in the vocabulary", "outcome", json!("accepted")).gives(422, "invalid-field").at(&["/outcome"]),
        acts("a word in another case", "outcome", json!("Adopted")).gives(422, "invalid-field").at(&["/outcome"]),
        acts("a word that is empty", "outcome", json!("")).gives(422, "invalid-field").at(&["/outcome"]),
        acts("an identifier that is no UUID", "sitting", json!("42")).gives(422, "invalid-field").at(&["/sitting"]),
        acts("an identifier of 31 digits", "sitting", json!("01977e51-0005-7000-8000-00000000001")).gives(422, "invalid-field").at(&["/sitting"]),
        acts("an identifier that is a number", "agenda_items", json!([48])).gives(422, "invalid-field").at(&["/agenda_items/0"]),
        acts("a currency that is a word", "beneficiaries", json!([{"amount": {"amount": "1.00", "currency": "euro"}}]))
            .gives(422, "invalid-field")
            .at(&["/beneficiaries/0/amount/currency"]),
        acts("a currency in small letters", "budget_tables", json!([{"total": {"currency": "eur"}}]))
            .gives(422, "invalid-field")
            .at(&["/budget_tables/0/total/currency"]),
        sittings("30 February", "date", json!("2025-02-30")).gives(422, "invalid-field").at(&["/date"]),
        sittings("29 February of a common year", "end_date", json!("2025-02-29")).gives(422, "invalid-field").at(&["/end_date"]),
        sittings("the thirteenth month", "date", json!("2025-13-01")).gives(422, "invalid-field").at(&["/date"]),
        sittings("a date before every calendar", "date", json!("-9999-01-01")).gives(422, "invalid-field").at(&["/date"]),
        sittings("a date after the year 9999", "date", json!("+10000-01-01")).gives(422, "invalid-field").at(&["/date"]),
        to("a group from before every calendar", "/v1/groups", &json!({"name": "X", "valid_from": "-9999-01-01"}))
            .gives(422, "invalid-field")
            .at(&["/valid_from"]),
        to("a revocation of U+0000", "/v1/revocations", &json!({"claim": "sub", "value": "\u{0}"})).gives(422, "invalid-field").at(&["/value"]),
        to("a revocation of nobody", "/v1/revocations", &json!({"claim": "sub", "value": ""})).gives(422, "invalid-field").at(&["/value"]),
        sittings("a date in words", "date", json!("7 juillet 2025")).gives(422, "invalid-field").at(&["/date"]),
        sittings("a date that is a number", "date", json!(20_250_707)).gives(422, "invalid-field").at(&["/date"]),
        sittings("an end before the start", "end_date", json!("2025-07-06")).gives(422, "invalid-field").at(&["/end_date"]),
        sittings("25 o'clock", "starts", json!({"at": "2025-07-07T25:00:00Z"})).gives(422, "invalid-field").at(&["/starts/at"]),
        sittings("an hour without a zone", "starts", json!({"at": "2025-07-07T09:00:00"})).gives(422, "invalid-field").at(&["/starts/at"]),
        to("a SIREN whose check digit is wrong", "/v1/authorities", &json!({"siren": "226200013", "name": "X", "kind": "department"}))
            .gives(422, "invalid-field")
            .at(&["/siren"]),
        to("a SIREN with spaces", "/v1/authorities", &json!({"siren": "226 200 012", "name": "X", "kind": "department"}))
            .gives(422, "invalid-field")
            .at(&["/siren"]),
        to("a body without a name", "/v1/bodies", &json!({"name": "  ", "kind": "committee"})).gives(422, "invalid-field").at(&["/name"]),
        internal("internal rules that no profile has", json!([{"rule": "quorum.items", "article": "article 3"}])).at(&["/internal_rules/0/rule"]),
        internal("internal rules against verified statute", json!([{"rule": "quorum.item", "article": "article 3", "value": "present"}]))
            .at(&["/internal_rules/0/rule"]),
        internal("a value that cannot be read", json!([{"rule": "proxy.valid", "article": "article 3", "value": "deux"}]))
            .at(&["/internal_rules/0/value"]),
        internal("fewer days than statute", json!([{"rule": "act.dates.report", "article": "article 3", "value": "5 days"}]))
            .at(&["/internal_rules/0/value"]),
        internal("internal rules without their article", json!([{"rule": "proxy.valid", "article": " "}])).at(&["/internal_rules/0/article"]),
        internal(
            "two values on one day",
            json!([{"rule": "proxy.valid", "article": "a", "valid_to": "2024-12-31"}, {"rule": "proxy.valid", "article": "b", "valid_from": "2024-12-31"}]),
        )
        .at(&["/internal_rules/1/rule"]),
        internal(
            "internal rules that end before they start",
            json!([{"rule": "proxy.valid", "article": "a", "valid_from": "2025-01-02", "valid_to": "2025-01-01"}]),
        )
        .at(&["/internal_rules/0/valid_to"]),
        on_paper("an acknowledgement on paper", json!({"acknowledge": [{"code": "quorum.not_met", "reason": "x"}]})).at(&["/ballots/0/acknowledge"]),
        on_paper("an electorate on paper", json!({"electorate": {"present": 1, "represented": 0, "recused": 0, "voters": 1, "quorum": 1}}))
            .at(&["/ballots/0/electorate"]),
        on_paper("a vote by one voice on paper", json!({"group_votes": [{"group": GROUP, "option": "for"}]})).at(&["/ballots/0/group_votes"]),
        sittings("an acknowledged event on paper", "timeline", json!([{"id": LIVE_EVENT, "kind": "proxy_given", "acknowledge": [{"code": "proxy.invalid", "reason": "x"}]}]))
            .gives(422, "invalid-field")
            .at(&["/timeline/0/acknowledge"]),
        sittings("a second meeting after one that nobody knows", "second_meeting", json!({"of": PERSON}))
            .gives(422, "invalid-field")
            .at(&["/second_meeting/of"]),
        sittings("a second meeting on another day than the first was", "second_meeting", json!({"of": SITTING, "first_date": "2025-07-06"}))
            .gives(422, "invalid-field")
            .at(&["/second_meeting/first_date"]),
        sittings("a second meeting on the day of the first", "second_meeting", json!({"first_date": "2025-07-07"}))
            .gives(422, "invalid-field")
            .at(&["/second_meeting/first_date"]),
        to("a group that ends before it starts", "/v1/groups", &json!({"name": "X", "valid_from": "2025-01-02", "valid_to": "2025-01-01"}))
            .gives(422, "invalid-field")
            .at(&["/valid_to"]),
        to("a person without a family name", "/v1/persons", &json!({"family_name": ""})).gives(422, "invalid-field").at(&["/family_name"]),
        to("a claim that nobody revokes by", "/v1/revocations", &json!({"claim": "iss", "value": "registre"}))
            .gives(422, "invalid-field")
            .at(&["/claim"]),
    ];
    rows.extend([
        amount("an amount that is a number", json!(11780.0)),
        amount("an amount with one decimal", json!("11780.0")),
        amount("an amount without decimals", json!("11780")),
        amount("an amount with a comma", json!("11780,00")),
        amount("an amount with a space", json!("11 780.00")),
        amount("an amount with a plus", json!("+1.00")),
        amount("an amount of fourteen digits", json!("10000000000000.00")),
        amount("an amount in other digits", json!("١.٠٠")),
        count("a negative count", json!(-1)),
        count("a count with a fraction", json!(1.5)),
        count("a whole count written with a fraction", json!(1.0)),
        count("a count over 100000", json!(100_001)),
        count("a count that wraps to 5", json!(4_294_967_301_u64)),
        count("a count that is a text", json!("43")),
        count("a count that is true", json!(true)),
    ]);
    rows.extend(
        ["7.", ".7", "7..1", "7,5", "7.100", "7.1.1.1.1.1", "", "٧"]
            .into_iter()
            .zip([
                "a matter code with a point behind",
                "a matter code with a point before",
                "a matter code with two points",
                "a matter code with a comma",
                "a matter code with three digits",
                "a matter code of six segments",
                "an empty matter code",
                "a matter code in other digits",
            ])
            .map(|(code, name)| acts(name, "matter_codes", json!([{"code": code}])).gives(422, "invalid-field").at(&["/matter_codes/0/code"])),
    );
    rows
}
