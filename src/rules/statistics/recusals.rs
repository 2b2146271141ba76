//! Who stood aside, by member and by item. Of what kind, and whether part was taken: never on what ground.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::made::{many, number};
use super::known;
use crate::record::names::{Names, shown};
use crate::record::{EventKind, Id, Recusal, RecusalKind, SittingRecord};

/// Recusals over a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecusalCount {
    pub members: BTreeMap<Id, MemberRecusals>,
    /// In the order of the sittings, then of the agenda.
    pub items: Vec<ItemRecusals>,
}

/// Recusals of one member: one for each item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct MemberRecusals {
    pub recusals: u32,
    pub interest: u32,
    pub refusal: u32,
    pub chair_of_item: u32,
    pub unstated: u32,
    /// Of how many the record says so; it may be silent.
    pub took_part_in_debate: u32,
    pub took_part_in_vote: u32,
    pub left_the_room: u32,
}

/// Recusals on one item of one sitting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ItemRecusals {
    pub sitting: Id,
    pub date: NaiveDate,
    /// Null: the record does not say on which item.
    pub item: Option<Id>,
    pub label: Option<String>,
    pub title: Option<String>,
    /// How many are in `of`.
    pub recusals: u32,
    pub of: Vec<RecusalLine>,
}

/// One recusal: of a person, else of a group or of a number of members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RecusalLine {
    pub person: Option<Id>,
    pub name: Option<String>,
    pub group: Option<String>,
    /// Where only a number is printed.
    pub count: Option<u32>,
    pub kind: RecusalKind,
    pub took_part_in_debate: Option<bool>,
    pub took_part_in_vote: Option<bool>,
    /// As stated, or as the timeline tells.
    pub left_the_room: Option<bool>,
}

impl RecusalCount {
    /// Counts a sitting; `only`: the recusals of one person.
    pub fn add(&mut self, id: Id, sitting: &SittingRecord, only: Option<Id>) {
        let names = Names::of(sitting);
        let mut left: Vec<(Option<Id>, &Recusal)> = Vec::new();
        for recusal in sitting.recusals.iter().flatten() {
            let person = recusal.person.as_ref().and_then(|person| known(&names, person));
            if only.is_none() || only == person {
                left.push((person, recusal));
            }
        }
        let items = sitting.agenda.iter().map(|item| (Some(item.id), item.label.clone(), item.title.clone()));
        for (item, label, title) in items.chain([(None, None, None)]) {
            let on_item = |recusal: &Recusal| item.map_or(recusal.covers.is_empty(), |item| recusal.covers.contains(&item));
            let mut of: Vec<RecusalLine> = Vec::new();
            for (person, recusal) in left.iter().filter(|(_, recusal)| on_item(recusal)) {
                // One person stands aside on one item once, however often it is printed.
                if person.is_none() || !of.iter().any(|line| line.person == *person) {
                    of.push(line(sitting, &names, *person, recusal, item));
                }
            }
            for line in &of {
                if let Some(person) = line.person {
                    self.members.entry(person).or_default().add(line);
                }
            }
            if !of.is_empty() {
                self.items.push(ItemRecusals { sitting: id, date: sitting.date, item, label, title, recusals: many(of.len()), of });
            }
        }
    }
}

impl MemberRecusals {
    fn add(&mut self, line: &RecusalLine) {
        self.recusals += 1;
        let kind = match line.kind {
            RecusalKind::Interest => &mut self.interest,
            RecusalKind::Refusal => &mut self.refusal,
            RecusalKind::ChairOfItem => &mut self.chair_of_item,
            RecusalKind::Unstated => &mut self.unstated,
        };
        *kind += 1;
        self.took_part_in_debate += u32::from(line.took_part_in_debate == Some(true));
        self.took_part_in_vote += u32::from(line.took_part_in_vote == Some(true));
        self.left_the_room += u32::from(line.left_the_room == Some(true));
    }
}

fn line(sitting: &SittingRecord, names: &Names, person: Option<Id>, recusal: &Recusal, item: Option<Id>) -> RecusalLine {
    let left = |kind: EventKind| kind == EventKind::LeftForRecusal;
    let mut events = sitting.timeline.iter().flatten().filter(|event| left(event.kind) && item.is_some() && event.moment.item == item);
    let seen_leaving = person.is_some() && events.any(|event| event.person.as_ref().and_then(|p| known(names, p)) == person);
    RecusalLine {
        person,
        name: recusal.person.as_ref().map(shown),
        group: recusal.group.clone(),
        count: number(recusal.count),
        kind: recusal.kind,
        took_part_in_debate: recusal.took_part_in_debate,
        took_part_in_vote: recusal.took_part_in_vote,
        left_the_room: recusal.left_the_room.or(seen_leaving.then_some(true)),
    }
}
