//! From the bytes of a document to its text: by what it is said to be, and by no guess.

use actix_web::http::header::{CONTENT_TYPE, HeaderMap};
use encoding_rs::{Encoding, ISO_8859_15, UTF_8, WINDOWS_1252};

use super::apart::{Apart, NotRead, Sort};
use super::limits::late;
use crate::api::body;
use crate::api::problem::{Kind, Problem};
use crate::intake;
use crate::intake::pdf::PdfError;
use crate::register::DocumentRead;

/// How far into a page its charset may be said (the HTML standard).
const PRESCAN: usize = 1024;

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Media {
    Text,
    Html,
    Pdf,
}

impl Media {
    const ALL: [(&'static str, Self); 3] = [("text/plain", Self::Text), ("text/html", Self::Html), ("application/pdf", Self::Pdf)];

    const fn name(self) -> &'static str {
        match self {
            Self::Text => "text/plain",
            Self::Html => "text/html",
            Self::Pdf => "application/pdf",
        }
    }
}

/// What a document is said to be.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    media: Media,
    charset: Option<&'static Encoding>,
}

/// The charsets that are read. Others are refused: what is written in them would be read as something else.
const CHARSETS: [&Encoding; 3] = [UTF_8, WINDOWS_1252, ISO_8859_15];

fn charset(label: &str) -> Result<&'static Encoding, Problem> {
    let known = Encoding::for_label(label.as_bytes()).filter(|encoding| CHARSETS.contains(encoding));
    known.ok_or_else(|| {
        Problem::new(Kind::MediaType).saying(
            format!("Le jeu de caractères {label:?} n'est pas lu : utf-8, windows-1252 (ou iso-8859-1), iso-8859-15."),
            format!("The charset {label:?} is not read: utf-8, windows-1252 (or iso-8859-1), iso-8859-15."),
        )
    })
}

impl Said {
    /// Reads `Content-Type`.
    ///
    /// # Errors
    /// [`Kind::MediaType`] for a type or a charset that is not read.
    pub fn of(headers: &HeaderMap) -> Result<Self, Problem> {
        body::plain(headers)?;
        Self::read(headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default())
    }

    /// The same of a text.
    ///
    /// # Errors
    /// Those of [`Said::of`].
    pub fn read(content_type: &str) -> Result<Self, Problem> {
        let mut parts = content_type.split(';').map(str::trim);
        let essence = parts.next().unwrap_or_default();
        let media = Media::ALL.iter().find(|(name, _)| essence.eq_ignore_ascii_case(name)).map(|(_, media)| *media);
        let media = media.ok_or_else(|| {
            let all = Media::ALL.map(|(name, _)| name).join(", ");
            Problem::new(Kind::MediaType)
                .saying(format!("Dites par Content-Type ce qu'est le document : {all}."), format!("Say by Content-Type what the document is: {all}."))
        })?;
        let label = parts.filter_map(|part| part.split_once('=')).find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
        let charset = label.map(|(_, label)| charset(label.trim().trim_matches('"'))).transpose()?;
        Ok(Self { media, charset: charset.filter(|_| media != Media::Pdf) })
    }

    /// Reads a document whole. Takes time in proportion to its length.
    ///
    /// # Errors
    /// [`Kind::NotRead`]; [`Kind::MediaType`] for a charset that a page says of itself.
    pub fn document(self, bytes: &[u8], apart: &Apart) -> Result<DocumentRead, Problem> {
        self.read_by(bytes, |sort, bytes| apart.text(sort, bytes).map_err(|why| no_text(why, apart.seconds())))
    }

    fn read_by(self, bytes: &[u8], text: impl Fn(Sort, Vec<u8>) -> Result<String, Problem>) -> Result<DocumentRead, Problem> {
        let (text, charset) = match self.media {
            Media::Pdf => (text(Sort::Pdf, bytes.to_vec())?, None),
            Media::Text => decoded(bytes, self.charset)?,
            Media::Html => {
                let (page, charset) = decoded(bytes, self.charset.map_or_else(|| said_within(bytes), |said| Ok(Some(said)))?)?;
                (text(Sort::Html, page.into_bytes())?, charset)
            }
        };
        let reading = intake::read(&text);
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok(DocumentRead { media_type: self.media.name(), charset, sha256: DocumentRead::digest(bytes), bytes: length, text, reading })
    }
}

/// The charset that a page says in its head.
fn said_within(bytes: &[u8]) -> Result<Option<&'static Encoding>, Problem> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(PRESCAN)).unwrap_or_default()).to_ascii_lowercase();
    let Some((_, after)) = head.split_once("<meta").and_then(|(_, metas)| metas.split_once("charset=")) else { return Ok(None) };
    let label: String = after.trim_start_matches(['"', '\'']).chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.+".contains(*c)).collect();
    if label.is_empty() { Ok(None) } else { charset(&label).map(Some) }
}

