//! A file holds one act with its papers, several acts, the minutes of a sitting, or none: where one paper ends and the next begins.

use super::blocks::{Block, Cue, is_heading, operative};
use super::draft::WhyNone;
use super::grammar::wording::{find, starts};
use super::words::layout::CLOSES_A_LETTER;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An act, or the acts of one sitting under one head.
    Act,
    Minutes,
    Report,
    Agreement,
    Annex,
}

/// A stretch of blocks that is one paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper {
    pub kind: Kind,
    pub from: usize,
    pub to: usize,
    /// The block that is the heading over its first one.
    pub above: Option<usize>,
}

fn cue_at(blocks: &[Block], at: usize) -> Option<Cue> {
    blocks.get(at).map(|block| block.cue)
}

/// Whether the head of an act begins here: its first heading, and soon what only an act has.
fn act_begins(blocks: &[Block], at: usize) -> bool {
    let Some(first) = blocks.get(at) else { return false };
    let opens = match first.cue {
        Cue::Authority | Cue::Minutes | Cue::Opening => true,
        Cue::Furniture => starts(&["republique francaise"], first.text()),
        Cue::Body => starts(&["deliberation*", "extrait*", "registre*", "conseil*", "seance*"], first.text()),
        Cue::Number => starts(&["deliberation*", "acte n°"], first.text()),
        _ => false,
    };
    if !opens {
        return false;
    }
    for block in blocks.iter().skip(at).take(14) {
        match block.cue {
            // "Délibération n° 13", and its object: another act of the same sitting, whose head stands over the first.
            Cue::Visa | Cue::Decides | Cue::BodyFormula | Cue::Deliberated if first.cue == Cue::Number => return false,
            Cue::Title if first.cue == Cue::Number => {}
            Cue::Report | Cue::Agreement => return false,
            Cue::Sitting | Cue::Opening | Cue::Visa | Cue::Decides | Cue::BodyFormula | Cue::Title | Cue::Deliberated => return true,
            _ if super::fields::attendance::is_heading(block.text()) => return true,
            _ => {}
        }
    }
    false
}

/// The heading blocks right before a paper that belong to it.
fn with_headings(blocks: &[Block], at: usize, least: usize) -> usize {
    let mut from = at;
    while from > least && matches!(cue_at(blocks, from - 1), Some(Cue::Service | Cue::Authority | Cue::Furniture)) {
        from -= 1;
    }
    from
}

fn tail(cue: Cue) -> bool {
    matches!(
        cue,
        Cue::Signature
            | Cue::Delegation
            | Cue::Mark
            | Cue::Name
            | Cue::PlaceDate
            | Cue::Separator
            | Cue::Appeal
            | Cue::Certifies
            | Cue::Closing
            | Cue::Vote
            | Cue::Outcome
            | Cue::Furniture
            | Cue::Ends
            | Cue::Service
            | Cue::Secretary
    )
}

/// The papers of a file, in order.
pub fn split(blocks: &[Block]) -> Vec<Paper> {
    let minutes = blocks.iter().take(12).any(|block| block.cue == Cue::Minutes) || by_items(blocks);
    let first = if minutes { Kind::Minutes } else { Kind::Act };
    let mut papers = vec![Paper { kind: first, from: 0, to: blocks.len(), above: None }];
    let (mut decided, mut signed) = (false, false);
    for (at, block) in blocks.iter().enumerate() {
        let Some(current) = papers.last().copied() else { break };
        let in_act = matches!(current.kind, Kind::Act | Kind::Minutes);
        let last_from = current.from;
        let next = if at > last_from && (!in_act || decided) && act_begins(blocks, at) && !(minutes && in_act && block.cue != Cue::Minutes) {
            Some((Kind::Act, at, None))
        } else if block.cue == Cue::Report
            && !minutes
            && !beside_number(blocks, at)
            && (decided || !in_act || no_act_yet(blocks, current.from, at) && !decides_under(blocks, at))
        {
            Some((Kind::Report, with_headings(blocks, at, last_from), None))
        } else if block.cue == Cue::Agreement && (!in_act || signed) {
            Some((Kind::Agreement, with_headings(blocks, at, last_from), None))
        } else if block.cue == Cue::Annex && (signed || !in_act && current.kind != Kind::Agreement) && at > last_from {
            Some((Kind::Annex, at, None))
        } else if block.cue == Cue::Paper && !in_act && at > last_from + 1 && current.kind == Kind::Annex {
            let above = at.checked_sub(1).filter(|above| {
                *above > last_from
                    && blocks.get(*above).is_some_and(|b| b.cue == Cue::Prose && is_heading(b.text()) && b.text().starts_with(char::is_uppercase))
            });
            Some((Kind::Annex, above.unwrap_or(at), above))
        } else if in_act
            && !minutes
            && signed
            && !tail(block.cue)
            && is_heading(block.text())
            && matches!(block.cue, Cue::Prose | Cue::Paper | Cue::Table)
            && !super::fields::attendance::is_heading(block.text())
            && !item_follows(blocks, at)
        {
            Some((Kind::Annex, at, None))
        } else {
            None
        };
        if let Some((kind, from, above)) = next {
            if from == last_from {
                if let Some(last) = papers.last_mut() {
                    last.kind = kind;
                }
            } else {
                if let Some(last) = papers.last_mut() {
                    last.to = from;
                }
                papers.push(Paper { kind, from, to: blocks.len(), above });
            }
            (decided, signed) = (false, false);
        }
        if matches!(papers.last(), Some(Paper { kind: Kind::Act | Kind::Minutes, .. })) {
            decided |= matches!(block.cue, Cue::Decides | Cue::Deliberated | Cue::Article | Cue::Outcome) || operative(block.text());
            signed |= decided && matches!(block.cue, Cue::Signature | Cue::Delegation | Cue::Mark | Cue::Closing | Cue::PlaceDate);
        }
    }
    papers
}

