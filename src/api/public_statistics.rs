//! Statistics that the public may ask for: amounts, grants, the cohesion of groups. As JSON or, with `Accept: text/csv`, as a table. Who has
//! `records:read` is answered from all that its authority recorded; anyone else from what is public.

use actix_web::http::header::{HeaderValue, VARY};
use actix_web::web::Data;
use actix_web::{HttpRequest, get};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::Reading;
use super::conditional::reading_as;
use super::csv::{self, Table, plain, text};
use super::page::{Limit, Links, links, place};
use super::problem::{Kind, Problem};
use super::query::{Params, day, year};
use super::respond::{Answered, blocking};
use crate::record::{Id, Siren};
use crate::register::{
    AmountLine, AmountsBy, BallotsLeftOut, CohesionLine, GrantLine, Held, LeftOut, NaturalPersons, Page, Period, Register, Spent, digest,
};

/// Of whom, and when.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GrantParams {
    /// SIREN of the authority; needed without a token when the register holds several.
    authority: Option<Siren>,
    body: Option<Id>,
    /// Of the sittings.
    #[serde(default, deserialize_with = "year")]
    #[param(value_type = Option<u16>, minimum = 1, maximum = 9999, example = 2025)]
    year: Option<i32>,
    /// First day.
    #[serde(default, deserialize_with = "day")]
    date_from: Option<NaiveDate>,
    /// Last day.
    #[serde(default, deserialize_with = "day")]
    date_to: Option<NaiveDate>,
    /// 1 to 200; 50 when not said. A table has all lines.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 200)]
    limit: Option<Limit>,
    /// From `links.next`.
    cursor: Option<String>,
}

/// By what, of whom, and when.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AmountParams {
    /// By what amounts are added up.
    by: AmountsBy,
    /// SIREN of the authority; needed without a token when the register holds several.
    authority: Option<Siren>,
    body: Option<Id>,
    /// Of the sittings.
    #[serde(default, deserialize_with = "year")]
    #[param(value_type = Option<u16>, minimum = 1, maximum = 9999, example = 2025)]
    year: Option<i32>,
    /// First day.
    #[serde(default, deserialize_with = "day")]
    date_from: Option<NaiveDate>,
    /// Last day.
    #[serde(default, deserialize_with = "day")]
    date_to: Option<NaiveDate>,
    /// 1 to 200; 50 when not said. A table has all lines.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 200)]
    limit: Option<Limit>,
    /// From `links.next`.
    cursor: Option<String>,
}

/// Of which body, and when.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CohesionParams {
    body: Id,
    /// SIREN of the authority; needed without a token when the register holds several.
    authority: Option<Siren>,
    /// Of the sittings.
    #[serde(default, deserialize_with = "year")]
    #[param(value_type = Option<u16>, minimum = 1, maximum = 9999, example = 2025)]
    year: Option<i32>,
    /// First day.
    #[serde(default, deserialize_with = "day")]
    date_from: Option<NaiveDate>,
    /// Last day.
    #[serde(default, deserialize_with = "day")]
    date_to: Option<NaiveDate>,
}

/// Sums by a key.
#[derive(Serialize, ToSchema)]
pub struct AmountsAnswer {
    /// In the order of keys.
    pub data: Vec<AmountLine>,
    pub links: Links,
    /// Acts with such lines that do not count.
    pub left_out: LeftOut,
}

/// What was granted to whom.
#[derive(Serialize, ToSchema)]
pub struct GrantsAnswer {
    /// From the most; those of whom no amount is known come last.
    pub data: Vec<GrantLine>,
    pub links: Links,
    /// Natural persons together, by currency: nobody is named to the public. Where each has a line: `[]`.
    pub natural_persons: Vec<NaturalPersons>,
    /// Acts with beneficiaries that do not count.
    pub left_out: LeftOut,
}

