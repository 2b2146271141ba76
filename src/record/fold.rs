//! Names and texts compared whatever their accents, case and spaces. What is stored is never folded.

use unicode_normalization::UnicodeNormalization;

/// Text as it is compared: no accents, no ligatures, no case, curly apostrophes straight, one space between words.
pub fn fold(text: &str) -> String {
    // Most words, and most names: nothing but the case to take away.
    if text.bytes().all(|b| b.is_ascii_graphic()) {
        return text.to_ascii_lowercase();
    }
    let plain = text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(char::to_lowercase);
    let mut straight = String::with_capacity(text.len());
    for c in plain {
        match c {
            '\u{2019}' | '\u{2018}' => straight.push('\''),
            // Letters of their own for Unicode; whoever looks for a vœu types "voeu".
            'œ' => straight.push_str("oe"),
            'æ' => straight.push_str("ae"),
            other => straight.push(other),
        }
    }
    straight.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn texts_that_are_one() {
        assert_eq!(fold("L\u{2019}Économie  Sociale"), "l'economie sociale");
        assert_eq!(fold("CÉRÉDA"), fold("ce\u{301}re\u{301}da"));
        assert_eq!(fold("VŒU"), fold("voeu"));
        assert_ne!(fold("Petit"), fold("Petite"));
        assert_eq!(fold("N'Guessan-Roy"), fold("N\u{2019}GUESSAN-ROY"));
    }
}
