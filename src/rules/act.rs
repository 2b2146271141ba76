//! The act itself: its dates, its number; by what right it was taken and signed is in `delegations`.

use chrono::NaiveDate;

use super::delegations;
use super::made::words;
use super::profile::{self, Governed, RuleId};
use crate::record::{
    Answer, Computed, DeliberationRecord, Finding, FindingCode, FindingLabel, Id, NumberKind, Origin, Recital, ReferenceKind, SittingRecord, Subject,
    SubjectKind,
};

pub(super) struct Case<'a> {
    pub act: &'a DeliberationRecord,
    subject: Subject,
    pub sitting: &'a SittingRecord,
    pub body: Governed<'a>,
}

impl Case<'_> {
    pub fn finding(&self, rule: RuleId, code: FindingCode, computed: Computed, label: FindingLabel) -> Finding {
        profile::basis(rule, self.body, self.sitting.date).finding(code, self.subject, self.sitting.date, computed, label)
    }
}

/// Every rule on the act itself.
const RULES: &[fn(&Case) -> Vec<Finding>] = &[dates_missing, dates_order, delegations::signature, identifier, delegations::competence];

pub fn check(act: &DeliberationRecord, id: Id, sitting: &SittingRecord, body: Governed<'_>) -> Vec<Finding> {
    let case = Case { act, subject: Subject { kind: SubjectKind::Deliberation, id }, sitting, body };
    RULES.iter().flat_map(|rule| rule(&case)).collect()
}

/// Without transmission and publication nothing shows that the act is enforceable.
fn dates_missing(case: &Case) -> Vec<Finding> {
    let stamps = &case.act.stamps;
    let transmitted = stamps.iter().any(|stamp| stamp.sent.is_some() || stamp.received.is_some());
    let made_known = stamps.iter().any(|stamp| stamp.posted.is_some() || stamp.notified.is_some());
    let facts =
        [("transmitted_on", "transmission", !transmitted && case.act.transmissible != Answer::No), ("published_on", "publication", !made_known)];
    let (missing, names): (Vec<&str>, Vec<&str>) = facts.iter().filter(|(.., absent)| *absent).map(|(fact, name, _)| (*fact, *name)).unzip();
    // An act recorded live is not there yet; one transcribed from paper should bear its dates.
    if missing.is_empty() || case.act.origin != Origin::Transcribed {
        return Vec::new();
    }
    let names = names.join(", ");
    let label = words(format!("Dates absentes : {names}"), format!("Dates missing: {names}"));
    vec![case.finding(RuleId::ActDatesMissing, FindingCode::ActDates, Computed::Missing { missing }, label)]
}

/// Opinion, sitting, signature and transmission come in that order.
fn dates_order(case: &Case) -> Vec<Finding> {
    let sitting = case.sitting.date;
    let last_day = case.sitting.end_date.unwrap_or(sitting);
    let opinions = case.act.report.iter().flat_map(|report| &report.opinions).filter_map(|opinion| opinion.meeting_date);
    let cited = flat(&case.act.recitals).into_iter().filter_map(|recital| recital.reference.as_ref());
    let cited = cited.filter(|reference| reference.kind == ReferenceKind::CommissionOpinion).filter_map(|reference| reference.date);
    let sent = case.act.stamps.iter().flat_map(|stamp| [&stamp.sent, &stamp.received]).flatten().filter_map(|printed| printed.date);
    let signed = case.act.signatures.iter().filter_map(|signature| signature.date);

    let late = opinions.chain(cited).find(|date| *date > last_day);
    let early_signature = signed.min().filter(|date| *date < sitting);
    let early_sending = sent.min().filter(|date| *date < sitting);
    let wrong: [(RuleId, Option<NaiveDate>, &str, &str); 3] = [
        (RuleId::ActDatesOpinion, late, "avis de la commission postérieur à la séance", "opinion of the committee after the sitting"),
        (RuleId::ActDatesSignature, early_signature, "signature antérieure à la séance", "signature before the sitting"),
        (RuleId::ActDatesTransmission, early_sending, "transmission antérieure à la séance", "transmission before the sitting"),
    ];
    let finding = |(rule, date, fr, en): (RuleId, Option<NaiveDate>, &str, &str)| {
        let date = date?;
        let label = words(
            format!("Dates incohérentes : {fr} ({date}, séance du {sitting})"),
            format!("Dates do not follow: {en} ({date}, sitting of {sitting})"),
        );
        let computed = Computed::Texts { texts: vec![date.to_string(), sitting.to_string()] };
        Some(case.finding(rule, FindingCode::ActDates, computed, label))
    };
    wrong.into_iter().filter_map(finding).collect()
}

/// The number under which the act is sent: capitals, digits and low lines only.
fn identifier(case: &Case) -> Vec<Finding> {
    let of_kind = |kind| case.act.numbers.iter().find(|number| number.kind == kind);
    let Some(number) = of_kind(NumberKind::Actes).or_else(|| of_kind(NumberKind::Act)) else { return Vec::new() };
    let allowed = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    if (2..=15).contains(&number.value.len()) && number.value.chars().all(allowed) {
        return Vec::new();
    }
    let upper = number.value.to_ascii_uppercase();
    let proposed: String = upper.chars().map(|c| if allowed(c) { c } else { '_' }).take(15).collect();
    let label = words(
        format!("Le numéro « {} » n'est pas admis par @CTES ; par exemple {proposed}", number.value),
        format!("The number \"{}\" is not accepted by @CTES; {proposed} would be", number.value),
    );
    let computed = Computed::Texts { texts: vec![number.value.clone(), proposed] };
    vec![case.finding(RuleId::ActIdentifier, FindingCode::ActIdentifier, computed, label)]
}

/// The recitals and those under them.
pub(super) fn flat(recitals: &[Recital]) -> Vec<&Recital> {
    recitals.iter().flat_map(|recital| std::iter::once(recital).chain(flat(&recital.children))).collect()
}
