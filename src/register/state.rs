//! The room now, and each step that led there.

use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::sitting::load;
use super::{Refusal, Register};
use crate::record::{AgendaItem, Ballot, EventKind, Id, PersonRef, Siren, SittingRecord};
use crate::rules::presence::{self, Presence, When};
use crate::rules::{self, Governed, OutcomeReading};
use crate::store::StoreError;

/// The room now: what is being discussed, who is there, the last result.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RoomState {
    /// Number of the last step: the last event, ballot or document.
    pub version: i32,
    /// The item that is open; null between two items.
    pub item: Option<AgendaItem>,
    pub suspended: bool,
    /// Who took the chair last.
    pub chair: Option<PersonRef>,
    /// At the item that is open, else at the last one that was; before any, as the lists say.
    pub presence: Presence,
    pub last_ballot: Option<Ballot>,
    /// What the last ballot comes to, and by which rule.
    pub result: Option<OutcomeReading>,
}

/// One step of a sitting.
#[derive(Debug, Serialize, ToSchema)]
pub struct Step {
    pub version: i32,
    /// `event`, `ballot`, or `document` where the record was replaced whole.
    pub kind: String,
    /// The event or the ballot; null for a document, which is read at `…/record`.
    #[schema(value_type = Option<Object>)]
    pub entry: Option<Box<RawValue>>,
}

impl RoomState {
    fn of(record: &SittingRecord, version: i32, body: Governed<'_>) -> Self {
        let (mut open, mut last, mut suspended) = (None, None, false);
        let mut chair = record.chairs.last().map(|c| c.person.clone());
        for event in record.timeline.iter().flatten() {
            match event.kind {
                EventKind::ItemOpened => (open, last) = (event.moment.item, event.moment.item),
                EventKind::ItemClosed => open = None,
                EventKind::Suspension => suspended = true,
                EventKind::Resumption => suspended = false,
                EventKind::ChairTaken => chair.clone_from(&event.person),
                _ => {}
            }
        }
        Self {
            version,
            item: record.agenda.iter().find(|item| Some(item.id) == open).cloned(),
            suspended,
            chair,
            presence: presence::under(record, body, last.map_or(When::Whole, When::Item)),
            last_ballot: record.ballots.last().cloned(),
            result: record.ballots.last().map(|ballot| rules::outcome_of(record, body, ballot)),
        }
    }
}

impl Register {
    /// The room of a sitting of the reader's authority.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn state(&self, authority: &Siren, id: Id) -> Result<RoomState, Refusal> {
        self.store.read(|session| {
            let standing = load(session, authority.as_str(), id)?;
            Ok(RoomState::of(&standing.record, standing.row.version, standing.governed()))
        })
    }

    /// The steps of a sitting after a version, in order.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn steps(&self, authority: &Siren, id: Id, after: i32) -> Result<Vec<Step>, Refusal> {
        self.store.read(|session| {
            let (authority, id) = (authority.as_str(), id.to_string());
            session.sitting(authority, &id)?.ok_or(Refusal::NotFound)?;
            let documents = session.version_heads(authority, &id, after, i64::MAX)?;
            let mut steps: Vec<Step> =
                documents.into_iter().map(|head| Step { version: head.version, kind: "document".to_owned(), entry: None }).collect();
            for entry in session.entries_after(authority, &id, after)? {
                let json = String::from_utf8(entry.document).map_err(|e| StoreError::Corrupt(e.to_string()))?;
                steps.push(Step { version: entry.version, kind: entry.kind, entry: Some(RawValue::from_string(json)?) });
            }
            steps.sort_by_key(|step| step.version);
            Ok(steps)
        })
    }
}
