//! A stretch of the source as it reads, each byte of which knows where it was printed: bold marks and line breaks are gone, the span is kept.

use super::Span;

/// Clean text with its place in the source.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    text: String,
    /// The byte of the source that each byte of `text` was read from.
    at: Vec<usize>,
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
        self.text.push(c);
        self.at.extend(source..source + c.len_utf8());
    }

    /// Adds a passage that continues this one on the next line: joined by one space, or by nothing behind the hyphen of a word.
    pub fn join(&mut self, next: &Self) {
        let hyphen = self.text.strip_suffix('-').is_some_and(|word| word.ends_with(char::is_alphabetic));
        if let Some(last) = self.at.last().copied().filter(|_| !hyphen) {
            self.text.push(' ');
            self.at.push(last);
        }
        self.text.push_str(&next.text);
        self.at.extend_from_slice(&next.at);
    }

    /// The same with other white space as single spaces.
    pub fn spaced(&self) -> Self {
        let mut spaced = Self::default();
        for (byte, c) in self.text.char_indices() {
            let c = if c == '\t' { ' ' } else { c };
            if !(c == ' ' && spaced.text.ends_with(' ')) {
                spaced.push(c, self.at.get(byte).copied().unwrap_or_default());
            }
        }
        spaced
    }

    /// The part of this passage that `part`, a slice of its text, covers.
    pub fn part(&self, part: &str) -> Self {
        let (from, to) = self.place(part);
        Self { text: part.to_owned(), at: self.at.get(from..to).unwrap_or_default().to_vec() }
    }

    /// Where a slice of this text was printed; the whole passage for a text that is no slice of it.
    pub fn span(&self, part: &str) -> Span {
        let (from, to) = self.place(part);
        let start = self.at.get(from).copied().unwrap_or_default();
        let end = to.checked_sub(1).and_then(|last| self.at.get(last)).map_or(start, |last| last + 1);
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
    }
}
