//! The page of an act.

use actix_web::HttpRequest;
use actix_web::web::{self, Data, Path, ServiceConfig};
use minijinja::Value;
use serde::Serialize;

use super::ballot::{self, Doubts};
use super::found::{self, Found};
use super::respond::{Answered, Asked, Failure, Text, page};
use super::site::{Held, Site};
use super::standing::{self, Corrected, Corrects, Standing, Step};
use super::templates::{render, safe};
use super::words::{self, Badge, Day};
use super::{address, printed};
use crate::publish::chart::{self, Budget};
use crate::publish::drawing::Setting;
use crate::publish::linked::{self, Encoding, Links};
use crate::publish::{ActReading, Concerned};
use crate::record::{BallotMode, BallotOption, FileRole, Id};
use crate::register::{ActPage, Reader, Register};
use crate::rules::enforceable::{Enforceability, EnforceabilityState};

#[derive(Serialize)]
struct Model {
    site: Site,
    title: String,
    kind: String,
    number: Option<String>,
    body: String,
    day: Day,
    days: String,
    sitting: String,
    draft: bool,
    outcome: Option<Badge>,
    /// "43 pour, 0 contre, 1 abstention".
    votes: Option<String>,
    /// They are printed so, and cannot be: they are not shown as certain.
    votes_doubtful: bool,
    standing: Standing,
    printed: Value,
    ballots: Vec<Value>,
    findings: Vec<Found>,
    steps: Vec<Step>,
    corrected: Vec<Corrected>,
    corrects: Vec<Corrects>,
    seal: Option<Seal>,
    files: Vec<File>,
    annexes: Vec<Annex>,
    /// Where other forms of it are read: what stands before the ending.
    forms: String,
    api: String,
    eli: Option<String>,
    description: String,
    /// What costs what, where there are several amounts.
    charts: Vec<Chart>,
    json_ld: Value,
}

#[derive(Serialize)]
struct Seal {
    day: Day,
    digest: String,
    /// Its place in the log, from 1.
    place: i64,
    proof: String,
}

#[derive(Serialize)]
struct File {
    name: String,
    role: String,
    media_type: String,
    size: String,
    sha256: String,
    href: String,
}

#[derive(Serialize)]
struct Annex {
    title: String,
    href: Option<String>,
}

async fn act(request: HttpRequest, register: Data<Register>, id: Path<String>) -> Answered {
    let id: Id = id.parse().map_err(|_| Failure::NOT_FOUND)?;
    page(&request, &register, move |register, asked| {
        let found = register.act_page(id, &Reader::default())?;
        let site = Held::site_of(register, asked, &found.reading.cast.authority)?;
        Ok(Text::page(render("act.html", model(site, asked, &found)?)?))
    })
    .await
}

fn model(site: Site, asked: &Asked, ActPage { reading, life, files }: &ActPage) -> Result<Model, Failure> {
    let (record, sitting, cast) = (&reading.record, &reading.sitting, &reading.cast);
    let Concerned { ballots, .. } = Concerned::of(sitting, &record.agenda_items);
    let doubts = Doubts { findings: &reading.findings, unreconciled: &reading.unreconciled };
    let pictures = ballots.iter().map(|b| ballot::html(b, cast, sitting, &record.agenda_items, &doubts)).collect::<Result<_, _>>()?;
    let eli = reading.number.as_ref().and_then(|n| address::eli(cast.authority.siren.as_str(), sitting.date, n)).map(|path| asked.at.absolute(&path));
    let days = words::days(sitting.date, sitting.end_date);
    let kind = words::label(record.kind.label());
    let number = reading.number.as_ref().map(|number| format!(" n° {number}")).unwrap_or_default();
    Ok(Model {
        description: format!("{kind}{number}, {}, séance {days}.", cast.body.name),
        title: record.title.clone(),
        kind,
        number: reading.number.clone(),
        body: cast.body.name.clone(),
        day: Day::of(sitting.date),
        days,
        sitting: address::sitting(record.sitting),
        draft: matches!(reading.workflow, crate::record::Workflow::Draft | crate::record::Workflow::OnAgenda),
        outcome: Badge::of_outcome(record.outcome),
        votes: votes(&ballots),
        votes_doubtful: ballots.iter().any(|ballot| reading.unreconciled.contains(&ballot.id)),
        standing: Standing::of(&life.enforceable),
        printed: printed::html(reading)?,
        ballots: pictures,
        findings: found::of(&reading.findings),
        steps: standing::timeline(sitting.date, life, cast),
        corrected: standing::corrected(&life.rectifications),
        corrects: standing::corrects(&life.rectifies),
        seal: reading.seal.as_ref().map(|seal| Seal {
            day: Day::at(seal.sealed_at, &cast.authority),
            digest: seal.digest.clone(),
            place: seal.leaf.saturating_add(1),
            proof: format!("/v1/deliberations/{}/proof", reading.id),
        }),
        files: files
            .iter()
            .map(|file| File {
                name: file.name.clone(),
                role: words::label(file.role.label()),
                media_type: media(&file.media_type),
                size: words::size(file.size),
                sha256: file.sha256.clone(),
                href: file.content.clone(),
            })
            .collect(),
        annexes: record
            .annexes
            .iter()
            .zip(1..)
            .map(|(annex, place)| {
                Annex {
                    title: [&annex.label, &annex.title].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" – "),
                    href: files.iter().find(|file| Some(file.id) == annex.file && file.role != FileRole::Other).map(|file| file.content.clone()),
                }
                .or_place(place)
            })
            .collect(),
        forms: format!("/v1/deliberations/{}", reading.id),
        api: format!("/v1/deliberations/{}", reading.id),
        json_ld: safe(linked::legislation(reading, &links(reading, &site, asked, eli.clone()), in_force(&life.enforceable))),
        charts: chart::budgets(record, reading.id).into_iter().filter(|budget| budget.lines.len() > 1).map(Chart::of).collect::<Result<_, _>>()?,
        eli,
        site,
    })
}

