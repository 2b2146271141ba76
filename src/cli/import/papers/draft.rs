//! What is looked at in the answer to a reading, wherever it comes from, and what an act leaves to ask.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::intake::{Confidence, QuestionCode, WhyNone};
use crate::register::{AuthorityFit, DifferenceClass, DifferenceKind};

/// A document that was read.
#[derive(Deserialize)]
pub(in crate::cli::import) struct Read {
    pub(super) sha256: String,
    pub(super) none: Option<WhyNone>,
    pub(super) taken_in: Vec<ActThere>,
    pub(super) drafts: Vec<Draft>,
}

/// An act that the register has.
#[derive(Deserialize)]
pub(super) struct ActThere {
    pub(super) href: String,
    pub(super) number: Option<String>,
}

/// An act that was read.
#[derive(Deserialize)]
pub(super) struct Draft {
    sitting: Value,
    act: Value,
    values: Vec<Valued>,
    pub(super) questions: Vec<Question>,
    pub(super) matches: Matches,
    pub(super) findings: Vec<Found>,
    differences: Vec<Differing>,
}

/// What of the print the record says otherwise.
#[derive(Deserialize)]
struct Differing {
    kind: DifferenceKind,
    class: DifferenceClass,
    printed: String,
}

#[derive(Deserialize)]
struct Valued {
    pointer: String,
    confidence: Confidence,
}

/// What the text leaves open.
#[derive(Deserialize)]
pub(super) struct Question {
    pub(super) pointer: String,
    pub(super) code: QuestionCode,
    pub(super) choices: Vec<String>,
}

/// What the register knows of it.
#[derive(Deserialize)]
pub(super) struct Matches {
    authority: Authority,
    body: Chosen,
    sitting: Chosen,
    pub(super) existing_acts: Vec<ActThere>,
    pub(super) people: Vec<Person>,
}

#[derive(Deserialize)]
struct Authority {
    fit: AuthorityFit,
    read: Option<String>,
}

#[derive(Deserialize)]
struct Chosen {
    candidates: Vec<Value>,
    chosen: Option<String>,
}

/// Someone whom the act names.
#[derive(Deserialize)]
pub(super) struct Person {
    pub(super) printed: String,
    pointers: Vec<String>,
    pub(super) member: bool,
    pub(super) candidates: Vec<Value>,
    pub(super) chosen: Option<String>,
    proposed: Value,
}

#[derive(Deserialize)]
pub(super) struct Found {
    pub(super) code: String,
}

/// An act that was made.
#[derive(Deserialize)]
pub(in crate::cli::import) struct Made {
    pub(super) deliberation: Link,
    sitting: Link,
    people: Vec<MadePerson>,
}

#[derive(Deserialize)]
pub(super) struct Link {
    id: String,
    pub(super) href: String,
}

#[derive(Deserialize)]
struct MadePerson {
    local: String,
    person: String,
}

/// What the acts of a document have made: its first act makes the sitting and the people that the next ones name.
#[derive(Default)]
pub(super) struct Known {
    /// By body and day.
    sittings: HashMap<String, String>,
    people: HashMap<String, String>,
    /// By number.
    acts: HashMap<String, String>,
}

impl Known {
    /// `sitting`: its record; `number`: that of the act.
    pub(super) fn learn(&mut self, sitting: &Value, number: Option<String>, made: &Made) {
        self.acts.extend(number.map(|number| (number, made.deliberation.href.clone())));
        self.sittings.insert(body_and_day(sitting), made.sitting.id.clone());
        self.people.extend(made.people.iter().map(|one| (one.local.clone(), one.person.clone())));
    }
}

fn body_and_day(sitting: &Value) -> String {
    let text = |name: &str| sitting.get(name).and_then(Value::as_str).unwrap_or_default();
    format!("{} {}", text("body"), text("date"))
}

/// What an act leaves to ask.
pub(super) enum Asked {
    /// Nothing: what is confirmed, but for its source.
    Nothing(Value),
    /// Reasons, in words.
    These(Vec<String>),
}

