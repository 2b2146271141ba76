//! The lines of a file, one after the other, in the memory of one line.

use std::io::{self, BufRead, BufReader, Read};

/// The longest line: what a request may have.
const LONGEST: usize = 4 * 1024 * 1024;

/// A line of a file.
pub(super) enum Text {
    Line(Vec<u8>),
    TooLong,
}

/// A file to import, from a place in it.
pub(super) struct Lines<R> {
    source: BufReader<R>,
    /// Bytes that were read, line ends included.
    pub(super) position: i64,
    /// Lines that were read.
    pub(super) number: i64,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(source: R, position: i64, number: i64) -> Self {
        Self { source: BufReader::with_capacity(256 * 1024, source), position, number }
    }

    /// The next line, without its end; none at the end of the file.
    pub(super) fn next(&mut self) -> io::Result<Option<Text>> {
        let mut line = Vec::new();
        let (mut read, mut long) = (0, false);
        loop {
            let buffer = self.source.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let taken = end.map_or(buffer.len(), |end| end + 1);
            long |= line.len() + taken > LONGEST;
            if !long {
                line.extend_from_slice(buffer.get(..taken).unwrap_or_default());
            }
            self.source.consume(taken);
            read += taken;
            if end.is_some() {
                break;
            }
        }
        if read == 0 {
            return Ok(None);
        }
        self.position = self.position.saturating_add(i64::try_from(read).unwrap_or(i64::MAX));
        self.number += 1;
        if long {
            return Ok(Some(Text::TooLong));
        }
        while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            line.pop();
        }
        Ok(Some(Text::Line(line)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8]) -> Vec<(String, i64, i64)> {
        let mut lines = Lines::new(text, 0, 0);
        let mut found = Vec::new();
        while let Some(text) = lines.next().expect("bytes in memory") {
            let text = match text {
                Text::Line(line) => String::from_utf8(line).expect("text"),
                Text::TooLong => "too long".to_owned(),
            };
            found.push((text, lines.number, lines.position));
        }
        found
    }

    #[test]
    fn a_line_ends_where_it_ends() {
        for (name, text, expected) in [
            ("nothing", "", vec![]),
            ("one, ended", "ab\n", vec![("ab", 1, 3)]),
            ("one, not ended", "ab", vec![("ab", 1, 2)]),
            ("an empty one between two", "a\n\nb\n", vec![("a", 1, 2), ("", 2, 3), ("b", 3, 5)]),
            ("ends of Windows", "a\r\nb\r\n", vec![("a", 1, 3), ("b", 2, 6)]),
        ] {
            let expected: Vec<(String, i64, i64)> = expected.into_iter().map(|(text, n, at)| (text.to_owned(), n, at)).collect();
            assert_eq!(lines(text.as_bytes()), expected, "{name}");
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_told_and_left() {
        let mut text = vec![b'x'; LONGEST + 1];
        text.extend_from_slice(b"\nnext\n");
        let end = i64::try_from(LONGEST).expect("small") + 2;
        assert_eq!(lines(&text), [("too long".to_owned(), 1, end), ("next".to_owned(), 2, end + 5)]);
    }
}
