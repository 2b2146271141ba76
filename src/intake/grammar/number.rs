//! Whole numbers in figures and in words.

use winnow::Parser;
use winnow::ascii::digit1;
use winnow::combinator::alt;
use winnow::error::ContextError;

use super::wording::{begins, matched};
use super::{Parsed, words};
use crate::record::Count;

/// What a word adds; hundreds and thousands multiply what stands before them.
const WORDS: &[(&str, u32)] = &[
    ("zero", 0),
    ("un", 1),
    ("une", 1),
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("cinq", 5),
    ("six", 6),
    ("sept", 7),
    ("huit", 8),
    ("neuf", 9),
    ("dix", 10),
    ("onze", 11),
    ("douze", 12),
    ("treize", 13),
    ("quatorze", 14),
    ("quinze", 15),
    ("seize", 16),
    ("vingt", 20),
    ("vingts", 20),
    ("trente", 30),
    ("quarante", 40),
    ("cinquante", 50),
    ("soixante", 60),
    ("septante", 70),
    ("octante", 80),
    ("nonante", 90),
    ("cent", 100),
    ("cents", 100),
    ("mille", 1000),
    ("mil", 1000),
];

fn word(input: &mut &str) -> Parsed<u32> {
    let (len, value) = begins(WORDS, input).ok_or_else(ContextError::new)?;
    *input = input.get(len..).unwrap_or_default();
    Ok(value)
}

/// A number in words: "quarante-trois", "deux mille vingt-cinq", "vingt et un". At most twelve words.
pub fn in_words(input: &mut &str) -> Parsed<u32> {
    let (mut total, mut part) = (0u32, word(input)?);
    if part == 1000 {
        (total, part) = (1000, 0);
    }
    for _ in 0..11 {
        let mut rest = *input;
        let joined = rest.strip_prefix(['-', '\u{2010}', '\u{2011}', ' ', '\u{a0}']).map(|next| {
            let next = next.trim_start();
            matched("et ", next).and_then(|len| next.get(len..)).unwrap_or(next)
        });
        let Some(next) = joined else { break };
        rest = next;
        let Ok(value) = word(&mut rest) else { break };
        let adds = match value {
            1000 => {
                total = part.max(1) * 1000;
                part = 0;
                true
            }
            100 if part > 0 && part < 10 => {
                part *= 100;
                true
            }
            20 if part % 100 == 4 => {
                part = part - 4 + 80;
                true
            }
            // Smaller than what stands before: it adds.
            _ if value > 0 && value < 100 && part > 0 && (part % 10 == 0 && (part % 100 == 0 || value < 20)) => {
                part += value;
                true
            }
            _ if value > 0 && part == 0 && total > 0 => {
                part = value;
                true
            }
            _ => false,
        };
        if !adds {
            break;
        }
        *input = rest;
    }
    Ok(total + part)
}

/// A number in figures, up to six of them, no part of a longer one.
pub fn in_figures(input: &mut &str) -> Parsed<u32> {
    let digits: &str = digit1.parse_next(input)?;
    let alone = digits.len() <= 6 && !input.starts_with(|c: char| c.is_alphabetic());
    digits.parse().ok().filter(|_| alone).ok_or_else(ContextError::new)
}

/// A number in figures or in words; "aucun" and "néant" are zero. A number in words beside its figures, "douze (12)", is one number.
pub fn number(input: &mut &str) -> Parsed<u32> {
    let none = alt((words("aucune"), words("aucun"), words("neant"))).value(0u32);
    let value = alt((in_figures, in_words, none)).parse_next(input)?;
    let beside = input.trim_start().strip_prefix('(').and_then(|inner| inner.split_once(')'));
    if let Some((inside, rest)) = beside
        && inside.trim().parse() == Ok(value)
    {
        *input = rest;
    }
    Ok(value)
}

/// A number of people or votes.
pub fn count(input: &mut &str) -> Parsed<Count> {
    let value = number(input)?;
    Count::try_from(value).map_err(|_| ContextError::new())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::number;

    #[test]
    fn numbers_in_words_and_figures() {
        let cases = [
            ("zéro voix", 0, " voix"),
            ("vingt et un", 21, ""),
            ("quarante-trois voix", 43, " voix"),
            ("soixante-dix-sept", 77, ""),
            ("quatre-vingt-dix-neuf", 99, ""),
            ("quatre-vingts", 80, ""),
            ("deux mille vingt-cinq, le", 2025, ", le"),
            ("deux mille vingt et un", 2021, ""),
            ("mille neuf cent quatre-vingt-dix-huit", 1998, ""),
            ("deux cent trois", 203, ""),
            ("douze (12) voix", 12, " voix"),
            ("12 mars", 12, " mars"),
            ("Aucune abstention", 0, " abstention"),
            ("dix sept", 17, ""),
            ("trois quatre", 3, " quatre"),
        ];
        for (text, value, left) in cases {
            let mut input = text;
            assert_eq!((number(&mut input).unwrap(), input), (value, left), "{text}");
        }
        assert!(number(&mut "1234567").is_err());
    }
}
