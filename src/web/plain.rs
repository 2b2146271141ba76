//! Pages that say something about the register itself.

use actix_web::HttpRequest;
use actix_web::web::{self, Data, ServiceConfig};
use serde::Serialize;

use super::respond::{Answered, Asked, Failure, Text, page};
use super::site::{Held, Site};
use super::templates::render;
use crate::register::Register;

#[derive(Serialize)]
struct Model {
    site: Site,
    version: &'static str,
    authorities: Vec<Named>,
}

#[derive(Serialize)]
struct Named {
    name: String,
    siren: String,
    /// What an address of the API carries.
    query: String,
    /// What the address of a feed carries.
    feed: String,
}

fn write(template: &'static str, register: &Register, asked: &Asked) -> Result<Text, Failure> {
    let held = Held::load(register, asked)?;
    let several = held.several();
    let named = |authority: &crate::record::Authority| Named {
        name: authority.name.clone(),
        siren: authority.siren.to_string(),
        query: if several { format!("?authority={}", authority.siren) } else { String::new() },
        feed: if several { format!("?{}={}", super::site::AUTHORITY, authority.siren) } else { String::new() },
    };
    let model = Model { site: held.site(asked), version: env!("CARGO_PKG_VERSION"), authorities: held.all.iter().map(named).collect() };
    Ok(Text::page(render(template, model)?))
}

async fn open_data(request: HttpRequest, register: Data<Register>) -> Answered {
    page(&request, &register, |register, asked| write("open_data.html", register, asked)).await
}

async fn accessibility(request: HttpRequest, register: Data<Register>) -> Answered {
    page(&request, &register, |register, asked| write("accessibility.html", register, asked)).await
}

async fn legal(request: HttpRequest, register: Data<Register>) -> Answered {
    page(&request, &register, |register, asked| write("legal.html", register, asked)).await
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/donnees").route(web::get().to(open_data)));
    config.service(web::resource("/accessibilite").route(web::get().to(accessibility)));
    config.service(web::resource("/mentions-legales").route(web::get().to(legal)));
}
