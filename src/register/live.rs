//! A live sitting: events and ballots, added one by one and never changed.

use serde::Serialize;

use super::canonical::{canonical, stored, word};
use super::delegations::Delegations;
use super::deliberation::load as load_act;
use super::membership::Memberships;
use super::sitting::{Standing, load, receipt};
use super::told::{Told, act_follows};
use super::{Actor, Fault, Once, Refusal, Register, Rule, Written, check_sitting, log, seal, search_index};
use crate::record::{
    Acknowledgement, Affiliation, Ballot, BallotOption, ChangePart, Event, Finding, Group, Id, Origin, RollCallLine, Severity, SittingRecord, Tally,
    VoteBasis,
};
use crate::rules::presence::{self, PresenceState, When};
use crate::rules::{self, EventRoom, Governed, Membership};
use crate::store::{DeliberationRow, EntryRow, Session, now};

impl Register {
    /// Adds an event to the timeline of a recorded sitting. It cannot contradict who is there; an irregularity that really happened is kept if
    /// the event acknowledges it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotLive`], [`Refusal::Invalid`], [`Refusal::Contradiction`], [`Refusal::NotAcknowledged`].
    pub fn add_event(&self, actor: &Actor, once: Option<&Once>, sitting: Id, mut event: Event) -> Result<Written, Refusal> {
        self.change(actor, once, |session| {
            let mut standing = live(session, actor, sitting)?;
            check_sitting::check_event(session, &actor.authority, &standing.record, &event)?;
            sign(actor, &[], &mut event.acknowledge);
            let timeline = standing.record.timeline.get_or_insert_default();
            let place = timeline.len();
            timeline.push(event.clone());
            let findings = refuse_event(&EventRoom::of(&standing.record, standing.governed()), place, &event)?;
            let version = add(session, actor, &standing, "event", &event)?;
            let (touched, _) = refresh_acts(session, sitting, &standing, &[])?;
            settle(session, actor, sitting, &standing, (version, ChangePart::Timeline), findings, touched)
        })
    }

    /// Adds a ballot to a recorded sitting. It cannot contradict who is there; an irregularity that really happened is kept if the ballot
    /// acknowledges it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotLive`], [`Refusal::Invalid`], [`Refusal::Contradiction`], [`Refusal::NotAcknowledged`].
    pub fn add_ballot(&self, actor: &Actor, once: Option<&Once>, sitting: Id, mut ballot: Ballot) -> Result<Written, Refusal> {
        self.change(actor, once, |session| {
            let mut standing = live(session, actor, sitting)?;
            check_sitting::check_new_ballot(session, &actor.authority, &standing.record, &ballot)?;
            cast_for_groups(session, &standing.row.authority, &standing.record, &mut ballot, standing.governed())?;
            let findings = put_to_the_vote(actor, &standing.record, &mut ballot, None, standing.governed())?;
            let version = add(session, actor, &standing, "ballot", &ballot)?;
            let (authority, id) = (&standing.row.authority, &standing.row.id);
            session.index_ballot(authority, id, &ballot)?;
            session.add_findings(authority, id, version, &findings)?;
            standing.record.ballots.push(ballot.clone());
            let (touched, covered) = refresh_acts(session, sitting, &standing, &ballot.covers)?;
            let written = settle(session, actor, sitting, &standing, (version, ChangePart::Ballots), findings, touched)?;
            for act in &covered {
                act_follows(session, actor, act, ChangePart::Ballots)?;
            }
            Ok(written)
        })
    }
}

