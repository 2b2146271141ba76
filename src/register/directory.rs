//! Authorities and the entries of their directory: filed and replaced, never deleted, because acts refer to them.

use serde_json::json;

use super::canonical::{canonical, stored, word};
use super::check::{Faults, References, value_of};
use super::entry::Entry;
use super::read::may_see;
use super::told::{Told, to_the_public};
use super::{Actor, Once, Reader, Refusal, Register, Rule, Written, clock, log};
use crate::publish::{Filed, Matching, merged};
use crate::record::{Authority, Body, ChangeAction, ChangeKind, ChangePart, Id, Siren, Visibility};
use crate::store::{AuthorityRow, DirectoryRow, EntryKind, Session, StoreError, now};

fn answer(row: &DirectoryRow) -> Result<String, Refusal> {
    let plural = word::<EntryKind>(&row.kind)?.plural();
    Ok(merged(&row.entry, &Filed { id: &row.id, href: &format!("/v1/{plural}/{}", row.id), authority: &row.authority, version: row.version })?)
}

/// An entry or an authority as it is read: JSON, and the digest of what is filed.
pub struct Filing {
    pub body: String,
    pub digest: String,
    pub public: bool,
}

fn written(body: String, href: String, digest: String, created: bool) -> Written {
    Written { created, href, digest, body, touched: Vec::new(), reached: None }
}

impl Register {
    /// Files an authority: that of the actor.
    ///
    /// # Errors
    /// [`Refusal::Exists`], [`Refusal::Invalid`].
    pub fn add_authority(&self, actor: &Actor, once: Option<&Once>, authority: &Authority) -> Result<Written, Refusal> {
        self.change(actor, once, |session| {
            let row = authority_row(actor, authority, 1)?;
            if session.authority(&row.authority)?.is_some() {
                return Err(Refusal::Exists);
            }
            session.add_authority(&row)?;
            let told = told(ChangeKind::Authority, &row.authority, None, &row.visibility);
            log(session, actor, ("authority", &row.authority, 1), "created", told)?;
            authority_written(&row, true)
        })
    }

    /// Replaces the actor's authority.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Stale`], [`Refusal::Invalid`].
    pub fn replace_authority(&self, actor: &Actor, matching: &Matching, authority: &Authority) -> Result<Written, Refusal> {
        self.change(actor, None, |session| {
            let old = session.authority(actor.authority.as_str())?.ok_or(Refusal::NotFound)?;
            if !matching.holds(&old.digest) {
                return Err(Refusal::Stale);
            }
            let row = authority_row(actor, authority, old.version + 1)?;
            if row.digest == old.digest {
                return authority_written(&old, false);
            }
            if !session.replace_authority(&row)? {
                return Err(Refusal::Stale);
            }
            session.outdate_prepared(&row.authority)?;
            let told = told(ChangeKind::Authority, &row.authority, Some(&old.visibility), &row.visibility);
            log(session, actor, ("authority", &row.authority, row.version), replaced(&old.visibility, &row.visibility), told)?;
            authority_written(&row, false)
        })
    }

    /// One authority: a public one, or the reader's own.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn authority(&self, siren: &Siren, reader: &Reader) -> Result<Filing, Refusal> {
        self.store.read(|session| {
            let row = session.authority(siren.as_str())?.ok_or(Refusal::NotFound)?;
            let public = row.visibility == Visibility::Public.wire();
            if !public && reader.authority.as_ref() != Some(siren) {
                return Err(Refusal::NotFound);
            }
            Ok(Filing { body: authority_answer(&row)?, digest: row.digest, public })
        })
    }

    /// Files an entry under a new identifier.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Refusal::Exists`], [`Refusal::NotFound`] when the authority itself is not filed.
    pub fn add_entry(&self, actor: &Actor, once: Option<&Once>, id: Id, entry: &Entry) -> Result<Written, Refusal> {
        self.change(actor, once, |session| file_entry(session, actor, id, entry))
    }

    /// Replaces an entry.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Stale`], [`Refusal::Invalid`].
    pub fn replace_entry(&self, actor: &Actor, matching: &Matching, id: Id, entry: &Entry) -> Result<Written, Refusal> {
        self.change(actor, None, |session| {
            let old = session.directory_entry(actor.authority.as_str(), &id.to_string())?.filter(|row| row.kind == entry.kind().word());
            let old = old.ok_or(Refusal::NotFound)?;
            if !matching.holds(&old.digest) {
                return Err(Refusal::Stale);
            }
            entry.check(session, &actor.authority, id)?;
            // Findings are worked out as they are read, by the internal rules as they then stand. The index rows of past sittings are left as
            // they were made: they follow when the sitting or the act is next written.
            let row = entry.row(&actor.authority, id, old.version + 1)?;
            if row.digest == old.digest {
                return entry_written(&old, false);
            }
            if !session.replace_directory_entry(&row)? {
                return Err(Refusal::Stale);
            }
            outdate(session, &row)?;
            let told = told(word(&row.kind)?, &row.id, Some(&old.visibility), &row.visibility);
            log(session, actor, (&row.kind, &row.id, row.version), replaced(&old.visibility, &row.visibility), told)?;
            entry_written(&row, false)
        })
    }

    /// One entry: a public one, or one of the reader's authority. A restricted kind is there for nobody else.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn entry(&self, kind: EntryKind, id: Id, reader: &Reader) -> Result<Filing, Refusal> {
        self.store.read(|session| {
            let (row, public) = may_see(session, kind, id, reader)?;
            Ok(Filing { body: answer(&row)?, digest: row.digest, public })
        })
    }
}

