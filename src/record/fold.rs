//! Names and texts compared whatever their accents, case and spaces. What is stored is never folded.

use unicode_normalization::UnicodeNormalization;

/// Text as it is compared: no accents, no case, curly apostrophes straight, one space between words.
pub fn fold(text: &str) -> String {
    let plain = text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(char::to_lowercase);
    let straight: String = plain.map(|c| if matches!(c, '\u{2019}' | '\u{2018}') { '\'' } else { c }).collect();
    straight.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A printed name as it is compared: folded, without its civility, its words in alphabetical order, so that "Mme Zohra OUAGUEF" and
/// "OUAGUEF Zohra" are one.
pub fn fold_name(printed: &str) -> String {
    const CIVILITIES: [&str; 8] = ["m.", "m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle"];
    let folded = fold(printed);
    let mut words: Vec<&str> = folded.split(' ').filter(|word| !CIVILITIES.contains(word)).collect();
    words.sort_unstable();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_name};

    #[test]
    fn texts_that_are_one() {
        assert_eq!(fold("L\u{2019}Économie  Sociale"), "l'economie sociale");
        for (one, other) in
            [("Mme Zohra OUAGUEF", "OUAGUEF Zohra"), ("Madame Éva-Lou Testard", "Mme Eva-Lou TESTARD"), ("M. Jean  PETIT", "Monsieur Jean Petit")]
        {
            assert_eq!(fold_name(one), fold_name(other));
        }
        assert_ne!(fold_name("M. Jean PETIT"), fold_name("M. Jean PETITJEAN"));
    }
}
