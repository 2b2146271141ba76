//! Acts and sittings, one to a line: each as the public is answered when it asks for just that one.

use super::Pieces;
use crate::record::Id;
use crate::register::canonical::word;
use crate::register::delegations::Delegations;
use crate::register::read::{answer_from, answer_to_sitting, shown_act_by};
use crate::register::sitting::{Standing, load};
use crate::register::{Reader, Refusal, Register};
use crate::store::{AsNew, Place, Session, StoreError};

/// Answers of a page.
const PAGE: i64 = 32;

pub(super) fn deliberations(authority: String) -> Pieces {
    lines(
        authority,
        |session, authority, after, limit| session.public_act_places(authority, after, limit),
        |session, authority, ids, piece| {
            let delegations = Delegations::load(session, authority)?;
            // Acts of one sitting follow each other.
            let mut last: Option<Standing> = None;
            for id in ids {
                let shown = shown_act_by(session, *id, &Reader::default(), |session, authority, sitting| match &last {
                    Some(known) if known.row.id == sitting.to_string() => Ok(known.clone()),
                    _ => Ok(last.insert(load(session, authority, sitting)?).clone()),
                })?;
                add(piece, answer_from(session, *id, shown, &delegations)?.0.body.plain());
            }
            Ok(())
        },
    )
}

pub(super) fn sittings(authority: String) -> Pieces {
    lines(
        authority,
        |session, authority, after, limit| session.public_sitting_places(authority, after, limit),
        |session, _, ids, piece| {
            for id in ids {
                add(piece, answer_to_sitting(session, *id, &Reader::default())?.0.body.plain());
            }
            Ok(())
        },
    )
}

fn add(piece: &mut Vec<u8>, answer: &[u8]) {
    piece.extend_from_slice(answer);
    piece.push(b'\n');
}

type Places = fn(&mut Session<'_>, &str, Option<&Place>, i64) -> Result<Vec<Place>, StoreError>;
type Answers = fn(&mut Session<'_>, &str, &[Id], &mut Vec<u8>) -> Result<(), Refusal>;

fn lines(authority: String, places: Places, answers: Answers) -> Pieces {
    let mut after = None;
    Box::new(move |register: &Register| {
        let read = register.read(&AsNew::Lately, |session| {
            let page = places(session, &authority, after.as_ref(), PAGE)?;
            let Some(last) = page.last().cloned() else { return Ok(None) };
            let ids = page.iter().map(|(_, id)| word(id)).collect::<Result<Vec<Id>, _>>()?;
            let mut piece = Vec::new();
            answers(session, &authority, &ids, &mut piece)?;
            Ok(Some((piece, last)))
        })?;
        let (piece, last) = read.unzip();
        after = last.or(after.take());
        Ok(piece)
    })
}
