//! How the acts of a body are numbered: a template, and what @CTES makes of a number.

use super::Rule;
use crate::record::Body;

const DEFAULT: &str = "{year}-{number}";

/// The template of a body.
pub(super) fn template(body: &Body) -> &str {
    body.numbering.as_deref().unwrap_or(DEFAULT)
}

/// The number that a template gives.
pub(super) fn number(template: &str, year: i32, ordinal: i32) -> Result<String, Rule> {
    let mut number = String::new();
    let mut rest = template;
    let mut counted = false;
    while let Some((text, after)) = rest.split_once('{') {
        let (field, after) = after.split_once('}').ok_or(Rule::NumberingTemplate)?;
        number.push_str(text);
        let (name, width) = match field.split_once(':') {
            Some((name, width)) => (name, Some(width.parse::<usize>().ok().filter(|w| (1..=6).contains(w)).ok_or(Rule::NumberingTemplate)?)),
            None => (field, None),
        };
        match (name, width) {
            ("year", None) => number.push_str(&format!("{year:04}")),
            ("year", Some(2)) => number.push_str(&format!("{:02}", year.rem_euclid(100))),
            ("number", width) => {
                counted = true;
                number.push_str(&format!("{ordinal:0width$}", width = width.unwrap_or(1)));
            }
            _ => return Err(Rule::NumberingTemplate),
        }
        rest = after;
    }
    if rest.contains('}') || !counted {
        return Err(Rule::NumberingTemplate);
    }
    number.push_str(rest);
    Ok(number)
}

/// Whether every number of a template can be sent, up to the hundred-thousandth of a year.
pub(super) fn check(template: &str) -> Result<(), Rule> {
    let longest = number(template, 9999, 99_999)?;
    let fits = crate::publish::actes::transmissible_number(&longest).is_ok();
    if fits { Ok(()) } else { Err(Rule::NumberingTemplate) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_gives_a_number() {
        for (template, year, ordinal, expected) in [
            (DEFAULT, 2025, 302, Ok("2025-302")),
            ("CP{year:2}-{number:4}", 2026, 7, Ok("CP26-0007")),
            ("{number}/{year}", 2026, 12, Ok("12/2026")),
            ("{number:3}", 2026, 1234, Ok("1234")),
            ("{year}", 2026, 1, Err(Rule::NumberingTemplate)),
            ("{number", 2026, 1, Err(Rule::NumberingTemplate)),
            ("{number}}", 2026, 1, Err(Rule::NumberingTemplate)),
            ("{number:0}", 2026, 1, Err(Rule::NumberingTemplate)),
            ("{number:99}", 2026, 1, Err(Rule::NumberingTemplate)),
            ("{year:3}-{number}", 2026, 1, Err(Rule::NumberingTemplate)),
            ("{month}-{number}", 2026, 1, Err(Rule::NumberingTemplate)),
        ] {
            assert_eq!(number(template, year, ordinal), expected.map(str::to_owned), "{template}");
        }
    }

    #[test]
    fn a_number_can_be_sent() {
        assert_eq!(check(DEFAULT), Ok(()));
        assert_eq!(check("COMMISSION-{year}-{number}"), Err(Rule::NumberingTemplate), "longer than fifteen");
    }
}
