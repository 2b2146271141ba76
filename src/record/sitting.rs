//! A sitting (séance, réunion): one document.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Answer, AttendanceList, Ballot, Count, Event, ExternalId, Id, Moment, PersonRef, PrintedDate, PrintedTime, Proxy, Recusal, Source, Waiver,
};
use crate::vocabulary;

vocabulary! {
    /// How the record came in: live, or from paper. Fixed at creation.
    Origin {
        Recorded = "recorded", "enregistré en séance", "recorded live";
        Transcribed = "transcribed", "transcrit", "transcribed from paper";
    }
}

vocabulary! {
    /// What became of an item on the agenda of the sitting.
    ItemStatus {
        Planned = "planned", "inscrit", "planned";
        Taken = "taken", "examiné", "taken";
        Added = "added", "ajouté et examiné", "added and taken";
        Withdrawn = "withdrawn", "retiré", "withdrawn";
        Postponed = "postponed", "ajourné", "postponed";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

vocabulary! {
    /// In what capacity someone takes the chair.
    ChairCapacity {
        President = "president", "président", "president";
        OldestMember = "oldest_member", "doyen d'âge", "oldest member";
        Deputy = "deputy", "suppléant du président", "deputy";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

/// The record of a sitting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SittingRecord {
    pub body: Id,
    pub origin: Origin,
    /// First day.
    pub date: NaiveDate,
    /// Last day, where the sitting lasted more than one.
    #[serde(default)]
    pub end_date: Option<NaiveDate>,
    /// To the letter: "REUNION DU 7 JUILLET 2025".
    #[serde(default)]
    pub heading: Option<String>,
    #[serde(default)]
    pub starts: Option<PrintedTime>,
    #[serde(default)]
    pub ends: Option<PrintedTime>,
    #[serde(default)]
    pub place: Option<String>,
    #[serde(default)]
    pub convening: Option<Convening>,
    /// Where this is the meeting that follows one without a quorum. Null: it is not, or the record does not say.
    #[serde(default)]
    pub second_meeting: Option<SecondMeeting>,
    /// Parts in order, where there are several.
    #[serde(default)]
    pub parts: Vec<Part>,
    #[serde(default)]
    pub chairs: Vec<Chair>,
    #[serde(default)]
    pub secretaries: Vec<Secretary>,
    /// Members in office as stated.
    #[serde(default)]
    pub members_in_office: Option<Count>,
    #[serde(default)]
    pub quorum: Option<StatedQuorum>,
    #[serde(default)]
    pub attendance: Vec<AttendanceList>,
    /// Null: the record does not say; `[]`: nothing happened.
    #[serde(default)]
    pub timeline: Option<Vec<Event>>,
    /// Null: the record does not say; `[]`: none was given.
    #[serde(default)]
    pub proxies: Option<Vec<Proxy>>,
    /// Null: the record does not say; `[]`: nobody stood aside.
    #[serde(default)]
    pub recusals: Option<Vec<Recusal>>,
    #[serde(default)]
    pub agenda: Vec<AgendaItem>,
    #[serde(default)]
    pub ballots: Vec<Ballot>,
    #[serde(default)]
    pub external_ids: Vec<ExternalId>,
    #[serde(default)]
    pub source: Option<Source>,
    #[serde(default)]
    pub waivers: Vec<Waiver>,
}

impl SittingRecord {
    /// The items in the order in which they were taken; one that does not say, at its place in the list.
    pub fn items_taken(&self) -> Vec<&AgendaItem> {
        let mut items: Vec<(usize, &AgendaItem)> = Vec::new();
        for (place, item) in self.agenda.iter().enumerate() {
            let taken = item.taken_position.and_then(|p| usize::try_from(p.get()).ok());
            items.push((taken.unwrap_or(place + 1), item));
        }
        // Stable: items that claim one place keep the order of the list.
        items.sort_by_key(|(place, _)| *place);
        items.into_iter().map(|(_, item)| item).collect()
    }
}

/// The meeting held because the first one had no quorum; it needs none itself (L3121-14, second paragraph) if it is that meeting, on its day
/// and with its agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SecondMeeting {
    /// The first sitting, of the same body.
    #[serde(default)]
    pub of: Option<Id>,
    /// Its day; filled in from `of` when absent.
    #[serde(default)]
    pub first_date: Option<NaiveDate>,
    /// Whether every item was on the agenda of the first; worked out from `of` when unstated, where the titles tell.
    #[serde(default = "unstated_answer")]
    pub same_agenda: Answer,
}

const fn unstated_answer() -> Answer {
    Answer::Unstated
}

/// How the sitting was called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Convening {
    pub convened_on: Option<PrintedDate>,
    pub text: Option<String>,
    /// Whether the public was admitted, as stated.
    pub public: Option<bool>,
    /// Whether it was streamed, as stated.
    pub streamed: Option<bool>,
    /// Whether members could attend remotely, as stated.
    pub remote: Option<bool>,
    /// Whether it was called as urgent, as stated.
    pub urgent: Option<bool>,
    /// When the reports went out to the members; an item whose report went out apart says so itself.
    pub reports_sent: Option<PrintedDate>,
    /// What went out to whom, and what proves it.
    pub dispatches: Vec<Dispatch>,
}

vocabulary! {
    /// How a convening is sent.
    DispatchMeans {
        Electronic = "electronic", "voie électronique", "electronic";
        Post = "post", "courrier", "post";
        ByHand = "by_hand", "remise en main propre", "by hand";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

/// The convening and its reports as they went out to one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Dispatch {
    pub person: PersonRef,
    #[serde(default)]
    pub sent: Option<PrintedDate>,
    #[serde(default = "unstated_means")]
    pub means: DispatchMeans,
    /// What proves it: the number of a receipt, of a registered letter.
    #[serde(default)]
    pub proof: Option<String>,
}

const fn unstated_means() -> DispatchMeans {
    DispatchMeans::Unstated
}

/// A part of a sitting: a half-day, a day, a sitting after a suspension.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Part {
    /// From 1; filled in when absent.
    pub position: Option<Count>,
    pub label: Option<String>,
    pub date: Option<NaiveDate>,
    pub starts: Option<PrintedTime>,
    pub ends: Option<PrintedTime>,
    /// Members in office as stated for this part.
    pub members_in_office: Option<Count>,
}

/// Who takes the chair, from when to when, and as what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Chair {
    /// To the letter: "PRESIDENCE DE MONSIEUR JEAN-CLAUDE LEROY".
    #[serde(default)]
    pub heading: Option<String>,
    pub person: PersonRef,
    #[serde(default = "unstated_capacity")]
    pub capacity: ChairCapacity,
    #[serde(default)]
    pub from: Option<Moment>,
    #[serde(default)]
    pub until: Option<Moment>,
    /// The part of the sitting, by its position.
    #[serde(default)]
    pub part: Option<Count>,
}

