//! What a stretch of text says of a vote: counts in any order, who is behind them, unanimity.

use crate::intake::draft::{Confidence, QuestionCode};
use crate::intake::grammar::number::{count, number};
use crate::intake::grammar::person::{Order, civility, family_alone, person};
use crate::intake::grammar::wording::{alone, begins, find, longest, matched, starts, whole};
use crate::intake::grammar::{after, before, beginning, between, word_starts};
use crate::intake::passage::Passage;
use crate::intake::sink::Sink;
use crate::intake::words::attendance::NOBODY;
use crate::intake::words::votes::{BASES, BLANK_OR_VOID, CAST, MAJORITY, MODES, OPTIONS, UNANIMITY, UNITS, VERBS, VOTERS};
use crate::record::{BallotMode, BallotOption, Count, PersonRef, Tally, TallyEntry, Unanimity, VoterKind};

/// What was read of one vote.
#[derive(Debug, Default)]
pub struct Told {
    pub options: Vec<Tally>,
    pub unanimity: Option<Unanimity>,
    pub majority: bool,
    pub voters: Option<Count>,
    pub cast: Option<Count>,
    pub mode: Option<BallotMode>,
}

impl Told {
    pub fn is_vote(&self) -> bool {
        !self.options.is_empty() || self.unanimity.is_some() || self.majority
    }
}

/// A tally at the start of a text: its parts, slices.
struct Read<'a> {
    option: BallotOption,
    label: &'a str,
    count: Option<(Count, &'a str)>,
    none: Option<&'a str>,
    entries: &'a str,
    rest: &'a str,
}

/// Up to the value: "Pour : 12", "Pour ........ 12"; a single point behind a word ends a sentence.
fn trim(text: &str) -> &str {
    const BETWEEN: [char; 6] = [' ', ':', '=', '\u{a0}', '\t', '\u{202f}'];
    let bare = text.trim_start_matches(BETWEEN);
    let behind = bare.trim_start_matches(['.', '…', '_', '·']);
    if bare.len() - behind.len() > 1 || bare.len() < text.len() { behind.trim_start_matches(BETWEEN) } else { bare }
}

/// "Pour : 43 voix (…)".
fn label_first(start: &str) -> Option<Read<'_>> {
    let (len, option) = begins(OPTIONS, start)?;
    let label = start.get(..len)?;
    let behind = start.get(len..)?;
    let value = trim(behind).trim_start_matches(['-', '–']).trim_start();
    let marked = behind.trim_start().starts_with([':', '=']);
    let mut rest = value;
    if let Some(none) = value.split([' ', ',', ';', '.', ')']).next().filter(|word| alone(&["neant"], word)) {
        return Some(Read { option, label, count: None, none: Some(none), entries: "", rest: after(value, none) });
    }
    if let Ok(read) = count(&mut rest) {
        let mut printed = between(value, value.get(..0)?, value.get(..value.len() - rest.len())?);
        if let Some(len) = longest(UNITS, rest.trim_start()) {
            rest = rest.trim_start().get(len..)?;
            printed = value.get(..value.len() - rest.len())?;
        }
        let next = rest.trim_start();
        let stands = next.is_empty()
            || next.starts_with([',', ';', '.', '(', ')', '-', '–', ':', '/', '|'])
            || begins(OPTIONS, next).is_some()
            || matched("et ", next).is_some()
            || starts(UNITS, next)
            || marked && printed.len() < value.len();
        if !stands {
            return None;
        }
        let (entries, rest) = behind_count(rest);
        return Some(Read { option, label, count: Some((read, printed)), none: None, entries, rest });
    }
    // Names without a count.
    if !marked || behind.len() < 2 {
        return None;
    }
    let end = sentence_end(value);
    let entries = value.get(..end)?;
    let named = person(super::attendance::strip_group_civility(entries)).is_some() || starts(&["groupe~", "le groupe", "les elus"], entries);
    named.then_some(Read { option, label, count: None, none: None, entries, rest: value.get(end..)? })
}

