//! The query of a request, and cursors.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| registre::api::fuzzing::query(text));
