//! Lists of names: what stands beside each, and who gave a proxy to whom.

use crate::intake::draft::{Confidence, QuestionCode};
use crate::intake::grammar::person::{Order, Person, civility, family_alone, in_capitals, person};
use crate::intake::grammar::time::time;
use crate::intake::grammar::wording::{alone, begins, find, longest, matched, starts, whole};
use crate::intake::grammar::{after, all};
use crate::intake::passage::Passage;
use crate::intake::sink::Sink;
use crate::intake::words::attendance::{GIVEN_BY, GIVES_TO, HOLDS_OF, MOVES, NOBODY, OFFICES, SUBSTITUTED_BY, SUBSTITUTES};
use crate::intake::words::people::PARTICLES;
use crate::record::{AttendanceEntry, Count, EventKind, Moment, PersonRef, Proxy};

/// One name, and the proxy that was printed with it with the pointer under which it was noted.
#[derive(Debug)]
pub struct Found {
    pub entry: AttendanceEntry,
    pub printed: String,
    pub proxy: Option<(Option<String>, Proxy)>,
}

/// The items of a list: cut at commas, semicolons, bullets, dashes, and the last "et"; never inside brackets.
pub fn items(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut depth, mut from) = (0i32, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = (depth - 1).max(0),
            _ => {}
        }
        let rest = text.get(at..).unwrap_or_default();
        let behind = text.get(..at).unwrap_or_default();
        let dash = matches!(c, '-' | '–' | '—') && behind.ends_with(' ') && text.get(at + c.len_utf8()..).is_some_and(|next| next.starts_with(' '));
        let and = c == 'e' && behind.ends_with(' ') && rest.starts_with("et ") && !ends_in_civility(behind);
        if depth == 0 && (matches!(c, ',' | ';' | '•' | '/' | '\t' | '▪') || dash || and) {
            found.push(text.get(from..at).unwrap_or_default());
            from = at + if and { 2 } else { c.len_utf8() };
        }
    }
    found.push(text.get(from..).unwrap_or_default());
    let trimmed = |item: &str| item.trim_matches([' ', '\u{a0}', '*', ':']).len();
    found.into_iter().filter(|item| trimmed(item) > 0).map(|item| item.trim_matches([' ', '\u{a0}', '*'])).collect()
}

/// "Mmes et MM.": the "et" of a civility; "M." at the end of a line.
pub fn ends_in_civility(text: &str) -> bool {
    let word = text.trim_end().rsplit([' ', '\u{a0}', ',']).next().unwrap_or_default();
    civility(word).is_some_and(|(read, _)| read.len() == word.len())
}

/// Whether what stands behind a name belongs to it.
pub fn qualifies(rest: &str) -> bool {
    starts(GIVES_TO, rest)
        || starts(HOLDS_OF, rest)
        || begins(MOVES, rest).is_some()
        || starts(SUBSTITUTES, rest)
        || starts(SUBSTITUTED_BY, rest)
        || starts(OFFICES, rest)
}

