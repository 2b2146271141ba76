//! A paper as HTML: a whole page that needs nothing else, or the blocks alone, for a page that has its own head.

use std::sync::LazyLock;

use minijinja::{AutoEscape, Environment, Value};
use serde::Serialize;

use super::{Block, Content, Paper};

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    templates.set_auto_escape_callback(|_| AutoEscape::Html);
    templates.add_filter("superscript", superscript);
    templates.set_loader(|name| {
        Ok(match name {
            "blocks" => Some(include_str!("templates/blocks.html").to_owned()),
            "page" => Some(include_str!("templates/page.html").to_owned()),
            _ => None,
        })
    });
    templates
});

/// How a paper looks where it stands alone.
pub const STYLE: &str = include_str!("templates/paper.css");

/// A paper and how it is set.
#[derive(Serialize)]
struct Given<'a> {
    #[serde(flatten)]
    paper: &'a Paper,
    mark_texts: Vec<&'a str>,
    /// Whether a block is the main heading.
    headed: bool,
    shift: u8,
    style: &'a str,
}

/// Blocks, and what is added to the level of each heading.
#[derive(Serialize)]
struct GivenBlocks<'a> {
    blocks: &'a [Block],
    shift: u8,
}

/// A whole page.
///
/// # Errors
/// When a template is wrong: a test renders each.
pub fn page(paper: &Paper) -> Result<String, minijinja::Error> {
    let given = Given {
        paper,
        mark_texts: paper.marks.iter().map(|mark| mark.text()).collect(),
        headed: paper.blocks.iter().any(|block| matches!(block.content, Content::Heading(1, _))),
        shift: 0,
        style: STYLE,
    };
    render("page", &given)
}

/// Blocks alone, for a page that has its own head. `shift` is added to the level of each heading.
///
/// # Errors
/// When a template is wrong: a test renders each.
pub fn blocks(blocks: &[Block], shift: u8) -> Result<String, minijinja::Error> {
    render("blocks", &GivenBlocks { blocks, shift })
}

fn render(template: &str, given: &impl Serialize) -> Result<String, minijinja::Error> {
    TEMPLATES.get_template(template)?.render(minijinja::value::Serde(given))
}

/// `1^{ère}` is set as a superscript; all of it is escaped.
fn superscript(text: &str) -> Value {
    let mut html = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("^{") {
        let Some((raised, after)) = after.split_once('}') else { break };
        html.push_str(&escaped(before));
        html.push_str(&format!("<sup>{}</sup>", escaped(raised)));
        rest = after;
    }
    html.push_str(&escaped(rest));
    Value::from_safe_string(html)
}

/// A text in HTML, in an element or in quotes. The templates' own way escapes `/` and the rest of ASCII's punctuation too.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::publish::paper::{Column, Item, Mark, Role, Row, Table};

    /// Every shape of block, with texts that would be markup were they not escaped.
    #[test]
    fn every_block_is_written_and_escaped() {
        let hostile = "<script>alert(1)</script> & \"'";
        let item = |text: &str| Item {
            label: Some("1°".to_owned()),
            text: text.to_owned(),
            children: vec![Item { text: "sous".to_owned(), ..Item::default() }],
        };
        let table = Table {
            caption: hostile.to_owned(),
            caption_shown: true,
            columns: vec![Column { heading: "A".to_owned(), numeric: false }, Column { heading: "B".to_owned(), numeric: true }],
            rows: vec![
                Row::Across(hostile.to_owned()),
                Row::Cells(vec!["1^{er}".to_owned(), "2,00".to_owned()]),
                Row::Total(vec!["Total".to_owned(), "2,00".to_owned()]),
            ],
        };
        let contents = [
            (Role::Title, Content::Heading(1, hostile.to_owned())),
            (Role::Recital, Content::Text("la 1^{ère} commission, 2^{e".to_owned())),
            (Role::Head, Content::Lines(vec!["a".to_owned(), hostile.to_owned()])),
            (Role::Article, Content::Items(vec![item(hostile)])),
            (Role::Annexes, Content::Items(vec![item("x")])),
            (Role::Money, Content::Table(table)),
        ];
        let paper = Paper {
            title: hostile.to_owned(),
            author: hostile.to_owned(),
            date: chrono::NaiveDate::default(),
            marks: vec![Mark::Draft],
            blocks: contents.into_iter().map(|(role, content)| Block { role, content }).collect(),
            footer: vec![hostile.to_owned()],
        };
        let html = page(&paper).unwrap();
        assert!(!html.contains("<script>"), "{html}");
        let expected = [
            "<h1 class=\"title\">&lt;script&gt;",
            "la 1<sup>ère</sup> commission, 2^{e</p>",
            "<p class=\"head\">a<br>&lt;script",
            "<p class=\"label\">1°</p>",
            "<tr class=\"across\"><td colspan=\"2\">",
            "<td>1<sup>er</sup></td><td class=\"figure\">2,00</td>",
            "<tr class=\"total\">",
            "PROJET",
        ];
        for part in expected {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert_eq!(blocks(&paper.blocks, 1).unwrap().matches("<h2 ").count(), 1);
    }
}
