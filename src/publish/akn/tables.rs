//! Tables of an act: its budget lines and its beneficiaries.

use super::element::Element;
use crate::publish::french::{capital, money};
use crate::record::{Beneficiary, BeneficiaryKind, BudgetLine, BudgetTable, Direction, Money};

/// A column that is made from typed fields, where no cells are printed.
type Column<T> = (&'static str, fn(&T) -> Option<String>);

fn shown(amount: Option<&Money>) -> Option<String> {
    amount.and_then(money)
}

const LINE: &[Column<BudgetLine>] = &[
    ("Code opération", |line| line.operation_code.clone()),
    ("Imputation", |line| line.budget_entry.clone()),
    ("Chapitre", |line| line.chapter.clone()),
    ("Nature", |line| line.nature.clone()),
    ("Fonction", |line| line.function.clone()),
    ("Programme", |line| line.programme.clone()),
    ("Libellé", |line| line.operation_label.clone()),
    ("Sens", |line| (line.direction != Direction::Unstated).then(|| line.direction.label().fr.to_owned())),
    ("Autorisation", |line| shown(line.authorisation.as_ref())),
    ("Crédits de paiement", |line| shown(line.payment_credits.as_ref())),
    ("Disponible", |line| shown(line.available.as_ref())),
    ("Proposition", |line| shown(line.proposal.as_ref())),
    ("Dépense", |line| shown(line.expense.as_ref())),
    ("Recette", |line| shown(line.revenue.as_ref())),
    ("Solde", |line| shown(line.balance.as_ref())),
];

const BENEFICIARY: &[Column<Beneficiary>] = &[
    ("Code", |one| one.code.clone()),
    ("Bénéficiaire", |one| Some(beneficiary(one))),
    ("SIRET", |one| one.siret.as_ref().and_then(|siret| siret.text.clone().or_else(|| siret.digits.clone()))),
    ("Objet", |one| one.object.clone()),
    ("Demandé", |one| shown(one.requested.as_ref())),
    ("Montant", |one| shown(one.amount.as_ref())),
    ("Report", |one| shown(one.carried_over.as_ref())),
];

/// As the act calls it. One whom the view hides is told by its kind.
fn beneficiary(one: &Beneficiary) -> String {
    let kind = || (one.kind == BeneficiaryKind::NaturalPerson).then(|| one.kind.label().fr.to_owned());
    one.designation.clone().or_else(|| one.name.clone()).or_else(kind).unwrap_or_default()
}

/// A table in the making: what it is called, its headings, its rows.
struct Table {
    caption: Option<String>,
    headings: Vec<String>,
    /// A heading above a row, and its cells.
    rows: Vec<(Option<String>, Vec<String>)>,
    total: Option<String>,
}

/// A budget table with its own columns, or, where it prints no cells, with those of what is known.
pub fn budget(eid: &str, table: &BudgetTable) -> Option<Element> {
    let year = table.exercise_year.as_ref().map(|year| format!("exercice {year}"));
    let caption: Vec<String> = [table.budget_name.clone(), year].into_iter().flatten().collect();
    let (headings, cells) = match table.lines.iter().any(|line| !line.cells.is_empty()) || !table.columns.is_empty() {
        true => (table.columns.clone(), table.lines.iter().map(printed_cells).collect()),
        false => typed(LINE, &table.lines),
    };
    let rows = table.lines.iter().map(|line| line.sub_heading.clone()).zip(cells).collect();
    let caption = (!caption.is_empty()).then(|| caption.join(", "));
    Table { caption, headings, rows, total: table.total.as_ref().and_then(money) }.element(eid)
}

/// A line without cells among lines that have them stands in one.
fn printed_cells(line: &BudgetLine) -> Vec<String> {
    if line.cells.is_empty() {
        return vec![LINE.iter().filter_map(|(_, of)| of(line)).collect::<Vec<_>>().join(" ; ")];
    }
    line.cells.clone()
}

/// Those who are granted something, where the act lists them: one alone is told in the article.
pub fn beneficiaries(eid: &str, all: &[&Beneficiary]) -> Option<Element> {
    let listed = all.len() > 1 || all.iter().any(|one| !one.cells.is_empty() || one.sub_heading.is_some());
    if !listed {
        return None;
    }
    let (mut headings, cells) = typed(BENEFICIARY, all.iter().copied());
    // Other cells, whose headings are not kept.
    let more = all.iter().map(|one| one.cells.len()).max().unwrap_or_default();
    headings.extend(std::iter::repeat_n(String::new(), more));
    let mut above: Option<&String> = None;
    let rows = all.iter().zip(cells).map(|(one, mut row)| {
        row.extend(one.cells.iter().cloned());
        // Said once above all that stand under it.
        let heading = one.sub_heading.as_ref().filter(|heading| above != Some(heading));
        above = one.sub_heading.as_ref();
        (heading.cloned(), row)
    });
    Table { caption: Some("Bénéficiaires".to_owned()), headings, rows: rows.collect(), total: None }.element(eid)
}

/// The columns in which something is known, and the rows.
fn typed<'a, T: 'a>(columns: &[Column<T>], rows: impl IntoIterator<Item = &'a T>) -> (Vec<String>, Vec<Vec<String>>) {
    let rows: Vec<&T> = rows.into_iter().collect();
    let known: Vec<&Column<T>> = columns.iter().filter(|(_, of)| rows.iter().any(|row| of(row).is_some())).collect();
    let cells = rows.iter().map(|row| known.iter().map(|(_, of)| of(row).unwrap_or_default()).collect()).collect();
    (known.iter().map(|(heading, _)| (*heading).to_owned()).collect(), cells)
}

impl Table {
    /// Null: there is not one row.
    fn element(self, eid: &str) -> Option<Element> {
        let width = self.rows.iter().map(|(_, cells)| cells.len()).chain([self.headings.len()]).max().unwrap_or_default().max(1);
        let across = |element, text: &str, columns: usize| cell(element, text).with("colspan", columns.to_string());
        let mut rows: Vec<Element> = Vec::new();
        if !self.headings.is_empty() {
            rows.push(row("th", &self.headings, width));
        }
        for (heading, cells) in &self.rows {
            rows.extend(heading.as_deref().map(|heading| Element::new("tr").child(across("th", heading, width))));
            match cells.as_slice() {
                [] => {}
                [one] if width > 1 => rows.push(Element::new("tr").child(across("td", one, width))),
                cells => rows.push(row("td", cells, width)),
            }
        }
        if let Some(total) = &self.total {
            let said = match width {
                1 => Element::new("tr").child(cell("td", &format!("Total : {total}"))),
                _ => Element::new("tr").child(across("th", "Total", width - 1)).child(cell("td", total)),
            };
            rows.push(said);
        }
        let caption = self.caption.map(|caption| Element::line("caption").text(&capital(&caption)));
        (!rows.is_empty()).then(|| Element::new("table").with("eId", eid).children(caption).children(rows))
    }
}

fn row(element: &'static str, cells: &[String], width: usize) -> Element {
    let missing = width.saturating_sub(cells.len());
    let texts = cells.iter().map(String::as_str).chain(std::iter::repeat_n("", missing));
    Element::new("tr").children(texts.map(|text| cell(element, text)))
}

fn cell(element: &'static str, text: &str) -> Element {
    Element::new(element).child(Element::p(text))
}
