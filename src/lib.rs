//! registre: the register of what local assemblies decide. See `docs/architecture.md` for the house.

pub mod api;
pub mod bulk;
pub mod cli;
pub mod config;
pub mod deliver;
pub mod demo;
pub mod intake;
pub mod keyfile;
pub mod proof;
pub mod publish;
pub mod record;
pub mod register;
pub mod rules;
pub mod search;
pub mod sight;
pub mod store;
pub mod web;
