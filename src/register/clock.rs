//! What day it is where an authority is.

use chrono::NaiveDate;

use crate::record::Authority;

/// Today in the authority's time zone; in UTC where the zone is not known.
pub(super) fn today(authority: &Authority) -> NaiveDate {
    let now = chrono::Utc::now();
    zone(authority).map_or_else(|| now.date_naive(), |zone| now.with_timezone(&zone).date_naive())
}

/// The day of an instant in the authority's time zone.
pub(super) fn day(authority: &Authority, at: chrono::DateTime<chrono::Utc>) -> NaiveDate {
    zone(authority).map_or_else(|| at.date_naive(), |zone| at.with_timezone(&zone).date_naive())
}

/// The authority's time zone (IANA).
pub(super) fn zone(authority: &Authority) -> Option<chrono_tz::Tz> {
    authority.time_zone.parse().ok()
}
