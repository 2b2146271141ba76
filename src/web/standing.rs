//! What became of an act, in plain French: from when it applies, or why not; what happened, day by day; what was put right.

use serde::Serialize;

use super::address;
use super::words::{self, Day, day};
use crate::publish::Cast;
use crate::record::{Answer, Fact, FactKind, RecordedFact, RectificationKind};
use crate::register::{LifeAdded, RecordedRectification, Rectifies};
use crate::rules::enforceable::{Enforceability, EnforceabilityState};

/// From when an act applies, or why it does not.
#[derive(Clone, Debug, Serialize)]
pub struct Standing {
    pub class: &'static str,
    /// In two or three words.
    pub short: String,
    pub sentence: String,
    /// What keeps it from applying.
    pub against: Vec<Reason>,
    pub reasons: Vec<Reason>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Reason {
    pub text: String,
    pub basis: String,
}

impl Standing {
    pub fn of(found: &Enforceability) -> Self {
        let from = found.on.map(day);
        let (class, short, sentence) = match (found.state, from) {
            (EnforceabilityState::Enforceable, Some(from)) => {
                ("good", format!("Exécutoire depuis le {from}"), format!("Cet acte s’applique depuis le {from} : il est exécutoire."))
            }
            (EnforceabilityState::Enforceable, None) => ("good", "Exécutoire".to_owned(), "Cet acte s’applique : il est exécutoire.".to_owned()),
            (EnforceabilityState::NotYet, Some(from)) => {
                ("plain", format!("Exécutoire le {from}"), format!("Cet acte s’appliquera à partir du {from}."))
            }
            (EnforceabilityState::NotYet, None) => (
                "plain",
                "Pas encore exécutoire".to_owned(),
                "D’après ce que le registre sait, cet acte ne s’applique pas encore : il n’est pas exécutoire.".to_owned(),
            ),
            (EnforceabilityState::Suspended, _) => ("bad", "Suspendu".to_owned(), "L’application de cet acte est suspendue.".to_owned()),
            (EnforceabilityState::Ended, _) => ("bad", "Ne s’applique plus".to_owned(), "Cet acte a été annulé, abrogé ou retiré.".to_owned()),
            (EnforceabilityState::NotComputed, _) => (
                "plain",
                "Date d’application non calculée".to_owned(),
                "Le registre ne peut pas dire à partir de quand cet acte s’applique : il lui manque des informations.".to_owned(),
            ),
        };
        let said = |holds: bool| {
            let of = found.reasons.iter().filter(|reason| reason.holds == holds);
            of.map(|reason| {
                let since = reason.since.map(|since| format!(" ({})", day(since))).unwrap_or_default();
                Reason { text: format!("{}{since}", words::capital(&reason.label.fr)), basis: reason.legal_basis.join(" ; ") }
            })
            .collect()
        };
        Self { class, short, sentence, against: said(true), reasons: said(false) }
    }
}

/// One thing that happened.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    pub day: Day,
    pub title: String,
    /// What more is said of it.
    pub details: Vec<String>,
    /// Where it can be read.
    pub link: Option<String>,
}

/// What happened to an act, from the sitting on, by day. What was struck out is left out: the fact that replaces it is there.
pub fn timeline(sitting: chrono::NaiveDate, life: &LifeAdded, cast: &Cast) -> Vec<Step> {
    let authority = &cast.authority;
    let mut steps = vec![(sitting, Step { day: Day::of(sitting), title: "Séance".to_owned(), details: Vec::new(), link: None })];
    if let Some(seal) = &life.seal {
        let on = seal.sealed_at.with_timezone(&crate::publish::french::zone(authority)).date_naive();
        let details = vec!["L’acte est définitif : il ne peut plus être modifié sans que cela se voie.".to_owned()];
        steps.push((on, Step { day: Day::at(seal.sealed_at, authority), title: "Scellé".to_owned(), details, link: None }));
    }
    let struck = |fact: &Fact| life.facts.iter().any(|other| other.fact.corrects == Some(fact.id));
    steps.extend(life.facts.iter().filter(|recorded| !struck(&recorded.fact)).map(|recorded| (recorded.fact.on, step(recorded, cast))));
    // Stable: on one day, in the order in which they were recorded.
    steps.sort_by_key(|(on, _)| *on);
    steps.into_iter().map(|(_, step)| step).collect()
}

