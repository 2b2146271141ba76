//! What comes back, made text and then a tree. It comes from outside: its size is bounded, a document type is refused, so no entity is ever
//! expanded and nothing else is read.

use chrono::NaiveDate;
use quick_xml::Reader;
use quick_xml::events::Event;
use roxmltree::{Document, Node, ParsingOptions};

use super::NAMESPACE;

/// Longest message that is read, in bytes. Documents travel beside messages, never in them.
const LARGEST: usize = 1 << 20;
/// Most elements, attributes and texts in one: a thousand annexes leave room.
const MOST_NODES: u32 = 20_000;

/// Deepest element, and most attributes and namespaces of one: a message has five levels, a dozen and three. The parser compares each attribute and each namespace with
/// all others: 15,000 elements in one another, each with a namespace, take it a minute.
const DEEPEST: usize = 16;
const MOST_ATTRIBUTES: usize = 64;
const MOST_NAMESPACES: usize = 8;

/// Why a message cannot be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("a message is at most {LARGEST} bytes long, {DEEPEST} elements deep, with {MOST_ATTRIBUTES} attributes to one")]
    TooLarge,
    #[error("the encoding {0} is not read: ISO-8859-1 or UTF-8")]
    Encoding(String),
    #[error("the message says UTF-8, or nothing, and is not in UTF-8")]
    NotUtf8,
    #[error("the message has a document type (DOCTYPE): it is refused, unread")]
    DocumentType,
    #[error("the message is not well-formed XML: {0}")]
    Xml(String),
    #[error("the message is not of @CTES: its root is {0}")]
    NotOfActes(String),
    #[error("a message {0} is not one that is taken in here")]
    Unexpected(String),
    #[error("the message has no {0}")]
    Missing(&'static str),
    #[error("{0} is not a date: {1}")]
    Date(&'static str, String),
}

/// The text of a message, by its mark (BOM) or its declaration.
pub fn decoded(bytes: &[u8]) -> Result<String, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    if bytes.starts_with(&[0xfe, 0xff]) || bytes.starts_with(&[0xff, 0xfe]) {
        return Err(Unreadable::Encoding("UTF-16".to_owned()));
    }
    let (marked, bytes) = bytes.strip_prefix(b"\xef\xbb\xbf").map_or((false, bytes), |rest| (true, rest));
    let declared = declared_encoding(bytes);
    match declared.as_deref().map(str::to_ascii_lowercase).as_deref() {
        None | Some("utf-8" | "utf8" | "us-ascii") => String::from_utf8(bytes.to_vec()).map_err(|_| Unreadable::NotUtf8),
        Some("iso-8859-1" | "iso8859-1" | "latin1" | "latin-1") if !marked => Ok(bytes.iter().copied().map(char::from).collect()),
        Some(_) => Err(Unreadable::Encoding(declared.unwrap_or_default())),
    }
}

/// The encoding in `<?xml … encoding="…"?>`, which is ASCII up to there.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head: String = bytes.iter().take(200).copied().map(char::from).collect();
    let (declaration, _) = head.strip_prefix("<?xml")?.split_once("?>")?;
    let (_, rest) = declaration.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest.get(1..)?.split_once(quote).map(|(name, _)| name.to_owned())
}

/// The tree of a message, whose root is of @CTES.
pub fn tree(text: &str) -> Result<Document<'_>, Unreadable> {
    modest(text)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::DtdDetected => Unreadable::DocumentType,
        roxmltree::Error::NodesLimitReached => Unreadable::TooLarge,
        other => Unreadable::Xml(short(&other.to_string())),
    })?;
    let root = document.root_element().tag_name();
    if root.namespace() == Some(NAMESPACE) { Ok(document) } else { Err(Unreadable::NotOfActes(short(root.name()))) }
}

/// Refuses a message of a shape that costs the parser more than its length.
fn modest(text: &str) -> Result<(), Unreadable> {
    let mut reader = Reader::from_str(text);
    let mut depth = 0usize;
    loop {
        let (tag, opens) = match reader.read_event().map_err(|error| Unreadable::Xml(short(&error.to_string())))? {
            Event::Start(tag) => (tag, 1),
            Event::Empty(tag) => (tag, 0),
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Event::DocType(_) => return Err(Unreadable::DocumentType),
            Event::Eof => return Ok(()),
            _ => continue,
        };
        depth += opens;
        // The check of attributes that stand twice is what takes so long: the parser does it.
        let (mut attributes, mut namespaces) = (0, 0);
        for attribute in tag.attributes().with_checks(false).flatten() {
            attributes += 1;
            namespaces += usize::from(attribute.key.as_ref().starts_with("xmlns"));
        }
        if depth > DEEPEST || attributes > MOST_ATTRIBUTES || namespaces > MOST_NAMESPACES {
            return Err(Unreadable::TooLarge);
        }
    }
}

/// What a refusal repeats of a message: a name may be as long as the message.
pub fn short(text: &str) -> String {
    text.chars().take(200).collect()
}

/// A child by its name.
pub fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|child| child.has_tag_name((NAMESPACE, name)))
}

/// The text in an element, comments left out; null where it is empty.
pub fn text_of(node: Node) -> Option<String> {
    let text: String = node.children().filter(Node::is_text).filter_map(|child| child.text()).collect();
    // A non-breaking space is part of the text.
    let trimmed = text.trim_matches(|c: char| c.is_ascii_whitespace());
    Some(trimmed.to_owned()).filter(|text| !text.is_empty())
}

pub fn child_text(node: Node, name: &str) -> Option<String> {
    child(node, name).and_then(text_of)
}

/// An attribute, qualified as the schema asks or not, as some write it.
pub fn attribute_text(node: Node, name: &str) -> Option<String> {
    let value = node.attribute((NAMESPACE, name)).or_else(|| node.attribute(name))?.trim();
    Some(value.to_owned()).filter(|value| !value.is_empty())
}

/// The names of the files in an element.
pub fn file_names(node: Node) -> Vec<String> {
    node.descendants().filter(|child| child.has_tag_name((NAMESPACE, "NomFichier"))).filter_map(text_of).collect()
}

/// A day as XML Schema writes it, which may bear a time zone: the day is what it says.
pub fn xml_date(text: &str) -> Option<NaiveDate> {
    let (day, zone) = text.split_at_checked(10)?;
    let offset = |zone: &str| zone.len() == 6 && zone.starts_with(['+', '-']) && zone.get(3..4) == Some(":");
    let day = day.parse().ok()?;
    (zone.is_empty() || zone == "Z" || offset(zone)).then_some(day)
}
