//! Counts: of votes, members, seats. 0 is a count; unknown is null.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A number of people or of things: 0 to 100 000, more than any assembly has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
#[schema(value_type = u32, minimum = 0, maximum = 100_000)]
#[serde(transparent)]
pub struct Count(u32);

impl Count {
    pub const MAX: u32 = 100_000;

    pub const fn get(self) -> u32 {
        self.0
    }
}

/// The number is larger than any assembly.
#[derive(Debug, thiserror::Error)]
#[error("a count is a whole number from 0 to 100000")]
pub struct OutOfRange;

impl TryFrom<u32> for Count {
    type Error = OutOfRange;
    fn try_from(number: u32) -> Result<Self, Self::Error> {
        if number <= Self::MAX { Ok(Self(number)) } else { Err(OutOfRange) }
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u32::deserialize(deserializer)?.try_into().map_err(serde::de::Error::custom)
    }
}
