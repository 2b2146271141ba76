//! The index rows as the tables have them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::*;

macro_rules! row {
    ($table:ident, $name:ident { $($column:ident: $type:ty),+ $(,)? }) => {
        #[derive(Clone, Debug, PartialEq, Eq, Insertable)]
        #[diesel(table_name = $table, treat_none_as_default_value = false)]
        pub(super) struct $name {
            pub(super) authority: String,
            $(pub(super) $column: $type),+
        }
    };
}

row!(act_numbers, ActNumberRow { deliberation: String, position: i32, kind: String, value: String });
row!(act_items, ActItemRow { deliberation: String, position: i32, item: String });
row!(act_matters, ActMatterRow { deliberation: String, position: i32, path: String });
row!(external_ids, ExternalIdRow { record: String, position: i32, scheme: String, value: String });
row!(attendance_rows, AttendanceRow {
    sitting: String,
    list: i32,
    position: i32,
    person: Option<String>,
    printed: Option<String>,
    status: String,
    voting_right: String,
});
row!(proxy_rows, ProxyRow { sitting: String, position: i32, giver: Option<String>, holder: Option<String> });
row!(recusal_rows, RecusalRow {
    sitting: String,
    position: i32,
    recusal: String,
    item: Option<String>,
    person: Option<String>,
    kind: String,
});
row!(ballot_rows, BallotRow { sitting: String, ballot: String, kind: String, mode: String, target: String, outcome: String });
row!(ballot_items, BallotItemRow { sitting: String, ballot: String, position: i32, item: String });
row!(tally_rows, TallyRow {
    sitting: String,
    ballot: String,
    position: i32,
    answer: String,
    voter_kind: Option<String>,
    political_group: Option<String>,
    person: Option<String>,
    votes: Option<i32>,
});
row!(vote_rows, VoteRow { sitting: String, ballot: String, position: i32, person: Option<String>, answer: String, holder: Option<String>, basis: String });
row!(budget_rows, BudgetRow {
    deliberation: String,
    position: i32,
    operation: Option<String>,
    entry: Option<String>,
    nature: Option<String>,
    function: Option<String>,
    expense_cents: Option<i64>,
    revenue_cents: Option<i64>,
    currency: Option<String>,
});
row!(beneficiary_rows, BeneficiaryRow {
    deliberation: String,
    position: i32,
    kind: String,
    name: Option<String>,
    siret: Option<String>,
    cents: Option<i64>,
    currency: Option<String>,
    granted_cents: Option<i64>,
    who: Option<String>,
});
row!(record_parts, RecordPartRow {
    record: String,
    kind: String,
    part: String,
    created_at: NaiveDateTime,
    shown: bool,
    removed_at: Option<NaiveDateTime>,
});
row!(finding_rows, FindingRow { record: String, version: i32, position: i32, code: String, severity: String, subject: String, decisive: Option<bool> });
