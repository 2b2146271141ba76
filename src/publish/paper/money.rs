//! Tables of money: budget lines under the act's own columns, beneficiaries.

use super::words::money;
use super::{Block, Column, Content, Role, Row, Table};
use crate::record::{Article, Beneficiary, BudgetLine, BudgetTable, Count, fold};

/// A column of a table whose own headings are not recorded, and its value in a line.
type Typed = (&'static str, bool, fn(&BudgetLine) -> Option<String>);

const TYPED: [Typed; 14] = [
    ("Code Opération", false, |line| line.operation_code.clone()),
    ("Programme", false, |line| line.programme.clone()),
    ("Imputation budgétaire", false, |line| line.budget_entry.clone()),
    ("Chapitre", false, |line| line.chapter.clone()),
    ("Nature", false, |line| line.nature.clone()),
    ("Fonction", false, |line| line.function.clone()),
    ("Libellé Opération", false, |line| line.operation_label.clone()),
    ("AP/AE €", true, |line| line.authorisation.as_ref().and_then(money)),
    ("CP €", true, |line| line.payment_credits.as_ref().and_then(money)),
    ("Disponible €", true, |line| line.available.as_ref().and_then(money)),
    ("Proposition €", true, |line| line.proposal.as_ref().and_then(money)),
    ("Dépense €", true, |line| line.expense.as_ref().and_then(money)),
    ("Recette €", true, |line| line.revenue.as_ref().and_then(money)),
    ("Solde €", true, |line| line.balance.as_ref().and_then(money)),
];

/// The budget tables that an article introduces; those of no article for `None`.
pub(super) fn budget(tables: &[BudgetTable], article: Option<Count>) -> Vec<Block> {
    tables.iter().filter(|table| table.introduced_by_article == article).filter_map(budget_table).map(block).collect()
}

fn block(table: Table) -> Block {
    Block { role: Role::Money, content: Content::Table(table) }
}

/// An imputation in a sentence has neither columns nor cells: the article says it, and it is not printed twice.
fn budget_table(table: &BudgetTable) -> Option<Table> {
    let with_cells = table.lines.iter().any(|line| !line.cells.is_empty());
    let (columns, cells): (Vec<Column>, Vec<Vec<String>>) = if with_cells {
        let width = table.lines.iter().map(|line| line.cells.len()).chain([table.columns.len()]).max().unwrap_or_default();
        let cells: Vec<Vec<String>> = table.lines.iter().map(|line| padded(&line.cells, width)).collect();
        let headings = padded(&table.columns, width);
        (headings.into_iter().enumerate().map(|(place, heading)| Column { heading, numeric: figures(&cells, place) }).collect(), cells)
    } else if table.columns.is_empty() && table.lines.iter().all(|line| line.sub_heading.is_none()) && in_a_sentence(table) {
        return None;
    } else {
        let used: Vec<&Typed> = TYPED.iter().filter(|(_, _, value)| table.lines.iter().any(|line| value(line).is_some())).collect();
        let cells = table.lines.iter().map(|line| used.iter().map(|(_, _, value)| value(line).unwrap_or_default()).collect()).collect();
        (used.iter().map(|(heading, numeric, _)| Column { heading: (*heading).to_owned(), numeric: *numeric }).collect(), cells)
    };
    if columns.is_empty() {
        return None;
    }
    let mut rows = Vec::new();
    for (line, cells) in table.lines.iter().zip(cells) {
        rows.extend(line.sub_heading.clone().map(Row::Across));
        rows.push(Row::Cells(cells));
    }
    if let Some(total) = table.total.as_ref().and_then(money) {
        let mut cells = vec![String::new(); columns.len()];
        if let Some(first) = cells.first_mut() {
            "Total".clone_into(first);
        }
        if let Some(last) = cells.last_mut() {
            *last = if columns.len() == 1 { format!("Total : {total}") } else { total };
        }
        rows.push(Row::Total(cells));
    }
    let about: Vec<&str> = [table.budget_name.as_deref(), table.exercise_year.as_deref()].into_iter().flatten().collect();
    let caption = if about.is_empty() { "Imputation budgétaire".to_owned() } else { format!("Imputation budgétaire : {}", about.join(", ")) };
    Some(Table { caption, caption_shown: !about.is_empty(), columns, rows })
}

/// One line at most that names an imputation and nothing else to compare: acts print it in the article.
fn in_a_sentence(table: &BudgetTable) -> bool {
    let amounts = |line: &BudgetLine| TYPED.iter().filter(|(_, numeric, value)| *numeric && value(line).is_some()).count();
    table.lines.len() < 2 && table.lines.iter().all(|line| line.operation_code.is_none() && amounts(line) < 2)
}

fn padded(cells: &[String], width: usize) -> Vec<String> {
    cells.iter().cloned().chain(std::iter::repeat(String::new())).take(width).collect()
}

/// Whether every cell of a column is a figure.
fn figures(rows: &[Vec<String>], place: usize) -> bool {
    let cells = || rows.iter().filter_map(|row| row.get(place)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let figure = |cell: &str| {
        let rest = cell.trim_end_matches("EUR").trim_end_matches(['€', '%']).trim();
        rest.contains(|c: char| c.is_ascii_digit()) && rest.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || ",.+-()".contains(c))
    };
    // A code may be all digits: a column of sums has decimals or a currency somewhere.
    cells().next().is_some() && cells().all(figure) && cells().any(|cell| cell.contains([',', '.', '€']) || cell.contains("EUR"))
}

/// The beneficiaries that an article grants something, as a table; those whom its text names already are not printed twice.
pub(super) fn beneficiaries(all: &[Beneficiary], article: Option<Count>, text: &str) -> Vec<Block> {
    let here: Vec<&Beneficiary> = all.iter().filter(|b| b.article == article).collect();
    let told = |b: &&Beneficiary| b.name.as_deref().or(b.designation.as_deref()).is_some_and(|name| fold(text).contains(&fold(name)));
    if here.is_empty() || here.iter().all(told) {
        return Vec::new();
    }
    vec![block(granted(&here))]
}

type Granted = (&'static str, bool, fn(&Beneficiary) -> Option<String>);

const GRANTED: [Granted; 7] = [
    ("Code", false, |b| b.code.clone()),
    ("Bénéficiaire", false, |b| {
        b.designation
            .clone()
            .or_else(|| b.name.clone())
            .or_else(|| (b.kind == crate::record::BeneficiaryKind::NaturalPerson).then(|| "Personne physique".to_owned()))
    }),
    ("SIRET", false, |b| b.siret.as_ref().and_then(|siret| siret.text.clone().or_else(|| siret.digits.clone()))),
    ("Objet", false, |b| b.object.clone()),
    ("Demandé €", true, |b| b.requested.as_ref().and_then(money)),
    ("Attribué €", true, |b| b.amount.as_ref().and_then(money)),
    ("Reporté €", true, |b| b.carried_over.as_ref().and_then(money)),
];

fn granted(here: &[&Beneficiary]) -> Table {
    let used: Vec<&Granted> = GRANTED.iter().filter(|(_, _, value)| here.iter().any(|b| value(b).is_some())).collect();
    let more = here.iter().map(|b| b.cells.len()).max().unwrap_or_default();
    let mut columns: Vec<Column> = used.iter().map(|(heading, numeric, _)| Column { heading: (*heading).to_owned(), numeric: *numeric }).collect();
    columns.extend((0..more).map(|_| Column { heading: "Autre mention".to_owned(), numeric: false }));
    let mut rows = Vec::new();
    let mut under: Option<&str> = None;
    for beneficiary in here {
        let heading = beneficiary.sub_heading.as_deref();
        if heading != under {
            rows.extend(heading.map(|heading| Row::Across(heading.to_owned())));
            under = heading;
        }
        let typed = used.iter().map(|(_, _, value)| value(beneficiary).unwrap_or_default());
        rows.push(Row::Cells(typed.chain(padded(&beneficiary.cells, more)).collect()));
    }
    Table { caption: "Bénéficiaires".to_owned(), caption_shown: false, columns, rows }
}

/// The text of an article and of what is under it.
pub(super) fn whole_text(article: &Article) -> String {
    let mut text = article.text.clone();
    for child in &article.children {
        text.push(' ');
        text.push_str(&whole_text(child));
    }
    text
}
