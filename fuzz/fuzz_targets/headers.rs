//! The headers of a request: one on each line, the first byte says which.
#![no_main]

use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 16] = [
    "accept",
    "accept-language",
    "authorization",
    "content-digest",
    "content-length",
    "content-type",
    "digest",
    "idempotency-key",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "last-event-id",
    "range",
    "repr-digest",
    "x-forwarded-for",
];

fuzz_target!(|bytes: &[u8]| {
    let lines: Vec<(&'static str, &[u8])> = bytes
        .split(|byte| *byte == b'\n')
        .filter_map(|line| line.split_first())
        .filter_map(|(first, value)| Some((*NAMES.get(usize::from(first.wrapping_sub(b'a')))?, value)))
        .collect();
    registre::api::fuzzing::headers(&lines);
});
