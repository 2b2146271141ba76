//! What acts come to in money: sums over budget lines and beneficiaries. Only acts that were adopted count, and none of those that ended as if they
//! had never been. Sums are in two parts, millions of cents and the rest, so that none is too large for an engine.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text};

use super::schema::act_facts;
use super::statement::Statement;
use super::{Engine, FactRow, Session, StoreError};
use crate::vocabulary;

vocabulary! {
    /// By what amounts are added up.
    AmountsBy {
        Operation = "operation", "code d'opération", "operation code";
        Entry = "entry", "imputation budgétaire", "budget entry";
        Nature = "nature", "nature", "nature";
        Function = "function", "fonction", "function";
        Beneficiary = "beneficiary", "bénéficiaire (SIRET)", "beneficiary (SIRET)";
        Year = "year", "année de la séance", "year of the sitting";
    }
}

/// Which acts count.
#[derive(Clone, Debug, Default)]
pub struct MoneyFilter {
    pub public_only: bool,
    pub body: Option<String>,
    pub date_from: Option<NaiveDate>,
    pub date_to: Option<NaiveDate>,
    /// Acts that ended as if they had never been.
    pub ended: Vec<String>,
    pub limit: i64,
    pub offset: i64,
}

/// One sum over budget lines, or over beneficiaries.
#[derive(Clone, Debug, QueryableByName)]
pub struct AmountRow {
    /// None: the lines do not say.
    #[diesel(sql_type = Nullable<Text>)]
    pub key: Option<String>,
    #[diesel(sql_type = Text)]
    pub currency: String,
    #[diesel(sql_type = BigInt)]
    pub acts: i64,
    #[diesel(sql_type = BigInt)]
    pub lines: i64,
    /// Lines of which neither amount is known.
    #[diesel(sql_type = BigInt)]
    pub unknown: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub expense_millions: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub expense_rest: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub revenue_millions: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub revenue_rest: Option<i64>,
}

/// What one beneficiary was granted.
#[derive(Clone, Debug, QueryableByName)]
pub struct GrantRow {
    #[diesel(sql_type = Nullable<Text>)]
    pub siret: Option<String>,
    /// As the last by the alphabet of the acts writes it.
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Text)]
    pub currency: String,
    #[diesel(sql_type = BigInt)]
    pub acts: i64,
    #[diesel(sql_type = BigInt)]
    pub lines: i64,
    #[diesel(sql_type = BigInt)]
    pub unknown: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub millions: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub rest: Option<i64>,
    #[diesel(sql_type = Date)]
    pub first: NaiveDate,
    #[diesel(sql_type = Date)]
    pub last: NaiveDate,
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    not_adopted: i64,
    #[diesel(sql_type = BigInt)]
    ended: i64,
}

/// An amount without a currency is in euros.
const CURRENCY: &str = "COALESCE(l.currency, 'EUR')";
const ADOPTED: &str = "d.outcome IN ('adopted', 'adopted_as_amended', 'decided_vote_unstated') AND d.workflow IN ('deliberated', 'sealed')";

/// A sum in its two parts.
fn sum(column: &str, name: &str) -> String {
    format!("CAST(SUM(l.{column} / 1000000) AS BIGINT) AS {name}millions, CAST(SUM(l.{column} % 1000000) AS BIGINT) AS {name}rest")
}

impl AmountsBy {
    const fn table(self) -> &'static str {
        match self {
            Self::Beneficiary => "beneficiary_rows",
            _ => "budget_rows",
        }
    }

    const fn key(self, engine: Engine) -> &'static str {
        match (self, engine) {
            (Self::Operation, _) => "l.operation",
            (Self::Entry, _) => "l.entry",
            (Self::Nature, _) => "l.nature",
            (Self::Function, _) => "l.function",
            // The number of a natural person tells who it is.
            (Self::Beneficiary, _) => "CASE WHEN l.kind = 'natural_person' THEN NULL ELSE l.siret END",
            (Self::Year, Engine::Sqlite) => "substr(d.date, 1, 4)",
            (Self::Year, Engine::Postgresql) => "to_char(d.date, 'YYYY')",
        }
    }
}

