//! What a token may do; and taking tokens back.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{Admin, AnyToken, Granted};
use super::body::Sent;
use super::problem::{Kind, Problem};
use super::query::{NoParams, Params};
use super::respond::{Answered, blocking, json};
use super::tokens::{Revoked, Scope, Verifier};
use crate::record::Siren;
use crate::register::Register;

/// What a token says and grants.
#[derive(Serialize, ToSchema)]
pub struct Me {
    pub sub: String,
    pub authority: Siren,
    pub scopes: Vec<Scope>,
    /// Seconds since 1970 (RFC 7519 §4.1.4).
    pub exp: i64,
}

/// A claim by which tokens are taken back.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum RevokedClaim {
    Jti,
    Sub,
}

/// Which tokens of the authority are taken back.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct Revocation {
    pub claim: RevokedClaim,
    #[schema(min_length = 1)]
    pub value: String,
}

/// Read what a token may do
///
/// The authority, the scopes, when it expires.
#[utoipa::path(operation_id = "getMe", tag = "me", security(("token" = [])),
    responses((status = 200, description = "What the token says", body = Me)))]
#[get("/me")]
async fn me(request: HttpRequest, who: Granted<AnyToken>, _params: Params<NoParams>) -> Answered {
    let caller = &who.caller;
    let me = Me { sub: caller.sub.clone(), authority: caller.authority.clone(), scopes: caller.scopes.iter().collect(), exp: caller.expires };
    json(&request, &me, false)
}

/// Take tokens back
///
/// Tokens of the authority with this `jti` or `sub` are refused from now on, within a second everywhere.
#[utoipa::path(operation_id = "revokeTokens", tag = "me", request_body = Revocation, security(("token" = ["admin"])),
    responses((status = 204, description = "Taken back")))]
#[post("/revocations")]
async fn revoke(
    register: Data<Register>,
    verifier: Data<Verifier>,
    who: Granted<Admin>,
    _params: Params<NoParams>,
    sent: Sent<Revocation>,
) -> Answered {
    let (actor, value) = (who.actor(), sent.value.value.clone());
    if value.trim().is_empty() || value.contains('\0') {
        let (fr, en) = ("ce n'est le `jti` ni le `sub` d'aucun jeton", "no token has such a `jti` or `sub`");
        return Err(Problem::new(Kind::InvalidField).at("/value", "value", fr, en));
    }
    let claim = match sent.value.claim {
        RevokedClaim::Jti => "jti",
        RevokedClaim::Sub => "sub",
    };
    blocking(&register, move |r| r.revoke(&actor, claim, &value)).await?;
    let authority = who.caller.authority.clone();
    verifier.revoke(match sent.value.claim {
        RevokedClaim::Jti => Revoked::Jti { authority, jti: sent.value.value },
        RevokedClaim::Sub => Revoked::Sub { authority, sub: sent.value.value },
    });
    Ok(HttpResponse::NoContent().finish())
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(me).service(revoke);
}
