//! The public register in HTML: what anyone may read, in French, for people and without JavaScript. A page is made from a reading of the
//! register as a small model, and a template writes it.

mod act;
mod address;
mod assets;
mod ballot;
mod calendar;
mod check;
mod choice;
mod eli;
mod error;
mod feeds;
mod found;
mod group;
mod home;
mod intake;
mod lines;
mod member;
mod members;
mod names;
mod next;
mod plain;
mod printed;
mod respond;
mod robots;
mod search;
mod site;
mod sitting;
mod sittings;
mod standing;
mod templates;
mod words;

use actix_web::web::ServiceConfig;

pub use address::Addresses;

use crate::api::Pages;

/// The pages, as the server takes them.
pub const fn pages() -> Pages {
    Pages { routes, error: error::page }
}

fn routes(config: &mut ServiceConfig) {
    home::routes(config);
    sittings::routes(config);
    sitting::routes(config);
    act::routes(config);
    members::routes(config);
    member::routes(config);
    group::routes(config);
    search::routes(config);
    check::routes(config);
    intake::routes(config);
    plain::routes(config);
    eli::routes(config);
    feeds::routes(config);
    calendar::routes(config);
    robots::routes(config);
    assets::routes(config);
}
