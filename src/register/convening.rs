//! The convening of a sitting, read: when the reports went out, and to whom.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::roster::roster_on;
use super::sitting::load;
use super::{Refusal, Register};
use crate::record::{Id, PrintedDate, Siren};
use crate::rules::{self, Dispatches, ItemClock};

/// What the law asks of the convening, and what the record shows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConveningReading {
    pub date: NaiveDate,
    pub convened_on: Option<PrintedDate>,
    pub reports_sent: Option<PrintedDate>,
    /// As stated.
    pub urgent: Option<bool>,
    /// The report clock of each item of the agenda.
    pub items: Vec<ItemClock>,
    /// Who was sent the convening.
    pub dispatches: Dispatches,
}

impl Register {
    /// The convening of a sitting of the reader's authority, beside the roster of its day.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn convening(&self, authority: &Siren, id: Id) -> Result<ConveningReading, Refusal> {
        self.store.read(|session| {
            let standing = load(session, authority.as_str(), id)?;
            let roster = roster_on(session, authority.as_str(), &standing.row.body, standing.record.date)?;
            let convening = standing.record.convening.as_ref();
            Ok(ConveningReading {
                date: standing.record.date,
                convened_on: convening.and_then(|c| c.convened_on.clone()),
                reports_sent: convening.and_then(|c| c.reports_sent.clone()),
                urgent: convening.and_then(|c| c.urgent),
                items: rules::report_clock(&standing.record, standing.governed()),
                dispatches: rules::dispatches(&standing.record, &roster),
            })
        })
    }
}
