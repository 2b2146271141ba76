//! A finding set aside by a lawyer, with the reason: part of the record of the act.

use super::canonical::word;
use super::delegations;
use super::deliberation::{commit_version, load, receipt_of};
use super::sitting::{load as load_sitting, sign_waivers};
use super::{Actor, Fault, Once, Refusal, Register, Rule, Written};
use crate::record::{Id, Waiver, Workflow};

impl Register {
    /// Waives a finding on an act: one that is there, with a reason.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`], [`Refusal::Sealed`], [`Refusal::MayNotWaive`], [`Refusal::Invalid`].
    pub fn waive(&self, actor: &Actor, once: Option<&Once>, id: Id, waiver: Waiver) -> Result<Written, Refusal> {
        self.change(actor, once, |session| {
            let act = load(session, actor.authority.as_str(), id)?;
            if word::<Workflow>(&act.row.workflow)? == Workflow::Sealed {
                return Err(Refusal::Sealed);
            }
            let sitting = load_sitting(session, &act.row.authority, act.record.sitting)?;
            let found = delegations::on_act(session, &act.record, id, &sitting.record, act.record.sitting, &sitting)?;
            let mut faults = super::check::Faults::default();
            super::check::References::walk(&super::check::value_of(&waiver)?, &mut faults);
            faults.unless(!waiver.reason.trim().is_empty(), "/reason", Rule::Empty);
            faults.unless(found.iter().any(|f| f.code == waiver.code && f.subject == waiver.subject), "/code", Rule::UnknownFinding);
            faults.settle()?;
            let mut record = act.record.clone();
            record.waivers.retain(|known| (known.code, known.subject) != (waiver.code, waiver.subject));
            record.waivers.push(waiver);
            sign_waivers(actor, &act.record.waivers, &mut record.waivers)?;
            if record.waivers.len() > 200 {
                return Err(Refusal::Invalid(vec![Fault { pointer: String::new(), rule: Rule::TooMany }]));
            }
            commit_version(session, actor, id, &act, &record, "waiver")?;
            let written = receipt_of(session, actor, id)?;
            Ok(Written { created: true, href: format!("/v1/deliberations/{id}/findings"), ..written })
        })
    }
}
