//! Tells the program what it was built from: the answers that it keeps in the store are made anew by another.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for from in ["src", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={from}");
        hash(Path::new(from), &mut hasher)?;
    }
    // Cargo hands it on to the tests, and they to the program, which reads all that begins with REGISTRE_ as its configuration.
    println!("cargo::rustc-env=BUILT_FROM={:016x}", hasher.finish());
    Ok(())
}

fn hash(path: &Path, hasher: &mut impl Hasher) -> io::Result<()> {
    if path.is_file() {
        fs::read(path)?.hash(hasher);
        return Ok(());
    }
    let mut inside = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    inside.sort();
    for path in inside {
        path.to_string_lossy().hash(hasher);
        hash(&path, hasher)?;
    }
    Ok(())
}