impl Draft {
    fn text(&self, pointer: &str) -> Option<&str> {
        self.act.pointer(pointer).and_then(Value::as_str)
    }

    pub(super) fn number(&self) -> Option<String> {
        let numbers = self.act.get("numbers").and_then(Value::as_array).into_iter().flatten();
        let number = numbers.into_iter().find(|number| number.get("kind").is_some_and(|kind| kind == "act"))?;
        number.get("value").and_then(Value::as_str).map(str::to_owned)
    }

    pub(super) fn title(&self) -> &str {
        self.text("/title").unwrap_or_default()
    }

    pub(super) fn outcome(&self) -> &str {
        self.text("/outcome").unwrap_or_default()
    }

    pub(super) fn day(&self) -> &str {
        self.sitting.get("date").and_then(Value::as_str).unwrap_or_default()
    }

    /// How many of its values are read with this confidence.
    pub(super) fn read_as(&self, confidence: Confidence) -> usize {
        self.values.iter().filter(|value| value.confidence == confidence).count()
    }

    /// The passages of the print that the record does not hold.
    pub(super) fn unread(&self) -> Vec<&str> {
        let unread = |one: &&Differing| one.kind == DifferenceKind::Missing && one.class == DifferenceClass::Text;
        self.differences.iter().filter(unread).map(|one| one.printed.as_str()).collect()
    }

    /// What it leaves to ask; `create_people`: whether people of whom the directory knows none may be made.
    pub(super) fn asked(&self, known: &Known, create_people: bool) -> Asked {
        let mut reasons = Vec::new();
        if !self.questions.is_empty() {
            reasons.push(format!("{} questions", self.questions.len()));
        }
        let doubtful: Vec<&str> =
            self.values.iter().filter(|value| value.confidence == Confidence::Doubtful).map(|value| value.pointer.as_str()).collect();
        if !doubtful.is_empty() {
            reasons.push(format!("doubtful: {}", doubtful.join(", ")));
        }
        let unread = self.unread().len();
        if unread > 0 {
            reasons.push(format!("{unread} passages not read"));
        }
        if self.matches.authority.fit == AuthorityFit::Other {
            reasons.push(format!("another authority: {}", self.matches.authority.read.as_deref().unwrap_or("?")));
        }
        if self.matches.body.chosen.is_none() {
            reasons.push("its body is not known".to_owned());
        }
        let before = self.number().and_then(|number| known.acts.get(&number));
        if let Some(double) = self.matches.existing_acts.first().map(|act| &act.href).or(before) {
            reasons.push(format!("its number is taken: {double}"));
        }
        let sitting = known.sittings.get(&body_and_day(&self.sitting)).or(self.matches.sitting.chosen.as_ref());
        if sitting.is_none() && !self.matches.sitting.candidates.is_empty() {
            reasons.push("which sitting of that day it is".to_owned());
        }
        let (mut new_people, mut asked) = (Vec::new(), 0usize);
        let mut records = json!({"sitting": self.sitting, "act": self.act});
        for person in self.matches.people.iter().filter(|person| person.member && person.chosen.is_none()) {
            let id = person.proposed.get("id").and_then(Value::as_str).unwrap_or_default();
            let made = known.people.get(id);
            if made.is_none() && (!create_people || !person.candidates.is_empty()) {
                asked += 1;
                continue;
            }
            if made.is_none() {
                new_people.push(person.proposed.clone());
            }
            for pointer in &person.pointers {
                if let Some(place) = records.pointer_mut(&format!("{pointer}/person")) {
                    *place = json!(made.map_or(id, String::as_str));
                }
            }
        }
        if asked > 0 {
            reasons.push(format!("{asked} people not matched"));
        }
        if !reasons.is_empty() {
            return Asked::These(reasons);
        }
        Asked::Nothing(json!({
            "sitting": {"id": sitting, "record": records.get("sitting")},
            "act": records.get("act"),
            "new_people": new_people,
        }))
    }
}
