//! Deliveries to webhooks: what waits, what was delivered, what was given up, and each attempt.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text, Timestamp};

use super::connection::{AnyConnection, on_either};
use super::schema::{webhook_attempts, webhook_deliveries};
use super::{Engine, Session, StoreError};

/// An event on its way to a webhook.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = webhook_deliveries, treat_none_as_default_value = false)]
pub struct DeliveryRow {
    pub authority: String,
    pub webhook: String,
    pub sequence: i64,
    pub subject: String,
    /// `waiting`, `held` behind an earlier one of its record, `delivered` or `dead`.
    pub state: String,
    /// Attempts since it was last queued.
    pub attempts: i32,
    pub due_at: NaiveDateTime,
    pub lease: Option<String>,
    pub leased_until: Option<NaiveDateTime>,
    pub queued_at: NaiveDateTime,
    pub finished_at: Option<NaiveDateTime>,
}

/// An attempt to deliver.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = webhook_attempts, treat_none_as_default_value = false)]
pub struct AttemptRow {
    pub authority: String,
    pub webhook: String,
    pub sequence: i64,
    /// In the order of time.
    pub id: String,
    pub tried_at: NaiveDateTime,
    pub status: Option<i32>,
    pub millis: i32,
    pub error: Option<String>,
    pub excerpt: Option<String>,
}

/// Which deliveries.
#[derive(Clone, Debug, Default)]
pub struct DeliveryFilter {
    pub state: Option<String>,
    pub after: i64,
    pub limit: i64,
}

/// A delivery that is this instance's to try.
#[derive(Clone, Debug, QueryableByName)]
pub struct Claimed {
    #[diesel(sql_type = BigInt)]
    pub sequence: i64,
    /// Attempts before this one.
    #[diesel(sql_type = Integer)]
    pub attempts: i32,
}

/// Who may be tried: due, and nobody's at the moment. Of each record one waits at most, so that a long queue costs no more than a short one.
const READY: &str = "SELECT sequence, attempts FROM webhook_deliveries \
     WHERE authority = $1 AND webhook = $2 AND state = 'waiting' AND due_at <= $3 AND (leased_until IS NULL OR leased_until <= $3) \
     ORDER BY due_at, sequence LIMIT $4";

