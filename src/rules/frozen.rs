//! Who could vote is fixed as the ballot is taken. A correction of the presence afterwards does not move it: it is told.

use super::ballot::Case;
use super::made::words;
use super::presence::{self, Presence, When};
use super::profile::{Governed, RuleId};
use crate::record::{Ballot, Computed, Count, Finding, FindingCode, FrozenElectorate, SittingRecord};

/// The electorate of a ballot as it is taken; none where the lists do not name the members.
pub fn freeze<'b>(sitting: &SittingRecord, ballot: &Ballot, body: impl Into<Governed<'b>>) -> Option<FrozenElectorate> {
    of(&presence::under(sitting, body, When::Ballot(ballot)))
}

fn of(presence: &Presence) -> Option<FrozenElectorate> {
    let count = |n: u32| Count::try_from(n).ok();
    let (counts, electorate, quorum) = (presence.counts, presence.electorate, presence.quorum);
    if !electorate.listed {
        return None;
    }
    Some(FrozenElectorate {
        present: count(counts.present)?,
        represented: count(counts.represented)?,
        recused: count(counts.recused)?,
        voters: count(electorate.with_proxies)?,
        quorum: count(quorum.present.saturating_add(quorum.represented))?,
    })
}

/// The presence that now follows from the record is not that with which the ballot was taken.
pub fn corrected(case: &Case) -> Vec<Finding> {
    let (Some(then), Some(now)) = (case.ballot.electorate, of(&case.presence)) else { return Vec::new() };
    if then == now {
        return Vec::new();
    }
    let label = words(
        format!("Scrutin tenu avec {} votants ; la présence corrigée depuis en donne {}", then.voters.get(), now.voters.get()),
        format!("Ballot taken with {} voters; the presence as corrected since gives {}", then.voters.get(), now.voters.get()),
    );
    let computed = Computed::Presence { then, now };
    vec![case.finding(RuleId::BallotFrozen, FindingCode::BallotPresenceCorrected, computed, label)]
}
