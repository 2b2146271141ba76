//! The legal profiles as data.

use chrono::NaiveDate;

use super::*;
use crate::record::Certainty;
use crate::rules::{LegalRule, RuleId, RuleLayer, profiles};

fn rules_of(body: BodyKind) -> Vec<LegalRule> {
    profiles().into_iter().find(|profile| profile.body == body).unwrap().rules
}

fn on(body: BodyKind, rule: RuleId, date: &str) -> Option<LegalRule> {
    let at: NaiveDate = date.parse().unwrap();
    let holds = |r: &LegalRule| r.id == rule && r.valid_from.is_none_or(|from| from <= at) && r.valid_to.is_none_or(|to| at <= to);
    let found: Vec<LegalRule> = rules_of(body).into_iter().filter(holds).collect();
    assert!(found.len() < 2, "two texts for {rule:?} of {body:?} on {date}");
    found.into_iter().next()
}

const EIGHT: [BodyKind; 8] = [
    BodyKind::DepartmentalCouncil,
    BodyKind::DepartmentalPermanentCommission,
    BodyKind::RegionalCouncil,
    BodyKind::RegionalPermanentCommission,
    BodyKind::MunicipalCouncil,
    BodyKind::IntercommunalCouncil,
    BodyKind::CorsicanAssembly,
    BodyKind::LyonMetropolisCouncil,
];

#[test]
fn one_profile_per_kind_of_body() {
    let bodies: Vec<BodyKind> = profiles().iter().map(|profile| profile.body).collect();
    assert!(EIGHT.iter().all(|body| bodies.iter().filter(|b| *b == body).count() == 1), "{bodies:?}");
    assert_eq!(bodies.len(), BodyKind::MEMBERS.len());
}

/// Rules that some bodies do without: a quorum, a delegation of powers, time limits, texts on some bodies only.
const NOT_EVERYWHERE: &[RuleId] = &[
    RuleId::QuorumItem,
    RuleId::QuorumRepresentatives,
    RuleId::QuorumSecondMeeting,
    RuleId::ActCompetence,
    RuleId::ActDatesReport,
    RuleId::BallotRemote,
];

#[test]
fn every_rule_that_a_finding_can_carry_is_in_the_profile_of_its_body() {
    // A finding's rule is a RuleId, so these are all that there can be.
    for name in RuleId::MEMBERS {
        let rule: RuleId = name.value.parse().unwrap();
        for body in BodyKind::MEMBERS.iter().map(|member| member.value.parse::<BodyKind>().unwrap()) {
            let there =
                ["2015-01-01", "2022-02-23", "2025-07-07", "2025-12-23", "2025-12-24", "2026-11-24"].map(|date| on(body, rule, date).is_some());
            assert!(there.iter().all(|known| *known) || NOT_EVERYWHERE.contains(&rule), "{rule:?} of {body:?}");
        }
        assert!(profiles().iter().any(|profile| profile.rules.iter().any(|r| r.id == rule)), "{rule:?} is nowhere");
    }
}

#[test]
fn what_nobody_read_is_not_put_as_the_law() {
    let all: Vec<LegalRule> = profiles().into_iter().flat_map(|profile| profile.rules).collect();
    for rule in &all {
        let hedged = rule.text.fr.starts_with("À vérifier : ") && rule.text.en.starts_with("To be verified: ");
        assert_eq!(hedged, rule.certainty == Certainty::Unverified, "{rule:?}");
        assert_eq!(rule.layer == RuleLayer::InternalRules, rule.certainty == Certainty::InternalRules, "{rule:?}");
        // A text claimed to be read has a reference.
        assert!(!rule.articles.is_empty() || rule.certainty == Certainty::Unverified, "{rule:?}");
    }
}

#[test]
fn the_marks_of_the_page_on_the_law() {
    use BodyKind as Body;
    use Certainty::{InternalRules, Partial, Unverified, Verified, Verified2015};
    type Row<'a> = (Body, RuleId, &'a str, Option<(Certainty, &'a str, Option<&'a str>)>);
    let rows: Vec<Row> = vec![
        (Body::DepartmentalCouncil, RuleId::QuorumItem, "2025-07-07", Some((Verified2015, "CGCT L3121-14", Some("present")))),
        (
            Body::DepartmentalPermanentCommission,
            RuleId::QuorumItem,
            "2025-07-07",
            Some((Verified2015, "CGCT L3121-14-1", Some("present_or_represented"))),
        ),
        (Body::CorsicanAssembly, RuleId::QuorumItem, "2025-07-07", Some((Verified2015, "CGCT L4422-7", Some("present_or_represented")))),
        (Body::LyonMetropolisCouncil, RuleId::QuorumItem, "2025-07-07", None),
        (Body::DepartmentalCouncil, RuleId::RecusalCounted, "2025-07-07", Some((Verified, "CE, 6 juin 1997, SERTIM", None))),
        (Body::DepartmentalCouncil, RuleId::RecusalCounted, "2025-12-24", Some((Partial, "CGCT L3132-5", None))),
        (Body::RegionalCouncil, RuleId::RecusalCounted, "2025-12-24", Some((Partial, "CGCT L4142-5", None))),
        (Body::DepartmentalCouncil, RuleId::QuorumRepresentatives, "2025-12-23", None),
        (Body::DepartmentalCouncil, RuleId::QuorumRepresentatives, "2025-12-24", Some((Partial, "CGCT L3132-5", Some("leave")))),
        (Body::DepartmentalPermanentCommission, RuleId::QuorumRepresentatives, "2025-12-24", Some((Unverified, "CGCT L3132-5", Some("unsettled")))),
        (Body::MunicipalCouncil, RuleId::QuorumRepresentatives, "2022-02-22", None),
        (Body::MunicipalCouncil, RuleId::QuorumRepresentatives, "2022-02-23", Some((Verified, "CGCT L2131-11", Some("leave")))),
        (Body::DepartmentalPermanentCommission, RuleId::ProxyValid, "2025-07-07", Some((InternalRules, "règlement intérieur", Some("1")))),
        (Body::DepartmentalCouncil, RuleId::BallotPublicRequest, "2025-07-07", Some((Verified2015, "CGCT L3121-15", Some("1/6")))),
        (Body::MunicipalCouncil, RuleId::BallotPublicRequest, "2025-07-07", Some((Unverified, "CGCT L2121-21", Some("1/4")))),
        (Body::LyonMetropolisCouncil, RuleId::BallotSecret, "2025-07-07", Some((Verified, "CGCT L3631-7", Some("1/3")))),
        (Body::DepartmentalPermanentCommission, RuleId::ActDatesReport, "2025-07-07", Some((Partial, "CGCT L3121-19-1", Some("8 days")))),
        (Body::DepartmentalCouncil, RuleId::ActDatesReport, "2025-07-07", Some((Verified, "CGCT L3121-19", Some("12 days")))),
        (Body::DepartmentalCouncil, RuleId::BallotRemote, "2022-07-31", None),
        (Body::DepartmentalCouncil, RuleId::BallotRemote, "2022-08-01", Some((Partial, "CGCT L3121-9-1", Some("public")))),
        (Body::DepartmentalCouncil, RuleId::ActCompetence, "2025-07-07", None),
    ];
    for (body, rule, date, expected) in rows {
        let found = on(body, rule, date);
        let found = found.as_ref().map(|r| (r.certainty, r.articles[0].as_ref(), r.value.as_deref()));
        assert_eq!(found, expected, "{rule:?} of {body:?} on {date}");
    }
}
