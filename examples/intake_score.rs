//! Prints how well the reader of printed acts does on a folder of texts: `cargo run --example intake_score -- tests/intake/corpus [--faults]`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::as_conversions)]

#[path = "../tests/intake/score.rs"]
mod score;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "tests/intake/corpus".to_owned());
    let score = score::folder(std::path::Path::new(&folder));
    println!("{} texts\n\n{}", score.texts, score.print());
    if arguments.any(|argument| argument == "--faults") {
        println!("{}", score.faults.join("\n"));
    }
}
