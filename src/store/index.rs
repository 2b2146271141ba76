//! From a record to its index rows: what can be asked about it without reading it. Rebuilt whole, in the transaction that writes the record.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::on_either;
use super::parts::{Part, parts_of_deliberation, parts_of_sitting};
use super::rows::*;
use super::schema::*;
use super::{Session, StoreError};
use crate::record::{
    Article, Ballot, BallotMode, Beneficiary, BeneficiaryKind, BudgetLine, DeliberationRecord, ExternalId, Finding, Id, Money, PersonRef, Recital,
    SittingRecord, fold,
};

/// The folded text of an act in which `q` looks: numbers, title, recitals, articles, beneficiaries. Not who a natural person is: the public
/// searches here too.
pub fn searched(act: &DeliberationRecord) -> String {
    let mut text: Vec<&str> = act.numbers.iter().map(|n| n.value.as_str()).chain([act.title.as_str()]).collect();
    for recital in &act.recitals {
        recital_texts(recital, &mut text);
    }
    for article in &act.articles {
        article_texts(article, &mut text);
    }
    text.extend(act.beneficiaries.iter().filter(|b| b.kind != BeneficiaryKind::NaturalPerson).filter_map(|b| b.name.as_deref()));
    fold(&text.join(" "))
}

fn recital_texts<'a>(recital: &'a Recital, found: &mut Vec<&'a str>) {
    found.push(&recital.text);
    recital.children.iter().for_each(|child| recital_texts(child, found));
}

fn article_texts<'a>(article: &'a Article, found: &mut Vec<&'a str>) {
    found.push(&article.text);
    article.children.iter().for_each(|child| article_texts(child, found));
}

/// Rows that come after each other, numbered from 0. No record of 4 MiB has more than a 32-bit integer counts.
fn numbered<T>(items: impl IntoIterator<Item = T>) -> impl Iterator<Item = (i32, T)> {
    items.into_iter().enumerate().map(|(i, item)| (i32::try_from(i).unwrap_or(i32::MAX), item))
}

fn text(id: &Id) -> String {
    id.to_string()
}
fn person(person: &PersonRef) -> Option<String> {
    person.person.as_ref().map(text)
}
fn cents(money: Option<&Money>) -> Option<i64> {
    money.and_then(Money::cents)
}

/// What the beneficiary is granted: its part, to the nearest cent, where the amount is that of several.
fn granted(beneficiary: &Beneficiary) -> Option<i64> {
    let amount = i128::from(cents(beneficiary.amount.as_ref())?);
    let Some(share) = beneficiary.grant.as_ref().and_then(|terms| terms.share) else { return i64::try_from(amount).ok() };
    let hundredths = amount * i128::from(share.cents());
    i64::try_from((hundredths + 50 * hundredths.signum()) / 100).ok()
}

/// Who a beneficiary is: its SIRET or its SIREN, else its name folded.
fn who(beneficiary: &Beneficiary) -> String {
    let numbers = [&beneficiary.siret, &beneficiary.siren].into_iter().flatten().find_map(|number| number.digits.clone());
    numbers.unwrap_or_else(|| fold(beneficiary.name.as_deref().or(beneficiary.designation.as_deref()).unwrap_or_default()))
}

macro_rules! clear {
    ($session:expr, $authority:expr, $($table:ident.$owner:ident = $id:expr),+) => {$(
        diesel::delete($table::table.filter($table::authority.eq($authority)).filter($table::$owner.eq($id))).execute($session.connection)?;
    )+};
}

macro_rules! insert {
    ($session:expr, $table:ident, $rows:expr) => {{
        let rows: Vec<_> = $rows;
        match &mut $session.waiting {
            Some(waiting) => waiting.$table.extend(rows),
            None => {
                // Below the number of variables that a statement may have.
                for some in rows.chunks(500) {
                    on_either!($session.connection, c => diesel::insert_into($table::table).values(some).execute(c))?;
                }
            }
        }
    }};
}

