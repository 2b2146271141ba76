//! A stretch of the source as it reads, each byte of which knows where it was printed: bold marks and line breaks are gone, the span is kept.

use super::Span;

/// Clean text with its place in the source.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    text: String,
    /// Where it goes on elsewhere in the source: a byte of `text`, and the byte of the source that it was read from. Those behind it follow it in both.
    runs: Vec<(usize, usize)>,
}

impl Passage {
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn len(&self) -> usize {
        self.text.len()
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds a character that stands at byte `source`.
    pub fn push(&mut self, c: char, source: usize) {
        self.go_on(source);
        self.text.push(c);
    }

    /// What is added next was read from byte `source`.
    fn go_on(&mut self, source: usize) {
        let end = self.text.len();
        if self.runs.last().is_none_or(|(from, at)| at + (end - from) != source) {
            // Most lines are one run, and a file has many lines.
            if self.runs.is_empty() {
                self.runs.reserve_exact(1);
            }
            self.runs.push((end, source));
        }
    }

    /// The byte of the source that a byte of the text was read from.
    fn source(&self, byte: usize) -> Option<usize> {
        let next = self.runs.partition_point(|(from, _)| *from <= byte);
        let (from, at) = self.runs.get(next.checked_sub(1)?)?;
        (byte < self.text.len()).then(|| at + (byte - from))
    }

    /// Adds the bytes from `from` to `to` of another passage.
    fn extend(&mut self, other: &Self, from: usize, to: usize) {
        let first = other.runs.partition_point(|(start, _)| *start <= from).saturating_sub(1);
        let runs = other.runs.get(first..).unwrap_or_default();
        let ends = runs.iter().skip(1).map(|(start, _)| *start).chain([to]);
        for ((start, source), end) in runs.iter().zip(ends).take_while(|((start, _), _)| *start < to) {
            let begin = from.max(*start);
            if let Some(piece) = other.text.get(begin..end.min(to)).filter(|piece| !piece.is_empty()) {
                self.go_on(source + (begin - start));
                self.text.push_str(piece);
            }
        }
    }

    /// Adds a passage that continues this one on the next line: joined by one space, or by nothing behind the hyphen of a word.
    pub fn join(&mut self, next: &Self) {
        let hyphen = self.text.strip_suffix('-').is_some_and(|word| word.ends_with(char::is_alphabetic));
        if let Some(last) = self.text.len().checked_sub(1).and_then(|last| self.source(last)).filter(|_| !hyphen) {
            self.push(' ', last);
        }
        self.extend(next, 0, next.len());
    }

    /// The same with other white space as single spaces.
    pub fn spaced(&self) -> Self {
        let mut spaced = Self::default();
        for (byte, c) in self.text.char_indices() {
            let c = if c == '\t' { ' ' } else { c };
            if !(c == ' ' && spaced.text.ends_with(' ')) {
                spaced.push(c, self.source(byte).unwrap_or_default());
            }
        }
        spaced
    }

    /// The part of this passage that `part`, a slice of its text, covers.
    pub fn part(&self, part: &str) -> Self {
        let (from, to) = self.place(part);
        let mut taken = Self::default();
        taken.extend(self, from, to);
        taken
    }

    /// Where a slice of this text was printed; the whole passage for a text that is no slice of it.
    pub fn span(&self, part: &str) -> Span {
        let (from, to) = self.place(part);
        let start = self.source(from).unwrap_or_default();
        let end = to.checked_sub(1).and_then(|last| self.source(last)).map_or(start, |last| last + 1);
        Span { start, end: end.max(start) }
    }

    /// Where all of it was printed.
    pub fn whole(&self) -> Span {
        self.span(&self.text)
    }

    fn place(&self, part: &str) -> (usize, usize) {
        let from = part.as_ptr().addr().checked_sub(self.text.as_ptr().addr());
        match from {
            Some(from) if from + part.len() <= self.text.len() => (from, from + part.len()),
            _ => (0, self.text.len()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn a_part_knows_where_it_was_printed() {
        let source = "**Éa\nb**";
        let mut first = Passage::default();
        first.push('É', 2);
        first.push('a', 4);
        let mut second = Passage::default();
        second.push('b', 6);
        first.join(&second);
        assert_eq!(first.text(), "Éa b");
        let span = first.span(first.text().get(2..).unwrap());
        assert_eq!(source.get(span.start..span.end), Some("a\nb"));
        assert_eq!(first.whole(), Span { start: 2, end: 7 });
        let part = first.part(first.text().get(2..).unwrap());
        assert_eq!((part.text(), part.whole()), ("a b", Span { start: 4, end: 7 }));
        assert_eq!(part.part(part.text().get(2..).unwrap()).whole(), Span { start: 6, end: 7 });
    }
}
