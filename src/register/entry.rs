//! The kinds of entry of the directory: what each is checked for, and what of it stands in columns.

use chrono::NaiveDate;

use super::canonical::canonical;
use super::check::{Faults, References, storable, value_of};
use super::check_deliberation::is_matter_code;
use super::{Refusal, Rule, numbering};
use crate::record::{
    Affiliation, Body, Group, Id, InterestDeclaration, InternalRule, Mandate, Person, PersonRef, PowersDelegation, SignatureDelegation, Siren,
    Visibility, fold,
};
use crate::rules::{InternalFault, check_internal};
use crate::store::{DirectoryRow, EntryKind, Session, now};

/// An entry of the directory.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "there is one at a time, on its way to the store")]
pub enum Entry {
    Body(Body),
    Group(Group),
    Person(Person),
    Mandate(Mandate),
    InterestDeclaration(InterestDeclaration),
    SignatureDelegation(SignatureDelegation),
    PowersDelegation(PowersDelegation),
}

/// What its internal rules settle is theirs to settle, can be read, and is settled once at a time.
fn internal_rules(body: &Body, faults: &mut Faults) {
    for (i, own) in body.internal_rules.iter().enumerate() {
        let at = |field: &str| format!("/internal_rules/{i}/{field}");
        match check_internal(body.kind, own) {
            Ok(()) => {}
            Err(InternalFault::Unknown) => faults.add(at("rule"), Rule::UnknownRule),
            Err(InternalFault::NotConfigurable) => faults.add(at("rule"), Rule::RuleNotConfigurable),
            Err(InternalFault::Value) => faults.add(at("value"), Rule::RuleValue),
        }
        faults.unless(!own.article.trim().is_empty(), at("article"), Rule::Empty);
        faults.unless(own.valid_from.is_none_or(storable), at("valid_from"), Rule::YearOutOfRange);
        faults.unless(own.valid_to.is_none_or(storable), at("valid_to"), Rule::YearOutOfRange);
        let (from, to) = (own.valid_from.unwrap_or(NaiveDate::MIN), own.valid_to.unwrap_or(NaiveDate::MAX));
        faults.unless(from <= to, at("valid_to"), Rule::EndsBeforeStart);
        let meets = |other: &InternalRule| {
            other.rule == own.rule && other.valid_from.is_none_or(|first| first <= to) && other.valid_to.is_none_or(|last| from <= last)
        };
        faults.unless(!body.internal_rules.iter().take(i).any(meets), at("rule"), Rule::Twice);
    }
}

/// The same for every kind.
macro_rules! each {
    ($entry:expr, $name:ident => $does:expr) => {
        match $entry {
            Self::Body($name) => $does,
            Self::Group($name) => $does,
            Self::Person($name) => $does,
            Self::Mandate($name) => $does,
            Self::InterestDeclaration($name) => $does,
            Self::SignatureDelegation($name) => $does,
            Self::PowersDelegation($name) => $does,
        }
    };
}

impl Entry {
    pub const fn kind(&self) -> EntryKind {
        match self {
            Self::Body(_) => EntryKind::Body,
            Self::Group(_) => EntryKind::Group,
            Self::Person(_) => EntryKind::Person,
            Self::Mandate(_) => EntryKind::Mandate,
            Self::InterestDeclaration(_) => EntryKind::InterestDeclaration,
            Self::SignatureDelegation(_) => EntryKind::SignatureDelegation,
            Self::PowersDelegation(_) => EntryKind::PowersDelegation,
        }
    }

    fn canonical(&self) -> Result<(Vec<u8>, String), Refusal> {
        each!(self, entry => canonical(entry))
    }

    /// From when to when it is in force; a person always is.
    const fn period(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        match self {
            Self::Body(entry) => (entry.valid_from, entry.valid_to),
            Self::Group(entry) => (entry.valid_from, entry.valid_to),
            Self::Person(_) => (None, None),
            Self::Mandate(entry) => (entry.valid_from, entry.valid_to),
            Self::InterestDeclaration(entry) => (entry.valid_from, entry.valid_to),
            Self::SignatureDelegation(entry) => (entry.valid_from, entry.valid_to),
            Self::PowersDelegation(entry) => (entry.valid_from, entry.valid_to),
        }
    }

