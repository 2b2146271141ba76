//! Every closed vocabulary with its labels, and every problem with its meaning.

use actix_web::web::Path;
use actix_web::{HttpRequest, get};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::page::{Links, List};
use super::problem::{Kind, Problem};
use super::query::{NoParams, Params};
use super::respond::{Answered, json, list};
use super::tokens::Scope;
use crate::deliver::DeliveryState;
use crate::intake;
use crate::publish::{
    self,
    paper::{PaperFormat, SittingPaper},
};
use crate::record::{Label, VOCABULARIES, Vocabulary};
use crate::register::{AmountsBy, AuthorityFit, ImportFailure, ImportMode, ImportPhase, ImportState, MemberRole, Want};
use crate::rules::{self, LegalProfile};
use crate::search;

/// A type of problem.
#[derive(Clone, Copy, Serialize, ToSchema)]
pub struct ProblemType {
    /// Name: the type on the wire is `/problems/` and this.
    #[schema(value_type = String)]
    pub name: &'static str,
    pub status: u16,
    pub title: Label,
    #[schema(value_type = String)]
    pub description: &'static str,
}

fn of(kind: Kind) -> ProblemType {
    ProblemType { name: kind.slug(), status: kind.code(), title: kind.title(), description: kind.about().trim() }
}

/// List every vocabulary with its labels
///
/// In full.
#[utoipa::path(operation_id = "listEnums", tag = "vocabulary", security(()),
    responses((status = 200, description = "Every vocabulary", body = List<Vocabulary>)))]
#[get("/enums")]
async fn enums(request: HttpRequest, _params: Params<NoParams>) -> Answered {
    list(&request, vocabularies(), Links { next: None }, true)
}

/// Every closed vocabulary, by name.
pub fn vocabularies() -> Vec<Vocabulary> {
    let mut all = VOCABULARIES.to_vec();
    all.extend_from_slice(rules::VOCABULARIES);
    all.extend_from_slice(publish::actes::VOCABULARIES);
    all.extend_from_slice(publish::compare::VOCABULARIES);
    all.push(SittingPaper::VOCABULARY);
    all.push(PaperFormat::VOCABULARY);
    all.extend_from_slice(publish::scdl::VOCABULARIES);
    all.push(DeliveryState::VOCABULARY);
    all.extend_from_slice(search::VOCABULARIES);
    all.push(MemberRole::VOCABULARY);
    all.push(AmountsBy::VOCABULARY);
    all.push(Want::VOCABULARY);
    all.extend([ImportFailure::VOCABULARY, ImportMode::VOCABULARY, ImportPhase::VOCABULARY, ImportState::VOCABULARY]);
    all.extend_from_slice(intake::VOCABULARIES);
    all.push(AuthorityFit::VOCABULARY);
    all.push(Scope::VOCABULARY);
    all.sort_by_key(|v| v.name);
    all
}

/// List the legal profiles
///
/// In full: what the law asks of each kind of body, with its articles, its dates and how certain each text is.
#[utoipa::path(operation_id = "listLegalProfiles", tag = "vocabulary", security(()),
    responses((status = 200, description = "A profile for each kind of body", body = List<LegalProfile>)))]
#[get("/legal-profiles")]
async fn legal_profiles(request: HttpRequest, _params: Params<NoParams>) -> Answered {
    list(&request, rules::profiles(), Links { next: None }, true)
}

/// List every type of problem
///
/// In full.
#[utoipa::path(operation_id = "listProblems", tag = "vocabulary", security(()),
    responses((status = 200, description = "Every type", body = List<ProblemType>)))]
#[get("/problems")]
async fn problems(request: HttpRequest, _params: Params<NoParams>) -> Answered {
    list(&request, Kind::ALL.iter().copied().map(of).collect(), Links { next: None }, true)
}

/// Read what a type of problem means
///
/// The address is the `type` of the problems of that type.
#[utoipa::path(operation_id = "getProblem", tag = "vocabulary", params(("name" = String, Path)),
    security(()), responses((status = 200, description = "The type", body = ProblemType)))]
#[get("/problems/{name}")]
async fn problem(request: HttpRequest, name: Path<String>, _params: Params<NoParams>) -> Answered {
    let kind = Kind::ALL.iter().copied().find(|k| k.slug() == *name).ok_or_else(|| Problem::new(Kind::NotFound))?;
    json(&request, &of(kind), true)
}

/// What stands under `/v1`: that scope takes every address that begins so.
pub fn routes(config: &mut ServiceConfig) {
    config.service(enums).service(legal_profiles);
}

/// What stands outside: a `type` of a problem is the same in every version.
pub fn problem_routes(config: &mut ServiceConfig) {
    config.service(problems).service(problem);
}
