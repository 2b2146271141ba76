//! The quorum of an item: more than half of the members in office, tested as its ballot is taken.

use super::ballot::Case;
use super::made::{number, words};
use super::names::fold;
use super::profile;
use crate::record::{Computed, Finding, FindingCode, Id, Severity, SittingRecord, Subject, SubjectKind};

/// Members in office as stated for the part of the item, else for the sitting.
pub fn members_in_office(sitting: &SittingRecord, item: Option<Id>) -> Option<u32> {
    let part = item.and_then(|item| sitting.agenda.iter().find(|i| i.id == item)).and_then(|i| i.part);
    let of_part = sitting.parts.iter().find(|p| part.is_some() && p.position == part).and_then(|p| p.members_in_office);
    number(of_part.or(sitting.members_in_office))
}

pub fn check(case: &Case, item: Id) -> Option<Finding> {
    let rule = profile::quorum(case.body)?;
    let electorate = case.presence.electorate;
    if !electorate.listed {
        return None;
    }
    let quorum = case.presence.quorum;
    let represented = if rule.represented { quorum.represented } else { 0 };
    let least = quorum.present + represented;
    let most = least + quorum.unsettled + if rule.represented { electorate.possible_givers } else { 0 };

    let in_office = members_in_office(case.sitting, Some(item));
    let leave = if profile::representatives_leave_office(case.body, case.sitting.date) { quorum.recused_by_law } else { 0 };
    let stated_quorum = case.sitting.quorum.as_ref().and_then(|q| number(q.number)).filter(|_| in_office.is_none());
    // Where nobody says how many were in office, at least those listed were.
    let office = in_office.unwrap_or(case.presence.counts.listed_members()).saturating_sub(leave);
    let reaches = |count: u32| stated_quorum.map_or(2 * count > office, |needed| count >= needed);
    let settled = in_office.is_some() || stated_quorum.is_some();
    let not_met = !reaches(most);
    if settled && reaches(least) {
        return None;
    }

    let met_up_to = (2 * least).saturating_sub(1) + leave;
    let computed =
        Computed::Quorum { counted: least, members_in_office: in_office, met_if_in_office_at_most: met_up_to, represented_count: rule.represented };
    let (counted_fr, counted_en) = match rule.represented {
        true => ("présents ou représentés", "present or represented"),
        false => ("présents", "present"),
    };
    let (code, label) = match (not_met, in_office) {
        (true, Some(n)) => {
            let fr = format!("Quorum non atteint : {least} membres {counted_fr} sur {n} en exercice");
            (FindingCode::QuorumNotMet, words(fr, format!("Quorum not met: {least} members {counted_en} of {n} in office")))
        }
        (true, None) => {
            let fr = format!("Quorum non atteint : {least} membres {counted_fr} ; atteint si au plus {met_up_to} membres étaient en exercice");
            (FindingCode::QuorumNotMet, words(fr, format!("Quorum not met: {least} members {counted_en}; met if at most {met_up_to} were in office")))
        }
        (false, _) => {
            let fr = format!("Quorum : {least} membres {counted_fr} ; atteint si au plus {met_up_to} membres étaient en exercice");
            (FindingCode::QuorumUnsettled, words(fr, format!("Quorum: {least} members {counted_en}; met if at most {met_up_to} were in office")))
        }
    };
    let severity = match code {
        FindingCode::QuorumUnsettled if in_office.is_none() => Severity::Information,
        FindingCode::QuorumNotMet if !second_meeting(case.sitting) => rule.basis.severity(in_office.is_some()),
        _ => Severity::Alert,
    };
    let subject = Subject { kind: SubjectKind::Item, id: item };
    let finding = rule.basis.finding(code, "quorum.item", subject, case.sitting.date, computed, label);
    Some(Finding { severity, ..finding })
}

/// Whether the convening says that this is the second meeting, three days later, which needs no quorum (L3121-14, second paragraph). The
/// register cannot tell whether the agenda is the same: it alerts and does not block.
fn second_meeting(sitting: &SittingRecord) -> bool {
    let text = sitting.convening.as_ref().and_then(|c| c.text.as_deref()).map(fold).unwrap_or_default();
    ["seconde reunion", "deuxieme reunion", "seconde convocation", "deuxieme convocation", "quorum"].iter().any(|words| text.contains(words))
}
