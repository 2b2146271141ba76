//! Writing an archive, a few MiB in memory at a time.

use std::io::{Read, Write};

use flate2::{Compression, GzBuilder, write::GzEncoder};
use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

use super::{ArchiveError, FORMAT, FilesSum, HEAD, Head, MANIFEST, Manifest, TableSum};
use crate::bulk::fetched::Fetched;
use crate::record::Siren;
use crate::store::{ARCHIVED, Blob, Blobs, Session, Store};

/// Rows of a table that are held before they are written: about so many bytes.
const PART: usize = 4 * 1024 * 1024;

/// Files that are looked up at a time.
const PAGE: i64 = 500;

/// Writes the archive of a register, or of what it holds of one authority, on one snapshot. The same register gives the same bytes.
///
/// # Errors
/// [`ArchiveError::Io`], [`ArchiveError::Store`], [`ArchiveError::Blob`] where the bytes of a file are missing or damaged.
pub fn archive(store: &Store, blobs: &Blobs, authority: Option<&Siren>, out: impl Write) -> Result<Manifest, ArchiveError> {
    // No name, no time: the same register gives the same bytes.
    let gzip = GzBuilder::new().mtime(0).write(out, Compression::new(4));
    let mut tar = Builder::new(gzip);
    let manifest = store.read(|session| {
        let head = Head { format: FORMAT.to_owned(), authority: authority.cloned(), schema: Store::schema()? };
        add_json(&mut tar, HEAD, &head)?;
        let authority = authority.map(Siren::as_str);
        let mut manifest = Manifest::default();
        for (place, table) in ARCHIVED.iter().enumerate() {
            manifest.tables.push(add_table(&mut tar, session, place + 1, table, authority)?);
        }
        manifest.files = add_files(&mut tar, session, blobs, authority)?;
        add_json(&mut tar, MANIFEST, &manifest)?;
        Ok::<_, ArchiveError>(manifest)
    })?;
    tar.into_inner()?.finish()?.flush()?;
    Ok(manifest)
}

type Tar<W> = Builder<GzEncoder<W>>;

fn add(tar: &mut Tar<impl Write>, name: &str, size: u64, bytes: impl Read) -> Result<(), ArchiveError> {
    let mut header = Header::new_ustar();
    header.set_entry_type(EntryType::Regular);
    header.set_mode(0o644);
    header.set_mtime(0);
    header.set_size(size);
    let mut counted = bytes.take(size);
    tar.append_data(&mut header, name, &mut counted)?;
    if counted.limit() == 0 { Ok(()) } else { Err(ArchiveError::Spoilt(format!("{name} is shorter than it should be"))) }
}

fn add_json(tar: &mut Tar<impl Write>, name: &str, value: &impl serde::Serialize) -> Result<(), ArchiveError> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(std::io::Error::other)?;
    bytes.push(b'\n');
    add(tar, name, length(&bytes), bytes.as_slice())
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

fn add_table(
    tar: &mut Tar<impl Write>,
    session: &mut Session<'_>,
    place: usize,
    table: &str,
    authority: Option<&str>,
) -> Result<TableSum, ArchiveError> {
    let (mut rows, mut hash, mut part, mut parts) = (0, Sha256::new(), Vec::new(), 0);
    let mut write = |part: &mut Vec<u8>, hash: &mut Sha256| {
        parts += 1;
        hash.update(&*part);
        add(tar, &format!("tables/{place:02}-{table}/{parts:06}.ndjson"), length(part), part.as_slice())?;
        part.clear();
        Ok::<_, ArchiveError>(())
    };
    session.archive(table, authority, &mut |line| {
        part.extend_from_slice(line);
        part.push(b'\n');
        rows += 1;
        if part.len() >= PART { write(&mut part, &mut hash) } else { Ok(()) }
    })?;
    if !part.is_empty() {
        write(&mut part, &mut hash)?;
    }
    Ok(TableSum { name: table.to_owned(), rows, sha256: hex::encode(hash.finalize()) })
}

fn add_files(tar: &mut Tar<impl Write>, session: &mut Session<'_>, blobs: &Blobs, authority: Option<&str>) -> Result<FilesSum, ArchiveError> {
    let mut sum = FilesSum::default();
    let mut hash = Sha256::new();
    let mut after = (String::new(), String::new());
    loop {
        let files = session.archived_files(authority, (&after.0, &after.1), PAGE)?;
        let Some(last) = files.last() else { break };
        after = (last.0.clone(), last.1.clone());
        for (owner, sha256, size) in files {
            let blob = Blob { sha256, size: u64::try_from(size).unwrap_or(0) };
            let name = format!("files/{owner}/{}", blob.sha256);
            let bytes = Fetched::open(blobs.read(&owner, &blob, 0..blob.size))?;
            add(tar, &name, blob.size, bytes)?;
            hash.update(format!("{name}\n"));
            sum.count += 1;
            sum.bytes += blob.size;
        }
    }
    sum.sha256 = hex::encode(hash.finalize());
    Ok(sum)
}
