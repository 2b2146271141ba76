//! Internal rules (règlement intérieur) laid over the texts: what a body may configure, and what follows.

use chrono::NaiveDate;
use serde_json::json;

use super::*;
use crate::record::{Affiliation, Ballot, BallotOption, Certainty, GroupVote, InternalRule, Severity};
use crate::rules::presence::{self, When};
use crate::rules::{
    InternalFault, LegalRule, Membership, RuleId, RuleLayer, Verdict, check_internal, expand_group_vote, irregularities, mode_request, outcome_of,
    profile_on, quorum_at, report_clock,
};

fn own(rule: &str, value: Option<&str>) -> InternalRule {
    serde_json::from_value(json!({ "rule": rule, "article": "article 20", "value": value })).unwrap()
}

fn under(kind: BodyKind, internal: &[InternalRule]) -> Governed<'_> {
    Governed { internal, ..kind.into() }
}

#[test]
fn what_a_body_may_configure() {
    use BodyKind::{
        Committee, DepartmentalCouncil as Council, DepartmentalPermanentCommission as Commission, LyonMetropolisCouncil as Lyon,
        RegionalCouncil as Region,
    };
    use InternalFault::{NotConfigurable, Unknown, Value as Unreadable};
    type Row<'a> = (BodyKind, &'a str, Option<&'a str>, Result<(), InternalFault>);
    let rows: Vec<Row> = vec![
        // Verified statute is not for the internal rules, nor is what they leave no choice in.
        (Council, "quorum.item", Some("present_or_represented"), Err(NotConfigurable)),
        (Commission, "quorum.item", Some("present"), Err(NotConfigurable)),
        (Council, "proxy.valid", Some("2"), Err(NotConfigurable)),
        (Council, "outcome.casting_vote", Some("no"), Err(NotConfigurable)),
        (Council, "ballot.public_request", Some("1/5"), Err(NotConfigurable)),
        (Council, "act.dates.report", Some("15 days"), Err(NotConfigurable)),
        (Lyon, "ballot.secret", Some("1/4"), Err(NotConfigurable)),
        (Commission, "outcome.tally", None, Err(NotConfigurable)),
        (Commission, "money.balance", None, Err(NotConfigurable)),
        (Commission, "vote.twice", None, Err(NotConfigurable)),
        // What is left to them, or was not verified.
        (Commission, "proxy.valid", Some("2"), Ok(())),
        (Commission, "proxy.valid", None, Ok(())),
        (Commission, "proxy.valid", Some("two"), Err(Unreadable)),
        (Commission, "outcome.casting_vote", Some("no"), Ok(())),
        (Commission, "outcome.casting_vote", Some("non"), Err(Unreadable)),
        (Commission, "ballot.public_request", Some("1/5"), Ok(())),
        (Commission, "ballot.public_request", Some("1/0"), Err(Unreadable)),
        (Commission, "ballot.public_request", Some("20 %"), Err(Unreadable)),
        (Commission, "ballot.secret", Some("1/3"), Ok(())),
        (Commission, "ballot.mode", None, Ok(())),
        (Commission, "ballot.mode", Some("1/6"), Err(Unreadable)),
        (Council, "ballot.group_expansion", Some("yes"), Ok(())),
        (Commission, "quorum.representatives", Some("leave"), Ok(())),
        (Commission, "quorum.representatives", Some("stay"), Ok(())),
        (Commission, "quorum.representatives", None, Err(Unreadable)),
        // The article on the commission was read in part; "at least" leaves room upwards only.
        (Commission, "act.dates.report", Some("10 days"), Ok(())),
        (Commission, "act.dates.report", Some("7 clear days"), Ok(())),
        (Commission, "act.dates.report", Some("7 days"), Err(Unreadable)),
        (Commission, "act.dates.report", Some("8"), Err(Unreadable)),
        // No statute known to the register, or none that was read.
        (Committee, "quorum.item", Some("present"), Ok(())),
        (Committee, "act.dates.report", Some("3 days"), Ok(())),
        (Region, "quorum.item", Some("present"), Ok(())),
        (Commission, "outcome.castingvote", Some("yes"), Err(Unknown)),
        (Commission, "", None, Err(Unknown)),
    ];
    for (kind, rule, value, expected) in rows {
        assert_eq!(check_internal(kind, &own(rule, value)), expected, "{kind:?} {rule} {value:?}");
    }
}