/// "43 voix pour (…)", "trois abstentions : M. A, …".
fn count_first(start: &str) -> Option<Read<'_>> {
    let mut rest = start;
    let read = count(&mut rest).ok()?;
    let mut printed = start.get(..start.len() - rest.len())?;
    let mut behind = rest.trim_start();
    if let Some(len) = longest(UNITS, behind) {
        printed = between(start, printed, behind.get(..len)?);
        behind = behind.get(len..)?.trim_start();
    }
    let behind = behind.trim_start_matches(['«', ' ', '"', '\u{a0}']);
    let (len, option) = begins(OPTIONS, behind)?;
    let label = behind.get(..len)?;
    let left = behind.get(len..)?;
    // "2013 pour l'année": the word is no option, unless a unit stands before it.
    let of_people = starts(&["membre~", "elu~", "conseiller~"], rest.trim_start());
    let bare = (of_people || rest.trim_start().len() == behind.len()) && whole(&["pour", "contre"], label);
    let next = left.trim_start();
    if bare && next.starts_with(char::is_alphabetic) && !starts(&["et", "contre", "dont", "abstention~"], next) {
        return None;
    }
    // "1 pour 3": the next count belongs to the next option.
    let (entries, rest) = behind_count(left.trim_start_matches(['»', '"']));
    Some(Read { option, label, count: Some((read, printed)), none: None, entries, rest })
}

/// "par 12 voix contre 3": the votes for have no word of their own.
fn bare_for(start: &str) -> Option<Read<'_>> {
    let len = matched("par ", start)?;
    let value = start.get(len..)?;
    let mut rest = value;
    let read = count(&mut rest).ok()?;
    let unit = longest(UNITS, rest.trim_start())?;
    let left = rest.trim_start().get(unit..)?;
    let printed = value.get(..value.len() - left.len())?;
    let against = left.trim_start();
    let mut votes = against.get(matched("contre", against)?..)?.trim_start();
    count(&mut votes).ok()?;
    Some(Read { option: BallotOption::For, label: "", count: Some((read, printed)), none: None, entries: "", rest: left })
}

/// Who stands behind a count: in brackets, or behind a colon up to the end of the sentence.
fn behind_count(text: &str) -> (&str, &str) {
    let next = text.trim_start();
    if let Some(inside) = next.strip_prefix('(') {
        let mut depth = 1;
        let end = inside.char_indices().find(|(_, c)| {
            depth += i32::from(*c == '(') - i32::from(*c == ')');
            depth == 0
        });
        let end = end.map_or(inside.len(), |(at, _)| at);
        let (entries, rest) = inside.split_at_checked(end).unwrap_or((inside, ""));
        return (entries, rest.get(1..).unwrap_or_default());
    }
    let list = next.strip_prefix([':', '–', '-']).or_else(|| matched("dont ", next).and_then(|len| next.get(len..))).map(str::trim_start);
    if let Some(list) = list {
        let end = sentence_end(list);
        let entries = list.get(..end).unwrap_or_default();
        if person(super::attendance::strip_group_civility(entries)).is_some() || starts(&["groupe~", "le groupe"], entries) {
            return (entries, list.get(end..).unwrap_or_default());
        }
    }
    ("", text)
}

/// Where a list of names ends: at a full stop that ends no initial or civility, or where another count begins.
fn sentence_end(text: &str) -> usize {
    // No list of voters is longer.
    let text = beginning(text, 2000);
    let stop = text.char_indices().find(|(at, c)| {
        let behind = text.get(..*at).unwrap_or_default();
        let word = behind.rsplit([' ', ',']).next().unwrap_or_default();
        match c {
            '.' => !(matches!(word, "M" | "MM" | "Mme" | "Mr" | "Mmes" | "Mlle" | "Dr" | "Me") || word.chars().count() == 1),
            _ => false,
        }
    });
    let end = stop.map_or(text.len(), |(at, _)| at);
    let head = text.get(..end).unwrap_or(text);
    let next = word_starts(head).find(|start| begins_a_tally(start));
    next.map_or(end, |next| before(head, next).trim_end().len())
}

/// Whether another count begins here; looks no further than its first words, so that lists of labels cost no stack.
fn begins_a_tally(start: &str) -> bool {
    if let Some((len, _)) = begins(OPTIONS, start) {
        let rest = start.get(len..).unwrap_or_default().trim_start();
        return rest.starts_with(':') || rest.starts_with(|c: char| c.is_ascii_digit());
    }
    let mut rest = start;
    let counted = count(&mut rest).is_ok();
    let behind = rest.trim_start();
    let unit = longest(UNITS, behind).unwrap_or_default();
    counted && begins(OPTIONS, behind.get(unit..).unwrap_or_default().trim_start()).is_some()
}

