//! A document that is taken in: text, HTML or PDF, in any charset. The first byte says which.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use registre::api::Said;
use serde_json::Value;

const SAID: [&str; 5] = ["text/plain", "text/plain; charset=windows-1252", "text/html", "text/html; charset=utf-8", "application/pdf"];

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

fuzz_target!(
    // The library that reads PDF panics at some damaged files, and is caught: what is not caught still ends the run.
    init: drop(std::panic::take_hook()),
    |bytes: &[u8]| -> Corpus {
        let Some((first, document)) = bytes.split_first() else { return Corpus::Reject };
        let Some(said) = first.checked_sub(b'0').and_then(|number| SAID.get(usize::from(number))) else { return Corpus::Reject };
        if let Ok(read) = Said::read(said).expect("a known type").document(document) {
            spans(&serde_json::to_value(&read.reading).expect("a reading is written"), &read.text);
        }
        Corpus::Keep
    }
);
