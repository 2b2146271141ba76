//! What a reader sees of a record. The public is not shown grounds, representatives, addresses, bank data, nor who a natural person is.

use crate::record::{Agreement, Beneficiary, BeneficiaryKind, DeliberationRecord, SittingRecord};

/// How much of a record is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// Without a token.
    Public,
    /// The authority's own, with `records:read`.
    Internal,
    /// With `restricted:read` as well: everything.
    Restricted,
}

impl View {
    pub const ALL: [Self; 3] = [Self::Public, Self::Internal, Self::Restricted];
}

/// A sitting as a view shows it.
pub fn of_sitting(mut sitting: SittingRecord, view: View) -> SittingRecord {
    if view == View::Restricted {
        return sitting;
    }
    for recusal in sitting.recusals.iter_mut().flatten() {
        recusal.ground = None;
        recusal.interest_nature = None;
    }
    if view == View::Public {
        sitting.waivers.clear();
        if let Some(convening) = &mut sitting.convening {
            convening.dispatches.clear();
        }
        sitting.ballots.iter_mut().for_each(|ballot| ballot.acknowledge.clear());
        sitting.timeline.iter_mut().flatten().for_each(|event| event.acknowledge.clear());
    }
    sitting
}

/// A deliberation as a view shows it.
pub fn of_deliberation(mut act: DeliberationRecord, view: View) -> DeliberationRecord {
    if view == View::Restricted {
        return act;
    }
    act.agreements.iter_mut().for_each(hide_private);
    for annex in &mut act.annexes {
        annex.signed_by = None;
    }
    if view == View::Public {
        act.waivers.clear();
        act.beneficiaries.iter_mut().filter(|b| b.kind == BeneficiaryKind::NaturalPerson).for_each(hide_person);
    }
    act
}

fn hide_private(agreement: &mut Agreement) {
    agreement.iban = None;
    agreement.bic = None;
    for party in &mut agreement.parties {
        party.address = None;
        party.represented_by = None;
    }
}

fn hide_person(beneficiary: &mut Beneficiary) {
    beneficiary.name = None;
    beneficiary.designation = None;
    beneficiary.siret = None;
    beneficiary.siren = None;
    beneficiary.code = None;
    beneficiary.cells.clear();
}
