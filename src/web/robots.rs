//! For search engines: what they may read, and where everything is (sitemaps.org).

use actix_web::HttpRequest;
use actix_web::web::{self, Data, ServiceConfig};
use chrono::{DateTime, SecondsFormat, Utc};
use quick_xml::events::BytesText;
use quick_xml::writer::Writer;

use super::address::{self, Addresses};
use super::respond::{Answered, Asked, Failure, Text, page};
use super::site::{AUTHORITY, Held};
use crate::record::{Authority, Id};
use crate::register::{Register, SiteMap};

/// Records of each kind that one map holds; with more, there is one for each year. A map may have 50 000 addresses.
const MOST: usize = 10_000;
const MOST_OF_A_YEAR: usize = 24_000;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

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
        Ok(Text::of("application/xml; charset=utf-8", body.map_err(|error| failed(&error))?))
    })
    .await
}

fn failed(error: &dyn std::fmt::Display) -> Failure {
    tracing::error!(%error, "a site map cannot be written");
    Failure(actix_web::http::StatusCode::INTERNAL_SERVER_ERROR)
}

/// Everything in one map, or the index of one map for each authority and year.
fn whole(register: &Register, asked: &Asked, held: &Held) -> Result<std::io::Result<String>, Failure> {
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

fn urls(at: &Addresses, maps: &[(&Authority, SiteMap)], pages: bool) -> std::io::Result<String> {
    let several = maps.len() > 1;
    written("urlset", |writer| {
        for (authority, map) in maps {
            for path in ["/", "/seances", "/elus"].into_iter().filter(|_| pages) {
                let query = if several { format!("?{AUTHORITY}={}", authority.siren) } else { String::new() };
                entry(writer, "url", &at.absolute(&format!("{path}{query}")), None)?;
            }
            lines(writer, at, &map.sittings, address::sitting)?;
            lines(writer, at, &map.acts, address::act)?;
        }
        for path in ["/verifier", "/donnees"].into_iter().filter(|_| pages) {
            entry(writer, "url", &at.absolute(path), None)?;
        }
        Ok(())
    })
}

fn lines(writer: &mut Writer<Vec<u8>>, at: &Addresses, records: &[(Id, DateTime<Utc>)], path: fn(Id) -> String) -> std::io::Result<()> {
    records.iter().try_for_each(|(id, changed)| entry(writer, "url", &at.absolute(&path(*id)), Some(*changed)))
}

fn index(register: &Register, asked: &Asked, held: &Held) -> Result<std::io::Result<String>, Failure> {
    let mut addresses = Vec::new();
    for authority in &held.all {
        for year in register.public_years(&authority.siren)? {
            addresses.push(asked.at.absolute(&format!("/sitemap.xml?{AUTHORITY}={}&annee={year}", authority.siren)));
        }
    }
    Ok(written("sitemapindex", |writer| addresses.iter().try_for_each(|address| entry(writer, "sitemap", address, None))))
}

fn written(root: &str, inside: impl FnOnce(&mut Writer<Vec<u8>>) -> std::io::Result<()>) -> std::io::Result<String> {
    let mut writer = Writer::new(br#"<?xml version="1.0" encoding="UTF-8"?>"#.to_vec());
    writer.create_element(root).with_attribute(("xmlns", NAMESPACE)).write_inner_content(inside)?;
    String::from_utf8(writer.into_inner()).map_err(std::io::Error::other)
}

fn entry(writer: &mut Writer<Vec<u8>>, name: &str, address: &str, changed: Option<DateTime<Utc>>) -> std::io::Result<()> {
    writer.create_element(name).write_inner_content(|writer| {
        writer.create_element("loc").write_text_content(BytesText::new(address))?;
        if let Some(at) = changed {
            writer.create_element("lastmod").write_text_content(BytesText::new(&at.to_rfc3339_opts(SecondsFormat::Secs, true)))?;
        }
        Ok(())
    })?;
    Ok(())
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/robots.txt").route(web::get().to(robots)));
    config.service(web::resource("/sitemap.xml").route(web::get().to(map)));
}
