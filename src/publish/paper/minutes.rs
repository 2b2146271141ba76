//! The minutes (procès-verbal) of a sitting: what CGCT L3121-13 asks them to hold, as far as the record has it.

use super::words::{body_words, capitals, count, name, of_the};
use super::{Block, Content, Item, Mark, Paper, Role, act, head, vote};
use crate::publish::french::{capital, day, hour};
use crate::publish::{ActOfSitting, Cast, QuorumAt, RoomAt, SittingReading};
use crate::record::{AgendaItem, Id, ItemStatus, SittingRecord};

/// The minutes. They carry the mark of an internal document unless the body makes its minutes public.
pub fn minutes(reading: &SittingReading) -> Paper {
    let (sitting, cast) = (&reading.record, &reading.cast);
    let title = format!("Procès-verbal {}", of_the(&body_words(cast)));
    let head = [capitals(&cast.authority.name), capitals(&title), head::sitting_line(sitting)];
    let head = head.into_iter().chain(head::chair_lines(sitting, cast)).collect();
    let mut blocks = vec![Block { role: Role::Head, content: Content::Lines(head) }];
    blocks.extend(held(sitting, cast).map(body));
    blocks.push(section("Présence"));
    blocks.extend(head::attendance(sitting, cast, &[]));
    blocks.extend(quorum_at_opening(reading).map(body));
    blocks.push(section("Ordre du jour"));
    blocks.push(Block { role: Role::Body, content: Content::Items(sitting.agenda.iter().map(agenda_item).collect()) });
    let mut before: Option<&RoomAt> = None;
    for item in sitting.items_taken() {
        let room = reading.rooms.iter().find(|room| room.item == item.id);
        blocks.extend(treated(item, room, before, reading));
        before = room.or(before);
    }
    blocks.extend(sitting.ends.as_ref().and_then(|ends| hour(ends, &cast.authority)).map(|ends| body(format!("La séance est levée à {ends}."))));
    blocks.extend(signatures(sitting, cast));
    Paper {
        title: format!("{title} – réunion du {}", day(sitting.date)),
        author: cast.authority.name.clone(),
        date: sitting.date,
        marks: if cast.body.public_minutes { Vec::new() } else { vec![Mark::Internal] },
        blocks,
        footer: vec![format!("Établi à partir du registre, version {} de la séance.", reading.version)],
    }
}

fn body(text: String) -> Block {
    Block { role: Role::Body, content: Content::Text(text) }
}

fn section(text: &str) -> Block {
    Block { role: Role::Section, content: Content::Heading(2, text.to_owned()) }
}

/// When and where it was held, and how it was called.
fn held(sitting: &SittingRecord, cast: &Cast) -> Option<String> {
    let opened = sitting.starts.as_ref().and_then(|starts| hour(starts, &cast.authority)).map(|at| format!("La séance est ouverte à {at}."));
    let place = sitting.place.as_ref().map(|place| format!("Lieu : {place}."));
    let convening = sitting.convening.as_ref();
    let called = convening.and_then(|convening| {
        let sent = convening.convened_on.as_ref()?;
        convening.text.clone().or_else(|| Some(format!("Convocation du {}.", sent.text.clone().or_else(|| sent.date.map(day))?)))
    });
    let public =
        convening.and_then(|convening| convening.public).map(|public| if public { "Séance publique." } else { "Séance non publique." }.to_owned());
    let all: Vec<String> = [called, opened, place, public].into_iter().flatten().collect();
    if all.is_empty() { None } else { Some(all.join(" ")) }
}

fn quorum_at_opening(reading: &SittingReading) -> Option<String> {
    let stated = reading.record.quorum.as_ref().and_then(|quorum| quorum.text.clone());
    stated.or_else(|| quorum_words(reading.rooms.first()?.quorum.as_ref()?))
}

/// What can be said of a quorum; nothing is said where it is unsettled.
fn quorum_words(quorum: &QuorumAt) -> Option<String> {
    if quorum.exempt {
        return Some("Seconde réunion : aucun quorum n'est requis.".to_owned());
    }
    let counted = count(quorum.counted, "membre compte", "membres comptent");
    let (needed, met) = (quorum.needed?, quorum.met?);
    let office = quorum.members_in_office.map(|office| format!(" sur {office} en exercice")).unwrap_or_default();
    Some(format!("Quorum : {counted} pour le quorum{office}, {needed} sont nécessaires ; il est {}.", if met { "atteint" } else { "non atteint" }))
}

fn agenda_item(item: &AgendaItem) -> Item {
    Item { label: item.label.clone(), text: item_title(item), children: Vec::new() }
}

pub(super) fn item_title(item: &AgendaItem) -> String {
    item.title.clone().or_else(|| item.text.clone()).unwrap_or_else(|| "Point sans titre".to_owned())
}

