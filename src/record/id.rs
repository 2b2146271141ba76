//! Identifiers: UUIDv7, so that they sort by creation and say nothing else.

use std::cell::RefCell;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// An identifier: a UUID (version 7 when the register makes it), in lower case with hyphens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
#[schema(value_type = String, format = Uuid, example = "0197e3a8-7c00-7000-8000-000000000302")]
#[serde(transparent)]
pub struct Id(Uuid);

impl Id {
    /// A new identifier, later than every one made before it on this machine.
    pub fn mint() -> Self {
        Self(Uuid::now_v7())
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl std::str::FromStr for Id {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::try_parse(text).map(Self)
    }
}

thread_local! {
    /// What is asked for keys while records are read that may have them in the place of identifiers; nothing elsewhere.
    static KEYS: RefCell<Option<Keys>> = const { RefCell::new(None) };
}

/// What finds the identifier that a key stands for.
pub type Keys = Rc<dyn Fn(&str) -> Option<Id>>;

/// Reads records in which `@key` may stand in the place of an identifier, wherever one is expected and nowhere else: a title that begins with `@`
/// is a title.
pub fn with_keys<T>(find: Keys, read: impl FnOnce() -> T) -> T {
    let before = KEYS.replace(Some(find));
    let done = read();
    KEYS.set(before);
    done
}

thread_local! {
    /// What takes the place of identifiers while records are read; nothing elsewhere.
    static OTHERS: RefCell<Option<Others>> = const { RefCell::new(None) };
}

/// What gives another identifier for one that is read.
pub type Others = Rc<dyn Fn(Id) -> Id>;

/// Reads records in which other identifiers take the place of those that stand there: identifiers only, not texts that look like one.
pub fn with_others<T>(other: Others, read: impl FnOnce() -> T) -> T {
    let before = OTHERS.replace(Some(other));
    let done = read();
    OTHERS.set(before);
    done
}

/// What the error begins with where a key stands for nothing; the key follows.
pub const UNKNOWN_KEY: &str = "unknown key: ";

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Id;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a UUID string")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Id, E> {
                if let Some((key, find)) = text.strip_prefix('@').zip(KEYS.with_borrow(Clone::clone)) {
                    return find(key).ok_or_else(|| E::custom(format_args!("{UNKNOWN_KEY}{key}")));
                }
                let id: Result<Id, _> = text.parse();
                let other = OTHERS.with_borrow(Clone::clone);
                id.map(|id| other.map_or(id, |other| other(id))).map_err(|e| E::custom(format_args!("UUID parsing failed: {e}")))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

/// SIREN of an authority: nine digits with a valid check digit (Luhn).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
#[schema(value_type = String, pattern = "^[0-9]{9}$", example = "226200012")]
#[serde(transparent)]
pub struct Siren(String);

impl Siren {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Siren {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is not a SIREN.
#[derive(Debug, thiserror::Error)]
#[error("a SIREN is nine digits, the last of which checks the others (Luhn)")]
pub struct NotASiren;

impl std::str::FromStr for Siren {
    type Err = NotASiren;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() == 9 && text.bytes().all(|b| b.is_ascii_digit()) && luhn(text) { Ok(Self(text.to_owned())) } else { Err(NotASiren) }
    }
}

impl<'de> Deserialize<'de> for Siren {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The Luhn check of a text of digits: every second digit from the right doubled, nines taken off, the sum a multiple of ten.
/// Any character that is not a digit fails it.
pub fn luhn(digits: &str) -> bool {
    let sum = digits.chars().rev().enumerate().try_fold(0u32, |sum, (i, c)| {
        let digit = c.to_digit(10)?;
        let doubled = if i % 2 == 1 { digit * 2 } else { digit };
        Some(sum + if doubled > 9 { doubled - 9 } else { doubled })
    });
    sum.is_some_and(|sum| sum % 10 == 0) && !digits.is_empty()
}
