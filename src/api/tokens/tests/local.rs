//! The register's own key.

use super::*;

#[actix_web::test]
async fn the_registers_own_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = LocalKey::open(folder.path()).expect("made");
    assert_eq!(LocalKey::open(folder.path()).expect("read").kid(), key.kid(), "made once");
    let files: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(files, ["local-key.pem"], "no draft is left behind");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(folder.path().join("local-key.pem")).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    let keys = KeySet::open(KeysConfig::default(), Some(&key)).await.expect("keys");
    let siren = SIREN.parse().expect("a SIREN");
    let token = mint(&key, ISSUER, AUDIENCE, "demo", &siren, &Scopes::all(), Duration::from_secs(60));
    let caller = verifier(keys).verify(&token).await.expect("its own token");
    assert_eq!((caller.sub.as_str(), &caller.authority, &caller.scopes), ("demo", &siren, &Scopes::all()));
    // The library agrees with what was written by hand.
    assert_eq!(
        jsonwebtoken::decode_header(&token).expect("a header"),
        jsonwebtoken::Header { kid: Some(key.kid().to_owned()), ..jsonwebtoken::Header::new(Algorithm::EdDSA) }
    );

    write(&folder.path().join("local-key.pem"), ED25519);
    assert_eq!(LocalKey::open(folder.path()).expect("openssl's").jwk()["x"], ed25519().jwk()["x"], "a key made by openssl is read");
    write(&folder.path().join("local-key.pem"), "not a key");
    assert!(matches!(LocalKey::open(folder.path()), Err(KeysError::LocalKey(_))), "and not replaced");
}

#[test]
fn several_processes_that_start_at_once_have_one_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let kids: std::collections::HashSet<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| LocalKey::open(folder.path()).expect("a key").kid().to_owned())).collect();
        threads.into_iter().map(|thread| thread.join().expect("a kid")).collect()
    });
    assert_eq!(kids.len(), 1);
}
