//! Reading: stored bytes where the record itself is asked for, an answer made once and kept where a reader is.

use std::sync::Arc;

use super::canonical::{canonical, digest, word};
use super::delegations::Delegations;
use super::deliberation::{Act, load as load_act};
use super::facts::authority_of;
use super::files::authoritative_copy;
use super::life::life;
use super::prepared::prepared;
use super::rectify::{RecordedRectification, rectifications_of};
use super::seal::{Sealed, sealed};
use super::sitting::{Standing, governed, load as load_sitting};
use super::{Answer, Reader, Refusal, Register, delegations};
use crate::publish::{ActAdded, BodyLink, Concerned, SittingAdded, SittingLink, VersionSummary, View, merged, of_deliberation, of_facts, of_sitting};
use crate::record::{AttendanceList, Finding, Id, RecordedFact, Siren, SittingRecord, Visibility};
use crate::rules;
use crate::rules::presence::{self, Presence, When};
use crate::store::{DirectoryRow, EntryKind, Session, StoreError};

/// What a reader is let see of a record of an authority.
fn view(reader: &Reader, authority: &str, visibility: &str) -> Result<View, Refusal> {
    let own = reader.authority.as_ref().is_some_and(|a| a.as_str() == authority);
    match (own, reader.restricted) {
        (true, true) => Ok(View::Restricted),
        (true, false) => Ok(View::Internal),
        (false, _) if visibility == Visibility::Public.wire() => Ok(View::Public),
        // As if there were none.
        (false, _) => Err(Refusal::NotFound),
    }
}

/// The authority that an identifier belongs to, if it is of this kind.
pub(super) fn owner(session: &mut Session<'_>, id: Id, kind: &str) -> Result<String, Refusal> {
    session.owner(id)?.filter(|(_, k)| k == kind).map(|(authority, _)| authority).ok_or(Refusal::NotFound)
}

/// An entry of the directory, public or of the reader's authority; and whether it is public.
pub(super) fn may_see(session: &mut Session<'_>, kind: EntryKind, id: Id, reader: &Reader) -> Result<(DirectoryRow, bool), Refusal> {
    let (authority, _) = session.owner(id)?.ok_or(Refusal::NotFound)?;
    let row = session.directory_entry(&authority, &id.to_string())?.filter(|row| row.kind == kind.word()).ok_or(Refusal::NotFound)?;
    let public = row.visibility == Visibility::Public.wire();
    let own = reader.authority.as_ref().map(Siren::as_str) == Some(authority.as_str());
    if !(public || own) || (kind.restricted() && !reader.restricted) {
        return Err(Refusal::NotFound);
    }
    Ok((row, public))
}

/// Findings as a view shows them: to the public those on figures, in neutral words, if the authority shows any.
pub(super) fn findings_shown(session: &mut Session<'_>, authority: &str, findings: Vec<Finding>, view: View) -> Result<Vec<Finding>, Refusal> {
    if view != View::Public {
        return Ok(findings);
    }
    let authority = authority_of(session, authority)?;
    Ok(if authority.public_findings { rules::public_view(findings) } else { Vec::new() })
}

fn body_link(standing: &Standing) -> BodyLink {
    BodyLink {
        id: standing.record.body,
        href: format!("/v1/bodies/{}", standing.record.body),
        name: standing.body.name.clone(),
        kind: standing.body.kind,
    }
}

/// Lists of attendance, the presence at a moment, and whether anyone may read them.
pub type Attended = (Vec<AttendanceList>, Presence, bool);

/// An act and its sitting, both as the view shows them.
pub(super) struct Shown {
    pub(super) act: Act,
    pub(super) sitting: Standing,
    pub(super) view: View,
    pub(super) sealed: Option<Sealed>,
}

pub(super) fn shown_act(session: &mut Session<'_>, id: Id, reader: &Reader) -> Result<Shown, Refusal> {
    shown_act_by(session, id, reader, load_sitting)
}

