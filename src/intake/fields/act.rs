//! One act, or the acts of one sitting: the blocks in their order, each put where its cue and what came before say.

use crate::intake::Span;
use crate::intake::blocks::{Block, Cue, in_capitals, operative};
use crate::intake::draft::{Confidence, QuestionCode};
use crate::intake::grammar::wording::{alone, find, starts};
use crate::intake::grammar::{after, beginning, sentences, word_starts};
use crate::intake::passage::Passage;
use crate::intake::sink::Sink;
use crate::intake::words::attendance::IN_OFFICE;
use crate::intake::words::layout::OPERATIVE;
use crate::intake::words::votes::{IS_DONE, LEAVES_THE_AGENDA};
use crate::record::{Beneficiary, BodyKind, BudgetTable, Id, MatterCode, Outcome, Recital, RecitalForm, Recusal};

use super::articles::{self, Articles};
use super::attendance::Lists;
use super::header::Head;
use super::signature::Signatures;
use super::vote::{self, Vote};
use super::{aligned, attendance, beneficiaries, matter, recitals, recusals, tables, vote_table};

/// More recitals than any act has.
const MOST_RECITALS: usize = 2000;

/// Bytes. A text that is shorter says nothing of a sitting or a vote.
pub(super) const LEAST: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Head,
    Recitals,
    Decision,
    Tail,
}

/// What was read of one act, its sitting apart.
#[derive(Debug)]
pub struct Parts {
    pub span: Span,
    pub number: Option<(String, String)>,
    pub report_number: Option<(String, String)>,
    pub label: Option<String>,
    pub title: Option<String>,
    pub(super) titles: Vec<Passage>,
    pub rapporteurs: Vec<crate::record::PersonRef>,
    pub recitals: Vec<Recital>,
    pub body_formula: Option<String>,
    pub deliberated: Option<String>,
    pub decision: Option<String>,
    pub closing: Option<String>,
    pub articles: Articles,
    pub votes: Vec<Vote>,
    pub tables: Vec<BudgetTable>,
    pub beneficiaries: Vec<Beneficiary>,
    pub recusals: Vec<Recusal>,
    pub signatures: Signatures,
    pub appeal: Option<String>,
    pub matters: Vec<MatterCode>,
    pub item: Id,
    pub stage: Stage,
    pub(super) waits_title: bool,
    pub(super) decided: bool,
    /// Its further recitals are no longer read, and were asked for.
    unread: bool,
    /// The passages of the children of the last recital: they may be adopted.
    pub(super) proposals: Vec<Passage>,
}

impl Parts {
    pub fn new(span: Span, item: Id) -> Self {
        Self {
            span,
            number: None,
            report_number: None,
            label: None,
            title: None,
            titles: Vec::new(),
            rapporteurs: Vec::new(),
            recitals: Vec::new(),
            body_formula: None,
            deliberated: None,
            decision: None,
            closing: None,
            articles: Articles::default(),
            votes: Vec::new(),
            tables: Vec::new(),
            beneficiaries: Vec::new(),
            recusals: Vec::new(),
            signatures: Signatures::at("/act/signatures"),
            appeal: None,
            matters: Vec::new(),
            item,
            stage: Stage::Head,
            waits_title: false,
            decided: false,
            unread: false,
            proposals: Vec::new(),
        }
    }

    /// Whether something was decided, or became of the item.
    pub fn is_act(&self) -> bool {
        self.decided || self.votes.iter().any(|vote| vote.is_told() || vote.outcome().is_some()) || !self.articles.articles.is_empty()
    }

    /// The ballot on the whole, made when it is first spoken of.
    pub(super) fn main_vote(&mut self) -> (usize, &mut Vote) {
        let known = self.votes.iter().position(|vote| vote.on_whole());
        let vote = known.map(|index| self.votes.remove(index)).unwrap_or_default();
        let index = known.unwrap_or(self.votes.len());
        (index, self.votes.insert_mut(index, vote))
    }

    pub(super) fn vote(&mut self, passage: &Passage, text: &str, sink: &mut Sink<'_>) {
        if let Some(label) = vote::amendment(text).filter(|_| self.votes.len() < 200) {
            let pointer = format!("/sitting/ballots/{}", self.votes.len());
            let mut vote = Vote::default();
            vote.on_amendment(passage, label, &pointer, sink);
            vote.take(passage, text, &pointer, sink);
            vote.set_outcome(passage, text, &pointer, sink);
            self.votes.push(vote);
            return;
        }
        let (index, vote) = self.main_vote();
        vote.take(passage, text, &format!("/sitting/ballots/{index}"), sink);
    }