/// The names of a stretch of text, as entries from position `before` + 1.
pub fn list(passage: &Passage, text: &str, pointer: &str, before: usize, represented: bool, sink: &mut Sink<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let (text, grouping) = label(text);
    let mut factored: Option<&'static str> = None;
    // A civility of several stands before: "MM. Dubreuil, Gaultier".
    let mut several = false;
    let items = items(text);
    // Among "F. LOUVEL, C. ARNOUX", "M. LEFORT" has an initial and no civility.
    let initials = items
        .iter()
        .filter(|item| person(item).is_some_and(|(read, _)| read.civility.is_none() && read.given.is_some_and(|given| given.ends_with('.'))))
        .count()
        >= 2;
    // Among "M. BELHACHEMI, Mme AUBERTOT", "M. TRAN VAN" has no given name either.
    let read_of = |item: &&str| person(item).map(|(read, _)| (read.civility.is_some(), read.given.is_some(), read.family.is_some()));
    let families = items.iter().filter_map(read_of).filter(|(titled, _, family)| *titled && *family).count() >= 3
        && !items.iter().filter_map(read_of).any(|(_, given, _)| given);
    // Among "M. Loïc Guilbaudeau, Mme Sylvie Métaireau", the first word of "M. Freddy Ravelonneau" is his given name.
    let order_of = |item: &&str| person(item).filter(|(read, _)| read.order == Order::Guessed).and_then(|(read, _)| given_first(&read));
    let orders: Vec<bool> = items.iter().filter_map(order_of).collect();
    let given_names_first = orders.len() >= 3 && orders.iter().all(|first| *first);
    for item in items {
        let item = item.trim_start_matches(['-', '•', '–', ' ', '.', ':']).trim_end_matches(['.', ';', ' ']);
        let item = matched("et ", item).and_then(|len| item.get(len..)).unwrap_or(item);
        if item.is_empty() || alone(NOBODY, item) {
            continue;
        }
        let stripped = super::attendance::strip_group_civility(item);
        if stripped.len() < item.len() {
            factored = None;
            several = true;
        }
        let index = before + found.len();
        let here = format!("{pointer}/{index}");
        let Some((read, rest)) = person(stripped).or_else(|| family_alone(stripped).filter(|_| several && !qualifies(stripped))) else {
            if let Some(last) = found.last_mut() {
                let last_pointer = format!("{pointer}/{}", index.saturating_sub(1));
                beside(passage, item, &last_pointer, last, sink);
            } else {
                sink.ask(here, Some(passage.span(item)), QuestionCode::NameUnread, vec![item.to_owned()]);
            }
            continue;
        };
        match read.civility.map(|printed| civility(printed).and_then(|(_, each)| each)) {
            Some(Some(each)) => (factored, several) = (Some(each).filter(|each| !each.is_empty()), true),
            Some(None) => (factored, several) = (None, false),
            None => {}
        }
        let initial = read.civility.filter(|civility| initials && *civility == "M." && read.given.is_none());
        let read = if initial.is_some() { Person { civility: None, given: initial, order: Order::Guessed, ..read } } else { read };
        let family_only = families && read.civility.is_some() && read.order == Order::Unknown;
        let read = if family_only { Person { family: Some(read.name), order: Order::Guessed, ..read } } else { read };
        let split = read.name.split_once(' ').filter(|_| given_names_first && read.order == Order::Unknown);
        let read = match split {
            Some((given, family)) if !in_capitals(read.name) && !whole(PARTICLES, given) => {
                Person { given: Some(given), family: Some(family), order: Order::Guessed, ..read }
            }
            _ => read,
        };
        let printed = sink.person(&here, passage, &read, factored);
        let mut next = Found { printed: read.printed.to_owned(), entry: entry_of(printed, index), proxy: None };
        if let Some(label) = grouping {
            next.entry.grouping = sink.text(format!("{here}/grouping"), passage, label, Confidence::Likely);
        }
        for part in brackets(rest) {
            // Under "Représentés": "(à M. X)", "par M. X".
            let to = ["a ", "au ", "par "].iter().find_map(|to| matched(to, part)).filter(|_| represented && next.proxy.is_none());
            if let Some(to) = to.and_then(|len| part.get(len..)).filter(|to| person(to).is_some()) {
                let proxy_pointer = format!("{here}/proxy");
                let holder = holder(passage, to, &proxy_pointer, sink);
                sink.note(format!("{proxy_pointer}/text"), passage, part, Confidence::Certain);
                let giver = super::attendance::as_person(&next.entry);
                next.proxy =
                    Some((Some(proxy_pointer), Proxy { giver, holder, from: None, until: None, given_on: None, text: Some(part.to_owned()) }));
                continue;
            }
            beside(passage, part, &here, &mut next, sink);
        }
        found.push(next);
    }
    found
}

/// Whether the given name stands before the family name.
fn given_first(read: &Person<'_>) -> Option<bool> {
    Some(super::super::grammar::before(read.name, read.given?).len() < super::super::grammar::before(read.name, read.family?).len())
}

fn entry_of(person: PersonRef, index: usize) -> AttendanceEntry {
    AttendanceEntry {
        position: u32::try_from(index + 1).ok().and_then(|position| Count::try_from(position).ok()),
        printed: person.printed,
        civility: person.civility,
        given_name: person.given_name,
        family_name: person.family_name,
        ..AttendanceEntry::default()
    }
}

/// A label before the names, as of a commune: "Villeneuve : M. A, Mme B".
fn label(text: &str) -> (&str, Option<&str>) {
    let bare = text.trim_start_matches(['-', '•', '–', ' ']);
    match bare.split_once(':') {
        Some((label, names))
            if label.len() <= 60 && person(super::attendance::strip_group_civility(names.trim_start())).is_some() && civility(label).is_none() =>
        {
            (names, Some(label.trim()))
        }
        _ => (text, None),
    }
}

