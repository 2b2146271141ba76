//! Lists: one page of lines, and where the next begins.

use chrono::NaiveDate;

use super::canonical::{stored, word};
use super::directory::{authority_answer, entry_answer};
use super::{Reader, Refusal, Register};
use crate::publish::{BodyLink, DeliberationSummary, SittingLink, SittingSummary};
use crate::record::{Body, Siren};
use crate::store::{DeliberationFilter, DirectoryFilter, EntryKind, Session, SittingFilter, StoreError};

/// One page.
pub struct Listed<T, K> {
    pub lines: Vec<T>,
    /// After which key the next page begins; none on the last.
    pub next: Option<K>,
    /// Whether anyone sees just this.
    pub public: bool,
}

/// Which page, and of which authority.
pub struct Page {
    /// The authority named in the request.
    pub authority: Option<Siren>,
    pub limit: usize,
}

impl Page {
    /// The authority of the list, and whether the reader sees only what is public there.
    pub(super) fn scope(&self, session: &mut Session<'_>, reader: &Reader) -> Result<(String, bool), Refusal> {
        let authority = match (&self.authority, &reader.authority) {
            (Some(named), _) => named.to_string(),
            (None, Some(own)) => own.to_string(),
            (None, None) => match session.some_authorities()?.as_slice() {
                [only] => only.clone(),
                [] => String::new(),
                _ => return Err(Refusal::AuthorityNeeded),
            },
        };
        let public_only = reader.authority.as_ref().map(Siren::as_str) != Some(authority.as_str());
        Ok((authority, public_only))
    }

    /// One more than the page holds: it tells whether there is a next page.
    pub(super) fn ask(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or(i64::MAX).saturating_add(1)
    }

    pub(super) fn cut<R, K>(&self, rows: &mut Vec<R>, key: impl Fn(&R) -> K) -> Option<K> {
        let more = rows.len() > self.limit;
        rows.truncate(self.limit);
        if more { rows.last().map(key) } else { None }
    }
}

impl Register {
    /// The authority that a list is of, and whether the reader sees only what is public there.
    ///
    /// # Errors
    /// [`Refusal::AuthorityNeeded`].
    pub fn scope(&self, page: &Page, reader: &Reader) -> Result<(String, bool), Refusal> {
        self.store.read(|session| page.scope(session, reader))
    }

    /// Authorities in the order of their SIREN.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn authorities(&self, reader: &Reader, page: &Page, after: Option<&str>) -> Result<Listed<String, String>, Refusal> {
        self.store.read(|session| {
            let own = reader.authority.as_ref().map(Siren::as_str);
            let mut rows = session.authorities(own, after, page.ask())?;
            let next = page.cut(&mut rows, |row| row.authority.clone());
            let lines = rows.iter().map(authority_answer).collect::<Result<_, _>>()?;
            Ok(Listed { lines, next, public: own.is_none() })
        })
    }

    /// Entries of the directory in the order in which they were filed. Of a restricted kind, only who may see it sees any.
    ///
    /// # Errors
    /// [`Refusal::AuthorityNeeded`].
    pub fn entries(&self, kind: EntryKind, reader: &Reader, page: &Page, mut filter: DirectoryFilter) -> Result<Listed<String, String>, Refusal> {
        self.store.read(|session| {
            let (authority, public_only) = page.scope(session, reader)?;
            (filter.public_only, filter.limit) = (public_only, page.ask());
            // No entry of a restricted kind is public.
            filter.public_only |= kind.restricted() && !reader.restricted;
            let mut rows = session.directory_entries(&authority, kind, &filter)?;
            let next = page.cut(&mut rows, |row| row.id.clone());
            let lines = rows.iter().map(entry_answer).collect::<Result<_, _>>()?;
            Ok(Listed { lines, next, public: public_only })
        })
    }

    /// Sittings from the latest to the earliest.
    ///
    /// # Errors
    /// [`Refusal::AuthorityNeeded`].
    pub fn sittings(&self, reader: &Reader, page: &Page, filter: SittingFilter) -> Result<Listed<SittingSummary, (NaiveDate, String)>, Refusal> {
        self.read(&reader.exactly(), |session| {
            let (authority, public_only) = page.scope(session, reader)?;
            let mut filter = filter.clone();
            (filter.public_only, filter.limit) = (public_only, page.ask());
            let mut rows = session.sittings(&authority, &filter)?;
            let next = page.cut(&mut rows, |row| (row.date, row.id.clone()));
            let mut bodies = Bodies::default();
            let mut lines = Vec::with_capacity(rows.len());
            for row in rows {
                lines.push(SittingSummary {
                    id: word(&row.id)?,
                    href: format!("/v1/sittings/{}", row.id),
                    date: row.date,
                    body: bodies.link(session, &authority, &row.body)?,
                    origin: word(&row.origin)?,
                    visibility: word(&row.visibility)?,
                    version: row.version,
                    modified_at: row.modified_at.and_utc(),
                    authority: row.authority,
                });
            }
            Ok(Listed { lines, next, public: public_only })
        })
    }

    /// Deliberations from the latest to the earliest.
    ///
    /// # Errors
    /// [`Refusal::AuthorityNeeded`].
    pub fn deliberations(
        &self,
        reader: &Reader,
        page: &Page,
        filter: DeliberationFilter,
    ) -> Result<Listed<DeliberationSummary, (NaiveDate, String)>, Refusal> {
        self.read(&reader.exactly(), |session| {
            let (authority, public_only) = page.scope(session, reader)?;
            let mut filter = filter.clone();
            (filter.public_only, filter.limit) = (public_only, page.ask());
            let mut rows = session.deliberations(&authority, &filter)?;
            let next = page.cut(&mut rows, |row| (row.date, row.id.clone()));
            let mut bodies = Bodies::default();
            let mut lines = Vec::with_capacity(rows.len());
            for row in rows {
                lines.push(DeliberationSummary {
                    id: word(&row.id)?,
                    href: format!("/v1/deliberations/{}", row.id),
                    number: row.number,
                    title: row.title,
                    kind: word(&row.kind)?,
                    outcome: word(&row.outcome)?,
                    workflow: word(&row.workflow)?,
                    visibility: word(&row.visibility)?,
                    sitting: SittingLink {
                        id: word(&row.sitting)?,
                        href: format!("/v1/sittings/{}", row.sitting),
                        date: row.date,
                        body: bodies.link(session, &authority, &row.body)?,
                    },
                    version: row.version,
                    modified_at: row.modified_at.and_utc(),
                    authority: row.authority,
                });
            }
            Ok(Listed { lines, next, public: public_only })
        })
    }
}

/// The bodies met on a page: each is read once.
#[derive(Default)]
pub(super) struct Bodies(std::collections::BTreeMap<String, BodyLink>);

impl Bodies {
    pub(super) fn link(&mut self, session: &mut Session<'_>, authority: &str, id: &str) -> Result<BodyLink, Refusal> {
        if let Some(link) = self.0.get(id) {
            return Ok(link.clone());
        }
        let row = session.directory_entry(authority, id)?.ok_or_else(|| StoreError::Corrupt(format!("body {id} is missing")))?;
        let body: Body = stored(&row.entry)?;
        let link = BodyLink { id: word(id)?, href: format!("/v1/bodies/{id}"), name: body.name, kind: body.kind };
        self.0.insert(id.to_owned(), link.clone());
        Ok(link)
    }
}
