//! How a finding is made: from a legal basis, which carries its certainty, so that no rule can claim more than its text bears.

use chrono::NaiveDate;

use super::profile::RuleId;
use crate::record::{Certainty, Computed, Count, Finding, FindingCode, FindingLabel, Severity, Subject};

/// What a rule rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basis {
    pub rule: RuleId,
    pub certainty: Certainty,
    pub articles: &'static [&'static str],
}

impl Basis {
    /// `blocking` only where the text is verified and the violation is certain.
    pub fn severity(self, violation_is_certain: bool) -> Severity {
        let text_is_verified = matches!(self.certainty, Certainty::Verified | Certainty::Verified2015);
        if text_is_verified && violation_is_certain { Severity::Blocking } else { Severity::Alert }
    }

    /// An alert; a rule that knows more says so with the struct update syntax.
    pub fn finding(self, code: FindingCode, subject: Subject, at: NaiveDate, computed: Computed, label: FindingLabel) -> Finding {
        Finding {
            code,
            subject,
            severity: Severity::Alert,
            certainty: self.certainty,
            rule: self.rule.wire(),
            legal_basis: self.articles.to_vec(),
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
