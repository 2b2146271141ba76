//! The cryptography that the libraries are to use. Both leave the choice to the process, and panic at the first use without one.

/// For jsonwebtoken. Doing it twice is harmless: the first choice stays.
pub fn for_tokens() {
    let _ = jsonwebtoken::crypto::rust_crypto::DEFAULT_PROVIDER.install_default();
}

/// For TLS, hence for reqwest. Doing it twice is harmless: the first choice stays.
pub fn for_tls() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}
