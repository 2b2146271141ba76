//! Into the database of the configuration, by a worker of one's own.

use std::path::Path;
use std::sync::Arc;

use actix_web::rt::Runtime;

use super::pieces::pieces;
use super::report::Refused;
use crate::api::tokens::Scopes;
use crate::bulk::Worker;
use crate::cli::{Failure, serve};
use crate::config::Config;
use crate::record::{Id, Siren};
use crate::register::{Actor, ImportAnswer, ImportAsked, ImportMode, Register};

/// Refused lines that are told.
const TOLD: i64 = 20;

pub(super) struct Here {
    register: Arc<Register>,
    actor: Actor,
    _worker: Worker,
}

impl Here {
    pub(super) fn open(config: &Config, authority: Siren, sub: String) -> Result<Self, Failure> {
        let register = Arc::new(serve::register(config)?);
        let worker = Worker::start(Arc::clone(&register))?;
        Ok(Self { register, actor: Actor { sub, authority, may_waive: true }, _worker: worker })
    }

    pub(super) fn begin(&self, file: &Path, mode: ImportMode, dry_run: bool) -> Result<ImportAnswer, Failure> {
        let id = Id::mint();
        let pieces = pieces(file)?;
        let blob = Runtime::new()?.block_on(self.register.receive_import(&self.actor.authority, id, pieces))?;
        let asked = ImportAsked { mode, dry_run, scopes: Scopes::all().to_string() };
        self.register.begin_import(&self.actor, None, id, &asked, &blob)?;
        self.ask(id)
    }

    pub(super) fn ask(&self, id: Id) -> Result<ImportAnswer, Failure> {
        Ok(self.register.import(&self.actor.authority, id)?)
    }

    pub(super) fn errors(&self, id: Id) -> Result<Vec<Refused>, Failure> {
        let rows = self.register.import_errors(&self.actor.authority, id, 0, TOLD)?;
        Ok(rows.iter().map(|row| crate::api::ImportError::english(row).map(Refused::of)).collect::<Result<_, _>>().map_err(|e| e.to_string())?)
    }
}