/// The text of bytes: in UTF-8 where nothing else is said.
fn decoded(bytes: &[u8], said: Option<&'static Encoding>) -> Result<(String, Option<&'static str>), Problem> {
    let encoding = said.unwrap_or(UTF_8);
    if encoding == UTF_8 {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let at = error.valid_up_to();
            not_read(
                "not_in_charset",
                format!("l'octet {at} n'est pas de l'UTF-8 : si le document est en windows-1252, dites-le (`charset=windows-1252`)"),
                format!("byte {at} is no UTF-8: if the document is in windows-1252, say so (`charset=windows-1252`)"),
            )
        })?;
        return Ok((text.to_owned(), Some("utf-8")));
    }
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Ok((text.into_owned(), Some(if encoding == ISO_8859_15 { "iso-8859-15" } else { "windows-1252" })))
}

/// A document that cannot be read, and why.
pub fn not_read(code: &str, fr: impl Into<String>, en: impl Into<String>) -> Problem {
    Problem::new(Kind::NotRead).at("", code, fr, en)
}

fn no_text(why: NotRead, seconds: u64) -> Problem {
    match why {
        NotRead::Late => late(seconds),
        NotRead::Failed => Problem::new(Kind::Internal),
        NotRead::Document(error) => no_document(error),
    }
}

fn no_document(error: PdfError) -> Problem {
    match error {
        PdfError::NotPdf => not_read("not_pdf", "ce n'est pas un PDF", "this is no PDF"),
        PdfError::TooLarge => super::too_large(),
        PdfError::Unreadable => not_read(
            "pdf_unreadable",
            "le PDF est endommagé, verrouillé, d'une sorte inconnue, ou demande trop de mémoire",
            "the PDF is damaged, locked, of an unknown sort, or asks for too much memory",
        ),
        PdfError::NoText => not_read(
            "pdf_without_text",
            "le PDF n'a pas de texte, seulement des images de pages : passez-le d'abord par une reconnaissance de caractères",
            "the PDF has no text, only pictures of pages: have its characters recognised first",
        ),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Its name, what is said, the bytes; the text and the charset, or the problem.
    type Case<'a> = (&'a str, &'a str, &'a [u8], Result<(&'a str, Option<&'a str>), &'a str>);

    #[test]
    fn a_text_is_read_by_what_is_said_of_it() {
        let cases: &[Case<'_>] = &[
            ("UTF-8 where nothing is said", "text/plain", "é".as_bytes(), Ok(("é", Some("utf-8")))),
            ("a mark of order is no text", "text/plain", b"\xef\xbb\xbfa", Ok(("a", Some("utf-8")))),
            ("windows-1252", "text/plain; charset=windows-1252", b"\xe9\x80", Ok(("é€", Some("windows-1252")))),
            ("latin-1 is read as windows-1252", "text/plain; charset=\"ISO-8859-1\"", b"\xe9", Ok(("é", Some("windows-1252")))),
            ("latin-9", "text/plain;charset=iso-8859-15", b"\xa4", Ok(("€", Some("iso-8859-15")))),
            ("no guess", "text/plain", b"\xe9", Err("document-not-read")),
            ("UTF-8 that is not", "text/plain; charset=utf-8", b"\xe9", Err("document-not-read")),
            ("an unknown charset", "text/plain; charset=ebcdic", b"a", Err("unsupported-media-type")),
            ("a charset that is not read", "text/plain; charset=utf-16le", b"a", Err("unsupported-media-type")),
            ("a page says its own", "text/html", b"<meta charset='windows-1252'><p>\xe9</p>", Ok(("é", Some("windows-1252")))),
            ("the header outranks the page", "text/html; charset=utf-8", b"<meta charset=windows-1252><p>a</p>", Ok(("a", Some("utf-8")))),
            ("a page says an unknown one", "text/html", b"<meta charset=big5><p>a</p>", Err("unsupported-media-type")),
            ("another type", "application/json", b"{}", Err("unsupported-media-type")),
            ("no PDF", "application/pdf", b"hello", Err("document-not-read")),
        ];
        for (name, said, bytes, expected) in cases {
            let read = Said::read(said).and_then(|said| said.read_by(bytes, |sort, bytes| sort.text(&bytes).map_err(no_document)));
            let read = read.as_ref().map(|read| (read.text.trim(), read.charset)).map_err(|problem| problem.kind().slug());
            assert_eq!(read, *expected, "{name}");
        }
    }
}
