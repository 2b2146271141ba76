//! What is new, for feed readers: RSS 2.0 and Atom (RFC 4287), from the same entries.

use std::collections::BTreeMap;

use atom_syndication::{Entry, Feed as AtomFeed, Generator, Link, Person, Text};
use chrono::{DateTime, SecondsFormat, Utc};
use rss::extension::atom::{AtomExtension, Link as SelfLink};
use rss::{Channel, Guid, Item};

use super::super::markup::allowed;
use super::one_line;
use crate::record::Id;

/// A feed and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    pub title: String,
    pub description: String,
    /// Who publishes: the authority.
    pub author: String,
    /// The page that shows the same.
    pub url: String,
    /// The feed itself.
    pub feed_url: String,
    /// Newest first.
    pub entries: Vec<FeedEntry>,
}

/// What is announced. Plain text: nothing in it is markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedEntry {
    pub id: Id,
    pub url: String,
    pub title: String,
    pub summary: Option<String>,
    pub published: DateTime<Utc>,
    pub updated: DateTime<Utc>,
}

impl Feed {
    /// That of the entry changed last; a feed that never held one is as old as time.
    fn updated(&self) -> DateTime<Utc> {
        self.entries.iter().map(|entry| entry.updated).max().unwrap_or_default()
    }
}

/// Permanent, whatever the address becomes.
fn urn(id: Id) -> String {
    format!("urn:uuid:{id}")
}

fn line(text: &str) -> String {
    one_line(&allowed(text))
}

pub fn rss(feed: &Feed) -> String {
    let item = |entry: &FeedEntry| Item {
        title: Some(line(&entry.title)),
        link: Some(entry.url.clone()),
        // Readers take a description for HTML.
        description: entry.summary.as_deref().map(|summary| quick_xml::escape::escape(allowed(summary)).into_owned()),
        guid: Some(Guid { value: urn(entry.id), permalink: false }),
        pub_date: Some(entry.published.to_rfc2822()),
        ..Item::default()
    };
    let itself =
        SelfLink { href: feed.feed_url.clone(), rel: "self".to_owned(), mime_type: Some("application/rss+xml".to_owned()), ..SelfLink::default() };
    Channel {
        title: line(&feed.title),
        link: feed.url.clone(),
        description: line(&feed.description),
        language: Some("fr".to_owned()),
        last_build_date: Some(feed.updated().to_rfc2822()),
        generator: Some("registre".to_owned()),
        items: feed.entries.iter().map(item).collect(),
        atom_ext: Some(AtomExtension { links: vec![itself] }),
        namespaces: BTreeMap::from([("atom".to_owned(), "http://www.w3.org/2005/Atom".to_owned())]),
        ..Channel::default()
    }
    .to_string()
}

pub fn atom(feed: &Feed) -> String {
    let entry = |entry: &FeedEntry| Entry {
        title: Text::plain(line(&entry.title)),
        id: urn(entry.id),
        updated: entry.updated.fixed_offset(),
        published: Some(entry.published.fixed_offset()),
        links: vec![link(&entry.url, "alternate", "text/html")],
        summary: entry.summary.as_deref().map(|summary| Text::plain(allowed(summary))),
        ..Entry::default()
    };
    AtomFeed {
        title: Text::plain(line(&feed.title)),
        subtitle: Some(Text::plain(line(&feed.description))),
        id: feed.feed_url.clone(),
        updated: feed.updated().fixed_offset(),
        authors: vec![Person { name: line(&feed.author), ..Person::default() }],
        generator: Some(Generator { value: "registre".to_owned(), ..Generator::default() }),
        links: vec![link(&feed.feed_url, "self", "application/atom+xml"), link(&feed.url, "alternate", "text/html")],
        lang: Some("fr".to_owned()),
        entries: feed.entries.iter().map(entry).collect(),
        ..AtomFeed::default()
    }
    .to_string()
}

fn link(url: &str, rel: &str, media_type: &str) -> Link {
    Link { href: url.to_owned(), rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

/// An instant as RFC 3339 has it, to the second.
pub fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
