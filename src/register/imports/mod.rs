//! Imports: files of many records, one a line, that are filed by a worker, a batch at a time, as records sent one by one are. Here is what is asked
//! about them; the work itself is in `bulk`.

mod answer;

pub use answer::{ImportAnswer, ImportFailure, ImportMode, ImportPhase, ImportState};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};

use super::canonical::digest;
use super::{Actor, FileRefusal, Once, Refusal, Register, Written};
use crate::record::{Id, Label, Siren};
use crate::store::{Blob, ImportErrorRow, ImportRow, now};

/// How a file is to be imported.
#[derive(Clone, Debug)]
pub struct ImportAsked {
    pub mode: ImportMode,
    /// Only checked: nothing is filed.
    pub dry_run: bool,
    /// What the token can do, as in its claim: a line of a kind that it cannot write is refused.
    pub scopes: String,
}

impl Register {
    /// Takes in the file of an import, in constant memory. Unless an import is begun of it, nobody reads it.
    ///
    /// # Errors
    /// [`FileRefusal`]; [`Refusal::Store`] when the place for files fails. Nothing is kept.
    pub async fn receive_import<E>(&self, authority: &Siren, id: Id, body: impl Stream<Item = Result<Bytes, E>>) -> Result<Blob, Refusal> {
        let mut body = std::pin::pin!(body.fuse());
        let mut incoming = self.blobs.incoming_import(authority.as_str()).await?;
        while let Some(bytes) = body.next().await {
            incoming.write(&bytes.map_err(|_| FileRefusal::BrokenOff)?).await?;
        }
        Ok(incoming.finish_import(&id.to_string()).await?)
    }

    /// Puts a file that was taken in in the queue of its authority.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when the authority is not filed; [`Refusal::KeyInUse`], [`Refusal::KeyReused`].
    pub fn begin_import(&self, actor: &Actor, once: Option<&Once>, id: Id, asked: &ImportAsked, file: &Blob) -> Result<Written, Refusal> {
        self.change(actor, once, |session| {
            session.authority(actor.authority.as_str())?.ok_or(Refusal::NotFound)?;
            let at = now();
            let row = ImportRow {
                authority: actor.authority.to_string(),
                id: id.to_string(),
                state: ImportState::Queued.wire().to_owned(),
                mode: asked.mode.wire().to_owned(),
                dry_run: asked.dry_run,
                checking: asked.dry_run || asked.mode == ImportMode::AllOrNothing,
                size: i64::try_from(file.size).unwrap_or(i64::MAX),
                sha256: file.sha256.clone(),
                position: 0,
                lines: 0,
                accepted: 0,
                unchanged: 0,
                refused: 0,
                scopes: asked.scopes.clone(),
                reason: None,
                created_at: at,
                created_by: actor.sub.clone(),
                run_from: None,
                run_position: 0,
                run_lines: 0,
                modified_at: at,
                ended_at: None,
                worker: None,
                leased_until: None,
            };
            session.add_import(&row)?;
            let answer = ImportAnswer::of(&row)?;
            let body = serde_json::to_string(&answer)?;
            Ok(Written { created: true, digest: digest(body.as_bytes()), href: answer.href, body, touched: Vec::new(), reached: None })
        })
    }

    /// Where an import stands.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn import(&self, authority: &Siren, id: Id) -> Result<ImportAnswer, Refusal> {
        self.store.read(|session| ImportAnswer::of(&session.import(authority.as_str(), &id.to_string())?.ok_or(Refusal::NotFound)?))
    }

    /// The imports of an authority before one, from the latest to the earliest.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn imports(&self, authority: &Siren, before: Option<Id>, limit: i64) -> Result<Vec<ImportAnswer>, Refusal> {
        let before = before.map(|id| id.to_string());
        self.store.read(|session| session.imports(authority.as_str(), before.as_deref(), limit)?.iter().map(ImportAnswer::of).collect())
    }

    /// The lines of an import that were refused after a line, in order.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn import_errors(&self, authority: &Siren, id: Id, after: i64, limit: i64) -> Result<Vec<ImportErrorRow>, Refusal> {
        self.store.read(|session| {
            session.import(authority.as_str(), &id.to_string())?.ok_or(Refusal::NotFound)?;
            Ok(session.import_errors(authority.as_str(), &id.to_string(), after, limit)?)
        })
    }

    /// Stops an import that is not over. What was filed of it stays.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotPossible`] when it is over.
    pub fn cancel_import(&self, authority: &Siren, id: Id) -> Result<ImportAnswer, Refusal> {
        self.store.write(|session| {
            let text = id.to_string();
            session.import(authority.as_str(), &text)?.ok_or(Refusal::NotFound)?;
            if !session.end_import(authority.as_str(), &text, ImportState::Cancelled.wire(), None, now())? {
                return Err(Refusal::NotPossible(Label { fr: "L'import est terminé.", en: "The import is over." }));
            }
            ImportAnswer::of(&session.import(authority.as_str(), &text)?.ok_or(Refusal::NotFound)?)
        })
    }
}