/// Expands the votes that groups cast by one voice into positions of their members, and counts what is not counted yet.
pub(super) fn cast_for_groups(
    session: &mut Session<'_>,
    authority: &str,
    sitting: &SittingRecord,
    ballot: &mut Ballot,
    body: Governed<'_>,
) -> Result<(), Refusal> {
    if ballot.group_votes.is_empty() {
        return Ok(());
    }
    let memberships = Memberships::load(session, authority, &sitting.body.to_string(), sitting.date)?;
    let name = |session: &mut Session<'_>, group: Id| -> Result<Option<String>, Refusal> {
        let row = session.directory_entry(authority, &group.to_string())?;
        Ok(row.map(|row| stored::<Group>(&row.entry)).transpose()?.map(|group| group.name))
    };
    let mut lines = ballot.roll_call.take().unwrap_or_default();
    // What the register expanded before is expanded again: a ballot sent back as it was read means the same.
    lines.retain(|line| line.basis == VoteBasis::Person);
    let named = |lines: &[RollCallLine], line: &RollCallLine| {
        line.basis == VoteBasis::Person && lines.iter().any(|l| l.person.person == line.person.person && l.option == line.option)
    };
    for (place, vote) in ballot.group_votes.iter().enumerate() {
        let group = Membership { affiliation: Affiliation::Group, group: Some(vote.group), name: name(session, vote.group)? };
        let of_group = Ballot { group_votes: Vec::new(), roll_call: None, ..ballot.clone() };
        let expanded = rules::expand_group_vote(sitting, body, &of_group, &group, vote, |person| memberships.of(person));
        let expanded =
            expanded.map_err(|why| Refusal::Invalid(vec![Fault { pointer: format!("/group_votes/{place}"), rule: Rule::GroupVote(why) }]))?;
        // A dissenter who is in the roll call already stands there once; two positions of one voter are left to contradict each other.
        let expanded: Vec<RollCallLine> = expanded.into_iter().filter(|line| !named(&lines, line)).collect();
        lines.extend(expanded);
    }
    if covers_the_room(sitting, ballot, &lines, body) {
        count(ballot, &lines);
    }
    ballot.roll_call = Some(lines);
    Ok(())
}

/// Whether everyone who could vote has a position: then, and only then, the positions are the tally.
fn covers_the_room(sitting: &SittingRecord, ballot: &Ballot, lines: &[RollCallLine], body: Governed<'_>) -> bool {
    let presence = presence::under(sitting, body, When::Ballot(&Ballot { roll_call: None, ..ballot.clone() }));
    let could = |state| matches!(state, PresenceState::Present | PresenceState::Represented | PresenceState::Unsettled);
    let named = |person: Option<Id>| person.is_some() && lines.iter().any(|line| line.person.person == person);
    presence.people.iter().filter(|attendee| could(attendee.state)).all(|attendee| named(attendee.person))
}

/// Where the ballot came without a tally, its tally is that of the positions.
fn count(ballot: &mut Ballot, lines: &[RollCallLine]) {
    if !ballot.options.is_empty() {
        return;
    }
    for option in [BallotOption::For, BallotOption::Against, BallotOption::Abstention, BallotOption::NotVoting] {
        let count = u32::try_from(lines.iter().filter(|line| line.option == option).count()).ok().and_then(|n| n.try_into().ok());
        ballot.options.push(Tally { option, label: None, count, count_text: None, entries: Vec::new() });
    }
}

/// Refuses a ballot that contradicts the sitting, or an irregularity that it does not acknowledge; signs what it acknowledges. Only an
/// irregularity that is certain, by a text that was verified, holds a ballot: another one alerts.
pub(super) fn put_to_the_vote(
    actor: &Actor,
    sitting: &SittingRecord,
    ballot: &mut Ballot,
    before: Option<&Ballot>,
    body: Governed<'_>,
) -> Result<Vec<Finding>, Refusal> {
    let contradictions = rules::contradictions(sitting, ballot, body);
    if !contradictions.is_empty() {
        return Err(Refusal::Contradiction(contradictions));
    }
    let findings = rules::on_ballot(sitting, ballot, body);
    acknowledged(rules::irregularities(sitting, ballot, body), &ballot.acknowledge)?;
    ballot.electorate = rules::freeze(sitting, ballot, body);
    sign(actor, before.map(|b| b.acknowledge.as_slice()).unwrap_or_default(), &mut ballot.acknowledge);
    Ok(findings)
}

/// The same of the event at that place of the timeline: its irregularities, once nothing holds it.
pub(super) fn refuse_event(room: &EventRoom<'_>, place: usize, event: &Event) -> Result<Vec<Finding>, Refusal> {
    let contradictions = room.contradictions(place);
    if !contradictions.is_empty() {
        return Err(Refusal::Contradiction(contradictions));
    }
    let findings = room.irregularities(place);
    acknowledged(findings.clone(), &event.acknowledge)?;
    Ok(findings)
}