/// The same for who has many acts to read, and may have read the sitting already.
pub(super) fn shown_act_by(
    session: &mut Session<'_>,
    id: Id,
    reader: &Reader,
    sitting_of: impl FnOnce(&mut Session<'_>, &str, Id) -> Result<Standing, Refusal>,
) -> Result<Shown, Refusal> {
    let authority = owner(session, id, "deliberation")?;
    let act = load_act(session, &authority, id).map_err(|e| match e {
        // Only the authority's own reader is told that there was one.
        Refusal::Gone if reader.authority.as_ref().map(Siren::as_str) != Some(authority.as_str()) => Refusal::NotFound,
        other => other,
    })?;
    let view = view(reader, &authority, &act.row.visibility)?;
    let mut sitting = sitting_of(session, &authority, act.record.sitting)?;
    let sealed = sealed(session, &authority, &act.row.id)?;
    if let Some(sealed) = &sealed {
        // The sitting may be corrected since: the act is read as it was sealed.
        sitting.record = sealed.sitting()?;
    }
    Ok(Shown { act, sitting, view, sealed })
}

pub(super) fn shown_sitting(session: &mut Session<'_>, id: Id, reader: &Reader) -> Result<(Standing, View), Refusal> {
    let authority = owner(session, id, "sitting")?;
    let sitting = load_sitting(session, &authority, id)?;
    let view = view(reader, &authority, &sitting.row.visibility)?;
    Ok((sitting, view))
}

impl Register {
    /// An answer that is in memory, if it is about a record of this kind.
    pub fn kept(&self, kind: &str, id: Id, reader: &Reader) -> Option<Arc<Answer>> {
        if reader.seen.is_some() {
            // Another instance may have written what this one does not know of yet.
            return None;
        }
        self.answers.get(id, reader).filter(|answer| answer.kind == kind)
    }

    /// An act as a reader is answered.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`].
    pub fn deliberation(&self, id: Id, reader: &Reader) -> Result<Arc<Answer>, Refusal> {
        self.keeping(id, reader, |session, id, reader| match prepared(session, id, reader)? {
            Some(answer) => Ok((answer, View::Public)),
            None => {
                let (answer, view) = answer_to_act(session, id, reader)?;
                if view == View::Public {
                    self.wanted.add(&answer.authority, &[id]);
                }
                Ok((answer, view))
            }
        })
    }

    /// A sitting as a reader is answered.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn sitting(&self, id: Id, reader: &Reader) -> Result<Arc<Answer>, Refusal> {
        self.keeping(id, reader, answer_to_sitting)
    }

    /// Makes an answer, and keeps it, unless a standby may have made it.
    fn keeping(
        &self,
        id: Id,
        reader: &Reader,
        make: impl Fn(&mut Session<'_>, Id, &Reader) -> Result<(Answer, View), Refusal>,
    ) -> Result<Arc<Answer>, Refusal> {
        if reader.seen.is_some() {
            return self.read(&reader.exactly(), |session| Ok(Arc::new(make(session, id, reader)?.0)));
        }
        let since = self.answers.changes();
        let (answer, view) = self.store.read(|session| make(session, id, reader))?;
        let answer = Arc::new(answer);
        self.answers.keep(id, view, &answer, since);
        Ok(answer)
    }

    /// The lists of attendance as a reader sees them, and the presence at a moment of the sitting, under the internal rules of its body; and
    /// whether anyone may read it. `when` picks the moment from the record.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn attendance<E>(
        &self,
        id: Id,
        reader: &Reader,
        when: impl FnOnce(&SittingRecord) -> Result<When<'static>, E>,
    ) -> Result<Result<Attended, E>, Refusal> {
        self.store.read(|session| {
            let (standing, view) = shown_sitting(session, id, reader)?;
            let record = of_sitting(standing.record, view);
            Ok(when(&record).map(|when| {
                let presence = presence::under(&record, governed(&standing.body), when);
                (record.attendance, presence, view == View::Public)
            }))
        })
    }

    /// The record of a sitting as a reader sees it, for the parts that are read one by one.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn sitting_record(&self, id: Id, reader: &Reader) -> Result<(SittingRecord, bool), Refusal> {
        self.read(&reader.lately(), |session| {
            let (standing, view) = shown_sitting(session, id, reader)?;
            Ok((of_sitting(standing.record, view), view == View::Public))
        })
    }

    /// The canonical record of a sitting, whole: its bytes and their digest. Only for readers with restricted fields.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn sitting_document(&self, id: Id, reader: &Reader) -> Result<(Vec<u8>, String), Refusal> {
        self.store.read(|session| shown_sitting(session, id, reader)?.0.canonical())
    }

    /// The canonical record of an act, whole: its bytes and their digest. Only for readers with restricted fields.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`].
    pub fn deliberation_document(&self, id: Id, reader: &Reader) -> Result<(Vec<u8>, String), Refusal> {
        self.store.read(|session| {
            let act = shown_act(session, id, reader)?.act;
            let version = session.version(&act.row.authority, &act.row.id, act.row.version)?.ok_or(Refusal::NotFound)?;
            Ok((version.document, version.digest))
        })
    }

    /// The findings on an act, as a reader sees them.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`].
    pub fn findings(&self, id: Id, reader: &Reader) -> Result<(Vec<Finding>, bool), Refusal> {
        self.read(&reader.lately(), |session| {
            let Shown { act, sitting, view, .. } = shown_act(session, id, reader)?;
            let findings = delegations::on_act(session, &act.record, id, &sitting.record, act.record.sitting, &sitting)?;
            Ok((findings_shown(session, &act.row.authority, findings, view)?, view == View::Public))
        })
    }

    /// The facts on an act, as a reader sees them.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`].
    pub fn facts(&self, id: Id, reader: &Reader) -> Result<(Vec<RecordedFact>, bool), Refusal> {
        self.read(&reader.lately(), |session| {
            let Shown { act, view, .. } = shown_act(session, id, reader)?;
            let facts = of_facts(super::facts::facts_of(session, &act.row.authority, &act.row.id)?, view);
            Ok((facts, view == View::Public))
        })
    }

    /// What puts an act right, as a reader sees it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`].
    pub fn rectifications(&self, id: Id, reader: &Reader) -> Result<(Vec<RecordedRectification>, bool), Refusal> {
        self.read(&reader.lately(), |session| {
            let Shown { act, view, .. } = shown_act(session, id, reader)?;
            Ok((rectifications_of(session, &act.row.authority, &act.row.id, view)?, view == View::Public))
        })
    }

    /// The versions of a record of the reader's authority after a number, oldest first.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn versions(&self, authority: &Siren, kind: &str, id: Id, after: i32, limit: i64) -> Result<Vec<VersionSummary>, Refusal> {
        let plural = if kind == "sitting" { "sittings" } else { "deliberations" };
        self.store.read(|session| {
            if owner(session, id, kind)? != authority.as_str() {
                return Err(Refusal::NotFound);
            }
            let heads = session.version_heads(authority.as_str(), &id.to_string(), after, limit)?;
            let summary = |head: crate::store::VersionHead| VersionSummary {
                version: head.version,
                href: format!("/v1/{plural}/{id}/versions/{}", head.version),
                digest: head.digest,
                recorded_at: head.recorded_at.and_utc(),
                recorded_by: head.recorded_by,
                reason: head.reason,
            };
            Ok(heads.into_iter().map(summary).collect())
        })
    }

    /// The canonical record of one version, and its digest.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn version(&self, authority: &Siren, kind: &str, id: Id, version: i32) -> Result<(Vec<u8>, String), Refusal> {
        self.store.read(|session| {
            if owner(session, id, kind)? != authority.as_str() {
                return Err(Refusal::NotFound);
            }
            let row = session.version(authority.as_str(), &id.to_string(), version)?.ok_or(Refusal::NotFound)?;
            Ok((row.document, row.digest))
        })
    }
}

