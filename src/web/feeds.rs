//! Feeds of the latest acts: Atom (RFC 4287) and RSS 2.0.

use actix_web::HttpRequest;
use actix_web::web::{self, Data, ServiceConfig};

use super::address;
use super::respond::{Answered, Asked, Failure, Text, page};
use super::site::{AUTHORITY, Held};
use crate::publish::DeliberationSummary;
use crate::publish::feed::{self, Feed, FeedEntry};
use crate::record::Outcome;
use crate::register::{Page, Reader, Register};
use crate::store::DeliberationFilter;

/// Acts of a feed.
const ACTS: usize = 50;

fn load(register: &Register, asked: &Asked, path: &str) -> Result<Feed, Failure> {
    let held = Held::load(register, asked)?;
    let authority = held.one()?;
    let of = Page { authority: held.siren(), limit: ACTS };
    let acts = register.deliberations(&Reader::default(), &of, DeliberationFilter::default())?.lines;
    let query = if held.several() { format!("?{AUTHORITY}={}", authority.siren) } else { String::new() };
    let here = |path: &str| asked.at.absolute(&format!("{path}{query}"));
    Ok(Feed {
        title: format!("Délibérations – {}", authority.name),
        description: format!("Les dernières délibérations publiées au registre de {}.", authority.name),
        author: authority.name.clone(),
        url: here("/"),
        feed_url: here(path),
        entries: acts.iter().map(|act| entry(act, asked)).collect(),
    })
}

/// The number first, as it is quoted.
fn entry(act: &DeliberationSummary, asked: &Asked) -> FeedEntry {
    let number = act.number.as_ref().map(|number| format!("{number} – ")).unwrap_or_default();
    let outcome = if act.outcome == Outcome::Unstated { String::new() } else { format!(" : {}", act.outcome.label().fr) };
    FeedEntry {
        id: act.id,
        url: asked.at.absolute(&address::act(act.id)),
        title: format!("{number}{}", act.title),
        summary: Some(format!("{}, séance du {}{outcome}", act.sitting.body.name, super::words::day(act.sitting.date))),
        published: act.modified_at,
        updated: act.modified_at,
    }
}

async fn atom(request: HttpRequest, register: Data<Register>) -> Answered {
    page(&request, &register, |register, asked| {
        let feed = load(register, asked, "/flux/deliberations.atom")?;
        Ok(Text::of("application/atom+xml; charset=utf-8", feed::atom(&feed)))
    })
    .await
}

async fn rss(request: HttpRequest, register: Data<Register>) -> Answered {
    page(&request, &register, |register, asked| {
        let feed = load(register, asked, "/flux/deliberations.rss")?;
        Ok(Text::of("application/rss+xml; charset=utf-8", feed::rss(&feed)))
    })
    .await
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/flux/deliberations.atom").route(web::get().to(atom)));
    config.service(web::resource("/flux/deliberations.rss").route(web::get().to(rss)));
}
