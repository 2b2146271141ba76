//! Bodies that are no JSON, too large, or of another type.

use super::row::{Row, act, all, row, with};
use crate::harness::Server;

const ACTS: &str = "/v1/deliberations";
const MIB: usize = 1024 * 1024;

/// `recitals` is the one list that nests in the schema.
fn recitals(depth: usize) -> String {
    format!("{{\"recitals\":{}{}}}", "[{\"text\":\"\",\"children\":".repeat(depth), "[]}]".repeat(depth))
}

fn nested(depth: usize) -> String {
    let act = act().to_string();
    format!("{{\"deep\":{}{},{}", "[".repeat(depth), "]".repeat(depth), act.trim_start_matches('{'))
}

pub fn rows(server: &Server) -> Vec<Row> {
    let token = all(server);
    let post = |name| row(name, "POST", ACTS).by(&token);
    let malformed = |name, body: &[u8]| post(name).text(body).gives(400, "malformed-json");
    let good = act().to_string();
    let chunks = format!("{:x}\r\n{}\r\n0\r\n\r\n", 5 * MIB, " ".repeat(5 * MIB));
    vec![
        malformed("an empty body", b""),
        malformed("spaces only", b"  \n "),
        malformed("a truncated body", good.get(..good.len() - 1).unwrap().as_bytes()),
        malformed("a text cut in the middle", b"{\"title\":\"Un ac"),
        malformed("something behind the JSON", format!("{good}x").as_bytes()),
        malformed("two values", format!("{good}{good}").as_bytes()),
        malformed("single quotes", b"{'title':'x'}"),
        malformed("a comma too many", b"{\"title\":\"x\",}"),
        malformed("a comment", b"{/* x */\"title\":\"x\"}"),
        malformed("NaN", b"{\"title\":NaN}"),
        malformed("a byte order mark", format!("\u{feff}{good}").as_bytes()),
        malformed("UTF-16", &good.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
        malformed("a byte that is not UTF-8", b"{\"title\":\"caf\xe9\"}"),
        malformed("an overlong encoding", b"{\"title\":\"\xc0\xaf\"}"),
        malformed("half of a surrogate pair", b"{\"title\":\"\\ud83d\"}"),
        malformed("a raw line feed in a text", b"{\"title\":\"a\nb\"}"),
        post("100000 levels of lists").text("[".repeat(100_000)).gives(422, "invalid-field").at(&["/0"]),
        post("100000 levels in a field that does not exist").text(nested(100_000)).gives(422, "unknown-field").at(&["/deep"]),
        malformed("60000 levels of recitals", recitals(60_000).as_bytes()),
        malformed("a form", b"title=Un+acte"),
        post("10 MB").text(with(act(), "title", "x".repeat(10 * MIB).into()).to_string()).gives(413, "body-too-large"),
        post("one byte over the limit").text(format!("{good}{}", " ".repeat(4 * MIB + 1 - good.len()))).gives(413, "body-too-large"),
        post("5 MiB in chunks").header("Transfer-Encoding", "chunked").text(chunks).gives(413, "body-too-large"),
        post("no media type").bytes(good.clone()).gives(415, "unsupported-media-type"),
        post("text/plain").bytes(good.clone()).header("Content-Type", "text/plain").gives(415, "unsupported-media-type"),
        post("a form's media type")
            .bytes(good.clone())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .gives(415, "unsupported-media-type"),
        post("a patch's media type").bytes(good.clone()).header("Content-Type", "application/merge-patch+json").gives(415, "unsupported-media-type"),
        post("JSON lines").bytes(good.clone()).header("Content-Type", "application/jsonl").gives(415, "unsupported-media-type"),
        post("a body in gzip")
            .text(good)
            .header("Content-Encoding", "gzip")
            .gives(415, "unsupported-media-type")
            .answering("accept-encoding", "identity"),
    ]
}
