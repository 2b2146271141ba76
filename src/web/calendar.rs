//! The sittings as a calendar (RFC 5545).

use actix_web::HttpRequest;
use actix_web::web::{self, Data, ServiceConfig};

use super::address;
use super::respond::{Answered, Text, page};
use super::site::Held;
use crate::publish::feed::{self, CalendarEntry, When};
use crate::register::{Page, Reader, Register};
use crate::store::SittingFilter;

/// Sittings of the calendar: the latest ones.
const SITTINGS: usize = 100;

async fn calendar(request: HttpRequest, register: Data<Register>) -> Answered {
    page(&request, &register, |register, asked| {
        let held = Held::load(register, asked)?;
        let name = format!("Séances – {}", held.one()?.name);
        let of = Page { authority: held.siren(), limit: SITTINGS };
        let mut entries = Vec::new();
        for sitting in register.sittings(&Reader::default(), &of, SittingFilter::default())?.lines {
            // The hour and the place are in the record.
            let (record, _) = register.sitting_record(sitting.id, &Reader::default())?;
            entries.push(CalendarEntry {
                id: sitting.id,
                url: asked.at.absolute(&address::sitting(sitting.id)),
                title: sitting.body.name,
                when: When::of(&record),
                place: record.place,
                modified_at: sitting.modified_at,
            });
        }
        Ok(Text::of("text/calendar; charset=utf-8", feed::ics(&name, &entries)))
    })
    .await
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/flux/seances.ics").route(web::get().to(calendar)));
}
