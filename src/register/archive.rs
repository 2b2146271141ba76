//! The archive of a transmission: envelope, message, act, annexes. Nothing is sent from here, nor noted as sent.

use std::fs::File;
use std::io::{self, Read};

use bytes::{Buf, Bytes};
use chrono::NaiveDate;
use futures_util::StreamExt;
use tokio::runtime::Handle;

use super::transmission::{Assembled, assemble};
use super::{FileRefusal, Reader, Refusal, Register};
use crate::publish::actes::{self, Entry, Envelope, Sender, archive_name, envelope_name};
use crate::record::FileRole;
use crate::store::{Blob, BlobError, Blobs, FileRow, Outgoing, StoreError};

/// What an archive is asked for with.
#[derive(Clone, Debug)]
pub struct ArchiveAsked {
    /// Three capitals.
    pub operator: String,
    pub classification: NaiveDate,
    /// The day of the envelope, and its number in that day.
    pub on: NaiveDate,
    pub number: u32,
}

/// What goes into an archive, and its name.
pub struct TransmissionArchive {
    pub name: String,
    authority: String,
    entries: Vec<(String, Content)>,
}

enum Content {
    Made(Vec<u8>),
    Kept(Blob),
}

impl Register {
    /// What the archive of a sealed act consists of.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`], [`Refusal::NotSealed`]; [`Refusal::NotTransmissible`], without its PDF or who sends it too.
    pub fn transmission_archive(&self, id: crate::record::Id, asked: &ArchiveAsked, reader: &Reader) -> Result<TransmissionArchive, Refusal> {
        let lacks = |what: String| Refusal::NotTransmissible(vec![what]);
        self.store.read(|session| {
            let Assembled { authority, identifier, name, xml, document, annexes, files } = assemble(session, id, asked.classification, reader)?;
            let sender = authority.actes.as_ref().ok_or_else(|| lacks("authority.actes".to_owned()))?;
            let act = pdf_of(&files).ok_or_else(|| lacks("file: the PDF of the act, `transmitted` or `signed_original`".to_owned()))?;
            if !act.media_type.starts_with("application/pdf") {
                return Err(lacks(format!("file: the act as a PDF; {} is {}", act.name, act.media_type)));
            }
            let siren = authority.siren.as_str();
            let messages = [name.clone()];
            let department = identifier.department();
            let envelope = Envelope {
                sender: Sender { siren, department, district: sender.district, kind: sender.kind },
                contact: None,
                return_addresses: &sender.return_addresses,
                messages: &messages,
            };
            let envelope = envelope.to_xml().map_err(|fault| lacks(format!("authority.actes: {fault}")))?;
            let mut entries = vec![
                (envelope_name(siren, asked.on, asked.number), Content::Made(envelope)),
                (name, Content::Made(xml)),
                (document, Content::Kept(blob(act)?)),
            ];
            for (name, file) in annexes {
                entries.push((name, Content::Kept(blob(&file)?)));
            }
            let name = archive_name(&asked.operator, siren, asked.on, asked.number).map_err(|fault| lacks(fault.to_string()))?;
            Ok(TransmissionArchive { name, authority: siren.to_owned(), entries })
        })
    }

    /// Writes an archive to a temporary file that goes away when it is closed, and gives its length. It blocks, and waits for bytes that the runtime
    /// reads: on a thread of its own, not one of the runtime's, which that reading may want.
    ///
    /// # Errors
    /// [`FileRefusal::Damaged`] where a file is not what came in; [`FileRefusal::Unreachable`].
    pub fn write_archive(&self, archive: TransmissionArchive, runtime: &Handle) -> Result<(File, u64), Refusal> {
        let TransmissionArchive { authority, entries, .. } = archive;
        let entry = |(name, content)| match content {
            Content::Made(bytes) => {
                let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                Entry { name, size, content: Box::new(io::Cursor::new(bytes)) }
            }
            Content::Kept(blob) => {
                let size = blob.size;
                let kept = Kept { blobs: &self.blobs, runtime, authority: &authority, blob, outgoing: None, held: Bytes::new() };
                Entry { name, size, content: Box::new(kept) }
            }
        };
        let written = || -> io::Result<(File, u64)> {
            let file = io::BufWriter::new(tempfile::tempfile()?);
            let mut file = actes::write_archive(file, entries.into_iter().map(entry))?.into_inner().map_err(io::IntoInnerError::into_error)?;
            io::Seek::rewind(&mut file)?;
            let length = file.metadata()?.len();
            Ok((file, length))
        };
        written().map_err(|error| match error.downcast::<BlobError>() {
            Ok(blob) => blob.into(),
            Err(other) => FileRefusal::Unreachable(other.to_string()).into(),
        })
    }
}

/// The PDF that is sent: the one made for it that came last, else the signed original that came last.
fn pdf_of(files: &[FileRow]) -> Option<&FileRow> {
    let last = |role: FileRole| files.iter().rfind(|row| row.role == role.wire());
    last(FileRole::Transmitted).or_else(|| last(FileRole::SignedOriginal))
}

fn blob(row: &FileRow) -> Result<Blob, StoreError> {
    let size = u64::try_from(row.size).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    Ok(Blob { sha256: row.sha256.clone(), size })
}

/// The bytes of a file, read as they are wanted and checked as they are whenever a file is read.
struct Kept<'a> {
    blobs: &'a Blobs,
    runtime: &'a Handle,
    authority: &'a str,
    blob: Blob,
    outgoing: Option<Outgoing>,
    held: Bytes,
}

impl Read for Kept<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.held.is_empty() {
            let outgoing = match &mut self.outgoing {
                Some(outgoing) => outgoing,
                None => {
                    let opened = self.runtime.block_on(self.blobs.read(self.authority, &self.blob, 0..self.blob.size));
                    self.outgoing.insert(opened.map_err(io::Error::other)?)
                }
            };
            match self.runtime.block_on(outgoing.next()) {
                Some(bytes) => self.held = bytes.map_err(io::Error::other)?,
                None => return Ok(0),
            }
        }
        let length = buffer.len().min(self.held.len());
        if let Some(part) = buffer.get_mut(..length) {
            self.held.copy_to_slice(part);
        }
        Ok(length)
    }
}