    pub(super) fn check(&self, session: &mut Session<'_>, authority: &Siren, id: Id) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        let value = each!(self, entry => value_of(entry)?);
        let mut references = References::walk(&value, &mut faults);
        match self {
            Self::Body(body) => {
                faults.unless(!body.name.trim().is_empty(), "/name", Rule::Empty);
                faults.unless(body.parent != Some(id), "/parent", Rule::ParentOfItself);
                internal_rules(body, &mut faults);
                if let Err(rule) = body.numbering.as_deref().map_or(Ok(()), numbering::check) {
                    faults.add("/numbering", rule);
                }
                references.bodies.extend(body.parent.map(|parent| ("/parent".to_owned(), parent.to_string())));
            }
            Self::Group(group) => faults.unless(!group.name.trim().is_empty(), "/name", Rule::Empty),
            Self::Person(person) => faults.unless(!person.family_name.trim().is_empty(), "/family_name", Rule::Empty),
            Self::Mandate(mandate) => {
                references.bodies.push(("/body".to_owned(), mandate.body.to_string()));
                references.groups.extend(mandate.group.map(|group| ("/group".to_owned(), group.to_string())));
                references.mandates.extend(mandate.substitute_of.map(|titular| ("/substitute_of".to_owned(), titular.to_string())));
                faults.unless(mandate.group.is_none() || mandate.affiliation == Affiliation::Group, "/group", Rule::GroupWithoutAffiliation);
            }
            Self::InterestDeclaration(declaration) => check_declaration(declaration, &mut faults),
            Self::SignatureDelegation(delegation) => {
                references.bodies.extend(delegation.body.map(|body| ("/body".to_owned(), body.to_string())));
                faults.unless(is_named(&delegation.delegate), "/delegate", Rule::Empty);
                faults.unless(!delegation.order_number.trim().is_empty(), "/order_number", Rule::Empty);
                days(&[("order_date", delegation.order_date)], &mut faults);
                days(&[("published_on", delegation.published_on), ("transmitted_on", delegation.transmitted_on)], &mut faults);
                // An order is signed before it is sent or shown.
                let signed_by = |day: Option<NaiveDate>| delegation.order_date.zip(day).is_none_or(|(order, day)| order <= day);
                faults.unless(signed_by(delegation.published_on), "/published_on", Rule::EndsBeforeStart);
                faults.unless(signed_by(delegation.transmitted_on), "/transmitted_on", Rule::EndsBeforeStart);
                check_matters(&delegation.matter_codes, &mut faults);
            }
            Self::PowersDelegation(delegation) => {
                references.bodies.push(("/body".to_owned(), delegation.body.to_string()));
                faults.unless(!delegation.deliberation_number.trim().is_empty(), "/deliberation_number", Rule::Empty);
                days(&[("deliberation_date", delegation.deliberation_date)], &mut faults);
                check_matters(&delegation.matter_codes, &mut faults);
                if let Some(act) = delegation.deliberation {
                    let known = session.deliberation(authority.as_str(), &act.to_string())?.is_some_and(|row| !row.deleted);
                    faults.unless(known, "/deliberation", Rule::UnknownDeliberation);
                }
            }
        }
        let (from, to) = self.period();
        days(&[("valid_from", from), ("valid_to", to)], &mut faults);
        faults.unless(from.zip(to).is_none_or(|(from, to)| from <= to), "/valid_to", Rule::EndsBeforeStart);
        references.resolve(session, authority, &mut faults)?;
        faults.settle()
    }

