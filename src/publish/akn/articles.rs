//! What is decided: articles as they are labelled, with the tables that they introduce.

use super::element::Element;
use super::tables;
use crate::record::{Article, Ballot, Beneficiary, BudgetTable, Count, DeliberationRecord, Outcome, Paragraph, TargetKind};

/// The articles, each under its place in the act; without any, the proposals that were put to the vote as they stand.
pub fn articles(record: &DeliberationRecord) -> Vec<Element> {
    if record.articles.is_empty() {
        let proposals = record.report.iter().flat_map(|report| &report.proposals).enumerate();
        return proposals.map(|(place, proposal)| proposed(place + 1, proposal)).collect();
    }
    record.articles.iter().enumerate().map(|(place, one)| article(place + 1, one, tables_of(record, place + 1, one))).collect()
}

/// Tables that no article introduces.
pub fn other_tables(record: &DeliberationRecord) -> Vec<Element> {
    let positions: Vec<Count> = record.articles.iter().enumerate().filter_map(|(place, one)| position(place + 1, one)).collect();
    let apart = |article: Option<Count>| article.is_none_or(|article| !positions.contains(&article));
    let budgets = record.budget_tables.iter().filter(|table| apart(table.introduced_by_article));
    made("", budgets, record.beneficiaries.iter().filter(|one| apart(one.article)).collect())
}

/// "L'article 1" of other parts of the record: the position, or else the place in the list.
fn position(number: usize, article: &Article) -> Option<Count> {
    article.position.or_else(|| u32::try_from(number).ok()?.try_into().ok())
}

fn tables_of(record: &DeliberationRecord, number: usize, one: &Article) -> Vec<Element> {
    let Some(position) = position(number, one) else { return Vec::new() };
    let budgets = record.budget_tables.iter().filter(|table| table.introduced_by_article == Some(position));
    // Positions may be given twice: a table follows the first article that has its own.
    let earlier = record.articles.iter().enumerate().take(number.saturating_sub(1));
    if earlier.into_iter().any(|(place, other)| self::position(place + 1, other) == Some(position)) {
        return Vec::new();
    }
    made(&format!("art_{number}__"), budgets, record.beneficiaries.iter().filter(|one| one.article == Some(position)).collect())
}

fn made<'a>(prefix: &str, budgets: impl Iterator<Item = &'a BudgetTable>, beneficiaries: Vec<&Beneficiary>) -> Vec<Element> {
    let tables = budgets.enumerate().filter_map(|(place, table)| tables::budget(&format!("{prefix}table_{}", place + 1), table));
    tables.chain(tables::beneficiaries(&format!("{prefix}beneficiaries"), &beneficiaries)).collect()
}

fn article(number: usize, article: &Article, tables: Vec<Element>) -> Element {
    block("article", &format!("art_{number}"), article, tables)
}

fn block(element: &'static str, eid: &str, article: &Article, tables: Vec<Element>) -> Element {
    let block = Element::new(element).with("eId", eid).children(article.label.as_deref().map(|label| Element::line("num").text(label)));
    if article.children.is_empty() {
        return block.child(Element::new("content").child(Element::p(&article.text)).children(tables));
    }
    let points =
        article.children.iter().enumerate().map(|(place, child)| self::block("point", &format!("{eid}__point_{}", place + 1), child, Vec::new()));
    let after = (!tables.is_empty()).then(|| Element::new("wrapUp").children(tables));
    block.child(Element::new("intro").child(Element::p(&article.text))).children(points).children(after)
}

/// The articles where the schema takes no `article`: as a list, without the tables, which stand in the act.
pub fn as_list(eid: &str, record: &DeliberationRecord) -> Option<Element> {
    listed(eid, None, &record.articles)
}

fn listed(eid: &str, introduction: Option<&str>, articles: &[Article]) -> Option<Element> {
    if articles.is_empty() {
        return introduction.map(Element::p);
    }
    let items = articles.iter().enumerate().map(|(place, one)| {
        let item = format!("{eid}__item_{}", place + 1);
        let label = one.label.as_deref().map(|label| Element::line("num").text(label));
        Element::new("item").with("eId", &item).children(label).children(listed(&format!("{item}__list_1"), Some(&one.text), &one.children))
    });
    let introduction = introduction.map(|text| Element::line("listIntroduction").text(text));
    Some(Element::new("blockList").with("eId", eid).children(introduction).children(items))
}

fn proposed(number: usize, proposal: &Paragraph) -> Element {
    let paragraph = Element::new("paragraph").with("eId", format!("para_{number}")).with("class", "proposal");
    paragraph.child(Element::new("content").child(Element::p(&proposal.text)))
}

/// What is said of the outcome of an act where no ballot on the whole of it says it.
pub fn outcome_text<'a>(record: &DeliberationRecord, ballots: impl Iterator<Item = &'a Ballot>) -> Option<String> {
    let whole = ballots.filter(|ballot| ballot.target.kind == TargetKind::Whole);
    let mut said = whole.filter(|ballot| ballot.outcome != Outcome::Unstated || ballot.outcome_text.is_some());
    match &record.outcome_text {
        Some(text) => (!said.any(|ballot| ballot.outcome_text.as_ref() == Some(text))).then(|| text.clone()),
        None => (record.outcome != Outcome::Unstated && said.next().is_none()).then(|| format!("({})", record.outcome.label().fr)),
    }
}
