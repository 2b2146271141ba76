//! What the facts on an act come to: kept as an index row, for the lists of acts that want something.

use super::deliberation::Act;
use super::{Refusal, facts};
use crate::record::FactKind;
use crate::store::{ActStandingRow, Session};

/// Says what the facts on an act now come to.
pub(super) fn index(session: &mut Session<'_>, act: &Act) -> Result<(), Refusal> {
    let known = facts::facts_of(session, &act.row.authority, &act.row.id)?;
    let first = |kind: FactKind| known.iter().filter(|k| k.fact.kind == kind).map(|k| k.fact.on).min();
    session.index_standing(&ActStandingRow {
        authority: act.row.authority.clone(),
        deliberation: act.row.id.clone(),
        date: act.row.date,
        transmissible: act.record.transmissible.wire().to_owned(),
        enforceable_on: None,
        transmitted_on: first(FactKind::Transmitted),
        publication_ends: None,
    })?;
    Ok(())
}
