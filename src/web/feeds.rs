//! Feeds of the latest acts: Atom (RFC 4287) and RSS 2.0.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{self, Data, ServiceConfig};
use atom_syndication as atom;

use super::address;
use super::respond::{Answered, Asked, Failure, Text, page};
use super::site::{AUTHORITY, Held};
use crate::publish::DeliberationSummary;
use crate::record::Authority;
use crate::register::{Page, Reader, Register};
use crate::store::DeliberationFilter;

/// Acts of a feed.
const ACTS: usize = 50;

/// What both kinds of feed say.
struct Feed<'a> {
    authority: Authority,
    several: bool,
    acts: Vec<DeliberationSummary>,
    asked: &'a Asked,
}

impl<'a> Feed<'a> {
    fn load(register: &Register, asked: &'a Asked) -> Result<Self, Failure> {
        let held = Held::load(register, asked)?;
        let authority = held.one()?.clone();
        let of = Page { authority: held.siren(), limit: ACTS };
        let acts = register.deliberations(&Reader::default(), &of, DeliberationFilter::default())?.lines;
        Ok(Self { authority, several: held.several(), acts, asked })
    }

    fn title(&self) -> String {
        format!("Délibérations – {}", self.authority.name)
    }

    /// The page of the register that the feed follows, and the feed itself.
    fn here(&self, path: &str) -> String {
        let query = if self.several { format!("?{AUTHORITY}={}", self.authority.siren) } else { String::new() };
        self.asked.at.absolute(&format!("{path}{query}"))
    }

    fn url(&self, act: &DeliberationSummary) -> String {
        self.asked.at.absolute(&address::act(act.id))
    }
}

/// The number first, as it is quoted.
fn title(act: &DeliberationSummary) -> String {
    xml(&match &act.number {
        Some(number) => format!("{number} – {}", act.title),
        None => act.title.clone(),
    })
}

fn summary(act: &DeliberationSummary) -> String {
    let outcome = if act.outcome == crate::record::Outcome::Unstated { String::new() } else { format!(" : {}", act.outcome.label().fr) };
    xml(&format!("{}, séance du {}{outcome}", act.sitting.body.name, super::words::day(act.sitting.date)))
}

/// Without the characters that no XML document may hold (XML 1.0 §2.2).
fn xml(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

async fn atom(request: HttpRequest, register: Data<Register>) -> Answered {
    page(&request, &register, |register, asked| {
        let feed = Feed::load(register, asked)?;
        let link = |rel: &str, href: String| atom::Link { rel: rel.to_owned(), href, ..atom::Link::default() };
        let entry = |act: &DeliberationSummary| atom::Entry {
            title: atom::Text::plain(title(act)),
            id: format!("urn:uuid:{}", act.id),
            updated: act.modified_at.fixed_offset(),
            links: vec![link("alternate", feed.url(act))],
            summary: Some(atom::Text::plain(summary(act))),
            ..atom::Entry::default()
        };
        let written = atom::Feed {
            title: atom::Text::plain(xml(&feed.title())),
            id: feed.here("/flux/deliberations.atom"),
            updated: feed.acts.iter().map(|act| act.modified_at).max().unwrap_or_default().fixed_offset(),
            authors: vec![atom::Person { name: xml(&feed.authority.name), ..atom::Person::default() }],
            links: vec![link("self", feed.here("/flux/deliberations.atom")), link("alternate", feed.here("/"))],
            lang: Some("fr".to_owned()),
            entries: feed.acts.iter().map(entry).collect(),
            ..atom::Feed::default()
        };
        Ok(Text::of("application/atom+xml; charset=utf-8", written.to_string()))
    })
    .await
}

async fn rss(request: HttpRequest, register: Data<Register>) -> Answered {
    page(&request, &register, |register, asked| {
        let feed = Feed::load(register, asked)?;
        let item = |act: &DeliberationSummary| rss::Item {
            title: Some(title(act)),
            link: Some(feed.url(act)),
            description: Some(summary(act)),
            guid: Some(rss::Guid { value: feed.url(act), permalink: true }),
            ..rss::Item::default()
        };
        let channel = rss::Channel {
            title: xml(&feed.title()),
            link: feed.here("/"),
            description: format!("Les dernières délibérations publiées au registre de {}.", xml(&feed.authority.name)),
            language: Some("fr".to_owned()),
            items: feed.acts.iter().map(item).collect(),
            ..rss::Channel::default()
        };
        let mut bytes = Vec::new();
        channel.write_to(&mut bytes).map_err(|error| broken(&error))?;
        let text = String::from_utf8(bytes).map_err(|error| broken(&error))?;
        Ok(Text::of("application/rss+xml; charset=utf-8", text))
    })
    .await
}

fn broken(error: &dyn std::fmt::Display) -> Failure {
    tracing::error!(%error, "a feed cannot be written");
    Failure(StatusCode::INTERNAL_SERVER_ERROR)
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/flux/deliberations.atom").route(web::get().to(atom)));
    config.service(web::resource("/flux/deliberations.rss").route(web::get().to(rss)));
}