    pub(super) fn outcome(&mut self, passage: &Passage, text: &str, sink: &mut Sink<'_>) -> bool {
        let (index, vote) = self.main_vote();
        vote.set_outcome(passage, text, &format!("/sitting/ballots/{index}"), sink)
    }

    /// The title, as told or as the one heading of the head that is nothing else.
    pub fn settle_title(&mut self, sink: &mut Sink<'_>) {
        if self.title.is_some() {
            return;
        }
        match self.titles.as_slice() {
            [] => sink.ask("/act/title".to_owned(), None, QuestionCode::TitleUnknown, Vec::new()),
            [one] => self.title = sink.text("/act/title".to_owned(), one, one.text(), Confidence::Likely),
            several => {
                let capitals: Vec<&Passage> = several.iter().filter(|title| in_capitals(title.text())).collect();
                let best = capitals.last().copied().or_else(|| several.last());
                if let Some(best) = best {
                    self.title = sink.text("/act/title".to_owned(), best, best.text(), Confidence::Doubtful);
                }
                let choices = several.iter().map(|title| title.text().to_owned()).take(6).collect();
                sink.ask("/act/title".to_owned(), None, QuestionCode::TitleAmbiguous, choices);
            }
        }
    }
}

/// Whether a paragraph before the decision speaks of what others voted: a committee, a school's council.
fn of_others(text: &str, body: Option<BodyKind>) -> bool {
    let near = beginning(text, 600);
    let committee = |start: &str| starts(&["commission"], start) && !starts(&["commission permanente"], start);
    // A bureau, or the comité of a syndicate, is the body itself.
    let named = |start: &str| match body {
        Some(BodyKind::Committee) => false,
        Some(BodyKind::IntercommunalCouncil) => starts(&["bureau", "comite technique", "comite social"], start),
        _ => starts(&["bureau", "comite"], start),
    };
    word_starts(near).any(|start| committee(start) || named(start)) || find(&["conseil d'ecole", "avis", "groupe a vote"], near).is_some()
}

/// Reads the blocks of one paper of acts; gives the head, the lists, and the acts.
pub struct Reader<'a, 's> {
    pub head: Head,
    pub lists: Lists,
    pub sink: &'a mut Sink<'s>,
    pub mint: &'a mut dyn FnMut() -> Id,
    /// The paper is the minutes of a sitting.
    pub minutes: bool,
}

impl Reader<'_, '_> {
    /// A block behind the head.
    pub fn body_block(&mut self, block: &Block, parts: &mut Parts) {
        let (passage, text) = (&block.passage, block.text());
        match block.cue {
            Cue::Visa | Cue::Considering if parts.stage <= Stage::Recitals => {
                parts.stage = Stage::Recitals;
                let form = if block.cue == Cue::Visa { RecitalForm::Visa } else { RecitalForm::Considering };
                self.recital(passage, form, parts);
            }
            Cue::BodyFormula | Cue::Decides if self.head.chairs.is_empty() && find(&["sous la presidence"], text).is_some() => {
                self.head.chair(block, self.sink);
                self.body_again(block, parts);
            }
            _ => self.body_again(block, parts),
        }
    }

    pub(super) fn body_again(&mut self, block: &Block, parts: &mut Parts) {
        let (passage, text) = (&block.passage, block.text());
        if !self.minutes && self.late_list(block) {
            return;
        }
        match block.cue {
            Cue::Furniture => {}
            Cue::Chair if self.head.chairs.is_empty() => self.head.chair(block, self.sink),
            Cue::Matter => matter::read(block, &mut parts.matters, self.sink),
            Cue::BodyFormula if parts.body_formula.is_none() && parts.stage <= Stage::Recitals => {
                self.head.named_by_body(passage, text, self.sink);
                self.formula_vote(passage, text, parts);
                parts.body_formula =
                    self.sink.text("/act/formulas/body".to_owned(), passage, text.trim_end_matches([',', ' ', ':']), Confidence::Certain);
                parts.stage = Stage::Recitals;
            }
            Cue::Deliberated | Cue::Decides if parts.stage <= Stage::Decision => self.decision(block, parts),
            Cue::Article if parts.stage <= Stage::Decision || !parts.articles.articles.is_empty() && parts.signatures.signatures.is_empty() => {
                parts.stage = Stage::Decision;
                parts.decided = true;
                let label = articles::label(text).unwrap_or_default();
                parts.articles.labelled = true;
                parts.articles.begin(passage, Some(label), after(text, label).trim_start(), self.sink);
            }
            Cue::Closing => {
                parts.stage = Stage::Tail;
                if parts.closing.is_none() {
                    parts.closing = self.sink.text("/act/formulas/closing".to_owned(), passage, text, Confidence::Likely);
                }
                parts.signatures.take(block, self.sink);
                self.vote_of(block, parts);
            }
            Cue::Appeal if parts.stage >= Stage::Decision => {
                parts.appeal = parts.appeal.take().or_else(|| self.sink.text("/act/appeal_notice".to_owned(), passage, text, Confidence::Certain));
            }
            Cue::Ends => {
                self.head.ends(block, self.sink);
                if parts.is_act() {
                    parts.stage = Stage::Tail;
                }
            }
            Cue::Signature | Cue::Delegation | Cue::Mark | Cue::PlaceDate | Cue::Separator if parts.stage >= Stage::Decision => {
                parts.stage = Stage::Tail;
                parts.signatures.take(block, self.sink);
            }
            Cue::Name if parts.stage == Stage::Tail => parts.signatures.take(block, self.sink),
            Cue::Table if parts.stage >= Stage::Recitals => self.table(block, parts),
            Cue::Vote | Cue::Outcome => self.vote_of(block, parts),
            _ => self.prose(block, parts),
        }
    }

