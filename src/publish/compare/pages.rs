//! Heads and feet of pages: what stands on the edge of several pages of a text that is divided by form feeds.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::record::fold;

/// Lines from the top or the bottom of a page that may be of its head or foot.
const EDGE: usize = 3;

/// Their lines in a stretch of the text, in bytes, in order.
pub(super) fn edges(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let mut lines: Vec<(usize, Range<usize>)> = Vec::new();
    let mut at = within.start;
    for (page, whole) in text.get(within).unwrap_or_default().split_inclusive('\u{c}').enumerate() {
        let mut of_page: Vec<Range<usize>> = Vec::new();
        for line in whole.split_inclusive('\n') {
            if line.chars().any(|c| !c.is_whitespace() && !c.is_control()) {
                of_page.push(at..at + line.len());
            }
            at += line.len();
        }
        let count = of_page.len();
        let edge = of_page.into_iter().enumerate().filter(|(place, _)| *place < EDGE || place + EDGE >= count);
        lines.extend(edge.map(|(_, range)| (page, range)));
    }
    let mut seen: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (page, range) in &lines {
        seen.entry(key(text, range)).or_default().insert(*page);
    }
    lines.into_iter().map(|(_, range)| range).filter(|range| seen.get(&key(text, range)).is_some_and(|pages| pages.len() > 1)).collect()
}

/// A line without its spaces; the number of a page stands for all of them.
fn key(text: &str, range: &Range<usize>) -> String {
    let line = text.get(range.clone()).unwrap_or_default();
    let letters: String = line.chars().filter(|c| c.is_alphabetic()).collect();
    let numbered = matches!(fold(&letters).as_str(), "" | "p" | "page" | "pagesur");
    line.chars().filter(|c| !c.is_whitespace() && !c.is_control()).map(|c| if numbered && c.is_ascii_digit() { '#' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edges_of_pages() {
        for (case, text, expected) in [
            ("one page has none", "Titre\nTitre\n", vec![]),
            ("a head and a number", "Tête\na\nb\nc\nd\n1/2\n\u{c}Tête\ne\nf\ng\nh\n2/2\n", vec!["Tête\n", "1/2\n", "\u{c}Tête\n", "2/2\n"]),
            ("articles differ by their numbers", "Article 1\n\u{c}Article 2\n", vec![]),
            ("in the middle of pages", "a\nb\nc\nmot\nd\ne\nf\n\u{c}g\nh\ni\nmot\nj\nk\nl\n", vec![]),
        ] {
            let found: Vec<&str> = edges(text, 0..text.len()).into_iter().filter_map(|range| text.get(range)).collect();
            // A form feed ends a page: it stands on the last line of it.
            let expected: Vec<String> = expected.into_iter().map(|line| line.replace('\u{c}', "")).collect();
            assert_eq!(found.iter().map(|line| line.replace('\u{c}', "")).collect::<Vec<_>>(), expected, "{case}");
        }
    }
}
