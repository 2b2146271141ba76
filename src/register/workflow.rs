//! Where an act stands until it is sealed: a draft, on the agenda, deliberated; or taken off the agenda.

use super::canonical::word;
use super::deliberation::{load, receipt_of};
use super::told::Told;
use super::{Actor, Fault, Once, Refusal, Register, Rule, Written, log};
use crate::record::{ChangePart, Id, Workflow};
use crate::store::now;

/// Where an act can go from there. The seal is an act of its own.
const fn next(from: Workflow) -> &'static [Workflow] {
    match from {
        Workflow::Draft => &[Workflow::OnAgenda],
        Workflow::OnAgenda => &[Workflow::Deliberated, Workflow::Withdrawn, Workflow::Postponed],
        Workflow::Deliberated => &[Workflow::Sealed],
        // Taken off the agenda, it may come back.
        Workflow::Withdrawn | Workflow::Postponed => &[Workflow::OnAgenda],
        Workflow::Sealed => &[],
    }
}

/// Refuses a move that is not allowed.
pub(super) fn allow(from: Workflow, to: Workflow) -> Result<(), Refusal> {
    let allowed = next(from);
    if allowed.contains(&to) { Ok(()) } else { Err(Refusal::MoveNotAllowed { from, allowed: allowed.to_vec() }) }
}

impl Register {
    /// Moves an act: on the agenda, deliberated, withdrawn, postponed.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`], [`Refusal::MoveNotAllowed`], [`Refusal::Invalid`] for an act that comes from no agenda item.
    pub fn move_deliberation(&self, actor: &Actor, once: Option<&Once>, id: Id, to: Workflow, reason: Option<&str>) -> Result<Written, Refusal> {
        self.change(actor, once, |session| {
            let act = load(session, actor.authority.as_str(), id)?;
            let from: Workflow = word(&act.row.workflow)?;
            if to == Workflow::Sealed {
                let allowed = next(from).iter().copied().filter(|w| *w != Workflow::Sealed).collect();
                return Err(Refusal::MoveNotAllowed { from, allowed });
            }
            allow(from, to)?;
            if act.record.agenda_items.is_empty() {
                return Err(Refusal::Invalid(vec![Fault { pointer: "/agenda_items".to_owned(), rule: Rule::NotOnAgenda }]));
            }
            session.set_workflow(&act.row.authority, &act.row.id, to.wire(), now())?;
            let action = reason.map_or_else(|| to.wire().to_owned(), |reason| format!("{}: {reason}", to.wire()));
            log(session, actor, ("deliberation", &act.row.id, act.row.version), &action, Told::of_act(&act.row, ChangePart::Workflow))?;
            receipt_of(session, actor, id)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_move_is_allowed_or_names_those_that_are() {
        use Workflow::{Deliberated, Draft, OnAgenda, Postponed, Sealed, Withdrawn};
        let all = [Draft, OnAgenda, Deliberated, Sealed, Withdrawn, Postponed];
        let allowed = [
            (Draft, OnAgenda),
            (OnAgenda, Deliberated),
            (OnAgenda, Withdrawn),
            (OnAgenda, Postponed),
            (Withdrawn, OnAgenda),
            (Postponed, OnAgenda),
            (Deliberated, Sealed),
        ];
        for (from, to) in all.iter().flat_map(|from| all.iter().map(move |to| (*from, *to))) {
            match allow(from, to) {
                Ok(()) => assert!(allowed.contains(&(from, to)), "{from:?} → {to:?}"),
                Err(Refusal::MoveNotAllowed { allowed: named, .. }) => {
                    assert!(!allowed.contains(&(from, to)), "{from:?} → {to:?}");
                    let expected: Vec<Workflow> = allowed.iter().filter(|(f, _)| *f == from).map(|(_, t)| *t).collect();
                    assert_eq!(named, expected);
                }
                Err(other) => panic!("{other}"),
            }
        }
    }
}
