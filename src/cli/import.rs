//! `registre import`: files of records, or printed documents, into a register, here or elsewhere; or an archive into an empty register.

mod here;
mod papers;
mod pieces;
mod remote;
mod report;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use self::here::Here;
use self::remote::Remote;
use self::report::{Bar, tell};
use super::{Failure, open, reindex, serve};
use crate::bulk::archive;
use crate::config::Config;
use crate::keyfile;
use crate::record::{Id, Siren};
use crate::register::{ImportAnswer, ImportMode, ImportState, LogSigner, Register};

/// What a gzip begins with: an archive. Lines of JSON begin otherwise.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// How often it is asked how far an import is.
const EVERY: std::time::Duration = std::time::Duration::from_millis(300);

#[derive(Args)]
pub(super) struct Import {
    /// Files of records (NDJSON), in their order; or printed acts (.txt, .html, .pdf), which are read and told; or one archive of a register.
    #[arg(value_name = "FILE", required = true, num_args = 1..)]
    files: Vec<PathBuf>,
    /// Address of a running register; otherwise the files go into the database of the configuration.
    #[arg(long, value_name = "URL", requires = "token", conflicts_with_all = ["database", "authority"])]
    url: Option<String>,
    /// Token for the address.
    #[arg(long, value_name = "T", env = "REGISTRE_TOKEN", requires = "url", hide_env_values = true)]
    token: Option<String>,
    /// Database to write into, instead of that of the configuration.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// SIREN of the authority whose records they are; with a database.
    #[arg(long)]
    authority: Option<Siren>,
    /// Who records, as the change log says it; with a database.
    #[arg(long, default_value = "import")]
    sub: String,
    /// Only check: nothing is filed.
    #[arg(long)]
    dry_run: bool,
    /// File what is accepted, whatever is refused.
    #[arg(long)]
    per_line: bool,
    /// Of printed acts: take in those that leave nothing to ask, each with its document.
    #[arg(long, conflicts_with_all = ["dry_run", "per_line"])]
    confirm: bool,
    /// With --confirm: make the people whom the directory does not know.
    #[arg(long, requires = "confirm")]
    create_people: bool,
    /// Of printed texts and pages: their charset, if it is not UTF-8 (windows-1252, iso-8859-15).
    #[arg(long, value_name = "NAME")]
    charset: Option<String>,
}

/// Where files are imported to.
enum Target {
    Here(Box<Here>),
    Remote(Box<Remote>),
}

impl Target {
    fn begin(&self, file: &Path, mode: ImportMode, dry_run: bool) -> Result<ImportAnswer, Failure> {
        match self {
            Self::Here(here) => here.begin(file, mode, dry_run),
            Self::Remote(remote) => remote.begin(file, mode, dry_run),
        }
    }

    fn ask(&self, id: Id) -> Result<ImportAnswer, Failure> {
        match self {
            Self::Here(here) => here.ask(id),
            Self::Remote(remote) => remote.ask(id),
        }
    }

    /// Reads a document of this type of content. Nothing is written.
    fn read(&self, bytes: &[u8], said: &str) -> Result<papers::Read, Failure> {
        match self {
            Self::Here(here) => here.read(bytes, said),
            Self::Remote(remote) => remote.read(bytes, said),
        }
    }

    /// Makes an act of what was read in a document.
    fn confirm(&self, confirmation: &serde_json::Value, bytes: &[u8], said: &str) -> Result<papers::Made, Failure> {
        match self {
            Self::Here(here) => here.confirm(confirmation, bytes, said),
            Self::Remote(remote) => remote.confirm(confirmation, bytes, said),
        }
    }

    fn errors(&self, id: Id) -> Result<Vec<report::Refused>, Failure> {
        match self {
            Self::Here(here) => here.errors(id),
            Self::Remote(remote) => remote.errors(id),
        }
    }
}

