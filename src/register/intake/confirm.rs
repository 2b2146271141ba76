//! A draft that the clerk confirms: who is new, the sitting, the act and its source, in one transaction.

use std::collections::HashSet;

use serde_json::Value;
use serde_json::value::RawValue;

use super::join::joined;
use super::local::Minted;
use super::{Confirmation, ConfirmationAnswer, NewPerson, PersonMade, SittingOfConfirmed};
use crate::record::{Affiliation, DeliberationRecord, FileRole, Id, Mandate, MandateRole, Origin, Person, SittingRecord, Visibility, VotingRight};
use crate::register::desk::Desk;
use crate::register::entry::Entry;
use crate::register::files::{FileOf, NewFile, Received, attach};
use crate::register::{Actor, Fault, FileRefusal, Once, Refusal, Register, Rule, Written, check_sitting, deliberation, directory, sitting};
use crate::store::Session;

/// What the version of a sitting says that was completed by an act.
const REASON: &str = "reprise d'un acte imprimé";

impl Register {
    /// Makes a transcribed act of a confirmed draft, with its sitting, its source attached, and the people who are new. Local identifiers are
    /// replaced by new ones, each by the same wherever it stands. Findings hold nothing up.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with pointers into the confirmation; [`Refusal::OriginDiffers`] where the sitting was recorded live;
    /// [`FileRefusal::DigestDiffers`] where the document is not the one that was read; [`Refusal::MayNotWaive`].
    pub fn confirm(&self, actor: &Actor, once: Option<&Once>, confirmation: &Confirmation, source: Received) -> Result<Written, Refusal> {
        if confirmation.source.sha256 != source.blob.sha256 {
            return Err(FileRefusal::DigestDiffers.into());
        }
        if confirmation.act.origin != Origin::Transcribed || confirmation.sitting.record.origin != Origin::Transcribed {
            return Err(Refusal::OriginDiffers);
        }
        self.change(actor, once, |session| {
            let minted = Minted::default();
            let mut record: SittingRecord = minted.settle(&confirmation.sitting.record)?;
            let mut act: DeliberationRecord = minted.settle(&confirmation.act)?;
            let mut touched = Vec::new();
            let people = make(session, actor, &minted, &confirmation.new_people, &record, &act)?;
            act.sitting = match confirmation.sitting.id {
                None => {
                    let id = Id::mint();
                    record.source.get_or_insert_default().document.get_or_insert_with(|| confirmation.source.name.clone());
                    sitting::file(session, actor, id, &mut record).map_err(under("/sitting/record"))?;
                    id
                }
                Some(id) => {
                    touched.extend(complete(session, actor, id, record)?);
                    id
                }
            };
            act.source.get_or_insert_default().document.get_or_insert_with(|| confirmation.source.name.clone());
            let id = Id::mint();
            let filed = deliberation::file(session, actor, &mut Desk::default(), id, &mut act).map_err(under("/act"))?;
            let new = NewFile { of: FileOf::Deliberation(id), role: FileRole::Source, name: confirmation.source.name.clone() };
            let attached = attach(session, actor, Id::mint(), new, source)?;
            touched.extend([id, act.sitting]);
            let created = confirmation.sitting.id.is_none();
            let sitting = SittingOfConfirmed { id: act.sitting, href: format!("/v1/sittings/{}", act.sitting), created };
            let (deliberation, source) = (RawValue::from_string(filed.body)?, RawValue::from_string(attached.body)?);
            let body = serde_json::to_string(&ConfirmationAnswer { deliberation, sitting, people, source })?;
            Ok(Written { created: true, href: filed.href, digest: filed.digest, body, touched, reached: None })
        })
    }
}

