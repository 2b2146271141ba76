//! Authorities, bodies, groups, persons, mandates: filed and replaced, never deleted, because acts refer to them.

use chrono::NaiveDate;
use serde_json::json;

use super::canonical::{canonical, stored};
use super::check::{Faults, References, storable, value_of};
use super::read::may_see;
use super::{Actor, Once, Reader, Refusal, Register, Rule, Written, clock, log, numbering};
use crate::publish::{Filed, Matching, merged};
use crate::record::{Affiliation, Authority, Body, Group, Id, InternalRule, Mandate, Person, Siren, Visibility, fold};
use crate::rules::{InternalFault, check_internal};
use crate::store::{AuthorityRow, DirectoryRow, EntryKind, Session, StoreError, now};

/// An entry of the directory.
#[derive(Clone, Debug)]
pub enum Entry {
    Body(Body),
    Group(Group),
    Person(Person),
    Mandate(Mandate),
}

/// What its internal rules settle is theirs to settle, can be read, and is settled once at a time.
fn internal_rules(body: &Body, faults: &mut Faults) {
    for (i, own) in body.internal_rules.iter().enumerate() {
        let at = |field: &str| format!("/internal_rules/{i}/{field}");
        match check_internal(body.kind, own) {
            Ok(()) => {}
            Err(InternalFault::Unknown) => faults.add(at("rule"), Rule::UnknownRule),
            Err(InternalFault::NotConfigurable) => faults.add(at("rule"), Rule::RuleNotConfigurable),
            Err(InternalFault::Value) => faults.add(at("value"), Rule::RuleValue),
        }
        faults.unless(!own.article.trim().is_empty(), at("article"), Rule::Empty);
        faults.unless(own.valid_from.is_none_or(storable), at("valid_from"), Rule::YearOutOfRange);
        faults.unless(own.valid_to.is_none_or(storable), at("valid_to"), Rule::YearOutOfRange);
        let (from, to) = (own.valid_from.unwrap_or(NaiveDate::MIN), own.valid_to.unwrap_or(NaiveDate::MAX));
        faults.unless(from <= to, at("valid_to"), Rule::EndsBeforeStart);
        let meets = |other: &InternalRule| {
            other.rule == own.rule && other.valid_from.is_none_or(|first| first <= to) && other.valid_to.is_none_or(|last| from <= last)
        };
        faults.unless(!body.internal_rules.iter().take(i).any(meets), at("rule"), Rule::Twice);
    }
}

impl Entry {
    pub const fn kind(&self) -> EntryKind {
        match self {
            Self::Body(_) => EntryKind::Body,
            Self::Group(_) => EntryKind::Group,
            Self::Person(_) => EntryKind::Person,
            Self::Mandate(_) => EntryKind::Mandate,
        }
    }

    fn canonical(&self) -> Result<(Vec<u8>, String), Refusal> {
        match self {
            Self::Body(entry) => canonical(entry),
            Self::Group(entry) => canonical(entry),
            Self::Person(entry) => canonical(entry),
            Self::Mandate(entry) => canonical(entry),
        }
    }

