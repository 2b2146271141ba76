//! An entry of the change log as an event (CloudEvents 1.0, structured JSON).

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::Settings;
use crate::record::{ChangeAction, ChangeKind, ChangePart};
use crate::store::{Change, StoreError};

/// What every type of event begins with.
const PREFIX: &str = "registre.";

/// A change, as a CloudEvent (CloudEvents 1.0 §3). It holds no copy of the record: read it at `data.href`.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "specversion": "1.0", "id": "226200012-42", "source": "/v1/authorities/226200012", "type": "registre.deliberation.updated",
    "subject": "01977e51-0009-7000-8000-000000000302", "time": "2025-07-11T09:12:30Z", "datacontenttype": "application/json",
    "data": {"authority": "226200012", "kind": "deliberation", "id": "01977e51-0009-7000-8000-000000000302",
        "href": "/v1/deliberations/01977e51-0009-7000-8000-000000000302", "version": 1, "action": "updated", "part": "facts"}
}))]
pub struct ChangeEvent {
    /// `1.0`.
    pub specversion: String,
    /// The authority's SIREN and the number of the change in its log: unique, and the same for ever.
    pub id: String,
    /// The authority whose register it is.
    pub source: String,
    /// `registre.`, the kind of record, and what became of it.
    #[serde(rename = "type")]
    pub kind: String,
    /// The record: `data.id`.
    pub subject: String,
    /// When it was recorded.
    pub time: DateTime<Utc>,
    /// `application/json`.
    pub datacontenttype: String,
    pub data: ChangeData,
}

/// What changed: enough to decide whether to read it again.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangeData {
    /// The authority's SIREN.
    pub authority: String,
    pub kind: ChangeKind,
    /// The record: its identifier; of an authority its SIREN, of a number its body, year and ordinal.
    pub id: String,
    /// Where it is read.
    pub href: String,
    /// Version of the record after the change. What is kept beside the record (facts, files) leaves it as it was.
    pub version: i32,
    pub action: ChangeAction,
    pub part: ChangePart,
}

/// To whom a change is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The readers of the authority.
    Inside,
    /// Everyone.
    Public,
}

/// The number of a change, as the identifier of its event gives it; none where it is no event of the authority.
pub(super) fn number(authority: &str, event: &str) -> Option<i64> {
    event.strip_prefix(authority)?.strip_prefix('-')?.parse().ok()
}

pub(super) fn identifier(authority: &str, sequence: i64) -> String {
    format!("{authority}-{sequence}")
}

pub(super) fn source(settings: &Settings, authority: &str) -> String {
    let base = settings.public_url.as_deref().unwrap_or_default().trim_end_matches('/');
    format!("{base}/v1/authorities/{authority}")
}

impl ChangeEvent {
    /// The event of an entry; none where this reader is not told of it.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`].
    pub fn of(change: &Change, told: Told, settings: &Settings) -> Result<Option<Self>, StoreError> {
        let named = if told == Told::Public { &change.public_event } else { &change.event };
        let Some(named) = named else { return Ok(None) };
        let corrupt = || StoreError::Corrupt(format!("the event {named:?} of the log"));
        let (kind, action) = named.split_once('.').ok_or_else(corrupt)?;
        let (kind, action): (ChangeKind, ChangeAction) = kind.parse().ok().zip(action.parse().ok()).ok_or_else(corrupt)?;
        Ok(Some(Self {
            specversion: "1.0".to_owned(),
            id: identifier(&change.authority, change.sequence),
            source: source(settings, &change.authority),
            kind: format!("{PREFIX}{named}"),
            subject: change.subject.clone(),
            time: change.recorded_at.and_utc(),
            datacontenttype: "application/json".to_owned(),
            data: ChangeData {
                authority: change.authority.clone(),
                kind,
                id: change.subject.clone(),
                href: href(kind, &change.subject),
                version: change.version,
                action,
                part: change.part.parse().map_err(|_| corrupt())?,
            },
        }))
    }
}

fn href(kind: ChangeKind, subject: &str) -> String {
    let list = match kind {
        ChangeKind::Deliberation => "deliberations",
        ChangeKind::Sitting => "sittings",
        ChangeKind::Authority => "authorities",
        ChangeKind::Body => "bodies",
        ChangeKind::Group => "groups",
        ChangeKind::Person => "persons",
        ChangeKind::Mandate => "mandates",
        ChangeKind::InterestDeclaration => "interest-declarations",
        ChangeKind::SignatureDelegation => "signature-delegations",
        ChangeKind::PowersDelegation => "powers-delegations",
        // Body, year and ordinal: the register of the year is read whole.
        ChangeKind::Number => return format!("/v1/registers/{}/continuity", subject.rsplit_once('/').map_or(subject, |(year, _)| year)),
    };
    format!("/v1/{list}/{subject}")
}

