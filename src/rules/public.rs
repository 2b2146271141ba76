//! What the public is shown of the findings: figures in neutral words, nobody named.

use super::made::words;
use crate::record::{Computed, Finding, FindingCode, FindingLabel};

/// Numeric findings in neutral words. Those on recusal, competence, signature and form, and those that name a person or may identify one, are
/// left out, as is every waiver.
pub fn public_view(findings: Vec<Finding>) -> Vec<Finding> {
    findings.into_iter().filter(may_be_shown).map(|finding| Finding { label: neutral(&finding), waiver: None, ..finding }).collect()
}

fn may_be_shown(finding: &Finding) -> bool {
    match finding.code {
        FindingCode::RecusalCounted
        | FindingCode::RecusalMayBeCounted
        | FindingCode::ActCompetenceUnverified
        | FindingCode::ActSignatureDelegation
        // On form, not on figures.
        | FindingCode::BallotModeUnstated
        | FindingCode::BallotRemote
        | FindingCode::BallotEnBloc
        | FindingCode::BallotGroupVote
        | FindingCode::BallotItemNotTaken
        | FindingCode::ActDates
        | FindingCode::ActIdentifier
        | FindingCode::MoneyImputation
        // Of a small group it says who.
        | FindingCode::BallotGroupSplitUnnamed
        // It names giver and holder.
        | FindingCode::ProxyInvalid
        // The number of a beneficiary may be that of a natural person.
        | FindingCode::MoneyIdentifier => false,
        FindingCode::AttendanceUnreconciled => matches!(&finding.computed, Computed::Attendance { twice, .. } if twice.is_empty()),
        // No catch-all: a new code is not public until someone has looked at it.
        FindingCode::QuorumNotMet
        | FindingCode::QuorumUnsettled
        | FindingCode::AttendanceOfficeUnstated
        | FindingCode::ProxyNeededButUnstated
        | FindingCode::BallotExceedsElectorate
        | FindingCode::BallotGroupSum
        | FindingCode::BallotRollCallDiffers
        | FindingCode::OutcomeContradictsTally
        | FindingCode::MoneyBalance
        | FindingCode::BallotPresenceCorrected
        | FindingCode::MoneyTotal => true,
    }
}

/// The figures without a judgement; a finding that is already so keeps its words.
fn neutral(finding: &Finding) -> FindingLabel {
    match &finding.computed {
        Computed::Electorate { counted, at_most, .. } => words(
            format!("{counted} voix sont imprimées ; d'après les listes imprimées, {at_most} au plus pouvaient être exprimées"),
            format!("{counted} votes are printed; from the printed lists, at most {at_most} could be cast"),
        ),
        Computed::ProxiesNeeded { counted, without_proxies, .. } => words(
            format!("{counted} voix et {without_proxies} votants présents sont imprimés ; les pouvoirs ne sont pas mentionnés"),
            format!("{counted} votes and {without_proxies} voters present are printed; proxies are not mentioned"),
        ),
        Computed::Quorum { counted, met_if_in_office_at_most, .. } => words(
            format!("{counted} membres comptent pour le quorum, atteint si au plus {met_if_in_office_at_most} membres étaient en exercice"),
            format!("{counted} members count for the quorum, met if at most {met_if_in_office_at_most} members were in office"),
        ),
        _ => finding.label.clone(),
    }
}
