//! What takes the force of an act away: for a time, or for good.

use chrono::NaiveDate;

use super::super::limits::{day_before, next_day};
use super::facts::Kept;
use super::{ActLife, Reason, ReasonCode, RuleId};
use crate::record::FactKind;

/// Days without force.
pub struct Ends {
    /// First day of each suspension, and the first day after it if it is known to end.
    suspensions: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// First day of the end.
    end: Option<NaiveDate>,
}

impl Ends {
    pub fn of(life: &ActLife, kept: &Kept, reasons: &mut Vec<Reason>) -> Self {
        let lifted: Vec<NaiveDate> = days(kept, FactKind::SuspensionEnded).collect();
        let suspended = kept.facts.iter().filter(|fact| fact.kind == FactKind::Suspended);
        let suspensions: Vec<(NaiveDate, Option<NaiveDate>)> = suspended
            .map(|fact| {
                let lifted = lifted.iter().copied().find(|day| *day >= fact.on);
                (fact.on, fact.until.map(next_day).into_iter().chain(lifted).min())
            })
            .collect();
        let said = |code, since: NaiveDate, back: Option<NaiveDate>| {
            let reason = life.reason(code, RuleId::EnforceableEnd).since(Some(since)).until(back.map(day_before));
            let holds = since <= life.today && back.is_none_or(|back| life.today < back);
            if holds { reason.holding() } else { reason }
        };
        reasons.extend(suspensions.iter().map(|(from, back)| said(ReasonCode::Suspended, *from, *back)));
        let kinds =
            [(FactKind::Annulled, ReasonCode::Annulled), (FactKind::Repealed, ReasonCode::Repealed), (FactKind::Rescinded, ReasonCode::Rescinded)];
        let ended: Vec<(ReasonCode, NaiveDate)> = kinds.into_iter().flat_map(|(kind, code)| days(kept, kind).map(move |day| (code, day))).collect();
        reasons.extend(ended.iter().map(|(code, day)| said(*code, *day, None)));
        Self { suspensions, end: ended.iter().map(|(_, day)| *day).min() }
    }

    /// The first day, from this one on, on which the act has force.
    pub fn in_force_from(&self, day: NaiveDate) -> Option<NaiveDate> {
        let mut day = day;
        // By their first day, so that one that ends within the next is followed by it.
        for (from, back) in &self.suspensions {
            if *from <= day && back.is_none_or(|back| day < back) {
                day = (*back)?;
            }
        }
        Some(day).filter(|day| self.end.is_none_or(|end| *day < end))
    }

    /// The last day with force: before the end, or before a suspension that nothing ends.
    pub fn last_day(&self) -> Option<NaiveDate> {
        let open = self.suspensions.iter().filter(|(_, back)| back.is_none()).map(|(from, _)| *from);
        open.chain(self.end).min().map(day_before)
    }

    pub fn suspended(&self, today: NaiveDate) -> bool {
        self.suspensions.iter().any(|(from, back)| *from <= today && back.is_none_or(|back| today < back))
    }

    pub fn ended(&self, today: NaiveDate) -> bool {
        self.end.is_some_and(|end| end <= today)
    }
}

fn days<'a>(kept: &'a Kept, kind: FactKind) -> impl Iterator<Item = NaiveDate> + 'a {
    kept.facts.iter().filter(move |fact| fact.kind == kind).map(|fact| fact.on)
}
