//! Budget tables: columns by their headings, cells to the letter.

use crate::intake::draft::{Confidence, QuestionCode};
use crate::intake::grammar::money::amount;
use crate::intake::grammar::wording::{begins, find};
use crate::intake::passage::Passage;
use crate::intake::sink::Sink;
use crate::intake::words::money::{COLUMNS, Column, TOTALS};
use crate::record::{BudgetLine, BudgetSection, BudgetTable, Count, Direction, Money};

/// What the columns of a header row hold; null for a heading that no table knows.
pub fn columns(row: &[Passage]) -> Vec<Option<Column>> {
    row.iter().map(|cell| begins(COLUMNS, cell.text()).filter(|(len, _)| cell.len() <= len + 24).map(|(_, column)| column)).collect()
}

/// Whether the rows of a table are those of a budget.
pub fn is_budget(columns: &[Option<Column>]) -> bool {
    let coded = columns.iter().flatten().any(|column| {
        matches!(column, Column::OperationCode | Column::Entry | Column::Nature | Column::Chapter | Column::Function | Column::Programme)
    });
    let counted = columns.iter().flatten().any(|column| {
        matches!(
            column,
            Column::PaymentCredits
                | Column::Authorisation
                | Column::Available
                | Column::Proposal
                | Column::Expense
                | Column::Revenue
                | Column::Balance
                | Column::Granted
        )
    });
    coded && counted && !columns.contains(&Some(Column::Name))
}

/// The amount that a whole cell is.
pub fn cell_amount(cell: &Passage, euros: bool) -> Option<(Money, bool)> {
    let text = cell.text();
    let mut rest = text;
    let read = amount(&mut rest).ok()?;
    let alone = !rest.contains(char::is_alphanumeric);
    let mut money = read.money(text);
    if euros && money.currency.is_none() {
        money.currency = Some("EUR".to_owned());
    }
    alone.then_some((money, read.cents.is_some()))
}

fn blank_line() -> BudgetLine {
    BudgetLine {
        cells: Vec::new(),
        sub_heading: None,
        operation_code: None,
        operation_label: None,
        budget_entry: None,
        nature: None,
        function: None,
        chapter: None,
        programme: None,
        direction: Direction::Unstated,
        section: BudgetSection::Unstated,
        payment_credits: None,
        authorisation: None,
        available: None,
        proposal: None,
        expense: None,
        revenue: None,
        balance: None,
    }
}

/// What a column "Montant" holds, by the heading over the table: "RECETTES D'INVESTISSEMENT".
pub fn side(heading: &str) -> Column {
    let told = |words: &[&str]| find(words, heading).is_some();
    match (told(&["depense~"]), told(&["recette~"])) {
        (true, false) => Column::Expense,
        (false, true) => Column::Revenue,
        _ => Column::Proposal,
    }
}

/// A budget table; its first row is the header. `amounts` is what a column that says "Montant" and no more holds.
pub fn budget(rows: &[Vec<Passage>], pointer: &str, article: Option<usize>, amounts: Column, sink: &mut Sink<'_>) -> BudgetTable {
    let mut table = BudgetTable {
        introduced_by_article: article.and_then(|n| u32::try_from(n).ok()).and_then(|n| Count::try_from(n).ok()),
        ..BudgetTable::default()
    };
    let Some((header, lines)) = rows.split_first() else { return table };
    let kinds: Vec<_> = columns(header).into_iter().map(|kind| if kind == Some(Column::Granted) { Some(amounts) } else { kind }).collect();
    for (index, cell) in header.iter().enumerate() {
        sink.note(format!("{pointer}/columns/{index}"), cell, cell.text(), Confidence::Certain);
        table.columns.push(cell.text().to_owned());
    }
    let mut sub_heading = None;
    for row in lines {
        let here = format!("{pointer}/lines/{}", table.lines.len());
        if row.first().is_some_and(|first| begins(&TOTALS.iter().map(|t| (*t, ())).collect::<Vec<_>>(), first.text()).is_some()) {
            if let Some((cell, (money, _))) = row.iter().rev().find_map(|cell| cell_amount(cell, false).map(|read| (cell, read))) {
                sink.note(format!("{pointer}/total"), cell, cell.text(), Confidence::Certain);
                table.total = Some(money);
            }
            continue;
        }
        if row.iter().filter(|cell| !cell.is_empty()).count() == 1 && header.len() > 1 {
            sub_heading = row.iter().find(|cell| !cell.is_empty()).map(|cell| cell.text().to_owned());
            continue;
        }
        table.lines.push(line(row, header, &kinds, &here, sub_heading.clone(), sink));
    }
    if table.lines.iter().any(|line| line.cells.len() != table.columns.len()) {
        sink.ask(pointer.to_owned(), None, QuestionCode::TableUnread, Vec::new());
    }
    table
}

