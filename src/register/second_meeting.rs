//! A second meeting beside its first: what the register can read in the first sitting it fills in, and what is said against it is refused.

use super::sitting::load;
use super::{Fault, Refusal, Rule};
use crate::record::{AgendaItem, Answer, Origin, Siren, SittingRecord, fold};
use crate::store::Session;

/// Fills in the day of the first sitting and whether the agenda is the same, where the record leaves it open.
pub(super) fn complete(session: &mut Session<'_>, authority: &Siren, record: &mut SittingRecord) -> Result<(), Refusal> {
    let (body, date, live) = (record.body, record.date, record.origin == Origin::Recorded);
    let Some(second) = &mut record.second_meeting else { return Ok(()) };
    let refused = |field: &str, rule| Err(Refusal::Invalid(vec![Fault { pointer: format!("/second_meeting/{field}"), rule }]));
    if let Some(of) = second.of {
        let first = match load(session, authority.as_str(), of) {
            Ok(standing) => standing.record,
            Err(Refusal::NotFound) => return refused("of", Rule::UnknownSitting),
            Err(other) => return Err(other),
        };
        if first.body != body {
            return refused("of", Rule::OtherBody);
        }
        if second.first_date.is_some_and(|stated| stated != first.date) {
            return refused("first_date", Rule::FirstDateDiffers);
        }
        second.first_date = Some(first.date);
        let same = same_agenda(&record.agenda, &first.agenda);
        match (second.same_agenda, same) {
            (Answer::Unstated, same) => second.same_agenda = same,
            // What a paper says of itself is taken in as it stands.
            (Answer::Yes, Answer::No) if live => return refused("same_agenda", Rule::AgendaDiffers),
            _ => {}
        }
    }
    if second.first_date.is_some_and(|first| first >= date) { refused("first_date", Rule::EndsBeforeStart) } else { Ok(()) }
}

/// Whether every item has the title of one of the first sitting; unstated where an item without a title leaves it open.
fn same_agenda(second: &[AgendaItem], first: &[AgendaItem]) -> Answer {
    let title = |item: &AgendaItem| item.title.as_deref().map(fold).filter(|title| !title.is_empty());
    let known: Vec<Option<String>> = first.iter().map(title).collect();
    let mut same = if second.is_empty() { Answer::Unstated } else { Answer::Yes };
    for item in second.iter().map(title) {
        match item {
            Some(_) if known.contains(&item) => {}
            Some(_) if known.iter().all(Option::is_some) => return Answer::No,
            _ => same = Answer::Unstated,
        }
    }
    same
}
