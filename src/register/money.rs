//! What acts come to in money, over a period: by what the budget lines say, and by whom a grant goes to. Acts that were adopted; none that a court
//! annulled or that was rescinded (retrait), which is as if it had never been. A repeal and a suspension undo nothing of the past, and a rectification
//! stands beside its act: such acts count as recorded.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::canonical::{stored, word};
use super::{Page, Reader, Refusal, Register};
use crate::record::{BeneficiaryKind, Fact, FactKind, Id, decimal};
use crate::store::{AmountRow, AmountsBy, Beneficiaries, GrantRow, MoneyFilter, Session};

/// What is added up, of which body, from when to when; an unknown bound bounds nothing.
#[derive(Clone, Copy, Debug)]
pub struct Spent {
    pub body: Option<Id>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

/// Acts with such lines that do not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct LeftOut {
    /// Not adopted: rejected, withdrawn, not decided yet, or of which nobody recorded what they came to.
    pub not_adopted: u32,
    /// Annulled by a court, or rescinded.
    pub annulled: u32,
}

/// A sum. Amounts in another currency are another line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AmountLine {
    /// As the lines say it, to the letter; null: lines that do not say it.
    pub key: Option<String>,
    /// ISO 4217; an amount that names none is in euros.
    #[schema(example = "EUR")]
    pub currency: String,
    /// Decimal text; null: no line states an expense. Of beneficiaries, what they are granted.
    #[schema(example = "11780.00")]
    pub expense: Option<String>,
    /// Decimal text; null: no line states a revenue.
    pub revenue: Option<String>,
    pub acts: u32,
    pub lines: u32,
    /// Lines of which no amount is known: they are in no sum.
    pub unknown: u32,
}

/// Sums by a key.
pub struct AmountStatistics {
    pub lines: Vec<AmountLine>,
    pub left_out: LeftOut,
    /// Where the next page begins.
    pub next: Option<i64>,
    pub public: bool,
}

/// What one beneficiary was granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct GrantLine {
    /// Null: the acts do not say it.
    pub siret: Option<String>,
    /// As one of the acts writes it; null: none does.
    pub name: Option<String>,
    pub kind: BeneficiaryKind,
    pub currency: String,
    /// Decimal text; null: no amount is known.
    #[schema(example = "11780.00")]
    pub granted: Option<String>,
    pub acts: u32,
    pub lines: u32,
    /// Lines of which the amount is not known.
    pub unknown: u32,
    /// Days of the first and the last act.
    pub first: NaiveDate,
    pub last: NaiveDate,
}

/// Natural persons, as the public is told of them: together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NaturalPersons {
    pub currency: String,
    /// Decimal text; null: no amount is known.
    pub granted: Option<String>,
    pub acts: u32,
    pub lines: u32,
    pub unknown: u32,
}

/// What was granted.
pub struct GrantStatistics {
    pub lines: Vec<GrantLine>,
    /// To the public, those of whom no line tells; to others none: each has a line.
    pub natural_persons: Vec<NaturalPersons>,
    pub left_out: LeftOut,
    pub next: Option<i64>,
    pub public: bool,
}

impl Register {
    /// Sums of budget lines by what they say, or of what beneficiaries are granted by SIRET; from the line `offset` on.
    ///
    /// # Errors
    /// [`Refusal::AuthorityNeeded`].
    pub fn amounts(&self, reader: &Reader, page: &Page, by: AmountsBy, spent: Spent, offset: i64) -> Result<AmountStatistics, Refusal> {
        self.read(&reader.lately(), |session| {
            let (authority, public) = page.scope(session, reader)?;
            let filter = filter(session, &authority, public, spent, page, offset)?;
            let mut rows = session.amounts(&authority, by, &filter)?;
            let next = page.cut(&mut rows, |_| ()).and_then(|()| after(page, offset));
            let left_out = left_out(session, &authority, by, &filter)?;
            Ok(AmountStatistics { lines: rows.into_iter().map(amount).collect(), left_out, next, public })
        })
    }

