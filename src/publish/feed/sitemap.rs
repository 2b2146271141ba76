//! Addresses for search engines (sitemaps.org, protocol 0.9).

use chrono::{DateTime, Utc};

use super::super::markup::Element;
use super::syndication::instant;

/// The most addresses that one document may hold.
pub const IN_ONE_SITEMAP: usize = 50_000;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// A page and when it last changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub url: String,
    pub modified: Option<DateTime<Utc>>,
}

/// One document, or several with an index over them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitemap {
    /// What is served at the address of the sitemap.
    pub document: String,
    /// What is served at the addresses that the index gives, in order. Empty: there is no index, the document holds all.
    pub parts: Vec<String>,
}

/// `part_url`: where the part of that number, from 1, is served.
pub fn sitemap(pages: &[Address], part_url: impl Fn(usize) -> String) -> Sitemap {
    if pages.len() <= IN_ONE_SITEMAP {
        return Sitemap { document: set(pages), parts: Vec::new() };
    }
    let chunks: Vec<&[Address]> = pages.chunks(IN_ONE_SITEMAP).collect();
    let listed = chunks.iter().enumerate().map(|(place, chunk)| {
        // As old as its newest page, where all of them say.
        let modified = chunk.iter().map(|page| page.modified).min().flatten().and_then(|_| chunk.iter().filter_map(|page| page.modified).max());
        address("sitemap", &part_url(place + 1), modified)
    });
    let index = Element::new("sitemapindex").with("xmlns", NAMESPACE).children(listed);
    Sitemap { document: index.document(), parts: chunks.into_iter().map(set).collect() }
}

fn set(pages: &[Address]) -> String {
    let pages = pages.iter().map(|page| address("url", &page.url, page.modified));
    Element::new("urlset").with("xmlns", NAMESPACE).children(pages).document()
}

fn address(name: &'static str, url: &str, modified: Option<DateTime<Utc>>) -> Element {
    let modified = modified.map(|at| Element::new("lastmod").text(instant(at)));
    Element::new(name).child(Element::new("loc").text(url)).children(modified)
}
