#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    registre::intake::html::text(&String::from_utf8_lossy(bytes));
});
