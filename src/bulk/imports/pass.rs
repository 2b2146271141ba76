//! A pass over a file: checking it in a register that is thrown away, or filing it.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

use chrono::{Duration, NaiveDateTime};

use super::Stop;
use super::keys::Keys;
use super::line::{Line, Ready, envelope};
use super::read::{Lines, Text};
use super::scratch::Scratch;
use crate::api::{Problem, ProblemKind};
use crate::bulk::fetched::Fetched;
use crate::record::{Id, Siren, with_keys};
use crate::register::{Actor, Desk, NewRecord, Refusal, Register};
use crate::store::{ImportErrorRow, ImportKeyRow, ImportProgress, ImportRow, Session, StoreError, now};

/// A batch is one transaction: so many lines, or so many bytes.
const LINES: usize = 256;
const BYTES: usize = 4 * 1024 * 1024;

/// Batches that are read and wait to be filed.
const AHEAD: usize = 2;

/// Refused lines that are kept: a file with more is not for this register.
const MOST_REFUSED: i64 = 100_000;

/// How long an import is held without a sign of life.
const LEASE: Duration = Duration::seconds(15);

/// Until when an import is held.
pub(super) fn lease(now: NaiveDateTime) -> NaiveDateTime {
    now + LEASE
}

/// A pass over the file of an import.
pub(super) struct Pass<'a> {
    pub(super) register: &'a Arc<Register>,
    pub(super) import: &'a ImportRow,
    pub(super) authority: &'a Siren,
    /// Where the lines are tried; none: they are filed.
    pub(super) scratch: Option<&'a Arc<Scratch>>,
    /// Whether a refused line ends the pass.
    pub(super) all: bool,
    pub(super) stop: &'a AtomicBool,
}

/// Lines that are filed together, and where the file is then.
struct Batch {
    lines: Vec<Line>,
    position: i64,
    number: i64,
}

/// What became of a batch.
#[derive(Default)]
struct Outcome {
    accepted: i64,
    unchanged: i64,
    keys: Vec<ImportKeyRow>,
    refused: Vec<ImportErrorRow>,
    touched: Vec<Id>,
}

