//! Money: balances and totals, imputations written two ways, check digits of beneficiaries.

use chrono::NaiveDate;

use super::made::words;
use super::profile::{self, Governed, RuleId};
use crate::record::{
    Amount, BudgetLine, BudgetTable, Computed, DeliberationRecord, Finding, FindingCode, FindingLabel, Id, Money, PrintedNumber, Severity, Subject,
    SubjectKind, luhn,
};

struct Case<'a> {
    act: &'a DeliberationRecord,
    subject: Subject,
    at: NaiveDate,
    body: Governed<'a>,
}

/// Every rule on money.
const RULES: &[fn(&Case) -> Vec<Finding>] = &[balance, table_total, granted_total, imputation, identifiers];

pub fn check(act: &DeliberationRecord, id: Id, at: NaiveDate, body: Governed<'_>) -> Vec<Finding> {
    let case = Case { act, subject: Subject { kind: SubjectKind::Deliberation, id }, at, body };
    RULES.iter().flat_map(|rule| rule(&case)).collect()
}

impl Case<'_> {
    /// The tables of the act and of its report.
    fn tables(&self) -> impl Iterator<Item = &BudgetTable> {
        self.act.budget_tables.iter().chain(self.act.report.iter().flat_map(|report| &report.budget_tables))
    }

    fn finding(&self, rule: RuleId, code: FindingCode, computed: Computed, label: FindingLabel) -> Finding {
        profile::basis(rule, self.body, self.at).finding(code, self.subject, self.at, computed, label)
    }

    fn amounts(&self, code: FindingCode, rule: RuleId, stated: i64, derived: i64, (fr, en): (&str, &str)) -> Finding {
        let (stated, derived) = (Amount::from_cents(stated), Amount::from_cents(derived));
        let label = words(format!("{fr} : {stated} imprimé, {derived} calculé"), format!("{en}: {stated} printed, {derived} computed"));
        self.finding(rule, code, Computed::Amounts { stated, derived }, label)
    }
}

fn cents(money: Option<&Money>) -> Option<i64> {
    money.and_then(Money::cents)
}

/// The sum, if every term is known and there is one.
fn sum(mut terms: impl Iterator<Item = Option<i64>>) -> Option<i64> {
    let first = terms.next()??;
    terms.try_fold(first, |sum, term| sum.checked_add(term?))
}

/// Available, less what is proposed, is the balance.
fn balance(case: &Case) -> Vec<Finding> {
    let lines = case.tables().flat_map(|table| &table.lines);
    let finding = |line: &BudgetLine| {
        let derived = cents(line.available.as_ref())?.checked_sub(cents(line.proposal.as_ref())?)?;
        let stated = cents(line.balance.as_ref())?;
        (derived != stated).then(|| case.amounts(FindingCode::MoneyBalance, RuleId::MoneyBalance, stated, derived, ("Solde", "Balance")))
    };
    lines.filter_map(finding).collect()
}

/// The total of a table is the sum of one of its columns: which one, the paper does not say.
fn table_total(case: &Case) -> Vec<Finding> {
    let columns: [fn(&BudgetLine) -> Option<&Money>; 7] = [
        |line| line.expense.as_ref(),
        |line| line.revenue.as_ref(),
        |line| line.proposal.as_ref(),
        |line| line.payment_credits.as_ref(),
        |line| line.authorisation.as_ref(),
        |line| line.available.as_ref(),
        |line| line.balance.as_ref(),
    ];
    let finding = |table: &BudgetTable| {
        let stated = cents(table.total.as_ref())?;
        let sums: Vec<i64> = columns.iter().filter_map(|column| sum(table.lines.iter().map(|line| cents(column(line))))).collect();
        let derived = *sums.first()?;
        (!sums.contains(&stated))
            .then(|| case.amounts(FindingCode::MoneyTotal, RuleId::MoneyTotalTable, stated, derived, ("Total du tableau", "Total of the table")))
    };
    case.tables().filter_map(finding).collect()
}

