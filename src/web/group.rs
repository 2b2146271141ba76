//! The page of a group: who belongs to it, and the acts in whose ballots it is named.

use actix_web::HttpRequest;
use actix_web::web::{self, Data, Path, ServiceConfig};
use serde::Serialize;

use super::lines::ActLine;
use super::members::MemberLine;
use super::next::{CURSOR, LINES, Links, place};
use super::respond::{Answered, Failure, Text, page};
use super::site::{Held, Site};
use super::templates::render;
use super::words::{self, Day};
use crate::record::Id;
use crate::register::{GroupPage, Page, Reader, Register};
use crate::store::DeliberationFilter;

#[derive(Serialize)]
struct Model {
    site: Site,
    name: String,
    short_name: Option<String>,
    from: Option<String>,
    to: Option<String>,
    on: Day,
    members: Vec<MemberLine>,
    acts: Vec<ActLine>,
    links: Links,
    api: String,
}

async fn group(request: HttpRequest, register: Data<Register>, id: Path<String>) -> Answered {
    let id: Id = id.parse().map_err(|_| Failure::NOT_FOUND)?;
    page(&request, &register, move |register, asked| {
        let GroupPage { authority, group, on, members, .. } = register.group_page(id)?;
        let filter = DeliberationFilter { group: Some(id.to_string()), after: place(asked, CURSOR)?, ..DeliberationFilter::default() };
        let of = Page { authority: Some(authority.siren.clone()), limit: LINES };
        let listed = register.deliberations(&Reader::default(), &of, filter)?;
        let model = Model {
            site: Held::site_of(register, asked, &authority)?,
            name: group.name,
            short_name: group.short_name,
            from: group.valid_from.map(words::day),
            to: group.valid_to.map(words::day),
            on: Day::of(on),
            members: members.iter().map(MemberLine::from).collect(),
            acts: listed.lines.iter().map(ActLine::from).collect(),
            links: Links::of(asked, CURSOR, listed.next),
            api: format!("/v1/groups/{id}"),
        };
        Ok(Text::page(render("group.html", model)?))
    })
    .await
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/groupes/{id}").route(web::get().to(group)));
}
