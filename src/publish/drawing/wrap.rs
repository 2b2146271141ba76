//! How wide a text is, near enough: no font is at hand, and each reader has another one.

/// The width of a text in a usual sans-serif font, rather more than less.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| of(c) * size).sum()
}

/// Of one character, for a size of 1.
fn of(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ';' | ':' | '\'' | '\u{2019}' | '!' | '|' | ' ' | '\u{a0}' | '\u{202f}' => 0.33,
        'f' | 't' | 'r' | '(' | ')' | '-' | '/' | '"' | '[' | ']' => 0.42,
        'm' | 'w' | 'M' | 'W' | 'œ' | 'Œ' | '@' | '%' | '…' => 0.95,
        c if c.is_uppercase() => 0.73,
        _ => 0.6,
    }
}

/// Lines that are no wider than asked. A word that is wider by itself is cut.
pub fn wrap(text: &str, wide: f64, size: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let text = text.replace(" :", "\u{a0}:").replace(" ;", "\u{a0};").replace(" »", "\u{a0}»").replace("« ", "«\u{a0}");
    // A no-break space holds its words together, as before French punctuation.
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        if !line.is_empty() && width(&line, size) + width(" ", size) + width(word, size) > wide {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if !line.is_empty() && width(&line, size) + of(c) * size > wide {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{width, wrap};

    #[test]
    fn lines_are_no_wider_than_asked_and_lose_nothing() {
        let texts = ["Groupe Socialiste, Républicain et Citoyen", "anticonstitutionnellement".repeat(4).leak(), "", "à b", "un\u{a0}deux trois"];
        for text in texts {
            for wide in [40.0, 90.0, 300.0] {
                let lines = wrap(text, wide, 12.0);
                assert!(lines.iter().all(|line| width(line, 12.0) <= wide), "{lines:?}");
                let bare = |text: &str| text.split_whitespace().collect::<String>();
                assert_eq!(bare(&lines.concat()), bare(text));
            }
        }
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("aaa bbb ccc", 50.0, 10.0), ["aaa bbb", "ccc"]);
        assert_eq!(wrap("aaa b : c", 30.0, 10.0), ["aaa", "b\u{a0}: c"]);
        assert_eq!(wrap("aaa b\u{a0}b", 30.0, 10.0), ["aaa", "b\u{a0}b"]);
    }
}
