//! The public register as OParl has it: one object, or a page of a list. Who asks does not matter: all see what the public sees.

mod make;

use chrono::NaiveDateTime;

use super::canonical::{stored, word};
use super::files::FileFound;
use super::{Reader, Refusal, Register};
use crate::publish::oparl::{Address, ListOf, Object, Site, Stamp, system};
use crate::record::{Authority, FileRole, Id};
use crate::store::{EntryKind, Session, Shown, ShownFilter, ShownLine};
use make::Maker;

/// What is asked of a list.
#[derive(Clone, Debug, Default)]
pub struct ListAsked {
    pub created_since: Option<NaiveDateTime>,
    pub created_until: Option<NaiveDateTime>,
    pub modified_since: Option<NaiveDateTime>,
    pub modified_until: Option<NaiveDateTime>,
    /// Without the lists in objects that have an address of their own.
    pub omit_internal: bool,
    /// How many the reader wishes; not more are given than a page holds.
    pub limit: Option<u64>,
    /// From 1.
    pub page: u64,
    /// Where the page before ended: then the page begins there, whatever came and went meanwhile.
    pub after: Option<String>,
}

/// A page of objects.
pub struct ObjectsListed {
    pub data: Vec<Object>,
    /// On all pages.
    pub total: u64,
    pub per_page: u64,
    /// Where this page ends, if another follows.
    pub next: Option<String>,
}

/// The place of a line in its list, as a text.
fn place_of(line: &ShownLine) -> String {
    if line.kind.is_empty() { line.id.clone() } else { format!("{},{},{}", line.id, line.kind, line.part) }
}

/// The line that such a text stands for; it need not be there any more.
fn place_in_list(text: &str) -> (String, String, String) {
    let mut parts = text.splitn(3, ',').map(str::to_owned);
    let mut part = || parts.next().unwrap_or_default();
    (part(), part(), part())
}

/// Of the files of a record, the public is shown those in this role.
const ROLE: FileRole = FileRole::Published;

/// What a kind is narrowed down to, where it has to be.
const fn role(kind: Shown) -> &'static str {
    match kind {
        Shown::File => ROLE.wire(),
        _ => "",
    }
}

/// How many objects a page holds. A meeting comes with its agenda, and with what was decided on each item.
const fn most(kind: Shown) -> u64 {
    match kind {
        Shown::Sitting => 20,
        _ => 100,
    }
}

/// The kind of an object, and the identifier and the part by which the store knows it.
fn place(address: &Address) -> Option<(Shown, Id, String)> {
    Some(match address {
        Address::Organization(id) | Address::MeetingsOf(id) => (Shown::Organization, *id, String::new()),
        Address::Person(id) => (Shown::Person, *id, String::new()),
        Address::Membership(id) => (Shown::Mandate, *id, String::new()),
        Address::Meeting(id) => (Shown::Sitting, *id, String::new()),
        Address::AgendaItem(id, item) => (Shown::AgendaItem, *id, item.to_string()),
        Address::Location(id) => (Shown::Location, *id, String::new()),
        Address::Paper(id) => (Shown::Deliberation, *id, String::new()),
        Address::Consultation(id, item) => (Shown::Consultation, *id, item.to_string()),
        Address::Opinion(id, place) => (Shown::Consultation, *id, place.to_string()),
        Address::File(id) | Address::Access(id) | Address::Download(id) => (Shown::File, *id, String::new()),
        Address::System | Address::Bodies | Address::Body(_) | Address::List(..) => return None,
    })
}

const fn kind(list: ListOf) -> Shown {
    match list {
        ListOf::Organizations => Shown::Organization,
        ListOf::Persons => Shown::Person,
        ListOf::Memberships => Shown::Mandate,
        ListOf::Meetings => Shown::Sitting,
        ListOf::AgendaItems => Shown::AgendaItem,
        ListOf::Locations => Shown::Location,
        ListOf::Papers => Shown::Deliberation,
        ListOf::Consultations => Shown::Consultation,
        ListOf::Files => Shown::File,
    }
}

const fn stamp(line: &ShownLine) -> Stamp {
    Stamp { created: line.created_at.and_utc(), modified: line.modified_at.and_utc() }
}

/// An authority that is shown, or was.
fn authority_line(session: &mut Session<'_>, siren: &str) -> Result<ShownLine, Refusal> {
    session.shown_among(Shown::Authority, siren, "", &[siren.to_owned()])?.pop().ok_or(Refusal::NotFound)
}

fn authority(session: &mut Session<'_>, siren: &str) -> Result<Authority, Refusal> {
    Ok(stored(&session.authority(siren)?.ok_or(Refusal::NotFound)?.entry)?)
}

