//! Where values and questions are written down while a text is read.

use super::Span;
use super::draft::{Confidence, Question, QuestionCode, Value};
use super::grammar::person::{Order, Person, civility, person};
use super::passage::Passage;
use crate::record::PersonRef;

pub struct Sink<'s> {
    source: &'s str,
    pub values: Vec<Value>,
    pub questions: Vec<Question>,
}

impl<'s> Sink<'s> {
    pub fn new(source: &'s str) -> Self {
        Self { source, values: Vec::new(), questions: Vec::new() }
    }

    /// The notes of the sitting, shared by its acts, and those of one act: its ballots, its recusals, its item, itself.
    pub fn split(self) -> (Self, Self) {
        const OF_THE_ACT: &[&str] = &["/act", "/sitting/ballots", "/sitting/recusals", "/sitting/agenda"];
        let of_act = |pointer: &str| OF_THE_ACT.iter().any(|start| pointer.starts_with(start));
        let (act_values, values) = self.values.into_iter().partition(|value| of_act(&value.pointer));
        let (act_questions, questions) = self.questions.into_iter().partition(|question| of_act(&question.pointer));
        (Self { source: self.source, values, questions }, Self { source: self.source, values: act_values, questions: act_questions })
    }

    /// These notes and those of one act.
    pub fn with(&self, act: Self) -> Self {
        let mut both = Self { source: self.source, values: self.values.clone(), questions: self.questions.clone() };
        both.absorb(act);
        both
    }

    pub fn absorb(&mut self, more: Self) {
        self.values.extend(more.values);
        self.questions.extend(more.questions);
    }

    pub fn renamed(mut self, from: &str, to: &str) -> Self {
        self.move_all(from, to);
        self
    }

    /// A value that `part`, a slice of the passage, prints.
    pub fn note(&mut self, pointer: String, passage: &Passage, part: &str, confidence: Confidence) {
        self.note_span(pointer, passage.span(part), confidence);
    }

    /// A value that goes from the start of one span to the end of another.
    pub fn note_stretch(&mut self, pointer: String, first: Span, last: Span, confidence: Confidence) {
        self.note_span(pointer, Span { start: first.start.min(last.start), end: last.end.max(first.end) }, confidence);
    }

    /// Where a span stands on its line: characters from its start, from and to. Null where a tab stands before it.
    pub fn columns(&self, span: Span) -> Option<(usize, usize)> {
        let line = self.source.get(..span.start)?.rfind('\n').map_or(0, |end| end + 1);
        let (before, printed) = (self.source.get(line..span.start)?, self.source.get(span.start..span.end)?);
        let from = before.chars().count();
        (!before.contains('\t')).then(|| (from, from + printed.chars().count()))
    }

    fn note_span(&mut self, pointer: String, span: Span, confidence: Confidence) {
        let printed = self.source.get(span.start..span.end).unwrap_or_default().to_owned();
        self.values.push(Value { pointer, span, printed, confidence });
    }

    /// The same as `note`, and the text itself as a value.
    pub fn text(&mut self, pointer: String, passage: &Passage, part: &str, confidence: Confidence) -> Option<String> {
        self.note(pointer, passage, part, confidence);
        Some(part.to_owned())
    }

    /// What was noted under one pointer tells another value too.
    pub fn copy(&mut self, from: &str, to: &str, confidence: Confidence) {
        if let Some(span) = self.values.iter().find(|value| value.pointer == from).map(|value| value.span) {
            self.note_stretch(to.to_owned(), span, span, confidence);
        }
    }

    pub fn ask(&mut self, pointer: String, span: Option<Span>, code: QuestionCode, choices: Vec<String>) {
        self.questions.push(Question { pointer, span, code, choices });
    }

    /// A person as read: the printed name is sure, which word is which only as far as the print tells it.
    pub fn person(&mut self, pointer: &str, passage: &Passage, read: &Person<'_>, factored: Option<&str>) -> PersonRef {
        let order = if read.order == Order::Guessed { Confidence::Likely } else { Confidence::Certain };
        let each = read.civility.and_then(civility).and_then(|(_, each)| each);
        // "MM." before one name is the civility of each of several.
        let printed = if each.is_some() { read.name } else { read.printed };
        let mut person =
            PersonRef { printed: self.text(format!("{pointer}/printed"), passage, printed, Confidence::Certain), ..PersonRef::default() };
        if let Some(printed) = read.civility {
            match each {
                Some("") => {}
                Some(one) => {
                    self.note(format!("{pointer}/civility"), passage, printed, Confidence::Likely);
                    person.civility = Some(one.to_owned());
                }
                None => person.civility = self.text(format!("{pointer}/civility"), passage, printed, Confidence::Certain),
            }
        } else if let Some(one) = factored {
            person.civility = Some(one.to_owned());
        }
        person.given_name = read.given.and_then(|given| self.text(format!("{pointer}/given_name"), passage, given, order));
        person.family_name = read.family.and_then(|family| self.text(format!("{pointer}/family_name"), passage, family, order));
        if read.order == Order::Unknown {
            let choices = read.name.split(' ').map(str::to_owned).collect();
            self.ask(format!("{pointer}/family_name"), Some(passage.span(read.name)), QuestionCode::NameOrder, choices);
        }
        person
    }

    /// The person at the start of a slice of a passage, if there is one.
    pub fn person_in(&mut self, pointer: &str, passage: &Passage, text: &str) -> Option<PersonRef> {
        let (read, _) = person(text)?;
        Some(self.person(pointer, passage, &read, None))
    }

    /// What was just noted under one pointer is under another.
    pub fn rename(&mut self, from: &str, to: &str) {
        let values = self.values.iter_mut().rev().take(32).map(|value| &mut value.pointer);
        let pointers = values.chain(self.questions.iter_mut().rev().take(8).map(|question| &mut question.pointer));
        for pointer in pointers {
            let rest = pointer.strip_prefix(from).filter(|rest| rest.is_empty() || rest.starts_with('/')).map(str::to_owned);
            if let Some(rest) = rest {
                *pointer = format!("{to}{rest}");
            }
        }
    }

    /// Everything under one pointer is under another.
    pub fn move_all(&mut self, from: &str, to: &str) {
        let pointers = self.values.iter_mut().map(|value| &mut value.pointer).chain(self.questions.iter_mut().map(|question| &mut question.pointer));
        for pointer in pointers {
            let rest = pointer.strip_prefix(from).filter(|rest| rest.is_empty() || rest.starts_with('/')).map(str::to_owned);
            if let Some(rest) = rest {
                *pointer = format!("{to}{rest}");
            }
        }
    }

    /// Forgets what was just noted under a pointer.
    pub fn drop_recent(&mut self, pointer: &str) {
        let last = self.values.iter().rev().take(16).position(|value| value.pointer == pointer);
        if let Some(back) = last {
            self.values.remove(self.values.len() - 1 - back);
        }
    }

    /// Forgets what was noted under a pointer, for a value that is not kept.
    pub fn forget(&mut self, pointer: &str) {
        let under = |p: &str| p.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.values.retain(|value| !under(&value.pointer));
        self.questions.retain(|question| !under(&question.pointer));
    }
}
