//! What a reader sees of what became of an act.

use super::View;
use crate::record::{Fact, FactKind, RecordedFact};

/// The public sees what the law makes public, and neither who recorded it nor to whom the act was notified; exchanges with the representative of
/// the State, and an agreement's payments, stay inside.
pub fn of_facts(facts: Vec<RecordedFact>, view: View) -> Vec<RecordedFact> {
    if view != View::Public {
        return facts;
    }
    let public = |fact: &RecordedFact| match fact.fact.kind {
        FactKind::Signed
        | FactKind::Transmitted
        | FactKind::Received
        | FactKind::Published
        | FactKind::Unpublished
        | FactKind::Notified
        | FactKind::Suspended
        | FactKind::SuspensionEnded
        | FactKind::Annulled
        | FactKind::Repealed
        | FactKind::Rescinded => true,
        FactKind::TransmissionRefused
        | FactKind::PiecesRequested
        | FactKind::PiecesSent
        | FactKind::PiecesRefused
        | FactKind::Observations
        | FactKind::ObservationsAnswered
        | FactKind::Referred
        | FactKind::AgreementSigned
        | FactKind::AgreementPaid
        | FactKind::AgreementEnded => false,
    };
    facts.into_iter().filter(public).map(unnamed).collect()
}

fn unnamed(mut recorded: RecordedFact) -> RecordedFact {
    recorded.recorded_by = None;
    if recorded.fact.kind == FactKind::Notified {
        // Whatever is known of it may say to whom.
        let Fact { id, kind, on, at, corrects, .. } = recorded.fact;
        recorded.fact = Fact { at, corrects, ..Fact::new(id, kind, on) };
    }
    recorded.fact.addressee = None;
    recorded.fact.reason = None;
    recorded
}
