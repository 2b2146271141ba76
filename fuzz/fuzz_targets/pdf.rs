//! The text of a PDF. The service reads it by a process of its own, which this stands for: what ends it is contained there, and is told as such.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(
    // The library panics at some damaged files, and is caught: what is not caught still ends the run.
    init: drop(std::panic::take_hook()),
    |bytes: &[u8]| {
        let _ = registre::intake::pdf::text(bytes);
    }
);
