//! An act by what is printed on it: `/eli/226200012/2025-07-07/2025-302`.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::{self, Data, Path, ServiceConfig};
use chrono::NaiveDate;
use serde::Serialize;

use super::address;
use super::lines::ActLine;
use super::respond::{Answered, Failure, Text, page};
use super::site::{Held, Site};
use super::templates::render;
use crate::record::Siren;
use crate::register::{Page, Reader, Register, storable};
use crate::store::DeliberationFilter;

/// Acts that are listed under one number and day.
const MOST: usize = 200;

#[derive(Serialize)]
struct Model {
    site: Site,
    number: String,
    day: String,
    acts: Vec<ActLine>,
}

/// The act, where there is one; a list of them, where several bear the number.
async fn eli(request: HttpRequest, register: Data<Register>, path: Path<(String, String, String)>) -> Answered {
    let (authority, day, number) = path.into_inner();
    let authority: Siren = authority.parse().map_err(|_| Failure::NOT_FOUND)?;
    let day: NaiveDate = day.parse().ok().filter(|day| storable(*day)).ok_or(Failure::NOT_FOUND)?;
    if number.contains('\0') {
        return Err(Failure::NOT_FOUND);
    }
    page(&request, &register, move |register, asked| {
        let filter = DeliberationFilter { number: Some(number.clone()), date_from: Some(day), date_to: Some(day), ..DeliberationFilter::default() };
        let page = Page { authority: Some(authority.clone()), limit: MOST };
        let found = register.deliberations(&Reader::default(), &page, filter)?.lines;
        match found.as_slice() {
            [] => Err(Failure::NOT_FOUND),
            [only] => {
                let there = asked.at.absolute(&address::act(only.id));
                let text = format!("{there}\n");
                let mut answer = Text::of("text/plain; charset=utf-8", text).with_status(StatusCode::SEE_OTHER);
                answer.headers.push((LOCATION, address::act(only.id)));
                Ok(answer)
            }
            several => {
                let all = register.public_authorities()?;
                let site = match all.iter().find(|known| known.siren == authority) {
                    Some(known) => Held::site_of(register, asked, known)?,
                    None => Site::without_authority(asked.at.clone(), &asked.path),
                };
                let acts = several.iter().map(ActLine::from).collect();
                Ok(Text::page(render("eli.html", Model { site, number, day: super::words::day(day), acts })?))
            }
        }
    })
    .await
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/eli/{authority}/{date}/{number:.+}").route(web::get().to(eli)));
}
