//! Seats: where every vote is named, or where each group's count is stated and explains the option's.

use std::collections::BTreeMap;

use super::layout::SEATS_AT_MOST;
use super::tallies::{Stated, stated};
use super::who::{Camp, Who};
use super::{Bench, Position, Seat};
use crate::record::names::person_of;
use crate::record::{
    AttendanceList, AttendanceStatus, Ballot, EventKind, PersonRef, Recusal, RecusalKind, RollCallLine, SittingRecord, VoteBasis, VoterKind,
    VotingRight,
};

/// Those who took no part in the items voted on, as the sitting has them.
pub fn aside<'a>(ballot: &Ballot, sitting: &'a SittingRecord) -> Vec<&'a Recusal> {
    let concerned = |recusal: &&Recusal| recusal.covers.iter().any(|item| ballot.covers.contains(item));
    sitting.recusals.iter().flatten().filter(concerned).filter(|recusal| recusal.took_part_in_vote != Some(true)).collect()
}

/// A recusal in the words of the act.
pub fn words_of(recusal: &Recusal, who: &Who<'_>) -> Option<String> {
    let named = recusal.person.as_ref().and_then(|person| who.name(person)).or_else(|| recusal.group.clone());
    let counted = || recusal.count.map(|count| format!("N'ont pas pris part au vote : {}.", count.get()));
    recusal.text.clone().or_else(|| named.map(|name| format!("N'a pas pris part au vote : {name}."))).or_else(counted)
}

/// Members as they are seated.
struct Room<'a> {
    who: &'a Who<'a>,
    seated: Vec<(Camp, Seat)>,
    /// Where the seat of a known member is.
    by_key: BTreeMap<String, usize>,
}

impl<'a> Room<'a> {
    const fn new(who: &'a Who<'a>) -> Self {
        Self { who, seated: Vec::new(), by_key: BTreeMap::new() }
    }

    fn seat_of(&mut self, person: &PersonRef) -> Option<&mut Seat> {
        let place = self.by_key.get(&self.who.key(person)?)?;
        self.seated.get_mut(*place).map(|(_, seat)| seat)
    }

    /// Gives a member a seat; false where that member sits already.
    fn add(&mut self, person: &PersonRef, seat: Seat) -> bool {
        if self.seat_of(person).is_some() {
            return false;
        }
        if let Some(key) = self.who.key(person) {
            self.by_key.insert(key, self.seated.len());
        }
        self.seated.push((self.who.camp(person), seat));
        true
    }

    fn add_named(&mut self, person: &PersonRef, position: Position) -> bool {
        let seat = Seat { position, person: self.who.name(person), by_proxy: None };
        self.add(person, seat)
    }

    fn add_unnamed(&mut self, camp: &Camp, position: Position, number: u32) {
        self.seated.extend((0..number).map(|_| (camp.clone(), Seat { position, person: None, by_proxy: None })));
    }

    fn at(&self, position: Position) -> u32 {
        let same = |at: Position| at == position || (position == Position::NotVoting && at == Position::Recused);
        self.seated.iter().filter(|(_, seat)| same(seat.position)).fold(0, |sum, _| sum + 1)
    }

    /// Groups from left to right, and in each the same votes together.
    fn benches(self) -> Option<Vec<Bench>> {
        if self.seated.is_empty() || self.seated.len() > SEATS_AT_MOST {
            return None;
        }
        let who = self.who;
        let mut camps: Vec<(Camp, Vec<Seat>)> = Vec::new();
        for (camp, seat) in self.seated {
            match camps.iter_mut().find(|(known, _)| *known == camp) {
                Some((_, seats)) => seats.push(seat),
                None => camps.push((camp, vec![seat])),
            }
        }
        camps.sort_by_key(|(camp, _)| who.place(camp));
        let mut benches: Vec<Bench> = Vec::new();
        for (camp, mut seats) in camps {
            seats.sort_by_key(|seat| seat.position);
            let initials = who.camp_initials(&camp);
            let alike =
                benches.iter().filter(|bench| !initials.is_empty() && bench.initials.trim_end_matches(|c: char| c.is_ascii_digit()) == initials);
            let initials = match alike.count() {
                0 => initials,
                others => format!("{initials}{}", others + 1),
            };
            benches.push(Bench { group: who.camp_name(&camp), initials, seats });
        }
        Some(benches)
    }
}

