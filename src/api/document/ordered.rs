//! The document as it is written out.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

const FIRST: &str = "application/json";

/// The document with JSON first among the types of a body: many generators take the first for the only one.
pub struct Ordered<'a>(pub &'a Value);

impl Serialize for Ordered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                let first = fields.iter().filter(|(key, _)| *key == FIRST);
                for (key, value) in first.chain(fields.iter().filter(|(key, _)| *key != FIRST)) {
                    map.serialize_entry(key, &Ordered(value))?;
                }
                map.end()
            }
            Value::Array(items) => serializer.collect_seq(items.iter().map(Ordered)),
            other => other.serialize(serializer),
        }
    }
}
