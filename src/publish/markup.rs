//! Markup as a tree: what is written is well formed and escaped, whatever the texts hold.

use std::fmt::Display;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An element of XML, or of SVG inside HTML.
#[derive(Clone, Debug)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
}

#[derive(Clone, Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), children: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.attributes.push((name, allowed(&value.to_string())));
        self
    }

    pub fn text(mut self, text: impl AsRef<str>) -> Self {
        self.children.push(Node::Text(allowed(text.as_ref())));
        self
    }

    pub fn child(mut self, child: Self) -> Self {
        self.children.push(Node::Element(child));
        self
    }

    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    /// As a fragment, without a declaration.
    pub fn fragment(&self) -> String {
        let mut writer = Writer::new(Vec::new());
        self.write(&mut writer);
        text_of(writer)
    }

    /// As a document of its own, in UTF-8.
    pub fn document(&self) -> String {
        let mut writer = Writer::new(Vec::new());
        put(&mut writer, Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        put(&mut writer, Event::Text(BytesText::new("\n")));
        self.write(&mut writer);
        put(&mut writer, Event::Text(BytesText::new("\n")));
        text_of(writer)
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) {
        let start = BytesStart::new(self.name).with_attributes(self.attributes.iter().map(|(name, value)| (*name, value.as_str())));
        if self.children.is_empty() {
            return put(writer, Event::Empty(start));
        }
        put(writer, Event::Start(start));
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(writer),
                Node::Text(text) => put(writer, Event::Text(BytesText::new(text))),
            }
        }
        put(writer, Event::End(BytesEnd::new(self.name)));
    }
}

fn put(writer: &mut Writer<Vec<u8>>, event: Event<'_>) {
    // Writing to memory cannot fail.
    let _ = writer.write_event(event);
}

fn text_of(writer: Writer<Vec<u8>>) -> String {
    String::from_utf8_lossy(&writer.into_inner()).into_owned()
}

/// The characters that XML 1.0 can hold (§2.2): a control character in a printed text would break the whole document.
pub fn allowed(text: &str) -> String {
    let held = |c: &char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    text.chars().filter(held).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Element;

    #[test]
    fn hostile_texts_stay_texts() {
        let hostile = "</text><script>\"'&\u{0}\u{b}\u{ffff}";
        let written = Element::new("text").with("title", hostile).text(hostile).document();
        let read = roxmltree::Document::parse(&written).unwrap();
        assert_eq!(read.root_element().text(), Some("</text><script>\"'&"));
        assert_eq!(read.root_element().attribute("title"), Some("</text><script>\"'&"));
        assert_eq!(read.descendants().filter(roxmltree::Node::is_element).count(), 1);
    }
}
