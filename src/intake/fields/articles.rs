//! Articles: with labels, with bullets, or without either.

use crate::intake::draft::{Confidence, QuestionCode};
use crate::intake::grammar::number::in_words;
use crate::intake::grammar::wording::matched;
use crate::intake::passage::Passage;
use crate::intake::sink::Sink;
use crate::record::{Article, Count};

/// More articles than any act has.
const MOST: usize = 2000;

/// Bytes: longer than any article.
const LONGEST: usize = 60_000;

/// The label that a text begins with: "Article 1 :", "ARTICLE PREMIER –", "Art. 2.", "Article unique :".
pub fn label(text: &str) -> Option<&str> {
    let len = ["articles", "article", "art."].iter().find_map(|word| matched(word, text))?;
    let rest = text.get(len..)?;
    let number = rest.trim_start_matches([' ', 'n', '°', '\u{a0}']);
    let mut words = number;
    let left = if number.starts_with(|c: char| c.is_ascii_digit()) {
        let left = number.trim_start_matches(|c: char| c.is_ascii_digit());
        ["^{er}", "er", "ᵉʳ", "°", "ère", "ER"].iter().find_map(|ordinal| left.strip_prefix(ordinal)).unwrap_or(left)
    } else if let Some(len) = ["premier", "unique", "i", "ii", "iii", "iv", "v"].iter().find_map(|word| matched(word, number)) {
        number.get(len..)?
    } else if in_words(&mut words).is_ok() {
        words
    } else {
        return None;
    };
    let mark = left.trim_start_matches([' ', '\u{a0}']);
    // A label ends with a mark, or a capital follows it; "Article 5 de la loi" is a sentence, "Article L.21" a citation.
    let marked = mark.starts_with([':', '-', '–', '—', '.', ')']);
    let ends = mark.is_empty() || marked || mark.starts_with(char::is_uppercase);
    let mark_len = mark.chars().next().filter(|_| marked).map_or(0, char::len_utf8);
    let end = if marked { text.len() - mark.len() + mark_len } else { text.len() - left.len() };
    // "Article 2 - :"
    let tail = text.get(end..)?.trim_start();
    let end = if marked && tail.starts_with(':') { text.len() - tail.len() + 1 } else { end };
    (ends && left.len() < rest.len()).then(|| text.get(..end)).flatten()
}

/// The mark at the start of a block of a list: a bullet, which is no label, or a number, which is one.
pub fn mark(text: &str) -> (Option<&str>, &str) {
    let bullet = text.strip_prefix(['-', '•', '–', '—', '▪', '→', '\u{f0b7}', '➢', '\u{f0a7}']).or_else(|| text.strip_prefix("* "));
    if let Some(rest) = bullet {
        return (None, rest.trim_start());
    }
    let roman = text.bytes().take_while(|b| matches!(b, b'I' | b'V' | b'X')).count();
    let digits = roman.max(text.bytes().take_while(u8::is_ascii_digit).count());
    let behind = text.get(digits..).unwrap_or_default();
    let numbered = digits > 0 && digits <= if roman > 0 { 5 } else { 2 };
    let closed = ["°)", "° -", "° –", "° :", ") -", ") –", ". -", ". –", ".-", ")", "°", ".", "-", " -", " –", " —", " :", "/"]
        .iter()
        .find(|mark| behind.starts_with(**mark) && behind.get(mark.len()..).is_some_and(|rest| rest.starts_with([' ', '\u{a0}'])));
    match closed {
        Some(mark) if numbered => {
            let (label, rest) = text.split_at_checked(digits + mark.len()).unwrap_or_default();
            (Some(label.trim_end()), rest.trim_start())
        }
        _ => (None, text),
    }
}

/// The articles of an act, as they are read.
#[derive(Debug, Default)]
pub struct Articles {
    pub articles: Vec<Article>,
    /// The passage of each, to go on with.
    pub passages: Vec<Passage>,
    pub labelled: bool,
    /// What follows is no longer read, and was asked for.
    unread: bool,
}

impl Articles {
    /// Adds an article that a block begins: `text` is a slice of it, behind the label.
    pub fn begin(&mut self, passage: &Passage, label: Option<&str>, text: &str, sink: &mut Sink<'_>) {
        let index = self.articles.len();
        if index >= MOST {
            return self.leave(passage, sink);
        }
        let pointer = format!("/act/articles/{index}");
        let label = label.and_then(|label| sink.text(format!("{pointer}/label"), passage, label, Confidence::Certain));
        if !text.is_empty() {
            sink.note(format!("{pointer}/text"), passage, text, Confidence::Certain);
        }
        let position = u32::try_from(index + 1).ok().and_then(|position| Count::try_from(position).ok());
        self.articles.push(Article { position, label, text: text.to_owned(), children: Vec::new() });
        self.passages.push(if text.is_empty() { Passage::default() } else { passage.part(text) });
    }

    /// The last article goes on in another block.
    pub fn go_on(&mut self, passage: &Passage, sink: &mut Sink<'_>) {
        let index = self.articles.len().saturating_sub(1);
        let (Some(article), Some(kept)) = (self.articles.last_mut(), self.passages.last_mut()) else { return };
        if article.text.len() > LONGEST {
            return self.leave(passage, sink);
        }
        let pointer = format!("/act/articles/{index}/text");
        let known = sink.values.iter_mut().rev().take(16).find(|value| value.pointer == pointer).map(|value| value.span);
        sink.drop_recent(&pointer);
        sink.note_stretch(pointer, known.unwrap_or_else(|| passage.whole()), passage.whole(), Confidence::Certain);
        kept.join(passage);
        if !article.text.is_empty() {
            article.text.push('\n');
        }
        article.text.push_str(passage.text());
    }

    fn leave(&mut self, passage: &Passage, sink: &mut Sink<'_>) {
        if !std::mem::replace(&mut self.unread, true) {
            sink.ask("/act/articles".to_owned(), Some(passage.whole()), QuestionCode::TextUnread, Vec::new());
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::{label, mark};

    #[test]
    fn labels_of_articles() {
        let cases = [
            ("Article 1 :", Some("Article 1 :")),
            ("Article 1er : D'attribuer", Some("Article 1er :")),
            ("Article 1^{er} – De", Some("Article 1^{er} –")),
            ("ARTICLE PREMIER - Approuve", Some("ARTICLE PREMIER -")),
            ("Art. 2. Le maire", Some("Art. 2.")),
            ("Article 3 Autorise le maire", Some("Article 3")),
            ("Article unique : D'approuver", Some("Article unique :")),
            ("Article deux : De", Some("Article deux :")),
            ("Article 5 de la loi", None),
            ("article L.2121-29 du code", None),
            ("Articles de presse", None),
        ];
        for (text, expected) in cases {
            assert_eq!(label(text), expected, "{text}");
        }
        assert_eq!(mark("1) D'approuver"), (Some("1)"), "D'approuver"));
        assert_eq!(mark("- D'approuver"), (None, "D'approuver"));
        assert_eq!(mark("1° - Approuve"), (Some("1° -"), "Approuve"));
        assert_eq!(mark("IV - de créer"), (Some("IV -"), "de créer"));
        assert_eq!(mark("VII est"), (None, "VII est"));
        assert_eq!(mark("2024 est"), (None, "2024 est"));
    }
}
