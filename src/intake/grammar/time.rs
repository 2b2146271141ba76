//! Hours in figures and in words.

use chrono::NaiveTime;
use winnow::Parser;
use winnow::combinator::alt;
use winnow::error::ContextError;

use super::Parsed;
use super::number::{in_figures, in_words};
use super::wording::matched;

fn small(input: &mut &str) -> Parsed<u32> {
    let digits = input.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return Err(ContextError::new());
    }
    let (read, rest) = input.split_at_checked(digits).ok_or_else(ContextError::new)?;
    *input = rest;
    read.parse().map_err(|_| ContextError::new())
}

/// "18h30", "18 h 30", "18:30", "18 heures", "dix heures sept", "20H00".
pub fn time(input: &mut &str) -> Parsed<NaiveTime> {
    let hour = alt((small, in_words)).parse_next(input)?;
    let rest = input.trim_start();
    let mark = ["heures", "heure", "h"].iter().find_map(|mark| {
        let head = rest.get(..mark.len())?;
        let left = rest.get(mark.len()..)?;
        // "h30" is one word with its minutes.
        (head.eq_ignore_ascii_case(mark) && !left.starts_with(char::is_alphabetic)).then_some(left)
    });
    let colon = input.strip_prefix(':').filter(|left| left.starts_with(|c: char| c.is_ascii_digit()));
    let after = mark.or(colon).ok_or_else(ContextError::new)?;
    *input = after;
    let mut minutes = after.trim_start();
    let minute = if let Ok(minute) = alt((in_figures, in_words)).parse_next(&mut minutes)
        && minute < 60
        && !starts_thing(minutes)
    {
        *input = minutes;
        minute
    } else if let Some(len) = matched("et demie", after.trim_start()) {
        *input = after.trim_start().get(len..).unwrap_or_default();
        30
    } else {
        0
    };
    // "18h30 heures"
    if let Some(len) = matched(" heures", input) {
        *input = input.get(len..).unwrap_or_default();
    }
    NaiveTime::from_hms_opt(hour, minute, 0).ok_or_else(ContextError::new)
}

/// Whether a number is that of something else: "à 18 heures, 12 membres".
fn starts_thing(rest: &str) -> bool {
    matched(" membres", rest).is_some() || matched(" conseillers", rest).is_some()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::time;

    #[test]
    fn hours_in_every_form() {
        let cases = [
            ("18h30", "18:30:00", ""),
            ("20 h 00, salle", "20:00:00", ", salle"),
            ("18 heures 05", "18:05:00", ""),
            ("dix heures sept", "10:07:00", ""),
            ("dix-huit heures trente", "18:30:00", ""),
            ("18h30 heures", "18:30:00", ""),
            ("9:15", "09:15:00", ""),
            ("19 heures, les membres", "19:00:00", ", les membres"),
            ("20H", "20:00:00", ""),
        ];
        for (text, value, left) in cases {
            let mut input = text;
            assert_eq!((time(&mut input).unwrap().to_string(), input), (value.to_owned(), left), "{text}");
        }
        for text in ["25h00", "12", "12 habitants"] {
            assert!(time(&mut &*text).is_err(), "{text}");
        }
    }
}
