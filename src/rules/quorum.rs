//! The quorum of an item: more than half of the members in office, tested as its ballot is taken.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;

use super::ballot::Case;
use super::made::{number, words};
use super::presence::{self, Presence, When};
use super::profile::{self, Governed, Representatives, RuleId};
use crate::record::names::fold;
use crate::record::{Answer, Certainty, Computed, Finding, FindingCode, FindingLabel, Id, Severity, SittingRecord, Subject, SubjectKind};
use crate::vocabulary;

vocabulary! {
    /// Out of whom a quorum is counted.
    OfficeBasis {
        InOffice = "in_office", "membres en exercice", "members in office";
        WithoutRepresentatives = "without_representatives", "membres en exercice sans les représentants de la collectivité (CGCT L1111-6)", "members in office without the representatives of the authority (CGCT L1111-6)";
        Listed = "listed", "membres nommés, au moins en exercice", "members named: at least as many are in office";
        StatedQuorum = "stated_quorum", "quorum mentionné", "quorum as stated";
    }
}

/// What a quorum needs, under one reading of the law and of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Threshold {
    pub basis: OfficeBasis,
    /// Members in office under that reading; null where only the number needed is stated.
    pub office: Option<u32>,
    pub needed: u32,
}

impl Threshold {
    /// More than half.
    fn of(basis: OfficeBasis, office: u32) -> Self {
        Self { basis, office: Some(office), needed: office / 2 + 1 }
    }
}

/// The quorum at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuorumReading {
    /// Members who count: at least, and at most if the record were complete.
    pub counted: u32,
    pub at_most: u32,
    /// Whether the represented are among them.
    pub represented_count: bool,
    pub members_in_office: Option<u32>,
    /// Two where the law is unsettled.
    pub thresholds: Vec<Threshold>,
    /// Null: unsettled.
    pub met: Option<bool>,
    /// Met if at most this many were in office.
    pub met_if_in_office_at_most: u32,
    /// A second meeting, on its day and with the agenda of the first: it needs no quorum.
    pub exempt: bool,
    pub legal_basis: Vec<Cow<'static, str>>,
    pub certainty: Certainty,
}

/// Members in office as stated for the part of the item, else for the sitting.
pub fn members_in_office(sitting: &SittingRecord, item: Option<Id>) -> Option<u32> {
    let part = item.and_then(|item| sitting.agenda.iter().find(|i| i.id == item)).and_then(|i| i.part);
    let of_part = sitting.parts.iter().find(|p| part.is_some() && p.position == part).and_then(|p| p.members_in_office);
    number(of_part.or(sitting.members_in_office))
}

/// The quorum as the item is put to the vote. `None`: no text known to the register sets one, or nobody is listed.
pub fn quorum_at<'b>(sitting: &SittingRecord, body: impl Into<Governed<'b>>, item: Id) -> Option<QuorumReading> {
    let body = body.into();
    read(sitting, body, &presence::under(sitting, body, When::Item(item)), item)
}

fn read(sitting: &SittingRecord, body: Governed<'_>, presence: &Presence, item: Id) -> Option<QuorumReading> {
    let basis = profile::applicable(RuleId::QuorumItem, body, sitting.date)?;
    let represented_count = profile::represented_count(body, sitting.date);
    let (electorate, quorum) = (presence.electorate, presence.quorum);
    if !electorate.listed {
        return None;
    }
    let represented = if represented_count { quorum.represented } else { 0 };
    let counted = quorum.present + represented;
    let at_most = counted + quorum.unsettled + if represented_count { electorate.possible_givers } else { 0 };

    let in_office = members_in_office(sitting, Some(item));
    let stated = sitting.quorum.as_ref().and_then(|q| number(q.number)).filter(|_| in_office.is_none());
    let by_law = quorum.recused_by_law;
    let leave = profile::representatives(body, sitting.date);
    let thresholds = match (stated, in_office) {
        (Some(needed), _) => vec![Threshold { basis: OfficeBasis::StatedQuorum, office: None, needed }],
        (None, Some(office)) => {
            let without = Threshold::of(OfficeBasis::WithoutRepresentatives, office.saturating_sub(by_law));
            match leave {
                _ if by_law == 0 => vec![Threshold::of(OfficeBasis::InOffice, office)],
                Representatives::Stay => vec![Threshold::of(OfficeBasis::InOffice, office)],
                Representatives::Leave => vec![without],
                Representatives::Unsettled => vec![without, Threshold::of(OfficeBasis::InOffice, office)],
            }
        }
        // Where nobody says how many were in office, at least those listed were.
        (None, None) => {
            let gone = if leave == Representatives::Stay { 0 } else { by_law };
            vec![Threshold::of(OfficeBasis::Listed, presence.counts.listed_members().saturating_sub(gone))]
        }
    };
    let settled = in_office.is_some() || stated.is_some();
    let met = match () {
        () if thresholds.iter().all(|t| at_most < t.needed) => Some(false),
        () if settled && thresholds.iter().all(|t| counted >= t.needed) => Some(true),
        () => None,
    };
    let gone = if leave == Representatives::Leave { by_law } else { 0 };
    Some(QuorumReading {
        counted,
        at_most,
        represented_count,
        members_in_office: in_office,
        thresholds,
        met,
        met_if_in_office_at_most: (2 * counted).saturating_sub(1) + gone,
        exempt: second_meeting(sitting, body) == SecondReading::Exempt,
        legal_basis: basis.legal_basis(),
        certainty: basis.certainty,
    })
}