impl Session<'_> {
    /// Sums by a key, in the order of keys; lines that do not have it come first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn amounts(&mut self, authority: &str, by: AmountsBy, filter: &MoneyFilter) -> Result<Vec<AmountRow>, StoreError> {
        let mut statement = Statement::on(self.engine());
        let (expense, revenue, unknown) = match by {
            AmountsBy::Beneficiary => {
                (sum("granted_cents", "expense_"), "NULL AS revenue_millions, NULL AS revenue_rest".to_owned(), "l.granted_cents")
            }
            _ => (sum("expense_cents", "expense_"), sum("revenue_cents", "revenue_"), "COALESCE(l.expense_cents, l.revenue_cents)"),
        };
        let revenue = revenue.replace("NULL AS", "CAST(NULL AS BIGINT) AS");
        let (key, table) = (by.key(statement.engine), by.table());
        let acts = acts(&mut statement, authority, filter, Counting::Adopted);
        let (limit, offset) = (statement.number(filter.limit), statement.number(filter.offset));
        let sql = format!(
            "SELECT {key} AS key, {CURRENCY} AS currency, COUNT(DISTINCT d.id) AS acts, COUNT(*) AS lines, COUNT(*) - COUNT({unknown}) AS unknown, \
                 {expense}, {revenue} \
             FROM {table} l JOIN deliberations d ON d.authority = l.authority AND d.id = l.deliberation \
             WHERE {acts} GROUP BY 1, 2 ORDER BY COALESCE({key}, ''), 2 LIMIT {limit} OFFSET {offset}"
        );
        statement.load(self, sql)
    }

    /// What each beneficiary was granted, from the most; whose amounts are not known come last. Without natural persons, or of these all as one.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn grants(&mut self, authority: &str, whose: Beneficiaries, filter: &MoneyFilter) -> Result<Vec<GrantRow>, StoreError> {
        let mut statement = Statement::on(self.engine());
        let acts = acts(&mut statement, authority, filter, Counting::Adopted);
        let (limit, offset) = (statement.number(filter.limit), statement.number(filter.offset));
        let granted = sum("granted_cents", "");
        let order = "SUM(l.granted_cents / 1000000) * 1000000 + SUM(l.granted_cents % 1000000)";
        let (who, among, named) = match whose {
            Beneficiaries::All => ("l.who", "TRUE", "MAX(l.name)"),
            Beneficiaries::WithoutPersons => ("l.who", "l.kind <> 'natural_person'", "MAX(l.name)"),
            Beneficiaries::PersonsAsOne => ("CAST('' AS TEXT)", "l.kind = 'natural_person'", "CAST(NULL AS TEXT)"),
        };
        let siret = if whose == Beneficiaries::PersonsAsOne { "CAST(NULL AS TEXT)" } else { "MAX(l.siret)" };
        let sql = format!(
            "SELECT {siret} AS siret, {named} AS name, MAX(l.kind) AS kind, {CURRENCY} AS currency, COUNT(DISTINCT d.id) AS acts, COUNT(*) AS lines, \
                 COUNT(*) - COUNT(l.granted_cents) AS unknown, {granted}, MIN(d.date) AS first, MAX(d.date) AS last \
             FROM beneficiary_rows l JOIN deliberations d ON d.authority = l.authority AND d.id = l.deliberation \
             WHERE {acts} AND {among} GROUP BY {who}, {CURRENCY}, l.kind = 'natural_person' \
             ORDER BY {order} IS NULL, {order} DESC, {who}, {CURRENCY} LIMIT {limit} OFFSET {offset}"
        );
        statement.load(self, sql)
    }

    /// How many acts with such lines are left out: those that were not adopted, and those that ended as if they had never been.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn left_out_of_amounts(&mut self, authority: &str, by: AmountsBy, filter: &MoneyFilter) -> Result<(i64, i64), StoreError> {
        let mut statement = Statement::on(self.engine());
        let table = by.table();
        let mut count = |counting: Counting| {
            let acts = acts(&mut statement, authority, filter, counting);
            format!(
                "SELECT COUNT(DISTINCT d.id) FROM {table} l JOIN deliberations d ON d.authority = l.authority AND d.id = l.deliberation WHERE {acts}"
            )
        };
        let (not_adopted, ended) = (count(Counting::NotAdopted), count(Counting::Ended));
        let counted: Vec<Counted> = statement.load(self, format!("SELECT ({not_adopted}) AS not_adopted, ({ended}) AS ended"))?;
        Ok(counted.first().map(|counted| (counted.not_adopted, counted.ended)).unwrap_or_default())
    }

    /// Every fact on the acts of which a fact of one of these kinds is recorded, in the order in which they were recorded.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn facts_of_acts_with(&mut self, authority: &str, kinds: &[&str]) -> Result<Vec<FactRow>, StoreError> {
        let acts: Vec<String> = act_facts::table
            .filter(act_facts::authority.eq(authority))
            .filter(act_facts::kind.eq_any(kinds))
            .select(act_facts::deliberation)
            .distinct()
            .load(self.connection)?;
        let mut found = Vec::new();
        // Below the number of variables that a statement may have.
        for some in acts.chunks(500) {
            let ids: Vec<&str> = some.iter().map(String::as_str).collect();
            found.extend(self.facts_on(authority, &ids)?);
        }
        Ok(found)
    }
}

/// Whose grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beneficiaries {
    All,
    WithoutPersons,
    /// Natural persons, nobody named.
    PersonsAsOne,
}

#[derive(Clone, Copy)]
enum Counting {
    Adopted,
    NotAdopted,
    /// Adopted, and ended as if it had never been.
    Ended,
}

/// Which acts count, as a condition on `d`.
fn acts(statement: &mut Statement, authority: &str, filter: &MoneyFilter, counting: Counting) -> String {
    let mut sql = format!("d.authority = {} AND d.deleted = FALSE", statement.text(authority));
    if filter.public_only {
        sql.push_str(" AND d.visibility = 'public'");
    }
    if let Some(body) = &filter.body {
        sql.push_str(&format!(" AND d.body = {}", statement.text(body)));
    }
    for (day, sign) in [(filter.date_from, ">="), (filter.date_to, "<=")] {
        let Some(day) = day else { continue };
        let day = statement.text(day.to_string());
        sql.push_str(&match statement.engine {
            Engine::Sqlite => format!(" AND d.date {sign} {day}"),
            Engine::Postgresql => format!(" AND d.date {sign} CAST({day} AS DATE)"),
        });
    }
    // A text of identifiers, however many: no variable for each.
    let ended = statement.text(filter.ended.join(" "));
    let is_ended = match statement.engine {
        Engine::Sqlite => format!("instr({ended}, d.id) > 0"),
        Engine::Postgresql => format!("d.id = ANY(string_to_array({ended}, ' '))"),
    };
    sql.push_str(&match counting {
        Counting::Adopted => format!(" AND {ADOPTED} AND NOT ({is_ended})"),
        Counting::NotAdopted => format!(" AND NOT ({ADOPTED}) AND NOT ({is_ended})"),
        Counting::Ended => format!(" AND {ADOPTED} AND {is_ended}"),
    });
    sql
}
