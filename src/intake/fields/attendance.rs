//! Headings of attendance, made of a small set of words in any order; and the lists under them.

use std::sync::LazyLock;

use crate::intake::blocks::{Block, Cue};
use crate::intake::draft::{Confidence, QuestionCode};
use crate::intake::grammar::number::{in_figures, number};
use crate::intake::grammar::person::{Order, person};
use crate::intake::grammar::wording::{Table, alone, begins, find, longest, matched, starts};
use crate::intake::grammar::{after, beginning, word_starts};
use crate::intake::passage::Passage;
use crate::intake::sink::Sink;
use crate::intake::words::attendance::{BY_EXCEPTION, EXCEPT, GIVES_TO, HEADING_WORDS, NOBODY, PROXY_HEADINGS, RIGHTS, STATUSES};
use crate::intake::words::layout::IS_SECRETARY;
use crate::record::{AttendanceEntry, AttendanceList, AttendanceSource, AttendanceStatus, Count, PersonRef, Proxy, VotingRight};

use super::people::{self, Found};

static WORDS: LazyLock<Table<()>> = LazyLock::new(|| Table::of(&HEADING_WORDS.iter().map(|word| (*word, ())).collect::<Vec<_>>()));

/// More lists than any sitting prints.
const MOST_LISTS: usize = 200;

/// More names than any list prints.
const MOST_NAMES: usize = 500;

/// A heading at the start of a text.
#[derive(Clone, Copy, Debug)]
pub struct Heading<'a> {
    /// With its colon.
    pub printed: &'a str,
    /// Null for a heading of proxies alone.
    pub status: Option<AttendanceStatus>,
    pub right: Option<VotingRight>,
    pub count: Option<u32>,
    pub by_exception: bool,
}

/// What a phrase says by the longest row that is found in it.
fn said<T: Copy>(table: &[(&str, T)], phrase: &str) -> Option<T> {
    let mut best: Option<(usize, T)> = None;
    for start in word_starts(phrase) {
        if let Some((len, meaning)) = begins(table, start)
            && best.is_none_or(|(most, _)| len > most)
        {
            best = Some((len, meaning));
        }
    }
    best.map(|(_, meaning)| meaning)
}

/// The heading that a text begins with.
pub fn heading(text: &str) -> Option<Heading<'_>> {
    let text = text.trim_start_matches(['-', '•', ' ', '.', '–', '*', '·']);
    if let Some(exception) = by_exception(text) {
        return Some(exception);
    }
    let (mut rest, mut count, mut words) = (text, None, 0);
    while words < 24 {
        let next = rest.trim_start_matches([' ', '\u{a0}', ',', '-', '/', '&', '–', '(', ')']);
        let mut figures = next;
        if let Ok(read) = in_figures(&mut figures) {
            count = Some(read);
            rest = figures;
        } else if let Some((len, ())) = WORDS.begins(next) {
            // "Étaient présents MM. A et B": the civility is that of the names.
            if words > 0 && crate::intake::grammar::person::civility(next).is_some() && person(next).is_some() {
                break;
            }
            rest = next.get(len..)?;
        } else {
            break;
        }
        words += 1;
    }
    if words == 0 {
        return None;
    }
    let phrase = text.get(..text.len() - rest.len())?;
    let left = rest.trim_start_matches([' ', '\u{a0}', ')', '.']);
    let colon = left.starts_with(':') || left.starts_with('=');
    let named = person(left).is_some_and(|(read, _)| read.civility.is_some());
    if !(colon || named || !left.contains(char::is_alphanumeric)) {
        return None;
    }
    let end = if colon { text.len() - left.len() + 1 } else { text.len() - rest.len() };
    let printed = text.get(..end)?.trim_end();
    let proxies = alone(PROXY_HEADINGS, phrase.trim_end_matches(|c: char| !c.is_alphabetic()));
    let status = said(STATUSES, phrase).filter(|_| !proxies);
    if status.is_none() && !proxies {
        return None;
    }
    if colon && count.is_none() {
        let mut value = after(text, printed).trim_start();
        count = number(&mut value)
            .ok()
            .filter(|_| !value.trim_start().starts_with(char::is_alphanumeric) || starts(&["membre~", "conseiller~", "elu~"], value.trim_start()));
    }
    // A number alone is a count, with no name of its own.
    Some(Heading { printed, status, right: said(RIGHTS, phrase), count, by_exception: false })
}

