//! The matter of an act: the second level of the ACTES nomenclature, and its name as the schema spells it.

use super::WithheldReason;
use crate::publish::actes::MatterPath;
use crate::record::MatterCode;

/// The code to the second level, and "level 1/level 2" in lower case, without comma or parenthesis. The first code that goes so deep.
pub fn matter(codes: &[MatterCode]) -> Result<(String, String), WithheldReason> {
    let paths = codes.iter().filter_map(|matter| matter.code.parse::<MatterPath>().ok());
    let path = paths.into_iter().find(|path| path.levels().len() >= 2).ok_or(WithheldReason::MatterMissing)?;
    let second = MatterPath::of_levels(path.levels().iter().copied().take(2).collect()).map_err(|_| WithheldReason::MatterUnknown)?;
    let (Some(first_name), Some(second_name)) = second.labels() else { return Err(WithheldReason::MatterUnknown) };
    let spelt = |name: &str| name.to_lowercase().replace([',', '(', ')'], "");
    Ok((second.to_string(), format!("{}/{}", spelt(first_name), spelt(second_name))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names() {
        use WithheldReason::{MatterMissing, MatterUnknown};
        let given = |code: &str, name: &str| Ok((code.to_owned(), name.to_owned()));
        for (codes, expected) in [
            (vec!["7.5"], given("7.5", "finances locales/subventions")),
            (vec!["7.10"], given("7.10", "finances locales/divers")),
            (vec!["7.5.2.1"], given("7.5", "finances locales/subventions")),
            (vec!["8.5"], given("8.5", "domaines de compétences par thèmes/politique de la ville habitat logement")),
            (vec!["5.8"], given("5.8", "institutions et vie politique/décision d'ester en justice")),
            (vec!["9", "8.4"], given("8.4", "domaines de compétences par thèmes/aménagement du territoire")),
            (vec!["8.4", "7.5"], given("8.4", "domaines de compétences par thèmes/aménagement du territoire")),
            (vec!["7"], Err(MatterMissing)),
            // What a spreadsheet makes of a code is not read as one.
            (vec!["07.5"], Err(MatterMissing)),
            (vec![], Err(MatterMissing)),
            (vec!["7.11"], Err(MatterUnknown)),
        ] {
            let codes: Vec<MatterCode> = codes.into_iter().map(|code| MatterCode { code: code.to_owned(), label: None }).collect();
            assert_eq!(matter(&codes), expected);
        }
    }
}