    /// Who was there may be told behind the formula of the body, or behind the decision.
    fn late_list(&mut self, block: &Block) -> bool {
        let begins = attendance::heading(block.text()).is_some_and(|heading| {
            let names = after(block.text(), heading.printed).trim_start();
            let told = self.lists.lists.iter().any(|list| Some(list.status) == heading.status && !list.entries.is_empty());
            let of_vote = find(&["lors du vote", "au moment du vote", "de droit"], heading.printed).is_some();
            heading.printed.ends_with(':') && !names.starts_with(|c: char| c.is_ascii_digit()) && !told && !of_vote
        });
        let goes_on = self.lists.is_open() && matches!(block.cue, Cue::Name | Cue::Prose | Cue::Bullet | Cue::Table);
        if (begins || goes_on) && self.lists.take(block, self.sink) {
            return true;
        }
        self.lists.close();
        false
    }

    pub(super) fn vote_of(&mut self, block: &Block, parts: &mut Parts) {
        let (passage, text) = (&block.passage, block.text());
        let (index, vote) = parts.main_vote();
        let pointer = format!("/sitting/ballots/{index}");
        vote.next_round(text, &pointer, self.sink);
        vote.heading(passage, text, &pointer, self.sink);
        parts.vote(passage, text, self.sink);
        let tells = block.cue == Cue::Outcome || text.len() <= 220 && (parts.stage >= Stage::Decision || find(IS_DONE, text).is_some());
        if let Some((printed, _)) = vote::outcome_in(text).filter(|_| tells) {
            let told = if block.cue == Cue::Outcome { text } else { printed };
            parts.outcome(passage, told, self.sink);
        }
        // "Adopté par 12 voix pour. M. X n'a pas pris part au vote."
        for sentence in sentences(text).into_iter().skip(1).filter(|sentence| recusals::is_one(sentence)) {
            self.recusals(&passage.part(sentence), parts);
        }
        if parts.stage < Stage::Decision {
            parts.stage = Stage::Decision;
        }
    }

    /// Whether a passage told of someone who stands aside.
    fn recusals(&mut self, passage: &Passage, parts: &mut Parts) -> bool {
        if parts.recusals.len() >= 200 {
            return false;
        }
        let item = parts.item;
        let found = recusals::read(passage, parts.recusals.len(), &[item], &mut self.mint, self.sink);
        let told = !found.is_empty();
        parts.recusals.extend(found);
        told
    }

