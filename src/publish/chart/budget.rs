//! What an act costs or brings in: an amount for each beneficiary, or for each line of a budget table. Typed amounts only; sums are exact.

use super::super::drawing::{BLUE, Ink, MARGIN, SMALL, Setting, Sheet, Texture};
use super::super::french;
use super::super::paper::{Row, Table};
use super::column;
use crate::record::{Amount, Beneficiary, BeneficiaryKind, BudgetLine, BudgetTable, DeliberationRecord, Id, Money};

/// Amounts that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    pub act: Id,
    /// Place among those of the act, from 1.
    pub place: usize,
    pub title: String,
    /// In printed order.
    pub lines: Vec<Line>,
    /// None: an amount is not typed or in another currency, or there is a single one. No sum is told then.
    pub sum: Option<Amount>,
    /// ISO 4217; none: not stated.
    pub currency: Option<String>,
    pub notes: Vec<String>,
}

/// One amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub label: String,
    pub amount: Amount,
}

/// A column of amounts and what it is called.
type Read = (&'static str, fn(&BudgetLine) -> Option<&Money>);

/// What is decided, first; where a table has neither, what it has.
const DECIDED: [Read; 2] = [("Dépenses", |line| line.expense.as_ref()), ("Recettes", |line| line.revenue.as_ref())];
const OTHERS: [Read; 3] = [
    ("Montants proposés", |line| line.proposal.as_ref()),
    ("Crédits de paiement", |line| line.payment_credits.as_ref()),
    ("Autorisations de programme ou d'engagement", |line| line.authorisation.as_ref()),
];

/// The charts of an act: its beneficiaries, then its budget tables, as far as amounts are typed.
pub fn budgets(act: &DeliberationRecord, id: Id) -> Vec<Budget> {
    let mut all = Vec::new();
    let mut add = |title: String, amounts: Vec<(String, &Money)>| {
        all.extend(gather(id, all.len() + 1, title, amounts));
    };
    let twice = |name: &str| act.beneficiaries.iter().filter(|other| beneficiary(other) == name).count() > 1;
    let granted = act.beneficiaries.iter().filter_map(|b| {
        let name = beneficiary(b);
        // Named twice, for two objects.
        let object = b.object.as_deref().filter(|_| twice(&name)).map(|object| format!(" – {}", object.trim())).unwrap_or_default();
        Some((format!("{name}{object}"), b.amount.as_ref()?))
    });
    add("Montants attribués".to_owned(), granted.collect());
    for table in &act.budget_tables {
        let column = |(what, read): &Read| {
            let amounts: Vec<(String, &Money)> = table.lines.iter().filter_map(|line| Some((imputed(line), read(line)?))).collect();
            let typed = amounts.iter().any(|(_, money)| money.amount.is_some());
            typed.then(|| (heading(what, table), amounts))
        };
        let decided: Vec<_> = DECIDED.iter().filter_map(column).collect();
        let shown = if decided.is_empty() { OTHERS.iter().find_map(column).into_iter().collect() } else { decided };
        for (title, amounts) in shown {
            add(title, amounts);
        }
    }
    all
}

/// None: no amount is typed.
fn gather(act: Id, place: usize, title: String, amounts: Vec<(String, &Money)>) -> Option<Budget> {
    let currency = amounts.iter().find(|(_, money)| money.amount.is_some())?.1.currency.clone();
    let (mut lines, mut left_out) = (Vec::new(), Vec::new());
    for (label, money) in amounts {
        match money.amount {
            Some(amount) if money.currency == currency => lines.push(Line { label, amount }),
            Some(amount) => left_out.push(format!("{label} : {}", french::amount(amount, money.currency.as_deref()))),
            None => left_out.push(format!("{label} : {}", money.text.as_deref().unwrap_or("montant inconnu").trim())),
        }
    }
    let whole = left_out.is_empty() && lines.len() > 1;
    let sum = lines.iter().try_fold(0i64, |sum, line| sum.checked_add(line.amount.cents())).filter(|_| whole).map(Amount::from_cents);
    let notes = if left_out.is_empty() { Vec::new() } else { vec![format!("Ni dessinés ni additionnés : {}.", left_out.join(" ; "))] };
    Some(Budget { act, place, title, lines, sum, currency, notes })
}

/// A name as the view shows it: the public is not told who a natural person is.
fn beneficiary(beneficiary: &Beneficiary) -> String {
    let name = beneficiary.name.as_deref().or(beneficiary.designation.as_deref()).filter(|name| !name.trim().is_empty());
    let unnamed = if beneficiary.kind == BeneficiaryKind::NaturalPerson { "Personne physique" } else { "Bénéficiaire non nommé" };
    name.unwrap_or(unnamed).trim().to_owned()
}

fn heading(what: &str, table: &BudgetTable) -> String {
    let parts = [Some(what), table.budget_name.as_deref(), table.exercise_year.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" – ")
}

/// "C01-650A01 Mission ESS", else the imputation, else the first words of the line.
fn imputed(line: &BudgetLine) -> String {
    let said = |texts: &[Option<&str>]| texts.iter().copied().flatten().map(str::trim).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    let operation = said(&[line.operation_code.as_deref(), line.operation_label.as_deref()]);
    let wordy = |cell: &&str| cell.chars().any(char::is_alphabetic);
    let cells = || said(&[line.cells.first().map(String::as_str), line.cells.get(1).map(String::as_str).filter(wordy)]);
    let entry = || line.budget_entry.clone().unwrap_or_else(cells);
    let label = if operation.is_empty() { entry() } else { operation };
    if label.trim().is_empty() { "Ligne sans libellé".to_owned() } else { label.trim().to_owned() }
}

impl Budget {
    fn text(&self, amount: Amount) -> String {
        french::amount(amount, self.currency.as_deref())
    }

    pub fn table(&self) -> Table {
        let columns = vec![column("", false), column("Montant", true)];
        let mut rows: Vec<Row> = self.lines.iter().map(|line| Row::Cells(vec![line.label.clone(), self.text(line.amount)])).collect();
        rows.extend(self.sum.map(|sum| Row::Total(vec!["Total".to_owned(), self.text(sum)])));
        rows.extend(self.notes.iter().cloned().map(Row::Across));
        Table { caption: self.title.clone(), caption_shown: true, columns, rows }
    }

    pub fn svg(&self, setting: Setting) -> String {
        let said = self.lines.iter().map(|line| format!("{} : {}.", line.label, self.text(line.amount)));
        let total = self.sum.map(|sum| format!("Total : {}.", self.text(sum)));
        let description = said.chain(total.clone()).chain(self.notes.iter().cloned()).collect::<Vec<_>>().join(" ");
        let mut sheet = Sheet::new(format!("budget-{}-{}", self.act, self.place), self.title.clone(), description);
        sheet.height = MARGIN - 4.0;
        let cents = || self.lines.iter().map(|line| line.amount.cents());
        let (most, least) = (cents().max().unwrap_or(0).max(0), cents().min().unwrap_or(0).min(0));
        let range = most.saturating_sub(least).max(1);
        for line in &self.lines {
            sheet.line(&line.label, &self.text(line.amount));
            let less = line.amount.cents() < 0;
            let ink = if less {
                Ink { name: "less", colour: BLUE, texture: Texture::Hatched }
            } else {
                Ink { name: "amount", colour: BLUE, texture: Texture::Solid }
            };
            sheet.bar_from(part(least.saturating_neg(), range), &[(ink, part(line.amount.cents(), range))]);
            sheet.down(5.0);
        }
        if let Some(total) = total {
            sheet.paragraph(MARGIN, SMALL, &total);
        }
        sheet.notes(&self.notes);
        sheet.finish(setting)
    }
}

/// A part of a whole, to a ten-thousandth, and never nothing for something: for drawing only.
fn part(cents: i64, whole: i64) -> f64 {
    let parts = i128::from(cents) * 10_000 / i128::from(whole);
    let parts = if parts == 0 { i128::from(cents.signum()) } else { parts };
    f64::from(i32::try_from(parts).unwrap_or(0)) / 10_000.0
}
