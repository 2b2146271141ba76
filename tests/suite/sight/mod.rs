//! What who runs the service sees of it, and what it does not wait for.

mod limited;
mod seen;
mod waits;
