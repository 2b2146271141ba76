//! What the public is shown of the findings: those on figures, in neutral words, and nobody named.

use crate::record::{Computed, Finding, FindingCode};

/// Leaves out what is about recusal, competence, signature or who did what, and every waiver.
pub fn public_view(findings: Vec<Finding>) -> Vec<Finding> {
    findings.into_iter().filter(|f| is_public(f.code)).map(anonymous).collect()
}

const fn is_public(code: FindingCode) -> bool {
    match code {
        FindingCode::QuorumNotMet
        | FindingCode::QuorumUnsettled
        | FindingCode::AttendanceUnreconciled
        | FindingCode::AttendanceOfficeUnstated
        | FindingCode::ProxyNeededButUnstated
        | FindingCode::BallotExceedsElectorate
        | FindingCode::BallotGroupSum
        | FindingCode::BallotRollCallDiffers
        | FindingCode::OutcomeContradictsTally
        | FindingCode::MoneyBalance
        | FindingCode::MoneyTotal => true,
        FindingCode::ProxyInvalid
        | FindingCode::BallotGroupSplitUnnamed
        | FindingCode::BallotModeUnstated
        | FindingCode::RecusalCounted
        | FindingCode::RecusalMayBeCounted
        | FindingCode::ActCompetenceUnverified
        | FindingCode::ActDates
        | FindingCode::ActSignatureDelegation
        | FindingCode::ActIdentifier
        | FindingCode::MoneyImputation
        | FindingCode::MoneyIdentifier => false,
    }
}

fn anonymous(mut finding: Finding) -> Finding {
    finding.waiver = None;
    if let Computed::Attendance { twice, .. } = &mut finding.computed {
        twice.clear();
    }
    finding
}
