#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    registre::intake::read(&String::from_utf8_lossy(bytes));
});
