//! How a rule states what it found.

use chrono::NaiveDate;

use crate::record::{Ballot, BallotOption, Certainty, Computed, Finding, FindingCode, FindingLabel, Severity, Subject};

/// A rule: what it is called, how sure it is, where it comes from.
pub(super) struct Rule {
    pub(super) code: FindingCode,
    pub(super) name: &'static str,
    pub(super) severity: Severity,
    pub(super) certainty: Certainty,
    pub(super) legal_basis: Vec<&'static str>,
}

impl Rule {
    /// Only a rule whose text was verified may block: another one alerts.
    pub(super) fn finding(self, subject: Subject, valid_at: NaiveDate, computed: Computed, fr: String, en: String) -> Finding {
        let sure = matches!(self.certainty, Certainty::Verified | Certainty::Verified2015);
        let severity = if self.severity == Severity::Blocking && !sure { Severity::Alert } else { self.severity };
        Finding {
            code: self.code,
            subject,
            severity,
            certainty: self.certainty,
            rule: self.name,
            legal_basis: self.legal_basis,
            valid_at,
            computed,
            decisive: None,
            label: FindingLabel { fr, en },
            waiver: None,
        }
    }
}

/// The stated count of an option; none where it is not stated.
pub(super) fn count(ballot: &Ballot, option: BallotOption) -> Option<u32> {
    ballot.options.iter().find(|t| t.option == option).and_then(|t| t.count).map(crate::record::Count::get)
}

/// Votes counted: for, against, abstention, blank, void, as far as they are stated; none where nothing is.
pub(super) fn counted(ballot: &Ballot) -> Option<u32> {
    let options = [BallotOption::For, BallotOption::Against, BallotOption::Abstention, BallotOption::Blank, BallotOption::Void];
    let stated: Vec<u32> = options.into_iter().filter_map(|option| count(ballot, option)).collect();
    if stated.is_empty() { None } else { Some(stated.iter().sum()) }
}

/// Whether so many doubtful votes, taken off the side that won, could have changed the result; none where it is not a matter of for and against.
pub(super) fn decisive(ballot: &Ballot, doubtful: u32) -> Option<bool> {
    if ballot.kind == crate::record::BallotKind::Election {
        return None;
    }
    let (for_votes, against) = (count(ballot, BallotOption::For)?, count(ballot, BallotOption::Against)?);
    // Adopted is more for than against; a tie rejects.
    let adopted = |for_votes: u32, against: u32| for_votes > against;
    let without = if adopted(for_votes, against) {
        adopted(for_votes.saturating_sub(doubtful), against)
    } else {
        adopted(for_votes, against.saturating_sub(doubtful))
    };
    Some(without != adopted(for_votes, against))
}
