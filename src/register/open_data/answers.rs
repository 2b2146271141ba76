//! Acts and sittings, one to a line: each as the public is answered when it asks for just that one.

use super::Pieces;
use crate::publish::View;
use crate::record::Id;
use crate::register::canonical::word;
use crate::register::read::{answer_to_act, answer_to_sitting};
use crate::register::{Answer, Reader, Refusal, Register};
use crate::store::{Place, Session, StoreError};

/// Answers of a page.
const PAGE: i64 = 32;

type Places = fn(&mut Session<'_>, &str, Option<&Place>, i64) -> Result<Vec<Place>, StoreError>;
type One = fn(&mut Session<'_>, Id, &Reader) -> Result<(Answer, View), Refusal>;

pub(super) fn deliberations(authority: String) -> Pieces {
    lines(authority, |session, authority, after, limit| session.public_act_places(authority, after, limit), answer_to_act)
}

pub(super) fn sittings(authority: String) -> Pieces {
    lines(authority, |session, authority, after, limit| session.public_sitting_places(authority, after, limit), answer_to_sitting)
}

fn lines(authority: String, places: Places, one: One) -> Pieces {
    let mut after = None;
    Box::new(move |register: &Register| {
        register.store.read(|session| {
            let page = places(session, &authority, after.as_ref(), PAGE)?;
            let Some(last) = page.last().cloned() else { return Ok(None) };
            let mut piece = Vec::new();
            for (_, id) in &page {
                piece.extend_from_slice(&one(session, word(id)?, &Reader::default())?.0.bytes);
                piece.push(b'\n');
            }
            after = Some(last);
            Ok(Some(piece))
        })
    })
}
