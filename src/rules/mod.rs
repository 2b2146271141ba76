//! What must hold: pure functions from record to findings. No I/O, no clock; imports only the record.
//!
//! Who was there is worked out in one place ([`presence`]), the law per kind of body and date in one place (`profile`); each other file is
//! one subject and lists its own rules, so that adding a rule touches that file and one table of `cases`.

mod act;
mod attendance;
mod ballot;
#[cfg(test)]
mod cases;
mod casting;
mod contradiction;
mod could_vote;
mod delegations;
mod dispatches;
pub mod election;
mod electorate;
mod en_bloc;
pub mod enforceable;
mod event;
mod expansion;
mod frozen;
mod group_vote;
mod groups;
mod interests;
mod limits;
mod made;
mod money;
mod order;
mod outcome;
pub mod presence;
mod profile;
mod proxy;
mod public;
mod quorum;
mod recusal;
mod remote;
mod reports;
mod request;
pub mod statistics;
mod verdict;

pub use contradiction::{Contradiction, ContradictionCode, contradictions, irregularities};
pub use could_vote::{could_vote, doubts_a_tally};
pub use delegations::Registers;
pub use dispatches::{Dispatches, MemberDispatch, dispatches};
pub use event::{EventRoom, event_contradictions, event_irregularities};
pub use expansion::{ExpansionRefusal, expand_group_vote};
pub use frozen::freeze;
pub use groups::{GroupCount, GroupGap, GroupTally, GroupVotes, Membership, group_tally};
pub use interests::{DeclarationLink, Declared, InterestGround, InterestPlace, Met, ProposedRecusal, is_listed, proposed_recusals};
pub use profile::{Governed, InternalFault, LegalProfile, LegalRule, RuleId, RuleLayer, check_internal, profile_on, profiles};
pub use public::public_view;
pub use quorum::{OfficeBasis, QuorumReading, Threshold, quorum_at};
pub use reports::{ItemClock, report_clock};
pub use request::{RequestReading, mode_request};
pub use verdict::{OutcomeReading, OutcomeReason, Verdict, outcome_of};

use crate::record::{Ballot, DeliberationRecord, Finding, Id, SittingRecord, Vocabulary, Waiver};

/// Version of the rules. An answer is kept by one process, which has one version of them.
pub const VERSION: &str = "2026-11.4";

/// The vocabularies of the rules.
pub const VOCABULARIES: &[Vocabulary] = &[
    ContradictionCode::VOCABULARY,
    enforceable::EnforceabilityState::VOCABULARY,
    enforceable::ReasonCode::VOCABULARY,
    enforceable::ReferralState::VOCABULARY,
    ExpansionRefusal::VOCABULARY,
    InterestGround::VOCABULARY,
    InterestPlace::VOCABULARY,
    OfficeBasis::VOCABULARY,
    OutcomeReason::VOCABULARY,
    presence::PresenceState::VOCABULARY,
    presence::ProxyFault::VOCABULARY,
    RuleId::VOCABULARY,
    RuleLayer::VOCABULARY,
    Verdict::VOCABULARY,
    election::MajorityRule::VOCABULARY,
    election::TieRule::VOCABULARY,
];

/// Findings on a sitting, on the items that it voted on and on each of its ballots.
pub fn on_sitting<'b>(sitting: &SittingRecord, id: Id, body: impl Into<Governed<'b>>) -> Vec<Finding> {
    let body = body.into();
    let mut findings = attendance::on_sitting(sitting, id, body);
    findings.extend(reports::late(sitting, body, |_| true));
    findings.extend(on_ballots(sitting, body, None));
    waived(findings, &[&sitting.waivers])
}

/// Findings on an act: its own, those of every ballot that covers one of its items (as [`on_sitting`] gives them), and those on the
/// attendance that it prints.
pub fn on_act<'b>(act: &DeliberationRecord, id: Id, sitting: &SittingRecord, sitting_id: Id, body: impl Into<Governed<'b>>) -> Vec<Finding> {
    let body = body.into();
    let mut findings = attendance::on_act(act, sitting, sitting_id, body);
    findings.extend(on_ballots(sitting, body, Some(&act.agenda_items)));
    findings.extend(outcome::on_act(act, id, sitting, body));
    findings.extend(act::check(act, id, sitting, body));
    findings.extend(reports::late(sitting, body, |item| act.agenda_items.contains(&item)));
    findings.extend(money::check(act, id, sitting.date, body));
    waived(findings, &[&sitting.waivers, &act.waivers])
}

/// Findings on one ballot of a sitting, and on the quorum as it is taken.
pub fn on_ballot<'b>(sitting: &SittingRecord, ballot: &Ballot, body: impl Into<Governed<'b>>) -> Vec<Finding> {
    let body = body.into();
    let course = presence::Course::under(sitting, body);
    let case = ballot::Case::new(sitting, &course, body, ballot);
    let mut findings: Vec<Finding> = ballot.covers.iter().flat_map(|item| quorum::check(&case, *item)).collect();
    findings.extend(ballot::check(&case));
    waived(findings, &[&sitting.waivers])
}

/// Quorum is a matter of the item, all else of the ballot; both are tested as the ballot is taken. `items`: only the ballots on these.
fn on_ballots(sitting: &SittingRecord, body: Governed<'_>, items: Option<&[Id]>) -> Vec<Finding> {
    let wanted = |item: &Id| items.is_none_or(|items| items.contains(item));
    let course = presence::Course::under(sitting, body);
    let mut findings = Vec::new();
    let mut tested = Vec::new();
    for ballot in sitting.ballots.iter().filter(|ballot| items.is_none() || ballot.covers.iter().any(wanted)) {
        let case = ballot::Case::new(sitting, &course, body, ballot);
        for item in ballot.covers.iter().copied().filter(wanted) {
            // An item voted on twice has one quorum: that of its first ballot.
            if !tested.contains(&item) {
                tested.push(item);
                findings.extend(quorum::check(&case, item));
            }
        }
        findings.extend(ballot::check(&case));
    }
    findings
}

/// Attaches the waivers recorded for the same code and subject.
fn waived(mut findings: Vec<Finding>, records: &[&[Waiver]]) -> Vec<Finding> {
    for finding in &mut findings {
        finding.waiver = records.iter().flat_map(|w| w.iter()).find(|w| w.code == finding.code && w.subject == finding.subject).cloned();
    }
    findings
}
