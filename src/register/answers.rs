//! Answers kept in memory as bytes: an act that is read over and over costs a map look-up.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use moka::sync::Cache;

use super::{KeptBody, Reader};
use crate::publish::View;
use crate::record::{Id, Siren};

/// How long an answer is kept without asking the store again. A change made through this instance is seen at once; one made through another
/// instance, or by the command line, after this long at most.
pub(super) const KEPT_FOR: Duration = Duration::from_secs(1);

/// An answer ready to be sent.
#[derive(Debug)]
pub struct Answer {
    /// `sitting` or `deliberation`.
    pub kind: &'static str,
    pub authority: Siren,
    pub body: KeptBody,
    /// The tag with its quotes, as the header has it.
    pub etag: String,
    /// Whether anyone may read it.
    pub public: bool,
}

pub(super) struct Answers {
    kept: Cache<(Id, View), Arc<Answer>>,
    /// Counts the changes: an answer made from what was read before a change is not kept after it.
    changes: AtomicU64,
}

impl Answers {
    pub(super) fn new(bytes: u64) -> Self {
        let kept = Cache::builder()
            .max_capacity(bytes)
            .weigher(|_, answer: &Arc<Answer>| u32::try_from(answer.body.weight() + 256).unwrap_or(u32::MAX))
            .time_to_live(KEPT_FOR)
            .build();
        Self { kept, changes: AtomicU64::new(0) }
    }

    /// The answer kept for a reader: that of the own authority, else the public one.
    pub(super) fn get(&self, id: Id, reader: &Reader) -> Option<Arc<Answer>> {
        if let Some(own) = &reader.authority {
            let view = if reader.restricted { View::Restricted } else { View::Internal };
            let kept = self.kept.get(&(id, view));
            if kept.as_ref().is_some_and(|answer| answer.authority == *own) {
                return kept;
            }
        }
        let kept = self.kept.get(&(id, View::Public))?;
        (reader.authority.as_ref() != Some(&kept.authority)).then_some(kept)
    }

    /// How many there are, and how many bytes they take.
    pub(super) fn size(&self) -> (u64, u64) {
        (self.kept.entry_count(), self.kept.weighted_size())
    }

    pub(super) fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    /// Keeps an answer made since the count of changes was `since`, unless there was another change.
    pub(super) fn keep(&self, id: Id, view: View, answer: &Arc<Answer>, since: u64) {
        self.kept.insert((id, view), Arc::clone(answer));
        if self.changes() != since {
            self.kept.invalidate(&(id, view));
        }
    }

    pub(super) fn forget(&self, ids: &[Id]) {
        self.changes.fetch_add(1, Ordering::AcqRel);
        if ids.is_empty() {
            // The directory: a body or an authority is in every answer.
            self.kept.invalidate_all();
        }
        for id in ids {
            for view in View::ALL {
                self.kept.invalidate(&(*id, view));
            }
        }
    }
}