/// Files a new entry.
pub(super) fn file_entry(session: &mut Session<'_>, actor: &Actor, id: Id, entry: &Entry) -> Result<Written, Refusal> {
    session.authority(actor.authority.as_str())?.ok_or(Refusal::NotFound)?;
    entry.check(session, &actor.authority, id)?;
    if session.owner(id)?.is_some() {
        return Err(Refusal::Exists);
    }
    session.claim(id, &actor.authority, entry.kind().word())?;
    let row = entry.row(&actor.authority, id, 1)?;
    session.add_directory_entry(&row)?;
    outdate(session, &row)?;
    let told = told(word(&row.kind)?, &row.id, None, &row.visibility);
    log(session, actor, (&row.kind, &row.id, 1), "created", told)?;
    entry_written(&row, true)
}

/// Answers to acts depend on bodies and on delegations; persons, mandates and groups stand in them as the act has them.
fn outdate(session: &mut Session<'_>, row: &DirectoryRow) -> Result<(), Refusal> {
    if matches!(word(&row.kind)?, EntryKind::Body | EntryKind::PowersDelegation | EntryKind::SignatureDelegation) {
        session.outdate_prepared(&row.authority)?;
    }
    Ok(())
}

/// What the change log says of an entry that is replaced. Whether it was once public is nowhere else: entries have no versions.
fn replaced(old: &str, new: &str) -> &'static str {
    match new {
        _ if new == old => "replaced",
        "public" => "replaced: public",
        _ => "replaced: internal",
    }
}

/// What is told of an entry that is filed or replaced. Of a restricted kind none is public.
fn told<'a>(kind: ChangeKind, record: &'a str, before: Option<&str>, after: &str) -> Told<'a> {
    let own = Some(if before.is_none() { ChangeAction::Created } else { ChangeAction::Updated });
    let part = if before.is_some_and(|before| before != after) { ChangePart::Visibility } else { ChangePart::Record };
    Told { kind, record, part, own, public: to_the_public(before, after) }
}

fn authority_row(actor: &Actor, authority: &Authority, version: i32) -> Result<AuthorityRow, Refusal> {
    let mut faults = Faults::default();
    References::walk(&value_of(authority)?, &mut faults);
    faults.unless(!authority.name.trim().is_empty(), "/name", Rule::Empty);
    faults.unless(authority.siren == actor.authority, "/siren", Rule::SirenFixed);
    faults.unless(clock::zone(authority).is_some(), "/time_zone", Rule::TimeZone);
    faults.settle()?;
    let (entry, digest) = canonical(authority)?;
    Ok(AuthorityRow {
        authority: authority.siren.to_string(),
        name: authority.name.clone(),
        visibility: authority.visibility.wire().to_owned(),
        version,
        digest,
        entry,
        modified_at: now(),
    })
}

pub(super) fn authority_answer(row: &AuthorityRow) -> Result<String, Refusal> {
    Ok(merged(&row.entry, &json!({"href": authority_href(row), "version": row.version}))?)
}

fn authority_href(row: &AuthorityRow) -> String {
    format!("/v1/authorities/{}", row.authority)
}

fn authority_written(row: &AuthorityRow, created: bool) -> Result<Written, Refusal> {
    Ok(written(authority_answer(row)?, authority_href(row), row.digest.clone(), created))
}

fn entry_written(row: &DirectoryRow, created: bool) -> Result<Written, Refusal> {
    let body = answer(row)?;
    let href: Href = stored(body.as_bytes())?;
    Ok(written(body, href.href, row.digest.clone(), created))
}

#[derive(serde::Deserialize)]
struct Href {
    href: String,
}

pub(super) fn entry_answer(row: &DirectoryRow) -> Result<String, Refusal> {
    answer(row)
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        StoreError::Corrupt(error.to_string()).into()
    }
}

/// A body of an authority, as a request names it.
pub(super) fn named_body(session: &mut Session<'_>, authority: &str, body: &str) -> Result<Body, Refusal> {
    let row = session.directory_entry(authority, body)?.filter(|row| row.kind == EntryKind::Body.word()).ok_or(Refusal::NotFound)?;
    Ok(stored(&row.entry)?)
}
