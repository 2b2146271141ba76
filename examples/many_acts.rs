//! Writes lines to import on standard output: the directory of an invented department, and so many acts in sittings of thirty.
//! `cargo run --release --example many_acts -- ACTS > acts.ndjson`

#[allow(clippy::indexing_slicing, reason = "an example")]
#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/many/mod.rs"]
mod many;

use std::io::{BufWriter, Write};

fn main() -> std::io::Result<()> {
    let acts = std::env::args().nth(1).and_then(|text| text.parse().ok()).ok_or_else(|| std::io::Error::other("a number of acts is expected"))?;
    let mut out = BufWriter::with_capacity(1024 * 1024, std::io::stdout().lock());
    for line in many::lines(acts) {
        serde_json::to_writer(&mut out, &line)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}
