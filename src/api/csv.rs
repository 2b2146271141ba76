//! Tables for a spreadsheet: RFC 4180, a header row, and no cell that a spreadsheet would take for a formula.

use actix_web::http::header::HeaderMap;

use super::problem::{Kind, Problem};

/// What the answer is as a table.
pub trait Table {
    const HEADER: &'static [&'static str];
    fn rows(&self) -> Vec<Vec<String>>;
}

/// A text in a cell. One that begins as a formula does is quoted as a spreadsheet quotes it (OWASP, CSV injection).
pub fn text(text: Option<&str>) -> String {
    let text = text.unwrap_or_default();
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) { format!("'{text}") } else { text.to_owned() }
}

/// Whatever writes itself as a number, a date, a word of a vocabulary; nothing where it is unknown.
pub fn plain(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// The table as bytes.
pub fn written<T: Table>(table: &T) -> Result<Vec<u8>, Problem> {
    let failed = |_| Problem::new(Kind::Internal);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(T::HEADER).map_err(failed)?;
    for row in table.rows() {
        writer.write_record(row).map_err(failed)?;
    }
    writer.into_inner().map_err(|_| Problem::new(Kind::Internal))
}

/// Whether the reader would rather have a table than JSON.
pub fn wanted(headers: &HeaderMap) -> bool {
    super::negotiate::wanted(headers, &["text/csv"]).is_some()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use actix_web::http::header::{ACCEPT, HeaderValue};

    struct Names(Vec<&'static str>);
    impl Table for Names {
        const HEADER: &'static [&'static str] = &["name", "count"];
        fn rows(&self) -> Vec<Vec<String>> {
            self.0.iter().map(|name| vec![text(Some(name)), plain(Some(-1))]).collect()
        }
    }

    #[test]
    fn cells() {
        for (cell, expected) in [
            ("M. Jean MARTIN", "M. Jean MARTIN"),
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            ("+33", "'+33"),
            ("-1", "'-1"),
            ("@SUM", "'@SUM"),
            ("\tx", "'\tx"),
            ("a=b", "a=b"),
            ("D'ARC", "D'ARC"),
        ] {
            assert_eq!(text(Some(cell)), expected);
        }
        assert_eq!(text(None), "");
        let table = String::from_utf8(written(&Names(vec!["Groupe A, B et C", "dit \"le vieux\"", "=1"])).unwrap()).unwrap();
        assert_eq!(table, "name,count\r\n\"Groupe A, B et C\",-1\r\n\"dit \"\"le vieux\"\"\",-1\r\n'=1,-1\r\n");
    }

    #[test]
    fn who_wants_a_table() {
        for (accept, expected) in [
            ("text/csv", true),
            ("Text/CSV", true),
            ("text/csv;q=0", false),
            ("application/json", false),
            ("*/*", false),
            ("text/*", false),
            ("application/json, text/csv;q=0.5", false),
            ("application/json;q=0.5, text/csv", true),
            ("text/csv; header=present, */*;q=0.1", true),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, HeaderValue::from_str(accept).unwrap());
            assert_eq!(wanted(&headers), expected, "{accept}");
        }
        assert!(!wanted(&HeaderMap::new()));
    }
}