fn line(
    row: &[Passage],
    header: &[Passage],
    kinds: &[Option<Column>],
    pointer: &str,
    sub_heading: Option<String>,
    sink: &mut Sink<'_>,
) -> BudgetLine {
    let mut line = BudgetLine { sub_heading, ..blank_line() };
    // Cells that do not stand under a heading each say nothing but their text.
    let aligned = row.len() == header.len();
    for (index, cell) in row.iter().enumerate() {
        sink.note(format!("{pointer}/cells/{index}"), cell, cell.text(), Confidence::Certain);
        line.cells.push(cell.text().to_owned());
        let Some(Some(column)) = kinds.get(index).filter(|_| aligned && !cell.is_empty()) else { continue };
        let euros = header.get(index).is_some_and(|heading| heading.text().contains('€') || heading.text().to_lowercase().contains("euro"));
        let (field, name) = match column {
            Column::OperationCode => (&mut line.operation_code, "operation_code"),
            Column::OperationLabel => (&mut line.operation_label, "operation_label"),
            Column::Entry => (&mut line.budget_entry, "budget_entry"),
            Column::Nature => (&mut line.nature, "nature"),
            Column::Function => (&mut line.function, "function"),
            Column::Chapter => (&mut line.chapter, "chapter"),
            Column::Programme => (&mut line.programme, "programme"),
            _ => {
                money(&mut line, *column, cell, euros, pointer, sink);
                continue;
            }
        };
        sink.note(format!("{pointer}/{name}"), cell, cell.text(), Confidence::Certain);
        *field = Some(cell.text().to_owned());
    }
    let moves = |money: &Option<Money>| money.as_ref().and_then(Money::cents).is_some_and(|cents| cents != 0);
    line.direction = match (moves(&line.expense), moves(&line.revenue)) {
        (true, false) => Direction::Expense,
        (false, true) => Direction::Revenue,
        _ => Direction::Unstated,
    };
    line
}

fn money(line: &mut BudgetLine, column: Column, cell: &Passage, euros: bool, pointer: &str, sink: &mut Sink<'_>) {
    let (field, name) = match column {
        Column::PaymentCredits => (&mut line.payment_credits, "payment_credits"),
        Column::Authorisation => (&mut line.authorisation, "authorisation"),
        Column::Available => (&mut line.available, "available"),
        Column::Proposal => (&mut line.proposal, "proposal"),
        Column::Expense => (&mut line.expense, "expense"),
        Column::Revenue => (&mut line.revenue, "revenue"),
        Column::Balance => (&mut line.balance, "balance"),
        _ => return,
    };
    match cell_amount(cell, euros) {
        Some((money, sure)) => {
            sink.note(format!("{pointer}/{name}/text"), cell, cell.text(), Confidence::Certain);
            if sure {
                sink.note(format!("{pointer}/{name}/amount"), cell, cell.text(), Confidence::Certain);
            } else {
                sink.ask(format!("{pointer}/{name}/amount"), Some(cell.whole()), QuestionCode::AmountUnread, Vec::new());
            }
            *field = Some(money);
        }
        None => sink.ask(format!("{pointer}/{name}"), Some(cell.whole()), QuestionCode::AmountUnread, vec![cell.text().to_owned()]),
    }
}
