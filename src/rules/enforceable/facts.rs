//! Which facts count: not those struck out, not those older than the sitting; what is printed where nothing is recorded.

use chrono::{DateTime, NaiveDate, Utc};

use super::super::limits::day_in;
use super::super::made::words;
use super::super::profile::RuleId;
use super::{ActLife, Reason, ReasonCode};
use crate::record::{Fact, FactKind, Id, PrintedDate, Stamp};

/// A fact that counts.
#[derive(Clone, Copy, Debug)]
pub struct KeptFact<'a> {
    pub kind: FactKind,
    /// The day where the authority is.
    pub on: NaiveDate,
    pub at: Option<DateTime<Utc>>,
    pub until: Option<NaiveDate>,
    pub addressee: Option<&'a str>,
}

pub struct Kept<'a> {
    /// By day; on one day, as recorded.
    pub facts: Vec<KeptFact<'a>>,
    /// What was left aside, and why.
    pub notes: Vec<Reason>,
}

/// What concerns neither publicity, nor transmission, nor the end of the act moves nothing here.
const fn counts(kind: FactKind) -> bool {
    !matches!(kind, FactKind::Signed | FactKind::AgreementSigned | FactKind::AgreementPaid | FactKind::AgreementEnded)
}

pub fn kept<'a>(life: &ActLife<'a>) -> Kept<'a> {
    let mut notes = Vec::new();
    let struck_out: Vec<Id> = life.facts.iter().filter_map(|fact| fact.corrects).collect();
    let standing = life.facts.iter().filter(|fact| counts(fact.kind) && !struck_out.contains(&fact.id));
    let mut facts: Vec<KeptFact> = standing.map(|fact| recorded(life, fact, &mut notes)).collect();
    facts.retain(|fact| is_of_the_act(life, fact, &mut notes));
    let mut from_paper = Vec::new();
    for printed in life.stamps.iter().flat_map(printed) {
        let mut same = facts.iter().filter(|fact| fact.kind == printed.kind).peekable();
        if same.peek().is_none() {
            from_paper.push(printed);
        } else if same.all(|fact| fact.on != printed.on) {
            notes.push(left_aside(life, ReasonCode::PrintedSetAside, &printed));
        }
    }
    from_paper.retain(|fact| is_of_the_act(life, fact, &mut notes));
    facts.extend(from_paper);
    facts.sort_by_key(|fact| fact.on);
    Kept { facts, notes }
}

/// The instant, where it is known, says the day.
fn recorded<'a>(life: &ActLife, fact: &'a Fact, notes: &mut Vec<Reason>) -> KeptFact<'a> {
    let on = fact.at.map_or(fact.on, |at| day_in(life.zone, at));
    let kept = KeptFact { kind: fact.kind, on, at: fact.at, until: fact.until, addressee: fact.addressee.as_deref() };
    if on != fact.on {
        let label = words(
            format!("{} : noté le {}, l'instant est du {on} dans le fuseau de la collectivité", fact.kind.label().fr, fact.on),
            format!("{}: noted on {}, the instant is of {on} in the time zone of the authority", fact.kind.label().en, fact.on),
        );
        notes.push(life.reason(ReasonCode::InstantDiffers, RuleId::EnforceableFacts).since(Some(on)).saying(label));
    }
    kept
}

/// Nothing happens to an act before its sitting: such a fact has a wrong date, or is of another act.
fn is_of_the_act(life: &ActLife, fact: &KeptFact, notes: &mut Vec<Reason>) -> bool {
    let old = fact.on < life.sitting;
    if old {
        notes.push(left_aside(life, ReasonCode::BeforeSitting, fact));
    }
    !old
}

fn left_aside(life: &ActLife, code: ReasonCode, fact: &KeptFact) -> Reason {
    let label = words(format!("{} : {}", fact.kind.label().fr, code.label().fr), format!("{}: {}", fact.kind.label().en, code.label().en));
    life.reason(code, RuleId::EnforceableFacts).since(Some(fact.on)).saying(label)
}

/// A stamp prints days, not instants.
fn printed(stamp: &Stamp) -> impl Iterator<Item = KeptFact<'static>> {
    let read = |date: &Option<PrintedDate>| date.as_ref().and_then(|printed| printed.date);
    let days = [
        (FactKind::Transmitted, read(&stamp.sent)),
        (FactKind::Received, read(&stamp.received)),
        (FactKind::Published, read(&stamp.posted)),
        (FactKind::Notified, read(&stamp.notified)),
    ];
    days.into_iter().filter_map(|(kind, on)| Some(KeptFact { kind, on: on?, at: None, until: None, addressee: None }))
}
