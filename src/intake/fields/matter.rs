//! The matter of an act in the ACTES nomenclature: "Nomenclature : 7.5 Subventions".

use crate::intake::blocks::Block;
use crate::intake::draft::Confidence;
use crate::intake::grammar::wording::longest;
use crate::intake::sink::Sink;
use crate::intake::words::layout::MATTERS;
use crate::record::MatterCode;

/// The code behind the word, of one to five numbers with points between them, and its label.
pub fn code(text: &str) -> Option<(&str, Option<&str>)> {
    let behind = text.get(longest(MATTERS, text)?..)?;
    let value = behind.trim_start_matches([' ', ':', '\u{a0}', '-', '–', '(']);
    let end = value.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(value.len());
    let code = value.get(..end)?.trim_end_matches('.');
    let label = value.get(end..)?.trim_matches([' ', ':', '-', '–', ')', '\u{a0}', '.']);
    let numbers: Vec<&str> = code.split('.').collect();
    let path = numbers.len() <= 5 && numbers.iter().all(|number| (1..=2).contains(&number.len()));
    // A figure alone may be the number of something else, unless a colon stands before it.
    let told = numbers.len() > 1 || behind.trim_start().starts_with(':');
    (path && told && !value.get(end..)?.starts_with(char::is_alphabetic)).then(|| (code, Some(label).filter(|label| !label.is_empty())))
}

/// Adds the code that a block tells to those of the act.
pub fn read(block: &Block, codes: &mut Vec<MatterCode>, sink: &mut Sink<'_>) {
    let Some((code, label)) = code(block.text()).filter(|_| codes.len() < 5) else { return };
    let pointer = format!("/act/matter_codes/{}", codes.len());
    sink.note(format!("{pointer}/code"), &block.passage, code, Confidence::Certain);
    let label = label.and_then(|label| sink.text(format!("{pointer}/label"), &block.passage, label, Confidence::Likely));
    codes.push(MatterCode { code: code.to_owned(), label });
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::code;

    #[test]
    fn codes_of_matters() {
        let cases = [
            ("Nomenclature : 7.5 Subventions", Some(("7.5", Some("Subventions")))),
            ("NOMENCLATURE ACTES : 1.1.1. – Marchés publics", Some(("1.1.1", Some("Marchés publics")))),
            ("Matière : 8", Some(("8", None))),
            ("Code matière 3.2", Some(("3.2", None))),
            ("Nomenclature M57 développée", None),
            ("Matière grise", None),
            ("Nomenclature : 2024.112", None),
        ];
        for (text, expected) in cases {
            assert_eq!(code(text), expected, "{text}");
        }
    }
}
