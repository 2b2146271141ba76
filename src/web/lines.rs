//! Lines of lists: an act, a sitting.

use serde::Serialize;

use super::address;
use super::words::{self, Badge, Day};
use crate::publish::{ActOfSitting, DeliberationSummary, SittingSummary};
use crate::record::SittingRecord;

/// An act in a list.
#[derive(Clone, Debug, Serialize)]
pub struct ActLine {
    pub href: String,
    pub number: Option<String>,
    pub title: String,
    pub kind: String,
    pub day: Day,
    pub body: String,
    pub outcome: Option<Badge>,
}

impl From<&DeliberationSummary> for ActLine {
    fn from(act: &DeliberationSummary) -> Self {
        Self {
            href: address::act(act.id),
            number: act.number.clone(),
            title: act.title.clone(),
            kind: words::label(act.kind.label()),
            day: Day::of(act.sitting.date),
            body: act.sitting.body.name.clone(),
            outcome: Badge::of_outcome(act.outcome),
        }
    }
}

impl ActLine {
    /// An act on the page of its sitting.
    pub fn of_sitting(act: &ActOfSitting, sitting: &SittingRecord, body: &str) -> Self {
        Self {
            href: address::act(act.id),
            number: act.number.clone(),
            title: act.record.title.clone(),
            kind: words::label(act.record.kind.label()),
            day: Day::of(sitting.date),
            body: body.to_owned(),
            outcome: Badge::of_outcome(act.record.outcome),
        }
    }
}

/// A sitting in a list.
#[derive(Clone, Debug, Serialize)]
pub struct SittingLine {
    pub href: String,
    pub day: Day,
    pub body: String,
}

impl From<&SittingSummary> for SittingLine {
    fn from(sitting: &SittingSummary) -> Self {
        Self { href: address::sitting(sitting.id), day: Day::of(sitting.date), body: sitting.body.name.clone() }
    }
}
