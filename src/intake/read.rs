//! The reading of a file: its lines, its papers, and the acts in them.

use super::Span;
use super::blocks::{self, Block, Cue};
use super::draft::{Draft, Question, QuestionCode, Reading, WhyNone};
use super::fields::act::{Parts, Reader, Stage};
use super::fields::attendance::Lists;
use super::fields::finish::{self, Whole};
use super::fields::header::Head;
use super::fields::{agreement, annexes, report};
use super::lines;
use super::papers::{self, Kind, Paper};
use super::sink::Sink;
use super::stamps::{self, Piece};
use crate::record::{Agreement, Annex, Id, Report};

/// More acts than any sitting takes.
const MOST_ACTS: usize = 300;

/// Values of the sitting that its acts repeat, all acts together: each draft tells the whole sitting, and 100 kB of text could make gigabytes of it. 300 acts
/// of an assembly of 200 repeat about 240 000.
const MOST_REPEATED: usize = 400_000;

/// Identifiers that are local to a reading: `00000000-0000-7000-8000-000000000001` and on.
#[derive(Debug, Default)]
struct Ids(u64);

impl Ids {
    fn mint(&mut self) -> Id {
        self.0 += 1;
        // The text is an identifier by its form.
        format!("00000000-0000-7000-8000-{:012x}", self.0).parse().unwrap_or_else(|_| Id::mint())
    }
}

/// Reads the acts in a text. Takes time in proportion to its length, and never fails: what cannot be read is left empty, or asked.
pub fn read(text: &str) -> Reading {
    let (pieces, lines) = stamps::take(lines::of(text));
    let blocks = blocks::of(&lines);
    // A file of a million short lines: they are not held while it is read on.
    drop(lines);
    if blocks.is_empty() {
        return Reading { drafts: Vec::new(), none: Some(WhyNone::Empty) };
    }
    if papers::foreign(&blocks) {
        return Reading { drafts: Vec::new(), none: Some(papers::why_none(&blocks)) };
    }
    let mut reading = File { source: text, pieces, ids: Ids::default(), acts: Vec::new(), repeated: 0, unread: None, pending: None }.acts(&blocks);
    if reading.drafts.is_empty() {
        reading.none = Some(papers::why_none(&blocks));
    }
    reading
}

/// One act with the notes that were made of it, before its papers are joined to it.
struct Made<'s> {
    head: Head,
    lists: Lists,
    parts: Parts,
    sink: Sink<'s>,
    annexes: Vec<Annex>,
    report: Option<Report>,
    agreements: Vec<Agreement>,
    body: Id,
    sitting: Id,
}

struct File<'s> {
    source: &'s str,
    pieces: Vec<Piece>,
    ids: Ids,
    acts: Vec<Made<'s>>,
    /// Values of sittings that were repeated so far.
    repeated: usize,
    /// The first act for which there was no room.
    unread: Option<Span>,
    /// A report that stands before its act.
    pending: Option<(Report, Sink<'s>, String)>,
}

impl<'s> File<'s> {
    fn acts(mut self, blocks: &[Block]) -> Reading {
        for paper in papers::split(blocks) {
            let inside = blocks.get(paper.from..paper.to).unwrap_or_default();
            match paper.kind {
                Kind::Act | Kind::Minutes if self.acts.len() >= MOST_ACTS => {
                    self.unread = self.unread.or_else(|| inside.first().map(|block| block.passage.whole()));
                }
                Kind::Act | Kind::Minutes => self.act(inside, paper.kind == Kind::Minutes),
                Kind::Report => self.report(inside),
                Kind::Agreement => self.agreement(inside),
                Kind::Annex => self.annex(inside, &paper, blocks),
            }
        }
        let starts: Vec<usize> = self.acts.iter().map(|made| made.parts.span.start).collect();
        let mut drafts: Vec<Draft> = Vec::new();
        for (index, made) in std::mem::take(&mut self.acts).into_iter().enumerate() {
            let from = if index == 0 { 0 } else { starts.get(index).copied().unwrap_or_default() };
            let to = starts.get(index + 1).copied().unwrap_or(usize::MAX);
            drafts.push(self.finish(made, from, to));
        }
        if let (Some(span), Some(last)) = (self.unread, drafts.last_mut()) {
            last.questions.push(Question { pointer: "/act".to_owned(), span: Some(span), code: QuestionCode::TextUnread, choices: Vec::new() });
        }
        Reading { drafts, none: None }
    }

    /// The stamps between two places of the text belong to the act that stands there.
    fn finish(&mut self, made: Made<'s>, from: usize, to: usize) -> Draft {
        let mut sink = made.sink;
        let mine: Vec<&Piece> = self.pieces.iter().filter(|piece| (from..to).contains(&piece.passage.whole().start)).take(40).collect();
        let stamp = stamps::read(&mine, "/act/stamps/0", &mut sink);
        let whole = Whole {
            head: made.head,
            lists: made.lists,
            parts: made.parts,
            stamp,
            annexes: made.annexes,
            report: made.report,
            agreements: made.agreements,
            body: made.body,
            sitting: made.sitting,
        };
        let ids = &mut self.ids;
        finish::draft(whole, &mut || ids.mint(), sink)
    }

