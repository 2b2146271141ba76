//! The tables of the SCDL, and what is left out of them.

use super::acts::Acts;
use super::{Pieces, owner};
use crate::publish::csv;
use crate::publish::public_act::PublicAct;
use crate::publish::scdl::{self, Given};
use crate::record::Authority;
use crate::register::{Refusal, Register};
use crate::store::{AsNew, StoreError};

pub(super) fn deliberations(authority: String) -> Pieces {
    table(authority, &scdl::DELIBERATIONS, |authority, act| scdl::deliberation(authority, act).rows)
}

pub(super) fn deliberations_withheld(authority: String) -> Pieces {
    table(authority, &scdl::WITHHELD, |authority, act| withheld(scdl::deliberation(authority, act), act))
}

pub(super) fn grants(authority: String) -> Pieces {
    table(authority, &scdl::GRANTS, |authority, act| scdl::grants(authority, act).rows)
}

pub(super) fn grants_withheld(authority: String) -> Pieces {
    table(authority, &scdl::WITHHELD, |authority, act| withheld(scdl::grants(authority, act), act))
}

fn withheld(given: Given, act: &PublicAct) -> Vec<Vec<String>> {
    given.withheld_rows(act)
}

/// Its head, then the rows of each page of acts.
fn table(authority: String, header: &'static [&'static str], rows: fn(&Authority, &PublicAct) -> Vec<Vec<String>>) -> Pieces {
    let mut acts = Acts::of(authority.clone());
    let mut of: Option<Authority> = None;
    let mut begun = false;
    Box::new(move |register: &Register| {
        if !begun {
            begun = true;
            of = register.read(&AsNew::Lately, |session| owner(session, &authority))?;
            return written([header]).map(Some);
        }
        let Some(authority) = &of else { return Ok(None) };
        let Some(page) = acts.page(register)? else { return Ok(None) };
        written(page.iter().flat_map(|act| rows(authority, act))).map(Some)
    })
}

fn written<R: AsRef<[u8]>>(rows: impl IntoIterator<Item = impl IntoIterator<Item = R>>) -> Result<Vec<u8>, Refusal> {
    csv::rows(rows).map_err(|e| StoreError::Corrupt(e.to_string()).into())
}
