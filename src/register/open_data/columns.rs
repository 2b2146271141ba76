//! Acts as a table of columns.

use super::acts::Acts;
use super::{Pieces, owner};
use crate::publish::parquet::Columns;
use crate::record::Authority;
use crate::register::{Refusal, Register};
use crate::store::{AsNew, StoreError};

pub(super) fn deliberations(authority: String) -> Result<Pieces, Refusal> {
    let mut acts = Acts::of(authority.clone());
    let mut columns = Some(Columns::new().map_err(|e| StoreError::Corrupt(e.to_string()))?);
    let mut of: Option<Authority> = None;
    Ok(Box::new(move |register: &Register| {
        let failed = |e: parquet::errors::ParquetError| Refusal::from(StoreError::Corrupt(e.to_string()));
        let Some(table) = columns.as_mut() else { return Ok(None) };
        if of.is_none() {
            of = register.read(&AsNew::Lately, |session| owner(session, &authority))?;
        }
        if let Some(authority) = &of
            && let Some(page) = acts.page(register)?
        {
            page.iter().for_each(|act| table.add(authority, act));
            return table.written().map(Some).map_err(failed);
        }
        let rest = columns.take().map(Columns::finish).transpose().map_err(failed)?;
        Ok(rest)
    }))
}
