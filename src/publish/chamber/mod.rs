//! Votes as pictures, and the same in words. Seats where each vote or each group's count is known; else bars of what is known, which say what
//! is not. Nothing is worked out that the record does not state.

mod bars;
mod hemicycle;
mod layout;
mod position;
mod seats;
mod tallies;
#[cfg(test)]
mod tests;
mod totals;
mod who;
mod words;

pub use position::Position;

use super::drawing::Setting;
use super::paper::Table;
use super::reading::Cast;
use crate::record::{Ballot, BallotMode, Id, Outcome, Recusal, SittingRecord, TargetKind};
use who::Who;

/// A ballot, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub ballot: Id,
    /// What was voted on.
    pub title: String,
    /// What became of it, as printed where that is short. None: not stated.
    pub outcome: Option<String>,
    pub figure: Figure,
    /// What is not known, and what else has to be said, in sentences.
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Groups from left to right, in the order in which they are printed.
    Hemicycle(Vec<Bench>),
    /// In printed order. Empty: nothing is known.
    Bars(Vec<Slice>),
}

/// The seats of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bench {
    /// None: the group of these members is not known.
    pub group: Option<String>,
    /// A short name: that of the directory, else initials.
    pub initials: String,
    pub seats: Vec<Seat>,
}

/// One member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    pub position: Position,
    /// None: nobody is named, or the vote is that of the group and not a personal one.
    pub person: Option<String>,
    /// Who cast the vote by proxy, where the member is named.
    pub by_proxy: Option<String>,
}

/// A bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// As printed: "Pour"; the name of a candidate or of a list.
    pub label: String,
    pub of: Of,
    /// None is unknown, never 0.
    pub votes: Option<u32>,
    /// Where the paper has words instead of a number: "la majorité".
    pub text: Option<String>,
    /// Who is named behind the count, in printed order.
    pub behind: Vec<Behind>,
}

/// What a bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Position(Position),
    Candidate { elected: bool, seats: Option<u32> },
}

/// A group or a person behind a count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    pub name: String,
    /// A person, and no group.
    pub person: bool,
    pub votes: Option<u32>,
    /// Members of the group who did otherwise.
    pub except: Vec<String>,
}

/// A ballot as a picture.
pub fn picture(ballot: &Ballot, cast: &Cast, sitting: &SittingRecord) -> Picture {
    let aside = seats::aside(ballot, sitting);
    let secret = ballot.mode == BallotMode::Secret;
    let (figure, notes) = match same_vote(ballot, sitting) {
        Some(other) => {
            let (figure, mut notes) = figure(other, &Who::of(other, cast, sitting), sitting, &aside, secret || other.mode == BallotMode::Secret);
            notes.insert(0, ballot.text.clone().unwrap_or_else(|| "Même vote que pour un autre scrutin de la séance.".to_owned()));
            (figure.without_names(), notes)
        }
        None => figure(ballot, &Who::of(ballot, cast, sitting), sitting, &aside, secret),
    };
    Picture { ballot: ballot.id, title: title(ballot, sitting), outcome: outcome(ballot), figure, notes }
}

/// The picture as SVG, for a page or for a file of its own.
pub fn svg(picture: &Picture, setting: Setting) -> String {
    match &picture.figure {
        Figure::Hemicycle(benches) => hemicycle::draw(picture, benches, setting),
        Figure::Bars(slices) => bars::draw(picture, slices, setting),
    }
}

/// The same in words.
pub fn table(picture: &Picture) -> Table {
    words::table(picture)
}

impl Picture {
    /// With more to say under it: what the register found, in the words of the view.
    pub fn noting(mut self, notes: &[String]) -> Self {
        self.notes.extend_from_slice(notes);
        self
    }
}

impl Figure {
    /// "Same vote": the counts are those of the other ballot. Nobody's own vote on this one is recorded.
    fn without_names(mut self) -> Self {
        match &mut self {
            Self::Hemicycle(benches) => {
                for seat in benches.iter_mut().flat_map(|bench| &mut bench.seats) {
                    (seat.person, seat.by_proxy) = (None, None);
                }
            }
            Self::Bars(slices) => {
                for slice in slices.iter_mut().filter(|slice| matches!(slice.of, Of::Position(_))) {
                    slice.behind.retain(|behind| !behind.person);
                    for behind in slice.behind.iter_mut().filter(|behind| !behind.except.is_empty()) {
                        behind.except = vec![format!("membres nommés : {}", behind.except.len())];
                    }
                }
            }
        }
        self
    }
}

fn figure(ballot: &Ballot, who: &Who<'_>, sitting: &SittingRecord, aside: &[&Recusal], secret: bool) -> (Figure, Vec<String>) {
    if let Some(election) = &ballot.election {
        let (slices, notes) = totals::election(election, who);
        return (Figure::Bars(slices), notes);
    }
    if secret {
        let (slices, notes) = totals::secret(ballot);
        return (Figure::Bars(slices), notes);
    }
    if let Some((benches, mut notes)) = seats::of(ballot, who, sitting, aside) {
        notes.extend(totals::stated(ballot));
        return (Figure::Hemicycle(benches), notes);
    }
    let (slices, mut notes) = totals::of(ballot, who);
    notes.extend(aside.iter().filter_map(|recusal| seats::words_of(recusal, who)));
    (Figure::Bars(slices), notes)
}

/// The ballot that this one repeats, where it says nothing itself.
fn same_vote<'a>(ballot: &Ballot, sitting: &'a SittingRecord) -> Option<&'a Ballot> {
    let silent = |ballot: &Ballot| ballot.options.is_empty() && ballot.roll_call.is_none() && ballot.election.is_none() && ballot.unanimity.is_none();
    let other = ballot.same_vote_as.filter(|_| silent(ballot))?;
    sitting.ballots.iter().find(|candidate| candidate.id == other && !silent(candidate))
}

fn title(ballot: &Ballot, sitting: &SittingRecord) -> String {
    if let Some(election) = &ballot.election {
        return election.office.as_ref().map_or_else(|| "Élection".to_owned(), |office| format!("Élection : {office}"));
    }
    let item = ballot.covers.first().and_then(|first| sitting.agenda.iter().find(|item| item.id == *first));
    let on = item.and_then(|item| item.title.as_deref()).map(one_line);
    let what = match (ballot.target.kind, &ballot.target.label) {
        (TargetKind::Whole, _) if ballot.covers.len() > 1 => return format!("Vote en bloc sur {} points", ballot.covers.len()),
        (TargetKind::Whole, _) => return on.map_or_else(|| "Vote sur l'ensemble".to_owned(), |on| format!("Vote : {on}")),
        (_, Some(label)) => one_line(label),
        (kind, None) => kind.label().fr.to_owned(),
    };
    on.map_or_else(|| format!("Vote : {what}"), |on| format!("Vote : {what} – {on}"))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "(Adopté)" without its brackets; what is long is left to the act, and said in a word.
fn outcome(ballot: &Ballot) -> Option<String> {
    let printed = ballot.outcome_text.as_deref().map(|text| one_line(text.trim().trim_start_matches('(').trim_end_matches(')')));
    let word = (ballot.outcome != Outcome::Unstated).then(|| super::french::capital(ballot.outcome.label().fr));
    printed.filter(|text| !text.is_empty() && text.chars().count() <= 20).or(word)
}
