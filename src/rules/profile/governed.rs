//! The internal rules (règlement intérieur) of a body, laid over the texts that leave room for them.
//!
//! What a verified statute says, no body configures; nor what follows from arithmetic. A rule that the internal rules settle is as certain as
//! they are, and may hold a ballot or a seal.

use chrono::NaiveDate;

use super::rule::RuleId;
use super::texts::{LEAVE, PRESENT, PRESENT_OR_REPRESENTED, STAY, Text};
use super::{RuleLayer, texts_of};
use crate::record::{BodyKind, Certainty, InternalRule};
use crate::rules::Registers;

/// A body as the rules see it: its kind picks the texts, and its internal rules settle what these leave open.
#[derive(Clone, Copy, Debug)]
pub struct Governed<'a> {
    pub kind: BodyKind,
    pub internal: &'a [InternalRule],
    /// What its authority has delegated.
    pub registers: Registers<'a>,
}

impl From<BodyKind> for Governed<'_> {
    /// A body whose internal rules nobody has configured, of an authority whose registers are empty.
    fn from(kind: BodyKind) -> Self {
        Self { kind, internal: &[], registers: Registers::default() }
    }
}

impl<'a> Governed<'a> {
    /// What the internal rules in force on that day say of a rule that is theirs to settle.
    pub(super) fn settled(self, rule: RuleId, at: NaiveDate) -> Option<&'a InternalRule> {
        let in_force = |own: &&InternalRule| own.rule == rule.wire() && holds_on(own, at);
        self.internal.iter().find(in_force).filter(|_| takes(rule).is_some() && texts_of(rule, self.kind).all(|text| leaves_room(text, at, at)))
    }
}

fn holds_on(own: &InternalRule, at: NaiveDate) -> bool {
    own.valid_from.is_none_or(|from| from <= at) && own.valid_to.is_none_or(|to| at <= to)
}

/// Whether a text leaves something to the internal rules over that time: it does unless it is statute that was verified.
fn leaves_room(text: &Text, from: NaiveDate, to: NaiveDate) -> bool {
    let meets = text.from.is_none_or(|first| first <= to) && text.to.is_none_or(|last| from <= last);
    !meets || text.layer() == RuleLayer::InternalRules || !matches!(text.certainty, Certainty::Verified | Certainty::Verified2015)
}

/// What the internal rules may set.
#[derive(Clone, Copy)]
enum Takes {
    /// That it is so, and where they say it.
    Article,
    /// The share of those present who may ask: `1/6`.
    Share,
    /// How many proxies one holder may have: `1`.
    Count,
    /// `8 days`, `5 clear days`.
    Days,
    /// `yes` or `no`.
    YesOrNo,
    /// One of these; without it nothing would be settled.
    Word(&'static [&'static str]),
}

/// The rules that internal rules can settle. The others follow from statute on every body, from the form of an act, or from arithmetic.
const fn takes(rule: RuleId) -> Option<Takes> {
    match rule {
        RuleId::QuorumItem => Some(Takes::Word(&[PRESENT, PRESENT_OR_REPRESENTED])),
        RuleId::QuorumRepresentatives => Some(Takes::Word(&[LEAVE, STAY])),
        RuleId::ProxyValid => Some(Takes::Count),
        RuleId::OutcomeCastingVote | RuleId::BallotGroupExpansion => Some(Takes::YesOrNo),
        RuleId::BallotPublicRequest | RuleId::BallotSecret => Some(Takes::Share),
        RuleId::ActDatesReport => Some(Takes::Days),
        RuleId::BallotMode
        | RuleId::BallotRemote
        | RuleId::BallotGroupSplit
        | RuleId::RecusalCounted
        | RuleId::AttendanceCount
        | RuleId::AttendanceTwice
        | RuleId::AttendanceOffice => Some(Takes::Article),
        _ => None,
    }
}

/// A number of days before a sitting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub count: u32,
    /// Jours francs: neither the day of sending nor that of the sitting counts.
    pub clear: bool,
}

impl Days {
    pub(super) fn read(value: &str) -> Option<Self> {
        let (count, unit) = value.split_once(' ')?;
        let clear = match unit {
            "day" | "days" => false,
            "clear day" | "clear days" => true,
            _ => return None,
        };
        Some(Self { count: whole(count)?, clear })
    }

    /// How long before the sitting the last day to send is.
    pub fn before(self) -> u32 {
        self.count + u32::from(self.clear)
    }
}

pub(super) fn read_share(value: &str) -> Option<u32> {
    value.strip_prefix("1/").and_then(whole).filter(|share| *share > 0)
}

/// At most three digits: no share, number of proxies or of days has more.
pub(super) fn whole(digits: &str) -> Option<u32> {
    let plain = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok())?
}

/// Why a body cannot have that internal rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InternalFault {
    /// No rule of the legal profiles has this name.
    Unknown,
    /// It is not for the internal rules of such a body to settle.
    NotConfigurable,
    /// Its value cannot be read, or goes below what statute asks for.
    Value,
}

/// Whether a body of that kind can have that internal rule, over the whole time that it is in force.
///
/// # Errors
/// Why not.
pub fn check_internal(kind: BodyKind, own: &InternalRule) -> Result<(), InternalFault> {
    let rule: RuleId = own.rule.parse().map_err(|_| InternalFault::Unknown)?;
    let takes = takes(rule).ok_or(InternalFault::NotConfigurable)?;
    let (from, to) = (own.valid_from.unwrap_or(NaiveDate::MIN), own.valid_to.unwrap_or(NaiveDate::MAX));
    if !texts_of(rule, kind).all(|text| leaves_room(text, from, to)) {
        return Err(InternalFault::NotConfigurable);
    }
    let readable = match (takes, own.value.as_deref()) {
        (Takes::Word(known), Some(value)) => known.contains(&value),
        (Takes::Word(_), None) => false,
        // Without a value they confirm what holds anyway.
        (_, None) => true,
        (Takes::Article, Some(_)) => false,
        (Takes::Share, Some(value)) => read_share(value).is_some(),
        (Takes::Count, Some(value)) => whole(value).is_some(),
        (Takes::YesOrNo, Some(value)) => matches!(value, "yes" | "no"),
        (Takes::Days, Some(value)) => Days::read(value).is_some_and(|days| texts_of(rule, kind).all(|text| not_below(days, text))),
    };
    if readable { Ok(()) } else { Err(InternalFault::Value) }
}

/// "At least", says statute: internal rules may ask for more time, not for less.
fn not_below(days: Days, text: &Text) -> bool {
    let statute = text.value.filter(|_| text.layer() == RuleLayer::Statute).and_then(Days::read);
    statute.is_none_or(|least| days.before() >= least.before())
}