/// What the act spends is what its beneficiaries are granted. Only where one table and every beneficiary have amounts: several tables may
/// show one expense twice (programme and payment).
fn granted_total(case: &Case) -> Vec<Finding> {
    let spent: Vec<i64> =
        case.act.budget_tables.iter().filter_map(|table| sum(table.lines.iter().map(|line| cents(line.expense.as_ref())))).collect();
    let granted = sum(case.act.beneficiaries.iter().map(|beneficiary| cents(beneficiary.amount.as_ref())));
    match (spent.as_slice(), granted) {
        ([stated], Some(derived)) if *stated != derived => {
            let about = ("Dépense imputée, à comparer aux montants attribués", "Expense entered, against the amounts granted");
            vec![case.amounts(FindingCode::MoneyTotal, RuleId::MoneyTotalGranted, *stated, derived, about)]
        }
        _ => Vec::new(),
    }
}

/// The imputation of an operation reads the same in the act and in its report.
fn imputation(case: &Case) -> Vec<Finding> {
    let reported: Vec<&BudgetLine> = case.act.report.iter().flat_map(|report| &report.budget_tables).flat_map(|table| &table.lines).collect();
    let mut findings: Vec<Finding> = Vec::new();
    for line in case.act.budget_tables.iter().flat_map(|table| &table.lines) {
        let Some(entry) = line.budget_entry.as_deref() else { continue };
        let entries = || reported.iter().filter_map(|other| Some((other, other.budget_entry.as_deref()?)));
        // An operation may have several imputations: if one of the report is the same, all is well.
        let same_operation = |other: &BudgetLine| line.operation_code.is_some() && other.operation_code == line.operation_code;
        if entries().any(|(_, other)| other == entry) {
            continue;
        }
        let alike = entries().find(|(_, other)| parts(other) == parts(entry));
        let Some((_, other)) = alike.or_else(|| entries().find(|(other, _)| same_operation(other))) else { continue };
        let label = words(
            format!("Imputation « {entry} » dans l'acte, « {other} » dans le rapport"),
            format!("Budget entry \"{entry}\" in the act, \"{other}\" in the report"),
        );
        let computed = Computed::Texts { texts: vec![entry.to_owned(), other.to_owned()] };
        let finding = case.finding(RuleId::MoneyImputation, FindingCode::MoneyImputation, computed, label);
        // Written differently is a remark; another account is an error.
        let severity = if alike.is_some() { Severity::Information } else { Severity::Alert };
        findings.push(Finding { severity, ..finding });
    }
    findings
}

fn parts(entry: &str) -> Vec<&str> {
    entry.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect()
}

/// SIREN and SIRET of beneficiaries and parties have their length and their check digit.
fn identifiers(case: &Case) -> Vec<Finding> {
    let sirens = case.act.beneficiaries.iter().filter_map(|b| b.siren.as_ref()).map(|n| (n, "SIREN", 9));
    let beneficiaries = case.act.beneficiaries.iter().filter_map(|b| b.siret.as_ref());
    let parties = case.act.agreements.iter().flat_map(|agreement| &agreement.parties).filter_map(|party| party.siret.as_ref());
    let sirets = beneficiaries.chain(parties).map(|n| (n, "SIRET", 14));
    let mut findings: Vec<Finding> = Vec::new();
    for (number, name, length) in sirens.chain(sirets) {
        let digits = digits(number);
        // A number that is not printed is not a wrong one.
        if digits.is_empty() || valid(&digits, length) {
            continue;
        }
        let text = number.text.clone().unwrap_or(digits);
        let label = words(
            format!("{name} « {text} » : {length} chiffres avec une clé valide sont attendus"),
            format!("{name} \"{text}\": {length} digits with a valid check digit are expected"),
        );
        let computed = Computed::Texts { texts: vec![text] };
        let finding = case.finding(RuleId::MoneyIdentifier, FindingCode::MoneyIdentifier, computed, label);
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
    findings
}

fn digits(number: &PrintedNumber) -> String {
    let read = || number.text.iter().flat_map(|text| text.chars()).filter(char::is_ascii_alphanumeric).collect();
    number.digits.clone().unwrap_or_else(read)
}

fn valid(digits: &str, length: usize) -> bool {
    digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit()) && (luhn(digits) || post_office(digits))
}

/// The establishments of La Poste have numbers of their own: their digits sum to a multiple of five.
fn post_office(digits: &str) -> bool {
    digits.len() == 14 && digits.starts_with("356000000") && digits.chars().filter_map(|c| c.to_digit(10)).sum::<u32>() % 5 == 0
}