impl Session<'_> {
    /// Waits for who else makes or settles deliveries of a webhook, and makes those that come wait until this transaction ends: of each record the
    /// first is to be known. On SQLite a writer is alone anyhow.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn alone_with_webhook(&mut self, authority: &str, webhook: &str) -> Result<(), StoreError> {
        if let AnyConnection::Postgresql(connection) = self.connection {
            let lock = diesel::sql_query("SELECT 1 FROM webhooks WHERE authority = $1 AND id = $2 FOR UPDATE");
            lock.bind::<Text, _>(authority).bind::<Text, _>(webhook).execute(connection)?;
        }
        Ok(())
    }

    /// Whether an earlier event of the same record is still to be delivered.
    fn has_earlier(&mut self, authority: &str, webhook: &str, subject: &str, sequence: i64) -> Result<bool, StoreError> {
        let earlier = webhook_deliveries::table
            .filter(webhook_deliveries::authority.eq(authority))
            .filter(webhook_deliveries::webhook.eq(webhook))
            .filter(webhook_deliveries::subject.eq(subject))
            .filter(webhook_deliveries::sequence.lt(sequence))
            .filter(webhook_deliveries::state.eq_any(["waiting", "held"]));
        Ok(diesel::select(diesel::dsl::exists(earlier)).get_result(self.connection)?)
    }

    /// Queues a delivery: a new one, or one that was delivered or given up once more. Wants [`Self::alone_with_webhook`].
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn queue(&mut self, row: &DeliveryRow) -> Result<(), StoreError> {
        let held = self.has_earlier(&row.authority, &row.webhook, &row.subject, row.sequence)?;
        let state = if held { "held" } else { "waiting" };
        let known = webhook_deliveries::table.find((&row.authority, &row.webhook, row.sequence));
        let again = (
            webhook_deliveries::state.eq(state),
            webhook_deliveries::attempts.eq(0),
            webhook_deliveries::due_at.eq(row.due_at),
            webhook_deliveries::queued_at.eq(row.queued_at),
            webhook_deliveries::finished_at.eq(None::<NaiveDateTime>),
        );
        if diesel::update(known).set(again).execute(self.connection)? == 0 {
            diesel::insert_into(webhook_deliveries::table)
                .values(&DeliveryRow { state: state.to_owned(), ..row.clone() })
                .execute(self.connection)?;
            return Ok(());
        }
        // Those that came after it wait for it again.
        let later = webhook_deliveries::table
            .filter(webhook_deliveries::authority.eq(&row.authority))
            .filter(webhook_deliveries::webhook.eq(&row.webhook))
            .filter(webhook_deliveries::subject.eq(&row.subject))
            .filter(webhook_deliveries::sequence.gt(row.sequence))
            .filter(webhook_deliveries::state.eq("waiting"));
        diesel::update(later).set(webhook_deliveries::state.eq("held")).execute(self.connection)?;
        Ok(())
    }

    /// Whether a webhook has a delivery that could be taken.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn has_ready_delivery(&mut self, (authority, webhook): (&str, &str), now: NaiveDateTime) -> Result<bool, StoreError> {
        let ready: Vec<Claimed> = on_either!(self.connection, c => {
            let ask = diesel::sql_query(READY).bind::<Text, _>(authority).bind::<Text, _>(webhook);
            ask.bind::<Timestamp, _>(now).bind::<BigInt, _>(1).load(c)
        })?;
        Ok(!ready.is_empty())
    }

    /// Takes up to `limit` deliveries of a webhook for the holder of a lease. Nobody else is given them until it ends: each is taken by one UPDATE
    /// that asks that it is nobody's; on PostgreSQL those that another instance looks at are passed over.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn claim_deliveries(
        &mut self,
        (authority, webhook): (&str, &str),
        lease: &str,
        (now, until): (NaiveDateTime, NaiveDateTime),
        limit: i64,
    ) -> Result<Vec<Claimed>, StoreError> {
        let sql = match self.engine() {
            Engine::Sqlite => READY.to_owned(),
            Engine::Postgresql => format!("{READY} FOR UPDATE SKIP LOCKED"),
        };
        let ready: Vec<Claimed> = on_either!(self.connection, c => {
            let ask = diesel::sql_query(sql.as_str()).bind::<Text, _>(authority).bind::<Text, _>(webhook);
            ask.bind::<Timestamp, _>(now).bind::<BigInt, _>(limit).load(c)
        })?;
        let mut claimed = Vec::with_capacity(ready.len());
        for delivery in ready {
            let free = webhook_deliveries::table
                .find((authority, webhook, delivery.sequence))
                .filter(webhook_deliveries::state.eq("waiting"))
                .filter(webhook_deliveries::leased_until.is_null().or(webhook_deliveries::leased_until.le(now)));
            let taken = (webhook_deliveries::lease.eq(Some(lease)), webhook_deliveries::leased_until.eq(Some(until)));
            if diesel::update(free).set(taken).execute(self.connection)? == 1 {
                claimed.push(delivery);
            }
        }
        Ok(claimed)
    }

    /// Makes what waits for a webhook until after `due`, or is leased until after `leased`, due at once: nobody waits or leases for so long but by a
    /// clock that ran ahead.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn mend_deliveries(
        &mut self,
        (authority, webhook): (&str, &str),
        now: NaiveDateTime,
        due: NaiveDateTime,
        leased: NaiveDateTime,
    ) -> Result<(), StoreError> {
        let waiting = || {
            let of_webhook =
                webhook_deliveries::table.filter(webhook_deliveries::authority.eq(authority).and(webhook_deliveries::webhook.eq(webhook)));
            of_webhook.filter(webhook_deliveries::state.eq("waiting"))
        };
        diesel::update(waiting().filter(webhook_deliveries::due_at.gt(due))).set(webhook_deliveries::due_at.eq(now)).execute(self.connection)?;
        let free = (webhook_deliveries::lease.eq(None::<String>), webhook_deliveries::leased_until.eq(None::<NaiveDateTime>));
        diesel::update(waiting().filter(webhook_deliveries::leased_until.gt(leased))).set(free).execute(self.connection)?;
        Ok(())
    }

    /// Says what came of an attempt and gives the lease back; whether it was still this lease's. Once it is over, the next of its record waits.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn settle_delivery(
        &mut self,
        attempt: &AttemptRow,
        lease: &str,
        state: &str,
        attempts: i32,
        due_at: NaiveDateTime,
    ) -> Result<bool, StoreError> {
        let (authority, webhook) = (attempt.authority.as_str(), attempt.webhook.as_str());
        self.alone_with_webhook(authority, webhook)?;
        let own = webhook_deliveries::table.find((authority, webhook, attempt.sequence)).filter(webhook_deliveries::lease.eq(lease));
        let subject = own.select(webhook_deliveries::subject).first::<String>(self.connection).optional()?;
        let Some(subject) = subject else { return Ok(false) };
        let over = state != "waiting";
        // One that was queued again before it waits behind it.
        let held = !over && self.has_earlier(authority, webhook, &subject, attempt.sequence)?;
        let settled = (
            webhook_deliveries::state.eq(if held { "held" } else { state }),
            webhook_deliveries::attempts.eq(attempts),
            webhook_deliveries::due_at.eq(due_at),
            webhook_deliveries::lease.eq(None::<String>),
            webhook_deliveries::leased_until.eq(None::<NaiveDateTime>),
            webhook_deliveries::finished_at.eq(over.then_some(due_at)),
        );
        diesel::update(webhook_deliveries::table.find((authority, webhook, attempt.sequence))).set(settled).execute(self.connection)?;
        diesel::insert_into(webhook_attempts::table).values(attempt).execute(self.connection)?;
        if over {
            self.release_next(authority, webhook, &subject)?;
        }
        Ok(true)
    }

    /// Of a record none of whose events waits, the first that is held waits.
    fn release_next(&mut self, authority: &str, webhook: &str, subject: &str) -> Result<(), StoreError> {
        let next = webhook_deliveries::table
            .filter(webhook_deliveries::authority.eq(authority))
            .filter(webhook_deliveries::webhook.eq(webhook))
            .filter(webhook_deliveries::subject.eq(subject))
            .filter(webhook_deliveries::state.eq_any(["waiting", "held"]))
            .order(webhook_deliveries::sequence)
            .select((webhook_deliveries::sequence, webhook_deliveries::state));
        if let Some((sequence, state)) = next.first::<(i64, String)>(self.connection).optional()?
            && state == "held"
        {
            let first = webhook_deliveries::table.find((authority, webhook, sequence));
            diesel::update(first).set(webhook_deliveries::state.eq("waiting")).execute(self.connection)?;
        }
        Ok(())
    }

    /// One delivery.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn delivery(&mut self, authority: &str, webhook: &str, sequence: i64) -> Result<Option<DeliveryRow>, StoreError> {
        let one = webhook_deliveries::table.find((authority, webhook, sequence)).select(DeliveryRow::as_select());
        Ok(one.first(self.connection).optional()?)
    }

    /// Deliveries of a webhook in the order of the log.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn deliveries(&mut self, authority: &str, webhook: &str, filter: &DeliveryFilter) -> Result<Vec<DeliveryRow>, StoreError> {
        let mut query = webhook_deliveries::table
            .filter(webhook_deliveries::authority.eq(authority.to_owned()))
            .filter(webhook_deliveries::webhook.eq(webhook.to_owned()))
            .filter(webhook_deliveries::sequence.gt(filter.after))
            .order(webhook_deliveries::sequence)
            .limit(filter.limit)
            .select(DeliveryRow::as_select())
            .into_boxed();
        if let Some(state) = &filter.state {
            query = query.filter(webhook_deliveries::state.eq(state.clone()));
        }
        Ok(query.load(self.connection)?)
    }

    /// The attempts to deliver an event to a webhook, in the order of time.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn attempts(&mut self, authority: &str, webhook: &str, sequence: i64) -> Result<Vec<AttemptRow>, StoreError> {
        Ok(webhook_attempts::table
            .filter(webhook_attempts::authority.eq(authority))
            .filter(webhook_attempts::webhook.eq(webhook))
            .filter(webhook_attempts::sequence.eq(sequence))
            .order(webhook_attempts::id)
            .select(AttemptRow::as_select())
            .load(self.connection)?)
    }

    /// Forgets what was delivered or given up before a moment, with its attempts; how many.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn forget_deliveries_before(&mut self, moment: NaiveDateTime) -> Result<usize, StoreError> {
        let old = webhook_deliveries::table.filter(webhook_deliveries::finished_at.lt(moment));
        Ok(diesel::delete(old).execute(self.connection)?)
    }
}