const fn unstated_capacity() -> ChairCapacity {
    ChairCapacity::Unstated
}

/// A secretary of the sitting; need not be a member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Secretary {
    pub heading: Option<String>,
    pub person: PersonRef,
    pub auxiliary: bool,
    pub part: Option<Count>,
}

/// Quorum as stated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct StatedQuorum {
    pub text: Option<String>,
    pub number: Option<Count>,
    /// "présents et représentés".
    pub basis: Option<String>,
    pub met: Option<bool>,
}

/// An item of the agenda. Planned place and place taken are two facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AgendaItem {
    pub id: Id,
    /// "POINT 2", "48", "A".
    #[serde(default)]
    pub label: Option<String>,
    #[serde(default)]
    pub title: Option<String>,
    /// The item that it is part of.
    #[serde(default)]
    pub parent: Option<Id>,
    #[serde(default)]
    pub planned_position: Option<Count>,
    /// Place in the order in which items were taken; where it is null, the place in this list.
    #[serde(default)]
    pub taken_position: Option<Count>,
    /// The part of the sitting, by its position.
    #[serde(default)]
    pub part: Option<Count>,
    #[serde(default = "unstated_item")]
    pub status: ItemStatus,
    #[serde(default)]
    pub report_number: Option<String>,
    /// When its report went out, where that is not when the others did.
    #[serde(default)]
    pub report_sent: Option<PrintedDate>,
    #[serde(default)]
    pub rapporteurs: Vec<PersonRef>,
    #[serde(default)]
    pub text: Option<String>,
}

const fn unstated_item() -> ItemStatus {
    ItemStatus::Unstated
}
