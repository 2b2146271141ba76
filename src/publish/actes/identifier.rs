//! The identifier of an act on @CTES (XSD attribute `IDActe`): department, SIREN, day of the decision, number, nature, joined by hyphens.
//!
//! The schema forbids a hyphen in the number, and papers print it all the same (`…-2025-302-DE`). So an identifier is read from both ends:
//! all but the number has a fixed length.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

use super::Nature;

/// An identifier, as sent or as printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActIdentifier {
    department: String,
    siren: String,
    date: NaiveDate,
    number: String,
    nature: String,
}

/// Why a text is no identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierFault {
    #[error("an identifier has five parts joined by hyphens: department, SIREN, date, number, nature")]
    Parts,
    #[error("the department is three digits, or two and A or B: 062, 02A")]
    Department,
    #[error("the SIREN is nine digits")]
    Siren,
    #[error("the date is a day as AAAAMMJJ: 20250707")]
    Date,
    #[error("the number is one to fifteen letters, digits or low lines")]
    Number,
    #[error("the nature is two capital letters: DE")]
    Nature,
}

/// Why a number cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    #[error("the act has no number, or one without a letter or a digit")]
    Empty,
    #[error("a number of one character is not taken by the tools that transmit: two at least")]
    TooShort,
    #[error("the number has more than fifteen characters: give the act a shorter one for @CTES")]
    TooLong,
}

/// Longest number of the schema.
const LONGEST: usize = 15;
/// Longest number that is read in print: no source says, a long one is rather a misreading.
const LONGEST_PRINTED: usize = 40;

impl ActIdentifier {
    /// An identifier to be sent.
    ///
    /// # Errors
    /// When a part is not what the schema asks for: `number` must be transmissible already (see [`transmissible_number`]).
    pub fn new(department: &str, siren: &str, date: NaiveDate, number: &str, nature: Nature) -> Result<Self, IdentifierFault> {
        let made = Self {
            department: department.to_owned(),
            siren: siren.to_owned(),
            date,
            number: number.to_owned(),
            nature: nature.abbreviation().to_owned(),
        };
        made.check()?;
        Ok(made)
    }

    /// Reads an identifier as it is seen in print, hyphens in its number included: `ID : 062-226200012-20250707-2025-302-DE`.
    ///
    /// # Errors
    /// When an end is not that of an identifier, or nothing stands between the two.
    pub fn lenient(text: &str) -> Result<Self, IdentifierFault> {
        let text = text.trim();
        let text = text.strip_prefix("ID").map_or(text, |rest| rest.trim_start_matches([' ', '\u{a0}', ':']));
        let read = Self::from_both_ends(text)?;
        read.check_ends()?;
        let printable = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
        let number = &read.number;
        if number.is_empty() || number.len() > LONGEST_PRINTED || !number.chars().all(printable) || number.starts_with('-') || number.ends_with('-') {
            return Err(IdentifierFault::Number);
        }
        Ok(read)
    }

    fn from_both_ends(text: &str) -> Result<Self, IdentifierFault> {
        let parts = IdentifierFault::Parts;
        let (department, rest) = text.split_once('-').ok_or(parts)?;
        let (siren, rest) = rest.split_once('-').ok_or(parts)?;
        let (date, rest) = rest.split_once('-').ok_or(parts)?;
        let (number, nature) = rest.rsplit_once('-').ok_or(parts)?;
        if date.len() != 8 || !all_digits(date) {
            return Err(IdentifierFault::Date);
        }
        let date = NaiveDate::parse_from_str(date, "%Y%m%d").map_err(|_| IdentifierFault::Date)?;
        // Typed by hand, the letters of a department or of a nature lose their capitals.
        let (department, nature) = (department.to_ascii_uppercase(), nature.to_ascii_uppercase());
        Ok(Self { department, siren: siren.to_owned(), date, number: number.to_owned(), nature })
    }

