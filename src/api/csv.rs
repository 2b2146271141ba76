//! Tables for a spreadsheet: RFC 4180, with a header row.

use actix_web::http::header::HeaderMap;

use super::problem::{Kind, Problem};
use crate::publish::csv::rows;
pub use crate::publish::csv::{plain, text};

/// What the answer is as a table.
pub trait Table {
    const HEADER: &'static [&'static str];
    fn rows(&self) -> Vec<Vec<String>>;
}

/// The table as bytes.
pub fn written<T: Table>(table: &T) -> Result<Vec<u8>, Problem> {
    let header = T::HEADER.iter().map(|name| (*name).to_owned()).collect();
    rows(std::iter::once(header).chain(table.rows())).map_err(|_| Problem::new(Kind::Internal))
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
    fn a_table() {
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