/// The commission is told from 24 December 2025 that the law is unsettled; a town had verified statute from 23 February 2022.
#[test]
fn it_is_theirs_to_settle_over_the_whole_time() {
    let over = |from: Option<&str>, to: Option<&str>| {
        let mut rule = own("quorum.representatives", Some("stay"));
        (rule.valid_from, rule.valid_to) = (from.map(|d| d.parse().unwrap()), to.map(|d| d.parse().unwrap()));
        check_internal(BodyKind::MunicipalCouncil, &rule)
    };
    assert_eq!(over(Some("2020-01-01"), Some("2022-02-22")), Ok(()));
    assert_eq!(over(Some("2020-01-01"), Some("2022-02-23")), Err(InternalFault::NotConfigurable));
    assert_eq!(over(None, None), Err(InternalFault::NotConfigurable));
}

#[test]
fn what_is_filed_in_spite_of_statute_counts_for_nothing() {
    let rules = [own("quorum.item", Some("present_or_represented"))];
    let room =
        sitting(json!({ "attendance": [members("present", 1..=2), members("absent", 3..=4)], "members_in_office": 4, "proxies": [proxy(4, 1)] }));
    let reading = quorum_at(&room, under(COUNCIL, &rules), id(1)).unwrap();
    assert_eq!((reading.counted, reading.certainty, reading.represented_count), (2, Certainty::Verified2015, false));
}

/// Members 1 to 3 present, 4 and 5 excused and both represented by 1; all for.
fn two_proxies(origin: &str) -> SittingRecord {
    let vote = ballot(json!([tally("for", 5), tally("against", 0)]), json!({}));
    sitting(json!({
        "origin": origin, "attendance": [members("present", 1..=3), members("excused", 4..=5)], "members_in_office": 5,
        "proxies": [proxy(4, 1), proxy(5, 1)], "ballots": [vote],
    }))
}

#[test]
fn proxies_to_a_holder() {
    let sitting = two_proxies("transcribed");
    let severity = |rules: &[InternalRule]| {
        let found = on_sitting(&sitting, under(COMMISSION, rules));
        found.iter().find(|f| f.code == FindingCode::ProxyInvalid).map(|f| (f.severity, f.certainty, f.legal_basis.join("; ")))
    };
    let default = "règlement intérieur; CGCT L3121-16";
    assert_eq!(severity(&[]), Some((Severity::Alert, Certainty::InternalRules, default.to_owned())));
    assert_eq!(severity(&[own("proxy.valid", Some("2"))]), None);
    let once = [own("proxy.valid", Some("1"))];
    assert_eq!(severity(&once), Some((Severity::Blocking, Certainty::InternalRules, format!("article 20; {default}"))));
    // In force from the day after, they are not asked.
    let mut later = own("proxy.valid", Some("2"));
    later.valid_from = "2025-07-08".parse().ok();
    assert_eq!(severity(&[later]).map(|(severity, ..)| severity), Some(Severity::Alert));
    // Presence follows: both are represented.
    let represented = |rules: &[InternalRule]| presence::under(&sitting, under(COMMISSION, rules), When::Item(id(1))).counts.represented;
    assert_eq!([represented(&[]), represented(&[own("proxy.valid", Some("2"))]), represented(&[own("proxy.valid", Some("0"))])], [1, 2, 0]);
}

