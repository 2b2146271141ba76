//! Budget tables: columns by their headings, cells to the letter.

use crate::intake::draft::{Confidence, QuestionCode};
use crate::intake::grammar::date::is_year;
use crate::intake::grammar::money::amount;
use crate::intake::grammar::wording::{alone, begins, find, starts};
use crate::intake::passage::Passage;
use crate::intake::sink::Sink;
use crate::intake::words::money::{COLUMNS, Column, TOTALS, TOTALS_ALONE};
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

/// The code and the amount of a line by chapter or account: "011 Charges à caractère général", "60 430.00".
fn coded(row: &[Passage]) -> Option<(&str, &Passage)> {
    let (first, amount) = (row.first()?, row.last().filter(|_| (2..=4).contains(&row.len()))?);
    let code = first.text().split([' ', '\u{a0}']).next()?;
    let figures = (2..=6).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
    let labelled = row.len() > 2 || first.len() > code.len();
    // Several amounts on a line are those of columns that no heading tells; years are no codes.
    let one = row.iter().skip(1).filter(|cell| cell_amount(cell, false).is_some()).count() == 1;
    (figures && labelled && one && !is_year(code) && matches!(cell_amount(amount, false), Some((_, true)))).then_some((code, amount))
}

fn is_total(row: &[Passage]) -> bool {
    row.iter().find(|cell| !cell.is_empty()).is_some_and(|first| is_total_word(first.text()))
}

/// Whether a text begins the line of a total.
pub fn is_total_word(text: &str) -> bool {
    starts(TOTALS, text) || alone(TOTALS_ALONE, text)
}

/// A heading between the lines: "RECETTES".
fn heading(row: &[Passage]) -> Option<&Passage> {
    let filled = |cell: &&Passage| !cell.is_empty();
    row.iter().find(filled).filter(|cell| row.iter().filter(filled).count() == 1 && !cell.text().contains(|c: char| c.is_ascii_digit()))
}

/// Whether a table without a header is a budget by chapter or account: each of its lines begins with a code and ends with an amount.
pub fn is_by_code(rows: &[Vec<Passage>]) -> bool {
    rows.iter().any(|row| coded(row).is_some()) && rows.iter().all(|row| coded(row).is_some() || is_total(row) || heading(row).is_some())
}

/// A budget without a header; `above` are the lines over it. Headings such as "SECTION D'INVESTISSEMENT" and "DEPENSES" stand over it and in it.
pub fn by_code(rows: &[Vec<Passage>], pointer: &str, article: Option<usize>, above: &str, sink: &mut Sink<'_>) -> BudgetTable {
    let introduced_by_article = article.and_then(|n| u32::try_from(n).ok()).and_then(|n| Count::try_from(n).ok());
    let mut table = BudgetTable { introduced_by_article, ..BudgetTable::default() };
    let (mut section, mut amounts, mut sub_heading) = (BudgetSection::Unstated, Column::Proposal, None);
    let under = |text: &str, section: &mut BudgetSection| {
        *section = section_of(text).unwrap_or(*section);
        side(text)
    };
    for line in above.lines() {
        amounts = under(line, &mut section);
    }
    let totals = rows.iter().filter(|row| is_total(row)).count();
    for row in rows {
        if let Some((code, cell)) = coded(row) {
            let here = format!("{pointer}/lines/{}", table.lines.len());
            let cells = row.iter().map(|cell| cell.text().to_owned()).collect();
            let mut line = BudgetLine { section, cells, sub_heading: sub_heading.clone(), ..blank_line() };
            for (index, cell) in row.iter().enumerate() {
                sink.note(format!("{here}/cells/{index}"), cell, cell.text(), Confidence::Certain);
            }
            let (field, name) = if code.len() <= 3 { (&mut line.chapter, "chapter") } else { (&mut line.nature, "nature") };
            *field = row.first().and_then(|first| sink.text(format!("{here}/{name}"), first, code, Confidence::Likely));
            money(&mut line, amounts, cell, false, &here, sink);
            line.direction = direction(&line);
            table.lines.push(line);
        } else if let Some(cell) = heading(row) {
            amounts = under(cell.text(), &mut section);
            sub_heading = Some(cell.text().to_owned());
        } else if let Some((cell, (total, _))) = row.last().and_then(|cell| cell_amount(cell, false).map(|read| (cell, read))).filter(|_| totals == 1)
        {
            sink.note(format!("{pointer}/total"), cell, cell.text(), Confidence::Certain);
            table.total = Some(total);
        }
    }
    table
}

fn section_of(text: &str) -> Option<BudgetSection> {
    match (find(&["fonctionnement"], text), find(&["investissement"], text)) {
        (Some(_), None) => Some(BudgetSection::Operating),
        (None, Some(_)) => Some(BudgetSection::Investment),
        _ => None,
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
        if is_total(row) {
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
    line.direction = direction(&line);
    line
}

fn direction(line: &BudgetLine) -> Direction {
    let moves = |money: &Option<Money>| money.as_ref().and_then(Money::cents).is_some_and(|cents| cents != 0);
    match (moves(&line.expense), moves(&line.revenue)) {
        (true, false) => Direction::Expense,
        (false, true) => Direction::Revenue,
        _ => Direction::Unstated,
    }
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
