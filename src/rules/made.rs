//! How a finding is made: from a legal basis, which carries its certainty, so that no rule can claim more than its text bears.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::profile::RuleId;
use crate::record::{Certainty, Computed, Count, Finding, FindingCode, FindingLabel, Severity, Subject};

/// What a rule rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basis<'a> {
    pub rule: RuleId,
    pub certainty: Certainty,
    pub articles: &'static [&'static str],
    /// The article of the body's own internal rules that settles it.
    pub internal: Option<&'a str>,
}

impl Basis<'_> {
    /// `blocking` only where the violation is certain, and the text verified or one that the body has configured: what is left to internal
    /// rules that nobody has entered is a default of the register.
    pub fn severity(self, violation_is_certain: bool) -> Severity {
        let text_is_certain = match self.certainty {
            Certainty::Verified | Certainty::Verified2015 => true,
            Certainty::InternalRules => self.internal.is_some(),
            Certainty::Partial | Certainty::Unverified => false,
        };
        if text_is_certain && violation_is_certain { Severity::Blocking } else { Severity::Alert }
    }

    /// The article of the internal rules, where they settle it, then the texts.
    pub fn legal_basis(self) -> Vec<Cow<'static, str>> {
        let own = self.internal.map(|article| Cow::Owned(article.to_owned()));
        own.into_iter().chain(self.articles.iter().map(|article| Cow::Borrowed(*article))).collect()
    }

    /// An alert; a rule that knows more says so with the struct update syntax.
    pub fn finding(self, code: FindingCode, subject: Subject, at: NaiveDate, computed: Computed, label: FindingLabel) -> Finding {
        Finding {
            code,
            subject,
            severity: Severity::Alert,
            certainty: self.certainty,
            rule: self.rule.wire(),
            legal_basis: self.legal_basis(),
            valid_at: at,
            computed,
            decisive: None,
            label,
            waiver: None,
        }
    }
}

pub fn words(fr: impl Into<String>, en: impl Into<String>) -> FindingLabel {
    FindingLabel { fr: fr.into(), en: en.into() }
}

/// A length as a count of people; no list is longer than that.
pub fn many(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

pub fn number(count: Option<Count>) -> Option<u32> {
    count.map(Count::get)
}