/// Whether a line is a label and the names under it: "VILLENEUVE : M. A, Mme B".
pub fn is_grouped(text: &str) -> bool {
    label(text).1.is_some_and(|label| label.starts_with(char::is_uppercase) && !super::attendance::is_heading(text))
}

/// What stands behind a name: the parts in brackets, and what is outside.
fn brackets(rest: &str) -> Vec<&str> {
    rest.split(['(', ')'])
        .flat_map(apart)
        .map(|part| part.trim_matches([' ', ',', '\u{a0}', '.', ';', '-', '–']))
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .collect()
}

/// "parti à 11 heures, pouvoir à M. X": each of what is told.
fn apart(part: &str) -> Vec<&str> {
    let begins_another = |text: &str| starts(GIVES_TO, text) || starts(HOLDS_OF, text) || begins(MOVES, text).is_some();
    let (mut told, mut left) = (Vec::new(), part);
    for (at, _) in part.match_indices(',') {
        let (before, behind) = (part.get(..at).unwrap_or_default(), part.get(at + 1..).unwrap_or_default());
        if begins_another(behind.trim_start()) {
            told.push(before.get(part.len() - left.len()..).unwrap_or_default());
            left = behind;
        }
    }
    told.push(left);
    told
}

/// Reads what stands beside a name: an office, a proxy, a coming or going, a substitute, a group.
fn beside(passage: &Passage, part: &str, pointer: &str, found: &mut Found, sink: &mut Sink<'_>) {
    if let Some(proxy) = proxy_beside(passage, part, pointer, &found.entry, sink) {
        found.proxy = Some((Some(format!("{pointer}/proxy")), proxy));
    } else if let Some((len, kind)) = begins(MOVES, part) {
        let rest = part.get(len..).unwrap_or_default();
        if rest.chars().any(|c| c.is_ascii_digit()) || !all(rest, time).is_empty() {
            let name = if kind == EventKind::Arrival { "from" } else { "until" };
            let moment = Moment {
                text: sink.text(format!("{pointer}/{name}/text"), passage, part, Confidence::Likely),
                act_number: act_number(part),
                ..Moment::default()
            };
            if kind == EventKind::Arrival {
                found.entry.from = Some(moment);
            } else {
                found.entry.until = Some(moment);
            }
        }
    } else if let Some(wording) = starts(SUBSTITUTES, part).then(|| find(SUBSTITUTES, part)).flatten() {
        found.entry.substitute_for = sink.person_in(&format!("{pointer}/substitute_for"), passage, after(part, wording).trim_start());
    } else if let Some(wording) = starts(SUBSTITUTED_BY, part).then(|| find(SUBSTITUTED_BY, part)).flatten()
        && let Some((read, _)) = person(after(part, wording))
    {
        // The one named behind is the one in the room.
        let away = super::attendance::as_person(&found.entry);
        sink.rename(pointer, &format!("{pointer}/substitute_for"));
        let present = sink.person(pointer, passage, &read, None);
        found.entry = AttendanceEntry {
            position: found.entry.position,
            grouping: found.entry.grouping.take(),
            substitute_for: Some(away),
            ..entry_of(present, 0)
        };
    } else if starts(OFFICES, part) {
        found.entry.office = sink.text(format!("{pointer}/office"), passage, part, Confidence::Certain);
    } else if part.len() <= 8 && in_capitals(part) && found.entry.group.is_none() {
        found.entry.group = sink.text(format!("{pointer}/group"), passage, part, Confidence::Likely);
    } else if part.starts_with(char::is_uppercase) && found.entry.grouping.is_none() && part.len() <= 50 && !part.contains(':') {
        found.entry.grouping = sink.text(format!("{pointer}/grouping"), passage, part, Confidence::Doubtful);
    }
}

/// "à partir de la délibération n° 12".
fn act_number(text: &str) -> Option<String> {
    let named = find(&["deliberation n°", "deliberation", "acte n°"], text)?;
    let rest = after(text, named).trim_start_matches([' ', 'n', '°', '\u{a0}']);
    let number = rest.split([' ', ',', ')']).next()?.trim_end_matches('.');
    number.contains(|c: char| c.is_ascii_digit()).then(|| number.to_owned())
}

