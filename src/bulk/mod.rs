//! Many records at once: files that are imported line by line by a worker, and archives of a whole register.

pub mod archive;
mod fetched;
mod imports;

pub use imports::Worker;
#[cfg(fuzzing)]
#[doc(hidden)]
pub use imports::read_lines;
