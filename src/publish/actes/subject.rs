//! The subject of an act (XSD `Objet`: 500 characters at most; tools that transmit take 499 and no line break).

/// Longest subject that is taken everywhere, in characters.
const LONGEST: usize = 499;

/// A title as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub text: String,
    /// Whether its end is missing: it then ends with an ellipsis.
    pub cut: bool,
}

/// The title on one line, cut at a word where it is too long. Non-breaking spaces are part of French spelling and stay.
pub fn subject_of(title: &str) -> Subject {
    let breaks = |c: char| c.is_ascii_whitespace() || matches!(c, '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let text = title.split(breaks).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LONGEST {
        return Subject { text, cut: false };
    }
    // One more character than stays shows whether the last word is whole.
    let kept: String = text.chars().take(LONGEST).collect();
    let whole = kept.rsplit_once(' ').map(|(words, _)| words.trim_end_matches([' ', ',', ';', ':', '-', '–', '—', '\u{a0}']));
    let words = match whole {
        Some(words) if !words.is_empty() => words.to_owned(),
        _ => kept.chars().take(LONGEST - 1).collect(),
    };
    Subject { text: format!("{words}…"), cut: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_as_they_are_sent() {
        let words = |count: usize| vec!["abcd"; count].join(" ");
        let rows = [
            ("one line", "  Subvention\n à la\r\n\tSCIC\u{2028}Bulle ", "Subvention à la SCIC Bulle".to_owned(), false),
            ("a non-breaking space stays", "11\u{a0}780\u{a0}€", "11\u{a0}780\u{a0}€".to_owned(), false),
            ("exactly 499", &"a".repeat(499), "a".repeat(499), false),
            ("500 without a space", &"é".repeat(500), format!("{}…", "é".repeat(498)), true),
            // 100 words make 499 characters, 101 make 504: the hundredth is cut to leave room for the ellipsis.
            ("100 words", &words(100), words(100), false),
            ("101 words", &words(101), format!("{}…", words(99)), true),
            ("a comma before the cut", &format!("{}, {}", "a".repeat(300), "b".repeat(300)), format!("{}…", "a".repeat(300)), true),
            ("nothing but spaces", " \n ", String::new(), false),
        ];
        for (name, title, expected, cut) in rows {
            let subject = subject_of(title);
            assert_eq!((subject.text.as_str(), subject.cut), (expected.as_str(), cut), "{name}");
            assert!(subject.text.chars().count() <= 499, "{name}");
        }
    }
}
