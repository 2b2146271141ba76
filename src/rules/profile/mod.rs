//! Legal profiles: which text governs what, for each kind of body and at each date, with the certainty that the project's page on the law
//! gives it (`law-and-standards.md`). What that page marks as unread is `unverified` here, however well known it is.
//!
//! `texts` holds them as data, once: findings take their legal basis from it and `GET /v1/legal-profiles` shows it.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

mod rule;
mod texts;

pub use self::rule::{RuleId, RuleLayer};
use self::texts::{TOPICS, Text};
use super::made::Basis;
use crate::record::{BodyKind, Certainty, FindingLabel, Label};

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
    #[schema(value_type = Vec<String>)]
    pub articles: Vec<&'static str>,
    pub certainty: Certainty,
    pub layer: RuleLayer,
    /// First and last day; null: no bound known to the register.
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    /// What the text sets, where it is a figure or one of a few words: "1", "1/6", "present_or_represented".
    #[schema(value_type = Option<String>)]
    pub value: Option<&'static str>,
}

/// Every profile, one per kind of body.
pub fn profiles() -> Vec<LegalProfile> {
    let rules = |body: BodyKind| {
        let of_topic = |topic: &'static texts::Topic| {
            let texts = topic.texts.iter().filter(move |text| text.bodies.contains(&body));
            texts.flat_map(|text| topic.rules.iter().map(move |id| text.rule(*id)))
        };
        let mut rules: Vec<LegalRule> = TOPICS.iter().flat_map(of_topic).collect();
        rules.sort_by_key(|rule| (rule.id, rule.valid_from));
        rules
    };
    texts::ALL.iter().map(|body| LegalProfile { body: *body, label: body.label(), rules: rules(*body) }).collect()
}

impl Text {
    fn rule(&self, id: RuleId) -> LegalRule {
        // A text that nobody on this project has read is not put as the law.
        let (fr, en) = if self.certainty == Certainty::Unverified { ("À vérifier : ", "To be verified: ") } else { ("", "") };
        LegalRule {
            id,
            label: id.label(),
            text: FindingLabel { fr: format!("{fr}{}", self.says.fr), en: format!("{en}{}", self.says.en) },
            articles: self.articles.to_vec(),
            certainty: self.certainty,
            layer: if self.certainty == Certainty::InternalRules { RuleLayer::InternalRules } else { RuleLayer::Statute },
            valid_from: self.from,
            valid_to: self.to,
            value: self.value,
        }
    }

    fn holds(&self, body: BodyKind, at: NaiveDate) -> bool {
        self.bodies.contains(&body) && self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at <= to)
    }
}

fn text(rule: RuleId, body: BodyKind, at: NaiveDate) -> Option<&'static Text> {
    let topic = TOPICS.iter().find(|topic| topic.rules.contains(&rule))?;
    topic.texts.iter().find(|text| text.holds(body, at))
}

/// What a rule rests on; `None`: it does not apply to the body on that date.
pub fn applicable(rule: RuleId, body: BodyKind, at: NaiveDate) -> Option<Basis> {
    text(rule, body, at).map(|text| Basis { rule, certainty: text.certainty, articles: text.articles })
}

/// The same for a rule that holds everywhere; were it not so, it would rest on nothing.
pub fn basis(rule: RuleId, body: BodyKind, at: NaiveDate) -> Basis {
    applicable(rule, body, at).unwrap_or(Basis { rule, certainty: Certainty::Unverified, articles: &[] })
}

/// The share of the members present who may ask for something: six for a sixth.
pub fn share(rule: RuleId, body: BodyKind, at: NaiveDate) -> Option<u32> {
    text(rule, body, at)?.value?.strip_prefix("1/")?.parse().ok()
}

/// Whether the represented count for the quorum.
pub fn represented_count(body: BodyKind, at: NaiveDate) -> bool {
    text(RuleId::QuorumItem, body, at).is_some_and(|text| text.value == Some(texts::PRESENT_OR_REPRESENTED))
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

pub fn representatives(body: BodyKind, at: NaiveDate) -> Representatives {
    match text(RuleId::QuorumRepresentatives, body, at).and_then(|text| text.value) {
        Some(texts::LEAVE) => Representatives::Leave,
        Some(texts::UNSETTLED) => Representatives::Unsettled,
        _ => Representatives::Stay,
    }
}
