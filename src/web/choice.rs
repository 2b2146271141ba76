//! Which authority is meant, asked where the register holds several and none is named.

use serde::Serialize;

use super::next::same;
use super::respond::{Asked, Failure, Text};
use super::site::{AUTHORITY, Held, Site};
use super::templates::render;

#[derive(Serialize)]
struct Model {
    site: Site,
    authorities: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    name: String,
    kind: String,
    href: String,
}

/// The list of authorities, each with the address that was asked for, about it; none where one is meant already.
pub fn choice(asked: &Asked, held: &Held) -> Result<Option<Text>, Failure> {
    if held.chosen.is_some() {
        return Ok(None);
    }
    let line = |authority: &crate::record::Authority| Line {
        name: authority.name.clone(),
        kind: super::words::label(authority.kind.label()),
        href: same(asked, AUTHORITY, Some(authority.siren.as_str())),
    };
    let model = Model { site: held.site(asked), authorities: held.all.iter().map(line).collect() };
    Ok(Some(Text::page(render("choice.html", model)?)))
}
