//! Statements as they are run: timed by kind, and written down where they take long. Their values are never written down: they may name people.

use std::cell::Cell;
use std::time::{Duration, Instant};

use diesel::connection::{Instrumentation, InstrumentationEvent};
use metrics::{Counter, Histogram};

use crate::sight::{StatementTrace, request_id};

/// What a statement is run for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    Begin,
    Read,
    Write,
    Commit,
    /// Outside a transaction of ours: migrations, checks.
    #[default]
    Other,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Begin => "begin",
            Self::Read => "read",
            Self::Write => "write",
            Self::Commit => "commit",
            Self::Other => "other",
        }
    }
}

thread_local! {
    static KIND: Cell<Kind> = const { Cell::new(Kind::Other) };
}

/// What this thread runs from now on.
pub(super) fn running(kind: Kind) {
    KIND.set(kind);
}

/// The longest text of a statement that is written down.
const MOST: usize = 4_000;

/// Watches one connection.
pub(super) struct Watched {
    engine: &'static str,
    slow: Option<Duration>,
    began: Option<Instant>,
    durations: [(Kind, Histogram); 5],
    slow_ones: Counter,
}

impl Watched {
    pub(super) fn new(engine: &'static str, slow: Option<Duration>) -> Self {
        let of = |kind: Kind| (kind, metrics::histogram!("database_statement_duration_seconds", "kind" => kind.word()));
        Self {
            engine,
            slow,
            began: None,
            durations: [Kind::Begin, Kind::Read, Kind::Write, Kind::Commit, Kind::Other].map(of),
            slow_ones: metrics::counter!("database_slow_statements_total"),
        }
    }

    fn ended(&self, took: Duration, statement: &dyn std::fmt::Display) {
        let kind = KIND.get();
        if let Some((_, durations)) = self.durations.iter().find(|(of, _)| *of == kind) {
            durations.record(took.as_secs_f64());
        }
        let slow = self.slow.is_some_and(|slow| took >= slow);
        let trace = StatementTrace::of_this_thread();
        if !slow && trace.is_none() {
            return;
        }
        let text = without_values(&statement.to_string());
        if slow {
            self.slow_ones.increment(1);
            let request = request_id();
            let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
            tracing::warn!(request_id = request.as_deref().unwrap_or("none"), kind = kind.word(), millis, statement = %text, "slow statement");
        }
        if let Some(trace) = trace {
            trace.write(kind.word(), self.engine, took, &text);
        }
    }
}

impl Instrumentation for Watched {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartQuery { .. } => self.began = Some(Instant::now()),
            InstrumentationEvent::FinishQuery { query, .. } => {
                if let Some(began) = self.began.take() {
                    self.ended(began.elapsed(), &query);
                }
            }
            _ => {}
        }
    }
}

/// A statement without the values that are bound in it, which Diesel writes behind it.
fn without_values(text: &str) -> String {
    let statement = text.split_once(" -- binds: ").map_or(text, |(statement, _)| statement);
    statement.chars().take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use diesel::prelude::*;
    use diesel::sql_types::Text;

    use super::*;

    #[test]
    fn no_value_is_written_down() {
        let named = crate::store::schema::authorities::table.filter(crate::store::schema::authorities::authority.eq("Durand -- binds: [] Durand"));
        let by_hand = diesel::sql_query("SELECT 1 WHERE 'a' = $1").bind::<Text, _>("Durand");
        for text in [
            diesel::debug_query::<diesel::pg::Pg, _>(&named).to_string(),
            diesel::debug_query::<diesel::sqlite::Sqlite, _>(&named).to_string(),
            diesel::debug_query::<diesel::pg::Pg, _>(&by_hand).to_string(),
        ] {
            assert!(text.contains("Durand"), "{text}");
            let kept = without_values(&text);
            assert!(kept.starts_with("SELECT") && !kept.contains("Durand"), "{kept}");
        }
    }
}
