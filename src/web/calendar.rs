//! The sittings as a calendar (RFC 5545).

use actix_web::HttpRequest;
use actix_web::web::{self, Data, ServiceConfig};
use icalendar::{Calendar, Component, Event, EventLike};

use super::address;
use super::respond::{Answered, Text, page};
use super::site::Held;
use crate::register::{Page, Reader, Register};
use crate::store::SittingFilter;

/// Sittings of the calendar: the latest ones.
const SITTINGS: usize = 200;

async fn calendar(request: HttpRequest, register: Data<Register>) -> Answered {
    page(&request, &register, |register, asked| {
        let held = Held::load(register, asked)?;
        let name = format!("Séances – {}", held.one()?.name);
        let of = Page { authority: held.siren(), limit: SITTINGS };
        let mut calendar = Calendar::new();
        calendar.name(&name);
        for sitting in register.sittings(&Reader::default(), &of, SittingFilter::default())?.lines {
            let url = asked.at.absolute(&address::sitting(sitting.id));
            let event = Event::new()
                .uid(&format!("{}@{}", sitting.id, asked.at.host()))
                .summary(&sitting.body.name)
                .all_day(sitting.date)
                // Not the moment of the asking: the same sittings make the same bytes.
                .timestamp(sitting.modified_at)
                .last_modified(sitting.modified_at)
                .url(&url)
                .done();
            calendar.push(event);
        }
        Ok(Text::of("text/calendar; charset=utf-8", calendar.done().to_string()))
    })
    .await
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/flux/seances.ics").route(web::get().to(calendar)));
}
