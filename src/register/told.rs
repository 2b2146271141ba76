//! What the readers of the change feed are told of a change: worked out as it is written, never from what a record is today.

use super::{Actor, log};
use crate::record::{ChangeAction, ChangeKind, ChangePart, Visibility, Workflow};
use crate::store::{DeliberationRow, Session, SittingRow, StoreError};

/// What is told of a change: of which record, and to whom.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) kind: ChangeKind,
    pub(super) record: &'a str,
    pub(super) part: ChangePart,
    /// To readers of the authority; none: they see no difference.
    pub(super) own: Option<ChangeAction>,
    /// To everyone; none: they see no difference.
    pub(super) public: Option<ChangeAction>,
}

/// What becomes of a record for the public: what ceases to be public is gone.
pub(super) fn to_the_public(before: Option<&str>, after: &str) -> Option<ChangeAction> {
    let public = Visibility::Public.wire();
    match (before == Some(public), after == public) {
        (false, true) => Some(ChangeAction::Created),
        (true, true) => Some(ChangeAction::Updated),
        (true, false) => Some(ChangeAction::Deleted),
        (false, false) => None,
    }
}

/// A record that is as visible as it was.
fn updated<'a>(kind: ChangeKind, record: &'a str, part: ChangePart, visibility: &str) -> Told<'a> {
    Told { kind, record, part, own: Some(ChangeAction::Updated), public: to_the_public(Some(visibility), visibility) }
}

impl<'a> Told<'a> {
    /// A change of an act.
    pub(super) fn of_act(row: &'a DeliberationRow, part: ChangePart) -> Self {
        updated(ChangeKind::Deliberation, &row.id, part, &row.visibility)
    }

    /// A change of a sitting.
    pub(super) fn of_sitting(row: &'a SittingRow, part: ChangePart) -> Self {
        updated(ChangeKind::Sitting, &row.id, part, &row.visibility)
    }

    /// A record that is new, and that only its authority sees.
    pub(super) const fn made(kind: ChangeKind, record: &'a str) -> Self {
        Self { kind, record, part: ChangePart::Record, own: Some(ChangeAction::Created), public: None }
    }

    /// The same where the public sees no difference.
    pub(super) const fn inside(self) -> Self {
        Self { public: None, ..self }
    }

    /// An event as the log keeps it: kind and action.
    pub(super) fn event(&self, action: Option<ChangeAction>) -> Option<String> {
        action.map(|action| format!("{}.{}", self.kind.wire(), action.wire()))
    }
}

/// Tells of an act whose answer changed with something else that was written. A sealed act keeps its own copy of its sitting.
pub(super) fn act_follows(session: &mut Session<'_>, actor: &Actor, act: &DeliberationRow, part: ChangePart) -> Result<(), StoreError> {
    if act.workflow == Workflow::Sealed.wire() {
        return Ok(());
    }
    log(session, actor, ("deliberation", &act.id, act.version), &format!("sitting: {}", part.wire()), Told::of_act(act, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ceases_to_be_public_is_gone_to_the_public() {
        use ChangeAction::{Created, Deleted, Updated};
        for (before, after, expected) in [
            (None, "internal", None),
            (None, "public", Some(Created)),
            (Some("internal"), "internal", None),
            (Some("internal"), "public", Some(Created)),
            (Some("public"), "public", Some(Updated)),
            (Some("public"), "internal", Some(Deleted)),
        ] {
            assert_eq!(to_the_public(before, after), expected, "{before:?} → {after}");
        }
    }
}
