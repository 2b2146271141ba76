//! What each difference is, and how much it weighs.

use std::collections::HashMap;
use std::ops::Range;

use super::hunks::Hunk;
use super::words::Word;
use super::{Difference, DifferenceClass, DifferenceKind, Sides};
use crate::record::{Span, fold};

/// Marks that may go without the text saying anything else. A sign such as € or % is none of them.
const PUNCTUATION: &str = ".,;:!?…()[]{}\"'-–—_/*·•";
/// Fewer words may stand anywhere: they are not told as moved.
const MOVED: usize = 3;

/// The differences of both sides. `edges` are the lines of heads and feet of pages.
pub(super) fn classed(sides: &Sides<'_>, edges: &[Range<usize>], hunks: Vec<Hunk>) -> Vec<Difference> {
    let hunks: Vec<Hunk> = hunks.into_iter().filter(|hunk| !same(sides, hunk)).collect();
    let moved = moved(sides, &hunks);
    let told = |(hunk, moved): (&Hunk, bool)| {
        let (old, new) = (part(&sides.old, &hunk.old), part(&sides.new, &hunk.new));
        let kind = match (old.is_empty(), new.is_empty()) {
            (_, true) => DifferenceKind::Missing,
            (true, _) => DifferenceKind::Added,
            _ => DifferenceKind::Changed,
        };
        let span = extent(old).unwrap_or_else(|| place(sides, hunk));
        let rendered = extent(new).and_then(|range| sides.rendered.get(range)).unwrap_or_default().to_owned();
        let class = if of_layout(old, new, edges) {
            DifferenceClass::Layout
        } else if moved {
            DifferenceClass::Order
        } else if of_form(sides, hunk) {
            DifferenceClass::Form
        } else {
            DifferenceClass::Text
        };
        let printed = sides.text.get(span.clone()).unwrap_or_default().to_owned();
        Difference { kind, class, span: Span { start: span.start, end: span.end }, printed, rendered }
    };
    hunks.iter().zip(moved).map(told).collect()
}

fn part<'a>(words: &'a [Word], range: &Range<usize>) -> &'a [Word] {
    words.get(range.clone()).unwrap_or_default()
}

fn extent(words: &[Word]) -> Option<Range<usize>> {
    Some(words.first()?.range.start..words.last()?.range.end)
}

/// Behind the word after which something is added.
fn place(sides: &Sides<'_>, hunk: &Hunk) -> Range<usize> {
    let at = hunk.old.start.checked_sub(1).and_then(|before| sides.old.get(before)).map_or(sides.start, |word| word.range.end);
    at..at
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.form.as_str()).collect()
}

/// Only spaces differ, or a hyphen at the end of a line.
fn same(sides: &Sides<'_>, hunk: &Hunk) -> bool {
    let (old, new) = (part(&sides.old, &hunk.old), part(&sides.new, &hunk.new));
    if joined(old) == joined(new) {
        return true;
    }
    // Without what is left of a hyphen at the end of a line.
    let mut unbroken = String::new();
    for (place, word) in (hunk.old.start..).zip(old) {
        let ends_line = sides.old.get(place + 1).is_some_and(|next| next.first);
        if !(word.form == "-" && ends_line) {
            unbroken.push_str(&word.form);
        }
    }
    unbroken == joined(new)
}

/// A line on the edge of several pages, or a line of dots or dashes.
fn of_layout(old: &[Word], new: &[Word], edges: &[Range<usize>]) -> bool {
    let at_edge = |word: &Word| {
        let after = edges.partition_point(|line| line.end <= word.range.start);
        edges.get(after).is_some_and(|line| line.start <= word.range.start)
    };
    let rule = |word: &Word| !word.says() && word.form.chars().count() > 2;
    new.iter().all(rule) && old.iter().all(|word| at_edge(word) || rule(word))
}

/// The letters are the same, and no figure is touched.
fn of_form(sides: &Sides<'_>, hunk: &Hunk) -> bool {
    let (old, new) = (part(&sides.old, &hunk.old), part(&sides.new, &hunk.new));
    let beside = |words: &[Word], range: &Range<usize>| {
        let before = range.start.checked_sub(1).and_then(|at| words.get(at)).is_some_and(Word::counts);
        before && words.get(range.end).is_some_and(Word::counts)
    };
    let figures = old.iter().chain(new).any(Word::counts) || beside(&sides.old, &hunk.old) || beside(&sides.new, &hunk.new);
    let letters = |words: &[Word]| fold(&joined(words)).chars().filter(|c| figures || !PUNCTUATION.contains(*c)).collect::<String>();
    letters(old) == letters(new)
}

/// Which differences are one text that stands at another place: each that is missing with one that is added.
fn moved(sides: &Sides<'_>, hunks: &[Hunk]) -> Vec<bool> {
    let mut alike: HashMap<Vec<&str>, (Vec<usize>, Vec<usize>)> = HashMap::new();
    for (at, hunk) in hunks.iter().enumerate() {
        let words = match (hunk.old.is_empty(), hunk.new.is_empty()) {
            (false, true) => part(&sides.old, &hunk.old),
            (true, false) => part(&sides.new, &hunk.new),
            _ => continue,
        };
        let mut forms: Vec<&str> = words.iter().filter(|word| word.says()).map(|word| word.form.as_str()).collect();
        if forms.len() < MOVED {
            continue;
        }
        forms.sort_unstable();
        let (missing, added) = alike.entry(forms).or_default();
        if hunk.new.is_empty() { missing.push(at) } else { added.push(at) }
    }
    let mut moved = vec![false; hunks.len()];
    for (missing, added) in alike.into_values() {
        for at in missing.iter().zip(&added).flat_map(|(one, other)| [*one, *other]) {
            if let Some(place) = moved.get_mut(at) {
                *place = true;
            }
        }
    }
    moved
}
