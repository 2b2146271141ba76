//! How far groups vote alike, over the ballots of a body in a period.

use serde::Serialize;
use utoipa::ToSchema;

use super::canonical::{stored, word};
use super::membership::Memberships;
use super::sitting::load;
use super::statistics::sittings_of;
use super::{Held, Page, Period, Reader, Refusal, Register};
use crate::record::{Group, Id, Visibility};
use crate::rules::statistics::{Cohesion, GroupCohesion, took_place};
use crate::rules::{self, doubts_a_tally};
use crate::store::Session;

pub use crate::rules::statistics::BallotsLeftOut;

/// How far groups vote alike.
#[derive(Clone, Debug)]
pub struct CohesionStatistics {
    pub sittings: Held,
    /// Ballots that count for one group at least.
    pub ballots: u32,
    pub left_out: BallotsLeftOut,
    /// By name.
    pub groups: Vec<CohesionLine>,
    pub public: bool,
}

/// One group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CohesionLine {
    /// Null: a group that is known by its printed name only.
    pub group: Option<Id>,
    /// Null: nobody names it.
    pub name: Option<String>,
    /// Ballots in which two of its members or more voted, abstentions included.
    pub ballots: u32,
    /// Mean of the index of agreement, from "0.0000" to "1.0000".
    #[schema(example = "0.9500")]
    pub agreement: Option<String>,
    /// Ballots in which two of its members or more voted for or against.
    pub rice_ballots: u32,
    /// Mean of the Rice index, from "0.0000" to "1.0000"; null: no such ballot.
    #[schema(example = "1.0000")]
    pub rice: Option<String>,
}

impl Register {
    /// The cohesion of groups. To the public, from public sittings and the mandates that anyone may read.
    ///
    /// # Errors
    /// [`Refusal::AuthorityNeeded`], [`Refusal::NotFound`], [`Refusal::PeriodTooLong`].
    pub fn cohesion(&self, reader: &Reader, page: &Page, period: Period) -> Result<CohesionStatistics, Refusal> {
        self.read(&reader.lately(), |session| {
            let (authority, public) = page.scope(session, reader)?;
            let body = period.body.to_string();
            let mut count = Cohesion::default();
            let mut held = Held::default();
            for row in sittings_of(session, &authority, period, public)? {
                let standing = load(session, &authority, word(&row.id)?)?;
                let of = if took_place(&standing.record) { &mut held.held } else { &mut held.not_held };
                *of += 1;
                let findings = rules::on_sitting(&standing.record, word(&row.id)?, standing.governed());
                let doubted: Vec<Id> = findings.iter().filter(|finding| doubts_a_tally(finding.code)).map(|finding| finding.subject.id).collect();
                let members = match public {
                    true => Memberships::load_public(session, &authority, &body, standing.record.date)?,
                    false => Memberships::load(session, &authority, &body, standing.record.date)?,
                };
                count.add(&standing.record, &doubted, |person| members.of(person));
            }
            let mut groups = Vec::new();
            for group in count.groups {
                groups.extend(line(session, &authority, public, group)?);
            }
            groups.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.group.cmp(&b.group)));
            Ok(CohesionStatistics { sittings: held, ballots: count.ballots, left_out: count.left_out, groups, public })
        })
    }
}

/// None: a group that the directory does not show the public.
fn line(session: &mut Session<'_>, authority: &str, public: bool, group: GroupCohesion) -> Result<Option<CohesionLine>, Refusal> {
    let mut name = group.of.name;
    if let Some(id) = group.of.group
        && let Some(row) = session.directory_entry(authority, &id.to_string())?
    {
        if public && row.visibility != Visibility::Public.wire() {
            return Ok(None);
        }
        // A tally may print another name than the directory's.
        name = Some(stored::<Group>(&row.entry)?.name);
    }
    Ok(Some(CohesionLine {
        group: group.of.group,
        name,
        ballots: group.agreement.ballots,
        agreement: group.agreement.text(),
        rice_ballots: group.rice.ballots,
        rice: group.rice.text(),
    }))
}
