//! Statistics over the sittings of a body, as JSON or, with `Accept: text/csv`, as a table. Internal.

use actix_web::http::header::VARY;
use actix_web::web::Data;
use actix_web::{HttpRequest, get};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{Granted, RecordsRead};
use super::csv::{self, Table, plain, text};
use super::problem::{Kind, Problem};
use super::query::{Params, day};
use super::respond::{Answered, blocking, bytes};
use crate::record::{BallotOption, Id};
use crate::register::{ParticipationStatistics, Period, RecusalStatistics, Register, VoteStatistics};

/// Of which body, and when.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeriodParams {
    body: Id,
    /// First day.
    #[serde(default, deserialize_with = "day")]
    date_from: Option<NaiveDate>,
    /// Last day.
    #[serde(default, deserialize_with = "day")]
    date_to: Option<NaiveDate>,
    /// Only this member.
    person: Option<Id>,
}

/// Of which body, when, and whose.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct VoteParams {
    body: Id,
    /// First day.
    #[serde(default, deserialize_with = "day")]
    date_from: Option<NaiveDate>,
    /// Last day.
    #[serde(default, deserialize_with = "day")]
    date_to: Option<NaiveDate>,
    /// Only this group.
    group: Option<Id>,
    /// Only this member.
    person: Option<Id>,
}

/// Sends JSON, or the table.
fn answer<T: Serialize + Table>(request: &HttpRequest, statistics: &T) -> Answered {
    let table = csv::wanted(request.headers());
    let body = if table { csv::written(statistics)? } else { serde_json::to_vec(statistics).map_err(|_| Problem::new(Kind::Internal))? };
    let mut response = bytes(request, body, if table { "text/csv; charset=utf-8; header=present" } else { "application/json" });
    response.headers_mut().insert(VARY, actix_web::http::header::HeaderValue::from_static("Authorization, Accept"));
    Ok(response)
}

/// Read the participation of members
///
/// By member: sittings, ballots, votes given by name in public, recusals. A member is one whose mandate in the body was in force on the day of the
/// sitting, or whom its lists name. A secret ballot, and a vote that a group cast for its members, are in nobody's votes.
#[utoipa::path(operation_id = "getParticipation", tag = "statistics", params(PeriodParams),
    security(("token" = ["records:read"])),
    responses((status = 200, description = "A line for each member", content((ParticipationStatistics = "application/json"), (String = "text/csv")))))]
#[get("/statistics/participation")]
async fn of_members(request: HttpRequest, register: Data<Register>, who: Granted<RecordsRead>, params: Params<PeriodParams>) -> Answered {
    let (authority, PeriodParams { body, date_from: from, date_to: to, person }) = (who.caller.authority.clone(), params.0);
    answer(&request, &blocking(&register, move |r| r.participation(&authority, Period { body, from, to }, person)).await?)
}

/// Read the votes of groups and members
///
/// By group and by member: votes given by name in public, the group being that of the mandate in force on the day of the sitting. What tallies
/// declare of a group stands beside what its members' named votes come to.
#[utoipa::path(operation_id = "getVoteStatistics", tag = "statistics", params(VoteParams),
    security(("token" = ["records:read"])),
    responses((status = 200, description = "A line for each group, with its members",
        content((VoteStatistics = "application/json"), (String = "text/csv")))))]
#[get("/statistics/votes")]
async fn of_votes(request: HttpRequest, register: Data<Register>, who: Granted<RecordsRead>, params: Params<VoteParams>) -> Answered {
    let (authority, VoteParams { body, date_from: from, date_to: to, group, person }) = (who.caller.authority.clone(), params.0);
    answer(&request, &blocking(&register, move |r| r.vote_statistics(&authority, Period { body, from, to }, group, person)).await?)
}

/// Read the recusals of members
///
/// By member and by item: how many stood aside, of what kind, whether part was taken, who left the room. Never on what ground.
#[utoipa::path(operation_id = "getRecusalStatistics", tag = "statistics", params(PeriodParams),
    security(("token" = ["records:read"])),
    responses((status = 200, description = "Members and items", content((RecusalStatistics = "application/json"), (String = "text/csv")))))]
#[get("/statistics/recusals")]
async fn of_recusals(request: HttpRequest, register: Data<Register>, who: Granted<RecordsRead>, params: Params<PeriodParams>) -> Answered {
    let (authority, PeriodParams { body, date_from: from, date_to: to, person }) = (who.caller.authority.clone(), params.0);
    answer(&request, &blocking(&register, move |r| r.recusal_statistics(&authority, Period { body, from, to }, person)).await?)
}

