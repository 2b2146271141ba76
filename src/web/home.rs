//! The first page: a search, the latest acts, the latest sittings.

use actix_web::HttpRequest;
use actix_web::web::{self, Data, ServiceConfig};
use serde::Serialize;

use super::choice::choice;
use super::lines::{ActLine, SittingLine};
use super::respond::{Answered, Text, page};
use super::site::{Held, Site};
use super::templates::render;
use crate::register::{Page, Reader, Register};
use crate::store::{DeliberationFilter, SittingFilter};

const SITTINGS: usize = 6;
const ACTS: usize = 10;

#[derive(Serialize)]
struct Model {
    site: Site,
    acts: Vec<ActLine>,
    sittings: Vec<SittingLine>,
}

async fn home(request: HttpRequest, register: Data<Register>) -> Answered {
    page(&request, &register, |register, asked| {
        let held = Held::load(register, asked)?;
        if let Some(choice) = choice(asked, &held)? {
            return Ok(choice);
        }
        let reader = Reader::default();
        let of = |limit| Page { authority: held.siren(), limit };
        let acts = register.deliberations(&reader, &of(ACTS), DeliberationFilter::default())?.lines;
        let sittings = register.sittings(&reader, &of(SITTINGS), SittingFilter::default())?.lines;
        let model = Model {
            site: held.site(asked),
            acts: acts.iter().map(ActLine::from).collect(),
            sittings: sittings.iter().map(SittingLine::from).collect(),
        };
        Ok(Text::page(render("home.html", model)?))
    })
    .await
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/").route(web::get().to(home)));
}
