//! Open data: what is public of an authority, whole, whoever asks. An export is read a page at a time, each page in a transaction of its own, so that
//! it holds no more in memory than a page, and no connection while the reader is slow. What changes meanwhile may be in it or not.

mod acts;
mod answers;
mod catalogue;
#[cfg(feature = "parquet")]
mod columns;
mod directory;
mod tables;

use super::lists::Page;
use super::{Reader, Refusal, Register};
use crate::record::{Authority, Siren};
use crate::store::Session;

pub use catalogue::Catalogued;

/// What can be had whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenData {
    /// SCDL Délibérations.
    ScdlDeliberations,
    /// What is left out of it.
    ScdlDeliberationsWithheld,
    /// SCDL Subventions.
    ScdlGrants,
    /// What is left out of it.
    ScdlGrantsWithheld,
    PopoloPersons,
    PopoloOrganizations,
    PopoloMemberships,
    PopoloMotions,
    PopoloVoteEvents,
    /// Acts, as they are answered one by one.
    Deliberations,
    /// Sittings, as they are answered one by one.
    Sittings,
    /// Acts as a table of columns.
    #[cfg(feature = "parquet")]
    DeliberationColumns,
}

/// One piece after the other; none at the end.
type Pieces = Box<dyn FnMut(&Register) -> Result<Option<Vec<u8>>, Refusal> + Send>;

/// An export on its way.
pub struct Export {
    /// Whose data it is; none where the register is empty.
    pub authority: Option<Siren>,
    pieces: Pieces,
}

impl Export {
    /// The next piece; none at the end. After an error there is no more.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn next(&mut self, register: &Register) -> Result<Option<Vec<u8>>, Refusal> {
        (self.pieces)(register)
    }
}

impl Register {
    /// Begins an export of an authority: the one that is named, or the only one.
    ///
    /// # Errors
    /// [`Refusal::AuthorityNeeded`].
    pub fn export(&self, what: OpenData, authority: Option<Siren>) -> Result<Export, Refusal> {
        let owner = self.store.read(|session| scope(session, authority))?;
        let of = owner.clone();
        let pieces = match what {
            OpenData::ScdlDeliberations => tables::deliberations(of),
            OpenData::ScdlDeliberationsWithheld => tables::deliberations_withheld(of),
            OpenData::ScdlGrants => tables::grants(of),
            OpenData::ScdlGrantsWithheld => tables::grants_withheld(of),
            OpenData::PopoloPersons => directory::persons(of),
            OpenData::PopoloOrganizations => directory::organizations(of),
            OpenData::PopoloMemberships => directory::memberships(of),
            OpenData::PopoloMotions => acts::motions(of),
            OpenData::PopoloVoteEvents => acts::vote_events(of),
            OpenData::Deliberations => answers::deliberations(of),
            OpenData::Sittings => answers::sittings(of),
            #[cfg(feature = "parquet")]
            OpenData::DeliberationColumns => columns::deliberations(of)?,
        };
        Ok(Export { authority: owner.parse().ok(), pieces })
    }
}

/// The authority that is meant; empty where there is none.
fn scope(session: &mut Session<'_>, authority: Option<Siren>) -> Result<String, Refusal> {
    let page = Page { authority, limit: 0 };
    page.scope(session, &Reader::default()).map(|(authority, _)| authority)
}

/// An authority as it stands; none where there is no such one.
fn owner(session: &mut Session<'_>, authority: &str) -> Result<Option<Authority>, Refusal> {
    Ok(match session.authority(authority)? {
        Some(row) => Some(super::canonical::stored(&row.entry)?),
        None => None,
    })
}

/// A JSON array in an envelope: its head, the members that each page gives, its foot.
fn envelope(name: &'static str, mut page: impl FnMut(&Register) -> Result<Option<Vec<serde_json::Value>>, Refusal> + Send + 'static) -> Pieces {
    enum Part {
        Head,
        Members { any: bool },
        End,
    }
    let mut part = Part::Head;
    Box::new(move |register| match part {
        Part::Head => {
            part = Part::Members { any: false };
            Ok(Some(format!("{{\"{name}\":[").into_bytes()))
        }
        Part::Members { ref mut any } => {
            let Some(members) = page(register)? else {
                part = Part::End;
                return Ok(Some(b"]}".to_vec()));
            };
            let mut piece = Vec::new();
            for member in members {
                if *any {
                    piece.push(b',');
                }
                piece.push(b'\n');
                *any = true;
                serde_json::to_writer(&mut piece, &member)?;
            }
            Ok(Some(piece))
        }
        Part::End => Ok(None),
    })
}
