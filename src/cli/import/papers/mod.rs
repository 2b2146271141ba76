//! Printed documents: read, told, and confirmed where they leave nothing to ask.

mod draft;
mod tell;

use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use self::draft::{Asked, Known};
pub(super) use self::draft::{Made, Read};
use self::tell::{Fate, tell};
use super::Target;
use crate::cli::Failure;

/// The largest document that is read; an instance says the same of what it is sent.
const LARGEST: u64 = 32 << 20;

/// What is done with the acts that are read.
pub(super) struct Wanted {
    /// Whether acts that leave nothing to ask are confirmed.
    pub(super) confirm: bool,
    /// Whether people whom the directory does not know are made along with them.
    pub(super) create_people: bool,
    /// Of texts and pages.
    pub(super) charset: Option<String>,
}

/// The type of content of a printed document, by the ending of its name; none: it is no printed document.
pub(super) fn media_type(file: &Path, charset: Option<&str>) -> Option<String> {
    let ending = file.extension()?.to_str()?.to_ascii_lowercase();
    let said = |name: &str| charset.map_or_else(|| name.to_owned(), |charset| format!("{name}; charset={charset}"));
    match ending.as_str() {
        "txt" => Some(said("text/plain")),
        "html" | "htm" => Some(said("text/html")),
        "pdf" => Some("application/pdf".to_owned()),
        _ => None,
    }
}

/// What came of all the files.
#[derive(Default)]
struct Totals {
    unread: usize,
    skipped: usize,
    acts: usize,
    confirmed: usize,
    already: usize,
    left: usize,
}

/// Reads documents, and tells of each; whether all of them could be read and, where that was wanted, all their acts are confirmed.
pub(super) fn import(target: &Target, files: &[PathBuf], wanted: &Wanted) -> Result<bool, Failure> {
    let bar = ProgressBar::new(u64::try_from(files.len())?);
    if let Ok(style) = ProgressStyle::with_template("{pos}/{len} [{bar:30}] {elapsed} {msg}") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.enable_steady_tick(Duration::from_millis(250));
    let mut totals = Totals::default();
    for file in files {
        bar.set_message(file.display().to_string());
        match document(target, file, wanted, &mut totals) {
            Ok(told) => bar.suspend(|| print!("{told}")),
            Err(why) => {
                totals.unread += 1;
                bar.suspend(|| println!("{}: not read: {why}", file.display()));
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    let Totals { unread, skipped, acts, confirmed, already, left } = totals;
    println!("{} files: {acts} acts, {confirmed} confirmed, {already} taken in already, {left} left for the review page (/reprise)", files.len());
    if skipped > 0 {
        println!("{skipped} files taken in already were skipped");
    }
    if unread > 0 {
        println!("{unread} files could not be read");
    }
    Ok(unread == 0 && (!wanted.confirm || left == 0))
}

/// Reads one document; gives its report.
fn document(target: &Target, file: &Path, wanted: &Wanted, totals: &mut Totals) -> Result<String, Failure> {
    let said = media_type(file, wanted.charset.as_deref()).ok_or("no printed document")?;
    let size = std::fs::metadata(file)?.len();
    if size > LARGEST {
        return Err(format!("{} MiB are read at most", LARGEST >> 20).into());
    }
    let bytes = std::fs::read(file)?;
    let read = target.read(&bytes, &said)?;
    totals.acts += read.drafts.len();
    if !read.drafts.is_empty() && read.taken_in.len() >= read.drafts.len() {
        totals.skipped += 1;
        totals.already += read.drafts.len();
        return Ok(format!("{}: taken in already: {}\n", file.display(), hrefs(&read.taken_in)));
    }
    let mut known = Known::default();
    let mut fates = Vec::new();
    for draft in &read.drafts {
        let fate = if let Some(there) = read.taken_in.iter().find(|act| act.number.is_some() && act.number == draft.number()) {
            Fate::Already(there.href.clone())
        } else {
            match (draft.asked(&known, wanted.create_people), wanted.confirm) {
                (Asked::Nothing(confirmation), true) => match confirmed(target, &read, file, &bytes, &said, confirmation) {
                    Ok((sitting, made)) => {
                        known.learn(&sitting, draft.number(), &made);
                        Fate::Confirmed(made.deliberation.href)
                    }
                    // What the register refuses is for the clerk to see; the others go on.
                    Err(refused) => Fate::Left(vec![format!("refused: {refused}")]),
                },
                (Asked::Nothing(_), false) => Fate::Ready,
                (Asked::These(reasons), _) => Fate::Left(reasons),
            }
        };
        match &fate {
            Fate::Already(_) => totals.already += 1,
            Fate::Confirmed(_) => totals.confirmed += 1,
            Fate::Ready | Fate::Left(_) => totals.left += 1,
        }
        fates.push(fate);
    }
    Ok(tell(file, &read, &fates))
}

/// Has an act made; gives the record of its sitting as well.
fn confirmed(target: &Target, read: &Read, file: &Path, bytes: &[u8], said: &str, mut confirmation: Value) -> Result<(Value, Made), Failure> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if let Some(fields) = confirmation.as_object_mut() {
        fields.insert("source".to_owned(), json!({"sha256": read.sha256, "name": name}));
    }
    let made = target.confirm(&confirmation, bytes, said)?;
    Ok((confirmation.pointer("/sitting/record").cloned().unwrap_or_default(), made))
}

fn hrefs(acts: &[draft::ActThere]) -> String {
    acts.iter().map(|act| act.href.as_str()).collect::<Vec<_>>().join(", ")
}
