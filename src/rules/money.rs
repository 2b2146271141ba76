//! Money: balances follow, totals add up, imputations agree, SIREN and SIRET check.

use chrono::NaiveDate;

use super::finding::Rule;
use crate::record::{
    Amount, BudgetLine, BudgetTable, Certainty, Computed, DeliberationRecord, Finding, FindingCode, Label, Money, PrintedNumber, Severity, Subject,
    luhn,
};

pub(super) fn check(act: &DeliberationRecord, subject: Subject, on: NaiveDate) -> Vec<Finding> {
    let of_report: Vec<&BudgetTable> = act.report.iter().flat_map(|r| &r.budget_tables).collect();
    let mut wrong = Vec::new();
    for table in act.budget_tables.iter().chain(of_report.iter().copied()) {
        wrong.extend(table.lines.iter().filter_map(balance));
        wrong.extend(total(table));
    }
    wrong.extend(grants(act));
    let mut findings: Vec<Finding> = wrong.into_iter().filter_map(|sum| sum.finding(subject, on)).collect();
    findings.extend(imputations(act, &of_report, subject, on));
    findings.extend(identifiers(act, subject, on));
    findings
}

/// Arithmetic and check digits need no article.
fn rule(code: FindingCode, name: &'static str, severity: Severity) -> Rule {
    Rule { code, name, severity, certainty: Certainty::Verified, legal_basis: Vec::new() }
}

fn cents(money: Option<&Money>) -> Option<i64> {
    money.and_then(Money::cents)
}

/// Two amounts, in cents, that should be one.
struct Sum {
    code: FindingCode,
    name: &'static str,
    words: Label,
    stated: i64,
    derived: i64,
}

impl Sum {
    fn finding(self, subject: Subject, on: NaiveDate) -> Option<Finding> {
        if self.stated == self.derived {
            return None;
        }
        let (stated, derived) = (Amount::from_cents(self.stated), Amount::from_cents(self.derived));
        let fr = format!("{} : {stated} imprimé, {derived} calculé.", self.words.fr);
        let en = format!("{}: {stated} printed, {derived} computed.", self.words.en);
        Some(rule(self.code, self.name, Severity::Alert).finding(subject, on, Computed::Amounts { stated, derived }, fr, en))
    }
}

/// Available − proposal = balance.
fn balance(line: &BudgetLine) -> Option<Sum> {
    let derived = cents(line.available.as_ref())?.checked_sub(cents(line.proposal.as_ref())?)?;
    let words = Label { fr: "Solde inexact", en: "Wrong balance" };
    Some(Sum { code: FindingCode::MoneyBalance, name: "money.balance", words, stated: cents(line.balance.as_ref())?, derived })
}

/// Every amount is known: their sum.
fn known_sum(amounts: impl Iterator<Item = Option<i64>>) -> Option<i64> {
    let all: Option<Vec<i64>> = amounts.collect();
    all.filter(|a| !a.is_empty())?.into_iter().try_fold(0i64, i64::checked_add)
}

/// The total of a table is the sum of its expenses, where each is known.
fn total(table: &BudgetTable) -> Option<Sum> {
    let derived = known_sum(table.lines.iter().map(|l| cents(l.expense.as_ref())))?;
    let words = Label { fr: "Total inexact", en: "Wrong total" };
    Some(Sum { code: FindingCode::MoneyTotal, name: "money.table_total", words, stated: cents(table.total.as_ref())?, derived })
}

/// What is granted is what is charged, where every amount of both is known.
fn grants(act: &DeliberationRecord) -> Option<Sum> {
    let stated = known_sum(act.beneficiaries.iter().map(|b| cents(b.amount.as_ref())))?;
    let derived = known_sum(act.budget_tables.iter().flat_map(|t| &t.lines).map(|l| cents(l.expense.as_ref())))?;
    let words = Label { fr: "Montants attribués et imputés différents", en: "Granted and charged differ" };
    Some(Sum { code: FindingCode::MoneyTotal, name: "money.grants", words, stated, derived })
}

/// The same operation has the same imputation in the act and in its report, to the letter.
fn imputations(act: &DeliberationRecord, of_report: &[&BudgetTable], subject: Subject, on: NaiveDate) -> Vec<Finding> {
    let lines = act.budget_tables.iter().flat_map(|t| &t.lines);
    lines
        .filter_map(|line| {
            let (operation, printed) = (line.operation_code.as_ref()?, line.budget_entry.as_ref()?);
            let same = |l: &&BudgetLine| l.operation_code.as_ref() == Some(operation);
            let other = of_report.iter().flat_map(|t| &t.lines).find(same)?.budget_entry.as_ref()?;
            if other == printed {
                return None;
            }
            let (fr, en) = (
                format!("Imputation « {printed} » dans l'acte, « {other} » dans le rapport."),
                format!("Budget entry “{printed}” in the act, “{other}” in the report."),
            );
            let computed = Computed::Texts { texts: vec![printed.clone(), other.clone()] };
            Some(rule(FindingCode::MoneyImputation, "money.imputation", Severity::Information).finding(subject, on, computed, fr, en))
        })
        .collect()
}

/// SIREN: nine digits, SIRET: fourteen; the last one checks the others.
fn identifiers(act: &DeliberationRecord, subject: Subject, on: NaiveDate) -> Vec<Finding> {
    let beneficiaries = act.beneficiaries.iter().flat_map(|b| [(b.siret.as_ref(), 14), (b.siren.as_ref(), 9)]);
    let parties = act.agreements.iter().flat_map(|a| &a.parties).map(|p| (p.siret.as_ref(), 14));
    let mut wrong: Vec<String> = beneficiaries.chain(parties).filter_map(|(number, length)| wrong_number(number?, length)).collect();
    wrong.sort();
    wrong.dedup();
    wrong
        .into_iter()
        .map(|text| {
            let (fr, en) = (format!("« {text} » n'est pas un SIREN ou SIRET valide."), format!("“{text}” is no valid SIREN or SIRET."));
            rule(FindingCode::MoneyIdentifier, "money.identifier", Severity::Alert).finding(
                subject,
                on,
                Computed::Texts { texts: vec![text] },
                fr,
                en,
            )
        })
        .collect()
}

fn wrong_number(number: &PrintedNumber, length: usize) -> Option<String> {
    let digits = number.digits.as_ref()?;
    let holds = digits.len() == length && luhn(digits);
    (!holds).then(|| number.text.clone().unwrap_or_else(|| digits.clone()))
}