    fn check_ends(&self) -> Result<(), IdentifierFault> {
        if !is_department(&self.department) {
            return Err(IdentifierFault::Department);
        }
        if self.siren.len() != 9 || !all_digits(&self.siren) {
            return Err(IdentifierFault::Siren);
        }
        if !(0..=9999).contains(&self.date.year()) {
            return Err(IdentifierFault::Date);
        }
        if self.nature.len() != 2 || !self.nature.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(IdentifierFault::Nature);
        }
        Ok(())
    }

    /// The rule of the schema, with `[09]` where it says `[0|9]`: the bar is a slip of its author. Capital letters are ASCII here, as they are
    /// in every nature there is.
    fn check(&self) -> Result<(), IdentifierFault> {
        self.check_ends()?;
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        let fits = (1..=LONGEST).contains(&self.number.len()) && self.number.bytes().all(allowed);
        if fits { Ok(()) } else { Err(IdentifierFault::Number) }
    }

    /// Whether it can be sent: one that was read in print may hold hyphens.
    pub fn is_strict(&self) -> bool {
        self.check().is_ok()
    }

    /// Code of the department: `062`, `02A`.
    pub fn department(&self) -> &str {
        &self.department
    }

    pub fn siren(&self) -> &str {
        &self.siren
    }

    /// Day of the decision.
    pub fn date(&self) -> NaiveDate {
        self.date
    }

    pub fn number(&self) -> &str {
        &self.number
    }

    /// Two capitals: `DE`.
    pub fn nature_abbreviation(&self) -> &str {
        &self.nature
    }

    /// Its nature, where it is one that the register knows.
    pub fn nature(&self) -> Option<Nature> {
        Nature::of_abbreviation(&self.nature)
    }

    /// Equal for identifiers that @CTES would take for one: `2025-302` and `2025_302` are sent as one number.
    pub fn collision_key(&self) -> String {
        let Self { department, siren, date, number, nature } = self;
        format!("{department}-{siren}-{}-{}-{nature}", date.format("%Y%m%d"), number_collision_key(number))
    }
}

/// With the calendar year: that of the week (`YYYY` in Java) is another on some days around New Year.
impl fmt::Display for ActIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { department, siren, date, number, nature } = self;
        write!(f, "{department}-{siren}-{}-{number}-{nature}", date.format("%Y%m%d"))
    }
}

/// Strict: the rule of the schema. See [`ActIdentifier::lenient`] for what is printed.
impl FromStr for ActIdentifier {
    type Err = IdentifierFault;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = Self::from_both_ends(text)?;
        read.check()?;
        // What was forgiven on the way is not what was written.
        if read.to_string() == text { Ok(read) } else { Err(IdentifierFault::Parts) }
    }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// `[09][0-9][AB0-9]`
fn is_department(text: &str) -> bool {
    matches!(text.as_bytes(), [b'0' | b'9', b'0'..=b'9', b'A' | b'B' | b'0'..=b'9'])
}

/// The number as it is sent: capitals, digits and low lines, two to fifteen of them, as the tools that transmit ask (`^[0-9A-Z_]{2,15}$`); the
/// schema would take small letters and a single character. Any other character becomes a low line: `2025-302` is sent as `2025_302`.
///
/// # Errors
/// When there is nothing to send, or it is too short or too long: a number is never cut, two acts could become one.
pub fn transmissible_number(number: &str) -> Result<String, NumberFault> {
    let sent = number_collision_key(number);
    match sent.len() {
        _ if sent.bytes().all(|b| b == b'_') => Err(NumberFault::Empty),
        1 => Err(NumberFault::TooShort),
        2..=LONGEST => Ok(sent),
        _ => Err(NumberFault::TooLong),
    }
}

