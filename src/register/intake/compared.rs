//! A draft, printed as the register would print it, beside its text.

use std::collections::BTreeMap;
use std::time::Instant;

use super::DraftAnswer;
use crate::publish::compare::{Comparison, compare, not_compared};
use crate::publish::{ActReading, Cast, paper};
use crate::record::{Authority, Body, BodyKind, Visibility};

/// Compares a draft with the text that it was read in. What it prints is its own: where it names nobody, nobody is named.
pub(super) fn compared(text: &str, draft: &DraftAnswer, authority: &Authority, body: Option<&Body>, until: Instant) -> Comparison {
    if Instant::now() >= until {
        return not_compared(text, draft.span);
    }
    let body = body.cloned().unwrap_or_else(|| Body {
        name: draft.authority.body.clone().unwrap_or_default(),
        kind: draft.authority.body_kind.unwrap_or(BodyKind::Other),
        parent: None,
        valid_from: None,
        valid_to: None,
        numbering: None,
        internal_rules: Vec::new(),
        public_minutes: false,
        visibility: Visibility::Internal,
    });
    let cast = Cast { authority: authority.clone(), body, persons: BTreeMap::new(), groups: BTreeMap::new(), memberships: BTreeMap::new() };
    let reading = ActReading::unfiled(draft.act.clone(), draft.sitting.clone(), cast);
    compare(text, draft.span, &paper::act(&reading, ""), Some(until))
}
