//! Sittings for calendars: iCalendar (RFC 5545).

use chrono::{DateTime, Days, NaiveDate, Utc};
use icalendar::{Calendar, Component, Event, EventLike};

use super::super::markup::allowed;
use super::one_line;
use crate::record::{Id, SittingRecord};

/// A sitting in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEntry {
    pub id: Id,
    pub url: String,
    pub title: String,
    pub when: When,
    pub place: Option<String>,
    pub modified_at: DateTime<Utc>,
}

/// When a sitting is, as far as it is known. A day without an hour stays a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// First and last day.
    Days(NaiveDate, NaiveDate),
    /// Start, and the end where it is known.
    Hours(DateTime<Utc>, Option<DateTime<Utc>>),
}

impl When {
    pub fn of(sitting: &SittingRecord) -> Self {
        let at = |time: &Option<crate::record::PrintedTime>| time.as_ref().and_then(|time| time.at);
        match at(&sitting.starts) {
            Some(start) => Self::Hours(start, at(&sitting.ends).filter(|end| *end > start)),
            None => Self::Days(sitting.date, sitting.end_date.unwrap_or(sitting.date).max(sitting.date)),
        }
    }
}

pub fn ics(name: &str, sittings: &[CalendarEntry]) -> String {
    let mut calendar = Calendar::empty();
    for (property, value) in [("VERSION", "2.0"), ("PRODID", "-//registre//FR"), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property((property, value));
    }
    calendar.name(&line(name));
    for sitting in sittings {
        calendar.push(event(sitting));
    }
    calendar.to_string()
}

fn event(sitting: &CalendarEntry) -> Event {
    let mut event = Event::with_uid(&format!("urn:uuid:{}", sitting.id));
    event.timestamp(sitting.modified_at).last_modified(sitting.modified_at).summary(&line(&sitting.title)).url(&line(&sitting.url));
    match sitting.when {
        When::Days(first, last) => {
            event.starts(first);
            // The end of a day is the day after (§3.6.1).
            if let Some(end) = last.checked_add_days(Days::new(1)) {
                event.ends(end);
            }
        }
        When::Hours(start, end) => {
            event.starts(start);
            if let Some(end) = end {
                event.ends(end);
            }
        }
    }
    if let Some(place) = sitting.place.as_deref().map(line).filter(|place| !place.is_empty()) {
        event.location(&place);
    }
    event.done()
}

/// A line break in a value would end its property, so that a text could add others.
fn line(text: &str) -> String {
    one_line(&allowed(text))
}
