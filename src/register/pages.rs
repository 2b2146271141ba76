//! Pages of lists kept in memory as bytes, until anything of their authority changes.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use moka::sync::Cache;

use super::answers::KEPT_FOR;
use super::{KeptBody, Reader, Register};
use crate::record::Siren;

/// A page of a list, ready to be sent.
#[derive(Debug)]
pub struct KeptPage {
    pub body: KeptBody,
    /// The tag with its quotes, as the header has it.
    pub etag: String,
    /// The address of the next page; none on the last, or where the list tells it otherwise.
    pub next: Option<String>,
    /// Whether anyone sees just this.
    pub public: bool,
}

/// What had changed when a page was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// The counter of its authority; none: that of all.
    slot: Option<usize>,
    count: u64,
    directory: u64,
}

/// Authorities share counters: one that changes may forget pages of others, never keep its own.
const SLOTS: usize = 1024;

pub(super) struct Pages {
    kept: Cache<String, (AsOf, Arc<KeptPage>)>,
    /// Changes of the authorities of a slot.
    changes: Box<[AtomicU64]>,
    /// Changes of any authority.
    all: AtomicU64,
    /// Changes that may concern every page.
    directory: AtomicU64,
}

impl Pages {
    pub(super) fn new(bytes: u64) -> Self {
        let weight = |target: &String, (_, page): &(AsOf, Arc<KeptPage>)| u32::try_from(target.len() + page.body.weight() + 256).unwrap_or(u32::MAX);
        let kept = Cache::builder().max_capacity(bytes).weigher(weight).time_to_live(KEPT_FOR).build();
        let changes = (0..SLOTS).map(|_| AtomicU64::new(0)).collect();
        Self { kept, changes, all: AtomicU64::new(0), directory: AtomicU64::new(0) }
    }

    /// How many there are, and how many bytes they take.
    pub(super) fn size(&self) -> (u64, u64) {
        (self.kept.entry_count(), self.kept.weighted_size())
    }

    /// What has changed until now, for a page of an authority, or of whichever the register holds.
    fn as_of(&self, authority: Option<&str>) -> AsOf {
        self.now(authority.map(slot))
    }

    fn now(&self, slot: Option<usize>) -> AsOf {
        let count = slot.and_then(|slot| self.changes.get(slot)).unwrap_or(&self.all).load(Ordering::Acquire);
        AsOf { slot, count, directory: self.directory.load(Ordering::Acquire) }
    }

    /// A change was written: of an authority, or (`whole`) of what every page may show.
    pub(super) fn changed(&self, authority: &str, whole: bool) {
        if whole {
            self.directory.fetch_add(1, Ordering::AcqRel);
        }
        if let Some(count) = self.changes.get(slot(authority)) {
            count.fetch_add(1, Ordering::AcqRel);
        }
        self.all.fetch_add(1, Ordering::AcqRel);
    }

    fn get(&self, key: &str) -> Option<Arc<KeptPage>> {
        let (as_of, page) = self.kept.get(key)?;
        (self.now(as_of.slot) == as_of).then_some(page)
    }

    fn keep(&self, key: String, as_of: AsOf, page: Arc<KeptPage>) {
        if self.now(as_of.slot) == as_of {
            self.kept.insert(key, (as_of, page));
        }
    }
}

fn slot(authority: &str) -> usize {
    let mut hasher = DefaultHasher::new();
    authority.hash(&mut hasher);
    usize::try_from(hasher.finish()).unwrap_or_default() % SLOTS
}

/// The public's pages are found by their address alone, without anything made for the look-up.
fn key(target: &str, reader: &Reader) -> Option<String> {
    let own = reader.authority.as_ref()?;
    Some(format!("{own}{} {target}", if reader.restricted { "!" } else { "" }))
}

impl Register {
    /// A page that is in memory: `target` is the path and the query that it was asked with.
    pub fn kept_page(&self, target: &str, reader: &Reader) -> Option<Arc<KeptPage>> {
        if reader.seen.is_some() {
            return None;
        }
        match key(target, reader) {
            Some(key) => self.pages.get(&key),
            None => self.pages.get(target),
        }
    }

    /// To be taken before a page is read: it is kept only if nothing changed since. `authority` as the request names it.
    pub fn as_of(&self, authority: Option<&Siren>, reader: &Reader) -> AsOf {
        self.pages.as_of(authority.or(reader.authority.as_ref()).map(Siren::as_str))
    }

    /// Keeps a page that was read, unless a standby may have given it.
    pub fn keep_page(&self, target: &str, reader: &Reader, as_of: AsOf, page: &Arc<KeptPage>) {
        if reader.seen.is_some() {
            return;
        }
        self.pages.keep(key(target, reader).unwrap_or_else(|| target.to_owned()), as_of, Arc::clone(page));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "200000016";

    /// An authority whose counter is another one's than that of `ONE`.
    fn other() -> String {
        (0..).map(|n| format!("{:09}", 300_000_000 + n)).find(|siren| slot(siren) != slot(ONE)).unwrap_or_default()
    }

    fn page() -> Arc<KeptPage> {
        Arc::new(KeptPage { body: "[]".into(), etag: "\"1\"".to_owned(), next: None, public: true })
    }

    #[test]
    fn a_page_is_kept_until_its_authority_changes() {
        let other = other();
        for (name, of, changed, whole, kept) in [
            ("nothing", Some(ONE), None, false, true),
            ("its own authority", Some(ONE), Some(ONE), false, false),
            ("another authority", Some(ONE), Some(other.as_str()), false, true),
            ("the directory of another", Some(ONE), Some(other.as_str()), true, false),
            ("any, where none was named", None, Some(other.as_str()), false, false),
        ] {
            let pages = Pages::new(1 << 20);
            pages.keep("/v1/x".to_owned(), pages.as_of(of), page());
            if let Some(changed) = changed {
                pages.changed(changed, whole);
            }
            assert_eq!(pages.get("/v1/x").is_some(), kept, "{name}");
        }
    }

    #[test]
    fn a_page_read_before_a_change_is_not_kept_after_it() {
        let pages = Pages::new(1 << 20);
        let as_of = pages.as_of(Some(ONE));
        pages.changed(ONE, false);
        pages.keep("/v1/x".to_owned(), as_of, page());
        assert!(pages.get("/v1/x").is_none());
    }

    #[test]
    fn readers_of_different_rights_share_no_page() {
        let own = |restricted| Reader { authority: ONE.parse().ok(), restricted, seen: None };
        let keys = [key("/v1/x", &own(false)), key("/v1/x", &own(true)), key("/v1/x", &Reader::default())];
        assert_eq!(keys, [Some(format!("{ONE} /v1/x")), Some(format!("{ONE}! /v1/x")), None]);
    }
}
