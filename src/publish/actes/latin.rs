//! XML in ISO-8859-1: what the encoding lacks (€, œ, ’) is written as a numeric character reference, so that nothing is lost or replaced.

use std::borrow::Cow;
use std::fmt::Write;

use quick_xml::Writer;
use quick_xml::escape::escape;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::name::QName;

/// A character that no XML 1.0 document can hold, not even as a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the character U+{:04X} cannot be written in XML", u32::from(*.0))]
pub struct Unwritable(pub char);

/// Whether XML 1.0 can hold a character (its production `Char`).
pub const fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// The text with markup escaped and, as references, what ISO-8859-1 lacks. So are U+0080 to U+009F, which many programs read as Windows-1252,
/// and the line breaks and tabs that an attribute would lose.
pub fn escaped(text: &str) -> Result<String, Unwritable> {
    let mut out = String::with_capacity(text.len());
    for c in escape(text).chars() {
        match c {
            '\u{20}'..='\u{7e}' | '\u{a0}'..='\u{ff}' => out.push(c),
            c if is_xml(c) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => return Err(Unwritable(c)),
        }
    }
    Ok(out)
}

/// An attribute whose value is escaped already.
pub fn attribute<'a>(name: &'a str, escaped: &'a str) -> Attribute<'a> {
    Attribute { key: QName(name), value: Cow::Borrowed(escaped) }
}

pub fn text(escaped: &str) -> BytesText<'_> {
    BytesText::from_escaped(escaped)
}

/// A whole document: the declaration, then what is written.
pub fn document(write: impl FnOnce(&mut Writer<Vec<u8>>) -> std::io::Result<()>) -> std::io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("ISO-8859-1"), None)))?;
    write(&mut writer)?;
    let written = String::from_utf8(writer.into_inner()).map_err(std::io::Error::other)?;
    written.chars().map(|c| u8::try_from(c).map_err(std::io::Error::other)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_or_replaced() {
        let rows = [
            ("été", "été"),
            ("11 780 €", "11 780 &#8364;"),
            ("œuvre d’art", "&#339;uvre d&#8217;art"),
            ("“a” — b…", "&#8220;a&#8221; &#8212; b&#8230;"),
            ("<a> & \"b\"", "&lt;a&gt; &amp; &quot;b&quot;"),
            ("a\nb", "a&#10;b"),
            ("\u{85}\u{a0}ÿ", "&#133;\u{a0}ÿ"),
            ("😀", "&#128512;"),
        ];
        for (text, expected) in rows {
            assert_eq!(escaped(text).unwrap(), expected, "{text}");
        }
        for c in ['\0', '\u{1}', '\u{b}', '\u{1f}', '\u{fffe}', '\u{ffff}'] {
            assert_eq!(escaped(&c.to_string()), Err(Unwritable(c)));
        }
    }
}
