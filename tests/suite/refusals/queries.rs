//! Parameters that do not exist, stand twice or have a value that they cannot have.

use super::row::{Row, all, row};
use crate::harness::world::LIVE_ITEM;
use crate::harness::{ACT, SITTING, Server};

pub fn rows(server: &Server) -> Vec<Row> {
    let token = all(server);
    let get = |name, path: &str| row(name, "GET", path).by(&token);
    let bad = |name, query: &str, parameter| get(name, &format!("/v1/deliberations?{query}")).gives(400, "invalid-parameter").at(&[parameter]);
    let cursor = |name, query: &str| get(name, &format!("/v1/{query}")).gives(400, "invalid-cursor").at(&["cursor"]);
    vec![
        get("an unknown parameter", "/v1/deliberations?colour=blue").gives(400, "unknown-parameter").at(&["colour"]),
        get("an order that does not exist", "/v1/deliberations?sort=title").gives(400, "unknown-parameter").at(&["sort"]),
        get("a filter of another list", "/v1/sittings?number=1").gives(400, "unknown-parameter").at(&["number"]),
        get("a parameter in another case", "/v1/deliberations?Limit=1").gives(400, "unknown-parameter").at(&["Limit"]),
        get("a parameter without a name", "/v1/deliberations?=1").gives(400, "unknown-parameter").at(&[""]),
        get("a parameter where none is known", &format!("/v1/deliberations/{ACT}?pretty=true")).gives(400, "unknown-parameter").at(&["pretty"]),
        get("a parameter of who I am", "/v1/me?x=1").gives(400, "unknown-parameter").at(&["x"]),
        get("a parameter twice", "/v1/deliberations?number=1&number=2").gives(400, "unknown-parameter").at(&["number"]),
        get("a token in the query", &format!("/v1/deliberations?access_token={token}")).gives(400, "unknown-parameter").at(&["access_token"]),
        row("an unknown parameter of a write", "POST", "/v1/groups?force=true")
            .by(&token)
            .text("{\"name\":\"X\"}")
            .gives(400, "unknown-parameter")
            .at(&["force"]),
        bad("a limit of 0", "limit=0", "limit"),
        bad("a limit of 201", "limit=201", "limit"),
        bad("a limit below 0", "limit=-1", "limit"),
        bad("a limit that is no number", "limit=abc", "limit"),
        bad("a limit beyond 64 bits", "limit=99999999999999999999", "limit"),
        bad("an empty limit", "limit=", "limit"),
        bad("a day that does not exist", "date_from=2025-02-30", "date_from"),
        bad("a day in French", "date_to=07/07/2025", "date_to"),
        bad("an authority that is none", "authority=226200013", "authority"),
        bad("a body that is no identifier", "body=1", "body"),
        bad("an outcome that is none", "outcome=accepted", "outcome"),
        bad("a status that is none", "status=signed", "status"),
        bad("a filter by matter code with a point behind", "matter_code=7.", "matter_code"),
        bad("a matter code with a wildcard", "matter_code=7%25", "matter_code"),
        bad("an external identifier without a scheme", "external_id=302", "external_id"),
        bad("an external identifier with an empty scheme", "external_id=:302", "external_id"),
        bad("U+0000 in words", "q=a%00b", "q"),
        bad("U+0000 in a number", "number=%00", "number"),
        bad("U+0000 in an external identifier", "external_id=a:%00", "external_id"),
        bad("a day before every calendar", "date_from=-9999-01-01", "date_from"),
        bad("a day after the year 9999", "date_to=%2B10000-01-01", "date_to"),
        bad("an instant before every calendar", "modified_since=-9999-01-01T00:00:00Z", "modified_since"),
        row("U+0000 in a reason", "PUT", format!("/v1/deliberations/{ACT}/record?reason=%00"))
            .by(&token)
            .header("If-Match", "*")
            .json(&super::row::with(super::row::record(server, &format!("/v1/deliberations/{ACT}/record")), "title", "X".into()))
            .gives(400, "invalid-parameter")
            .at(&["reason"]),
        // ["2025-07-07","\u0000"]
        cursor("a cursor with U+0000", "deliberations?cursor=WyIyMDI1LTA3LTA3IiwiXHUwMDAwIl0"),
        // "\u0000"
        cursor("a cursor of the directory with U+0000", "persons?cursor=Ilx1MDAwMCI"),
        bad("an instant without a zone", "modified_since=2025-07-07T10:00:00", "modified_since"),
        get("a moment said twice over", &format!("/v1/sittings/{SITTING}/attendance?at=2025-07-07T10:00:00Z&item={LIVE_ITEM}"))
            .gives(400, "invalid-parameter")
            .at(&["at"]),
        get("the presence at an item of another sitting", &format!("/v1/sittings/{SITTING}/attendance?item={LIVE_ITEM}"))
            .gives(400, "invalid-parameter")
            .at(&["item"]),
        cursor("a cursor that is no cursor", "deliberations?cursor=abc!"),
        cursor("an empty cursor", "deliberations?cursor="),
        // The JSON text "x", as the directory's cursors are.
        cursor("a cursor of another list", "deliberations?cursor=Ingi"),
        // ["2025-02-30","x"]
        cursor("a cursor of a day that does not exist", "sittings?cursor=WyIyMDI1LTAyLTMwIiwieCJd"),
        cursor("a cursor of the directory that is none", "persons?cursor=%22"),
        row("a list without a token in a register of several", "GET", "/v1/deliberations").gives(400, "authority-needed").at(&["authority"]),
        row("a directory without a token in a register of several", "GET", "/v1/persons").gives(400, "authority-needed").at(&["authority"]),
    ]
}