impl Import {
    /// Imports, and says what came of it. The exit code is 0 if every line was accepted or there already, 1 if not. Of printed acts: 0 if every
    /// document was read and, where they are confirmed, none was left.
    pub(super) fn run(self, mut config: Config) -> Result<ExitCode, Failure> {
        if let Some(url) = &self.database {
            config.database_url = Some(url.clone());
        }
        let printed = self.files.iter().filter(|file| papers::media_type(file, None).is_some()).count();
        if printed > 0 && printed < self.files.len() {
            return Err("printed acts and files of records are imported apart".into());
        }
        if printed == 0 && (self.confirm || self.charset.is_some()) {
            return Err("--confirm and --charset go with printed acts (.txt, .html, .pdf)".into());
        }
        if let [file] = self.files.as_slice()
            && printed == 0
            && is_archive(file)?
        {
            if self.url.is_some() {
                return Err("an archive is restored into a database, not through an address".into());
            }
            return restore(file, &config, self.dry_run);
        }
        let mode = if self.per_line { ImportMode::PerLine } else { ImportMode::AllOrNothing };
        let target = match self.url.zip(self.token) {
            Some((url, token)) => Target::Remote(Box::new(Remote::new(url, token)?)),
            None => {
                let authority = self.authority.ok_or("whose records are they? Give --authority SIREN, or --url and --token")?;
                Target::Here(Box::new(Here::open(&config, authority, self.sub)?))
            }
        };
        if printed > 0 {
            let wanted = papers::Wanted { confirm: self.confirm, create_people: self.create_people, charset: self.charset };
            let whole = papers::import(&target, &self.files, &wanted)?;
            return Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        let mut whole = true;
        for file in &self.files {
            whole &= import(&target, file, mode, self.dry_run)?;
            if !whole && mode == ImportMode::AllOrNothing {
                // What comes after may stand on it.
                break;
            }
        }
        Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Imports one file; whether all of it was accepted.
fn import(target: &Target, file: &Path, mode: ImportMode, dry_run: bool) -> Result<bool, Failure> {
    let mut answer = target.begin(file, mode, dry_run)?;
    let bar = Bar::new(file);
    while matches!(answer.state, ImportState::Queued | ImportState::Running) {
        bar.show(&answer);
        std::thread::sleep(EVERY);
        answer = target.ask(answer.id)?;
    }
    bar.end();
    let errors = if answer.refused > 0 || answer.reason.is_some() { target.errors(answer.id)? } else { Vec::new() };
    tell(file, &answer, &errors);
    Ok(answer.state == ImportState::Done && answer.refused == 0)
}

fn is_archive(file: &Path) -> Result<bool, Failure> {
    let mut first = [0; 2];
    let mut opened = std::fs::File::open(file).map_err(|e| format!("{} cannot be read: {e}", file.display()))?;
    Ok(opened.read_exact(&mut first).is_ok() && first == GZIP)
}

fn restore(file: &Path, config: &Config, dry_run: bool) -> Result<ExitCode, Failure> {
    let manifest = archive::check(file)?;
    println!("the archive is whole: {} rows in {} tables, {} files", manifest.rows(), manifest.tables.len(), manifest.files.count);
    if dry_run {
        return Ok(ExitCode::SUCCESS);
    }
    let store = open(config)?;
    store.migrate()?;
    let blobs = serve::blobs(config)?;
    archive::restore(file, &store, &blobs)?;
    // Nothing is signed: the key of the log comes from elsewhere, and must find its place free.
    let nowhere = tempfile::tempdir()?;
    let signer = LogSigner::new(keyfile::open(nowhere.path(), "no-key.pem")?, &config.log_name)?;
    let register = Register::new(store, blobs, signer, 1024 * 1024);
    reindex::told(&register, None, |authority, done| println!("{authority}: {done} acts indexed"))?;
    println!("restored; the key that signs the log is not in an archive: put log-key.pem into {}", config.log_key_dir().display());
    Ok(ExitCode::SUCCESS)
}