/// A proxy printed beside the name of its giver or of its holder.
fn proxy_beside(passage: &Passage, part: &str, pointer: &str, entry: &AttendanceEntry, sink: &mut Sink<'_>) -> Option<Proxy> {
    let here = format!("{pointer}/proxy");
    let me = super::attendance::as_person(entry);
    let wording = |table: &[&str]| longest(table, part).and_then(|len| part.get(..len));
    if let Some(of) = wording(HOLDS_OF) {
        let giver = sink.person_in(&format!("{here}/giver"), passage, after(part, of))?;
        sink.note(format!("{here}/text"), passage, part, Confidence::Certain);
        return Some(Proxy { giver, holder: Some(me), from: None, until: None, given_on: None, text: Some(part.to_owned()) });
    }
    let to = wording(GIVES_TO)?;
    let holder = holder(passage, after(part, to), &here, sink);
    sink.note(format!("{here}/text"), passage, part, Confidence::Certain);
    Some(Proxy { giver: me, holder, from: None, until: None, given_on: None, text: Some(part.to_owned()) })
}

/// Who holds a proxy: a person, or a title, or a first name, as printed.
fn holder(passage: &Passage, text: &str, pointer: &str, sink: &mut Sink<'_>) -> Option<PersonRef> {
    let text = text.trim_matches([' ', ':', '.', ',', ')', '\u{a0}']);
    if text.is_empty() {
        sink.ask(format!("{pointer}/holder"), None, QuestionCode::ProxyHolderUnknown, Vec::new());
        return None;
    }
    sink.person_in(&format!("{pointer}/holder"), passage, text).or_else(|| {
        let printed = sink.text(format!("{pointer}/holder/printed"), passage, text, Confidence::Likely);
        Some(PersonRef { printed, ..PersonRef::default() })
    })
}

/// A list of proxies: "M. A à Mme B ; procuration de M. C à M. D".
pub fn proxies(passage: &Passage, text: &str, before: usize, sink: &mut Sink<'_>) -> Vec<Proxy> {
    let mut found = Vec::new();
    let divided: Vec<&str> = if text.contains(';') { text.split([';', '•', '▪']).collect() } else { items(text) };
    for item in divided {
        let item = item.trim_matches([' ', '.', '-', '–', '•', '\u{a0}', '*']);
        let item = matched("et ", item).and_then(|len| item.get(len..)).unwrap_or(item);
        if item.is_empty() || alone(NOBODY, item) || item.parse::<u32>().is_ok() {
            continue;
        }
        let pointer = format!("/sitting/proxies/{}", before + found.len());
        let lead = longest(GIVEN_BY, item).or_else(|| matched("de ", item)).unwrap_or_default();
        let Some((read, rest)) = person(item.get(lead..).unwrap_or_default()) else {
            sink.ask(format!("{pointer}/giver"), Some(passage.span(item)), QuestionCode::NameUnread, vec![item.to_owned()]);
            continue;
        };
        let giver = sink.person(&format!("{pointer}/giver"), passage, &read, None);
        let rest = rest.trim_start_matches([' ', '(', ':', '\u{a0}', '-', '–']);
        let held = longest(HOLDS_OF, rest);
        if let Some(len) = held {
            // The one named first holds it.
            sink.rename(&format!("{pointer}/giver"), &format!("{pointer}/holder"));
            if let Some(from) = sink.person_in(&format!("{pointer}/giver"), passage, rest.get(len..).unwrap_or_default()) {
                found.push(Proxy {
                    giver: from,
                    holder: Some(giver),
                    from: None,
                    until: None,
                    given_on: None,
                    text: sink.text(format!("{pointer}/text"), passage, item, Confidence::Certain),
                });
            }
            continue;
        }
        let to = GIVES_TO
            .iter()
            .filter_map(|row| matched(row, rest))
            .max()
            .or_else(|| matched("a ", rest))
            .or_else(|| matched("au ", rest))
            .unwrap_or_default();
        let holder = holder(passage, rest.get(to..).unwrap_or_default(), &pointer, sink);
        found.push(Proxy {
            giver,
            holder,
            from: None,
            until: None,
            given_on: None,
            text: sink.text(format!("{pointer}/text"), passage, item, Confidence::Certain),
        });
    }
    found
}
