//! What puts an act right: kept beside it, and linked both ways. The original stays readable as it was.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use super::canonical::{canonical, stored, word};
use super::deliberation::{load, receipt_of};
use super::told::Told;
use super::{Actor, Once, Refusal, Register, Rule, Written, clock, facts, log};
use crate::publish::View;
use crate::record::{
    BallotMode, ChangePart, Correction, Fact, FactKind, Id, Origin, Rectification, RectificationKind, SubjectKind, Visibility, Workflow,
};
use crate::store::{DeliberationRow, RectificationRow, Session, now};

/// A rectification, and who recorded it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecordedRectification {
    #[serde(flatten)]
    pub rectification: Rectification,
    /// The subject of the token that recorded it; null: not shown.
    pub recorded_by: Option<String>,
    pub recorded_at: chrono::DateTime<chrono::Utc>,
}

/// Another act that this one puts right.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Rectifies {
    pub deliberation: Id,
    pub href: String,
    pub kind: RectificationKind,
}

/// What puts an act right, as a view shows it.
pub(super) fn rectifications_of(
    session: &mut Session<'_>,
    authority: &str,
    deliberation: &str,
    view: View,
) -> Result<Vec<RecordedRectification>, Refusal> {
    let mut found = Vec::new();
    for row in session.rectifications(authority, deliberation)? {
        let mut rectification: Rectification = stored(&row.document)?;
        if let Some(other) = rectification.by_act
            && !may_see(session, authority, &other.to_string(), view)?
        {
            rectification.by_act = None;
        }
        let recorded_by = Some(row.recorded_by).filter(|_| view != View::Public);
        found.push(RecordedRectification { rectification, recorded_by, recorded_at: row.recorded_at.and_utc() });
    }
    Ok(found)
}

/// The acts that an act puts right, as a view shows them: to the public, only those that it may read.
pub(super) fn rectifies(session: &mut Session<'_>, authority: &str, deliberation: &str, view: View) -> Result<Vec<Rectifies>, Refusal> {
    let mut found = Vec::new();
    for row in session.rectified_by(authority, deliberation)? {
        if may_see(session, authority, &row.deliberation, view)? {
            let deliberation: Id = word(&row.deliberation)?;
            found.push(Rectifies { deliberation, href: format!("/v1/deliberations/{deliberation}"), kind: word(&row.kind)? });
        }
    }
    Ok(found)
}

fn may_see(session: &mut Session<'_>, authority: &str, deliberation: &str, view: View) -> Result<bool, Refusal> {
    let row = session.deliberation(authority, deliberation)?;
    Ok(view != View::Public || row.is_some_and(|row| row.visibility == Visibility::Public.wire()))
}

/// The fact that goes with a rectification that ends the act.
const fn ends(kind: RectificationKind) -> Option<FactKind> {
    match kind {
        RectificationKind::Repeal => Some(FactKind::Repealed),
        RectificationKind::Rescission => Some(FactKind::Rescinded),
        RectificationKind::Annulment => Some(FactKind::Annulled),
        RectificationKind::MaterialError | RectificationKind::VoteCorrection => None,
    }
}