/// Reads everything that a text says of a vote, as ballot `pointer`.
pub fn read(passage: &Passage, text: &str, pointer: &str, told: &mut Told, sink: &mut Sink<'_>) {
    let mut skip = 0;
    for start in word_starts(text) {
        let from = text.len() - start.len();
        // "8,28 pour": the figures behind a comma are no count.
        let decimal = || {
            text.get(..from)
                .is_some_and(|head| head.ends_with([',', '.']) && head.trim_end_matches([',', '.']).ends_with(|c: char| c.is_ascii_digit()))
        };
        if from < skip || start.starts_with(|c: char| c.is_ascii_digit()) && decimal() {
            continue;
        }
        if let Some(len) = longest(BLANK_OR_VOID, start) {
            // One count of two options is that of neither.
            let mut rest = trim(start.get(len..).unwrap_or_default());
            let counted = count(&mut rest).is_ok();
            skip = if counted { text.len() - rest.len() } else { from + len };
        } else if let Some(len) = longest(UNANIMITY, start) {
            let rest = start.get(len..).unwrap_or_default();
            let basis = longest(BASES, rest.trim_start()).and_then(|len| rest.trim_start().get(..len));
            let printed = basis.map_or(start.get(..len).unwrap_or_default(), |basis| between(start, start.get(..0).unwrap_or_default(), basis));
            if told.unanimity.is_none() {
                let basis = basis.and_then(|basis| sink.text(format!("{pointer}/unanimity/basis"), passage, basis, Confidence::Certain));
                told.unanimity =
                    Some(Unanimity { text: sink.text(format!("{pointer}/unanimity/text"), passage, printed, Confidence::Certain), basis });
            }
            skip = from + printed.len();
        } else if let Some(len) = longest(MAJORITY, start) {
            told.majority = true;
            skip = from + len;
        } else if let Some(read) = labelled_count(VOTERS, start) {
            if told.voters.is_none() {
                sink.note(format!("{pointer}/voters"), passage, read.1, Confidence::Certain);
                told.voters = Some(read.0);
            }
            skip = from + read.1.len();
        } else if let Some(read) = labelled_count(CAST, start) {
            if told.cast.is_none() {
                sink.note(format!("{pointer}/votes_cast"), passage, read.1, Confidence::Certain);
                told.cast = Some(read.0);
            }
            skip = from + read.1.len();
        } else if let Some(read) = label_first(start).or_else(|| count_first(start)).or_else(|| bare_for(start)) {
            skip = text.len() - read.rest.len();
            add(passage, &read, pointer, told, sink);
        } else if let Some((entries, label, option, end)) = voters_first(start) {
            skip = from + end;
            add(passage, &Read { option, label, count: None, none: None, entries, rest: "" }, pointer, told, sink);
        } else if let Some((len, mode)) = begins(MODES, start) {
            if told.mode.is_none() {
                sink.note(format!("{pointer}/mode"), passage, start.get(..len).unwrap_or_default(), Confidence::Certain);
                told.mode = Some(mode);
            }
            skip = from + len;
        }
    }
}

/// "Votants : 14", or "14 votants".
fn labelled_count<'a>(table: &[&str], start: &'a str) -> Option<(Count, &'a str)> {
    if let Some(len) = longest(table, start) {
        let value = trim(start.get(len..)?);
        let mut rest = value;
        let read = count(&mut rest).ok()?;
        return start.get(..start.len() - rest.len()).map(|printed| (read, printed));
    }
    let mut rest = start;
    let read = count(&mut rest).ok()?;
    let len = longest(table, rest.trim_start())?;
    let left = rest.trim_start().get(len..)?;
    start.get(..start.len() - left.len()).map(|printed| (read, printed))
}

/// "M. A et Mme B s'abstiennent": the names, the verb, the option, and where it ends.
fn voters_first(start: &str) -> Option<(&str, &str, BallotOption, usize)> {
    if starts(&["le groupe", "groupe", "les groupes"], start) {
        let near = beginning(start, 240);
        let (verb, option) = word_starts(near).find_map(|at| begins(VERBS, at).map(|(len, option)| (at.get(..len).unwrap_or_default(), option)))?;
        let end = before(start, verb).len();
        let names = start.get(..end)?.trim_end_matches([' ', ',']);
        // "le groupe scolaire", "le groupe X, qui avait voté contre": no voters.
        let no_group = find(&["scolaire", "de travail", "qui", "que", "a", "avait", "est", "sont", "etait"], names).is_some() || names.contains(". ");
        return (!no_group).then_some((names, verb, option, end + verb.len()));
    }
    let (first, rest) = person(start)?;
    let near = beginning(rest, 240);
    let (verb, option) = word_starts(near).find_map(|at| begins(VERBS, at).map(|(len, option)| (at.get(..len).unwrap_or_default(), option)))?;
    let names = between(start, first.printed, start.get(..before(start, verb).len())?).trim_end();
    let people = super::people::items(names);
    let named = |item: &&str| person(item).is_some_and(|(_, rest)| !rest.contains(char::is_alphanumeric) || rest.trim_start().starts_with('('));
    people.iter().all(named).then(|| (names, verb, option, before(start, verb).len() + verb.len()))
}