impl Session<'_> {
    /// Rebuilds the index rows of a sitting.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn index_sitting(&mut self, authority: &str, id: &str, sitting: &SittingRecord) -> Result<(), StoreError> {
        clear!(
            self,
            authority,
            external_ids.record = id,
            attendance_rows.sitting = id,
            proxy_rows.sitting = id,
            recusal_rows.sitting = id,
            ballot_rows.sitting = id,
            ballot_items.sitting = id,
            tally_rows.sitting = id,
            vote_rows.sitting = id
        );
        self.sitting_rows(authority, id, sitting)?;
        self.keep_parts_of_sitting(authority, id, sitting)
    }

    /// Makes the index rows of a new sitting, which is internal.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn index_new_sitting(&mut self, authority: &str, id: &str, sitting: &SittingRecord, at: NaiveDateTime) -> Result<(), StoreError> {
        self.sitting_rows(authority, id, sitting)?;
        self.add_parts(authority, id, parts_of_sitting(sitting), at)
    }

    fn sitting_rows(&mut self, authority: &str, id: &str, sitting: &SittingRecord) -> Result<(), StoreError> {
        let (owner, record) = (|| authority.to_owned(), || id.to_owned());
        self.index_external_ids(authority, id, &sitting.external_ids)?;
        insert!(
            self,
            attendance_rows,
            numbered(&sitting.attendance)
                .flat_map(|(list, l)| numbered(&l.entries).map(move |(position, e)| AttendanceRow {
                    authority: owner(),
                    sitting: record(),
                    list,
                    position,
                    person: e.person.as_ref().map(text),
                    printed: e.printed.clone(),
                    status: l.status.wire().to_owned(),
                    voting_right: l.voting_right.wire().to_owned(),
                }))
                .collect()
        );
        insert!(
            self,
            proxy_rows,
            numbered(sitting.proxies.iter().flatten())
                .map(|(position, p)| ProxyRow {
                    authority: owner(),
                    sitting: record(),
                    position,
                    giver: person(&p.giver),
                    holder: p.holder.as_ref().and_then(person),
                })
                .collect()
        );
        let recusals = sitting.recusals.iter().flatten().flat_map(|r| {
            let items: Vec<Option<String>> = if r.covers.is_empty() { vec![None] } else { r.covers.iter().map(|i| Some(text(i))).collect() };
            items.into_iter().map(move |item| (r, item))
        });
        insert!(
            self,
            recusal_rows,
            numbered(recusals)
                .map(|(position, (r, item))| RecusalRow {
                    authority: owner(),
                    sitting: record(),
                    position,
                    recusal: text(&r.id),
                    item,
                    person: r.person.as_ref().and_then(person),
                    kind: r.kind.wire().to_owned(),
                })
                .collect()
        );
        for ballot in &sitting.ballots {
            self.index_ballot(authority, id, ballot)?;
        }
        Ok(())
    }

    /// Adds the index rows of one ballot. Of a secret ballot nobody's position is kept, whatever the record came with.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn index_ballot(&mut self, authority: &str, sitting: &str, ballot: &Ballot) -> Result<(), StoreError> {
        let (owner, record, id) = (|| authority.to_owned(), || sitting.to_owned(), || text(&ballot.id));
        let secret = ballot.mode == BallotMode::Secret;
        insert!(
            self,
            ballot_rows,
            vec![BallotRow {
                authority: owner(),
                sitting: record(),
                ballot: id(),
                kind: ballot.kind.wire().to_owned(),
                mode: ballot.mode.wire().to_owned(),
                target: ballot.target.kind.wire().to_owned(),
                outcome: ballot.outcome.wire().to_owned(),
            }]
        );
        insert!(
            self,
            ballot_items,
            numbered(&ballot.covers)
                .map(|(position, item)| BallotItemRow { authority: owner(), sitting: record(), ballot: id(), position, item: text(item) })
                .collect()
        );
        let tallies =
            ballot.options.iter().flat_map(|t| std::iter::once((t, None)).chain(t.entries.iter().filter(|_| !secret).map(move |e| (t, Some(e)))));
        insert!(
            self,
            tally_rows,
            numbered(tallies)
                .map(|(position, (tally, entry))| TallyRow {
                    authority: owner(),
                    sitting: record(),
                    ballot: id(),
                    position,
                    answer: tally.option.wire().to_owned(),
                    voter_kind: entry.map(|e| e.kind.wire().to_owned()),
                    political_group: entry.and_then(|e| e.group.as_ref().map(text)),
                    person: entry.and_then(|e| e.person.as_ref().map(text)),
                    votes: entry.map_or(tally.count, |e| e.count).and_then(|c| i32::try_from(c.get()).ok()),
                })
                .collect()
        );
        insert!(
            self,
            vote_rows,
            numbered(ballot.roll_call.iter().flatten().filter(|_| !secret))
                .map(|(position, line)| VoteRow {
                    authority: owner(),
                    sitting: record(),
                    ballot: id(),
                    position,
                    person: person(&line.person),
                    answer: line.option.wire().to_owned(),
                    holder: line.by_proxy.as_ref().and_then(person),
                    basis: line.basis.wire().to_owned(),
                })
                .collect()
        );
        Ok(())
    }

    /// Rebuilds the index rows of a deliberation.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn index_deliberation(&mut self, authority: &str, id: &str, act: &DeliberationRecord) -> Result<(), StoreError> {
        self.clear_deliberation(authority, id)?;
        self.act_rows(authority, id, act)?;
        self.keep_parts_of_deliberation(authority, id, act)
    }

    /// Makes the index rows of a new deliberation, which is internal.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn index_new_deliberation(&mut self, authority: &str, id: &str, act: &DeliberationRecord, at: NaiveDateTime) -> Result<(), StoreError> {
        self.act_rows(authority, id, act)?;
        self.add_parts(authority, id, parts_of_deliberation(act), at)
    }

    fn act_rows(&mut self, authority: &str, id: &str, act: &DeliberationRecord) -> Result<(), StoreError> {
        let (owner, record) = (|| authority.to_owned(), || id.to_owned());
        self.index_external_ids(authority, id, &act.external_ids)?;
        insert!(
            self,
            act_numbers,
            numbered(&act.numbers)
                .map(|(position, n)| ActNumberRow {
                    authority: owner(),
                    deliberation: record(),
                    position,
                    kind: n.kind.wire().to_owned(),
                    value: n.value.clone(),
                })
                .collect()
        );
        insert!(
            self,
            act_items,
            numbered(&act.agenda_items)
                .map(|(position, item)| ActItemRow { authority: owner(), deliberation: record(), position, item: text(item) })
                .collect()
        );
        insert!(
            self,
            act_matters,
            numbered(&act.matter_codes)
                .map(|(position, m)| ActMatterRow { authority: owner(), deliberation: record(), position, path: format!("{}.", m.code) })
                .collect()
        );
        let lines: Vec<&BudgetLine> = act.budget_tables.iter().flat_map(|t| &t.lines).collect();
        insert!(
            self,
            budget_rows,
            numbered(lines)
                .map(|(position, l)| BudgetRow {
                    authority: owner(),
                    deliberation: record(),
                    position,
                    operation: l.operation_code.clone(),
                    entry: l.budget_entry.clone(),
                    nature: l.nature.clone(),
                    function: l.function.clone(),
                    expense_cents: cents(l.expense.as_ref()),
                    revenue_cents: cents(l.revenue.as_ref()),
                    currency: l.expense.as_ref().or(l.revenue.as_ref()).and_then(|money| money.currency.clone()),
                })
                .collect()
        );
        insert!(
            self,
            beneficiary_rows,
            numbered(&act.beneficiaries)
                .map(|(position, b)| BeneficiaryRow {
                    authority: owner(),
                    deliberation: record(),
                    position,
                    kind: b.kind.wire().to_owned(),
                    name: b.name.clone(),
                    siret: b.siret.as_ref().and_then(|s| s.digits.clone()),
                    cents: cents(b.amount.as_ref()),
                    currency: b.amount.as_ref().and_then(|money| money.currency.clone()),
                    granted_cents: granted(b),
                    who: Some(who(b)),
                })
                .collect()
        );
        Ok(())
    }

    fn add_parts(&mut self, authority: &str, id: &str, parts: BTreeSet<Part>, at: NaiveDateTime) -> Result<(), StoreError> {
        insert!(
            self,
            record_parts,
            parts
                .into_iter()
                .map(|(kind, part)| RecordPartRow {
                    authority: authority.to_owned(),
                    record: id.to_owned(),
                    kind: kind.to_owned(),
                    part,
                    created_at: at,
                    shown: false,
                    removed_at: None,
                })
                .collect()
        );
        Ok(())
    }

    /// Takes the index rows of a deliberation away.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn clear_deliberation(&mut self, authority: &str, id: &str) -> Result<(), StoreError> {
        clear!(
            self,
            authority,
            external_ids.record = id,
            act_numbers.deliberation = id,
            act_items.deliberation = id,
            act_matters.deliberation = id,
            budget_rows.deliberation = id,
            beneficiary_rows.deliberation = id,
            finding_rows.record = id
        );
        Ok(())
    }

    /// Replaces the findings that the index holds on a record.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn index_findings(&mut self, authority: &str, id: &str, findings: &[Finding]) -> Result<(), StoreError> {
        clear!(self, authority, finding_rows.record = id);
        self.add_findings(authority, id, 0, findings)
    }

    /// Adds the findings of a step of a live sitting to those that the index holds on it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn add_findings(&mut self, authority: &str, id: &str, version: i32, findings: &[Finding]) -> Result<(), StoreError> {
        insert!(
            self,
            finding_rows,
            numbered(findings)
                .map(|(position, f)| FindingRow {
                    authority: authority.to_owned(),
                    record: id.to_owned(),
                    version,
                    position,
                    code: f.code.wire().to_owned(),
                    severity: f.severity.wire().to_owned(),
                    subject: text(&f.subject.id),
                    decisive: f.decisive,
                })
                .collect()
        );
        Ok(())
    }

    fn index_external_ids(&mut self, authority: &str, id: &str, ids: &[ExternalId]) -> Result<(), StoreError> {
        insert!(
            self,
            external_ids,
            numbered(ids)
                .map(|(position, e)| ExternalIdRow {
                    authority: authority.to_owned(),
                    record: id.to_owned(),
                    position,
                    scheme: e.scheme.clone(),
                    value: e.value.clone(),
                })
                .collect()
        );
        Ok(())
    }
}
