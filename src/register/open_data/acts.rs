//! Public acts, a page at a time, each with its sitting as it is read with it.

use std::sync::Arc;

use serde::Deserialize;

use super::{Pieces, envelope};
use crate::publish::public_act::{PublicAct, PublicSitting};
use crate::publish::{View, of_deliberation, of_facts, of_sitting, popolo};
use crate::record::{Fact, Id, SittingRecord};
use crate::register::canonical::{stored, word};
use crate::register::sitting::{governed, load as load_sitting};
use crate::register::{Refusal, Register};
use crate::rules::{could_vote, doubts_a_tally};
use crate::store::{AsNew, FactRow, Place, PublicActRow, Session, StoreError};

/// Acts of a page: what is in memory at a time.
const PAGE: i64 = 64;
/// Sittings that are kept for the acts that follow. Acts come in the order of their date: more than one sitting only where several share it.
const SITTINGS_KEPT: usize = 4;

/// The public acts of an authority, from the earliest to the latest.
pub(super) struct Acts {
    authority: String,
    after: Option<Place>,
    ended: bool,
    sittings: Vec<(String, Arc<PublicSitting>)>,
}

/// What the seal keeps, as far as it is read here.
#[derive(Deserialize)]
struct Kept {
    sitting: SittingRecord,
}

impl Acts {
    pub(super) const fn of(authority: String) -> Self {
        Self { authority, after: None, ended: false, sittings: Vec::new() }
    }

    /// The next page; none at the end.
    pub(super) fn page(&mut self, register: &Register) -> Result<Option<Vec<PublicAct>>, Refusal> {
        if self.ended {
            return Ok(None);
        }
        let after = self.after.clone();
        let acts = register.read(&AsNew::Lately, |session| {
            let rows = session.public_acts(&self.authority, after.as_ref(), PAGE)?;
            self.after = rows.last().map(|row| (row.date, row.id.clone()));
            self.ended = self.after.is_none();
            self.read(session, rows)
        })?;
        Ok(if self.ended { None } else { Some(acts) })
    }

    fn read(&mut self, session: &mut Session<'_>, rows: Vec<PublicActRow>) -> Result<Vec<PublicAct>, Refusal> {
        let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let facts = session.facts_on(&self.authority, &ids)?;
        let mut doubts: Vec<(String, Id)> = Vec::new();
        for (record, code, subject) in session.findings_on(&self.authority, &ids)? {
            if doubts_a_tally(word(&code)?) {
                doubts.push((record, word(&subject)?));
            }
        }
        let mut acts = Vec::with_capacity(rows.len());
        for row in rows {
            let sitting = match &row.sealed {
                Some(kept) => self.sealed(session, &row.sitting, stored::<Kept>(kept)?.sitting)?,
                None => self.sitting(session, &row.sitting)?,
            };
            acts.push(PublicAct {
                id: word(&row.id)?,
                date: row.date,
                workflow: word(&row.workflow)?,
                version: row.version,
                record: of_deliberation(stored(&row.document)?, View::Public),
                sitting,
                unreconciled: doubts.iter().filter(|(record, _)| *record == row.id).map(|(_, ballot)| *ballot).collect(),
                facts: standing(facts.iter().filter(|fact| fact.deliberation == row.id))?,
                number: row.number,
            });
        }
        Ok(acts)
    }

    fn sitting(&mut self, session: &mut Session<'_>, id: &str) -> Result<Arc<PublicSitting>, Refusal> {
        if let Some((_, known)) = self.sittings.iter().find(|(known, _)| known == id) {
            return Ok(Arc::clone(known));
        }
        let id_read = word(id)?;
        let standing = load_sitting(session, &self.authority, id_read)?;
        let could_vote = could_vote(&standing.record, standing.governed());
        let read = PublicSitting { id: id_read, record: of_sitting(standing.record, View::Public), body: standing.body, could_vote };
        let read = Arc::new(read);
        if self.sittings.len() >= SITTINGS_KEPT {
            self.sittings.remove(0);
        }
        self.sittings.push((id.to_owned(), Arc::clone(&read)));
        Ok(read)
    }

    /// The sitting as a sealed act keeps it: the body is not part of what is kept.
    fn sealed(&mut self, session: &mut Session<'_>, id: &str, kept: SittingRecord) -> Result<Arc<PublicSitting>, Refusal> {
        let (id, body) = match self.sittings.iter().find(|(known, _)| known == id) {
            Some((_, known)) => (known.id, known.body.clone()),
            None => {
                let read = self.sitting(session, id)?;
                (read.id, read.body.clone())
            }
        };
        let could_vote = could_vote(&kept, governed(&body));
        Ok(Arc::new(PublicSitting { id, record: of_sitting(kept, View::Public), body, could_vote }))
    }
}

/// The public facts that no other strikes out.
fn standing<'a>(rows: impl Iterator<Item = &'a FactRow>) -> Result<Vec<Fact>, StoreError> {
    let mut facts = Vec::new();
    for row in rows {
        let fact: Fact = stored(&row.document)?;
        let recorded = crate::record::RecordedFact { fact, recorded_by: None, recorded_at: row.recorded_at.and_utc() };
        facts.push(recorded);
    }
    let struck: Vec<Id> = facts.iter().filter_map(|recorded| recorded.fact.corrects).collect();
    let public = of_facts(facts, View::Public).into_iter().map(|recorded| recorded.fact);
    Ok(public.filter(|fact| !struck.contains(&fact.id)).collect())
}

pub(super) fn motions(authority: String) -> Pieces {
    let mut acts = Acts::of(authority);
    envelope("motions", move |register| Ok(acts.page(register)?.map(|page| page.iter().map(popolo::motion).collect())))
}

pub(super) fn vote_events(authority: String) -> Pieces {
    let mut acts = Acts::of(authority);
    envelope("vote_events", move |register| Ok(acts.page(register)?.map(|page| page.iter().flat_map(popolo::vote_events).collect())))
}
