//! Looks for texts that the reader takes long for: each line of the tests' texts, repeated to 16 kB, then the slowest of them to 1 MB.
//! `cargo run --release --example intake_slow -- [HOW_MANY]`

#![allow(clippy::unwrap_used, reason = "an example")]

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

fn repeated(line: &str, end: &str, bytes: usize) -> String {
    let piece = format!("{line}{end}");
    piece.repeat(bytes.div_ceil(piece.len()))
}

fn timed(text: &str) -> Duration {
    let begun = Instant::now();
    registre::intake::read(text);
    begun.elapsed()
}

fn main() {
    let most = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(12);
    let root = std::path::Path::new("tests/intake");
    let mut lines = BTreeSet::new();
    for folder in ["corpus", "holdout"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            lines.extend(String::from_utf8_lossy(&bytes).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
        }
    }
    // A head makes of what follows the body of an act; the ends make lines, sentences, cells and one long line.
    let act = "DÉLIBÉRATION N° 2025-1\nRÉUNION DU 7 JUILLET 2025\nOBJET : ESSAI\n\n";
    let mut found = Vec::new();
    for line in &lines {
        for (number, (head, end)) in [("", "\n"), (act, "\n"), (act, "\n\n"), (act, " "), (act, "\t"), (act, ", ")].into_iter().enumerate() {
            found.push((timed(&format!("{head}{}", repeated(line, end, 16 * 1024))), number, line, head, end));
        }
    }
    found.sort_by_key(|(took, ..)| std::cmp::Reverse(*took));
    println!("{} lines, {} texts of 16 kB", lines.len(), found.len());
    for (took, number, line, head, end) in found.into_iter().take(most) {
        let whole = timed(&format!("{head}{}", repeated(line, end, 1 << 20)));
        println!(
            "16 kB {:6.1} ms, 1 MB {:7.1} ms, way {number}: {}",
            took.as_secs_f64() * 1000.0,
            whole.as_secs_f64() * 1000.0,
            line.chars().take(90).collect::<String>()
        );
    }
}
