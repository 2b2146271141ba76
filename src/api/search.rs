//! Looking for acts by their words.

use actix_web::web::Data;
use actix_web::{HttpRequest, get};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::Reading;
use super::deliberations::MatterPath;
use super::kept::Keeping;
use super::page::{Limit, Links, links, place};
use super::problem::{Kind, Problem};
use super::query::{Params, day, year};
use super::respond::{Answered, blocking};
use crate::record::{ActKind, Id, Outcome, Siren};
use crate::register::{Facets, Hit, MemberRole, Page, Register, SearchPlace, Sought};
use crate::search::{Query, SearchOrder};

/// What to look for, and among which acts. All that is given must hold.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchParams {
    /// Words that must all be there, `"a phrase"`, `-exclusion`, the number of an act, a SIREN or a SIRET.
    #[param(example = "réseau SCIC -annexe")]
    q: Option<String>,
    /// SIREN of the authority; needed without a token when the register holds several.
    authority: Option<Siren>,
    body: Option<Id>,
    /// Of the sitting.
    #[serde(default, deserialize_with = "year")]
    #[param(value_type = Option<u16>, minimum = 1, maximum = 9999, example = 2025)]
    year: Option<i32>,
    /// First day.
    #[serde(default, deserialize_with = "day")]
    date_from: Option<NaiveDate>,
    /// Last day.
    #[serde(default, deserialize_with = "day")]
    date_to: Option<NaiveDate>,
    /// A group named in a ballot on the act.
    group: Option<Id>,
    outcome: Option<Outcome>,
    /// Kind of act.
    kind: Option<ActKind>,
    /// A path of the ACTES nomenclature: `7.1` finds 7.1 and 7.1.3, not 7.10.
    #[param(value_type = Option<String>, pattern = r"^[0-9]{1,2}(\.[0-9]{1,2}){0,4}$", example = "7.5")]
    matter_code: Option<MatterPath>,
    /// A person, in the way that `member_as` says.
    member: Option<Id>,
    /// `present` when not said.
    member_as: Option<MemberRole>,
    /// `relevance` when not said.
    sort: Option<SearchOrder>,
    /// `true`: count what the acts that are found share.
    #[serde(default, deserialize_with = "flag")]
    #[param(value_type = Option<bool>)]
    facets: bool,
    /// 1 to 200; 50 when not said.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 200)]
    limit: Option<Limit>,
    /// From `links.next`.
    cursor: Option<String>,
}

fn flag<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(serde::de::Error::custom("`true` or `false`")),
    }
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub struct SearchAnswer {
    /// In the order that was asked for.
    pub data: Vec<Hit>,
    pub links: Links,
    /// The question as it was understood.
    pub query: Query,
    /// Null: not asked for.
    pub facets: Option<Facets>,
}

impl SearchParams {
    fn sought(&self) -> Result<Sought, Problem> {
        if self.member_as.is_some() && self.member.is_none() {
            let (fr, en) = ("`member_as` précise `member`", "`member_as` is about `member`");
            return Err(Problem::new(Kind::InvalidParameter).at("member_as", "needs_member", fr, en));
        }
        let of_year = |month, day| self.year.and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
        Ok(Sought {
            query: Query::read(self.q.as_deref().unwrap_or_default()),
            body: self.body,
            date_from: self.date_from.max(of_year(1, 1)),
            date_to: [self.date_to, of_year(12, 31)].into_iter().flatten().min(),
            group: self.group,
            outcome: self.outcome,
            kind: self.kind,
            matter_code: self.matter_code.as_ref().map(|path| path.as_str().to_owned()),
            member: self.member.map(|member| (member, self.member_as.unwrap_or(MemberRole::Present))),
            order: self.sort.unwrap_or(SearchOrder::Relevance),
        })
    }
}

/// Search deliberations
///
/// Acts by their words, whatever their accents, case and endings: in titles, numbers, beneficiaries, names of signatories and rapporteurs, budget
/// entries, articles and recitals. First the act whose number is asked for, then those with all the words in their title, then those with them in what
/// they are about, then the others; each from the latest to the earliest. Without a token, only what the public may read is looked through.
#[utoipa::path(operation_id = "searchDeliberations", tag = "search", params(SearchParams),
    security((), ("token" = [])), responses((status = 200, description = "A page", body = SearchAnswer)))]
#[get("/search")]
async fn search(request: HttpRequest, register: Data<Register>, reading: Reading, params: Params<SearchParams>) -> Answered {
    let params = params.0;
    let sought = params.sought()?;
    let page = Page { authority: params.authority, limit: Limit::lines(params.limit) };
    let after: Option<SearchPlace> = place(params.cursor.as_deref())?;
    let query = sought.query.clone();
    let keeping = Keeping::before(&request, &register, &reading.0, page.authority.as_ref());
    let found = blocking(&register, move |r| r.search(&reading.0, &page, &sought, after, params.facets)).await?;
    let answer = SearchAnswer { data: found.listed.lines, links: links(&request, found.listed.next), query, facets: found.facets };
    keeping.json(&answer, None, found.listed.public)
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(search);
}
