//! Reading an archive: once to check all of it, and once more to restore it. Nothing is restored of an archive that is not whole.

use std::io::Read;
use std::path::Path;

use actix_web::rt::Runtime;
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};
use tar::{Archive, Entry};

use super::{ArchiveError, FORMAT, FilesSum, HEAD, Head, MANIFEST, Manifest, TableSum};
use crate::store::{ARCHIVED, Blobs, Session, Store, StoreError, check_archived};

/// More than any part of a table, or than the texts around them: a line has at most about 8 MiB.
const MOST: u64 = 64 * 1024 * 1024;

/// Checks an archive, whole: its form, every row, every count and digest.
///
/// # Errors
/// [`ArchiveError`], which says what is wrong.
pub fn check(file: &Path) -> Result<Manifest, ArchiveError> {
    walk(file, &mut Check)
}

/// Restores an archive that was checked into an empty register: all of it, or nothing.
///
/// # Errors
/// [`ArchiveError`]; then no row is written.
pub fn restore(file: &Path, store: &Store, blobs: &Blobs) -> Result<Manifest, ArchiveError> {
    store.write(|session| {
        if let Some(table) = session.first_in_use()? {
            return Err(ArchiveError::NotEmpty(table));
        }
        session.defer_references()?;
        // What changes of the file since it was checked is found out again, before the commit.
        walk(file, &mut Restore { session, blobs, runtime: Runtime::new()? })
    })
}

/// What is done with what an archive holds.
trait Visitor {
    fn rows(&mut self, table: &str, lines: &[&[u8]]) -> Result<(), ArchiveError>;
    fn file(&mut self, authority: &str, bytes: &mut dyn Read) -> Result<(), ArchiveError>;
}

struct Check;

impl Visitor for Check {
    fn rows(&mut self, table: &str, lines: &[&[u8]]) -> Result<(), ArchiveError> {
        lines.iter().try_for_each(|line| check_archived(table, line)).map_err(|e| spoilt(format!("a row of {table}: {e}")))
    }

    fn file(&mut self, _: &str, bytes: &mut dyn Read) -> Result<(), ArchiveError> {
        std::io::copy(bytes, &mut std::io::sink())?;
        Ok(())
    }
}

struct Restore<'a, 's> {
    session: &'a mut Session<'s>,
    blobs: &'a Blobs,
    runtime: Runtime,
}

impl Visitor for Restore<'_, '_> {
    fn rows(&mut self, table: &str, lines: &[&[u8]]) -> Result<(), ArchiveError> {
        self.session.restore(table, lines).map_err(|e| match e {
            StoreError::Corrupt(what) => spoilt(format!("a row of {table}: {what}")),
            other => other.into(),
        })
    }

    fn file(&mut self, authority: &str, bytes: &mut dyn Read) -> Result<(), ArchiveError> {
        let mut incoming = self.runtime.block_on(self.blobs.incoming_again(authority))?;
        let mut some = vec![0; 256 * 1024];
        loop {
            let read = bytes.read(&mut some)?;
            if read == 0 {
                break;
            }
            self.runtime.block_on(incoming.write(some.get(..read).unwrap_or_default()))?;
        }
        self.runtime.block_on(incoming.finish())?;
        Ok(())
    }
}

fn spoilt(what: impl std::fmt::Display) -> ArchiveError {
    ArchiveError::Spoilt(what.to_string())
}

/// Goes through an archive from its beginning to its end, and compares it with its manifest.
fn walk(file: &Path, visitor: &mut impl Visitor) -> Result<Manifest, ArchiveError> {
    let mut archive = Archive::new(GzDecoder::new(std::io::BufReader::new(std::fs::File::open(file)?)));
    // As they stand: a name too long for its place would be read into memory, however long it is, and no archive has one.
    let mut entries = archive.entries().map_err(|e| ArchiveError::NotAnArchive(e.to_string()))?.raw(true);
    let head = match entries.next() {
        Some(Ok(entry)) if name_of(&entry)? == HEAD => whole(entry)?,
        Some(Err(error)) => return Err(ArchiveError::NotAnArchive(error.to_string())),
        _ => return Err(ArchiveError::NotAnArchive(format!("it does not begin with {HEAD}"))),
    };
    check_head(&head)?;
    let mut found = Found::default();
    let mut manifest: Option<Manifest> = None;
    for entry in entries.by_ref() {
        let mut entry = entry.map_err(spoilt)?;
        let name = name_of(&entry)?;
        if manifest.is_some() {
            return Err(spoilt(format!("{name} stands behind the manifest")));
        }
        match name.split('/').collect::<Vec<_>>().as_slice() {
            ["tables", table, _] => found.part(table, &whole(entry)?, visitor)?,
            ["files", authority, sha256] => found.file(&name, authority, sha256, &mut entry, visitor)?,
            [MANIFEST] => manifest = Some(serde_json::from_slice(&whole(entry)?).map_err(|e| spoilt(format!("the manifest: {e}")))?),
            _ => return Err(spoilt(format!("{name} belongs to no archive"))),
        }
    }
    // The sum of the gzip stands behind the last entry.
    std::io::copy(&mut archive.into_inner(), &mut std::io::sink()).map_err(spoilt)?;
    let manifest = manifest.ok_or_else(|| spoilt("it ends before its manifest"))?;
    found.compare(&manifest)?;
    Ok(manifest)
}

