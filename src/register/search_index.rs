//! By which texts an act is found: exactly those that a reader may read. One text serves all where the public's is the same; else the public has its own.

use super::canonical::{digest, word};
use super::deliberation::{Act, load as load_act};
use super::sitting::{Standing, load as load_sitting};
use super::{Refusal, Register, delegations, seal};
use crate::publish::{View, of_deliberation, of_sitting};
use crate::record::{Id, Siren, SittingRecord, Visibility};
use crate::search::{Indexed, SearchText, Subject, indexed, texts};
use crate::store::{ActSearchRow, DeliberationFilter, Session};

/// Acts that are indexed anew in one transaction.
const PAGE: usize = 100;

/// What a snippet may be cut from, in bytes: what stands beyond is found all the same.
const TEXTS: usize = 200_000;

/// Writes by which texts an act is found. `sitting` is the one that it is read with: of a sealed act the frozen one.
pub(super) fn index(session: &mut Session<'_>, act: &Act, sitting: &SittingRecord) -> Result<(), Refusal> {
    let authority = act.row.authority.as_str();
    let own = Subject::Reader { authority, public: false };
    let anyone = Subject::Reader { authority, public: true };
    let shown = act.row.visibility == Visibility::Public.wire();
    let internal = seen(act, sitting, View::Internal);
    let public = if shown { Some(seen(act, sitting, View::Public)) } else { None };
    let rows = match public {
        None => vec![found_by(act, sitting, internal, false, &[own])?],
        Some(public) if public == internal => vec![found_by(act, sitting, internal, false, &[own, anyone])?],
        Some(public) => {
            vec![found_by(act, sitting, internal, false, &[own])?, found_by(act, sitting, public, true, &[anyone])?]
        }
    };
    Ok(session.index_search(authority, &act.row.id, rows)?)
}

/// The texts of an act that a view shows.
fn seen(act: &Act, sitting: &SittingRecord, view: View) -> Vec<SearchText> {
    texts(&of_deliberation(act.record.clone(), view), &of_sitting(sitting.clone(), view))
}

fn found_by(
    act: &Act,
    sitting: &SittingRecord,
    mut texts: Vec<SearchText>,
    public_text: bool,
    readers: &[Subject<'_>],
) -> Result<(ActSearchRow, Indexed), Refusal> {
    let words = indexed(&act.record, sitting, &texts, readers);
    let whole = serde_json::to_string(&(&words.facts, &texts, act.row.date, &act.row.sitting))?;
    let mut room = TEXTS;
    texts.retain(|text| {
        let fits = text.text.len() <= room;
        room = room.saturating_sub(text.text.len());
        fits
    });
    let row = ActSearchRow {
        authority: act.row.authority.clone(),
        deliberation: act.row.id.clone(),
        public_text,
        place: 0,
        sitting: act.row.sitting.clone(),
        body: act.row.body.clone(),
        date: act.row.date,
        outcome: act.row.outcome.clone(),
        digest: digest(whole.as_bytes()),
        texts: serde_json::to_string(&texts)?,
    };
    Ok((row, words))
}

impl Register {
    /// Makes the index of every act anew, of one authority or of all, a page at a time: the register can be used meanwhile. `progress` is told the
    /// authority and how many acts of it are done.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn reindex(&self, authority: Option<&Siren>, mut progress: impl FnMut(&str, usize)) -> Result<usize, Refusal> {
        let all = self.store.read(|session| session.every_authority())?;
        let mut total = 0;
        for owner in all.iter().filter(|owner| authority.is_none_or(|only| only.as_str() == owner.as_str())) {
            let (mut after, mut done) = (None, 0);
            loop {
                let page = self.store.write(|session| reindex_page(session, owner, after.take()))?;
                let Some((last, acts)) = page else { break };
                after = Some(last);
                done += acts;
                progress(owner, done);
            }
            total += done;
        }
        Ok(total)
    }
}

type Place = (chrono::NaiveDate, String);

/// A page of acts from the earliest to the latest, after a place; where the next begins, and how many there were.
fn reindex_page(session: &mut Session<'_>, authority: &str, after: Option<Place>) -> Result<Option<(Place, usize)>, Refusal> {
    session.alone(authority)?;
    let limit = i64::try_from(PAGE).unwrap_or(i64::MAX);
    let filter = DeliberationFilter { oldest_first: true, after, limit, ..DeliberationFilter::default() };
    let rows = session.deliberations(authority, &filter)?;
    let Some(last) = rows.last().map(|row| (row.date, row.id.clone())) else { return Ok(None) };
    let mut sitting: Option<Standing> = None;
    for row in &rows {
        let id: Id = word(&row.id)?;
        let act = load_act(session, authority, id)?;
        // Acts come in the order of their date: mostly those of one sitting after the other.
        let known = sitting.take().filter(|known| known.row.id == row.sitting);
        let standing = match known {
            Some(known) => known,
            None => load_sitting(session, authority, act.record.sitting)?,
        };
        let kept = seal::sealed(session, authority, &row.id)?.map(|sealed| sealed.sitting()).transpose()?;
        let read_with = kept.as_ref().unwrap_or(&standing.record);
        session.index_deliberation(authority, &row.id, &act.record)?;
        let findings = delegations::on_act(session, &act.record, id, read_with, act.record.sitting, &standing)?;
        session.index_findings(authority, &row.id, &findings)?;
        session.clear_search(authority, &row.id)?;
        index(session, &act, read_with)?;
        sitting = Some(standing);
    }
    Ok(Some((last, rows.len())))
}
