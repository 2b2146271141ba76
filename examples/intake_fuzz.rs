//! Feeds the reader of printed acts with random mutations for so many seconds: `cargo run --release --example intake_fuzz -- SECONDS [MAX_BYTES]`.
//! Prints how many texts were read, the longest time and the most memory that the reading of one text took, beside the text itself; stops at a panic, and keeps
//! the text in `fuzz-failure.bin`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::as_conversions)]

use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}

fn mutate(dice: &mut Dice, pool: &[Vec<u8>], most: usize) -> Vec<u8> {
    let mut bytes = pool[dice.roll(pool.len())].clone();
    for _ in 0..=dice.roll(24) {
        let at = dice.roll(bytes.len() + 1);
        let end = (at + dice.roll(400)).min(bytes.len());
        match dice.roll(7) {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let piece = bytes[at..end].to_vec();
                let times = 1 + dice.roll(60);
                (0..times).for_each(|_| drop(bytes.splice(at..at, piece.iter().copied())));
            }
            2 => {
                let other = &pool[dice.roll(pool.len())];
                let from = dice.roll(other.len() + 1);
                let to = (from + dice.roll(2000)).min(other.len());
                drop(bytes.splice(at..at, other[from..to].iter().copied()));
            }
            3 if at < bytes.len() => bytes[at] = dice.roll(256) as u8,
            4 => bytes.insert(at, *b"\n\t (),;:.-'*|/0".get(dice.roll(15)).unwrap()),
            5 => bytes.extend_from_within(at..end),
            _ => {
                if at < bytes.len() {
                    bytes[at] ^= 1 << dice.roll(8);
                }
            }
        }
        bytes.truncate(most);
    }
    bytes
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let seconds = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(10);
    let most = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(1 << 20);
    let root = std::path::Path::new("tests/intake");
    let mut pool: Vec<Vec<u8>> = ["corpus", "holdout"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
        .collect();
    pool.push(std::fs::read(root.join("seed.txt")).unwrap());
    pool.push(std::fs::read(root.join("seed.pdf")).unwrap_or_default());
    let (start, mut read, mut bytes_read, mut slowest, mut largest) = (Instant::now(), 0usize, 0usize, (Duration::ZERO, 0), (0, 0));
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ u64::from(std::process::id()));
    while start.elapsed() < Duration::from_secs(seconds) {
        let bytes = mutate(&mut dice, &pool, most);
        std::fs::write("/tmp/intake-fuzz-last.bin", &bytes).ok();
        let held = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        let begun = Instant::now();
        let run = std::panic::catch_unwind(|| {
            let text = String::from_utf8_lossy(&bytes);
            registre::intake::read(&text);
            registre::intake::html::text(&text);
            drop(registre::intake::pdf::text(&bytes));
        });
        let took = begun.elapsed();
        if run.is_err() {
            std::fs::write("fuzz-failure.bin", &bytes).unwrap();
            panic!("a text made the reader panic: fuzz-failure.bin");
        }
        if took > slowest.0 {
            slowest = (took, bytes.len());
            std::fs::write("/tmp/intake-fuzz-slowest.bin", &bytes).ok();
        }
        let needed = MEMORY.peak_usage().saturating_sub(held);
        if needed > largest.0 {
            largest = (needed, bytes.len());
            std::fs::write("/tmp/intake-fuzz-largest.bin", &bytes).ok();
        }
        read += 1;
        bytes_read += bytes.len();
        pool_grows(&mut pool, bytes, &mut dice);
    }
    let peak = std::fs::read_to_string("/proc/self/status")
        .unwrap_or_default()
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .map(str::to_owned)
        .unwrap_or_default();
    println!("{read} texts, {bytes_read} bytes; slowest {:?} for {} bytes", slowest.0, slowest.1);
    println!("most memory: {} kB for {} bytes; the whole program, with the texts that it mutates: {peak}", largest.0 / 1024, largest.1);
}

/// Mutations of mutations, up to a size that keeps the pool small.
fn pool_grows(pool: &mut Vec<Vec<u8>>, bytes: Vec<u8>, dice: &mut Dice) {
    if pool.len() < 400 {
        pool.push(bytes);
    } else if dice.roll(10) == 0 {
        let at = 70 + dice.roll(pool.len() - 70);
        pool[at] = bytes;
    }
}
