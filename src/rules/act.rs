//! The act itself: its number, its dates, who signed it, by which powers the body decided.

use super::finding::Rule;
use super::profile;
use crate::record::{
    BodyKind, Certainty, Computed, DeliberationRecord, Finding, FindingCode, Origin, Recital, ReferenceKind, Severity, Signature, SittingRecord,
    Subject, fold,
};

pub(super) fn check(act: &DeliberationRecord, subject: Subject, sitting: &SittingRecord, body: BodyKind) -> Vec<Finding> {
    let at = At { act, subject, sitting };
    [at.identifier(), at.missing_dates(), at.contrary_dates(), at.signature(), at.competence(body)].into_iter().flatten().collect()
}

struct At<'a> {
    act: &'a DeliberationRecord,
    subject: Subject,
    sitting: &'a SittingRecord,
}

impl At<'_> {
    fn finding(&self, rule: Rule, computed: Computed, fr: &str, en: &str) -> Finding {
        rule.finding(self.subject, self.sitting.date, computed, fr.to_owned(), en.to_owned())
    }

    /// The number as @CTES takes it: 2 to 15 capitals, digits and underscores.
    fn identifier(&self) -> Option<Finding> {
        let number = self.act.number()?;
        let allowed = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
        if (2..=15).contains(&number.len()) && number.bytes().all(allowed) {
            return None;
        }
        let sent: String = number.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect();
        let rule = Rule {
            code: FindingCode::ActIdentifier,
            name: "act.actes_number",
            severity: Severity::Alert,
            certainty: Certainty::Verified,
            legal_basis: vec!["actesv1_1.xsd, IDActe"],
        };
        let (fr, en) = (
            format!("@CTES n'admet pas le numéro « {number} » tel quel ; « {sent} » peut être transmis."),
            format!("@CTES does not take the number “{number}” as it stands; “{sent}” can be sent."),
        );
        Some(self.finding(rule, Computed::Texts { texts: vec![number.to_owned(), sent] }, &fr, &en))
    }

    fn dates(severity: Severity) -> Rule {
        Rule {
            code: FindingCode::ActDates,
            name: "act.dates",
            severity,
            certainty: Certainty::Verified,
            legal_basis: vec!["CGCT L3131-1", "CGCT L3132-1"],
        }
    }

    /// A printed act says when it was sent and published. One recorded live has that before it.
    fn missing_dates(&self) -> Option<Finding> {
        let stamps = &self.act.stamps;
        let sent = stamps.iter().any(|s| s.sent.is_some() || s.received.is_some());
        let published = stamps.iter().any(|s| s.posted.is_some() || s.notified.is_some());
        let missing: Vec<&'static str> =
            [(sent, "transmission"), (published, "publication")].into_iter().filter(|(there, _)| !there).map(|(_, n)| n).collect();
        if self.act.origin != Origin::Transcribed || missing.is_empty() {
            return None;
        }
        let (fr, en) =
            ("L'acte ne porte pas ses dates de transmission ou de publication.", "The act does not bear its dates of transmission or publication.");
        Some(self.finding(Self::dates(Severity::Alert), Computed::Missing { missing }, fr, en))
    }

    /// Signed on or after the day of the sitting; a committee's opinion comes before it.
    fn contrary_dates(&self) -> Option<Finding> {
        let signed = self.act.signatures.iter().filter_map(|s| s.date).filter(|d| *d < self.sitting.date);
        let opinions = self.act.report.iter().flat_map(|r| &r.opinions).filter_map(|o| o.meeting_date).filter(|d| *d > self.sitting.date);
        let texts: Vec<String> = signed.map(|d| format!("signature {d}")).chain(opinions.map(|d| format!("opinion {d}"))).collect();
        if texts.is_empty() {
            return None;
        }
        let (fr, en) = ("Des dates de l'acte contredisent celle de la séance.", "Dates of the act contradict that of the sitting.");
        Some(self.finding(Self::dates(Severity::Alert), Computed::Texts { texts }, fr, en))
    }

    /// Who signs for the authority signs by a delegation, which the act should cite.
    fn signature(&self) -> Option<Finding> {
        let for_another = |s: &&Signature| {
            let formula = s.formula.as_deref().map(fold).unwrap_or_default();
            let same = s.authority.as_ref().and_then(|a| a.family_name.as_deref()).map(fold)
                == s.signatory.as_ref().and_then(|p| p.family_name.as_deref()).map(fold);
            formula.starts_with("pour ") && !same
        };
        let signature = self.act.signatures.iter().find(for_another)?;
        let cites = |r: &Recital| {
            let text = fold(&r.text);
            text.contains("delegation") && text.contains("signature")
        };
        if anywhere(&self.act.recitals, &cites) {
            return None;
        }
        let rule = Rule {
            code: FindingCode::ActSignatureDelegation,
            name: "act.signature",
            severity: Severity::Alert,
            certainty: Certainty::Verified,
            legal_basis: vec!["CGCT L3221-3", "CE 8 novembre 2017, n° 406876"],
        };
        let texts = [&signature.formula, &signature.title].into_iter().flatten().cloned().collect();
        let (fr, en) = (
            "L'acte est signé par délégation, et ne cite aucune délégation de signature.",
            "The act is signed by delegation, and cites no delegation of signature.",
        );
        Some(self.finding(rule, Computed::Texts { texts }, fr, en))
    }

    /// A permanent commission decides by powers delegated to it: the act cites the deliberation that did so.
    fn competence(&self, body: BodyKind) -> Option<Finding> {
        let cites = |r: &Recital| {
            let deliberation = r.reference.as_ref().is_some_and(|f| f.kind == ReferenceKind::Deliberation);
            deliberation && fold(&r.text).contains("delegation")
        };
        if !profile::has_delegated_powers(body) || anywhere(&self.act.recitals, &cites) {
            return None;
        }
        let rule = Rule {
            code: FindingCode::ActCompetenceUnverified,
            name: "act.competence",
            severity: Severity::Alert,
            certainty: Certainty::Verified,
            legal_basis: vec!["CGCT L3211-2"],
        };
        let (fr, en) = (
            "L'acte ne cite pas la délibération qui délègue ces attributions à la commission permanente.",
            "The act does not cite the deliberation that delegates these powers to the permanent commission.",
        );
        Some(self.finding(rule, Computed::Missing { missing: vec!["delegation"] }, fr, en))
    }
}

/// Whether a recital, or one within another, is such.
fn anywhere(recitals: &[Recital], is: &impl Fn(&Recital) -> bool) -> bool {
    recitals.iter().any(|r| is(r) || anywhere(&r.children, is))
}
