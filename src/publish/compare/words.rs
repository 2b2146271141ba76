//! A text as words. What only sets it on the page is left out, so that two texts that say the same have the same words.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word, or a mark of punctuation (several of the same are one).
#[derive(Debug)]
pub(super) struct Word {
    /// In composed characters, with plain quotes.
    pub form: String,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The first of its line.
    pub first: bool,
}

impl Word {
    /// Made of letters or digits.
    pub fn says(&self) -> bool {
        self.form.chars().any(char::is_alphanumeric)
    }

    pub fn counts(&self) -> bool {
        self.form.chars().any(|c| c.is_ascii_digit())
    }
}

/// What a character is on a page.
enum Sort {
    /// Of a word.
    Letter,
    /// Stands alone, in this form.
    Mark(char),
    Space,
    /// Is not seen: a soft hyphen, a mark of order.
    Nothing,
}

fn sort(c: char) -> Sort {
    match c {
        '\u{ad}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' => Sort::Nothing,
        // The rules of a table drawn in characters divide cells as spaces do.
        '|' => Sort::Space,
        c if c.is_whitespace() || c.is_control() => Sort::Space,
        c if c.is_alphanumeric() || is_combining_mark(c) => Sort::Letter,
        '’' | '‘' | '‛' | '´' | '`' | '′' => Sort::Mark('\''),
        '«' | '»' | '“' | '”' | '„' | '‟' | '″' => Sort::Mark('"'),
        '\u{2010}' | '\u{2011}' => Sort::Mark('-'),
        c => Sort::Mark(c),
    }
}

/// The words of a stretch of a text, in order.
pub(super) fn words(text: &str, within: Range<usize>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut first, mut open, mut raised) = (true, None, 0_usize);
    let start = within.start;
    let mut chars = text.get(within).unwrap_or_default().char_indices().map(|(at, c)| (start + at, c)).peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let end = at + c.len_utf8();
        // Marks of bold type and of superscripts, as transcriptions write them.
        match (c, next) {
            ('*', Some('*')) => {
                chars.next();
                continue;
            }
            ('^', Some('{')) => {
                chars.next();
                raised += 1;
                continue;
            }
            ('}', _) if raised > 0 => {
                raised -= 1;
                continue;
            }
            _ => {}
        }
        match sort(c) {
            Sort::Nothing => continue,
            Sort::Space => {
                open = None;
                first |= matches!(c, '\n' | '\r' | '\u{c}' | '\u{2028}');
                continue;
            }
            kind => {
                // What this character goes on with: letters with letters, a mark with the same mark.
                let (same, shown) = match kind {
                    Sort::Mark(mark) => (Some(mark), mark),
                    _ => (None, c),
                };
                match words.last_mut() {
                    Some(word) if open == Some(same) => {
                        spell(&mut word.form, shown);
                        word.range.end = end;
                    }
                    _ => {
                        let mut form = String::new();
                        spell(&mut form, shown);
                        words.push(Word { form, range: at..end, first });
                    }
                }
                (open, first) = (Some(same), false);
            }
        }
    }
    for word in &mut words {
        if !word.form.is_ascii() {
            word.form = word.form.nfc().collect();
        }
    }
    words
}

/// Joined letters are those letters.
fn spell(form: &mut String, c: char) {
    match c {
        'ﬀ' => form.push_str("ff"),
        'ﬁ' => form.push_str("fi"),
        'ﬂ' => form.push_str("fl"),
        'ﬃ' => form.push_str("ffi"),
        'ﬄ' => form.push_str("ffl"),
        c => form.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_sets_a_text_is_no_word() {
        for (case, text, expected) in [
            ("bold, spaces, lines", "**Le \u{a0}mot**\n\u{c}dit", vec!["Le", "mot", "dit"]),
            ("quotes and apostrophes", "l’« œuvre »", vec!["l", "'", "\"", "œuvre", "\""]),
            ("a soft hyphen", "dépar\u{ad}tement", vec!["département"]),
            ("a superscript", "1^{ère} }", vec!["1ère", "}"]),
            ("decomposed letters", "e\u{301}lu", vec!["élu"]),
            ("joined letters", "o\u{fb03}ciel", vec!["officiel"]),
            ("a rule of dots", "..... fin.", vec![".....", "fin", "."]),
            ("a table", "| a | 1 |", vec!["a", "1"]),
            ("a sum", "11 780,00 €", vec!["11", "780", ",", "00", "€"]),
        ] {
            let read = words(text, 0..text.len());
            assert_eq!(read.iter().map(|word| word.form.as_str()).collect::<Vec<_>>(), expected, "{case}");
        }
        let text = "é **à**\nb";
        let places: Vec<_> = words(text, 3..text.len()).into_iter().map(|word| (word.range, word.first)).collect();
        assert_eq!(places, [(5..7, true), (10..11, true)]);
    }
}
