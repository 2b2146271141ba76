//! Reports that go out to the members: how long before the sitting each did, and how long before it they should.

use std::borrow::Cow;

use chrono::{Days as CalendarDays, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::en_bloc::names;
use super::made::words;
use super::profile::{self, Days, Governed, RuleId};
use crate::record::{AgendaItem, BodyKind, Certainty, Computed, Finding, FindingCode, Id, ItemStatus, SittingRecord, Subject, SubjectKind};

/// The time limit of the report on one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ItemClock {
    pub item: Id,
    /// Null: the record does not say.
    pub sent_on: Option<NaiveDate>,
    /// Days between sending and sitting, as the limit counts them.
    pub days_before: Option<i64>,
    /// Null: no limit known to the register holds for the body, or for a sitting called as urgent.
    pub days_needed: Option<u32>,
    /// Jours francs: neither the day of sending nor that of the sitting counts.
    pub clear_days: bool,
    /// The last day on which it could go out.
    pub latest_day: Option<NaiveDate>,
    /// Null: not known.
    pub late: Option<bool>,
    pub rule: RuleId,
    pub legal_basis: Vec<Cow<'static, str>>,
    pub certainty: Certainty,
}

/// The time limit of every item of the agenda, in its order. Days are counted back from the first day of the sitting: eight days at least
/// before the 20th is the 12th or earlier; five clear days, the 14th or earlier.
pub fn report_clock<'b>(sitting: &SittingRecord, body: impl Into<Governed<'b>>) -> Vec<ItemClock> {
    let body = body.into();
    let limit = limit(sitting, body);
    let latest_day = limit.and_then(|days| sitting.date.checked_sub_days(CalendarDays::new(days.before().into())));
    let basis = profile::basis(RuleId::ActDatesReport, body, sitting.date);
    let clock = |item: &AgendaItem| {
        let with_all = || sitting.convening.as_ref().and_then(|convening| convening.reports_sent.as_ref());
        let sent_on = item.report_sent.as_ref().or_else(with_all).and_then(|sent| sent.date);
        let clear_days = limit.is_some_and(|days| days.clear);
        ItemClock {
            item: item.id,
            sent_on,
            days_before: sent_on.map(|sent| sitting.date.signed_duration_since(sent).num_days() - i64::from(clear_days)),
            days_needed: limit.map(|days| days.count),
            clear_days,
            latest_day,
            late: sent_on.zip(latest_day).map(|(sent, latest)| sent > latest),
            rule: RuleId::ActDatesReport,
            legal_basis: basis.legal_basis(),
            certainty: basis.certainty,
        }
    };
    sitting.agenda.iter().map(clock).collect()
}

/// In urgency the departmental council may be given one clear day (L3121-19); what holds elsewhere the register has not read.
fn limit(sitting: &SittingRecord, body: Governed<'_>) -> Option<Days> {
    let urgent = sitting.convening.as_ref().and_then(|convening| convening.urgent) == Some(true);
    let ordinary = profile::days(RuleId::ActDatesReport, body, sitting.date);
    match (urgent, body.kind) {
        (false, _) => ordinary,
        (true, BodyKind::DepartmentalCouncil) => Some(Days { count: 1, clear: true }),
        (true, _) => None,
    }
}

/// Reports that went out late, on the items wanted. An item that was not taken harms nobody.
pub fn late(sitting: &SittingRecord, body: Governed<'_>, wanted: impl Fn(Id) -> bool) -> Vec<Finding> {
    let taken = |id: Id| sitting.agenda.iter().any(|i| i.id == id && !matches!(i.status, ItemStatus::Withdrawn | ItemStatus::Postponed));
    let basis = profile::basis(RuleId::ActDatesReport, body, sitting.date);
    let finding = |clock: ItemClock| {
        clock.late.filter(|late| *late)?;
        let (sent_on, days_before) = (clock.sent_on?, clock.days_before?);
        let (days_needed, latest_day, clear_days) = (clock.days_needed?, clock.latest_day?, clock.clear_days);
        let name = names(sitting, &[clock.item]);
        let (unit_fr, unit_en) = if clear_days { ("jours francs", "clear days") } else { ("jours", "days") };
        let label = words(
            format!("Point {name} : rapport envoyé le {sent_on}, pour le {latest_day} au plus tard ({days_needed} {unit_fr} avant la séance)"),
            format!("Item {name}: report sent on {sent_on}, due on {latest_day} at the latest ({days_needed} {unit_en} before the sitting)"),
        );
        let computed = Computed::Report { sent_on, days_before, days_needed, clear_days, latest_day };
        let subject = Subject { kind: SubjectKind::Item, id: clock.item };
        Some(Finding { severity: basis.severity(true), ..basis.finding(FindingCode::ActDates, subject, sitting.date, computed, label) })
    };
    report_clock(sitting, body).into_iter().filter(|clock| wanted(clock.item) && taken(clock.item)).filter_map(finding).collect()
}
