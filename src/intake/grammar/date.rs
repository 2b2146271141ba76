//! Dates in figures and in words.

use chrono::NaiveDate;
use winnow::Parser;
use winnow::ascii::digit1;
use winnow::combinator::alt;
use winnow::error::ContextError;

use super::number::in_words;
use super::wording::{longest, matched};
use super::{Parsed, words};

const MONTHS: &[(&str, u32)] = &[
    ("janvier", 1),
    ("fevrier", 2),
    ("mars", 3),
    ("avril", 4),
    ("mai", 5),
    ("juin", 6),
    ("juillet", 7),
    ("aout", 8),
    ("septembre", 9),
    ("octobre", 10),
    ("novembre", 11),
    ("decembre", 12),
    ("janv.", 1),
    ("fevr.", 2),
    ("avr.", 4),
    ("juil.", 7),
    ("sept.", 9),
    ("oct.", 10),
    ("nov.", 11),
    ("dec.", 12),
];

/// Whether a word is a year of our time: "2024".
pub fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.bytes().all(|b| b.is_ascii_digit())
}

/// A month and its year, without a day: "Décembre 2014". How long it is.
pub fn month_and_year(text: &str) -> Option<usize> {
    let len = MONTHS.iter().find_map(|(name, _)| matched(name, text))?;
    let year = text.get(len..)?.trim_start();
    let digits = year.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 4).then(|| text.len() - year.len() + digits)
}
const DAYS: &[&str] = &["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const FIRST: &[&str] = &["1^{er}", "1er", "1 er", "premier"];

fn made(year: u32, month: u32, day: u32) -> Parsed<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| (1000..=2999).contains(year));
    year.and_then(|year| NaiveDate::from_ymd_opt(year, month, day)).ok_or_else(ContextError::new)
}

fn figures(most: usize) -> impl Fn(&mut &str) -> Parsed<u32> {
    move |input| {
        let digits: &str = digit1.parse_next(input)?;
        digits.parse().ok().filter(|_| digits.len() <= most).ok_or_else(ContextError::new)
    }
}

fn spaces(input: &mut &str) -> Parsed<()> {
    *input = input.trim_start();
    Ok(())
}

fn month(input: &mut &str) -> Parsed<u32> {
    let (len, month) = MONTHS.iter().find_map(|(name, n)| matched(name, input).map(|len| (len, *n))).ok_or_else(ContextError::new)?;
    *input = input.get(len..).unwrap_or_default();
    Ok(month)
}

fn day(input: &mut &str) -> Parsed<u32> {
    if let Some(len) = longest(FIRST, input) {
        *input = input.get(len..).unwrap_or_default();
        return Ok(1);
    }
    alt((figures(2), in_words)).parse_next(input)
}

fn year(input: &mut &str) -> Parsed<u32> {
    let year = alt((figures(4), in_words)).parse_next(input)?;
    if (1000..=2999).contains(&year) { Ok(year) } else { Err(ContextError::new()) }
}

fn weekday(input: &mut &str) {
    if let Some(len) = DAYS.iter().find_map(|day| matched(day, input)) {
        *input = input.get(len..).unwrap_or_default().trim_start_matches([' ', ',', '\u{a0}']);
    }
}

/// "7 juillet 2025", "lundi 1er juillet 2025", "sept juillet deux mille vingt-cinq".
fn written(input: &mut &str) -> Parsed<NaiveDate> {
    weekday(input);
    let day = day(input)?;
    spaces(input)?;
    let month = month(input)?;
    spaces(input)?;
    let year = year(input)?;
    made(year, month, day)
}

/// "07/07/2025", "7.7.2025", "07-07-2025".
fn numeric(input: &mut &str) -> Parsed<NaiveDate> {
    weekday(input);
    let day = figures(2)(input)?;
    let mark = input.chars().next().filter(|c| matches!(c, '/' | '.' | '-')).ok_or_else(ContextError::new)?;
    *input = input.get(1..).unwrap_or_default();
    let month = figures(2)(input)?;
    *input = input.strip_prefix(mark).ok_or_else(ContextError::new)?;
    let year = figures(4)(input)?;
    made(year, month, day)
}

/// "2025-07-07".
fn iso(input: &mut &str) -> Parsed<NaiveDate> {
    let year = figures(4)(input)?;
    *input = input.strip_prefix('-').ok_or_else(ContextError::new)?;
    let month = figures(2)(input)?;
    *input = input.strip_prefix('-').ok_or_else(ContextError::new)?;
    let day = figures(2)(input)?;
    made(year, month, day)
}

/// "l'an deux mille vingt-quatre, le douze mars", "l'an 2024 et le mardi 12 mars".
fn year_first(input: &mut &str) -> Parsed<NaiveDate> {
    alt((words("l'an"), words("an"))).parse_next(input)?;
    spaces(input)?;
    let year = year(input)?;
    *input = input.trim_start_matches([' ', ',', '\u{a0}']);
    for word in ["et ", "le ", "du "] {
        if let Some(len) = matched(word, input) {
            *input = input.get(len..).unwrap_or_default();
        }
    }
    weekday(input);
    let day = day(input)?;
    for word in [" du mois de ", " "] {
        if let Some(len) = matched(word, input) {
            *input = input.get(len..).unwrap_or_default();
        }
    }
    let month = month(input)?;
    made(year, month, day)
}

/// A day, in any of the forms that acts print.
pub fn date(input: &mut &str) -> Parsed<NaiveDate> {
    let date = alt((year_first, written, numeric, iso)).parse_next(input)?;
    if input.starts_with(|c: char| c.is_ascii_digit()) { Err(ContextError::new()) } else { Ok(date) }
}

/// The days that a text prints, from left to right. A day begins with a figure, or with "l'an"; with another word only where a year is written in
/// words.
pub fn dates(text: &str) -> Vec<(&str, NaiveDate)> {
    let worded = text.as_bytes().windows(4).any(|window| window.eq_ignore_ascii_case(b"mill") || window.eq_ignore_ascii_case(b"mil "));
    if !worded && !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    super::all(text, |input: &mut &str| {
        let start = input.chars().next().unwrap_or_default();
        let may = start.is_ascii_digit()
            || worded
            || matches!(start, 'l' | 'L' | 'a' | 'A') && (matched("l'an", input).is_some() || matched("an", input).is_some());
        if may { date(input) } else { Err(ContextError::new()) }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::date;

    #[test]
    fn dates_in_every_form() {
        let cases = [
            ("7 juillet 2025", "2025-07-07"),
            ("07/07/2025", "2025-07-07"),
            ("7.07.2025", "2025-07-07"),
            ("lundi 7 JUILLET 2025", "2025-07-07"),
            ("1^{er} juin 2026", "2026-06-01"),
            ("1er août 2023", "2023-08-01"),
            ("2024-02-29", "2024-02-29"),
            ("L'an deux mille vingt-quatre, le douze mars", "2024-03-12"),
            ("l’an 2023 et le mardi 5 décembre", "2023-12-05"),
            ("L'AN DEUX MILLE VINGT-TROIS, le seize du mois de novembre", "2023-11-16"),
            ("vingt et un janvier deux mille vingt et un", "2021-01-21"),
        ];
        for (text, iso) in cases {
            assert_eq!(date(&mut &*text).unwrap().to_string(), iso, "{text}");
        }
        for text in ["31/02/2025", "7 juillet", "12/2025", "99/99/9999", "07/07/20255"] {
            assert!(date(&mut &*text).is_err(), "{text}");
        }
    }
}
