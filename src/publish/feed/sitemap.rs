//! Addresses for search engines (sitemaps.org, protocol 0.9). One document holds 50 000 at most: with more, an index names several.

use chrono::{DateTime, Utc};

use super::super::markup::Element;
use super::syndication::instant;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// A page and when it last changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub url: String,
    pub modified: Option<DateTime<Utc>>,
}

/// Pages.
pub fn sitemap(pages: &[Address]) -> String {
    let pages = pages.iter().map(|page| address("url", &page.url, page.modified));
    Element::new("urlset").with("xmlns", NAMESPACE).children(pages).document()
}

/// The addresses of other maps.
pub fn sitemap_index(maps: &[String]) -> String {
    let maps = maps.iter().map(|map| address("sitemap", map, None));
    Element::new("sitemapindex").with("xmlns", NAMESPACE).children(maps).document()
}

fn address(name: &'static str, url: &str, modified: Option<DateTime<Utc>>) -> Element {
    let modified = modified.map(|at| Element::new("lastmod").text(instant(at)));
    Element::new(name).child(Element::new("loc").text(url)).children(modified)
}
