//! From when an act is enforceable, and why not yet (CGCT L3131-1): once brought to the knowledge of those concerned and, where it must be,
//! transmitted. Pure: the day is given, and so is all that happened.

mod end;
mod facts;
mod lists;
mod publication;
mod reason;
mod referral;
mod transmission;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Serialize;
use utoipa::ToSchema;

use self::end::Ends;
use self::facts::{Kept, kept};
pub use self::lists::{not_enforceable_why, not_transmitted_after, publication_ends_within, transmitted_on};
pub use self::publication::{Publication, must_stay_until, publication};
pub use self::reason::{Reason, ReasonCode};
pub use self::referral::{ReferralLimit, ReferralOptions, ReferralState, referral_limit};
use super::made::words;
use super::profile::{self, RuleId};
use crate::record::{Answer, BodyKind, Effect, Fact, FactKind, Stamp};
use crate::vocabulary;

/// All that the clock looks at.
#[derive(Clone, Copy, Debug)]
pub struct ActLife<'a> {
    pub effect: Effect,
    pub transmissible: Answer,
    /// Every fact recorded, struck-out ones included, in the order in which they were recorded.
    pub facts: &'a [Fact],
    /// The stamps of a transcribed act: printed dates count where nothing of the kind is recorded.
    pub stamps: &'a [Stamp],
    pub body: BodyKind,
    /// First day of the sitting: no fact of the act is older. It also picks the text in force.
    pub sitting: NaiveDate,
    /// Where the authority is: it makes a day of an instant.
    pub zone: Tz,
    pub today: NaiveDate,
}

vocabulary! {
    /// Where an act stands today.
    EnforceabilityState {
        Enforceable = "enforceable", "exécutoire", "enforceable";
        NotYet = "not_yet", "pas encore exécutoire", "not yet enforceable";
        Suspended = "suspended", "suspendu", "suspended";
        Ended = "ended", "annulé, abrogé ou retiré", "annulled, repealed or rescinded";
        NotComputed = "not_computed", "non calculé", "not computed";
    }
}

/// From when to when an act is enforceable, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Enforceability {
    pub state: EnforceabilityState,
    /// First day on which it is enforceable, to come perhaps: for an individual act, on which it is so for one of its addressees. Null: it is
    /// not, or that cannot be worked out.
    pub on: Option<NaiveDate>,
    /// Last day on which it is; null: no end is known.
    pub until: Option<NaiveDate>,
    /// What makes it so and what stands against it, those that hold it back first.
    pub reasons: Vec<Reason>,
    /// An individual act is enforceable for each from its own date. Not for the public.
    pub per_addressee: Vec<Addressee>,
}

/// One notification of an individual act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Addressee {
    pub addressee: Option<String>,
    pub notified_on: NaiveDate,
    /// First day on which the act is enforceable for this addressee.
    pub enforceable_on: Option<NaiveDate>,
}

impl ActLife<'_> {
    /// A reason that rests on what a rule rests on for this body at the date of the sitting.
    fn reason(&self, code: ReasonCode, rule: RuleId) -> Reason {
        Reason::new(code, profile::basis(rule, self.body.into(), self.sitting))
    }
}

/// From when the act is enforceable, with the reasons.
pub fn enforceability(life: &ActLife) -> Enforceability {
    let kept = kept(life);
    let mut reasons = kept.notes.clone();
    let stated = stated(life, &mut reasons);
    let transmission = transmission_of(life, &kept, &mut reasons);
    let known = made_known(life, &kept, &mut reasons);
    let ends = Ends::of(life, &kept, &mut reasons);

    // The day on which both are done, for each who had to know of it.
    let both = |known_on: NaiveDate| transmission.map(|sent| ends.in_force_from(sent.map_or(known_on, |sent| sent.max(known_on))));
    let starts: Vec<Option<NaiveDate>> = known.iter().map(|(_, day)| if stated { both(*day).flatten() } else { None }).collect();
    let on = starts.iter().flatten().min().copied();
    let per_addressee = if life.effect == Effect::Individual {
        let addressee = |((to, day), on): (&(Option<String>, NaiveDate), &Option<NaiveDate>)| Addressee {
            addressee: to.clone(),
            notified_on: *day,
            enforceable_on: *on,
        };
        known.iter().zip(&starts).map(addressee).collect()
    } else {
        Vec::new()
    };
    if starts.iter().flatten().any(|start| Some(*start) != on) {
        let last = starts.iter().flatten().max().copied();
        reasons.push(life.reason(ReasonCode::SeveralAddressees, RuleId::EnforceableDate).since(last));
    }
    if let Some(day) = on.filter(|day| *day > life.today) {
        reasons.push(life.reason(ReasonCode::NotYet, RuleId::EnforceableDate).since(Some(day)).holding());
    }
    printed_otherwise(life, on, &mut reasons);

    let state = if ends.ended(life.today) {
        EnforceabilityState::Ended
    } else if !stated {
        EnforceabilityState::NotComputed
    } else if ends.suspended(life.today) && !known.is_empty() && transmission.is_some() {
        EnforceabilityState::Suspended
    } else if on.is_some_and(|day| day <= life.today) {
        EnforceabilityState::Enforceable
    } else {
        EnforceabilityState::NotYet
    };
    // Whatever is not enforceable today says why: here all that stands against it is dated to come.
    if state != EnforceabilityState::Enforceable && !reasons.iter().any(|reason| reason.holds) {
        reasons.push(life.reason(ReasonCode::NotYet, RuleId::EnforceableDate).holding());
    }
    reasons.sort_by_key(|reason| !reason.holds);
    Enforceability { state, on, until: on.and(ends.last_day()), reasons, per_addressee }
}