/// What an address leads to, and whose it is. What belongs to an authority that is gone is gone with it.
fn find(session: &mut Session<'_>, address: &Address) -> Result<(Shown, String, ShownLine), Refusal> {
    let (kind, id, part) = place(address).ok_or(Refusal::NotFound)?;
    let (owner, _) = session.owner(id)?.ok_or(Refusal::NotFound)?;
    let home = authority_line(session, &owner)?;
    let opinion = matches!(address, Address::Opinion(..));
    let lines = session.shown_among(kind, &owner, role(kind), &[id.to_string()])?;
    let mut line = lines.into_iter().find(|line| line.part == part && line.is_opinion() == opinion).ok_or(Refusal::NotFound)?;
    if home.deleted {
        line.modified_at = if line.deleted { line.modified_at.min(home.modified_at) } else { home.modified_at };
        line.deleted = true;
    }
    Ok((kind, owner, line))
}

impl Register {
    /// The object at an address, whose own addresses begin with `base`.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], for a list as well.
    pub fn oparl_object(&self, address: &Address, base: &str) -> Result<Object, Refusal> {
        self.store.read(|session| {
            let (kind, owner, line) = match address {
                Address::System => {
                    let all = session.shown(Shown::Authority, "", &ShownFilter { limit: i64::MAX, ..ShownFilter::default() })?;
                    // It has nothing of its own that changes.
                    let first = all.iter().map(|line| line.created_at).min().map(|at| at.and_utc());
                    return Ok(Object::System(system(&Site::register(base), first.map(|at| Stamp { created: at, modified: at }))));
                }
                Address::Body(siren) => (Shown::Authority, siren.to_string(), authority_line(session, siren.as_str())?),
                _ if address.is_list() => return Err(Refusal::NotFound),
                other => find(session, other)?,
            };
            let authority = authority(session, &owner)?;
            let mut made = Maker { session, authority, base, whole: true }.objects(kind, vec![line])?;
            made.pop().ok_or(Refusal::NotFound)
        })
    }

    /// A page of a list.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], for what is no list as well.
    pub fn oparl_list(&self, list: &Address, base: &str, asked: &ListAsked) -> Result<ObjectsListed, Refusal> {
        self.store.read(|session| {
            let (kind, owner, scope) = match list {
                Address::Bodies => (Shown::Authority, String::new(), String::new()),
                Address::List(siren, of) => (kind(*of), siren.to_string(), String::new()),
                Address::MeetingsOf(body) => {
                    let (_, owner, line) = find(session, list)?;
                    let sits = session.directory_entry(&owner, &body.to_string())?.is_some_and(|row| row.kind == EntryKind::Body.word());
                    if line.deleted || !sits {
                        return Err(Refusal::NotFound);
                    }
                    (Shown::Sitting, owner, body.to_string())
                }
                _ => return Err(Refusal::NotFound),
            };
            if !owner.is_empty() && authority_line(session, &owner)?.deleted {
                return Err(Refusal::NotFound);
            }
            let per_page = asked.limit.unwrap_or(most(kind)).clamp(1, most(kind));
            let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
            let filter = ShownFilter {
                scope: if scope.is_empty() { role(kind).to_owned() } else { scope },
                created_since: asked.created_since,
                created_until: asked.created_until,
                modified_since: asked.modified_since,
                modified_until: asked.modified_until,
                offset: if asked.after.is_some() { 0 } else { number(asked.page.saturating_sub(1).saturating_mul(per_page)) },
                after: asked.after.as_deref().map(place_in_list),
                // One more tells whether there is another page.
                limit: number(per_page + 1),
            };
            let mut lines = session.shown(kind, &owner, &filter)?;
            let held = usize::try_from(per_page).unwrap_or(usize::MAX);
            let more = lines.len() > held;
            lines.truncate(held);
            let next = lines.last().filter(|_| more).map(place_of);
            let total = u64::try_from(session.count_shown(kind, &owner, &filter)?).unwrap_or_default();
            let whole = !asked.omit_internal;
            let mut data = Vec::with_capacity(lines.len());
            if kind == Shown::Authority {
                for line in lines {
                    let authority = authority(session, &line.id)?;
                    data.extend(Maker { session, authority, base, whole }.objects(kind, vec![line])?);
                }
            } else if !lines.is_empty() {
                let authority = authority(session, &owner)?;
                data = Maker { session, authority, base, whole }.objects(kind, lines)?;
            }
            Ok(ObjectsListed { data, total, per_page, next })
        })
    }

    /// A file whose bytes are asked for.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Gone`] where it was shown and is no more.
    pub fn oparl_file(&self, id: Id) -> Result<FileFound, Refusal> {
        let (_, _, line) = self.store.read(|session| find(session, &Address::File(id)))?;
        if line.deleted { Err(Refusal::Gone) } else { self.file(id, &Reader::default()) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::publish::{View, shows_file};

    #[test]
    fn the_public_is_shown_files_in_one_role() {
        let shown = FileRole::MEMBERS.iter().map(|member| member.value).filter(|role| shows_file(View::Public, role.parse().unwrap()));
        assert_eq!(shown.collect::<Vec<_>>(), [ROLE.wire()]);
    }
}
