//! The register of numbers of a body and year: a number is reserved for an act of the agenda, minted at its seal, or voided with a reason. There
//! is no hole: each ordinal is one of the three.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::canonical::word;
use super::deliberation::load;
use super::directory::named_body;
use super::told::Told;
use super::{Actor, Fault, Once, Refusal, Register, Rule, Written, log, numbering};
use crate::publish::actes::number_collision_key;
use crate::record::{ChangeAction, ChangeKind, Id, Label, NumberState, Siren, Workflow};
use crate::store::{NumberRow, Session, StoreError, now};

/// The numbers of a body and year, and whether they follow without a hole or a double.
#[derive(Debug, Serialize, ToSchema)]
pub struct Continuity {
    pub body: Id,
    pub year: i32,
    /// How numbers are made.
    pub template: String,
    pub reserved: u32,
    pub minted: u32,
    pub voided: u32,
    /// Ordinals that are neither reserved, nor minted, nor voided.
    pub holes: Vec<i32>,
    /// Numbers that two acts of the body and year have, as printed.
    pub doubles: Vec<String>,
    /// Neither hole nor double.
    pub continuous: bool,
    /// In order.
    pub numbers: Vec<NumberLine>,
}

/// A number of the register.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NumberLine {
    pub ordinal: i32,
    pub number: String,
    pub state: NumberState,
    /// The act that it is reserved for, or that has it.
    pub deliberation: Option<Id>,
    /// Why it was voided.
    pub reason: Option<String>,
    /// The subject of the token.
    pub recorded_by: String,
    pub recorded_at: DateTime<Utc>,
}

impl NumberLine {
    fn of(row: &NumberRow) -> Result<Self, StoreError> {
        Ok(Self {
            ordinal: row.ordinal,
            number: row.number.clone(),
            state: word(&row.state)?,
            deliberation: row.deliberation.as_deref().map(word).transpose()?,
            reason: row.reason.clone(),
            recorded_by: row.recorded_by.clone(),
            recorded_at: row.recorded_at.and_utc(),
        })
    }
}

/// Why a number is voided that nobody could be given.
const PRINTED: &str = "numéro imprimé sur un autre acte de l'année";

/// Takes the next number of a body and year. One that @CTES would not tell from a number printed on another act of the year is voided, and the
/// next is taken.
fn take(
    session: &mut Session<'_>,
    actor: &Actor,
    body: &str,
    year: i32,
    state: NumberState,
    deliberation: Option<&str>,
) -> Result<NumberRow, Refusal> {
    let authority = actor.authority.as_str();
    let entry = named_body(session, authority, body)?;
    let printed: BTreeSet<String> = session.numbers_of_acts(authority, year)?.iter().map(|number| number_collision_key(number)).collect();
    let mut ordinal = session.last_ordinal(authority, body, year)?;
    loop {
        ordinal += 1;
        let number = numbering::number(numbering::template(&entry), year, ordinal)
            .map_err(|rule| Refusal::Invalid(vec![Fault { pointer: "/numbering".to_owned(), rule }]))?;
        let collision = number_collision_key(&number);
        if session.number_collides(authority, year, &collision)? {
            return Err(Refusal::NumberCollides(number));
        }
        let taken = printed.contains(&collision);
        let row = NumberRow {
            authority: authority.to_owned(),
            body: body.to_owned(),
            year,
            ordinal,
            number,
            collision,
            state: if taken { NumberState::Voided } else { state }.wire().to_owned(),
            deliberation: deliberation.filter(|_| !taken).map(str::to_owned),
            reason: taken.then(|| PRINTED.to_owned()),
            recorded_at: now(),
            recorded_by: actor.sub.clone(),
        };
        session.add_number(&row)?;
        if !taken {
            return Ok(row);
        }
        tell(session, actor, &row, "voided", true)?;
    }
}

/// The number under which an act is sealed: the one that was reserved for it, or the next.
pub(super) fn mint(session: &mut Session<'_>, actor: &Actor, body: &str, year: i32, deliberation: &str) -> Result<String, Refusal> {
    if let Some(reserved) = session.number_of_act(actor.authority.as_str(), deliberation)? {
        let minted = NumberRow { state: NumberState::Minted.wire().to_owned(), recorded_at: now(), recorded_by: actor.sub.clone(), ..reserved };
        session.set_number(&minted)?;
        return Ok(minted.number);
    }
    Ok(take(session, actor, body, year, NumberState::Minted, Some(deliberation))?.number)
}

/// Logs what became of a number. Only its authority is told.
fn tell(session: &mut Session<'_>, actor: &Actor, row: &NumberRow, action: &str, created: bool) -> Result<(), StoreError> {
    let subject = format!("{}/{}/{}", row.body, row.year, row.ordinal);
    let own = Some(if created { ChangeAction::Created } else { ChangeAction::Updated });
    let told = Told { own, ..Told::made(ChangeKind::Number, &subject) };
    log(session, actor, ("number", &row.body, row.ordinal), &format!("{action}: {}", row.number), told)
}

