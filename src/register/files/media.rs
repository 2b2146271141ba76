//! The types of files that are taken in. What a file is said to be is compared with its first bytes: a type that runs in a browser or on a
//! reader's machine is taken in under no name.

use super::FileRefusal;

/// How many of the first bytes tell what a file is.
pub const HEAD: usize = 8192;

/// A type that is taken in, and the ending of its files' names.
struct Media {
    name: &'static str,
    ending: &'static str,
}

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const TAKEN_IN: &[Media] = &[
    Media { name: "application/pdf", ending: "pdf" },
    Media { name: "image/png", ending: "png" },
    Media { name: "image/jpeg", ending: "jpg" },
    Media { name: "image/tiff", ending: "tif" },
    Media { name: "application/xml", ending: "xml" },
    Media { name: "text/xml", ending: "xml" },
    Media { name: "text/plain", ending: "txt" },
    Media { name: "text/csv", ending: "csv" },
    Media { name: "application/zip", ending: "zip" },
    Media { name: DOCX, ending: "docx" },
    Media { name: XLSX, ending: "xlsx" },
    Media { name: "application/vnd.oasis.opendocument.text", ending: "odt" },
    Media { name: "application/vnd.oasis.opendocument.spreadsheet", ending: "ods" },
];

/// Taken in as the source of an act only.
const PAGE: &str = "text/html";

fn known(name: &str) -> Option<&'static Media> {
    TAKEN_IN.iter().find(|media| media.name == name)
}

/// The types that are taken in.
pub fn taken_in() -> impl Iterator<Item = &'static str> {
    TAKEN_IN.iter().map(|media| media.name)
}

/// The ending of the names of files of a type, for who downloads one: a name that ends otherwise would be opened by another program.
pub fn ending(media_type: &str) -> Option<&'static str> {
    let essence = media_type.split(';').next().unwrap_or_default();
    if essence == PAGE {
        return Some("html");
    }
    known(essence).map(|media| media.ending)
}

/// What a client says that a file is.
pub enum Said {
    /// A type that is taken in, and for a text its `charset`.
    Type(&'static str, Option<String>),
    /// `application/octet-stream`: it does not know.
    Unknown,
}

impl Said {
    /// Reads a `Content-Type`.
    pub fn of(content_type: &str) -> Result<Self, FileRefusal> {
        let mut parts = content_type.split(';').map(str::trim);
        let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
        if essence == "application/octet-stream" {
            return Ok(Self::Unknown);
        }
        let media = known(&essence).ok_or_else(|| FileRefusal::NotTakenIn(essence.clone()))?;
        Ok(Self::Type(media.name, charset(parts).filter(|_| media.name.starts_with("text/"))))
    }
}

/// What the first bytes are.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    /// Known by its signature.
    Signature(&'static str),
    /// XML of no particular kind.
    Xml,
    /// A text without markup.
    Text,
    /// Text that a browser would run: HTML, SVG, a script.
    Active(&'static str),
    Nothing,
}

fn found(head: &[u8]) -> Found {
    match infer::get(head).map(|kind| kind.mime_type()) {
        Some("text/xml") => return markup(head),
        Some("text/html") => return Found::Active("text/html"),
        Some("application/zip") if is_office(head) => return Found::Signature("application/zip+office"),
        Some(signature) => return Found::Signature(signature),
        // The library takes some of them for a camera's raw picture, by two bytes that may be anything.
        None if head.starts_with(b"II*\0") || head.starts_with(b"MM\0*") => return Found::Signature("image/tiff"),
        None => {}
    }
    let binary = |b: &u8| matches!(b, 0..=8 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f);
    if head.iter().any(binary) {
        return Found::Nothing;
    }
    if String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().starts_with('<') { markup(head) } else { Found::Text }
}

/// Whether a ZIP begins as office documents do: some programs put first what does not tell of which kind they are.
fn is_office(head: &[u8]) -> bool {
    let name = head.get(30..).unwrap_or_default();
    [b"[Content_Types].xml".as_slice(), b"_rels/", b"docProps/", b"word/", b"xl/"].iter().any(|first| name.starts_with(first))
}

/// What a text that begins with `<` is: by its first element, past the prolog.
fn markup(head: &[u8]) -> Found {
    let text = String::from_utf8_lossy(head);
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<!") => ">",
            _ => break,
        };
        let (before, after) = rest.split_once(end).unwrap_or((rest, ""));
        if let Some(active) = before.get(..9).filter(|start| start.eq_ignore_ascii_case("<!doctype")).and(before.get(9..)).and_then(active) {
            return active;
        }
        // Declarations within a document type end it early, and what follows is then no element.
        rest = after.trim_start();
    }
    let Some(name) = rest.strip_prefix('<') else { return Found::Nothing };
    if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return Found::Nothing;
    }
    active(name).unwrap_or(Found::Xml)
}