    pub(super) fn row(&self, authority: &Siren, id: Id, version: i32) -> Result<DirectoryRow, Refusal> {
        let (entry, digest) = self.canonical()?;
        let (valid_from, valid_to) = self.period();
        let mut row = DirectoryRow {
            authority: authority.to_string(),
            id: id.to_string(),
            kind: self.kind().word().to_owned(),
            name: String::new(),
            body: None,
            person: None,
            political_group: None,
            valid_from,
            valid_to,
            visibility: String::new(),
            version,
            digest,
            entry,
            modified_at: now(),
        };
        let visibility = match self {
            Self::Body(body) => {
                row.name = fold(&body.name);
                body.visibility
            }
            Self::Group(group) => {
                row.name = fold(&format!("{} {}", group.name, group.short_name.as_deref().unwrap_or_default()));
                group.visibility
            }
            Self::Person(person) => {
                let given = person.given_name.as_deref().unwrap_or_default();
                row.name = fold(&format!("{given} {} {given} {}", person.family_name, person.aliases.join(" ")));
                person.visibility
            }
            Self::Mandate(mandate) => {
                (row.body, row.person) = (Some(mandate.body.to_string()), Some(mandate.person.to_string()));
                row.political_group = mandate.group.map(|g| g.to_string());
                mandate.visibility
            }
            Self::InterestDeclaration(declaration) => {
                row.person = Some(declaration.person.to_string());
                let texts = [&declaration.organisation, &declaration.siret, &declaration.source].into_iter().flatten().chain(&declaration.matters);
                row.name = folded(texts);
                // There is no field to make it anything else.
                Visibility::Internal
            }
            Self::SignatureDelegation(delegation) => {
                row.body = delegation.body.map(|body| body.to_string());
                row.person = delegation.delegate.person.map(|person| person.to_string());
                let delegate = &delegation.delegate;
                let names = [&delegate.printed, &delegate.given_name, &delegate.family_name, &delegation.title, &delegation.scope];
                row.name = folded(names.into_iter().flatten().chain([&delegation.order_number]));
                delegation.visibility
            }
            Self::PowersDelegation(delegation) => {
                row.body = Some(delegation.body.to_string());
                row.name = folded([&delegation.deliberation_number].into_iter().chain(&delegation.title).chain(&delegation.powers));
                delegation.visibility
            }
        };
        row.visibility = visibility.wire().to_owned();
        Ok(row)
    }
}

fn folded<'a>(texts: impl Iterator<Item = &'a String>) -> String {
    fold(&texts.map(String::as_str).collect::<Vec<_>>().join(" "))
}

fn check_declaration(declaration: &InterestDeclaration, faults: &mut Faults) {
    let digits = |text: &String| matches!(text.len(), 9 | 14) && text.bytes().all(|b| b.is_ascii_digit());
    faults.unless(declaration.siret.as_ref().is_none_or(digits), "/siret", Rule::Siret);
    // A name or a matter without a word would be found everywhere, or nowhere.
    let has_a_word = |text: &str| text.chars().any(char::is_alphanumeric);
    faults.unless(declaration.organisation.as_deref().is_none_or(has_a_word), "/organisation", Rule::Empty);
    for (i, matter) in declaration.matters.iter().enumerate() {
        faults.unless(has_a_word(matter), format_args!("/matters/{i}"), Rule::Empty);
    }
}

fn check_matters(codes: &[String], faults: &mut Faults) {
    for (i, code) in codes.iter().enumerate() {
        faults.unless(is_matter_code(code), format_args!("/matter_codes/{i}"), Rule::MatterCode);
    }
    faults.once(codes.iter().enumerate().map(|(i, code)| (format!("/matter_codes/{i}"), code)));
}

fn days(days: &[(&str, Option<NaiveDate>)], faults: &mut Faults) {
    for (field, day) in days {
        faults.unless(day.is_none_or(storable), format_args!("/{field}"), Rule::YearOutOfRange);
    }
}

fn is_named(person: &PersonRef) -> bool {
    let names = [&person.printed, &person.family_name].into_iter().flatten();
    person.person.is_some() || names.into_iter().any(|name| !name.trim().is_empty())
}
