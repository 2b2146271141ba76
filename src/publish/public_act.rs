//! An act as open data are made from it: many of them, one after the other, so without what a single paper needs.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::record::{Authority, Ballot, Body, DeliberationRecord, Fact, FactKind, Id, Outcome, SittingRecord, TargetKind, Workflow};

/// A sitting as the public sees it.
#[derive(Clone, Debug)]
pub struct PublicSitting {
    pub id: Id,
    pub record: SittingRecord,
    pub body: Body,
    /// How many members could have taken part in each ballot, where the record tells.
    pub could_vote: BTreeMap<Id, u32>,
}

/// An act as the public sees it.
#[derive(Clone, Debug)]
pub struct PublicAct {
    pub id: Id,
    pub number: Option<String>,
    /// That of its sitting.
    pub date: NaiveDate,
    pub workflow: Workflow,
    pub version: i32,
    pub record: DeliberationRecord,
    /// Of a sealed act, as the seal froze it.
    pub sitting: Arc<PublicSitting>,
    /// Ballots whose figures do not agree, with each other or with who was there.
    pub unreconciled: Vec<Id>,
    /// Public facts that no other strikes out.
    pub facts: Vec<Fact>,
}

/// What an act came to, for files that hold decisions only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// Adopted, or what comes to the same: an election, an opinion given, something noted.
    Yes,
    /// Put to the vote and not adopted.
    Rejected,
    /// Nobody recorded what it came to.
    Unstated,
    /// Not decided: a draft, withdrawn, postponed, taken without a vote.
    No,
}

impl PublicAct {
    pub fn decided(&self) -> Decided {
        if !matches!(self.workflow, Workflow::Deliberated | Workflow::Sealed) {
            return Decided::No;
        }
        match self.record.outcome {
            Outcome::Adopted
            | Outcome::AdoptedAsAmended
            | Outcome::Elected
            | Outcome::Noted
            | Outcome::OpinionGiven
            | Outcome::DecidedVoteUnstated => Decided::Yes,
            Outcome::Rejected => Decided::Rejected,
            Outcome::Unstated => Decided::Unstated,
            Outcome::Withdrawn | Outcome::Postponed | Outcome::NoVote => Decided::No,
        }
    }

    /// The day on which it was taken: that of the part of the sitting in which its item was, where the record says so.
    pub fn taken_on(&self) -> NaiveDate {
        let sitting = &self.sitting.record;
        let items = sitting.agenda.iter().filter(|item| self.record.agenda_items.contains(&item.id));
        let parts = items.filter_map(|item| item.part).filter_map(|part| sitting.parts.iter().find(|p| p.position == Some(part)));
        parts.filter_map(|part| part.date).min().unwrap_or(self.date)
    }

    /// The ballots that cover one of its items.
    pub fn ballots(&self) -> impl Iterator<Item = &Ballot> {
        self.sitting.record.ballots.iter().filter(|ballot| ballot.covers.iter().any(|item| self.record.agenda_items.contains(item)))
    }

    /// The ballots on the act as a whole.
    pub fn on_the_whole(&self) -> impl Iterator<Item = &Ballot> {
        self.ballots().filter(|ballot| ballot.target.kind == TargetKind::Whole)
    }

    /// The ballot in which the votes of this one were counted: itself, or the one that it repeats.
    pub fn counted_in<'a>(&'a self, ballot: &'a Ballot) -> &'a Ballot {
        let all = &self.sitting.record.ballots;
        let mut counted = ballot;
        // No more steps than ballots, were they to go round.
        for _ in all {
            match counted.same_vote_as.and_then(|id| all.iter().find(|b| b.id == id)) {
                Some(repeated) if counted.options.is_empty() => counted = repeated,
                _ => break,
            }
        }
        counted
    }

    /// When the representative of the State received it: as stamped, else as recorded.
    pub fn received_on(&self) -> Option<NaiveDate> {
        let stamped = self.record.stamps.iter().find_map(|stamp| stamp.received.as_ref()?.date);
        stamped.or_else(|| self.facts.iter().filter(|fact| fact.kind == FactKind::Received).map(|fact| fact.on).min())
    }

    /// Where it stands published: an address of the web.
    pub fn published_at(&self) -> Option<&str> {
        let last = self.facts.iter().rfind(|fact| matches!(fact.kind, FactKind::Published | FactKind::Unpublished))?;
        last.place.as_deref().filter(|place| last.kind == FactKind::Published && is_web_address(place))
    }
}

/// Letters, digits and signs that stand in an address as they are (RFC 3986), after `http://` or `https://`.
fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b)))
}

/// The SIRET of an authority: fourteen digits that check.
pub fn siret_of(authority: &Authority) -> Option<String> {
    siret(authority.siret.as_deref()?)
}

/// The fourteen digits of a SIRET as printed, if they check.
pub fn siret(printed: &str) -> Option<String> {
    let digits: String = printed.chars().filter(|c| !c.is_whitespace()).collect();
    (digits.len() == 14 && digits.bytes().all(|b| b.is_ascii_digit()) && crate::record::luhn(&digits)).then_some(digits)
}
