#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    drop(registre::intake::pdf::text(bytes));
});