/// An act as a reader is answered, and how much of it is shown.
pub(super) fn answer_to_act(session: &mut Session<'_>, id: Id, reader: &Reader) -> Result<(Answer, View), Refusal> {
    let shown = shown_act(session, id, reader)?;
    let delegations = Delegations::load(session, &shown.act.row.authority)?;
    answer_from(session, id, shown, &delegations)
}

/// The same from what was read already.
pub(super) fn answer_from(session: &mut Session<'_>, id: Id, shown: Shown, delegations: &Delegations) -> Result<(Answer, View), Refusal> {
    let Shown { act, sitting, view, sealed } = shown;
    let life = life(session, &act, sealed.as_ref(), view)?;
    let findings = rules::on_act(&act.record, id, &sitting.record, act.record.sitting, delegations.over(&sitting.body));
    let findings = findings_shown(session, &act.row.authority, findings, view)?;
    let body = body_link(&sitting);
    let sitting_href = format!("/v1/sittings/{}", act.record.sitting);
    let record = of_deliberation(act.record, view);
    let standing = of_sitting(sitting.record, view);
    let Concerned { extract, recusals, ballots } = Concerned::of(&standing, &record.agenda_items);
    let added = ActAdded {
        id,
        href: format!("/v1/deliberations/{id}"),
        authority: act.row.authority.clone(),
        number: act.row.number.clone(),
        workflow: word(&act.row.workflow)?,
        visibility: word(&act.row.visibility)?,
        version: act.row.version,
        authoritative_copy: authoritative_copy(session, &act.row.authority, &act.row.id)?,
        sitting: SittingLink { id: record.sitting, href: sitting_href, date: standing.date, body },
        extract,
        recusals,
        ballots,
        findings,
    };
    let body = merged(merged(&canonical(&record)?.0, &added)?.as_bytes(), &life)?;
    Ok((ready("deliberation", &act.row.authority, body, view)?, view))
}

/// A sitting as a reader is answered, and how much of it is shown.
pub(super) fn answer_to_sitting(session: &mut Session<'_>, id: Id, reader: &Reader) -> Result<(Answer, View), Refusal> {
    let (standing, view) = shown_sitting(session, id, reader)?;
    let findings = findings_shown(session, &standing.row.authority, rules::on_sitting(&standing.record, id, standing.governed()), view)?;
    let added = SittingAdded {
        id,
        href: format!("/v1/sittings/{id}"),
        authority: standing.row.authority.clone(),
        body: body_link(&standing),
        visibility: word(&standing.row.visibility)?,
        version: standing.row.version,
        findings,
    };
    let record = of_sitting(standing.record, view);
    Ok((ready("sitting", &standing.row.authority, merged(&canonical(&record)?.0, &added)?, view)?, view))
}

fn ready(kind: &'static str, authority: &str, body: String, view: View) -> Result<Answer, Refusal> {
    let etag = format!("\"{}\"", digest(body.as_bytes()));
    let authority = authority.parse().map_err(|_| StoreError::Corrupt(format!("authority {authority:?}")))?;
    Ok(Answer { kind, authority, body: body.into(), etag, public: view == View::Public })
}
