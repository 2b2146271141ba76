//! What of a reading the register knows already.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use super::compared::compared;
use super::known::Day;
use super::people::Naming;
use super::{ActKnown, AuthorityFit, AuthorityMatch, BodyCandidate, BodyMatch, DraftAnswer, IntakeAnswer, Matches, SittingCandidate, SittingMatch};
use crate::intake::{AuthorityRead, Draft, QuestionCode, Reading};
use crate::record::names::{Names, fold};
use crate::record::{Authority, Body, DeliberationRecord, FileRole, Id, Origin, Siren};
use crate::register::canonical::{digest, stored, word};
use crate::register::delegations::Delegations;
use crate::register::{Refusal, Register};
use crate::rules;
use crate::store::{DeliberationFilter, DeliberationRow, DirectoryFilter, EntryKind, Session, SittingFilter};

/// An authority has fewer bodies than this.
const MOST_BODIES: i64 = 1_000;
/// Sittings of one body and day, and acts of one number, that are told.
const MOST_TOLD: i64 = 20;

/// The comparisons of one document take no longer.
const COMPARING: Duration = Duration::from_secs(4);

/// A document that was read.
pub struct DocumentRead {
    pub media_type: &'static str,
    pub charset: Option<&'static str>,
    /// Its bytes, hashed and counted.
    pub sha256: String,
    pub bytes: u64,
    pub text: String,
    pub reading: Reading,
}

impl DocumentRead {
    /// What its bytes are known by.
    pub fn digest(bytes: &[u8]) -> String {
        digest(bytes)
    }
}

/// What is looked up once for all the drafts of a reading.
struct Desk {
    authority: Authority,
    bodies: Vec<(Id, Body)>,
    delegations: Delegations,
    days: HashMap<(Option<Id>, Option<NaiveDate>), Day>,
    naming: Naming,
}

impl Register {
    /// The drafts of a reading beside what the register knows of each. Nothing is written.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when the authority itself is not filed.
    pub fn match_reading(&self, authority: &Siren, read: DocumentRead) -> Result<IntakeAnswer, Refusal> {
        let (mut answer, desk) = self.store.read(|session| {
            let siren = authority.as_str();
            let own = session.authority(siren)?.ok_or(Refusal::NotFound)?;
            let filter = DirectoryFilter { limit: MOST_BODIES, ..DirectoryFilter::default() };
            let bodies = session.directory_entries(siren, EntryKind::Body, &filter)?;
            let mut desk = Desk {
                authority: stored(&own.entry)?,
                bodies: bodies.iter().map(|row| Ok((word(&row.id)?, stored(&row.entry)?))).collect::<Result<_, Refusal>>()?,
                delegations: Delegations::load(session, siren)?,
                days: HashMap::new(),
                naming: Naming::default(),
            };
            let mut taken_in = Vec::new();
            for record in session.records_with_content(siren, FileRole::Source.wire(), &read.sha256)? {
                taken_in.extend(session.deliberation(siren, &record)?.filter(|row| !row.deleted).map(|row| known(&row)).transpose()?);
            }
            let drafts = read.reading.drafts.into_iter().map(|draft| desk.look(session, draft)).collect::<Result<_, Refusal>>()?;
            let answer = IntakeAnswer {
                media_type: read.media_type.to_owned(),
                charset: read.charset.map(str::to_owned),
                sha256: read.sha256,
                bytes: read.bytes,
                text: read.text,
                none: read.reading.none,
                taken_in,
                drafts,
            };
            Ok::<_, Refusal>((answer, desk))
        })?;
        // The store is not held for it.
        let until = Instant::now() + COMPARING;
        for draft in &mut answer.drafts {
            let body = desk.bodies.iter().find(|(id, _)| Some(*id) == draft.matches.body.chosen).map(|(_, body)| body);
            let compared = compared(&answer.text, draft, &desk.authority, body, until);
            (draft.differences, draft.compared_whole) = (compared.differences, compared.complete);
        }
        Ok(answer)
    }
}

