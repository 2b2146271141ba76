//! What the record of a sitting must keep to be stored: its references hold, and a secret ballot names nobody. None is a rule of law.

use std::collections::BTreeSet;

use super::check::{Faults, References, number, storable, value_of};
use super::{Refusal, Rule};
use crate::record::{Ballot, BallotKind, BallotMode, BallotOption, Count, Event, Id, Moment, Origin, Siren, SittingRecord, VoteBasis};
use crate::store::Session;

/// Fills in the places that the request left out.
pub(super) fn complete(sitting: &mut SittingRecord) {
    number(&mut sitting.parts, |p| &mut p.position);
    for list in &mut sitting.attendance {
        number(&mut list.entries, |e| &mut e.position);
    }
}

/// Checks the whole record.
pub(super) fn check(session: &mut Session<'_>, authority: &Siren, sitting: &SittingRecord) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    let mut references = References::walk(&value_of(sitting)?, &mut faults);
    references.bodies.push(("/body".to_owned(), sitting.body.to_string()));
    faults.unless(storable(sitting.date), "/date", Rule::YearOutOfRange);
    faults.unless(sitting.end_date.is_none_or(storable), "/end_date", Rule::YearOutOfRange);
    faults.unless(sitting.end_date.is_none_or(|end| end >= sitting.date), "/end_date", Rule::EndsBeforeStart);
    sizes(sitting, &mut faults);
    identifiers(sitting, &mut faults);
    agenda(sitting, &mut faults);
    parts(sitting, &mut faults);
    for (i, id) in sitting.external_ids.iter().enumerate() {
        faults.unless(!id.scheme.is_empty(), format_args!("/external_ids/{i}/scheme"), Rule::Empty);
        faults.unless(!id.value.is_empty(), format_args!("/external_ids/{i}/value"), Rule::Empty);
    }
    for (i, ballot) in sitting.ballots.iter().enumerate() {
        check_ballot(sitting, ballot, &format!("/ballots/{i}"), &mut references, &mut faults);
    }
    live_only(sitting, &mut faults);
    references.resolve(session, authority, &mut faults)?;
    faults.settle()
}

/// On paper nobody acknowledged anything to the register, and it froze no electorate.
fn live_only(sitting: &SittingRecord, faults: &mut Faults) {
    if sitting.origin == Origin::Recorded {
        return;
    }
    for (i, event) in sitting.timeline.iter().flatten().enumerate() {
        faults.unless(event.acknowledge.is_empty(), format_args!("/timeline/{i}/acknowledge"), Rule::LiveOnly);
    }
    for (i, ballot) in sitting.ballots.iter().enumerate() {
        faults.unless(ballot.acknowledge.is_empty(), format_args!("/ballots/{i}/acknowledge"), Rule::LiveOnly);
        faults.unless(ballot.electorate.is_none(), format_args!("/ballots/{i}/electorate"), Rule::LiveOnly);
        faults.unless(ballot.group_votes.is_empty(), format_args!("/ballots/{i}/group_votes"), Rule::LiveOnly);
    }
}

/// Checks an event that is added to a sitting.
pub(super) fn check_event(session: &mut Session<'_>, authority: &Siren, sitting: &SittingRecord, event: &Event) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    let references = References::walk(&value_of(event)?, &mut faults);
    moment(&items(sitting), Some(&event.moment), "/moment", &mut faults);
    faults.unless(!all_ids(sitting).any(|(_, id)| id == event.id), "/id", Rule::Twice);
    references.resolve(session, authority, &mut faults)?;
    faults.settle()
}

/// Checks a ballot that is added to a sitting.
pub(super) fn check_new_ballot(session: &mut Session<'_>, authority: &Siren, sitting: &SittingRecord, ballot: &Ballot) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    let mut references = References::walk(&value_of(ballot)?, &mut faults);
    faults.unless(!all_ids(sitting).any(|(_, id)| id == ballot.id), "/id", Rule::Twice);
    check_ballot(sitting, ballot, "", &mut references, &mut faults);
    references.resolve(session, authority, &mut faults)?;
    faults.settle()
}

