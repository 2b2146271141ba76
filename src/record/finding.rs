//! Findings (constats): what does not hold, by which rule, and whether it could have changed the result. Computed, never recorded;
//! only a waiver is recorded.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Amount, Id};
use crate::vocabulary;

vocabulary! {
    /// What a finding holds up.
    Severity {
        Blocking = "blocking", "bloquant", "blocking";
        Alert = "alert", "alerte", "alert";
        Information = "information", "information", "information";
    }
}

vocabulary! {
    /// How sure the rule behind a finding is.
    Certainty {
        Verified = "verified", "texte vérifié", "text verified";
        Verified2015 = "verified_2015", "texte vérifié dans sa version de 2015", "text verified as it stood in 2015";
        Partial = "partial", "texte lu en partie", "text read in part";
        Unverified = "unverified", "à vérifier", "unverified";
        InternalRules = "internal_rules", "règlement intérieur", "the body's internal rules";
    }
}

vocabulary! {
    /// What a finding is about.
    SubjectKind {
        Sitting = "sitting", "séance", "sitting";
        Item = "item", "point de l'ordre du jour", "agenda item";
        Ballot = "ballot", "scrutin", "ballot";
        Deliberation = "deliberation", "délibération", "deliberation";
        Event = "event", "événement de séance", "event of the sitting";
    }
}

vocabulary! {
    /// The findings that the register makes.
    FindingCode {
        QuorumNotMet = "quorum.not_met", "quorum non atteint", "quorum not met";
        QuorumUnsettled = "quorum.unsettled", "quorum indéterminé", "quorum unsettled";
        AttendanceUnreconciled = "attendance.unreconciled", "liste de présence incohérente", "attendance does not reconcile";
        AttendanceOfficeUnstated = "attendance.office_unstated", "membres en exercice non précisés", "members in office unstated";
        ProxyNeededButUnstated = "proxy.needed_but_unstated", "pouvoirs nécessaires mais non mentionnés", "proxies needed but unstated";
        ProxyInvalid = "proxy.invalid", "pouvoir irrégulier", "invalid proxy";
        BallotExceedsElectorate = "ballot.exceeds_electorate", "plus de voix que de votants possibles", "more votes than possible voters";
        BallotGroupSplitUnnamed = "ballot.group_split_unnamed", "groupe partagé sans noms", "group split, nobody named";
        BallotModeUnstated = "ballot.mode_unstated", "mode de scrutin non précisé", "ballot mode unstated";
        BallotGroupSum = "ballot.group_sum", "total des groupes différent du décompte", "groups do not sum to the tally";
        BallotRollCallDiffers = "ballot.roll_call_differs", "appel nominal différent du décompte", "roll call differs from the tally";
        BallotPresenceCorrected = "ballot.presence_corrected", "présence corrigée après le scrutin", "presence corrected after the ballot";
        BallotRemote = "ballot.remote", "vote à distance sans scrutin public", "remote attendance without a public ballot";
        BallotEnBloc = "ballot.en_bloc", "vote en bloc irrégulier", "irregular vote en bloc";
        BallotGroupVote = "ballot.group_vote", "vote par groupe non prévu", "vote by group not provided for";
        BallotItemNotTaken = "ballot.item_not_taken", "scrutin sur un point retiré ou ajourné", "ballot on an item withdrawn or postponed";
        RecusalCounted = "recusal.counted", "membre déporté compté", "recused member counted";
        RecusalMayBeCounted = "recusal.may_be_counted", "membre déporté peut-être compté", "recused member may be counted";
        OutcomeContradictsTally = "outcome.contradicts_tally", "sort contraire au décompte", "outcome contradicts the tally";
        ActCompetenceUnverified = "act.competence_unverified", "compétence non vérifiée", "competence unverified";
        ActDates = "act.dates", "dates manquantes ou incohérentes", "dates missing or inconsistent";
        ActSignatureDelegation = "act.signature_delegation", "délégation de signature non citée", "delegation of signature not cited";
        ActIdentifier = "act.identifier", "numéro non transmissible tel quel", "number cannot be transmitted as it stands";
        MoneyBalance = "money.balance", "solde inexact", "balance does not follow";
        MoneyTotal = "money.total", "total inexact", "total does not follow";
        MoneyImputation = "money.imputation", "imputations écrites différemment", "imputations written differently";
        MoneyIdentifier = "money.identifier", "SIREN ou SIRET invalide", "invalid SIREN or SIRET";
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Finding {
    pub code: FindingCode,
    pub subject: Subject,
    pub severity: Severity,
    pub certainty: Certainty,
    /// The rule that made it.
    #[schema(value_type = String)]
    pub rule: &'static str,
    /// Articles of law and decisions of courts.
    pub legal_basis: Vec<Cow<'static, str>>,
    /// The date at which the rule was applied: that of the sitting.
    pub valid_at: NaiveDate,
    #[serde(flatten)]
    pub computed: Computed,
    /// Whether it could have changed the result, where numbers are the test.
    pub decisive: Option<bool>,
    pub label: FindingLabel,
    pub waiver: Option<Waiver>,
}

/// A finding in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FindingLabel {
    pub fr: String,
    pub en: String,
}

/// What a finding or a waiver is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct Subject {
    pub kind: SubjectKind,
    pub id: Id,
}

