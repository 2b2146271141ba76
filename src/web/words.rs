//! Days, hours, sizes and sums in French, as pages say them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::publish::french;
pub use crate::publish::french::{capital, day};
use crate::record::{Authority, Label, Outcome};

/// A day as it is read, and as programs read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Day {
    pub iso: String,
    pub text: String,
}

impl Day {
    pub fn of(date: NaiveDate) -> Self {
        Self { iso: date.to_string(), text: day(date) }
    }

    /// An instant, where the authority is.
    pub fn at(instant: DateTime<Utc>, authority: &Authority) -> Self {
        let there = instant.with_timezone(&french::zone(authority)).date_naive();
        let text = format!("{} à {}", day(there), french::clock(instant, authority));
        Self { iso: instant.to_rfc3339_opts(chrono::SecondsFormat::Secs, true), text }
    }
}

/// "du 18 novembre 2024 au 19 novembre 2024", or the one day.
pub fn days(first: NaiveDate, last: Option<NaiveDate>) -> String {
    match last.filter(|last| *last != first) {
        Some(last) => format!("du {} au {}", day(first), day(last)),
        None => format!("du {}", day(first)),
    }
}

/// A size of a file: "12,4 Ko".
pub fn size(bytes: u64) -> String {
    const STEPS: [(u64, &str); 3] = [(1 << 30, "Go"), (1 << 20, "Mo"), (1 << 10, "Ko")];
    let Some((unit, name)) = STEPS.into_iter().find(|(unit, _)| bytes >= *unit) else { return format!("{bytes} octets") };
    let tenths = bytes.saturating_mul(10) / unit;
    format!("{},{} {name}", tenths / 10, tenths % 10)
}

pub fn label(label: Label) -> String {
    capital(label.fr)
}

/// How an outcome is set off: never by its colour alone, its word stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Badge {
    pub class: &'static str,
    pub text: String,
}

impl Badge {
    /// None: the record does not say.
    pub fn of_outcome(outcome: Outcome) -> Option<Self> {
        let class = match outcome {
            Outcome::Unstated => return None,
            Outcome::Adopted | Outcome::AdoptedAsAmended | Outcome::Elected => "good",
            Outcome::Rejected => "bad",
            Outcome::Withdrawn | Outcome::Postponed | Outcome::Noted | Outcome::OpinionGiven | Outcome::DecidedVoteUnstated | Outcome::NoVote => {
                "plain"
            }
        };
        Some(Self { class, text: label(outcome.label()) })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_said_in_french() {
        assert_eq!(days(date("2024-11-18"), Some(date("2024-11-19"))), "du 18 novembre 2024 au 19 novembre 2024");
        assert_eq!(days(date("2024-11-18"), Some(date("2024-11-18"))), "du 18 novembre 2024");
    }

    #[test]
    fn sizes_are_cut_to_a_tenth() {
        for (bytes, said) in [(0, "0 octets"), (1023, "1023 octets"), (1024, "1,0 Ko"), (1_600_000, "1,5 Mo"), (u64::MAX, "1717986918,3 Go")] {
            assert_eq!(size(bytes), said);
        }
    }
}