    fn check(&self, session: &mut Session<'_>, authority: &Siren, id: Id) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        let value = match self {
            Self::Body(entry) => value_of(entry)?,
            Self::Group(entry) => value_of(entry)?,
            Self::Person(entry) => value_of(entry)?,
            Self::Mandate(entry) => value_of(entry)?,
        };
        let mut references = References::walk(&value, &mut faults);
        let (mut from, mut to) = (None, None);
        match self {
            Self::Body(body) => {
                (from, to) = (body.valid_from, body.valid_to);
                faults.unless(!body.name.trim().is_empty(), "/name", Rule::Empty);
                faults.unless(body.parent != Some(id), "/parent", Rule::ParentOfItself);
                internal_rules(body, &mut faults);
                if let Err(rule) = body.numbering.as_deref().map_or(Ok(()), numbering::check) {
                    faults.add("/numbering", rule);
                }
                references.bodies.extend(body.parent.map(|parent| ("/parent".to_owned(), parent.to_string())));
            }
            Self::Group(group) => {
                (from, to) = (group.valid_from, group.valid_to);
                faults.unless(!group.name.trim().is_empty(), "/name", Rule::Empty);
            }
            Self::Person(person) => faults.unless(!person.family_name.trim().is_empty(), "/family_name", Rule::Empty),
            Self::Mandate(mandate) => {
                (from, to) = (mandate.valid_from, mandate.valid_to);
                references.bodies.push(("/body".to_owned(), mandate.body.to_string()));
                references.groups.extend(mandate.group.map(|group| ("/group".to_owned(), group.to_string())));
                references.mandates.extend(mandate.substitute_of.map(|titular| ("/substitute_of".to_owned(), titular.to_string())));
                faults.unless(mandate.group.is_none() || mandate.affiliation == Affiliation::Group, "/group", Rule::GroupWithoutAffiliation);
            }
        }
        faults.unless(from.is_none_or(storable), "/valid_from", Rule::YearOutOfRange);
        faults.unless(to.is_none_or(storable), "/valid_to", Rule::YearOutOfRange);
        if let (Some(from), Some(to)) = (from, to) {
            faults.unless(to >= from, "/valid_to", Rule::EndsBeforeStart);
        }
        references.resolve(session, authority, &mut faults)?;
        faults.settle()
    }

    fn row(&self, authority: &Siren, id: Id, version: i32) -> Result<DirectoryRow, Refusal> {
        let (entry, digest) = self.canonical()?;
        let mut row = DirectoryRow {
            authority: authority.to_string(),
            id: id.to_string(),
            kind: self.kind().word().to_owned(),
            name: String::new(),
            body: None,
            person: None,
            political_group: None,
            valid_from: None,
            valid_to: None,
            visibility: String::new(),
            version,
            digest,
            entry,
            modified_at: now(),
        };
        let visibility = match self {
            Self::Body(body) => {
                row.name = fold(&body.name);
                (row.valid_from, row.valid_to) = (body.valid_from, body.valid_to);
                body.visibility
            }
            Self::Group(group) => {
                row.name = fold(&format!("{} {}", group.name, group.short_name.as_deref().unwrap_or_default()));
                (row.valid_from, row.valid_to) = (group.valid_from, group.valid_to);
                group.visibility
            }
            Self::Person(person) => {
                let given = person.given_name.as_deref().unwrap_or_default();
                row.name = fold(&format!("{given} {} {given} {}", person.family_name, person.aliases.join(" ")));
                person.visibility
            }
            Self::Mandate(mandate) => {
                (row.body, row.person) = (Some(mandate.body.to_string()), Some(mandate.person.to_string()));
                row.political_group = mandate.group.map(|g| g.to_string());
                (row.valid_from, row.valid_to) = (mandate.valid_from, mandate.valid_to);
                mandate.visibility
            }
        };
        row.visibility = visibility.wire().to_owned();
        Ok(row)
    }
}

fn answer(row: &DirectoryRow) -> Result<String, Refusal> {
    let kind = row.kind.as_str();
    let plural = match kind {
        "body" => "bodies",
        "group" => "groups",
        "person" => "persons",
        _ => "mandates",
    };
    Ok(merged(&row.entry, &Filed { id: &row.id, href: &format!("/v1/{plural}/{}", row.id), authority: &row.authority, version: row.version })?)
}

/// An entry or an authority as it is read: JSON, and the digest of what is filed.
pub struct Filing {
    pub body: String,
    pub digest: String,
    pub public: bool,
}

fn written(body: String, href: String, digest: String, created: bool) -> Written {
    Written { created, href, digest, body, touched: Vec::new() }
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
            log(session, actor, "authority", &row.authority, 1, "created")?;
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
            log(session, actor, "authority", &row.authority, row.version, "replaced")?;
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
        self.change(actor, once, |session| {
            session.authority(actor.authority.as_str())?.ok_or(Refusal::NotFound)?;
            entry.check(session, &actor.authority, id)?;
            if session.owner(id)?.is_some() {
                return Err(Refusal::Exists);
            }
            session.claim(id, &actor.authority, entry.kind().word())?;
            let row = entry.row(&actor.authority, id, 1)?;
            session.add_directory_entry(&row)?;
            log(session, actor, &row.kind, &row.id, 1, "created")?;
            entry_written(&row, true)
        })
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
            log(session, actor, &row.kind, &row.id, row.version, "replaced")?;
            entry_written(&row, false)
        })
    }

    /// One entry: a public one, or one of the reader's authority.
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