impl Table for ParticipationStatistics {
    const HEADER: &'static [&'static str] = &[
        "person",
        "name",
        "sittings_held",
        "sittings_present",
        "sittings_remote",
        "sittings_excused",
        "sittings_represented",
        "sittings_absent",
        "sittings_unsettled",
        "ballots_could_vote",
        "ballots_present",
        "ballots_represented",
        "ballots_recused",
        "ballots_absent",
        "ballots_excused",
        "ballots_not_entitled",
        "ballots_unsettled",
        "votes_for",
        "votes_against",
        "votes_abstention",
        "votes_not_voting",
        "votes_by_proxy",
        "recusals",
    ];

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |line: &crate::register::ParticipationLine| {
            let (s, b, v) = (line.sittings, line.ballots, line.votes);
            let sittings = [s.held, s.present, s.remote, s.excused, s.represented, s.absent, s.unsettled];
            let ballots = [b.could_vote, b.present, b.represented, b.recused, b.absent, b.excused, b.not_entitled, b.unsettled];
            let votes = [v.in_favour, v.against, v.abstention, v.not_voting, v.by_proxy, line.recusals];
            let counts = sittings.iter().chain(&ballots).chain(&votes).map(ToString::to_string);
            [line.person.to_string(), text(line.name.as_deref())].into_iter().chain(counts).collect()
        };
        self.members.iter().map(row).collect()
    }
}

/// Options that a line has a column for.
const OPTIONS: [BallotOption; 4] = [BallotOption::For, BallotOption::Against, BallotOption::Abstention, BallotOption::NotVoting];

/// A line for each group, `person` empty, then one for each of its members.
impl Table for VoteStatistics {
    const HEADER: &'static [&'static str] = &[
        "affiliation",
        "group",
        "group_name",
        "person",
        "name",
        "for",
        "against",
        "abstention",
        "not_voting",
        "by_proxy",
        "declared_for",
        "declared_against",
        "declared_abstention",
        "declared_not_voting",
        "expanded_for",
        "expanded_against",
        "expanded_abstention",
        "expanded_not_voting",
    ];

    fn rows(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for line in &self.groups {
            let group = [line.affiliation.wire().to_owned(), plain(line.group), text(line.name.as_deref())];
            let under = |option: BallotOption| line.options.iter().find(|of| of.option == option);
            let derived = OPTIONS.map(|option| under(option).map_or(0, |of| of.derived).to_string());
            let declared = OPTIONS.map(|option| plain(under(option).and_then(|of| of.declared)));
            let expanded = OPTIONS.map(|option| under(option).map_or(0, |of| of.expanded).to_string());
            let by_proxy: u32 = line.members.iter().map(|member| member.votes.by_proxy).sum();
            let of_group = [String::new(), String::new()].into_iter().chain(derived).chain([by_proxy.to_string()]).chain(declared).chain(expanded);
            rows.push(group.iter().cloned().chain(of_group).collect());
            for member in &line.members {
                let v = member.votes;
                let votes = [v.in_favour, v.against, v.abstention, v.not_voting, v.by_proxy].map(|count| count.to_string());
                let own = [member.person.to_string(), text(member.name.as_deref())].into_iter().chain(votes);
                // What is declared and what is expanded is of the group, and of nobody.
                rows.push(group.iter().cloned().chain(own).chain(std::iter::repeat_n(String::new(), 2 * OPTIONS.len())).collect());
            }
        }
        rows
    }
}

/// A line for each recusal on each item.
impl Table for RecusalStatistics {
    const HEADER: &'static [&'static str] = &[
        "sitting",
        "date",
        "item",
        "item_label",
        "item_title",
        "person",
        "name",
        "group",
        "count",
        "kind",
        "took_part_in_debate",
        "took_part_in_vote",
        "left_the_room",
    ];

    fn rows(&self) -> Vec<Vec<String>> {
        let lines = self.items.iter().flat_map(|item| item.of.iter().map(move |line| (item, line)));
        let row = |(item, line): (&crate::rules::statistics::ItemRecusals, &crate::rules::statistics::RecusalLine)| {
            vec![
                item.sitting.to_string(),
                item.date.to_string(),
                plain(item.item),
                text(item.label.as_deref()),
                text(item.title.as_deref()),
                plain(line.person),
                text(line.name.as_deref()),
                text(line.group.as_deref()),
                plain(line.count),
                line.kind.wire().to_owned(),
                plain(line.took_part_in_debate),
                plain(line.took_part_in_vote),
                plain(line.left_the_room),
            ]
        };
        lines.map(row).collect()
    }
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(of_members).service(of_votes).service(of_recusals);
}
