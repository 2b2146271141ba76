//! Amounts in every French form. A point or a comma may divide thousands or cents: two figures behind it are cents, three are thousands.

use winnow::Parser;
use winnow::combinator::{alt, opt};
use winnow::error::ContextError;

use super::{Parsed, words};
use crate::record::{Amount, Money, TaxBasis};

/// An amount as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// Null where the marks can be read in two ways: "1,250 €".
    pub cents: Option<i64>,
    /// Whether a currency is printed.
    pub euros: bool,
    pub tax: TaxBasis,
}

impl Read {
    pub fn money(self, printed: &str) -> Money {
        Money {
            text: Some(printed.to_owned()),
            amount: self.cents.map(Amount::from_cents),
            currency: self.euros.then(|| "EUR".to_owned()),
            tax_basis: self.tax,
        }
    }
}

fn digits<'a>(input: &mut &'a str, most: usize) -> &'a str {
    let len = input.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (read, rest) = input.split_at_checked(len).unwrap_or_default();
    *input = rest;
    read
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// The figures of an amount, in cents.
fn figures(input: &mut &str) -> Parsed<Option<i64>> {
    let mut number = digits(input, 13).to_owned();
    if number.is_empty() {
        return Err(ContextError::new());
    }
    let mut comma_groups = 0;
    let mut grouped = number.len() > 3;
    let mut mark = None;
    // Groups of three behind one and the same mark.
    while number.len() <= 12 && !(grouped && mark.is_none()) {
        let mut rest = *input;
        let Some(c) = rest.chars().next().filter(|c| is_space(*c) || matches!(c, '.' | ',')) else { break };
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        let group = digits(&mut rest, 4);
        if group.len() != 3 || mark.is_some_and(|m: char| m != c && !(is_space(m) && is_space(c))) {
            break;
        }
        mark = Some(c);
        comma_groups += usize::from(c == ',');
        grouped = true;
        number.push_str(group);
        *input = rest;
    }
    let mut cents = "00".to_owned();
    let mut rest = *input;
    if let Some(c) = rest.chars().next().filter(|c| matches!(c, '.' | ',') && Some(*c) != mark) {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        let read = digits(&mut rest, 3);
        if read.len() == 1 || read.len() == 2 {
            cents = format!("{read:0<2}");
            *input = rest;
        }
    }
    let value = format!("{number}{cents}").parse::<i64>().map_err(|_| ContextError::new())?;
    // "1,250": thousands for some, three decimals for others.
    Ok((comma_groups != 1).then_some(value))
}

fn currency(input: &mut &str) -> Parsed<i64> {
    *input = input.trim_start_matches(is_space);
    if let Some(rest) = input.strip_prefix('€') {
        *input = rest;
        return Ok(1);
    }
    for (mark, times) in [("K€", 1000), ("k€", 1000), ("M€", 1_000_000)] {
        if let Some(rest) = input.strip_prefix(mark) {
            *input = rest;
            return Ok(times);
        }
    }
    alt((words("euro~"), words("eur"))).value(1).parse_next(input)
}

fn tax(input: &mut &str) -> Parsed<TaxBasis> {
    *input = input.trim_start_matches(is_space);
    alt((
        alt((words("ttc"), words("toutes taxes comprises"))).value(TaxBasis::Including),
        alt((words("ht"), words("hors taxes"), words("hors taxe"))).value(TaxBasis::Excluding),
    ))
    .parse_next(input)
}

/// An amount; without a currency too, as in the cells of a table.
pub fn amount(input: &mut &str) -> Parsed<Read> {
    let negative = input.strip_prefix(['-', '\u{2212}', '\u{2013}']).map(|rest| *input = rest.trim_start()).is_some();
    let cents = figures(input)?;
    if input.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(ContextError::new());
    }
    let times = opt(currency).parse_next(input)?;
    let tax = opt(tax).parse_next(input)?.unwrap_or(TaxBasis::Unstated);
    let cents = match (cents, times) {
        (Some(cents), Some(times)) => Some(cents.checked_mul(times).ok_or_else(ContextError::new)?),
        (cents, _) => cents,
    };
    // Thirteen figures before the point, as in the record.
    let cents = cents.filter(|cents| *cents < 1_000_000_000_000_000);
    Ok(Read { cents: cents.map(|cents| if negative { -cents } else { cents }), euros: times.is_some(), tax })
}

/// An amount with its currency, as in a sentence.
pub fn in_euros(input: &mut &str) -> Parsed<Read> {
    amount.verify(|read: &Read| read.euros).parse_next(input)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::amount;

    #[test]
    fn amounts_in_every_form() {
        let cases = [
            ("11 780 €", Some(1_178_000), true),
            ("11\u{202f}780,00", Some(1_178_000), false),
            ("11.780€", Some(1_178_000), true),
            ("48.80€", Some(4880), true),
            ("2.500.000,00 EUR", Some(250_000_000), true),
            ("1 250,5 euros", Some(125_050), true),
            ("17500", Some(1_750_000), false),
            ("-3 000,00 €", Some(-300_000), true),
            ("150 K€", Some(15_000_000), true),
            ("1,250 €", None, true),
            ("1,250,000.50 €", Some(125_000_050), true),
            ("0,00", Some(0), false),
        ];
        for (text, cents, euros) in cases {
            let mut input = text;
            let read = amount(&mut input).unwrap();
            assert_eq!((read.cents, read.euros, input), (cents, euros, ""), "{text}");
        }
    }
}