impl Desk {
    fn look(&mut self, session: &mut Session<'_>, draft: Draft) -> Result<DraftAnswer, Refusal> {
        let Draft { span, authority, mut sitting, mut act, values, questions } = draft;
        let siren = self.authority.siren.to_string();
        let date = Some(sitting.date).filter(|_| !questions.iter().any(|question| question.code == QuestionCode::DateUnknown));
        let body = self.body(&authority, date);
        let day = match self.days.entry((body.chosen, date)) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => new.insert(Day::load(session, &siren, body.chosen, date)?),
        };
        let mut records = json!({"sitting": sitting, "act": act});
        let (people, groups) = self.naming.find(&records, &Names::of(&sitting), day, date.is_some());
        let chosen = people.iter().filter_map(|one| Some((&one.pointers, "person", one.chosen?)));
        for (pointers, field, id) in chosen.chain(groups.iter().filter_map(|one| Some((&one.pointers, "group", one.chosen?)))) {
            for pointer in pointers {
                if let Some(place) = records.pointer_mut(&format!("{pointer}/{field}")) {
                    *place = json!(id);
                }
            }
        }
        sitting = serde_json::from_value(records.get_mut("sitting").map(Value::take).unwrap_or_default())?;
        act = serde_json::from_value(records.get_mut("act").map(Value::take).unwrap_or_default())?;
        let mut findings = Vec::new();
        let local = act.agenda_items.first().copied().unwrap_or(act.sitting);
        if let Some((id, body)) = body.chosen.and_then(|chosen| self.bodies.iter().find(|(id, _)| *id == chosen)) {
            sitting.body = *id;
            findings = rules::on_act(&act, local, &sitting, act.sitting, self.delegations.over(body));
        }
        let matches = Matches {
            authority: self.whose(&authority),
            sitting: sitting_match(session, &siren, body.chosen, date)?,
            existing_acts: doubles(session, &siren, &act, date)?,
            body,
            people,
            groups,
        };
        let (differences, compared_whole) = (Vec::new(), false);
        Ok(DraftAnswer { span, authority, sitting, act, values, questions, matches, findings, differences, compared_whole })
    }

    /// Whether the act prints the authority of the token: by the SIREN of its stamp, by its SIRET, by its name.
    fn whose(&self, read: &AuthorityRead) -> AuthorityMatch {
        let own = &self.authority;
        let told =
            |fit, read: Option<&str>| AuthorityMatch { fit, siren: own.siren.to_string(), name: own.name.clone(), read: read.map(str::to_owned) };
        let siret = read.siret.as_ref().and_then(|siret| siret.digits.as_deref()).and_then(|digits| digits.get(..9));
        for number in [read.siren.as_deref(), siret].into_iter().flatten() {
            if number != own.siren.as_str() {
                return told(AuthorityFit::Other, Some(number));
            }
        }
        match read.name.as_deref() {
            Some(name) if !same_name(name, &own.name) => told(AuthorityFit::Other, Some(name)),
            Some(_) => told(AuthorityFit::Same, None),
            None if read.siren.is_some() || siret.is_some() => told(AuthorityFit::Same, None),
            None => told(AuthorityFit::Unstated, None),
        }
    }

    /// The bodies of its kind on the day; one whose name stands in what is printed before the others.
    fn body(&self, read: &AuthorityRead, date: Option<NaiveDate>) -> BodyMatch {
        let in_force =
            |body: &Body| date.is_none_or(|day| body.valid_from.is_none_or(|from| from <= day) && body.valid_to.is_none_or(|to| day <= to));
        let mut found: Vec<&(Id, Body)> =
            self.bodies.iter().filter(|(_, body)| in_force(body) && read.body_kind.is_none_or(|kind| kind == body.kind)).collect();
        let printed = read.body.as_deref().map(fold).unwrap_or_default();
        let named: Vec<&(Id, Body)> = found.iter().filter(|(_, body)| printed.contains(&fold(&body.name))).copied().collect();
        if !named.is_empty() {
            found = named;
        }
        // Of a body that nobody read all are proposed, and none is taken.
        let chosen = found.first().filter(|_| found.len() == 1 && read.body_kind.is_some()).map(|(id, _)| *id);
        let candidates = found.into_iter().map(|(id, body)| BodyCandidate { body: *id, name: body.name.clone(), kind: body.kind }).collect();
        BodyMatch { candidates, chosen }
    }
}

/// Names of an authority are compared by their words: "DEPARTEMENT DU PAS-DE-CALAIS" is "Conseil départemental du Pas-de-Calais".
fn same_name(printed: &str, own: &str) -> bool {
    const SAY_NOTHING: [&str; 20] = [
        "departement",
        "conseil",
        "departemental",
        "general",
        "region",
        "regional",
        "commune",
        "ville",
        "mairie",
        "municipal",
        "communaute",
        "metropole",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "d",
        "l",
    ];
    let words = |text: &str| {
        let mut words: Vec<String> = fold(text).split(' ').filter(|word| !SAY_NOTHING.contains(word)).map(str::to_owned).collect();
        words.sort();
        words.dedup();
        words
    };
    fold(printed) == fold(own) || words(printed) == words(own)
}

fn sitting_match(session: &mut Session<'_>, siren: &str, body: Option<Id>, date: Option<NaiveDate>) -> Result<SittingMatch, Refusal> {
    let (Some(body), Some(date)) = (body, date) else { return Ok(SittingMatch { candidates: Vec::new(), chosen: None }) };
    let filter =
        SittingFilter { body: Some(body.to_string()), date_from: Some(date), date_to: Some(date), limit: MOST_TOLD, ..SittingFilter::default() };
    let mut candidates = Vec::new();
    for row in session.sittings(siren, &filter)? {
        let id = word(&row.id)?;
        let heading = super::super::sitting::load(session, siren, id)?.record.heading;
        candidates.push(SittingCandidate { sitting: id, href: format!("/v1/sittings/{id}"), date: row.date, origin: word(&row.origin)?, heading });
    }
    let chosen = candidates.first().filter(|only| candidates.len() == 1 && only.origin == Origin::Transcribed).map(|only| only.sitting);
    Ok(SittingMatch { candidates, chosen })
}

/// Acts of the same number and year.
fn doubles(session: &mut Session<'_>, siren: &str, act: &DeliberationRecord, date: Option<NaiveDate>) -> Result<Vec<ActKnown>, Refusal> {
    let (Some(number), Some(date)) = (act.number(), date) else { return Ok(Vec::new()) };
    let filter = DeliberationFilter {
        number: Some(number.to_owned()),
        date_from: NaiveDate::from_ymd_opt(date.year(), 1, 1),
        date_to: NaiveDate::from_ymd_opt(date.year(), 12, 31),
        limit: MOST_TOLD,
        ..DeliberationFilter::default()
    };
    session.deliberations(siren, &filter)?.iter().map(known).collect()
}

fn known(row: &DeliberationRow) -> Result<ActKnown, Refusal> {
    let id: Id = word(&row.id)?;
    let href = format!("/v1/deliberations/{id}");
    Ok(ActKnown { deliberation: id, href, number: row.number.clone(), title: row.title.clone(), date: row.date })
}