/// Refuses what blocks and is not acknowledged with a reason.
fn acknowledged(irregularities: Vec<Finding>, acknowledge: &[Acknowledgement]) -> Result<(), Refusal> {
    let given = |f: &Finding| acknowledge.iter().any(|a| a.code == f.code && !a.reason.trim().is_empty());
    let open: Vec<Finding> = irregularities.into_iter().filter(|f| f.severity == Severity::Blocking && !given(f)).collect();
    if open.is_empty() { Ok(()) } else { Err(Refusal::NotAcknowledged(open)) }
}

/// Signs the acknowledgements that were not there before.
pub(super) fn sign(actor: &Actor, before: &[Acknowledgement], acknowledge: &mut [Acknowledgement]) {
    for acknowledgement in acknowledge.iter_mut().filter(|a| !before.contains(a)) {
        (acknowledgement.by, acknowledgement.at) = (Some(actor.sub.clone()), Some(now().and_utc()));
    }
}

fn live(session: &mut Session<'_>, actor: &Actor, id: Id) -> Result<Standing, Refusal> {
    let standing = load(session, actor.authority.as_str(), id)?;
    if standing.record.origin == Origin::Recorded { Ok(standing) } else { Err(Refusal::NotLive) }
}

fn add(session: &mut Session<'_>, actor: &Actor, standing: &Standing, kind: &str, entry: &impl Serialize) -> Result<i32, Refusal> {
    let at = now();
    let version = session.next_sitting_version(&standing.row.authority, &standing.row.id, at)?;
    let (document, _) = canonical(entry)?;
    session.add_entry(&EntryRow {
        authority: standing.row.authority.clone(),
        sitting: standing.row.id.clone(),
        version,
        kind: kind.to_owned(),
        document,
        recorded_at: at,
        recorded_by: actor.sub.clone(),
    })?;
    Ok(version)
}

/// The findings of the acts that come from these items; every record whose answers no longer hold, and the acts among them.
fn refresh_acts(session: &mut Session<'_>, id: Id, standing: &Standing, items: &[Id]) -> Result<(Vec<Id>, Vec<DeliberationRow>), Refusal> {
    let authority = &standing.row.authority;
    let delegations = Delegations::load(session, authority)?;
    let (mut touched, mut covered) = (vec![id], Vec::<DeliberationRow>::new());
    for (act, item) in session.items_with_acts(authority, &standing.row.id)? {
        let (act_id, item) = (word(&act)?, word(&item)?);
        if !touched.contains(&act_id) {
            touched.push(act_id);
        }
        if items.contains(&item) && !covered.iter().any(|known| known.id == act) {
            let loaded = load_act(session, authority, act_id)?;
            let record = &loaded.record;
            let kept = seal::sealed(session, authority, &act)?.map(|sealed| sealed.sitting()).transpose()?;
            let sitting = kept.as_ref().unwrap_or(&standing.record);
            let findings = rules::on_act(record, act_id, sitting, id, delegations.over(&standing.body));
            session.index_findings(authority, &act, &findings)?;
            search_index::index(session, &loaded, sitting)?;
            session.touch_deliberation(authority, &act, now())?;
            covered.push(loaded.row);
        }
    }
    Ok((touched, covered))
}

fn settle(
    session: &mut Session<'_>,
    actor: &Actor,
    id: Id,
    standing: &Standing,
    (version, part): (i32, ChangePart),
    findings: Vec<Finding>,
    touched: Vec<Id>,
) -> Result<Written, Refusal> {
    let (_, digest) = canonical(&standing.record)?;
    log(session, actor, ("sitting", &standing.row.id, version), "recorded", Told::of_sitting(&standing.row, part))?;
    let href = format!("/v1/sittings/{id}");
    let body = receipt(id, href.clone(), version, &digest, findings)?;
    Ok(Written { created: true, href, digest, body, touched, reached: None })
}
