//! Checking a proof or a log export, without the register: `registre verify FILE|URL`; or the log that a database holds.

mod source;
mod stored;

use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use sha2::{Digest, Sha256};

use self::source::open;
use super::Failure;
use crate::proof::{LogCheck, LogHeader, LogLine, ProofBundle, Report, SealedAct, Trust, VerifierKey};
use crate::record::Siren;

/// The longest line, and the longest proof of one act: records are at most 4 MiB, and an entry holds what they rest on.
const LONGEST: u64 = 64 << 20;

/// How often the progress through a long log is told, in entries.
const PROGRESS: u64 = 10_000;

#[derive(Args)]
pub(super) struct Verify {
    /// The proof of an act, or the export of a log: a file, or where to fetch it; or a database (`sqlite:FILE`, `postgres://…`).
    #[arg(value_name = "FILE|URL")]
    source: String,
    /// SIREN of the authority whose log is checked, in a database.
    #[arg(long)]
    authority: Option<Siren>,
    /// A checkpoint of the same log that you kept: the log must begin with what it held then.
    #[arg(long, value_name = "OLDER")]
    checkpoint: Option<PathBuf>,
    /// The key of the log, had from elsewhere: name+id+key.
    #[arg(long, value_name = "VERIFIER_KEY")]
    key: Option<VerifierKey>,
    /// A file that must belong to a sealed act that is checked.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    annex: Vec<PathBuf>,
}

impl Verify {
    /// Checks, and says what was checked on standard output. The exit code is 0 if everything stands, 1 if not.
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let older = self.checkpoint.as_deref().map(text).transpose()?;
        let trust = Trust { key: self.key, older };
        if stored::is_database(&self.source) {
            if !self.annex.is_empty() {
                return Err("the files of acts are looked for in a proof or an export, not in a database".into());
            }
            return Ok(tell(&stored::check(&self.source, self.authority, &trust)?, &[]));
        }
        if self.authority.is_some() {
            return Err("--authority goes with a database: a proof or an export says whose it is".into());
        }
        let mut annexes = self.annex.iter().map(|path| Annex::read(path)).collect::<Result<Vec<_>, _>>()?;
        let mut source = open(&self.source)?;
        let first = line(&mut source)?;
        let report =
            if LogHeader::begins(&first) { log(&first, &mut source, &trust, &mut annexes)? } else { bundle(first, source, &trust, &mut annexes)? };
        Ok(tell(&report, &annexes))
    }
}

fn text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|e| format!("{} cannot be read: {e}", path.display()).into())
}

/// The next line with its newline; empty at the end.
fn line(source: &mut impl BufRead) -> Result<Vec<u8>, Failure> {
    let mut line = Vec::new();
    source.take(LONGEST + 1).read_until(b'\n', &mut line)?;
    if u64::try_from(line.len()).unwrap_or(u64::MAX) > LONGEST {
        Err(format!("a line is longer than {} MiB", LONGEST >> 20).into())
    } else {
        Ok(line)
    }
}

fn bundle(first: Vec<u8>, source: impl Read, trust: &Trust, annexes: &mut [Annex]) -> Result<Report, Failure> {
    let mut bytes = first;
    source.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LONGEST {
        return Err(format!("the proof of one act is not longer than {} MiB", LONGEST >> 20).into());
    }
    let bundle: ProofBundle =
        serde_json::from_slice(&bytes).map_err(|e| format!("this is neither the proof of an act nor the export of a log: {e}"))?;
    if let Ok(act) = bundle.act() {
        annexes.iter_mut().for_each(|annex| annex.seek(&act));
        println!("act         n° {}, version {}, sealed on {}", act.number, act.version, act.sealed_at);
    }
    Ok(bundle.verify(trust))
}

fn log(first: &[u8], source: &mut impl BufRead, trust: &Trust, annexes: &mut [Annex]) -> Result<Report, Failure> {
    let mut check = match LogCheck::begin(first, trust) {
        Ok(check) => check,
        Err(report) => return Ok(*report),
    };
    let announced = check.announced();
    let mut taken = 0u64;
    loop {
        let line = line(source)?;
        if line.is_empty() {
            break;
        }
        match LogLine::read(&line) {
            Ok(line) => {
                annexes.iter_mut().for_each(|annex| annex.seek(&line.act));
                check.take(Ok(&line));
            }
            Err(fault) => check.take(Err(fault)),
        }
        taken += 1;
        if taken.is_multiple_of(PROGRESS) {
            eprintln!("{taken} of {} entries", announced.map_or_else(|| "?".to_owned(), |n| n.to_string()));
        }
    }
    Ok(check.end())
}

/// A file that is looked for among those of the sealed acts.
struct Annex {
    path: PathBuf,
    size: u64,
    sha256: String,
    /// What it is, once it is found.
    found: Option<String>,
}

impl Annex {
    fn read(path: &Path) -> Result<Self, Failure> {
        let failed = |e| format!("{} cannot be read: {e}", path.display());
        let mut hasher = Hashing(Sha256::new());
        let size = std::fs::File::open(path).and_then(|mut file| std::io::copy(&mut file, &mut hasher)).map_err(failed)?;
        Ok(Self { path: path.to_owned(), size, sha256: hex::encode(hasher.0.finalize()), found: None })
    }

    fn seek(&mut self, act: &SealedAct) {
        if self.found.is_none() {
            let file = act.files.iter().find(|file| file.sha256 == self.sha256 && file.size == self.size);
            self.found = file.map(|file| format!("{:?} ({}) of act n° {}", file.name, file.role, act.number));
        }
    }
}

struct Hashing(Sha256);

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn tell(report: &Report, annexes: &[Annex]) -> ExitCode {
    if let Some(origin) = &report.origin {
        println!("log         {origin}");
    }
    if let Some(head) = report.head {
        println!("checkpoint  {} entries, root {}", head.size, head.root);
    }
    if let Some(key) = &report.key {
        println!("key         {key}");
    }
    for check in &report.checks {
        println!("ok          {check}");
    }
    let mut passed = report.passed();
    for annex in annexes {
        match &annex.found {
            // What an act that does not stand says of its files is worth nothing.
            Some(found) if report.passed() => println!("ok          {} is {found}", annex.path.display()),
            Some(found) => println!("?           {} is {found}, as the file says", annex.path.display()),
            None => {
                passed = false;
                println!("WRONG       {} belongs to no act here (SHA-256 {})", annex.path.display(), annex.sha256);
            }
        }
    }
    for fault in &report.faults {
        println!("WRONG       {fault}");
    }
    if report.untold > 0 {
        println!("WRONG       and {} more", report.untold);
    }
    if report.key.is_some() && !report.trusted {
        println!("note        the signer is only self-asserted: the file names its own key. Give the key that you had otherwise with --key.");
    }
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