pub fn is_heading(text: &str) -> bool {
    heading(text).is_some()
}

fn by_exception(text: &str) -> Option<Heading<'_>> {
    let told = find(BY_EXCEPTION, beginning(text, 120))?;
    let behind = after(text, told);
    let except = find(EXCEPT, behind)?;
    let printed = crate::intake::grammar::between(text, text, except);
    Some(Heading { printed, status: Some(AttendanceStatus::Present), right: None, count: None, by_exception: true })
}

/// The lists of a sitting, as they are read.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    pub lists: Vec<AttendanceList>,
    pub proxies: Vec<Proxy>,
    /// A heading of proxies was printed.
    pub proxies_told: bool,
    /// The list that the next names belong to.
    open: Option<Open>,
    /// How often a heading was told once more, for a list whose count stood before it.
    again: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    List(usize),
    Proxies,
}

impl Lists {
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Reads a block that begins with a heading, or that goes on with the open list. False: it is something else, and the list is closed.
    pub fn take(&mut self, block: &Block, sink: &mut Sink<'_>) -> bool {
        let text = block.text();
        if block.cue == Cue::Table && self.is_open() {
            return self.rows(block, sink);
        }
        if let Some(heading) = heading(text) {
            self.begin(&heading, &block.passage, sink);
            self.stretch(&block.passage, after(text, heading.printed), sink);
            return true;
        }
        if self.is_open() && (matches!(block.cue, Cue::Name) || goes_on(text) || is_proxy(text)) && self.fits(text) {
            self.stretch(&block.passage, text, sink);
            return true;
        }
        self.open = None;
        false
    }

    /// Names, among which other headings may stand: "M. A. Excusés : M. B. Secrétaire de séance : M. A."
    fn stretch(&mut self, passage: &Passage, text: &str, sink: &mut Sink<'_>) {
        for (index, part) in split_at_headings(text).into_iter().enumerate() {
            match self::heading(part).filter(|_| index > 0) {
                Some(next) => {
                    self.begin(&next, passage, sink);
                    self.names(passage, after(part, next.printed), sink);
                }
                None if index > 0 && starts(IS_SECRETARY, part) => self.open = None,
                None => self.names(passage, part, sink),
            }
        }
    }

    /// Whether names are printed as those of the open list are: a title in capitals is no name among names with civilities.
    fn fits(&self, text: &str) -> bool {
        let bare = strip_group_civility(text.trim_start_matches(['-', '•', '–', ' ', '*', '▪', '·']));
        let Some((read, _)) = person(bare).filter(|_| !people::is_grouped(text)) else { return true };
        let titled = match self.open {
            Some(Open::List(index)) => self.lists.get(index).and_then(|list| list.entries.last()).is_some_and(|last| last.civility.is_some()),
            _ => false,
        };
        read.civility.is_some() || read.order != Order::Unknown || !titled && !crate::intake::blocks::in_capitals(text)
    }

