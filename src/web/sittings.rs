//! The list of sittings.

use actix_web::HttpRequest;
use actix_web::web::{self, Data, ServiceConfig};
use serde::Serialize;

use super::choice::choice;
use super::lines::SittingLine;
use super::next::{CURSOR, LINES, Links, place};
use super::respond::{Answered, Text, page};
use super::site::{Held, Site};
use super::templates::render;
use crate::register::{Page, Reader, Register};
use crate::store::SittingFilter;

#[derive(Serialize)]
struct Model {
    site: Site,
    sittings: Vec<SittingLine>,
    links: Links,
}

async fn sittings(request: HttpRequest, register: Data<Register>) -> Answered {
    page(&request, &register, |register, asked| {
        let held = Held::load(register, asked)?;
        if let Some(choice) = choice(asked, &held)? {
            return Ok(choice);
        }
        let filter = SittingFilter { after: place(asked, CURSOR)?, ..SittingFilter::default() };
        let listed = register.sittings(&Reader::default(), &Page { authority: held.siren(), limit: LINES }, filter)?;
        let sittings = listed.lines.iter().map(SittingLine::from).collect();
        let model = Model { site: held.site(asked), sittings, links: Links::of(asked, CURSOR, listed.next) };
        Ok(Text::page(render("sittings.html", model)?))
    })
    .await
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/seances").route(web::get().to(sittings)));
}
