//! What the public register is about as a whole: whose it is, which bodies sit, which records anyone may read.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::canonical::{stored, word};
use super::{Refusal, Register};
use crate::record::{Authority, Body, Id, Siren, fold};
use crate::store::{AsNew, Changed, DirectoryFilter, EntryKind, StoreError};

/// Authorities and bodies that are listed: more than a register holds.
const MOST: i64 = 1_000;

/// The public records of an authority.
pub struct SiteMap {
    /// With the last change of each.
    pub sittings: Vec<(Id, DateTime<Utc>)>,
    pub acts: Vec<(Id, DateTime<Utc>)>,
    /// Whether there are more than were asked for.
    pub cut: bool,
}

impl Register {
    /// The authorities that anyone may read of, by name.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn public_authorities(&self) -> Result<Vec<Authority>, Refusal> {
        self.store.read(|session| {
            let rows = session.authorities(None, None, MOST)?;
            let mut all: Vec<Authority> = rows.iter().map(|row| stored(&row.entry)).collect::<Result<_, StoreError>>()?;
            all.sort_by_cached_key(|authority| (fold(&authority.name), authority.siren.clone()));
            Ok(all)
        })
    }

    /// Whether anyone may read of more than one authority.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn several_public(&self) -> Result<bool, Refusal> {
        self.store.read(|session| Ok(session.authorities(None, None, 2)?.len() > 1))
    }

    /// The bodies of an authority that anyone may read of, by name.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn public_bodies(&self, authority: &Siren) -> Result<Vec<(Id, Body)>, Refusal> {
        self.store.read(|session| {
            let filter = DirectoryFilter { public_only: true, limit: MOST, ..DirectoryFilter::default() };
            let rows = session.directory_entries(authority.as_str(), EntryKind::Body, &filter)?;
            let read = |row: &crate::store::DirectoryRow| Ok((word(&row.id)?, stored(&row.entry)?));
            let mut all: Vec<(Id, Body)> = rows.iter().map(read).collect::<Result<_, StoreError>>()?;
            all.sort_by_cached_key(|(id, body)| (fold(&body.name), *id));
            Ok(all)
        })
    }

    /// The years in which an authority has public records, from the latest to the earliest.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn public_years(&self, authority: &Siren) -> Result<Vec<i32>, Refusal> {
        self.store.read(|session| {
            let days = session.public_days(authority.as_str())?;
            Ok(days.map(|(first, last)| (first.year()..=last.year()).rev().collect()).unwrap_or_default())
        })
    }

    /// The public records of an authority, of one year or of all; at most so many of each kind.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn site_map(&self, authority: &Siren, year: Option<i32>, most: usize) -> Result<SiteMap, Refusal> {
        // The years that the engines keep.
        let (first, last) = year.map_or((1, 9999), |year| (year, year));
        let days = NaiveDate::from_ymd_opt(first, 1, 1).zip(NaiveDate::from_ymd_opt(last, 12, 31)).ok_or(Refusal::NotFound)?;
        let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
        self.read(&AsNew::Lately, |session| {
            let mut sittings = session.public_sittings(authority.as_str(), days, limit)?;
            let mut acts = session.public_deliberations(authority.as_str(), days, limit)?;
            let cut = sittings.len().max(acts.len()) > most;
            sittings.truncate(most);
            acts.truncate(most);
            Ok(SiteMap { sittings: changed(&sittings)?, acts: changed(&acts)?, cut })
        })
    }

    /// The key that signs the log of an authority here.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn log_key(&self, authority: &Siren) -> Result<String, Refusal> {
        self.signer.verifier_key(authority)
    }
}

fn changed(rows: &[Changed]) -> Result<Vec<(Id, DateTime<Utc>)>, StoreError> {
    rows.iter().map(|(id, at)| Ok((word(id)?, at.and_utc()))).collect()
}
