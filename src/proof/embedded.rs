//! An entry inside another JSON document.
//!
//! It stands there as a JSON value, not as a text, so that a person can read it. What is proved is its canonical bytes. A tool that reformats
//! the document adds spaces and line breaks between tokens; those are taken out again. Nothing else may differ from the canonical form: a
//! key given twice, or another order of keys, would let two readers see two acts in one proof.

use serde_json::Value;

/// An entry that is not canonical JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the entry is not canonical JSON (RFC 8785)")]
pub struct NotCanonical;

/// The canonical bytes that an embedded entry stands for.
pub(super) fn canonical(entry: &str) -> Result<String, NotCanonical> {
    let packed = packed(entry);
    if is_canonical(&packed) { Ok(packed) } else { Err(NotCanonical) }
}

/// Whether a text is the canonical form of what it says.
pub(super) fn is_canonical(text: &str) -> bool {
    let value: Result<Value, _> = serde_json::from_str(text);
    value.is_ok_and(|value| serde_json_canonicalizer::to_vec(&value).is_ok_and(|bytes| bytes == text.as_bytes()))
}

/// Without the spaces and line breaks between tokens (RFC 8259 §2).
fn packed(text: &str) -> String {
    let (mut inside, mut escaped) = (false, false);
    text.chars()
        .filter(|c| {
            if inside {
                inside = escaped || *c != '"';
                escaped = !escaped && *c == '\\';
                return true;
            }
            inside = *c == '"';
            !matches!(c, ' ' | '\t' | '\n' | '\r')
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_between_tokens_do_not_count() {
        let pretty = "{\n  \"a\": [ 1, \"x \\\" y\\\\\" ],\r\n\t\"b\": {}\n}";
        assert_eq!(canonical(pretty).as_deref(), Ok(r#"{"a":[1,"x \" y\\"],"b":{}}"#));
    }

    #[test]
    fn anything_else_does() {
        for text in
            [r#"{"b":1,"a":2}"#, r#"{"a":1,"a":2}"#, r#"{"a":1.0}"#, r#"{"a":1e0}"#, r#"{"a":"\u0061"}"#, r#"{"a":"b"}x"#, "{\"a\":1\u{a0}}", ""]
        {
            assert_eq!(canonical(text), Err(NotCanonical), "{text}");
        }
    }
}