/// What a browser would run, by the name that a text begins with.
fn active(text: &str) -> Option<Found> {
    let name = text.trim_start().split(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '[')).next().unwrap_or_default();
    let local = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    match local.as_str() {
        "svg" => Some(Found::Active("image/svg+xml")),
        "html" | "script" => Some(Found::Active("text/html")),
        _ => None,
    }
}

/// The charset of a text, where it is said in a way that can be kept.
fn charset<'a>(parameters: impl Iterator<Item = &'a str>) -> Option<String> {
    let is_token = |text: &str| (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:+".contains(&b));
    let said = parameters.map(str::trim).filter_map(|part| part.split_once('=')).find(|(name, _)| name.eq_ignore_ascii_case("charset"));
    said.map(|(_, value)| value.trim_matches('"').to_ascii_lowercase()).filter(|value| is_token(value))
}

/// The type of a page of HTML, if a `Content-Type` is that.
pub fn page(content_type: &str) -> Option<String> {
    let mut parts = content_type.split(';').map(str::trim);
    let is_page = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case(PAGE));
    is_page.then(|| charset(parts).map_or_else(|| PAGE.to_owned(), |charset| format!("{PAGE}; charset={charset}")))
}

/// A page is a text of any kind: browsers read what is no HTML as well.
pub fn judged_page(said: &str, head: &[u8]) -> Result<String, FileRefusal> {
    match found(head) {
        Found::Text | Found::Xml | Found::Active(_) => Ok(said.to_owned()),
        Found::Signature(found) => Err(FileRefusal::TypeDiffers { said: PAGE.to_owned(), found: found.to_owned() }),
        // A markup that is cut, as much as bytes that are no text.
        Found::Nothing if head.trim_ascii_start().starts_with(b"<") && !head.contains(&0) => Ok(said.to_owned()),
        Found::Nothing => Err(FileRefusal::Unrecognised),
    }
}

