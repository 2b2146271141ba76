//! An external identifier as a parameter: `scheme:value`.

use serde::Deserialize;

/// `scheme:value`
#[derive(Clone, Debug)]
pub struct SchemeValue {
    pub scheme: String,
    pub value: String,
}

impl<'de> Deserialize<'de> for SchemeValue {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.split_once(':') {
            Some((scheme, value)) if !scheme.is_empty() && !value.is_empty() => Ok(Self { scheme: scheme.to_owned(), value: value.to_owned() }),
            _ => Err(serde::de::Error::custom("an external identifier is written scheme:value")),
        }
    }
}
