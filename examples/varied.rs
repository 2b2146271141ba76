//! Fills a register in a folder with the demonstration and two hundred invented acts of every shape, for the scripts that have what is published
//! checked by other people's code. `cargo run --example varied -- FOLDER`, then `registre serve` on that folder.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use registre::register::{LogSigner, Register};
use registre::store::{Blobs, Store};

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/varied/mod.rs"]
mod varied;

fn main() {
    let folder = std::path::PathBuf::from(std::env::args_os().nth(1).expect("a folder is expected"));
    std::fs::create_dir_all(&folder).unwrap();
    let config = registre::config::Config { data_dir: folder.clone(), ..Default::default() };
    let store = Store::open(&config.database(), 1).unwrap();
    store.migrate().unwrap();
    let blobs = Blobs::open(&config.files(), 1024 * 1024).unwrap();
    let signer = LogSigner::new(registre::keyfile::open(&config.log_key_dir(), "log-key.pem").unwrap(), &config.log_name).unwrap();
    let register = Register::new(store, blobs, signer, 1024);
    registre::demo::load(&register).unwrap();
    varied::load(&register);
    println!("{} acts of {} in {}", varied::ACTS, varied::SIREN, folder.display());
}
