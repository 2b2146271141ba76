//! A printed act that is taken in, as text or as a page. The first byte says which.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use registre::intake::{html, read};
use serde_json::Value;

/// Each span that a draft names is a piece of the text.
fn spans(value: &Value, text: &str) {
    match value {
        Value::Object(fields) => {
            let end = |name: &str| fields.get(name).and_then(Value::as_u64).map(|n| usize::try_from(n).expect("a place"));
            if let (Some(start), Some(end)) = (end("start"), end("end")) {
                assert!(text.get(start..end).is_some(), "the span {start}..{end} is no piece of the text");
            }
            fields.values().for_each(|field| spans(field, text));
        }
        Value::Array(items) => items.iter().for_each(|item| spans(item, text)),
        _ => {}
    }
}

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Some((first, document)) = bytes.split_first() else { return Corpus::Reject };
    let document = String::from_utf8_lossy(document);
    let text = match first {
        b'0' => document.into_owned(),
        b'2' => html::text(&document),
        _ => return Corpus::Reject,
    };
    spans(&serde_json::to_value(read(&text)).expect("a reading is written"), &text);
    Corpus::Keep
});