    /// What each beneficiary was granted, from the most.
    ///
    /// # Errors
    /// [`Refusal::AuthorityNeeded`].
    pub fn grants(&self, reader: &Reader, page: &Page, spent: Spent, offset: i64) -> Result<GrantStatistics, Refusal> {
        self.read(&reader.lately(), |session| {
            let (authority, public) = page.scope(session, reader)?;
            let mut filter = filter(session, &authority, public, spent, page, offset)?;
            let whose = if public { Beneficiaries::WithoutPersons } else { Beneficiaries::All };
            let mut rows = session.grants(&authority, whose, &filter)?;
            let next = page.cut(&mut rows, |_| ()).and_then(|()| after(page, offset));
            let lines = rows.into_iter().map(grant).collect::<Result<_, _>>()?;
            let left_out = left_out(session, &authority, AmountsBy::Beneficiary, &filter)?;
            (filter.limit, filter.offset) = (i64::MAX, 0);
            let persons = if public { session.grants(&authority, Beneficiaries::PersonsAsOne, &filter)? } else { Vec::new() };
            Ok(GrantStatistics { lines, natural_persons: persons.into_iter().map(together).collect(), left_out, next, public })
        })
    }
}

fn filter(session: &mut Session<'_>, authority: &str, public: bool, spent: Spent, page: &Page, offset: i64) -> Result<MoneyFilter, Refusal> {
    Ok(MoneyFilter {
        public_only: public,
        body: spent.body.map(|body| body.to_string()),
        date_from: spent.from,
        date_to: spent.to,
        ended: ended(session, authority)?,
        limit: page.ask(),
        offset,
    })
}

fn after(page: &Page, offset: i64) -> Option<i64> {
    i64::try_from(page.limit).ok().and_then(|limit| offset.checked_add(limit))
}

fn left_out(session: &mut Session<'_>, authority: &str, by: AmountsBy, filter: &MoneyFilter) -> Result<LeftOut, Refusal> {
    let (not_adopted, annulled) = session.left_out_of_amounts(authority, by, filter)?;
    Ok(LeftOut { not_adopted: count(not_adopted), annulled: count(annulled) })
}

/// Acts that ended as if they had never been, by a fact that no other strikes out.
fn ended(session: &mut Session<'_>, authority: &str) -> Result<Vec<String>, Refusal> {
    let kinds = [FactKind::Annulled, FactKind::Rescinded];
    let rows = session.facts_of_acts_with(authority, &kinds.map(FactKind::wire))?;
    let facts: Vec<(String, Fact)> = rows.into_iter().map(|row| Ok((row.deliberation, stored(&row.document)?))).collect::<Result<_, Refusal>>()?;
    let struck: Vec<Id> = facts.iter().filter_map(|(_, fact)| fact.corrects).collect();
    let stands = |fact: &Fact| kinds.contains(&fact.kind) && !struck.contains(&fact.id);
    let mut acts: Vec<String> = facts.into_iter().filter(|(_, fact)| stands(fact)).map(|(act, _)| act).collect();
    acts.dedup();
    Ok(acts)
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A sum from its two parts.
fn sum(millions: Option<i64>, rest: Option<i64>) -> Option<String> {
    Some(decimal(i128::from(millions?) * 1_000_000 + i128::from(rest?)))
}

fn amount(row: AmountRow) -> AmountLine {
    AmountLine {
        key: row.key,
        currency: row.currency,
        expense: sum(row.expense_millions, row.expense_rest),
        revenue: sum(row.revenue_millions, row.revenue_rest),
        acts: count(row.acts),
        lines: count(row.lines),
        unknown: count(row.unknown),
    }
}

fn grant(row: GrantRow) -> Result<GrantLine, Refusal> {
    Ok(GrantLine {
        siret: row.siret,
        name: row.name,
        kind: word(&row.kind)?,
        currency: row.currency,
        granted: sum(row.millions, row.rest),
        acts: count(row.acts),
        lines: count(row.lines),
        unknown: count(row.unknown),
        first: row.first,
        last: row.last,
    })
}

fn together(row: GrantRow) -> NaturalPersons {
    NaturalPersons {
        currency: row.currency,
        granted: sum(row.millions, row.rest),
        acts: count(row.acts),
        lines: count(row.lines),
        unknown: count(row.unknown),
    }
}
