//! Cells of a table for a spreadsheet (RFC 4180): none that a spreadsheet would take for a formula.

/// A text in a cell. One that begins as a formula does is quoted as a spreadsheet quotes it (OWASP, CSV injection).
pub fn text(text: Option<&str>) -> String {
    let text = text.unwrap_or_default();
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) { format!("'{text}") } else { text.to_owned() }
}

/// Whatever writes itself as a number, a date, a word of a vocabulary; nothing where it is unknown.
pub fn plain(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Rows as bytes.
///
/// # Errors
/// When rows have different numbers of cells.
pub fn rows<R: AsRef<[u8]>>(rows: impl IntoIterator<Item = impl IntoIterator<Item = R>>) -> std::io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(csv::IntoInnerError::into_error)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

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
        assert_eq!(plain(Some(-1)), "-1");
        let written = rows([["Groupe A, B et C", "-1"], ["dit \"le vieux\"", "é\nè"]]).unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), "\"Groupe A, B et C\",-1\r\n\"dit \"\"le vieux\"\"\",\"é\nè\"\r\n");
        assert!(rows([vec!["a", "b"], vec!["c"]]).is_err());
    }
}