/// More than any sitting has: presence is worked out from all of it, for each ballot.
fn sizes(sitting: &SittingRecord, faults: &mut Faults) {
    let entries = sitting.attendance.iter().map(|l| l.entries.len()).sum();
    let lengths = [
        ("/agenda", sitting.agenda.len(), 2_000),
        ("/attendance", entries, 10_000),
        ("/timeline", sitting.timeline.as_ref().map_or(0, Vec::len), 10_000),
        ("/proxies", sitting.proxies.as_ref().map_or(0, Vec::len), 1_000),
        ("/recusals", sitting.recusals.as_ref().map_or(0, Vec::len), 2_000),
        ("/ballots", sitting.ballots.len(), 3_000),
    ];
    for (pointer, length, most) in lengths {
        faults.unless(length <= most, pointer, Rule::TooMany);
    }
}

fn items(sitting: &SittingRecord) -> BTreeSet<Id> {
    sitting.agenda.iter().map(|item| item.id).collect()
}

/// Every identifier that the record gives to something of its own.
fn all_ids(sitting: &SittingRecord) -> impl Iterator<Item = (String, Id)> {
    let events = sitting.timeline.iter().flatten().enumerate().map(|(i, e)| (format!("/timeline/{i}/id"), e.id));
    let recusals = sitting.recusals.iter().flatten().enumerate().map(|(i, r)| (format!("/recusals/{i}/id"), r.id));
    let agenda = sitting.agenda.iter().enumerate().map(|(i, item)| (format!("/agenda/{i}/id"), item.id));
    let ballots = sitting.ballots.iter().enumerate().map(|(i, b)| (format!("/ballots/{i}/id"), b.id));
    events.chain(recusals).chain(agenda).chain(ballots)
}

fn identifiers(sitting: &SittingRecord, faults: &mut Faults) {
    faults.once(all_ids(sitting));
}

/// Whatever names an item names one of the agenda.
fn agenda(sitting: &SittingRecord, faults: &mut Faults) {
    let items = items(sitting);
    for (i, item) in sitting.agenda.iter().enumerate() {
        if let Some(parent) = item.parent {
            faults.unless(items.contains(&parent), format_args!("/agenda/{i}/parent"), Rule::UnknownItem);
            faults.unless(parent != item.id, format_args!("/agenda/{i}/parent"), Rule::ParentOfItself);
        }
    }
    for (i, recusal) in sitting.recusals.iter().flatten().enumerate() {
        covers(&items, &recusal.covers, &format!("/recusals/{i}"), faults);
    }
    for (i, list) in sitting.attendance.iter().enumerate() {
        covers(&items, &list.covers, &format!("/attendance/{i}"), faults);
        for (j, entry) in list.entries.iter().enumerate() {
            moment(&items, entry.from.as_ref(), format!("/attendance/{i}/entries/{j}/from"), faults);
            moment(&items, entry.until.as_ref(), format!("/attendance/{i}/entries/{j}/until"), faults);
        }
    }
    for (i, event) in sitting.timeline.iter().flatten().enumerate() {
        moment(&items, Some(&event.moment), format!("/timeline/{i}/moment"), faults);
    }
    for (i, proxy) in sitting.proxies.iter().flatten().enumerate() {
        moment(&items, proxy.from.as_ref(), format!("/proxies/{i}/from"), faults);
        moment(&items, proxy.until.as_ref(), format!("/proxies/{i}/until"), faults);
    }
    for (i, chair) in sitting.chairs.iter().enumerate() {
        moment(&items, chair.from.as_ref(), format!("/chairs/{i}/from"), faults);
        moment(&items, chair.until.as_ref(), format!("/chairs/{i}/until"), faults);
    }
}

fn covers(items: &BTreeSet<Id>, covered: &[Id], pointer: &str, faults: &mut Faults) {
    for (i, item) in covered.iter().enumerate() {
        faults.unless(items.contains(item), format_args!("{pointer}/covers/{i}"), Rule::UnknownItem);
    }
}

