//! The page of a member: mandates, sittings, and votes by name in public ballots. What a group voted is no vote of its members, and of a secret
//! ballot nothing is told.

use actix_web::HttpRequest;
use actix_web::web::{self, Data, Path, ServiceConfig};
use minijinja::Value;
use serde::Serialize;

use super::address;
use super::members::MemberLine;
use super::next::{LINES, Links, place};
use super::respond::{Answered, Failure, Text, page};
use super::site::{Held, Site};
use super::templates::{render, safe};
use super::words::{self, Badge, Day};
use crate::publish::chart::{Attended, Member, Presence};
use crate::publish::drawing::Setting;
use crate::record::Id;
use crate::register::{MemberPage, MemberVote, Register, SittingAttended};
use crate::rules::statistics::SittingCounts;

/// The page has two lists, and each goes on by itself.
const SITTINGS: &str = "seances";
const VOTES: &str = "votes";

#[derive(Serialize)]
struct Model {
    site: Site,
    member: MemberLine,
    /// The same as a chart.
    chart: Option<Value>,
    sittings: Vec<SittingLine>,
    sittings_links: Links,
    votes: Vec<VoteLine>,
    votes_links: Links,
    search: String,
    api: String,
}

#[derive(Serialize)]
struct SittingLine {
    href: String,
    day: Day,
    body: String,
    attendance: &'static str,
}

#[derive(Serialize)]
struct VoteLine {
    day: Day,
    href: String,
    answer: String,
    by_proxy: bool,
    outcome: Option<Badge>,
    acts: Vec<ActLink>,
}

#[derive(Serialize)]
struct ActLink {
    href: String,
    number: Option<String>,
    title: String,
}

async fn member(request: HttpRequest, register: Data<Register>, id: Path<String>) -> Answered {
    let id: Id = id.parse().map_err(|_| Failure::NOT_FOUND)?;
    page(&request, &register, move |register, asked| {
        let (sittings, votes) = (place(asked, SITTINGS)?, place(asked, VOTES)?);
        let MemberPage { authority, seat, attended, attended_next, votes, votes_next } =
            register.member_page(id, sittings.as_ref(), votes.as_ref(), LINES)?;
        let site = Held::site_of(register, asked, &authority)?;
        let joint = if site.of.is_empty() { "?" } else { "&" };
        let model = Model {
            search: format!("/recherche{}{joint}elu={id}", site.of),
            chart: chart_of(id, &super::names::of_person(&seat.person), &attended),
            member: MemberLine::from(&seat),
            sittings: attended.iter().map(SittingLine::from).collect(),
            sittings_links: Links::of(asked, SITTINGS, attended_next),
            votes: votes.iter().map(VoteLine::from).collect(),
            votes_links: Links::of(asked, VOTES, votes_next),
            api: format!("/v1/persons/{id}"),
            site,
        };
        Ok(Text::page(render("member.html", model)?))
    })
    .await
}

impl From<&SittingAttended> for SittingLine {
    fn from(sitting: &SittingAttended) -> Self {
        Self {
            href: address::sitting(sitting.id),
            day: Day::of(sitting.date),
            body: sitting.body_name.clone(),
            attendance: attendance(&sitting.counts),
        }
    }
}

const fn presence(counts: &SittingCounts) -> Presence {
    if counts.present > 0 {
        Presence::Present
    } else if counts.remote > 0 {
        Presence::Remote
    } else if counts.represented > 0 {
        Presence::Represented
    } else if counts.excused > 0 {
        Presence::Excused
    } else if counts.absent > 0 {
        Presence::Absent
    } else {
        Presence::Unstated
    }
}

const fn attendance(counts: &SittingCounts) -> &'static str {
    match presence(counts) {
        Presence::Present => "Présent",
        Presence::Remote => "Présent à distance",
        Presence::Represented => "Absent, représenté par pouvoir",
        Presence::Substituted => "Suppléé",
        Presence::Excused => "Excusé",
        Presence::Absent => "Absent",
        Presence::Unstated => "Non précisé",
    }
}

/// The sittings of the page as a chart, where there are several. The table under it says the same.
fn chart_of(id: Id, name: &str, attended: &[SittingAttended]) -> Option<Value> {
    let sittings = attended.iter().map(|sitting| Attended { on: sitting.date, body: None, presence: presence(&sitting.counts) }).collect();
    let member = Member { person: id, name: name.to_owned(), sittings };
    (attended.len() > 1).then(|| safe(member.svg(Setting::Page)))
}

impl From<&MemberVote> for VoteLine {
    fn from(vote: &MemberVote) -> Self {
        let act = |act: &crate::register::VotedAct| ActLink { href: address::act(act.id), number: act.number.clone(), title: act.title.clone() };
        Self {
            day: Day::of(vote.date),
            href: format!("{}#scrutin-{}", address::sitting(vote.sitting), vote.ballot),
            answer: words::label(vote.answer.label()),
            by_proxy: vote.by_proxy,
            outcome: Badge::of_outcome(vote.outcome),
            acts: vote.acts.iter().map(act).collect(),
        }
    }
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/elus/{id}").route(web::get().to(member)));
}
