//! The lines of a file to import (newline-delimited JSON).
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    registre::bulk::read_lines(bytes);
});
