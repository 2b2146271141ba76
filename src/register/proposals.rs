//! Recusals proposed before a sitting. Proposed, never imposed: this reads, and writes nothing.

use super::canonical::{stored, word};
use super::deliberation::load as load_act;
use super::membership::Memberships;
use super::roster::names_of;
use super::sitting::load;
use super::{Refusal, Register};
use crate::record::{Id, InterestDeclaration, Siren};
use crate::rules::{self, Declared, ProposedRecusal};
use crate::store::{DirectoryFilter, EntryKind};

/// An authority has fewer declarations than this.
const MOST: i64 = 20_000;

impl Register {
    /// The declarations in force on the day of a sitting that meet its agenda, of its members and of whom its lists name. Only for readers with
    /// restricted fields.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn proposed_recusals(&self, authority: &Siren, id: Id) -> Result<Vec<ProposedRecusal>, Refusal> {
        self.store.read(|session| {
            let authority = authority.as_str();
            let sitting = load(session, authority, id)?;
            let members = Memberships::load(session, authority, &sitting.row.body, sitting.record.date)?;
            let filter = DirectoryFilter { on: Some(sitting.record.date), limit: MOST, ..DirectoryFilter::default() };
            let mut declarations: Vec<(Id, InterestDeclaration)> = Vec::new();
            for row in session.directory_entries(authority, EntryKind::InterestDeclaration, &filter)? {
                let declaration: InterestDeclaration = stored(&row.entry)?;
                if members.is_member(declaration.person) || rules::is_listed(&sitting.record, declaration.person) {
                    declarations.push((word(&row.id)?, declaration));
                }
            }
            let names = names_of(session, authority, declarations.iter().map(|(_, declaration)| declaration.person))?;
            let declared: Vec<Declared<'_>> = declarations
                .iter()
                .map(|(id, declaration)| Declared { id: *id, name: names.get(&declaration.person).map(|n| n.printed.clone()), declaration })
                .collect();
            let mut acts = Vec::new();
            for row in session.deliberations_of(authority, &sitting.row.id)? {
                let id = word(&row.id)?;
                acts.push((id, load_act(session, authority, id)?.record));
            }
            Ok(rules::proposed_recusals(&sitting.record, &acts, &declared))
        })
    }
}
