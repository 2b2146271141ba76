//! What is seen of an import while it goes on, and at its end.

use std::fmt::Write;
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Deserialize;

use crate::api::ImportError;
use crate::register::{ImportAnswer, ImportPhase};

/// A refused line, as it is answered.
#[derive(Deserialize)]
pub(super) struct Refused {
    line: i64,
    key: Option<String>,
    #[serde(rename = "type")]
    kind: String,
    detail: Option<String>,
    errors: Vec<Wrong>,
}

#[derive(Deserialize)]
struct Wrong {
    pointer: String,
    detail: String,
}

impl Refused {
    pub(super) fn of(error: ImportError) -> Self {
        let errors = error.errors.into_iter().map(|e| Wrong { pointer: e.pointer, detail: e.detail }).collect();
        Self { line: error.line, key: error.key, kind: error.kind, detail: error.detail, errors }
    }
}

/// A progress bar on the terminal; nothing where there is none.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub(super) fn new(file: &Path) -> Self {
        let bar = ProgressBar::new(100);
        if let Ok(style) = ProgressStyle::with_template("{prefix} [{bar:30}] {percent:>3} % {msg}") {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_prefix(file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default());
        Self(bar)
    }

    pub(super) fn show(&self, answer: &ImportAnswer) {
        let mut told = match answer.phase {
            ImportPhase::Checking => format!("checking: {} lines", answer.lines_read),
            ImportPhase::Applying => format!("filing: {} lines", answer.lines_read),
        };
        // Writing to a String cannot fail.
        if let Some(rate) = answer.lines_per_second {
            let _ = write!(told, ", {rate}/s");
        }
        if let Some(seconds) = answer.remaining_seconds {
            let _ = write!(told, ", {:02}:{:02}:{:02} left", seconds / 3600, seconds / 60 % 60, seconds % 60);
        }
        if answer.refused > 0 {
            let _ = write!(told, ", {} refused", answer.refused);
        }
        self.0.set_position(u64::try_from(answer.percentage).unwrap_or(0));
        self.0.set_message(told);
    }

    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}

/// The report of a file, on standard output.
pub(super) fn tell(file: &Path, answer: &ImportAnswer, errors: &[Refused]) {
    let would = if answer.dry_run { " (dry run: nothing was filed)" } else { "" };
    println!(
        "{}: {}{would}: {} lines, {} accepted, {} unchanged, {} refused",
        file.display(),
        answer.state.wire(),
        answer.lines_read,
        answer.accepted,
        answer.unchanged,
        answer.refused
    );
    if let Some(reason) = answer.reason {
        println!("  {}", reason.label().en);
    }
    for refused in errors {
        let key = refused.key.as_ref().map(|key| format!(" ({key})")).unwrap_or_default();
        println!("  line {}{key}: {}{}", refused.line, refused.kind, refused.detail.as_ref().map(|d| format!(": {d}")).unwrap_or_default());
        for wrong in &refused.errors {
            println!("    {}: {}", wrong.pointer, wrong.detail);
        }
    }
    if !errors.is_empty() && i64::try_from(errors.len()).is_ok_and(|told| told < answer.refused) {
        println!("  … all of them: {}", answer.errors_href);
    }
}
