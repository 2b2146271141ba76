//! Members who take no part, in a sentence of their own.

use crate::intake::draft::Confidence;
use crate::intake::grammar::person::person;
use crate::intake::grammar::wording::{find, matched, starts};
use crate::intake::grammar::{after, before, between};
use crate::intake::passage::Passage;
use crate::intake::sink::Sink;
use crate::intake::words::votes::{INTEREST, LEFT_ROOM, REFUSAL, STANDS_ASIDE};
use crate::record::{Answer, Id, Recusal, RecusalKind};

/// Whether a block says that someone stands aside.
pub fn is_one(text: &str) -> bool {
    text.len() <= 900 && starts_with_names(text).is_some() && find(STANDS_ASIDE, text).is_some_and(|wording| before(text, wording).len() <= 400)
}

fn starts_with_names(text: &str) -> Option<&str> {
    let bare = text.trim_start_matches(['-', ' ', '•', '(']);
    let bare = super::attendance::strip_group_civility(bare);
    person(bare).filter(|(read, _)| read.civility.is_some() || read.family.is_some()).map(|_| bare)
}

/// The recusals that a block tells, one for each person named before the verb.
pub fn read(passage: &Passage, first: usize, covers: &[Id], mint: &mut impl FnMut() -> Id, sink: &mut Sink<'_>) -> Vec<Recusal> {
    let text = passage.text();
    let Some(bare) = starts_with_names(text) else { return Vec::new() };
    let Some(verb) = find(STANDS_ASIDE, text) else { return Vec::new() };
    let ground = find(INTEREST, text);
    let names_end = before(text, verb).len().min(ground.map_or(usize::MAX, |ground| before(text, ground).len()));
    let names = between(text, bare.get(..0).unwrap_or_default(), text.get(..names_end).unwrap_or_default());
    let rest = after(text, verb);
    let said = |table: &[&str]| find(table, text).is_some();
    let debate = find(&["debat~", "deliberation~", "discussion~"], text.get(before(text, verb).len()..).unwrap_or_default())
        .is_some_and(|word| matched("debat~", word).is_some() || matched("discussion~", word).is_some() || starts(&["ni"], rest));
    let vote = find(&["vote", "scrutin"], text.get(before(text, verb).len()..).unwrap_or_default()).is_some();
    let left = said(LEFT_ROOM);
    let mut found = Vec::new();
    for item in super::people::items(names).into_iter().take(40) {
        let Some((read, behind)) = person(super::attendance::strip_group_civility(item.trim_end_matches([' ', ',']))) else { continue };
        // Words that are no name stand behind one: the sentence goes on.
        let clean =
            !behind.contains(char::is_alphanumeric) || behind.trim_start().starts_with('(') || starts(&["ayant", "etant", "en"], behind.trim_start());
        if !clean && !found.is_empty() {
            continue;
        }
        let pointer = format!("/sitting/recusals/{}", first + found.len());
        let person = sink.person(&format!("{pointer}/person"), passage, &read, None);
        let kind = if ground.is_some() {
            RecusalKind::Interest
        } else if said(REFUSAL) {
            RecusalKind::Refusal
        } else {
            RecusalKind::Unstated
        };
        let ground_text = ground.map(|ground| {
            let start = text.get(before(text, ground).len()..).unwrap_or_default();
            let end = start.find([',', ';', '.', ')']).unwrap_or(start.len());
            let upto = find(STANDS_ASIDE, start).map_or(end, |verb| before(start, verb).len().min(end));
            start.get(..upto).unwrap_or_default().trim()
        });
        if let Some(ground) = ground_text {
            sink.note(format!("{pointer}/kind"), passage, ground, Confidence::Likely);
            sink.note(format!("{pointer}/ground"), passage, ground, Confidence::Likely);
        }
        for (name, told) in [("took_part_in_debate", debate), ("took_part_in_vote", vote), ("left_the_room", left)] {
            if told {
                sink.note(format!("{pointer}/{name}"), passage, text.get(before(text, verb).len()..).unwrap_or_default(), Confidence::Likely);
            }
        }
        found.push(Recusal {
            id: mint(),
            person: Some(person),
            group: None,
            count: None,
            covers: covers.to_vec(),
            kind,
            text: sink.text(format!("{pointer}/text"), passage, text, Confidence::Certain),
            ground: ground_text.map(str::to_owned),
            interest_nature: None,
            took_part_in_debate: debate.then_some(false),
            took_part_in_vote: vote.then_some(false),
            left_the_room: left.then_some(true),
            legal_representative: Answer::Unstated,
        });
    }
    found
}
