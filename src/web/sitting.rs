//! The page of a sitting.

use actix_web::HttpRequest;
use actix_web::web::{self, Data, Path, ServiceConfig};
use minijinja::Value;
use serde::Serialize;

use super::address;
use super::ballot::{self, Doubts};
use super::found::{self, Found};
use super::lines::ActLine;
use super::names::{self, Name};
use super::respond::{Answered, Failure, Text, page};
use super::site::{Held, Site};
use super::templates::{render, safe};
use super::words::{self, Badge, Day};
use crate::publish::drawing::Setting;
use crate::publish::paper::SittingPaper;
use crate::publish::{ActOfSitting, Cast, chart, french};
use crate::record::{AgendaItem, AttendanceList, Event, Id, ItemStatus, Outcome, SittingRecord, VotingRight};
use crate::register::{Reader, Register, SittingPage};
use crate::rules::statistics::took_place;

#[derive(Serialize)]
struct Model {
    site: Site,
    title: String,
    heading: Option<String>,
    body: String,
    day: Day,
    place: Option<String>,
    starts: Option<String>,
    ends: Option<String>,
    public: Option<bool>,
    chairs: Vec<Named>,
    secretaries: Vec<Named>,
    quorum: Option<String>,
    in_office: Option<u32>,
    planned: bool,
    lists: Vec<List>,
    /// Who was there, as a chart.
    attendance: Option<Value>,
    /// The same as a table.
    attendance_table: Option<Value>,
    proxies: Option<Vec<ProxyLine>>,
    recusals: Vec<String>,
    events: Vec<EventLine>,
    agenda: Vec<ItemLine>,
    ballots: Vec<Value>,
    acts: Vec<ActLine>,
    findings: Vec<Found>,
    files: Vec<File>,
    /// What is printed of the sitting and anyone may read.
    papers: Vec<Paper>,
    api: String,
}

#[derive(Serialize)]
struct Named {
    name: Name,
    office: Option<String>,
}

#[derive(Serialize)]
struct List {
    heading: String,
    stated: Option<u32>,
    counted: usize,
    by_exception: bool,
    without_vote: bool,
    /// The items or the part that it is about; none: the whole sitting.
    about: Option<String>,
    names: Vec<Name>,
}

#[derive(Serialize)]
struct ProxyLine {
    giver: Name,
    holder: Option<Name>,
    text: Option<String>,
}

#[derive(Serialize)]
struct EventLine {
    what: String,
    who: Option<Name>,
    text: Option<String>,
    when: Option<String>,
}

#[derive(Serialize)]
struct ItemLine {
    label: Option<String>,
    title: String,
    status: Option<String>,
    outcome: Option<Badge>,
    acts: Vec<ItemAct>,
}

#[derive(Serialize)]
struct ItemAct {
    href: String,
    text: String,
}

#[derive(Serialize)]
struct File {
    name: String,
    role: String,
    media_type: String,
    size: String,
    href: String,
}

#[derive(Serialize)]
struct Paper {
    title: String,
    href: String,
}

async fn sitting(request: HttpRequest, register: Data<Register>, id: Path<String>) -> Answered {
    let id: Id = id.parse().map_err(|_| Failure::NOT_FOUND)?;
    page(&request, &register, move |register, asked| {
        let found = register.sitting_page(id, &Reader::default())?;
        let site = Held::site_of(register, asked, &found.reading.cast.authority)?;
        Ok(Text::page(render("sitting.html", model(site, &found)?)?))
    })
    .await
}

fn model(site: Site, SittingPage { reading, files }: &SittingPage) -> Result<Model, Failure> {
    let (record, cast) = (&reading.record, &reading.cast);
    let doubts = Doubts { findings: &reading.findings, unreconciled: &reading.unreconciled };
    let ballots = record.ballots.iter().map(|b| ballot::html(b, cast, record, &b.covers, &doubts)).collect::<Result<_, _>>()?;
    let attendance = chart::attendance(record, reading.id);
    Ok(Model {
        title: format!("Séance {}", words::days(record.date, record.end_date)),
        heading: record.heading.clone(),
        body: cast.body.name.clone(),
        day: Day::of(record.date),
        place: record.place.clone(),
        starts: record.starts.as_ref().and_then(|time| french::hour(time, &cast.authority)),
        ends: record.ends.as_ref().and_then(|time| french::hour(time, &cast.authority)),
        public: record.convening.as_ref().and_then(|convening| convening.public),
        chairs: record.chairs.iter().map(|c| named(cast, &c.person)).collect(),
        secretaries: record.secretaries.iter().map(|s| named(cast, &s.person)).collect(),
        quorum: record.quorum.as_ref().and_then(|quorum| quorum.text.clone()),
        in_office: record.members_in_office.map(crate::record::Count::get),
        planned: !took_place(record),
        lists: record.attendance.iter().map(|list| of_list(list, record, cast)).collect(),
        attendance_table: attendance.as_ref().map(|chart| ballot::table(chart.table())).transpose()?,
        attendance: attendance.map(|chart| safe(chart.svg(Setting::Page))),
        proxies: record.proxies.as_ref().map(|proxies| {
            let line = |proxy: &crate::record::Proxy| ProxyLine {
                giver: names::of_ref(cast, &proxy.giver),
                holder: proxy.holder.as_ref().map(|holder| names::of_ref(cast, holder)),
                text: proxy.text.clone(),
            };
            proxies.iter().map(line).collect()
        }),
        recusals: record.recusals.iter().flatten().filter_map(|recusal| recusal.text.clone()).collect(),
        events: record.timeline.iter().flatten().map(|event| of_event(event, record, cast)).collect(),
        agenda: record.items_taken().into_iter().map(|item| of_item(item, record, &reading.acts)).collect(),
        ballots,
        acts: reading.acts.iter().map(|act| ActLine::of_sitting(act, record, &cast.body.name)).collect(),
        findings: found::of(&reading.findings),
        files: files
            .iter()
            .map(|file| File {
                name: file.name.clone(),
                role: words::label(file.role.label()),
                media_type: super::act::media(&file.media_type),
                size: words::size(file.size),
                href: file.content.clone(),
            })
            .collect(),
        papers: [SittingPaper::Agenda, SittingPaper::List, SittingPaper::Minutes]
            .into_iter()
            .filter(|paper| paper.is_public(&cast.body))
            .map(|paper| Paper { title: words::label(paper.label()), href: format!("/v1/sittings/{}/papers/{}", reading.id, paper.wire()) })
            .collect(),
        api: format!("/v1/sittings/{}", reading.id),
        site,
    })
}

