//! Feeds: what is new for readers (RSS 2.0, Atom), sittings for calendars (iCalendar), addresses for search engines. The same entries always
//! give the same bytes.

mod calendar;
mod sitemap;
mod syndication;
#[cfg(test)]
mod tests;

pub use calendar::{CalendarEntry, When, ics};
pub use sitemap::{Address, sitemap, sitemap_index};
pub use syndication::{Feed, FeedEntry, atom, rss};

/// A text on one line: what printers and keyboards put between words is one space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