    fn begin(&mut self, heading: &Heading<'_>, passage: &Passage, sink: &mut Sink<'_>) {
        let Some(status) = heading.status else {
            self.open = Some(Open::Proxies);
            self.proxies_told = true;
            return;
        };
        // "Présents : 12" told before or after the list is the count of that list.
        let count = heading.count.and_then(|count| Count::try_from(count).ok());
        let known = self.lists.iter().position(|list| {
            list.status == status
                && heading.right.is_none_or(|right| right == list.voting_right)
                && list.entries.is_empty()
                && list.stated_count.is_some()
        });
        let index = known.unwrap_or(self.lists.len());
        self.again += usize::from(known.is_some());
        if index >= MOST_LISTS || self.again > MOST_LISTS {
            self.open = None;
            return;
        }
        let pointer = format!("/sitting/attendance/{index}");
        if known.is_none() {
            self.lists.push(AttendanceList {
                heading: None,
                stated_count: None,
                status,
                voting_right: heading.right.unwrap_or(VotingRight::Unstated),
                source: AttendanceSource::PrintedAct,
                part: None,
                covers: Vec::new(),
                by_exception: heading.by_exception,
                entries: Vec::new(),
            });
        }
        if let Some(list) = self.lists.get_mut(index) {
            if known.is_some() {
                sink.forget(&format!("{pointer}/heading"));
                sink.forget(&format!("{pointer}/status"));
            }
            list.heading = sink.text(format!("{pointer}/heading"), passage, heading.printed, Confidence::Certain);
            sink.note(format!("{pointer}/status"), passage, heading.printed, Confidence::Certain);
            if heading.right.is_some() {
                sink.forget(&format!("{pointer}/voting_right"));
                sink.note(format!("{pointer}/voting_right"), passage, heading.printed, Confidence::Certain);
            }
            if let Some(count) = count {
                sink.forget(&format!("{pointer}/stated_count"));
                sink.note(format!("{pointer}/stated_count"), passage, heading.printed, Confidence::Likely);
                list.stated_count = Some(count);
            }
        }
        self.open = Some(Open::List(index));
    }

    fn names(&mut self, passage: &Passage, text: &str, sink: &mut Sink<'_>) {
        let text = text.trim_matches([' ', ':', '\u{a0}']);
        // "Présents : 8" is the count of the heading.
        if text.is_empty() || text.bytes().all(|b| b.is_ascii_digit()) {
            return;
        }
        if alone(NOBODY, text) {
            self.open = None;
            return;
        }
        match self.open {
            Some(Open::List(index)) => {
                let Some(list) = self.lists.get_mut(index) else { return };
                let represented = matches!(list.status, AttendanceStatus::ExcusedRepresented | AttendanceStatus::AbsentRepresented);
                let pointer = format!("/sitting/attendance/{index}/entries");
                let found = people::list(passage, text, &pointer, list.entries.len(), represented, sink);
                add(list, found, represented, &mut self.proxies, passage, sink);
            }
            Some(Open::Proxies) => {
                let proxies = people::proxies(passage, text, self.proxies.len(), sink);
                self.proxies.extend(proxies);
            }
            None => {}
        }
    }

    /// Names in the cells of a table: a cell that is no name groups the names beside it.
    fn rows(&mut self, block: &Block, sink: &mut Sink<'_>) -> bool {
        let named = |cell: &Passage| person(cell.text()).is_some();
        if !block.rows.iter().flatten().any(named) {
            self.open = None;
            return false;
        }
        for row in &block.rows {
            let mut cells = row.iter().peekable();
            while let Some(cell) = cells.next() {
                let held = cells.next_if(|next| named(cell) && to_holder(next.text()).is_some());
                match held {
                    // "Mme A      à M. B": the holder in a column of its own.
                    Some(held) => {
                        let mut both = cell.clone();
                        both.join(held);
                        self.names(&both, both.text(), sink);
                    }
                    None if named(cell) => self.names(cell, cell.text(), sink),
                    None => {}
                }
            }
        }
        true
    }

    /// What follows is about something else.
    pub fn close(&mut self) {
        self.open = None;
    }

    /// Where some lists are without a vote, the others are those who vote.
    pub fn settle(&mut self) {
        let contrast = self.lists.iter().any(|list| list.voting_right == VotingRight::WithoutVote);
        for list in &mut self.lists {
            if contrast && list.voting_right == VotingRight::Unstated {
                list.voting_right = VotingRight::Voting;
            }
        }
    }
}

