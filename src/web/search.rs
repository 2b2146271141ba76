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
use super::words;
use crate::record::{Group, Id, Outcome, Person};
use crate::register::{Facet, Facets, Hit, MemberRole, Page, Reader, Refusal, Register, Sought, storable};
use crate::search::{Fragment, Query, SearchField, SearchOrder};
use crate::store::EntryKind;

#[derive(Serialize)]
struct Model {
    site: Site,
    q: String,
    from: String,
    to: String,
    sort: &'static str,
    bodies: Vec<Choice>,
    /// Filters that the form does not show: each can be taken off.
    others: Vec<Other>,
    wrong: Vec<Wrong>,
    acts: Vec<FoundLine>,
    facets: Vec<Choices>,
    /// Whether the counts of the facets are those of the latest acts only.
    partly: bool,
    links: Links,
}

/// An act that was found, and where its words stand.
#[derive(Serialize)]
struct FoundLine {
    act: ActLine,
    places: Vec<FoundPlace>,
}

#[derive(Serialize)]
struct FoundPlace {
    field: String,
    fragments: Vec<Fragment>,
}

/// What the acts that were found share: each a link to those among them.
#[derive(Serialize)]
struct Choices {
    name: &'static str,
    values: Vec<FacetLink>,
}

#[derive(Serialize)]
struct FacetLink {
    href: String,
    label: String,
    count: u32,
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
        let year = asked.get("annee").and_then(|year| year.parse::<i32>().ok()).filter(|year| (1..=9999).contains(year));
        if asked.get("annee").is_some() && year.is_none() {
            wrong.push(Wrong { field: "annee", text: "Une année est un nombre, par exemple 2025." });
        }
        let outcome = asked.get("issue").and_then(|word| word.parse::<Outcome>().ok());
        if asked.get("issue").is_some() && outcome.is_none() {
            wrong.push(Wrong { field: "issue", text: "Ce sort n’existe pas." });
        }
        let (sort, order) = match asked.get("sort") {
            Some("ancien") => ("ancien", SearchOrder::Oldest),
            Some("recent") => ("recent", SearchOrder::Newest),
            _ => ("", SearchOrder::Relevance),
        };
        let of_year = |month, day| year.and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
        let sought = Sought {
            query: Query::read(asked.get("q").unwrap_or_default()),
            body,
            date_from: from.max(of_year(1, 1)),
            date_to: [to, of_year(12, 31)].into_iter().flatten().min(),
            group,
            outcome,
            kind: None,
            matter_code: matter.map(str::to_owned),
            member: member.map(|member| (member, MemberRole::Present)),
            order,
        };
        let after = place(asked, CURSOR)?;
        // What cannot be read is not left aside: the list would be of something else.
        let (lines, next, shared) = if wrong.is_empty() {
            let page = Page { authority: Some(authority.clone()), limit: LINES };
            // Counted once, on the first page.
            let found = register.search(&Reader::default(), &page, &sought, after, after.is_none())?;
            (found.listed.lines, found.listed.next, found.facets)
        } else {
            (Vec::new(), None, None)
        };
        let bodies = register.public_bodies(&authority)?;
        let text = |name: &str| asked.get(name).unwrap_or_default().to_owned();
        let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
        let model = Model {
            site: held.site(asked),
            q: text("q"),
            from: from.map(|day| day.to_string()).unwrap_or_default(),
            to: to.map(|day| day.to_string()).unwrap_or_default(),
            sort,
            bodies: bodies.into_iter().map(|(id, known)| Choice { id, name: known.name, chosen: body == Some(id) }).collect(),
            others: others(register, asked, &Others { member, group, matter, year, outcome })?,
            wrong,
            acts: lines.into_iter().map(found_line).collect(),
            partly: shared.as_ref().is_some_and(|facets| !facets.complete),
            facets: shared.map(|facets| choices(asked, facets)).unwrap_or_default(),
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

fn found_line(hit: Hit) -> FoundLine {
    // The title is the line itself.
    let places = hit.snippets.into_iter().filter(|snippet| snippet.field != SearchField::Title);
    let places = places.map(|snippet| FoundPlace { field: words::label(snippet.field.label()), fragments: snippet.fragments });
    FoundLine { act: ActLine::from(&hit.act), places: places.collect() }
}

/// Values of one facet that a page shows.
const SHOWN: usize = 8;

fn choices(asked: &Asked, facets: Facets) -> Vec<Choices> {
    let fresh = Asked { query: asked.query.iter().filter(|(name, _)| name != CURSOR).cloned().collect(), ..asked.clone() };
    let outcome = |value: &str| value.parse::<Outcome>().map_or_else(|_| value.to_owned(), |outcome| words::label(outcome.label()));
    let choice = |name: &'static str, parameter: &'static str, values: Vec<Facet>| {
        let link = |facet: Facet| FacetLink {
            href: same(&fresh, parameter, Some(&facet.value)),
            label: facet.label.unwrap_or_else(|| if parameter == "issue" { outcome(&facet.value) } else { facet.value }),
            count: facet.count,
        };
        // One value leaves nothing to choose.
        let offered = asked.get(parameter).is_none() && values.len() > 1;
        offered.then(|| Choices { name, values: values.into_iter().take(SHOWN).map(link).collect() })
    };
    let all = [
        choice("Année", "annee", facets.years),
        choice("Instance", "instance", facets.bodies),
        choice("Sort", "issue", facets.outcomes),
        choice("Matière", "matiere", facets.matters),
        choice("Groupe nommé dans un scrutin", "groupe", facets.groups),
        choice("Présent en séance", "elu", facets.members),
    ];
    all.into_iter().flatten().collect()
}

/// The filters that came with a link.
struct Others<'a> {
    member: Option<Id>,
    group: Option<Id>,
    matter: Option<&'a str>,
    year: Option<i32>,
    outcome: Option<Outcome>,
}

fn others(register: &Register, asked: &Asked, filters: &Others<'_>) -> Result<Vec<Other>, Failure> {
    let Others { member, group, matter, year, outcome } = *filters;
    let mut found = Vec::new();
    let without = |name| {
        let fresh = Asked { query: asked.query.iter().filter(|(n, _)| n != CURSOR).cloned().collect(), ..asked.clone() };
        same(&fresh, name, None)
    };
    if let Some(year) = year {
        found.push(Other { name: "annee", value: year.to_string(), label: format!("Année : {year}"), without: without("annee") });
    }
    if let Some(outcome) = outcome {
        let label = format!("Sort : {}", outcome.label().fr);
        found.push(Other { name: "issue", value: outcome.wire().to_owned(), label, without: without("issue") });
    }
    if let Some(id) = member {
        let name = match register.entry(EntryKind::Person, id, &Reader::default()) {
            Ok(filing) => serde_json::from_str::<Person>(&filing.body).map_or_else(|_| id.to_string(), |person| super::names::of_person(&person)),
            Err(Refusal::NotFound) => "élu inconnu".to_owned(),
            Err(other) => return Err(other.into()),
        };
        found.push(Other { name: "elu", value: id.to_string(), label: format!("Présent en séance : {name}"), without: without("elu") });
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
