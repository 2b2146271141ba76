//! registre: the register of what local assemblies decide. See `docs/architecture.md` for the house.

pub mod record;
pub mod rules;