fn add(list: &mut AttendanceList, found: Vec<Found>, represented: bool, proxies: &mut Vec<Proxy>, passage: &Passage, sink: &mut Sink<'_>) {
    for found in found {
        if list.entries.len() >= MOST_NAMES {
            return;
        }
        let giver = as_person(&found.entry);
        match found.proxy {
            Some(mut proxy) => {
                if let Some(pointer) = proxy.0.take() {
                    sink.rename(&pointer, &format!("/sitting/proxies/{}", proxies.len()));
                }
                proxies.push(proxy.1);
            }
            None if represented => {
                let pointer = format!("/sitting/proxies/{}", proxies.len());
                sink.note(format!("{pointer}/giver/printed"), passage, &found.printed, Confidence::Likely);
                sink.ask(format!("{pointer}/holder"), None, QuestionCode::ProxyHolderUnknown, Vec::new());
                proxies.push(Proxy { giver, holder: None, from: None, until: None, given_on: None, text: None });
            }
            None => {}
        }
        list.entries.push(found.entry);
    }
}

pub fn as_person(entry: &AttendanceEntry) -> PersonRef {
    crate::record::names::person_of(entry)
}

/// Whether a block goes on with a list of names: it begins with a name, and what stands behind the name belongs to it.
pub fn goes_on(text: &str) -> bool {
    let bare = text.trim_start_matches(['-', '•', '–', ' ', '*', '▪', '·']);
    if alone(NOBODY, bare) {
        return true;
    }
    let labelled = bare.split_once(':').map(|(label, names)| (label.len() <= 60 && !is_heading(bare), names.trim_start()));
    let names = match labelled {
        Some((true, names)) if person(bare).is_none_or(|(_, rest)| rest.trim_start().starts_with(':')) => names,
        _ => bare,
    };
    let names = strip_group_civility(names);
    person(names).is_some_and(|(_, rest)| {
        let rest = rest.trim_start();
        rest.is_empty() || rest.starts_with([',', ';', '(', '.', '-', '–', '/', '•']) || matched("et ", rest).is_some() || people::qualifies(rest)
    })
}

/// Who holds a proxy: "à M. X", "pouvoir à M. X".
fn to_holder(text: &str) -> Option<&str> {
    let wording = longest(GIVES_TO, text).or_else(|| longest(&["a", "au", "par"], text))?;
    text.get(wording..).map(str::trim_start).filter(|holder| person(holder).is_some())
}

/// A line that is one proxy and no more: "Mme A à M. B", "M. C a donné pouvoir à Mme D".
pub fn is_proxy(text: &str) -> bool {
    let bare = text.trim_start_matches(['-', '•', '–', ' ', '*', '▪', '·']);
    person(bare).and_then(|(_, rest)| to_holder(rest.trim_start_matches([' ', ',', '\u{a0}']))).and_then(person).is_some_and(|(_, rest)| {
        let rest = rest.trim_start();
        rest.is_empty() || rest.starts_with([',', ';', '.'])
    })
}

/// "Mmes et MM." before several names.
pub fn strip_group_civility(text: &str) -> &str {
    match crate::intake::grammar::person::civility(text) {
        Some((read, Some(""))) => after(text, read).trim_start(),
        _ => text,
    }
}

/// Cuts a stretch of names where another heading begins behind the end of a sentence: "… M. B. Excusés : M. C".
fn split_at_headings(text: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    for (at, _) in text.match_indices([';', '.']) {
        let rest = text.get(at + 1..).unwrap_or_default();
        let next = rest.trim_start();
        let headed = || heading(next).is_some_and(|heading| heading.printed.ends_with(':')) || starts(IS_SECRETARY, next);
        if next.len() < rest.len() && cuts.len() < 12 && headed() {
            cuts.push(text.len() - next.len());
        }
    }
    cuts.push(text.len());
    cuts.iter().zip(cuts.iter().skip(1)).filter_map(|(from, to)| text.get(*from..*to)).collect()
}
