//! Open data: what stands in each file, what is left out and told, and what nobody may find there.

mod exports;
mod loaded;
mod public;
