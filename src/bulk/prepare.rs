//! Prepares public answers: at the start and every hour those that are missing, and meanwhile those of acts that were read or changed. Never more than
//! half of the time, so that requests and writers come first.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::background::Background;
use crate::record::{Id, Siren};
use crate::register::{Refusal, Register};

/// Acts at once: few enough that a writer who waits does not notice.
const AT_ONCE: usize = 32;
/// How often it is looked whether an answer is wanted.
const EVERY: Duration = Duration::from_millis(200);
const AFTER_FAILURE: Duration = Duration::from_secs(5);
/// How often the whole register is gone through: what another instance changed, and nobody has read since.
const THROUGH_EVERY: Duration = Duration::from_secs(3600);

/// Prepares public answers until it is dropped.
///
/// # Errors
/// When its thread cannot be started.
pub fn prepare_answers(register: Arc<Register>) -> io::Result<Background> {
    Background::start("answers", move |stop| {
        let mut preparing = Preparing { register, stop, through: None };
        while !stop.load(Ordering::Relaxed) {
            let wait = preparing.some().unwrap_or_else(|problem| {
                tracing::error!(%problem, "answers cannot be prepared");
                AFTER_FAILURE
            });
            if !stop.load(Ordering::Relaxed) {
                std::thread::park_timeout(wait);
            }
        }
    })
}

struct Preparing<'a> {
    register: Arc<Register>,
    stop: &'a AtomicBool,
    /// When the register was last gone through.
    through: Option<Instant>,
}

impl Preparing<'_> {
    /// Does a part of what there is to do, and says how long to wait then.
    fn some(&mut self) -> Result<Duration, Refusal> {
        if self.through.is_none_or(|last| last.elapsed() > THROUGH_EVERY) {
            self.all_that_is_missing()?;
            self.through = Some(Instant::now());
        }
        let begun = Instant::now();
        Ok(if self.register.prepare_wanted(AT_ONCE)? { begun.elapsed() } else { EVERY })
    }

    fn all_that_is_missing(&self) -> Result<(), Refusal> {
        for authority in self.register.every_authority()? {
            let mut after = None;
            let mut made = 0;
            while let Some(last) = self.page(&authority, after, &mut made)? {
                after = Some(last);
            }
            if made > 0 {
                tracing::info!(%authority, made, "public answers are prepared");
            }
        }
        Ok(())
    }

    /// Prepares a page of what is missing, and what is wanted meanwhile; the last act of the page, none where there is no more.
    fn page(&self, authority: &Siren, after: Option<Id>, made: &mut usize) -> Result<Option<Id>, Refusal> {
        if self.stop.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let begun = Instant::now();
        let missing = self.register.unprepared(authority, after, i64::try_from(AT_ONCE).unwrap_or(i64::MAX))?;
        let Some(last) = missing.last().copied() else { return Ok(None) };
        *made += self.register.prepare(authority, &missing)?;
        self.register.prepare_wanted(AT_ONCE)?;
        std::thread::park_timeout(begun.elapsed());
        Ok(Some(last))
    }
}