/// What only the clerk can say: without it nothing is worked out.
fn stated(life: &ActLife, reasons: &mut Vec<Reason>) -> bool {
    let missing =
        [(life.effect == Effect::Unstated, ReasonCode::EffectUnstated), (life.transmissible == Answer::Unstated, ReasonCode::TransmissibleUnstated)];
    let unstated = |(_, code): &(bool, ReasonCode)| life.reason(*code, RuleId::EnforceableDate).holding();
    reasons.extend(missing.iter().filter(|(missing, _)| *missing).map(unstated));
    missing.iter().all(|(missing, _)| !missing)
}

/// `Some(None)`: it need not be transmitted; `None`: it was not yet.
fn transmission_of(life: &ActLife, kept: &Kept, reasons: &mut Vec<Reason>) -> Option<Option<NaiveDate>> {
    let (found, notes) = transmission::of(life, kept);
    reasons.extend(notes);
    if life.transmissible == Answer::No {
        reasons.push(life.reason(ReasonCode::NotTransmissible, RuleId::EnforceableDate));
        return Some(None);
    }
    let Some(found) = found else {
        if life.transmissible == Answer::Yes {
            reasons.push(life.reason(ReasonCode::NotTransmitted, RuleId::EnforceableDate).holding());
        }
        return None;
    };
    // The receipt proves that it was sent, at the latest that day; it is not itself a condition.
    let (code, rule) = if found.by_receipt {
        (ReasonCode::TransmissionProved, RuleId::EnforceableProof)
    } else {
        (ReasonCode::Transmitted, RuleId::EnforceableDate)
    };
    reasons.push(life.reason(code, rule).since(Some(found.on)));
    Some(Some(found.on))
}

/// An individual act is notified, every other one published: the other way does not count.
fn made_known(life: &ActLife, kept: &Kept, reasons: &mut Vec<Reason>) -> Vec<(Option<String>, NaiveDate)> {
    let (kind, done, missing) = match life.effect {
        Effect::Individual => (FactKind::Notified, ReasonCode::Notified, ReasonCode::NotNotified),
        Effect::Regulatory | Effect::Neither => (FactKind::Published, ReasonCode::Published, ReasonCode::NotPublished),
        Effect::Unstated => return Vec::new(),
    };
    let mut known: Vec<(Option<String>, NaiveDate)> = Vec::new();
    for fact in kept.facts.iter().filter(|fact| fact.kind == kind) {
        let to = fact.addressee.map(|to| to.trim().to_owned());
        // Published once is known to all; notified twice is known from the first time.
        let again = known.iter().any(|(earlier, _)| kind == FactKind::Published || (to.is_some() && *earlier == to));
        if !again {
            known.push((to, fact.on));
        }
    }
    match known.first() {
        Some((_, first)) => reasons.push(life.reason(done, RuleId::EnforceableDate).since(Some(*first))),
        None => reasons.push(life.reason(missing, RuleId::EnforceableDate).holding()),
    }
    known
}

/// A paper that says "rendu exécutoire le" keeps its words; the register says where it comes to another day.
fn printed_otherwise(life: &ActLife, on: Option<NaiveDate>, reasons: &mut Vec<Reason>) {
    let printed = life.stamps.iter().filter_map(|stamp| stamp.enforceable.as_ref()?.date);
    for printed in printed.filter(|printed| on.is_some_and(|on| on != *printed)) {
        let label = words(format!("l'acte porte qu'il est exécutoire le {printed}"), format!("the act says that it is enforceable on {printed}"));
        reasons.push(life.reason(ReasonCode::PrintedDateDiffers, RuleId::EnforceableFacts).since(Some(printed)).saying(label));
    }
}
