//! Dates, hours and amounts as they are written in French: as printed, else as read.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::record::{Amount, Authority, Money, PrintedTime};

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

/// An amount as printed, else as read.
pub fn money(money: &Money) -> Option<String> {
    money.text.clone().or_else(|| Some(amount(money.amount?, money.currency.as_deref())))
}

/// The time zone of an authority; UTC where it is not known.
pub fn zone(authority: &Authority) -> Tz {
    authority.time_zone.parse().unwrap_or(Tz::UTC)
}

/// "10 h 07", where the authority is.
pub fn clock(at: DateTime<Utc>, authority: &Authority) -> String {
    at.with_timezone(&zone(authority)).format("%-H h %M").to_string()
}

/// An hour as printed, else as read.
pub fn hour(time: &PrintedTime, authority: &Authority) -> Option<String> {
    time.text.clone().or_else(|| Some(clock(time.at?, authority)))
}

/// With a capital at its head.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{amount, day, money};

    #[test]
    fn days() {
        for (date, expected) in
            [("2025-07-07", "7 juillet 2025"), ("2026-03-01", "1er mars 2026"), ("2024-12-31", "31 décembre 2024"), ("0999-02-28", "28 février 999")]
        {
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

    #[test]
    fn what_is_printed_comes_first() {
        use serde_json::json;
        let rows = [
            (json!({ "text": "11 780 €", "amount": "11780.00", "currency": "EUR" }), Some("11 780 €")),
            (json!({ "amount": "-4.50", "currency": "EUR" }), Some("−4,50\u{a0}€")),
            (json!({ "amount": "0.00" }), Some("0,00")),
            (json!({ "currency": "EUR" }), None),
        ];
        for (given, expected) in rows {
            assert_eq!(money(&serde_json::from_value(given.clone()).unwrap()).as_deref(), expected, "{given}");
        }
    }
}