impl Pass<'_> {
    /// Goes on from where the file is, to its end.
    pub(super) fn run(&self, mut progress: ImportProgress) -> Result<ImportProgress, Stop> {
        let from = (progress.position, progress.lines);
        std::thread::scope(|threads| {
            let (send, receive) = sync_channel(AHEAD);
            threads.spawn(move || {
                if let Err(stop) = self.read(from, &send) {
                    // Nobody waits for it where the other end stopped first.
                    let _ = send.send(Err(stop));
                }
            });
            for batch in receive {
                progress = self.file(&progress, batch?)?;
            }
            Ok(progress)
        })
    }

    /// Reads batch after batch.
    fn read(&self, (position, number): (i64, i64), send: &SyncSender<Result<Batch, Stop>>) -> Result<(), Stop> {
        let from = u64::try_from(position).unwrap_or(0);
        let source = Fetched::open(self.register.blobs().read_import(&self.import.authority, &self.import.id, from)).map_err(Stop::File)?;
        let mut lines = Lines::new(source, position, number);
        let keys = Rc::new(Keys::new(self.register, self.scratch, &self.import.authority));
        loop {
            let before = lines.position;
            let mut texts = Vec::new();
            let mut bytes = 0;
            while texts.len() < LINES && bytes < BYTES {
                let Some(text) = lines.next().map_err(Stop::File)? else { break };
                if let Text::Line(line) = &text {
                    bytes += line.len();
                    if line.iter().all(u8::is_ascii_whitespace) {
                        continue;
                    }
                }
                texts.push((lines.number, text));
            }
            if lines.position == before {
                return Ok(());
            }
            let batch = Batch { lines: self.judge(&texts, &keys)?, position: lines.position, number: lines.number };
            if send.send(Ok(batch)).is_err() {
                return Ok(());
            }
        }
    }

    /// From texts to records, or to what stands against them.
    fn judge(&self, texts: &[(i64, Text)], keys: &Rc<Keys>) -> Result<Vec<Line>, Stop> {
        let parts: Vec<_> = texts
            .iter()
            .map(|(number, text)| match text {
                Text::Line(line) => (*number, envelope(line)),
                Text::TooLong => {
                    (*number, Err(Problem::new(ProblemKind::TooLarge).saying("Une ligne fait au plus 4 Mio.", "A line is at most 4 MiB.")))
                }
            })
            .collect();
        let named: Vec<String> = parts.iter().filter_map(|(_, part)| Some(part.as_ref().ok()?.key.clone())).collect();
        keys.give(&named)?;
        let finder = Rc::clone(keys);
        let lines = with_keys(Rc::new(move |key| finder.find(key)), || {
            let judged = parts.into_iter().map(|(number, part)| {
                let key = part.as_ref().ok().map(|envelope| envelope.key.clone());
                let read = part.and_then(|envelope| {
                    let (record, digest) = envelope.record(&self.import.scopes)?;
                    let id = keys.find(&envelope.key).ok_or_else(|| Problem::new(ProblemKind::Internal))?;
                    Ok(Ready { id, digest, record })
                });
                Line { number, key, read }
            });
            judged.collect()
        });
        keys.check()?;
        Ok(lines)
    }

    /// Files a batch: all of it and how far the file is, or nothing.
    fn file(&self, before: &ImportProgress, batch: Batch) -> Result<ImportProgress, Stop> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(Stop::Stopping);
        }
        let after = |outcome: &Outcome| ImportProgress {
            checking: before.checking,
            position: batch.position,
            lines: batch.number,
            accepted: before.accepted + outcome.accepted,
            unchanged: before.unchanged + outcome.unchanged,
            refused: before.refused + i64::try_from(outcome.refused.len()).unwrap_or(i64::MAX),
        };
        let store = self.register.store();
        let progress = match self.scratch {
            Some(scratch) => {
                let outcome = scratch.store.write_batch(|session| self.file_lines(session, batch.lines))?;
                let progress = after(&outcome);
                store.write(|session| self.note(session, &outcome, &progress))?;
                progress
            }
            None => {
                let (touched, progress) = store.write_batch(|session| {
                    session.alone(&self.import.authority)?;
                    let outcome = self.file_lines(session, batch.lines)?;
                    self.register.outdate(session, self.authority, &outcome.touched)?;
                    let progress = after(&outcome);
                    self.note(session, &outcome, &progress)?;
                    Ok::<_, Stop>((outcome.touched, progress))
                })?;
                self.register.forget(self.authority, &touched);
                progress
            }
        };
        if progress.refused >= MOST_REFUSED { Err(Stop::TooManyRefused) } else { Ok(progress) }
    }

    /// Keeps what was refused, and how far the file is.
    fn note(&self, session: &mut Session<'_>, outcome: &Outcome, progress: &ImportProgress) -> Result<(), Stop> {
        session.add_import_errors(&outcome.refused)?;
        let at = now();
        if session.move_import(self.import, progress, at, lease(at))? { Ok(()) } else { Err(Stop::NotOurs) }
    }

    fn file_lines(&self, session: &mut Session<'_>, lines: Vec<Line>) -> Result<Outcome, Stop> {
        let actor = Actor {
            sub: self.import.created_by.clone(),
            authority: self.authority.clone(),
            may_waive: self.import.scopes.split(' ').any(|scope| scope == "findings:waive"),
        };
        let mut known = self.known(session, &lines)?;
        let (mut outcome, mut desk) = (Outcome::default(), Desk::default());
        for Line { number, key, read } in lines {
            let filed = match (read, &key) {
                (Err(problem), _) => Err(problem),
                (Ok(_), None) => Err(Problem::new(ProblemKind::Internal)),
                (Ok(ready), Some(key)) => match known.get(key) {
                    Some(digest) if *digest == ready.digest => {
                        outcome.unchanged += 1;
                        Ok(())
                    }
                    Some(_) => Err(reused()),
                    None => {
                        let digest = ready.digest.clone();
                        let filed = self.file_one(session, &actor, &mut desk, &mut outcome, key, ready)?;
                        filed.map(|()| drop(known.insert(key.clone(), digest)))
                    }
                },
            };
            if let Err(problem) = filed {
                let row = self.refused(number, key, problem)?;
                if self.all && self.scratch.is_none() {
                    return Err(Stop::Changed(Box::new(row)));
                }
                outcome.refused.push(row);
            }
        }
        session.add_import_keys(&outcome.keys)?;
        Ok(outcome)
    }

    /// The digests of what the keys of some lines were imported with.
    fn known(&self, session: &mut Session<'_>, lines: &[Line]) -> Result<HashMap<String, String>, StoreError> {
        let keys: Vec<String> = lines.iter().filter(|line| line.read.is_ok()).filter_map(|line| line.key.clone()).collect();
        let mut rows = session.import_keys(&self.import.authority, &keys)?;
        if self.scratch.is_some() {
            rows.extend(self.register.store().read(|real| real.import_keys(&self.import.authority, &keys))?);
        }
        Ok(rows.into_iter().map(|row| (row.import_key, row.digest)).collect())
    }

    /// Files a record; the inner error is what stands against it.
    fn file_one(
        &self,
        session: &mut Session<'_>,
        actor: &Actor,
        desk: &mut Desk,
        outcome: &mut Outcome,
        key: &str,
        ready: Ready,
    ) -> Result<Result<(), Problem>, Stop> {
        let Ready { id, digest, record } = ready;
        if let Some(scratch) = self.scratch {
            scratch.bring(session, self.register.store(), self.authority, &record)?;
        }
        let sitting = matches!(record, NewRecord::Sitting(_));
        match desk.file(session, actor, id, record) {
            Ok(written) => {
                if let Some(scratch) = self.scratch.filter(|_| sitting) {
                    scratch.note(id);
                }
                outcome.accepted += 1;
                outcome.touched.extend_from_slice(written.touched());
                let (authority, import_key) = (self.import.authority.clone(), key.to_owned());
                outcome.keys.push(ImportKeyRow { authority, import_key, record: id.to_string(), digest });
                Ok(Ok(()))
            }
            Err(Refusal::Store(error)) => Err(error.into()),
            Err(refusal) => Ok(Err(Problem::from(refusal).under("/record"))),
        }
    }

    fn refused(&self, line: i64, import_key: Option<String>, problem: Problem) -> Result<ImportErrorRow, Stop> {
        let slug = problem.kind().slug().to_owned();
        let told = serde_json::to_vec(&problem.told()).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        Ok(ImportErrorRow { authority: self.import.authority.clone(), import: self.import.id.clone(), line, import_key, problem: slug, told })
    }
}

fn reused() -> Problem {
    let (fr, en) = ("cette clé a été importée avec une autre fiche", "this key was imported with another record");
    Problem::new(ProblemKind::ImportKeyReused).at("/key", "reused", fr, en)
}