impl Register {
    /// Records a rectification beside a sealed act, or beside one transcribed from paper. One that ends the act records that fact as well.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`], [`Refusal::NotSealed`], [`Refusal::Exists`], [`Refusal::Invalid`].
    pub fn rectify(&self, actor: &Actor, once: Option<&Once>, deliberation: Id, rectification: &Rectification) -> Result<Written, Refusal> {
        self.change(actor, once, |session| {
            let act = load(session, actor.authority.as_str(), deliberation)?;
            let sealed = word::<Workflow>(&act.row.workflow)? == Workflow::Sealed;
            if !sealed && act.record.origin == Origin::Recorded {
                return Err(Refusal::NotSealed);
            }
            let today = clock::today(&facts::authority_of(session, &act.row.authority)?);
            let mut faults = super::check::Faults::default();
            super::check::References::walk(&super::check::value_of(rectification)?, &mut faults);
            faults.unless(!rectification.ground.trim().is_empty(), "/ground", Rule::Empty);
            faults.unless(super::storable(rectification.on), "/on", Rule::YearOutOfRange);
            faults.unless(rectification.on <= today, "/on", Rule::InTheFuture);
            for (i, correction) in rectification.corrections.iter().enumerate() {
                faults.unless(!correction.what.trim().is_empty(), format_args!("/corrections/{i}/what"), Rule::Empty);
            }
            let by_act = rectification.by_act;
            if let Some(other) = by_act {
                let known = other != deliberation && session.deliberation(&act.row.authority, &other.to_string())?.is_some_and(|row| !row.deleted);
                faults.unless(known, "/by_act", Rule::UnknownDeliberation);
            }
            if let Some(subject) = rectification.subject {
                let sitting = super::sitting::load(session, &act.row.authority, act.record.sitting)?.record;
                let known = match subject.kind {
                    SubjectKind::Deliberation => subject.id == deliberation,
                    SubjectKind::Sitting => subject.id == act.record.sitting,
                    SubjectKind::Item => act.record.agenda_items.contains(&subject.id),
                    SubjectKind::Ballot => sitting.ballots.iter().any(|b| b.id == subject.id),
                    SubjectKind::Event => sitting.timeline.iter().flatten().any(|e| e.id == subject.id),
                };
                faults.unless(known, "/subject/id", Rule::UnknownSubject);
                let secret = sitting.ballots.iter().any(|b| b.id == subject.id && b.mode == BallotMode::Secret);
                let counts = |correction: &Correction| [&correction.printed, &correction.corrected].into_iter().flatten().all(|t| is_count(t));
                faults.unless(!secret || rectification.corrections.iter().all(counts), "/corrections", Rule::SecretCorrection);
            }
            faults.settle()?;
            if session.owner(rectification.id)?.is_some() {
                return Err(Refusal::Exists);
            }
            session.claim(rectification.id, &actor.authority, "rectification")?;
            session.add_rectification(RectificationRow {
                authority: act.row.authority.clone(),
                deliberation: act.row.id.clone(),
                sequence: 0,
                rectification: rectification.id.to_string(),
                kind: rectification.kind.wire().to_owned(),
                by_act: by_act.map(|id| id.to_string()),
                document: canonical(rectification)?.0,
                recorded_at: now(),
                recorded_by: actor.sub.clone(),
            })?;
            session.touch_deliberation(&act.row.authority, &act.row.id, now())?;
            let action = format!("rectified: {}", rectification.kind.wire());
            log(session, actor, ("deliberation", &act.row.id, act.row.version), &action, Told::of_act(&act.row, ChangePart::Rectifications))?;
            if let Some(other) = by_act {
                let other = load(session, &act.row.authority, other)?.row;
                let told = Told::of_act(&other, ChangePart::Rectifications);
                // It names the act that it puts right only to who may read that one.
                let told = if act.row.visibility == Visibility::Public.wire() { told } else { told.inside() };
                log(session, actor, ("deliberation", &other.id, other.version), &format!("rectifies: {}", rectification.kind.wire()), told)?;
            }
            if let Some(kind) = ends(rectification.kind) {
                facts::record(session, actor, &act, &ending(kind, rectification))?;
            }
            let written = receipt_of(session, actor, deliberation)?;
            let touched = written.touched.iter().copied().chain(by_act).collect();
            Ok(Written { created: true, href: format!("/v1/deliberations/{deliberation}/rectifications"), touched, ..written })
        })
    }
}

fn ending(kind: FactKind, rectification: &Rectification) -> Fact {
    Fact { reason: Some(rectification.ground.clone()), source: rectification.source.clone(), ..Fact::new(Id::mint(), kind, rectification.on) }
}

/// The acts that are linked with one name it to the public while it is public: when that changes, so do their answers. Which they are.
pub(super) fn linked_acts_follow(session: &mut Session<'_>, actor: &Actor, act: &DeliberationRow) -> Result<Vec<Id>, Refusal> {
    let by: Vec<String> = session.rectifications(&act.authority, &act.id)?.into_iter().filter_map(|row| row.by_act).collect();
    let of = session.rectified_by(&act.authority, &act.id)?.into_iter().map(|row| row.deliberation);
    let linked: BTreeSet<String> = by.into_iter().chain(of).collect();
    let ids = linked.iter().map(|other| word(other)).collect::<Result<_, _>>()?;
    for other in linked {
        let Some(other) = session.deliberation(&act.authority, &other)?.filter(|row| row.visibility == Visibility::Public.wire()) else { continue };
        let told = Told { own: None, ..Told::of_act(&other, ChangePart::Rectifications) };
        log(session, actor, ("deliberation", &other.id, other.version), "linked act: visibility", told)?;
    }
    Ok(ids)
}

/// Of a secret ballot only figures are put right: words could tell who voted what.
fn is_count(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
