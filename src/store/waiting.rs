//! Rows that wait for the end of a batch, and what a batch looked up already: many records written in one transaction cost as few statements as
//! they can. The rows, and the order of the change log, are those that the same records written one by one would have.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::changes::Change;
use super::connection::AnyConnection;
use super::deliberations::DeliberationRow;
use super::directory::{AuthorityRow, DirectoryRow};
use super::facts::ActStandingRow;
use super::rows::*;
use super::schema::*;
use super::search::ActSearchRow;
use super::sittings::SittingRow;
use super::versions::{IdentifierRow, VersionRow};
use super::{Session, StoreError};
use crate::search::Indexed;

/// The texts by which an act is found: authority, act, and each text with its words.
type FoundBy = (String, String, Vec<(ActSearchRow, Indexed)>);

macro_rules! waiting {
    ($($table:ident: $row:ident),+ $(,)?) => {
        /// What a batch has not written yet, and what it knows. Only questions that filing a new record asks look at it: a batch does nothing else.
        #[derive(Default)]
        pub(super) struct Waiting {
            $(pub(super) $table: Vec<$row>,)+
            /// The authority whose changes are logged, and the number of the last one, once it was read.
            pub(super) head: Option<(String, i64)>,
            /// Entries of the directory that are known to be there: kind, identifier.
            pub(super) known: BTreeSet<(&'static str, String)>,
            pub(super) entries: BTreeMap<String, DirectoryRow>,
            pub(super) authority: Option<AuthorityRow>,
            /// By which texts acts are found: written once the acts are.
            pub(super) found_by: Vec<FoundBy>,
        }

        impl Session<'_> {
            /// Writes what waits, whatever refers to something after it.
            pub(super) fn settle(&mut self) -> Result<(), StoreError> {
                let Some(waiting) = &mut self.waiting else { return Ok(()) };
                $(
                    let rows = std::mem::take(&mut waiting.$table);
                    if !rows.is_empty() {
                        match &mut *self.connection {
                            // A statement that was prepared once, for each row: SQLite spends more on reading a long one.
                            AnyConnection::Sqlite(c) => {
                                for row in &rows {
                                    diesel::insert_into($table::table).values(row).execute(c)?;
                                }
                            }
                            AnyConnection::Postgresql(c) => {
                                diesel::copy_from($table::table).from_insertable(&rows).execute(c)?;
                            }
                        }
                    }
                )+
                let (head, found_by) = (waiting.head.clone(), std::mem::take(&mut waiting.found_by));
                for (authority, deliberation, texts) in found_by {
                    self.write_search(&authority, &deliberation, texts)?;
                }
                match head {
                    Some((authority, sequence)) => self.set_change_head(&authority, sequence),
                    None => Ok(()),
                }
            }
        }
    };
}

// In the order of their references.
waiting! {
    identifiers: IdentifierRow,
    sittings: SittingRow,
    deliberations: DeliberationRow,
    versions: VersionRow,
    changes: Change,
    act_standings: ActStandingRow,
    record_parts: RecordPartRow,
    act_numbers: ActNumberRow,
    act_items: ActItemRow,
    act_matters: ActMatterRow,
    external_ids: ExternalIdRow,
    attendance_rows: AttendanceRow,
    proxy_rows: ProxyRow,
    recusal_rows: RecusalRow,
    ballot_rows: BallotRow,
    ballot_items: BallotItemRow,
    tally_rows: TallyRow,
    vote_rows: VoteRow,
    budget_rows: BudgetRow,
    beneficiary_rows: BeneficiaryRow,
    finding_rows: FindingRow,
}
