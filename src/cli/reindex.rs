//! The index of the acts made anew, with word of how far it is.

use super::Failure;
use super::serve::register;
use crate::config::Config;
use crate::record::Siren;
use crate::register::Register;

/// Migrations after which what is there already has to be indexed.
const NEED: &[&str] = &["20261125000004"];

/// Whether one of the migrations that ran needs the index to be made anew.
pub(super) fn is_needed(ran: &[String]) -> bool {
    ran.iter().any(|name| NEED.contains(&name.as_str()))
}

pub(super) fn reindex(config: &Config, authority: Option<&Siren>) -> Result<(), Failure> {
    let done = told(&register(config)?, authority, |owner, done| println!("{owner}: {done} acts"))?;
    println!("indexed {done} acts");
    Ok(())
}

/// Indexes, and tells every thousand acts.
pub(super) fn told(register: &Register, authority: Option<&Siren>, tell: impl Fn(&str, usize)) -> Result<usize, Failure> {
    let mut last = 0;
    Ok(register.reindex(authority, |owner, done| {
        if done / 1000 != last / 1000 {
            tell(owner, done);
        }
        last = done;
    })?)
}