/// How far groups vote alike.
#[derive(Serialize, ToSchema)]
pub struct CohesionAnswer {
    /// In the order of names.
    pub data: Vec<CohesionLine>,
    pub links: Links,
    pub sittings: Held,
    /// Ballots that count for one group at least.
    pub ballots: u32,
    /// Ballots that do not count, each under the first head that fits.
    pub left_out: BallotsLeftOut,
}

/// The days that a year and two bounds leave.
fn days(year: Option<i32>, from: Option<NaiveDate>, to: Option<NaiveDate>) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let of_year = |month, day| year.and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
    (from.max(of_year(1, 1)), [to, of_year(12, 31)].into_iter().flatten().min())
}

/// Which lines: a page, or in a table all of them.
fn lines(request: &HttpRequest, authority: Option<Siren>, limit: Option<Limit>, cursor: Option<&str>) -> Result<(Page, i64), Problem> {
    if csv::wanted(request.headers()) {
        return Ok((Page { authority, limit: usize::MAX }, 0));
    }
    let offset: i64 = place(cursor)?.unwrap_or(0);
    if offset < 0 {
        return Err(Problem::new(Kind::InvalidCursor));
    }
    Ok((Page { authority, limit: Limit::lines(limit) }, offset))
}

/// Sends JSON, or the table.
fn answer<T: Serialize + Table>(request: &HttpRequest, statistics: &T, public: bool) -> Answered {
    let table = csv::wanted(request.headers());
    let body = if table { csv::written(statistics)? } else { serde_json::to_vec(statistics).map_err(|_| Problem::new(Kind::Internal))? };
    let etag = format!("\"{}\"", digest(&body));
    let media = if table { "text/csv; charset=utf-8; header=present" } else { "application/json" };
    let mut response = reading_as(request, &etag, public, body.into(), media);
    response.headers_mut().insert(VARY, HeaderValue::from_static("Authorization, Accept"));
    Ok(response)
}

/// Read what acts come to in money
///
/// What the acts of a period that were adopted come to: expenses and revenues of their budget lines by operation, entry, nature, function or year; or
/// what is granted, by the SIRET of the beneficiary. Acts annulled by a court or rescinded do not count.
#[utoipa::path(operation_id = "getAmounts", tag = "statistics", params(AmountParams),
    security((), ("token" = [])),
    responses((status = 200, description = "A line for each key and currency", content((AmountsAnswer = "application/json"), (String = "text/csv")))))]
#[get("/statistics/amounts")]
async fn amounts(request: HttpRequest, register: Data<Register>, reading: Reading, params: Params<AmountParams>) -> Answered {
    let AmountParams { by, authority, body, year, date_from, date_to, limit, cursor } = params.0;
    let (from, to) = days(year, date_from, date_to);
    let (page, offset) = lines(&request, authority, limit, cursor.as_deref())?;
    let found = blocking(&register, move |r| r.amounts(&reading.0, &page, by, Spent { body, from, to }, offset)).await?;
    let told = AmountsAnswer { data: found.lines, links: links(&request, found.next), left_out: found.left_out };
    answer(&request, &told, found.public)
}

/// Read what was granted to whom
///
/// What each beneficiary was granted by acts of a period that were adopted, from the most: by SIRET, else by name. Acts annulled by a court or rescinded
/// do not count. Natural persons are named to nobody but readers of the authority.
#[utoipa::path(operation_id = "getGrants", tag = "statistics", params(GrantParams),
    security((), ("token" = [])),
    responses((status = 200, description = "A line for each beneficiary and currency",
        content((GrantsAnswer = "application/json"), (String = "text/csv")))))]
#[get("/statistics/grants")]
async fn grants(request: HttpRequest, register: Data<Register>, reading: Reading, params: Params<GrantParams>) -> Answered {
    let GrantParams { authority, body, year, date_from, date_to, limit, cursor } = params.0;
    let (from, to) = days(year, date_from, date_to);
    let (page, offset) = lines(&request, authority, limit, cursor.as_deref())?;
    let found = blocking(&register, move |r| r.grants(&reading.0, &page, Spent { body, from, to }, offset)).await?;
    let next = links(&request, found.next);
    let told = GrantsAnswer { data: found.lines, links: next, natural_persons: found.natural_persons, left_out: found.left_out };
    answer(&request, &told, found.public)
}

