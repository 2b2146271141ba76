//! Legal profiles: which text governs what, for each kind of body and at each date, with the certainty that the project's page on the law
//! gives it (`law-and-standards.md`). What that page marks as unread is `unverified` here, however well known it is.
//!
//! `texts` holds them as data, once: findings take their legal basis from it and `GET /v1/legal-profiles` shows it.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

mod governed;
mod rule;
mod texts;

pub use self::governed::{Days, Governed, InternalFault, check_internal};
pub use self::rule::{RuleId, RuleLayer};
use self::texts::{TOPICS, Text};
use super::made::Basis;
use crate::record::{BodyKind, Certainty, FindingLabel, InternalRule, Label};

/// The rules on one kind of body.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LegalProfile {
    pub body: BodyKind,
    pub label: Label,
    /// By name, then by date.
    pub rules: Vec<LegalRule>,
}

/// One rule for as long as one text holds.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LegalRule {
    /// The name in `finding.rule`.
    pub id: RuleId,
    /// What the register looks at.
    pub label: Label,
    /// What the text says, in short.
    pub text: FindingLabel,
    pub articles: Vec<Cow<'static, str>>,
    pub certainty: Certainty,
    pub layer: RuleLayer,
    /// Whether the internal rules of the body in question settle it; never in the profile of a kind of body.
    pub configured: bool,
    /// First and last day; null: no bound known to the register.
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    /// What the text sets, where it is a figure or one of a few words: "1", "1/6", "present_or_represented".
    pub value: Option<Cow<'static, str>>,
}

/// Every profile, one per kind of body.
pub fn profiles() -> Vec<LegalProfile> {
    texts::ALL.iter().map(|body| profile(*body, general(*body))).collect()
}

/// The profile of one body on a day: what holds then, its internal rules laid over.
pub fn profile_on(body: Governed<'_>, at: NaiveDate) -> LegalProfile {
    let mut rules: Vec<LegalRule> = general(body.kind);
    rules.retain(|rule| rule.valid_from.is_none_or(|from| from <= at) && rule.valid_to.is_none_or(|to| at <= to));
    for member in RuleId::MEMBERS {
        let Ok(id) = member.value.parse::<RuleId>() else { continue };
        let Some(own) = body.settled(id, at) else { continue };
        match rules.iter_mut().find(|rule| rule.id == id) {
            Some(rule) => rule.lay_over(own),
            // What no text known to the register settles for such a body.
            None => rules.push(LegalRule::of(own, id)),
        }
    }
    profile(body.kind, rules)
}

fn profile(body: BodyKind, mut rules: Vec<LegalRule>) -> LegalProfile {
    rules.sort_by_key(|rule| (rule.id, rule.valid_from));
    LegalProfile { body, label: body.label(), rules }
}

fn general(body: BodyKind) -> Vec<LegalRule> {
    let of_topic = |topic: &'static texts::Topic| {
        let texts = topic.texts.iter().filter(move |text| text.bodies.contains(&body));
        texts.flat_map(|text| topic.rules.iter().map(move |id| text.rule(*id)))
    };
    TOPICS.iter().flat_map(of_topic).collect()
}

impl LegalRule {
    fn of(own: &InternalRule, id: RuleId) -> Self {
        let unsaid = FindingLabel { fr: id.label().fr.to_owned(), en: id.label().en.to_owned() };
        let mut rule = Self {
            id,
            label: id.label(),
            text: unsaid,
            articles: Vec::new(),
            certainty: Certainty::InternalRules,
            layer: RuleLayer::InternalRules,
            configured: true,
            valid_from: None,
            valid_to: None,
            value: None,
        };
        rule.lay_over(own);
        rule
    }

    fn lay_over(&mut self, own: &InternalRule) {
        self.articles.insert(0, own.article.clone().into());
        if let Some(text) = &own.text {
            // They are written in one language.
            self.text = FindingLabel { fr: text.clone(), en: text.clone() };
        }
        if let Some(value) = &own.value {
            self.value = Some(value.clone().into());
        }
        (self.certainty, self.layer, self.configured) = (Certainty::InternalRules, RuleLayer::InternalRules, true);
        (self.valid_from, self.valid_to) = (own.valid_from, own.valid_to);
    }
}

impl Text {
    fn rule(&self, id: RuleId) -> LegalRule {
        // A text that nobody on this project has read is not put as the law.
        let (fr, en) = if self.certainty == Certainty::Unverified { ("À vérifier : ", "To be verified: ") } else { ("", "") };
        LegalRule {
            id,
            label: id.label(),
            text: FindingLabel { fr: format!("{fr}{}", self.says.fr), en: format!("{en}{}", self.says.en) },
            articles: self.articles.iter().map(|article| Cow::Borrowed(*article)).collect(),
            certainty: self.certainty,
            layer: self.layer(),
            configured: false,
            valid_from: self.from,
            valid_to: self.to,
            value: self.value.map(Cow::Borrowed),
        }
    }

