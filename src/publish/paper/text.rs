//! A paper as plain text: a blank line between blocks, a tab between the cells of a row, nothing wrapped.

use super::{Block, Content, Item, Paper, Row, Table};

/// The whole paper.
pub fn text(paper: &Paper) -> String {
    let mut parts: Vec<String> = paper.marks.iter().map(|mark| format!("*** {} ***", mark.text())).collect();
    parts.extend(paper.blocks.iter().map(block));
    if !paper.footer.is_empty() {
        parts.push(paper.footer.join("\n"));
    }
    parts.retain(|part| !part.is_empty());
    let mut whole = parts.join("\n\n");
    whole.push('\n');
    whole
}

pub fn block(block: &Block) -> String {
    match &block.content {
        Content::Heading(_, text) | Content::Text(text) => text.clone(),
        Content::Lines(lines) => lines.join("\n"),
        Content::Items(items) => items.iter().map(|i| item(i, 0)).collect::<Vec<_>>().join("\n"),
        Content::Table(whole) => table(whole),
    }
}

fn item(item: &Item, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let own = match &item.label {
        // The label of an article stands on a line of its own, as acts print it.
        Some(label) if depth == 0 && label.ends_with(':') => format!("{label}\n\n{}", item.text),
        Some(label) => format!("{indent}{label} {}", item.text),
        None => format!("{indent}{}", item.text),
    };
    std::iter::once(own).chain(item.children.iter().map(|child| self::item(child, depth + 1))).collect::<Vec<_>>().join("\n")
}

fn table(table: &Table) -> String {
    let mut lines: Vec<String> = table.caption_shown.then(|| table.caption.clone()).into_iter().collect();
    lines.push(table.columns.iter().map(|column| column.heading.as_str()).collect::<Vec<_>>().join("\t"));
    lines.extend(table.rows.iter().map(|row| match row {
        Row::Across(text) => text.clone(),
        Row::Cells(cells) | Row::Total(cells) => cells.join("\t"),
    }));
    lines.join("\n")
}
