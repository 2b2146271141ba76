//! Looks for texts that the reader takes long for: each line of the tests' texts, repeated to 4 and to 32 kB, then to 1 MB those that took longest and those
//! whose time grew faster than their length, the least of three times, with the most memory that the reading took. With files instead of a number: the same of each of them.
//! `cargo run --release --example intake_slow -- [HOW_MANY | FILE...]`

#![allow(clippy::unwrap_used, reason = "an example")]

use std::collections::BTreeSet;
use std::time::Instant;

use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Bytes of the shorter of two texts.
const SHORT: usize = 4096;

fn repeated(line: &str, end: &str, bytes: usize) -> String {
    let piece = format!("{line}{end}");
    piece.repeat(bytes.div_ceil(piece.len()))
}

/// The milliseconds that the reading takes, and the most kB above what was held before.
fn read(text: &str) -> (f64, usize) {
    let held = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let begun = Instant::now();
    registre::intake::read(text);
    (begun.elapsed().as_secs_f64() * 1000.0, MEMORY.peak_usage().saturating_sub(held) / 1024)
}

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|argument| argument.parse::<usize>().is_err()).collect();
    for file in &files {
        let bytes = std::fs::read(file).unwrap();
        let (took, memory) = read(&String::from_utf8_lossy(&bytes));
        println!("{file}, {} kB: {took:.1} ms, {memory} kB of memory", bytes.len() / 1024);
    }
    if !files.is_empty() {
        return;
    }
    let most = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(12);
    let root = std::path::Path::new("tests/intake");
    let mut lines = BTreeSet::new();
    for folder in ["corpus", "holdout", "later", "hostile"] {
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
            let [short, long] = [SHORT, 8 * SHORT].map(|bytes| read(&format!("{head}{}", repeated(line, end, bytes))).0);
            found.push((short, long, number, line, head, end));
        }
    }
    println!("{} lines, {} texts of {} kB", lines.len(), found.len(), 8 * SHORT / 1024);
    // Slow already, and slower the longer it is: eight times the text, more than eight times as long.
    for (what, by) in [("longest", 0.0), ("steepest", 1.0)] {
        let worth = |short: f64, long: f64| long / (short.max(1.0) * 8.0).powf(by);
        found.sort_by(|a, b| worth(b.0, b.1).total_cmp(&worth(a.0, a.1)));
        println!("the {what}");
        for (short, long, number, line, head, end) in found.iter().take(most) {
            let text = format!("{head}{}", repeated(line, end, 1 << 20));
            let [(first, memory), (second, _), (third, _)] = [(); 3].map(|()| read(&text));
            let took = first.min(second).min(third);
            println!(
                "{} kB {short:6.1} ms, {} kB {long:6.1} ms, 1 MB {took:7.1} ms and {memory:6} kB of memory, way {number}: {}",
                SHORT / 1024,
                8 * SHORT / 1024,
                line.chars().take(90).collect::<String>()
            );
        }
    }
}
