//! The worker: takes the imports of the register one after the other, on a thread of its own. Several instances each have one: an import is leased to
//! the one that works on it, and goes to another when that one gives no sign of life.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::Stop;
use super::pass::{Pass, lease};
use super::scratch::Scratch;
use crate::bulk::Background;
use crate::record::Siren;
use crate::register::{ImportFailure, ImportMode, ImportState, Register};
use crate::sight::ran;
use crate::store::{ImportProgress, ImportRow, StoreError, now};

/// How often it is looked whether there is something to do.
const EVERY: Duration = Duration::from_millis(300);

/// How long is waited after a failure that passes.
const AFTER_FAILURE: Duration = Duration::from_secs(2);

/// The worker of an instance, until it is dropped: then it ends with the lines that it is filing, and another goes on at once.
///
/// # Errors
/// When its thread cannot be started.
pub fn carry_out_imports(register: Arc<Register>) -> io::Result<Background> {
    Background::start("imports", move |stop| work(&register, stop))
}

fn work(register: &Arc<Register>, stop: &AtomicBool) {
    let name = uuid::Uuid::now_v7().to_string();
    while !stop.load(Ordering::Relaxed) {
        let found = next(register, &name);
        ran("imports", found.is_ok());
        let wait = match found {
            Ok(Some(import)) => carry_out(register, &import, stop),
            Ok(None) => EVERY,
            Err(problem) => {
                tracing::error!(%problem, "imports cannot be looked for");
                AFTER_FAILURE
            }
        };
        if !wait.is_zero() && !stop.load(Ordering::Relaxed) {
            std::thread::park_timeout(wait);
        }
    }
}

/// The first import that nobody works on, once it is this worker's.
fn next(register: &Register, name: &str) -> Result<Option<ImportRow>, StoreError> {
    for (authority, id) in register.store().read(|session| session.imports_to_do(now()))? {
        let at = now();
        let taken = register.store().write(|session| {
            let taken = session.lease_import(&authority, &id, name, at, lease(at))?;
            if taken { session.import(&authority, &id) } else { Ok(None) }
        })?;
        if taken.is_some() {
            return Ok(taken);
        }
    }
    Ok(None)
}

/// Works on an import as far as it goes, and says how long to wait then.
fn carry_out(register: &Arc<Register>, import: &ImportRow, stop: &AtomicBool) -> Duration {
    tracing::info!(import = %import.id, position = import.position, "import taken up");
    let end = match passes(register, import, stop) {
        Ok(None) => end(register, import, ImportState::Done, None),
        Ok(Some(failure)) => end(register, import, ImportState::Failed, Some(failure)),
        Err(Stop::NotOurs) => Ok(()),
        Err(Stop::Stopping) => register.store().write(|session| session.release_import(import)),
        Err(Stop::TooManyRefused) => end(register, import, ImportState::Failed, Some(ImportFailure::TooManyRefused)),
        Err(Stop::Changed(line)) => register
            .store()
            .write(|session| session.add_import_errors(&[*line]))
            .and_then(|()| end(register, import, ImportState::Failed, Some(ImportFailure::ChangedMeanwhile))),
        Err(Stop::Store(problem)) if problem.passes() => Err(problem),
        Err(Stop::File(problem)) => {
            tracing::error!(import = %import.id, %problem, "the file of an import cannot be read");
            end(register, import, ImportState::Failed, Some(ImportFailure::FileMissing))
        }
        Err(Stop::Store(problem)) => {
            tracing::error!(import = %import.id, %problem, "an import failed");
            end(register, import, ImportState::Failed, Some(ImportFailure::Internal))
        }
    };
    match end {
        Ok(()) => Duration::ZERO,
        Err(problem) => {
            // It is taken up again when nobody holds it any more.
            tracing::error!(import = %import.id, %problem, "an import is interrupted");
            AFTER_FAILURE
        }
    }
}

/// Every pass that is left. Says why it failed, where it did.
fn passes(register: &Arc<Register>, import: &ImportRow, stop: &AtomicBool) -> Result<Option<ImportFailure>, Stop> {
    let authority: Siren = import.authority.parse().map_err(|_| StoreError::Corrupt(format!("authority {:?}", import.authority)))?;
    let all = import.mode == ImportMode::AllOrNothing.wire();
    let mut progress = ImportProgress {
        checking: import.checking,
        position: import.position,
        lines: import.lines,
        accepted: import.accepted,
        unchanged: import.unchanged,
        refused: import.refused,
    };
    if import.checking {
        // What an interrupted check had tried is gone: it begins again.
        progress = begin(register, import, true)?;
        let scratch = Arc::new(Scratch::of(register.store(), &authority)?);
        progress = Pass { register, import, authority: &authority, scratch: Some(&scratch), all, stop }.run(progress)?;
        if import.dry_run {
            return Ok(None);
        }
        if progress.refused > 0 {
            return Ok(Some(ImportFailure::LinesRefused));
        }
        progress = begin(register, import, false)?;
    }
    Pass { register, import, authority: &authority, scratch: None, all, stop }.run(progress)?;
    Ok(None)
}

/// Begins a pass at the beginning of the file.
fn begin(register: &Register, import: &ImportRow, checking: bool) -> Result<ImportProgress, Stop> {
    let progress = ImportProgress { checking, ..ImportProgress::default() };
    let at = now();
    let held = register.store().write(|session| {
        session.clear_import_errors(&import.authority, &import.id)?;
        session.begin_import_pass(import, at)?;
        session.move_import(import, &progress, at, lease(at))
    })?;
    if held { Ok(progress) } else { Err(Stop::NotOurs) }
}

/// Ends an import, and removes its file.
fn end(register: &Register, import: &ImportRow, state: ImportState, failure: Option<ImportFailure>) -> Result<(), StoreError> {
    let reason = failure.map(ImportFailure::wire);
    register.store().write(|session| session.end_import(&import.authority, &import.id, state.wire(), reason, now()))?;
    tracing::info!(import = %import.id, state = state.wire(), reason, "import over");
    let removed = actix_web::rt::Runtime::new().map(|runtime| runtime.block_on(register.blobs().remove_import(&import.authority, &import.id)));
    if !matches!(removed, Ok(Ok(()))) {
        tracing::warn!(import = %import.id, ?removed, "the file of an import is left");
    }
    Ok(())
}
