//! Days and time limits: what day an instant is, where a number of months ends.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;

/// The day of an instant where the authority is: 23:30 UTC on 7 July is 8 July in Paris.
pub fn day_in(zone: Tz, at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// So many months later, date to date: 9 January, two months later, is 9 March. A month too short for it gives its last day.
pub fn months_after(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

pub fn next_day(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(NaiveDate::MAX)
}

pub fn day_before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(NaiveDate::MIN)
}

pub fn days_after(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX)
}

/// A limit in months of which neither the first nor the last day counts (délai franc).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreeLimit {
    /// The day after the one that sets it off.
    pub first_day: NaiveDate,
    /// The last day on which one may still act.
    pub last_day: NaiveDate,
    /// Where the end of a month makes two readings: counted date to date from the first day. No text was read on which of them holds.
    pub other_reading: Option<NaiveDate>,
}

/// Received on 9 January, two months: it runs from 10 January, date to date to 9 March, and ends the day after, 10 March.
pub fn free_limit(from: NaiveDate, months: u32) -> FreeLimit {
    let first_day = next_day(from);
    let last_day = next_day(months_after(from, months));
    let other = months_after(first_day, months);
    FreeLimit { first_day, last_day, other_reading: Some(other).filter(|other| *other != last_day) }
}

/// The day itself, or the first after it that is no Saturday, Sunday or public holiday.
pub fn working_day_from(day: NaiveDate) -> NaiveDate {
    let mut day = day;
    while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) || is_holiday(day) {
        let Some(next) = day.succ_opt() else { return day };
        day = next;
    }
    day
}

/// The eleven public holidays of the whole country; those of Alsace-Moselle and overseas are not known here. From memory (code du travail,
/// L3133-1): what rests on them is unverified.
fn is_holiday(day: NaiveDate) -> bool {
    const FIXED: [(u32, u32); 8] = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];
    // Easter Monday, Ascension Day, Whit Monday.
    const AFTER_EASTER: [u64; 3] = [1, 39, 50];
    let movable = easter(day.year()).is_some_and(|easter| AFTER_EASTER.iter().any(|days| easter.checked_add_days(Days::new(*days)) == Some(day)));
    movable || FIXED.contains(&(day.month(), day.day()))
}

/// Easter Sunday in the Gregorian calendar, by the method of Meeus, Jones and Butcher.
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let golden = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15).rem_euclid(30);
    let weekday = (32 + 2 * (b % 4) + 2 * (c / 4) - golden - c % 4).rem_euclid(7);
    let late = (a + 11 * golden + 22 * weekday) / 451;
    let counted = golden + weekday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(counted / 31).ok()?, u32::try_from(counted % 31).ok()? + 1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_sundays() {
        for sunday in ["2000-04-23", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2285-03-22"] {
            assert_eq!(easter(day(sunday).year()), Some(day(sunday)), "{sunday}");
        }
    }

    #[test]
    fn the_first_working_day() {
        let rows = [
            ("a Monday", "2025-07-07", "2025-07-07"),
            ("a Saturday", "2025-07-12", "2025-07-15"), // Monday 14 July is a holiday
            ("Easter Monday", "2025-04-21", "2025-04-22"),
            ("Ascension Day", "2025-05-29", "2025-05-30"),
            ("Whit Monday", "2025-06-09", "2025-06-10"),
            ("Christmas, a Thursday", "2025-12-25", "2025-12-26"),
            ("New Year's Day 2028, a Saturday", "2028-01-01", "2028-01-03"),
        ];
        for (name, from, expected) in rows {
            assert_eq!(working_day_from(day(from)), day(expected), "{name}");
        }
    }

    #[test]
    fn free_limits_of_two_months() {
        let rows = [
            ("the example of the ministry", "2025-01-09", "2025-03-10", None),
            ("over the end of the year", "2025-11-20", "2026-01-21", None),
            ("31 December", "2025-12-31", "2026-03-01", None),
            ("31 December before a leap day", "2023-12-31", "2024-03-01", None),
            ("29 December: two readings", "2025-12-29", "2026-03-01", Some("2026-02-28")),
            ("29 December before a leap day", "2023-12-29", "2024-03-01", Some("2024-02-29")),
            ("30 June: two readings", "2025-06-30", "2025-08-31", Some("2025-09-01")),
            ("leap day", "2024-02-29", "2024-04-30", Some("2024-05-01")),
        ];
        for (name, from, last, other) in rows {
            let limit = free_limit(day(from), 2);
            assert_eq!((limit.first_day, limit.last_day, limit.other_reading), (next_day(day(from)), day(last), other.map(day)), "{name}");
        }
    }
}
