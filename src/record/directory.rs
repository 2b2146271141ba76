//! The directory: who may sit, where and for which group. Dated, because a vote is counted by the group and the mandate of that day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Id, Siren};
use crate::vocabulary;

vocabulary! {
    /// Who may read without a token. Apart from legal publication: it creates no legal date.
    Visibility {
        Internal = "internal", "interne", "internal";
        Public = "public", "public", "public";
    }
}

vocabulary! {
    /// Kind of an authority (collectivité).
    AuthorityKind {
        Department = "department", "département", "department";
        Region = "region", "région", "region";
        Municipality = "municipality", "commune", "municipality";
        Intercommunal = "intercommunal", "établissement public de coopération intercommunale", "intercommunal body";
        Corsica = "corsica", "collectivité de Corse", "Corsica";
        LyonMetropolis = "lyon_metropolis", "métropole de Lyon", "Lyon metropolis";
        Other = "other", "autre", "other";
    }
}

vocabulary! {
    /// Kind of a body (instance). It picks the legal profile.
    BodyKind {
        DepartmentalCouncil = "departmental_council", "conseil départemental", "departmental council";
        DepartmentalPermanentCommission = "departmental_permanent_commission", "commission permanente du conseil départemental", "permanent commission of a departmental council";
        RegionalCouncil = "regional_council", "conseil régional", "regional council";
        RegionalPermanentCommission = "regional_permanent_commission", "commission permanente du conseil régional", "permanent commission of a regional council";
        MunicipalCouncil = "municipal_council", "conseil municipal", "municipal council";
        IntercommunalCouncil = "intercommunal_council", "conseil communautaire ou syndical", "intercommunal council";
        CorsicanAssembly = "corsican_assembly", "Assemblée de Corse", "Corsican Assembly";
        LyonMetropolisCouncil = "lyon_metropolis_council", "conseil de la métropole de Lyon", "Lyon metropolis council";
        Committee = "committee", "commission", "committee";
        Other = "other", "autre", "other";
    }
}

vocabulary! {
    /// What a member belongs to. `non_affiliated` (non-inscrit) is an affiliation, not a group.
    Affiliation {
        Group = "group", "groupe", "group";
        NonAffiliated = "non_affiliated", "non-inscrit", "non-affiliated";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

vocabulary! {
    /// Whether a person may vote in a body.
    VotingRight {
        Voting = "voting", "voix délibérative", "voting";
        WithoutVote = "without_vote", "sans voix délibérative", "without a vote";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

vocabulary! {
    /// Role of a mandate in its body.
    MandateRole {
        President = "president", "président", "president";
        VicePresident = "vice_president", "vice-président", "vice-president";
        Member = "member", "membre", "member";
        Substitute = "substitute", "suppléant", "substitute";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

/// A local authority: the owner of records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Authority {
    pub siren: Siren,
    #[schema(min_length = 1)]
    pub name: String,
    pub kind: AuthorityKind,
    /// As printed, spaces included.
    #[serde(default)]
    pub siret: Option<String>,
    /// Where the SIRET was read.
    #[serde(default)]
    pub siret_source: Option<String>,
    /// Code of the department or collectivity as the prefecture writes it: `062`, `02A`.
    #[serde(default)]
    pub department_code: Option<String>,
    /// As a sender on @CTES; null: archives are not made.
    #[serde(default)]
    pub actes: Option<ActesSender>,
    /// IANA name of its time zone.
    #[serde(default = "paris")]
    #[schema(example = "Europe/Paris")]
    pub time_zone: String,
    /// Whether the public sees findings on figures, in neutral words.
    #[serde(default = "yes")]
    pub public_findings: bool,
    /// Whether who recorded an act cannot seal it alone, and who sealed it cannot publish it.
    #[serde(default = "yes")]
    pub separation_of_duties: bool,
    #[serde(default = "internal")]
    pub visibility: Visibility,
}

/// Who sends, in the envelope of a transmission. It is as public as the authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ActesSender {
    /// Code of the kind of authority, two digits: 31 for a commune, 22 for a department. No list was read: as the operator says.
    #[schema(maximum = 99, example = 22)]
    pub kind: u8,
    /// Code of the district (arrondissement), one digit.
    #[schema(maximum = 9, example = 1)]
    pub district: u8,
    /// Where the prefecture answers: one address at least, with two to six letters at its end.
    #[schema(min_items = 1)]
    pub return_addresses: Vec<String>,
}

fn paris() -> String {
    "Europe/Paris".to_owned()
}
const fn yes() -> bool {
    true
}
const fn internal() -> Visibility {
    Visibility::Internal
}
const fn unstated_affiliation() -> Affiliation {
    Affiliation::Unstated
}
const fn unstated_right() -> VotingRight {
    VotingRight::Unstated
}
const fn unstated_role() -> MandateRole {
    MandateRole::Unstated
}

/// A body that sits: an assembly, a permanent commission, a committee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Body {
    #[schema(min_length = 1)]
    pub name: String,
    pub kind: BodyKind,
    /// The body that it comes from.
    #[serde(default)]
    pub parent: Option<Id>,
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
    /// How its acts are numbered: `{year}-{number}` where it does not say; `{year:2}` is the year in two digits, `{number:3}` has three at least.
    #[serde(default)]
    #[schema(example = "{year}-{number}")]
    pub numbering: Option<String>,
    /// What its internal rules (règlement intérieur) settle, dated. A rule that they settle is applied as they say.
    #[serde(default)]
    pub internal_rules: Vec<InternalRule>,
    /// Whether it makes the minutes of its sittings public. Those of a permanent commission are not, unless it decides so.
    #[serde(default)]
    pub public_minutes: bool,
    #[serde(default = "internal")]
    pub visibility: Visibility,
}

/// One point that the internal rules of a body settle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InternalRule {
    /// Name of a rule of the legal profiles: `outcome.casting_vote`.
    #[schema(min_length = 1, example = "outcome.casting_vote")]
    pub rule: String,
    /// Where they say so: "article 20".
    #[schema(min_length = 1)]
    pub article: String,
    /// What they say, in short.
    #[serde(default)]
    pub text: Option<String>,
    /// What they set, where the rule has a value: `1/6`, `8 days`, `present_or_represented`.
    #[serde(default)]
    pub value: Option<String>,
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
}

/// A political group (groupe d'élus).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Group {
    /// To the letter: a name may hold commas and "et".
    #[schema(min_length = 1)]
    pub name: String,
    #[serde(default)]
    pub short_name: Option<String>,
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
    #[serde(default = "internal")]
    pub visibility: Visibility,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Person {
    #[serde(default)]
    pub civility: Option<String>,
    #[serde(default)]
    pub given_name: Option<String>,
    #[schema(min_length = 1)]
    pub family_name: String,
    /// Other spellings met in acts.
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default = "internal")]
    pub visibility: Visibility,
}

/// A dated membership of a body. An unknown start or end is null, and bounds nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Mandate {
    pub person: Id,
    pub body: Id,
    #[serde(default = "unstated_role")]
    pub role: MandateRole,
    #[serde(default = "unstated_right")]
    pub voting_right: VotingRight,
    #[serde(default = "unstated_affiliation")]
    pub affiliation: Affiliation,
    /// With `affiliation` = `group` only.
    #[serde(default)]
    pub group: Option<Id>,
    /// The titular member whom this one replaces.
    #[serde(default)]
    pub substitute_of: Option<Id>,
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
    #[serde(default = "internal")]
    pub visibility: Visibility,
}
