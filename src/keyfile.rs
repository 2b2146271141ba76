//! A signing key kept in a folder: made once, read by its owner only.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey, KeypairBytes};

/// Why a key cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    #[error("{path}: {source}", path = path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("{0}: not an Ed25519 private key in PKCS#8")]
    NotAKey(PathBuf),
}

/// Reads an Ed25519 key (PKCS#8 in PEM: RFC 8410) from a file of a folder, and makes it first if there is none. The folder is made as well.
///
/// # Errors
/// [`KeyFileError`].
pub fn open(folder: &Path, file: &str) -> Result<SigningKey, KeyFileError> {
    let path = folder.join(file);
    let failed = |source| KeyFileError::File { path: path.clone(), source };
    let pem = match std::fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            std::fs::create_dir_all(folder).map_err(failed)?;
            create(folder, &path).map_err(failed)?;
            // Read back rather than remembered: another process may have made it first.
            std::fs::read_to_string(&path).map_err(failed)?
        }
        read => read.map_err(failed)?,
    };
    warn_if_shared(&path);
    SigningKey::from_pkcs8_pem(&pem).map_err(|_| KeyFileError::NotAKey(path))
}

/// Makes a key under a name of its own, then gives it its place at once: nobody ever reads half a key, and a key that another process
/// put there meanwhile is left alone.
fn create(folder: &Path, path: &Path) -> io::Result<()> {
    let secret_key = SigningKey::generate(&mut rand_core::OsRng).to_bytes();
    // Without the public half (PKCS#8 version 1), which is the form that openssl reads and writes.
    let pem = KeypairBytes { secret_key, public_key: None }.to_pkcs8_pem(LineEnding::LF).map_err(io::Error::other)?;
    let draft = path.with_extension(crate::record::Id::mint().to_string());
    let placed = write_private(&draft, pem.as_bytes()).and_then(|()| place(&draft, path));
    // After a rename there is nothing left to remove.
    let _ = std::fs::remove_file(&draft);
    placed?;
    File::open(folder)?.sync_all()
}

fn write_private(path: &PathBuf, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn place(draft: &Path, path: &Path) -> io::Result<()> {
    match std::fs::hard_link(draft, path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        // Some network file systems have no hard links. A rename is as atomic, but would replace a key made within the same instant.
        Err(_) => std::fs::rename(draft, path),
        linked => linked,
    }
}

#[cfg(unix)]
fn warn_if_shared(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    if std::fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0) {
        tracing::warn!(path = %path.display(), "a key can be read by others than its owner; chmod 600 it");
    }
}

#[cfg(not(unix))]
fn warn_if_shared(_: &Path) {}
