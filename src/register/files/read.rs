//! Files as a reader sees them, and their bytes.

use std::ops::Range;

use super::{FileOf, FileRefusal, media};
use crate::publish::{AuthoritativeCopy, FileAnswer, RecordLink, View, shows_file};
use crate::record::{Annex, FileRole, Id, Siren};
use crate::register::canonical::word;
use crate::register::read::{shown_act, shown_sitting};
use crate::register::{Reader, Refusal, Register};
use crate::store::{Blob, FileRow, Outgoing, Session, StoreError};

/// A file that a reader may see.
#[derive(Clone, Debug)]
pub struct FileFound {
    pub answer: FileAnswer,
    /// Whether everyone may see it.
    pub public: bool,
    authority: String,
}

/// The bytes of a file on their way out.
pub struct FileContent {
    /// How many there are.
    pub length: u64,
    pub bytes: Outgoing,
}

impl FileFound {
    /// The name for who downloads it: always with the ending of its type.
    pub fn download_name(&self) -> String {
        let FileAnswer { name, media_type, .. } = &self.answer;
        let Some(ending) = media::ending(media_type) else { return name.clone() };
        let has = name.rsplit_once('.').is_some_and(|(_, last)| {
            last.eq_ignore_ascii_case(ending) || matches!((ending, last.to_ascii_lowercase().as_str()), ("jpg", "jpeg") | ("tif", "tiff"))
        });
        if has { name.clone() } else { format!("{name}.{ending}") }
    }
}

pub(super) fn href(id: Id) -> String {
    format!("/v1/files/{id}")
}

/// The signed original that came last.
fn last_original(all: &[FileRow]) -> Option<&FileRow> {
    all.iter().rfind(|row| row.role == FileRole::SignedOriginal.wire())
}

/// What is said of a file, one of all those of its record.
pub(super) fn answer(row: &FileRow, of: FileOf, annexes: &[Annex], all: &[FileRow]) -> Result<FileAnswer, StoreError> {
    let id: Id = word(&row.id)?;
    let named = annexes.iter().zip(1u32..).filter(|(annex, _)| annex.file == Some(id));
    Ok(FileAnswer {
        id,
        href: href(id),
        content: format!("{}/content", href(id)),
        record: RecordLink { kind: of.kind().to_owned(), id: of.id(), href: of.href() },
        version: row.version,
        role: word(&row.role)?,
        name: row.name.clone(),
        media_type: row.media_type.clone(),
        size: u64::try_from(row.size).map_err(|e| StoreError::Corrupt(e.to_string()))?,
        sha256: row.sha256.clone(),
        annexes: named.map(|(_, place)| place).collect(),
        authoritative: last_original(all).is_some_and(|last| last.id == row.id),
        recorded_at: row.recorded_at.and_utc(),
    })
}

/// The copy of an act that counts, once there is one.
pub(in crate::register) fn authoritative_copy(session: &mut Session<'_>, authority: &str, act: &str) -> Result<Option<AuthoritativeCopy>, Refusal> {
    let all = session.files_of(authority, act)?;
    let Some(row) = last_original(&all) else { return Ok(None) };
    let id = word(&row.id)?;
    Ok(Some(AuthoritativeCopy { id, href: href(id), content: format!("{}/content", href(id)), sha256: row.sha256.clone() }))
}

/// The files of a record that a view shows, in the order in which they came.
pub(in crate::register) fn shown_files(
    session: &mut Session<'_>,
    authority: &str,
    of: FileOf,
    annexes: &[Annex],
    view: View,
) -> Result<Vec<FileAnswer>, Refusal> {
    let all = session.files_of(authority, &of.id().to_string())?;
    let mut files = all.iter().map(|row| answer(row, of, annexes, &all)).collect::<Result<Vec<_>, _>>()?;
    files.retain(|file| shows_file(view, file.role));
    Ok(files)
}

/// A record, as far as a reader sees it.
struct Shown {
    authority: String,
    view: View,
    annexes: Vec<Annex>,
}

fn shown(session: &mut Session<'_>, of: FileOf, reader: &Reader) -> Result<Shown, Refusal> {
    Ok(match of {
        FileOf::Sitting(id) => {
            let (sitting, view) = shown_sitting(session, id, reader)?;
            Shown { authority: sitting.row.authority, view, annexes: Vec::new() }
        }
        FileOf::Deliberation(id) => {
            let shown = shown_act(session, id, reader)?;
            Shown { authority: shown.act.row.authority, view: shown.view, annexes: shown.act.record.annexes }
        }
    })
}

/// The record that a file belongs to, by its kind.
fn of_record(session: &mut Session<'_>, record: &str) -> Result<FileOf, Refusal> {
    let id = word(record)?;
    match session.owner(id)?.as_ref().map(|(_, kind)| kind.as_str()) {
        Some("sitting") => Ok(FileOf::Sitting(id)),
        Some("deliberation") => Ok(FileOf::Deliberation(id)),
        _ => Err(StoreError::Corrupt(format!("a file of {record}")).into()),
    }
}

impl Register {
    /// The files of a record that a reader may see, in the order in which they came; and whether the reader is the public.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`].
    pub fn files(&self, of: FileOf, reader: &Reader) -> Result<(Vec<FileAnswer>, bool), Refusal> {
        self.store.read(|session| {
            let Shown { authority, view, annexes } = shown(session, of, reader)?;
            Ok((shown_files(session, &authority, of, &annexes, view)?, view == View::Public))
        })
    }

    /// One file.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`]; [`FileRefusal::Restricted`] to readers of the authority who lack that scope.
    pub fn file(&self, id: Id, reader: &Reader) -> Result<FileFound, Refusal> {
        self.store.read(|session| {
            let authority = crate::register::read::owner(session, id, "file")?;
            let row = session.file(&authority, &id.to_string())?.ok_or(Refusal::NotFound)?;
            let of = of_record(session, &row.record)?;
            let Shown { view, annexes, .. } = shown(session, of, reader)?;
            let all = session.files_of(&authority, &row.record)?;
            let answer = answer(&row, of, &annexes, &all)?;
            if !shows_file(view, answer.role) {
                let own = reader.authority.as_ref().map(Siren::as_str) == Some(authority.as_str());
                return Err(if own { FileRefusal::Restricted.into() } else { Refusal::NotFound });
            }
            Ok(FileFound { answer, public: view == View::Public, authority })
        })
    }

    /// The bytes of a file, or a part of them: read and checked whole in any case. The stream ends short of its end, with an error, where they
    /// are not those that came in.
    ///
    /// # Errors
    /// [`FileRefusal::Damaged`], where that is known before the first byte.
    pub async fn file_content(&self, found: &FileFound, part: Option<Range<u64>>) -> Result<FileContent, Refusal> {
        let blob = Blob { sha256: found.answer.sha256.clone(), size: found.answer.size };
        let part = part.unwrap_or(0..blob.size);
        let length = part.end.saturating_sub(part.start);
        Ok(FileContent { length, bytes: self.blobs.read(&found.authority, &blob, part).await? })
    }
}
