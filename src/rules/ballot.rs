//! One ballot: the rules on how it was given and counted.

use super::electorate::{self, counted, stated};
use super::made::{Basis, many, number, words};
use super::presence::{Course, InChair, Presence, When};
use super::profile::{self, Governed, RuleId};
use super::{en_bloc, frozen, group_vote, outcome, proxy, recusal, remote};
use crate::record::names::{Names, fold};
use crate::record::{
    Ballot, BallotMode, BallotOption, Computed, Finding, FindingCode, FindingLabel, Severity, SittingRecord, Subject, SubjectKind, TallyEntry,
    VoterKind,
};

/// A ballot with what its rules look at.
pub struct Case<'a> {
    pub sitting: &'a SittingRecord,
    pub body: Governed<'a>,
    pub ballot: &'a Ballot,
    pub presence: Presence,
    pub names: &'a Names,
    pub chair: Option<InChair>,
}

impl<'a> Case<'a> {
    pub fn new(sitting: &'a SittingRecord, course: &'a Course<'a>, body: Governed<'a>, ballot: &'a Ballot) -> Self {
        let when = When::Ballot(ballot);
        Self { sitting, body, ballot, presence: course.at(when), names: &course.names, chair: course.chair(when) }
    }

    /// What a rule rests on for this body on this day.
    pub fn basis(&self, rule: RuleId) -> Basis<'a> {
        profile::basis(rule, self.body, self.sitting.date)
    }

    pub fn finding(&self, rule: RuleId, code: FindingCode, computed: Computed, label: FindingLabel) -> Finding {
        let subject = Subject { kind: SubjectKind::Ballot, id: self.ballot.id };
        self.basis(rule).finding(code, subject, self.sitting.date, computed, label)
    }
}

/// Every rule on a ballot.
const RULES: &[fn(&Case) -> Vec<Finding>] = &[
    electorate::ceiling,
    proxy::needed,
    proxy::invalid,
    recusal::counted,
    recusal::may_be_counted,
    group_split,
    group_vote::not_provided,
    mode,
    remote::without_public_ballot,
    en_bloc::pulled_out,
    group_sum,
    roll_call,
    outcome::on_ballot,
    frozen::corrected,
    outcome::item_not_taken,
];

pub fn check(case: &Case) -> Vec<Finding> {
    RULES.iter().flat_map(|rule| rule(case)).collect()
}

/// A group that stands under two options must have named who did otherwise. Taking no part is not dissent, and the non-affiliated are no
/// group.
fn group_split(case: &Case) -> Vec<Finding> {
    let named = case.ballot.roll_call.as_ref().is_some_and(|lines| !lines.is_empty());
    if named || case.ballot.mode == BallotMode::Secret {
        return Vec::new();
    }
    let mut groups: Vec<(String, Vec<(BallotOption, &TallyEntry)>)> = Vec::new();
    for tally in case.ballot.options.iter().filter(|tally| tally.option != BallotOption::NotVoting) {
        for entry in tally.entries.iter().filter(|entry| entry.kind == VoterKind::Group) {
            let Some(key) = entry.group.map(|id| id.to_string()).or_else(|| entry.printed.as_deref().map(fold)) else { continue };
            match groups.iter_mut().find(|(group, _)| *group == key) {
                Some((_, places)) => places.push((tally.option, entry)),
                None => groups.push((key, vec![(tally.option, entry)])),
            }
        }
    }
    let mut findings = Vec::new();
    for (key, places) in groups {
        let mut options: Vec<BallotOption> = places.iter().map(|(option, _)| *option).collect();
        options.dedup();
        if options.len() < 2 || places.iter().any(|(_, entry)| !entry.exceptions.is_empty()) {
            continue;
        }
        let group = places.iter().find_map(|(_, entry)| entry.printed.clone()).unwrap_or(key);
        let list = |label: fn(&BallotOption) -> &'static str| options.iter().map(label).collect::<Vec<_>>().join(", ");
        let label = words(
            format!("« {group} » figure sous plusieurs options ({}) sans que soit nommé qui a voté autrement", list(|o| o.label().fr)),
            format!("\"{group}\" stands under several options ({}) and nobody is named who voted otherwise", list(|o| o.label().en)),
        );
        let computed = Computed::GroupSplit { group, options };
        findings.push(case.finding(RuleId::BallotGroupSplit, FindingCode::BallotGroupSplitUnnamed, computed, label));
    }
    findings
}

fn mode(case: &Case) -> Vec<Finding> {
    if case.ballot.mode != BallotMode::Unstated {
        return Vec::new();
    }
    let label = words("Le mode de scrutin n'est pas précisé", "The ballot mode is not stated");
    let computed = Computed::Missing { missing: vec!["mode"] };
    let finding = case.finding(RuleId::BallotMode, FindingCode::BallotModeUnstated, computed, label);
    vec![Finding { severity: Severity::Information, ..finding }]
}

/// The counts printed behind an option add up to it.
fn group_sum(case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    for tally in &case.ballot.options {
        let Some(stated) = number(tally.count).filter(|_| !tally.entries.is_empty()) else { continue };
        // A person is one vote; a group without a number leaves the sum open, which may then only be too high.
        let counts: Vec<Option<u32>> = tally.entries.iter().map(|e| number(e.count).or((e.kind == VoterKind::Person).then_some(1))).collect();
        let derived: u32 = counts.iter().flatten().sum();
        let complete = counts.iter().all(Option::is_some);
        if derived > stated || (complete && derived < stated) {
            let code = FindingCode::BallotGroupSum;
            findings.push(differs(
                case,
                code,
                RuleId::BallotGroupSum,
                tally.option,
                (stated, derived),
                ("les groupes et personnes nommés", "the groups and people named"),
            ));
        }
    }
    findings
}

/// The named votes add up to the counts. Where no vote in favour is named, the paper names only some: an option without names says nothing.
fn roll_call(case: &Case) -> Vec<Finding> {
    let lines = case.ballot.roll_call.as_deref().unwrap_or_default();
    let full = lines.iter().any(|line| line.option == BallotOption::For);
    let mut findings = Vec::new();
    for tally in &case.ballot.options {
        let Some(stated) = number(tally.count) else { continue };
        let derived = many(lines.iter().filter(|line| line.option == tally.option).count());
        if derived != stated && (derived > 0 || full) {
            let code = FindingCode::BallotRollCallDiffers;
            findings.push(differs(case, code, RuleId::BallotRollCall, tally.option, (stated, derived), ("l'appel nominal", "the roll call")));
        }
    }
    findings
}

fn differs(
    case: &Case,
    code: FindingCode,
    rule: RuleId,
    option: BallotOption,
    (stated, derived): (u32, u32),
    (source_fr, source_en): (&str, &str),
) -> Finding {
    let label = words(
        format!("{} : {stated} voix annoncées, {derived} d'après {source_fr}", option.label().fr),
        format!("{}: {stated} votes stated, {derived} according to {source_en}", option.label().en),
    );
    let finding = case.finding(rule, code, Computed::Tally { option, stated, derived }, label);
    let decisive = match option {
        BallotOption::For | BallotOption::Against => electorate::decisive(case.ballot, stated.abs_diff(derived)),
        // Neither is a vote cast, so neither moves the result.
        _ => stated_both(case.ballot).map(|_| false),
    };
    Finding { decisive, ..finding }
}

fn stated_both(ballot: &Ballot) -> Option<(u32, u32)> {
    stated(ballot, BallotOption::For).zip(stated(ballot, BallotOption::Against)).filter(|_| counted(ballot).is_some())
}