fn named(cast: &Cast, person: &crate::record::PersonRef) -> Named {
    Named { name: names::of_ref(cast, person), office: person.office.clone() }
}

fn of_list(list: &AttendanceList, sitting: &SittingRecord, cast: &Cast) -> List {
    let part = list.part.and_then(|place| sitting.parts.iter().find(|part| part.position == Some(place)));
    let part = part.map(|part| part.label.clone().unwrap_or_else(|| format!("partie {}", part.position.map_or(0, crate::record::Count::get))));
    let items: Vec<String> = list.covers.iter().filter_map(|id| sitting.agenda.iter().find(|item| item.id == *id)).map(item_name).collect();
    let about: Vec<String> = part.into_iter().chain((!items.is_empty()).then(|| items.join(", "))).collect();
    List {
        heading: list.heading.clone().filter(|h| !h.trim().is_empty()).unwrap_or_else(|| words::label(list.status.label())),
        stated: list.stated_count.map(crate::record::Count::get),
        counted: list.entries.len(),
        by_exception: list.by_exception,
        without_vote: list.voting_right == VotingRight::WithoutVote,
        about: (!about.is_empty()).then(|| about.join(", ")),
        names: list.entries.iter().map(|entry| names::of_entry(cast, entry)).collect(),
    }
}

fn item_name(item: &AgendaItem) -> String {
    item.label.clone().or_else(|| item.title.clone()).unwrap_or_else(|| "point sans titre".to_owned())
}

fn of_event(event: &Event, sitting: &SittingRecord, cast: &Cast) -> EventLine {
    let item = event.moment.item.and_then(|id| sitting.agenda.iter().find(|item| item.id == id)).map(|item| {
        let anchor = if event.moment.anchor == crate::record::Anchor::Unstated { "" } else { event.moment.anchor.label().fr };
        format!("{anchor} {}", item_name(item)).trim().to_owned()
    });
    let at = crate::record::PrintedTime { text: event.moment.text.clone(), at: event.moment.at };
    EventLine {
        what: words::label(event.kind.label()),
        who: event.person.as_ref().map(|person| names::of_ref(cast, person)),
        text: event.text.clone(),
        when: french::hour(&at, &cast.authority).or(item),
    }
}

fn of_item(item: &AgendaItem, sitting: &SittingRecord, acts: &[ActOfSitting]) -> ItemLine {
    let decided: Vec<&ActOfSitting> = acts.iter().filter(|act| act.record.agenda_items.contains(&item.id)).collect();
    // What the act says of itself comes first; then what its ballot, where there is one.
    let ballots: Vec<Outcome> = sitting.ballots.iter().filter(|b| b.covers.contains(&item.id)).map(|b| b.outcome).collect();
    let of_act = decided.iter().map(|act| act.record.outcome).find(|outcome| *outcome != Outcome::Unstated);
    let of_ballot = if let [only] = ballots.as_slice() { Some(*only) } else { None };
    ItemLine {
        label: item.label.clone(),
        title: item
            .title
            .clone()
            .or_else(|| item.text.clone())
            .or_else(|| decided.first().map(|act| act.record.title.clone()))
            .unwrap_or_else(|| item_name(item)),
        status: (item.status != ItemStatus::Unstated).then(|| words::label(item.status.label())),
        outcome: of_act.or(of_ballot).and_then(Badge::of_outcome),
        acts: decided
            .iter()
            .map(|act| ItemAct {
                href: address::act(act.id),
                text: act
                    .number
                    .as_ref()
                    .map_or_else(|| words::label(act.record.kind.label()), |number| format!("{} n° {number}", words::label(act.record.kind.label()))),
            })
            .collect(),
    }
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/seances/{id}").route(web::get().to(sitting)));
}
