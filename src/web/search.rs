//! The search: words and filters, all of them in the address.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{self, Data, ServiceConfig};
use chrono::NaiveDate;
use serde::Serialize;

use super::choice::choice;
use super::lines::ActLine;
use super::next::{CURSOR, LINES, Links, place, same};
use super::respond::{Answered, Asked, Failure, Text, page};
use super::site::{Held, Site};
use super::templates::render;
use crate::record::{Group, Id, Person, fold};
use crate::register::{Page, Reader, Refusal, Register, storable};
use crate::store::{DeliberationFilter, EntryKind};

#[derive(Serialize)]
struct Model {
    site: Site,
    q: String,
    from: String,
    to: String,
    oldest_first: bool,
    bodies: Vec<Choice>,
    /// Filters that the form does not show: each can be taken off.
    others: Vec<Other>,
    wrong: Vec<Wrong>,
    acts: Vec<ActLine>,
    links: Links,
}

#[derive(Serialize)]
struct Choice {
    id: Id,
    name: String,
    chosen: bool,
}

#[derive(Serialize)]
struct Other {
    name: &'static str,
    value: String,
    label: String,
    without: String,
}

/// A field that cannot be read.
#[derive(Serialize)]
struct Wrong {
    field: &'static str,
    text: &'static str,
}

const NO_DAY: &str = "Cette date ne peut pas être lue : écrivez-la année-mois-jour, par exemple 2025-07-07.";

/// The most words that are looked for: each costs a comparison with every act.
const WORDS: usize = 12;

async fn search(request: HttpRequest, register: Data<Register>) -> Answered {
    page(&request, &register, |register, asked| {
        let held = Held::load(register, asked)?;
        if let Some(choice) = choice(asked, &held)? {
            return Ok(choice);
        }
        let authority = held.one()?.siren.clone();
        let mut wrong = Vec::new();
        let (from, to) = (day(asked, "du", &mut wrong), day(asked, "au", &mut wrong));
        let body = id(asked, "instance", "Cette instance n’existe pas.", &mut wrong);
        let matter = asked.get("matiere").filter(|code| is_matter(code));
        if asked.get("matiere").is_some() && matter.is_none() {
            wrong.push(Wrong { field: "matiere", text: "Un code matière est une suite de nombres, par exemple 7.5." });
        }
        let member = id(asked, "elu", "Cet élu n’existe pas.", &mut wrong);
        let group = id(asked, "groupe", "Ce groupe n’existe pas.", &mut wrong);
        let oldest_first = asked.get("sort") == Some("ancien");
        let filter = DeliberationFilter {
            body: body.map(|id| id.to_string()),
            date_from: from,
            date_to: to,
            member: member.map(|id| id.to_string()),
            group: group.map(|id| id.to_string()),
            matter_code: matter.map(str::to_owned),
            words: fold(asked.get("q").unwrap_or_default()).split_whitespace().take(WORDS).map(str::to_owned).collect(),
            oldest_first,
            after: place(asked, CURSOR)?,
            ..DeliberationFilter::default()
        };
        // What cannot be read is not left aside: the list would be of something else.
        let (lines, next) = if wrong.is_empty() {
            let listed = register.deliberations(&Reader::default(), &Page { authority: Some(authority.clone()), limit: LINES }, filter)?;
            (listed.lines, listed.next)
        } else {
            (Vec::new(), None)
        };
        let bodies = register.public_bodies(&authority)?;
        let text = |name: &str| asked.get(name).unwrap_or_default().to_owned();
        let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
        let model = Model {
            site: held.site(asked),
            q: text("q"),
            from: from.map(|day| day.to_string()).unwrap_or_default(),
            to: to.map(|day| day.to_string()).unwrap_or_default(),
            oldest_first,
            bodies: bodies.into_iter().map(|(id, known)| Choice { id, name: known.name, chosen: body == Some(id) }).collect(),
            others: others(register, asked, member, group, matter)?,
            wrong,
            acts: lines.iter().map(ActLine::from).collect(),
            links: Links::of(asked, CURSOR, next),
        };
        Ok(Text::page(render("search.html", model)?).with_status(status))
    })
    .await
}

fn day(asked: &Asked, name: &'static str, wrong: &mut Vec<Wrong>) -> Option<NaiveDate> {
    let day = asked.get(name)?.parse().ok().filter(|day| storable(*day));
    if day.is_none() {
        wrong.push(Wrong { field: name, text: NO_DAY });
    }
    day
}

fn id(asked: &Asked, name: &'static str, text: &'static str, wrong: &mut Vec<Wrong>) -> Option<Id> {
    let id = asked.get(name)?.parse().ok();
    if id.is_none() {
        wrong.push(Wrong { field: name, text });
    }
    id
}

fn is_matter(code: &str) -> bool {
    code.len() <= 14 && code.split('.').all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

/// The filters that came with a link.
fn others(register: &Register, asked: &Asked, member: Option<Id>, group: Option<Id>, matter: Option<&str>) -> Result<Vec<Other>, Failure> {
    let mut found = Vec::new();
    let without = |name| {
        let fresh = Asked { query: asked.query.iter().filter(|(n, _)| n != CURSOR).cloned().collect(), ..asked.clone() };
        same(&fresh, name, None)
    };
    if let Some(id) = member {
        let name = match register.entry(EntryKind::Person, id, &Reader::default()) {
            Ok(filing) => serde_json::from_str::<Person>(&filing.body).map_or_else(|_| id.to_string(), |person| super::names::of_person(&person)),
            Err(Refusal::NotFound) => "élu inconnu".to_owned(),
            Err(other) => return Err(other.into()),
        };
        found.push(Other { name: "elu", value: id.to_string(), label: format!("Séances où figure : {name}"), without: without("elu") });
    }
    if let Some(id) = group {
        let name = match register.entry(EntryKind::Group, id, &Reader::default()) {
            Ok(filing) => serde_json::from_str::<Group>(&filing.body).map_or_else(|_| id.to_string(), |group| group.name),
            Err(Refusal::NotFound) => "groupe inconnu".to_owned(),
            Err(other) => return Err(other.into()),
        };
        found.push(Other {
            name: "groupe",
            value: id.to_string(),
            label: format!("Groupe nommé dans un scrutin : {name}"),
            without: without("groupe"),
        });
    }
    if let Some(code) = matter {
        found.push(Other { name: "matiere", value: code.to_owned(), label: format!("Matière : {code}"), without: without("matiere") });
    }
    Ok(found)
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/recherche").route(web::get().to(search)));
}