    fn act(&mut self, blocks: &[Block], minutes: bool) {
        let (body, sitting) = (self.ids.mint(), self.ids.mint());
        let mut sink = Sink::new(self.source);
        let mut found: Vec<(Parts, Sink<'s>)> = Vec::new();
        let ids = &mut self.ids;
        let mut mint = || ids.mint();
        let start = blocks.first().map(|block| block.passage.whole()).unwrap_or_default();
        let mut parts = Parts::new(start, mint());
        let mut reader = Reader { head: Head::default(), lists: Lists::default(), sink: &mut sink, mint: &mut mint, minutes };
        // Notes of the sitting are shared by its acts: those made in the head, and later ones of the sitting itself.
        for block in blocks {
            let here = block.passage.whole();
            if next_item(block, &parts, minutes) && found.len() < MOST_ACTS {
                let item = (reader.mint)();
                let shared = Sink::new(self.source);
                let (done, notes) = (std::mem::replace(&mut parts, Parts::new(here, item)), std::mem::replace(reader.sink, shared));
                let (sitting_notes, act_notes) = notes.split();
                *reader.sink = sitting_notes;
                found.push((done, act_notes));
            }
            parts.span.end = here.end;
            let begun = parts.stage > Stage::Head;
            let item = minutes && parts.stage == Stage::Head && parts.title.is_none() && is_item(block);
            if item {
                reader.lists.close();
                reader.item(block, &mut parts);
            } else if begun || starts_body(block) || !reader.head_block(block, &mut parts) {
                reader.body_block(block, &mut parts);
            }
        }
        let (head, lists) = (reader.head, reader.lists);
        let (sitting_notes, act_notes) = sink.split();
        found.push((parts, act_notes));
        found.retain(|(parts, _)| parts.is_act());
        let values = sitting_notes.values.len().max(1);
        let repeats = (MOST_REPEATED.saturating_sub(self.repeated) / values).max(1);
        let room = MOST_ACTS.saturating_sub(self.acts.len()).min(repeats);
        self.unread = self.unread.or_else(|| found.get(room).map(|(parts, _)| parts.span));
        found.truncate(room);
        self.repeated += values * found.len();
        for (parts, notes) in found {
            let sink = sitting_notes.with(notes);
            self.acts.push(Made {
                head: head.clone(),
                lists: lists.clone(),
                parts,
                sink,
                annexes: Vec::new(),
                report: None,
                agreements: Vec::new(),
                body,
                sitting,
            });
        }
        if let (Some((report, notes, title)), Some(made)) = (self.pending.take(), self.acts.last_mut()) {
            let annex = made.annexes.len();
            made.sink.absorb(notes.renamed("/act/annexes/0", &format!("/act/annexes/{annex}")));
            made.annexes.push(Annex { title: Some(title), ..Annex::default() });
            made.report = Some(report);
        }
    }

    fn report(&mut self, blocks: &[Block]) {
        let mut notes = Sink::new(self.source);
        let read = report::read(blocks, &mut notes);
        match self.acts.last_mut() {
            Some(made) => {
                let pointer = format!("/act/annexes/{}", made.annexes.len());
                let annex = annexes::read(blocks, None, &pointer, &mut notes);
                made.annexes.push(annex);
                made.report.get_or_insert(read);
                made.sink.absorb(notes);
            }
            None => {
                let annex = annexes::read(blocks, None, "/act/annexes/0", &mut notes);
                self.pending = Some((read, notes, annex.title.unwrap_or_default()));
            }
        }
    }

    fn agreement(&mut self, blocks: &[Block]) {
        let Some(made) = self.acts.last_mut() else { return };
        let pointer = format!("/act/annexes/{}", made.annexes.len());
        let annex = annexes::read(blocks, None, &pointer, &mut made.sink);
        made.annexes.push(annex);
        let pointer = format!("/act/agreements/{}", made.agreements.len());
        made.agreements.push(agreement::read(blocks, &pointer, &mut made.sink));
    }

    fn annex(&mut self, blocks: &[Block], paper: &Paper, all: &[Block]) {
        let Some(made) = self.acts.last_mut().filter(|made| made.annexes.len() < 200) else { return };
        let above = paper.above.and_then(|at| all.get(at));
        let inside = if above.is_some() { blocks.get(1..).unwrap_or_default() } else { blocks };
        let pointer = format!("/act/annexes/{}", made.annexes.len());
        let annex = annexes::read(inside, above, &pointer, &mut made.sink);
        if annex.title.is_some() {
            made.annexes.push(annex);
        }
    }
}

/// A block that belongs to the body of an act wherever it stands.
fn starts_body(block: &Block) -> bool {
    matches!(block.cue, Cue::Visa | Cue::Considering | Cue::Decides | Cue::Deliberated | Cue::Article | Cue::BodyFormula | Cue::Outcome)
}

fn is_item(block: &Block) -> bool {
    let text: &str = block.passage.text();
    let (label, title) = super::fields::item_head(text);
    matches!(block.cue, Cue::Item | Cue::Report)
        || matches!(block.cue, Cue::Prose) && label.is_some() && title.len() >= 6 && text.len() <= 220 && title.starts_with(char::is_uppercase)
}

/// Whether the next act of the same sitting begins: its number, its label or its object, once the one before was decided.
fn next_item(block: &Block, parts: &Parts, minutes: bool) -> bool {
    let over = parts.is_act() && parts.stage >= Stage::Decision;
    let head = match block.cue {
        Cue::Item | Cue::Title => true,
        Cue::Number => parts.number.is_some() || parts.title.is_some(),
        Cue::Report => minutes,
        _ => minutes && is_item(block) && (block.blank_before || super::blocks::in_capitals(block.passage.text())),
    };
    let unread = minutes && parts.title.is_some() && (block.cue == Cue::Item || block.cue == Cue::Number && parts.number.is_some());
    over && head || unread && !parts.is_act()
}
