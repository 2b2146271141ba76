//! One more act of a sitting that stands: what its paper says of the sitting is added, and nothing that stands is changed.

use crate::record::names::{Names, folded};
use crate::record::{AttendanceList, Id, Moment, PersonRef, SittingRecord};

/// The sitting with what is told along with one more of its acts: its items, ballots and recusals; its lists and proxies where they are others; and
/// what the sitting did not say yet.
pub(super) fn joined(standing: &SittingRecord, told: SittingRecord) -> SittingRecord {
    let mut whole = standing.clone();
    let old_items: Vec<Id> = standing.agenda.iter().map(|item| item.id).collect();
    let items: Vec<Id> = told.agenda.iter().map(|item| item.id).filter(|id| !old_items.contains(id)).collect();
    attendance(&mut whole.attendance, told.attendance, &old_items, &items);
    let names = Names::of(standing);
    let same = |one: &PersonRef, other: &PersonRef| match (one.person, other.person) {
        (Some(one), Some(other)) => one == other,
        _ => names.key(one) == names.key(other) || folded(one) == folded(other),
    };
    for chair in told.chairs {
        if !whole.chairs.iter().any(|known| same(&known.person, &chair.person)) {
            // Of another paper: from its item on, as far as anyone can tell.
            let from = chair.from.clone().or_else(|| items.first().map(|item| Moment { item: Some(*item), ..Moment::default() }));
            whole.chairs.push(crate::record::Chair { from: from.filter(|_| !standing.chairs.is_empty()), ..chair });
        }
    }
    for secretary in told.secretaries {
        if !whole.secretaries.iter().any(|known| same(&known.person, &secretary.person)) {
            whole.secretaries.push(secretary);
        }
    }
    if let Some(proxies) = told.proxies.filter(|proxies| !proxies.is_empty()) {
        let known = whole.proxies.get_or_insert_default();
        for proxy in proxies {
            let is_known = known.iter().any(|one| {
                same(&one.giver, &proxy.giver)
                    && match (&one.holder, &proxy.holder) {
                        (Some(one), Some(other)) => same(one, other),
                        (one, other) => one.is_none() && other.is_none(),
                    }
            });
            if !is_known {
                known.push(proxy);
            }
        }
    }
    whole.agenda.extend(told.agenda.into_iter().filter(|item| items.contains(&item.id)));
    let known: Vec<Id> = whole.ballots.iter().map(|ballot| ballot.id).collect();
    whole.ballots.extend(told.ballots.into_iter().filter(|ballot| !known.contains(&ballot.id)));
    if let Some(recusals) = told.recusals.filter(|recusals| !recusals.is_empty()) {
        whole.recusals.get_or_insert_default().extend(recusals);
    }
    if let Some(events) = told.timeline.filter(|events| !events.is_empty()) {
        whole.timeline.get_or_insert_default().extend(events);
    }
    whole.external_ids.extend(told.external_ids.into_iter().filter(|id| !standing.external_ids.contains(id)));
    whole.heading = whole.heading.or(told.heading);
    whole.starts = whole.starts.or(told.starts);
    whole.ends = whole.ends.or(told.ends);
    whole.place = whole.place.or(told.place);
    whole.convening = whole.convening.or(told.convening);
    whole.members_in_office = whole.members_in_office.or(told.members_in_office);
    whole.quorum = whole.quorum.or(told.quorum);
    whole
}

/// The lists that the act prints: those that stand already are about its items too; others stand beside them, each about the items of its own acts.
fn attendance(known: &mut Vec<AttendanceList>, told: Vec<AttendanceList>, old_items: &[Id], items: &[Id]) {
    if told.is_empty() || items.is_empty() {
        return;
    }
    let mut covers: Vec<Vec<Id>> = Vec::new();
    for list in known.iter() {
        if !covers.contains(&list.covers) {
            covers.push(list.covers.clone());
        }
    }
    let printed: Vec<String> = told.iter().map(bare).collect();
    for covered in covers {
        let those: Vec<String> = known.iter().filter(|list| list.covers == covered).map(bare).collect();
        if those == printed {
            // About every item already, or about some: then about these as well.
            known.iter_mut().filter(|list| list.covers == covered && !covered.is_empty()).for_each(|list| list.covers.extend(items));
            return;
        }
    }
    for list in known.iter_mut().filter(|list| list.covers.is_empty()) {
        list.covers = old_items.to_vec();
    }
    // Without an item of its own no list can be about it alone.
    let all = known.is_empty();
    known.extend(told.into_iter().map(|list| AttendanceList { covers: if all { Vec::new() } else { items.to_vec() }, ..list }));
}

/// What a list prints: its heading, its count, the names under it.
fn bare(list: &AttendanceList) -> String {
    let names: Vec<String> = list.entries.iter().map(|entry| folded(&crate::record::names::person_of(entry))).collect();
    format!("{:?} {:?} {:?} {names:?}", list.heading, list.status, list.stated_count.map(|count| count.get()))
}
