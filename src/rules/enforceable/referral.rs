//! Until when the prefect may refer an act to the court (déféré, CGCT L3132-1): two months, neither first nor last day counted, restarted by a
//! request for missing documents made within them, interrupted by a letter of observations. The suspension of ten days that a referral may
//! bring about is not worked out, nor is a silence that would stand for a refusal: no text on it was read.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::limits::{FreeLimit, free_limit, working_day_from};
use super::super::made::words;
use super::facts::{KeptFact, kept};
use super::{ActLife, Reason, ReasonCode, RuleId, transmission};
use crate::record::{Answer, FactKind};
use crate::vocabulary;

const MONTHS: u32 = 2;

/// What the authority has configured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReferralOptions {
    /// Whether a limit that would end on a Saturday, a Sunday or a public holiday runs to the next working day. No text was read: unverified.
    pub to_working_day: bool,
}

vocabulary! {
    /// Where the limit for referral stands today.
    ReferralState {
        NotStarted = "not_started", "le délai ne court pas encore", "the limit does not run yet";
        Running = "running", "le délai court", "the limit is running";
        Waiting = "waiting", "le délai attend une réponse", "the limit waits for an answer";
        Over = "over", "le délai est écoulé", "the limit is over";
        Referred = "referred", "déféré", "referred";
        NotApplicable = "not_applicable", "non soumis à transmission", "need not be transmitted";
    }
}

/// The limit for referral.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReferralLimit {
    pub state: ReferralState,
    /// The day that sets it off.
    pub from: Option<NaiveDate>,
    /// First day that counts.
    pub first_day: Option<NaiveDate>,
    /// Last day on which the act may be referred; null while it waits.
    pub last_day: Option<NaiveDate>,
    /// The last day by another reading, where the end of a month makes two.
    pub other_reading: Option<NaiveDate>,
    /// What set, restarted and interrupted it, in order.
    pub steps: Vec<Reason>,
}

/// The limit as it runs, or what it waits for.
struct Clock<'a> {
    life: &'a ActLife<'a>,
    options: ReferralOptions,
    from: NaiveDate,
    limit: FreeLimit,
    awaits_pieces: bool,
    awaits_answer: bool,
    /// How often it was made to wait: the texts read speak of once each.
    requests: u32,
    letters: u32,
    referred: bool,
    steps: Vec<Reason>,
}

/// The limit for referral, from what is known of the act.
pub fn referral_limit(life: &ActLife, options: ReferralOptions) -> ReferralLimit {
    let kept = kept(life);
    let none = |state, steps| ReferralLimit { state, from: None, first_day: None, last_day: None, other_reading: None, steps };
    if life.transmissible == Answer::No {
        return none(ReferralState::NotApplicable, vec![life.reason(ReasonCode::NotTransmissible, RuleId::ReferralLimit)]);
    }
    let (found, mut steps) = transmission::of(life, &kept);
    let Some(found) = found else {
        steps.push(life.reason(ReasonCode::NotTransmitted, RuleId::ReferralLimit));
        return none(ReferralState::NotStarted, steps);
    };
    let code = if found.received.is_some() { ReasonCode::LimitFromReceipt } else { ReasonCode::LimitFromTransmission };
    let from = found.received.unwrap_or(found.on);
    steps.push(life.reason(code, RuleId::ReferralLimit).since(Some(from)));
    let mut clock = Clock {
        life,
        options,
        from,
        limit: free_limit(from, MONTHS),
        awaits_pieces: false,
        awaits_answer: false,
        requests: 0,
        letters: 0,
        referred: false,
        steps,
    };
    kept.facts.iter().for_each(|fact| clock.take(fact));
    clock.read()
}

impl Clock<'_> {
    fn take(&mut self, fact: &KeptFact) {
        let waited = self.waits();
        match fact.kind {
            FactKind::PiecesRequested if self.within(fact) => {
                self.awaits_pieces = true;
                self.requests += 1;
                self.say(ReasonCode::PiecesRequested, if self.requests == 1 { RuleId::ReferralPieces } else { RuleId::ReferralResumption }, fact.on);
            }
            FactKind::PiecesSent if self.awaits_pieces => {
                self.awaits_pieces = false;
                self.say(ReasonCode::PiecesReceived, RuleId::ReferralPieces, fact.on);
            }
            FactKind::PiecesRefused if self.awaits_pieces => {
                self.awaits_pieces = false;
                self.say(ReasonCode::PiecesRefused, RuleId::ReferralPieces, fact.on);
            }
            FactKind::Observations if self.within(fact) => {
                self.awaits_answer = true;
                self.letters += 1;
                self.say(
                    ReasonCode::Observations,
                    if self.letters == 1 { RuleId::ReferralObservations } else { RuleId::ReferralResumption },
                    fact.on,
                );
            }
            FactKind::ObservationsAnswered if self.awaits_answer => {
                self.awaits_answer = false;
                self.say(ReasonCode::ObservationsAnswered, RuleId::ReferralResumption, fact.on);
            }
            FactKind::Referred => {
                self.referred |= fact.on <= self.life.today;
                let late = !self.within(fact);
                self.say(ReasonCode::Referred, RuleId::ReferralLimit, fact.on);
                if late {
                    self.late(fact);
                }
            }
            FactKind::PiecesRequested | FactKind::Observations => self.late(fact),
            _ => {}
        }
        if waited && !self.waits() {
            self.from = fact.on;
            self.limit = free_limit(fact.on, MONTHS);
        }
    }

    fn waits(&self) -> bool {
        self.awaits_pieces || self.awaits_answer
    }

    /// While it waits it is not over. Where there are two readings the longer one is given the benefit: nothing is called late that may not be.
    fn within(&self, fact: &KeptFact) -> bool {
        self.waits() || fact.on <= self.last_day().max(self.limit.other_reading.unwrap_or(NaiveDate::MIN))
    }

    fn last_day(&self) -> NaiveDate {
        if self.options.to_working_day { working_day_from(self.limit.last_day) } else { self.limit.last_day }
    }

    fn say(&mut self, code: ReasonCode, rule: RuleId, on: NaiveDate) {
        self.steps.push(self.life.reason(code, rule).since(Some(on)));
    }

    fn late(&mut self, fact: &KeptFact) {
        let late = ReasonCode::TooLate.label();
        let label = words(format!("{} : {}", fact.kind.label().fr, late.fr), format!("{}: {}", fact.kind.label().en, late.en));
        let reason = self.life.reason(ReasonCode::TooLate, RuleId::ReferralLimit).since(Some(fact.on)).saying(label);
        self.steps.push(reason);
    }

    fn read(mut self) -> ReferralLimit {
        let waits = self.waits();
        let last_day = self.last_day();
        let other_reading = self.limit.other_reading.filter(|_| !waits);
        if !waits && last_day != self.limit.last_day {
            self.say(ReasonCode::NextWorkingDay, RuleId::ReferralWorkingDay, last_day);
        }
        if let Some(other) = other_reading {
            self.say(ReasonCode::MonthEnd, RuleId::ReferralMonthEnd, other);
        }
        let state = if self.referred {
            ReferralState::Referred
        } else if waits {
            ReferralState::Waiting
        } else if last_day.max(other_reading.unwrap_or(NaiveDate::MIN)) < self.life.today {
            ReferralState::Over
        } else {
            ReferralState::Running
        };
        ReferralLimit {
            state,
            from: Some(self.from),
            first_day: Some(self.limit.first_day).filter(|_| !waits),
            last_day: Some(last_day).filter(|_| !waits),
            other_reading,
            steps: self.steps,
        }
    }
}
