//! The report clock: when the report on each item went out, and when the law wanted it out at the latest.

use chrono::{Days, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::profile::{LegalRule, RuleId, profiles};
use crate::record::{AgendaItem, BodyKind, Certainty, Convening, Id, ItemStatus, PrintedDate, SittingRecord};

/// The clock of one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ItemClock {
    pub item: Id,
    /// The day on which its report went out; null: the record does not say.
    pub sent_on: Option<NaiveDate>,
    /// Days between that day and the sitting, counted as the rule counts them.
    pub days_before: Option<i64>,
    /// Days that the rule wants; null: the register knows no text for the body.
    pub days_needed: Option<i64>,
    /// Clear days (jours francs): neither the day of sending nor that of the sitting counts.
    pub clear_days: bool,
    /// The last day on which it could be sent.
    pub latest_day: Option<NaiveDate>,
    /// Null: unknown, or called as urgent, which shortens the time limit to what the register does not know.
    pub late: Option<bool>,
    pub rule: RuleId,
    #[schema(value_type = Vec<String>)]
    pub legal_basis: Vec<&'static str>,
    /// How certain the text is; null: there is none.
    pub certainty: Option<Certainty>,
}

/// The clock of every item, in the order of the agenda.
pub fn report_clock(sitting: &SittingRecord, body: BodyKind) -> Vec<ItemClock> {
    let rule = rule_on(body, sitting.date);
    let limit = rule.as_ref().and_then(|rule| rule.value).and_then(Limit::read);
    let convening = sitting.convening.as_ref();
    let urgent = convening.is_some_and(|convening| convening.urgent == Some(true));
    let clock = |item: &AgendaItem| {
        let sent_on = sent_on(item, convening, limit);
        let late = sent_on.zip(limit).map(|(sent, limit)| limit.latest(sitting.date).is_none_or(|latest| sent > latest));
        ItemClock {
            item: item.id,
            sent_on,
            days_before: sent_on.map(|sent| before(sent, sitting.date, limit.is_some_and(|limit| limit.clear))),
            days_needed: limit.map(|limit| i64::from(limit.days)),
            clear_days: limit.is_some_and(|limit| limit.clear),
            latest_day: limit.and_then(|limit| limit.latest(sitting.date)),
            late: late.filter(|late| !(urgent && *late)),
            rule: RuleId::ActDatesReport,
            legal_basis: rule.as_ref().map(|rule| rule.articles.clone()).unwrap_or_default(),
            certainty: rule.as_ref().map(|rule| rule.certainty),
        }
    };
    sitting.agenda.iter().map(clock).collect()
}

fn rule_on(body: BodyKind, day: NaiveDate) -> Option<LegalRule> {
    let rules = profiles().into_iter().find(|profile| profile.body == body)?.rules;
    let holds = |rule: &LegalRule| rule.valid_from.is_none_or(|from| from <= day) && rule.valid_to.is_none_or(|to| day <= to);
    rules.into_iter().find(|rule| rule.id == RuleId::ActDatesReport && holds(rule))
}

/// A time limit: "8 days", "5 clear days".
#[derive(Clone, Copy)]
struct Limit {
    days: u32,
    clear: bool,
}

impl Limit {
    fn read(value: &'static str) -> Option<Self> {
        let days = |text: &str| text.parse().ok();
        match value.strip_suffix(" clear days") {
            Some(number) => Some(Self { days: days(number)?, clear: true }),
            None => Some(Self { days: days(value.strip_suffix(" days")?)?, clear: false }),
        }
    }

    /// Eight days at least before the 20th is the 12th; five clear days before it is the 14th, so that the 15th to the 19th are whole.
    fn latest(self, sitting: NaiveDate) -> Option<NaiveDate> {
        sitting.checked_sub_days(Days::new(u64::from(self.days) + u64::from(self.clear)))
    }
}

fn before(sent: NaiveDate, sitting: NaiveDate, clear: bool) -> i64 {
    let days = (sitting - sent).num_days();
    if clear && days > 0 { days - 1 } else { days }
}

/// An item whose report went out apart says so itself; one that was added later did not go out with the others. Where the law times the
/// convening (clear days), the day of the convening is that of the reports unless they have their own.
fn sent_on(item: &AgendaItem, convening: Option<&Convening>, limit: Option<Limit>) -> Option<NaiveDate> {
    let day = |printed: &PrintedDate| printed.date;
    if let Some(own) = &item.report_sent {
        return day(own);
    }
    if item.status == ItemStatus::Added {
        return None;
    }
    match convening?.reports_sent.as_ref() {
        Some(reports) => day(reports),
        None => convening?.convened_on.as_ref().filter(|_| limit.is_some_and(|limit| limit.clear)).and_then(day),
    }
}
