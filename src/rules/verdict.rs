//! What a ballot decides by the rules, whatever was proclaimed: the majority of the votes cast. Abstentions, blank and void papers and those
//! who take no part are no votes cast.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;

use super::ballot::Case;
use super::casting;
use super::election::{self, ElectionReading};
use super::electorate::stated;
use super::made::{Basis, many, number, words};
use super::presence::Course;
use super::profile::{self, Governed, RuleId};
use crate::record::{Ballot, BallotKind, BallotOption, Certainty, FindingLabel, SittingRecord};
use crate::vocabulary;

vocabulary! {
    /// What a ballot comes to by the rules.
    Verdict {
        Adopted = "adopted", "adopté", "adopted";
        Rejected = "rejected", "rejeté", "rejected";
        NotAdopted = "not_adopted", "non adopté, aucun suffrage exprimé", "not adopted, no vote cast";
        Elected = "elected", "élu", "elected";
        Unsettled = "unsettled", "indéterminé", "unsettled";
    }
}

vocabulary! {
    /// Why.
    OutcomeReason {
        MajorityFor = "majority_for", "majorité des suffrages exprimés pour", "majority of the votes cast in favour";
        MajorityAgainst = "majority_against", "majorité des suffrages exprimés contre", "majority of the votes cast against";
        CastingVote = "casting_vote", "partage, voix prépondérante du président de séance", "tie, casting vote of the chair";
        TieChairRecused = "tie_chair_recused", "partage, président de séance déporté", "tie, the chair stands aside";
        TieChairDidNotVote = "tie_chair_did_not_vote", "partage, le président de séance n'a voté ni pour ni contre", "tie, the chair voted neither for nor against";
        TieSecret = "tie_secret", "partage au scrutin secret", "tie in a secret ballot";
        TieCastingVoteUnused = "tie_casting_vote_unused", "partage, sans voix prépondérante", "tie, no casting vote";
        TieCastingVoteStated = "tie_casting_vote_stated", "partage, voix prépondérante mentionnée sans son sens", "tie, a casting vote is stated but not which way";
        TieCastingVoteUnknown = "tie_casting_vote_unknown", "partage, vote du président de séance inconnu", "tie, the vote of the chair is not known";
        TieNoCastingVote = "tie_no_casting_vote", "partage, le règlement intérieur ne donne pas de voix prépondérante", "tie, the internal rules give no casting vote";
        NoVoteCast = "no_vote_cast", "aucun suffrage exprimé", "no vote cast";
        TallyUnstated = "tally_unstated", "décompte non précisé", "tally not stated";
        SeatsFilled = "seats_filled", "sièges pourvus", "seats filled";
        SeatsTied = "seats_tied", "égalité entre candidats", "tie between candidates";
        SeatsOpen = "seats_open", "majorité non atteinte", "majority not reached";
    }
}

/// What a ballot comes to, why, and by which rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OutcomeReading {
    pub verdict: Verdict,
    pub reason: OutcomeReason,
    /// As stated, else as named in the roll call.
    pub for_votes: Option<u32>,
    pub against_votes: Option<u32>,
    /// Suffrages exprimés: for and against.
    pub votes_cast: Option<u32>,
    /// Whose vote broke the tie, as printed.
    pub chair: Option<String>,
    /// The rule of the legal profile.
    pub rule: RuleId,
    pub legal_basis: Vec<Cow<'static, str>>,
    pub certainty: Certainty,
    pub label: FindingLabel,
    /// For an election.
    pub election: Option<ElectionReading>,
}

impl OutcomeReading {
    pub(super) fn basis<'b>(&self, body: Governed<'b>, at: chrono::NaiveDate) -> Basis<'b> {
        Basis { certainty: self.certainty, ..profile::basis(self.rule, body, at) }
    }
}

/// What the ballot decides by the rules on its body, from its tally, its roll call and who is in the chair.
pub fn outcome_of<'b>(sitting: &SittingRecord, body: impl Into<Governed<'b>>, ballot: &Ballot) -> OutcomeReading {
    let body = body.into();
    read(&Case::new(sitting, &Course::under(sitting, body), body, ballot))
}

pub(super) fn read(case: &Case) -> OutcomeReading {
    let tallied = repeated(case);
    if case.ballot.kind == BallotKind::Election {
        return elected(case, tallied);
    }
    let (for_votes, against_votes) = (votes(tallied, BallotOption::For), votes(tallied, BallotOption::Against));
    let none_cast = number(tallied.votes_cast) == Some(0);
    let majority = case.basis(RuleId::OutcomeTally);
    let reading = |verdict, reason: OutcomeReason| OutcomeReading {
        verdict,
        reason,
        for_votes,
        against_votes,
        votes_cast: for_votes.zip(against_votes).map(|(f, a)| f + a).or(number(tallied.votes_cast)),
        chair: None,
        rule: RuleId::OutcomeTally,
        legal_basis: majority.legal_basis(),
        certainty: majority.certainty,
        label: said(verdict, reason, for_votes.zip(against_votes)),
        election: None,
    };
    match for_votes.zip(against_votes) {
        Some((0, 0)) => reading(Verdict::NotAdopted, OutcomeReason::NoVoteCast),
        Some((f, a)) if f > a => reading(Verdict::Adopted, OutcomeReason::MajorityFor),
        Some((f, a)) if f < a => reading(Verdict::Rejected, OutcomeReason::MajorityAgainst),
        Some(_) => tie(case, tallied, reading),
        None if none_cast => reading(Verdict::NotAdopted, OutcomeReason::NoVoteCast),
        None => reading(Verdict::Unsettled, OutcomeReason::TallyUnstated),
    }
}

