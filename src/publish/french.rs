//! Dates and amounts as they are written in French, where the record has no printed text for them.

use chrono::{Datelike, NaiveDate};

use crate::record::Amount;

const MONTHS: [&str; 12] = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

/// "7 juillet 2025", "1er mars 2026".
pub fn day(date: NaiveDate) -> String {
    let month = usize::try_from(date.month0()).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    let first = if date.day() == 1 { "er" } else { "" };
    format!("{}{first} {month} {}", date.day(), date.year())
}

/// "11 780,00 €", with spaces that do not break. Where the currency is not stated, none is said.
pub fn amount(amount: Amount, currency: Option<&str>) -> String {
    let text = amount.to_string();
    let (sign, unsigned) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("−", rest));
    let (units, cents) = unsigned.split_once('.').unwrap_or((unsigned, "00"));
    let mut grouped = String::new();
    for (place, digit) in units.chars().enumerate() {
        if place > 0 && (units.len() - place) % 3 == 0 {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    let currency = match currency {
        Some("EUR") => "\u{a0}€".to_owned(),
        Some(other) => format!("\u{a0}{other}"),
        None => String::new(),
    };
    format!("{sign}{grouped},{cents}{currency}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{amount, day};

    #[test]
    fn days() {
        for (date, expected) in [("2025-07-07", "7 juillet 2025"), ("2026-03-01", "1er mars 2026"), ("2024-12-31", "31 décembre 2024")] {
            assert_eq!(day(date.parse().unwrap()), expected);
        }
    }

    #[test]
    fn amounts() {
        let cases = [
            ("11780.00", Some("EUR"), "11\u{202f}780,00\u{a0}€"),
            ("0.05", Some("EUR"), "0,05\u{a0}€"),
            ("-4.50", None, "−4,50"),
            ("999.99", Some("XPF"), "999,99\u{a0}XPF"),
            ("9999999999999.99", Some("EUR"), "9\u{202f}999\u{202f}999\u{202f}999\u{202f}999,99\u{a0}€"),
        ];
        for (number, currency, expected) in cases {
            assert_eq!(amount(number.parse().unwrap(), currency), expected);
        }
    }
}