    pub(super) fn table(&mut self, block: &Block, parts: &mut Parts) {
        let article = Some(parts.articles.articles.len()).filter(|count| *count > 0);
        let rows = aligned::rows(&block.rows, self.sink);
        let header = rows.first().map(Vec::as_slice).unwrap_or_default();
        if beneficiaries::is_table(header) {
            let found = beneficiaries::in_table(&rows, article, parts.beneficiaries.len(), self.sink);
            parts.beneficiaries.extend(found);
        } else if tables::is_budget(&tables::columns(header)) {
            let pointer = format!("/act/budget_tables/{}", parts.tables.len());
            let above = parts.articles.articles.last().and_then(|last| last.text.lines().last()).unwrap_or_default();
            parts.tables.push(tables::budget(&rows, &pointer, article, tables::side(above), self.sink));
        } else if tables::is_by_code(&block.rows) && parts.stage == Stage::Decision {
            let pointer = format!("/act/budget_tables/{}", parts.tables.len());
            let told = parts.articles.articles.last().map(|last| last.text.as_str()).unwrap_or_default();
            // The headings over it are lines in capitals behind the sentence.
            let above: Vec<&str> = told.lines().skip(1).filter(|line| in_capitals(line)).collect();
            parts.tables.push(tables::by_code(&block.rows, &pointer, article, &above.join("\n"), self.sink));
        } else if vote_table::is_vote(&rows) {
            let (index, vote) = parts.main_vote();
            vote_table::read(&rows, &format!("/sitting/ballots/{index}"), &mut vote.told, self.sink);
        } else if block.text().len() <= 2000 && self.is_vote(block.text()) {
            self.vote_of(block, parts);
        } else if parts.stage == Stage::Decision {
            self.sink.ask("/act/budget_tables".to_owned(), Some(block.passage.whole()), QuestionCode::TableUnread, Vec::new());
        }
    }

    pub(super) fn prose(&mut self, block: &Block, parts: &mut Parts) {
        let (passage, text) = (&block.passage, block.text());
        if text.len() < LEAST && parts.stage <= Stage::Recitals {
            return self.recital(passage, RecitalForm::Statement, parts);
        }
        if recusals::is_one(text) && self.recusals(passage, parts) {
            return;
        }
        // The counts of the sitting may stand behind the decision.
        if parts.stage >= Stage::Decision
            && text.len() <= 200
            && find(IN_OFFICE, text).is_some()
            && self.head.counts(block, self.sink)
            && !self.is_vote(text)
        {
            return;
        }
        // What is not voted may leave before anything of the body was read.
        let done = parts.stage >= Stage::Recitals && find(IS_DONE, text).is_some()
            || !self.minutes && parts.title.is_some() && find(LEAVES_THE_AGENDA, text).is_some();
        let now = parts.stage >= Stage::Decision || vote::of_this_sitting(text);
        if done && now && text.len() <= 160 && !operative(text) {
            parts.vote(passage, text, self.sink);
            parts.outcome(passage, text, self.sink);
            parts.stage = parts.stage.max(Stage::Decision);
            return;
        }
        if now && vote::tells_outcome(text) {
            parts.vote(passage, text, self.sink);
            parts.outcome(passage, text, self.sink);
            if self.minutes {
                parts.stage = parts.stage.max(Stage::Decision);
            }
            return;
        }
        if vote::amendment(text).is_some() && text.len() <= 400 && vote::outcome_in(text).is_some() {
            parts.vote(passage, text, self.sink);
            return;
        }
        let others = of_others(text, self.head.authority.body_kind);
        match parts.stage {
            Stage::Head | Stage::Recitals => {
                if operative(text) && !parts.recitals.is_empty() || operative(text) && in_capitals(text.split(' ').next().unwrap_or_default()) {
                    parts.stage = Stage::Decision;
                    parts.decided = true;
                    self.operative(block, parts);
                } else if !others && self.is_vote(text) {
                    self.vote_of(block, parts);
                } else if parts.stage == Stage::Recitals
                    && block.cue == Cue::Bullet
                    && parts.recitals.last().is_some_and(|last| last.text.ends_with(':'))
                {
                    self.child(passage, parts);
                } else if !self.minutes || parts.stage == Stage::Recitals || parts.title.is_some() {
                    self.recital(passage, RecitalForm::Statement, parts);
                    if !parts.unread && !others {
                        self.formula_vote(passage, beginning(text, 200), parts);
                    }
                }
            }
            Stage::Decision => self.operative(block, parts),
            Stage::Tail => {
                if self.is_vote(text) {
                    self.vote_of(block, parts);
                }
            }
        }
    }

    fn recital(&mut self, passage: &Passage, form: RecitalForm, parts: &mut Parts) {
        if parts.recitals.len() < MOST_RECITALS {
            parts.recitals.push(recitals::read(passage, form, parts.recitals.len(), self.sink));
        } else if !std::mem::replace(&mut parts.unread, true) {
            self.sink.ask("/act/recitals".to_owned(), Some(passage.whole()), QuestionCode::TextUnread, Vec::new());
        }
    }