/// A holder of two proxies, in a body that allows two: both givers vote through the group, and neither is left out of its votes.
#[test]
fn the_vote_of_a_group_follows_the_proxies_that_the_body_allows() {
    let entries = |members: &[u32]| members.iter().map(|n| json!({ "printed": format!("M. Membre {n}"), "group": "A" })).collect::<Vec<_>>();
    let list = |status: &str, members: &[u32]| json!({ "status": status, "voting_right": "voting", "entries": entries(members) });
    let proxy = |giver: u32| json!({ "giver": who(giver), "holder": who(1) });
    let record = sitting(json!({ "attendance": [list("present", &[1, 4]), list("excused", &[2, 3])], "proxies": [proxy(2), proxy(3)] }));
    let ballot = serde_json::from_value(ballot(json!([]), json!({ "mode": "show_of_hands" }))).unwrap();
    let group = Membership { affiliation: Affiliation::Group, group: None, name: Some("A".to_owned()) };
    let vote = GroupVote { group: id(301), option: BallotOption::For, dissenters: Vec::new(), dissenters_asked: true };
    let voters = |rules: &[InternalRule]| {
        let lines = expand_group_vote(&record, under(COMMISSION, rules), &ballot, &group, &vote, |_| Membership::UNSTATED).unwrap();
        lines.iter().map(|line| line.person.printed.clone().unwrap_or_default().replace("M. Membre ", "")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(voters(&[]), "1 4 2", "one proxy for a holder");
    assert_eq!(voters(&[own("proxy.valid", Some("2"))]), "1 4 2 3");
}

#[test]
fn a_tie_without_a_casting_vote() {
    let tied = ballot(
        json!([tally("for", 2), tally("against", 2)]),
        json!({ "mode": "public_roll_call", "roll_call": [
            { "person": who(1), "option": "for" }, { "person": who(2), "option": "for" },
            { "person": who(3), "option": "against" }, { "person": who(4), "option": "against" },
        ] }),
    );
    let record = sitting(json!({
        "attendance": [members("present", 1..=4)], "members_in_office": 4, "proxies": [],
        "chairs": [{ "person": who(1), "capacity": "president" }], "ballots": [tied],
    }));
    let read = |rules: &[InternalRule]| {
        let reading = outcome_of(&record, under(COMMISSION, rules), &record.ballots[0]);
        (reading.verdict, reading.reason.wire(), reading.legal_basis[0].to_string())
    };
    assert_eq!(read(&[]), (Verdict::Adopted, "casting_vote", "règlement intérieur".to_owned()));
    assert_eq!(read(&[own("outcome.casting_vote", Some("yes"))]), (Verdict::Adopted, "casting_vote", "article 20".to_owned()));
    let none = [own("outcome.casting_vote", Some("no"))];
    assert_eq!(read(&none), (Verdict::Rejected, "tie_no_casting_vote", "article 20".to_owned()));
    // Proclaimed adopted all the same: the internal rules are the body's own, so it holds the seal.
    assert_eq!(one(&on_sitting(&record, under(COMMISSION, &none)), FindingCode::OutcomeContradictsTally).severity, Severity::Blocking);
}

#[test]
fn shares_of_those_present() {
    let record = sitting(json!({ "attendance": [members("present", 1..=12)], "members_in_office": 12, "proxies": [] }));
    let asked = |mode: &str, rules: &[InternalRule]| {
        let vote = ballot(json!([]), json!({ "mode": mode, "requested_by": [who(1), who(2)] }));
        let vote: Ballot = serde_json::from_value(vote).unwrap();
        mode_request(&record, &vote, under(COMMISSION, rules)).map(|r| (r.needed, r.enough))
    };
    // A sixth of 12 is 2, a quarter 3.
    assert_eq!(asked("public_roll_call", &[]), Some((2, Some(true))));
    assert_eq!(asked("public_roll_call", &[own("ballot.public_request", Some("1/4"))]), Some((3, Some(false))));
    // Nobody may ask for a secret ballot until the internal rules say who.
    assert_eq!(asked("secret", &[]), None);
    assert_eq!(asked("secret", &[own("ballot.secret", Some("1/6"))]), Some((2, Some(true))));
}

#[test]
fn representatives_by_law_in_a_commission() {
    let aside = changed(recusal(1, &[1]), json!({ "legal_representative": "yes" }));
    let record = sitting(json!({
        "date": "2026-01-15", "attendance": [members("present", 1..=23), members("absent", 24..=44)], "members_in_office": 44, "proxies": [],
        "recusals": [aside],
    }));
    let met = |rules: &[InternalRule]| quorum_at(&record, under(COMMISSION, rules), id(1)).unwrap().met;
    // 22 count: enough of 43, not of 44.
    assert_eq!(met(&[]), None);
    assert_eq!(met(&[own("quorum.representatives", Some("leave"))]), Some(true));
    assert_eq!(met(&[own("quorum.representatives", Some("stay"))]), Some(false));
}

#[test]
fn a_quorum_that_only_the_internal_rules_set() {
    let vote = ballot(json!([tally("for", 2), tally("against", 0)]), json!({}));
    let record = sitting(
        json!({ "attendance": [members("present", 1..=2), members("absent", 3..=5)], "members_in_office": 5, "proxies": [], "ballots": [vote] }),
    );
    assert!(quorum_at(&record, BodyKind::Committee, id(1)).is_none());
    let rules = [own("quorum.item", Some("present"))];
    let finding = one(&on_sitting(&record, under(BodyKind::Committee, &rules)), FindingCode::QuorumNotMet);
    assert_eq!((finding.severity, finding.legal_basis.join("; ")), (Severity::Blocking, "article 20".to_owned()));
}

#[test]
fn votes_by_group() {
    let vote = ballot(
        json!([tally("for", 3), tally("against", 0)]),
        json!({ "group_votes": [{ "group": text_id(50), "option": "for", "dissenters_asked": true }] }),
    );
    let record =
        sitting(json!({ "origin": "recorded", "attendance": [members("present", 1..=3)], "members_in_office": 3, "proxies": [], "ballots": [vote] }));
    let severity = |rules: &[InternalRule]| {
        let found = on_sitting(&record, under(COMMISSION, rules));
        let held = irregularities(&record, &record.ballots[0], under(COMMISSION, rules));
        assert_eq!(codes(&held), codes(&found));
        found.iter().find(|f| f.code == FindingCode::BallotGroupVote).map(|f| f.severity)
    };
    assert_eq!(severity(&[]), Some(Severity::Alert));
    assert_eq!(severity(&[own("ballot.group_expansion", Some("yes"))]), None);
    assert_eq!(severity(&[own("ballot.group_expansion", None)]), None);
    assert_eq!(severity(&[own("ballot.group_expansion", Some("no"))]), Some(Severity::Blocking));
    // A tally by group is how the paper counts, and no vote by one voice.
    let counted = json!([{ "option": "for", "count": 3, "entries": [{ "kind": "group", "printed": "Groupe A", "count": 3 }] }]);
    let paper =
        sitting(json!({ "attendance": [members("present", 1..=3)], "members_in_office": 3, "proxies": [], "ballots": [ballot(counted, json!({}))] }));
    assert!(!codes(&on_sitting(&paper, COMMISSION)).contains(&"ballot.group_vote"));
}

#[test]
fn more_days_for_the_reports() {
    let record = sitting(json!({ "date": "2025-10-20", "convening": { "reports_sent": { "date": "2025-10-12" } } }));
    let rules = [own("act.dates.report", Some("10 days"))];
    let clock = &report_clock(&record, under(COMMISSION, &rules))[0];
    let found = (clock.days_needed, clock.latest_day, clock.late, clock.certainty);
    assert_eq!(found, (Some(10), "2025-10-10".parse().ok(), Some(true), Certainty::InternalRules));
    assert_eq!(clock.legal_basis, ["article 20", "CGCT L3121-19-1"]);
    let severities: Vec<Severity> =
        on_sitting(&record, under(COMMISSION, &rules)).iter().filter(|f| f.code == FindingCode::ActDates).map(|f| f.severity).collect();
    assert_eq!(severities, [Severity::Blocking; 3]);
}

#[test]
fn the_profile_of_a_body_has_its_internal_rules() {
    let mut proxies = own("proxy.valid", Some("2"));
    proxies.text = Some("Chaque membre peut recevoir deux pouvoirs".to_owned());
    (proxies.valid_from, proxies.valid_to) = ("2025-01-01".parse().ok(), "2025-12-31".parse().ok());
    let rules = [proxies, own("ballot.secret", Some("1/3"))];
    let on = |date: &str| -> Vec<LegalRule> {
        let at: NaiveDate = date.parse().unwrap();
        let profile = profile_on(under(COMMISSION, &rules), at);
        assert!(profile.rules.iter().all(|r| r.valid_from.is_none_or(|from| from <= at) && r.valid_to.is_none_or(|to| at <= to)));
        profile.rules
    };
    let rule = |date: &str, id: RuleId| on(date).into_iter().find(|r| r.id == id).unwrap();
    let during = rule("2025-07-07", RuleId::ProxyValid);
    assert_eq!((during.configured, during.layer, during.certainty), (true, RuleLayer::InternalRules, Certainty::InternalRules));
    assert_eq!(
        (during.value.as_deref(), during.articles.as_slice()),
        (Some("2"), ["article 20", "règlement intérieur", "CGCT L3121-16"].map(Into::into).as_slice())
    );
    assert_eq!(during.text.fr, "Chaque membre peut recevoir deux pouvoirs");
    let after = rule("2026-01-01", RuleId::ProxyValid);
    assert_eq!((after.configured, after.value.as_deref()), (false, Some("1")));
    assert_eq!(rule("2026-01-01", RuleId::BallotSecret).value.as_deref(), Some("1/3"));
    // One rule, one text.
    let ids: Vec<RuleId> = on("2025-07-07").iter().map(|r| r.id).collect();
    let mut once = ids.clone();
    once.dedup();
    assert_eq!(ids, once);
}
