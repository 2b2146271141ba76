//! The printed act on its page. Call site: the paper of the act, written as HTML, goes here in the place of this fragment.

use minijinja::Value;
use serde::Serialize;

use super::names;
use super::respond::Failure;
use super::templates::{render, safe};
use crate::publish::{ActReading, Concerned};
use crate::record::{Article, BudgetTable, Recital, RecitalForm};

#[derive(Serialize)]
struct Model {
    head: Vec<String>,
    number: Option<String>,
    lists: Vec<List>,
    chairs: Vec<String>,
    recitals: Vec<Block>,
    recusals: Vec<String>,
    body: Option<String>,
    deliberation: Option<String>,
    decision: Option<String>,
    articles: Vec<Block>,
    tables: Vec<Table>,
    closing: Option<String>,
    signatures: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct List {
    heading: String,
    names: String,
}

#[derive(Serialize)]
struct Block {
    heading: bool,
    label: Option<String>,
    text: String,
    depth: usize,
}

#[derive(Serialize)]
struct Table {
    caption: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The act as it is printed.
///
/// # Errors
/// When the template is broken.
pub fn html(act: &ActReading) -> Result<Value, Failure> {
    Ok(safe(render("printed.html", model(act))?))
}

fn model(act: &ActReading) -> Model {
    let record = &act.record;
    let Concerned { extract, recusals, .. } = Concerned::of(&act.sitting, &record.agenda_items);
    let headings = &record.headings;
    let mut recitals = Vec::new();
    record.recitals.iter().for_each(|recital| of_recital(recital, 0, &mut recitals));
    let mut articles = Vec::new();
    record.articles.iter().for_each(|article| of_article(article, 0, &mut articles));
    Model {
        head: [&headings.authority, &headings.body, &headings.sitting].into_iter().flatten().cloned().collect(),
        number: record.numbers.iter().find_map(|number| number.text.clone()).or_else(|| act.number.clone()),
        chairs: extract
            .chairs
            .iter()
            .map(|chair| (&chair.heading, &chair.person))
            .chain(extract.secretaries.iter().map(|secretary| (&secretary.heading, &secretary.person)))
            .map(|(heading, person)| heading.clone().unwrap_or_else(|| names::of_ref(&act.cast, person).text))
            .collect(),
        lists: extract
            .attendance
            .iter()
            .map(|list| List {
                heading: list.heading.clone().unwrap_or_else(|| super::words::label(list.status.label())),
                names: list.entries.iter().map(|entry| names::of_entry(&act.cast, entry).text).collect::<Vec<_>>().join(", "),
            })
            .collect(),
        recitals,
        recusals: recusals.into_iter().flatten().filter_map(|recusal| recusal.text).collect(),
        body: record.formulas.body.clone(),
        deliberation: record.formulas.deliberation.clone(),
        decision: record.formulas.decision.clone(),
        articles,
        tables: record.budget_tables.iter().filter(|table| !table.columns.is_empty()).map(of_table).collect(),
        closing: record.formulas.closing.clone(),
        signatures: record
            .signatures
            .iter()
            .map(|signature| {
                let name = signature.signatory.as_ref().map(|person| names::of_ref(&act.cast, person).text);
                let lines = [&signature.place_date_text, &signature.authority_title, &signature.formula, &signature.title, &signature.mark, &name];
                lines.into_iter().flatten().cloned().collect()
            })
            .collect(),
    }
}

fn of_recital(recital: &Recital, depth: usize, found: &mut Vec<Block>) {
    found.push(Block { heading: recital.form == RecitalForm::Heading, label: None, text: recital.text.clone(), depth });
    recital.children.iter().for_each(|child| of_recital(child, depth + 1, found));
}

fn of_article(article: &Article, depth: usize, found: &mut Vec<Block>) {
    found.push(Block { heading: false, label: article.label.clone(), text: article.text.clone(), depth });
    article.children.iter().for_each(|child| of_article(child, depth + 1, found));
}

fn of_table(table: &BudgetTable) -> Table {
    let named = [&table.budget_name, &table.exercise_year];
    let named: Vec<&str> = named.into_iter().flatten().map(String::as_str).collect();
    Table {
        caption: if named.is_empty() { "Tableau budgétaire".to_owned() } else { format!("Tableau budgétaire – {}", named.join(" ")) },
        columns: table.columns.clone(),
        rows: table.lines.iter().filter(|line| !line.cells.is_empty()).map(|line| line.cells.clone()).collect(),
    }
}