fn step(recorded: &RecordedFact, cast: &Cast) -> Step {
    let fact = &recorded.fact;
    let mut details = Vec::new();
    if let Some(author) = &fact.author {
        let office = author.office.as_ref().map(|office| format!(", {office}")).unwrap_or_default();
        details.push(format!("Par {}{office}", super::names::of_ref(cast, author).text));
    }
    if let Some(until) = fact.until {
        details.push(format!("Jusqu’au {}", day(until)));
    }
    if let Some(identifier) = &fact.identifier {
        details.push(format!("Identifiant de télétransmission : {identifier}"));
    }
    if let Some(source) = &fact.source {
        details.push(format!("D’après : {source}"));
    }
    if fact.corrects.is_some() {
        details.push("Corrige une indication antérieure du registre.".to_owned());
    }
    if let Some(digest) = &fact.digest {
        details.push(format!("Empreinte du document (SHA-256) : {digest}"));
    }
    // Of a place only what is an address on the web is made a link.
    let link = fact.place.as_ref().filter(|place| place.starts_with("https://") || place.starts_with("http://")).cloned();
    if let (Some(place), None) = (&fact.place, &link) {
        details.push(format!("Lieu : {place}"));
    }
    let day = fact.at.map_or_else(|| Day::of(fact.on), |at| Day::at(at, &cast.authority));
    Step { day, title: title(fact.kind), details, link }
}

fn title(kind: FactKind) -> String {
    words::label(kind.label())
}

/// What puts an act right.
#[derive(Clone, Debug, Serialize)]
pub struct Corrected {
    pub title: &'static str,
    pub day: Day,
    pub ground: String,
    pub changes_result: Option<&'static str>,
    pub corrections: Vec<Change>,
    pub by_act: Option<String>,
    pub source: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Change {
    pub what: String,
    pub printed: Option<String>,
    pub corrected: Option<String>,
}

pub fn corrected(all: &[RecordedRectification]) -> Vec<Corrected> {
    all.iter()
        .map(|RecordedRectification { rectification: r, .. }| Corrected {
            title: kind(r.kind),
            day: Day::of(r.on),
            ground: r.ground.clone(),
            changes_result: match r.changes_result {
                Answer::Yes => Some("Le résultat du vote change."),
                Answer::No => Some("Le résultat du vote ne change pas."),
                Answer::Unstated => None,
            },
            corrections: r
                .corrections
                .iter()
                .map(|c| Change { what: c.what.clone(), printed: c.printed.clone(), corrected: c.corrected.clone() })
                .collect(),
            by_act: r.by_act.map(address::act),
            source: r.source.clone(),
        })
        .collect()
}

/// An act that this one puts right.
#[derive(Clone, Debug, Serialize)]
pub struct Corrects {
    pub href: String,
    pub text: &'static str,
}

pub fn corrects(all: &[Rectifies]) -> Vec<Corrects> {
    all.iter().map(|other| Corrects { href: address::act(other.deliberation), text: kind(other.kind) }).collect()
}

const fn kind(kind: RectificationKind) -> &'static str {
    match kind {
        RectificationKind::MaterialError => "Correction d’une erreur matérielle (une faute d’écriture)",
        RectificationKind::VoteCorrection => "Mise au point d’un vote",
        RectificationKind::Repeal => "Abrogation : l’acte cesse de s’appliquer",
        RectificationKind::Rescission => "Retrait de l’acte par l’assemblée",
        RectificationKind::Annulment => "Annulation par le juge",
    }
}
