//! What becomes of an act: dated facts, each recorded once and never changed; a wrong one is struck out by another that replaces it.

use super::canonical::{canonical, stored, word};
use super::deliberation::{Act, load, receipt_of};
use super::told::Told;
use super::{Actor, Duty, Once, Refusal, Register, Rule, Written, clock, log, standing};
use crate::record::{Authority, ChangePart, Fact, FactKind, Id, Label, Origin, RecordedFact, Workflow};
use crate::store::{FactRow, Session, StoreError, now};

/// The facts on an act, in the order in which they were recorded.
pub(super) fn facts_of(session: &mut Session<'_>, authority: &str, deliberation: &str) -> Result<Vec<RecordedFact>, Refusal> {
    let read =
        |row: FactRow| Ok(RecordedFact { fact: stored(&row.document)?, recorded_by: Some(row.recorded_by), recorded_at: row.recorded_at.and_utc() });
    Ok(session.facts(authority, deliberation)?.into_iter().map(read).collect::<Result<_, StoreError>>()?)
}

/// The authority of an act.
pub(super) fn authority_of(session: &mut Session<'_>, authority: &str) -> Result<Authority, Refusal> {
    let row = session.authority(authority)?.ok_or(Refusal::NotFound)?;
    Ok(stored(&row.entry)?)
}

impl Register {
    /// Records a fact on an act.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`], [`Refusal::Exists`], [`Refusal::Invalid`], [`Refusal::NotSealed`] where an act recorded live is
    /// sent, published or notified before its seal, [`Refusal::SeparationOfDuties`], [`Refusal::NotPossible`].
    pub fn add_fact(&self, actor: &Actor, once: Option<&Once>, deliberation: Id, fact: &Fact) -> Result<Written, Refusal> {
        self.change(actor, once, |session| {
            let act = load(session, actor.authority.as_str(), deliberation)?;
            let authority = authority_of(session, &act.row.authority)?;
            let known = facts_of(session, &act.row.authority, &act.row.id)?;
            check(session, fact, &known, &act, &authority)?;
            may_happen(session, actor, &authority, &act, fact)?;
            record(session, actor, &act, fact)?;
            let written = receipt_of(session, actor, deliberation)?;
            Ok(Written { created: true, href: format!("/v1/deliberations/{deliberation}/facts"), ..written })
        })
    }
}

/// Keeps a fact that was checked, and says what the facts now come to.
pub(super) fn record(session: &mut Session<'_>, actor: &Actor, act: &Act, fact: &Fact) -> Result<(), Refusal> {
    if session.owner(fact.id)?.is_some() {
        return Err(Refusal::Exists);
    }
    session.claim(fact.id, &actor.authority, "fact")?;
    session.add_fact(FactRow {
        authority: act.row.authority.clone(),
        deliberation: act.row.id.clone(),
        sequence: 0,
        fact: fact.id.to_string(),
        kind: fact.kind.wire().to_owned(),
        happened_on: fact.on,
        document: canonical(fact)?.0,
        recorded_at: now(),
        recorded_by: actor.sub.clone(),
    })?;
    session.touch_deliberation(&act.row.authority, &act.row.id, now())?;
    standing::index(session, act)?;
    log(session, actor, ("deliberation", &act.row.id, act.row.version), fact.kind.wire(), Told::of_act(&act.row, ChangePart::Facts))?;
    Ok(())
}

/// What the fact says of itself.
pub(super) fn check(session: &mut Session<'_>, fact: &Fact, known: &[RecordedFact], act: &Act, authority: &Authority) -> Result<(), Refusal> {
    let today = clock::today(authority);
    let mut faults = super::check::Faults::default();
    let references = super::check::References::walk(&super::check::value_of(fact)?, &mut faults);
    references.resolve(session, &authority.siren, &mut faults)?;
    faults.unless(super::storable(fact.on), "/on", Rule::YearOutOfRange);
    faults.unless(fact.on <= today, "/on", Rule::InTheFuture);
    faults.unless(fact.until.is_none_or(|until| until >= fact.on), "/until", Rule::EndsBeforeStart);
    faults.unless(fact.until.is_none_or(super::storable), "/until", Rule::YearOutOfRange);
    faults.unless(fact.at.is_none_or(|at| clock::day(authority, at) == fact.on), "/at", Rule::OtherDay);
    if let Some(file) = fact.file {
        let of_act = session.files_of(&act.row.authority, &act.row.id)?.iter().any(|row| row.id == file.to_string());
        faults.unless(of_act, "/file", Rule::UnknownFile);
    }
    let live = act.record.origin == Origin::Recorded;
    match fact.kind {
        FactKind::Notified => faults.unless(fact.addressee.as_deref().is_some_and(|a| !a.trim().is_empty()), "/addressee", Rule::Empty),
        // An act transcribed from paper was published as it was.
        FactKind::Published if live => {
            let least = standing::Life::with(session, act, known)?.posted_until(fact.on);
            faults.unless(fact.until.zip(least).is_none_or(|(until, least)| until >= least), "/until", Rule::PublicationTooShort);
            faults.unless(fact.author.is_some(), "/author", Rule::Empty);
        }
        _ => {}
    }
    if let Some(digest) = &fact.digest {
        faults.unless(digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit()), "/digest", Rule::NotADigest);
    }
    if let Some(wrong) = fact.corrects {
        let standing = known.iter().any(|k| k.fact.id == wrong && k.fact.kind == fact.kind);
        let struck = known.iter().any(|k| k.fact.corrects == Some(wrong));
        faults.unless(standing && !struck, "/corrects", Rule::UnknownFact);
    }
    faults.settle()
}

/// Whether it can happen to the act as it stands, by this hand.
pub(super) fn may_happen(session: &mut Session<'_>, actor: &Actor, authority: &Authority, act: &Act, fact: &Fact) -> Result<(), Refusal> {
    let sealed = word::<Workflow>(&act.row.workflow)? == Workflow::Sealed;
    let leaves = matches!(
        fact.kind,
        FactKind::Transmitted | FactKind::Received | FactKind::Published | FactKind::Notified | FactKind::AgreementSigned | FactKind::AgreementPaid
    );
    if leaves && !sealed && act.record.origin == Origin::Recorded {
        return Err(Refusal::NotSealed);
    }
    if matches!(fact.kind, FactKind::Published | FactKind::Notified) && authority.separation_of_duties {
        let seal = session.log_entry(&act.row.authority, &act.row.id)?;
        if seal.is_some_and(|entry| entry.sealed_by == actor.sub) {
            return Err(Refusal::SeparationOfDuties(Duty::SealAndPublish));
        }
    }
    if fact.kind == FactKind::Unpublished {
        let life = standing::Life::of(session, act)?;
        let Some(posted) = life.posted_on() else {
            let (fr, en) = ("L'acte n'est pas publié.", "The act is not published.");
            return Err(Refusal::NotPossible(Label { fr, en }));
        };
        if life.posted_until(posted).is_some_and(|until| fact.on < until) {
            let (fr, en) =
                ("L'acte reste en ligne deux mois au moins (CGCT R3131-2).", "The act stays on line for two months at least (CGCT R3131-2).");
            return Err(Refusal::NotPossible(Label { fr, en }));
        }
    }
    Ok(())
}
