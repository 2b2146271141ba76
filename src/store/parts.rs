//! Parts of records that are objects of their own to some readers: since when each is there, whether the public was ever shown it, and since when
//! it is gone. Unlike other index rows they remember: they are brought up to date, not made anew.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{deliberations, record_parts, sittings};
use super::{Session, StoreError};
use crate::record::{DeliberationRecord, SittingRecord};

pub(super) const AGENDA_ITEM: &str = "agenda_item";
pub(super) const LOCATION: &str = "location";
pub(super) const CONSULTATION: &str = "consultation";
/// Of a committee, by its place in the report, from 1.
pub(super) const OPINION: &str = "opinion";

pub(super) type Part = (&'static str, String);

/// The items of a sitting and its place.
pub(super) fn parts_of_sitting(sitting: &SittingRecord) -> BTreeSet<Part> {
    let items = sitting.agenda.iter().map(|item| (AGENDA_ITEM, item.id.to_string()));
    items.chain(sitting.place.iter().map(|_| (LOCATION, String::new()))).collect()
}

/// What an act was put before.
pub(super) fn parts_of_deliberation(act: &DeliberationRecord) -> BTreeSet<Part> {
    let items = act.agenda_items.iter().map(|item| (CONSULTATION, item.to_string()));
    let opinions = act.report.iter().flat_map(|report| (1..=report.opinions.len()).map(|place| (OPINION, place.to_string())));
    items.chain(opinions).collect()
}

impl Session<'_> {
    /// The items of a sitting and its place, as its record now has them.
    pub(super) fn keep_parts_of_sitting(&mut self, authority: &str, id: &str, sitting: &SittingRecord) -> Result<(), StoreError> {
        let row = sittings::table.find((authority, id)).select((sittings::visibility, sittings::modified_at));
        let (visibility, at): (String, NaiveDateTime) = row.first(self.connection)?;
        self.keep_parts(authority, id, &parts_of_sitting(sitting), visibility == "public", at)
    }

    /// What an act was put before, as its record now has it.
    pub(super) fn keep_parts_of_deliberation(&mut self, authority: &str, id: &str, act: &DeliberationRecord) -> Result<(), StoreError> {
        let row = deliberations::table.find((authority, id)).select((deliberations::visibility, deliberations::modified_at));
        let (visibility, at): (String, NaiveDateTime) = row.first(self.connection)?;
        self.keep_parts(authority, id, &parts_of_deliberation(act), visibility == "public", at)
    }

    fn keep_parts(&mut self, authority: &str, record: &str, parts: &BTreeSet<Part>, shown: bool, at: NaiveDateTime) -> Result<(), StoreError> {
        use record_parts::dsl;
        let of_record = || record_parts::table.filter(dsl::authority.eq(authority)).filter(dsl::record.eq(record));
        let known: Vec<(String, String)> = of_record().select((dsl::kind, dsl::part)).load(self.connection)?;
        for (kind, part) in &known {
            let row = record_parts::table.find((authority, record, kind, part));
            if parts.iter().any(|(k, p)| k == kind && p == part) {
                diesel::update(row).set(dsl::removed_at.eq(None::<NaiveDateTime>)).execute(self.connection)?;
            } else {
                diesel::delete(row.filter(dsl::shown.eq(false))).execute(self.connection)?;
                diesel::update(row.filter(dsl::removed_at.is_null())).set(dsl::removed_at.eq(at)).execute(self.connection)?;
            }
        }
        for (kind, part) in parts.iter().filter(|(kind, part)| !known.iter().any(|(k, p)| k == kind && p == part)) {
            let row = (dsl::authority.eq(authority), dsl::record.eq(record), dsl::kind.eq(*kind), dsl::part.eq(part));
            let row = (row, dsl::created_at.eq(at), dsl::shown.eq(shown));
            diesel::insert_into(record_parts::table).values(row).execute(self.connection)?;
        }
        if shown { self.show_parts(authority, record) } else { Ok(()) }
    }

    /// Notes that the public is shown the parts that a record has.
    pub(super) fn show_parts(&mut self, authority: &str, record: &str) -> Result<(), StoreError> {
        use record_parts::dsl;
        let there = record_parts::table.filter(dsl::authority.eq(authority)).filter(dsl::record.eq(record)).filter(dsl::removed_at.is_null());
        diesel::update(there).set(dsl::shown.eq(true)).execute(self.connection)?;
        Ok(())
    }
}
