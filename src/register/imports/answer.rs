//! An import as it is answered.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::Refusal;
use super::super::canonical::word;
use crate::record::Id;
use crate::store::ImportRow;
use crate::vocabulary;

vocabulary! {
    /// Where an import stands.
    ImportState {
        Queued = "queued", "en attente", "queued";
        Running = "running", "en cours", "running";
        Done = "done", "terminé", "done";
        Failed = "failed", "échoué", "failed";
        Cancelled = "cancelled", "annulé", "cancelled";
    }
}

vocabulary! {
    /// What a refused line does to the others.
    ImportMode {
        AllOrNothing = "all_or_nothing", "tout ou rien : rien n'est enregistré si une ligne est refusée", "all or nothing: nothing is filed if a line is refused";
        PerLine = "per_line", "ligne par ligne : ce qui est admis est enregistré", "per line: what is accepted is filed";
    }
}

vocabulary! {
    /// What the present pass over the file does.
    ImportPhase {
        Checking = "checking", "contrôle, sans rien enregistrer", "checking, nothing is filed";
        Applying = "applying", "enregistrement", "applying";
    }
}

vocabulary! {
    /// Why an import failed.
    ImportFailure {
        LinesRefused = "lines_refused", "des lignes sont refusées : rien n'est enregistré", "lines are refused: nothing was filed";
        TooManyRefused = "too_many_refused", "plus de 100 000 lignes sont refusées", "more than 100 000 lines are refused";
        ChangedMeanwhile = "changed_meanwhile", "le registre a changé entre le contrôle et l'enregistrement : ce qui précède la ligne refusée est enregistré", "the register changed between the check and the filing: what stands before the refused line is filed";
        FileMissing = "file_missing", "le fichier envoyé ne se lit plus", "the file that was sent cannot be read any more";
        Internal = "internal", "erreur interne", "internal error";
    }
}

/// An import: how far it is, and what came of it. The counts are those of the present pass, or of the last one.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ImportAnswer {
    pub id: Id,
    pub href: String,
    pub state: ImportState,
    pub phase: ImportPhase,
    pub mode: ImportMode,
    pub dry_run: bool,
    /// Why it failed; null unless it did.
    pub reason: Option<ImportFailure>,
    /// Bytes of the file.
    pub bytes: i64,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// Bytes that the pass has done with.
    pub bytes_read: i64,
    /// Lines that the pass has done with, empty ones too.
    pub lines_read: i64,
    /// Records that the pass took, or would take.
    pub accepted: i64,
    /// Lines whose key was imported before with the same record.
    pub unchanged: i64,
    /// Lines that were refused, or would be.
    pub refused: i64,
    /// Of the whole work, every pass: 0 to 100.
    pub percentage: i64,
    /// Lines a second of the present run; null where nothing was done yet.
    pub lines_per_second: Option<i64>,
    /// Null unless it runs and something was done.
    pub remaining_seconds: Option<i64>,
    pub created_at: DateTime<Utc>,
    /// The subject of the token.
    pub created_by: String,
    /// Null until it is over.
    pub ended_at: Option<DateTime<Utc>>,
    /// Where the refused lines are read.
    pub errors_href: String,
}

impl ImportAnswer {
    pub(super) fn of(row: &ImportRow) -> Result<Self, Refusal> {
        let (state, mode): (ImportState, ImportMode) = (word(&row.state)?, word(&row.mode)?);
        let passes = if !row.dry_run && mode == ImportMode::AllOrNothing { 2 } else { 1 };
        let whole = row.size.saturating_mul(passes);
        let before = if passes == 2 && !row.checking { row.size } else { 0 };
        let left = whole.saturating_sub(before.saturating_add(row.position));
        let micros = row.run_from.and_then(|from| (row.modified_at - from).num_microseconds()).filter(|micros| *micros > 0);
        let (bytes, lines) = (row.position - row.run_position, row.lines - row.run_lines);
        let remaining =
            micros.filter(|_| state == ImportState::Running && bytes > 0).map(|micros| (micros / 1_000).saturating_mul(left) / bytes / 1_000);
        let href = format!("/v1/imports/{}", row.id);
        Ok(Self {
            id: word(&row.id)?,
            errors_href: format!("{href}/errors"),
            href,
            state,
            phase: if row.checking { ImportPhase::Checking } else { ImportPhase::Applying },
            mode,
            dry_run: row.dry_run,
            reason: row.reason.as_deref().map(word).transpose()?,
            bytes: row.size,
            sha256: row.sha256.clone(),
            bytes_read: row.position,
            lines_read: row.lines,
            accepted: row.accepted,
            unchanged: row.unchanged,
            refused: row.refused,
            percentage: match state {
                ImportState::Done => 100,
                _ => (whole - left).saturating_mul(100).checked_div(whole).unwrap_or(0),
            },
            lines_per_second: micros.filter(|_| lines > 0).map(|micros| lines.saturating_mul(1_000_000) / micros),
            remaining_seconds: remaining,
            created_at: row.created_at.and_utc(),
            created_by: row.created_by.clone(),
            ended_at: row.ended_at.map(|at| at.and_utc()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(state: &str, mode: &str, checking: bool, position: i64) -> ImportRow {
        let at = |seconds: i64| chrono::DateTime::from_timestamp(1_764_000_000 + seconds, 0).expect("a time").naive_utc();
        ImportRow {
            authority: "229900014".to_owned(),
            id: "01977e51-0005-7000-8000-000000000001".to_owned(),
            state: state.to_owned(),
            mode: mode.to_owned(),
            dry_run: false,
            checking,
            size: 1_000,
            sha256: String::new(),
            position,
            lines: 50,
            accepted: 50,
            unchanged: 0,
            refused: 0,
            scopes: String::new(),
            reason: None,
            created_at: at(0),
            created_by: "test".to_owned(),
            run_from: Some(at(10)),
            run_position: 0,
            run_lines: 0,
            modified_at: at(20),
            ended_at: None,
            worker: None,
            leased_until: None,
        }
    }

    /// 50 lines in 10 s are 5 a second. 500 bytes in 10 s: what is left of 1 000 takes 10 s, of two passes of 1 000 it takes 30 s.
    #[test]
    fn progress_is_that_of_the_whole_work() {
        for (name, row, percentage, remaining) in [
            ("half of the one pass", row("running", "per_line", false, 500), 50, Some(10)),
            ("half of the first pass of two", row("running", "all_or_nothing", true, 500), 25, Some(30)),
            ("half of the second pass of two", row("running", "all_or_nothing", false, 500), 75, Some(10)),
            ("nothing yet", row("running", "per_line", false, 0), 0, None),
            ("over", row("done", "all_or_nothing", false, 1_000), 100, None),
            ("failed when checked", row("failed", "all_or_nothing", true, 1_000), 50, None),
        ] {
            let answer = ImportAnswer::of(&row).expect("an answer");
            assert_eq!((answer.percentage, answer.remaining_seconds, answer.lines_per_second), (percentage, remaining, Some(5)), "{name}");
        }
    }
}
