//! Imports (docs/bulk.md). One thread reads the lines of a file and makes records of them, another files them, a batch in one transaction, through the
//! same functions as a POST. How far the file is done is written in the transaction of the batch: killed at any point, the work goes on behind the
//! last batch that is there, and no line is filed twice or lost.

mod keys;
mod line;
mod pass;
mod read;
mod scratch;
mod worker;

pub use worker::carry_out_imports;

use crate::store::{ImportErrorRow, StoreError};

/// Why a pass over a file ends before the end of it.
#[derive(Debug, thiserror::Error)]
enum Stop {
    #[error("the import was cancelled, or is another worker's")]
    NotOurs,
    #[error("this instance stops")]
    Stopping,
    #[error("more lines are refused than are kept")]
    TooManyRefused,
    /// A line is refused in a pass that should refuse none any more.
    #[error("the register changed since the check")]
    Changed(Box<ImportErrorRow>),
    #[error("the file cannot be read: {0}")]
    File(std::io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What the fuzzing targets ask of a file to import: how many of its lines are records.
#[cfg(fuzzing)]
#[doc(hidden)]
pub fn read_lines(file: &[u8]) -> usize {
    let mut lines = read::Lines::new(file, 0, 0);
    let mut records = 0;
    while let Ok(Some(text)) = lines.next() {
        let read::Text::Line(line) = text else { continue };
        let read = line::envelope(&line).and_then(|envelope| envelope.record("directory:write sittings:write deliberations:write"));
        records += usize::from(read.is_ok());
    }
    records
}