/// Equal for numbers that are sent as one.
pub fn number_collision_key(number: &str) -> String {
    let sent = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    number.trim().chars().map(sent).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_they_are_sent() {
        use NumberFault::{Empty, TooLong, TooShort};
        let rows: Vec<(&str, Result<&str, NumberFault>)> = vec![
            ("2025-302", Ok("2025_302")),
            ("2025_302", Ok("2025_302")),
            ("2025302", Ok("2025302")),
            (" 2025-302 ", Ok("2025_302")),
            ("cp/2025.302", Ok("CP_2025_302")),
            ("CL20171227_06", Ok("CL20171227_06")),
            ("N°12 bis", Ok("N_12_BIS")),
            ("délib-1", Ok("D_LIB_1")),
            ("12", Ok("12")),
            ("7", Err(TooShort)),
            ("", Err(Empty)),
            ("   ", Err(Empty)),
            ("-", Err(Empty)),
            ("n°", Ok("N_")),
            ("--", Err(Empty)),
            ("123456789012345", Ok("123456789012345")),
            ("1234567890123456", Err(TooLong)),
            ("2025-07-07-CP-302", Err(TooLong)),
        ];
        for (number, expected) in rows {
            assert_eq!(transmissible_number(number), expected.map(str::to_owned), "{number}");
        }
    }

    #[test]
    fn strict_and_lenient() {
        use IdentifierFault::{Date, Department, Nature, Number, Parts, Siren};
        // Text, number and nature when read leniently, strictly valid.
        type Row<'a> = (&'a str, Result<(&'a str, &'a str), IdentifierFault>, bool);
        let rows: Vec<Row> = vec![
            ("062-226200012-20250707-2025_302-DE", Ok(("2025_302", "DE")), true),
            ("034-491011698-20171207-CL20171227_06-DE", Ok(("CL20171227_06", "DE")), true),
            ("013-211301106-20210201-1212-AI", Ok(("1212", "AI")), true),
            ("ID : 013-211301106-20210201-1212-AI", Ok(("1212", "AI")), false),
            ("062-226200012-20250707-2025-302-DE", Ok(("2025-302", "DE")), false),
            ("013-211300074-20220106-AR-2022-02-AR", Ok(("AR-2022-02", "AR")), false),
            ("02A-200076958-20240229-24_1-DE", Ok(("24_1", "DE")), true),
            ("02B-200076958-20240229-24_1-DE", Ok(("24_1", "DE")), true),
            ("02b-200076958-20240229-24_1-de", Ok(("24_1", "DE")), false),
            ("974-229740014-20240229-x-DE", Ok(("x", "DE")), true),
            (" 062-226200012-20250707-2025_302-DE\n", Ok(("2025_302", "DE")), false),
            ("062-226200012-20250707-1234567890123456-DE", Ok(("1234567890123456", "DE")), false),
            ("|62-226200012-20250707-2025_302-DE", Err(Department), false),
            ("162-226200012-20250707-2025_302-DE", Err(Department), false),
            ("62-226200012-20250707-2025_302-DE", Err(Department), false),
            ("02C-226200012-20250707-2025_302-DE", Err(Department), false),
            ("062-22620001-20250707-2025_302-DE", Err(Siren), false),
            ("062-226200012-20250230-2025_302-DE", Err(Date), false),
            ("062-226200012-2025077-2025_302-DE", Err(Date), false),
            ("062-226200012-+2025077-2025_302-DE", Err(Date), false),
            ("062-226200012-20250707--DE", Err(Number), false),
            ("062-226200012-20250707---DE", Err(Number), false),
            ("062-226200012-20250707-é-DE", Err(Number), false),
            ("062-226200012-20250707-2025_302-D", Err(Nature), false),
            ("062-226200012-20250707-2025_302-D1", Err(Nature), false),
            ("062-226200012-20250707-DE", Err(Parts), false),
            ("062-226200012-20250707", Err(Parts), false),
            ("", Err(Parts), false),
        ];
        for (text, expected, strict) in rows {
            let read = ActIdentifier::lenient(text);
            assert_eq!(read.as_ref().map(|id| (id.number(), id.nature_abbreviation())).map_err(|fault| *fault), expected, "{text}");
            assert_eq!(text.parse::<ActIdentifier>().is_ok(), strict, "{text}");
            if strict {
                assert_eq!(text.parse::<ActIdentifier>().unwrap().to_string(), text);
            }
        }
    }

    #[test]
    fn the_year_is_that_of_the_calendar() {
        // Monday 29 December 2025 and Friday 1 January 2027 belong to weeks of 2026.
        for (day, printed) in [("2025-12-29", "20251229"), ("2027-01-01", "20270101"), ("2024-02-29", "20240229")] {
            let id = ActIdentifier::new("062", "226200012", day.parse().unwrap(), "2025_302", super::Nature::Deliberation).unwrap();
            assert_eq!(id.to_string(), format!("062-226200012-{printed}-2025_302-DE"));
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn numbers_that_collide() {
        let key = |text: &str| ActIdentifier::lenient(text).unwrap().collision_key();
        let sent = key("062-226200012-20250707-2025_302-DE");
        assert_eq!(key("062-226200012-20250707-2025-302-DE"), sent);
        assert_eq!(key("062-226200012-20250707-2025/302-DE"), sent);
        for other in ["062-226200012-20250707-2025302-DE", "062-226200012-20250708-2025_302-DE", "062-226200012-20250707-2025_302-AR"] {
            assert_ne!(key(other), sent, "{other}");
        }
    }
}