fn add(passage: &Passage, read: &Read<'_>, pointer: &str, told: &mut Told, sink: &mut Sink<'_>) {
    let known = told.options.iter().position(|tally| tally.option == read.option);
    if let Some(index) = known {
        let here = format!("{pointer}/options/{index}");
        let Some(tally) = told.options.get_mut(index) else { return };
        match (tally.count, read.count) {
            (Some(a), Some((b, _))) if a != b => {
                let choices = vec![a.get().to_string(), b.get().to_string()];
                sink.forget(&format!("{here}/count"));
                sink.ask(format!("{here}/count"), Some(passage.whole()), QuestionCode::VoteContradictory, choices);
                tally.count = None;
            }
            (None, Some((count, printed))) if tally.count_text.is_none() => {
                sink.note(format!("{here}/count"), passage, printed, Confidence::Certain);
                tally.count = Some(count);
                tally.count_text = Some(printed.to_owned());
            }
            _ => {}
        }
        if tally.entries.is_empty() {
            tally.entries = entries(passage, read.entries, &here, sink);
        }
        return;
    }
    let here = format!("{pointer}/options/{}", told.options.len());
    let printed = if read.label.is_empty() { read.count.map_or("", |(_, printed)| printed) } else { read.label };
    sink.note(format!("{here}/option"), passage, printed, Confidence::Certain);
    let label = (!read.label.is_empty()).then(|| sink.text(format!("{here}/label"), passage, read.label, Confidence::Certain)).flatten();
    let mut tally = Tally { option: read.option, label, count: None, count_text: None, entries: Vec::new() };
    if let Some((count, printed)) = read.count {
        sink.note(format!("{here}/count"), passage, printed, Confidence::Certain);
        tally.count = Some(count);
        tally.count_text = sink.text(format!("{here}/count_text"), passage, printed, Confidence::Certain);
    } else if let Some(none) = read.none {
        tally.count_text = sink.text(format!("{here}/count_text"), passage, none, Confidence::Certain);
    }
    tally.entries = entries(passage, read.entries, &here, sink);
    told.options.push(tally);
}

/// The groups and persons behind a count. Names of groups hold commas: a semicolon, or the word "groupe", divides them.
fn entries(passage: &Passage, text: &str, pointer: &str, sink: &mut Sink<'_>) -> Vec<TallyEntry> {
    let text = text.trim_matches([' ', '.', ',', ';', ':', '\u{a0}']);
    let mut found = Vec::new();
    if text.is_empty() || alone(NOBODY, text) {
        return found;
    }
    for (item, several) in divide(text) {
        let item = item.trim_matches([' ', ',', ';', '\u{a0}', '.']);
        let item = matched("et ", item).and_then(|len| item.get(len..)).unwrap_or(item);
        if item.is_empty() {
            continue;
        }
        let here = format!("{pointer}/entries/{}", found.len());
        found.push(entry(passage, item, several, &here, sink));
    }
    found
}

