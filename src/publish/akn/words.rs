//! Words composed where the record prints none.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::record::{Authority, Money};

const MONTHS: [&str; 12] = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

/// "7 juillet 2025", "1er juin 2026".
pub fn day(date: NaiveDate) -> String {
    let month = usize::try_from(date.month0()).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    let first = if date.day() == 1 { "er" } else { "" };
    format!("{}{first} {month} {}", date.day(), date.year())
}

/// An amount as printed, or else as read: "11780,00 EUR".
pub fn money(money: &Money) -> Option<String> {
    let read = || {
        let amount = money.amount?.to_string().replace('.', ",");
        Some(money.currency.as_ref().map_or_else(|| amount.clone(), |currency| format!("{amount} {currency}")))
    };
    money.text.clone().or_else(read)
}

/// With a capital at its head.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// An hour as printed, or else as the clock of the authority showed it: "10 h 07".
pub fn hour(text: Option<&str>, at: Option<DateTime<Utc>>, authority: &Authority) -> Option<String> {
    let zone: Tz = authority.time_zone.parse().unwrap_or(chrono_tz::Europe::Paris);
    text.map(str::to_owned).or_else(|| at.map(|at| at.with_timezone(&zone).format("%-H h %M").to_string()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn days() {
        for (date, expected) in [("2025-07-07", "7 juillet 2025"), ("2026-06-01", "1er juin 2026"), ("2024-12-31", "31 décembre 2024")] {
            assert_eq!(day(date.parse().unwrap()), expected);
        }
    }

    #[test]
    fn amounts() {
        let rows = [
            (json!({ "text": "11 780 €", "amount": "11780.00", "currency": "EUR" }), Some("11 780 €")),
            (json!({ "amount": "-4.50", "currency": "EUR" }), Some("-4,50 EUR")),
            (json!({ "amount": "0.00" }), Some("0,00")),
            (json!({ "currency": "EUR" }), None),
        ];
        for (given, expected) in rows {
            assert_eq!(money(&serde_json::from_value(given.clone()).unwrap()).as_deref(), expected, "{given}");
        }
    }
}