/// One item: who was there if that has changed, what was said, the acts, the votes.
fn treated(item: &AgendaItem, room: Option<&RoomAt>, before: Option<&RoomAt>, reading: &SittingReading) -> Vec<Block> {
    let (sitting, cast) = (&reading.record, &reading.cast);
    let label = item.label.as_ref().map(|label| format!("{label} – ")).unwrap_or_default();
    let mut blocks = vec![section(&format!("{label}{}", item_title(item)))];
    if let Some(status) = Some(item.status).filter(|status| matches!(status, ItemStatus::Withdrawn | ItemStatus::Postponed | ItemStatus::Added)) {
        blocks.push(body(format!("Point {}.", status.label().fr)));
    }
    let rapporteurs: Vec<String> = item.rapporteurs.iter().map(|person| name(person, cast)).collect();
    if !rapporteurs.is_empty() {
        blocks.push(body(format!("Rapporteur : {}.", rapporteurs.join(", "))));
    }
    if let (Some(room), Some(before)) = (room, before)
        && moved(room, before)
    {
        blocks.extend(restated(room).into_iter().map(|text| Block { role: Role::Attendance, content: Content::Text(text) }));
    }
    if item.title.is_some() {
        blocks.extend(item.text.clone().map(body));
    }
    let acts: Vec<&ActOfSitting> = reading.acts.iter().filter(|act| act.record.agenda_items.first() == Some(&item.id)).collect();
    let report = item.report_number.clone().or_else(|| acts.iter().find_map(|act| act.record.report.as_ref()?.number.clone()));
    blocks.extend(report.map(|number| body(format!("Au vu du rapport n° {number}."))));
    for act in &acts {
        blocks.extend(adopted(act, sitting, cast));
    }
    if acts.is_empty() {
        blocks.extend(without_act(item.id, sitting, cast));
    }
    blocks
}

fn adopted(act: &ActOfSitting, sitting: &SittingRecord, cast: &Cast) -> Vec<Block> {
    let kind = capital(act.record.kind.label().fr);
    let heading = act.number.as_ref().map_or_else(|| kind.clone(), |number| format!("{kind} n° {number}"));
    let mut blocks = vec![Block { role: Role::Section, content: Content::Heading(3, format!("{heading} : {}", act.record.title)) }];
    blocks.extend(act::decision(&act.record, sitting, cast, &act.record.agenda_items));
    blocks
}

/// An item that no act came of: who stood aside, and its ballots.
fn without_act(item: Id, sitting: &SittingRecord, cast: &Cast) -> Vec<Block> {
    let aside = head::recusals(sitting, cast, &[item]).into_iter();
    let mut blocks: Vec<Block> = aside.map(|text| Block { role: Role::Recusal, content: Content::Text(text) }).collect();
    for ballot in sitting.ballots.iter().filter(|ballot| ballot.covers.contains(&item)) {
        blocks.extend(vote::blocks(ballot, sitting, cast));
        let outcome = vote::outcome(ballot.outcome_text.as_deref(), ballot.outcome);
        blocks.extend(
            outcome
                .filter(|_| ballot.target.kind == crate::record::TargetKind::Whole)
                .map(|text| Block { role: Role::Outcome, content: Content::Text(text) }),
        );
    }
    blocks
}

/// Whether someone came, left, gave or lost a proxy. Who stands aside is told with the item.
fn moved(room: &RoomAt, before: &RoomAt) -> bool {
    let there = |room: &RoomAt| {
        let mut all: Vec<String> = room.present.iter().chain(&room.aside).cloned().collect();
        all.sort();
        all
    };
    there(room) != there(before) || room.represented != before.represented || room.remote != before.remote
}

/// "Sont présents : …", after someone came or left.
fn restated(room: &RoomAt) -> Vec<String> {
    let line = |heading: &str, names: Vec<String>| if names.is_empty() { None } else { Some(format!("{heading} : {}.", names.join(", "))) };
    let present =
        room.present.iter().chain(&room.aside).map(|who| if room.remote.contains(who) { format!("{who} (à distance)") } else { who.clone() });
    let represented = room.represented.iter().map(|(giver, holder)| match holder {
        Some(holder) => format!("{giver} (pouvoir à {holder})"),
        None => format!("{giver} (porteur non précisé)"),
    });
    let lines = [
        line("La présence a changé. Sont présents", present.collect()),
        line("Sont représentés", represented.collect()),
        line("Ne sont pas présents", room.away.clone()),
        room.quorum.as_ref().and_then(quorum_words),
    ];
    lines.into_iter().flatten().collect()
}

/// Signed by the chair and the secretary.
fn signatures(sitting: &SittingRecord, cast: &Cast) -> Vec<Block> {
    let line = |title: &str, who: String| Block {
        role: Role::Signature,
        content: Content::Lines(vec![title.to_owned(), who, "…………………………………".to_owned()]),
    };
    let chair = sitting.chairs.last().map(|chair| line("Le président de séance,", name(&chair.person, cast)));
    let secretaries = sitting.secretaries.iter().filter(|secretary| !secretary.auxiliary);
    chair.into_iter().chain(secretaries.map(|secretary| line("Le secrétaire de séance,", name(&secretary.person, cast)))).collect()
}