impl Annex {
    fn or_place(mut self, place: usize) -> Self {
        if self.title.is_empty() {
            self.title = format!("Annexe {place}");
        }
        self
    }
}

/// The counts of the vote on the act, where there is one ballot and it states them.
fn votes(ballots: &[crate::record::Ballot]) -> Option<String> {
    let [ballot] = ballots else { return None };
    if ballot.mode == BallotMode::Secret && ballot.election.is_some() {
        return None;
    }
    let said = ballot.options.iter().filter_map(|tally| {
        let count = tally.count?.get();
        let word = match tally.option {
            BallotOption::For => "pour",
            BallotOption::Against => "contre",
            BallotOption::Abstention if count < 2 => "abstention",
            BallotOption::Abstention => "abstentions",
            BallotOption::NotVoting if count < 2 => "ne prend pas part au vote",
            BallotOption::NotVoting => "ne prennent pas part au vote",
            BallotOption::Blank if count < 2 => "blanc",
            BallotOption::Blank => "blancs",
            BallotOption::Void if count < 2 => "nul",
            BallotOption::Void => "nuls",
        };
        Some(format!("{count} {word}"))
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// A type of file as people call it.
pub fn media(media_type: &str) -> String {
    match media_type {
        "application/pdf" => "PDF".to_owned(),
        "image/png" => "image PNG".to_owned(),
        "image/jpeg" => "image JPEG".to_owned(),
        "image/tiff" => "image TIFF".to_owned(),
        "text/plain" => "texte".to_owned(),
        "application/xml" | "text/xml" => "XML".to_owned(),
        other => other.to_owned(),
    }
}

/// The same act elsewhere.
fn links(act: &ActReading, site: &Site, asked: &Asked, eli: Option<String>) -> Links {
    let form = |ending: &str, media_type: &str| Encoding {
        url: asked.at.absolute(&format!("/v1/deliberations/{}.{ending}", act.id)),
        media_type: media_type.to_owned(),
    };
    Links {
        page: site.url.clone(),
        eli,
        sitting: Some(asked.at.absolute(&address::sitting(act.record.sitting))),
        encodings: vec![form("html", "text/html"), form("pdf", "application/pdf"), form("akn", "application/akn+xml")],
    }
}

/// Whether the act has legal force today, where that could be worked out.
const fn in_force(found: &Enforceability) -> Option<bool> {
    match found.state {
        EnforceabilityState::Enforceable => Some(true),
        EnforceabilityState::NotComputed => None,
        _ => Some(false),
    }
}

/// A chart and the table that says the same.
#[derive(Serialize)]
struct Chart {
    picture: Value,
    table: Value,
}

impl Chart {
    fn of(budget: Budget) -> Result<Self, Failure> {
        Ok(Self { picture: safe(budget.svg(Setting::Page)), table: ballot::table(budget.table())? })
    }
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/deliberations/{id}").route(web::get().to(act)));
}
