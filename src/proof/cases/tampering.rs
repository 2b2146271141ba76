//! A log of 1 000 acts that someone tampers with, at random but the same way each time. Nothing may pass. `scripts/prove-tampering` does the
//! long form, and says how many changes it made.

use super::*;

const ACTS: u64 = 1_000;
/// Changes of each other kind.
const OTHERS: u64 = 200;

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ z >> 31) % u64::try_from(limit).unwrap()).unwrap()
    }
}

/// The log, read once: a change is checked from where it was made, with what stands before it as it was.
struct Kept {
    text: Vec<Vec<u8>>,
    lines: Vec<LogLine>,
    /// The check as it stood before each line, and at the end.
    before: Vec<LogCheck>,
}

impl Kept {
    fn new() -> Self {
        let mut text = Log::of(ACTS).lines(7);
        let mut check = LogCheck::begin(&text.remove(0), &trusting(7)).unwrap();
        let lines: Vec<LogLine> = text.iter().map(|line| LogLine::read(line).unwrap()).collect();
        let mut before = vec![check.clone()];
        for line in &lines {
            check.take(Ok(line));
            before.push(check.clone());
        }
        assert!(check.end().passed());
        Self { text, lines, before }
    }

    /// Whether the check finds fault when `pieces` stand in the place of the lines from `from` on, and the kept lines from `rest` follow.
    fn found_out(&self, from: usize, pieces: &[u8], rest: usize) -> bool {
        let mut check = self.before[from].clone();
        for piece in pieces.split_inclusive(|byte| *byte == b'\n') {
            match LogLine::read(piece) {
                Ok(line) => check.take(Ok(&line)),
                Err(fault) => check.take(Err(fault)),
            }
            // What is found once is found: the rest can only add to it.
            if check.failing() {
                return true;
            }
        }
        Self::ended(check, &self.lines[rest..])
    }

    fn ended(mut check: LogCheck, rest: &[LogLine]) -> bool {
        for line in rest {
            check.take(Ok(line));
        }
        !check.end().passed()
    }
}

/// 300, or as many as `TAMPERINGS` says: `scripts/prove-tampering` has 10 000.
#[test]
fn every_changed_byte_is_found() {
    let changes = std::env::var("TAMPERINGS").ok().and_then(|changes| changes.parse().ok()).unwrap_or(300);
    bytes_changed(changes);
    println!("{changes} single bytes changed in a log of {ACTS} acts: all found");
}

fn bytes_changed(changes: u64) {
    let kept = Kept::new();
    let mut dice = Dice(20_261_124);
    let total: usize = kept.text.iter().map(Vec::len).sum();
    for change in 0..changes {
        let (mut line, mut at) = (0, dice.below(total));
        while at >= kept.text[line].len() {
            at -= kept.text[line].len();
            line += 1;
        }
        // The end of a line may be what changes: it is read with the next.
        let mut pieces = kept.text[line..(line + 2).min(kept.text.len())].concat();
        let taken = (line + 2).min(kept.text.len());
        let old = pieces[at];
        pieces[at] = old ^ u8::try_from(1 + dice.below(255)).unwrap();
        assert!(kept.found_out(line, &pieces, taken), "change {change}: byte {at} of entry {line}, {old} to {}", pieces[at]);
    }
}

#[test]
fn every_changed_byte_of_the_header_is_found() {
    let log = Log::of(3);
    let lines = log.lines(7);
    let mut dice = Dice(1);
    for at in 0..lines[0].len() {
        let mut changed = lines.clone();
        changed[0][at] ^= u8::try_from(1 + dice.below(255)).unwrap();
        assert!(!check(&changed, &trusting(7)).passed(), "byte {at}");
    }
}

#[test]
fn every_line_removed_swapped_repeated_or_slipped_in_is_found() {
    let kept = Kept::new();
    let mut dice = Dice(2);
    let count = kept.text.len();
    for _ in 0..OTHERS {
        let line = dice.below(count);
        assert!(kept.found_out(line, b"", line + 1), "line {line} removed");
        assert!(kept.found_out(line, &[kept.text[line].as_slice(), &kept.text[line]].concat(), line + 1), "line {line} repeated");
        let other = (line + 1 + dice.below(count - 1)) % count;
        let (first, last) = (line.min(other), line.max(other));
        let mut swapped = kept.text[first..=last].to_vec();
        swapped.swap(0, last - first);
        assert!(kept.found_out(first, &swapped.concat(), last + 1), "lines {first} and {last} swapped");
        let index = u64::try_from(line).unwrap();
        let new = entry_line(index, &act(ACTS + index).canonical_bytes().unwrap());
        assert!(kept.found_out(line, &[new.as_slice(), &kept.text[line]].concat(), line + 1), "a line slipped in at {line}");
    }
}

/// By someone who knows the format: indexes and hashes are made to fit again. Only the signed root tells.
#[test]
fn every_careful_change_is_found() {
    let kept = Kept::new();
    let mut dice = Dice(3);
    let count = kept.lines.len();
    for _ in 0..OTHERS / 4 {
        let at = dice.below(count - 1);
        let numbered = |lines: &[LogLine]| {
            let mut lines = lines.to_vec();
            lines.iter_mut().zip(u64::try_from(at).unwrap()..).for_each(|(line, index)| line.index = index);
            lines
        };
        let rest = &kept.lines[at..];
        let mut altered = rest.to_vec();
        altered[0].stated = Hash::of_children(altered[0].stated, altered[0].stated);
        altered[0].made = altered[0].stated;
        let mut reordered = rest.to_vec();
        reordered.swap(0, 1);
        let mut repeated = rest.to_vec();
        repeated.insert(0, rest[0].clone());
        for (what, lines) in [("altered", altered), ("reordered", reordered), ("repeated", repeated), ("removed", rest[1..].to_vec())] {
            assert!(Kept::ended(kept.before[at].clone(), &numbered(&lines)), "{what} at {at}");
        }
    }
}