pub fn check(case: &Case, item: Id) -> Option<Finding> {
    let reading = read(case.sitting, case.body, &case.presence, item)?;
    if reading.exempt {
        return None;
    }
    let second = second_meeting(case.sitting, case.body);
    let code = match reading.met {
        Some(true) => return None,
        Some(false) => FindingCode::QuorumNotMet,
        None => FindingCode::QuorumUnsettled,
    };
    let basis = case.basis(RuleId::QuorumItem);
    let in_office = reading.members_in_office;
    let severity = match code {
        FindingCode::QuorumUnsettled if in_office.is_none() => Severity::Information,
        FindingCode::QuorumNotMet if !second.in_doubt() => basis.severity(in_office.is_some()),
        _ => Severity::Alert,
    };
    let computed = Computed::Quorum {
        counted: reading.counted,
        members_in_office: in_office,
        met_if_in_office_at_most: reading.met_if_in_office_at_most,
        represented_count: reading.represented_count,
    };
    let subject = Subject { kind: SubjectKind::Item, id: item };
    let finding = basis.finding(code, subject, case.sitting.date, computed, second.after(label(&reading)));
    Some(Finding { severity, ..finding })
}

fn label(reading: &QuorumReading) -> FindingLabel {
    let (least, met_up_to) = (reading.counted, reading.met_if_in_office_at_most);
    let (who_fr, who_en) = match reading.represented_count {
        true => ("présents ou représentés", "present or represented"),
        false => ("présents", "present"),
    };
    if let (None, [without, all]) = (reading.met, reading.thresholds.as_slice()) {
        let (fewer, office) = (without.office.unwrap_or_default(), all.office.unwrap_or_default());
        return words(
            format!(
                "Quorum indéterminé : {least} membres {who_fr} ; il en faut {} sur {fewer} si les représentants de la collectivité (CGCT L1111-6) ne sont pas comptés en exercice, {} sur {office} s'ils le sont",
                without.needed, all.needed
            ),
            format!(
                "Quorum unsettled: {least} members {who_en}; {} of {fewer} are needed if the representatives of the authority (CGCT L1111-6) do not count as in office, {} of {office} if they do",
                without.needed, all.needed
            ),
        );
    }
    match (reading.met, reading.members_in_office) {
        (Some(false), Some(n)) => words(
            format!("Quorum non atteint : {least} membres {who_fr} sur {n} en exercice"),
            format!("Quorum not met: {least} members {who_en} of {n} in office"),
        ),
        (Some(false), None) => words(
            format!("Quorum non atteint : {least} membres {who_fr} ; atteint si au plus {met_up_to} membres étaient en exercice"),
            format!("Quorum not met: {least} members {who_en}; met if at most {met_up_to} were in office"),
        ),
        _ => words(
            format!("Quorum : {least} membres {who_fr} ; atteint si au plus {met_up_to} membres étaient en exercice"),
            format!("Quorum: {least} members {who_en}; met if at most {met_up_to} were in office"),
        ),
    }
}

/// Whether a sitting is the second meeting, which needs no quorum: only the one that follows the first as the text says, with its agenda.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SecondReading {
    /// Nothing says so.
    No,
    Exempt,
    /// Said to be one, on a day on which it cannot be.
    OtherDay,
    OtherAgenda,
    /// Said to be one of a body for which no text known to the register does without a quorum.
    NoText,
    /// Its first day or its agenda is not recorded.
    Unsettled,
    /// Only the convening says so.
    Worded,
}

impl SecondReading {
    /// It may be exempt, for all that the register can tell: it alerts and does not block.
    fn in_doubt(self) -> bool {
        matches!(self, Self::Unsettled | Self::Worded)
    }

    fn after(self, label: FindingLabel) -> FindingLabel {
        let (fr, en) = match self {
            Self::No | Self::Exempt => return label,
            Self::OtherDay => ("seconde réunion, mais pas au jour que prévoit le texte", "a second meeting, but not on the day that the text sets"),
            Self::OtherAgenda => {
                ("seconde réunion, mais l'ordre du jour n'est pas celui de la première", "a second meeting, but not with the agenda of the first")
            }
            Self::NoText => (
                "seconde réunion, mais aucun texte connu n'en dispense cette instance",
                "a second meeting, but no known text spares this body a quorum",
            ),
            Self::Unsettled => (
                "seconde réunion, dont le jour de la première ou l'ordre du jour n'est pas précisé",
                "a second meeting, of which the day of the first or the agenda is not stated",
            ),
            Self::Worded => ("la convocation parle d'une seconde réunion", "the convening speaks of a second meeting"),
        };
        words(format!("{} ({fr})", label.fr), format!("{} ({en})", label.en))
    }
}

fn second_meeting(sitting: &SittingRecord, body: Governed<'_>) -> SecondReading {
    let Some(second) = &sitting.second_meeting else {
        return if worded(sitting) { SecondReading::Worded } else { SecondReading::No };
    };
    let Some(day) = profile::second_meeting(body, sitting.date) else { return SecondReading::NoText };
    match (second.first_date.map(|first| day.fits(first, sitting.date)), second.same_agenda) {
        (Some(false), _) => SecondReading::OtherDay,
        (_, Answer::No) => SecondReading::OtherAgenda,
        (Some(true), Answer::Yes) => SecondReading::Exempt,
        _ => SecondReading::Unsettled,
    }
}

/// Whether the convening says that this is the second meeting (L3121-14, second paragraph).
fn worded(sitting: &SittingRecord) -> bool {
    let text = sitting.convening.as_ref().and_then(|c| c.text.as_deref()).map(fold).unwrap_or_default();
    ["seconde reunion", "deuxieme reunion", "seconde convocation", "deuxieme convocation", "quorum"].iter().any(|words| text.contains(words))
}