/// Read how far groups vote alike
///
/// For each group the means of two indices over the ballots of a body: Rice, |for − against| / (for + against), and agreement (Hix, Noury, Roland 2005),
/// (m − ½(t − m)) / t, t being all votes for, against and abstaining, and m the largest of the three. From named votes, or from tallies that account
/// for every vote by group. Secret ballots, ballots whose figures cannot be right, and what the vote of a group gave its members do not count.
#[utoipa::path(operation_id = "getCohesion", tag = "statistics", params(CohesionParams),
    security((), ("token" = [])),
    responses((status = 200, description = "A line for each group", content((CohesionAnswer = "application/json"), (String = "text/csv")))))]
#[get("/statistics/cohesion")]
async fn cohesion(request: HttpRequest, register: Data<Register>, reading: Reading, params: Params<CohesionParams>) -> Answered {
    let CohesionParams { body, authority, year, date_from, date_to } = params.0;
    let (from, to) = days(year, date_from, date_to);
    let page = Page { authority, limit: usize::MAX };
    let found = blocking(&register, move |r| r.cohesion(&reading.0, &page, Period { body, from, to })).await?;
    let (sittings, ballots, left_out) = (found.sittings, found.ballots, found.left_out);
    let told = CohesionAnswer { data: found.groups, links: Links { next: None }, sittings, ballots, left_out };
    answer(&request, &told, found.public)
}

impl Table for AmountsAnswer {
    const HEADER: &'static [&'static str] = &["key", "currency", "expense", "revenue", "acts", "lines", "unknown"];

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |line: &AmountLine| {
            let counts = [line.acts, line.lines, line.unknown].map(|count| count.to_string());
            let sums = [plain(line.expense.as_ref()), plain(line.revenue.as_ref())];
            [text(line.key.as_deref()), line.currency.clone()].into_iter().chain(sums).chain(counts).collect()
        };
        self.data.iter().map(row).collect()
    }
}

/// Natural persons that are told together come last, without a name.
impl Table for GrantsAnswer {
    const HEADER: &'static [&'static str] = &["siret", "name", "kind", "currency", "granted", "acts", "lines", "unknown", "first", "last"];

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |line: &GrantLine| {
            let who = [text(line.siret.as_deref()), text(line.name.as_deref()), line.kind.wire().to_owned(), line.currency.clone()];
            let counts = [line.acts, line.lines, line.unknown].map(|count| count.to_string());
            let days = [line.first.to_string(), line.last.to_string()];
            who.into_iter().chain([plain(line.granted.as_ref())]).chain(counts).chain(days).collect()
        };
        let persons = |line: &NaturalPersons| {
            let kind = crate::record::BeneficiaryKind::NaturalPerson.wire().to_owned();
            let who = [String::new(), String::new(), kind, line.currency.clone(), plain(line.granted.as_ref())];
            let counts = [line.acts, line.lines, line.unknown].map(|count| count.to_string());
            who.into_iter().chain(counts).chain([String::new(), String::new()]).collect()
        };
        self.data.iter().map(row).chain(self.natural_persons.iter().map(persons)).collect()
    }
}

impl Table for CohesionAnswer {
    const HEADER: &'static [&'static str] = &["group", "name", "ballots", "agreement", "rice_ballots", "rice"];

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |line: &CohesionLine| {
            let (agreement, rice) = (plain(line.agreement.as_ref()), plain(line.rice.as_ref()));
            vec![plain(line.group), text(line.name.as_deref()), line.ballots.to_string(), agreement, line.rice_ballots.to_string(), rice]
        };
        self.data.iter().map(row).collect()
    }
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(amounts).service(grants).service(cohesion);
}
