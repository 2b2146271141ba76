//! The corpus: invented acts, whose records were written by hand before they were read.

use std::path::Path;

use crate::score;

/// What holds today; a change may raise these, none may lower them.
#[test]
fn the_corpus_is_read_at_least_as_well_as_before() {
    let score = score::folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/intake/corpus"));
    let total = score.total();
    let told = format!("{}\n{}", score.print(), score.faults.join("\n"));
    assert!(total.right * 1000 >= total.expected * 900, "{told}");
}
