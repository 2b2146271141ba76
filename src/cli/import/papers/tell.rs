//! The report of a document.

use std::fmt::Write;
use std::path::Path;

use super::draft::{Draft, Read};
use crate::intake::Confidence;

/// What became of an act.
pub(super) enum Fate {
    /// Where it is.
    Confirmed(String),
    /// Where it was already.
    Already(String),
    /// It leaves nothing to ask, and confirming was not asked for.
    Ready,
    /// What it leaves to ask.
    Left(Vec<String>),
}

/// The names that are told of those whom the directory does not know.
const MOST_NAMES: usize = 12;
/// The passages that were not read which are told, and how much of each.
const MOST_PASSAGES: usize = 5;
const MOST_CHARACTERS: usize = 90;

/// The report of a document and its acts. Writing to a String cannot fail.
pub(super) fn tell(file: &Path, read: &Read, fates: &[Fate]) -> String {
    let mut told = String::new();
    if let Some(none) = read.none {
        let _ = writeln!(told, "{}: no act: {}", file.display(), none.label().fr);
        return told;
    }
    let _ = writeln!(told, "{}: {} acts", file.display(), read.drafts.len());
    for (draft, fate) in read.drafts.iter().zip(fates) {
        act(&mut told, draft, fate);
    }
    told
}

fn act(told: &mut String, draft: &Draft, fate: &Fate) {
    let number = draft.number().unwrap_or_else(|| "no number".to_owned());
    let _ = writeln!(told, "  {number}, {}, {}: {}", draft.day(), draft.outcome(), draft.title());
    let [certain, likely, doubtful] = [Confidence::Certain, Confidence::Likely, Confidence::Doubtful].map(|confidence| draft.read_as(confidence));
    let _ = writeln!(told, "    values: {certain} certain, {likely} likely, {doubtful} doubtful");
    for question in &draft.questions {
        let choices = if question.choices.is_empty() { String::new() } else { format!(" {}", question.choices.join(" | ")) };
        let _ = writeln!(told, "    ? {} ({}){choices}", question.code.label().fr, question.pointer);
    }
    let members = || draft.matches.people.iter().filter(|person| person.member);
    let open: Vec<_> = members().filter(|person| person.chosen.is_none()).collect();
    let _ = writeln!(told, "    people: {} matched, {} not", members().count() - open.len(), open.len());
    for person in open.iter().take(MOST_NAMES) {
        let _ = writeln!(told, "      {}: {} candidates", person.printed, person.candidates.len());
    }
    if open.len() > MOST_NAMES {
        let _ = writeln!(told, "      … and {} more", open.len() - MOST_NAMES);
    }
    let unread = draft.unread();
    for passage in unread.iter().take(MOST_PASSAGES) {
        let line = passage.split_whitespace().collect::<Vec<_>>().join(" ");
        let cut: String = line.chars().take(MOST_CHARACTERS).collect();
        let _ = writeln!(told, "    not read: {cut}{}", if cut.len() < line.len() { "…" } else { "" });
    }
    if unread.len() > MOST_PASSAGES {
        let _ = writeln!(told, "      … and {} more passages", unread.len() - MOST_PASSAGES);
    }
    if !draft.findings.is_empty() {
        let codes: Vec<&str> = draft.findings.iter().map(|finding| finding.code.as_str()).collect();
        let _ = writeln!(told, "    findings: {}", codes.join(", "));
    }
    let _ = match fate {
        Fate::Confirmed(href) => writeln!(told, "    confirmed: {href}"),
        Fate::Already(href) => writeln!(told, "    taken in already: {href}"),
        Fate::Ready => writeln!(told, "    leaves nothing to ask: --confirm takes it in"),
        Fate::Left(reasons) => writeln!(told, "    left: {}", reasons.join("; ")),
    };
}