    /// "VU :" and dashes: each dash is a visa under it.
    pub(super) fn child(&mut self, passage: &Passage, parts: &mut Parts) {
        let parent = parts.recitals.len().saturating_sub(1);
        if parts.recitals.last().is_some_and(|last| last.children.is_empty()) {
            parts.proposals.clear();
        }
        parts.proposals.push(passage.clone());
        let Some(last) = parts.recitals.last_mut() else { return };
        let mut scratch = Sink::new("");
        let child = recitals::read(passage, last.form, last.children.len(), &mut scratch);
        self.sink.note(format!("/act/recitals/{parent}/children/{}/text", last.children.len()), passage, passage.text(), Confidence::Certain);
        last.children.push(child);
    }

    pub(super) fn is_vote(&self, text: &str) -> bool {
        if text.len() > 900 {
            return false;
        }
        let mut told = super::tallies::Told::default();
        let passage = Passage::default();
        super::tallies::read(&passage, text, "", &mut told, &mut Sink::new(""));
        let counted = told.options.iter().filter(|tally| tally.count.is_some() || !tally.entries.is_empty() || tally.count_text.is_some()).count();
        let alone = counted >= 1 && text.len() <= 120;
        counted >= 2 || alone || told.voters.is_some() || told.unanimity.is_some() && text.len() <= 160
    }

    pub(super) fn operative(&mut self, block: &Block, parts: &mut Parts) {
        let (passage, text) = (&block.passage, block.text());
        let (index, vote) = parts.main_vote();
        if vote.election(passage, text, &format!("/sitting/ballots/{index}"), self.sink) {
            parts.decided = true;
            return;
        }
        if self.is_vote(text) && !operative(text) {
            self.vote_of(block, parts);
            return;
        }
        // "ADOPTE PAR 30 VOIX POUR…" behind the articles.
        const ADOPTED: &[&str] = &["adopte~ par", "adopte~ a l'unanimite", "adopte~ a la majorite", "approuve~ par", "approuve~ a l'unanimite"];
        if !parts.articles.articles.is_empty() && starts(ADOPTED, text) && self.is_vote(text) {
            self.vote_of(block, parts);
            parts.outcome(passage, beginning(text, 60), self.sink);
            return;
        }
        // What left the agenda has no articles; in minutes a short heading in capitals is that of the items behind it.
        let left = parts.votes.iter().any(|vote| matches!(vote.outcome(), Some((Outcome::Withdrawn | Outcome::Postponed, _))));
        let theme =
            self.minutes && block.blank_before && text.len() <= 60 && in_capitals(text) && parts.votes.iter().any(|vote| vote.outcome().is_some());
        if (left || theme) && !operative(text) {
            return;
        }
        let noted = vote::outcome_in(beginning(text, 60));
        if let Some((printed, _)) = noted.filter(|(_, outcome)| operative(text) && matches!(outcome, Outcome::Noted | Outcome::OpinionGiven)) {
            parts.outcome(passage, printed, self.sink);
        }
        // "fixe comme suit les tarifs :", and a line for each: no articles of their own.
        let under = block.cue == Cue::Bullet && !operative(text) && !starts(&["de ", "d'"], articles::mark(text).1);
        if under && parts.articles.articles.last().is_some_and(|last| last.text.lines().any(|line| line.ends_with(':'))) {
            parts.articles.go_on(passage, self.sink);
            return;
        }
        // "En section de fonctionnement :" over the decisions.
        if parts.articles.articles.is_empty()
            && parts.decision.is_some()
            && text.len() <= 80
            && starts(&["en section", "en fonctionnement", "en investissement"], text)
        {
            return;
        }
        // "PREND ACTE" alone: the verb of what stands under it.
        if parts.articles.articles.is_empty() && parts.decision.is_none() && alone(OPERATIVE, text) {
            parts.decided = true;
            parts.decision = self.sink.text("/act/formulas/decision".to_owned(), passage, text, Confidence::Certain);
            return;
        }
        if operative(text) || block.cue == Cue::Bullet || articles::mark(text).0.is_some() {
            let under_label = parts.articles.labelled && !operative(text);
            if !under_label {
                parts.decided = true;
                let (label, rest) = articles::mark(text);
                parts.articles.begin(passage, label, rest, self.sink);
                return;
            }
        }
        if parts.articles.articles.is_empty() {
            let (label, rest) = articles::mark(text);
            parts.decided = true;
            parts.articles.begin(passage, label, rest, self.sink);
        } else if parts.articles.labelled || block.cue == Cue::Bullet || !parts.articles.articles.last().is_some_and(|last| last.text.ends_with('.'))
        {
            parts.articles.go_on(passage, self.sink);
        } else {
            let (label, rest) = articles::mark(text);
            parts.articles.begin(passage, label, rest, self.sink);
        }
    }
}