/// Makes the people who are new, each with a mandate in the body of the sitting if the sitting names the person: without group or days, which no
/// act prints.
fn make(
    session: &mut Session<'_>,
    actor: &Actor,
    minted: &Minted,
    new: &[NewPerson],
    sitting: &SittingRecord,
    act: &DeliberationRecord,
) -> Result<Vec<PersonMade>, Refusal> {
    let named = named(&serde_json::to_value(sitting)?);
    let signing = self::named(&serde_json::to_value(act)?);
    let mut made: Vec<PersonMade> = Vec::new();
    for (place, person) in new.iter().enumerate() {
        let at = format!("/new_people/{place}");
        let refused = |field: &str, rule| Err(Refusal::Invalid(vec![Fault { pointer: format!("{at}/{field}"), rule }]));
        if made.iter().any(|one| one.local == person.id) {
            return refused("id", Rule::Twice);
        }
        let id = minted.of(person.id);
        let sits = named.contains(&id.to_string());
        if id == person.id || !sits && !signing.contains(&id.to_string()) {
            return refused("id", Rule::NewPersonNotNamed);
        }
        let entry = Person {
            civility: person.civility.clone(),
            given_name: person.given_name.clone(),
            family_name: person.family_name.clone(),
            aliases: Vec::new(),
            visibility: Visibility::Internal,
        };
        let filed = directory::file_entry(session, actor, id, &Entry::Person(entry)).map_err(under(&at))?;
        if sits {
            let mandate = Entry::Mandate(mandate(id, sitting));
            directory::file_entry(session, actor, Id::mint(), &mandate).map_err(about_body)?;
        }
        made.push(PersonMade { local: person.id, person: id, href: filed.href });
    }
    Ok(made)
}

fn mandate(person: Id, sitting: &SittingRecord) -> Mandate {
    let list = sitting.attendance.iter().find(|list| list.entries.iter().any(|entry| entry.person == Some(person)));
    Mandate {
        person,
        body: sitting.body,
        role: MandateRole::Unstated,
        voting_right: list.map_or(VotingRight::Unstated, |list| list.voting_right),
        affiliation: Affiliation::Unstated,
        group: None,
        substitute_of: None,
        valid_from: None,
        valid_to: None,
        visibility: Visibility::Internal,
    }
}

/// A mandate can only be wrong by the body of the sitting.
fn about_body(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Invalid(faults) => {
            let fault = |fault: Fault| Fault { pointer: "/sitting/record/body".to_owned(), rule: fault.rule };
            Refusal::Invalid(faults.into_iter().map(fault).collect())
        }
        other => other,
    }
}

/// Every person that a record names.
fn named(record: &Value) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut left = vec![record];
    while let Some(value) = left.pop() {
        match value {
            Value::Array(items) => left.extend(items),
            Value::Object(fields) => {
                found.extend(fields.get("person").and_then(Value::as_str).map(str::to_owned));
                left.extend(fields.values());
            }
            _ => {}
        }
    }
    found
}

/// Completes a sitting that stands by what is said of it along with one more of its acts; gives what is read anew.
fn complete(session: &mut Session<'_>, actor: &Actor, id: Id, told: SittingRecord) -> Result<Vec<Id>, Refusal> {
    let refused = |pointer: &str, rule| Refusal::Invalid(vec![Fault { pointer: pointer.to_owned(), rule }]);
    let standing = sitting::load(session, actor.authority.as_str(), id).map_err(|refusal| match refusal {
        Refusal::NotFound => refused("/sitting/id", Rule::UnknownSitting),
        other => other,
    })?;
    if standing.record.origin != Origin::Transcribed {
        return Err(Refusal::OriginDiffers);
    }
    if told.body != standing.record.body {
        return Err(refused("/sitting/record/body", Rule::OtherBody));
    }
    if told.date != standing.record.date {
        return Err(refused("/sitting/record/date", Rule::SittingOfAnotherDay));
    }
    // By itself first: what is wrong in it is named where it stands in the request.
    let mut told = told;
    check_sitting::complete(&mut told);
    check_sitting::check(session, &actor.authority, &told).map_err(under("/sitting/record"))?;
    let record = joined(&standing.record, told);
    let written = sitting::put_instead(session, actor, id, &standing, Some(REASON), record).map_err(under("/sitting/record"))?;
    Ok(written.touched)
}

/// The same refusal, its pointers under a part of the confirmation.
fn under(part: &str) -> impl Fn(Refusal) -> Refusal {
    let part = part.to_owned();
    move |refusal| match refusal {
        Refusal::Invalid(mut faults) => {
            faults.iter_mut().for_each(|fault| fault.pointer.insert_str(0, &part));
            Refusal::Invalid(faults)
        }
        other => other,
    }
}
