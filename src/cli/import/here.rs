//! Into the database of the configuration, by a worker of one's own.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use actix_web::rt::Runtime;
use bytes::Bytes;
use futures_util::stream;
use serde_json::Value;

use super::papers::{Made, Read};
use super::pieces::pieces;
use super::report::Refused;
use crate::api::tokens::Scopes;
use crate::api::{Problem, ReadingLimits, Said, strict};
use crate::bulk::{Background, carry_out_imports};
use crate::cli::{Failure, serve, this_program};
use crate::config::Config;
use crate::record::{Id, Siren};
use crate::register::{Actor, ImportAnswer, ImportAsked, ImportMode, Refusal, Register, Sent};

/// Refused lines that are told.
const TOLD: i64 = 20;

pub(super) struct Here {
    register: Arc<Register>,
    actor: Actor,
    reading: ReadingLimits,
    _worker: Background,
}

impl Here {
    pub(super) fn open(config: &Config, authority: Siren, sub: String) -> Result<Self, Failure> {
        let register = Arc::new(serve::register(config)?);
        let reading = ReadingLimits::new(Duration::from_secs(config.intake_seconds), this_program());
        let worker = carry_out_imports(Arc::clone(&register))?;
        Ok(Self { register, actor: Actor { sub, authority, may_waive: true }, reading, _worker: worker })
    }

    pub(super) fn begin(&self, file: &Path, mode: ImportMode, dry_run: bool) -> Result<ImportAnswer, Failure> {
        let id = Id::mint();
        let pieces = pieces(file)?;
        let blob = Runtime::new()?.block_on(self.register.receive_import(&self.actor.authority, id, pieces))?;
        let asked = ImportAsked { mode, dry_run, scopes: Scopes::all().to_string() };
        self.register.begin_import(&self.actor, None, id, &asked, &blob)?;
        self.ask(id)
    }

    pub(super) fn read(&self, bytes: &[u8], said: &str) -> Result<Read, Failure> {
        let said = Said::read(said).map_err(|problem| problem.english())?;
        let bytes = bytes.to_vec();
        let read = Runtime::new()?.block_on(self.reading.run(move |apart| said.document(&bytes, apart)));
        let read = read.and_then(|read| read).map_err(|problem| problem.english())?;
        Ok(serde_json::from_value(serde_json::to_value(self.register.match_reading(&self.actor.authority, read)?)?)?)
    }

    pub(super) fn confirm(&self, confirmation: &Value, bytes: &[u8], said: &str) -> Result<Made, Failure> {
        let told = |refusal: Refusal| Problem::from(refusal).english();
        let (confirmation, _) = strict(&serde_json::to_vec(confirmation)?).map_err(|problem| problem.english())?;
        let body = stream::iter([Ok::<_, ()>(Bytes::copy_from_slice(bytes))]);
        let sent = Sent { content_type: said, ..Sent::default() };
        let source = Runtime::new()?.block_on(self.register.receive_source(&self.actor, sent, body)).map_err(told)?;
        let written = self.register.confirm(&self.actor, None, &confirmation, source).map_err(told)?;
        Ok(serde_json::from_str(&written.body)?)
    }

    pub(super) fn ask(&self, id: Id) -> Result<ImportAnswer, Failure> {
        Ok(self.register.import(&self.actor.authority, id)?)
    }

    pub(super) fn errors(&self, id: Id) -> Result<Vec<Refused>, Failure> {
        let rows = self.register.import_errors(&self.actor.authority, id, 0, TOLD)?;
        Ok(rows.iter().map(|row| crate::api::ImportError::english(row).map(Refused::of)).collect::<Result<_, _>>().map_err(|e| e.to_string())?)
    }
}
