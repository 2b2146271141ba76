//! The archive of a transmission: `.tar.gz`, the same bytes for the same files, written as it is read so that large annexes do not sit in memory.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};

use flate2::{Compression, GzBuilder};
use tar::{Builder, EntryType, Header};

/// One file of an archive.
pub struct Entry<'a> {
    /// Plain name, without a folder.
    pub name: String,
    /// In bytes. An archive says it before the content.
    pub size: u64,
    pub content: Box<dyn Read + 'a>,
}

/// Longest name that every reader of archives takes.
const LONGEST_NAME: usize = 100;

/// Writes an archive of files, in the order given. Nothing in it depends on the clock, on who runs it or where.
///
/// # Errors
/// When a name is no plain name or comes twice, when a content is not as long as said, or when reading or writing fails. What was written
/// until then is no archive.
pub fn write_archive<'a, W: Write>(out: W, entries: impl IntoIterator<Item = Entry<'a>>) -> io::Result<W> {
    // No file name, no time; 255 stands for an unknown system.
    let gzip = GzBuilder::new().mtime(0).operating_system(255).write(out, Compression::default());
    let mut archive = Builder::new(gzip);
    let mut names = BTreeSet::new();
    for Entry { name, size, content } in entries {
        let plain = !name.is_empty() && name != "." && name != ".." && !name.contains(['/', '\\', '\0']);
        if !plain || name.len() > LONGEST_NAME {
            return Err(refused(format!("\"{name}\" cannot be the name of a file in an archive")));
        }
        if !names.insert(name.clone()) {
            return Err(refused(format!("two files of the archive are named {name}")));
        }
        let mut header = Header::new_ustar();
        header.set_path(&name)?;
        header.set_entry_type(EntryType::Regular);
        header.set_size(size);
        header.set_mode(0o644);
        header.set_mtime(0);
        header.set_uid(0);
        header.set_gid(0);
        header.set_cksum();
        let mut exact = Exact { content, left: size, name };
        archive.append(&header, &mut exact)?;
    }
    archive.into_inner()?.finish()
}

fn refused(why: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, why)
}

/// Fails where a content is shorter or longer than said: the archive would be read askew from there on.
struct Exact<'a> {
    content: Box<dyn Read + 'a>,
    left: u64,
    name: String,
}

impl Read for Exact<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.content.read(buffer)?;
        let length = u64::try_from(read).map_err(io::Error::other)?;
        let ended_early = read == 0 && !buffer.is_empty() && self.left > 0;
        match self.left.checked_sub(length) {
            Some(left) if !ended_early => {
                self.left = left;
                Ok(read)
            }
            _ => Err(refused(format!("{} is not as long as was said", self.name))),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn entry(name: &str, content: &'static [u8]) -> Entry<'static> {
        Entry { name: name.to_owned(), size: content.len().try_into().unwrap(), content: Box::new(content) }
    }

    fn read(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(archive));
        let file = |entry: io::Result<tar::Entry<_>>| {
            let mut entry = entry.unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            assert_eq!((entry.header().mtime().unwrap(), entry.header().mode().unwrap()), (0, 0o644));
            (entry.path().unwrap().to_str().unwrap().to_owned(), content)
        };
        archive.entries().unwrap().map(file).collect()
    }

    #[test]
    fn the_same_files_make_the_same_bytes() {
        let write = || {
            write_archive(Vec::new(), [entry("EACT--226200012--20250709-1.xml", b"<e/>"), entry("b.pdf", &[7; 1000]), entry("a.pdf", b"")]).unwrap()
        };
        assert_eq!(write(), write());
        let files = read(&write());
        assert_eq!(
            files.iter().map(|(name, content)| (name.as_str(), content.len())).collect::<Vec<_>>(),
            [("EACT--226200012--20250709-1.xml", 4), ("b.pdf", 1000), ("a.pdf", 0)]
        );
    }

    #[test]
    fn what_would_make_a_wrong_archive_is_refused() {
        let said = |size: u64, content: &'static [u8]| write_archive(Vec::new(), [Entry { size, ..entry("a.pdf", content) }]);
        assert!(said(3, b"abc").is_ok());
        for wrong in [said(2, b"abc"), said(4, b"abc"), said(0, b"abc"), said(1, b"")] {
            assert_eq!(wrong.unwrap_err().kind(), io::ErrorKind::InvalidInput);
        }
        let long = "a".repeat(101);
        for name in ["", "..", "../a.pdf", "a/b.pdf", "a\\b.pdf", long.as_str()] {
            assert!(write_archive(Vec::new(), [entry(name, b"")]).is_err(), "{name}");
        }
        assert!(write_archive(Vec::new(), [entry("a.pdf", b""), entry("a.pdf", b"")]).is_err());
    }

    /// A reader of 64 MiB that holds nothing: what is asked of it at once shows what sits in memory.
    struct Zeros {
        left: u64,
        largest: usize,
    }

    impl Read for &mut Zeros {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let read = buffer.len().min(usize::try_from(self.left).unwrap());
            buffer[..read].fill(0);
            self.left -= u64::try_from(read).unwrap();
            self.largest = self.largest.max(buffer.len());
            Ok(read)
        }
    }

    #[test]
    fn a_large_annex_goes_through_in_small_pieces() {
        let size = 64 << 20;
        let mut zeros = Zeros { left: size, largest: 0 };
        write_archive(io::sink(), [Entry { name: "large.pdf".to_owned(), size, content: Box::new(&mut zeros) }]).unwrap();
        assert!(zeros.left == 0 && zeros.largest <= 1 << 20, "{} at once", zeros.largest);
    }
}