/// Types of events, as they are asked for: `registre.deliberation.updated`, or `registre.deliberation` for whatever becomes of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventTypes(Vec<String>);

impl EventTypes {
    /// The types that are named; none named: all.
    ///
    /// # Errors
    /// The place of the first that does not exist.
    pub fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, usize> {
        let all: Vec<String> = ChangeKind::MEMBERS
            .iter()
            .flat_map(|kind| ChangeAction::MEMBERS.iter().map(move |action| format!("{}.{}", kind.value, action.value)))
            .collect();
        let mut found = Vec::new();
        for (place, name) in names.into_iter().enumerate() {
            let asked = name.strip_prefix(PREFIX).ok_or(place)?;
            let of_kind = |event: &&String| *event == asked || event.split_once('.').is_some_and(|(kind, _)| kind == asked);
            let some: Vec<&String> = all.iter().filter(of_kind).collect();
            if some.is_empty() {
                return Err(place);
            }
            found.extend(some.into_iter().cloned());
        }
        Ok(Self(if found.is_empty() { all } else { found }))
    }

    /// As the log names them, without what a reader without restricted fields is not told of.
    pub(super) fn events(&self, restricted: bool) -> Vec<String> {
        let secret = format!("{}.", ChangeKind::InterestDeclaration.wire());
        self.0.iter().filter(|event| restricted || !event.starts_with(&secret)).cloned().collect()
    }

    /// Whether an event is among them, for such a reader.
    pub fn has(&self, event: &ChangeEvent, restricted: bool) -> bool {
        let named = event.kind.strip_prefix(PREFIX).unwrap_or_default();
        self.0.iter().any(|known| known == named) && (restricted || event.data.kind != ChangeKind::InterestDeclaration)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn types_are_named_whole_or_by_their_kind() {
        let one = EventTypes::named(["registre.sitting.updated"]).unwrap();
        assert_eq!(one.events(false), ["sitting.updated"]);
        let kind = EventTypes::named(["registre.group", "registre.sitting.created"]).unwrap();
        assert_eq!(kind.events(false), ["group.created", "group.updated", "group.deleted", "sitting.created"]);
        for (place, names) in [(0, vec!["sitting.updated"]), (1, vec!["registre.group", "registre.groups"]), (0, vec![""]), (0, vec!["registre."])] {
            assert_eq!(EventTypes::named(names.iter().copied()), Err(place), "{names:?}");
        }
    }

    #[test]
    fn declarations_of_interest_are_told_to_those_who_may_read_them() {
        let all = EventTypes::named([]).unwrap();
        assert_eq!((all.events(true).len(), all.events(false).len()), (33, 30));
    }

    #[test]
    fn an_event_is_known_by_authority_and_number() {
        for (event, expected) in
            [("226200012-42", Some(42)), ("226200012-", None), ("226200013-42", None), ("226200012-4x", None), ("", None), ("226200012", None)]
        {
            assert_eq!(number("226200012", event), expected, "{event}");
        }
        assert_eq!(number("226200012", &identifier("226200012", 7)), Some(7));
    }

    #[test]
    fn what_is_told_depends_on_who_is_told() {
        let change = Change {
            authority: "226200012".to_owned(),
            sequence: 5,
            kind: "deliberation".to_owned(),
            record: "a".to_owned(),
            version: 2,
            action: "internal".to_owned(),
            recorded_at: DateTime::UNIX_EPOCH.naive_utc(),
            recorded_by: "clerk".to_owned(),
            subject: "a".to_owned(),
            part: "visibility".to_owned(),
            event: Some("deliberation.updated".to_owned()),
            public_event: Some("deliberation.deleted".to_owned()),
        };
        let settings = Settings { public_url: Some("https://registre.example/".to_owned()), ..Settings::default() };
        let inside = ChangeEvent::of(&change, Told::Inside, &settings).unwrap().unwrap();
        assert_eq!((inside.kind.as_str(), inside.data.action), ("registre.deliberation.updated", ChangeAction::Updated));
        assert_eq!((inside.id.as_str(), inside.source.as_str()), ("226200012-5", "https://registre.example/v1/authorities/226200012"));
        let public = ChangeEvent::of(&change, Told::Public, &settings).unwrap().unwrap();
        assert_eq!((public.kind.as_str(), public.data.action), ("registre.deliberation.deleted", ChangeAction::Deleted));
        let silent = Change { public_event: None, ..change };
        assert!(ChangeEvent::of(&silent, Told::Public, &settings).unwrap().is_none());
        assert_eq!(href(ChangeKind::Number, "b/2025/3"), "/v1/registers/b/2025/continuity");
    }
}
