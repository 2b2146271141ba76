//! What a person voted by name, in public ballots of public sittings.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::schema::{act_items, ballot_items, ballot_rows, deliberations, sittings, vote_rows};
use super::{Session, StoreError};

/// One vote.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct PublicVoteRow {
    pub date: NaiveDate,
    pub sitting: String,
    pub ballot: String,
    /// A member of `BallotOption`.
    pub answer: String,
    /// Who cast it, where that was the holder of a proxy.
    pub holder: Option<String>,
    /// A member of `Outcome`.
    pub outcome: String,
}

/// An act that a ballot is about.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct BallotActRow {
    pub sitting: String,
    pub ballot: String,
    pub deliberation: String,
    pub number: Option<String>,
    pub title: String,
}

impl Session<'_> {
    /// The votes that a person gave in person, from the latest to the earliest, after a sitting's date, a sitting and a ballot. Public ballots only
    /// (scrutin public): of a secret one nobody's position is kept, and what the vote of a group gave is nobody's.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn public_votes(
        &mut self,
        authority: &str,
        person: &str,
        after: Option<&(NaiveDate, String, String)>,
        limit: i64,
    ) -> Result<Vec<PublicVoteRow>, StoreError> {
        let of_ballot = ballot_rows::authority
            .eq(vote_rows::authority)
            .and(ballot_rows::sitting.eq(vote_rows::sitting))
            .and(ballot_rows::ballot.eq(vote_rows::ballot));
        let of_sitting = sittings::authority.eq(vote_rows::authority).and(sittings::id.eq(vote_rows::sitting));
        let mut query = vote_rows::table
            .inner_join(ballot_rows::table.on(of_ballot))
            .inner_join(sittings::table.on(of_sitting))
            .filter(vote_rows::authority.eq(authority.to_owned()))
            .filter(vote_rows::person.eq(person.to_owned()))
            .filter(vote_rows::basis.eq("person"))
            .filter(ballot_rows::mode.eq("public_roll_call"))
            .filter(ballot_rows::kind.eq("yes_no"))
            .filter(sittings::visibility.eq("public"))
            .order((sittings::date.desc(), vote_rows::sitting.desc(), vote_rows::ballot.desc(), vote_rows::position))
            .limit(limit)
            .select((sittings::date, vote_rows::sitting, vote_rows::ballot, vote_rows::answer, vote_rows::holder, ballot_rows::outcome))
            .into_boxed();
        if let Some((date, sitting, ballot)) = after {
            let same_day = sittings::date.eq(*date);
            let same_sitting = vote_rows::sitting.eq(sitting.clone()).and(vote_rows::ballot.lt(ballot.clone()));
            query = query.filter(sittings::date.lt(*date).or(same_day.and(vote_rows::sitting.lt(sitting.clone()).or(same_sitting))));
        }
        Ok(query.load(self.connection)?)
    }

    /// The public acts that ballots are about.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn public_acts_of_ballots(&mut self, authority: &str, ballots: &[String], limit: i64) -> Result<Vec<BallotActRow>, StoreError> {
        // Items and ballots are known by their identifiers within their sitting only.
        let of_item = act_items::authority.eq(ballot_items::authority).and(act_items::item.eq(ballot_items::item));
        let of_act = deliberations::authority.eq(act_items::authority).and(deliberations::id.eq(act_items::deliberation));
        Ok(ballot_items::table
            .inner_join(act_items::table.on(of_item))
            .inner_join(deliberations::table.on(of_act))
            .filter(ballot_items::authority.eq(authority))
            .filter(ballot_items::ballot.eq_any(ballots))
            .filter(deliberations::sitting.eq(ballot_items::sitting))
            .filter(deliberations::visibility.eq("public"))
            .filter(deliberations::deleted.eq(false))
            .order((ballot_items::sitting, ballot_items::ballot, ballot_items::position, deliberations::id))
            .limit(limit)
            .select((ballot_items::sitting, ballot_items::ballot, deliberations::id, deliberations::number, deliberations::title))
            .load(self.connection)?)
    }
}
