//! When an act was transmitted, and received.

use chrono::{DateTime, NaiveDate, Utc};

use super::facts::{Kept, KeptFact};
use super::{ActLife, Reason, ReasonCode, RuleId};
use crate::record::FactKind;

#[derive(Clone, Copy, Debug)]
pub struct Transmission {
    pub on: NaiveDate,
    /// No earlier sending is known: the receipt alone proves it.
    pub by_receipt: bool,
    pub received: Option<NaiveDate>,
}

/// The first transmission that was not refused. An anomaly undoes the sending before it: nothing says that the prefect holds the act.
pub fn of(life: &ActLife, kept: &Kept) -> (Option<Transmission>, Vec<Reason>) {
    let mut steps: Vec<&KeptFact> = kept.facts.iter().filter(|fact| order(fact.kind).is_some()).collect();
    steps.sort_by_key(|fact| (fact.on, instant(fact)));
    let (mut pending, mut found, mut notes) = (Vec::new(), None::<Transmission>, Vec::new());
    for step in steps {
        match step.kind {
            FactKind::Transmitted => pending.push(step.on),
            FactKind::Received if found.is_none() => {
                let sent = pending.first().copied();
                found = Some(Transmission { on: sent.unwrap_or(step.on), by_receipt: sent.is_none(), received: Some(step.on) });
            }
            FactKind::TransmissionRefused if found.is_none() => {
                if let Some(sent) = pending.pop() {
                    notes.push(life.reason(ReasonCode::TransmissionRefused, RuleId::EnforceableFacts).since(Some(sent)));
                }
            }
            _ => {}
        }
    }
    let unanswered = pending.first().map(|sent| Transmission { on: *sent, by_receipt: false, received: None });
    (found.or(unanswered), notes)
}

const fn order(kind: FactKind) -> Option<bool> {
    match kind {
        FactKind::Transmitted => Some(false),
        FactKind::Received | FactKind::TransmissionRefused => Some(true),
        _ => None,
    }
}

/// Of what bears no hour, what is sent comes before what answers it.
fn instant(fact: &KeptFact) -> DateTime<Utc> {
    let answers = order(fact.kind) == Some(true);
    fact.at.unwrap_or(if answers { DateTime::<Utc>::MAX_UTC } else { DateTime::<Utc>::MIN_UTC })
}