fn written(session: &mut Session<'_>, actor: &Actor, row: &NumberRow, action: &str, created: bool) -> Result<Written, Refusal> {
    let body = serde_json::to_string(&NumberLine::of(row)?)?;
    tell(session, actor, row, action, created)?;
    let href = format!("/v1/registers/{}/{}/continuity", row.body, row.year);
    let touched = row.deliberation.as_deref().map(word).transpose()?.into_iter().collect();
    Ok(Written { created, href, digest: super::digest(body.as_bytes()), body, touched, reached: None })
}

impl Register {
    /// Reserves the next number for an act of the agenda of a recorded sitting. An act that has one keeps it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotPossible`] for a draft, a sealed act or one transcribed from paper, [`Refusal::NumberCollides`].
    pub fn reserve_number(&self, actor: &Actor, once: Option<&Once>, deliberation: Id) -> Result<Written, Refusal> {
        self.change(actor, once, |session| {
            let act = load(session, actor.authority.as_str(), deliberation)?;
            if act.record.origin == crate::record::Origin::Transcribed {
                let (fr, en) = ("Un acte transcrit garde le numéro imprimé.", "A transcribed act keeps its printed number.");
                return Err(Refusal::NotPossible(Label { fr, en }));
            }
            match word(&act.row.workflow)? {
                Workflow::OnAgenda | Workflow::Deliberated => {}
                Workflow::Sealed => return Err(Refusal::Sealed),
                _ => {
                    let (fr, en) = ("L'acte n'est pas à l'ordre du jour.", "The act is not on the agenda.");
                    return Err(Refusal::NotPossible(Label { fr, en }));
                }
            }
            if let Some(row) = session.number_of_act(&act.row.authority, &act.row.id)? {
                let body = serde_json::to_string(&NumberLine::of(&row)?)?;
                let href = format!("/v1/registers/{}/{}/continuity", row.body, row.year);
                return Ok(Written { created: false, href, digest: super::digest(body.as_bytes()), body, touched: Vec::new(), reached: None });
            }
            let year = chrono::Datelike::year(&act.row.date);
            let row = take(session, actor, &act.row.body, year, NumberState::Reserved, Some(&act.row.id))?;
            written(session, actor, &row, "reserved", true)
        })
    }

    /// Voids a reserved number, with a reason: it is never used again. A minted one is an act's for ever.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotPossible`], [`Refusal::Invalid`] without a reason.
    pub fn void_number(&self, actor: &Actor, once: Option<&Once>, (body, year, ordinal): (Id, i32, i32), reason: &str) -> Result<Written, Refusal> {
        if reason.trim().is_empty() {
            return Err(Refusal::Invalid(vec![Fault { pointer: "/reason".to_owned(), rule: Rule::Empty }]));
        }
        self.change(actor, once, |session| {
            let row = session.number(actor.authority.as_str(), &body.to_string(), year, ordinal)?.ok_or(Refusal::NotFound)?;
            if row.state != NumberState::Reserved.wire() {
                let (fr, en) = ("Seul un numéro réservé peut être annulé.", "Only a reserved number can be voided.");
                return Err(Refusal::NotPossible(Label { fr, en }));
            }
            let state = NumberState::Voided.wire().to_owned();
            let row = NumberRow { state, reason: Some(reason.to_owned()), recorded_at: now(), recorded_by: actor.sub.clone(), ..row };
            session.set_number(&row)?;
            written(session, actor, &row, "voided", false)
        })
    }

    /// The numbers of a body and year, and whether they follow.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn continuity(&self, authority: &Siren, body: Id, year: i32) -> Result<Continuity, Refusal> {
        self.store.read(|session| {
            let (authority, id) = (authority.as_str(), body.to_string());
            let template = numbering::template(&named_body(session, authority, &id)?).to_owned();
            let rows = session.numbers(authority, &id, year)?;
            let numbers = rows.iter().map(NumberLine::of).collect::<Result<Vec<_>, _>>()?;
            let last = rows.last().map_or(0, |row| row.ordinal);
            let holes: Vec<i32> = (1..=last).filter(|ordinal| rows.binary_search_by_key(ordinal, |row| row.ordinal).is_err()).collect();
            let doubles = session.printed_twice(authority, &id, year)?;
            let count = |state| u32::try_from(numbers.iter().filter(|line| line.state == state).count()).unwrap_or(u32::MAX);
            Ok(Continuity {
                body,
                year,
                template,
                reserved: count(NumberState::Reserved),
                minted: count(NumberState::Minted),
                voided: count(NumberState::Voided),
                continuous: holes.is_empty() && doubles.is_empty(),
                holes,
                doubles,
                numbers,
            })
        })
    }
}
