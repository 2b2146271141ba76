//! For search engines: what they may read, and where everything is (sitemaps.org).

use actix_web::HttpRequest;
use actix_web::web::{self, Data, ServiceConfig};
use chrono::{DateTime, Utc};

use super::address::{self, Addresses};
use super::respond::{Answered, Asked, Failure, Text, page};
use super::site::{AUTHORITY, Held};
use crate::publish::feed::{self, Address};
use crate::record::Authority;
use crate::register::{Register, SiteMap};

/// Records of each kind that one map holds; with more, there is one for each year. A map may have 50 000 addresses.
const MOST: usize = 10_000;
const MOST_OF_A_YEAR: usize = 24_000;

/// The search makes as many addresses as there are words.
async fn robots(request: HttpRequest, register: Data<Register>) -> Answered {
    page(&request, &register, |_, asked| {
        let map = asked.at.absolute("/sitemap.xml");
        Ok(Text::of("text/plain; charset=utf-8", format!("User-agent: *\nDisallow: /recherche\nSitemap: {map}\n")))
    })
    .await
}

async fn map(request: HttpRequest, register: Data<Register>) -> Answered {
    page(&request, &register, |register, asked| {
        let held = Held::load(register, asked)?;
        let body = match (asked.get("annee"), &held.chosen) {
            (Some(year), Some(authority)) => {
                let year: i32 = year.parse().ok().filter(|year| (1..=9999).contains(year)).ok_or(Failure::NOT_FOUND)?;
                urls(&asked.at, &[(authority, register.site_map(&authority.siren, Some(year), MOST_OF_A_YEAR)?)], false)
            }
            (Some(_), None) => return Err(Failure::NOT_FOUND),
            (None, _) => whole(register, asked, &held)?,
        };
        Ok(Text::of("application/xml; charset=utf-8", body))
    })
    .await
}

/// Everything in one map, or the index of one map for each authority and year.
fn whole(register: &Register, asked: &Asked, held: &Held) -> Result<String, Failure> {
    let mut maps = Vec::new();
    let mut left = MOST;
    for authority in &held.all {
        let map = register.site_map(&authority.siren, None, left)?;
        if map.cut {
            return index(register, asked, held);
        }
        left = left.saturating_sub(map.acts.len().max(map.sittings.len()));
        maps.push((authority, map));
    }
    Ok(urls(&asked.at, &maps, true))
}

fn urls(at: &Addresses, maps: &[(&Authority, SiteMap)], pages: bool) -> String {
    let several = maps.len() > 1;
    let page = |path: &str| Address { url: at.absolute(path), modified: None };
    let record = |path: String, changed: DateTime<Utc>| Address { url: at.absolute(&path), modified: Some(changed) };
    let mut all = Vec::new();
    for (authority, map) in maps {
        let query = if several { format!("?{AUTHORITY}={}", authority.siren) } else { String::new() };
        all.extend(["/", "/seances", "/elus"].iter().filter(|_| pages).map(|path| page(&format!("{path}{query}"))));
        all.extend(map.sittings.iter().map(|(id, changed)| record(address::sitting(*id), *changed)));
        all.extend(map.acts.iter().map(|(id, changed)| record(address::act(*id), *changed)));
    }
    all.extend(["/verifier", "/donnees"].into_iter().filter(|_| pages).map(page));
    feed::sitemap(&all)
}

fn index(register: &Register, asked: &Asked, held: &Held) -> Result<String, Failure> {
    let mut addresses = Vec::new();
    for authority in &held.all {
        for year in register.public_years(&authority.siren)? {
            addresses.push(asked.at.absolute(&format!("/sitemap.xml?{AUTHORITY}={}&annee={year}", authority.siren)));
        }
    }
    Ok(feed::sitemap_index(&addresses))
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/robots.txt").route(web::get().to(robots)));
    config.service(web::resource("/sitemap.xml").route(web::get().to(map)));
}
