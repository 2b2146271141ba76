//! A sitting prepared from the last one: what a body does alike each time, and the members of the new day. Nobody is said to be there.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::roster::roster_on;
use super::sitting::{file, load};
use super::{Actor, Fault, Once, Refusal, Register, Rule, Written, storable};
use crate::record::{AttendanceList, Chair, Convening, Id, Origin, Part, PersonRef, PrintedTime, SittingRecord};

/// What is not as the last time.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SittingCopy {
    pub date: NaiveDate,
    /// The same place when not said.
    #[serde(default)]
    pub place: Option<String>,
    #[serde(default)]
    pub starts: Option<PrintedTime>,
}

impl Register {
    /// Records a new sitting of the same body.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Invalid`].
    pub fn copy_sitting(&self, actor: &Actor, once: Option<&Once>, from: Id, id: Id, copy: SittingCopy) -> Result<Written, Refusal> {
        self.change(actor, once, |session| {
            let authority = actor.authority.as_str();
            let last = load(session, authority, from)?;
            if !storable(copy.date) {
                return Err(Refusal::Invalid(vec![Fault { pointer: "/date".to_owned(), rule: Rule::YearOutOfRange }]));
            }
            let roster = roster_on(session, authority, &last.row.body, copy.date)?;
            Ok(file(session, actor, id, &mut prepared(last.record, copy, roster))?.0)
        })
    }
}

/// No events, ballots, proxies, recusals, agenda nor numbers: those are of one sitting.
fn prepared(last: SittingRecord, copy: SittingCopy, roster: Vec<AttendanceList>) -> SittingRecord {
    let convening = last.convening.map(|c| Convening { public: c.public, streamed: c.streamed, remote: c.remote, ..Convening::default() });
    SittingRecord {
        second_meeting: None,
        body: last.body,
        origin: Origin::Recorded,
        date: copy.date,
        end_date: None,
        heading: None,
        starts: copy.starts,
        ends: None,
        place: copy.place.or(last.place),
        convening,
        parts: last.parts.into_iter().map(|part| Part { position: part.position, label: part.label, ..Part::default() }).collect(),
        chairs: chairs(last.chairs, &roster),
        secretaries: last.secretaries,
        members_in_office: None,
        quorum: None,
        attendance: roster,
        timeline: None,
        proxies: None,
        recusals: None,
        agenda: Vec::new(),
        ballots: Vec::new(),
        external_ids: Vec::new(),
        source: None,
        waivers: Vec::new(),
    }
}

/// Those who took the chair at the start, unless the roster of the new day no longer has them; who took it for a while did so that day only.
fn chairs(chairs: Vec<Chair>, roster: &[AttendanceList]) -> Vec<Chair> {
    let members: Vec<Id> = roster.iter().flat_map(|list| &list.entries).filter_map(|entry| entry.person).collect();
    let still_member = |person: &PersonRef| members.is_empty() || person.person.is_none_or(|id| members.contains(&id));
    let at_the_start = chairs.into_iter().filter(|chair| chair.from.is_none() && still_member(&chair.person));
    at_the_start.map(|chair| Chair { until: None, ..chair }).collect()
}
