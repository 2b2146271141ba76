//! Fills a register in a folder with the demonstration and two hundred invented acts of every shape, for the scripts that have what is published
//! checked by other people's code. `cargo run --example varied -- FOLDER`, then `registre serve` on that folder.

#[allow(dead_code, reason = "the tests use more of it")]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
#[path = "../tests/varied/mod.rs"]
mod varied;

fn main() -> std::io::Result<()> {
    let folder = std::env::args_os().nth(1).map(std::path::PathBuf::from).ok_or_else(|| std::io::Error::other("a folder is expected"))?;
    std::fs::create_dir_all(&folder)?;
    drop(varied::open(&folder));
    println!("{} acts of {} in {}", varied::ACTS, varied::SIREN, folder.display());
    Ok(())
}
