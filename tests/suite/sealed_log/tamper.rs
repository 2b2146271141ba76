//! One change in the rows of a log, at random but the same way each time.

use super::rows::Rows;

/// What is changed.
pub const PARTS: [&str; 17] = [
    "byte of an entry",
    "byte of a document",
    "byte of a node",
    "byte of a checkpoint",
    "column deliberation",
    "column sealed_at",
    "column sealed_by",
    "entry deleted",
    "node deleted",
    "checkpoint deleted",
    "two entries swapped",
    "two nodes swapped",
    "two checkpoints swapped",
    "entry repeated, in its place or at the end",
    "node repeated, in its place or beyond",
    "checkpoint repeated, in its place or beyond",
    "two documents swapped",
];

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ z >> 31) % u64::try_from(limit).unwrap()).unwrap()
    }

    /// Two different places.
    fn two(&mut self, limit: usize) -> (usize, usize) {
        let one = self.below(limit);
        (one, (one + 1 + self.below(limit - 1)) % limit)
    }

    fn byte(&mut self, bytes: &mut [u8]) {
        let at = self.below(bytes.len());
        bytes[at] ^= u8::try_from(1 + self.below(255)).unwrap();
    }

    /// Another printable character in the place of one: a column of text holds no bytes that are not one.
    fn character(&mut self, text: &mut String) {
        let mut characters: Vec<char> = text.chars().collect();
        let at = self.below(characters.len());
        let others: Vec<char> = ('\n'..='~').filter(|c| *c != characters[at]).collect();
        characters[at] = others[self.below(others.len())];
        *text = characters.into_iter().collect();
    }
}

/// The last leaf below a node.
fn leaf((level, index): (i32, i64)) -> usize {
    usize::try_from(((index + 1) << level) - 1).unwrap()
}

impl Rows {
    /// Changes one thing. Says what, and the first leaf where it can be seen.
    pub fn tamper(&mut self, kind: usize, dice: &mut Dice) -> (String, usize) {
        let (e, e2) = dice.two(self.entries.len());
        let (n, n2) = dice.two(self.nodes.len());
        let (c, c2) = dice.two(self.checkpoints.len());
        let at = |rows: &Self, n: usize| leaf((rows.nodes[n].0, rows.nodes[n].1));
        let beyond = dice.below(2) == 1;
        let end = self.entries.len();
        let size = i64::try_from(end).unwrap();
        let mut seen = match kind {
            0 | 1 | 4..=6 | 7 => e,
            2 | 8 => at(self, n),
            11 => at(self, n).min(at(self, n2)),
            3 | 9 => c,
            12 => c.min(c2),
            13 if beyond => end,
            14 if beyond => end,
            15 if beyond => end,
            13 => e,
            14 => at(self, n),
            15 => c,
            _ => e.min(e2),
        };
        match kind {
            0 => dice.byte(&mut self.entries[e].entry),
            1 => dice.byte(&mut self.entries[e].document),
            2 => dice.byte(&mut self.nodes[n].2),
            3 => dice.character(&mut self.checkpoints[c].1),
            4 => dice.character(&mut self.entries[e].deliberation),
            5 => self.entries[e].sealed_at += chrono::Duration::microseconds(1 << dice.below(40)),
            6 => dice.character(&mut self.entries[e].sealed_by),
            7 => drop(self.entries.remove(e)),
            8 => drop(self.nodes.remove(n)),
            9 => drop(self.checkpoints.remove(c)),
            10 => {
                let (one, other) = (self.entries[e].leaf, self.entries[e2].leaf);
                (self.entries[e].leaf, self.entries[e2].leaf) = (other, one);
            }
            11 => {
                let hash = self.nodes[n].2.clone();
                self.nodes[n].2 = std::mem::replace(&mut self.nodes[n2].2, hash);
            }
            12 => {
                let note = self.checkpoints[c].1.clone();
                self.checkpoints[c].1 = std::mem::replace(&mut self.checkpoints[c2].1, note);
            }
            13 => {
                let mut row = self.entries[e].clone();
                row.leaf = if beyond { size } else { row.leaf };
                self.entries.push(row);
            }
            14 => {
                let mut row = self.nodes[n].clone();
                row.1 = if beyond { (size >> row.0) + i64::try_from(dice.below(3)).unwrap() } else { row.1 };
                self.nodes.push(row);
            }
            15 => {
                let mut row = self.checkpoints[c].clone();
                row.0 = if beyond { size + 1 } else { row.0 };
                self.checkpoints.push(row);
            }
            _ => {
                let document = self.entries[e].document.clone();
                self.entries[e].document = std::mem::replace(&mut self.entries[e2].document, document);
            }
        }
        self.sort();
        seen = seen.min(end);
        (format!("{}: entries {e} and {e2}, nodes {n} and {n2}, checkpoints {c} and {c2}, beyond {beyond}", super::PARTS[kind]), seen)
    }
}