/// The seats of a ballot; none where they are not known.
pub fn of(ballot: &Ballot, who: &Who<'_>, sitting: &SittingRecord, aside: &[&Recusal]) -> Option<(Vec<Bench>, Vec<String>)> {
    let counts = stated(ballot);
    let mut room = Room::new(who);
    let mut notes = Vec::new();
    match ballot.roll_call.as_deref() {
        Some(lines) if !lines.is_empty() => {
            called(&mut room, lines, &mut notes);
            let unnamed = compare(&mut room, &counts, &mut notes)?;
            stand_aside(&mut room, aside, true, &mut notes);
            if !unnamed {
                listed(&mut room, ballot, sitting, Certain::All);
            }
        }
        _ => {
            counted(&mut room, &counts)?;
            let said = counts.iter().any(|stated| stated.position == Position::NotVoting && stated.count != Some(0));
            stand_aside(&mut room, aside, !said, &mut notes);
            listed(&mut room, ballot, sitting, Certain::Absent);
        }
    }
    Some((room.benches()?, notes))
}

/// A seat for each named vote. The vote of a group is nobody's personal vote: its seats have no names.
fn called(room: &mut Room<'_>, lines: &[RollCallLine], notes: &mut Vec<String>) {
    let (mut twice, mut of_groups) = (0, false);
    for line in lines {
        let personal = line.basis == VoteBasis::Person;
        of_groups |= !personal;
        let person = room.who.name(&line.person).filter(|_| personal);
        let by_proxy = line.by_proxy.as_ref().filter(|_| personal).and_then(|holder| room.who.name(holder));
        if !room.add(&line.person, Seat { position: Position::of_line(line), person, by_proxy }) {
            twice += 1;
        }
    }
    if of_groups {
        notes.push("Le vote d'un groupe n'est pas un vote personnel : ses sièges sont sans nom.".to_owned());
    }
    if twice > 0 {
        notes.push(format!("Noms appelés plusieurs fois, comptés une seule : {twice}."));
    }
}

/// Where the names are fewer than the count, the others have seats without a name; where they are more, it is said. `None`: too many to draw.
fn compare(room: &mut Room<'_>, counts: &[Stated<'_>], notes: &mut Vec<String>) -> Option<bool> {
    let mut unnamed = false;
    for stated in counts {
        let Some(count) = stated.count else { continue };
        let named = room.at(stated.position);
        if count == named {
            continue;
        }
        let label = stated.position.label();
        notes.push(format!("« {label} » : l'acte compte {count}, l'appel nominal {named}."));
        if let Some(missing) = count.checked_sub(named) {
            if usize::try_from(missing).ok()? > SEATS_AT_MOST {
                return None;
            }
            room.add_unnamed(&Camp::Unknown, stated.position, missing);
            unnamed = true;
        }
    }
    Some(unnamed)
}

/// The seats of each group, as counted. `None` where a count is not explained by those of the groups.
fn counted(room: &mut Room<'_>, counts: &[Stated<'_>]) -> Option<()> {
    counts.iter().find(|stated| stated.position == Position::For)?;
    for stated in counts {
        let each = |kind: VoterKind, count: Option<u32>| if kind == VoterKind::Person { count.or(Some(1)) } else { count };
        let groups = stated.entries.iter().any(|entry| entry.kind != VoterKind::Person);
        let sum = stated.entries.iter().try_fold(0u32, |sum, entry| sum.checked_add(each(entry.kind, entry.count.map(crate::record::Count::get))?));
        let explained = match (stated.count, sum) {
            (Some(count), Some(sum)) => count == sum,
            // Names without a total may be some of them only.
            (None, Some(_)) => groups,
            (Some(0), None) | (_, None) => false,
        };
        if !explained || usize::try_from(sum?).ok()? > SEATS_AT_MOST {
            return None;
        }
        for entry in &stated.entries {
            if entry.kind == VoterKind::Person {
                if entry.count.is_some_and(|count| count.get() != 1) {
                    return None;
                }
                let person = PersonRef { printed: entry.printed.clone(), person: entry.person, ..PersonRef::default() };
                room.add_named(&person, stated.position).then_some(())?;
            } else {
                room.add_unnamed(&room.who.camp_of_entry(entry), stated.position, entry.count.map_or(0, crate::record::Count::get));
            }
        }
    }
    Some(())
}

