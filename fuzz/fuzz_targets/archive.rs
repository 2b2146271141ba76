//! An archive of a register, before it is restored: a tar, which is put into gzip here, since no change at random makes a sum come out right.
#![no_main]

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use libfuzzer_sys::fuzz_target;

thread_local! {
    static FOLDER: tempfile::TempDir = tempfile::tempdir().expect("a folder");
}

fuzz_target!(|bytes: &[u8]| {
    FOLDER.with(|folder| {
        let file = folder.path().join("archive.tar.gz");
        let mut packed = GzEncoder::new(Vec::new(), Compression::none());
        packed.write_all(bytes).expect("packed");
        std::fs::write(&file, packed.finish().expect("packed")).expect("the file is written");
        let _ = registre::bulk::archive::check(&file);
        // And as it came: a gzip that is none.
        std::fs::write(&file, bytes).expect("the file is written");
        let _ = registre::bulk::archive::check(&file);
    });
});
