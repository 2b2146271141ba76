//! Amounts: the printed text, a decimal with two places, a currency. Never a float.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::vocabulary;

vocabulary! {
    /// Whether an amount includes taxes.
    TaxBasis {
        Including = "including_tax", "TTC", "including tax";
        Excluding = "excluding_tax", "HT", "excluding tax";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

/// An amount as printed and as read: `{"text": "11 780,00", "amount": "11780.00", "currency": "EUR"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Money {
    pub text: Option<String>,
    pub amount: Option<Amount>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    pub tax_basis: TaxBasis,
}

impl Default for Money {
    fn default() -> Self {
        Self { text: None, amount: None, currency: None, tax_basis: TaxBasis::Unstated }
    }
}

impl Money {
    /// The amount in hundredths, where it is known.
    pub fn cents(&self) -> Option<i64> {
        self.amount.map(|a| a.0)
    }
}

/// A decimal with exactly two places, as text: `"11780.00"`, `"-4.50"`. At most thirteen digits before the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ToSchema)]
#[schema(value_type = String, pattern = r"^-?[0-9]{1,13}\.[0-9]{2}$", example = "11780.00")]
pub struct Amount(i64);

impl Amount {
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents)
    }

    pub const fn cents(self) -> i64 {
        self.0
    }
}

/// Why a text is not an amount.
#[derive(Debug, thiserror::Error)]
#[error("an amount is a text of digits with a point and exactly two decimals, such as \"11780.00\"")]
pub struct NotAnAmount;

impl std::str::FromStr for Amount {
    type Err = NotAnAmount;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (units, cents) = unsigned.split_once('.').ok_or(NotAnAmount)?;
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if !(1..=13).contains(&units.len()) || cents.len() != 2 || !digits(units) || !digits(cents) {
            return Err(NotAnAmount);
        }
        let hundredths: i64 = format!("{units}{cents}").parse().map_err(|_| NotAnAmount)?;
        Ok(Self(if unsigned.len() < text.len() { -hundredths } else { hundredths }))
    }
}

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&decimal(i128::from(self.0)))
    }
}

/// Hundredths as a decimal text: sums may be larger than any [`Amount`].
pub fn decimal(cents: i128) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
}

impl Serialize for Amount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
