//! All that a page about an act or a sitting shows, read on one snapshot.

use super::files::shown_files;
use super::life::{LifeAdded, life};
use super::read::shown_act;
use super::reading::{of_shown, sitting_reading};
use super::{FileOf, Reader, Refusal, Register};
use crate::publish::{ActReading, FileAnswer, SittingReading};
use crate::record::Id;

/// An act, what became of it, and its files.
pub struct ActPage {
    pub reading: ActReading,
    pub life: LifeAdded,
    pub files: Vec<FileAnswer>,
}

/// A sitting and its files.
pub struct SittingPage {
    pub reading: SittingReading,
    pub files: Vec<FileAnswer>,
}

impl Register {
    /// An act as its page shows it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`].
    pub fn act_page(&self, id: Id, reader: &Reader) -> Result<ActPage, Refusal> {
        self.read(&reader.lately(), |session| {
            let shown = shown_act(session, id, reader)?;
            let life = life(session, &shown.act, shown.sealed.as_ref(), shown.view)?;
            let files = shown_files(session, &shown.act.row.authority, FileOf::Deliberation(id), &shown.act.record.annexes, shown.view)?;
            Ok(ActPage { reading: of_shown(session, id, shown)?, life, files })
        })
    }

    /// A sitting as its page shows it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn sitting_page(&self, id: Id, reader: &Reader) -> Result<SittingPage, Refusal> {
        self.read(&reader.lately(), |session| {
            let reading = sitting_reading(session, id, reader)?;
            let authority = reading.cast.authority.siren.to_string();
            let files = shown_files(session, &authority, FileOf::Sitting(id), &[], reading.view)?;
            Ok(SittingPage { reading, files })
        })
    }
}
