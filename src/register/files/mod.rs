//! Files of a sitting or an act: taken in, listed, given back. A file is never changed nor removed; a better one comes beside it.

mod media;
mod read;
mod receive;
mod refusal;

pub(super) use media::ending;
pub use media::taken_in;
pub use read::{FileContent, FileFound};
pub(super) use read::{authoritative_copy, shown_files};
pub use receive::{Received, Sent};
pub use refusal::FileRefusal;

use super::canonical::digest;
use super::deliberation::load as load_act;
use super::read::owner;
use super::sitting::load as load_sitting;
use super::told::{Told, to_the_public};
use super::{Actor, Once, Refusal, Register, Written, log};
use crate::publish::{View, shows_file};
use crate::record::{Annex, ChangeAction, ChangeKind, ChangePart, FileRole, Id, Workflow};
use crate::store::{FileRow, Session, StoreError, now};

/// What a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileOf {
    Sitting(Id),
    Deliberation(Id),
}

impl FileOf {
    pub const fn id(self) -> Id {
        match self {
            Self::Sitting(id) | Self::Deliberation(id) => id,
        }
    }

    const fn kind(self) -> &'static str {
        match self {
            Self::Sitting(_) => "sitting",
            Self::Deliberation(_) => "deliberation",
        }
    }

    fn href(self) -> String {
        format!("/v1/{}s/{}", self.kind(), self.id())
    }
}

/// What is said of a file that comes in.
#[derive(Clone, Debug)]
pub struct NewFile {
    pub of: FileOf,
    pub role: FileRole,
    pub name: String,
}

/// A record, as far as its files are concerned.
struct Holder {
    version: i32,
    visibility: String,
    sealed: bool,
    annexes: Vec<Annex>,
}

fn holder(session: &mut Session<'_>, authority: &str, of: FileOf) -> Result<Holder, Refusal> {
    if owner(session, of.id(), of.kind())? != authority {
        return Err(Refusal::NotFound);
    }
    Ok(match of {
        FileOf::Sitting(id) => {
            let row = load_sitting(session, authority, id)?.row;
            Holder { version: row.version, visibility: row.visibility, sealed: false, annexes: Vec::new() }
        }
        FileOf::Deliberation(id) => {
            let act = load_act(session, authority, id)?;
            let sealed = act.row.workflow == Workflow::Sealed.wire();
            Holder { version: act.row.version, visibility: act.row.visibility, sealed, annexes: act.record.annexes }
        }
    })
}

/// What a sealed act consists of is sealed with it; what becomes of it still gathers papers.
const fn is_sealed_with_the_act(role: FileRole) -> bool {
    matches!(role, FileRole::Annex | FileRole::Report | FileRole::Agreement)
}

impl Holder {
    fn takes(&self, role: FileRole) -> Result<(), Refusal> {
        if self.sealed && is_sealed_with_the_act(role) { Err(FileRefusal::Sealed.into()) } else { Ok(()) }
    }
}

impl Register {
    /// Whether a file may be added: asked before its bytes are taken in.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`], [`FileRefusal::Sealed`].
    pub fn may_add_file(&self, actor: &Actor, new: &NewFile) -> Result<(), Refusal> {
        self.store.read(|session| holder(session, actor.authority.as_str(), new.of)?.takes(new.role))
    }

    /// Adds a file whose bytes were received.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`], [`Refusal::Exists`], [`FileRefusal::Sealed`].
    pub fn add_file(&self, actor: &Actor, once: Option<&Once>, id: Id, new: NewFile, received: Received) -> Result<Written, Refusal> {
        self.change(actor, once, |session| attach(session, actor, id, new, received))
    }
}

/// Makes a file of bytes that were received, and tells of it.
pub(super) fn attach(session: &mut Session<'_>, actor: &Actor, id: Id, new: NewFile, received: Received) -> Result<Written, Refusal> {
    let authority = actor.authority.as_str();
    // Again: it may have been sealed while the bytes came in.
    let holder = holder(session, authority, new.of)?;
    holder.takes(new.role)?;
    let record = new.of.id();
    if session.owner(id)?.is_some() {
        return Err(Refusal::Exists);
    }
    session.claim(id, &actor.authority, "file")?;
    let row = FileRow {
        authority: actor.authority.to_string(),
        id: id.to_string(),
        record: record.to_string(),
        version: holder.version,
        role: new.role.wire().to_owned(),
        name: new.name,
        media_type: received.media_type,
        size: i64::try_from(received.blob.size).map_err(|e| StoreError::Corrupt(e.to_string()))?,
        sha256: received.blob.sha256,
        recorded_at: now(),
        recorded_by: actor.sub.clone(),
    };
    session.add_file(&row)?;
    match new.of {
        FileOf::Sitting(_) => session.touch_sitting(authority, &row.record, row.recorded_at)?,
        FileOf::Deliberation(_) => session.touch_deliberation(authority, &row.record, row.recorded_at)?,
    }
    // The record that it belongs to: its answer lists it to those who are shown it.
    let kind = if matches!(new.of, FileOf::Sitting(_)) { ChangeKind::Sitting } else { ChangeKind::Deliberation };
    let public = to_the_public(Some(&holder.visibility), &holder.visibility).filter(|_| shows_file(View::Public, new.role));
    let told = Told { kind, record: &row.record, part: ChangePart::Files, own: Some(ChangeAction::Updated), public };
    log(session, actor, ("file", &row.id, row.version), "added", told)?;
    let all = session.files_of(authority, &row.record)?;
    let body = serde_json::to_string(&read::answer(&row, new.of, &holder.annexes, &all)?)?;
    Ok(Written { created: true, href: read::href(id), digest: digest(body.as_bytes()), body, touched: vec![record], reached: None })
}
