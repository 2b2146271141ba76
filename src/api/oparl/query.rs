//! The parameters of a list. What OParl does not define is left aside, so that a client of a later version is answered.

use chrono::{DateTime, NaiveDateTime};

use crate::api::problem::{Kind, Problem};
use crate::register::{ListAsked, storable};

/// What is asked of a list, and how it was written.
#[derive(Clone, Debug, Default)]
pub struct ListQuery {
    pub asked: ListAsked,
    /// The filters, in the order of their names.
    filters: Vec<(&'static str, String)>,
}

impl ListQuery {
    /// # Errors
    /// `invalid-parameter`, for a filter or a page that cannot be.
    pub fn read(query: &str) -> Result<Self, Problem> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).map_err(|_| Problem::new(Kind::InvalidParameter))?;
        // Of one that stands twice, the last.
        let given = |name: &str| pairs.iter().rfind(|(n, _)| n == name).map(|(_, value)| value.as_str());
        let mut read = Self { asked: ListAsked { page: 1, ..ListAsked::default() }, filters: Vec::new() };
        for (name, bound) in [
            ("created_since", &mut read.asked.created_since),
            ("created_until", &mut read.asked.created_until),
            ("modified_since", &mut read.asked.modified_since),
            ("modified_until", &mut read.asked.modified_until),
        ] {
            if let Some(value) = given(name) {
                // A `+` that was not encoded comes as a space.
                let value = value.replace(' ', "+");
                *bound = Some(instant(name, &value)?);
                read.filters.push((name, value));
            }
        }
        if let Some(value) = given("page") {
            let page = value.parse().ok().filter(|page| *page > 0);
            let (fr, en) = ("un nombre entier à partir de 1", "a whole number from 1");
            read.asked.page = page.ok_or_else(|| Problem::new(Kind::InvalidParameter).at("page", "value", fr, en))?;
        }
        read.asked.after = given("after").filter(|after| !after.contains('\0')).map(str::to_owned);
        // Only a wish.
        read.asked.limit = given("limit").and_then(|limit| limit.parse().ok());
        read.asked.omit_internal = given("omit_internal") == Some("true");
        Ok(read)
    }

    /// The query of a page of the same list, written in one way only: names in order, nothing that goes without saying.
    pub fn of_page(&self, page: u64, after: Option<&str>, per_page: u64) -> String {
        let mut pairs = self.filters.clone();
        pairs.extend(after.map(|after| ("after", after.to_owned())));
        pairs.extend(self.asked.limit.map(|_| ("limit", per_page.to_string())));
        pairs.extend(self.asked.omit_internal.then(|| ("omit_internal", "true".to_owned())));
        pairs.extend((page > 1).then(|| ("page", page.to_string())));
        pairs.sort();
        let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
        if query.is_empty() { query } else { format!("?{query}") }
    }
}

fn instant(name: &str, value: &str) -> Result<NaiveDateTime, Problem> {
    let read = DateTime::parse_from_rfc3339(value).ok().map(|at| at.naive_utc()).filter(|at| storable(at.date()));
    let (fr, en) = ("une date et une heure avec décalage : 2026-01-31T08:00:00+01:00", "a date and time with an offset: 2026-01-31T08:00:00+01:00");
    read.ok_or_else(|| Problem::new(Kind::InvalidParameter).at(name, "value", fr, en))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_written_again_in_one_way() {
        let since = "modified_since=2026-01-31T08%3A00%3A00%2B01%3A00";
        for (case, query, page, expected) in [
            ("nothing", "", 1, String::new()),
            ("the second page", "", 2, "?page=2".to_owned()),
            ("the first page, said", "page=1", 1, String::new()),
            ("a filter is kept", since, 3, format!("?{since}&page=3")),
            (
                "names in order",
                &*format!("{since}&created_until=2026-02-01T00%3A00%3A00Z"),
                1,
                format!("?created_until=2026-02-01T00%3A00%3A00Z&{since}"),
            ),
            ("a plus that is not encoded", "modified_since=2026-01-31T08:00:00+01:00", 1, format!("?{since}")),
            ("more than a page holds", "limit=5000", 1, "?limit=100".to_owned()),
            ("a wish that is none", "limit=all", 1, String::new()),
            ("what OParl does not define", "q=route", 1, String::new()),
            ("lists left out", "omit_internal=true", 2, "?omit_internal=true&page=2".to_owned()),
            ("lists not left out", "omit_internal=false", 1, String::new()),
        ] {
            assert_eq!(ListQuery::read(query).unwrap().of_page(page, None, 100), expected, "{case}");
        }
    }

    #[test]
    fn a_bound_is_a_moment_with_an_offset() {
        for (value, expected) in [
            ("2026-01-31T08:00:00%2B01:00", Some("2026-01-31T07:00:00")),
            ("2026-01-31T08:00:00Z", Some("2026-01-31T08:00:00")),
            ("2026-01-31T08:00:00.5Z", Some("2026-01-31T08:00:00.500")),
            ("2026-01-31T08:00:00", None),
            ("2026-01-31", None),
            ("0000-01-01T00:00:00Z", None),
            ("yesterday", None),
            ("", None),
        ] {
            let read = ListQuery::read(&format!("created_since={value}")).ok().map(|query| query.asked.created_since.unwrap());
            assert_eq!(read, expected.map(|text| text.parse().unwrap()), "{value}");
        }
    }

    #[test]
    fn pages_are_counted_from_1() {
        for (page, right) in [("1", true), ("18446744073709551615", true), ("0", false), ("-1", false), ("one", false), ("", false)] {
            assert_eq!(ListQuery::read(&format!("page={page}")).is_ok(), right, "{page}");
        }
    }
}
