//! Names of the files of a transmission, as operators take them: `<type>-<identifier>-<transaction>-<message>_<n>.<extension>`.

use chrono::NaiveDate;

use super::ActIdentifier;

/// What a message is: the two numbers in the names of its files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// An act is sent: 1-1.
    Act,
    /// A transmission is cancelled: 6-1.
    Cancellation,
}

impl FileKind {
    const fn flow(self) -> &'static str {
        match self {
            Self::Act => "1-1",
            Self::Cancellation => "6-1",
        }
    }
}

/// Why a name cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    #[error("the type of a document is two digits, a low line, two capitals: 99_DE")]
    Type,
    #[error("the extension is two to four letters or digits: pdf")]
    Extension,
    #[error("the operator is named by three capitals")]
    Operator,
    #[error("files are numbered from 1; the message itself is 0")]
    Number,
}

/// The name of a message: number 0 of its files. `062-226200012-20250707-2025_302-DE-1-1_0.xml`
pub fn message_name(identifier: &ActIdentifier, kind: FileKind) -> String {
    format!("{identifier}-{}_0.xml", kind.flow())
}

/// The name of a document of an act, 1 for the act itself: `99_DE-062-226200012-20250707-2025_302-DE-1-1_1.pdf`. Which types there are for
/// a nature is said by the classification of the prefecture.
///
/// # Errors
/// When a part is not of its form.
pub fn attachment_name(document_type: &str, identifier: &ActIdentifier, number: u16, extension: &str) -> Result<String, NameFault> {
    if !is_type(document_type) {
        return Err(NameFault::Type);
    }
    if !(2..=4).contains(&extension.len()) || !extension.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return Err(NameFault::Extension);
    }
    if number == 0 {
        return Err(NameFault::Number);
    }
    Ok(format!("{document_type}-{identifier}-{}_{number}.{extension}", FileKind::Act.flow()))
}

/// The name of an envelope, numbered within the day: `EACT--226200012--20250709-1.xml`
pub fn envelope_name(siren: &str, day: NaiveDate, number: u32) -> String {
    format!("EACT--{siren}--{}-{number}.xml", day.format("%Y%m%d"))
}

/// The name of the archive of an envelope, with the three letters of the operator: `ABC-EACT--226200012--20250709-1.tar.gz`
///
/// # Errors
/// When the operator is not three capitals.
pub fn archive_name(operator: &str, siren: &str, day: NaiveDate, number: u32) -> Result<String, NameFault> {
    if operator.len() != 3 || !operator.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(NameFault::Operator);
    }
    Ok(format!("{operator}-EACT--{siren}--{}-{number}.tar.gz", day.format("%Y%m%d")))
}

fn is_type(text: &str) -> bool {
    let letters = |byte: &u8| byte.is_ascii_uppercase();
    matches!(text.as_bytes(), [a, b, b'_', c, d] if a.is_ascii_digit() && b.is_ascii_digit() && letters(c) && letters(d))
}

impl ActIdentifier {
    /// The identifier in the name of a file that an operator gives back, read from both ends like the identifier itself.
    pub fn in_file_name(name: &str) -> Option<Self> {
        let (stem, _extension) = name.rsplit_once('.')?;
        let (stem, _number) = stem.rsplit_once('_')?;
        let (stem, _message) = stem.rsplit_once('-')?;
        let (stem, _transaction) = stem.rsplit_once('-')?;
        let identifier = match stem.split_once('-') {
            Some((first, rest)) if is_type(first) => rest,
            _ => stem,
        };
        Self::lenient(identifier).ok()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn names_that_operators_take() {
        let id: ActIdentifier = "062-226200012-20250707-2025_302-DE".parse().unwrap();
        let day = "2025-12-30".parse().unwrap();
        assert_eq!(message_name(&id, FileKind::Act), "062-226200012-20250707-2025_302-DE-1-1_0.xml");
        assert_eq!(message_name(&id, FileKind::Cancellation), "062-226200012-20250707-2025_302-DE-6-1_0.xml");
        assert_eq!(attachment_name("99_DE", &id, 1, "pdf").unwrap(), "99_DE-062-226200012-20250707-2025_302-DE-1-1_1.pdf");
        assert_eq!(envelope_name("226200012", day, 12), "EACT--226200012--20251230-12.xml");
        assert_eq!(archive_name("ABC", "226200012", day, 12).unwrap(), "ABC-EACT--226200012--20251230-12.tar.gz");
        let refused = [
            (attachment_name("DE_99", &id, 1, "pdf"), NameFault::Type),
            (attachment_name("99_DE", &id, 0, "pdf"), NameFault::Number),
            (attachment_name("99_DE", &id, 1, "../pdf"), NameFault::Extension),
            (attachment_name("99_DE", &id, 1, "PDF"), NameFault::Extension),
            (archive_name("abc", "226200012", day, 1), NameFault::Operator),
        ];
        for (name, fault) in refused {
            assert_eq!(name, Err(fault));
        }
    }

    #[test]
    fn an_identifier_in_the_name_of_a_file() {
        let rows = [
            ("99_DE-062-226200012-20250707-2025_302-DE-1-1_1.pdf", Some("062-226200012-20250707-2025_302-DE")),
            ("99_AR-013-211300074-20220106-AR-2022-02-AR-1-1_1.PDF", Some("013-211300074-20220106-AR-2022-02-AR")),
            ("02A-200076958-20240229-24_1-DE-6-1_0.xml", Some("02A-200076958-20240229-24_1-DE")),
            ("EACT--226200012--20251230-12.xml", None),
            ("deliberation.pdf", None),
            ("", None),
        ];
        for (name, expected) in rows {
            assert_eq!(ActIdentifier::in_file_name(name).map(|id| id.to_string()).as_deref(), expected, "{name}");
        }
    }
}