fn tie(case: &Case, tallied: &Ballot, reading: impl Fn(Verdict, OutcomeReason) -> OutcomeReading) -> OutcomeReading {
    let casting = casting::on_tie(case, tallied);
    let verdict = match (casting.reason, casting.side) {
        (_, Some(BallotOption::For)) => Verdict::Adopted,
        (OutcomeReason::TieCastingVoteStated | OutcomeReason::TieCastingVoteUnknown, None) => Verdict::Unsettled,
        _ => Verdict::Rejected,
    };
    // Without a vote in the chair a tie is simply no majority.
    let rests_on_the_chair = matches!(
        casting.reason,
        OutcomeReason::CastingVote
            | OutcomeReason::TieChairRecused
            | OutcomeReason::TieChairDidNotVote
            | OutcomeReason::TieCastingVoteStated
            | OutcomeReason::TieNoCastingVote
    );
    let found = reading(verdict, casting.reason);
    if !rests_on_the_chair {
        return found;
    }
    let basis = case.basis(RuleId::OutcomeCastingVote);
    let certainty = if casting.by_president { basis.certainty } else { Certainty::Unverified };
    let chair = case.chair.as_ref().filter(|_| casting.side.is_some()).map(|chair| crate::record::names::shown(&chair.name));
    OutcomeReading { chair, rule: RuleId::OutcomeCastingVote, legal_basis: basis.legal_basis(), certainty, ..found }
}

fn elected(case: &Case, tallied: &Ballot) -> OutcomeReading {
    let basis = case.basis(RuleId::OutcomeElection);
    let members = super::quorum::members_in_office(case.sitting, case.ballot.covers.first().copied());
    let read = tallied.election.as_ref().map(|election| election::read(election, case.body.kind, members));
    let (verdict, reason) = match &read {
        None => (Verdict::Unsettled, OutcomeReason::TallyUnstated),
        Some(reading) if reading.filled() => (Verdict::Elected, OutcomeReason::SeatsFilled),
        // Never "rejected": a tie between candidates has its own rule, or is unsettled.
        Some(reading) if reading.tied() => (Verdict::Unsettled, OutcomeReason::SeatsTied),
        Some(reading) if reading.counted() => (Verdict::Unsettled, OutcomeReason::SeatsOpen),
        Some(_) => (Verdict::Unsettled, OutcomeReason::TallyUnstated),
    };
    OutcomeReading {
        verdict,
        reason,
        for_votes: None,
        against_votes: None,
        votes_cast: tallied.election.as_ref().and_then(|election| election.rounds.last()).and_then(election::votes_cast),
        chair: None,
        rule: RuleId::OutcomeElection,
        legal_basis: basis.legal_basis(),
        certainty: basis.certainty,
        label: said(verdict, reason, None),
        election: read,
    }
}

/// The ballot whose tally this one has: "same vote as", followed to its end.
fn repeated<'a>(case: &Case<'a>) -> &'a Ballot {
    let mut ballot = case.ballot;
    // No more steps than ballots: two that name each other end somewhere.
    for _ in &case.sitting.ballots {
        let own = !ballot.options.is_empty() || ballot.roll_call.is_some() || ballot.election.is_some();
        match ballot.same_vote_as.filter(|_| !own).and_then(|id| case.sitting.ballots.iter().find(|other| other.id == id)) {
            Some(other) => ballot = other,
            None => break,
        }
    }
    ballot
}

/// The count stated, else what the roll call names where no count is stated for any option.
fn votes(ballot: &Ballot, option: BallotOption) -> Option<u32> {
    let uncounted = ballot.options.iter().all(|tally| tally.count.is_none());
    let lines = ballot.roll_call.as_deref().filter(|lines| uncounted && !lines.is_empty());
    stated(ballot, option).or_else(|| lines.map(|lines| many(lines.iter().filter(|line| line.option == option).count())))
}

fn said(verdict: Verdict, reason: OutcomeReason, votes: Option<(u32, u32)>) -> FindingLabel {
    let (fr, en) = votes.map_or_else(Default::default, |(f, a)| (format!(" ({f} pour, {a} contre)"), format!(" ({f} for, {a} against)")));
    let (v, r) = (verdict.label(), reason.label());
    words(format!("{} : {}{fr}", v.fr, r.fr), format!("{}: {}{en}", v.en, r.en))
}