/// A finding set aside by a lawyer, with the reason. Part of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Waiver {
    pub code: FindingCode,
    pub subject: Subject,
    #[schema(min_length = 1)]
    pub reason: String,
    /// The subject of the token that waived it.
    #[serde(default)]
    pub by: Option<String>,
    #[serde(default)]
    pub at: Option<DateTime<Utc>>,
}

/// An irregularity that really happened, recorded live: it is kept with the reason for going on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Acknowledgement {
    pub code: FindingCode,
    #[schema(min_length = 1)]
    pub reason: String,
    /// The subject of the token that acknowledged it; filled in by the register.
    #[serde(default)]
    pub by: Option<String>,
    #[serde(default)]
    pub at: Option<DateTime<Utc>>,
}

/// The figures behind a finding, as `computed`; `figures` tells which there are. They do not follow from the code alone: `act.dates` has three shapes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "figures", content = "computed", rename_all = "snake_case")]
pub enum Computed {
    /// `ballot.exceeds_electorate`
    Electorate {
        counted: u32,
        at_most: u32,
        without_proxies: u32,
        members_in_office: Option<u32>,
        #[schema(value_type = Vec<String>)]
        assumes: Vec<&'static str>,
    },
    /// `proxy.needed_but_unstated`
    ProxiesNeeded {
        counted: u32,
        without_proxies: u32,
        needed: u32,
        /// Voting members listed as not present: the only ones who could have given one.
        possible_givers: u32,
    },
    /// `quorum.*`
    Quorum {
        counted: u32,
        members_in_office: Option<u32>,
        /// The quorum is met if at most this many were in office.
        met_if_in_office_at_most: u32,
        represented_count: bool,
    },
    /// `recusal.*`
    Recusal { recused: u32, counted: Option<u32>, at_most: Option<u32>, option: Option<super::BallotOption> },
    /// `ballot.group_split_unnamed`
    GroupSplit { group: String, options: Vec<super::BallotOption> },
    /// `ballot.group_sum`, `ballot.roll_call_differs`
    Tally { option: super::BallotOption, stated: u32, derived: u32 },
    /// `outcome.contradicts_tally`
    Outcome { stated: super::Outcome, for_votes: u32, against_votes: u32 },
    /// `money.balance`, `money.total`
    Amounts { stated: Amount, derived: Amount },
    /// `ballot.presence_corrected`
    Presence { then: super::FrozenElectorate, now: super::FrozenElectorate },
    /// `ballot.remote`
    Remote { remote: u32, mode: super::BallotMode },
    /// `ballot.en_bloc`
    PulledOut { pulled_out: Vec<Id> },
    /// `act.dates`, of a report that went out late.
    Report { sent_on: NaiveDate, days_before: i64, days_needed: u32, clear_days: bool, latest_day: NaiveDate },
    /// Texts that should agree or be valid.
    Texts { texts: Vec<String> },
    /// Names of the facts that are missing.
    Missing {
        #[schema(value_type = Vec<String>)]
        missing: Vec<&'static str>,
    },
    /// `attendance.unreconciled`
    Attendance { stated: Option<u32>, listed: u32, twice: Vec<String> },
}
