//! Many records at once: files that are imported line by line by a worker, archives of a whole register, and answers that are prepared.

pub mod archive;
mod background;
mod fetched;
mod imports;
mod prepare;

pub use background::Background;
pub use imports::carry_out_imports;
#[cfg(fuzzing)]
#[doc(hidden)]
pub use imports::read_lines;
pub use prepare::prepare_answers;