/// Nothing of an act stands before a report that opens the file.
fn no_act_yet(blocks: &[Block], from: usize, at: usize) -> bool {
    at - from <= 6
        && !blocks.iter().take(at).skip(from).any(|block| {
            matches!(block.cue, Cue::Body | Cue::Number | Cue::Opening | Cue::Visa) && starts(&["deliberation*", "extrait*", "vu"], block.text())
        })
}

/// Minutes that do not say so: two labelled headings at least, each with its decision under it, and no decision or visa before the first of them.
fn by_items(blocks: &[Block]) -> bool {
    let heads = |block: &Block| {
        let (label, title) = super::fields::item_head(block.text());
        let heading = is_heading(block.text()) && !block.text().ends_with(':') && title.starts_with(char::is_uppercase) && !operative(title);
        label.is_some() && heading && block.blank_before && matches!(block.cue, Cue::Prose | Cue::Item)
    };
    let decides = |block: &Block| {
        matches!(block.cue, Cue::Visa | Cue::Article | Cue::Decides | Cue::Deliberated | Cue::Outcome | Cue::Vote) || operative(block.text())
    };
    let Some(first) = blocks.iter().position(heads) else { return false };
    if blocks.iter().take(first).any(decides) {
        return false;
    }
    let (mut open, mut decided) = (false, 0);
    for block in blocks.iter().skip(first) {
        if heads(block) {
            open = true;
        } else if open && decides(block) {
            (open, decided) = (false, decided + 1);
        }
    }
    decided >= 2
}

/// "RAPPORT N° 4" over or under "DÉLIBÉRATION N° 2024-09" is one of the numbers of the act.
fn beside_number(blocks: &[Block], at: usize) -> bool {
    let numbered = |at: usize| blocks.get(at).is_some_and(|block| block.cue == Cue::Number && starts(&["deliberation*"], block.text()));
    numbered(at + 1) || at.checked_sub(1).is_some_and(numbered)
}

/// "RAPPORT N° 23" over an act is the number of its report: no other act begins behind it, and the body decides.
fn decides_under(blocks: &[Block], at: usize) -> bool {
    (at + 1..blocks.len()).all(|next| !act_begins(blocks, next))
        && blocks.iter().skip(at).any(|block| matches!(block.cue, Cue::Decides | Cue::Deliberated))
}

/// A new item of the same sitting: a heading, then recitals or a decision.
fn item_follows(blocks: &[Block], at: usize) -> bool {
    blocks
        .iter()
        .skip(at)
        .take(4)
        .any(|block| matches!(block.cue, Cue::Visa | Cue::Decides | Cue::Number | Cue::Title | Cue::Deliberated | Cue::BodyFormula))
}

/// Why there is no act in these blocks.
pub fn why_none(blocks: &[Block]) -> WhyNone {
    let has = |cue: Cue| blocks.iter().any(|block| block.cue == cue);
    let head = |cue: Cue| blocks.iter().take(10).any(|block| block.cue == cue);
    if blocks.is_empty() {
        WhyNone::Empty
    } else if head(Cue::Invoice) {
        WhyNone::Invoice
    } else if has(Cue::Decree) {
        WhyNone::Decree
    } else if has(Cue::Order) {
        WhyNone::Order
    } else if has(Cue::Convocation) || head(Cue::Agenda) {
        WhyNone::Convening
    } else if is_letter(blocks) {
        WhyNone::Letter
    } else if head(Cue::Report) {
        WhyNone::ReportAlone
    } else {
        WhyNone::NothingDecided
    }
}

/// Whether the file is something else than acts of an assembly, whatever words it borrows from them.
pub fn foreign(blocks: &[Block]) -> bool {
    let has = |cue: Cue| blocks.iter().any(|block| block.cue == cue);
    let head = |cue: Cue| blocks.iter().take(10).any(|block| block.cue == cue);
    let collegial = has(Cue::Decides)
        || has(Cue::Deliberated)
        || has(Cue::Minutes)
        || blocks.iter().take(14).any(|block| block.cue == Cue::Body && starts(&["deliberation*", "extrait*"], block.text()));
    let alone = head(Cue::Order)
        && !blocks
            .iter()
            .take(20)
            .any(|block| matches!(block.cue, Cue::Body | Cue::Opening | Cue::Minutes) || super::fields::attendance::is_heading(block.text()));
    alone || !collegial && (head(Cue::Invoice) || head(Cue::Decree) || head(Cue::Order) || has(Cue::Convocation) || is_letter(blocks))
}

fn is_letter(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| block.cue == Cue::Letter || block.text().len() <= 600 && find(CLOSES_A_LETTER, block.text()).is_some())
}
