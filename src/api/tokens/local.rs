//! The register's own key: `registre token` and `registre demo` sign with it, so that a register can be tried without an identity provider.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey, KeypairBytes};
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};

use super::jwk::{self, KeysError};

const FILE: &str = "local-key.pem";

/// An Ed25519 key kept in the data folder (`local-key.pem`, PKCS#8 in PEM: RFC 8410).
pub struct LocalKey {
    signing: SigningKey,
    kid: String,
}

impl LocalKey {
    /// Reads the key of a data folder, and makes it first if there is none. The folder is made as well.
    pub fn open(folder: &Path) -> Result<Self, KeysError> {
        let path = folder.join(FILE);
        let failed = |source| KeysError::File { path: path.clone(), source };
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
        let signing = SigningKey::from_pkcs8_pem(&pem).map_err(|_| KeysError::LocalKey(path))?;
        let kid = jwk::ed25519_thumbprint(&x(&signing));
        Ok(Self { signing, kid })
    }

    /// The key's identifier: its thumbprint (RFC 7638).
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The public key (RFC 7517, RFC 8037), for whoever is to verify the register's tokens.
    pub fn jwk(&self) -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "x": x(&self.signing), "kid": self.kid, "alg": "EdDSA", "use": "sig" })
    }

    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.signing.sign(message).to_bytes()
    }
}

fn x(key: &SigningKey) -> String {
    URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes())
}

/// Makes a key under a name of its own, then gives it its place at once: nobody ever reads half a key, and a key that another process
/// put there meanwhile is left alone.
fn create(folder: &Path, path: &Path) -> io::Result<()> {
    let secret_key = SigningKey::generate(&mut rand_core::OsRng).to_bytes();
    // Without the public half (PKCS#8 version 1), which is the form that openssl reads and writes.
    let pem = KeypairBytes { secret_key, public_key: None }.to_pkcs8_pem(LineEnding::LF).map_err(io::Error::other)?;
    let draft = folder.join(format!("{FILE}.{}", crate::record::Id::mint()));
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
        tracing::warn!(path = %path.display(), "the register's own key can be read by others than its owner; chmod 600 it");
    }
}

#[cfg(not(unix))]
fn warn_if_shared(_: &Path) {}
