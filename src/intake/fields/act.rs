//! One act, or the acts of one sitting: the blocks in their order, each put where its cue and what came before say.

use crate::intake::blocks::{Block, Cue, in_capitals, is_heading, operative};
use crate::intake::draft::{Confidence, QuestionCode, Span};
use crate::intake::grammar::wording::{find, matched, starts};
use crate::intake::grammar::{after, before};
use crate::intake::passage::Passage;
use crate::intake::sink::Sink;
use crate::record::{Beneficiary, BudgetTable, Id, Outcome, Recital, RecitalForm, Recusal};

use super::articles::{self, Articles};
use super::attendance::Lists;
use super::header::Head;
use super::signature::Signatures;
use super::vote::{self, Vote};
use super::{beneficiaries, recitals, recusals, report, tables};

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
    titles: Vec<Passage>,
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
    pub item: Id,
    pub stage: Stage,
    waits_title: bool,
    decided: bool,
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
            item,
            stage: Stage::Head,
            waits_title: false,
            decided: false,
        }
    }

    /// Whether something was decided, or became of the item.
    pub fn is_act(&self) -> bool {
        self.decided || self.votes.iter().any(|vote| vote.is_told() || vote.outcome().is_some()) || !self.articles.articles.is_empty()
    }

    /// The ballot on the whole, made when it is first spoken of.
    fn main_vote(&mut self) -> (usize, &mut Vote) {
        let known = self.votes.iter().position(|vote| vote.on_whole());
        let index = known.unwrap_or(self.votes.len());
        if known.is_none() {
            self.votes.push(Vote::default());
        }
        (index, self.votes.get_mut(index).unwrap_or_else(|| unreachable!()))
    }

    fn vote(&mut self, passage: &Passage, text: &str, sink: &mut Sink<'_>) {
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

    fn outcome(&mut self, passage: &Passage, text: &str, sink: &mut Sink<'_>) -> bool {
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
    /// A block of the head. False: it is none.
    pub fn head_block(&mut self, block: &Block, parts: &mut Parts) -> bool {
        let (passage, text) = (&block.passage, block.text());
        if self.lists.is_open() && matches!(block.cue, Cue::Name | Cue::Prose | Cue::Bullet | Cue::Table) && self.lists.take(block, self.sink) {
            return true;
        }
        match block.cue {
            Cue::Furniture | Cue::Separator | Cue::Minutes | Cue::Agenda | Cue::Certifies => {
                if let Some((printed, day)) = super::header::single_date(text).filter(|_| block.cue == Cue::Minutes) {
                    self.head.set_date(passage, printed, day, Confidence::Certain, self.sink);
                }
                if block.cue == Cue::Minutes {
                    self.head.body_kind(passage, text, Confidence::Certain, self.sink);
                }
            }
            Cue::Authority => self.head.authority(block, self.sink),
            Cue::Body => {
                self.head.body(block, self.sink);
                if let Some(number) = report::number(text) {
                    self.number(passage, text, number, parts);
                }
            }
            Cue::Sitting => self.head.sitting(block, self.sink),
            Cue::Opening => {
                self.head.opening(block, self.sink);
                let after_text = find(&["etaient present~", "sont present~", "presents :"], text).map(|w| before(text, w).len());
                if let Some(tail) = after_text.and_then(|at| text.get(at..)) {
                    let inner = Block::inside(passage.part(tail));
                    self.lists.take(&inner, self.sink);
                    return true;
                }
            }
            Cue::Convening => self.head.convening(block, self.sink),
            Cue::Place => self.head.place(block, self.sink),
            Cue::Starts => self.head.starts(block, self.sink),
            Cue::Ends => self.head.ends(block, self.sink),
            Cue::Chair => self.head.chair(block, self.sink),
            Cue::Secretary => self.head.secretary(block, self.sink),
            Cue::Quorum => self.head.quorum(block, self.sink),
            Cue::Rapporteur => {
                let named = text.split_once(':').map_or(text, |(_, named)| named);
                let pointer = format!("/sitting/agenda/0/rapporteurs/{}", parts.rapporteurs.len());
                parts.rapporteurs.extend(self.sink.person_in(&pointer, passage, named));
            }
            Cue::Number => return self.number_block(block, parts),
            Cue::Report if self.minutes || parts.stage == Stage::Head => {
                if let Some(number) = report::number(text) {
                    self.sink.note("/act/numbers/report".to_owned(), passage, number, Confidence::Certain);
                    parts.report_number = Some((number.to_owned(), text.to_owned()));
                }
            }
            Cue::Title => {
                let title = text.split_once([':', '–']).map(|(_, title)| title.trim()).filter(|title| !title.is_empty());
                match title {
                    Some(title) if parts.title.is_none() => {
                        parts.title = self.sink.text("/act/title".to_owned(), passage, title, Confidence::Certain)
                    }
                    Some(_) => {}
                    None => parts.waits_title = true,
                }
            }
            Cue::Item => self.item(block, parts),
            _ => return self.head_prose(block, parts),
        }
        if !matches!(block.cue, Cue::Furniture | Cue::Separator) {
            self.lists.close();
        }
        true
    }

    fn head_prose(&mut self, block: &Block, parts: &mut Parts) -> bool {
        let (passage, text) = (&block.passage, block.text());
        if self.head.counts(block, self.sink) {
            return true;
        }
        if self.lists.take(block, self.sink) {
            return true;
        }
        if find(super::super::words::layout::IS_SECRETARY, text).is_some() && text.len() <= 200 && self.head.secretaries.is_empty() {
            self.head.secretary(block, self.sink);
            return true;
        }
        if find(&["quorum"], text).is_some() && text.len() <= 300 {
            self.head.quorum(block, self.sink);
            return true;
        }
        if parts.waits_title && block.cue != Cue::Decides {
            parts.waits_title = false;
            parts.title = self.sink.text("/act/title".to_owned(), passage, text, Confidence::Certain);
            return true;
        }
        if starts(&["la seance", "seance"], text) && find(&["ouverte", "ouvre"], text).is_some() {
            self.head.starts(block, self.sink);
            return true;
        }
        let titled = matches!(block.cue, Cue::Prose | Cue::Name | Cue::Bullet | Cue::Agreement | Cue::Paper | Cue::Service | Cue::Annex)
            && text.len() >= 8
            && text.len() <= 400
            && (is_heading(text) || in_capitals(text));
        if titled && let Some((number, title)) = numbered_title(text).filter(|_| parts.number.is_none()) {
            self.number(passage, number, number, parts);
            parts.title = self.sink.text("/act/title".to_owned(), passage, title, Confidence::Likely);
            return true;
        }
        if titled && block.cue != Cue::Bullet && parts.stage == Stage::Head && text.contains(char::is_alphabetic) {
            parts.titles.push(passage.clone());
            return true;
        }
        false
    }

    fn number(&mut self, passage: &Passage, text: &str, number: &str, parts: &mut Parts) {
        match &parts.number {
            None => {
                self.sink.note("/act/numbers/0/value".to_owned(), passage, number, Confidence::Certain);
                self.sink.note("/act/numbers/0/text".to_owned(), passage, text, Confidence::Certain);
                parts.number = Some((number.to_owned(), text.to_owned()));
            }
            Some((known, _)) if known != number => {
                let choices = vec![known.clone(), number.to_owned()];
                for value in self.sink.values.iter_mut().filter(|value| value.pointer == "/act/numbers/0/value") {
                    value.confidence = Confidence::Doubtful;
                }
                self.sink.ask("/act/numbers/0/value".to_owned(), Some(passage.span(number)), QuestionCode::NumberAmbiguous, choices);
            }
            Some(_) => {}
        }
    }

    /// "(N°2025-302)"; "Délibération n° 2024-12 : Titre".
    fn number_block(&mut self, block: &Block, parts: &mut Parts) -> bool {
        let (passage, text) = (&block.passage, block.text());
        let number = report::number(text).or_else(|| {
            let value = text.split_once(':').map(|(_, value)| value.trim())?;
            let end = value.find([' ', ',', ';']).unwrap_or(value.len());
            value.get(..end).filter(|value| value.contains(|c: char| c.is_ascii_digit()))
        });
        let Some(number) = number else { return false };
        let tail = after(text, number).trim_start_matches([' ', ')', ':', '-', '–', '—', '.', '\u{a0}']);
        if starts(&["du conseil*", "de la commission", "du comite", "du bureau"], tail) {
            self.number(passage, text, number, parts);
            self.head.body_kind(passage, tail, Confidence::Certain, self.sink);
            return true;
        }
        let printed = if tail.len() >= 6 {
            text.get(..before(text, tail).len()).unwrap_or(text).trim_end_matches([' ', ':', '-', '–', '—', '.'])
        } else {
            text
        };
        self.number(passage, printed, number, parts);
        if tail.len() >= 6 && parts.title.is_none() && super::header::single_date(tail).is_none() {
            parts.title = self.sink.text("/act/title".to_owned(), passage, tail, Confidence::Likely);
        } else if let Some((printed, day)) = super::header::single_date(tail) {
            self.head.set_date(passage, printed, day, Confidence::Likely, self.sink);
        }
        true
    }

    /// "POINT 2 – Titre", "Question n° 3 : Titre", "4. Titre".
    pub fn item(&mut self, block: &Block, parts: &mut Parts) {
        let (passage, text) = (&block.passage, block.text());
        let (label, title) = item_head(text);
        if let Some(label) = label {
            parts.label = self.sink.text("/sitting/agenda/0/label".to_owned(), passage, label, Confidence::Certain);
        }
        if title.len() >= 4 {
            parts.title = self.sink.text("/act/title".to_owned(), passage, title, Confidence::Likely);
        } else {
            parts.waits_title = true;
        }
    }

    /// A block behind the head.
    pub fn body_block(&mut self, block: &Block, parts: &mut Parts) {
        let (passage, text) = (&block.passage, block.text());
        match block.cue {
            Cue::Visa | Cue::Considering if parts.stage <= Stage::Recitals => {
                parts.stage = Stage::Recitals;
                let form = if block.cue == Cue::Visa { RecitalForm::Visa } else { RecitalForm::Considering };
                let recital = recitals::read(passage, form, parts.recitals.len(), self.sink);
                parts.recitals.push(recital);
            }
            Cue::BodyFormula | Cue::Decides if self.head.chairs.is_empty() && find(&["sous la presidence"], text).is_some() => {
                self.head.chair(block, self.sink);
                self.body_again(block, parts);
            }
            _ => self.body_again(block, parts),
        }
    }

    fn body_again(&mut self, block: &Block, parts: &mut Parts) {
        let (passage, text) = (&block.passage, block.text());
        match block.cue {
            Cue::BodyFormula if parts.body_formula.is_none() && parts.stage <= Stage::Recitals => {
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
            Cue::Ends => self.head.ends(block, self.sink),
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

    fn vote_of(&mut self, block: &Block, parts: &mut Parts) {
        let (passage, text) = (&block.passage, block.text());
        let (index, vote) = parts.main_vote();
        let pointer = format!("/sitting/ballots/{index}");
        vote.heading(passage, text, &pointer, self.sink);
        parts.vote(passage, text, self.sink);
        let tells = block.cue == Cue::Outcome || text.len() <= 220 && parts.stage >= Stage::Decision;
        if let Some((printed, _)) = vote::outcome_in(text).filter(|_| tells) {
            let told = if block.cue == Cue::Outcome { text } else { printed };
            parts.outcome(passage, told, self.sink);
        }
        if parts.stage < Stage::Decision {
            parts.stage = Stage::Decision;
        }
    }

    /// "Après en avoir délibéré, à l'unanimité, DÉCIDE :"; "Le conseil décide d'approuver le budget."
    fn decision(&mut self, block: &Block, parts: &mut Parts) {
        let (passage, text) = (&block.passage, block.text());
        parts.stage = Stage::Decision;
        let verb = verb_of(text);
        let formula_end = verb.map_or(text.len(), |verb| before(text, verb).len() + verb.len());
        let formula = text.get(..formula_end).unwrap_or(text);
        let rest = text.get(formula_end..).unwrap_or_default();
        let behind = rest.trim_start_matches([' ', ':', ',', '\u{a0}']);
        if verb.is_none() {
            parts.deliberated =
                parts.deliberated.take().or_else(|| self.sink.text("/act/formulas/deliberation".to_owned(), passage, text, Confidence::Certain));
            self.formula_vote(passage, text, parts);
            return;
        }
        parts.decided = true;
        let verb = verb.unwrap_or_default();
        let decide_only = matched("decide", verb).is_some() || matched("delibere", verb).is_some();
        self.formula_vote(passage, formula, parts);
        let short_rest = !behind.contains(char::is_alphanumeric);
        // "DECIDE à l'unanimité :" – the vote stands behind the verb.
        let vote_behind = starts(&["a l'unanimite", "a la majorite", "par", "avec"], behind) && decide_only;
        if short_rest || vote_behind && (behind.ends_with(':') || behind.len() < 160 && find(&["de", "d'"], behind).is_none()) {
            if vote_behind {
                self.formula_vote(passage, rest, parts);
            }
            parts.decision =
                parts.decision.take().or_else(|| self.sink.text("/act/formulas/decision".to_owned(), passage, text, Confidence::Certain));
        } else if let Some(what) = behind_the_vote(behind).filter(|_| vote_behind) {
            self.formula_vote(passage, before(behind, what), parts);
            self.begin_article(passage, what, parts);
        } else if decide_only && rest.trim_start().starts_with(':') {
            let colon = text.get(..formula_end + rest.find(':').map_or(0, |at| at + 1)).unwrap_or(formula);
            parts.decision =
                parts.decision.take().or_else(|| self.sink.text("/act/formulas/decision".to_owned(), passage, colon, Confidence::Certain));
            self.begin_article(passage, behind, parts);
        } else {
            self.formula_vote(passage, behind.split('.').next().unwrap_or_default(), parts);
            let article = if decide_only { behind } else { text.get(before(text, verb).len()..).unwrap_or(text) };
            let outcome = vote::outcome_in(article).filter(|(_, outcome)| !decide_only && *outcome != Outcome::Adopted);
            if let Some((printed, _)) = outcome {
                parts.outcome(passage, printed, self.sink);
            }
            self.begin_article(passage, article, parts);
        }
    }

    fn formula_vote(&mut self, passage: &Passage, text: &str, parts: &mut Parts) {
        let head: String = text.chars().take(400).collect();
        let text = text.get(..head.len()).unwrap_or(text);
        let mut told = super::tallies::Told::default();
        let mut scratch = Sink::new("");
        super::tallies::read(passage, text, "", &mut told, &mut scratch);
        if told.is_vote() || told.mode.is_some() || told.voters.is_some() {
            parts.vote(passage, text, self.sink);
        }
    }

    fn begin_article(&mut self, passage: &Passage, text: &str, parts: &mut Parts) {
        let (label, text) = articles::mark(text);
        parts.articles.begin(passage, label, text, self.sink);
    }

    fn table(&mut self, block: &Block, parts: &mut Parts) {
        let article = Some(parts.articles.articles.len()).filter(|count| *count > 0);
        let header = block.rows.first().map(Vec::as_slice).unwrap_or_default();
        if beneficiaries::is_table(header) {
            let found = beneficiaries::in_table(&block.rows, article, parts.beneficiaries.len(), self.sink);
            parts.beneficiaries.extend(found);
        } else if tables::is_budget(&tables::columns(header)) {
            let pointer = format!("/act/budget_tables/{}", parts.tables.len());
            parts.tables.push(tables::budget(&block.rows, &pointer, article, self.sink));
        } else if block.text().len() <= 2000 && self.is_vote(block.text()) {
            self.vote_of(block, parts);
        } else if parts.stage == Stage::Decision {
            self.sink.ask("/act/budget_tables".to_owned(), Some(block.passage.whole()), QuestionCode::TableUnread, Vec::new());
        }
    }

    fn prose(&mut self, block: &Block, parts: &mut Parts) {
        let (passage, text) = (&block.passage, block.text());
        if recusals::is_one(text) && parts.recusals.len() < 200 && parts.stage <= Stage::Tail {
            let item = parts.item;
            let found = recusals::read(passage, parts.recusals.len(), &[item], &mut self.mint, self.sink);
            if !found.is_empty() {
                parts.recusals.extend(found);
                return;
            }
        }
        if parts.stage >= Stage::Recitals && find(super::super::words::votes::IS_DONE, text).is_some() && text.len() <= 160 && !operative(text) {
            parts.outcome(passage, text, self.sink);
            parts.stage = parts.stage.max(Stage::Decision);
            return;
        }
        if vote::tells_outcome(text) {
            parts.vote(passage, text, self.sink);
            parts.outcome(passage, text, self.sink);
            return;
        }
        if vote::amendment(text).is_some() && text.len() <= 400 && vote::outcome_in(text).is_some() {
            parts.vote(passage, text, self.sink);
            return;
        }
        match parts.stage {
            Stage::Head | Stage::Recitals => {
                if operative(text) && !parts.recitals.is_empty() || operative(text) && in_capitals(text.split(' ').next().unwrap_or_default()) {
                    parts.stage = Stage::Decision;
                    parts.decided = true;
                    self.operative(block, parts);
                } else if self.is_vote(text) {
                    self.vote_of(block, parts);
                } else if parts.stage == Stage::Recitals
                    && block.cue == Cue::Bullet
                    && parts.recitals.last().is_some_and(|last| last.text.ends_with(':'))
                {
                    self.child(passage, parts);
                } else if !self.minutes || parts.stage == Stage::Recitals || parts.title.is_some() {
                    let recital = recitals::read(passage, RecitalForm::Statement, parts.recitals.len(), self.sink);
                    parts.recitals.push(recital);
                    self.formula_vote(passage, text.get(..text.char_indices().nth(200).map_or(text.len(), |(at, _)| at)).unwrap_or_default(), parts);
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

    /// "VU :" and dashes: each dash is a visa under it.
    fn child(&mut self, passage: &Passage, parts: &mut Parts) {
        let parent = parts.recitals.len().saturating_sub(1);
        let Some(last) = parts.recitals.last_mut() else { return };
        let mut scratch = Sink::new("");
        let child = recitals::read(passage, last.form, last.children.len(), &mut scratch);
        self.sink.note(format!("/act/recitals/{parent}/children/{}/text", last.children.len()), passage, passage.text(), Confidence::Certain);
        last.children.push(child);
    }

    fn is_vote(&self, text: &str) -> bool {
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

    fn operative(&mut self, block: &Block, parts: &mut Parts) {
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
        let noted = vote::outcome_in(text.get(..text.char_indices().nth(60).map_or(text.len(), |(at, _)| at)).unwrap_or_default());
        if let Some((printed, _)) = noted.filter(|(_, outcome)| operative(text) && matches!(outcome, Outcome::Noted | Outcome::OpinionGiven)) {
            parts.outcome(passage, printed, self.sink);
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

/// "2021-06-04 : TRAVAUX": a number that stands before its title.
fn numbered_title(text: &str) -> Option<(&str, &str)> {
    let end = text.find([' ', ':', '\u{a0}'])?;
    let number = text.get(..end)?;
    let marked = number.contains(['-', '/', '_', '.'])
        && number.chars().filter(char::is_ascii_digit).count() >= 3
        && number.starts_with(|c: char| c.is_ascii_digit());
    let title = text.get(end..)?.trim_start_matches([' ', '\u{a0}']).strip_prefix([':', '–', '-'])?.trim();
    (marked && title.len() >= 4).then_some((number, title))
}

/// What is decided, behind the vote that the verb is followed by: "à l'unanimité de créer…", "par 4 voix pour, d'accorder…".
fn behind_the_vote(text: &str) -> Option<&str> {
    let mut depth = 0i32;
    text.char_indices().find_map(|(at, c)| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        let rest = text.get(at..)?;
        let starts_word = text.get(..at)?.ends_with([' ', ',', '\u{a0}']);
        (depth == 0 && starts_word && starts(&["de ", "d'"], rest)).then_some(rest)
    })
}

/// The verb of the decision, behind "après en avoir délibéré".
fn verb_of(text: &str) -> Option<&str> {
    const VERBS: &[&str] = &[
        "decide",
        "delibere",
        "adopte",
        "approuve",
        "prend acte",
        "autorise",
        "emet",
        "donne",
        "valide",
        "rejette",
        "accepte",
        "fixe",
        "attribue",
        "elit",
        "designe",
        "vote le",
        "vote la",
        "vote les",
        "vote un",
        "resout",
        "fixe",
        "sollicite",
        "charge",
        "cree",
    ];
    let deliberated = find(
        &["apres en avoir delibere", "apres deliberation", "apres avoir delibere", "ayant delibere", "apres en avoir debattu", "apres avoir entendu"],
        text,
    );
    find(VERBS, deliberated.map_or(text, |phrase| after(text, phrase)))
}

/// The label of an item and its title: "POINT 2 – Titre", "4. Titre", "Question n° 3 : Titre".
pub fn item_head(text: &str) -> (Option<&str>, &str) {
    let bare = text.trim_start_matches(['-', ' ', '•']);
    let word = ["point", "question", "dossier", "affaire", "rapport"].iter().find_map(|word| matched(word, bare));
    if let Some(len) = word {
        let rest = bare.get(len..).unwrap_or_default();
        let number = rest.trim_start_matches([' ', 'n', 'N', '°', 'o', '\u{a0}']);
        let end = number.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '/' | '.' | '_'))).unwrap_or(number.len());
        let label_end = bare.len() - number.len() + number.get(..end).unwrap_or_default().trim_end_matches(['.', '-']).len();
        let title = bare.get(label_end..).unwrap_or_default().trim_start_matches([' ', ':', '-', '–', '—', '.', ')', '\u{a0}']);
        return (bare.get(..label_end).map(str::trim), title);
    }
    let (label, title) = articles::mark(bare);
    if label.is_some() {
        return (label, title);
    }
    let roman = bare.bytes().take_while(|b| matches!(b, b'I' | b'V' | b'X')).count();
    let behind = bare.get(roman..).unwrap_or_default();
    if roman > 0 && behind.trim_start().starts_with(['.', '-', '–', ')', '/']) {
        let title = behind.trim_start_matches([' ', '.', '-', '–', ')', '/', '\u{a0}']);
        return (bare.get(..bare.len() - title.len()).map(str::trim), title);
    }
    (None, bare)
}
