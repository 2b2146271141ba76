//! Which words differ: stretches of both sides, in order.

use std::collections::HashMap;
use std::ops::Range;
use std::time::Instant;

use similar::{Algorithm, DiffTag, capture_diff_slices_deadline};

use super::words::Word;

/// Words of the one side that stand where those of the other do; one of the two may be empty.
pub(super) struct Hunk {
    pub old: Range<usize>,
    pub new: Range<usize>,
}

impl Hunk {
    fn size(&self) -> usize {
        self.old.len().max(self.new.len())
    }
}

/// So many equal words do not divide two changes that are longer: "de la" between two rewritten phrases.
const THIN: usize = 2;
/// A difference is moved by so many words at most, to begin where a line does.
const SLIDE: usize = 60;

/// The differences, and whether they were looked for to the end.
pub(super) fn hunks(old: &[Word], new: &[Word], until: Option<Instant>) -> (Vec<Hunk>, bool) {
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut numbers: [Vec<usize>; 2] = [old, new].map(|words| Vec::with_capacity(words.len()));
    for (side, words) in numbers.iter_mut().zip([old, new]) {
        for word in words {
            let next = known.len();
            side.push(*known.entry(word.form.as_str()).or_insert(next));
        }
    }
    let [before, after] = numbers;
    let ops = capture_diff_slices_deadline(Algorithm::Patience, &before, &after, until);
    let complete = until.is_none_or(|until| Instant::now() < until);
    let mut hunks: Vec<Hunk> = Vec::new();
    for op in ops.iter().filter(|op| op.tag() != DiffTag::Equal) {
        let hunk = Hunk { old: op.old_range(), new: op.new_range() };
        match hunks.last_mut() {
            Some(last) if thin(last, &hunk) => (last.old.end, last.new.end) = (hunk.old.end, hunk.new.end),
            _ => hunks.push(hunk),
        }
    }
    let mut free = (0, 0);
    for hunk in &mut hunks {
        if hunk.new.is_empty() {
            back(hunk, slid(old, &hunk.old, free.0));
        } else if hunk.old.is_empty() {
            back(hunk, slid(new, &hunk.new, free.1));
        }
        free = (hunk.old.end, hunk.new.end);
    }
    (hunks, complete)
}

fn thin(last: &Hunk, next: &Hunk) -> bool {
    let between = next.old.start - last.old.end;
    let rewritten = |hunk: &Hunk| !hunk.old.is_empty() && !hunk.new.is_empty() && between < hunk.size();
    between == 0 || between <= THIN && rewritten(last) && rewritten(next)
}

fn back(hunk: &mut Hunk, by: usize) {
    for range in [&mut hunk.old, &mut hunk.new] {
        *range = range.start - by..range.end - by;
    }
}

/// By how many words a stretch that stands on one side alone can begin earlier and say the same: as far as its line begins.
fn slid(words: &[Word], range: &Range<usize>, free: usize) -> usize {
    let begins = |at: usize| words.get(at).is_some_and(|word| word.first);
    let mut by = 0;
    loop {
        let (start, end) = (range.start - by, range.end - by);
        if begins(start) {
            return by;
        }
        if by == SLIDE || start <= free {
            return 0;
        }
        match (words.get(start - 1), words.get(end - 1)) {
            (Some(before), Some(last)) if before.form == last.form => by += 1,
            _ => return 0,
        }
    }
}