/// The type of a file: what it is said to be, where its first bytes bear that out.
pub fn judged(said: &Said, head: &[u8]) -> Result<String, FileRefusal> {
    let found = found(head);
    let (said, charset) = match said {
        Said::Type(name, charset) => (*name, charset),
        Said::Unknown => {
            return match found {
                Found::Signature(name) => known(name).map(|media| media.name.to_owned()).ok_or_else(|| FileRefusal::NotTakenIn(name.to_owned())),
                Found::Xml => Ok("application/xml".to_owned()),
                Found::Active(name) => Err(FileRefusal::NotTakenIn(name.to_owned())),
                Found::Text | Found::Nothing => Err(FileRefusal::Unrecognised),
            };
        }
    };
    let holds = match (&found, said) {
        (Found::Xml, "application/xml" | "text/xml") | (Found::Text, "text/plain" | "text/csv") => true,
        (Found::Signature("application/zip+office"), DOCX | XLSX | "application/zip") => true,
        (Found::Signature(name), said) => *name == said,
        _ => false,
    };
    if holds {
        return Ok(charset.as_ref().map_or_else(|| said.to_owned(), |charset| format!("{said}; charset={charset}")));
    }
    Err(match found {
        Found::Signature(name) | Found::Active(name) => {
            FileRefusal::TypeDiffers { said: said.to_owned(), found: name.trim_end_matches("+office").to_owned() }
        }
        Found::Xml => FileRefusal::TypeDiffers { said: said.to_owned(), found: "application/xml".to_owned() },
        Found::Text => FileRefusal::TypeDiffers { said: said.to_owned(), found: "text/plain".to_owned() },
        Found::Nothing => FileRefusal::TypeDiffers { said: said.to_owned(), found: "application/octet-stream".to_owned() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PDF: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    const EXE: &[u8] = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0";

    fn zip(first: &str) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
        bytes.extend([u8::try_from(first.len()).expect("a short name"), 0, 0, 0]);
        bytes.extend(first.as_bytes());
        bytes
    }

    #[test]
    fn what_a_file_is_said_to_be_is_borne_out_by_its_bytes() {
        let odt = zip("mimetypeapplication/vnd.oasis.opendocument.text");
        for (name, said, head, expected) in [
            ("a PDF", "application/pdf", PDF, Ok("application/pdf")),
            ("a PDF, whatever the capitals", "Application/PDF", PDF, Ok("application/pdf")),
            ("a PNG", "image/png", PNG, Ok("image/png")),
            ("a JPEG", "image/jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF", Ok("image/jpeg")),
            ("a TIFF", "image/tiff", b"II*\0\x08\0\0\0\0\0\0\0", Ok("image/tiff")),
            ("a TIFF like no other", "image/tiff", b"MM\0*\0\0\0\x10CR", Ok("image/tiff")),
            ("a text", "text/plain; charset=\"ISO-8859-15\"", b"s\xe9ance", Ok("text/plain; charset=iso-8859-15")),
            ("a table", "text/csv", b"a;b\r\n1;2\r\n", Ok("text/csv")),
            ("XML", "application/xml", b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- a -->\n<actes:ARActe/>", Ok("application/xml")),
            ("XML without a declaration", "text/xml", b" <ARActe/>", Ok("text/xml")),
            ("a ZIP", "application/zip", &zip("a.txt"), Ok("application/zip")),
            ("a text document", "application/vnd.oasis.opendocument.text", &odt, Ok("application/vnd.oasis.opendocument.text")),
            ("a document that begins with its types", DOCX, &zip("[Content_Types].xml"), Ok(DOCX)),
            ("a document told by its first file", DOCX, &zip("word/document.xml"), Ok(DOCX)),
            ("who does not know, a PDF", "application/octet-stream", PDF, Ok("application/pdf")),
            ("who does not know, XML", "application/octet-stream", b"<ARActe/>", Ok("application/xml")),
            ("who does not know, a program", "application/octet-stream", EXE, Err("application/vnd.microsoft.portable-executable")),
            ("who does not know, a text", "application/octet-stream", b"abc", Err("cannot be told")),
            ("a program for a PDF", "application/pdf", EXE, Err("application/vnd.microsoft.portable-executable")),
            ("a PDF for a PNG", "image/png", PDF, Err("is application/pdf")),
            ("a spreadsheet for a document", DOCX, &zip("xl/workbook.xml"), Err("spreadsheetml")),
            ("a ZIP for a document", DOCX, &zip("a.txt"), Err("is application/zip")),
            ("HTML for a text", "text/plain", b"\n<!DOCTYPE html><p>", Err("text/html")),
            ("HTML for a text, without a type", "text/plain", b"<script>alert(1)</script>", Err("text/html")),
            ("HTML for XML", "application/xml", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", Err("text/html")),
            ("SVG for XML", "text/xml", b"<?xml version='1.0'?><!-- > --><x:svg xmlns:x='http://www.w3.org/2000/svg'/>", Err("image/svg+xml")),
            ("XML whose first element is called as one of HTML", "text/xml", b"<?xml version='1.0'?><table/>", Ok("text/xml")),
            ("SVG for XML, by its type", "text/xml", b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", Err("image/svg+xml")),
            ("XML for a text", "text/plain", b"<?xml version='1.0'?><a/>", Err("is application/xml")),
            ("XML whose first element does not come", "text/xml", b"<?xml version='1.0'?><!-- aaaa", Err("is application/octet-stream")),
            ("a script for a text", "text/plain", b"#!/bin/sh\nrm x\n", Err("text/x-shellscript")),
            ("bytes for a text", "text/plain", b"a\0b", Err("is application/octet-stream")),
            ("bytes for a PDF", "application/pdf", b"\x01\x02\x03", Err("is application/octet-stream")),
            ("a text for a PDF", "application/pdf", b"abc", Err("is text/plain")),
            ("HTML", "text/html", b"<html>", Err("are not taken in")),
            ("SVG", "image/svg+xml", b"<svg/>", Err("are not taken in")),
            ("nothing said", "", PDF, Err("are not taken in")),
        ] {
            let judged = Said::of(said).and_then(|said| judged(&said, head));
            match (judged, expected) {
                (Ok(judged), Ok(expected)) => assert_eq!(judged, expected, "{name}"),
                (Err(refusal), Err(expected)) => assert!(refusal.to_string().contains(expected), "{name}: {refusal}"),
                (judged, expected) => panic!("{name}: {judged:?}, expected {expected:?}"),
            }
        }
    }

    #[test]
    fn every_type_has_an_ending() {
        for name in taken_in() {
            assert!(ending(name).is_some_and(|ending| (3..=4).contains(&ending.len())), "{name}");
        }
        assert_eq!(ending("text/csv; charset=utf-8"), Some("csv"));
    }
}