fn moment(items: &BTreeSet<Id>, moment: Option<&Moment>, pointer: impl std::fmt::Display, faults: &mut Faults) {
    if let Some(item) = moment.and_then(|m| m.item) {
        faults.unless(items.contains(&item), format_args!("{pointer}/item"), Rule::UnknownItem);
    }
}

/// Whatever names a part names one of the sitting. A sitting without parts is one part.
fn parts(sitting: &SittingRecord, faults: &mut Faults) {
    let last = u32::try_from(sitting.parts.len().max(1)).unwrap_or(u32::MAX);
    let named = sitting.attendance.iter().enumerate().map(|(i, l)| (format!("/attendance/{i}/part"), l.part));
    let chairs = sitting.chairs.iter().enumerate().map(|(i, c)| (format!("/chairs/{i}/part"), c.part));
    let secretaries = sitting.secretaries.iter().enumerate().map(|(i, s)| (format!("/secretaries/{i}/part"), s.part));
    let agenda = sitting.agenda.iter().enumerate().map(|(i, a)| (format!("/agenda/{i}/part"), a.part));
    for (pointer, part) in named.chain(chairs).chain(secretaries).chain(agenda) {
        faults.unless(part.map(Count::get).is_none_or(|n| (1..=last).contains(&n)), pointer, Rule::UnknownPart);
    }
}

fn check_ballot(sitting: &SittingRecord, ballot: &Ballot, pointer: &str, references: &mut References, faults: &mut Faults) {
    let items = items(sitting);
    faults.unless(!ballot.covers.is_empty(), format_args!("{pointer}/covers"), Rule::CoversNothing);
    covers(&items, &ballot.covers, pointer, faults);
    moment(&items, Some(&ballot.moment), format!("{pointer}/moment"), faults);
    if let Some(other) = ballot.same_vote_as {
        let known = other != ballot.id && sitting.ballots.iter().any(|b| b.id == other);
        faults.unless(known, format_args!("{pointer}/same_vote_as"), Rule::UnknownBallot);
    }
    faults.unless((ballot.kind == BallotKind::Election) == ballot.election.is_some(), format_args!("{pointer}/election"), Rule::ElectionKind);
    faults.once(ballot.options.iter().enumerate().map(|(i, t)| (format!("{pointer}/options/{i}/option"), t.option)));
    let secret = ballot.mode == BallotMode::Secret;
    faults.unless(!(secret && ballot.roll_call.is_some()), format_args!("{pointer}/roll_call"), Rule::SecretPosition);
    faults.unless(!secret || ballot.group_votes.is_empty(), format_args!("{pointer}/group_votes"), Rule::SecretGroupVote);
    for (i, vote) in ballot.group_votes.iter().enumerate() {
        references.groups.push((format!("{pointer}/group_votes/{i}/group"), vote.group.to_string()));
    }
    faults.once(ballot.group_votes.iter().enumerate().map(|(i, v)| (format!("{pointer}/group_votes/{i}/group"), v.group)));
    for (i, item) in ballot.pulled_out.iter().enumerate() {
        faults.unless(items.contains(item), format_args!("{pointer}/pulled_out/{i}"), Rule::UnknownItem);
    }
    for (i, tally) in ballot.options.iter().enumerate() {
        faults.unless(!secret || tally.entries.is_empty(), format_args!("{pointer}/options/{i}/entries"), Rule::SecretPosition);
        for (j, entry) in tally.entries.iter().enumerate() {
            if let Some(group) = entry.group {
                references.groups.push((format!("{pointer}/options/{i}/entries/{j}/group"), group.to_string()));
            }
        }
    }
    for (i, line) in ballot.roll_call.iter().flatten().enumerate() {
        let holds = line.reason.is_none() || line.option == BallotOption::NotVoting;
        faults.unless(holds, format_args!("{pointer}/roll_call/{i}/reason"), Rule::ReasonWithoutNotVoting);
        // On paper a group may be said to vote for its members; recorded live, the register itself expands its vote.
        let told = line.basis == VoteBasis::Person || !ballot.group_votes.is_empty() || sitting.origin == Origin::Transcribed;
        faults.unless(told, format_args!("{pointer}/roll_call/{i}/basis"), Rule::GroupBasis);
    }
}
