//! What a secretariat lists: acts not enforceable, publications about to end, acts still to be sent.

use chrono::NaiveDate;

use super::super::limits::days_after;
use super::facts::kept;
use super::{ActLife, Reason, enforceability, publication, transmission};
use crate::record::Answer;

/// What keeps the act from being enforceable today; empty: it is.
pub fn not_enforceable_why(life: &ActLife) -> Vec<Reason> {
    enforceability(life).reasons.into_iter().filter(|reason| reason.holds).collect()
}

/// Whether the publication may end within so many days from today, today included.
pub fn publication_ends_within(life: &ActLife, days: u32) -> bool {
    let ends = publication(life).and_then(|publication| publication.ends);
    ends.is_some_and(|ends| life.today <= ends && ends <= days_after(life.today, days))
}

/// The day of the first transmission that was not refused.
pub fn transmitted_on(life: &ActLife) -> Option<NaiveDate> {
    transmission::of(life, &kept(life)).0.map(|sent| sent.on)
}

/// Whether an act that must be transmitted still is not, more than so many days after the sitting.
pub fn not_transmitted_after(life: &ActLife, days: u32) -> bool {
    let sent = transmission::of(life, &kept(life)).0.is_some_and(|sent| sent.on <= life.today);
    life.transmissible == Answer::Yes && !sent && life.today > days_after(life.sitting, days)
}
