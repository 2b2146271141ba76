//! What papers, pages and exports are made from: a record as a view shows it, beside the names and the standing that go with it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{AuthoritativeCopy, View};
use crate::record::{
    Affiliation, Authority, Body, DeliberationRecord, Finding, Group, Id, Person, RecordedFact, Rectification, SittingRecord, Visibility, Workflow,
};

/// Whom a record names. What it prints itself comes first: the directory may have changed since.
#[derive(Clone, Debug)]
pub struct Cast {
    pub authority: Authority,
    pub body: Body,
    /// The persons whom the record names.
    pub persons: BTreeMap<Id, Person>,
    /// The groups that the record names, and those of its members.
    pub groups: BTreeMap<Id, Group>,
    /// What each member of the body belonged to on the day of the sitting.
    pub memberships: BTreeMap<Id, Belonging>,
}

/// What a member belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Belonging {
    pub affiliation: Affiliation,
    /// With `Affiliation::Group` only.
    pub group: Option<Id>,
}

/// An act, with all that is printed and told of it.
#[derive(Clone, Debug)]
pub struct ActReading {
    pub id: Id,
    pub record: DeliberationRecord,
    /// Its sitting; of a sealed act, as the seal froze it.
    pub sitting: SittingRecord,
    pub cast: Cast,
    pub number: Option<String>,
    pub workflow: Workflow,
    pub visibility: Visibility,
    pub version: i32,
    pub modified_at: DateTime<Utc>,
    pub findings: Vec<Finding>,
    /// Ballots whose figures cannot be right as they stand, whatever findings the view shows: their counts are never told as certain.
    pub unreconciled: Vec<Id>,
    /// None: not sealed.
    pub seal: Option<SealMark>,
    /// The signed original, once there is one.
    pub authoritative_copy: Option<AuthoritativeCopy>,
    pub facts: Vec<RecordedFact>,
    pub rectifications: Vec<Rectification>,
    pub view: View,
}

impl ActReading {
    /// An act that is not filed: as it would be read by the authority's own once it is.
    pub fn unfiled(record: DeliberationRecord, sitting: SittingRecord, cast: Cast) -> Self {
        Self {
            id: record.sitting,
            number: record.number().map(str::to_owned),
            record,
            sitting,
            cast,
            workflow: Workflow::Deliberated,
            visibility: Visibility::Internal,
            version: 1,
            modified_at: DateTime::UNIX_EPOCH,
            findings: Vec::new(),
            unreconciled: Vec::new(),
            seal: None,
            authoritative_copy: None,
            facts: Vec::new(),
            rectifications: Vec::new(),
            view: View::Restricted,
        }
    }
}

/// The seal of an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealMark {
    pub sealed_at: DateTime<Utc>,
    /// SHA-256 of its entry in the log, in hexadecimal.
    pub digest: String,
    /// Its place in the authority's log, from 0.
    pub leaf: i64,
}

/// A sitting, with all that is printed and told of it.
#[derive(Clone, Debug)]
pub struct SittingReading {
    pub id: Id,
    pub record: SittingRecord,
    pub cast: Cast,
    /// Its acts that the reader may see, in the order of their items.
    pub acts: Vec<ActOfSitting>,
    /// Who was there for each item, in the order in which they were taken.
    pub rooms: Vec<RoomAt>,
    pub visibility: Visibility,
    pub version: i32,
    pub modified_at: DateTime<Utc>,
    pub findings: Vec<Finding>,
    /// As of an act.
    pub unreconciled: Vec<Id>,
    pub view: View,
}

/// Who is there as an item is put to the vote, as it follows from the lists and the timeline. Names as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomAt {
    pub item: Id,
    pub present: Vec<String>,
    /// Among them, those who take part from elsewhere.
    pub remote: Vec<String>,
    /// Who voted for whom; the holder may be unknown.
    pub represented: Vec<(String, Option<String>)>,
    pub away: Vec<String>,
    /// Who stood aside.
    pub aside: Vec<String>,
    /// None: no text known to the register sets one, or nobody is listed.
    pub quorum: Option<QuorumAt>,
}

/// The quorum of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuorumAt {
    /// Those who count for it, at least.
    pub counted: u32,
    /// How many are needed, where that is settled.
    pub needed: Option<u32>,
    pub members_in_office: Option<u32>,
    /// None: unsettled.
    pub met: Option<bool>,
    /// A second meeting needs none.
    pub exempt: bool,
}

/// An act of a sitting.
#[derive(Clone, Debug)]
pub struct ActOfSitting {
    pub id: Id,
    pub record: DeliberationRecord,
    pub number: Option<String>,
    pub workflow: Workflow,
    pub visibility: Visibility,
    pub modified_at: DateTime<Utc>,
}
