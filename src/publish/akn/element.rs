//! A tree of elements and its writing. The body is made before the metadata that lists whom it names, so a tree is kept until all of it is there.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An element, its attributes in order and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Vec<Node>,
    /// Holds text: written on one line, since spaces in it would be read.
    mixed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// An element of elements.
    pub const fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), content: Vec::new(), mixed: false }
    }

    /// An element of text.
    pub const fn line(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), content: Vec::new(), mixed: true }
    }

    /// A paragraph of printed text.
    pub fn p(text: &str) -> Self {
        Self::line("p").text(text)
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    pub fn with_some(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    pub fn child(mut self, child: Self) -> Self {
        self.content.push(Node::Element(child));
        self
    }

    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.content.extend(children.into_iter().map(Node::Element));
        self
    }

    /// Adds printed text: `^{…}` is set as a superscript, as transcriptions write it ("1^{ère}"), and a line break stays one.
    pub fn text(mut self, text: &str) -> Self {
        let mut rest = text;
        while let Some((before, raised, after)) = superscript(rest) {
            self.lines(before);
            self.content.push(Node::Element(Self::line("sup").plain(raised)));
            rest = after;
        }
        self.lines(rest);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    fn plain(mut self, text: &str) -> Self {
        self.content.push(Node::Text(text.to_owned()));
        self
    }

    fn lines(&mut self, text: &str) {
        // A bare carriage return would be read as a line feed.
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        for (place, line) in text.split('\n').enumerate() {
            if place > 0 {
                self.content.push(Node::Element(Self::new("eol")));
            }
            if !line.is_empty() {
                self.content.push(Node::Text(line.to_owned()));
            }
        }
    }

    fn write(&self, xml: &mut Writer<Vec<u8>>, depth: usize, flat: bool) -> std::io::Result<()> {
        let mut start = BytesStart::new(self.name);
        for (name, value) in &self.attributes {
            start.push_attribute((*name, attribute_value(value).as_str()));
        }
        if self.content.is_empty() {
            return xml.write_event(Event::Empty(start));
        }
        xml.write_event(Event::Start(start))?;
        let flat = flat || self.mixed;
        for node in &self.content {
            match node {
                Node::Text(text) => xml.write_event(Event::Text(BytesText::new(&writable(text))))?,
                Node::Element(element) => {
                    if !flat {
                        break_line(xml, depth + 1)?;
                    }
                    element.write(xml, depth + 1, flat)?;
                }
            }
        }
        if !flat {
            break_line(xml, depth)?;
        }
        xml.write_event(Event::End(BytesEnd::new(self.name)))
    }
}

/// The document whose root this is, in UTF-8.
///
/// # Errors
/// None that memory gives; those of the writer are passed on.
pub fn document(root: &Element) -> std::io::Result<Vec<u8>> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    break_line(&mut xml, 0)?;
    root.write(&mut xml, 0, false)?;
    break_line(&mut xml, 0)?;
    Ok(xml.into_inner())
}

fn break_line(xml: &mut Writer<Vec<u8>>, depth: usize) -> std::io::Result<()> {
    xml.write_event(Event::Text(BytesText::from_escaped(format!("\n{}", " ".repeat(depth)))))
}

/// What comes before the next superscript, what is raised, and the rest.
fn superscript(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("^{")?;
    let (raised, after) = rest.split_once('}')?;
    Some((before, raised, after))
}

/// The text without what no XML 1.0 document can hold (its production `Char`), each such character replaced by U+FFFD.
fn writable(text: &str) -> String {
    let is_xml = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if is_xml(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

/// In an attribute, line breaks and tabs are read as spaces: they are written so. It holds no elements: what is raised stands on the line.
fn attribute_value(text: &str) -> String {
    let (mut line, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, raised, after)) = superscript(rest) {
        line.push_str(before);
        line.push_str(raised);
        rest = after;
    }
    line.push_str(rest);
    writable(&line).replace(['\t', '\n', '\r'], " ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn written(element: &Element) -> String {
        let text = String::from_utf8(document(element).unwrap()).unwrap();
        text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap().trim_end().to_owned()
    }

    #[test]
    fn printed_texts() {
        let rows = [
            ("la 1^{ère} commission", "<p>la 1<sup>ère</sup> commission</p>"),
            ("1^{er}, 2^{e}", "<p>1<sup>er</sup>, 2<sup>e</sup></p>"),
            ("x^{2", "<p>x^{2</p>"),
            ("a\nb\r\nc\rd", "<p>a<eol/>b<eol/>c<eol/>d</p>"),
            ("<a> & \"b\" ]]> &amp;", "<p>&lt;a&gt; &amp; &quot;b&quot; ]]&gt; &amp;amp;</p>"),
            ("a\u{0}b\u{b}c\u{fffe}d\u{1f600}", "<p>a\u{fffd}b\u{fffd}c\u{fffd}d\u{1f600}</p>"),
            ("1^{<}", "<p>1<sup>&lt;</sup></p>"),
            ("", "<p/>"),
        ];
        for (text, expected) in rows {
            assert_eq!(written(&Element::p(text)), expected, "{text:?}");
        }
    }

    #[test]
    fn attributes() {
        assert_eq!(written(&Element::new("a").with("showAs", "1^{ère} et 2^{e}, x^{")), "<a showAs=\"1ère et 2e, x^{\"/>");
        let element = Element::new("ref").with("showAs", "a\n\"b\" <c> & 'd'\t\u{1}").with_some("href", None::<&str>);
        assert_eq!(written(&element), "<ref showAs=\"a &quot;b&quot; &lt;c&gt; &amp; &apos;d&apos; \u{fffd}\"/>");
    }

    #[test]
    fn no_space_is_added_to_text() {
        let line = Element::line("p").child(Element::line("b").text("a")).child(Element::line("b").text("b"));
        assert_eq!(written(&Element::new("content").child(line)), "<content>\n <p><b>a</b><b>b</b></p>\n</content>");
    }
}
