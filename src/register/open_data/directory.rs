//! Public entries of the directory, in the words of Popolo.

use serde_json::Value;

use super::{Pieces, envelope, owner};
use crate::publish::popolo;
use crate::record::{Mandate, Visibility};
use crate::register::canonical::{stored, word};
use crate::register::{Refusal, Register};
use crate::store::{DirectoryFilter, DirectoryRow, EntryKind, Session};

/// Entries of a page.
const PAGE: i64 = 500;

/// The public entries of a kind, in the order in which they were filed.
struct Entries {
    authority: String,
    kind: EntryKind,
    after: Option<String>,
}

impl Entries {
    const fn of(authority: String, kind: EntryKind) -> Self {
        Self { authority, kind, after: None }
    }

    fn page<T>(
        &mut self,
        register: &Register,
        read: impl FnOnce(&mut Session<'_>, &[DirectoryRow]) -> Result<T, Refusal>,
    ) -> Result<Option<T>, Refusal> {
        let filter = DirectoryFilter { public_only: true, after: self.after.take(), limit: PAGE, ..DirectoryFilter::default() };
        register.store.read(|session| {
            let rows = session.directory_entries(&self.authority, self.kind, &filter)?;
            let Some(last) = rows.last() else { return Ok(None) };
            self.after = Some(last.id.clone());
            read(session, &rows).map(Some)
        })
    }
}

pub(super) fn persons(authority: String) -> Pieces {
    let mut entries = Entries::of(authority, EntryKind::Person);
    let mut ended = false;
    envelope("persons", move |register| {
        if ended {
            return Ok(None);
        }
        let page = entries.page(register, |_, rows| rows.iter().map(|row| Ok(popolo::person(word(&row.id)?, &stored(&row.entry)?))).collect())?;
        ended = page.is_none();
        Ok(page)
    })
}

/// The authority first, then its bodies, then its groups.
pub(super) fn organizations(authority: String) -> Pieces {
    enum Next {
        Authority,
        Bodies(Entries),
        Groups(Entries),
        End,
    }
    let mut next = Next::Authority;
    let mut known = false;
    envelope("organizations", move |register| {
        loop {
            match &mut next {
                Next::Authority => {
                    next = Next::Bodies(Entries::of(authority.clone(), EntryKind::Body));
                    let public = register.store.read(|session| owner(session, &authority))?.filter(|own| own.visibility == Visibility::Public);
                    known = public.is_some();
                    if let Some(public) = public {
                        return Ok(Some(vec![popolo::authority(&public)]));
                    }
                }
                Next::Bodies(entries) => {
                    let parent = known.then_some(authority.as_str());
                    let page = entries.page(register, |session, rows| bodies(session, rows, parent))?;
                    match page {
                        Some(page) => return Ok(Some(page)),
                        None => next = Next::Groups(Entries::of(authority.clone(), EntryKind::Group)),
                    }
                }
                Next::Groups(entries) => {
                    let parent = known.then_some(authority.as_str());
                    let group = |row: &DirectoryRow| Ok(popolo::group(word(&row.id)?, &stored(&row.entry)?, parent));
                    match entries.page(register, |_, rows| rows.iter().map(group).collect())? {
                        Some(page) => return Ok(Some(page)),
                        None => next = Next::End,
                    }
                }
                Next::End => return Ok(None),
            }
        }
    })
}

/// Bodies; one whose parent is not public is under the authority.
fn bodies(session: &mut Session<'_>, rows: &[DirectoryRow], authority: Option<&str>) -> Result<Vec<Value>, Refusal> {
    let mut read: Vec<(crate::record::Id, crate::record::Body)> = Vec::with_capacity(rows.len());
    for row in rows {
        read.push((word(&row.id)?, stored(&row.entry)?));
    }
    let parents: Vec<String> = read.iter().filter_map(|(_, body)| body.parent).map(|id| id.to_string()).collect();
    let owner = rows.first().map(|row| row.authority.as_str()).unwrap_or_default();
    let public = session.public_among(owner, &parents.iter().map(String::as_str).collect::<Vec<_>>())?;
    let one = |(id, body): &(crate::record::Id, crate::record::Body)| {
        let parent = body.parent.map(|id| id.to_string()).filter(|parent| public.contains(parent));
        popolo::body(*id, body, parent.as_deref().or(authority))
    };
    Ok(read.iter().map(one).collect())
}

/// Mandates whose person and body are public as well; a group that is not public is not named.
pub(super) fn memberships(authority: String) -> Pieces {
    let mut entries = Entries::of(authority, EntryKind::Mandate);
    let mut ended = false;
    envelope("memberships", move |register| {
        if ended {
            return Ok(None);
        }
        let page = entries.page(register, |session, rows| {
            let owner = rows.first().map(|row| row.authority.as_str()).unwrap_or_default();
            let named: Vec<&str> = rows.iter().flat_map(|row| [&row.person, &row.body, &row.political_group]).flatten().map(String::as_str).collect();
            let public = session.public_among(owner, &named)?;
            let mut found = Vec::with_capacity(rows.len());
            for row in rows {
                let mut mandate: Mandate = stored(&row.entry)?;
                let shown = |id: crate::record::Id| public.contains(&id.to_string());
                if shown(mandate.person) && shown(mandate.body) {
                    mandate.group = mandate.group.filter(|group| shown(*group));
                    found.push(popolo::membership(word(&row.id)?, &mandate));
                }
            }
            Ok(found)
        })?;
        ended = page.is_none();
        Ok(page)
    })
}