/// Those who stood aside. Where the count already says who takes no part, they may be among them and get no seat of their own.
fn stand_aside(room: &mut Room<'_>, aside: &[&Recusal], seat_them: bool, notes: &mut Vec<String>) {
    for recusal in aside {
        let position = if recusal.kind == RecusalKind::Refusal { Position::NotVoting } else { Position::Recused };
        let person = recusal.person.as_ref().filter(|person| room.who.key(person).is_some());
        match person.map(|person| (person, room.seat_of(person))) {
            Some((_, Some(seat))) if matches!(seat.position, Position::NotVoting | Position::Recused) => seat.position = position,
            // The act counts who stood aside: it is drawn as printed, and said.
            Some((_, Some(_))) => notes.extend(words_of(recusal, room.who)),
            Some((person, None)) if seat_them => {
                room.add_named(person, position);
            }
            _ => notes.extend(words_of(recusal, room.who)),
        }
    }
}

/// Who else gets a seat from the lists of attendance.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Certain {
    /// Everyone listed: those who voted are seated already.
    All,
    /// Only those who were absent and represented by nobody: who of the others voted is not known.
    Absent,
}

/// Members whom the lists know and the vote does not.
fn listed(room: &mut Room<'_>, ballot: &Ballot, sitting: &SittingRecord, certain: Certain) {
    let mut found: BTreeMap<String, (PersonRef, Option<Standing>)> = BTreeMap::new();
    let mut order = Vec::new();
    for list in sitting.attendance.iter().filter(|list| concerns(list, ballot, sitting)) {
        for entry in &list.entries {
            let person = person_of(entry);
            let Some(key) = room.who.key(&person) else { continue };
            let standing = standing(list.status).filter(|_| entry.from.is_none() && entry.until.is_none());
            // Two lists that disagree tell nothing.
            let known = found.entry(key.clone()).or_insert_with(|| (person, standing));
            known.1 = known.1.filter(|known| Some(*known) == standing);
            order.push(key);
        }
    }
    let moved = [EventKind::Arrival, EventKind::Departure, EventKind::Resignation, EventKind::Substitution, EventKind::ProxyGiven];
    let moves = sitting.timeline.iter().flatten().filter(|event| moved.contains(&event.kind)).filter_map(|event| event.person.as_ref());
    let givers = sitting.proxies.iter().flatten().map(|proxy| &proxy.giver);
    // Whether someone who came, left or gave a proxy was there for this ballot is not for a picture to work out.
    for key in moves.chain(givers).filter_map(|person| room.who.key(person)) {
        found.remove(&key);
    }
    for key in order {
        let Some((person, Some(standing))) = found.remove(&key) else { continue };
        let voted_for_by_nobody = match standing {
            Standing::There => false,
            Standing::Absent => sitting.proxies.is_some(),
            Standing::AbsentUnrepresented => true,
        };
        let position = if standing == Standing::There { Position::Unstated } else { Position::Absent };
        if certain == Certain::All || voted_for_by_nobody {
            room.add_named(&person, position);
        }
    }
}

/// A list of voting members that is about this ballot.
fn concerns(list: &AttendanceList, ballot: &Ballot, sitting: &SittingRecord) -> bool {
    let items = sitting.agenda.iter().filter(|item| ballot.covers.contains(&item.id));
    let mut parts = items.map(|item| item.part);
    let about = list.covers.is_empty() || list.covers.iter().any(|item| ballot.covers.contains(item));
    about && !list.by_exception && list.voting_right != VotingRight::WithoutVote && (list.part.is_none() || parts.any(|part| part == list.part))
}

/// What a list says of those on it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Present, or represented.
    There,
    Absent,
    AbsentUnrepresented,
}

/// None: nothing that can be drawn.
const fn standing(status: AttendanceStatus) -> Option<Standing> {
    match status {
        AttendanceStatus::Present | AttendanceStatus::PresentRemotely => Some(Standing::There),
        AttendanceStatus::ExcusedRepresented | AttendanceStatus::AbsentRepresented => Some(Standing::There),
        AttendanceStatus::Excused | AttendanceStatus::Absent | AttendanceStatus::AbsentUnexcused => Some(Standing::Absent),
        AttendanceStatus::ExcusedUnrepresented => Some(Standing::AbsentUnrepresented),
        AttendanceStatus::Substituted | AttendanceStatus::Unstated => None,
    }
}