fn name_of(entry: &Entry<'_, impl Read>) -> Result<String, ArchiveError> {
    String::from_utf8(entry.path_bytes().into_owned()).map_err(|_| spoilt("a name is no text"))
}

fn whole(entry: Entry<'_, impl Read>) -> Result<Vec<u8>, ArchiveError> {
    let name = name_of(&entry)?;
    let mut bytes = Vec::new();
    entry.take(MOST + 1).read_to_end(&mut bytes).map_err(|e| spoilt(format!("{name}: {e}")))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST { Err(spoilt(format!("{name} is longer than any part"))) } else { Ok(bytes) }
}

fn check_head(bytes: &[u8]) -> Result<(), ArchiveError> {
    let head: Head = serde_json::from_slice(bytes).map_err(|e| ArchiveError::NotAnArchive(format!("{HEAD}: {e}")))?;
    if head.format != FORMAT {
        return Err(ArchiveError::NotAnArchive(format!("its format is {:?}, this program reads {FORMAT:?}", head.format)));
    }
    let ours = Store::schema()?;
    if head.schema != ours {
        let last = |names: &[String]| names.last().cloned().unwrap_or_default();
        return Err(ArchiveError::OtherTables { theirs: last(&head.schema), ours: last(&ours) });
    }
    Ok(())
}

/// What was found so far.
#[derive(Default)]
struct Found {
    tables: Vec<(String, u64, Sha256)>,
    files: FilesSum,
    names: Sha256,
}

impl Found {
    /// A part of a table: `NN-table`.
    fn part(&mut self, folder: &str, bytes: &[u8], visitor: &mut impl Visitor) -> Result<(), ArchiveError> {
        let table = folder.split_once('-').map_or(folder, |(_, table)| table);
        let known = ARCHIVED.iter().position(|name| *name == table).ok_or_else(|| spoilt(format!("there is no table {table:?}")))?;
        if self.tables.last().is_none_or(|(name, ..)| name != table) {
            let before = self.tables.last().and_then(|(name, ..)| ARCHIVED.iter().position(|other| other == name));
            if before.is_some_and(|before| before >= known) {
                return Err(spoilt(format!("the table {table} is not in its place")));
            }
            self.tables.push((table.to_owned(), 0, Sha256::new()));
        }
        let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
        if let Some((_, rows, hash)) = self.tables.last_mut() {
            *rows += u64::try_from(lines.len()).unwrap_or(u64::MAX);
            hash.update(bytes);
        }
        visitor.rows(table, &lines)
    }

    fn file(&mut self, name: &str, authority: &str, sha256: &str, bytes: &mut dyn Read, visitor: &mut impl Visitor) -> Result<(), ArchiveError> {
        let mut hashed = Hashed { bytes, hash: Sha256::new(), size: 0 };
        visitor.file(authority, &mut hashed).map_err(|e| spoilt(format!("{name}: {e}")))?;
        if hex::encode(hashed.hash.finalize()) != sha256 {
            return Err(spoilt(format!("{name} does not have its digest")));
        }
        self.files.count += 1;
        self.files.bytes += hashed.size;
        self.names.update(format!("{name}\n"));
        Ok(())
    }

    fn compare(self, manifest: &Manifest) -> Result<(), ArchiveError> {
        let names: Vec<&str> = manifest.tables.iter().map(|table| table.name.as_str()).collect();
        if names != ARCHIVED {
            return Err(spoilt("the manifest does not name the tables"));
        }
        for TableSum { name, rows, sha256 } in &manifest.tables {
            let found = self.tables.iter().find(|(table, ..)| table == name);
            let (counted, hash) = found.map_or((0, Sha256::new()), |(_, counted, hash)| (*counted, hash.clone()));
            if counted != *rows {
                return Err(spoilt(format!("the table {name} has {counted} rows, and should have {rows}")));
            }
            if hex::encode(hash.finalize()) != *sha256 {
                return Err(spoilt(format!("the rows of {name} do not have their digest")));
            }
        }
        let files = FilesSum { sha256: hex::encode(self.names.finalize()), ..self.files };
        if files == manifest.files {
            Ok(())
        } else {
            Err(spoilt(format!("there are {} files, and there should be {}", files.count, manifest.files.count)))
        }
    }
}

/// Bytes that are hashed as they are read.
struct Hashed<'a> {
    bytes: &'a mut dyn Read,
    hash: Sha256,
    size: u64,
}

impl Read for Hashed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        self.size += u64::try_from(read).unwrap_or(0);
        Ok(read)
    }
}