    fn layer(&self) -> RuleLayer {
        if self.certainty == Certainty::InternalRules { RuleLayer::InternalRules } else { RuleLayer::Statute }
    }

    fn holds(&self, body: BodyKind, at: NaiveDate) -> bool {
        self.bodies.contains(&body) && self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at <= to)
    }
}

/// Every text on a rule for a kind of body, whatever its dates.
fn texts_of(rule: RuleId, body: BodyKind) -> impl Iterator<Item = &'static Text> {
    let topics = TOPICS.iter().filter(move |topic| topic.rules.contains(&rule));
    topics.flat_map(|topic| topic.texts).filter(move |text| text.bodies.contains(&body))
}

fn text(rule: RuleId, body: BodyKind, at: NaiveDate) -> Option<&'static Text> {
    texts_of(rule, body).find(|text| text.holds(body, at))
}

/// What a rule rests on; `None`: it does not apply to the body on that date.
pub fn applicable(rule: RuleId, body: Governed<'_>, at: NaiveDate) -> Option<Basis<'_>> {
    let (text, own) = (text(rule, body.kind, at), body.settled(rule, at));
    let articles = text.map(|text| text.articles).unwrap_or_default();
    match (own, text) {
        (Some(own), _) => Some(Basis { rule, certainty: Certainty::InternalRules, articles, internal: Some(own.article.as_str()) }),
        (None, Some(text)) => Some(Basis { rule, certainty: text.certainty, articles, internal: None }),
        (None, None) => None,
    }
}

/// The same for a rule that holds everywhere; were it not so, it would rest on nothing.
pub fn basis(rule: RuleId, body: Governed<'_>, at: NaiveDate) -> Basis<'_> {
    applicable(rule, body, at).unwrap_or(Basis { rule, certainty: Certainty::Unverified, articles: &[], internal: None })
}

/// What the rule sets: as the internal rules have it, else as its text.
fn value(rule: RuleId, body: Governed<'_>, at: NaiveDate) -> Option<&str> {
    let own = body.settled(rule, at).and_then(|own| own.value.as_deref());
    own.or_else(|| text(rule, body.kind, at).and_then(|text| text.value))
}

/// The share of the members present who may ask for something: six for a sixth.
pub fn share(rule: RuleId, body: Governed<'_>, at: NaiveDate) -> Option<u32> {
    governed::read_share(value(rule, body, at)?)
}

/// How long before the sitting something is due.
pub fn days(rule: RuleId, body: Governed<'_>, at: NaiveDate) -> Option<Days> {
    Days::read(value(rule, body, at)?)
}

/// How many proxies one holder may have: one, unless the internal rules say otherwise.
pub fn proxies_per_holder(body: Governed<'_>, at: NaiveDate) -> usize {
    let count = value(RuleId::ProxyValid, body, at).and_then(governed::whole);
    count.and_then(|count| usize::try_from(count).ok()).unwrap_or(1)
}

/// What the internal rules say of something that they allow or not; `None`: nobody has configured it. An article without a value allows it.
pub fn allows(rule: RuleId, body: Governed<'_>, at: NaiveDate) -> Option<bool> {
    body.settled(rule, at).map(|own| own.value.as_deref() != Some("no"))
}

/// Whether the represented count for the quorum.
pub fn represented_count(body: Governed<'_>, at: NaiveDate) -> bool {
    value(RuleId::QuorumItem, body, at) == Some(texts::PRESENT_OR_REPRESENTED)
}

/// When a second meeting needs no quorum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondMeetingDay {
    /// As of right, that many days after the first, no sooner and no later.
    Exactly(i64),
    /// Convened anew, that many days after it or later.
    AtLeast(i64),
}

impl SecondMeetingDay {
    pub fn fits(self, first: NaiveDate, second: NaiveDate) -> bool {
        let after = second.signed_duration_since(first).num_days();
        match self {
            Self::Exactly(days) => after == days,
            Self::AtLeast(days) => after >= days,
        }
    }
}

/// `None`: no text known to the register spares the body a quorum.
pub fn second_meeting(body: Governed<'_>, at: NaiveDate) -> Option<SecondMeetingDay> {
    let days = i64::from(days(RuleId::QuorumSecondMeeting, body, at)?.count);
    let convened_anew = matches!(body.kind, BodyKind::MunicipalCouncil | BodyKind::IntercommunalCouncil);
    Some(if convened_anew { SecondMeetingDay::AtLeast(days) } else { SecondMeetingDay::Exactly(days) })
}

/// What becomes, for the quorum, of recused members who represent the authority by law on the body concerned (L1111-6 II).
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Representatives {
    /// They stay among the members in office.
    Stay,
    Leave,
    /// Whether the text on the council holds for its permanent commission is not settled: both readings are shown.
    Unsettled,
}

pub fn representatives(body: Governed<'_>, at: NaiveDate) -> Representatives {
    match value(RuleId::QuorumRepresentatives, body, at) {
        Some(texts::LEAVE) => Representatives::Leave,
        Some(texts::UNSETTLED) => Representatives::Unsettled,
        _ => Representatives::Stay,
    }
}
