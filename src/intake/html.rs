//! The text of an HTML page: one line for each block, one tab between the cells of a row.

use scraper::{Html, Node};

const SILENT: &[&str] = &["script", "style", "head", "template", "noscript", "svg", "nav", "iframe", "object"];
const LINES: &[&str] = &["br", "tr", "li", "dt", "dd", "hr", "option"];
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "aside",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "ul",
    "ol",
    "dl",
    "blockquote",
    "pre",
    "figure",
    "form",
    "address",
    "body",
    "center",
    "fieldset",
    "tbody",
    "thead",
    "tfoot",
];

enum Step<'a> {
    Open(ego_tree::NodeRef<'a, Node>),
    Close(&'a str),
}

/// The text of a page. Never fails: what is no HTML is read as browsers read it. Not recursive: depth costs no stack.
pub fn text(html: &str) -> String {
    let page = Html::parse_document(html);
    let mut text = String::with_capacity(html.len() / 2);
    let mut steps = vec![Step::Open(page.tree.root())];
    // Blocks inside a cell are words of the cell.
    let mut cells = 0usize;
    while let Some(step) = steps.pop() {
        match step {
            Step::Close(name) => {
                cells = cells.saturating_sub(usize::from(is_cell(name)));
                if cells == 0 {
                    close(name, &mut text);
                } else {
                    words_of(" ", &mut text);
                }
            }
            Step::Open(node) => {
                match node.value() {
                    Node::Text(words) => words_of(words, &mut text),
                    Node::Element(element) => {
                        let name = element.name();
                        if SILENT.contains(&name) {
                            continue;
                        }
                        if cells > 0 && !is_cell(name) {
                            if BLOCKS.contains(&name) || LINES.contains(&name) {
                                words_of(" ", &mut text);
                            }
                        } else if BLOCKS.contains(&name) {
                            line(&mut text, 2);
                        } else if LINES.contains(&name) {
                            line(&mut text, 1);
                            if name == "li" {
                                text.push_str("- ");
                            }
                        }
                        cells += usize::from(is_cell(name));
                        if BLOCKS.contains(&name) || LINES.contains(&name) || is_cell(name) {
                            steps.push(Step::Close(name));
                        }
                    }
                    _ => {}
                }
                steps.extend(node.children().rev().map(Step::Open));
            }
        }
    }
    text.trim().to_owned()
}

fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th")
}

fn close(name: &str, text: &mut String) {
    if BLOCKS.contains(&name) {
        line(text, 2);
    } else if name == "tr" {
        while text.ends_with(['\t', ' ']) {
            text.pop();
        }
        line(text, 1);
    } else if is_cell(name) {
        while text.ends_with(' ') {
            text.pop();
        }
        text.push('\t');
    }
}

/// Ends the line that is begun; with two, leaves a blank one.
fn line(text: &mut String, lines: usize) {
    while text.ends_with(' ') {
        text.pop();
    }
    if text.is_empty() || text.ends_with('\t') {
        return;
    }
    let ends = text.chars().rev().take(2).take_while(|c| *c == '\n').count();
    for _ in ends..lines {
        text.push('\n');
    }
}

/// White space of the source is one space.
fn words_of(words: &str, text: &mut String) {
    for c in words.chars() {
        let space = c.is_whitespace() && c != '\u{a0}';
        if !space {
            text.push(c);
        } else if !text.is_empty() && !text.ends_with([' ', '\n', '\t']) {
            text.push(' ');
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::text;

    #[test]
    fn blocks_are_lines_and_cells_are_tabs() {
        let html = "<html><head><title>x</title><style>p{}</style></head><body><h1>Séance du\n 3 mai</h1><p>Vu <b>le</b> code&nbsp;;<br>Vu l&rsquo;avis</p>\
            <table><tr><th>A</th><th>B</th></tr><tr><td><p>1</p></td><td>2</td></tr></table><ul><li>un<li>deux</ul><script>alert(1)</script></body></html>";
        assert_eq!(text(html), "Séance du 3 mai\n\nVu le code\u{a0};\nVu l’avis\n\nA\tB\n1\t2\n\n- un\n- deux");
        assert_eq!(text(""), "");
        assert_eq!(text("pas de balise"), "pas de balise");
    }
}