/// The items of a list of voters, and whether each is one of several people under one civility.
fn divide(text: &str) -> Vec<(&str, bool)> {
    if text.contains(';') {
        // "Mmes A, B ; MM. C, D": under a civility of several the comma divides people.
        return text.split(';').flat_map(|part| if of_several(part) { people_or_whole(part.trim()) } else { vec![(part, false)] }).collect();
    }
    let groups: Vec<usize> = word_starts(text)
        .filter(|start| matched("groupe", start).is_some() || matched("non-inscrit~", start).is_some() || matched("non inscrit~", start).is_some())
        .map(|start| text.len() - start.len())
        .collect();
    if groups.first() == Some(&0) || starts(&["le groupe", "les groupes", "les elus"], text) {
        let mut cuts = groups;
        if cuts.first() != Some(&0) {
            cuts.insert(0, 0);
            cuts.remove(1.min(cuts.len() - 1));
        }
        cuts.push(text.len());
        // "le groupe A et le groupe B": what stands between two names belongs to neither.
        let bare = |part: &'_ str| {
            [" et le", " et les", " et", " le", " les"].iter().filter_map(|word| part.trim_end().strip_suffix(word)).map(str::len).min()
        };
        let groups = cuts.iter().zip(cuts.iter().skip(1)).filter_map(|(from, to)| text.get(*from..*to));
        return groups.map(|part| (bare(part).and_then(|len| part.get(..len)).unwrap_or(part), false)).collect();
    }
    people_or_whole(text)
}

/// The people of a list, where it is one.
fn people_or_whole(text: &str) -> Vec<(&str, bool)> {
    let (items, several) = (super::people::items(text), of_several(text));
    let named = |item: &str| person(super::attendance::strip_group_civility(item)).is_some() || several && family_alone(item).is_some();
    if items.iter().all(|item| named(item)) { items.into_iter().map(|item| (item, several)).collect() } else { vec![(text, false)] }
}

/// Whether a text begins with the civility of several.
fn of_several(text: &str) -> bool {
    civility(text.trim_start()).is_some_and(|(_, each)| each.is_some())
}

/// One of those behind a count: a group, the members of none, a person.
pub fn entry(passage: &Passage, item: &str, several: bool, pointer: &str, sink: &mut Sink<'_>) -> TallyEntry {
    let mut made = TallyEntry { kind: VoterKind::Group, group: None, person: None, printed: None, count: None, exceptions: Vec::new() };
    if starts(&["non-inscrit~", "non inscrit~", "les non-inscrits", "elu~ non inscrit~", "ni"], item) {
        made.kind = VoterKind::NonAffiliated;
        made.printed = sink.text(format!("{pointer}/printed"), passage, item, Confidence::Certain);
        return made;
    }
    let item = super::attendance::strip_group_civility(item);
    let item = matched("le groupe", item).and_then(|_| item.get(3..)).unwrap_or(item);
    let group = starts(&["groupe~", "le groupe", "les elus du groupe", "elus du groupe"], item);
    let alone = family_alone(item).filter(|(_, rest)| several && !rest.contains(char::is_alphanumeric));
    // A word that only the civility before it makes a name may be another thing.
    let confidence = if person(item).is_none() { Confidence::Likely } else { Confidence::Certain };
    if let Some((read, _)) = person(item).or(alone).filter(|(read, rest)| {
        !group
            && (read.civility.is_some() || read.order == Order::Printed || read.order == Order::Guessed)
            && (!rest.contains(char::is_alphanumeric) || rest.trim_start().starts_with('('))
    }) {
        made.kind = VoterKind::Person;
        made.printed = sink.text(format!("{pointer}/printed"), passage, read.printed, confidence);
        return made;
    }
    // "Groupe X sauf M. A", "Groupe X : 12", "Groupe X (12)".
    let except = find(&["sauf", "a l'exception de", "excepte", "hormis", "moins"], item);
    let named = except.map_or(item, |except| before(item, except));
    let mut name = named.trim_end_matches([' ', ',', ':', '(', '\u{a0}']);
    let digits = name.trim_end_matches(')').rsplit([' ', '(', ':']).next().unwrap_or_default();
    let mut figures = digits;
    if !digits.is_empty()
        && digits.len() < name.len()
        && digits.chars().all(|c| c.is_ascii_digit())
        && let Some(count) = number(&mut figures).ok().and_then(|n| Count::try_from(n).ok())
    {
        sink.note(format!("{pointer}/count"), passage, digits, Confidence::Certain);
        made.count = Some(count);
        name = before(name, digits).trim_end_matches([' ', '(', ':', '\u{a0}', '-', '–']);
    }
    let confidence = if group { Confidence::Certain } else { Confidence::Likely };
    made.printed = sink.text(format!("{pointer}/printed"), passage, name, confidence);
    if let Some(except) = except {
        for (index, item) in super::people::items(after(item, except)).into_iter().enumerate().take(20) {
            let here = format!("{pointer}/exceptions/{index}");
            let person: Option<PersonRef> = sink.person_in(&here, passage, item.trim_end_matches(')'));
            made.exceptions.extend(person);
        }
    }
    made
}
