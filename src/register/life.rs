//! What became of an act, as its answer tells it: its seal, the facts, from when it is enforceable, what puts it right.

use serde::Serialize;
use utoipa::ToSchema;

use super::deliberation::Act;
use super::rectify::{RecordedRectification, Rectifies, rectifications_of, rectifies};
use super::seal::{SealSummary, Sealed};
use super::standing::Life;
use super::{Refusal, facts};
use crate::publish::{ActAdded, View, answer, of_facts};
use crate::record::{DeliberationRecord, RecordedFact};
use crate::rules::enforceable::{Enforceability, ReferralLimit};
use crate::store::Session;

/// What became of an act.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LifeAdded {
    /// Null: not sealed.
    pub seal: Option<SealSummary>,
    /// In the order in which they were recorded; to the public, those that are public.
    pub facts: Vec<RecordedFact>,
    /// From when, or why not.
    pub enforceable: Enforceability,
    /// How long the representative of the State can refer it to the court; null: not shown.
    pub referral: Option<ReferralLimit>,
    /// What puts it right.
    pub rectifications: Vec<RecordedRectification>,
    /// The acts that it puts right.
    pub rectifies: Vec<Rectifies>,
}

answer! {
    /// An act as a reader is answered: its record, what its sitting and the register know of it, and what became of it.
    DeliberationAnswer = DeliberationRecord, ActAdded, LifeAdded
}

/// What became of an act, as a view shows it.
pub(super) fn life(session: &mut Session<'_>, act: &Act, sealed: Option<&Sealed>, view: View) -> Result<LifeAdded, Refusal> {
    let (authority, id) = (&act.row.authority, &act.row.id);
    let known = facts::facts_of(session, authority, id)?;
    let clock = Life::with(session, act, &known)?;
    Ok(LifeAdded {
        seal: sealed.map(|sealed| sealed.summary(view)),
        facts: of_facts(known, view),
        enforceable: clock.enforceable(view),
        referral: (view != View::Public).then(|| clock.referral()),
        rectifications: rectifications_of(session, authority, id, view)?,
        rectifies: rectifies(session, authority, id, view)?,
    })
}
