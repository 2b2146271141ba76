//! What there is to be had of an authority.

use chrono::NaiveDate;

use super::{owner, scope};
use crate::record::{Authority, Siren, Visibility};
use crate::register::{Refusal, Register};

/// A public authority whose data there are.
#[derive(Clone, Debug)]
pub struct Catalogued {
    pub authority: Authority,
    /// First and last day of its public acts; none where there are none.
    pub days: Option<(NaiveDate, NaiveDate)>,
}

impl Register {
    /// The authority of a catalogue: the one that is named, or the only one.
    ///
    /// # Errors
    /// [`Refusal::AuthorityNeeded`]; [`Refusal::NotFound`] where it is not public.
    pub fn catalogued(&self, authority: Option<Siren>) -> Result<Catalogued, Refusal> {
        self.store.read(|session| {
            let siren = scope(session, authority)?;
            let public = owner(session, &siren)?.filter(|authority| authority.visibility == Visibility::Public);
            let authority = public.ok_or(Refusal::NotFound)?;
            Ok(Catalogued { days: session.days_of_public_acts(&siren)?, authority })
        })
    }
}
