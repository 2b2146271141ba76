//! Declarations of interest, delegations of signature, powers delegated: kept as the directory is. Declarations of interest are restricted:
//! without `restricted:read` there are none.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get, post, put};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{DirectoryWrite, Granted, Reading};
use super::body::Sent;
use super::conditional::{IdempotencyKey, IfMatch, written};
use super::directory::{Wanted, resource, wanted};
use super::page::{Limit, List, links};
use super::query::{NoParams, Params, day, instant};
use super::respond::{Answered, blocking, filing, list, raw};
use crate::publish::{InterestDeclarationAnswer, PowersDelegationAnswer, SignatureDelegationAnswer};
use crate::record::{Id, InterestDeclaration, PowersDelegation, SignatureDelegation, Siren, fold};
use crate::register::{Entry, Register};
use crate::store::{DirectoryFilter, EntryKind};

/// The filters of a register; each has those that its entries can answer.
macro_rules! filters {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $of:literal])* $field:ident),+ }) => {
        $(#[doc = $doc])+
        #[derive(Deserialize, IntoParams)]
        #[into_params(parameter_in = Query)]
        pub struct $name {
            /// SIREN of the authority; needed without a token when the register holds several.
            authority: Option<Siren>,
            $($(#[doc = $of])* $field: Option<Id>,)+
            /// Part of its texts, whatever their case and accents.
            q: Option<String>,
            /// In force on this day. An unknown bound bounds nothing.
            #[serde(default, deserialize_with = "day")]
            on: Option<NaiveDate>,
            /// Changed at or after this instant.
            #[serde(default, deserialize_with = "instant")]
            modified_since: Option<DateTime<Utc>>,
            /// 1 to 200; 50 when not said.
            #[param(value_type = Option<u8>, minimum = 1, maximum = 200)]
            limit: Option<Limit>,
            /// From `links.next`.
            cursor: Option<String>,
        }

        impl $name {
            fn wanted(self) -> Wanted {
                let filter = DirectoryFilter {
                    name: self.q.as_deref().map(fold),
                    $($field: self.$field.map(|id| id.to_string()),)+
                    on: self.on,
                    modified_since: self.modified_since.map(|t| t.naive_utc()),
                    ..DirectoryFilter::default()
                };
                wanted(self.authority, self.limit, self.cursor.as_deref(), filter)
            }
        }
    };
}

filters! {
    /// Which declarations of interest.
    DeclarationParams { person }
}
filters! {
    /// Which delegations of signature.
    SignatureParams {
        /// The delegate.
        person,
        /// The body whose acts may be signed; those for any body are not found by one.
        body
    }
}
filters! {
    /// Which delegations of powers.
    PowersParams {
        /// The body that receives the powers.
        body
    }
}

resource!(
    interest_declarations,
    InterestDeclaration,
    InterestDeclarationAnswer,
    DeclarationParams,
    "/interest-declarations",
    "/interest-declarations/{id}",
    "interest declarations",
    "a declaration of interest",
    "listInterestDeclarations",
    "addInterestDeclaration",
    "getInterestDeclaration",
    "replaceInterestDeclaration"
);
resource!(
    signature_delegations,
    SignatureDelegation,
    SignatureDelegationAnswer,
    SignatureParams,
    "/signature-delegations",
    "/signature-delegations/{id}",
    "signature delegations",
    "a delegation of signature",
    "listSignatureDelegations",
    "addSignatureDelegation",
    "getSignatureDelegation",
    "replaceSignatureDelegation"
);
resource!(
    powers_delegations,
    PowersDelegation,
    PowersDelegationAnswer,
    PowersParams,
    "/powers-delegations",
    "/powers-delegations/{id}",
    "powers delegations",
    "a delegation of powers",
    "listPowersDelegations",
    "addPowersDelegation",
    "getPowersDelegation",
    "replacePowersDelegation"
);

pub fn routes(config: &mut ServiceConfig) {
    use {interest_declarations as declarations, powers_delegations as powers, signature_delegations as signatures};
    config.service(declarations::list_all).service(declarations::add).service(declarations::one).service(declarations::replace);
    config.service(signatures::list_all).service(signatures::add).service(signatures::one).service(signatures::replace);
    config.service(powers::list_all).service(powers::add).service(powers::one).service(powers::replace);
}
