//! A paper as the template `paper.typ` takes it. What would stop the setting of it is put right here: levels of headings that skip one, rows that are
//! shorter than others, lists in lists without end.

use serde_json::{Value, json};

use super::words::{flat, runs};
use crate::publish::paper::{Block, Content, Item, Paper, Row, Table};

/// Lists in lists, at most: what lies deeper stands at this depth, in the same order, or no room would be left for its text.
const DEEPEST: usize = 5;
/// Levels of headings that PDF has.
const LEVELS: u8 = 6;
/// A label of more characters than this stands above its text, not beside it.
const SHORT_LABEL: usize = 4;
/// Characters in the headings of a table, at most, for them to be repeated on each page: as much as leaves room for rows.
const REPEATED: usize = 400;
/// Characters that a line of a table holds, at least, whichever they are.
const LINE: usize = 45;
/// Characters of a word that no column is made to fit: to measure it takes time by the square of its length.
const ENDLESS: usize = 100;
/// Lines of a signature, at most, that one page must hold together.
const TOGETHER: usize = 15;

pub fn of(paper: &Paper) -> Value {
    let title = flat(&paper.title);
    let mut level = 0;
    json!({
        // A file without title is no PDF/UA.
        "title": if title.trim().is_empty() { "Sans titre" } else { &title },
        "author": flat(&paper.author),
        "date": paper.date,
        "marks": paper.marks.iter().map(|mark| mark.text()).collect::<Vec<_>>(),
        "blocks": paper.blocks.iter().filter_map(|block| of_block(block, &mut level)).collect::<Vec<_>>(),
        "footer": paper.footer.iter().map(|line| runs(line)).collect::<Vec<_>>(),
    })
}

/// `level` is that of the last heading. A block that shows nothing is left out.
fn of_block(block: &Block, level: &mut u8) -> Option<Value> {
    let content = match &block.content {
        Content::Heading(_, text) | Content::Text(text) if text.trim().is_empty() => None,
        Content::Heading(wanted, text) => {
            *level = (*wanted).clamp(1, LEVELS).min(*level + 1);
            Some(json!({ "is": "heading", "level": *level, "text": runs(text) }))
        }
        Content::Text(text) => Some(json!({ "is": "text", "text": runs(text) })),
        Content::Lines(lines) if lines.iter().all(|line| line.trim().is_empty()) => None,
        Content::Lines(lines) => {
            let together = lines.iter().map(|line| 1 + line.chars().count() / 30).sum::<usize>() <= TOGETHER;
            Some(json!({ "is": "lines", "lines": lines.iter().map(|line| runs(line)).collect::<Vec<_>>(), "together": together }))
        }
        Content::Items(items) => (!items.is_empty()).then(|| json!({ "is": "items", "lists": lists(items, 1) })),
        Content::Table(table) => of_table(table),
    }?;
    Some(json!({ "role": block.role, "content": content }))
}

/// Items that follow one another and are labelled alike are one list: its labels stand above the texts, beside them, or there are none.
fn lists(items: &[Item], depth: usize) -> Vec<Value> {
    let items = if depth < DEEPEST { items.iter().collect() } else { in_order(items) };
    items
        .chunk_by(|one, other| kind(one) == kind(other))
        .filter_map(|alike| {
            let kind = kind(alike.first()?);
            let items: Vec<_> = alike
                .iter()
                .map(|item| {
                    let children = if depth < DEEPEST { lists(&item.children, depth + 1) } else { Vec::new() };
                    json!({ "label": runs(item.label.as_deref().unwrap_or_default()), "text": runs(&item.text), "children": children })
                })
                .collect();
            Some(json!({ "labels": kind, "items": items }))
        })
        .collect()
}

/// Items and all that is in them, as they are read.
fn in_order(items: &[Item]) -> Vec<&Item> {
    items.iter().flat_map(|item| std::iter::once(item).chain(in_order(&item.children))).collect()
}

fn kind(item: &Item) -> &'static str {
    match item.label.as_deref().map(str::trim).map(|label| label.chars().count()) {
        None | Some(0) => "none",
        Some(..=SHORT_LABEL) => "beside",
        Some(_) => "above",
    }
}

/// `columns`: how many cells share the width of the page.
fn of_cell(text: &str, columns: usize) -> Value {
    let longest = longest_word(text);
    json!({ "runs": runs(text), "long": longest > LINE / columns, "endless": longest > ENDLESS })
}

fn longest_word(text: &str) -> usize {
    text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0)
}

fn of_table(table: &Table) -> Option<Value> {
    let widest = table.rows.iter().map(|row| if let Row::Cells(cells) | Row::Total(cells) = row { cells.len() } else { 1 }).max();
    let columns = table.columns.len().max(widest.unwrap_or(0));
    let padded = |cells: &[String]| (0..columns).map(|at| of_cell(cells.get(at).map_or("", String::as_str), columns)).collect::<Vec<_>>();
    let headings: Vec<String> = table.columns.iter().map(|column| column.heading.clone()).collect();
    let length: usize = headings.iter().map(|heading| heading.chars().count()).sum();
    let cells = table.rows.iter().flat_map(|row| if let Row::Cells(cells) | Row::Total(cells) = row { cells.as_slice() } else { &[] });
    let endless = headings.iter().chain(cells).any(|text| longest_word(text) > ENDLESS);
    let rows: Vec<_> = table
        .rows
        .iter()
        .map(|row| match row {
            Row::Across(text) => json!({ "is": "across", "text": runs(text), "long": text.chars().count() > REPEATED }),
            Row::Cells(cells) => json!({ "is": "cells", "cells": padded(cells) }),
            Row::Total(cells) => json!({ "is": "total", "cells": padded(cells) }),
        })
        .collect();
    (columns > 0).then(|| {
        json!({
            "is": "table",
            "caption": runs(&table.caption),
            "summary": flat(&table.caption),
            "shown": table.caption_shown && !table.caption.trim().is_empty(),
            "headings": (length > 0).then(|| padded(&headings)),
            "repeat": length <= REPEATED,
            "numeric": (0..columns).map(|at| table.columns.get(at).is_some_and(|column| column.numeric)).collect::<Vec<_>>(),
            // Columns are as wide as what is in them, or all alike.
            "even": endless,
            "rows": rows,
        })
    })
}
