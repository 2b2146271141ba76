//! How long an act stays published: two months online at least (CGCT R3131-2).

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::limits::months_after;
use super::facts::kept;
use super::{ActLife, Reason, ReasonCode, RuleId};
use crate::record::{Certainty, FactKind};

/// The latest publication of an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Publication {
    pub on: NaiveDate,
    /// Last day of the two months, date to date.
    pub required_until: NaiveDate,
    /// Last day, as the clerk stated it.
    pub stated_until: Option<NaiveDate>,
    /// The day it was taken off.
    pub taken_off: Option<NaiveDate>,
    /// Last day on which it has to stay: the later of the two; null once it is taken off.
    pub ends: Option<NaiveDate>,
    /// Why it is too short, where it is; and what the two months rest on.
    pub reasons: Vec<Reason>,
}

/// The latest publication; `None`: none is known.
pub fn publication(life: &ActLife) -> Option<Publication> {
    let mut latest: Option<(NaiveDate, Option<NaiveDate>, Option<NaiveDate>)> = None;
    for fact in kept(life).facts {
        match (fact.kind, latest) {
            // Posted again while it stands: the same publication goes on.
            (FactKind::Published, Some((on, until, None))) => latest = Some((on, until.max(fact.until), None)),
            (FactKind::Published, _) => latest = Some((fact.on, fact.until, None)),
            (FactKind::Unpublished, Some((on, until, None))) => latest = Some((on, until, Some(fact.on))),
            _ => {}
        }
    }
    let (on, stated_until, taken_off) = latest?;
    let required_until = months_after(on, 2);
    let short = taken_off.is_some_and(|day| day < required_until) || stated_until.is_some_and(|day| day < required_until);
    let code = if short { ReasonCode::PublicationShort } else { ReasonCode::Published };
    let reason = life.reason(code, RuleId::PublicationLength).since(Some(on)).until(Some(required_until));
    let ends = if taken_off.is_some() { None } else { Some(stated_until.map_or(required_until, |until| until.max(required_until))) };
    Some(Publication { on, required_until, stated_until, taken_off, ends, reasons: vec![reason] })
}

/// Last day of the two months for which an act posted on a day has to stay posted. `None`: no verified text says so of its body and date, and
/// nothing is refused for it.
pub fn must_stay_until(life: &ActLife, posted: NaiveDate) -> Option<NaiveDate> {
    let certainty = life.reason(ReasonCode::Published, RuleId::PublicationLength).certainty;
    matches!(certainty, Certainty::Verified | Certainty::Verified2015).then(|| months_after(posted, 2))
}
