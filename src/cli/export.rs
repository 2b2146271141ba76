//! `registre export`: the archive of a register.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{Failure, open, serve};
use crate::bulk::archive::{Manifest, archive};
use crate::config::Config;
use crate::record::Siren;

#[derive(Args)]
pub(super) struct Export {
    /// File to write; `-` for standard output.
    #[arg(long, value_name = "FILE|-", default_value = "-")]
    output: PathBuf,
    /// Database to read, instead of that of the configuration.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// SIREN of one authority; otherwise all of them.
    #[arg(long)]
    authority: Option<Siren>,
}

impl Export {
    pub(super) fn run(self, mut config: Config) -> Result<ExitCode, Failure> {
        if let Some(url) = &self.database {
            config.database_url = Some(url.clone());
        }
        let (store, blobs) = (open(&config)?, serve::blobs(&config)?);
        if !store.ready() {
            return Err("the database lacks migrations: run `registre migrate`".into());
        }
        let authority = self.authority.as_ref();
        let manifest = if self.output == Path::new("-") {
            archive(&store, &blobs, authority, BufWriter::new(std::io::stdout().lock()))?
        } else {
            whole(&self.output, |out| Ok(archive(&store, &blobs, authority, out)?))?
        };
        eprintln!("{} rows in {} tables, {} files of {} bytes", manifest.rows(), manifest.tables.len(), manifest.files.count, manifest.files.bytes);
        Ok(ExitCode::SUCCESS)
    }
}

/// Writes a file under another name until it is whole.
fn whole(output: &Path, write: impl FnOnce(&mut BufWriter<std::fs::File>) -> Result<Manifest, Failure>) -> Result<Manifest, Failure> {
    let folder = output.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = tempfile::Builder::new().prefix(".registre-export-").tempfile_in(folder)?;
    let mut out = BufWriter::with_capacity(1024 * 1024, file.as_file().try_clone()?);
    let manifest = write(&mut out)?;
    out.flush()?;
    file.as_file().sync_all()?;
    file.persist(output)?;
    Ok(manifest)
}
